#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "cli/commands.h"
#include "cli/instance.h"

namespace tideline::cli {

namespace {
/// Reads one share a line from standard input until an empty line or its end.
std::vector<vault::SecretText> read_shares() {
    std::vector<vault::SecretText> shares;
    std::string line;
    while (std::getline(std::cin, line) && !text::trim(line).empty()) {
        shares.emplace_back(text::trim(line));
        std::fill(line.begin(), line.end(), '\0');
    }
    return shares;
}

int fail(std::string_view message) {
    fmt::print(stderr, "tideline recovery: {}\n", message);
    return Exit::failed;
}
}  // namespace

/// Proves that the shares still open what they must: every key of every team.
int run_recovery(int argc, char** argv) {
    CLI::App app("Proves that the recovery shares still work. Nothing is changed or kept.", "tideline recovery");
    app.require_subcommand(1);
    std::string directory;
    Instance::Options options;
    options.staff = false;
    CLI::App* drill = app.add_subcommand("drill", "type the shares, one a line, then an empty line");
    drill->add_option("--data", directory, "the data directory")->required();
    drill->add_option("--database", options.database, "another database than the configuration names");
    if (const auto code = parse(app, argc, argv)) return *code;
    options.directory = directory;
    auto opened = Instance::open(options);
    if (!opened) return fail(opened.error().message);
    Instance& instance = **opened;
    const auto wanted = vault::PublicKey::from_storage(instance.configuration().recovery_key);
    if (!wanted) return fail("this instance was made without a recovery key");
    const auto secret = vault::join_secret(read_shares());
    if (!secret) return fail(secret.error().message);
    const vault::KeyPair pair = vault::KeyPair::from_seed(*secret);
    if (!(pair.public_key == *wanted)) {
        fmt::print(
            stderr,
            "tideline recovery: these shares do not give the recovery key: too few of them, or of another instance\n");
        return Exit::found;
    }
    const access::RecoveryReach reach = access::recovery_reach(instance.database(), pair);
    const Status noted = instance.database().write([&](store::Transaction& tx) -> Status {
        instance.ledger().append(tx, {"system", "command line", "recovery.drilled", "",
                                      fmt::format("{{\"opened\":{},\"keys\":{}}}", reach.opened, reach.keys)});
        return {};
    });
    if (!noted) return fail(noted.error().message);
    fmt::print("The shares give the recovery key. It opens {} of {} team keys.\n", reach.opened, reach.keys);
    return reach.opened == reach.keys ? Exit::done : Exit::found;
}

}  // namespace tideline::cli
