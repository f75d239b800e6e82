#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>
#include <thread>

#include "base/text.h"
#include "cli/commands.h"
#include "link/results.h"

namespace tideline::cli {

namespace {

using namespace tideline::link;

/// What the command line asks for.
struct Wanted {
    std::string input, config, model, truth, id, decisions, labels, previous;
    std::string out, pairs, entities, bad_lines, html;
    std::string first, second;  // ids to explain
    std::string delimiter;
    unsigned threads = 0;
    std::size_t memory_mb = 0;
    double threshold = 0;
    bool json = false;
    bool quiet = false;
};

unsigned threads_of(const Wanted& wanted) {
    return wanted.threads != 0 ? wanted.threads : std::max(1u, std::thread::hardware_concurrency());
}

/// A failure that ends the command with its sentence.
int fail(const Error& error) {
    fmt::print(stderr, "tideline link: {}\n", error.message);
    return error.kind == ErrorKind::invalid ? Exit::usage : Exit::failed;
}

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{ErrorKind::not_found, fmt::format("{} cannot be opened", path)};
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return std::move(bytes).str();
}

Status write_file(const std::string& path, std::span<const std::string> pieces) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    for (const std::string& piece : pieces) file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    file.flush();
    if (!file) return Error{ErrorKind::unavailable, fmt::format("{} cannot be written", path)};
    return {};
}
Status write_file(const std::string& path, const std::string& bytes) {
    return write_file(path, std::span<const std::string>(&bytes, 1));
}

/// Memory of this process as the system counts it: "VmRSS:" now, "VmHWM:" at the most.
std::size_t kilobytes(std::string_view what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what)) return static_cast<std::size_t>(std::atoll(line.c_str() + what.size()));
    }
    return 0;
}
std::size_t peak_mb() { return kilobytes("VmHWM:") / 1024; }

/// What linking may take, the dataset included, so that the whole process stays within the limit.
Result<std::size_t> memory_left(const Wanted& wanted, const Dataset& data) {
    const std::size_t limit = wanted.memory_mb << 20;
    const std::size_t resident = kilobytes("VmRSS:") << 10;
    const std::size_t elsewhere = resident - std::min(resident, data.bytes());
    const std::size_t needed =
        std::max(kilobytes("VmHWM:") << 10, elsewhere + memory_to_link(data, threads_of(wanted)));
    if (needed > limit) {
        return Error{ErrorKind::too_large,
                     fmt::format("linking these records takes about {} MB; --memory {} is too little",
                                 (needed >> 20) + 1, wanted.memory_mb)};
    }
    return limit - elsewhere;
}

/// A bar on the terminal, if there is one to draw it on.
class ProgressBar {
public:
    explicit ProgressBar(bool quiet) : shown_(!quiet && isatty(STDERR_FILENO) == 1) {}
    ~ProgressBar() {
        if (shown_) fmt::print(stderr, "\r\x1b[K");
    }
    void operator()(std::string_view phase, double share) {
        const int percent = static_cast<int>(share * 100);
        if (!shown_ || (phase == phase_ && percent == percent_)) return;
        phase_ = phase;
        percent_ = percent;
        fmt::print(stderr, "\r\x1b[K{:<10} [{:<40}] {:3} %", phase,
                   std::string(static_cast<std::size_t>(share * 40), '#'), percent);
    }

private:
    bool shown_;
    std::string phase_;
    int percent_ = -1;
};

/// The records of one run: text, what it means, and numbers for it.
struct Loaded {
    Table table;
    Schema schema;
    std::optional<Model> model;
    std::vector<std::string> ids;
    std::vector<Decision> decisions;
    std::vector<Decision> labels;
    EarlierClusters earlier;
    std::map<std::string, double> seconds;
};

class Clock {
public:
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const double seconds = std::chrono::duration<double>(now - last_).count();
        last_ = now;
        return seconds;
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

Status choose_schema(const Wanted& wanted, Loaded& loaded) {
    if (!wanted.model.empty()) {
        auto bytes = read_file(wanted.model);
        if (!bytes.ok()) return bytes.error();
        auto model = parse_model(*bytes);
        if (!model.ok()) return model.error();
        loaded.schema = model->schema;
        loaded.model = *std::move(model);
    } else if (!wanted.config.empty()) {
        auto bytes = read_file(wanted.config);
        if (!bytes.ok()) return bytes.error();
        auto schema = parse_schema(*bytes);
        if (!schema.ok()) return Error{schema.kind(), wanted.config + ": " + schema.error().message};
        loaded.schema = *std::move(schema);
    } else {
        loaded.schema = recognise(loaded.table);
    }
    if (!wanted.id.empty()) loaded.schema.id_column = wanted.id;
    if (!wanted.truth.empty()) loaded.schema.truth_column = wanted.truth;
    // The truth is never evidence, whatever its column looks like.
    for (Field& field : loaded.schema.fields) std::erase(field.columns, loaded.schema.truth_column);
    std::erase_if(loaded.schema.fields, [](const Field& field) { return field.columns.empty(); });
    if (wanted.model.empty() && wanted.config.empty() && !wanted.quiet) {
        fmt::print(stderr, "# No configuration was given; this one was recognised (keep it with --config):\n{}",
                   to_yaml(loaded.schema));
    }
    return {};
}

Status read_ids(Loaded& loaded, unsigned threads) {
    const Table& table = loaded.table;
    if (loaded.schema.id_column.empty()) {
        loaded.ids.resize(table.rows());
        for (std::size_t row = 0; row < table.rows(); ++row) loaded.ids[row] = std::to_string(row + 1);
    } else {
        const auto column = table.column(loaded.schema.id_column);
        if (!column)
            return Error{ErrorKind::invalid,
                         fmt::format("the file has no column '{}' for the ids", loaded.schema.id_column)};
        loaded.ids = table.texts(*column, threads);
    }
    if (!loaded.schema.truth_column.empty() && !table.column(loaded.schema.truth_column))
        return Error{ErrorKind::invalid,
                     fmt::format("the file has no column '{}' for the truth", loaded.schema.truth_column)};
    return {};
}

/// The true entity of each record, numbered; empty without a truth.
using Numbers = std::vector<std::uint32_t>;
Numbers read_truth(const Loaded& loaded) {
    if (loaded.schema.truth_column.empty()) return {};
    return loaded.table.numbers(*loaded.table.column(loaded.schema.truth_column));
}

/// Clusters of an earlier run: a CSV with the columns id and cluster.
Status read_previous(const Wanted& wanted, Loaded& loaded) {
    if (wanted.previous.empty()) return {};
    auto table = read_table(wanted.previous);
    if (!table.ok()) return table.error();
    const auto id = table->column("id");
    const auto cluster = table->column("cluster");
    if (!id || !cluster)
        return Error{ErrorKind::invalid, fmt::format("{}: the columns 'id' and 'cluster' are needed", wanted.previous)};
    for (std::size_t row = 0; row < table->rows(); ++row)
        loaded.earlier.emplace(table->cell(row, *id), table->cell(row, *cluster));
    return {};
}

/// What people said of pairs: a CSV with the columns a, b and same (yes or no).
Status read_pairs(const std::string& path, const std::vector<std::string>& ids, std::vector<Decision>& pairs) {
    if (path.empty()) return {};
    auto table = read_table(path);
    if (!table.ok()) return table.error();
    const auto a = table->column("a");
    const auto b = table->column("b");
    const auto same = table->column("same");
    if (!a || !b || !same)
        return Error{ErrorKind::invalid, fmt::format("{}: the columns 'a', 'b' and 'same' are needed", path)};
    std::map<std::string_view, std::uint32_t> place;
    for (std::uint32_t row = 0; row < ids.size(); ++row) place[ids[row]] = row;
    for (std::size_t row = 0; row < table->rows(); ++row) {
        const auto left = place.find(table->cell(row, *a));
        const auto right = place.find(table->cell(row, *b));
        const std::string word = text::ascii_lower(table->cell(row, *same));
        if (left == place.end() || right == place.end()) {
            return Error{ErrorKind::invalid,
                         fmt::format("{}: pair {} names a record that the file does not have", path, row + 1)};
        }
        if (word != "yes" && word != "no")
            return Error{ErrorKind::invalid, fmt::format("{}: pair {}: 'same' is yes or no", path, row + 1)};
        if (left->second == right->second)
            return Error{ErrorKind::invalid, fmt::format("{}: pair {} is of one record with itself", path, row + 1)};
        pairs.push_back({std::min(left->second, right->second), std::max(left->second, right->second), word == "yes"});
    }
    return {};
}

Result<Loaded> load(const Wanted& wanted, Clock& clock) {
    Loaded loaded;
    ReadOptions reading;
    reading.threads = wanted.threads;
    if (!wanted.delimiter.empty()) reading.delimiter = wanted.delimiter == "tab" ? '\t' : wanted.delimiter[0];
    auto table = read_table(wanted.input, reading);
    if (!table.ok()) return Error{table.kind(), wanted.input + ": " + table.error().message};
    loaded.table = *std::move(table);
    loaded.seconds["read"] = clock.lap();
    if (!wanted.quiet) {
        for (const std::string& note : loaded.table.notes()) fmt::print(stderr, "# {}: {}\n", wanted.input, note);
    }
    const auto& bad = loaded.table.bad_lines();
    if (!bad.empty()) {
        std::string side = "line,reason,text\n";
        for (const BadLine& line : bad)
            fmt::format_to(std::back_inserter(side), "{},{},{}\n", line.line, csv_cell(line.reason),
                           csv_cell(line.text));
        const std::string path = wanted.bad_lines.empty() ? wanted.input + ".bad.csv" : wanted.bad_lines;
        if (auto written = write_file(path, side); !written.ok()) return written.error();
        fmt::print(stderr, "{}: {} lines could not be read (first: line {}: {}); they are in {}\n", wanted.input,
                   bad.size(), bad[0].line, bad[0].reason, path);
    }
    if (auto chosen = choose_schema(wanted, loaded); !chosen.ok()) return chosen.error();
    if (auto read = read_ids(loaded, threads_of(wanted)); !read.ok()) return read.error();
    if (auto read = read_previous(wanted, loaded); !read.ok()) return read.error();
    if (auto read = read_pairs(wanted.decisions, loaded.ids, loaded.decisions); !read.ok()) return read.error();
    if (auto read = read_pairs(wanted.labels, loaded.ids, loaded.labels); !read.ok()) return read.error();
    loaded.seconds["columns"] = clock.lap();
    return loaded;
}

nlohmann::json to_json(const Rates& rates) {
    return {{"precision", rates.precision}, {"recall", rates.recall}, {"f1", rates.f1}};
}

nlohmann::json summary(const Loaded& loaded, const Linkage& linkage, const std::optional<Accuracy>& accuracy) {
    std::size_t people = 0;
    for (std::size_t record = 0; record < linkage.clusters.size(); ++record)
        people += linkage.clusters[record] == record ? 1 : 0;
    nlohmann::json out = {{"records", loaded.ids.size()},
                          {"bad_lines", loaded.table.bad_lines().size()},
                          {"clusters", people},
                          {"pairs_compared", linkage.pairs_compared},
                          {"pairs_kept", linkage.edges.size()},
                          {"skipped_blocks", linkage.skipped_blocks},
                          {"prior", linkage.model.prior},
                          {"threshold_bits", linkage.threshold_bits},
                          {"seconds", loaded.seconds},
                          {"peak_mb", peak_mb()}};
    for (const auto& rule : linkage.rules)
        out["rules"].push_back(
            {{"name", rule.name}, {"block_max", rule.block_max}, {"compared", rule.compared}, {"linked", rule.linked}});
    if (accuracy) {
        out["true_pairs"] = accuracy->true_pairs;
        out["found_by_blocking"] = accuracy->found_by_blocking;
        out["pairs"] = to_json(accuracy->pairs);
        out["pairs_best"] = to_json(accuracy->pairs_best);
        out["pairs_best"]["threshold_bits"] = accuracy->best_threshold_bits;
        out["clusters_accuracy"] = to_json(accuracy->clusters);
        for (const auto& [name, rates] : {std::pair{"pairs", accuracy->pairs},
                                          {"pairs_best", accuracy->pairs_best},
                                          {"cluster", accuracy->clusters}}) {
            out[std::string(name) + "_f1"] = rates.f1;
            out[std::string(name) + "_precision"] = rates.precision;
            out[std::string(name) + "_recall"] = rates.recall;
        }
    }
    return out;
}

void print_summary(const nlohmann::json& out) {
    fmt::print("{} records, {} people; {} pairs compared, {} blocks too big to compare whole\n",
               out["records"].get<std::size_t>(), out["clusters"].get<std::size_t>(),
               out["pairs_compared"].get<std::uint64_t>(), out["skipped_blocks"].get<std::size_t>());
    if (out.contains("pairs_f1")) {
        for (const char* what : {"pairs", "pairs_best", "cluster"}) {
            fmt::print("{:<12} precision {:.4f}  recall {:.4f}  F1 {:.4f}\n", what,
                       out[std::string(what) + "_precision"].get<double>(),
                       out[std::string(what) + "_recall"].get<double>(), out[std::string(what) + "_f1"].get<double>());
        }
    }
    for (const auto& [phase, seconds] : out["seconds"].items())
        fmt::print("{:<8} {:7.3f} s\n", phase, seconds.get<double>());
    fmt::print("at most {} MB of memory\n", out["peak_mb"].get<std::size_t>());
}

std::vector<ReportPair> pairs_to_show(const Loaded& loaded, const Linkage& linkage, const Comparer& comparer,
                                      const Dataset& data) {
    std::vector<ReportPair> shown;
    if (linkage.edges.empty()) return shown;
    const auto add = [&](std::string title, const Edge& edge) {
        shown.push_back({std::move(title), loaded.ids[edge.a], loaded.ids[edge.b],
                         link::explain(comparer, data.row(edge.a), data.row(edge.b))});
    };
    const auto distance = [&](const Edge& edge) { return std::abs(edge.bits - linkage.threshold_bits); };
    add("The surest pair", *std::max_element(linkage.edges.begin(), linkage.edges.end(),
                                             [](const Edge& a, const Edge& b) { return a.bits < b.bits; }));
    add("A pair at the threshold",
        *std::min_element(linkage.edges.begin(), linkage.edges.end(),
                          [&](const Edge& a, const Edge& b) { return distance(a) < distance(b); }));
    return shown;
}

enum class Action { link, train, explain, report };

/// What one phase gives back the next one takes: memory that went back to the system has to be cleared by it again when
/// it comes anew (a million records: a twenty-fifth less time).
void keep_memory() {
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_ARENA_MAX, 1);
}

int run_action(Action action, const Wanted& wanted) {
    Clock clock;
    Clock whole;
    keep_memory();
    auto loaded = load(wanted, clock);
    if (!loaded.ok()) return fail(loaded.error());
    const unsigned threads = threads_of(wanted);
    auto data = Dataset::from(loaded->table, loaded->schema, threads);
    if (!data.ok()) return fail(data.error());
    loaded->seconds["intern"] = clock.lap();
    // Reading the truth is not part of linking, and is not counted.
    const auto truth = action == Action::link || action == Action::report ? read_truth(*loaded) : Numbers();
    const double uncounted = clock.lap();
    if (wanted.entities.empty()) loaded->table.release();
    ProgressBar bar(wanted.quiet || wanted.json);
    LinkOptions options;
    options.threads = threads;
    options.decisions = loaded->decisions;
    options.training.labels = loaded->labels;
    options.progress = [&](std::string_view phase, double share) { bar(phase, share); };
    if (wanted.threshold > 0) options.threshold = wanted.threshold;

    if (action == Action::train) {
        const Model model = train_model(*data, options);
        if (auto written = write_file(wanted.out, link::to_json(model)); !written.ok()) return fail(written.error());
        fmt::print("{}: learned from {} records; chance that two match {:.3g}\n", wanted.out, data->size(),
                   model.prior);
        return Exit::done;
    }
    if (action == Action::explain) {
        const auto place = [&](const std::string& id) {
            return std::find(loaded->ids.begin(), loaded->ids.end(), id) - loaded->ids.begin();
        };
        const auto a = static_cast<std::size_t>(place(wanted.first));
        const auto b = static_cast<std::size_t>(place(wanted.second));
        if (a >= data->size() || b >= data->size()) {
            return fail({ErrorKind::not_found,
                         fmt::format("there is no record '{}'", a >= data->size() ? wanted.first : wanted.second)});
        }
        const Model model = loaded->model ? *loaded->model : train_model(*data, options);
        const Comparer comparer(*data, model, false);
        const Explanation why = link::explain(comparer, data->row(std::min(a, b)), data->row(std::max(a, b)));
        if (wanted.json) {
            nlohmann::json out = {{"a", loaded->ids[std::min(a, b)]},
                                  {"b", loaded->ids[std::max(a, b)]},
                                  {"prior_bits", why.prior_bits},
                                  {"relation_bits", why.relation_bits},
                                  {"bits", why.bits},
                                  {"chance", why.chance}};
            for (const auto& field : why.fields)
                out["fields"].push_back({{"name", field.name},
                                         {"level", field.level},
                                         {"left", field.left},
                                         {"right", field.right},
                                         {"bits", field.bits}});
            fmt::print("{}\n", out.dump(2));
            return Exit::done;
        }
        fmt::print("{:<22} {:>6.1f}  chance that any two records match\n", "before looking", why.prior_bits);
        for (const auto& field : why.fields)
            fmt::print("{:<22} {:>+6.1f}  {}: {} | {}\n", field.name, field.bits, field.level, field.left, field.right);
        fmt::print("{:<22} {:>+6.1f}  what related people have in common\n{:<22} {:>+6.1f}  chance {:.6f}\n",
                   "taken off", why.relation_bits, "sum", why.bits, why.chance);
        return Exit::done;
    }

    if (wanted.memory_mb != 0) {
        const auto left = memory_left(wanted, *data);
        if (!left.ok()) return fail(left.error());
        options.memory_bytes = *left;
    }
    Linkage linkage = link::link(*data, loaded->model, options);
    for (const auto& [phase, seconds] : linkage.seconds) loaded->seconds[phase] = seconds;
    clock.lap();
    const NamedClusters named = name_clusters(linkage.clusters, loaded->ids, loaded->earlier, threads);
    if (!wanted.out.empty()) {
        if (auto written = write_file(wanted.out, clusters_csv(named, loaded->ids, threads)); !written.ok())
            return fail(written.error());
    }
    if (!wanted.pairs.empty()) {
        if (auto written = write_file(wanted.pairs, pairs_csv(linkage, loaded->ids)); !written.ok())
            return fail(written.error());
    }
    if (!wanted.entities.empty()) {
        if (auto written =
                write_file(wanted.entities, follow_the_money(loaded->table, loaded->schema, named, loaded->ids));
            !written.ok())
            return fail(written.error());
    }
    loaded->seconds["write"] = clock.lap();
    loaded->seconds["total"] = whole.lap() - uncounted;
    std::optional<Accuracy> accuracy;
    const std::size_t peak = peak_mb();
    if (!truth.empty()) accuracy = measure(truth, linkage.edges, linkage.threshold_bits, linkage.clusters);
    nlohmann::json out = summary(*loaded, linkage, accuracy);
    out["peak_mb"] = peak;
    if (action == Action::report) {
        const Comparer comparer(*data, linkage.model, !loaded->model.has_value());
        ReportSource source{fmt::format("Linking of {}", wanted.input),
                            &linkage,
                            &*data,
                            &named,
                            accuracy ? &*accuracy : nullptr,
                            loaded->table.bad_lines().size(),
                            pairs_to_show(*loaded, linkage, comparer, *data),
                            loaded->ids};
        if (auto written = write_file(wanted.html, html_report(source)); !written.ok()) return fail(written.error());
    }
    if (wanted.json) {
        fmt::print("{}\n", out.dump(2));
    } else {
        print_summary(out);
    }
    return Exit::done;
}

}  // namespace

int run_link(int argc, char** argv) {
    Action action = Action::link;
    const std::string_view word = argc > 1 ? argv[1] : "";
    if (word == "train") action = Action::train;
    if (word == "explain") action = Action::explain;
    if (word == "report") action = Action::report;
    CLI::App app(
        "Finds out which records are of one person.\n\n"
        "  tideline link people.csv --out clusters.csv --pairs pairs.csv     link all records of a file\n"
        "  tideline link train people.csv --out model.json                   only learn (--labels: from people too)\n"
        "  tideline link explain people.csv ID ID                            why two records match, or do not\n"
        "  tideline link report people.csv --html report.html                one page about a run\n",
        action == Action::link ? "tideline link" : "tideline link " + std::string(word));
    Wanted wanted;
    app.add_option("input", wanted.input, "CSV, JSON Lines or FollowTheMoney file")->required();
    if (action == Action::explain) {
        app.add_option("first", wanted.first, "id of a record")->required();
        app.add_option("second", wanted.second, "id of another")->required();
    }
    app.add_option("--config", wanted.config, "YAML that says what the columns are (without: recognised and printed)");
    auto* model =
        app.add_option("--model", wanted.model, "a model that 'link train' wrote (without: learned from the records)");
    app.add_option("--labels", wanted.labels,
                   "CSV with columns a, b, same (yes or no): pairs of which people know; learned from, not enforced")
        ->excludes(model);
    app.add_option("--id", wanted.id, "column with the ids of records");
    app.add_option("--truth", wanted.truth, "column with the true entity: measures accuracy, is never compared");
    app.add_option("--decisions", wanted.decisions,
                   "CSV with columns a, b, same (yes or no): what people decided, always kept");
    app.add_option("--previous", wanted.previous, "clusters of an earlier run: they keep their names");
    if (action == Action::train) {
        app.add_option("--out", wanted.out, "where the model goes")->required();
    } else {
        app.add_option("--out", wanted.out, "CSV of records and their clusters");
    }
    app.add_option("--pairs", wanted.pairs, "CSV of linked pairs");
    app.add_option("--entities", wanted.entities, "FollowTheMoney entities, one per cluster");
    if (action == Action::report) app.add_option("--html", wanted.html, "where the report goes")->required();
    app.add_option("--bad-lines", wanted.bad_lines, "where lines go that cannot be read (default: INPUT.bad.csv)");
    app.add_option("--threshold", wanted.threshold, "chance from which on two records are linked")
        ->check(CLI::Range(0.0001, 0.9999));
    app.add_option("--delimiter", wanted.delimiter, "what separates cells, or 'tab'");
    app.add_option("--threads", wanted.threads, "threads to use (default: all)")->check(CLI::Range(1u, 256u));
    app.add_option(
        "--memory", wanted.memory_mb,
        "megabytes that the run may take: weak pairs are forgotten if need be; an error if it is too little");
    app.add_flag("--json", wanted.json, "print the summary as JSON");
    app.add_flag("--quiet", wanted.quiet, "say nothing on the way");
    try {
        if (action == Action::link) {
            app.parse(argc, argv);
        } else {
            app.parse(argc - 1, argv + 1);
        }
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? Exit::done : Exit::usage;
    }
    return run_action(action, wanted);
}

}  // namespace tideline::cli
