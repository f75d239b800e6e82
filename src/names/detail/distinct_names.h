#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "names/detail/closeness.h"

/// Two words that are names: one name and two forms or a slip, or two names however alike.
namespace tideline::names::detail {

/// Do two sorted lists have a number in common?
bool share(const std::vector<std::uint16_t>& a, const std::vector<std::uint16_t>& b);

/// Forms of one name, or a name and its short form, as the tables say; nothing if they say nothing.
Closeness known_relation(const Tables& tables, const Part& a, const Part& b);

/// Karim and Karima, Emmanuel and Emmanuella: given names of a man and a woman.
bool is_hers_and_his(const Part& a, const Part& b);

/// Sunil and Susil, Rogelio and Rodelio, Nurlan and Nurzhan: given names that differ in consonants which no habit
/// exchanges and no finger confuses; a letter missing, doubled or swapped may be a slip.
bool is_other_given(const Part& a, const Part& b);

/// What the closeness of two words by their letters is worth when both are known to be names: Rajesh is hardly ever a
/// slip in writing Ramesh, while Taher and Tahir are one name.
float distinct_names(const Tables& tables, const Part& a, const Part& b);

/// How near two words are if one is a slip in typing the other: more likely where one of them is no name that is known.
/// 0 if that is not likely, or not more than `already`.
float slip_closeness(const Tables& tables, const Part& a, const Part& b, float already);

}  // namespace tideline::names::detail
