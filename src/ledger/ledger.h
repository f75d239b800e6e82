#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "store/database.h"
#include "vault/seal.h"

/// The audit that cannot be changed unseen. Every entry carries the hash of the entry before it in its stream (one
/// stream per report or case, and "system"); every entry also moves one chain over the whole ledger, whose head is
/// signed with each write. A checkpoint signs that head together with a Merkle root over the heads of all streams and
/// can be kept by a witness outside. Entries hold ids and kinds, never what anybody wrote.
namespace tideline::ledger {

/// What happened.
struct Event {
    std::string stream;   ///< "system", "report:<id>"…
    std::string actor;    ///< staff id, "reporter", "server", "command line"
    std::string action;   ///< "report.received", "report.opened"…
    std::string subject;  ///< id of what it happened to
    std::string detail;   ///< JSON object of kinds and numbers, or ""
};

/// One entry as it is stored.
struct Entry {
    std::int64_t position = 0;
    std::int64_t seq = 0;
    Instant at;
    Event event;
    std::string hash;
};

/// A signed statement about the whole ledger at one position.
struct Checkpoint {
    std::int64_t position = 0;
    Instant at;
    std::int64_t streams = 0;
    std::string merkle_root;
    std::string chain;
    std::string signature;

    /// JSON for the witness; from_json gives it back.
    std::string to_json() const;
    static Result<Checkpoint> from_json(std::string_view text);
};

/// What verification found.
struct Findings {
    std::int64_t entries = 0;
    std::int64_t streams = 0;
    std::vector<std::string> problems;  ///< empty: nothing was changed, removed or rolled back
};

/// Writes and verifies. Safe for several threads.
class Ledger {
public:
    Ledger(vault::SigningKey key, const Clock& clock) : key_(std::move(key)), clock_(&clock) {}

    /// Appends within the caller's transaction, so that the entry and what it tells of are stored together or not at
    /// all.
    void append(store::Transaction& transaction, const Event& event) const;

    /// Signs the state of now and stores it; nothing when no entry came since the last one.
    Result<std::optional<Checkpoint>> checkpoint(store::Database& database) const;

    /// The newest checkpoint, if there is one.
    std::optional<Checkpoint> newest_checkpoint(store::Database& database) const;

    /// Recomputes everything. With a checkpoint from outside, a rolled-back copy is found too.
    Findings verify(store::Database& database, const std::optional<Checkpoint>& witness) const;

    /// The newest entries of one stream, newest first.
    std::vector<Entry> read(store::Connection& connection, std::string_view stream, std::int64_t limit) const;

private:
    vault::SigningKey key_;
    const Clock* clock_;
};

}  // namespace tideline::ledger
