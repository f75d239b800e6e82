#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tideline::text {

bool is_ascii(std::string_view bytes);

/// True if the bytes are well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_utf8(std::string_view bytes);

/// The text with control characters removed (tab and newline stay), CR LF and lone CR made LF, and
/// malformed UTF-8 replaced by U+FFFD. Bidirectional overrides (U+202A–202E, U+2066–2069) are removed:
/// they can make a text read as something else.
std::string clean(std::string_view bytes);

/// Without white space (ASCII and U+00A0, U+3000) at either end.
std::string_view trim(std::string_view text);

/// Number of code points; malformed bytes count one each.
std::size_t length(std::string_view utf8);

/// The first `count` code points.
std::string_view first(std::string_view utf8, std::size_t count);

/// Parts between separators; "" gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

/// ASCII letters in lower case, everything else as it is.
std::string ascii_lower(std::string_view text);

/// The value of a decimal digit in any script that writes decimal digits (Unicode general category Nd), or nothing.
std::optional<int> digit_value(char32_t code_point);

/// Decodes the code point at `at` and moves `at` behind it; malformed bytes give U+FFFD and move by one.
char32_t next(std::string_view utf8, std::size_t& at);

/// Appends a code point as UTF-8.
void append(std::string& to, char32_t code_point);

/// Lower-case hexadecimal.
std::string hex(std::span<const unsigned char> bytes);
/// The bytes that a hexadecimal text stands for; nothing if it is not one.
std::optional<std::vector<unsigned char>> from_hex(std::string_view text);

/// Base64 with the URL alphabet, no padding (RFC 4648 §5).
std::string base64url(std::span<const unsigned char> bytes);
/// The bytes behind a base64url text; nothing if it is malformed.
std::optional<std::vector<unsigned char>> from_base64url(std::string_view text);

/// & < > " ' as HTML entities.
std::string html_escape(std::string_view text);

}  // namespace tideline::text

namespace tideline {
/// Marks an English sentence that people will read, so that it is collected into the catalogue of translations; gives
/// it back unchanged. The page translates it.
constexpr const char* tr(const char* english) { return english; }
}  // namespace tideline
