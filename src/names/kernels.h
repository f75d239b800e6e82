#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

/// Bit-parallel string distances: the innermost loop of comparing names and of linking records.
///
/// Everything here works on code units, not on characters: `char` for bytes (ASCII, or text already mapped to one byte
/// a letter), `char16_t` and `char32_t` for wider alphabets. Nothing allocates while comparing as long as no string is
/// longer than `inline_units`; all functions are pure and may be called from any number of threads.
///
///     names::Pattern<char> wanted("katherine");              // once
///     wanted.levenshtein("catherine", 2);                    // many times: 1
///     wanted.jaro_winkler("katharine");                      // .969…
///
/// Sources: Myers 1999 and Hyyrö 2003 (Levenshtein and optimal string alignment in words of 64 bits), Jaro 1989,
/// Winkler 1990.
namespace tideline::names {

/// "No bound": the distance is computed however large it is.
inline constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max() - 1;

/// Strings up to this many units are compared without any allocation.
inline constexpr std::size_t inline_units = 1024;

/// Number of insertions, deletions and replacements that turn `a` into `b`; `limit + 1` as soon as it must exceed
/// limit.
std::size_t levenshtein(std::string_view a, std::string_view b, std::size_t limit = no_limit);
std::size_t levenshtein(std::u16string_view a, std::u16string_view b, std::size_t limit = no_limit);
std::size_t levenshtein(std::u32string_view a, std::u32string_view b, std::size_t limit = no_limit);

/// As levenshtein, and a swap of two neighbours counts one (each unit is edited at most once: "optimal string
/// alignment", which is not a metric).
std::size_t osa(std::string_view a, std::string_view b, std::size_t limit = no_limit);
std::size_t osa(std::u16string_view a, std::u16string_view b, std::size_t limit = no_limit);
std::size_t osa(std::u32string_view a, std::u32string_view b, std::size_t limit = no_limit);

/// Jaro's similarity, 0 to 1; two empty strings are equal (1). 0 if it would be below `at_least`.
double jaro(std::string_view a, std::string_view b, double at_least = 0.0);
double jaro(std::u16string_view a, std::u16string_view b, double at_least = 0.0);
double jaro(std::u32string_view a, std::u32string_view b, double at_least = 0.0);

/// Jaro's similarity raised by a tenth of what is missing for each of up to four equal first units, if it is above .7.
double jaro_winkler(std::string_view a, std::string_view b, double at_least = 0.0);
double jaro_winkler(std::u16string_view a, std::u16string_view b, double at_least = 0.0);
double jaro_winkler(std::u32string_view a, std::u32string_view b, double at_least = 0.0);

/// One side of a comparison, made ready to be compared with many others. Keeps its own copy of the text.
/// Takes 2 KB (`char`) to 4 KB up to 64 units; prefer the free functions when a text is compared only once or twice.
template <class Unit>
class Pattern {
public:
    using View = std::basic_string_view<Unit>;

    explicit Pattern(View text);

    View text() const { return {text_.data(), text_.size()}; }

    /// Same results as the free functions of the same names.
    std::size_t levenshtein(View other, std::size_t limit = no_limit) const;
    std::size_t osa(View other, std::size_t limit = no_limit) const;
    double jaro(View other, double at_least = 0.0) const;
    double jaro_winkler(View other, double at_least = 0.0) const;

    /// Where a unit stands in word `word` of the text: bit i is position 64 * word + i.
    std::uint64_t mask(std::size_t word, Unit unit) const {
        const auto code = static_cast<std::uint32_t>(static_cast<std::make_unsigned_t<Unit>>(unit));
        if (code < 256) return words_ == 1 ? low_[code] : low_many_[code * words_ + word];
        return mask_above(word, code);
    }
    /// The same, for a text of at most 64 units.
    std::uint64_t mask_of_one_word(Unit unit) const {
        const auto code = static_cast<std::uint32_t>(static_cast<std::make_unsigned_t<Unit>>(unit));
        if (sizeof(Unit) == 1 || code < 256) return low_[code];
        return mask_above(0, code);
    }

private:
    std::uint64_t mask_above(std::size_t word, std::uint32_t code) const;
    std::uint64_t* row_above(std::uint32_t code);

    struct Slot {
        std::uint32_t code = 0;  // 0: empty, for codes below 256 never come here
        std::uint32_t row = 0;
    };
    std::vector<Unit> text_;
    std::size_t words_ = 1;
    std::uint64_t low_[256] = {};          // one word: masks of codes below 256
    std::vector<std::uint64_t> low_many_;  // several words: 256 rows of words_
    std::vector<Slot> slots_;              // open addressing, for codes from 256 on
    std::vector<std::uint64_t> rows_;      // their masks
};

/// Up to 32 short texts, compared with one other all at once, a lane each: several times faster a pair than Pattern
/// when a block of records is compared with one more. Same results as the free functions, to the last bit.
class PatternPack {
public:
    static constexpr std::size_t lanes = 32;
    static constexpr std::size_t units_max = 16;

    /// True for a text that may be a lane.
    static bool fits(std::string_view text) { return text.size() <= units_max; }

    /// Texts that fit, at most `lanes` of them (more, or longer ones, end the process). Keeps copies.
    explicit PatternPack(std::span<const std::string_view> texts);

    std::size_t size() const { return size_; }

    /// Distance of every text to `other` (of at most 65,000 units), in the order given; what lies behind size() is not
    /// to be read.
    void levenshtein(std::string_view other, std::span<std::uint16_t, lanes> distances) const;
    void osa(std::string_view other, std::span<std::uint16_t, lanes> distances) const;
    /// Similarity of every text to `other`. Fast if `other` fits; right in any case.
    void jaro_winkler(std::string_view other, std::span<double, lanes> similarities) const;

private:
    struct alignas(64) Row {
        std::array<std::uint16_t, lanes> mask;
    };
    std::size_t size_ = 0;
    std::array<std::uint8_t, 256> row_of_ = {};  // row 0: occurs in no text
    std::vector<Row> rows_;
    Row length_mask_ = {};
    std::array<std::uint8_t, lanes> lengths_ = {};
    std::array<std::array<char, units_max>, lanes> texts_ = {};
};

extern template class Pattern<char>;
extern template class Pattern<char16_t>;
extern template class Pattern<char32_t>;

}  // namespace tideline::names
