#include "link/blocking.h"

#include <deque>

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

/// Numbers below this are not parts of keys: 0 is "nothing", 1 is kept for "several".
constexpr std::uint32_t first_part = 2;

/// Calls emit(part) for everything that a piece contributes for a row.
template <class Emit>
void parts_of_piece(const Dataset& data, const BlockingRule::Piece& piece, const Row& row, Emit&& emit) {
    const bool absent = piece.instead >= 0 && row.value[static_cast<std::size_t>(piece.slot)] == 0;
    const std::uint32_t& slot_value = row.value[static_cast<std::size_t>(absent ? piece.instead : piece.slot)];
    if (slot_value == 0) return;
    for (const auto value : data.values(slot_value)) {
        if (piece.other < 0) {
            const std::uint64_t part = part_of(data, piece.part, value);
            if (part != 0) emit(std::max(detail::key_of(detail::mix(part, 1)), first_part));
            continue;
        }
        for (const auto other : data.values(row.value[static_cast<std::size_t>(piece.other)])) {
            const bool token = piece.part == Part::names_token;
            const NameParts& given = data.name(value);
            const NameParts& family = data.name(other);
            const std::uint64_t one = token ? given.given_key : given.given_skeleton;
            const std::uint64_t two = token ? family.family_key : family.family_skeleton;
            emit(std::max(detail::key_of(detail::mix(std::min(one, two) << 32 | std::max(one, two), 1)), first_part));
        }
    }
}

}  // namespace

void keys_of(const Dataset& data, std::span<const BlockingRule::Piece> pieces, const Row& row,
             std::vector<std::uint64_t>& keys) {
    keys.assign(1, 0);
    std::vector<std::uint64_t> longer;
    for (const auto& piece : pieces) {
        longer.clear();
        parts_of_piece(data, piece, row, [&](std::uint32_t part) {
            for (const auto key : keys) {
                if (longer.size() < keys_max) longer.push_back(detail::mix(key, part));
            }
        });
        keys.swap(longer);
    }
    if (keys.size() > 1) {
        std::sort(keys.begin(), keys.end());
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    }
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
        for (const auto value : data.values(slot_value)) {
            switch (piece.part) {
                case Part::year: add(data.text(slot, value).substr(0, 4)); break;
                case Part::month_day: add(data.text(slot, value).substr(5)); break;
                case Part::year_month: add(data.text(slot, value).substr(0, 7)); break;
                case Part::given_initial: add(std::string(1, data.name(value).given_initial)); break;
                case Part::family_initial: add(std::string(1, data.name(value).family_initial)); break;
                case Part::given_token: add(data.names()[data.name(value).given_key]); break;
                case Part::family_token: add(data.names()[data.name(value).family_key]); break;
                default: add(data.text(slot, value)); break;
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

}  // namespace

/// Memory that one worker uses for one rule after the other.
struct BlockScratch {
    std::vector<Entry> entries, other, split;
    std::vector<std::uint64_t> seen;
};

namespace {

/// Sorts by key; equal keys stay in the order of the records.
void sort_by_key(std::vector<Entry>& entries, std::vector<Entry>& other) {
    if (entries.size() < 4096) {
        std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
        return;
    }
    other.resize(entries.size());
    static constexpr unsigned shifts[3] = {0, 11, 22};
    std::vector<std::uint32_t> at(3 * 2048);
    for (const Entry& entry : entries) {
        for (unsigned pass = 0; pass < 3; ++pass) ++at[pass * 2048 + (entry.key >> shifts[pass] & 2047)];
    }
    for (unsigned pass = 0; pass < 3; ++pass) {
        std::uint32_t* const places = &at[pass * 2048];
        std::uint32_t sum = 0;
        for (unsigned i = 0; i < 2048; ++i) sum += std::exchange(places[i], sum);
        for (const Entry& entry : entries) other[places[entry.key >> shifts[pass] & 2047]++] = entry;
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

/// The pieces of all keys, each once.
std::vector<BlockingRule::Piece> pieces_of(const std::vector<BlockingRule>& rules) {
    std::vector<BlockingRule::Piece> pieces;
    for (const BlockingRule& rule : rules) {
        for (const auto* some : {&rule.pieces, &rule.finer}) {
            for (const auto& piece : *some) {
                if (std::find(pieces.begin(), pieces.end(), piece) == pieces.end()) pieces.push_back(piece);
            }
        }
    }
    return pieces;
}

/// What each piece contributes, for all records: computed once for all rules that use it.
class Columns {
public:
    Columns(const Dataset& data, const std::vector<BlockingRule>& rules, unsigned threads) {
        for (const auto& piece : pieces_of(rules)) columns_.push_back({piece, std::vector<std::uint32_t>(data.size())});
        constexpr std::size_t stretch = 1 << 13;  // the names of so many records stay in the cache
        detail::parallel((data.size() + stretch - 1) / stretch, threads, [&](std::size_t task, unsigned) {
            const std::size_t end = std::min(data.size(), (task + 1) * stretch);
            for (Column& column : columns_) {
                for (std::size_t record = task * stretch; record < end; ++record) {
                    std::uint32_t found = 0;
                    parts_of_piece(data, column.piece, data.row(record), [&](std::uint32_t part) {
                        found = found == 0 || found == part ? part : several_values;
                    });
                    column.parts[record] = found;
                }
            }
        });
    }
    /// Marks a record that has several values there.
    static constexpr std::uint32_t several_values = 1;
    const std::vector<std::uint32_t>& of(const BlockingRule::Piece& piece) const { return *find(piece); }

private:
    struct Column {
        BlockingRule::Piece piece;
        std::vector<std::uint32_t> parts;
    };
    const std::vector<std::uint32_t>* find(const BlockingRule::Piece& piece) const {
        for (const Column& column : columns_) {
            if (column.piece == piece) return &column.parts;
        }
        return nullptr;
    }
    std::deque<Column> columns_;
};

/// Keeps only the entries whose key may occur twice: most keys of a good rule do not, and need not be sorted.
void drop_singles(std::vector<Entry>& entries, std::vector<std::uint64_t>& seen) {
    constexpr unsigned counter_bits = 22;  // two bits each: a megabyte, which stays in the cache
    if (entries.size() < 4096) return;
    seen.assign(std::size_t{1} << (counter_bits - 5), 0);
    const auto place = [](std::uint32_t key) { return key >> (32 - counter_bits); };
    for (const Entry& entry : entries) {
        const std::uint32_t at = place(entry.key);
        std::uint64_t& word = seen[at >> 5];
        const unsigned shift = (at & 31) * 2;
        const std::uint64_t once = word >> shift & 1;
        word |= (std::uint64_t{1} | once << 1) << shift;
    }
    std::size_t kept = 0;
    for (const Entry& entry : entries) {
        const std::uint32_t at = place(entry.key);
        entries[kept] = entry;
        kept += seen[at >> 5] >> ((at & 31) * 2 + 1) & 1;
    }
    entries.resize(kept);
}

/// The largest block size with which all blocks up to it hold at most `pairs` pairs.
std::uint32_t size_for_budget(const std::vector<Entry>& entries, double pairs) {
    constexpr std::uint32_t smallest = 3;
    constexpr std::uint32_t largest = 250;
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

/// Everything that building needs and that is not part of the result.
struct BlockSource {
    const Dataset& data;
    Columns columns;
    std::vector<BlockScratch> scratch;  // one per worker
};

void Blocks::build(const BlockSource& source, BlockScratch& scratch, BlockingRule& rule, std::size_t at,
                   double pairs_per_record, std::vector<SkippedBlock>& skipped, std::size_t& skipped_count) {
    const Dataset& data = source.data;
    std::vector<Entry>& entries = scratch.entries;
    entries.clear();
    entries.reserve(data.size());
    std::vector<std::uint64_t> keys;
    std::vector<const std::uint32_t*> columns;
    for (const auto& piece : rule.pieces) columns.push_back(source.columns.of(piece).data());
    for (std::uint32_t record = 0; record < data.size(); ++record) {
        std::uint64_t key = 0;
        bool several = false;
        bool whole = true;
        for (const std::uint32_t* column : columns) {
            const std::uint32_t part = column[record];
            whole = whole && part != 0;
            several = several || part == Columns::several_values;
            key = detail::mix(key, part);
        }
        if (!whole) continue;
        if (!several) {
            entries.push_back({detail::key_of(key), record});
            continue;
        }
        keys_of(data, rule.pieces, data.row(record), keys);
        for (const auto one : keys) entries.push_back({detail::key_of(one), record});
    }
    drop_singles(entries, scratch.seen);
    sort_by_key(entries, scratch.other);
    if (rule.block_max == 0) {
        rule.block_max = size_for_budget(entries, pairs_per_record * static_cast<double>(data.size()) + 200'000);
    }
    Rule& built = rules_[at];
    std::vector<Entry>& split = scratch.split;
    split.clear();
    std::vector<const std::uint32_t*> finer;
    for (const auto& piece : rule.finer) finer.push_back(source.columns.of(piece).data());
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
            if (finer.size() == 1 && finer[0][entries[i].record] != Columns::several_values) {
                const std::uint32_t part = finer[0][entries[i].record];
                const std::uint64_t key = detail::mix(0, part);
                if (part != 0) split.push_back({detail::key_of(detail::mix(key, entries[i].key)), entries[i].record});
                continue;
            }
            keys_of(data, rule.finer, data.row(entries[i].record), keys);
            for (const auto key : keys)
                split.push_back({detail::key_of(detail::mix(key, entries[i].key)), entries[i].record});
        }
    });
    std::size_t in_parts = 0;
    if (!split.empty()) {
        drop_singles(split, scratch.seen);
        sort_by_key(split, scratch.other);
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
    : rules_(rules.size()), stride_(stride_of(rules.size())) {
    block_of_.resize(data.size() * stride_);
    std::vector<std::vector<SkippedBlock>> skipped(rules.size());
    std::vector<std::size_t> counts(rules.size());
    BlockSource source{data, Columns(data, rules, threads), std::vector<BlockScratch>(std::max(1u, threads))};
    detail::parallel(rules.size(), threads, [&](std::size_t at, unsigned worker) {
        build(source, source.scratch[worker], rules[at], at, pairs_per_record, skipped[at], counts[at]);
    });
    for (std::size_t at = 0; at < rules.size(); ++at) {
        skipped_.insert(skipped_.end(), skipped[at].begin(), skipped[at].end());
        skipped_count_ += counts[at];
    }
}

void Blocks::keep_only(const std::vector<bool>& keep, unsigned threads) {
    std::vector<std::size_t> kept;
    for (std::size_t rule = 0; rule < keep.size(); ++rule) {
        if (keep[rule]) kept.push_back(rule);
    }
    // Rules move to the front of each record's list; what is left behind becomes "in no block".
    const std::size_t records = stride_ == 0 ? 0 : block_of_.size() / stride_;
    detail::parallel_stretches(records, 1 << 14, threads, [&](std::size_t from, std::size_t to, unsigned) {
        for (std::size_t record = from; record < to; ++record) {
            std::uint32_t* const blocks = &block_of_[record * stride_];
            for (std::size_t at = 0; at < kept.size(); ++at) blocks[at] = blocks[kept[at]];
            std::fill(blocks + kept.size(), blocks + stride_, 0u);
        }
    });
    for (std::size_t at = 0; at < kept.size(); ++at) std::swap(rules_[at], rules_[kept[at]]);
    rules_.resize(kept.size());
}

std::uint32_t Blocks::met_under(std::uint32_t a, std::uint32_t b) const {
    std::uint32_t met = 0;
    for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
        const std::uint32_t left = block_of_[a * stride_ + rule];
        if (left != 0 && left == block_of_[b * stride_ + rule]) met |= 1u << rule;
    }
    return met;
}

Blocks::BytesNeeded Blocks::bytes_needed(const std::vector<BlockingRule>& rules, std::size_t records,
                                         unsigned threads) {
    // Under a rule most records meet nobody, and some meet others in two blocks.
    const std::size_t members = records * rules.size() * sizeof(std::uint32_t) / 2;
    const std::size_t built = records * stride_of(rules.size()) * sizeof(std::uint32_t) + members;
    const std::size_t columns = records * pieces_of(rules).size() * sizeof(std::uint32_t);
    return {built + columns + std::max(1u, threads) * records * 2 * sizeof(Entry), built};
}

std::size_t Blocks::bytes() const {
    std::size_t bytes = block_of_.capacity() * 4;
    for (const Rule& rule : rules_) bytes += rule.members.capacity() * 4 + rule.starts.capacity() * 4;
    return bytes;
}

}  // namespace tideline::link
