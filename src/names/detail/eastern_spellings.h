#pragma once
#include <string_view>

#include "names/detail/tables.h"
#include "names/names.h"

/// One name of China, Japan or Vietnam in two spellings.
namespace tideline::names::detail {

/// Can these be the Cantonese and the Mandarin reading of the same two or three characters, in Latin letters?
bool is_cantonese_of(const Tables& tables, std::string_view cantonese, std::string_view pinyin);

/// In the older spelling of Chinese p' and p are often both written p: Wei-chih is Weizhi and Weichi.
bool is_same_but_for_breath(const Prepared& name, const Part& part, std::string_view pinyin);

/// Jinping and Jingping: an easy slip in names of two syllables, another name in those of one.
bool is_final_g(const Part& a, const Part& b);

/// Ohno, Oono and Ono; Huzimoto and Fujimoto.
bool same_in_japanese(std::string_view a, std::string_view b);

/// Hoa and Hòa, where both names are written with the marks of Vietnamese.
bool is_marked_otherwise(const Prepared& a, const Part& part_a, const Prepared& b, const Part& part_b);

/// Traditional and simplified.
bool same_characters(const Tables& tables, std::string_view a, std::string_view b);

}  // namespace tideline::names::detail
