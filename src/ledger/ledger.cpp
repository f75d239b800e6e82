#include "ledger/ledger.h"

#include <map>
#include <nlohmann/json.hpp>

#include "base/json.h"

namespace tideline::ledger {

namespace {

/// Every part with its length in front, so that no two different lists have the same bytes.
std::string framed(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) {
        out += std::to_string(part.size());
        out += ':';
        out += part;
    }
    return out;
}

std::string hash_hex(std::string_view text) { return text::hex(vault::hash(text)); }

const std::string& genesis() {
    static const std::string hash = hash_hex("tideline.ledger.v1");
    return hash;
}

std::string entry_hash(const Entry& entry, std::string_view previous) {
    const Event& event = entry.event;
    return hash_hex(
        framed({"entry", std::to_string(entry.position), event.stream, std::to_string(entry.seq),
                std::to_string(entry.at.ms), event.actor, event.action, event.subject, event.detail, previous}));
}

std::string next_chain(std::string_view chain, std::string_view hash) {
    return hash_hex(framed({"chain", chain, hash}));
}

std::string root_statement(std::int64_t position, std::string_view chain) {
    return framed({"root", std::to_string(position), chain});
}

std::string checkpoint_statement(const Checkpoint& c) {
    return framed({"checkpoint", std::to_string(c.position), std::to_string(c.at.ms), std::to_string(c.streams),
                   c.merkle_root, c.chain});
}

/// Binary Merkle tree over the stream heads in order of their names; leaves and nodes are hashed apart (RFC 6962 §2.1).
std::string merkle_root(const std::map<std::string, std::string>& heads) {
    std::vector<std::string> level;
    for (const auto& [stream, head] : heads) level.push_back(hash_hex(framed({"leaf", stream, head})));
    if (level.empty()) return hash_hex("empty");
    while (level.size() > 1) {
        std::vector<std::string> above;
        for (std::size_t i = 0; i < level.size(); i += 2)
            above.push_back(i + 1 < level.size() ? hash_hex(framed({"node", level[i], level[i + 1]})) : level[i]);
        level = std::move(above);
    }
    return level.front();
}

bool signed_by(const vault::VerifyKey& key, std::string_view statement, std::string_view signature) {
    const auto bytes = text::from_base64url(signature);
    return bytes && vault::verify(key, statement, *bytes);
}

constexpr std::int64_t page = 5000;

constexpr std::string_view checkpoint_columns = "position, at_ms, streams, merkle_root, chain, signature";

Checkpoint checkpoint_from(const store::Row& row) {
    return {row.integer(0), {row.integer(1)}, row.integer(2), row.text(3), row.text(4), row.text(5)};
}
}  // namespace

std::string Checkpoint::to_json() const {
    return nlohmann::ordered_json{{"position", position},       {"at", at.ms},    {"streams", streams},
                                  {"merkle_root", merkle_root}, {"chain", chain}, {"signature", signature}}
        .dump(2);
}

Result<Checkpoint> Checkpoint::from_json(std::string_view text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    try {
        Checkpoint c;
        c.position = whole_number<std::int64_t>(json.at("position"));
        c.at.ms = whole_number<std::int64_t>(json.at("at"));
        c.streams = whole_number<std::int64_t>(json.at("streams"));
        c.merkle_root = json.at("merkle_root").get<std::string>();
        c.chain = json.at("chain").get<std::string>();
        c.signature = json.at("signature").get<std::string>();
        return c;
    } catch (const std::exception&) {  // of nlohmann::json, or whole_number
        return {ErrorKind::invalid, "this is not a checkpoint: give the file that 'tideline audit checkpoint' wrote"};
    }
}

void Ledger::append(store::Transaction& transaction, const Event& event) const {
    const auto root = transaction.query_one("SELECT position, chain FROM ledger_root WHERE id = 1");
    const auto last = transaction.query_one(
        "SELECT seq, hash FROM ledger_entry WHERE stream = :stream ORDER BY seq DESC LIMIT 1", {event.stream});
    Entry entry;
    entry.position = root ? root->integer(0) + 1 : 1;
    entry.seq = last ? last->integer(0) + 1 : 1;
    entry.at = clock_->now();
    entry.event = event;
    const std::string previous = last ? last->text(1) : genesis();
    entry.hash = entry_hash(entry, previous);
    transaction.run(
        "INSERT INTO ledger_entry (position, stream, seq, at_ms, actor, action, subject, detail, previous, hash) "
        "VALUES (:position, :stream, :seq, :at_ms, :actor, :action, :subject, :detail, :previous, :hash)",
        {entry.position, event.stream, entry.seq, entry.at.ms, event.actor, event.action, event.subject, event.detail,
         previous, entry.hash});
    const std::string chain = next_chain(root ? root->text(1) : genesis(), entry.hash);
    const std::string signature = text::base64url(key_.sign(root_statement(entry.position, chain)));
    if (root) {
        transaction.run(
            "UPDATE ledger_root SET position = :position, chain = :chain, signature = :signature WHERE id = 1",
            {entry.position, chain, signature});
    } else {
        transaction.run(
            "INSERT INTO ledger_root (id, position, chain, signature) VALUES (1, :position, :chain, :signature)",
            {entry.position, chain, signature});
    }
}

Result<std::optional<Checkpoint>> Ledger::checkpoint(store::Database& database) const {
    // Read from one snapshot, so that nobody who writes waits for it.
    const auto signed_now = database.read([&](store::Connection& connection) -> std::optional<Checkpoint> {
        const auto root = connection.query_one("SELECT position, chain FROM ledger_root WHERE id = 1");
        const auto newest = connection.query_one("SELECT COALESCE(MAX(position), 0) FROM ledger_checkpoint");
        if (!root || newest->integer(0) == root->integer(0)) return std::nullopt;
        std::map<std::string, std::string> heads;
        for (const store::Row& row : connection.query("SELECT e.stream, e.hash FROM ledger_entry e JOIN (SELECT "
                                                      "stream, MAX(seq) AS seq FROM ledger_entry GROUP BY stream) h "
                                                      "ON e.stream = h.stream AND e.seq = h.seq"))
            heads.emplace(row.text(0), row.text(1));
        Checkpoint c;
        c.position = root->integer(0);
        c.at = clock_->now();
        c.streams = static_cast<std::int64_t>(heads.size());
        c.merkle_root = merkle_root(heads);
        c.chain = root->text(1);
        c.signature = text::base64url(key_.sign(checkpoint_statement(c)));
        return c;
    });
    if (!signed_now) return std::optional<Checkpoint>();
    return database.write([&](store::Transaction& transaction) -> Result<std::optional<Checkpoint>> {
        const Checkpoint& c = *signed_now;
        // Another server may have signed the same position meanwhile.
        const std::int64_t stored = transaction.run(
            "INSERT INTO ledger_checkpoint (position, at_ms, streams, merkle_root, chain, signature) "
            "VALUES (:position, :at_ms, :streams, :merkle_root, :chain, :signature) ON CONFLICT (position) DO NOTHING",
            {c.position, c.at.ms, c.streams, c.merkle_root, c.chain, c.signature});
        return stored == 1 ? std::optional<Checkpoint>(c) : std::nullopt;
    });
}

std::optional<Checkpoint> Ledger::newest_checkpoint(store::Database& database) const {
    return database.read([&](store::Connection& connection) -> std::optional<Checkpoint> {
        const auto row = connection.query_one("SELECT " + std::string(checkpoint_columns) +
                                              " FROM ledger_checkpoint ORDER BY position DESC LIMIT 1");
        if (!row) return std::nullopt;
        return checkpoint_from(*row);
    });
}

Findings Ledger::verify(store::Database& database, const std::optional<Checkpoint>& witness) const {
    return database.read([&](store::Connection& connection) {
        Findings findings;
        const auto problem = [&](std::string text) {
            if (findings.problems.size() < 100) findings.problems.push_back(std::move(text));
        };
        std::vector<Checkpoint> checkpoints;
        for (const store::Row& row : connection.query("SELECT " + std::string(checkpoint_columns) +
                                                      " FROM ledger_checkpoint ORDER BY position")) {
            Checkpoint c = checkpoint_from(row);
            if (!signed_by(key_.verify_key, checkpoint_statement(c), c.signature))
                problem("the checkpoint at position " + std::to_string(c.position) + " was changed");
            checkpoints.push_back(std::move(c));
        }
        if (witness) {
            if (!signed_by(key_.verify_key, checkpoint_statement(*witness), witness->signature))
                problem("the checkpoint given was not signed by this instance, or was changed");
            checkpoints.push_back(*witness);
            std::stable_sort(checkpoints.begin(), checkpoints.end(),
                             [](const Checkpoint& a, const Checkpoint& b) { return a.position < b.position; });
        }
        std::size_t due = 0;
        std::map<std::string, std::string> heads;
        std::map<std::string, std::int64_t> lengths;
        std::string chain = genesis();
        std::int64_t position = 0;
        for (;;) {
            const auto rows = connection.query(
                "SELECT position, stream, seq, at_ms, actor, action, subject, detail, previous, hash FROM ledger_entry "
                "WHERE position > :position ORDER BY position LIMIT :page",
                {position, page});
            for (const store::Row& row : rows) {
                Entry entry{row.integer(0),
                            row.integer(2),
                            {row.integer(3)},
                            {row.text(1), row.text(4), row.text(5), row.text(6), row.text(7)},
                            row.text(9)};
                const std::string at = "entry " + std::to_string(entry.position);
                if (entry.position != position + 1)
                    problem("entries " + std::to_string(position + 1) + " to " + std::to_string(entry.position - 1) +
                            " are missing");
                position = entry.position;
                const auto head = heads.find(entry.event.stream);
                const std::string previous = head == heads.end() ? genesis() : head->second;
                if (row.text(8) != previous || entry.seq != lengths[entry.event.stream] + 1)
                    problem(at + " does not follow the one before it in " + entry.event.stream);
                if (entry_hash(entry, row.text(8)) != entry.hash) problem(at + " was changed");
                heads[entry.event.stream] = entry.hash;
                lengths[entry.event.stream] = entry.seq;
                chain = next_chain(chain, entry.hash);
                ++findings.entries;
                for (; due < checkpoints.size() && checkpoints[due].position == position; ++due) {
                    const Checkpoint& c = checkpoints[due];
                    // The chain covers every entry before it, so the heads too; their root is recomputed where somebody
                    // may hold it against another copy.
                    const bool held = due + 1 == checkpoints.size() || (witness && c.signature == witness->signature);
                    if (c.chain != chain || c.streams != static_cast<std::int64_t>(heads.size()) ||
                        (held && c.merkle_root != merkle_root(heads)))
                        problem("the ledger up to position " + std::to_string(position) +
                                " is not what its checkpoint signed");
                }
            }
            if (static_cast<std::int64_t>(rows.size()) < page) break;
        }
        if (due < checkpoints.size())
            problem("the ledger ends at position " + std::to_string(position) + ", but a checkpoint signed position " +
                    std::to_string(checkpoints.back().position) + ": entries were cut off or an old copy was restored");
        const auto root = connection.query_one("SELECT position, chain, signature FROM ledger_root WHERE id = 1");
        const auto roots = connection.query_one("SELECT COUNT(*) FROM ledger_root");
        if (roots->integer(0) > 1 || (!root && position > 0)) {
            problem("the signed head of the ledger is missing or doubled");
        } else if (root) {
            if (root->integer(0) != position || root->text(1) != chain)
                problem("the ledger's signed head is at position " + std::to_string(root->integer(0)) +
                        ", its last entry at " + std::to_string(position) + ", or an entry was changed");
            if (!signed_by(key_.verify_key, root_statement(root->integer(0), root->text(1)), root->text(2)))
                problem("the ledger's signed head was changed");
        }
        findings.streams = static_cast<std::int64_t>(heads.size());
        return findings;
    });
}

std::vector<Entry> Ledger::read(store::Connection& connection, std::string_view stream, std::int64_t limit) const {
    std::vector<Entry> entries;
    for (const store::Row& row :
         connection.query("SELECT position, stream, seq, at_ms, actor, action, subject, detail, hash FROM ledger_entry "
                          "WHERE stream = :stream ORDER BY seq DESC LIMIT :limit",
                          {std::string(stream), limit}))
        entries.push_back({row.integer(0),
                           row.integer(2),
                           {row.integer(3)},
                           {row.text(1), row.text(4), row.text(5), row.text(6), row.text(7)},
                           row.text(8)});
    return entries;
}

}  // namespace tideline::ledger
