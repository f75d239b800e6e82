#include "cli/commands.h"

int main(int argc, char** argv) {
    using namespace tideline::cli;
    static constexpr Command commands[] = {
        {"version", "print the version", run_version},
        {"knowledge", "check packs; collect texts for translators", run_knowledge},
    };
    return run(commands, argc, argv);
}
