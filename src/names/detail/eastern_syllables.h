#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "names/detail/tables.h"

/// Syllables that names of the East are made of, in Latin letters.
namespace tideline::names::detail {

/// Can these letters be cut into syllables, of `least` letters and more?
template <class IsSyllable>
bool is_made_of(std::string_view latin, IsSyllable&& is_syllable, std::size_t least = 1) {
    std::uint32_t places = 1;
    for (std::size_t at = 0; at < latin.size(); ++at) {
        if ((places >> at & 1U) == 0) continue;
        for (std::size_t length = least; length <= 6 && at + length <= latin.size(); ++length) {
            if (is_syllable(latin.substr(at, length))) places |= 1U << (at + length);
        }
    }
    return !latin.empty() && (places >> latin.size() & 1U) != 0;
}

/// The same, of the syllables of a table.
inline bool is_made_of(std::string_view latin, const TextMap& syllables, std::size_t least = 1) {
    return is_made_of(
        latin, [&syllables](std::string_view one) { return syllables.find(one) != TextMap::absent; }, least);
}

/// One syllable of Chinese, in pinyin or the older spelling.
bool is_chinese_syllable(const Tables& tables, std::string_view latin);

/// Can these letters be cut into syllables of Chinese, in pinyin or the older spelling?
bool is_chinese_word(const Tables& tables, std::string_view latin);

/// Which letters of a word (bit i: the i-th) stand behind an apostrophe: Ch'iao.
std::uint32_t behind_apostrophes(std::string_view text);

/// Splits Latin letters into syllables of the older spelling of Chinese and respells them; empty if they are not that.
/// @param apostrophes  letters behind one
std::string pinyin_of(const Tables& tables, std::string_view latin, std::uint32_t apostrophes);

/// Without marks.
bool is_vietnamese_surname(std::string_view latin);

/// A beginning and a rhyme of Vietnamese, without marks.
bool is_vietnamese_syllable(std::string_view latin);

/// Can these letters be cut into syllables of Japanese, in any of its Latin spellings?
bool is_japanese_word(std::string_view latin);

}  // namespace tideline::names::detail
