#pragma once
#include <cstddef>
#include <string_view>

#include "names/detail/closeness.h"

/// What family names end in: by gender, country and people.
namespace tideline::names::detail {

/// Petrov and Petrova, Kowalski and Kowalska: one family.
bool same_but_for_gender(const Part& a, const Part& b);

/// Vladimirs Petrovs, Viktoras Petrovas: names of others as Latvian and Lithuanian decline them.
bool is_baltic_form(const Part& a, const Part& b);

/// Tramps is Trump: what stands before the -s, as Latvian hears it.
Closeness latvian_closeness(const Part& latvian, const Part& other);

/// The ending that many family and fathers' names have; 0 letters if it is not the same in both.
std::size_t shared_ending(std::string_view a, std::string_view b);

/// Jónsdóttir and Jóhannsdóttir, Peterson and Patterson: what stands before the ending has to agree.
float before_ending(const Part& a, const Part& b, std::size_t ending);

/// Are two family names made of one stem with two endings?
bool is_made_otherwise(std::string_view a, std::string_view b);

/// Sargsyan and Sarkissian, Hakobyan and Hagopian: the same letters are read b, d, g in the east and p, t, k in the
/// west, and the other way round.
bool is_armenian_pair(const Part& a, const Part& b);

/// Rahmon and Rakhmonov, Usmonov and Usmonzoda: many in Tajikistan and Azerbaijan have left the Russian ending off, or
/// put their own for it.
bool is_family_with_other_ending(const Part& a, const Part& b);

}  // namespace tideline::names::detail
