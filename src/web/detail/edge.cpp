#include "web/detail/edge.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace tideline::web::detail {

namespace {

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get: return Method::get;
        case http::verb::head: return Method::head;
        case http::verb::post: return Method::post;
        case http::verb::options: return Method::options;
        default: return Method::other;
    }
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

bool is_host(std::string_view host) {
    return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char byte) {
        return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
               byte == '.' || byte == '-' || byte == ':' || byte == '[' || byte == ']' || byte == '_';
    });
}

/// RFC 7230 §5.4: exactly one Host, except with HTTP/1.0.
std::optional<std::string> host_of(const http::request_header<>& head) {
    const auto hosts = head.count(http::field::host);
    if (hosts == 0 && head.version() == 10) return "";
    if (hosts != 1) return std::nullopt;
    const std::string_view host = view(head[http::field::host]);
    if (!is_host(host)) return std::nullopt;
    return std::string(host);
}

std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

/// Chunked alone, or a single length: anything else is how requests are smuggled past a proxy.
std::optional<Refusal> read_body_head(const http::request_header<>& head, BodyHead& body) {
    const auto codings = head.count(http::field::transfer_encoding);
    const auto lengths = head.count(http::field::content_length);
    if (codings > 1 || lengths > 1 || (codings == 1 && lengths == 1)) return Refusal::malformed;
    if (codings == 1) {
        if (head.version() < 11 || text::ascii_lower(view(head[http::field::transfer_encoding])) != "chunked")
            return Refusal::malformed;
        body.has_body = true;
    }
    if (lengths == 1) {
        body.length = number(view(head[http::field::content_length]));
        if (!body.length) return Refusal::malformed;
        body.has_body = *body.length > 0;
    }
    body.expects_continue =
        body.has_body && head.version() >= 11 && text::ascii_lower(view(head[http::field::expect])) == "100-continue";
    return std::nullopt;
}

bool wants_keep_alive(const http::request_header<>& head) {
    http::token_list options{head[http::field::connection]};
    return head.version() >= 11 ? !options.exists("close") : options.exists("keep-alive");
}

void append_line(std::string& to, std::string_view name, std::string_view value) {
    const auto append_clean = [&](std::string_view bytes) {
        for (const char byte : bytes) to += static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F ? ' ' : byte;
    };
    append_clean(name);
    to += ": ";
    append_clean(value);
    to += "\r\n";
}

}  // namespace

std::optional<Refusal> read_head(const http::request_header<>& head, const Limits& limits, Request& request,
                                 BodyHead& body) {
    request.method = method_of(head.method());
    for (const auto& field : head)
        request.headers.add(std::string(view(field.name_string())), std::string(view(field.value())));
    // Where a body cannot be told from the next request, there is no next request.
    if (const auto refusal = read_body_head(head, body)) return refusal;
    body.keep_alive = wants_keep_alive(head);
    request.content_length = body.length.value_or(0);
    if (head.version() != 10 && head.version() != 11) return Refusal::malformed;
    auto host = host_of(head);
    if (!host) return Refusal::malformed;
    request.host = std::move(*host);
    Refusal why = Refusal::malformed;
    auto target = parse_target(view(head.target()), limits, why);
    if (!target) return why;
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    for (const auto& [name, value] : request.headers.all())
        if (text::ascii_lower(name) == "cookie") {
            auto cookies = parse_cookies(value);
            std::move(cookies.begin(), cookies.end(), std::back_inserter(request.cookies));
        }
    return std::nullopt;
}

std::optional<Refusal> refusal_of(const ErrorCode& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) return Refusal::headers_too_large;
    if (error == http::error::body_limit) return Refusal::too_large;
    if (error == http::error::partial_message) return Refusal::truncated;
    if (error == http::error::end_of_stream) return std::nullopt;
    if (error.category() == make_error_code(http::error::bad_target).category()) return Refusal::malformed;
    return std::nullopt;
}

std::string head_bytes(const Response& response, std::optional<std::uint64_t> length, bool chunked, bool keep_alive,
                       std::string_view date) {
    std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + ' ';
    const auto reason = http::obsolete_reason(static_cast<http::status>(response.status));
    bytes.append(reason.data(), reason.size()).append("\r\n");
    append_line(bytes, "Date", date);
    for (const auto& [name, value] : response.headers.all()) append_line(bytes, name, value);
    if (chunked) append_line(bytes, "Transfer-Encoding", "chunked");
    if (length) append_line(bytes, "Content-Length", std::to_string(*length));
    append_line(bytes, "Connection", keep_alive ? "keep-alive" : "close");
    return bytes += "\r\n";
}

}  // namespace tideline::web::detail
