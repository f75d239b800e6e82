#include "names/detail/spelling.h"

#include <algorithm>
#include <array>
#include <bit>

#include "names/names.h"

namespace tideline::names::detail {

float spelling_cost(const Tables& tables, std::u32string_view units, std::string_view latin, float limit) {
    constexpr std::size_t units_max = 32, spelled_max = 4;
    constexpr float unseen_unit = 6.0F, unseen_letter = 3.5F;  // nats; so that one odd letter does not end it
    const std::size_t n = std::min(units.size(), units_max), m = std::min(latin.size(), letters_max);
    // What the units from each on cost at least with these letters, so that what cannot end below the limit is left
    // early: most words that do not belong together before the first step.
    std::uint32_t places = 1;  // bit 0: spelled with no letter
    for (std::size_t j = 0; j < m; ++j) {
        const auto place = static_cast<std::size_t>(latin[j] - '`');
        if (place < Tables::spelling_places) places |= 1U << place;
    }
    std::array<float, units_max + 1> ahead_least;
    ahead_least[n] = 0;
    for (std::size_t i = n; i-- > 0;) {
        float least = unseen_unit;
        if (units[i] != static_cast<char32_t>(TextMap::absent)) {
            const std::uint8_t* const cheapest = tables.cheapest_spelling.data() + Tables::spelling_places * units[i];
            std::uint8_t tenths = 255;
            for (std::uint32_t left = places; left != 0; left &= left - 1)
                tenths = std::min(tenths, cheapest[std::countr_zero(left)]);
            least = std::min(unseen_unit, 0.1F * static_cast<float>(tenths));
        }
        ahead_least[i] = ahead_least[i + 1] + least;
    }
    if (ahead_least[0] > limit) return limit + 1;
    std::array<std::array<std::uint32_t, spelled_max + 1>, letters_max + 1> ahead;  // the next letters, packed
    for (std::size_t j = 0; j <= m; ++j) {
        ahead[j][0] = 0;
        for (std::size_t k = 1; k <= spelled_max; ++k) {
            ahead[j][k] =
                j + k <= m ? ahead[j][k - 1] << 8 | static_cast<unsigned char>(latin[j + k - 1]) : ~std::uint32_t{0};
        }
    }
    std::array<std::array<float, letters_max + 1>, 2> rows;
    auto* last = &rows[0];
    auto* row = &rows[1];
    for (std::size_t j = 0; j <= m; ++j) (*last)[j] = unseen_letter * static_cast<float>(j);
    for (std::size_t i = 0; i < n; ++i) {
        std::fill_n(row->begin(), m + 1, 1e9F);
        float least = 1e9F;
        for (std::size_t j = 0; j <= m; ++j) {
            const float here = (*last)[j];
            if (here + ahead_least[i] > limit) continue;
            least = std::min(least, here);
            (*row)[j] = std::min((*row)[j], here + unseen_unit);
            if (units[i] == static_cast<char32_t>(TextMap::absent)) continue;
            const auto spell = [&](char letter) {
                for (const Tables::Spelling& spelling : tables.spellings_of(units[i], letter)) {
                    if (spelling.letters != ahead[j][spelling.length]) continue;
                    float& there = (*row)[j + spelling.length];
                    there = std::min(there, here + 0.1F * static_cast<float>(spelling.cost));
                }
            };
            spell('`');
            if (j < m) spell(latin[j]);
        }
        if (least > limit) return limit + 1;
        for (std::size_t j = 1; j <= m; ++j) (*row)[j] = std::min((*row)[j], (*row)[j - 1] + unseen_letter);
        std::swap(last, row);
    }
    return (*last)[m];
}

float spelled_closeness(const Tables& tables, std::u32string_view units, std::string_view latin, float least) {
    // Nats a letter: words that belong together cost about one, others four; at 2.2 they are as likely as not. What
    // would be less close than asked for is not looked at to the end.
    const auto letters = static_cast<float>(std::max<std::size_t>({latin.size(), units.size(), 2}));
    const float likely = 2.2F * letters + 0.5F, step = 1.35F * letters;
    const float most = likely + (1.0F - 2.0F * least) * step;
    const float cost = spelling_cost(tables, units, latin, most);
    return cost > most ? 0.0F : std::clamp(0.5F + 0.5F * (likely - cost) / step, 0.0F, 0.95F);
}

}  // namespace tideline::names::detail
