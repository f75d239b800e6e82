#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

namespace tideline::web {

/// Where mail is handed in.
struct SmtpServer {
    enum class Security { none, starttls, tls };
    std::string host;
    std::uint16_t port = 25;
    Security security = Security::starttls;
    std::string user;      ///< "" for no sign-in
    std::string password;  ///< wiped by nobody here: it comes from the configuration
    std::string ca_file;   ///< PEM; "" for the system's
    std::uint32_t time_ms_max = 20'000;
};

struct Mail {
    std::string from;        ///< an address: "tideline@example.org"
    std::string to;          ///< one address
    std::string subject;     ///< UTF-8, one line
    std::string text;        ///< UTF-8, any lines
    std::string message_id;  ///< without <>; "" leaves it to the server
};

/// Hands in one mail and waits until the server has taken it. Blocks up to time_ms_max.
/// Error::invalid: an address or subject that is malformed (also: has line ends); Error::unavailable: the server could
/// not be reached, refused, or took too long.
Status send(const SmtpServer& server, const Mail& mail);

/// The message as it goes over the wire: headers, an empty line, base64 body; CR LF. Error::invalid as above.
Result<std::string> compose(const Mail& mail, std::int64_t unix_seconds);

}  // namespace tideline::web
