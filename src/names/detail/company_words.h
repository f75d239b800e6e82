#pragma once
#include <cstdint>
#include <string_view>

#include "names/detail/tables.h"
#include "names/names.h"

/// Words of companies' names: forms of one, and words that are two however alike.
namespace tideline::names::detail {

/// Is one of two words the plural of the other, in English?
bool is_plural(const Part& a, const Part& b);

/// Contractors and contracting, harvest and harvesters: forms of one word.
bool is_of_one_stem(const Part& a, const Part& b);

/// Терское is of the Terek, Донской of the Don.
bool is_adjective_of(const Part& adjective, const Part& place);

/// Boyevoye and Boevoe, Qafqaz and Gafgaz, Geo and Jeo, Iliopetra and Heliopetra: the same letters of Russian,
/// Azerbaijani, Georgian and Greek, as two habits write them.
bool is_written_by_habit(const Part& a, const Part& b);

/// Fulton and Felton, Hansa and Hana: a company may call itself anything, so that a letter that is heard makes another
/// short word.
bool is_other_short_word(const Part& a, const Part& b);

/// Are these two words of companies' names that are no slips of each other? Syllables of Chinese, another beginning,
/// two families' names, compounds of two trades (Shipbreakers and Shipbrokers).
bool is_other_company_word(const Tables& tables, const Part& a, const Part& b);

/// Sinopec and Sinotec: one letter in the same place is another sound, in a word of a length that a company calls
/// itself by. That says little where another word of its own agrees.
bool is_other_brand(const Part& a, const Part& b);

/// Is one of two words the other with a trade's word behind it? Gazprombank and Gazprom.
bool is_longer_by_word(const Tables& tables, const Part& a, const Part& b);

/// Does a word begin or end with one of this meaning? Rosneft with oil.
/// @param form  as Part::form
bool contains_meaning(const Tables& tables, std::string_view latin, std::uint32_t form);

}  // namespace tideline::names::detail
