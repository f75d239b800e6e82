#pragma once

/// What the comparison costs and weighs. The numbers are fitted (tools/names/fit_costs.cpp; docs/names.md); that tool,
/// and nothing else, is built so that it can change them.
#ifdef TIDELINE_FIT_COSTS
#define COST(name, value) inline float name = value;
#else
#define COST(name, value) inline constexpr float name = value;
#endif
namespace tideline::names::costs {
#include "names/detail/costs.def"
}  // namespace tideline::names::costs
#undef COST
