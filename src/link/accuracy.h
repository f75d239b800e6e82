#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "link/cluster.h"

/// How right the links are, where the truth is known.
namespace tideline::link {

struct Rates {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
};

struct Accuracy {
    std::uint64_t true_pairs = 0;
    std::uint64_t found_by_blocking = 0;  ///< true pairs among those compared and kept
    Rates pairs;                          ///< at the threshold; what blocking missed counts as missed
    Rates pairs_best;                     ///< at the threshold that turns out best
    double best_threshold_bits = 0;
    Rates clusters;  ///< pairs within one cluster
    struct Point {
        double bits;
        Rates rates;
    };
    std::vector<Point> curve;  ///< precision and recall at rising thresholds
};

/// `truth`: for each record the number of its true entity; 0: not known, left out.
Accuracy measure(std::span<const std::uint32_t> truth, std::span<const Edge> edges, float threshold,
                 std::span<const std::uint32_t> clusters);

}  // namespace tideline::link
