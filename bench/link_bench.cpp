// Benchmarks of linking.
//
//   bench_link live people.csv [RECORDS]   a LiveIndex over the file: query and add times, memory per record
//   bench_link kernels                     the inner loops, over and over (for callgrind: bench/link/instructions.sh)
//
// Batch linking is measured through the command: bench/link/compare.sh.
#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <random>

#include "link/live.h"
#include "names/kernels.h"

namespace {

using namespace tideline::link;
using Clock = std::chrono::steady_clock;

double microseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::micro>(Clock::now() - from).count();
}

void print_times(std::string_view what, std::vector<double>& times, double budget_us) {
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    fmt::print("{:<8} n {:>6}  p50 {:>8.1f} us  p99 {:>8.1f} us  max {:>9.1f} us  budget p99 {:.0f} us: {}\n", what,
               times.size(), at(.5), at(.99), times.back(), budget_us, at(.99) < budget_us ? "met" : "MISSED");
}

int live(const std::string& path, std::size_t count) {
    auto table = read_table(path);
    if (!table.ok()) {
        fmt::print(stderr, "{}\n", table.error().message);
        return 1;
    }
    const Schema schema = recognise(*table);
    auto data = Dataset::from(*table, schema, 2);
    if (!data.ok()) return 1;
    const LinkOptions options;
    auto begin = Clock::now();
    Model model = train_model(*data, options);
    fmt::print("trained on {} records in {:.2f} s\n", data->size(), microseconds(begin) / 1e6);
    std::vector<std::pair<std::size_t, std::string>> columns;
    for (const Field& field : schema.fields) {
        for (const auto& column : field.columns) columns.emplace_back(*table->column(column), column);
    }
    const std::size_t rows = std::min(count, table->rows());
    constexpr std::size_t held_back = 3'000;
    if (rows < 2 * held_back) return 1;
    std::vector<Record> records(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        records[row].id = fmt::format("{:08}", row);
        for (const auto& [at, name] : columns) {
            if (!table->cell(row, at).empty()) records[row].values.emplace_back(name, table->cell(row, at));
        }
    }
    const std::vector<Record> later(records.end() - held_back, records.end());
    records.resize(rows - held_back);
    table->release();
    begin = Clock::now();
    auto built = LiveIndex::from(std::move(model), records, options);
    if (!built.ok()) return 1;
    LiveIndex& index = **built;
    fmt::print("{} records in the index after {:.2f} s; {} bytes a record\n", index.size(), microseconds(begin) / 1e6,
               index.bytes() / index.size());
    std::mt19937 random(1);
    std::vector<double> query, add, remove;
    for (const Record& record : later) {
        Record asked = record;
        asked.id.clear();
        const auto at = Clock::now();
        (void)index.query(asked);
        query.push_back(microseconds(at));
    }
    for (const Record& record : later) {
        const auto at = Clock::now();
        if (!index.add(record).ok()) return 1;
        add.push_back(microseconds(at));
    }
    for (const Record& record : later) {
        const auto at = Clock::now();
        if (!index.remove(record.id).ok()) return 1;
        remove.push_back(microseconds(at));
    }
    print_times("query", query, 1'000);
    print_times("add", add, 2'000);
    print_times("remove", remove, 2'000);
    return 0;
}

int kernels() {
    std::mt19937 random(1);
    std::vector<std::string> names;
    for (int i = 0; i < 400; ++i) {
        std::string name;
        for (int k = 0; k < 12; ++k) name.push_back(static_cast<char>('a' + random() % 26));
        names.push_back(name);
    }
    std::uint64_t sum = 0;
    for (const auto& a : names) {
        for (const auto& b : names) {
            sum += tideline::names::levenshtein(a, b, 2);
            sum += tideline::names::jaro_winkler(a, b, .8) > 0 ? 1 : 0;
        }
    }
    // Whole pairs: a fixed set of records, compared each with each.
    Schema schema;
    schema.fields = {{"given_name", Kind::given_name, {"given_name"}, false},
                     {"family_name", Kind::family_name, {"family_name"}, false},
                     {"birth_date", Kind::date, {"birth_date"}, false},
                     {"phone", Kind::phone, {"phone"}, false},
                     {"address", Kind::address, {"address"}, false},
                     {"employer", Kind::organisation, {"employer"}, false}};
    Dataset data(schema);
    for (std::size_t i = 0; i < 400; ++i) {
        data.put(i, data.encode({fmt::format("{}", i),
                                 {{"given_name", names[i].substr(0, 6)},
                                  {"family_name", names[(i * 7) % 400].substr(0, 8)},
                                  {"birth_date", fmt::format("19{:02}-0{}-1{}", i % 90, 1 + i % 9, i % 10)},
                                  {"phone", fmt::format("021{:07}", i * 7919 % 9999999)},
                                  {"address", fmt::format("{} {} street", i % 60, names[i % 20])},
                                  {"employer", names[i % 50] + " ltd"}}}));
    }
    Model model = default_model(schema, data.slots());
    const Comparer comparer(data, model, true);
    Memory memory;
    float bits = 0;
    for (std::size_t a = 0; a < 400; ++a) {
        for (std::size_t b = 0; b < 400; ++b) bits += comparer.score(data.row(a), data.row(b), memory, -6);
    }
    fmt::print("{} {:.0f}\n", sum, bits);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc >= 3 && std::strcmp(argv[1], "live") == 0)
        return live(argv[2], argc > 3 ? std::stoul(argv[3]) : 10'000'000);
    if (argc == 2 && std::strcmp(argv[1], "kernels") == 0) return kernels();
    fmt::print(stderr, "usage: bench_link live FILE [RECORDS] | bench_link kernels\n");
    return 64;
}
