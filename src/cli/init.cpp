#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/instance.h"

namespace tideline::cli {

int run_init(int argc, char** argv) {
    CLI::App app("Makes a new instance in a data directory.", "tideline init");
    NewInstance wanted;
    std::string directory;
    app.add_option("--data", directory, "the data directory to make")->required();
    app.add_option("--database", wanted.database, "postgresql://… instead of the built-in SQLite");
    app.add_option("--jurisdiction", wanted.jurisdiction, "code of the jurisdiction pack");
    app.add_option("--knowledge", wanted.knowledge, "a folder of packs instead of the built-in ones");
    app.add_option("--shares", wanted.recovery_shares,
                   "how many people hold a share of the recovery key (0: no recovery)");
    app.add_option("--threshold", wanted.recovery_threshold, "how many of them are needed");
    app.add_flag("--demo", wanted.demo, "mark every page: everything here is made up");
    if (const auto code = parse(app, argc, argv)) return *code;
    wanted.directory = directory;
    const auto shares = create_instance(wanted);
    if (!shares) {
        fmt::print(stderr, "tideline init: {}\n", shares.error().message);
        return Exit::failed;
    }
    fmt::print("Made an instance in {}.\n", directory);
    if (shares->empty()) return Exit::done;
    fmt::print(
        "\nThe recovery key opens what teams hold when all their members are lost. It is not stored. It was split into "
        "{} shares,\n"
        "of which {} are needed. Write each on paper and give it to another named officer now; they are not shown "
        "again:\n\n",
        shares->size(), wanted.recovery_threshold);
    for (const auto& share : *shares) fmt::print("  {}\n", share.expose());
    fmt::print("\nTest them with 'tideline recovery drill --data {}'.\n", directory);
    return Exit::done;
}

}  // namespace tideline::cli
