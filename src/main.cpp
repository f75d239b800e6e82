#include "cli/commands.h"

int main(int argc, char** argv) {
    using namespace tideline::cli;
    static constexpr Command commands[] = {
        {"assess", "assess observations by the published method, check packs", run_assess},
        {"version", "print the version", run_version},
    };
    return run(commands, argc, argv);
}
