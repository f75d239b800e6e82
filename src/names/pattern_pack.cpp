#include <bit>
#include <cstdlib>

#include "names/detail/bit_parallel.h"
#include "names/kernels.h"

namespace tideline::names {

namespace {

constexpr std::size_t lane_count = PatternPack::lanes;

/// As many lanes of 16 bits as one register holds; a loop over the registers stays outermost.
using Lanes256 [[gnu::vector_size(32)]] = std::uint16_t;
using Lanes128 [[gnu::vector_size(16)]] = std::uint16_t;

template <class Lanes>
[[gnu::always_inline]] inline void load(Lanes& to, const std::uint16_t* from) {
    __builtin_memcpy(&to, from, sizeof to);
}

/// Number of set bits in each lane.
template <class Lanes>
[[gnu::always_inline]] inline void count_bits(Lanes& x) {
    x = x - ((x >> 1) & 0x5555);
    x = (x & 0x3333) + ((x >> 2) & 0x3333);
    x = (x + (x >> 4)) & 0x0f0f;
    x = (x + (x >> 8)) & 0x1f;
}

template <class Lanes, bool Transpositions>
[[gnu::always_inline]] inline void distances_of(const std::uint16_t* rows, const std::uint8_t* row_of,
                                                const std::uint16_t* length_mask, std::string_view text,
                                                std::uint16_t* out) {
    const Lanes zero = {};
    Lanes vp = ~zero, vn = zero, d0 = zero, before = zero, here = zero;
    for (const char unit : text) {
        load(here, rows + lane_count * row_of[static_cast<unsigned char>(unit)]);
        const Lanes swap = Transpositions ? ((~d0 & here) << 1) & before : zero;
        d0 = (((here & vp) + vp) ^ vp) | here | vn | swap;
        const Lanes hp = ((vn | ~(d0 | vp)) << 1) | 1;
        const Lanes hn = (d0 & vp) << 1;
        vp = hn | ~(d0 | hp);
        vn = hp & d0;
        before = here;
    }
    Lanes mask = zero;
    load(mask, length_mask);
    vp &= mask;
    vn &= mask;
    count_bits(vp);
    count_bits(vn);
    const Lanes distance = vp - vn + static_cast<std::uint16_t>(text.size());
    __builtin_memcpy(out, &distance, sizeof distance);
}

/// Common units and transpositions of every lane. A lane's window opens with the lowest reach + 1 bits; text has at
/// most 16 units.
template <class Lanes>
[[gnu::always_inline]] inline void common_of(const std::uint16_t* rows, const std::uint8_t* row_of,
                                             const std::uint16_t* reaches, const std::uint16_t* windows,
                                             std::string_view text, std::uint16_t* common_out,
                                             std::uint16_t* transposed_out) {
    // Shifts are by constants only: no x86 before AVX-512 shifts 16-bit lanes by different amounts.
    const Lanes zero = {}, one = zero + 1;
    Lanes reach = zero, here = zero, taken = zero, found = zero, window = zero, bit = one, column = zero;
    load(reach, reaches);
    load(window, windows);
    for (const char unit : text) {
        load(here, rows + lane_count * row_of[static_cast<unsigned char>(unit)]);
        const Lanes free = here & window & ~taken;
        taken |= free & -free;
        found |= static_cast<Lanes>(free != zero) & bit;
        window = (window << 1) | (static_cast<Lanes>(reach > column) & one);
        bit += bit;
        column += one;
    }
    Lanes common = found, transposed = zero;
    count_bits(common);
    bit = one;
    for (const char unit : text) {
        load(here, rows + lane_count * row_of[static_cast<unsigned char>(unit)]);
        const auto active = static_cast<Lanes>((found & bit) != zero);
        const Lanes lowest = taken & -taken & active;
        transposed += active & static_cast<Lanes>((here & lowest) == zero) & one;
        taken ^= lowest;
        bit += bit;
    }
    __builtin_memcpy(common_out, &common, sizeof common);
    __builtin_memcpy(transposed_out, &transposed, sizeof transposed);
}

// The same loops twice: for the machine at hand if it has 256-bit registers, and for any.
#if defined(__x86_64__)
#define TIDELINE_WIDE [[gnu::target("avx2")]]
bool wide() {
    static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
    return has_avx2;
}
#else
#define TIDELINE_WIDE
bool wide() { return false; }
#endif

TIDELINE_WIDE void levenshtein_wide(const std::uint16_t* r, const std::uint8_t* of, const std::uint16_t* m,
                                    std::string_view text, std::uint16_t* out) {
    for (std::size_t at = 0; at < lane_count; at += 16)
        distances_of<Lanes256, false>(r + at, of, m + at, text, out + at);
}
void levenshtein_any(const std::uint16_t* r, const std::uint8_t* of, const std::uint16_t* m, std::string_view text,
                     std::uint16_t* out) {
    for (std::size_t at = 0; at < lane_count; at += 8)
        distances_of<Lanes128, false>(r + at, of, m + at, text, out + at);
}
TIDELINE_WIDE void osa_wide(const std::uint16_t* r, const std::uint8_t* of, const std::uint16_t* m,
                            std::string_view text, std::uint16_t* out) {
    for (std::size_t at = 0; at < lane_count; at += 16)
        distances_of<Lanes256, true>(r + at, of, m + at, text, out + at);
}
void osa_any(const std::uint16_t* r, const std::uint8_t* of, const std::uint16_t* m, std::string_view text,
             std::uint16_t* out) {
    for (std::size_t at = 0; at < lane_count; at += 8) distances_of<Lanes128, true>(r + at, of, m + at, text, out + at);
}
TIDELINE_WIDE void common_wide(const std::uint16_t* r, const std::uint8_t* of, const std::uint16_t* reach,
                               const std::uint16_t* windows, std::string_view text, std::uint16_t* common,
                               std::uint16_t* transposed) {
    for (std::size_t at = 0; at < lane_count; at += 16) {
        common_of<Lanes256>(r + at, of, reach + at, windows + at, text, common + at, transposed + at);
    }
}
void common_any(const std::uint16_t* r, const std::uint8_t* of, const std::uint16_t* reach,
                const std::uint16_t* windows, std::string_view text, std::uint16_t* common, std::uint16_t* transposed) {
    for (std::size_t at = 0; at < lane_count; at += 8) {
        common_of<Lanes128>(r + at, of, reach + at, windows + at, text, common + at, transposed + at);
    }
}
#undef TIDELINE_WIDE

constexpr std::size_t other_units_max = 65'000;  // distances are 16 bits

}  // namespace

PatternPack::PatternPack(std::span<const std::string_view> texts) : size_(texts.size()), rows_(1) {
    if (texts.size() > lanes) std::abort();
    for (std::size_t lane = 0; lane < texts.size(); ++lane) {
        if (!fits(texts[lane])) std::abort();
        lengths_[lane] = static_cast<std::uint8_t>(texts[lane].size());
        length_mask_.mask[lane] = static_cast<std::uint16_t>(detail::low_bits(texts[lane].size()));
        for (std::size_t at = 0; at < texts[lane].size(); ++at) {
            const char unit = texts[lane][at];
            texts_[lane][at] = unit;
            std::uint8_t& row = row_of_[static_cast<unsigned char>(unit)];
            if (row == 0) {
                // 255 rows are enough: with all 256 units in use, row numbers would wrap.
                if (rows_.size() == 256) std::abort();
                row = static_cast<std::uint8_t>(rows_.size());
                rows_.emplace_back();
            }
            rows_[row].mask[lane] = static_cast<std::uint16_t>(rows_[row].mask[lane] | 1U << at);
        }
    }
}

void PatternPack::levenshtein(std::string_view other, std::span<std::uint16_t, lanes> distances) const {
    if (other.size() > other_units_max) std::abort();
    const auto run = wide() ? levenshtein_wide : levenshtein_any;
    run(rows_[0].mask.data(), row_of_.data(), length_mask_.mask.data(), other, distances.data());
}

void PatternPack::osa(std::string_view other, std::span<std::uint16_t, lanes> distances) const {
    if (other.size() > other_units_max) std::abort();
    const auto run = wide() ? osa_wide : osa_any;
    run(rows_[0].mask.data(), row_of_.data(), length_mask_.mask.data(), other, distances.data());
}

void PatternPack::jaro_winkler(std::string_view other, std::span<double, lanes> similarities) const {
    if (!fits(other) || other.empty()) {
        for (std::size_t lane = 0; lane < size_; ++lane) {
            similarities[lane] = names::jaro_winkler({texts_[lane].data(), lengths_[lane]}, other);
        }
        return;
    }
    std::array<std::uint16_t, lanes> reaches, windows, common, transposed;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        reaches[lane] = static_cast<std::uint16_t>(detail::jaro_reach(lengths_[lane], other.size()));
        windows[lane] = static_cast<std::uint16_t>((2U << reaches[lane]) - 1);
    }
    const auto run = wide() ? common_wide : common_any;
    run(rows_[0].mask.data(), row_of_.data(), reaches.data(), windows.data(), other, common.data(), transposed.data());
    for (std::size_t lane = 0; lane < size_; ++lane) {
        double similarity =
            common[lane] == 0 ? 0.0 : detail::jaro_of(common[lane], transposed[lane], lengths_[lane], other.size());
        if (similarity > detail::winkler_threshold) {
            std::size_t prefix = 0;
            const std::size_t prefix_max =
                std::min<std::size_t>({detail::winkler_prefix_max, lengths_[lane], other.size()});
            while (prefix < prefix_max && texts_[lane][prefix] == other[prefix]) ++prefix;
            similarity += detail::winkler_weight * static_cast<double>(prefix) * (1.0 - similarity);
        }
        similarities[lane] = similarity;
    }
}

}  // namespace tideline::names
