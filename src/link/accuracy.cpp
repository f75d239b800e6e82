#include "link/accuracy.h"

#include <algorithm>
#include <cmath>

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
    // Records with a truth, cluster by cluster, in each by the truth.
    std::uint32_t highest = 0;
    for (std::size_t record = 0; record < truth.size(); ++record)
        if (truth[record] != 0) highest = std::max(highest, clusters[record]);
    std::vector<std::uint32_t> starts(std::size_t{highest} + 2, 0);
    std::vector<std::uint32_t> entities;
    for (std::size_t record = 0; record < truth.size(); ++record) {
        if (truth[record] == 0) continue;
        ++starts[clusters[record] + 1];
        entities.push_back(truth[record]);
    }
    for (std::size_t at = 1; at < starts.size(); ++at) starts[at] += starts[at - 1];
    std::vector<std::uint32_t> inside(entities.size());
    std::vector<std::uint32_t> fill(starts.begin(), starts.end() - 1);
    for (std::size_t record = 0; record < truth.size(); ++record)
        if (truth[record] != 0) inside[fill[clusters[record]]++] = truth[record];
    const auto sum_of_runs = [](auto begin, auto end) {
        std::sort(begin, end);
        double pairs = 0;
        for (auto at = begin; at != end;) {
            const auto next = std::find_if(at, end, [&](std::uint32_t entity) { return entity != *at; });
            pairs += pairs_of(static_cast<double>(next - at));
            at = next;
        }
        return pairs;
    };
    double exist = 0, said = 0, right = 0;
    exist = sum_of_runs(entities.begin(), entities.end());
    for (std::size_t cluster = 0; cluster + 1 < starts.size(); ++cluster) {
        if (starts[cluster + 1] - starts[cluster] < 2) continue;
        said += pairs_of(starts[cluster + 1] - starts[cluster]);
        right += sum_of_runs(inside.begin() + starts[cluster], inside.begin() + starts[cluster + 1]);
    }
    accuracy.true_pairs = static_cast<std::uint64_t>(exist);
    accuracy.clusters = rates(right, said, exist);

    constexpr double step = 0.25;
    constexpr int most = 4'000;                                                 // steps; no pair scores beyond
    std::vector<std::pair<double, double>> by_bits(2 * std::size_t{most} + 1);  // said, right
    double at_threshold = 0, right_at_threshold = 0;
    for (const Edge& edge : edges) {
        if (truth[edge.a] == 0 || truth[edge.b] == 0) continue;
        const bool match = truth[edge.a] == truth[edge.b];
        auto& [count, good] = by_bits[static_cast<std::size_t>(
            most + static_cast<int>(std::clamp(std::floor(edge.bits / step), -1.0 * most, 1.0 * most)))];
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
    for (int at = most; at >= -most; --at) {
        const auto& [said_here, good_here] = by_bits[static_cast<std::size_t>(at + most)];
        if (said_here == 0) continue;
        count += said_here;
        good += good_here;
        const Rates here = rates(good, count, exist);
        const double bits = at * step;
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
