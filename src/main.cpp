#include "cli/commands.h"

int main(int argc, char** argv) {
    using namespace tideline::cli;
    static constexpr Command commands[] = {
        {"names", "compare names of people and organisations", run_names},
        {"version", "print the version", run_version},
    };
    return run(commands, argc, argv);
}
