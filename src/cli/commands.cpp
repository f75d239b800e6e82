#include "cli/commands.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace tideline::cli {

namespace {
void print_help(std::span<const Command> commands) {
    fmt::print(
        "Tideline: the software that a country's response to human trafficking runs on.\n\nusage: tideline COMMAND "
        "[OPTIONS]\n\n");
    for (const Command& command : commands) fmt::print("  {:<12} {}\n", command.name, command.summary);
    fmt::print("\n'tideline COMMAND --help' tells more.\n");
}
}  // namespace

int run(std::span<const Command> commands, int argc, char** argv) {
    if (argc < 2 || std::string_view(argv[1]) == "--help" || std::string_view(argv[1]) == "help") {
        print_help(commands);
        return argc < 2 ? Exit::usage : Exit::done;
    }
    const std::string_view wanted = argv[1] == std::string_view("--version") ? "version" : argv[1];
    for (const Command& command : commands) {
        if (command.name != wanted) continue;
        try {
            return command.run(argc - 1, argv + 1);
        } catch (const std::exception& error) {
            fmt::print(stderr, "tideline {}: {}\n", command.name, error.what());
            return Exit::failed;
        }
    }
    fmt::print(stderr, "tideline: there is no command '{}'. 'tideline --help' lists them.\n", argv[1]);
    return Exit::usage;
}

std::optional<int> parse(CLI::App& app, int argc, char** argv) {
    try {
        app.parse(argc, argv);
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? Exit::done : Exit::usage;
    }
}

int run_version(int, char**) {
    fmt::print("tideline 0.1.0\n");
    return Exit::done;
}

}  // namespace tideline::cli
