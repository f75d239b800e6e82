#pragma once
#include <optional>

#include "web/detail/asio.h"
#include "web/http.h"
#include "web/limits.h"

namespace tideline::web::detail {

/// What the head of a request says about its body and its connection.
struct BodyHead {
    bool has_body = false;
    bool expects_continue = false;
    bool keep_alive = false;
    std::optional<std::uint64_t> length;  ///< nothing with chunked
};

/// Turns a head that Beast has parsed into a Request (all but site, route, params, source). The refusal says what is
/// wrong with it. No sockets, no state: this is what the fuzzer drives.
std::optional<Refusal> read_head(const http::request_header<>& head, const Limits& limits, Request& request,
                                 BodyHead& body);

/// Why Beast could not read a head or a body; nothing if the peer simply went away.
std::optional<Refusal> refusal_of(const ErrorCode& error);

/// Status line and headers as they go over the wire, with the empty line at the end. Bytes that would break the line
/// become spaces.
std::string head_bytes(const Response& response, std::optional<std::uint64_t> length, bool chunked, bool keep_alive,
                       std::string_view date);

}  // namespace tideline::web::detail
