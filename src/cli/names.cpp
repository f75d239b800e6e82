#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "names/names.h"

namespace tideline::cli {

namespace {

using nlohmann::json;

names::Schema schema_of(std::string_view written) {
    const std::string lower = text::ascii_lower(written);
    if (lower == "person") return names::Schema::person;
    if (lower == "unknown" || lower == "legalentity" || lower == "thing") return names::Schema::unknown;
    return names::Schema::organisation;
}

json as_json(const names::Prepared& name, const names::Part& part) {
    return {{"text", name.text_of(part)},
            {"latin", part.latin()},
            {"sound", part.sound()},
            {"kind", names::name_of(part.kind)}};
}

std::string parts_text(const names::Prepared& name, std::size_t first, std::size_t count) {
    if (count == 0) return "-";
    const auto parts = name.parts();
    return name.original().substr(parts[first].begin,
                                  static_cast<std::size_t>(parts[first + count - 1].end - parts[first].begin));
}

std::string dump(const json& value) { return value.dump(2, ' ', false, json::error_handler_t::replace); }

int compare(const std::string& first, const std::string& second, names::Schema schema, bool as_machine) {
    const auto [a, b] = names::prepare_pair(first, second, schema);
    const names::Comparison comparison = names::compare(a, b);
    const bool match = comparison.score >= names::match_threshold;
    const std::string verdict = names::explain(a, b, comparison);
    if (as_machine) {
        json rows = json::array();
        for (const names::Aligned& row : comparison.aligned()) {
            rows.push_back({{"a", parts_text(a, row.a, row.a_count)},
                            {"b", parts_text(b, row.b, row.b_count)},
                            {"relation", names::name_of(row.relation)},
                            {"closeness", row.closeness}});
        }
        fmt::print("{}\n", dump({{"score", comparison.score},
                                 {"threshold", names::match_threshold},
                                 {"match", match},
                                 {"log_likelihood_ratio", comparison.log_likelihood_ratio},
                                 {"rarity", comparison.rarity},
                                 {"reordered", comparison.reordered},
                                 {"alignment", rows},
                                 {"verdict", verdict}}));
        return Exit::done;
    }
    fmt::print("{}\n\nscore {:.3f} (a match from {:.2f}), log-likelihood ratio {:+.1f} nats\n", verdict,
               comparison.score, names::match_threshold, comparison.log_likelihood_ratio);
    for (const names::Aligned& row : comparison.aligned()) {
        fmt::print("  {:<28} {:<28} {} {:.2f}\n", parts_text(a, row.a, row.a_count), parts_text(b, row.b, row.b_count),
                   names::name_of(row.relation), row.closeness);
    }
    return Exit::done;
}

int parse(const std::string& written, names::Schema schema, bool as_machine) {
    const names::Prepared name = names::prepare(written, schema);
    const std::string_view kind = name.schema() == names::Schema::organisation ? "organisation" : "person";
    if (as_machine) {
        json parts = json::array();
        for (const names::Part& part : name.parts()) parts.push_back(as_json(name, part));
        fmt::print("{}\n", dump({{"schema", kind}, {"latin", name.latin()}, {"parts", parts}}));
        return Exit::done;
    }
    fmt::print("{}: {}\n", kind, name.latin());
    for (const names::Part& part : name.parts()) {
        fmt::print("  {:<24} {:<20} {:<16} {}\n", name.text_of(part), part.latin(), part.sound(),
                   names::name_of(part.kind));
    }
    return Exit::done;
}

/// Rows of a CSV text (RFC 4180: quotes doubled inside quotes, line ends inside quotes).
std::vector<std::vector<std::string>> csv_rows(std::string_view text) {
    std::vector<std::vector<std::string>> rows(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c != '"')
                rows.back().back() += c;
            else if (i + 1 < text.size() && text[i + 1] == '"')
                rows.back().back() += text[++i];
            else
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            rows.back().emplace_back();
        } else if (c == '\n') {
            rows.push_back({""});
        } else if (c != '\r') {
            rows.back().back() += c;
        }
    }
    std::erase_if(rows, [](const auto& row) { return row.size() == 1 && row[0].empty(); });
    return rows;
}

struct Case {
    std::string first, second, schema;
    bool is_match = false;
    double score = 0;
};

struct Counts {
    double right = 0, wrongly = 0, missed = 0;
    double f1() const { return right == 0 ? 0 : 2 * right / (2 * right + wrongly + missed); }
    double precision() const { return right == 0 ? 0 : right / (right + wrongly); }
    double recall() const { return right == 0 ? 0 : right / (right + missed); }
};

Counts count(const std::vector<Case>& cases, double threshold) {
    Counts counts;
    for (const Case& one : cases) {
        const bool said = one.score >= threshold;
        counts.right += said && one.is_match;
        counts.wrongly += said && !one.is_match;
        counts.missed += !said && one.is_match;
    }
    return counts;
}

/// The cases of a file, or a message.
std::string read_cases(const std::string& path, std::vector<Case>& cases) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fmt::format("'{}' cannot be read.", path);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    const auto rows = csv_rows(bytes);
    if (rows.size() < 2) return fmt::format("'{}' has no cases: a header and at least one row are needed.", path);
    const auto column = [&](std::string_view name) {
        return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) - rows[0].begin());
    };
    const std::size_t schema = column("schema"), first = column("name1"), second = column("name2"),
                      is_match = column("is_match");
    const std::size_t needed = std::max({schema, first, second, is_match});
    if (needed >= rows[0].size()) return fmt::format("'{}' needs the columns schema, name1, name2 and is_match.", path);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() <= needed)
            return fmt::format("'{}', row {}: it has {} columns, {} are needed.", path, i + 1, rows[i].size(),
                               needed + 1);
        const std::string truth = text::ascii_lower(rows[i][is_match]);
        cases.push_back(
            {rows[i][first], rows[i][second], rows[i][schema], truth == "true" || truth == "1" || truth == "yes"});
    }
    return {};
}

/// The quickest of as many rounds as fit into half a second, and of twenty at least: few rounds over few pairs time
/// what else the machine does.
template <class Each>
double microseconds_a_pair(std::size_t pairs, Each each) {
    constexpr int rounds_least = 20;
    constexpr std::chrono::duration<double, std::micro> long_enough = std::chrono::milliseconds(500);
    std::chrono::duration<double, std::micro> best = std::chrono::hours(1), all = {};
    for (int round = 0; round < rounds_least || all < long_enough; ++round) {
        const auto start = std::chrono::steady_clock::now();
        each();
        const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - start;
        best = std::min(best, spent);
        all += spent;
    }
    return best.count() / static_cast<double>(pairs);
}

int bench(const std::string& path, bool as_machine) {
    std::vector<Case> cases;
    if (const std::string problem = read_cases(path, cases); !problem.empty()) {
        fmt::print(stderr, "tideline names bench: {}\n", problem);
        return Exit::failed;
    }
    names::compare(names::prepare("a", names::Schema::person),
                   names::prepare("b", names::Schema::person));  // reads the tables
    const double each_us = microseconds_a_pair(cases.size(), [&] {
        for (Case& one : cases) {
            const auto [a, b] = names::prepare_pair(one.first, one.second, schema_of(one.schema));
            one.score = names::compare(a, b).score;
        }
    });
    std::vector<std::pair<names::Prepared, names::Prepared>> prepared;
    for (const Case& one : cases) prepared.push_back(names::prepare_pair(one.first, one.second, schema_of(one.schema)));
    double sum = 0;
    const double prepared_us = microseconds_a_pair(cases.size(), [&] {
        for (const auto& [a, b] : prepared) sum += names::compare(a, b).score;
    });
    const Counts own = count(cases, names::match_threshold);
    double best = 0, best_at = 0;
    for (int step = 1; step <= 1'000; ++step) {
        const double f1 = count(cases, step / 1'000.0).f1();
        if (f1 > best) {
            best = f1;
            best_at = step / 1'000.0;
        }
    }
    json wrong = json::array();
    for (const Case& one : cases) {
        if ((one.score >= names::match_threshold) != one.is_match) {
            wrong.push_back({{"schema", one.schema},
                             {"name1", one.first},
                             {"name2", one.second},
                             {"is_match", one.is_match},
                             {"score", one.score}});
        }
    }
    if (as_machine) {
        fmt::print("{}\n", dump({{"pairs", cases.size()},
                                 {"f1", own.f1()},
                                 {"precision", own.precision()},
                                 {"recall", own.recall()},
                                 {"threshold", names::match_threshold},
                                 {"best_f1", best},
                                 {"best_threshold", best_at},
                                 {"us_per_pair", each_us},
                                 {"us_per_pair_prepared", prepared_us},
                                 {"wrong", wrong}}));
        return Exit::done;
    }
    fmt::print(
        "{} pairs\nF1 {:.3f} at the threshold {:.2f} (precision {:.3f}, recall {:.3f}); best F1 {:.3f}, at {:.3f}\n",
        cases.size(), own.f1(), names::match_threshold, own.precision(), own.recall(), best, best_at);
    fmt::print("{:.2f} µs a pair, {:.2f} µs once both sides are prepared\n", each_us, prepared_us);
    if (!wrong.empty()) fmt::print("wrong:\n");
    for (const json& one : wrong) {
        fmt::print("  {} {:.3f}  {} | {}\n", one["is_match"].get<bool>() ? "missed " : "wrongly",
                   one["score"].get<double>(), one["name1"].get<std::string>(), one["name2"].get<std::string>());
    }
    return sum < 0 ? Exit::failed : Exit::done;
}

}  // namespace

int run_names(int argc, char** argv) {
    CLI::App app("Compare names of people and organisations across scripts and cultures.", "tideline names");
    app.require_subcommand(1);
    std::string first, second, path, schema = "person";
    bool as_machine = false;
    CLI::App* comparing = app.add_subcommand("compare", "how strongly two names say that it is the same one");
    comparing->add_option("A", first, "one name")->required();
    comparing->add_option("B", second, "the other name")->required();
    CLI::App* parsing = app.add_subcommand("parse", "what the parts of a name are");
    parsing->add_option("NAME", first, "the name")->required();
    CLI::App* benching = app.add_subcommand("bench", "judge on labelled pairs: columns schema, name1, name2, is_match");
    benching->add_option("CASES", path, "a CSV file")->required();
    for (CLI::App* command : {comparing, parsing, benching}) command->add_flag("--json", as_machine, "for machines");
    for (CLI::App* command : {comparing, parsing}) {
        command->add_option("--schema", schema, "person, organisation or unknown")
            ->check(CLI::IsMember({"person", "organisation", "unknown"}));
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? Exit::done : Exit::usage;
    }
    if (comparing->parsed()) return compare(first, second, schema_of(schema), as_machine);
    if (parsing->parsed()) return parse(first, schema_of(schema), as_machine);
    return bench(path, as_machine);
}

}  // namespace tideline::cli
