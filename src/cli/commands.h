#pragma once
#include <optional>
#include <span>
#include <string_view>

namespace CLI {
class App;
}

/// The command line. Every subcommand is one function in one file of this folder; main.cpp lists them.
namespace tideline::cli {

/// What a process tells its caller. `usage` follows sysexits.h, the rest is our own.
enum Exit : int {
    done = 0,    ///< what was asked is done
    failed = 1,  ///< it could not be done; the message says why
    found = 2,   ///< a check ran and found something wrong
    usage = 64,  ///< the words of the command are off
};

/// One subcommand: argv[0] is its own name.
struct Command {
    std::string_view name;
    std::string_view summary;
    int (*run)(int argc, char** argv);
};

/// Runs the subcommand that argv[1] names; prints the list without one.
int run(std::span<const Command> commands, int argc, char** argv);

/// Reads the words of a command. Nothing when they are in order; otherwise the exit code, after the help or what is off
/// was printed.
std::optional<int> parse(CLI::App& app, int argc, char** argv);

int run_assess(int argc, char** argv);
int run_audit(int argc, char** argv);
int run_database(int argc, char** argv);
int run_init(int argc, char** argv);
int run_recovery(int argc, char** argv);
int run_serve(int argc, char** argv);
int run_names(int argc, char** argv);
int run_version(int argc, char** argv);
int run_knowledge(int argc, char** argv);
int run_link(int argc, char** argv);

}  // namespace tideline::cli
