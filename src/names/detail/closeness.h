#pragma once
#include "names/detail/tables.h"
#include "names/names.h"

/// How near one part of a name is to one part of another.
namespace tideline::names::detail {

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

/// One word of Latin letters against another, by every way they can be the same.
Closeness latin_closeness(const Tables& tables, const Part& a, const Part& b);

/// A syllable that names of Burma are made of; each is a word, and another one another name.
bool is_burmese(const Tables& tables, const Part& part);

/// Kamau wa Njoroge, Kantai ole Sankan, Kiprop arap Cheruiyot: of Kenya, and parts of names elsewhere.
inline bool is_child_word(std::string_view latin) { return latin == "wa" || latin == "ole" || latin == "arap"; }

}  // namespace tideline::names::detail
