#include "link/link.h"

#include <chrono>
#include <ctime>

#include "link/detail/parallel.h"

namespace tideline::link {

namespace {

class Stopwatch {
public:
    /// Seconds since the last call.
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const double seconds = std::chrono::duration<double>(now - last_).count();
        last_ = now;
        const std::clock_t clock = std::clock();
        cpu = static_cast<double>(clock - clock_) / CLOCKS_PER_SEC;
        clock_ = clock;
        return seconds;
    }

    double cpu = 0;  ///< of all threads, between the last two calls

private:
    std::clock_t clock_ = std::clock();
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

constexpr std::size_t bytes_per_pair = 3 * sizeof(Edge);  // found, gathered, sorted

/// Compares every pair of every block once and keeps what is worth keeping.
std::uint64_t compare_all(const Dataset& data, const Blocks& blocks, const Comparer& comparer,
                          const LinkOptions& options, unsigned threads, std::vector<Edge>& edges,
                          std::vector<Linkage::RuleUse>& use) {
    struct Task {
        std::uint32_t rule;
        std::size_t from, to;
    };
    std::vector<Task> tasks;
    constexpr std::uint64_t pairs_per_task = 200'000;
    for (std::uint32_t rule = 0; rule < blocks.rules().size(); ++rule) {
        const auto& built = blocks.rules()[rule];
        std::uint64_t pairs = 0;
        std::size_t from = 0;
        for (std::size_t block = 0; block < built.blocks(); ++block) {
            const std::uint64_t size = built.starts[block + 1] - built.starts[block];
            pairs += size * (size - 1) / 2;
            if (pairs >= pairs_per_task || block + 1 == built.blocks()) {
                tasks.push_back({rule, from, block + 1});
                from = block + 1;
                pairs = 0;
            }
        }
    }
    std::vector<std::vector<Edge>> found(threads);
    std::vector<std::vector<std::uint64_t>> compared(threads, std::vector<std::uint64_t>(blocks.rules().size()));
    std::vector<std::vector<std::uint64_t>> linked = compared;
    const auto threshold = static_cast<float>(comparer.model().threshold_bits());
    std::vector<Memory> memories(threads);
    std::atomic<std::size_t> done{0};
    // With a limit, pairs below the threshold are given up once there are too many of all.
    const std::size_t held = data.bytes() + blocks.bytes();
    const std::size_t pairs_max = options.memory_bytes == 0     ? ~std::size_t{0}
                                  : options.memory_bytes > held ? (options.memory_bytes - held) / bytes_per_pair
                                                                : 1;
    std::atomic<std::size_t> pairs_kept{0};
    std::atomic<float> floor{options.keep_from_bits};
    detail::parallel(tasks.size(), threads, [&](std::size_t task, unsigned worker) {
        const auto& [rule, from, to] = tasks[task];
        const auto& built = blocks.rules()[rule];
        auto& kept = found[worker];
        Memory& memory = memories[worker];
        std::uint64_t count = 0;
        const float lowest = floor;
        const std::size_t kept_before = kept.size();
        // Rows are asked for some records ahead, and, once they are there, the names they point to.
        constexpr std::size_t rows_ahead = 24;
        constexpr std::size_t names_ahead = 10;
        std::size_t asked = built.starts[from];
        std::size_t named = asked;
        for (std::size_t block = from; block < to; ++block) {
            const std::size_t begin = built.starts[block];
            const std::size_t end = built.starts[block + 1];
            for (const std::size_t until = std::min(end + rows_ahead, built.members.size()); asked < until; ++asked) {
                __builtin_prefetch(&data.row(built.members[asked]));
                blocks.prefetch(built.members[asked]);
            }
            for (const std::size_t until = std::min(end + names_ahead, built.members.size()); named < until; ++named) {
                comparer.prefetch(data.row(built.members[named]));
            }
            for (std::size_t i = begin; i < end; ++i) {
                const std::uint32_t a = built.members[i];
                for (std::size_t j = i + 1; j < end; ++j) {
                    const std::uint32_t b = built.members[j];
                    if (a == b || !blocks.first_met(rule, a, b)) continue;
                    ++count;
                    const float bits = comparer.score(data.row(a), data.row(b), memory, lowest);
                    if (bits >= lowest) kept.push_back({std::min(a, b), std::max(a, b), bits});
                    linked[worker][rule] += bits >= threshold ? 1 : 0;
                }
            }
        }
        compared[worker][rule] += count;
        if ((pairs_kept += kept.size() - kept_before) > pairs_max && lowest < threshold) {
            floor = threshold;
            std::erase_if(kept, [&](const Edge& edge) { return edge.bits < threshold; });
        }
        if (options.progress && worker == 0)
            options.progress("compare", static_cast<double>(++done) / static_cast<double>(tasks.size()));
        else
            ++done;
    });
    std::uint64_t total = 0;
    std::size_t kept = 0;
    for (unsigned worker = 0; worker < threads; ++worker) {
        for (std::size_t rule = 0; rule < use.size(); ++rule) {
            total += compared[worker][rule];
            use[rule].compared += compared[worker][rule];
            use[rule].linked += linked[worker][rule];
        }
        kept += found[worker].size();
    }
    edges.reserve(kept);
    for (auto& part : found) {
        for (const Edge& edge : part) {
            if (edge.bits >= floor) edges.push_back(edge);
        }
        part = {};
    }
    return total;
}

/// Sorted by records, each pair once.
void put_in_order(std::vector<Edge>& edges, std::size_t records) {
    std::vector<std::uint32_t> starts(records + 1, 0);
    for (const Edge& edge : edges) ++starts[edge.a + 1];
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    std::vector<Edge> sorted(edges.size());
    std::vector<std::uint32_t> fill(starts.begin(), starts.end() - 1);
    for (const Edge& edge : edges) sorted[fill[edge.a]++] = edge;
    for (std::size_t record = 0; record < records; ++record) {
        if (starts[record + 1] - starts[record] > 1) {
            std::sort(sorted.begin() + starts[record], sorted.begin() + starts[record + 1],
                      [](const Edge& a, const Edge& b) { return a.b < b.b; });
        }
    }
    sorted.erase(std::unique(sorted.begin(), sorted.end(),
                             [](const Edge& a, const Edge& b) { return a.a == b.a && a.b == b.b; }),
                 sorted.end());
    edges = std::move(sorted);
}

void remember_frequencies(Model& model, const Dataset& data) {
    model.frequencies.assign(data.slots().size(), {});
    for (std::size_t slot = 0; slot < data.slots().size(); ++slot) {
        if (data.slots()[slot].kind == Kind::date) continue;
        Frequencies& to = model.frequencies[slot];
        const auto counts = data.counts(slot);
        const auto& dictionary = data.dictionary(slot);
        std::vector<std::uint32_t> tokens(data.slots()[slot].dictionary == 0 ? counts.size() : 0);
        for (std::uint32_t value = 1; value < counts.size(); ++value) {
            to.records += counts[value];
            if (counts[value] > 2) to.counts.emplace_back(detail::hash_of(dictionary[value]), counts[value]);
            if (tokens.empty()) continue;
            const NameParts& parts = data.name(value);
            tokens[data.slots()[slot].kind == Kind::family_name ? parts.family_key : parts.given_key] += counts[value];
        }
        for (std::uint32_t value = 1; value < tokens.size(); ++value) {
            if (tokens[value] > 2) to.counts.emplace_back(~detail::hash_of(dictionary[value]), tokens[value]);
        }
        std::sort(to.counts.begin(), to.counts.end());
    }
}

/// Keeps the rules that find most matches for their pairs, best first, as long as the pairs fit into the budget.
void choose_rules(Model& model, Blocks& blocks, const TrainingSummary& summary, double budget, unsigned threads) {
    constexpr double free_pairs = 2e6;  // so many cost less than a second: small sources keep every rule
    std::vector<bool> keep(model.rules.size());
    std::vector<bool> considered(model.rules.size());
    std::uint32_t chosen = 0;
    double spent = 0;
    for (std::size_t round = 0; round < model.rules.size(); ++round) {
        std::size_t best = model.rules.size();
        double best_yield = -1;
        double best_pairs = 0;
        for (std::size_t rule = 0; rule < model.rules.size(); ++rule) {
            if (considered[rule]) continue;
            double pairs = 1;
            double matches = 1e-9;
            for (const auto& [rules, met] : summary.met) {
                if ((rules >> rule & 1) == 0 || (rules & chosen) != 0) continue;
                pairs += met.pairs;
                matches += met.matches;
            }
            if (matches / pairs <= best_yield) continue;
            best = rule;
            best_yield = matches / pairs;
            best_pairs = pairs;
        }
        considered[best] = true;
        if (spent + best_pairs > budget + free_pairs) continue;
        spent += best_pairs;
        keep[best] = true;
        chosen |= 1u << best;
    }
    blocks.keep_only(keep, threads);
    std::size_t kept = 0;
    for (std::size_t rule = 0; rule < keep.size(); ++rule) {
        if (keep[rule]) std::swap(model.rules[kept++], model.rules[rule]);
    }
    model.rules.resize(kept);
}

/// The rules worth trying for so many records.
void leave_out_coarse_rules(Model& model, std::size_t records) {
    constexpr std::size_t records_max = 300'000;  // beyond, choose_rules would drop them after all the work
    if (records > records_max) std::erase_if(model.rules, [](const BlockingRule& rule) { return rule.coarse; });
}

}  // namespace

Linkage link(const Dataset& data, std::optional<Model> given, const LinkOptions& options) {
    Linkage linkage;
    const unsigned threads = detail::threads_or_all(options.threads);
    Stopwatch watch;
    const auto say = [&](std::string_view phase) {
        if (options.progress) options.progress(phase, 0);
    };
    const bool own = !given.has_value();
    linkage.model = own ? default_model(data.schema(), data.slots()) : *std::move(given);
    Model& model = linkage.model;
    if (own) leave_out_coarse_rules(model, data.size());

    say("block");
    Blocks blocks(data, model.rules, options.pairs_per_record, threads);
    linkage.skipped = blocks.skipped();
    linkage.skipped_blocks = blocks.skipped_blocks();
    linkage.seconds["block"] = watch.lap();
    linkage.cpu_seconds["block"] = watch.cpu;

    say("train");
    Comparer comparer(data, model, own, threads);
    if (own) {
        TrainingOptions training = options.training;
        training.threads = threads;
        linkage.training = train(model, data, blocks, comparer, training);
    }
    if (own)
        choose_rules(model, blocks, linkage.training, options.compare_per_record * static_cast<double>(data.size()),
                     threads);
    linkage.seconds["train"] = watch.lap();
    linkage.cpu_seconds["train"] = watch.cpu;

    say("compare");
    for (const BlockingRule& rule : model.rules) linkage.rules.push_back({rule.name, rule.block_max, 0, 0});
    linkage.pairs_compared = compare_all(data, blocks, comparer, options, threads, linkage.edges, linkage.rules);
    put_in_order(linkage.edges, data.size());
    linkage.seconds["compare"] = watch.lap();
    linkage.cpu_seconds["compare"] = watch.cpu;

    say("cluster");
    ClusterOptions clusters = options.clusters;
    if (options.threshold) model.threshold = *options.threshold;
    clusters.threshold = linkage.threshold_bits = static_cast<float>(model.threshold_bits());
    std::vector<Memory> memories(threads);
    linkage.clusters = cluster(
        data.size(), linkage.edges, options.decisions,
        [&](unsigned worker) -> Score {
            return [&, worker](std::uint32_t a, std::uint32_t b) {
                return comparer.score(data.row(a), data.row(b), memories[worker]);
            };
        },
        clusters, threads);
    linkage.seconds["cluster"] = watch.lap();
    linkage.cpu_seconds["cluster"] = watch.cpu;
    return linkage;
}

std::size_t memory_to_link(const Dataset& data, unsigned threads) {
    Model model = default_model(data.schema(), data.slots());
    leave_out_coarse_rules(model, data.size());
    std::size_t values = 0;
    for (std::size_t slot = 0; slot < data.slots().size(); ++slot) {
        if (data.slots()[slot].kind != Kind::date) values += data.dictionary(slot).size();
    }
    const auto blocks = Blocks::bytes_needed(model.rules, data.size(), threads);
    const std::size_t rarity = values * (sizeof(float) + sizeof(std::uint32_t));
    // Every record has about one link; clusters are a few numbers a record.
    const std::size_t links = data.size() * bytes_per_pair;
    const std::size_t clusters = data.size() * 8 * sizeof(std::uint32_t);
    constexpr std::size_t bytes_per_sampled = 128;  // outcomes, patterns and scores of a pair that is learned from
    const TrainingOptions training;
    const std::size_t sampled = training.random_pairs + training.pairs_per_rule * model.rules.size();
    return data.bytes() +
           std::max(blocks.building, blocks.built + rarity + std::max(links + clusters, sampled * bytes_per_sampled));
}

Model train_model(const Dataset& data, const LinkOptions& options) {
    const unsigned threads = detail::threads_or_all(options.threads);
    Model model = default_model(data.schema(), data.slots());
    leave_out_coarse_rules(model, data.size());
    Blocks blocks(data, model.rules, options.pairs_per_record, threads);
    Comparer comparer(data, model, true, threads);
    TrainingOptions training = options.training;
    training.threads = threads;
    const TrainingSummary summary = train(model, data, blocks, comparer, training);
    choose_rules(model, blocks, summary, options.compare_per_record * static_cast<double>(data.size()), threads);
    remember_frequencies(model, data);
    return model;
}

}  // namespace tideline::link
