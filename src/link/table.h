#pragma once
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Reading files of records.
namespace tideline::link {

/// A line that could not be read, kept so that nothing is dropped silently.
struct BadLine {
    std::size_t line = 0;  ///< counted from 1, as an editor does
    std::string reason;    ///< a sentence for a person
    std::string text;      ///< the line as it stood in the file
};

/// The records of one file as text, row by row. Owns the file's bytes; the views live as long as the table.
class Table {
public:
    Table() = default;
    Table(Table&&) = default;
    Table& operator=(Table&&) = default;

    const std::vector<std::string>& columns() const { return columns_; }
    /// Position of a column by its exact name.
    std::optional<std::size_t> column(std::string_view name) const;
    std::size_t rows() const { return rows_; }
    /// Cell of a row; "" if it is empty.
    std::string_view cell(std::size_t row, std::size_t column) const {
        const Part& part = parts_[part_of(row)];
        return view(part.column(column)[row - part.first_row]);
    }
    /// Calls body(row, cell) for the rows [from, to) of a column; quicker than cell() row by row.
    template <class Body>
    void each(std::size_t column, std::size_t from, std::size_t to, Body&& body) const {
        for (const Part& part : parts_) {
            const std::size_t begin = std::max(from, part.first_row);
            const std::size_t end = std::min(to, part.first_row + part.rows);
            const Cell* const cells = part.column(column);
            for (std::size_t row = begin; row < end; ++row) body(row, view(cells[row - part.first_row]));
        }
    }
    /// The cells of a column.
    std::vector<std::string> texts(std::size_t column, unsigned threads) const;
    /// The cells of a column as numbers that are equal where the cells are; 0 for empty ones.
    std::vector<std::uint32_t> numbers(std::size_t column) const;
    /// Whether cells may hold several values, joined by value_separator.
    bool several_values() const { return several_values_; }
    const std::vector<BadLine>& bad_lines() const { return bad_lines_; }
    /// What was noticed about the file as a whole (delimiter, encoding), each a sentence.
    const std::vector<std::string>& notes() const { return notes_; }
    /// Gives the memory of the cells back; cell() must not be called afterwards.
    void release();

private:
    friend class TableBuilder;
    using Cell = std::uint64_t;  // address in the lower 48 bits, length in the upper 16
    struct Part {
        std::size_t first_row = 0;
        std::size_t rows = 0;
        std::unique_ptr<Cell[]> cells;      // column after column
        std::deque<std::string> unescaped;  // cells that do not stand in the file as they read
        const Cell* column(std::size_t at) const { return cells.get() + at * rows; }
    };
    static std::string_view view(Cell cell) {
        return {reinterpret_cast<const char*>(cell & 0xFFFF'FFFF'FFFFull), static_cast<std::size_t>(cell >> 48)};
    }
    std::size_t part_of(std::size_t row) const {
        std::size_t part = 0;
        while (part + 1 < parts_.size() && parts_[part + 1].first_row <= row) ++part;
        return part;
    }

    std::shared_ptr<const void> bytes_;  // the mapped file, or the converted text
    std::vector<std::string> columns_;
    std::vector<Part> parts_;
    std::size_t rows_ = 0;
    bool several_values_ = false;
    std::vector<BadLine> bad_lines_;
    std::vector<std::string> notes_;
};

/// The format of a file; `automatic` goes by its first bytes.
enum class Format { automatic, csv, json_lines, follow_the_money };

struct ReadOptions {
    Format format = Format::automatic;
    char delimiter = 0;    ///< 0: the one of , ; tab | that fits the first lines
    unsigned threads = 0;  ///< 0: as many as the machine has
};

/// Reads a file of records.
///
/// CSV: the first line names the columns; cells may be quoted with " (doubled inside). JSON Lines: one object a line,
/// text, number and boolean members become cells, lists are joined with U+001F (several values of one field).
/// FollowTheMoney: entities of the schemas Person, LegalEntity, Organization and Company, see ftm.h. UTF-8, UTF-16
/// (with byte order mark) and, if the bytes are neither, Windows-1252. Lines that cannot be read are in bad_lines()
/// with their number.
/// @return Error::not_found without such a file, Error::invalid if there is no header or no column
Result<Table> read_table(const std::filesystem::path& path, const ReadOptions& options = {});
/// The same from bytes in memory (they are copied).
Result<Table> parse_table(std::string_view bytes, const ReadOptions& options = {});

/// Separates several values inside one cell.
inline constexpr char value_separator = '\x1F';

}  // namespace tideline::link
