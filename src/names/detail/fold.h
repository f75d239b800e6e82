#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "names/detail/tables.h"
#include "names/names.h"

/// From bytes to words in Latin letters.
namespace tideline::names::detail {

/// A word of a name as it was found, before anybody asks what it is.
struct RawWord {
    std::array<char, letters_max> letters;
    std::uint8_t length = 0;
    Script script = Script::none;
    std::uint16_t begin = 0, end = 0;  // in the text
    bool hyphen_before = false;
    bool dot_after = false;
    std::uint8_t lost = 0, lost_at = 0;  // question marks that stand for letters (Garc?a), letters before the first
    bool comma_before = false;           // or the slash or << of travel documents: what stood before is the family name
    bool aside = false;                  // in quotes or brackets
    bool digits = false;                 // digits only
    bool ampersand = false;              // an & or + on its own

    std::string_view latin() const { return {letters.data(), length}; }
    void append(std::string_view more) {
        for (const char letter : more) {
            if (length < letters_max) letters[length++] = letter;
        }
    }
};

inline constexpr std::size_t raw_words_max = 32;

struct RawWords {
    std::array<RawWord, raw_words_max> items;
    std::size_t count = 0;
    bool travel_document = false;  // FAMILY/GIVEN or FAMILY<<GIVEN
};

/// Of a Latin letter in lower case.
constexpr bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/// Splits a text at what does not belong to words and writes each word in Latin letters.
void read_words(const Tables& tables, std::string_view text, RawWords& out);

/// The same as one text, one space between words; for tables.
std::string folded(const Tables& tables, std::string_view text);

/// Writes a word without what languages spell in their own ways: Nadya, Nadia and Nadja, Sasha and Sascha, Masood and
/// Masud. Of words of `habit_letters_least` letters and more.
/// @return how many letters, not more than the word has
std::size_t write_without_habit(std::string_view latin, std::array<char, letters_max>& out);
inline constexpr std::size_t habit_letters_least = 4;

/// Writes how Latin letters sound, roughly and alike for all languages: doubles made one, ph as f, w as v, y and j as i
/// …
/// @return its length, at most letters_max
std::size_t write_skeleton(std::string_view latin, std::array<char, letters_max>& out);

}  // namespace tideline::names::detail
