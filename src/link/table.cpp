#include "link/table.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "link/detail/dictionary.h"
#include "link/detail/parallel.h"
#include "link/detail/table_builder.h"
#include "link/fields.h"

namespace tideline::link {

namespace {

constexpr std::size_t columns_max = 500;
constexpr std::size_t part_bytes = 4u << 20;
constexpr std::size_t sample_bytes = 1u << 20;

struct Mapping {
    void* address = nullptr;
    std::size_t size = 0;
    ~Mapping() {
        if (address != nullptr) munmap(address, size);
    }
};

/// The code points that Windows-1252 has where ISO 8859-1 has control characters.
constexpr char32_t windows_1252[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                       0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

std::string from_windows_1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out.push_back(c);
        } else {
            text::append(out, byte < 0xA0 ? windows_1252[byte - 0x80] : static_cast<char32_t>(byte));
        }
    }
    return out;
}

std::string from_utf16(std::string_view bytes, bool big_endian) {
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
    };
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t point = unit(at);
        if (point >= 0xD800 && point < 0xDC00 && at + 3 < bytes.size()) {
            const char32_t low = unit(at + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        text::append(out, point >= 0xD800 && point < 0xE000 ? U'\uFFFD' : point);
    }
    return out;
}

char guess_delimiter(std::string_view bytes) {
    const std::string_view sample = bytes.substr(0, sample_bytes / 16);
    std::vector<std::string_view> lines = text::split(sample, '\n');
    if (lines.size() > 1) lines.pop_back();
    if (lines.size() > 40) lines.resize(40);
    char best = ',';
    double best_score = 0;
    for (const char candidate : {',', ';', '\t', '|'}) {
        const auto in_header = static_cast<double>(std::count(lines[0].begin(), lines[0].end(), candidate));
        if (in_header == 0) continue;
        double agreeing = 0;
        for (const auto line : lines) {
            const auto count = static_cast<double>(std::count(line.begin(), line.end(), candidate));
            agreeing += count == in_header ? 1 : 0;
        }
        const double score = in_header * (0.1 + agreeing / static_cast<double>(lines.size()));
        if (score > best_score) {
            best_score = score;
            best = candidate;
        }
    }
    return best;
}

}  // namespace

/// Reads one stretch of whole CSV lines.
class CsvPart {
public:
    CsvPart(std::string_view bytes, char delimiter, std::size_t columns)
        : bytes_(bytes), delimiter_(delimiter), columns_(columns), block_(bytes.data()) {}

    /// `scratch` is used on the way; what is in it does not matter.
    void read(std::vector<std::uint64_t>& scratch) {
        cells_ = &scratch;
        cells_->clear();
        const char* at = bytes_.data();
        const char* const end = at + bytes_.size();
        while (at < end) {
            if (*at == '\n' || (*at == '\r' && at + 1 < end && at[1] == '\n')) {
                at += *at == '\n' ? 1 : 2;
                continue;
            }
            at = row(at, end);
        }
        cells = TableBuilder::as_columns(scratch, columns_);
    }

    std::unique_ptr<std::uint64_t[]> cells;
    std::deque<std::string> unescaped;
    std::vector<std::pair<const char*, std::string>> bad;  // where its line begins, and why
    std::size_t rows = 0;

private:
    const char* row(const char* const begin, const char* const end) {
        const std::size_t first = cells_->size();
        const char* at = begin;
        std::string reason;
        is_ascii_ = block_is_ascii_ || begin >= block_ + looked_at_;
        for (;;) {
            if (at < end && *at == '"') {
                at = quoted(at, end, reason);
                if (!reason.empty()) break;
                if (at < end && *at == '\r' && at + 1 < end && at[1] == '\n') ++at;
            } else {
                const char* const cell = at;
                at = end_of_cell(at, end);
                const char* stop = at;
                if (stop > cell && stop[-1] == '\r' && (at == end || *at == '\n')) --stop;
                push({cell, static_cast<std::size_t>(stop - cell)}, reason);
            }
            if (at >= end || *at == '\n') break;
            if (*at != delimiter_) {
                reason = "text follows a closing quotation mark";
                break;
            }
            ++at;
        }
        if (reason.empty() && cells_->size() - first != columns_) {
            reason = fmt::format("{} cells, but the header names {}", cells_->size() - first, columns_);
        }
        if (reason.empty() && !is_ascii_ && !text::is_utf8({begin, static_cast<std::size_t>(at - begin)})) {
            reason = "not UTF-8, although most of the file is";
        }
        if (!reason.empty()) {
            cells_->resize(first);
            bad.emplace_back(begin, std::move(reason));
            at = std::find(begin, end, '\n');
        } else {
            ++rows;
        }
        return at < end ? at + 1 : end;
    }

    static constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080ull;
    static constexpr std::size_t block_bytes = 64;
    static constexpr std::uint64_t every_byte(char c) {
        return 0x0101'0101'0101'0101ull * static_cast<unsigned char>(c);
    }

    /// The next delimiter or end of line from `at` on, or `end`. Looks at 64 bytes at a time and remembers where in
    /// them cells end, as bits.
    const char* end_of_cell(const char* at, const char* const end) {
        for (;;) {
            const auto into = static_cast<std::size_t>(at - block_);
            if (into < looked_at_) {
                const std::uint64_t rest = ends_ >> into;
                if (rest != 0) return at + std::countr_zero(rest);
                at = block_ + block_bytes;
            }
            if (at >= end) return end;
            look_at(at, end);
        }
    }

    void look_at(const char* const at, const char* const end) {
        static_assert(std::endian::native == std::endian::little, "the first byte of a word has its lowest bits");
        block_ = at;
        looked_at_ = block_bytes;
        std::array<std::uint64_t, block_bytes / 8> words{};
        if (end - at >= static_cast<std::ptrdiff_t>(block_bytes)) {
            std::memcpy(words.data(), at, block_bytes);
        } else {
            std::memcpy(words.data(), at, static_cast<std::size_t>(end - at));
        }
        const std::uint64_t delimiters = every_byte(delimiter_);
        std::uint64_t all = 0;
        ends_ = 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
            all |= words[i];
            // The high bit of every byte that is not zero; then the bytes' bits next to each other.
            const auto other = [](std::uint64_t x) { return ((x & ~high_bits) + ~high_bits) | x; };
            const std::uint64_t found =
                ~(other(words[i] ^ delimiters) & other(words[i] ^ every_byte('\n'))) & high_bits;
            ends_ |= ((found >> 7) * 0x0102'0408'1020'4080ull >> 56) << (8 * i);
        }
        block_is_ascii_ = (all & high_bits) == 0;
        is_ascii_ = is_ascii_ && block_is_ascii_;
    }

    const char* quoted(const char* at, const char* const end, std::string& reason) {
        const char* const cell = ++at;
        bool doubled = false;
        for (;; ++at) {
            at = std::find(at, end, '"');
            if (at == end || static_cast<std::size_t>(at - cell) > cell_bytes_max) {
                reason = "a quotation mark is never closed";
                return at;
            }
            if (at + 1 < end && at[1] == '"') {
                doubled = true;
                ++at;
                continue;
            }
            break;
        }
        std::string_view content(cell, static_cast<std::size_t>(at - cell));
        is_ascii_ = is_ascii_ && text::is_ascii(content);
        if (doubled) {
            std::string& clean = unescaped.emplace_back();
            for (std::size_t i = 0; i < content.size(); ++i) {
                clean.push_back(content[i]);
                if (content[i] == '"') ++i;
            }
            content = clean;
        }
        push(content, reason);
        return at + 1;
    }

    void push(std::string_view content, std::string& reason) {
        if (content.size() > cell_bytes_max) {
            reason = fmt::format("a cell of more than {} bytes", cell_bytes_max);
            return;
        }
        cells_->push_back(TableBuilder::cell_of(content));
    }

    std::string_view bytes_;
    char delimiter_;
    std::size_t columns_;
    std::vector<std::uint64_t>* cells_ = nullptr;  // row after row
    // The bytes looked at last, and, as bits, which of them end cells.
    const char* block_;
    std::size_t looked_at_ = 0;
    std::uint64_t ends_ = 0;
    bool block_is_ascii_ = true;
    bool is_ascii_ = true;  // the row
};

Result<Table> TableBuilder::csv(std::string_view bytes, std::shared_ptr<const void> owner, const ReadOptions& options) {
    Table table;
    table.bytes_ = std::move(owner);
    const char delimiter = options.delimiter != 0 ? options.delimiter : guess_delimiter(bytes);
    if (delimiter != ',') {
        table.notes_.push_back(
            fmt::format("cells are separated by {}", delimiter == '\t' ? "tabs" : fmt::format("'{}'", delimiter)));
    }
    const std::size_t header_end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view first_line = bytes.substr(0, header_end);
    if (text::trim(first_line).empty())
        return Error{ErrorKind::invalid, "line 1: there is no header naming the columns"};
    const auto names = split_line(first_line, delimiter);
    if (names.size() > columns_max) {
        return Error{ErrorKind::too_large,
                     fmt::format("line 1: {} columns; the limit is {}", names.size(), columns_max)};
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string name(text::trim(names[i]));
        if (name.empty()) name = fmt::format("column {}", i + 1);
        if (std::find(table.columns_.begin(), table.columns_.end(), name) != table.columns_.end()) {
            return Error{ErrorKind::invalid, fmt::format("line 1: two columns are called '{}'", name)};
        }
        table.columns_.push_back(std::move(name));
    }
    const std::string_view body = bytes.substr(std::min(header_end + 1, bytes.size()));
    std::vector<std::string_view> stretches = stretches_of(body, true, worker_count(options.threads));
    std::vector<CsvPart> parts;
    parts.reserve(stretches.size());
    for (const auto stretch : stretches) parts.emplace_back(stretch, delimiter, table.columns_.size());
    std::vector<std::vector<std::uint64_t>> scratch(worker_count(options.threads));
    detail::parallel(parts.size(), worker_count(options.threads),
                     [&](std::size_t part, unsigned worker) { parts[part].read(scratch[worker]); });
    std::size_t line = 2;
    const char* counted = body.data();
    for (CsvPart& part : parts) {
        for (auto& [at, reason] : part.bad) {
            line += static_cast<std::size_t>(std::count(counted, at, '\n'));
            counted = at;
            const char* stop = std::find(at, body.data() + body.size(), '\n');
            table.bad_lines_.push_back({line, std::move(reason), std::string(at, stop)});
        }
        table.parts_.push_back({table.rows_, part.rows, std::move(part.cells), std::move(part.unescaped)});
        table.rows_ += part.rows;
    }
    return table;
}

std::unique_ptr<std::uint64_t[]> TableBuilder::as_columns(std::span<const std::uint64_t> cells, std::size_t columns) {
    const std::size_t rows = cells.size() / columns;
    auto turned = std::make_unique_for_overwrite<std::uint64_t[]>(cells.size());
    constexpr std::size_t together = 8;  // rows: a line of the cache in every column
    for (std::size_t from = 0; from < rows; from += together) {
        const std::size_t to = std::min(rows, from + together);
        for (std::size_t column = 0; column < columns; ++column) {
            for (std::size_t row = from; row < to; ++row) turned[column * rows + row] = cells[row * columns + column];
        }
    }
    return turned;
}

std::vector<std::string> TableBuilder::split_line(std::string_view line, char delimiter) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back().push_back(line[++i]);
        } else if (line[i] == '"' && (quoted || cells.back().empty())) {
            quoted = !quoted;
        } else if (line[i] == delimiter && !quoted) {
            cells.emplace_back();
        } else if (line[i] != '\r' || i + 1 != line.size()) {
            cells.back().push_back(line[i]);
        }
    }
    return cells;
}

namespace {

/// Whether a text has an odd number of quotation marks.
bool odd_quotes(std::string_view text) {
    using Bytes = unsigned char __attribute__((vector_size(16)));
    Bytes odd{};
    std::size_t at = 0;
    for (; at + sizeof odd <= text.size(); at += sizeof odd) {
        Bytes some;
        __builtin_memcpy(&some, text.data() + at, sizeof some);
        odd ^= reinterpret_cast<Bytes>(some == static_cast<unsigned char>('"'));
    }
    unsigned marks = 0;
    for (std::size_t lane = 0; lane < sizeof odd; ++lane) marks += odd[lane] & 1u;
    for (; at < text.size(); ++at) marks += text[at] == '"' ? 1 : 0;
    return marks % 2 != 0;
}

}  // namespace

std::vector<std::string_view> TableBuilder::stretches_of(std::string_view body, bool quotes, unsigned workers) {
    // Of every part, as a ruler would cut it: all cores bring the file in, and count.
    std::vector<char> odd(quotes ? body.size() / part_bytes + 1 : 0);
    detail::parallel(odd.size(), workers, [&](std::size_t part, unsigned) {
        odd[part] = odd_quotes(body.substr(part * part_bytes, part_bytes));
    });
    std::vector<std::string_view> stretches;
    for (std::size_t from = 0; from < body.size();) {
        std::size_t cut = std::min(body.size(), from + part_bytes);
        if (cut < body.size()) {
            bool inside = false;
            if (quotes) {  // a stretch begins behind a whole line, so not at the ruler's mark
                const std::size_t part = from / part_bytes;
                const std::size_t late = from % part_bytes;
                inside = (odd[part] != 0) ^ odd_quotes(body.substr(part * part_bytes, late)) ^
                         odd_quotes(body.substr((part + 1) * part_bytes, late));
            }
            while (cut < body.size() && (inside || body[cut - 1] != '\n')) {
                if (quotes && body[cut] == '"') inside = !inside;
                ++cut;
            }
        }
        stretches.push_back(body.substr(from, cut - from));
        from = cut;
    }
    return stretches;
}

unsigned TableBuilder::worker_count(unsigned wanted) {
    return wanted != 0 ? wanted : std::max(1u, std::thread::hardware_concurrency());
}

namespace {

/// The text of a JSON value as a cell; several values are joined by the value separator.
std::string cell_text(const nlohmann::json& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    if (value.is_array()) {
        std::string joined;
        for (const auto& part : value) {
            const std::string piece = cell_text(part);
            if (piece.empty()) continue;
            if (!joined.empty()) joined.push_back(value_separator);
            joined += piece;
        }
        return joined;
    }
    return value.dump();
}

}  // namespace

Result<Table> TableBuilder::json_lines(std::string_view bytes, const ReadOptions& options, bool entities) {
    struct Piece {
        std::vector<std::pair<std::size_t, nlohmann::json>> objects;  // offset of the line, object
        std::vector<std::pair<std::size_t, std::string>> bad;
    };
    const auto stretches = stretches_of(bytes, false, 1);
    std::vector<Piece> pieces(stretches.size());
    detail::parallel(stretches.size(), worker_count(options.threads), [&](std::size_t at, unsigned) {
        for (std::string_view rest = stretches[at]; !rest.empty();) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            const auto offset = static_cast<std::size_t>(line.data() - bytes.data());
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            if (text::trim(line).empty()) continue;
            auto object = nlohmann::json::parse(line, nullptr, false);
            if (!object.is_object()) {
                pieces[at].bad.emplace_back(offset, object.is_discarded() ? "not JSON" : "not a JSON object");
                continue;
            }
            if (entities) {
                auto flat = flatten_entity(object);
                if (!flat.ok()) {
                    pieces[at].bad.emplace_back(offset, flat.error().message);
                    continue;
                }
                object = *std::move(flat);
            }
            pieces[at].objects.emplace_back(offset, std::move(object));
        }
    });
    Table table;
    table.several_values_ = true;
    std::size_t line = 1;
    std::size_t counted = 0;
    for (const Piece& piece : pieces) {
        for (const auto& [offset, object] : piece.objects) {
            for (const auto& [key, value] : object.items()) {
                if (value.is_object()) continue;
                if (std::find(table.columns_.begin(), table.columns_.end(), key) == table.columns_.end()) {
                    if (table.columns_.size() == columns_max) {
                        return Error{ErrorKind::too_large, fmt::format("more than {} different members", columns_max)};
                    }
                    table.columns_.push_back(key);
                }
            }
        }
    }
    if (table.columns_.empty()) return Error{ErrorKind::invalid, "line 1: no JSON object with members was found"};
    for (Piece& piece : pieces) {
        Table::Part part;
        part.first_row = table.rows_;
        std::vector<std::uint64_t> cells;
        for (auto& [offset, object] : piece.objects) {
            bool too_long = false;
            const std::size_t first = cells.size();
            for (const std::string& column : table.columns_) {
                const auto found = object.find(column);
                std::string content = found == object.end() || found->is_object() ? std::string() : cell_text(*found);
                if (content.size() > cell_bytes_max) too_long = true;
                if (content.empty() || too_long) {
                    cells.push_back(cell_of({}));
                } else {
                    cells.push_back(cell_of(part.unescaped.emplace_back(std::move(content))));
                }
            }
            if (too_long) {
                cells.resize(first);
                piece.bad.emplace_back(offset, fmt::format("a value of more than {} bytes", cell_bytes_max));
            } else {
                ++part.rows;
            }
            object = nullptr;
        }
        part.cells = as_columns(cells, table.columns_.size());
        std::sort(piece.bad.begin(), piece.bad.end());
        for (auto& [offset, reason] : piece.bad) {
            line += static_cast<std::size_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(counted),
                                                        bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
            counted = offset;
            table.bad_lines_.push_back(
                {line, std::move(reason), std::string(bytes.substr(offset, bytes.find('\n', offset) - offset))});
        }
        table.rows_ += part.rows;
        table.parts_.push_back(std::move(part));
    }
    return table;
}

Result<Table> TableBuilder::any(std::string_view bytes, std::shared_ptr<const void> owner, const ReadOptions& options) {
    std::vector<std::string> notes;
    const auto convert = [&](std::string&& converted, std::string note) {
        auto kept = std::make_shared<const std::string>(std::move(converted));
        bytes = *kept;
        owner = std::move(kept);
        notes.push_back(std::move(note));
    };
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        convert(from_utf16(bytes.substr(2), bytes.starts_with("\xFE\xFF")), "the file is UTF-16");
    } else {
        std::string_view sample = bytes.substr(0, sample_bytes);
        if (sample.size() < bytes.size()) sample = sample.substr(0, sample.rfind('\n') + 1);
        std::size_t off = 0;
        std::size_t lines = 0;
        for (const auto line : text::split(sample, '\n')) {
            ++lines;
            off += text::is_utf8(line) ? 0 : 1;
        }
        if (off * 100 > lines) convert(from_windows_1252(bytes), "the file is not UTF-8; it was read as Windows-1252");
    }
    if (text::trim(bytes.substr(0, 4096)).empty()) return Error{ErrorKind::invalid, "line 1: the file is empty"};
    Format format = options.format;
    const std::string_view start = text::trim(bytes.substr(0, 64'000));
    if (format == Format::automatic) {
        format = start.front() != '{' ? Format::csv
                 : start.substr(0, start.find('\n')).find("\"schema\"") != std::string_view::npos &&
                         start.substr(0, start.find('\n')).find("\"properties\"") != std::string_view::npos
                     ? Format::follow_the_money
                     : Format::json_lines;
    }
    auto table = format == Format::csv ? csv(bytes, std::move(owner), options)
                                       : json_lines(bytes, options, format == Format::follow_the_money);
    if (table.ok()) table->notes_.insert(table->notes_.begin(), notes.begin(), notes.end());
    return table;
}

Result<Table> read_table(const std::filesystem::path& path, const ReadOptions& options) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return Error{ErrorKind::not_found, fmt::format("{} cannot be opened", path.string())};
    struct stat status{};
    const bool regular = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    auto mapping = std::make_shared<Mapping>();
    if (regular && status.st_size > 0) {
        mapping->size = static_cast<std::size_t>(status.st_size);
        void* address = mmap(nullptr, mapping->size, PROT_READ, MAP_PRIVATE, file, 0);
        mapping->address = address == MAP_FAILED ? nullptr : address;
    }
    if (mapping->address == nullptr) {
        auto bytes = std::make_shared<std::string>();
        char buffer[1 << 16];
        for (ssize_t count = 0; (count = read(file, buffer, sizeof buffer)) > 0;)
            bytes->append(buffer, static_cast<std::size_t>(count));
        close(file);
        const std::string_view view = *bytes;
        return TableBuilder::any(view, std::move(bytes), options);
    }
    close(file);
    const std::string_view view(static_cast<const char*>(mapping->address), mapping->size);
    return TableBuilder::any(view, std::move(mapping), options);
}

Result<Table> parse_table(std::string_view bytes, const ReadOptions& options) {
    auto copy = std::make_shared<const std::string>(bytes);
    const std::string_view view = *copy;
    return TableBuilder::any(view, std::move(copy), options);
}

std::optional<std::size_t> Table::column(std::string_view name) const {
    const auto found = std::find(columns_.begin(), columns_.end(), name);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns_.begin());
}

std::vector<std::string> Table::texts(std::size_t column, unsigned threads) const {
    std::vector<std::string> all(rows());
    detail::parallel_stretches(rows(), 1 << 14, threads, [&](std::size_t from, std::size_t to, unsigned) {
        each(column, from, to, [&](std::size_t row, std::string_view cell) { all[row] = cell; });
    });
    return all;
}

std::vector<std::uint32_t> Table::numbers(std::size_t column) const {
    std::vector<std::uint32_t> all(rows());
    detail::Dictionary known;
    each(column, 0, rows(),
         [&](std::size_t row, std::string_view cell) { all[row] = cell.empty() ? 0 : known.intern(cell); });
    return all;
}

void Table::release() {
    parts_.clear();
    parts_.shrink_to_fit();
    bytes_.reset();
}

}  // namespace tideline::link
