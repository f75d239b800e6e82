#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/commands.h"
#include "knowledge/messages.h"
#include "knowledge/pack.h"

// tideline knowledge check      is a pack well formed, and which of its facts has nobody verified?
// tideline knowledge messages   brings knowledge/languages in step with the texts of the public site

namespace tideline::cli {

namespace {

namespace fs = std::filesystem;
using knowledge::Files;
using knowledge::Message;
using knowledge::Pack;
using knowledge::PoFile;
using knowledge::Problems;

struct Options {
    std::string folder;
    std::string code;
    std::string source = ".";
    bool json = false;
    bool only_check = false;
};

Result<Pack> load(const std::string& folder, const std::string& code) {
    if (folder.empty()) return Pack::load(Files::embedded(), code);
    auto files = Files::folder(folder);
    if (!files) return files.error();
    return Pack::load(*files, code);
}

int report_failure(const Error& error, bool json) {
    if (json) {
        fmt::print("{}\n", nlohmann::json{{"ok", false}, {"problems", error.message}}.dump(2));
    } else {
        fmt::print(stderr, "{}\n", error.message);
    }
    return error.kind == ErrorKind::invalid ? Exit::found : Exit::failed;
}

int check(const Options& options) {
    const auto pack = load(options.folder, options.code);
    if (!pack) return report_failure(pack.error(), options.json);
    const auto unverified = pack->unverified();
    if (options.json) {
        nlohmann::json facts = nlohmann::json::array();
        for (const auto& fact : unverified) {
            facts.push_back({{"kind", fact.kind}, {"id", fact.id}, {"name", fact.name}, {"source", fact.source}});
        }
        const nlohmann::json out{{"ok", true}, {"jurisdiction", pack->jurisdiction().code}, {"unverified", facts}};
        fmt::print("{}\n", out.dump(2));
        return Exit::done;
    }
    fmt::print("{}: the pack is well formed.\n", pack->jurisdiction().name);
    if (!unverified.empty()) fmt::print("\nNot verified against a source yet ({}):\n", unverified.size());
    for (const auto& fact : unverified) fmt::print("  {:<15} {:<28} {}\n", fact.kind, fact.id, fact.source);
    return Exit::done;
}

std::string read(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return std::move(bytes).str();
}

bool write(const fs::path& path, const std::string& bytes) {
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream << bytes;
    stream.flush();
    return stream.good();
}

PoFile new_catalogue(const std::string& language) {
    PoFile out;
    out.header = {{"Project-Id-Version", "Tideline"},
                  {"Language", language},
                  {"MIME-Version", "1.0"},
                  {"Content-Type", "text/plain; charset=UTF-8"},
                  {"Content-Transfer-Encoding", "8bit"},
                  {"X-Translation-State", "draft"}};
    return out;
}

/// Brings one file in step; returns what is missing from it, or nothing if it could not be read or written.
std::optional<std::size_t> bring_in_step(const fs::path& path, const std::string& language,
                                         const std::vector<Message>& messages, bool only_check) {
    Problems problems;
    PoFile old = new_catalogue(language);
    if (fs::exists(path)) old = knowledge::read_po(path.filename().string(), read(path), problems);
    if (!problems.empty()) {
        fmt::print(stderr, "{}\n", problems.text());
        return std::nullopt;
    }
    const PoFile now = knowledge::merged(old, messages);
    if (!only_check && !write(path, knowledge::write_po(now))) {
        fmt::print(stderr, "{} cannot be written\n", path.string());
        return std::nullopt;
    }
    return knowledge::untranslated(now, messages).size();
}

int messages(const Options& options) {
    const fs::path folder = fs::path(options.source) / "knowledge";
    const fs::path languages = folder / "languages";
    const auto pack = load(folder.string(), options.code);
    if (!pack) return report_failure(pack.error(), options.json);
    const auto collected = knowledge::collect_messages(options.source, *pack);
    if (!collected) return report_failure(collected.error(), options.json);

    nlohmann::json missing = nlohmann::json::object();
    PoFile model = new_catalogue("");
    model.header.pop_back();
    if (!options.only_check &&
        !write(languages / "tideline.pot", knowledge::write_po(knowledge::merged(model, *collected)))) {
        fmt::print(stderr, "{} cannot be written\n", (languages / "tideline.pot").string());
        return Exit::failed;
    }
    std::size_t owed = 0;
    for (const auto& language : pack->jurisdiction().languages) {
        if (language.code == knowledge::Catalogue::source_language) continue;
        const auto left =
            bring_in_step(languages / (language.code + ".po"), language.code, *collected, options.only_check);
        if (!left) return Exit::failed;
        owed += *left;
        missing[language.code] = *left;
        if (!options.json) {
            fmt::print("{:<8} {:>4} of {} texts are translated\n", language.code, collected->size() - *left,
                       collected->size());
        }
    }
    if (options.json) fmt::print("{}\n", nlohmann::json{{"texts", collected->size()}, {"missing", missing}}.dump(2));
    return owed == 0 ? Exit::done : Exit::found;
}

}  // namespace

int run_knowledge(int argc, char** argv) {
    CLI::App app("Checks the packs that the program knows a country by, and collects the texts for translators.",
                 "tideline knowledge");
    app.require_subcommand(1);
    Options options;
    auto* checks = app.add_subcommand("check", "is the pack well formed, and which facts are not verified?");
    checks->add_option("--folder", options.folder, "a knowledge folder; without it, the one compiled in");
    checks->add_option("--jurisdiction", options.code, "which one, if the folder holds several");
    checks->add_flag("--json", options.json, "machine output");
    auto* collects = app.add_subcommand("messages", "bring knowledge/languages in step with the public site");
    collects->add_option("--source", options.source, "the source tree")->capture_default_str();
    collects->add_option("--jurisdiction", options.code, "which one, if the tree holds several");
    collects->add_flag("--check", options.only_check, "write nothing; exit code 2 if a translation is missing");
    collects->add_flag("--json", options.json, "machine output");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? Exit::done : Exit::usage;
    }
    return checks->parsed() ? check(options) : messages(options);
}

}  // namespace tideline::cli
