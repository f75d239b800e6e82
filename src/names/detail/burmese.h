#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// How Burmese script is read: names are written without spaces, and every syllable is a word of them in Latin letters.
namespace tideline::names::detail {

struct BurmeseSyllable {
    std::size_t end = 0;  ///< where the next one begins in the text, in bytes
    std::string latin;    ///< by the spelling usual in names: Aung, Hlaing, Myint
};

constexpr bool is_burmese(char32_t code) { return code >= 0x1000 && code < 0x10a0; }

/// The syllables of a text of Burmese letters, in order. What is no Burmese letter ends a syllable and is not read.
std::vector<BurmeseSyllable> burmese_syllables(std::string_view text);

}  // namespace tideline::names::detail
