#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "link/compare.h"

/// From pairs to people.
namespace tideline::link {

/// A pair that was compared, with its score in bits (log2 of the odds, prior included).
struct Edge {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    float bits = 0;
};

/// What people decided about two records; always kept.
struct Decision {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    bool same = false;
};

/// How a group of records that are connected is cut into people.
///
/// The loss of a clustering is the sum, over pairs inside a cluster, of their negative bits, and over pairs torn apart,
/// of their positive bits, each capped (correlation clustering; Bansal, Blum and Chawla 2004). Clusters are merged
/// greedily by the highest mean capped score while it is above zero, so that one strong but single bridge does not join
/// two groups whose other pairs speak against it.
struct ClusterOptions {
    float threshold = 0;          ///< bits from which on a pair connects
    float most_for = 9;           ///< cap of a pair's score for
    float most_against = -6;      ///< cap of a pair's score against
    std::size_t dense_max = 400;  ///< records up to which every pair of a connected group is compared
};

/// Score in bits of two records, prior included.
using Score = std::function<float(std::uint32_t, std::uint32_t)>;

/// Cuts one connected group. `members` ascending; `edges` among them; returns the number of the part for each member,
/// parts numbered by their first member. The result depends on nothing else.
std::vector<std::uint32_t> cut(std::span<const std::uint32_t> members, std::span<const Edge> edges,
                               std::span<const Decision> decisions, const Score& score, const ClusterOptions& options);

/// Clusters all records: for each its cluster's smallest record.
std::vector<std::uint32_t> cluster(std::size_t records, std::span<const Edge> edges,
                                   std::span<const Decision> decisions,
                                   const std::function<Score(unsigned worker)>& score_for,
                                   const ClusterOptions& options, unsigned threads);

}  // namespace tideline::link
