#pragma once
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "names/detail/closeness.h"

/// Two words that are names: one name and two forms or a slip, or two names however alike.
namespace tideline::names::detail {

/// Do two sorted lists have a number in common?
template <class Numbers>
bool share(const Numbers& a, const Numbers& b) {
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j]) return true;
        a[i] < b[j] ? ++i : ++j;
    }
    return false;
}

/// Forms of one name, or a name and its short form, as the tables say; nothing if they say nothing.
Closeness known_relation(const Tables& tables, const Part& a, const Part& b);

/// Spellings of one name, as Wikidata has them: Ihab and Ehab, Abigail and Abigael.
bool is_same_person_name(const Tables& tables, const Part& a, const Part& b);

/// Karim and Karima, Emmanuel and Emmanuella: given names of a man and a woman.
bool is_hers_and_his(const Part& a, const Part& b);

/// What the closeness of two words by their letters is worth when both are known to be names: Rajesh is hardly ever a
/// slip in writing Ramesh, while Taher and Tahir are one name.
float distinct_names(const Tables& tables, const Part& a, const Part& b);

/// Do two words differ in one letter, and can one of them be a slip that gives no word?
bool is_one_letter_wrong(const Part& a, const Part& b);

/// Is one of two words in Latin letters no word but the other with a slip in it? Qds and Qods, Tarkq and Tariq: it has
/// letters beside each other that words hardly ever have.
inline bool is_slip_of_word(const Part& a, const Part& b) {
    // A slip has three letters that occur some 25 times among 1.8 million; a word's rarest are at least four times as
    // common.
    constexpr int hardly_ever = 38, more_common = 16;
    return std::min(a.rarest_three, b.rarest_three) <= hardly_ever &&
           std::abs(a.rarest_three - b.rarest_three) >= more_common && is_one_letter_wrong(a, b);
}

/// Can one of two words be the other with a letter more, less, another or in the neighbour's place? Not if both are
/// known and differ in what no slip makes: a man's name and a woman's, syllables, meanings.
bool may_be_slip(const Tables& tables, const Part& a, const Part& b);

/// How near two words are if one is a slip in typing the other: more likely where one of them is no name that is known.
/// 0 if that is not likely, or not more than `already`.
float slip_closeness(const Tables& tables, const Part& a, const Part& b, float already);

}  // namespace tideline::names::detail
