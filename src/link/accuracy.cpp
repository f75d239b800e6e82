#include "link/accuracy.h"

#include <cmath>
#include <unordered_map>

namespace tideline::link {

namespace {

Rates rates(double right, double said, double exist) {
    Rates rates;
    rates.precision = said > 0 ? right / said : 0;
    rates.recall = exist > 0 ? right / exist : 0;
    rates.f1 = said + exist > 0 ? 2 * right / (said + exist) : 0;
    return rates;
}

double pairs_of(double count) { return count * (count - 1) / 2; }

}  // namespace

Accuracy measure(std::span<const std::uint32_t> truth, std::span<const Edge> edges, float threshold,
                 std::span<const std::uint32_t> clusters) {
    Accuracy accuracy;
    std::unordered_map<std::uint32_t, double> sizes;
    std::unordered_map<std::uint32_t, double> cluster_sizes;
    std::unordered_map<std::uint64_t, double> both;
    for (std::size_t record = 0; record < truth.size(); ++record) {
        if (truth[record] == 0) continue;
        ++sizes[truth[record]];
        ++cluster_sizes[clusters[record]];
        ++both[static_cast<std::uint64_t>(truth[record]) << 32 | clusters[record]];
    }
    double exist = 0, said = 0, right = 0;
    for (const auto& [entity, size] : sizes) exist += pairs_of(size);
    for (const auto& [cluster, size] : cluster_sizes) said += pairs_of(size);
    for (const auto& [key, size] : both) right += pairs_of(size);
    accuracy.true_pairs = static_cast<std::uint64_t>(exist);
    accuracy.clusters = rates(right, said, exist);

    constexpr double step = 0.25;
    std::map<int, std::pair<double, double>> by_bits;  // said, right
    double at_threshold = 0, right_at_threshold = 0;
    for (const Edge& edge : edges) {
        if (truth[edge.a] == 0 || truth[edge.b] == 0) continue;
        const bool match = truth[edge.a] == truth[edge.b];
        auto& [count, good] = by_bits[static_cast<int>(std::floor(edge.bits / step))];
        count += 1;
        good += match ? 1 : 0;
        accuracy.found_by_blocking += match ? 1 : 0;
        if (edge.bits >= threshold) {
            at_threshold += 1;
            right_at_threshold += match ? 1 : 0;
        }
    }
    accuracy.pairs = rates(right_at_threshold, at_threshold, exist);
    double count = 0, good = 0;
    for (auto it = by_bits.rbegin(); it != by_bits.rend(); ++it) {
        count += it->second.first;
        good += it->second.second;
        const Rates here = rates(good, count, exist);
        const double bits = it->first * step;
        accuracy.curve.push_back({bits, here});
        if (here.f1 > accuracy.pairs_best.f1) {
            accuracy.pairs_best = here;
            accuracy.best_threshold_bits = bits;
        }
    }
    std::reverse(accuracy.curve.begin(), accuracy.curve.end());
    return accuracy;
}

}  // namespace tideline::link
