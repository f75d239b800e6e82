#include "names/detail/evidence.h"

#include <algorithm>

#include "base/text.h"
#include "names/detail/eastern_syllables.h"
#include "names/detail/fold.h"
#include "names/detail/korean.h"

namespace tideline::names::detail {

double evidence_of(double score, double rarity, const EvidencePoints& points) {
    double said = points.back();
    for (std::size_t next = 1; next < evidence_points; ++next) {
        const double from = evidence_scores[next - 1], to = evidence_scores[next];
        if (score >= to) continue;
        said = points[next - 1] + (score - from) / (to - from) * (points[next] - points[next - 1]);
        break;
    }
    said += evidence_of_rarity * rarity * std::max(0.0, (score - rarity_tells_from) / (1.0 - rarity_tells_from));
    return std::min(said, evidence_most * rarity);
}

namespace {

/// Of how many syllables of Chinese, Korean or Vietnamese a part is made; 0 if it is not.
std::size_t eastern_syllables(const Tables& tables, const Part& part, std::string_view text) {
    if (part.vietnamese) return 1;
    if ((part.han && !part.sounded) || part.hangul) {
        std::size_t characters = 0;
        for (std::size_t at = 0; at < text.size();) characters += text::next(text, at) > 0x7f;
        return characters;
    }
    const std::string_view latin = part.latin();
    if (part.native || !part.eastern ||
        !(part.syllables || part.pinyin || part.cantonese || is_chinese_word(tables, latin) || is_korean_word(latin)))
        return 0;
    std::size_t vowels = 0;
    for (std::size_t i = 0; i < latin.size(); ++i) vowels += is_vowel(latin[i]) && (i == 0 || !is_vowel(latin[i - 1]));
    return std::max<std::size_t>(vowels, 1);
}

}  // namespace

float rarity_among_people(const Tables& tables, const Part& part, std::string_view text) {
    constexpr float of_a_syllable = 5, borne_by_many = 3, borne_by_most = 1.5F;
    const float rarity = std::min(part.rarity, rarity_most);
    const std::uint32_t flags = tables.words[part.known].flags;
    if ((flags & WordFlag::borne_by_most) != 0) return std::min(rarity, borne_by_most);
    if ((flags & WordFlag::borne_by_many) != 0) return std::min(rarity, borne_by_many);
    const std::size_t syllables = eastern_syllables(tables, part, text);
    return syllables == 0 ? rarity : std::min(rarity, of_a_syllable * static_cast<float>(syllables));
}

}  // namespace tideline::names::detail
