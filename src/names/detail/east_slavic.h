#pragma once
#include "names/detail/closeness.h"

/// Names of Russia, Ukraine and Belarus in the spelling of one and of another, and their patronymics.
namespace tideline::names::detail {

/// The closeness of Jekaterina and Yekaterina; nothing if neither begins so.
Closeness soft_closeness(const Part& a, const Part& b);

/// Rəsul (oğlu) and Rasulovich: the same father in two languages.
Closeness fathers_closeness(const Tables& tables, const Part& a, const Part& b);

/// Hordiienko and Gordienko, Kazlou and Kozlov, Siamionau and Semyonov: one family in Ukrainian or Belarusian and in
/// Russian.
bool is_east_slavic_pair(const Part& a, const Part& b);

}  // namespace tideline::names::detail
