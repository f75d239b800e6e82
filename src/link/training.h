#pragma once
#include <map>
#include <span>
#include <vector>

#include "link/blocking.h"
#include "link/cluster.h"
#include "link/compare.h"

/// Estimating a model's numbers from the records themselves; labels are used where there are some.
namespace tideline::link {

struct TrainingOptions {
    std::size_t pairs_per_rule = 7'000;  ///< compared pairs of each blocking rule that are learned from
    std::size_t random_pairs = 120'000;  ///< pairs of random records, for u
    std::size_t rounds = 15;             ///< of expectation and maximisation
    std::uint64_t seed = 1;
    unsigned threads = 1;
    /// Pairs of which people said whether they are one person. They should be drawn from all that were
    /// looked at: a file of sure pairs only makes the model too sure.
    std::vector<Decision> labels;
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
///
/// With labels, every round ends with m = (n_l + T m_em) / (n + T): of n labelled pairs of one person in which the
/// comparison says something, n_l came out at the level; m_em is what the round found without them. That is the mean of
/// m after seeing the labels under a Dirichlet prior around m_em, and the next round guesses with it (compare Nigam et
/// al. 2000). T, the pairs that m_em is worth, is what makes the labels most likely (Dirichlet-multinomial; 20 to
/// 20,000): labels that contradict weigh much, labels that differ as any sample would weigh little. A comparison counts
/// only where a rule would have found the pair without it. Labelled pairs of two people speak the same way for what
/// relatives and colleagues have in common, each with its chance of being of that class (T from 500; from 20 for birth
/// dates, which nothing else tells). u stays with random pairs. At the end the prior is moved by d bits, with d the
/// maximum of sum log P(label | score + d) - ln2 d^2 / (2 * 2^2): logistic regression with the score as offset, d held
/// near 0. Without labels nothing changes.
TrainingSummary train(Model& model, const Dataset& data, Blocks& blocks, Comparer& comparer,
                      const TrainingOptions& options);

}  // namespace tideline::link
