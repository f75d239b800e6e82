#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

/// The loops behind kernels.h, over any `Masks` that answers `masks(word, unit)`: where does this unit stand in the
/// pattern. `One…` loops serve patterns of at most 64 units.
namespace tideline::names::detail {

constexpr std::size_t word_bits = 64;

constexpr std::size_t words_for(std::size_t units) { return (units + word_bits - 1) / word_bits; }

/// The lowest `count` bits set, for count 0 to 64.
constexpr std::uint64_t low_bits(std::size_t count) {
    return count >= word_bits ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// Zeroed words for one call: on the stack up to `Inline`, on the heap beyond.
template <std::size_t Inline>
class Words {
public:
    explicit Words(std::size_t count) {
        if (count > Inline) {
            heap_ = std::make_unique<std::uint64_t[]>(count);
            begin_ = heap_.get();
        } else {
            std::fill_n(inline_.data(), count, std::uint64_t{0});
        }
    }
    std::uint64_t& operator[](std::size_t at) { return begin_[at]; }

private:
    std::array<std::uint64_t, Inline> inline_;
    std::unique_ptr<std::uint64_t[]> heap_;
    std::uint64_t* begin_ = inline_.data();
};

/// Hyyrö 2003, figure 3, with the last row's score followed; stops when the rest of the text cannot bring it back.
template <bool Transpositions, class Masks, class Unit>
std::size_t one_word_distance(const Masks& masks, std::size_t length, std::span<const Unit> text, std::size_t limit) {
    std::uint64_t vp = ~std::uint64_t{0}, vn = 0, d0 = 0, before = 0;
    std::size_t distance = length, left = text.size();
    const auto last = static_cast<unsigned>(length - 1);
    for (const Unit unit : text) {
        const std::uint64_t here = masks(0, unit);
        const std::uint64_t swap = Transpositions ? ((~d0 & here) << 1) & before : 0;
        d0 = (((here & vp) + vp) ^ vp) | here | vn | swap;
        std::uint64_t hp = vn | ~(d0 | vp);
        std::uint64_t hn = d0 & vp;
        distance += (hp >> last) & 1;
        distance -= (hn >> last) & 1;
        hp = (hp << 1) | 1;
        hn <<= 1;
        vp = hn | ~(d0 | hp);
        vn = hp & d0;
        before = here;
        if (distance > limit + --left) return limit + 1;
    }
    return distance;
}

/// The same over several words, the horizontal differences carried from word to word.
template <bool Transpositions, class Masks, class Unit>
std::size_t many_word_distance(const Masks& masks, std::size_t length, std::span<const Unit> text, std::size_t limit) {
    constexpr std::size_t inline_words = 16;
    const std::size_t words = words_for(length);
    Words<4 * inline_words> state(4 * words);  // per word: vp, vn, d0 and the mask of the column before
    for (std::size_t w = 0; w < words; ++w) state[4 * w] = ~std::uint64_t{0};
    const auto last = static_cast<unsigned>((length - 1) % word_bits);
    std::size_t distance = length, left = text.size();
    for (const Unit unit : text) {
        std::uint64_t hp_carry = 1, hn_carry = 0, above_d0 = ~std::uint64_t{0}, above_mask = 0;
        for (std::size_t w = 0; w < words; ++w) {
            std::uint64_t &vp = state[4 * w], &vn = state[4 * w + 1], &d0 = state[4 * w + 2],
                          &before = state[4 * w + 3];
            const std::uint64_t here = masks(w, unit);
            const std::uint64_t swap =
                Transpositions ? (((~d0 & here) << 1) | ((~above_d0 & above_mask) >> 63)) & before : 0;
            above_d0 = d0;
            above_mask = here;
            const std::uint64_t x = here | hn_carry;
            d0 = (((x & vp) + vp) ^ vp) | x | vn | swap;
            std::uint64_t hp = vn | ~(d0 | vp);
            std::uint64_t hn = d0 & vp;
            if (w + 1 == words) {
                distance += (hp >> last) & 1;
                distance -= (hn >> last) & 1;
            }
            const std::uint64_t hp_out = hp >> 63, hn_out = hn >> 63;
            hp = (hp << 1) | hp_carry;
            hn = (hn << 1) | hn_carry;
            hp_carry = hp_out;
            hn_carry = hn_out;
            vp = hn | ~(d0 | hp);
            vn = hp & d0;
            before = here;
        }
        if (distance > limit + --left) return limit + 1;
    }
    return distance;
}

template <bool Transpositions, class Masks, class Unit>
std::size_t distance(const Masks& masks, std::size_t length, std::span<const Unit> text, std::size_t limit) {
    const std::size_t longer = std::max(length, text.size()), shorter = std::min(length, text.size());
    limit = std::min(limit, longer);  // the distance is never more, and limit + left must not overflow
    if (longer - shorter > limit) return limit + 1;
    if (shorter == 0) return longer;
    if (length <= word_bits) return one_word_distance<Transpositions>(masks, length, text, limit);
    return many_word_distance<Transpositions>(masks, length, text, limit);
}

inline double jaro_of(std::size_t common, std::size_t transposed, std::size_t a, std::size_t b) {
    const auto m = static_cast<double>(common);
    return (m / static_cast<double>(a) + m / static_cast<double>(b) + (m - static_cast<double>(transposed / 2)) / m) /
           3.0;
}

/// How far apart two equal units may stand and still count as common.
inline std::size_t jaro_reach(std::size_t a, std::size_t b) {
    const std::size_t half = std::max(a, b) / 2;
    return half == 0 ? 0 : half - 1;
}

/// Both sides at most 64 units: flags of common units are one word each.
template <class Masks, class Unit>
double one_word_jaro(const Masks& masks, std::size_t length, std::span<const Unit> text, std::size_t reach,
                     std::size_t text_length, double at_least) {
    std::uint64_t taken = 0, found = 0, window = low_bits(reach + 1);
    const std::size_t ramp = std::min(reach, text.size());
    std::size_t j = 0;
    for (; j < ramp; ++j) {
        const std::uint64_t free = masks(0, text[j]) & window & ~taken;
        taken |= free & (~free + 1);
        found |= std::uint64_t{free != 0} << j;
        window = (window << 1) | 1;
    }
    for (; j < text.size(); ++j) {
        const std::uint64_t free = masks(0, text[j]) & window & ~taken;
        taken |= free & (~free + 1);
        found |= std::uint64_t{free != 0} << j;
        window <<= 1;
    }
    const auto common = static_cast<std::size_t>(std::popcount(found));
    if (common == 0 || jaro_of(common, 0, length, text_length) < at_least) return 0.0;
    std::size_t transposed = 0;
    while (found != 0) {
        const std::uint64_t lowest = taken & (~taken + 1);
        transposed += (masks(0, text[static_cast<std::size_t>(std::countr_zero(found))]) & lowest) == 0;
        found &= found - 1;
        taken ^= lowest;
    }
    return jaro_of(common, transposed, length, text_length);
}

template <class Masks, class Unit>
double many_word_jaro(const Masks& masks, std::size_t length, std::span<const Unit> text, std::size_t reach,
                      std::size_t text_length) {
    constexpr std::size_t inline_words = 16;
    const std::size_t pattern_words = words_for(length), text_words = words_for(text.size());
    Words<inline_words> taken(pattern_words);
    Words<2 * inline_words> found(text_words);
    std::size_t common = 0;
    for (std::size_t j = 0; j < text.size(); ++j) {
        const std::size_t first = j > reach ? j - reach : 0, end = std::min(length, j + reach + 1);
        if (first >= end) break;
        for (std::size_t w = first / word_bits; w <= (end - 1) / word_bits; ++w) {
            std::uint64_t free = masks(w, text[j]) & ~taken[w];
            if (w == first / word_bits) free &= ~low_bits(first % word_bits);
            if (w == (end - 1) / word_bits) free &= low_bits((end - 1) % word_bits + 1);
            if (free == 0) continue;
            taken[w] |= free & (~free + 1);
            found[j / word_bits] |= std::uint64_t{1} << (j % word_bits);
            ++common;
            break;
        }
    }
    if (common == 0) return 0.0;
    std::size_t transposed = 0, w = 0;
    for (std::size_t j = 0; j < text.size(); ++j) {
        if ((found[j / word_bits] >> (j % word_bits) & 1) == 0) continue;
        while (taken[w] == 0) ++w;
        const std::uint64_t lowest = taken[w] & (~taken[w] + 1);
        transposed += (masks(w, text[j]) & lowest) == 0;
        taken[w] ^= lowest;
    }
    return jaro_of(common, transposed, length, text_length);
}

template <class Masks, class Unit>
double jaro(const Masks& masks, std::size_t length, std::span<const Unit> text, double at_least) {
    if (length == 0 || text.empty()) return length == text.size() ? 1.0 : 0.0;
    if (jaro_of(std::min(length, text.size()), 0, length, text.size()) < at_least) return 0.0;
    const std::size_t reach = jaro_reach(length, text.size());
    const std::span<const Unit> reached = text.first(std::min(text.size(), length + reach));
    const double similarity = length <= word_bits && reached.size() <= word_bits
                                  ? one_word_jaro(masks, length, reached, reach, text.size(), at_least)
                                  : many_word_jaro(masks, length, reached, reach, text.size());
    return similarity < at_least ? 0.0 : similarity;
}

constexpr double winkler_threshold = 0.7;
constexpr double winkler_weight = 0.1;
constexpr std::size_t winkler_prefix_max = 4;

template <class Masks, class Unit>
double jaro_winkler(const Masks& masks, std::span<const Unit> pattern, std::span<const Unit> text, double at_least) {
    std::size_t prefix = 0;
    const std::size_t prefix_max = std::min({winkler_prefix_max, pattern.size(), text.size()});
    while (prefix < prefix_max && pattern[prefix] == text[prefix]) ++prefix;
    const double raise = winkler_weight * static_cast<double>(prefix);
    // The smallest similarity that, once raised, is still at_least; a hair less against rounding.
    const double needed = at_least <= winkler_threshold
                              ? at_least
                              : std::max(winkler_threshold, (at_least - raise) / (1.0 - raise) - 1e-12);
    double similarity = jaro(masks, pattern.size(), text, needed);
    if (similarity > winkler_threshold) similarity += raise * (1.0 - similarity);
    return similarity < at_least ? 0.0 : similarity;
}

}  // namespace tideline::names::detail
