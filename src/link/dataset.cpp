#include "link/dataset.h"

#include <fmt/format.h>

#include "base/text.h"
#include "link/detail/parallel.h"

namespace tideline::link {

namespace {

constexpr std::string_view particles[] = {"al",  "el",  "de",  "la",  "da",  "do",  "dos", "das", "del", "di",
                                          "bin", "ibn", "ben", "van", "von", "der", "den", "ul",  "ur",  "abd",
                                          "st",  "le",  "du",  "mc",  "mac", "o",   "the", "of"};

bool is_particle(std::string_view token) {
    return std::find(std::begin(particles), std::end(particles), token) != std::end(particles);
}

std::string_view first_token(std::string_view name) { return name.substr(0, name.find(' ')); }

std::string_view family_token(std::string_view name) {
    std::string_view rest = name;
    while (!rest.empty()) {
        const std::string_view token = first_token(rest);
        rest.remove_prefix(std::min(token.size() + 1, rest.size()));
        if (!is_particle(token)) return token;
    }
    return first_token(name);
}

bool is_name(Kind kind) { return kind == Kind::given_name || kind == Kind::family_name || kind == Kind::full_name; }

}  // namespace

std::pair<std::string_view, std::string_view> split_name(std::string_view whole) {
    whole = text::trim(whole);
    const std::size_t comma = whole.find(',');
    if (comma != std::string_view::npos && comma + 1 < whole.size()) {
        return {text::trim(whole.substr(comma + 1)), text::trim(whole.substr(0, comma))};
    }
    const std::size_t space = whole.rfind(' ');
    if (space == std::string_view::npos) return {whole, {}};
    return {text::trim(whole.substr(0, space)), whole.substr(space + 1)};
}

namespace {

std::uint64_t head_of(std::string_view text) {
    std::uint64_t head = 0;
    __builtin_memcpy(&head, text.data(), std::min<std::size_t>(text.size(), sizeof head));
    return head;
}

}  // namespace

Sketch Sketch::of(std::string_view text) {
    std::uint32_t letters = 0;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') {
            letters |= 1u << (c - 'a');
        } else if (c != ' ') {
            letters |= 1u << 26;
        }
    }
    return {letters | static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 31)) << 27};
}

std::vector<Slot> Dataset::slots_of(const Schema& schema) {
    std::vector<Slot> slots;
    std::uint8_t dictionary = 1;  // 0 is for names
    for (const Field& field : schema.fields) {
        if (field.kind == Kind::ignored) continue;
        Slot slot;
        slot.name = field.name;
        slot.kind = field.kind;
        slot.joined = field.joined;
        if (field.kind == Kind::full_name) {
            slot.split_name = true;
            slot.kind = Kind::given_name;
            slot.name = field.name + " (given)";
            slots.push_back(slot);
            slot.kind = Kind::family_name;
            slot.name = field.name + " (family)";
            slots.push_back(slot);
            continue;
        }
        if (!is_name(field.kind)) slot.dictionary = dictionary++;
        slots.push_back(std::move(slot));
    }
    return slots;
}

Dataset::Dataset(const Schema& schema) : schema_(schema), slots_(slots_of(schema)), names_(1) {
    std::uint8_t highest = 0;
    for (const Slot& slot : slots_) highest = std::max(highest, slot.dictionary);
    dictionaries_.resize(highest + 1u);
    parts_.resize(highest + 1u);
    for (auto& parts : parts_) parts.resize(1);
}

Result<Dataset> Dataset::from(const Table& table, const Schema& schema, unsigned threads) {
    Dataset set(schema);
    if (set.slots_.empty())
        return Error{ErrorKind::invalid,
                     "no column was recognised as something to compare; name them in a configuration"};
    if (set.slots_.size() > fields_max) {
        return Error{ErrorKind::too_large,
                     fmt::format("{} compared fields; the limit is {}", set.slots_.size(), fields_max)};
    }
    std::size_t slot_number = 0;
    for (const Field& field : schema.fields) {
        if (field.kind == Kind::ignored) continue;
        for (int part = 0; part < (field.kind == Kind::full_name ? 2 : 1); ++part) {
            Slot& slot = set.slots_[slot_number++];
            for (const std::string& name : field.columns) {
                const auto column = table.column(name);
                if (!column)
                    return Error{ErrorKind::invalid,
                                 fmt::format("field '{}': the file has no column '{}'", field.name, name)};
                slot.columns.push_back(*column);
            }
            if (slot.kind == Kind::date) slot.day_order = guess_day_order(table, slot.columns);
        }
    }

    // Every dictionary is filled by one thread at a time, so that numbers do not depend on timing.
    const std::size_t rows = table.rows();
    std::vector<std::vector<std::uint32_t>> columns(set.slots_.size());
    struct Extra {
        std::size_t row;
        std::vector<std::uint32_t> values;
    };
    std::vector<std::vector<Extra>> extras(set.slots_.size());
    std::vector<std::vector<std::size_t>> by_dictionary(set.dictionaries_.size());
    for (std::size_t slot = 0; slot < set.slots_.size(); ++slot)
        by_dictionary[set.slots_[slot].dictionary].push_back(slot);

    const auto fill = [&](std::size_t slot_at) {
        const Slot& slot = set.slots_[slot_at];
        auto& column = columns[slot_at];
        column.assign(rows, 0);
        detail::Normal scratch;
        const auto encode_cell = [&](std::size_t row, std::string_view cell) {
            if (cell.empty()) return;
            if (!table.several_values() || cell.find(value_separator) == std::string_view::npos) {
                const std::uint32_t value = set.encode_value(slot_at, cell, scratch);
                if (value == 0 || value == column[row]) return;
                if (column[row] == 0) {
                    column[row] = value;
                    return;
                }
                if (extras[slot_at].empty() || extras[slot_at].back().row != row) extras[slot_at].push_back({row, {}});
                extras[slot_at].back().values.push_back(value);
                return;
            }
            for (const auto piece : text::split(cell, value_separator)) {
                const std::uint32_t value = set.encode_value(slot_at, piece, scratch);
                if (value == 0 || value == column[row]) continue;
                if (column[row] == 0) {
                    column[row] = value;
                    continue;
                }
                if (extras[slot_at].empty() || extras[slot_at].back().row != row) extras[slot_at].push_back({row, {}});
                extras[slot_at].back().values.push_back(value);
            }
        };
        if (slot.joined && slot.columns.size() > 1) {
            std::string whole;
            for (std::size_t row = 0; row < rows; ++row) {
                whole.clear();
                for (const std::size_t at : slot.columns) {
                    const std::string_view part = table.cell(row, at);
                    if (part.empty()) continue;
                    if (!whole.empty()) whole.push_back(' ');
                    whole += part;
                }
                encode_cell(row, whole);
            }
        } else {
            const bool plain = slot.columns.size() == 1 && slot.kind != Kind::date;
            if (plain) {
                set.encode_column(table, slot_at, column,
                                  [&](std::size_t row, std::string_view cell) { encode_cell(row, cell); });
            } else {
                for (const std::size_t at : slot.columns) table.each(at, 0, rows, encode_cell);
            }
            if (slot.columns.size() > 1) {
                std::sort(extras[slot_at].begin(), extras[slot_at].end(),
                          [](const Extra& a, const Extra& b) { return a.row < b.row; });
            }
        }
    };
    set.counts_.resize(set.slots_.size());
    detail::parallel(by_dictionary.size(), threads, [&](std::size_t dictionary, unsigned) {
        for (const std::size_t slot : by_dictionary[dictionary]) fill(slot);
        for (const std::size_t slot : by_dictionary[dictionary]) {
            if (set.slots_[slot].kind == Kind::date) continue;
            auto& counts = set.counts_[slot];
            counts.resize(set.dictionaries_[dictionary].size());
            for (const std::uint32_t value : columns[slot]) ++counts[value];
            counts[0] = 0;
            for (const Extra& extra : extras[slot]) {
                for (std::size_t i = 0; i < extra.values.size(); ++i) {
                    const auto seen = extra.values.begin() + static_cast<std::ptrdiff_t>(i);
                    if (std::find(extra.values.begin(), seen, extra.values[i]) == seen) ++counts[extra.values[i]];
                }
            }
        }
        if (dictionary == 0) {
            set.describe_names();
        } else {
            set.describe_values(dictionary);
        }
    });

    for (std::size_t slot = 0; slot < extras.size(); ++slot) {
        std::vector<std::uint32_t> values;
        for (std::size_t at = 0; at < extras[slot].size();) {
            const std::size_t row = extras[slot][at].row;
            values.assign(1, columns[slot][row]);
            for (; at < extras[slot].size() && extras[slot][at].row == row; ++at) {
                values.insert(values.end(), extras[slot][at].values.begin(), extras[slot][at].values.end());
            }
            columns[slot][row] = set.gather(values);
        }
    }
    set.rows_.resize(rows);
    constexpr std::size_t stretch = 1 << 14;
    detail::parallel((rows + stretch - 1) / stretch, threads, [&](std::size_t at, unsigned) {
        const std::size_t end = std::min(rows, (at + 1) * stretch);
        for (std::size_t slot = 0; slot < columns.size(); ++slot) {
            for (std::size_t row = at * stretch; row < end; ++row) set.rows_[row].value[slot] = columns[slot][row];
        }
    });
    return set;
}

std::uint32_t Dataset::encode_value(std::size_t slot_at, std::string_view raw, detail::Normal& scratch) {
    const Slot& slot = slots_[slot_at];
    if (slot.kind == Kind::date) return detail::parse_date(raw, slot.day_order);
    if (slot.split_name) {
        const auto [given, family] = split_name(raw);
        raw = slot.kind == Kind::given_name ? given : family;
    }
    detail::normalise(slot.kind, raw, scratch);
    if (scratch.size == 0) return 0;
    return dictionaries_[slot.dictionary].intern(scratch.view());
}

/// A column whose cells hold one value each, several cells at a time: while one value is looked up in the dictionary,
/// the places of the next ones are already on their way from memory.
void Dataset::encode_column(const Table& table, std::size_t slot_at, std::vector<std::uint32_t>& column,
                            const std::function<void(std::size_t, std::string_view)>& single) {
    constexpr std::size_t together = 24;
    const Slot& slot = slots_[slot_at];
    detail::Dictionary& dictionary = dictionaries_[slot.dictionary];
    std::vector<detail::Normal> normal(together);
    std::array<std::uint64_t, together> hash{};
    std::array<std::size_t, together> row_of{};
    std::size_t waiting = 0;
    const auto flush = [&] {
        for (std::size_t i = 0; i < waiting; ++i) dictionary.prefetch_entry(hash[i]);
        for (std::size_t i = 0; i < waiting; ++i) dictionary.prefetch_text(hash[i]);
        for (std::size_t i = 0; i < waiting; ++i) column[row_of[i]] = dictionary.intern(normal[i].view(), hash[i]);
        waiting = 0;
    };
    table.each(slot.columns[0], 0, table.rows(), [&](std::size_t row, std::string_view cell) {
        if (cell.empty()) return;
        if (table.several_values() && cell.find(value_separator) != std::string_view::npos) {
            flush();
            single(row, cell);
            return;
        }
        if (slot.split_name) {
            const auto [given, family] = split_name(cell);
            cell = slot.kind == Kind::given_name ? given : family;
        }
        detail::normalise(slot.kind, cell, normal[waiting]);
        if (normal[waiting].size == 0) return;
        hash[waiting] = detail::hash_of(normal[waiting].view());
        row_of[waiting] = row;
        dictionary.prefetch(hash[waiting]);
        if (++waiting == together) flush();
    });
    flush();
}

std::uint32_t Dataset::gather(std::vector<std::uint32_t>& found) {
    std::erase(found, 0u);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.empty()) return 0;
    if (found.size() == 1) return found[0];
    const auto at = static_cast<std::uint32_t>(several_.size());
    several_.push_back(static_cast<std::uint32_t>(found.size()));
    several_.insert(several_.end(), found.begin(), found.end());
    return at | several;
}

void Dataset::describe_names() {
    detail::Dictionary& names = dictionaries_[0];
    // Key tokens are added to the dictionary while it is walked, and are described in turn.
    std::string compact;
    std::string whole;
    for (std::uint32_t id = static_cast<std::uint32_t>(names_.size()); id < names.size(); ++id) {
        NameParts parts;
        whole.assign(names[id]);
        compact.clear();
        std::uint64_t bag = 0;
        for (std::size_t at = 0; at <= whole.size();) {
            const std::size_t end = std::min(whole.find(' ', at), whole.size());
            const std::string_view word(whole.data() + at, end - at);
            bag += detail::hash_of(word);
            compact += word;
            ++parts.tokens;
            at = end + 1;
        }
        parts.bag = detail::key_of(bag);
        parts.head = head_of(whole);
        parts.sketch = Sketch::of(whole);
        parts.length = static_cast<std::uint8_t>(std::min<std::size_t>(whole.size(), 255));
        parts.compact = detail::key_of(detail::hash_of(compact));
        const std::string_view given = first_token(whole);
        const std::string_view family = family_token(whole);
        const bool one_word = parts.tokens == 1;
        parts.given_key = one_word ? id : names.intern(given);
        parts.family_key = one_word ? id : names.intern(family);
        parts.given_skeleton = detail::key_of(detail::hash_of(detail::skeleton(given)));
        parts.family_skeleton =
            given == family ? parts.given_skeleton : detail::key_of(detail::hash_of(detail::skeleton(family)));
        parts.given_initial = given.empty() ? '\0' : given[0];
        parts.family_initial = family.empty() ? '\0' : family[0];
        names_.push_back(parts);
    }
}

void Dataset::describe_values(std::size_t at) {
    const detail::Dictionary& dictionary = dictionaries_[at];
    auto& parts = parts_[at];
    parts.reserve(dictionary.size());
    for (auto value = static_cast<std::uint32_t>(parts.size()); value < dictionary.size(); ++value) {
        parts.push_back({head_of(dictionary[value]), Sketch::of(dictionary[value])});
    }
}

std::string Dataset::text(std::size_t slot, std::uint32_t value) const {
    if (slots_[slot].kind == Kind::date) {
        return fmt::format("{:04x}-{:02x}-{:02x}", value >> 16, value >> 8 & 0xFF, value & 0xFF);
    }
    return std::string(view(slot, value));
}

Row Dataset::encode(const Record& record) {
    Row row;
    detail::Normal scratch;
    std::vector<std::uint32_t> found;
    std::size_t slot_at = 0;
    for (const Field& field : schema_.fields) {
        if (field.kind == Kind::ignored) continue;
        std::string joined;
        for (int part = 0; part < (field.kind == Kind::full_name ? 2 : 1); ++part, ++slot_at) {
            found.clear();
            const auto take = [&](std::string_view text) {
                for (const auto piece : text::split(text, value_separator)) {
                    if (!piece.empty()) found.push_back(encode_value(slot_at, piece, scratch));
                }
            };
            if (field.joined && field.columns.size() > 1) {
                joined.clear();
                for (const std::string& column : field.columns) {
                    for (const auto& [name, text] : record.values) {
                        if (name != column || text.empty()) continue;
                        if (!joined.empty()) joined.push_back(' ');
                        joined += text;
                    }
                }
                if (!joined.empty()) take(joined);
            }
            for (const auto& [name, text] : record.values) {
                const bool is_column =
                    !field.joined || field.columns.size() == 1
                        ? std::find(field.columns.begin(), field.columns.end(), name) != field.columns.end()
                        : false;
                if (is_column || name == field.name) take(text);
            }
            row.value[slot_at] = gather(found);
        }
    }
    describe_names();
    for (std::size_t dictionary = 1; dictionary < dictionaries_.size(); ++dictionary) describe_values(dictionary);
    return row;
}

void Dataset::put(std::size_t record, const Row& row) {
    counts_.clear();
    if (record >= rows_.size()) rows_.resize(record + 1);
    rows_[record] = row;
}

std::vector<std::uint32_t> Dataset::counts(std::size_t slot) const {
    if (slot < counts_.size() && slots_[slot].kind != Kind::date) {
        std::vector<std::uint32_t> counted = counts_[slot];
        counted.resize(dictionary(slot).size());  // key words of names came after counting
        return counted;
    }
    std::vector<std::uint32_t> counts(slots_[slot].kind == Kind::date ? 1 : dictionary(slot).size());
    if (slots_[slot].kind == Kind::date) return counts;
    for (const Row& row : rows_) {
        for (const std::uint32_t value : values(row.value[slot])) ++counts[value];
    }
    return counts;
}

std::size_t Dataset::bytes() const {
    std::size_t bytes =
        rows_.capacity() * sizeof(Row) + names_.capacity() * sizeof(NameParts) + several_.capacity() * 4;
    for (const auto& dictionary : dictionaries_) bytes += dictionary.bytes();
    for (const auto& parts : parts_) bytes += parts.capacity() * sizeof(ValueParts);
    return bytes;
}

detail::DayOrder guess_day_order(const Table& table, const std::vector<std::size_t>& columns) {
    std::size_t first_is_day = 0;
    std::size_t second_is_day = 0;
    const std::size_t rows = std::min<std::size_t>(table.rows(), 20'000);
    for (const std::size_t column : columns) {
        table.each(column, 0, rows, [&](std::size_t, std::string_view cell) {
            const std::size_t cut = cell.find_first_not_of("0123456789");
            if (cut == std::string_view::npos || cut == 0 || cut > 2) return;
            const std::size_t second = cell.find_first_not_of("0123456789", cut + 1);
            if (second == std::string_view::npos || second - cut > 3) return;
            const int a = std::atoi(std::string(cell.substr(0, cut)).c_str());
            const int b = std::atoi(std::string(cell.substr(cut + 1, second - cut - 1)).c_str());
            first_is_day += a > 12 ? 1 : 0;
            second_is_day += b > 12 ? 1 : 0;
        });
    }
    return second_is_day > first_is_day ? detail::DayOrder::month_first : detail::DayOrder::day_first;
}

}  // namespace tideline::link
