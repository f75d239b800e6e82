#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Text as it is compared: what people type differently for the same word becomes the same bytes.
namespace tideline::assess {

/// Compatibility-decomposed and case-folded; without accents, vowel points of Arabic, nuktas, apostrophes and
/// invisible characters; hyphens and any white space are one space. `offsets[i]` is where byte i came from.
struct Folded {
    std::string bytes;
    std::vector<std::uint32_t> offsets;  ///< one more than bytes: the last is the length of the original
};

/// @param utf8 malformed bytes become U+FFFD
Folded fold(std::string_view utf8);

/// A letter, digit or mark of some script: what a word is made of. For folded text.
bool is_word_character(char32_t code_point);

/// Where a sentence begins and ends in the original, in bytes, without the white space behind it.
struct Sentence {
    std::size_t begin = 0, end = 0;
};

/// Sentences by the Unicode rules (ICU), and at every line break. Thai is written without full stops: a long run of
/// Thai also ends at a space. Empty lines are no sentences.
std::vector<Sentence> sentences(std::string_view utf8);

}  // namespace tideline::assess
