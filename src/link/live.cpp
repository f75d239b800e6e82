#include "link/live.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <cstring>
#include <mutex>
#include <queue>
#include <semaphore>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "link/detail/parallel.h"
#include "link/detail/postings.h"

namespace tideline::link {

namespace {

constexpr std::uint32_t nobody = 0xFFFF'FFFFu;

struct Neighbour {
    std::uint32_t record;
    float bits;
};

double chance_of(float bits) { return 1 / (1 + std::exp2(-static_cast<double>(bits))); }

/// A number in as few bytes as it needs, seven bits in each.
void pack_number(std::string& to, std::size_t number) {
    for (; number > 127; number >>= 7) to.push_back(static_cast<char>(number | 128));
    to.push_back(static_cast<char>(number));
}
bool unpack_number(std::string_view& from, std::size_t& number) {
    number = 0;
    for (unsigned shift = 0; !from.empty() && shift < 63; shift += 7) {
        const auto byte = static_cast<unsigned char>(from[0]);
        from.remove_prefix(1);
        number |= std::size_t{byte & 127u} << shift;
        if (byte < 128) return true;
    }
    return false;
}

/// Values with their names back from bytes; false if the bytes are not whole.
bool unpack(std::string_view bytes, const std::vector<std::string>& names,
            std::vector<std::pair<std::string, std::string>>& values) {
    while (!bytes.empty()) {
        std::size_t name = 0;
        std::size_t size = 0;
        if (!unpack_number(bytes, name) || !unpack_number(bytes, size) || name >= names.size() || size > bytes.size())
            return false;
        values.emplace_back(names[name], bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    return true;
}

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

}  // namespace

Explanation explain(const Comparer& comparer, const Row& a, const Row& b) {
    Explanation explanation;
    Memory memory;
    const Outcome outcome = comparer.compare(a, b, memory);
    const Model& model = comparer.model();
    const Dataset& data = comparer.data();
    const auto text = [&](const Comparison& comparison, const Row& row) {
        std::string whole;
        const std::size_t slots = comparison.how == Compared::residence ? 3 : 1;
        for (std::size_t i = 0; i < slots; ++i) {
            if (comparison.slots[i] < 0) continue;
            const auto slot = static_cast<std::size_t>(comparison.slots[i]);
            for (const auto one : data.values(row.value[slot])) {
                if (!whole.empty()) whole += " · ";
                whole += data.text(slot, one);
            }
        }
        return whole;
    };
    for (std::size_t at = 0; at < model.comparisons.size(); ++at) {
        const Comparison& comparison = model.comparisons[at];
        const std::size_t level = outcome.level(at);
        const float bits = level == 0 ? 0 : comparer.weight_of(at, a, b, outcome);
        if (comparison.how == Compared::name_order && level != 2) continue;
        explanation.fields.push_back(
            {comparison.name, comparison.levels[level].name, text(comparison, a), text(comparison, b), bits});
    }
    explanation.prior_bits = static_cast<float>(model.prior_bits());
    explanation.bits = comparer.score(a, b, outcome);
    explanation.relation_bits = explanation.bits - outcome.bits - explanation.prior_bits;
    explanation.chance = chance_of(explanation.bits);
    return explanation;
}

struct LiveIndex::State {
    State(Model given, const LinkOptions& chosen)
        : model(std::move(given)), options(chosen), data(model.schema, visits_max), comparer(data, model, false) {
        if (options.threshold) model.threshold = *options.threshold;
        clusters_options = options.clusters;
        clusters_options.threshold = static_cast<float>(model.threshold_bits());
        holders.resize(data.slots().size());
    }

    Model model;
    LinkOptions options;
    ClusterOptions clusters_options;
    Dataset data;
    Comparer comparer;
    detail::Postings postings;
    std::vector<std::string> ids;    // by record; "" if the place is free
    std::vector<std::string> said;   // by record: its values, packed
    std::vector<std::string> names;  // of values
    std::vector<std::uint32_t> free;
    std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>> by_id;
    std::vector<std::vector<Neighbour>> edges;
    std::vector<ClusterId> cluster;
    std::unordered_map<ClusterId, std::vector<std::uint32_t>> members;
    ClusterId last_cluster = 0;
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> decisions;  // both ways round
    std::vector<std::uint32_t> touched;                                 // records whose group has to be cut again

    // Queries that are being answered; each has a place in the dictionaries for what only it says.
    static constexpr std::size_t visits_max = 16;
    std::counting_semaphore<visits_max> may_visit{visits_max};
    std::atomic<std::uint32_t> visits{0};  // as bits
    class Visitor {
    public:
        explicit Visitor(State& state) : state_(state) {
            state.may_visit.acquire();
            for (std::uint32_t taken = state.visits;;) {
                place = static_cast<std::size_t>(std::countr_one(taken));
                if (state.visits.compare_exchange_weak(taken, taken | 1u << place)) break;
            }
        }
        ~Visitor() {
            state_.visits &= ~(1u << place);
            state_.may_visit.release();
        }
        Visitor(const Visitor&) = delete;
        Visitor& operator=(const Visitor&) = delete;
        std::size_t place = 0;

    private:
        State& state_;
    };

    bool before(std::uint32_t a, std::uint32_t b) const { return ids[a] < ids[b]; }

    float score(std::uint32_t a, std::uint32_t b, Memory& memory, float floor = -1e9f) const {
        return before(a, b) ? comparer.score(data.row(a), data.row(b), memory, floor)
                            : comparer.score(data.row(b), data.row(a), memory, floor);
    }

    static std::uint64_t coarse_key(std::size_t rule, std::uint64_t key) { return detail::mix(key, rule + 1) | 1; }
    static std::uint64_t finer_key(std::uint64_t coarse, std::uint64_t key) { return detail::mix(coarse, key) | 1; }

    /// Calls body(coarse key) for all keys of a row under a rule.
    template <class Body>
    void each_key_of(const Row& row, std::size_t rule, Body&& body) const {
        std::vector<std::uint64_t> found;
        keys_of(data, model.rules[rule].pieces, row, found);
        for (const auto key : found) body(coarse_key(rule, key));
    }
    /// Calls body(coarse key, rule) for all keys of a row.
    template <class Body>
    void each_key(const Row& row, Body&& body) const {
        for (std::size_t rule = 0; rule < model.rules.size(); ++rule) {
            each_key_of(row, rule, [&](std::uint64_t key) { body(key, rule); });
        }
    }
    template <class Body>
    void each_finer(const Row& row, std::size_t rule, std::uint64_t coarse, Body&& body) const {
        if (model.rules[rule].finer.empty()) return;
        std::vector<std::uint64_t> found;
        keys_of(data, model.rules[rule].finer, row, found);
        for (const auto key : found) body(finer_key(coarse, key));
    }

    /// All records that share a block of allowed size with the row.
    void candidates(const Row& row, std::vector<std::uint32_t>& found) const {
        found.clear();
        std::vector<std::pair<std::uint64_t, std::size_t>> keys;
        each_key(row, [&](std::uint64_t key, std::size_t rule) {
            postings.prefetch(key);
            keys.emplace_back(key, rule);
        });
        for (const auto& [key, rule] : keys) postings.prefetch_list(key);
        for (const auto& [key, rule] : keys) {
            const auto block = postings.find(key);
            if (block.size() <= model.rules[rule].block_max) {
                found.insert(found.end(), block.begin(), block.end());
                continue;
            }
            each_finer(row, rule, key, [&](std::uint64_t split) {
                const auto part = postings.find(split);
                if (part.size() <= model.rules[rule].block_max) found.insert(found.end(), part.begin(), part.end());
            });
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
    }

    /// Calls body(record) for each; their rows, and then the names in them, are asked for some records ahead.
    template <class Body>
    void each_ahead(const std::vector<std::uint32_t>& records, Body&& body) const {
        constexpr std::size_t rows_ahead = 24;
        constexpr std::size_t names_ahead = 10;
        for (std::size_t i = 0; i < records.size() + rows_ahead; ++i) {
            if (i < records.size()) __builtin_prefetch(&data.row(records[i]));
            if (i >= rows_ahead - names_ahead && i - (rows_ahead - names_ahead) < records.size())
                comparer.prefetch(data.row(records[i - (rows_ahead - names_ahead)]));
            if (i >= rows_ahead) body(records[i - rows_ahead]);
        }
    }

    /// Whether two records still share a block of allowed size.
    bool meet(std::uint32_t a, std::uint32_t b) const {
        std::vector<std::uint64_t> left, right;
        for (std::size_t rule = 0; rule < model.rules.size(); ++rule) {
            keys_of(data, model.rules[rule].pieces, data.row(a), left);
            if (left.empty()) continue;
            keys_of(data, model.rules[rule].pieces, data.row(b), right);
            for (const auto key : left) {
                if (std::find(right.begin(), right.end(), key) == right.end()) continue;
                const std::uint64_t coarse = coarse_key(rule, key);
                if (postings.find(coarse).size() <= model.rules[rule].block_max) return true;
                bool found = false;
                each_finer(data.row(a), rule, coarse, [&](std::uint64_t split_a) {
                    each_finer(data.row(b), rule, coarse, [&](std::uint64_t split_b) {
                        found = found ||
                                (split_a == split_b && postings.find(split_a).size() <= model.rules[rule].block_max);
                    });
                });
                if (found) return true;
            }
        }
        return false;
    }

    void set_edge(std::uint32_t a, std::uint32_t b, float bits) {
        const auto put = [&](std::uint32_t from, std::uint32_t to) {
            auto& list = edges[from];
            const auto found =
                std::find_if(list.begin(), list.end(), [&](const Neighbour& n) { return n.record == to; });
            if (bits < options.keep_from_bits) {
                if (found == list.end()) return false;
                *found = list.back();
                list.pop_back();
                return true;
            }
            if (found == list.end()) {
                list.push_back({to, bits});
                return true;
            }
            const bool changed = found->bits != bits;
            found->bits = bits;
            return changed;
        };
        const bool changed = put(a, b);
        put(b, a);
        if (changed) {
            touched.push_back(a);
            touched.push_back(b);
        }
    }
    void drop_edge(std::uint32_t a, std::uint32_t b) { set_edge(a, b, -1e9f); }

    /// A block outgrew its size: pairs that only met there are forgotten.
    void outgrown(std::span<const std::uint32_t> block) {
        const std::vector<std::uint32_t> inside = sorted(block);
        for (const auto record : inside) {
            const auto neighbours = edges[record];
            for (const Neighbour& other : neighbours) {
                if (record < other.record && std::binary_search(inside.begin(), inside.end(), other.record) &&
                    !meet(record, other.record)) {
                    drop_edge(record, other.record);
                }
            }
        }
    }
    /// A block is small enough again: all its pairs are looked at.
    void shrunk(std::span<const std::uint32_t> block) {
        Memory& memory = own_memory;
        const std::vector<std::uint32_t> inside = sorted(block);
        for (std::size_t i = 0; i < inside.size(); ++i) {
            for (std::size_t j = i + 1; j < inside.size(); ++j) {
                set_edge(inside[i], inside[j], score(inside[i], inside[j], memory, options.keep_from_bits));
            }
        }
    }
    static std::vector<std::uint32_t> sorted(std::span<const std::uint32_t> block) {
        std::vector<std::uint32_t> copy(block.begin(), block.end());
        std::sort(copy.begin(), copy.end());
        return copy;
    }

    /// Does anything hold the record in a group with others?
    bool is_connected(std::uint32_t record) const {
        const auto decided = decisions.lower_bound({record, 0});
        return (decided != decisions.end() && decided->first.first == record) ||
               std::any_of(edges[record].begin(), edges[record].end(),
                           [&](const Neighbour& other) { return other.bits >= clusters_options.threshold; });
    }

    /// A value became much commoner or rarer: whoever has it is scored anew.
    void rescore(std::span<const std::uint32_t> having, bool rarer) {
        Memory& memory = own_memory;
        const std::vector<std::uint32_t> inside = sorted(having);
        std::vector<std::uint32_t> found;
        for (const auto record : inside) {
            if (rarer) {
                candidates(data.row(record), found);
            } else {
                found.clear();
                for (const Neighbour& other : edges[record]) found.push_back(other.record);
            }
            for (const auto other : found) {
                if (record < other && std::binary_search(inside.begin(), inside.end(), other)) {
                    set_edge(record, other, score(record, other, memory, options.keep_from_bits));
                }
            }
            // Two that no block brings together have no edge, and still count where their group is cut.
            if (is_connected(record)) touched.push_back(record);
        }
    }

    /// How common each damped value of a row is now; rescoring where it changed.
    void count_values(const Row& row, int step) {
        for (std::size_t slot = 0; slot < data.slots().size(); ++slot) {
            if (!Comparer::is_damped(data.slots()[slot].kind)) continue;
            for (const auto value : data.values(row.value[slot])) {
                auto& count = holders[slot];
                if (count.size() <= value) count.resize(value + 1);
                count[value] = static_cast<std::uint32_t>(static_cast<int>(count[value]) + step);
                if (comparer.set_holders(slot, value, count[value])) changed_values.push_back({slot, value, step < 0});
            }
        }
    }
    struct ChangedValue {
        std::size_t slot;
        std::uint32_t value;
        bool rarer;
    };
    std::vector<ChangedValue> changed_values;
    std::vector<std::vector<std::uint32_t>> holders;  // per slot, by value: how many records have it
    void count_holders() {
        for (std::size_t slot = 0; slot < data.slots().size(); ++slot) {
            if (Comparer::is_damped(data.slots()[slot].kind)) holders[slot] = data.counts(slot);
        }
    }
    Memory own_memory;

    void rescore_changed() {
        for (const auto& [slot, value, rarer] : changed_values) {
            std::vector<std::uint32_t> having;
            for (const auto record : holders_of(slot, value)) having.push_back(record);
            rescore(having, rarer);
        }
        changed_values.clear();
    }
    static std::uint64_t value_key(std::size_t slot, std::uint32_t value) {
        return detail::mix(detail::mix(slot + 1, 0x1F123BB5u), value) | 1;
    }
    std::span<const std::uint32_t> holders_of(std::size_t slot, std::uint32_t value) const {
        return postings.find(value_key(slot, value));
    }
    void post_values(const Row& row, std::uint32_t record, bool add) {
        for (std::size_t slot = 0; slot < data.slots().size(); ++slot) {
            if (!Comparer::is_damped(data.slots()[slot].kind)) continue;
            for (const auto value : data.values(row.value[slot])) {
                if (add) {
                    postings.add(value_key(slot, value), record);
                } else {
                    postings.remove(value_key(slot, value), record);
                }
            }
        }
    }

    std::string pack(const std::vector<std::pair<std::string, std::string>>& values) {
        std::string bytes;
        std::size_t name = 0;  // records name their values in the same order, most of them
        for (const auto& [of, text] : values) {
            name = name < names.size() && names[name] == of
                       ? name
                       : static_cast<std::size_t>(std::find(names.begin(), names.end(), of) - names.begin());
            if (name == names.size()) names.push_back(of);
            pack_number(bytes, name++);
            pack_number(bytes, text.size());
            bytes += text;
        }
        bytes.shrink_to_fit();
        return bytes;
    }

    std::uint32_t place_for(const Record& record) {
        std::uint32_t place = static_cast<std::uint32_t>(ids.size());
        if (free.empty()) {
            ids.emplace_back();
            said.emplace_back();
            edges.emplace_back();
            cluster.push_back(0);
        } else {
            place = free.back();
            free.pop_back();
        }
        ids[place] = record.id;
        said[place] = pack(record.values);
        by_id.emplace(record.id, place);
        return place;
    }

    /// put_keys and post_values for all records of the dataset, on all cores: entries are dealt out by the part of the
    /// postings that they belong to, and each part is filled by one thread.
    void post_all(unsigned threads) {
        struct Entry {
            std::uint64_t key;
            std::uint32_t record;
        };
        constexpr std::size_t parts = std::size_t{1} << detail::Postings::part_bits;
        std::vector<std::vector<Entry>> dealt(threads * parts);
        // Posts what each(i, put) puts for every i; returns the keys that come to have more than `limit` records.
        const auto post = [&](std::size_t count, std::size_t limit, auto&& each) {
            detail::parallel_stretches(count, 1 << 10, threads, [&](std::size_t from, std::size_t to, unsigned worker) {
                for (std::size_t i = from; i < to; ++i) {
                    each(i, [&](std::uint64_t key, std::uint32_t record) {
                        dealt[worker * parts + detail::Postings::part_of(key)].push_back({key, record});
                    });
                }
            });
            std::vector<std::vector<std::uint64_t>> outgrown(parts);
            detail::parallel(parts, threads, [&](std::size_t part, unsigned) {
                for (unsigned worker = 0; worker < threads; ++worker) {
                    auto& entries = dealt[worker * parts + part];
                    constexpr std::size_t ahead = 8;
                    for (std::size_t i = 0; i < entries.size(); ++i) {
                        if (i + ahead < entries.size()) postings.prefetch(entries[i + ahead].key);
                        if (postings.add(entries[i].key, entries[i].record) == limit + 1)
                            outgrown[part].push_back(entries[i].key);
                    }
                    entries.clear();
                }
            });
            std::vector<std::uint64_t> keys;
            for (const auto& some : outgrown) keys.insert(keys.end(), some.begin(), some.end());
            return keys;
        };
        for (std::size_t slot = 0; slot < data.slots().size(); ++slot) {
            if (!Comparer::is_damped(data.slots()[slot].kind)) continue;
            post(data.size(), data.size(), [&](std::size_t record, auto&& put) {
                for (const auto value : data.values(data.row(record).value[slot]))
                    put(value_key(slot, value), static_cast<std::uint32_t>(record));
            });
        }
        for (std::size_t rule = 0; rule < model.rules.size(); ++rule) {
            const std::size_t limit = model.rules[rule].block_max;
            const auto big = post(data.size(), limit, [&](std::size_t record, auto&& put) {
                each_key_of(data.row(record), rule,
                            [&](std::uint64_t key) { put(key, static_cast<std::uint32_t>(record)); });
            });
            post(big.size(), data.size(), [&](std::size_t i, auto&& put) {
                for (const auto record : postings.find(big[i])) {
                    each_finer(data.row(record), rule, big[i], [&](std::uint64_t split) { put(split, record); });
                }
            });
        }
    }

    void put_keys(std::uint32_t record, bool watch) {
        const Row& row = data.row(record);
        each_key(row, [&](std::uint64_t key, std::size_t rule) {
            const std::uint32_t limit = model.rules[rule].block_max;
            const std::uint32_t size = postings.add(key, record);
            if (size <= limit) return;
            if (size == limit + 1) {
                // The block is split from now on: its records get their finer keys.
                const auto block = sorted(postings.find(key));
                for (const auto member : block) {
                    each_finer(data.row(member), rule, key, [&](std::uint64_t split) { postings.add(split, member); });
                }
                if (watch) outgrown(block);
                return;
            }
            each_finer(row, rule, key, [&](std::uint64_t split) {
                if (postings.add(split, record) == limit + 1 && watch) outgrown(postings.find(split));
            });
        });
    }

    void take_keys(std::uint32_t record) {
        const Row row = data.row(record);
        each_key(row, [&](std::uint64_t key, std::size_t rule) {
            const std::uint32_t limit = model.rules[rule].block_max;
            const auto held = postings.find(key).size();
            if (held > limit) {
                each_finer(row, rule, key, [&](std::uint64_t split) {
                    if (postings.remove(split, record) == limit) shrunk(postings.find(split));
                });
            }
            const std::uint32_t size = postings.remove(key, record);
            if (held == limit + 1 && size == limit) {
                const auto block = sorted(postings.find(key));
                for (const auto member : block) {
                    each_finer(data.row(member), rule, key,
                               [&](std::uint64_t split) { postings.remove(split, member); });
                }
                shrunk(block);
            }
        });
    }

    void insert(const Record& record, const Row& row) {
        comparer.extend();
        const std::uint32_t place = place_for(record);
        data.put(place, row);
        count_values(row, +1);
        post_values(row, place, true);
        put_keys(place, true);
        rescore_changed();
        std::vector<std::uint32_t> found;
        candidates(row, found);
        each_ahead(found, [&](std::uint32_t other) {
            if (other != place) set_edge(place, other, score(place, other, own_memory, options.keep_from_bits));
        });
        touched.push_back(place);
    }

    void erase(std::uint32_t place) {
        const auto neighbours = edges[place];
        for (const Neighbour& other : neighbours) drop_edge(place, other.record);
        const Row row = data.row(place);
        count_values(row, -1);
        post_values(row, place, false);
        take_keys(place);
        // take_keys may have met the record once more while blocks shrank around it.
        const auto again = edges[place];
        for (const Neighbour& other : again) drop_edge(place, other.record);
        for (auto it = decisions.lower_bound({place, 0}); it != decisions.end() && it->first.first == place;) {
            touched.push_back(it->first.second);
            decisions.erase({it->first.second, place});
            it = decisions.erase(it);
        }
        by_id.erase(ids[place]);
        gone.push_back(place);
        rescore_changed();
        data.put(place, Row{});
    }
    std::vector<std::uint32_t> gone;  // records that left since the last cut

    /// Cuts every group again that was touched, gives clusters their ids, and tells what changed.
    std::vector<ClusterChange> settle() {
        std::set<ClusterId> old_clusters;
        std::map<ClusterId, std::vector<std::uint32_t>> old_members;
        const auto remember = [&](std::uint32_t record) {
            const ClusterId old = cluster[record];
            if (old != 0 && old_clusters.insert(old).second) old_members[old] = members[old];
        };
        for (const auto record : gone) remember(record);
        std::unordered_set<std::uint32_t> seen;
        for (const auto record : gone) seen.insert(record);
        std::vector<std::vector<std::uint32_t>> parts;
        const auto grow = [&](std::uint32_t start) {
            if (!seen.insert(start).second || ids[start].empty()) return;
            std::vector<std::uint32_t> group{start};
            for (std::size_t at = 0; at < group.size(); ++at) {
                const std::uint32_t record = group[at];
                for (const Neighbour& other : edges[record]) {
                    if (other.bits >= clusters_options.threshold && seen.insert(other.record).second)
                        group.push_back(other.record);
                }
                for (auto it = decisions.lower_bound({record, 0}); it != decisions.end() && it->first.first == record;
                     ++it) {
                    if (it->second && seen.insert(it->first.second).second) group.push_back(it->first.second);
                }
            }
            for (const auto record : group) remember(record);
            split(group, parts);
        };
        for (std::size_t i = 0; i < touched.size(); ++i) grow(touched[i]);
        // Records that shared a cluster with somebody who moved may have lost their company too.
        for (bool more = true; more;) {
            more = false;
            const auto known = old_members;
            for (const auto& [old, was] : known) {
                for (const auto record : was) {
                    if (!seen.contains(record)) {
                        grow(record);
                        more = true;
                    }
                }
            }
        }
        touched.clear();
        std::vector<ClusterChange> changes = rename(parts, old_members);
        for (const auto record : gone) {
            cluster[record] = 0;
            ids[record].clear();
            said[record] = {};
            free.push_back(record);
        }
        gone.clear();
        return changes;
    }

    void split(std::vector<std::uint32_t>& group, std::vector<std::vector<std::uint32_t>>& parts) {
        std::sort(group.begin(), group.end(), [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
        if (group.size() == 1) {
            parts.push_back(group);
            return;
        }
        // The cut works on positions in the order of the ids, as a batch over sorted records does.
        std::vector<std::uint32_t> positions(group.size());
        std::unordered_map<std::uint32_t, std::uint32_t> position;
        for (std::uint32_t i = 0; i < group.size(); ++i) {
            positions[i] = i;
            position[group[i]] = i;
        }
        std::vector<Edge> inner;
        std::vector<Decision> decided;
        for (std::uint32_t i = 0; i < group.size(); ++i) {
            for (const Neighbour& other : edges[group[i]]) {
                const auto found = position.find(other.record);
                if (found != position.end() && i < found->second) inner.push_back({i, found->second, other.bits});
            }
            for (auto it = decisions.lower_bound({group[i], 0}); it != decisions.end() && it->first.first == group[i];
                 ++it) {
                const auto found = position.find(it->first.second);
                if (found != position.end() && i < found->second) decided.push_back({i, found->second, it->second});
            }
        }
        std::vector<std::uint32_t> part(group.size(), 0);
        if (group.size() > 2 || !decided.empty()) {
            part = cut(
                positions, inner, decided,
                [&](std::uint32_t a, std::uint32_t b) { return score(group[a], group[b], own_memory); },
                clusters_options);
        }
        std::map<std::uint32_t, std::vector<std::uint32_t>> by_part;
        for (std::uint32_t i = 0; i < group.size(); ++i) by_part[part[i]].push_back(group[i]);
        for (auto& [first, records] : by_part) parts.push_back(std::move(records));
    }

    /// A new part takes over the id of the old cluster with which it shares most records; each id goes on at most once.
    std::vector<ClusterChange> rename(const std::vector<std::vector<std::uint32_t>>& parts,
                                      const std::map<ClusterId, std::vector<std::uint32_t>>& old_members) {
        struct Claim {
            std::size_t shared;
            ClusterId old;
            std::size_t part;
        };
        std::vector<Claim> claims;
        std::vector<std::map<ClusterId, std::size_t>> origin(parts.size());
        for (std::size_t part = 0; part < parts.size(); ++part) {
            for (const auto record : parts[part]) {
                if (cluster[record] != 0) ++origin[part][cluster[record]];
            }
            for (const auto& [old, shared] : origin[part]) claims.push_back({shared, old, part});
        }
        std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
            return std::tie(b.shared, a.old, a.part) < std::tie(a.shared, b.old, b.part);
        });
        std::vector<ClusterId> name(parts.size(), 0);
        std::set<ClusterId> taken;
        for (const Claim& claim : claims) {
            if (name[claim.part] == 0 && taken.insert(claim.old).second) name[claim.part] = claim.old;
        }
        std::vector<ClusterChange> changes;
        for (const auto& [old, was] : old_members) members.erase(old);
        for (std::size_t part = 0; part < parts.size(); ++part) {
            if (name[part] == 0) name[part] = ++last_cluster;
            const auto before_it = old_members.find(name[part]);
            const bool same = before_it != old_members.end() && sorted(before_it->second) == sorted(parts[part]);
            for (const auto record : parts[part]) cluster[record] = name[part];
            members[name[part]] = parts[part];
            if (same) continue;
            ClusterChange change{name[part], {}, {}};
            for (const auto& [old, shared] : origin[part]) change.from.push_back(old);
            for (const auto record : parts[part]) change.members.push_back(ids[record]);
            changes.push_back(std::move(change));
        }
        for (const auto& [old, was] : old_members) {
            if (!taken.contains(old)) changes.push_back({old, {}, {}});
        }
        std::sort(changes.begin(), changes.end(),
                  [](const ClusterChange& a, const ClusterChange& b) { return a.cluster < b.cluster; });
        return changes;
    }
};

LiveIndex::LiveIndex(Model model, const LinkOptions& options)
    : state_(std::make_unique<State>(std::move(model), options)) {}
LiveIndex::~LiveIndex() = default;

Result<std::unique_ptr<LiveIndex>> LiveIndex::from(Model model, std::vector<Record> records,
                                                   const LinkOptions& options) {
    return build(std::move(model), std::move(records), {}, options);
}

Result<std::unique_ptr<LiveIndex>> LiveIndex::build(Model model, std::vector<Record> records,
                                                    std::vector<std::string> value_names, const LinkOptions& options) {
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.id < b.id; });
    auto index = std::make_unique<LiveIndex>(std::move(model), options);
    State& state = *index->state_;
    state.names = std::move(value_names);
    const unsigned threads = detail::threads_or_all(options.threads);
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].id.empty()) return Error{ErrorKind::invalid, "a record has no id"};
        if (i != 0 && records[i].id == records[i - 1].id)
            return Error{ErrorKind::conflict, fmt::format("two records have the id '{}'", records[i].id)};
    }
    state.data = Dataset::from(records, state.model.schema, threads, State::visits_max);
    for (const Record& record : records) state.place_for(record);
    records = {};
    state.comparer.extend(threads);
    state.comparer.count_holders();
    state.count_holders();
    state.post_all(threads);
    LinkOptions batch = options;
    batch.progress = nullptr;
    const Linkage linkage = link(state.data, state.model, batch);
    for (const Edge& edge : linkage.edges) {
        state.edges[edge.a].push_back({edge.b, edge.bits});
        state.edges[edge.b].push_back({edge.a, edge.bits});
    }
    for (std::uint32_t place = 0; place < records.size(); ++place) {
        const std::uint32_t first = linkage.clusters[place];
        if (first == place) state.cluster[place] = ++state.last_cluster;
        state.cluster[place] = state.cluster[first];
        state.members[state.cluster[place]].push_back(place);
    }
    return index;
}

Result<std::vector<ClusterChange>> LiveIndex::add(const Record& record) {
    if (record.id.empty()) return Error{ErrorKind::invalid, "a record needs an id"};
    const std::unique_lock lock(guard_);
    if (state_->by_id.contains(record.id)) return Error{ErrorKind::conflict, "there is a record with this id"};
    state_->insert(record, state_->data.encode(record));
    return state_->settle();
}

Result<std::vector<ClusterChange>> LiveIndex::change(const Record& record) {
    const std::unique_lock lock(guard_);
    const auto found = state_->by_id.find(record.id);
    if (found == state_->by_id.end()) return Error{ErrorKind::not_found, "there is no record with this id"};
    const std::uint32_t place = found->second;
    // Decisions are about the record, not about what it said.
    std::vector<std::pair<std::uint32_t, bool>> kept;
    for (auto it = state_->decisions.lower_bound({place, 0}); it != state_->decisions.end() && it->first.first == place;
         ++it) {
        kept.emplace_back(it->first.second, it->second);
    }
    state_->erase(place);
    const ClusterId was = state_->cluster[place];
    state_->gone.pop_back();
    state_->ids[place].clear();
    state_->free.push_back(place);
    state_->insert(record, state_->data.encode(record));  // takes the same place again
    state_->cluster[place] = was;
    for (const auto& [other, same] : kept) {
        state_->decisions[{place, other}] = same;
        state_->decisions[{other, place}] = same;
    }
    return state_->settle();
}

Result<std::vector<ClusterChange>> LiveIndex::remove(std::string_view id) {
    const std::unique_lock lock(guard_);
    const auto found = state_->by_id.find(id);
    if (found == state_->by_id.end()) return Error{ErrorKind::not_found, "there is no record with this id"};
    state_->erase(found->second);
    return state_->settle();
}

Result<std::vector<ClusterChange>> LiveIndex::decide(std::string_view a, std::string_view b, std::optional<bool> same) {
    const std::unique_lock lock(guard_);
    const auto left = state_->by_id.find(a);
    const auto right = state_->by_id.find(b);
    if (left == state_->by_id.end() || right == state_->by_id.end())
        return Error{ErrorKind::not_found, "there is no record with this id"};
    if (left->second == right->second) return Error{ErrorKind::invalid, "a record is always the same as itself"};
    const std::pair forth{left->second, right->second};
    const std::pair back{right->second, left->second};
    if (same) {
        state_->decisions[forth] = state_->decisions[back] = *same;
    } else {
        state_->decisions.erase(forth);
        state_->decisions.erase(back);
    }
    state_->touched.push_back(forth.first);
    state_->touched.push_back(forth.second);
    return state_->settle();
}

std::vector<Match> LiveIndex::query(const Record& record, std::size_t count, float least_bits) const {
    const std::shared_lock lock(guard_);
    const State::Visitor visitor(*state_);
    const Visit visit = state_->data.visit(record, visitor.place);
    state_->comparer.welcome(visit);
    Memory memory(10);  // one record against all others: few pairs of values come twice
    std::vector<std::uint32_t> found;
    state_->candidates(visit.row, found);
    std::vector<Match> matches;
    state_->each_ahead(found, [&](std::uint32_t other) {
        const float bits = state_->comparer.score(state_->data.row(other), visit.row, memory, least_bits);
        if (bits < least_bits || state_->ids[other] == record.id) return;
        matches.push_back({state_->ids[other], state_->cluster[other], bits, chance_of(bits)});
    });
    std::sort(matches.begin(), matches.end(),
              [](const Match& a, const Match& b) { return a.bits != b.bits ? a.bits > b.bits : a.id < b.id; });
    if (matches.size() > count) matches.resize(count);
    return matches;
}

std::size_t LiveIndex::size() const {
    const std::shared_lock lock(guard_);
    return state_->by_id.size();
}

std::optional<ClusterId> LiveIndex::cluster_of(std::string_view id) const {
    const std::shared_lock lock(guard_);
    const auto found = state_->by_id.find(id);
    if (found == state_->by_id.end()) return std::nullopt;
    return state_->cluster[found->second];
}

std::vector<std::string> LiveIndex::members(ClusterId cluster) const {
    const std::shared_lock lock(guard_);
    std::vector<std::string> ids;
    const auto found = state_->members.find(cluster);
    if (found == state_->members.end()) return ids;
    for (const auto record : found->second) ids.push_back(state_->ids[record]);
    std::sort(ids.begin(), ids.end());
    return ids;
}

Result<Explanation> LiveIndex::explain(std::string_view a, std::string_view b) const {
    const std::shared_lock lock(guard_);
    const auto left = state_->by_id.find(a);
    const auto right = state_->by_id.find(b);
    if (left == state_->by_id.end() || right == state_->by_id.end())
        return Error{ErrorKind::not_found, "there is no record with this id"};
    const bool ordered = a < b;
    const Row& first = state_->data.row(ordered ? left->second : right->second);
    const Row& second = state_->data.row(ordered ? right->second : left->second);
    return link::explain(state_->comparer, first, second);
}

std::vector<std::pair<std::string, float>> LiveIndex::path(std::string_view a, std::string_view b) const {
    const std::shared_lock lock(guard_);
    const auto left = state_->by_id.find(a);
    const auto right = state_->by_id.find(b);
    if (left == state_->by_id.end() || right == state_->by_id.end()) return {};
    const ClusterId cluster = state_->cluster[left->second];
    if (state_->cluster[right->second] != cluster) return {};
    // The widest path: the chain whose weakest step is as strong as can be.
    std::map<std::uint32_t, std::pair<float, std::uint32_t>> best{{left->second, {1e9f, nobody}}};
    std::priority_queue<std::pair<float, std::uint32_t>> open;
    open.push({1e9f, left->second});
    while (!open.empty()) {
        const auto [width, record] = open.top();
        open.pop();
        if (record == right->second) break;
        if (width < best[record].first) continue;
        for (const Neighbour& other : state_->edges[record]) {
            if (state_->cluster[other.record] != cluster) continue;
            const float wide = std::min(width, other.bits);
            const auto known = best.find(other.record);
            if (known != best.end() && known->second.first >= wide) continue;
            best[other.record] = {wide, record};
            open.push({wide, other.record});
        }
    }
    std::vector<std::pair<std::string, float>> steps;
    if (!best.contains(right->second)) return steps;
    for (std::uint32_t at = right->second; at != nobody;) {
        const std::uint32_t from = best[at].second;
        float bits = 0;
        if (from != nobody) {
            for (const Neighbour& other : state_->edges[from]) bits = other.record == at ? other.bits : bits;
        }
        steps.emplace_back(state_->ids[at], bits);
        at = from;
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
}

namespace {

constexpr std::string_view snapshot_mark = "tideline-live-2\n";

void put_number(std::string& to, std::uint64_t number) {
    to.append(reinterpret_cast<const char*>(&number), sizeof number);
}
void put_text(std::string& to, std::string_view text) {
    put_number(to, text.size());
    to += text;
}

class SnapshotReader {
public:
    explicit SnapshotReader(std::string_view bytes) : left_(bytes) {}
    std::uint64_t number() {
        std::uint64_t number = 0;
        if (left_.size() < sizeof number) {
            broken = true;
            return 0;
        }
        std::memcpy(&number, left_.data(), sizeof number);
        left_.remove_prefix(sizeof number);
        return number;
    }
    std::string_view text() {
        const std::uint64_t size = number();
        if (broken || size > left_.size()) {
            broken = true;
            return {};
        }
        const std::string_view text = left_.substr(0, size);
        left_.remove_prefix(size);
        return text;
    }
    bool at_end() const { return left_.empty(); }
    bool broken = false;

private:
    std::string_view left_;
};

}  // namespace

std::string LiveIndex::snapshot() const {
    const std::shared_lock lock(guard_);
    std::string bytes(snapshot_mark);
    put_text(bytes, to_json(state_->model));
    std::vector<std::uint32_t> order;
    for (const auto& [id, record] : state_->by_id) order.push_back(record);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return state_->before(a, b); });
    put_number(bytes, state_->names.size());
    for (const std::string& name : state_->names) put_text(bytes, name);
    put_number(bytes, state_->last_cluster);
    put_number(bytes, order.size());
    for (const auto record : order) {
        put_text(bytes, state_->ids[record]);
        put_number(bytes, state_->cluster[record]);
        put_text(bytes, state_->said[record]);
    }
    std::vector<std::tuple<std::string, std::string, bool>> decided;
    for (const auto& [pair, same] : state_->decisions) {
        if (state_->ids[pair.first] < state_->ids[pair.second])
            decided.emplace_back(state_->ids[pair.first], state_->ids[pair.second], same);
    }
    std::sort(decided.begin(), decided.end());
    put_number(bytes, decided.size());
    for (const auto& [a, b, same] : decided) {
        put_text(bytes, a);
        put_text(bytes, b);
        put_number(bytes, same ? 1 : 0);
    }
    put_number(bytes, detail::hash_of(bytes));
    return bytes;
}

Result<std::unique_ptr<LiveIndex>> LiveIndex::restore(std::string_view bytes, const LinkOptions& options) {
    const Error corrupt{ErrorKind::corrupt, "this is not a whole snapshot of a linking index"};
    if (!bytes.starts_with(snapshot_mark) || bytes.size() < snapshot_mark.size() + 8) return corrupt;
    std::uint64_t check = 0;
    std::memcpy(&check, bytes.data() + bytes.size() - sizeof check, sizeof check);
    const std::string_view checked = bytes.substr(0, bytes.size() - sizeof check);
    if (detail::hash_of(checked) != check) return corrupt;
    SnapshotReader reader(checked.substr(snapshot_mark.size()));
    auto model = parse_model(reader.text());
    if (!model.ok()) return model.error();
    std::vector<std::string> names;
    for (std::uint64_t left = reader.number(); left > 0 && !reader.broken; --left) names.emplace_back(reader.text());
    const std::uint64_t last_cluster = reader.number();
    std::vector<Record> records;
    std::vector<ClusterId> clusters;
    for (std::uint64_t left = reader.number(); left > 0 && !reader.broken; --left) {
        Record& record = records.emplace_back();
        record.id = reader.text();
        clusters.push_back(reader.number());
        if (!unpack(reader.text(), names, record.values)) return corrupt;
    }
    std::vector<std::tuple<std::string, std::string, bool>> decided;
    for (std::uint64_t left = reader.number(); left > 0 && !reader.broken; --left) {
        std::string a(reader.text());
        std::string b(reader.text());
        decided.emplace_back(std::move(a), std::move(b), reader.number() != 0);
    }
    if (reader.broken || !reader.at_end()) return corrupt;
    LinkOptions chosen = options;
    for (const auto& [a, b, same] : decided) {
        const auto position = [&](const std::string& id) {
            const auto found =
                std::lower_bound(records.begin(), records.end(), id,
                                 [](const Record& record, const std::string& wanted) { return record.id < wanted; });
            return static_cast<std::uint32_t>(found - records.begin());
        };
        const std::uint32_t left = position(a);
        const std::uint32_t right = position(b);
        if (left >= records.size() || right >= records.size() || records[left].id != a || records[right].id != b)
            return corrupt;
        chosen.decisions.push_back({left, right, same});
    }
    auto index = build(*std::move(model), std::move(records), std::move(names), chosen);
    if (!index.ok()) return index.error();
    State& state = *(*index)->state_;
    state.options.decisions.clear();
    for (const Decision& decision : chosen.decisions) {
        state.decisions[{decision.a, decision.b}] = decision.same;
        state.decisions[{decision.b, decision.a}] = decision.same;
    }
    // Clusters go on under the names they had.
    state.members.clear();
    for (std::uint32_t place = 0; place < clusters.size(); ++place) {
        state.cluster[place] = clusters[place];
        state.members[clusters[place]].push_back(place);
    }
    state.last_cluster = last_cluster;
    return index;
}

std::size_t LiveIndex::bytes() const {
    const std::shared_lock lock(guard_);
    std::size_t bytes = state_->data.bytes() + state_->postings.bytes();
    for (const auto& list : state_->edges) bytes += sizeof list + list.capacity() * sizeof(Neighbour);
    for (const auto& values : state_->said) bytes += sizeof values + values.capacity();
    bytes += state_->ids.size() * (sizeof(std::string) + 48);
    return bytes;
}

}  // namespace tideline::link
