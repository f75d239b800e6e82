#pragma once
#include <string_view>

/// How Korean names are spelled in Latin letters: by rule, by habit, and in either half of the country.
namespace tideline::names::detail {

/// Can these Latin letters (a–z) be a spelling of these syllables of Hangul? True only if every letter is accounted
/// for.
bool korean_spells(std::string_view hangul, std::string_view latin);

/// Can these Latin letters be a spelling of one to three syllables of Korean?
bool is_korean_word(std::string_view latin);

/// Are two words of Hangul the same but for the spelling of the first sound in North and South (리 and 이)?
bool korean_same(std::string_view a, std::string_view b);

/// Are two Latin spellings of a Korean word the same but for habit? Ho-jin and Ho-chin, Do and To, U and Woo.
bool korean_alike(std::string_view a, std::string_view b);

}  // namespace tideline::names::detail
