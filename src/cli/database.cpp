#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/instance.h"

namespace tideline::cli {

int run_database(int argc, char** argv) {
    CLI::App app("Rights in the database.", "tideline database");
    app.require_subcommand(1);
    std::string directory, role;
    Instance::Options options;
    options.staff = false;
    CLI::App* allow = app.add_subcommand(
        "allow-public", "give a PostgreSQL role what the public process needs, and take everything else from it");
    allow->add_option("role", role, "the role, made before with CREATE ROLE … LOGIN")->required();
    allow->add_option("--data", directory, "the data directory")->required();
    allow->add_option("--database", options.database, "another database than the configuration names");
    if (const auto code = parse(app, argc, argv)) return *code;
    options.directory = directory;
    auto opened = Instance::open(options);
    Status done = opened ? Status() : Status(opened.error());
    if (opened) {
        Instance& instance = **opened;
        done = instance.database().write([&](store::Transaction& tx) -> Status {
            if (const Status allowed = instance.database().allow_public_process(tx, role); !allowed) return allowed;
            instance.ledger().append(tx, {"system", "command line", "database.public_allowed", role, ""});
            return {};
        });
    }
    if (!done) {
        fmt::print(stderr, "tideline database: {}\n", done.error().message);
        return Exit::failed;
    }
    fmt::print("{} can store reports, and read and delete the one whose receipt it was given; nothing else.\n", role);
    return Exit::done;
}

}  // namespace tideline::cli
