#pragma once
#include <cstddef>
#include <string_view>

#include "names/detail/closeness.h"

/// Names of two halves: servant of, father of, of the faith, and what Turkic and Persian names are made of.
namespace tideline::names::detail {

/// Abdulrahman: "servant of", and one of the names of God, which is what tells such names apart.
inline bool is_servant(const Part& part) {
    const std::string_view latin = part.latin();
    return part.length >= 8 && latin.starts_with("abd") && (latin[4] == 'l' || latin[4] == 'r');
}

/// Abdo: what anybody is called who is named so.
constexpr bool is_servants_short_form(std::string_view latin) {
    return latin == "abdo" || latin == "abdu" || latin == "abdou" || latin == "abduh" || latin == "abdouh" ||
           latin == "abdoh";
}

/// The name of God in such a name.
Part rest_of_servant(const Part& part);

/// Can it begin with Abu or Umm? Tells most that do not, quickly.
inline bool may_be_teknonym(const Part& part) {
    const char first = part.letters[0], second = part.letters[1];
    return part.length >= 6 &&
           ((first == 'a' && second == 'b') || ((first == 'u' || first == 'o') && (second == 'm' || second == 'u')));
}

/// Umm Khalid and Abu Khalid: a mother and a father; Abu Hamza and Abu Hafs: what follows has to agree.
/// @return how many letters say father or mother of; 0 if none do
std::size_t teknonym_of(std::string_view latin, bool& of_mother);

/// Two words without their beginnings.
Closeness rests_closeness(const Tables& tables, const Part& a, std::size_t from_a, const Part& b, std::size_t from_b);

/// Are two words compounds of the Muslim or the Turkic world that share one half and not the other? Gholamhossein and
/// Gholamhassan.
bool is_other_compound_name(const Tables& tables, const Part& a, const Part& b);

}  // namespace tideline::names::detail
