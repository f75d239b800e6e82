#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/instance.h"

namespace tideline::cli {

namespace {
int fail(const Error& error) {
    fmt::print(stderr, "tideline audit: {}\n", error.message);
    return Exit::failed;
}

int verify(const Instance::Options& options, const std::string& checkpoint_path, bool json) {
    const auto instance = Instance::open(options);
    if (!instance) return fail(instance.error());
    std::optional<ledger::Checkpoint> witness;
    if (!checkpoint_path.empty()) {
        std::ifstream file(checkpoint_path);
        if (!file) return fail({ErrorKind::unavailable, "cannot read " + checkpoint_path});
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const auto parsed = ledger::Checkpoint::from_json(text);
        if (!parsed) return fail(parsed.error());
        witness = *parsed;
    }
    Instance& opened = **instance;
    ledger::Findings findings = opened.ledger().verify(opened.database(), witness);
    for (std::string& problem : intake::check_whole(opened.database(), opened.blobs()))
        findings.problems.push_back(std::move(problem));
    if (findings.entries == 0)
        findings.problems.push_back(
            "the ledger is empty, but an instance begins with an entry: everything was removed");
    const bool ok = findings.problems.empty();
    if (json) {
        fmt::print("{}\n", nlohmann::ordered_json{{"ok", ok},
                                                  {"entries", findings.entries},
                                                  {"streams", findings.streams},
                                                  {"checkpoint", witness ? witness->position : 0},
                                                  {"problems", findings.problems}}
                               .dump(2));
    } else {
        for (const std::string& problem : findings.problems) fmt::print("{}\n", problem);
        fmt::print(
            "{} entries in {} streams: {}\n", findings.entries, findings.streams,
            ok ? "nothing was changed, removed or rolled back" : fmt::format("{} problems", findings.problems.size()));
        if (ok && !witness)
            fmt::print(
                "(An old copy of everything would look the same: compare with a checkpoint kept elsewhere, "
                "--checkpoint FILE.)\n");
    }
    return ok ? Exit::done : Exit::found;
}

int checkpoint(const Instance::Options& options, const std::string& out) {
    const auto instance = Instance::open(options);
    if (!instance) return fail(instance.error());
    Instance& opened = **instance;
    const auto made = opened.ledger().checkpoint(opened.database());
    if (!made) return fail(made.error());
    const auto newest = opened.ledger().newest_checkpoint(opened.database());
    if (!newest) return fail({ErrorKind::not_found, "nothing has happened in this instance yet"});
    if (out.empty()) {
        fmt::print("{}\n", newest->to_json());
        return Exit::done;
    }
    std::ofstream file(out, std::ios::trunc);
    file << newest->to_json() << '\n';
    if (!file.flush()) return fail({ErrorKind::unavailable, "cannot write " + out});
    fmt::print("The checkpoint at position {} is in {}. Keep it where this machine cannot reach it.\n",
               newest->position, out);
    return Exit::done;
}
}  // namespace

int run_audit(int argc, char** argv) {
    CLI::App app("Checks the audit, or signs its state for a witness outside.", "tideline audit");
    app.require_subcommand(1);
    Instance::Options options;
    options.staff = false;
    std::string directory, checkpoint_path, out;
    bool json = false;
    const auto common = [&](CLI::App* command) {
        command->add_option("--data", directory, "the data directory")->required();
        command->add_option("--database", options.database, "another database than the configuration names");
    };
    CLI::App* verifying = app.add_subcommand("verify", "find any change, removal or rollback");
    common(verifying);
    verifying->add_option("--checkpoint", checkpoint_path, "a checkpoint that was kept outside");
    verifying->add_flag("--json", json, "machine output");
    CLI::App* signing = app.add_subcommand("checkpoint", "sign the state of now");
    common(signing);
    signing->add_option("--out", out, "the file to write; without it, standard output");
    if (const auto code = parse(app, argc, argv)) return *code;
    options.directory = directory;
    return verifying->parsed() ? verify(options, checkpoint_path, json) : checkpoint(options, out);
}

}  // namespace tideline::cli
