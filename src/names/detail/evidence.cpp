#include "names/detail/evidence.h"

#include <algorithm>
#include <cmath>

namespace tideline::names::detail {

float rarity_among_own(const Tables& tables, const Part& part) {
    constexpr float most = 14, of_a_syllable = 5, borne_by_many = 3, borne_by_most = 1.5F;
    if (part.weight <= 0) return 0;
    const std::uint32_t flags = part.kind == Kind::word ? 0 : tables.words[part.known].flags;
    if ((flags & WordFlag::borne_by_most) != 0) return std::min(part.rarity, borne_by_most);
    if ((flags & WordFlag::borne_by_many) != 0) return std::min(part.rarity, borne_by_many);
    // A syllable of pinyin has six letters at most.
    const bool syllable = part.vietnamese || ((part.syllables || part.eastern) && part.length <= 6);
    return std::min(part.rarity, syllable ? of_a_syllable : most);
}

double evidence_of(double score, double rarity, const EvidencePoints& points) {
    double said = points.back();
    for (std::size_t next = 1; next < evidence_points; ++next) {
        const double from = evidence_scores[next - 1], to = evidence_scores[next];
        if (score >= to) continue;
        said = points[next - 1] + (score - from) / (to - from) * (points[next] - points[next - 1]);
        break;
    }
    said += evidence_of_rarity * rarity * std::max(0.0, (score - rarity_tells_from) / (1.0 - rarity_tells_from));
    const double most = evidence_most * rarity;
    return std::min(said, most) - std::log1p(std::exp(-std::abs(said - most)));
}

}  // namespace tideline::names::detail
