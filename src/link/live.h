#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "link/link.h"

/// Linking records that come and go, while somebody waits.
namespace tideline::link {

using ClusterId = std::uint64_t;

/// A record that may be of the person asked about.
struct Match {
    std::string id;
    ClusterId cluster = 0;
    float bits = 0;     ///< log2 of the odds, prior included
    double chance = 0;  ///< the same as a probability
};

/// What became of a cluster: which clusters its records were in before.
struct ClusterChange {
    ClusterId cluster = 0;
    std::vector<ClusterId> from;       ///< ascending; without `cluster` itself if that is new
    std::vector<std::string> members;  ///< ids, ascending; empty: the cluster is gone
};

/// Two records with everything that was compared.
struct ComparedField {
    std::string name;
    std::string level;
    std::string left, right;  ///< values as they were compared
    float bits = 0;
};
struct Explanation {
    std::vector<ComparedField> fields;
    float prior_bits = 0;
    float relation_bits = 0;  ///< taken off because related people have such things in common (never above zero)
    float bits = 0;           ///< the sum
    double chance = 0;
};
Explanation explain(const Comparer& comparer, const Row& a, const Row& b);

/// An index of records that answers who a record may be, and keeps the clusters that a batch over the same records with
/// the same model would give (records in the order of their ids).
///
/// One writer and many readers: add, change, remove and decide exclude everybody else; the rest run side by side (of
/// queries, sixteen at a time). A query leaves nothing behind: what only it says has numbers of its own while it is
/// answered. What only removed records said stays in the dictionaries until the next restore.
class LiveIndex {
public:
    /// An empty index. The model must have been trained (train_model): it brings frequencies and block sizes.
    explicit LiveIndex(Model model, const LinkOptions& options = {});
    /// All records at once, as quick as a batch.
    static Result<std::unique_ptr<LiveIndex>> from(Model model, std::vector<Record> records,
                                                   const LinkOptions& options = {});
    ~LiveIndex();

    /// Adds a record; Error::conflict if its id is taken, Error::invalid without an id.
    Result<std::vector<ClusterChange>> add(const Record& record);
    /// Replaces a record; Error::not_found if there is none with this id.
    Result<std::vector<ClusterChange>> change(const Record& record);
    Result<std::vector<ClusterChange>> remove(std::string_view id);

    /// Keeps what a person decided about two records; `same` empty takes the decision back.
    Result<std::vector<ClusterChange>> decide(std::string_view a, std::string_view b, std::optional<bool> same);

    /// The records most likely to be of the same person, best first, at or above `least_bits`. Of one field, the first
    /// sixteen values are looked at.
    std::vector<Match> query(const Record& record, std::size_t count = 10, float least_bits = -3) const;

    std::size_t size() const;
    std::optional<ClusterId> cluster_of(std::string_view id) const;
    /// Ids of a cluster's records, ascending.
    std::vector<std::string> members(ClusterId cluster) const;
    /// Why two records score as they do; Error::not_found.
    Result<Explanation> explain(std::string_view a, std::string_view b) const;
    /// The chain of records through which two records of one cluster hang together most strongly, with the bits of each
    /// step; empty if they are not in one cluster.
    std::vector<std::pair<std::string, float>> path(std::string_view a, std::string_view b) const;

    /// Everything as bytes, for the caller to seal; and back. Error::corrupt if they are not a whole snapshot.
    std::string snapshot() const;
    static Result<std::unique_ptr<LiveIndex>> restore(std::string_view bytes, const LinkOptions& options = {});

    /// Memory held, in bytes (dictionaries, rows, keys, edges).
    std::size_t bytes() const;

private:
    static Result<std::unique_ptr<LiveIndex>> build(Model model, std::vector<Record> records,
                                                    std::vector<std::string> value_names, const LinkOptions& options);
    struct State;
    std::unique_ptr<State> state_;
    mutable std::shared_mutex guard_;
};

}  // namespace tideline::link
