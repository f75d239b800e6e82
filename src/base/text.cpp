#include "base/text.h"

#include <unicode/uchar.h>

#include <cstring>

namespace tideline::text {

namespace {
constexpr char32_t replacement = 0xFFFD;

bool is_space(char32_t c) { return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x3000; }

bool is_bidi_override(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

/// Decodes one code point; `ok` tells whether the bytes were well formed.
char32_t decode(std::string_view s, std::size_t& at, bool& ok) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const unsigned char lead = byte(at);
    ok = true;
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    const bool bad_lead = lead < 0xC2 || lead > 0xF4;
    if (bad_lead || at + size > s.size()) {
        ok = false;
        ++at;
        return replacement;
    }
    char32_t c = lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) {
            ok = false;
            ++at;
            return replacement;
        }
        c = (c << 6) | (byte(at + i) & 0x3Fu);
    }
    const bool overlong = (size == 3 && c < 0x800) || (size == 4 && c < 0x10000);
    if (overlong || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) {
        ok = false;
        ++at;
        return replacement;
    }
    at += size;
    return c;
}
}  // namespace

bool is_ascii(std::string_view bytes) {
    std::uint64_t all = 0;
    std::size_t at = 0;
    for (; at + sizeof all <= bytes.size(); at += sizeof all) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, sizeof word);
        all |= word;
    }
    for (; at < bytes.size(); ++at) all |= static_cast<unsigned char>(bytes[at]);
    return (all & 0x8080'8080'8080'8080ull) == 0;
}

bool is_utf8(std::string_view bytes) {
    if (is_ascii(bytes)) return true;
    bool ok = true;
    for (std::size_t at = 0; at < bytes.size();) {
        decode(bytes, at, ok);
        if (!ok) return false;
    }
    return true;
}

char32_t next(std::string_view utf8, std::size_t& at) {
    bool ok = true;
    return decode(utf8, at, ok);
}

void append(std::string& to, char32_t c) {
    const auto put = [&](char32_t v) { to.push_back(static_cast<char>(static_cast<unsigned char>(v))); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::string clean(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const char32_t c = next(bytes, at);
        if (c == '\r') {
            if (at < bytes.size() && bytes[at] == '\n') ++at;
            out.push_back('\n');
        } else if (c == '\n' || c == '\t') {
            out.push_back(static_cast<char>(c));
        } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || is_bidi_override(c)) {
            continue;
        } else {
            append(out, c);
        }
    }
    return out;
}

std::string_view trim(std::string_view text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        std::size_t after = begin;
        if (!is_space(next(text, after))) break;
        begin = after;
    }
    std::size_t end = begin;
    for (std::size_t at = begin; at < text.size();) {
        if (!is_space(next(text, at))) end = at;
    }
    return text.substr(begin, end - begin);
}

std::size_t length(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size(); ++count) next(utf8, at);
    return count;
}

std::string_view first(std::string_view utf8, std::size_t count) {
    std::size_t at = 0;
    for (; at < utf8.size() && count > 0; --count) next(utf8, at);
    return utf8.substr(0, at);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::optional<int> digit_value(char32_t code_point) {
    const int value = u_charDigitValue(static_cast<UChar32>(code_point));
    if (value < 0) return std::nullopt;
    return value;
}

std::string hex(std::span<const unsigned char> bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const unsigned char b : bytes) {
        out.push_back(digits[b >> 4]);
        out.push_back(digits[b & 15]);
    }
    return out;
}

std::optional<std::vector<unsigned char>> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    const auto value = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    std::vector<unsigned char> out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = value(text[i]);
        const int low = value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<unsigned char>(high * 16 + low));
    }
    return out;
}

namespace {
constexpr char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<signed char, 256> base64_values() {
    std::array<signed char, 256> values{};
    values.fill(-1);
    for (int i = 0; i < 64; ++i) values[static_cast<unsigned char>(base64_digits[i])] = static_cast<signed char>(i);
    return values;
}
}  // namespace

std::string base64url(std::span<const unsigned char> bytes) {
    std::string out;
    out.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const unsigned char b : bytes) {
        bits = (bits << 8) | b;
        count += 8;
        while (count >= 6) {
            count -= 6;
            out.push_back(base64_digits[(bits >> count) & 63]);
        }
    }
    if (count > 0) out.push_back(base64_digits[(bits << (6 - count)) & 63]);
    return out;
}

std::optional<std::vector<unsigned char>> from_base64url(std::string_view text) {
    static constexpr auto values = base64_values();
    if (text.size() % 4 == 1) return std::nullopt;
    std::vector<unsigned char> out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0) return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out.push_back(static_cast<unsigned char>((bits >> count) & 0xFF));
        }
    }
    if ((bits & ((1u << count) - 1)) != 0) return std::nullopt;
    return out;
}

std::string html_escape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

}  // namespace tideline::text
