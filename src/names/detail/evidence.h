#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "names/detail/tables.h"
#include "names/names.h"

/// What a score is worth as evidence for the same one.
namespace tideline::names::detail {

/// Nats at some scores, in a straight line between them; above the last one as there.
inline constexpr std::size_t evidence_points = 4;
using EvidencePoints = std::array<double, evidence_points>;
inline constexpr std::array<double, evidence_points> evidence_scores = {0.0, 0.5, 0.7, 0.9};

/// Fitted to labelled pairs (bench_names calibrate; docs/names.md).
inline constexpr EvidencePoints evidence_of_people = {-1.6, -1.6, 0.0, 0.1};
inline constexpr EvidencePoints evidence_of_companies = {-1.6, -1.3, -0.45, 1.05};

/// What each nat of the rarity of the parts that agree adds between names that are equal, less at lower scores, and
/// nothing at this one and below.
inline constexpr double evidence_of_rarity = 0.15, rarity_tells_from = 0.5;
/// However well names agree, others may bear them too: for each nat of rarity agreeing is worth this much at most. Not
/// more, because the parts of a name are not independent of each other. Not fitted: writers of pairs take their names
/// from anywhere.
inline constexpr double evidence_most = 0.25;

/// From these ratios on explain() calls the evidence by name.
inline constexpr double some_evidence = 0.5, good_evidence = 2.0, strong_evidence = 3.5;

/// What is rarer is no rarer: so seldom that nobody else on earth may bear it. Nats.
inline constexpr float rarity_most = 14;

/// The log-likelihood ratio, in nats: what score and rarity say, but no more than the rarity allows.
/// @param score   0 to 1
/// @param rarity  nats, of the parts that agree
double evidence_of(double score, double rarity, const EvidencePoints& points);

/// How seldom another bears a part of a person's name among those who have names like it: nats, `rarity_most` at most.
/// One in three Vietnamese is a Nguyen, nearly every Sikh man a Singh, and a Chinese, Korean or Vietnamese given name
/// is made of a few hundred syllables, however seldom they stand on lists.
/// @param text  as it is written
float rarity_among_people(const Tables& tables, const Part& part, std::string_view text);

}  // namespace tideline::names::detail
