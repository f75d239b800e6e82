#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <thread>

#include "cli/commands.h"
#include "link/link.h"

namespace tideline::cli {
int run_link(int argc, char** argv) {
    CLI::App app("Finds out which records are of one person.");
    std::string input, truth;
    unsigned threads = 0;
    double budget = 2;
    app.add_option("input", input)->required();
    app.add_option("--truth", truth);
    app.add_option("--threads", threads);
    app.add_option("--pairs-per-record", budget);
    CLI11_PARSE(app, argc, argv);
    auto t0 = std::chrono::steady_clock::now();
    auto lap = [&] {
        auto n = std::chrono::steady_clock::now();
        double s = std::chrono::duration<double>(n - t0).count();
        t0 = n;
        return s;
    };
    auto table = link::read_table(input);
    if (!table.ok()) {
        fmt::print(stderr, "{}\n", table.error().message);
        return Exit::failed;
    }
    double read = lap();
    auto schema = link::recognise(*table);
    fmt::print("{}", link::to_yaml(schema));
    if (threads == 0) threads = std::thread::hardware_concurrency();
    auto data = link::Dataset::from(*table, schema, threads);
    if (!data.ok()) {
        fmt::print(stderr, "{}\n", data.error().message);
        return Exit::failed;
    }
    double intern = lap();
    link::LinkOptions options;
    options.threads = threads;
    options.pairs_per_record = budget;
    auto linkage = link::link(*data, std::nullopt, options);
    fmt::print("rows {} bad {} read {:.3f} intern {:.3f}", table->rows(), table->bad_lines().size(), read, intern);
    for (auto& [k, v] : linkage.seconds) fmt::print(" {} {:.3f}", k, v);
    fmt::print(" total {:.3f}\n", read + intern + lap());
    fmt::print("cpu"); for (auto& [k, v] : linkage.cpu_seconds) fmt::print(" {} {:.3f}", k, v); fmt::print(" all {:.3f}\n", double(clock()) / CLOCKS_PER_SEC);
    for (auto& r : linkage.rules) fmt::print("rule {:<40} max {:>5} compared {:>9} linked {:>8}\n", r.name, r.block_max, r.compared, r.linked);
    fmt::print("compared {} kept {} prior {:.3g} skipped {} train pairs {} patterns {} rounds {}\n",
               linkage.pairs_compared, linkage.edges.size(), linkage.model.prior, linkage.skipped_blocks,
               linkage.training.pairs, linkage.training.patterns, linkage.training.rounds);
    for (auto& c : linkage.model.comparisons) {
        fmt::print("{:<20}", c.name);
        for (size_t l = 1; l < c.levels.size(); ++l)
            fmt::print(" | {:.3f}/{:.2g} {:+.1f}", c.levels[l].m, c.levels[l].u, c.weight(l));
        fmt::print("\n");
    }
    for (auto& r : linkage.model.relations) fmt::print("{} {:.3g}\n", r.name, r.share);
    if (!truth.empty()) {
        auto column = table->column(truth);
        link::detail::Dictionary entities;
        std::vector<std::uint32_t> numbers;
        for (std::size_t r = 0; r < table->rows(); ++r) numbers.push_back(entities.intern(table->cell(r, *column)));
        auto accuracy = link::measure(numbers, linkage.edges, linkage.threshold_bits, linkage.clusters);
        auto show = [](const char* n, link::Rates r) {
            fmt::print("{} P {:.4f} R {:.4f} F1 {:.4f}\n", n, r.precision, r.recall, r.f1);
        };
        fmt::print("true {} found {} ({:.4f})\n", accuracy.true_pairs, accuracy.found_by_blocking,
                   double(accuracy.found_by_blocking) / double(accuracy.true_pairs));
        show("pairs", accuracy.pairs);
        show("best", accuracy.pairs_best);
        fmt::print("at {}\n", accuracy.best_threshold_bits);
        show("clusters", accuracy.clusters);
    }
    return Exit::done;
}
}  // namespace tideline::cli
