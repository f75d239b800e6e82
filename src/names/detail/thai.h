#pragma once
#include "names/names.h"

/// Names of Thailand in Latin letters. They are spelled by the letters (Puangpetch), by the royal system (Phuangphet)
/// or by ear.
namespace tideline::names::detail {

/// Do two words sound the same as Thai is spoken, and are both made of what Thai names are made of? What an ending
/// consonant is written with does not count, nor breath behind the first: Siriporn and Siriphon, Vejjajiva and
/// Wetchachiwa.
bool is_thai_pair(const Part& a, const Part& b);

}  // namespace tideline::names::detail
