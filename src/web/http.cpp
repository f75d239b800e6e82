#include "web/http.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "web/forms.h"

namespace tideline::web {

namespace {

bool same_ignoring_case(std::string_view left, std::string_view right) {
    const auto lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    };
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(), [&](char a, char b) { return lower(a) == lower(b); });
}

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

bool is_unreserved(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

bool is_control(char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; }

/// One part of a path, decoded, if it is one that we would ever give to a route.
std::optional<std::string> decode_part(std::string_view encoded) {
    const auto decoded = percent_decode(encoded, false);
    if (!decoded) return std::nullopt;
    const std::string_view part = decoded->view();
    if (part == "." || part == ".." || !text::is_utf8(part)) return std::nullopt;
    if (std::any_of(part.begin(), part.end(),
                    [](char byte) { return is_control(byte) || byte == '/' || byte == '\\'; }))
        return std::nullopt;
    return std::string(part);
}

std::optional<std::string> decode_path(std::string_view encoded) {
    if (!encoded.starts_with('/')) return std::nullopt;
    std::string path;
    const auto parts = text::split(encoded.substr(1), '/');
    for (std::size_t at = 0; at < parts.size(); ++at) {
        const bool is_last = at + 1 == parts.size();
        if (parts[at].empty() && !is_last) return std::nullopt;
        const auto part = decode_part(parts[at]);
        if (!part) return std::nullopt;
        path += '/';
        path += *part;
    }
    return path;
}

constexpr std::string_view secure_prefix = "__Host-";

}  // namespace

const char* name_of(Site site) {
    switch (site) {
        case Site::public_site: return "public";
        case Site::staff_site: return "staff";
        case Site::operations: return "operations";
    }
    return "unknown";
}

const char* name_of(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::options: return "OPTIONS";
        case Method::other: return "other";
    }
    return "other";
}

unsigned status_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::malformed:
        case Refusal::bad_form:
        case Refusal::wrong_encoding:
        case Refusal::too_many_fields:
        case Refusal::too_many_files:
        case Refusal::truncated: return 400;
        case Refusal::forbidden:
        case Refusal::bad_form_token: return 403;
        case Refusal::not_found: return 404;
        case Refusal::wrong_method: return 405;
        case Refusal::too_slow: return 408;
        case Refusal::too_large: return 413;
        case Refusal::target_too_long: return 414;
        case Refusal::wrong_body_type: return 415;
        case Refusal::headers_too_large: return 431;
        case Refusal::failed: return 500;
        case Refusal::busy: return 503;
    }
    return 500;
}

std::string_view sentence_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::malformed: return "The address is not one of ours. Go back and try the link again.";
        case Refusal::bad_form: return "The form did not arrive as it should. Go back and send it again.";
        case Refusal::wrong_encoding:
            return "Some of the text arrived in an unknown encoding. Go back and send it again.";
        case Refusal::too_many_fields: return "The form has too many fields. Go back and use the form as it is shown.";
        case Refusal::too_many_files: return "These are too many files at once. Go back and send fewer at a time.";
        case Refusal::truncated: return "Only a part of the form arrived. Go back and send it again.";
        case Refusal::forbidden: return "You may not open this page.";
        case Refusal::bad_form_token: return "This form has expired. Go back, reload the page and send it again.";
        case Refusal::not_found: return "There is no such page.";
        case Refusal::wrong_method: return "This page cannot be used in this way. Go back and use the form.";
        case Refusal::too_slow: return "The connection was too slow. Go back and try again.";
        case Refusal::too_large: return "This is too large. Go back and send less text, or a smaller file.";
        case Refusal::target_too_long: return "The address is too long.";
        case Refusal::wrong_body_type: return "The form did not arrive as it should. Go back and send it again.";
        case Refusal::headers_too_large:
            return "Your browser sent too much. Clear its cookies for this site and try again.";
        case Refusal::failed: return "Something went wrong on our side. Go back and try again in a minute.";
        case Refusal::busy: return "We are very busy at the moment. Go back and try again in a minute.";
    }
    return "";
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [key, value] : all_)
        if (same_ignoring_case(key, name)) return value;
    return std::nullopt;
}

void Headers::add(std::string name, std::string value) { all_.emplace_back(std::move(name), std::move(value)); }

void Headers::set(std::string name, std::string value) {
    std::erase_if(all_, [&](const auto& header) { return same_ignoring_case(header.first, name); });
    add(std::move(name), std::move(value));
}

std::size_t Fields::count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::count_if(all_.begin(), all_.end(), [&](const Field& field) { return field.name == name; }));
}

std::string_view Fields::first(std::string_view name) const {
    for (const Field& field : all_)
        if (field.name == name) return field.value.view();
    return "";
}

std::vector<std::string_view> Fields::every(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const Field& field : all_)
        if (field.name == name) values.push_back(field.value.view());
    return values;
}

std::optional<std::string_view> Fields::one(std::string_view name) const {
    if (count(name) > 1) return std::nullopt;
    return first(name);
}

bool Fields::has_repetition(std::span<const std::string_view> may_repeat) const {
    std::vector<std::string_view> names;
    for (const Field& field : all_)
        if (std::find(may_repeat.begin(), may_repeat.end(), field.name) == may_repeat.end())
            names.push_back(field.name);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
}

std::string_view Request::param(std::string_view name) const {
    for (const auto& [key, value] : params)
        if (key == name) return value;
    return "";
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const auto& [key, value] : cookies)
        if (key == name) return value;
    return std::nullopt;
}

Response Response::html(SecretText page, unsigned status) {
    Response response;
    response.status = status;
    response.headers.set("Content-Type", "text/html; charset=utf-8");
    response.body = std::move(page);
    return response;
}

Response Response::text(std::string_view text, unsigned status) {
    Response response;
    response.status = status;
    response.headers.set("Content-Type", "text/plain; charset=utf-8");
    response.body = SecretText(text);
    return response;
}

Response Response::json(std::string_view json, unsigned status) {
    Response response;
    response.status = status;
    response.headers.set("Content-Type", "application/json");
    response.body = SecretText(json);
    return response;
}

Response Response::redirect(std::string path) {
    const bool stays_here =
        path.starts_with('/') && !path.starts_with("//") &&
        std::none_of(path.begin(), path.end(), [](char byte) { return is_control(byte) || byte == '\\'; });
    if (!stays_here) return refuse(Refusal::failed);
    Response response;
    response.status = 303;
    response.headers.set("Location", std::move(path));
    return response;
}

Response Response::download(std::unique_ptr<BodySource> source, std::optional<std::uint64_t> bytes,
                            std::string_view content_type, std::string_view file_name) {
    const std::string name = base_name(file_name, file_name_bytes_max);
    std::string plain;  // for readers that know no filename*: printable ASCII only
    for (const char byte : name)
        plain += static_cast<unsigned char>(byte) < 0x80 && byte != '"' && byte != '%' && byte != ';' ? byte : '_';
    const bool type_is_plain =
        !content_type.empty() && std::all_of(content_type.begin(), content_type.end(), [](char byte) {
            return is_unreserved(byte) || byte == '/' || byte == '+' || byte == ';' || byte == '=' || byte == ' ';
        });
    Response response;
    response.headers.set("Content-Type", type_is_plain ? std::string(content_type) : "application/octet-stream");
    response.headers.set("Content-Disposition", "attachment; filename=\"" + (plain.empty() ? "file" : plain) +
                                                    "\"; filename*=UTF-8''" +
                                                    percent_encode(name.empty() ? std::string_view("file") : name));
    response.stream = std::move(source);
    response.stream_bytes = bytes;
    return response;
}

Response Response::refuse(Refusal refusal) {
    Response response;
    response.status = status_of(refusal);
    response.refusal = refusal;
    return response;
}

void set_cookie(Response& response, const Request& request, std::string_view name, std::string_view value,
                std::uint32_t seconds) {
    std::string cookie;
    if (request.https) cookie += secure_prefix;
    cookie.append(name).append("=").append(value);
    cookie += "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
    if (request.https) cookie += "; Secure";
    response.headers.add("Set-Cookie", std::move(cookie));
}

std::optional<std::string_view> get_cookie(const Request& request, std::string_view name) {
    if (!request.https) return request.cookie(name);
    return request.cookie(std::string(secure_prefix).append(name));
}

std::optional<SecretText> percent_decode(std::string_view encoded, bool plus_is_space) {
    SecretText decoded;
    decoded.reserve(encoded.size());
    for (std::size_t at = 0; at < encoded.size(); ++at) {
        const char byte = encoded[at];
        if (byte == '%') {
            if (at + 2 >= encoded.size()) return std::nullopt;
            const int high = hex_value(encoded[at + 1]);
            const int low = hex_value(encoded[at + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            decoded.push_back(static_cast<char>(high * 16 + low));
            at += 2;
        } else {
            decoded.push_back(plus_is_space && byte == '+' ? ' ' : byte);
        }
    }
    return decoded;
}

std::string percent_encode(std::string_view bytes) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char byte : bytes) {
        if (is_unreserved(byte)) {
            encoded += byte;
        } else {
            const auto value = static_cast<unsigned char>(byte);
            encoded += '%';
            encoded += digits[value >> 4];
            encoded += digits[value & 15];
        }
    }
    return encoded;
}

std::optional<Target> parse_target(std::string_view target, const Limits& limits, Refusal& why) {
    why = Refusal::target_too_long;
    if (target.size() > limits.target_bytes_max) return std::nullopt;
    why = Refusal::malformed;
    const bool is_printable_ascii = std::all_of(target.begin(), target.end(), [](char byte) {
        return byte > 0x20 && byte < 0x7F && byte != '#' && byte != '\\';
    });
    if (!is_printable_ascii) return std::nullopt;
    const std::size_t question = target.find('?');
    auto path = decode_path(target.substr(0, question));
    if (!path) return std::nullopt;
    Target parsed;
    parsed.path = std::move(*path);
    if (question != std::string_view::npos) {
        auto query = parse_urlencoded(target.substr(question + 1), limits, why);
        if (!query) return std::nullopt;
        parsed.query = std::move(*query);
    }
    return parsed;
}

std::vector<std::pair<std::string, std::string>> parse_cookies(std::string_view header) {
    std::vector<std::pair<std::string, std::string>> cookies;
    for (const std::string_view piece : text::split(header, ';')) {
        const std::string_view pair = text::trim(piece);
        const std::size_t equals = pair.find('=');
        if (equals == 0 || equals == std::string_view::npos) continue;
        const bool is_clean = std::none_of(pair.begin(), pair.end(), [](char byte) {
            return is_control(byte) || byte == ' ' || byte == '"' || byte == ',' || byte == '\\';
        });
        if (is_clean) cookies.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    return cookies;
}

std::vector<std::string> parse_accept_language(std::string_view header) {
    constexpr std::size_t tags_max = 20;
    constexpr std::size_t tag_bytes_max = 35;  // RFC 5646 §4.4.1
    struct Wish {
        std::string tag;
        double weight;
    };
    std::vector<Wish> wishes;
    for (const std::string_view piece : text::split(header, ',')) {
        if (wishes.size() == tags_max) break;
        const auto parts = text::split(text::trim(piece), ';');
        const std::string_view tag = text::trim(parts[0]);
        const bool is_tag =
            !tag.empty() && tag.size() <= tag_bytes_max && std::all_of(tag.begin(), tag.end(), [](char byte) {
                return is_unreserved(byte) && byte != '.' && byte != '_' && byte != '~';
            });
        if (!is_tag) continue;
        double weight = 1;
        if (parts.size() > 1) {
            const std::string quality(text::trim(parts[1]));
            if (!quality.starts_with("q=")) continue;
            weight = std::strtod(quality.c_str() + 2, nullptr);
        }
        // Behind every wish that weighs as much: equal ones keep their order.
        const auto place =
            std::find_if(wishes.begin(), wishes.end(), [&](const Wish& wish) { return wish.weight < weight; });
        if (weight > 0) wishes.insert(place, {std::string(tag), weight});
    }
    std::vector<std::string> tags;
    for (Wish& wish : wishes) tags.push_back(std::move(wish.tag));
    return tags;
}

}  // namespace tideline::web
