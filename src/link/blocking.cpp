#include "link/blocking.h"

#include "link/detail/parallel.h"

namespace tideline::link {

namespace {

using Part = BlockingRule::Part;
constexpr std::size_t keys_max = 8;             // of one row under one rule
constexpr std::size_t skipped_listed_max = 40;  // of one rule; all are counted

/// The number that a value contributes to a key; 0 if there is none.
std::uint64_t part_of(const Dataset& data, Part part, std::uint32_t value) {
    switch (part) {
        case Part::value: return value;
        case Part::given_token: return data.name(value).given_key;
        case Part::family_token: return data.name(value).family_key;
        case Part::given_initial: return static_cast<unsigned char>(data.name(value).given_initial);
        case Part::family_initial: return static_cast<unsigned char>(data.name(value).family_initial);
        case Part::given_skeleton: return data.name(value).given_skeleton;
        case Part::family_skeleton: return data.name(value).family_skeleton;
        case Part::year: return value >> 16;
        case Part::month_day: return (value & 0xFFFF) == 0x0101 || (value & 0xFF) == 0 ? 0 : value & 0xFFFF;
        case Part::year_month: return (value & 0xFF00) == 0 || (value & 0xFFFF) == 0x0101 ? 0 : value >> 8;
        case Part::names_token:
        case Part::names_skeleton: return 0;
    }
    return 0;
}

bool of_dates(const Dataset& data, int slot) { return data.slots()[static_cast<std::size_t>(slot)].kind == Kind::date; }

/// Key of a row that has one value wherever the pieces look; 0 for none, and `several` is set if there are more.
std::uint64_t plain_key(const Dataset& data, std::span<const BlockingRule::Piece> pieces, const Row& row,
                        bool& several) {
    std::uint64_t key = 0x243F6A8885A308D3ull;
    for (const auto& piece : pieces) {
        std::uint32_t value = row.value[static_cast<std::size_t>(piece.slot)];
        if (value == 0 && piece.instead >= 0) value = row.value[static_cast<std::size_t>(piece.instead)];
        if (value == 0) return 0;
        const bool date = of_dates(data, piece.slot);
        if ((value & Dataset::several) != 0 && !date) several = true;
        std::uint64_t part = 0;
        if (piece.other >= 0) {
            const std::uint32_t other = row.value[static_cast<std::size_t>(piece.other)];
            if (other == 0) return 0;
            if ((other & Dataset::several) != 0) several = true;
            if (several) return 1;
            const bool token = piece.part == Part::names_token;
            const NameParts& given = data.name(value);
            const NameParts& family = data.name(other);
            const std::uint64_t one = token ? given.given_key : given.given_skeleton;
            const std::uint64_t two = token ? family.family_key : family.family_skeleton;
            part = std::min(one, two) << 32 | std::max(one, two);
        } else {
            if (several) return 1;
            part = part_of(data, piece.part, value);
        }
        if (part == 0) return 0;
        key = detail::mix(key, part);
    }
    return key | 1;
}

}  // namespace

void keys_of(const Dataset& data, std::span<const BlockingRule::Piece> pieces, const Row& row,
             std::vector<std::uint64_t>& keys) {
    keys.clear();
    bool several = false;
    const std::uint64_t plain = plain_key(data, pieces, row, several);
    if (plain == 0) return;
    if (!several) {
        keys.push_back(plain);
        return;
    }
    std::vector<std::uint64_t> before{0x243F6A8885A308D3ull};
    for (const auto& piece : pieces) {
        std::vector<std::uint64_t> after;
        const bool absent = row.value[static_cast<std::size_t>(piece.slot)] == 0 && piece.instead >= 0;
        const std::uint32_t& slot_value = row.value[static_cast<std::size_t>(absent ? piece.instead : piece.slot)];
        const auto values = of_dates(data, piece.slot)
                                ? std::span<const std::uint32_t>(&slot_value, slot_value == 0 ? 0u : 1u)
                                : data.values(slot_value);
        const auto add = [&](std::uint64_t part) {
            if (part == 0) return;
            for (const auto key : before) {
                if (after.size() < keys_max) after.push_back(detail::mix(key, part));
            }
        };
        for (const auto value : values) {
            if (piece.other < 0) {
                add(part_of(data, piece.part, value));
                continue;
            }
            const bool token = piece.part == Part::names_token;
            for (const auto other : data.values(row.value[static_cast<std::size_t>(piece.other)])) {
                const std::uint64_t one = token ? data.name(value).given_key : data.name(value).given_skeleton;
                const std::uint64_t two = token ? data.name(other).family_key : data.name(other).family_skeleton;
                add(std::min(one, two) << 32 | std::max(one, two));
            }
        }
        before = std::move(after);
    }
    for (const auto key : before) keys.push_back(key | 1);
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

std::string describe_key(const Dataset& data, std::span<const BlockingRule::Piece> pieces, const Row& row) {
    std::string text;
    const auto add = [&](std::string_view part) {
        if (!text.empty()) text += ", ";
        text += part;
    };
    for (const auto& piece : pieces) {
        const bool absent = row.value[static_cast<std::size_t>(piece.slot)] == 0 && piece.instead >= 0;
        const auto slot = static_cast<std::size_t>(absent ? piece.instead : piece.slot);
        const std::uint32_t& slot_value = row.value[slot];
        if (of_dates(data, piece.slot)) {
            const std::string date = data.text(slot, slot_value);
            add(piece.part == Part::year         ? date.substr(0, 4)
                : piece.part == Part::month_day  ? date.substr(5)
                : piece.part == Part::year_month ? date.substr(0, 7)
                                                 : date);
            continue;
        }
        for (const auto value : data.values(slot_value)) {
            switch (piece.part) {
                case Part::given_initial: add(std::string(1, data.name(value).given_initial)); break;
                case Part::family_initial: add(std::string(1, data.name(value).family_initial)); break;
                case Part::given_token: add(data.names()[data.name(value).given_key]); break;
                case Part::family_token: add(data.names()[data.name(value).family_key]); break;
                default: add(data.view(slot, value)); break;
            }
        }
        if (piece.other >= 0) {
            for (const auto value : data.values(row.value[static_cast<std::size_t>(piece.other)]))
                add(data.names()[value]);
        }
    }
    return text;
}

namespace {

struct Entry {
    std::uint32_t key;
    std::uint32_t record;
};

/// Sorts by key; equal keys stay in the order of the records.
void sort_by_key(std::vector<Entry>& entries) {
    if (entries.size() < 4096) {
        std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
        return;
    }
    std::vector<Entry> other(entries.size());
    for (const unsigned shift : {0u, 11u, 22u}) {
        const std::uint32_t mask = shift == 22 ? 1023 : 2047;
        std::uint32_t at[2048] = {};
        for (const Entry& entry : entries) ++at[entry.key >> shift & mask];
        std::uint32_t sum = 0;
        for (auto& place : at) sum += std::exchange(place, sum);
        for (const Entry& entry : entries) other[at[entry.key >> shift & mask]++] = entry;
        entries.swap(other);
    }
}

/// Calls body(begin, end) for every run of equal keys.
template <class Body>
void each_run(const std::vector<Entry>& entries, Body&& body) {
    for (std::size_t begin = 0; begin < entries.size();) {
        std::size_t end = begin + 1;
        while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
        body(begin, end);
        begin = end;
    }
}

/// The largest block size with which all blocks up to it hold at most `pairs` pairs.
std::uint32_t size_for_budget(const std::vector<Entry>& entries, double pairs) {
    constexpr std::uint32_t smallest = 3;
    constexpr std::uint32_t largest = 2'000;
    std::vector<double> pairs_of_size(largest + 1);
    each_run(entries, [&](std::size_t begin, std::size_t end) {
        const auto size = static_cast<double>(end - begin);
        if (end - begin <= largest) pairs_of_size[end - begin] += size * (size - 1) / 2;
    });
    double sum = 0;
    for (std::uint32_t size = 2; size <= largest; ++size) {
        sum += pairs_of_size[size];
        if (sum > pairs) return std::max(size - 1, smallest);
    }
    return largest;
}

}  // namespace

void Blocks::build(const Dataset& data, BlockingRule& rule, std::size_t at, double pairs_per_record,
                   std::vector<SkippedBlock>& skipped, std::size_t& skipped_count) {
    std::vector<Entry> entries;
    entries.reserve(data.size());
    std::vector<std::uint64_t> keys;
    for (std::uint32_t record = 0; record < data.size(); ++record) {
        bool several = false;
        const std::uint64_t key = plain_key(data, rule.pieces, data.row(record), several);
        if (several) {
            keys_of(data, rule.pieces, data.row(record), keys);
            for (const auto one : keys) entries.push_back({detail::key_of(one), record});
        } else if (key != 0) {
            entries.push_back({detail::key_of(key), record});
        }
    }
    sort_by_key(entries);
    if (rule.block_max == 0) {
        rule.block_max = size_for_budget(entries, pairs_per_record * static_cast<double>(data.size()) + 200'000);
    }
    Rule& built = rules_[at];
    std::vector<Entry> split;
    struct Big {
        std::uint32_t key;
        std::uint32_t sample;
        std::size_t records;
    };
    std::vector<Big> bigs;
    const auto take = [&](const std::vector<Entry>& from, std::size_t begin, std::size_t end) {
        const std::uint64_t size = end - begin;
        built.starts.push_back(static_cast<std::uint32_t>(built.members.size()));
        const auto block = static_cast<std::uint32_t>(built.starts.size());
        for (std::size_t i = begin; i < end; ++i) {
            built.members.push_back(from[i].record);
            block_of_[from[i].record * stride_ + at] = block;
        }
        built.pairs += size * (size - 1) / 2;
    };
    each_run(entries, [&](std::size_t begin, std::size_t end) {
        if (end - begin < 2) return;
        if (end - begin <= rule.block_max) return take(entries, begin, end);
        bigs.push_back({entries[begin].key, entries[begin].record, end - begin});
        if (rule.finer.empty()) return;
        for (std::size_t i = begin; i < end; ++i) {
            keys_of(data, rule.finer, data.row(entries[i].record), keys);
            for (const auto key : keys)
                split.push_back({detail::key_of(detail::mix(key, entries[i].key)), entries[i].record});
        }
    });
    std::size_t in_parts = 0;
    if (!split.empty()) {
        sort_by_key(split);
        each_run(split, [&](std::size_t begin, std::size_t end) {
            if (end - begin < 2 || end - begin > rule.block_max) return;
            take(split, begin, end);
            in_parts += end - begin;
        });
    }
    built.starts.push_back(static_cast<std::uint32_t>(built.members.size()));
    skipped_count = bigs.size();
    std::size_t total = 0;
    for (const Big& big : bigs) total += big.records;
    std::sort(bigs.begin(), bigs.end(), [](const Big& a, const Big& b) { return a.records > b.records; });
    for (std::size_t i = 0; i < std::min(bigs.size(), skipped_listed_max); ++i) {
        const Big& big = bigs[i];
        const auto share = static_cast<std::size_t>(static_cast<double>(in_parts) * static_cast<double>(big.records) /
                                                    static_cast<double>(total));
        skipped.push_back({rule.name, describe_key(data, rule.pieces, data.row(big.sample)), big.records, share});
    }
}

Blocks::Blocks(const Dataset& data, std::vector<BlockingRule>& rules, double pairs_per_record, unsigned threads)
    : rules_(rules.size()), stride_((rules.size() + lanes - 1) / lanes * lanes) {
    block_of_.resize(data.size() * stride_);
    std::vector<std::vector<SkippedBlock>> skipped(rules.size());
    std::vector<std::size_t> counts(rules.size());
    detail::parallel(rules.size(), threads, [&](std::size_t at, unsigned) {
        build(data, rules[at], at, pairs_per_record, skipped[at], counts[at]);
    });
    for (std::size_t at = 0; at < rules.size(); ++at) {
        skipped_.insert(skipped_.end(), skipped[at].begin(), skipped[at].end());
        skipped_count_ += counts[at];
    }
}

std::uint32_t Blocks::met_under(std::uint32_t a, std::uint32_t b) const {
    std::uint32_t met = 0;
    for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
        const std::uint32_t left = block_of_[a * stride_ + rule];
        if (left != 0 && left == block_of_[b * stride_ + rule]) met |= 1u << rule;
    }
    return met;
}

std::size_t Blocks::bytes() const {
    std::size_t bytes = block_of_.capacity() * 4;
    for (const Rule& rule : rules_) bytes += rule.members.capacity() * 4 + rule.starts.capacity() * 4;
    return bytes;
}

}  // namespace tideline::link
