#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "link/detail/dictionary.h"
#include "link/detail/normal.h"
#include "link/fields.h"
#include "link/table.h"

/// Records in the form in which they are compared: numbers that stand for distinct values.
namespace tideline::link {

/// A record as a caller has it: texts by the name of the field; several values of one field are several entries.
struct Record {
    std::string id;
    std::vector<std::pair<std::string, std::string>> values;
};

/// One compared column. Fields become slots; a whole name becomes two.
struct Slot {
    std::string name;
    Kind kind = Kind::code;
    std::size_t field = 0;             ///< which of the schema's
    std::uint8_t dictionary = 0;       ///< which dictionary numbers its values; names share one
    std::vector<std::size_t> columns;  ///< where its values stand in the table
    bool joined = false;               ///< see Field::joined
    bool split_name = false;           ///< part of a whole name
    detail::DayOrder day_order = detail::DayOrder::day_first;
};

/// A record, ready to compare: per slot 0 (missing), a value number, for dates the number 0xYYYYMMDD, or, with the top
/// bit set, where its several values stand.
struct alignas(64) Row {
    std::array<std::uint32_t, fields_max> value{};
};

/// Which letters a text has (26 bits; digits share bit 26) and how long it is (upper 5 bits, at most 31): enough to see
/// that most pairs of texts are not similar, without looking at them.
struct Sketch {
    std::uint32_t bits = 0;
    static Sketch of(std::string_view text);
    std::uint32_t letters() const { return bits & 0x07FF'FFFF; }
    int length() const { return static_cast<int>(bits >> 27); }
    /// Number of bits set; written out because the machine's instruction for it is not in the baseline we build for.
    static int ones(std::uint32_t bits) {
        bits -= bits >> 1 & 0x5555'5555;
        bits = (bits & 0x3333'3333) + (bits >> 2 & 0x3333'3333);
        return static_cast<int>(((bits + (bits >> 4)) & 0x0F0F'0F0F) * 0x0101'0101 >> 24);
    }
    /// An upper bound of the number of letters that can be matched between the two texts.
    static int matching(Sketch a, Sketch b) {
        const int only_a = ones(a.letters() & ~b.letters());
        const int only_b = ones(b.letters() & ~a.letters());
        return std::min(a.length() - only_a, b.length() - only_b);
    }
};

constexpr std::size_t shared_word_least = 3;  ///< letters of a word that counts when two names share it

/// What is known of a distinct name, computed once.
struct alignas(64) NameParts {
    std::uint64_t head = 0;        ///< its first eight bytes
    std::uint32_t compact = 0;     ///< hash without spaces
    std::uint32_t bag = 0;         ///< hash of its words in any order
    std::uint32_t given_key = 0;   ///< number of the token that stands for it as a given name
    std::uint32_t family_key = 0;  ///< the same as a family name, particles skipped
    std::uint32_t given_skeleton = 0;
    std::uint32_t family_skeleton = 0;
    std::uint32_t words = 0;  ///< a bit, by hash, for each word of three letters and more
    Sketch sketch;
    char given_initial = 0;
    char family_initial = 0;
    std::uint8_t tokens = 0;
    std::uint8_t length = 0;
};

/// What is known of any other distinct value, computed once.
struct ValueParts {
    std::uint64_t head = 0;  ///< its first eight bytes
    Sketch sketch;
};

/// A record that is only asked about.
struct Visit {
    Row row;
    std::uint32_t names_begin = 0, names_end = 0;  ///< the numbers of names and words that no record has
};

/// Records and the dictionaries behind them. Reading is safe from several threads while nobody adds.
class Dataset {
public:
    static constexpr std::uint32_t several = 0x8000'0000u;  ///< flag of a slot with several values

    /// An empty set for records that come one by one. Besides, up to `visits` records at a time may be asked about.
    explicit Dataset(const Schema& schema, std::size_t visits = 0);
    /// All rows of a table; `threads` work side by side. Such a set is complete: no record can be encoded or asked
    /// about.
    static Result<Dataset> from(const Table& table, const Schema& schema, unsigned threads);
    /// The same rows that encoding the records one after the other would give.
    static Dataset from(std::span<const Record> records, const Schema& schema, unsigned threads,
                        std::size_t visits = 0);

    const Schema& schema() const { return schema_; }
    const std::vector<Slot>& slots() const { return slots_; }
    std::size_t size() const { return rows_.size(); }
    const Row& row(std::size_t record) const { return rows_[record]; }
    std::span<const Row> rows() const { return rows_; }

    /// The values behind a slot of a row: none, one or several.
    std::span<const std::uint32_t> values(const std::uint32_t& value) const {
        if (value == 0) return {};
        if ((value & several) == 0) return {&value, 1};
        const std::uint32_t at = value & ~several;
        return {several_.data() + at + 1, several_[at]};
    }
    /// The text of a value as it is compared.
    std::string text(std::size_t slot, std::uint32_t value) const;
    std::string_view view(std::size_t slot, std::uint32_t value) const {
        return dictionaries_[slots_[slot].dictionary][value];
    }
    const detail::Dictionary& dictionary(std::size_t slot) const { return dictionaries_[slots_[slot].dictionary]; }
    const NameParts& name(std::uint32_t value) const { return names_[value]; }
    const ValueParts& parts(std::size_t slot, std::uint32_t value) const {
        return parts_[slots_[slot].dictionary][value];
    }
    /// The dictionary that all name slots share.
    const detail::Dictionary& names() const { return dictionaries_[0]; }

    /// Turns a record into a row, adding unknown values to the dictionaries. Unknown field names are ignored.
    Row encode(const Record& record);
    /// Appends or replaces a row (for records that come one by one).
    void put(std::size_t record, const Row& row);

    /// A row for a record that is only asked about. What no record of the set says gets numbers that are set aside for
    /// visit `at`, and that its next visitor takes over; of one field the first `visit_values_max` values count. Safe
    /// beside readers and other visits.
    Visit visit(const Record& record, std::size_t at);
    static constexpr std::size_t visit_values_max = 16;

    /// How many rows have each value of a slot, by value number; a row with several values counts for each.
    std::vector<std::uint32_t> counts(std::size_t slot) const;

    std::size_t bytes() const;

private:
    void normalise_value(std::size_t slot, std::string_view raw, detail::Normal& normal) const;
    std::uint32_t encode_value(std::size_t slot, std::string_view raw, detail::Normal& scratch);
    void encode_column(const Table& table, std::size_t slot, std::vector<std::uint32_t>& column,
                       const std::function<void(std::size_t, std::string_view)>& single);
    /// What a slot has in each row, while rows are read: the first value, and (row, value) of what comes beyond it.
    struct Column {
        std::vector<std::uint32_t> first;
        std::vector<std::pair<std::size_t, std::uint32_t>> more;
        void put(std::size_t row, std::uint32_t value) {
            if (value == 0 || value == first[row]) return;
            if (first[row] == 0) {
                first[row] = value;
            } else {
                more.emplace_back(row, value);
            }
        }
    };
    /// Fills all slots by read(slot, column), each dictionary by one thread, and makes rows of them. `complete`: no
    /// more records will come.
    template <class Read>
    void read_columns(std::size_t rows, bool complete, unsigned threads, Read&& read);
    /// Calls take(text) for each value that the record has for the slot.
    template <class Take>
    void each_value(const Record& record, std::size_t slot, Take&& take) const;
    std::uint32_t gather(std::vector<std::uint32_t>& found);
    /// `number` gives the number of a word of the name.
    template <class Number>
    static NameParts describe(std::string_view name, Number&& number);
    void describe_names();
    void describe_values(std::size_t dictionary);
    static std::vector<Slot> slots_of(const Schema& schema);
    static constexpr std::uint32_t visit_numbers = 3 * visit_values_max;  // a name may bring two new words with it

    Schema schema_;
    std::vector<Slot> slots_;
    std::vector<detail::Dictionary> dictionaries_;
    detail::LargeVector<NameParts> names_;        // by number in the names' dictionary (number 0 of dictionaries_)
    std::vector<std::vector<ValueParts>> parts_;  // by dictionary, by value; names have NameParts instead
    detail::LargeVector<Row> rows_;
    std::vector<std::uint32_t> several_;
    std::vector<std::vector<std::uint32_t>> counts_;  // per slot, by value; only while no row was put by itself
};

/// The two parts of a whole name: everything else, and the family name ("Last, First" is understood).
std::pair<std::string_view, std::string_view> split_name(std::string_view whole);

/// Whether dates like 03/04/1999 in these columns begin with the day.
detail::DayOrder guess_day_order(const Table& table, const std::vector<std::size_t>& columns);

/// Chooses fields for the columns of a table, by their names and by what stands in them.
Schema recognise(const Table& table);

}  // namespace tideline::link
