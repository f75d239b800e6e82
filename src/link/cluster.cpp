#include "link/cluster.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <queue>

#include "link/detail/parallel.h"

namespace tideline::link {

namespace {

constexpr float forced = 1e6f;  // a decision outweighs any evidence

std::uint32_t root_of(std::vector<std::uint32_t>& parent, std::uint32_t record) {
    while (parent[record] != record) {
        parent[record] = parent[parent[record]];
        record = parent[record];
    }
    return record;
}

/// The smaller root stays, so that the result does not depend on the order of the edges.
void join(std::vector<std::uint32_t>& parent, std::uint32_t a, std::uint32_t b) {
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a < b) parent[b] = a;
    if (b < a) parent[a] = b;
}

/// Greedy merging by the highest mean score, every pair known.
std::vector<std::uint32_t> cut_dense(std::vector<float>& sums, std::size_t count) {
    std::vector<std::uint32_t> part(count);
    std::iota(part.begin(), part.end(), 0u);
    std::vector<float> sizes(count, 1);
    std::vector<bool> alive(count, true);
    for (;;) {
        float best = 0;
        std::size_t best_a = count;
        std::size_t best_b = count;
        for (std::size_t a = 0; a < count; ++a) {
            if (!alive[a]) continue;
            for (std::size_t b = a + 1; b < count; ++b) {
                if (!alive[b]) continue;
                const float mean = sums[a * count + b] / (sizes[a] * sizes[b]);
                if (mean > best) {
                    best = mean;
                    best_a = a;
                    best_b = b;
                }
            }
        }
        if (best_a == count) break;
        for (std::size_t other = 0; other < count; ++other) {
            if (other == best_a || other == best_b || !alive[other]) continue;
            const float joined = sums[best_a * count + other] + sums[best_b * count + other];
            sums[best_a * count + other] = joined;
            sums[other * count + best_a] = joined;
        }
        sizes[best_a] += sizes[best_b];
        alive[best_b] = false;
        for (auto& number : part) {
            if (number == best_b) number = static_cast<std::uint32_t>(best_a);
        }
    }
    return part;
}

}  // namespace

std::vector<std::uint32_t> cut(std::span<const std::uint32_t> members, std::span<const Edge> edges,
                               std::span<const Decision> decisions, const Score& score, const ClusterOptions& options) {
    const std::size_t count = members.size();
    const auto position = [&](std::uint32_t record) {
        return static_cast<std::size_t>(std::lower_bound(members.begin(), members.end(), record) - members.begin());
    };
    const auto capped = [&](float bits) {
        return std::clamp(bits - options.threshold, options.most_against, options.most_for);
    };
    if (count <= options.dense_max) {
        std::vector<float> sums(count * count, std::numeric_limits<float>::quiet_NaN());
        for (const Edge& edge : edges) {
            const std::size_t a = position(edge.a);
            const std::size_t b = position(edge.b);
            sums[a * count + b] = sums[b * count + a] = capped(edge.bits);
        }
        for (std::size_t a = 0; a < count; ++a) {
            for (std::size_t b = a + 1; b < count; ++b) {
                if (std::isnan(sums[a * count + b]))
                    sums[a * count + b] = sums[b * count + a] = capped(score(members[a], members[b]));
            }
        }
        for (const Decision& decision : decisions) {
            const std::size_t a = position(decision.a);
            const std::size_t b = position(decision.b);
            if (a >= count || b >= count || members[a] != decision.a || members[b] != decision.b) continue;
            sums[a * count + b] = sums[b * count + a] = decision.same ? forced : -forced;
        }
        return cut_dense(sums, count);
    }

    // Too many records for every pair: pairs that no rule found count as mildly against.
    constexpr float unseen = -3;
    std::vector<std::uint32_t> parent(count);
    std::iota(parent.begin(), parent.end(), 0u);
    struct Bridge {
        double sum = 0;    // of known pairs
        double known = 0;  // how many
    };
    std::vector<std::map<std::uint32_t, Bridge>> bridges(count);
    const auto put = [&](std::size_t a, std::size_t b, float value) {
        bridges[a][static_cast<std::uint32_t>(b)] = {value, 1};
        bridges[b][static_cast<std::uint32_t>(a)] = {value, 1};
    };
    for (const Edge& edge : edges) put(position(edge.a), position(edge.b), capped(edge.bits));
    for (const Decision& decision : decisions) {
        const std::size_t a = position(decision.a);
        const std::size_t b = position(decision.b);
        if (a >= count || b >= count || members[a] != decision.a || members[b] != decision.b) continue;
        put(a, b, decision.same ? forced : -forced);
    }
    std::vector<double> sizes(count, 1);
    std::vector<std::uint32_t> version(count, 0);
    struct Offer {
        double mean;
        std::uint32_t a, b, version_a, version_b;
        bool operator<(const Offer& other) const {
            return std::tie(mean, other.a, other.b) < std::tie(other.mean, a, b);
        }
    };
    std::priority_queue<Offer> offers;
    const auto offer = [&](std::uint32_t a, std::uint32_t b) {
        const Bridge& bridge = bridges[a].at(b);
        const double mean = (bridge.sum + (sizes[a] * sizes[b] - bridge.known) * unseen) / (sizes[a] * sizes[b]);
        if (mean > 0)
            offers.push({mean, std::min(a, b), std::max(a, b), version[std::min(a, b)], version[std::max(a, b)]});
    };
    for (std::uint32_t a = 0; a < count; ++a) {
        for (const auto& [b, bridge] : bridges[a]) {
            if (a < b) offer(a, b);
        }
    }
    while (!offers.empty()) {
        const Offer best = offers.top();
        offers.pop();
        if (parent[best.a] != best.a || parent[best.b] != best.b || version[best.a] != best.version_a ||
            version[best.b] != best.version_b)
            continue;
        parent[best.b] = best.a;
        for (const auto& [other, bridge] : bridges[best.b]) {
            bridges[other].erase(best.b);
            if (other == best.a) continue;
            Bridge& joined = bridges[best.a][other];
            joined.sum += bridge.sum;
            joined.known += bridge.known;
            bridges[other][best.a] = joined;
        }
        bridges[best.a].erase(best.b);
        bridges[best.b].clear();
        sizes[best.a] += sizes[best.b];
        ++version[best.a];
        for (const auto& [other, bridge] : bridges[best.a]) offer(best.a, other);
    }
    std::vector<std::uint32_t> part(count);
    for (std::uint32_t i = 0; i < count; ++i) part[i] = root_of(parent, i);
    return part;
}

std::vector<std::uint32_t> cluster(std::size_t records, std::span<const Edge> edges,
                                   std::span<const Decision> decisions,
                                   const std::function<Score(unsigned worker)>& score_for,
                                   const ClusterOptions& options, unsigned threads) {
    std::vector<std::uint32_t> parent(records);
    std::iota(parent.begin(), parent.end(), 0u);
    for (const Edge& edge : edges) {
        if (edge.bits >= options.threshold) join(parent, edge.a, edge.b);
    }
    for (const Decision& decision : decisions) {
        if (decision.same) join(parent, decision.a, decision.b);
    }
    std::vector<std::uint32_t> size(records, 0);
    for (std::uint32_t record = 0; record < records; ++record) {
        parent[record] = root_of(parent, record);
        ++size[parent[record]];
    }
    // Groups of three and more are looked at again; in a group of two there is nothing to cut, unless somebody decided.
    std::vector<std::uint32_t> group_at(records, 0);
    std::vector<std::uint32_t> starts;
    std::uint32_t total = 0;
    std::vector<bool> decided(decisions.empty() ? 0 : records);
    for (const Decision& decision : decisions) {
        if (parent[decision.a] == parent[decision.b]) decided[parent[decision.a]] = true;
    }
    for (std::uint32_t record = 0; record < records; ++record) {
        if (parent[record] != record || (size[record] < 3 && (decided.empty() || !decided[record] || size[record] < 2)))
            continue;
        starts.push_back(total);
        group_at[record] = static_cast<std::uint32_t>(starts.size());
        total += size[record];
    }
    const std::size_t groups = starts.size();
    starts.push_back(total);
    std::vector<std::uint32_t> members(total);
    std::vector<std::uint32_t> fill(starts.begin(), starts.end());
    for (std::uint32_t record = 0; record < records; ++record) {
        const std::uint32_t group = group_at[parent[record]];
        if (group != 0) members[fill[group - 1]++] = record;
    }
    std::vector<std::uint32_t> edge_starts(groups + 1, 0);
    for (const Edge& edge : edges) {
        if (parent[edge.a] == parent[edge.b] && group_at[parent[edge.a]] != 0) ++edge_starts[group_at[parent[edge.a]]];
    }
    std::partial_sum(edge_starts.begin(), edge_starts.end(), edge_starts.begin());
    std::vector<Edge> grouped(edge_starts.back());
    std::vector<std::uint32_t> edge_fill(edge_starts.begin(), edge_starts.end());
    for (const Edge& edge : edges) {
        const std::uint32_t group = parent[edge.a] == parent[edge.b] ? group_at[parent[edge.a]] : 0;
        if (group != 0) grouped[edge_fill[group - 1]++] = edge;
    }
    std::vector<std::vector<Decision>> of_group(decisions.empty() ? 0 : groups);
    for (const Decision& decision : decisions) {
        const std::uint32_t group = parent[decision.a] == parent[decision.b] ? group_at[parent[decision.a]] : 0;
        if (group != 0) of_group[group - 1].push_back(decision);
    }
    constexpr std::size_t stretch = 256;
    std::vector<Score> scores;
    for (unsigned worker = 0; worker < std::max(1u, threads); ++worker) scores.push_back(score_for(worker));
    detail::parallel((groups + stretch - 1) / stretch, threads, [&](std::size_t task, unsigned worker) {
        for (std::size_t group = task * stretch; group < std::min(groups, (task + 1) * stretch); ++group) {
            const std::span<const std::uint32_t> within(members.data() + starts[group],
                                                        members.data() + starts[group + 1]);
            const std::span<const Edge> inner(grouped.data() + edge_starts[group],
                                              grouped.data() + edge_starts[group + 1]);
            const auto parts =
                cut(within, inner,
                    decisions.empty() ? std::span<const Decision>() : std::span<const Decision>(of_group[group]),
                    scores[worker], options);
            for (std::size_t i = 0; i < within.size(); ++i) parent[within[i]] = within[parts[i]];
        }
    });
    return parent;
}

}  // namespace tideline::link
