#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "link/fields.h"

/// Bringing values into the form in which they are compared: same value, same bytes.
namespace tideline::link::detail {

/// A value ready to be compared; empty if nothing is left of it.
struct Normal {
    char bytes[value_bytes_max];
    std::size_t size = 0;
    std::string_view view() const { return {bytes, size}; }
};

/// Writes the comparable form of `raw` as a value of `kind` (not for dates) into `out`.
///
/// Text is folded to lower-case ASCII letters, digits and single spaces where the script is Latin; other scripts are
/// transliterated. Names lose apostrophes; phones become their last eight digits; e-mail addresses lose "+tag";
/// documents become capitals and digits in which letters that scanners misread as digits are those digits; street kinds
/// and legal forms are shortened.
void normalise(Kind kind, std::string_view raw, Normal& out);

/// Which of the two first parts of a date with slashes or dots is the day.
enum class DayOrder { day_first, month_first };

/// A date as 0xYYYYMMDD, a decimal digit in every four bits; month and day may be 0 (unknown) or impossible (dates are
/// compared digit by digit). 0 if there is no year in it.
std::uint32_t parse_date(std::string_view raw, DayOrder order);

/// The consonants that survive spelling variants: "mohammed" and "muhamad" give the same.
std::string skeleton(std::string_view token);

}  // namespace tideline::link::detail
