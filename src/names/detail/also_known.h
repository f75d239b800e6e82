#pragma once
#include "names/names.h"

/// Names that are given beside another: A also known as B.
namespace tideline::names::detail {

/// Calls `with(x, y)` for every name of the one beside every name of the other, but for the two names themselves.
template <class With>
void for_each_other_pair(const Prepared& a, const Prepared& b, With&& with) {
    for (const Prepared& x : a.also_known_as()) with(x, b);
    for (const Prepared& y : b.also_known_as()) with(a, y);
    for (const Prepared& x : a.also_known_as()) {
        for (const Prepared& y : b.also_known_as()) with(x, y);
    }
}

/// Is the one the better of two comparisons? In whatever order pairs are compared, the same numbers come out on top.
inline bool says_more(const Comparison& one, const Comparison& other) {
    if (one.score != other.score) return one.score > other.score;
    if (one.log_likelihood_ratio != other.log_likelihood_ratio)
        return one.log_likelihood_ratio > other.log_likelihood_ratio;
    return one.rarity > other.rarity;
}

}  // namespace tideline::names::detail
