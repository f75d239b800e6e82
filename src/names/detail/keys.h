#pragma once
#include <cstdint>
#include <vector>

#include "names/names.h"

/// Hashes under which names that may be the same meet.
namespace tideline::names::detail {

struct Key {
    std::uint64_t hash = 0;
    float trust = 1;  // how much meeting under it says, 0 to 1
};

/// Keys of one part: its sound; its consonants; its sound less one letter each, for slips; its known short and full
/// forms.
void add_keys(const Prepared& name, const Part& part, bool slips, std::vector<Key>& keys);

/// The consonants of a skeleton, sounds that spelling habits exchange as one, doubles once.
std::string_view write_consonants(std::string_view skeleton, std::array<char, letters_max>& room);

}  // namespace tideline::names::detail
