#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "link/accuracy.h"
#include "link/blocking.h"
#include "link/cluster.h"
#include "link/compare.h"
#include "link/dataset.h"
#include "link/model.h"
#include "link/table.h"
#include "link/training.h"

/// Entity resolution: which records are of one person.
///
/// Read this header first. The way of a batch:
///
///     auto table = read_table("people.csv");                  // text, bad lines kept            (table.h)
///     Schema schema = recognise(*table);                      // what the columns mean           (dataset.h)
///     auto data = Dataset::from(*table, schema, threads);     // numbers for distinct values     (dataset.h)
///     Linkage linkage = link(*data, std::nullopt, options);   // train, block, compare, cluster
///
/// Records that come one by one belong into a LiveIndex (live.h).
namespace tideline::link {

/// Told now and then how far a phase is: its name, and a share from 0 to 1.
using Progress = std::function<void(std::string_view phase, double share)>;

struct LinkOptions {
    unsigned threads = 0;         ///< 0: as many as the machine has
    double pairs_per_record = 1;  ///< budget of each blocking rule; bigger blocks are split or skipped
    /// Budget of all rules together; the rules that find fewest matches for their pairs are left out first.
    double compare_per_record = 1.9;
    float keep_from_bits = -6;  ///< pairs below are forgotten
    /// What the dataset and its linking may take; 0: no limit. Pairs below the threshold are forgotten if need be; less
    /// than memory_to_link() cannot be kept to.
    std::size_t memory_bytes = 0;
    std::optional<double> threshold;  ///< chance from which on two records are linked; else the model's
    std::vector<Decision> decisions;  ///< what people decided
    TrainingOptions training;
    ClusterOptions clusters;
    Progress progress;
};

/// What a batch found.
struct Linkage {
    Model model;
    std::vector<Edge> edges;              ///< kept pairs, sorted by a, then b (a < b)
    std::vector<std::uint32_t> clusters;  ///< per record: the smallest record of its cluster
    std::vector<SkippedBlock> skipped;
    std::size_t skipped_blocks = 0;
    std::uint64_t pairs_compared = 0;
    TrainingSummary training;
    struct RuleUse {
        std::string name;
        std::uint32_t block_max = 0;
        std::uint64_t compared = 0;  ///< pairs that no earlier rule had
        std::uint64_t linked = 0;    ///< of these, at or above the threshold
    };
    std::vector<RuleUse> rules;
    std::map<std::string, double> cpu_seconds;  ///< of all threads, by phase
    std::map<std::string, double> seconds;      ///< by phase
    float threshold_bits = 0;
};

/// Links all records of a dataset. Without a model one is trained on the records first.
Linkage link(const Dataset& data, std::optional<Model> model, const LinkOptions& options);

/// What the dataset and its linking take, in bytes, when all pairs below the threshold have been forgotten; estimated
/// from above.
std::size_t memory_to_link(const Dataset& data, unsigned threads);

/// Only the training.
Model train_model(const Dataset& data, const LinkOptions& options);

}  // namespace tideline::link
