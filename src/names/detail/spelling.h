#pragma once
#include <string_view>

#include "names/detail/tables.h"

/// How another script is spelled in Latin letters, as learned.
namespace tideline::names::detail {

/// Cost, in nats, of the cheapest way to spell the units of another script (their numbers, Tables::unit_number) with
/// these Latin letters, by the learned spellings. Stops above `limit` with something above it.
float spelling_cost(const Tables& tables, std::u32string_view units, std::string_view latin, float limit = 1e9F);

/// Less is not worth looking at.
inline constexpr float spelled_least = 0.3F;

/// The same as closeness, 0 to 1; 0 if it is below `least`.
float spelled_closeness(const Tables& tables, std::u32string_view units, std::string_view latin, float least);

}  // namespace tideline::names::detail
