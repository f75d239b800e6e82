#include "cli/commands.h"

int main(int argc, char** argv) {
    using namespace tideline::cli;
    static constexpr Command commands[] = {
        {"assess", "assess observations by the published method, check packs", run_assess},
        {"init", "make a new instance in a data directory", run_init},
        {"audit", "check the audit, or sign its state for a witness", run_audit},
        {"version", "print the version", run_version},
        {"knowledge", "check packs; collect texts for translators", run_knowledge},
    };
    return run(commands, argc, argv);
}
