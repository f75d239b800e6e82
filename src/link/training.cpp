#include "link/training.h"

#include <cmath>
#include <random>

#include "link/detail/parallel.h"

namespace tideline::link {

namespace {

constexpr double trust_in_default = 60;       // pairs that the default m is worth
constexpr double trust_in_relations = 5'000;  // pairs that the default chances of a relation are worth
// Labelled pairs that a chance learned without labels is worth: at least this much for what such learning may get
// wrong, this much for what relatives have in common (which labelled pairs overstate: they were alike enough to be
// looked at), and at most this much.
constexpr double least_trust = 20;
constexpr double least_trust_in_relations = 500;
constexpr double most_trust = 20'000;
constexpr double prior_spread = 2;  // bits by which the prior learned without labels may well be off
constexpr std::size_t relations_max = 3;

/// A pattern that occurred, with how rare the shared values were (beyond the mean) and how often.
struct Counted {
    std::uint64_t pattern = 0;
    std::uint16_t rule = 0;
    std::int16_t rarity = 0;                            // whole bits, of the comparisons that the rule leaves in
    std::array<std::int16_t, relations_max> related{};  // the same for what relations pass on by value
    double count = 0;
};

struct Sampled {
    std::uint32_t a, b;
    std::uint32_t rule;
    bool first;  // no earlier rule meets this pair
};

/// Which comparisons a rule's key decides wholly, and which in part.
struct KeyBias {
    std::uint32_t whole = 0;
    std::uint32_t part = 0;
};

KeyBias bias_of(const Model& model, const BlockingRule& rule) {
    using Part = BlockingRule::Part;
    KeyBias bias;
    for (const auto& piece : rule.pieces) {
        const bool partly = piece.part == Part::given_initial || piece.part == Part::family_initial ||
                            piece.part == Part::year || piece.part == Part::month_day || piece.part == Part::year_month;
        for (std::size_t at = 0; at < model.comparisons.size(); ++at) {
            const Comparison& comparison = model.comparisons[at];
            bool touched = false;
            for (const int slot : comparison.slots) {
                if (slot < 0) continue;
                if ((comparison.how == Compared::given_name || comparison.how == Compared::family_name) &&
                    slot != comparison.slots[0])
                    continue;
                touched = touched || slot == piece.slot || slot == piece.other;
            }
            if (!touched) continue;
            (partly ? bias.part : bias.whole) |= 1u << at;
        }
    }
    bias.part &= ~bias.whole;
    return bias;
}

/// Chances after seeing `counts` labelled pairs, where `guess` was learned without them: the mean under a Dirichlet
/// prior around the guess. How many pairs the guess is worth is whatever makes the labels most likely: little if they
/// contradict it, much if they differ from it only as any sample would.
void learn_from_labels(std::array<double, levels_max>& guess, std::size_t levels,
                       const std::array<double, levels_max>& counts, double least) {
    double labels = 0;
    double sum = 0;
    for (std::size_t level = 1; level < levels; ++level) {
        labels += counts[level];
        sum += guess[level];
    }
    if (labels == 0) return;
    double trust = least;
    double best = -1e300;
    for (double tried = least; tried <= most_trust; tried *= 2) {
        double likelihood = std::lgamma(tried) - std::lgamma(tried + labels);
        for (std::size_t level = 1; level < levels; ++level) {
            const double expected = tried * guess[level] / sum;
            if (counts[level] > 0) likelihood += std::lgamma(expected + counts[level]) - std::lgamma(expected);
        }
        if (likelihood <= best) continue;
        best = likelihood;
        trust = tried;
    }
    for (std::size_t level = 1; level < levels; ++level)
        guess[level] = sum * (counts[level] + trust * guess[level] / sum) / (labels + trust);
}

class Trainer {
    using Chances = std::array<double, 2 + relations_max>;  // match, unrelated, relations

public:
    Trainer(Model& model, const Dataset& data, Blocks& blocks, Comparer& comparer, const TrainingOptions& options)
        : model_(model), data_(data), blocks_(blocks), comparer_(comparer), options_(options), random_(options.seed) {}

    TrainingSummary run() {
        TrainingSummary summary;
        defaults_ = model_.comparisons;
        for (const BlockingRule& rule : model_.rules) biases_.push_back(bias_of(model_, rule));
        biases_.push_back({});  // random pairs
        sample_random();
        sample_blocks();
        count_labels();
        summary.pairs = sampled_.size() + random_pairs_;
        compress();
        summary.patterns = counted_.size();
        const std::size_t relations = model_.relations.size();
        shares_.assign(model_.rules.size() + 1, {});
        for (auto& shares : shares_) {
            shares[0] = 0.3;
            for (std::size_t relation = 0; relation < relations; ++relation) {
                shares[2 + relation] = model_.relations[relation].share > 0 ? 0.1 : 0;
            }
            shares[1] = 1 - 0.3 - 0.1 * static_cast<double>(relations);
        }
        shares_.back() = {};
        shares_.back()[0] = model_.prior;
        for (std::size_t relation = 0; relation < relations; ++relation)
            shares_.back()[2 + relation] = model_.relations[relation].share;
        shares_.back()[1] = 0.9;
        default_relations_ = model_.relations;
        label_shares_ = shares_[0];
        label_shares_[0] = 0;
        for (std::size_t round = 0; round < options_.rounds; ++round) {
            const double change = step();
            ++summary.rounds;
            if (change < 2e-3) break;
        }
        comparer_.set_weights(model_);
        model_.records = static_cast<double>(data_.size());
        summary.expected_matches = estimate_prior(summary);
        comparer_.set_weights(model_);
        if (!options_.labels.empty()) {
            move_prior();
            comparer_.set_weights(model_);
        }
        return summary;
    }

private:
    void count_labels() {
        labelled_.assign(comparisons(), {});
        Memory memory;
        for (const Decision& label : options_.labels) {
            const Row& a = data_.row(label.a);
            const Row& b = data_.row(label.b);
            Outcome outcome = comparer_.compare(a, b, memory);
            outcome.pattern &= ~decided_by_being_found(label);
            if (!label.same) {
                labelled_different_.push_back(described(a, b, outcome, {}));
                continue;
            }
            for (std::size_t at = 0; at < comparisons(); ++at) labelled_[at][outcome.level(at)] += 1;
        }
        for (auto& levels : labelled_) levels[0] = 0;
    }

    /// The levels, as bits of a pattern, of comparisons without whose agreement no rule would have brought the pair up:
    /// they were equal for it to be looked at.
    std::uint64_t decided_by_being_found(const Decision& label) const {
        const std::uint32_t met = blocks_.met_under(label.a, label.b);
        std::uint64_t decided = 0;
        for (std::size_t at = 0; met != 0 && at < comparisons(); ++at) {
            bool otherwise = false;
            for (std::size_t rule = 0; rule < model_.rules.size(); ++rule) {
                otherwise = otherwise ||
                            ((met >> rule & 1) != 0 && ((biases_[rule].whole | biases_[rule].part) >> at & 1) == 0);
            }
            if (!otherwise) decided |= std::uint64_t{15} << (4 * at);
        }
        return decided;
    }

    /// A pair's pattern, and how rare what it shares is, as far as the rule leaves the comparisons in.
    Counted described(const Row& a, const Row& b, const Outcome& outcome, const KeyBias& bias) const {
        float rarity = 0;
        std::array<float, relations_max> related{};
        for (std::size_t at = 0; at < comparisons(); ++at) {
            const std::size_t level = outcome.level(at);
            const Level& of = model_.comparisons[at].levels[level];
            if (level == 0 || (bias.whole >> at & 1) != 0 || of.rarity_share == 0) continue;
            const float bits = static_cast<float>(of.rarity_share) *
                               (comparer_.shared_bits(at, a, b, outcome) - static_cast<float>(of.mean_bits));
            rarity += bits;
            for (std::size_t relation = 0; relation < model_.relations.size(); ++relation) {
                const Relation& by = model_.relations[relation];
                if (by.by_value && !by.chances[at].empty()) related[relation] += bits;
            }
        }
        Counted counted;
        counted.pattern = outcome.pattern;
        counted.rarity = whole_bits(rarity);
        for (std::size_t relation = 0; relation < relations_max; ++relation)
            counted.related[relation] = whole_bits(related[relation]);
        counted.count = 1;
        return counted;
    }

    /// Moves the prior so that the labels are as likely as can be, see train().
    void move_prior() {
        Memory memory;
        std::vector<std::pair<double, bool>> scores;
        for (const Decision& label : options_.labels)
            scores.emplace_back(comparer_.score(data_.row(label.a), data_.row(label.b), memory), label.same);
        // The slope falls in d, so that halving finds its zero.
        double low = -30;
        double high = 30;
        for (int round = 0; round < 50; ++round) {
            const double d = (low + high) / 2;
            double slope = -d / (prior_spread * prior_spread);
            for (const auto& [bits, same] : scores) slope += (same ? 1 : 0) - 1 / (1 + std::exp2(-(bits + d)));
            (slope > 0 ? low : high) = d;
        }
        model_.prior = std::clamp(1 / (1 + std::exp2(-(model_.prior_bits() + low))), 1e-12, 0.5);
    }

    std::size_t comparisons() const { return model_.comparisons.size(); }
    static std::int16_t whole_bits(float bits) {
        return static_cast<std::int16_t>(std::lround(std::clamp(bits, -60.f, 60.f)));
    }

    /// The shares of matches and of related pairs with which the chances of all pairs that the rules find add up to
    /// themselves; returns the expected matches.
    double estimate_prior(TrainingSummary& summary) {
        const double pairs = std::max(1.0, model_.records * (model_.records - 1) / 2);
        const std::size_t relations = model_.relations.size();
        std::vector<std::pair<Chances, double>> scores(sampled_.size());  // bits, pairs that they stand for
        std::vector<std::uint32_t> rules(sampled_.size());
        detail::parallel_stretches(
            sampled_.size(), 4096, options_.threads, [&](std::size_t from, std::size_t to, unsigned) {
                std::array<float, 1 + relations_max> bits{};
                for (std::size_t i = from; i < to; ++i) {
                    if (!sampled_[i].first) continue;
                    const auto [a, b, rule, first] = sampled_[i];
                    comparer_.weigh(data_.row(a), data_.row(b), outcomes_[i], bits);
                    scores[i].first[0] = bits[0];
                    std::copy(bits.begin() + 1, bits.begin() + 1 + static_cast<std::ptrdiff_t>(relations),
                              scores[i].first.begin() + 2);
                    scores[i].second = 1 / fraction_[rule];
                    rules[i] = blocks_.met_under(a, b);
                }
            });
        Chances shares{};
        shares[0] = std::clamp(model_.records / 2 / pairs, 1e-12, 0.5);
        for (std::size_t relation = 0; relation < relations; ++relation)
            shares[2 + relation] = model_.relations[relation].share;
        if (relations == 3 && shares[4] > 0) shares[4] = shares_.back()[4];
        double expected = 0;
        for (int round = 0; round < 30; ++round) {
            shares[1] = 1 - shares[0] - shares[2] - shares[3] - shares[4];
            Chances sums{};
            for (const auto& [bits, count] : scores) {
                if (count == 0) continue;
                const Chances chances = chances_of(shares, bits);
                for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += chances[k] * count;
            }
            expected = sums[0];
            const double next = std::clamp((expected + 0.5) / pairs, 1e-12, 0.5);
            const bool settled = std::abs(next / shares[0] - 1) < 1e-3;
            shares[0] = next;
            for (const std::size_t k : {2u, 3u}) {
                if (shares[k] > 0) shares[k] = std::clamp((sums[k] + 0.5) / pairs, 1e-12, 0.1);
            }
            if (settled) break;
        }
        for (std::size_t i = 0; i < sampled_.size(); ++i) {
            if (scores[i].second == 0) continue;
            TrainingSummary::Met& met = summary.met[rules[i]];
            met.pairs += scores[i].second;
            met.matches += scores[i].second * chances_of(shares, scores[i].first)[0];
        }
        model_.prior = shares[0];
        for (std::size_t relation = 0; relation < relations; ++relation)
            model_.relations[relation].share = shares[2 + relation];
        return expected;
    }

    void sample_random() {
        const std::size_t records = data_.size();
        exact_.assign(comparisons(), -1);
        if (records < 2) return;
        random_pairs_ = std::min<std::size_t>(options_.random_pairs, records * (records - 1) / 2);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs(random_pairs_);
        std::uniform_int_distribution<std::uint32_t> pick(0, static_cast<std::uint32_t>(records - 1));
        for (auto& [a, b] : pairs) {
            a = pick(random_);
            do b = pick(random_);
            while (a == b);
        }
        const std::vector<Outcome> outcomes = outcomes_of(pairs.size(), [&](std::size_t i) { return pairs[i]; });
        // The mean rarity of what random pairs share, level by level, is the point from which rarity counts.
        detail::parallel(comparisons(), options_.threads, [&](std::size_t at, unsigned) {
            Comparison& comparison = model_.comparisons[at];
            std::array<double, levels_max> sum{};
            std::array<double, levels_max> seen{};
            for (std::size_t i = 0; i < pairs.size(); ++i) {
                const std::size_t level = outcomes[i].level(at);
                if (level == 0) continue;
                seen[level] += 1;
                if (comparison.levels[level].rarity_share != 0) {
                    sum[level] += std::exp2(
                        -comparer_.shared_bits(at, data_.row(pairs[i].first), data_.row(pairs[i].second), outcomes[i]));
                }
            }
            for (std::size_t level = 1; level < comparison.levels.size(); ++level) {
                Level& to = comparison.levels[level];
                if (to.rarity_share != 0 && seen[level] >= 20) to.mean_bits = -std::log2(sum[level] / seen[level]);
            }
            // For equality the share of agreeing pairs follows exactly from the counts of values.
            exact_[at] = exact_agreement(comparison);
        });
        for (std::size_t i = 0; i < pairs.size(); ++i) random_outcomes_.push_back(outcomes[i].pattern);
        comparer_.set_weights(model_);
    }

    double exact_agreement(Comparison& comparison) {
        const auto slot = static_cast<std::size_t>(comparison.slots[0] < 0 ? 0 : comparison.slots[0]);
        if (comparison.slots[0] < 0 || comparison.how == Compared::name_order || comparison.how == Compared::sex)
            return -1;
        if (comparison.how == Compared::date) return -1;
        const auto counts = data_.counts(slot);
        double records = 0;
        for (const auto count : counts) records += count;
        if (records < 2) return -1;
        double agreeing = 0;
        for (const double count : counts) agreeing += count * (count - 1);
        const double share = std::max(agreeing / (records * (records - 1)), 1 / (records * records));
        comparison.levels[1].mean_bits = -std::log2(std::max(share, 2 / records * 0.5));
        return share;
    }

    void sample_blocks() {
        std::vector<std::vector<std::uint64_t>> numbers(blocks_.rules().size());
        for (std::uint32_t rule = 0; rule < blocks_.rules().size(); ++rule) {
            const Blocks::Rule& built = blocks_.rules()[rule];
            if (built.blocks() == 0) {
                fraction_.push_back(1);
                continue;
            }
            const double keep = std::min(1.0, static_cast<double>(options_.pairs_per_rule) /
                                                  static_cast<double>(std::max<std::uint64_t>(1, built.pairs)));
            std::geometric_distribution<std::uint64_t> gap(std::min(keep, 0.999999));
            fraction_.push_back(keep);
            // Which pairs, by their numbers; then, rule by rule side by side, who they are.
            for (std::uint64_t next = keep >= 1 ? 0 : gap(random_); next < built.pairs;
                 next += 1 + (keep >= 1 ? 0 : gap(random_)))
                numbers[rule].push_back(next);
        }
        std::vector<std::vector<Sampled>> of_rule(blocks_.rules().size());
        detail::parallel(blocks_.rules().size(), options_.threads, [&](std::size_t rule, unsigned) {
            const Blocks::Rule& built = blocks_.rules()[rule];
            std::size_t block = 0;
            std::uint64_t passed = 0;  // pairs of the blocks before
            const auto pairs_of = [&](std::size_t at) {
                const std::uint64_t size = built.starts[at + 1] - built.starts[at];
                return size * (size - 1) / 2;
            };
            for (const std::uint64_t number : numbers[rule]) {
                while (number >= passed + pairs_of(block)) passed += pairs_of(block++);
                const auto members = built.block(block);
                std::uint64_t rest = number - passed;  // in the triangle of the block
                std::size_t i = 0;
                while (rest >= members.size() - 1 - i) {
                    rest -= members.size() - 1 - i;
                    ++i;
                }
                const std::uint32_t a = members[i];
                const std::uint32_t b = members[i + 1 + rest];
                if (a != b)
                    of_rule[rule].push_back({a, b, static_cast<std::uint32_t>(rule), blocks_.first_met(rule, a, b)});
            }
        });
        for (const auto& part : of_rule) sampled_.insert(sampled_.end(), part.begin(), part.end());
        outcomes_ =
            outcomes_of(sampled_.size(), [&](std::size_t i) { return std::pair(sampled_[i].a, sampled_[i].b); });
    }

    /// The outcomes of pairs that lie anywhere in memory: they are asked for some pairs ahead.
    template <class PairAt>
    std::vector<Outcome> outcomes_of(std::size_t count, PairAt&& pair_at) const {
        constexpr std::size_t rows_ahead = 16;
        constexpr std::size_t names_ahead = 8;
        std::vector<Outcome> outcomes(count);
        std::vector<Memory> memories(options_.threads);
        detail::parallel_stretches(
            count, 4096, options_.threads, [&](std::size_t from, std::size_t to, unsigned worker) {
                for (std::size_t i = from; i < to; ++i) {
                    if (i + rows_ahead < count) {
                        const auto [a, b] = pair_at(i + rows_ahead);
                        __builtin_prefetch(&data_.row(a));
                        __builtin_prefetch(&data_.row(b));
                    }
                    if (i + names_ahead < count) {
                        const auto [a, b] = pair_at(i + names_ahead);
                        comparer_.prefetch(data_.row(a));
                        comparer_.prefetch(data_.row(b));
                    }
                    const auto [a, b] = pair_at(i);
                    outcomes[i] = comparer_.compare(data_.row(a), data_.row(b), memories[worker]);
                }
            });
        return outcomes;
    }

    void compress() {
        counted_.reserve(sampled_.size() + random_outcomes_.size());
        counted_.resize(sampled_.size());
        const auto describe = [&](std::size_t i) {
            counted_[i] =
                described(data_.row(sampled_[i].a), data_.row(sampled_[i].b), outcomes_[i], biases_[sampled_[i].rule]);
            counted_[i].rule = static_cast<std::uint16_t>(sampled_[i].rule);
        };
        detail::parallel_stretches(sampled_.size(), 4096, options_.threads,
                                   [&](std::size_t from, std::size_t to, unsigned) {
                                       for (std::size_t i = from; i < to; ++i) describe(i);
                                   });
        const auto random_rule = static_cast<std::uint16_t>(model_.rules.size());
        for (const auto pattern : random_outcomes_) counted_.push_back({pattern, random_rule, 0, {}, 1});
        random_outcomes_.clear();
        // Pairs stand rule by rule already.
        detail::parallel(random_rule + 1u, options_.threads, [&](std::size_t rule, unsigned) {
            const auto of_rule = std::ranges::equal_range(counted_, rule, {}, &Counted::rule);
            std::ranges::sort(of_rule, {}, [](const Counted& counted) {
                return std::tie(counted.pattern, counted.rarity, counted.related);
            });
        });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < counted_.size(); ++i) {
            Counted& last = counted_[kept == 0 ? 0 : kept - 1];
            if (kept != 0 && last.rule == counted_[i].rule && last.pattern == counted_[i].pattern &&
                last.rarity == counted_[i].rarity && last.related == counted_[i].related) {
                last.count += 1;
            } else {
                counted_[kept++] = counted_[i];
            }
        }
        counted_.resize(kept);
    }

    /// The chance of each class, from their bits relative to the unrelated and their shares.
    static Chances chances_of(const Chances& shares, const Chances& bits) {
        double highest = -1e9;
        for (std::size_t k = 0; k < shares.size(); ++k) {
            if (shares[k] > 0) highest = std::max(highest, bits[k]);
        }
        Chances chances{};
        double sum = 0;
        for (std::size_t k = 0; k < shares.size(); ++k) {
            chances[k] = shares[k] > 0 ? shares[k] * std::exp2(bits[k] - highest) : 0;
            sum += chances[k];
        }
        for (auto& chance : chances) chance /= sum;
        return chances;
    }

    /// One round; returns the largest change of an m.
    double step() {
        const std::size_t rules = model_.rules.size() + 1;
        const std::size_t relations = model_.relations.size();
        std::vector<std::array<double, levels_max>> weights(comparisons());
        std::vector<std::vector<std::array<double, levels_max>>> relation_weights(
            relations, std::vector<std::array<double, levels_max>>(comparisons()));
        for (std::size_t at = 0; at < comparisons(); ++at) {
            for (std::size_t level = 1; level < model_.comparisons[at].levels.size(); ++level) {
                weights[at][level] = model_.comparisons[at].weight(level);
                for (std::size_t relation = 0; relation < relations; ++relation) {
                    const auto& chances = model_.relations[relation].chances[at];
                    if (!chances.empty())
                        relation_weights[relation][at][level] =
                            std::log2(chances[level] / model_.comparisons[at].levels[level].u);
                }
            }
        }
        std::vector<Chances> sums(rules);
        std::vector<std::vector<std::array<double, levels_max>>> matched(
            rules, std::vector<std::array<double, levels_max>>(comparisons()));
        std::vector<std::array<double, levels_max>> unmatched(comparisons());
        std::vector<std::vector<std::array<double, levels_max>>> related(
            relations, std::vector<std::array<double, levels_max>>(comparisons()));
        for (const Counted& counted : counted_) {
            const KeyBias& bias = biases_[counted.rule];
            Chances bits{};
            bits[0] = counted.rarity;
            for (std::size_t relation = 0; relation < relations; ++relation)
                bits[2 + relation] = counted.related[relation];
            for (std::size_t at = 0; at < comparisons(); ++at) {
                const std::size_t level = counted.pattern >> (4 * at) & 15;
                if (level == 0 || (bias.whole >> at & 1) != 0) continue;
                bits[0] += weights[at][level];
                for (std::size_t relation = 0; relation < relations; ++relation)
                    bits[2 + relation] += relation_weights[relation][at][level];
            }
            const Chances chances = chances_of(shares_[counted.rule], bits);
            for (std::size_t k = 0; k < chances.size(); ++k) sums[counted.rule][k] += chances[k] * counted.count;
            for (std::size_t at = 0; at < comparisons(); ++at) {
                const std::size_t level = counted.pattern >> (4 * at) & 15;
                if (level == 0) continue;
                if (counted.rule + 1u == rules) {
                    unmatched[at][level] += chances[1] * counted.count;
                    if (relations == 3) related[2][at][level] += chances[4] * counted.count;
                } else if (((bias.whole | bias.part) >> at & 1) == 0) {
                    matched[counted.rule][at][level] += chances[0] * counted.count;
                    for (std::size_t relation = 0; relation < relations; ++relation) {
                        related[relation][at][level] += chances[2 + relation] * counted.count;
                    }
                }
            }
        }
        // Pairs that people called two are of one of the other classes.
        std::vector<std::vector<std::array<double, levels_max>>> called_different(
            relations, std::vector<std::array<double, levels_max>>(comparisons()));
        Chances label_sums{};
        for (const Counted& counted : labelled_different_) {
            Chances bits{};
            for (std::size_t relation = 0; relation < relations; ++relation) {
                bits[2 + relation] = counted.related[relation];
                for (std::size_t at = 0; at < comparisons(); ++at)
                    bits[2 + relation] += relation_weights[relation][at][counted.pattern >> (4 * at) & 15];
            }
            const Chances chances = chances_of(label_shares_, bits);
            for (std::size_t k = 1; k < chances.size(); ++k) label_sums[k] += chances[k];
            for (std::size_t relation = 0; relation < relations; ++relation) {
                for (std::size_t at = 0; at < comparisons(); ++at) {
                    const std::size_t level = counted.pattern >> (4 * at) & 15;
                    if (level != 0) called_different[relation][at][level] += chances[2 + relation];
                }
            }
        }
        for (std::size_t k = 1; k < label_shares_.size(); ++k) {
            if (label_shares_[k] > 0)
                label_shares_[k] = (label_sums[k] + 1) / (static_cast<double>(labelled_different_.size()) + 4);
        }
        for (std::size_t rule = 0; rule < rules; ++rule) {
            double all = 0;
            for (const double sum : sums[rule]) all += sum;
            if (all <= 0) continue;
            for (std::size_t k = 0; k < sums[rule].size(); ++k) {
                if (shares_[rule][k] > 0)
                    shares_[rule][k] = std::max((sums[rule][k] + (k == 0 ? 0.5 : 0.01)) / (all + 1), 1e-9);
            }
        }
        for (std::size_t relation = 0; relation < relations; ++relation) {
            for (std::size_t at = 0; at < comparisons(); ++at) {
                auto& chances = model_.relations[relation].chances[at];
                const auto& before = default_relations_[relation].chances[at];
                if (chances.empty()) continue;
                // How often relatives share a birth date cannot be told, without labels, from records of one person
                // with another name.
                const bool told = model_.comparisons[at].how != Compared::date;
                double total = 0;
                for (const double count : related[relation][at]) total += told ? count : 0;
                std::array<double, levels_max> guess{};
                for (std::size_t level = 1; level < chances.size(); ++level) {
                    guess[level] = told ? (related[relation][at][level] + trust_in_relations * before[level]) /
                                              (total + trust_in_relations)
                                        : before[level];
                }
                learn_from_labels(guess, chances.size(), called_different[relation][at],
                                  told ? least_trust_in_relations : least_trust);
                std::copy(guess.begin() + 1, guess.begin() + static_cast<std::ptrdiff_t>(chances.size()),
                          chances.begin() + 1);
            }
        }
        double change = 0;
        for (std::size_t at = 0; at < comparisons(); ++at) {
            Comparison& comparison = model_.comparisons[at];
            std::array<double, levels_max> sum{};
            double total = 0;
            for (std::size_t rule = 0; rule + 1 < rules; ++rule) {
                double of_rule = 0;
                for (const double count : matched[rule][at]) of_rule += count;
                // No rule may drown the others: each speaks with at most this many pairs.
                const double scale = of_rule > 5'000 ? 5'000 / of_rule : 1;
                for (std::size_t level = 1; level < levels_max; ++level) sum[level] += matched[rule][at][level] * scale;
                total += of_rule * scale;
            }
            double random_total = 0;
            for (const double count : unmatched[at]) random_total += count;
            std::array<double, levels_max> guess{};
            for (std::size_t level = 1; level < comparison.levels.size(); ++level) {
                guess[level] =
                    (sum[level] + trust_in_default * defaults_[at].levels[level].m) / (total + trust_in_default);
            }
            learn_from_labels(guess, comparison.levels.size(), labelled_[at], least_trust);
            double u_sum = 0;
            for (std::size_t level = 1; level < comparison.levels.size(); ++level) {
                Level& to = comparison.levels[level];
                const double m = guess[level];
                change = std::max(change, std::abs(m - to.m));
                to.m = m;
                // Half a pair of trust: what was never seen among n random pairs is about as rare as 1/n, or as the
                // default.
                to.u = (unmatched[at][level] + 0.5) / (random_total + 0.5 / defaults_[at].levels[level].u);
                if (level == 1 && exact_[at] > 0) to.u = std::max(exact_[at], 1e-9);
                u_sum += to.u;
            }
            for (std::size_t level = 1; level < comparison.levels.size(); ++level) comparison.levels[level].u /= u_sum;
            if (comparison.how == Compared::name_order) {
                // Strangers' names agree crosswise only where this comparison looks, so u cannot be counted: being
                // swapped weighs by how seldom one person's names are.
                comparison.levels[1].u = comparison.levels[2].u = comparison.levels[1].m;
            }
        }
        return change;
    }

    Model& model_;
    const Dataset& data_;
    Blocks& blocks_;
    Comparer& comparer_;
    const TrainingOptions& options_;
    std::mt19937_64 random_;
    std::vector<Comparison> defaults_;
    std::size_t random_pairs_ = 0;
    std::vector<double> exact_;  // per comparison: how often strangers share a value; -1 if that cannot be counted
    std::vector<std::uint64_t> random_outcomes_;
    std::vector<Sampled> sampled_;
    std::vector<Outcome> outcomes_;
    std::vector<double> fraction_;
    std::vector<KeyBias> biases_;
    std::vector<Counted> counted_;
    std::vector<Chances> shares_;  // of the classes, per rule; last: random pairs
    std::vector<Relation> default_relations_;
    std::vector<std::array<double, levels_max>> labelled_;  // pairs that people called one person, per comparison
    std::vector<Counted> labelled_different_;               // pairs that people called two
    Chances label_shares_{};                                // of the classes among these
};

}  // namespace

TrainingSummary train(Model& model, const Dataset& data, Blocks& blocks, Comparer& comparer,
                      const TrainingOptions& options) {
    return Trainer(model, data, blocks, comparer, options).run();
}

}  // namespace tideline::link
