#pragma once
#include <string_view>

/// The marks of Vietnamese, which tell its words apart (Hoa, Hòa, Hoá).
namespace tideline::names::detail {

/// Has a text a mark of Vietnamese, put together with its letter or behind it?
bool has_vietnamese_marks(std::string_view text);

/// Are two syllables the same, wherever in them the tone is written (Hoà and Hòa)?
bool same_in_vietnamese(std::string_view a, std::string_view b);

}  // namespace tideline::names::detail
