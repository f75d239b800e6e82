#include "cli/commands.h"

int main(int argc, char** argv) {
    using namespace tideline::cli;
    static constexpr Command commands[] = {
        {"version", "print the version", run_version},
        {"link", "find out which records are of one person", run_link},
    };
    return run(commands, argc, argv);
}
