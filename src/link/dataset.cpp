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

/// Ascending, each once, without "nothing".
void in_order(std::vector<std::uint32_t>& values) {
    std::erase(values, 0u);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

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
    for (std::size_t at = 0; at < schema.fields.size(); ++at) {
        const Field& field = schema.fields[at];
        if (field.kind == Kind::ignored) continue;
        Slot slot;
        slot.field = at;
        slot.name = field.name;
        slot.kind = field.kind;
        slot.joined = field.joined;
        if (field.month_first) slot.day_order = detail::DayOrder::month_first;
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

Dataset::Dataset(const Schema& schema, std::size_t visits) : schema_(schema), slots_(slots_of(schema)) {
    std::uint8_t highest = 0;
    for (const Slot& slot : slots_) highest = std::max(highest, slot.dictionary);
    dictionaries_.resize(highest + 1u);
    parts_.resize(highest + 1u);
    const auto aside = static_cast<std::uint32_t>(visits * visit_numbers);
    for (auto& dictionary : dictionaries_) dictionary.set_aside(aside, value_bytes_max);
    for (auto& parts : parts_) parts.resize(1 + aside);
    names_.resize(1 + aside);
    several_.resize(visits * fields_max * (1 + visit_values_max));
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
            // A model learned from this set reads later records as this file is read.
            if (slot.kind == Kind::date && slot.day_order == detail::DayOrder::day_first) {
                slot.day_order = guess_day_order(table, slot.columns);
                set.schema_.fields[slot.field].month_first = slot.day_order == detail::DayOrder::month_first;
            }
        }
    }

    set.read_columns(table.rows(), true, threads, [&](std::size_t slot_at, Column& column) {
        const Slot& slot = set.slots_[slot_at];
        detail::Normal scratch;
        const auto encode_cell = [&](std::size_t row, std::string_view cell) {
            if (cell.empty()) return;
            if (!table.several_values() || cell.find(value_separator) == std::string_view::npos) {
                column.put(row, set.encode_value(slot_at, cell, scratch));
                return;
            }
            for (const auto piece : text::split(cell, value_separator))
                column.put(row, set.encode_value(slot_at, piece, scratch));
        };
        if (slot.joined && slot.columns.size() > 1) {
            std::string whole;
            for (std::size_t row = 0; row < table.rows(); ++row) {
                whole.clear();
                for (const std::size_t at : slot.columns) {
                    const std::string_view part = table.cell(row, at);
                    if (part.empty()) continue;
                    if (!whole.empty()) whole.push_back(' ');
                    whole += part;
                }
                encode_cell(row, whole);
            }
        } else if (slot.columns.size() == 1 && slot.kind != Kind::date) {
            set.encode_column(table, slot_at, column.first, encode_cell);
        } else {
            for (const std::size_t at : slot.columns) table.each(at, 0, table.rows(), encode_cell);
        }
    });
    return set;
}

Dataset Dataset::from(std::span<const Record> records, const Schema& schema, unsigned threads, std::size_t visits) {
    Dataset set(schema, visits);
    set.read_columns(records.size(), false, threads, [&](std::size_t slot, Column& column) {
        detail::Normal scratch;
        for (std::size_t row = 0; row < records.size(); ++row) {
            set.each_value(records[row], slot,
                           [&](std::string_view text) { column.put(row, set.encode_value(slot, text, scratch)); });
        }
    });
    return set;
}

template <class Read>
void Dataset::read_columns(std::size_t rows, bool complete, unsigned threads, Read&& read) {
    // Every dictionary is filled by one thread at a time, so that numbers do not depend on timing.
    std::vector<Column> columns(slots_.size());
    std::vector<std::vector<std::size_t>> by_dictionary(dictionaries_.size());
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) by_dictionary[slots_[slot].dictionary].push_back(slot);
    counts_.resize(slots_.size());
    detail::parallel(by_dictionary.size(), threads, [&](std::size_t dictionary, unsigned) {
        for (const std::size_t slot : by_dictionary[dictionary]) {
            columns[slot].first.assign(rows, 0);
            read(slot, columns[slot]);
            auto& more = columns[slot].more;
            std::sort(more.begin(), more.end());
            more.erase(std::unique(more.begin(), more.end()), more.end());
        }
        for (const std::size_t slot : by_dictionary[dictionary]) {
            if (slots_[slot].kind == Kind::date) continue;
            auto& counts = counts_[slot];
            counts.resize(dictionaries_[dictionary].size());
            for (const std::uint32_t value : columns[slot].first) ++counts[value];
            counts[0] = 0;
            for (const auto& [row, value] : columns[slot].more) ++counts[value];
        }
        if (dictionary == 0) {
            describe_names();
        } else {
            describe_values(dictionary);
        }
        if (complete) dictionaries_[dictionary].close();
    });
    std::vector<std::uint32_t> values;
    for (Column& column : columns) {
        for (std::size_t at = 0; at < column.more.size();) {
            const std::size_t row = column.more[at].first;
            values.assign(1, column.first[row]);
            for (; at < column.more.size() && column.more[at].first == row; ++at)
                values.push_back(column.more[at].second);
            column.first[row] = gather(values);
        }
    }
    rows_.resize(rows);
    detail::parallel_stretches(rows, 1 << 14, threads, [&](std::size_t from, std::size_t to, unsigned) {
        for (std::size_t slot = 0; slot < columns.size(); ++slot) {
            for (std::size_t row = from; row < to; ++row) rows_[row].value[slot] = columns[slot].first[row];
        }
    });
}

void Dataset::normalise_value(std::size_t slot_at, std::string_view raw, detail::Normal& normal) const {
    const Slot& slot = slots_[slot_at];
    if (slot.split_name) {
        const auto [given, family] = split_name(raw);
        raw = slot.kind == Kind::given_name ? given : family;
    }
    detail::normalise(slot.kind, raw, normal);
}

std::uint32_t Dataset::encode_value(std::size_t slot_at, std::string_view raw, detail::Normal& scratch) {
    const Slot& slot = slots_[slot_at];
    if (slot.kind == Kind::date) return detail::parse_date(raw, slot.day_order);
    normalise_value(slot_at, raw, scratch);
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
        normalise_value(slot_at, cell, normal[waiting]);
        if (normal[waiting].size == 0) return;
        hash[waiting] = detail::hash_of(normal[waiting].view());
        row_of[waiting] = row;
        dictionary.prefetch(hash[waiting]);
        if (++waiting == together) flush();
    });
    flush();
}

std::uint32_t Dataset::gather(std::vector<std::uint32_t>& found) {
    in_order(found);
    if (found.empty()) return 0;
    if (found.size() == 1) return found[0];
    const auto at = static_cast<std::uint32_t>(several_.size());
    several_.push_back(static_cast<std::uint32_t>(found.size()));
    several_.insert(several_.end(), found.begin(), found.end());
    return at | several;
}

template <class Number>
NameParts Dataset::describe(std::string_view name, Number&& number) {
    NameParts parts;
    std::string compact;
    std::uint64_t bag = 0;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find(' ', at), name.size());
        const std::string_view word = name.substr(at, end - at);
        const std::uint64_t hash = detail::hash_of(word);
        bag += hash;
        if (word.size() >= shared_word_least) parts.words |= 1u << (hash >> 59);
        compact += word;
        ++parts.tokens;
        at = end + 1;
    }
    parts.bag = detail::key_of(bag);
    parts.head = head_of(name);
    parts.sketch = Sketch::of(name);
    parts.length = static_cast<std::uint8_t>(std::min<std::size_t>(name.size(), 255));
    parts.compact = detail::key_of(detail::hash_of(compact));
    const std::string_view given = first_token(name);
    const std::string_view family = family_token(name);
    parts.given_key = number(given);
    parts.family_key = number(family);
    parts.given_skeleton = detail::key_of(detail::hash_of(detail::skeleton(given)));
    parts.family_skeleton =
        given == family ? parts.given_skeleton : detail::key_of(detail::hash_of(detail::skeleton(family)));
    parts.given_initial = given.empty() ? '\0' : given[0];
    parts.family_initial = family.empty() ? '\0' : family[0];
    return parts;
}

void Dataset::describe_names() {
    detail::Dictionary& names = dictionaries_[0];
    // Key tokens are added to the dictionary while it is walked, and are described in turn.
    std::string whole;
    for (std::uint32_t id = static_cast<std::uint32_t>(names_.size()); id < names.size(); ++id) {
        whole.assign(names[id]);
        names_.push_back(describe(
            whole, [&](std::string_view word) { return word.size() == whole.size() ? id : names.intern(word); }));
    }
}

void Dataset::describe_values(std::size_t at) {
    const detail::Dictionary& dictionary = dictionaries_[at];
    auto& parts = parts_[at];
    if (parts.size() * 2 < dictionary.size()) parts.reserve(dictionary.size());
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

template <class Take>
void Dataset::each_value(const Record& record, std::size_t slot, Take&& take) const {
    const Field& field = schema_.fields[slots_[slot].field];
    const auto take_pieces = [&](std::string_view text) {
        for (const auto piece : text::split(text, value_separator)) {
            if (!piece.empty()) take(piece);
        }
    };
    const bool joined = field.joined && field.columns.size() > 1;
    if (joined) {
        std::string whole;
        for (const std::string& column : field.columns) {
            for (const auto& [name, text] : record.values) {
                if (name != column || text.empty()) continue;
                if (!whole.empty()) whole.push_back(' ');
                whole += text;
            }
        }
        if (!whole.empty()) take_pieces(whole);
    }
    for (const auto& [name, text] : record.values) {
        const bool is_column =
            !joined && std::find(field.columns.begin(), field.columns.end(), name) != field.columns.end();
        if (is_column || name == field.name) take_pieces(text);
    }
}

Row Dataset::encode(const Record& record) {
    Row row;
    detail::Normal scratch;
    std::vector<std::uint32_t> found;
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
        found.clear();
        each_value(record, slot, [&](std::string_view text) { found.push_back(encode_value(slot, text, scratch)); });
        row.value[slot] = gather(found);
    }
    describe_names();
    for (std::size_t dictionary = 1; dictionary < dictionaries_.size(); ++dictionary) describe_values(dictionary);
    return row;
}

Visit Dataset::visit(const Record& record, std::size_t at) {
    Visit visit;
    Row& row = visit.row;
    const auto first = static_cast<std::uint32_t>(1 + at * visit_numbers);
    std::array<std::uint32_t, fields_max + 1> next;  // by dictionary
    next.fill(first);
    const auto number_of = [&](std::size_t dictionary, std::string_view text) -> std::uint32_t {
        if (const std::uint32_t known = dictionaries_[dictionary].find(text); known != 0) return known;
        for (std::uint32_t guest = first; guest < next[dictionary]; ++guest) {
            if (dictionaries_[dictionary][guest] == text) return guest;
        }
        if (next[dictionary] == first + visit_numbers) return 0;
        dictionaries_[dictionary].place(next[dictionary], text);
        return next[dictionary]++;
    };
    detail::Normal scratch;
    std::vector<std::uint32_t> found;
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
        const std::size_t dictionary = slots_[slot].dictionary;
        found.clear();
        each_value(record, slot, [&](std::string_view text) {
            if (found.size() == visit_values_max) return;
            if (slots_[slot].kind == Kind::date) {
                found.push_back(detail::parse_date(text, slots_[slot].day_order));
                return;
            }
            normalise_value(slot, text, scratch);
            if (scratch.size != 0) found.push_back(number_of(dictionary, scratch.view()));
        });
        in_order(found);
        if (found.size() < 2) {
            row.value[slot] = found.empty() ? 0 : found[0];
            continue;
        }
        const auto place = static_cast<std::uint32_t>((at * fields_max + slot) * (1 + visit_values_max));
        several_[place] = static_cast<std::uint32_t>(found.size());
        std::copy(found.begin(), found.end(), several_.begin() + place + 1);
        row.value[slot] = place | several;
    }
    std::string whole;
    for (std::uint32_t guest = first; guest < next[0]; ++guest) {
        whole.assign(dictionaries_[0][guest]);
        names_[guest] = describe(
            whole, [&](std::string_view word) { return word.size() == whole.size() ? guest : number_of(0, word); });
    }
    for (std::size_t dictionary = 1; dictionary < dictionaries_.size(); ++dictionary) {
        for (std::uint32_t guest = first; guest < next[dictionary]; ++guest) {
            const std::string_view text = dictionaries_[dictionary][guest];
            parts_[dictionary][guest] = {head_of(text), Sketch::of(text)};
        }
    }
    visit.names_begin = first;
    visit.names_end = next[0];
    return visit;
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
