#pragma once
#include <array>
#include <cstddef>

#include "names/detail/tables.h"
#include "names/names.h"

/// What a score is worth as evidence for the same one.
namespace tideline::names::detail {

/// Nats at some scores, in a straight line between them; above the last one as there.
inline constexpr std::size_t evidence_points = 4;
using EvidencePoints = std::array<double, evidence_points>;
inline constexpr EvidencePoints evidence_scores = {0.0, 0.5, 0.7, 0.9};

/// Fitted to labelled pairs (bench_names calibrate; docs/names.md).
inline constexpr EvidencePoints evidence_of_people = {-1.6, -1.6, 0.4, 0.6};
inline constexpr EvidencePoints evidence_of_companies = {-1.5, -1.3, -0.25, 2.5};

/// What a nat of the rarity of the parts that agree adds between names that are equal; nothing at a score of
/// `rarity_tells_from` and below.
inline constexpr double evidence_of_rarity = 0.15, rarity_tells_from = 0.5;
/// The most that agreeing can be worth, a nat of rarity: however well they agree, others may bear such names. No more
/// than a quarter, because names of one people go together. Not fitted: writers of pairs take their names from
/// anywhere.
inline constexpr double evidence_most = 0.25;

/// The log-likelihood ratio, in nats: the soft minimum of what score and rarity say and what rarity allows, so that the
/// odds are those of either going wrong.
/// @param score   0 to 1
/// @param rarity  nats, of the parts that agree
double evidence_of(double score, double rarity, const EvidencePoints& points);

/// How seldom another of the same people bears a part of a name: nats, 14 at most. One in three Vietnamese is a Nguyen,
/// every Sikh man a Singh, and a Chinese or Vietnamese given name is one of a few hundred syllables, however seldom
/// they stand on lists.
float rarity_among_own(const Tables& tables, const Part& part);

}  // namespace tideline::names::detail
