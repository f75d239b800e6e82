#pragma once
#include "names/detail/tables.h"
#include "names/names.h"

/// How near one part of a name is to one part of another.
namespace tideline::names::detail {

/// Sounds that spelling habits exchange: b and p, d and t … as one; 0 for vowels and what is not always heard.
constexpr char consonant_class(char c) {
    switch (c) {
        case 'b':
        case 'p': return 'p';
        case 'd':
        case 't': return 't';
        case 'g':
        case 'k': return 'k';
        case 'v':
        case 'f': return 'f';
        case 's':
        case 'c':
        case 'j': return 's';
        case 'a':
        case 'e':
        case 'i':
        case 'o':
        case 'u':
        case 'h': return 0;
        default: return c;
    }
}

/// Languages that Chinese characters are read in.
inline constexpr std::uint8_t mandarin_reading = 1, cantonese_reading = 2, korean_reading = 4, japanese_reading = 8,
                              any_reading = 15;

struct Closeness {
    float value = 0;  // 0 to 1
    Relation relation = Relation::contradicted;
    std::uint8_t readings = any_reading;  // of Chinese characters: the languages in which they are read so
};

/// Symmetric. Allocates nothing.
Closeness closeness(const Tables& tables, const Prepared& a, const Part& part_a, const Prepared& b, const Part& part_b);

/// The languages in which the characters of one part are read as the other, in Latin letters, spells them; any_reading
/// if neither is in characters, or it fits none.
std::uint8_t readings_between(const Tables& tables, const Prepared& a, const Part& part_a, const Prepared& b,
                              const Part& part_b);

/// A syllable that names of Burma are made of; each is a word, and another one another name.
bool is_burmese(const Tables& tables, const Part& part);

/// Kamau wa Njoroge, Kantai ole Sankan, Kiprop arap Cheruiyot: of Kenya, and parts of names elsewhere.
inline bool is_child_word(std::string_view latin) { return latin == "wa" || latin == "ole" || latin == "arap"; }

/// Can these be the Cantonese and the Mandarin reading of the same two or three characters, in Latin letters?
bool is_cantonese_of(const Tables& tables, std::string_view cantonese, std::string_view pinyin);

/// How near two words in Latin letters are by letters and sound alone.
Closeness letters_closeness(const Part& a, const Part& b);

/// Cost, in nats, of the cheapest way to spell the units of another script (their numbers, Tables::unit_number) with
/// these Latin letters, by the learned spellings. Stops above `limit` with something above it.
float spelling_cost(const Tables& tables, std::u32string_view units, std::string_view latin, float limit = 1e9F);

/// The same as closeness, 0 to 1.
float spelled_closeness(const Tables& tables, std::u32string_view units, std::string_view latin);

/// Are two words compounds of the Muslim or the Turkic world that share one half and not the other? Gholamhossein and
/// Gholamhassan.
bool is_other_compound_name(const Tables& tables, const Part& a, const Part& b);

/// Sinopec and Sinotec: one letter in the same place is another sound, in a word of a length that a company calls
/// itself by. That says little where another word of its own agrees.
bool is_other_brand(const Part& a, const Part& b);

/// Is one of two words the other with a trade's word behind it? Gazprombank and Gazprom.
bool is_longer_by_word(const Tables& tables, const Part& a, const Part& b);

/// Does a word begin or end with one of this meaning? Rosneft with oil.
/// @param form  as Part::form
bool contains_meaning(const Tables& tables, std::string_view latin, std::uint32_t form);

/// Are these two words of companies' names that are no slips of each other? Syllables of Chinese, another beginning,
/// two families' names, compounds of two trades (Shipbreakers and Shipbrokers).
bool is_other_company_word(const Tables& tables, const Part& a, const Part& b);

}  // namespace tideline::names::detail
