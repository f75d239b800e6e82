#include "names/kernels.h"

#include <type_traits>

#include "names/detail/bit_parallel.h"

namespace tideline::names {

namespace {

template <class Unit>
constexpr std::uint32_t code_of(Unit unit) {
    return static_cast<std::uint32_t>(static_cast<std::make_unsigned_t<Unit>>(unit));
}

constexpr std::size_t slot_of(std::uint32_t code, std::size_t slots) {
    return (code * 2654435769U >> 7) & (slots - 1);  // slots is a power of two
}

/// Masks of one pattern of at most 64 units, for one call: a table that is all zero between calls, so that only what
/// the pattern set has to be cleared again.
template <class Unit>
class OneCallMasks {
public:
    explicit OneCallMasks(std::span<const Unit> pattern) : pattern_(pattern), table_(table()) {
        std::uint64_t bit = 1;
        for (const Unit unit : pattern_) {
            const std::uint32_t code = code_of(unit);
            (code < 256 ? table_.low[code] : table_.masks[find(code, true)]) |= bit;
            bit <<= 1;
        }
    }
    ~OneCallMasks() {
        for (const Unit unit : pattern_) {
            const std::uint32_t code = code_of(unit);
            if (code < 256) table_.low[code] = 0;
        }
        for (; used_ > 0; --used_) {
            table_.codes[table_.used[used_ - 1]] = 0;
            table_.masks[table_.used[used_ - 1]] = 0;
        }
    }
    OneCallMasks(const OneCallMasks&) = delete;
    OneCallMasks& operator=(const OneCallMasks&) = delete;

    std::uint64_t operator()(std::size_t, Unit unit) const {
        const std::uint32_t code = code_of(unit);
        if (sizeof(Unit) == 1 || code < 256) return table_.low[code];
        return table_.masks[const_cast<OneCallMasks*>(this)->find(code, false)];
    }

private:
    static constexpr std::size_t slots = sizeof(Unit) == 1 ? 1 : 128;  // twice as many as codes can come
    struct Table {
        std::uint64_t low[256];
        std::uint64_t masks[slots];
        std::uint32_t codes[slots];
        std::uint8_t used[detail::word_bits];
    };
    static Table& table() {
        thread_local constinit Table shared = {};
        return shared;
    }
    /// The slot of a code; an empty one (whose mask is zero) if it is not there.
    std::size_t find(std::uint32_t code, bool take) {
        std::size_t slot = slot_of(code, slots);
        while (table_.codes[slot] != 0 && table_.codes[slot] != code) slot = (slot + 1) & (slots - 1);
        if (take && table_.codes[slot] == 0) {
            table_.codes[slot] = code;
            table_.used[used_++] = static_cast<std::uint8_t>(slot);
        }
        return slot;
    }

    std::span<const Unit> pattern_;
    Table& table_;
    std::size_t used_ = 0;
};

template <class Unit>
std::span<const Unit> span_of(std::basic_string_view<Unit> text) {
    return {text.data(), text.size()};
}

/// Calls `with(masks, pattern, text)`, the shorter side as the pattern.
template <class Unit, class With>
auto with_masks(std::basic_string_view<Unit> a, std::basic_string_view<Unit> b, With with) {
    if (a.size() > b.size()) std::swap(a, b);
    if (a.size() <= detail::word_bits) return with(OneCallMasks<Unit>(span_of(a)), span_of(a), span_of(b));
    const Pattern<Unit> pattern(a);
    const auto masks = [&](std::size_t word, Unit unit) { return pattern.mask(word, unit); };
    return with(masks, span_of(a), span_of(b));
}

template <bool Transpositions, class Unit>
std::size_t distance_of(std::basic_string_view<Unit> a, std::basic_string_view<Unit> b, std::size_t limit) {
    return with_masks(a, b, [limit](const auto& masks, auto pattern, auto text) {
        return detail::distance<Transpositions>(masks, pattern.size(), text, limit);
    });
}

template <class Unit>
double jaro_of(std::basic_string_view<Unit> a, std::basic_string_view<Unit> b, double at_least) {
    return with_masks(a, b, [at_least](const auto& masks, auto pattern, auto text) {
        return detail::jaro(masks, pattern.size(), text, at_least);
    });
}

template <class Unit>
double jaro_winkler_of(std::basic_string_view<Unit> a, std::basic_string_view<Unit> b, double at_least) {
    return with_masks(a, b, [at_least](const auto& masks, auto pattern, auto text) {
        return detail::jaro_winkler(masks, pattern, text, at_least);
    });
}

}  // namespace

std::size_t levenshtein(std::string_view a, std::string_view b, std::size_t limit) {
    return distance_of<false>(a, b, limit);
}
std::size_t levenshtein(std::u16string_view a, std::u16string_view b, std::size_t limit) {
    return distance_of<false>(a, b, limit);
}
std::size_t levenshtein(std::u32string_view a, std::u32string_view b, std::size_t limit) {
    return distance_of<false>(a, b, limit);
}

std::size_t osa(std::string_view a, std::string_view b, std::size_t limit) { return distance_of<true>(a, b, limit); }
std::size_t osa(std::u16string_view a, std::u16string_view b, std::size_t limit) {
    return distance_of<true>(a, b, limit);
}
std::size_t osa(std::u32string_view a, std::u32string_view b, std::size_t limit) {
    return distance_of<true>(a, b, limit);
}

double jaro(std::string_view a, std::string_view b, double at_least) { return jaro_of(a, b, at_least); }
double jaro(std::u16string_view a, std::u16string_view b, double at_least) { return jaro_of(a, b, at_least); }
double jaro(std::u32string_view a, std::u32string_view b, double at_least) { return jaro_of(a, b, at_least); }

double jaro_winkler(std::string_view a, std::string_view b, double at_least) { return jaro_winkler_of(a, b, at_least); }
double jaro_winkler(std::u16string_view a, std::u16string_view b, double at_least) {
    return jaro_winkler_of(a, b, at_least);
}
double jaro_winkler(std::u32string_view a, std::u32string_view b, double at_least) {
    return jaro_winkler_of(a, b, at_least);
}

template <class Unit>
Pattern<Unit>::Pattern(View text)
    : text_(text.begin(), text.end()), words_(std::max<std::size_t>(1, detail::words_for(text.size()))) {
    if (words_ > 1) low_many_.resize(256 * words_);
    for (std::size_t at = 0; at < text_.size(); ++at) {
        const std::uint32_t code = code_of(text_[at]);
        std::uint64_t* row = code >= 256 ? row_above(code) : words_ == 1 ? &low_[code] : &low_many_[code * words_];
        row[at / detail::word_bits] |= std::uint64_t{1} << (at % detail::word_bits);
    }
}

/// The row of a code from 256 on, made if it is new.
template <class Unit>
std::uint64_t* Pattern<Unit>::row_above(std::uint32_t code) {
    if (slots_.empty()) slots_.resize(std::bit_ceil(2 * text_.size() + 2));
    std::size_t slot = slot_of(code, slots_.size());
    while (slots_[slot].code != 0 && slots_[slot].code != code) slot = (slot + 1) & (slots_.size() - 1);
    if (slots_[slot].code == 0) {
        slots_[slot] = {code, static_cast<std::uint32_t>(rows_.size())};
        rows_.resize(rows_.size() + words_);
    }
    return &rows_[slots_[slot].row];
}

template <class Unit>
std::uint64_t Pattern<Unit>::mask_above(std::size_t word, std::uint32_t code) const {
    if (slots_.empty()) return 0;
    std::size_t slot = slot_of(code, slots_.size());
    while (slots_[slot].code != 0 && slots_[slot].code != code) slot = (slot + 1) & (slots_.size() - 1);
    return slots_[slot].code == 0 ? 0 : rows_[slots_[slot].row + word];
}

namespace {

/// Calls `with(masks)`; with one word the branch on the number of words stays out of the loop.
template <class Unit, class With>
auto with_pattern(const Pattern<Unit>& pattern, With with) {
    if (pattern.text().size() <= detail::word_bits) {
        return with([&pattern](std::size_t, Unit unit) { return pattern.mask_of_one_word(unit); });
    }
    return with([&pattern](std::size_t word, Unit unit) { return pattern.mask(word, unit); });
}

}  // namespace

template <class Unit>
std::size_t Pattern<Unit>::levenshtein(View other, std::size_t limit) const {
    return with_pattern(
        *this, [&](const auto& masks) { return detail::distance<false>(masks, text_.size(), span_of(other), limit); });
}

template <class Unit>
std::size_t Pattern<Unit>::osa(View other, std::size_t limit) const {
    return with_pattern(
        *this, [&](const auto& masks) { return detail::distance<true>(masks, text_.size(), span_of(other), limit); });
}

template <class Unit>
double Pattern<Unit>::jaro(View other, double at_least) const {
    return with_pattern(*this,
                        [&](const auto& masks) { return detail::jaro(masks, text_.size(), span_of(other), at_least); });
}

template <class Unit>
double Pattern<Unit>::jaro_winkler(View other, double at_least) const {
    return with_pattern(*this, [&](const auto& masks) {
        return detail::jaro_winkler(masks, span_of(text()), span_of(other), at_least);
    });
}

template class Pattern<char>;
template class Pattern<char16_t>;
template class Pattern<char32_t>;

}  // namespace tideline::names
