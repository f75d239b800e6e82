#pragma once
#include "names/detail/tables.h"
#include "names/names.h"

/// How near one part of a name is to one part of another.
namespace tideline::names::detail {

struct Closeness {
    float value = 0;  // 0 to 1
    Relation relation = Relation::contradicted;
};

/// Symmetric. Allocates nothing.
Closeness closeness(const Tables& tables, const Prepared& a, const Part& part_a, const Prepared& b, const Part& part_b);

/// How near two words in Latin letters are by letters and sound alone.
Closeness letters_closeness(const Part& a, const Part& b);

/// Cost, in nats, of the cheapest way to spell the units of another script with these Latin letters, by the learned
/// spellings; a large number if nothing is known about the units.
float spelling_cost(const Tables& tables, std::u32string_view units, std::string_view latin);

/// The same as closeness, 0 to 1.
float spelled_closeness(const Tables& tables, std::u32string_view units, std::string_view latin);

}  // namespace tideline::names::detail
