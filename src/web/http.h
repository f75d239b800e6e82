#pragma once
#include <any>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "web/limits.h"
#include "web/secret_text.h"

/// What handlers see of HTTP: a Request that is well formed, and a Response that is plain data.
namespace tideline::web {

/// The listeners of one process. Each is an origin of its own.
enum class Site {
    public_site,  ///< reporters: no JavaScript, no cookies
    staff_site,   ///< signed-in people
    operations,   ///< loopback only: /metrics, /healthz
};
const char* name_of(Site site);

enum class Method { get, head, post, options, other };
const char* name_of(Method method);

/// Why the edge, or a handler, does not do what was asked. Each has one HTTP status and one English sentence; the
/// error page says it in the reader's language.
enum class Refusal {
    malformed,          ///< 400 the request breaks HTTP, or its path or query is badly encoded
    bad_form,           ///< 400 the body is not the form it says it is
    wrong_encoding,     ///< 400 text that is not UTF-8
    too_many_fields,    ///< 400 more than fields_max
    too_many_files,     ///< 400 more than files_per_report_max
    truncated,          ///< 400 the body ended early
    forbidden,          ///< 403
    bad_form_token,     ///< 403 the form is not one this session was given, or it is too old
    not_found,          ///< 404
    wrong_method,       ///< 405 (the server adds Allow)
    too_slow,           ///< 408
    too_large,          ///< 413 body, field or file
    target_too_long,    ///< 414
    wrong_body_type,    ///< 415 the body is of another type than the form sends
    headers_too_large,  ///< 431
    failed,             ///< 500 our fault
    busy,               ///< 503 try again in a moment
};
unsigned status_of(Refusal refusal);
/// A short English sentence that says what to do; also the msgid for translations.
std::string_view sentence_of(Refusal refusal);

/// Names of headers are compared without regard to case; order and repetitions are kept.
class Headers {
public:
    /// The first value of that name, or nothing.
    std::optional<std::string_view> find(std::string_view name) const;
    void add(std::string name, std::string value);
    /// Replaces every value of that name by this one.
    void set(std::string name, std::string value);
    std::span<const std::pair<std::string, std::string>> all() const { return all_; }

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

/// One field of a form or a query, decoded, well-formed UTF-8.
struct Field {
    std::string name;
    SecretText value;
};

/// The fields of a form or a query in the order in which they came. A name may come several times (check boxes);
/// whoever expects one value asks with `one`, which refuses repetitions.
class Fields {
public:
    void add(std::string name, SecretText value) { all_.push_back({std::move(name), std::move(value)}); }
    std::span<const Field> all() const { return all_; }
    std::span<Field> all() { return all_; }
    std::size_t size() const { return all_.size(); }
    std::size_t count(std::string_view name) const;
    bool has(std::string_view name) const { return count(name) > 0; }
    /// The first value, or "" if there is none.
    std::string_view first(std::string_view name) const;
    /// Every value of that name.
    std::vector<std::string_view> every(std::string_view name) const;
    /// The only value; "" if there is none; nothing if the name came more than once.
    std::optional<std::string_view> one(std::string_view name) const;
    /// True if a name outside `may_repeat` came more than once.
    bool has_repetition(std::span<const std::string_view> may_repeat = {}) const;

private:
    std::vector<Field> all_;
};

/// Stands for the address of whoever is at the other end: a hash under a random key that lives in this process's
/// memory only. Good for counting, useless for finding anybody; the address itself is never kept.
struct SourceToken {
    std::array<unsigned char, 16> bytes{};
    auto operator<=>(const SourceToken&) const = default;
};

/// A request whose head has been read, checked and decoded. Handed to one handler at a time.
struct Request {
    Site site = Site::public_site;
    Method method = Method::get;
    std::string path;   ///< decoded; begins with '/', has no "." or ".." parts, no '\', no control characters
    std::string route;  ///< the name of the route that matched, "" if none did
    std::vector<std::pair<std::string, std::string>> params;  ///< {name} parts of the pattern, decoded
    Fields query;
    Fields form;  ///< with BodyKind::form only
    Headers headers;
    std::vector<std::pair<std::string, std::string>> cookies;
    std::string host;    ///< as sent; for building links only where it was configured
    bool https = false;  ///< TLS here, or at a trusted proxy
    SourceToken source;
    std::uint64_t content_length = 0;  ///< as announced; 0 if unknown or none
    std::any session;                  ///< what the site's `before` hook found (Server), for its handlers

    /// The part of the path that stands for {name}; "" if the pattern has none.
    std::string_view param(std::string_view name) const;
    /// The cookie of that name, or nothing.
    std::optional<std::string_view> cookie(std::string_view name) const;
};

/// Where the bytes of a long answer come from. Used by one thread of the pool at a time, destroyed when the answer
/// has been sent or the reader has gone.
class BodySource {
public:
    virtual ~BodySource() = default;
    /// Fills the beginning of `into` (64 KiB) and says how many bytes; 0 is the end. An error cuts the connection,
    /// so that the reader does not take half a file for a whole one.
    virtual Result<std::size_t> read(std::span<char> into) = 0;
};

/// An answer. The server adds Content-Length, the security headers of the site (headers.h), and Date.
struct Response {
    unsigned status = 200;
    Headers headers;
    SecretText body;
    std::unique_ptr<BodySource> stream;         ///< instead of body
    std::optional<std::uint64_t> stream_bytes;  ///< its length if known; chunked otherwise
    std::optional<Refusal> refusal;             ///< set: the server asks the error page for status and body
    bool cacheable = false;                     ///< only for assets: keeps Cache-Control as set by the handler
    bool close = false;                         ///< end the connection after this answer

    static Response html(SecretText page, unsigned status = 200);
    static Response html(std::string_view page, unsigned status = 200) { return html(SecretText(page), status); }
    static Response text(std::string_view text, unsigned status = 200);
    static Response json(std::string_view json, unsigned status = 200);
    /// 303 to a path of the same site: after a POST the browser asks for it with GET. `path` must begin with one '/'.
    static Response redirect(std::string path);
    /// A file to be saved under `file_name` (any Unicode; it is encoded by RFC 6266). The type is sent as given,
    /// always as an attachment, so that nothing a stranger uploaded is ever shown within our origin.
    static Response download(std::unique_ptr<BodySource> source, std::optional<std::uint64_t> bytes,
                             std::string_view content_type, std::string_view file_name);
    /// An answer that the error page of the site words.
    static Response refuse(Refusal refusal);
};

/// How a cookie of the staff site is set: always HttpOnly, SameSite=Strict, Path=/, and Secure with https.
/// Over https the name gets the prefix "__Host-". `seconds` 0 ends the cookie.
void set_cookie(Response& response, const Request& request, std::string_view name, std::string_view value,
                std::uint32_t seconds);
/// The value that set_cookie gave, or nothing.
std::optional<std::string_view> get_cookie(const Request& request, std::string_view name);

/// %XX decoded; '+' is a space if `plus_is_space`. Nothing if a % is not followed by two hexadecimal digits.
std::optional<SecretText> percent_decode(std::string_view encoded, bool plus_is_space);
/// Everything but unreserved characters (RFC 3986 §2.3) as %XX.
std::string percent_encode(std::string_view bytes);

/// A request target taken apart.
struct Target {
    std::string path;
    Fields query;
};
/// Parses "/path?query". Refused: another form than a path, bad percent-encoding, NUL and control characters, '\',
/// encoded slashes, parts named "." or "..", empty parts ("//"), text that is not UTF-8, a query past the limits.
/// A slash at the end is kept.
std::optional<Target> parse_target(std::string_view target, const Limits& limits, Refusal& why);

/// The value of a Cookie header, taken apart; malformed parts are left out.
std::vector<std::pair<std::string, std::string>> parse_cookies(std::string_view header);

/// The language tags of an Accept-Language header, best first, malformed ones left out; at most 20.
std::vector<std::string> parse_accept_language(std::string_view header);

}  // namespace tideline::web
