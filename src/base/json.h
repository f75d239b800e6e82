#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

/// Numbers in JSON that somebody else may have written.
namespace tideline {

/// A whole number that its type can hold; read as it is, 7e34 would be undefined.
/// @throws std::out_of_range  it is no number, not whole, too large or too small
template <class Number>
Number whole_number(const nlohmann::json& value) {
    if (!value.is_number_integer()) throw std::out_of_range("a number that is not whole");
    const bool fits = value.is_number_unsigned() ? std::in_range<Number>(value.get<std::uint64_t>())
                                                 : std::in_range<Number>(value.get<std::int64_t>());
    if (!fits) throw std::out_of_range("a number that is too large or too small");
    return value.get<Number>();
}

}  // namespace tideline
