#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "names/detail/tables.h"

/// Chinese, Korean and Vietnamese names as Russian writes them.
namespace tideline::names::detail {

/// Pinyin of a word in the system of Palladius: Цзяньго is jianguo.
/// @param letters  in lower case
/// @return false if it cannot be cut into syllables of Chinese
bool pinyin_of_cyrillic(const Tables& tables, std::u32string_view letters, std::string& pinyin);

/// How Korea writes a syllable in Latin letters that Russian writes by the system of Kontsevich or by habit: Чен is
/// jong, jeong and chong.
/// @param family  a family name, of which only the common ones are known
/// @return empty if it is no such syllable
std::vector<std::string> korean_of_cyrillic(std::u32string_view letters, bool family);

/// A word of Vietnamese in its own letters, without marks: Зунг is dung. Empty if it cannot be one.
std::string vietnamese_of_cyrillic(std::u32string_view letters);
/// Is this a common family name of Vietnam?
bool is_vietnamese_family_in_cyrillic(std::u32string_view letters);

}  // namespace tideline::names::detail
