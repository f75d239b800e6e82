#include "cli/commands.h"

int main(int argc, char** argv) {
    using namespace tideline::cli;
    static constexpr Command commands[] = {
        {"init", "make a new instance in a data directory", run_init},
        {"serve", "serve the public site and the staff site", run_serve},
        {"audit", "check the audit, or sign its state for a witness", run_audit},
        {"database", "give the public process a role of its own in PostgreSQL", run_database},
        {"recovery", "prove that the recovery shares still work", run_recovery},
        {"names", "compare names of people and organisations", run_names},
        {"link", "find out which records are of one person", run_link},
        {"assess", "assess observations by the published method, check packs", run_assess},
        {"knowledge", "check packs; collect texts for translators", run_knowledge},
        {"version", "print the version", run_version},
    };
    return run(commands, argc, argv);
}
