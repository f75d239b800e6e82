#pragma once
#include <map>
#include <span>
#include <vector>

#include "link/blocking.h"
#include "link/compare.h"

/// Estimating a model's numbers from the records themselves, without labels.
namespace tideline::link {

struct TrainingOptions {
    std::size_t pairs_per_rule = 7'000;  ///< compared pairs of each blocking rule that are learned from
    std::size_t random_pairs = 120'000;  ///< pairs of random records, for u
    std::size_t rounds = 15;             ///< of expectation and maximisation
    std::uint64_t seed = 1;
    unsigned threads = 1;
};

/// What training did, for reports.
struct TrainingSummary {
    std::size_t pairs = 0;
    std::size_t patterns = 0;
    std::size_t rounds = 0;
    double expected_matches = 0;
    struct Met {
        double pairs = 0;
        double matches = 0;
    };
    std::map<std::uint32_t, Met>
        met;  ///< expected pairs and matches, by the set of rules (as bits) under which they meet
};

/// Sets m, u, the rarity means and the prior of the model.
///
/// Expectation-maximisation (Dempster, Laird and Rubin 1977; Winkler 2000) over the compressed patterns of a sample of
/// every rule's blocks. Pairs of a block agree on its key by construction, so the comparisons that the key decides are
/// left out for that block, and each rule has its own share of matches: what one rule cannot tell, another does. u
/// comes from random pairs, less the matches among them. m keeps some trust in the default, so that small files do not
/// run away.
TrainingSummary train(Model& model, const Dataset& data, Blocks& blocks, Comparer& comparer,
                      const TrainingOptions& options);

}  // namespace tideline::link
