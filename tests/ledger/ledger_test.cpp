#include "ledger/ledger.h"

#include "support/house.h"

namespace tideline::ledger {
namespace {

class LedgerTest : public testing::OnBothDatabases {
protected:
    LedgerTest() {
        for (int i = 0; i < 4; ++i) {
            append("report:a", "note.added", i);
            append("report:b", "report.opened", i);
        }
        (void)ledger.checkpoint(*database);
        append("system", "signed_in", 9);
    }
    void append(const std::string& stream, const std::string& action, int number) {
        clock.advance(1000);
        const Status done = database->write([&](store::Transaction& tx) -> Status {
            ledger.append(
                tx, {stream, "staff", action, "s" + std::to_string(number), "{\"n\":" + std::to_string(number) + "}"});
            return {};
        });
        ASSERT_TRUE(done.ok());
    }
    void run(const std::string& sql) {
        ASSERT_TRUE(database
                        ->write([&](store::Transaction& tx) -> Status {
                            tx.run(sql);
                            return {};
                        })
                        .ok());
    }
    bool sound(const std::optional<Checkpoint>& witness = {}) {
        return ledger.verify(*database, witness).problems.empty();
    }

    testing::ManualClock clock;
    testing::FreshDatabase database{GetParam()};
    Ledger ledger{vault::SigningKey::from_seed(vault::random_key()), clock};
};
ON_BOTH_DATABASES(LedgerTest);

TEST_P(LedgerTest, an_untouched_ledger_is_sound) {
    const Findings findings = ledger.verify(*database, {});
    EXPECT_TRUE(findings.problems.empty()) << findings.problems.front();
    EXPECT_EQ(findings.entries, 9);
    EXPECT_EQ(findings.streams, 3);
}

TEST_P(LedgerTest, a_change_of_any_column_of_any_row_is_found) {
    const std::vector<std::pair<std::string, std::vector<std::string>>> tables{
        {"ledger_entry",
         {"position", "stream", "seq", "at_ms", "actor", "action", "subject", "detail", "previous", "hash"}},
        {"ledger_root", {"position", "chain", "signature"}},
        {"ledger_checkpoint", {"position", "at_ms", "streams", "merkle_root", "chain", "signature"}}};
    int tried = 0;
    for (const auto& [table, columns] : tables) {
        const auto rows = database->read([&, name = table](store::Connection& c) {
            return c.query("SELECT position FROM " + name + " ORDER BY position");
        });
        for (const store::Row& row : rows) {
            const std::string position = std::to_string(row.integer(0));
            for (const std::string& column : columns) {
                const bool number = column == "position" || column == "seq" || column == "at_ms" || column == "streams";
                const std::string changed = number ? column + " + 1000" : column + " || 'x'";
                const std::string restored =
                    number ? column + " - 1000" : "SUBSTR(" + column + ", 1, LENGTH(" + column + ") - 1)";
                const std::string key = column == "position" ? std::to_string(row.integer(0) + 1000) : position;
                run("UPDATE " + table + " SET " + column + " = " + changed + " WHERE position = " + position);
                EXPECT_FALSE(sound()) << table << "." << column << " at " << position;
                run("UPDATE " + table + " SET " + column + " = " + restored + " WHERE position = " + key);
                ++tried;
            }
        }
    }
    EXPECT_EQ(tried, 9 * 10 + 3 + 6);
    EXPECT_TRUE(sound());
}

TEST_P(LedgerTest, a_single_flipped_character_in_a_hash_or_signature_is_found) {
    for (const std::string column : {"previous", "hash"}) {
        run("UPDATE ledger_entry SET " + column + " = 'f' || SUBSTR(" + column + ", 2) WHERE position = 5 AND SUBSTR(" +
            column + ", 1, 1) <> 'f'");
        run("UPDATE ledger_entry SET " + column + " = '0' || SUBSTR(" + column + ", 2) WHERE position = 6 AND SUBSTR(" +
            column + ", 1, 1) <> '0'");
        EXPECT_FALSE(sound());
    }
}

TEST_P(LedgerTest, a_removed_row_is_found_wherever_it_stood) {
    for (int position = 1; position <= 9; ++position) {
        testing::FreshDatabase other(GetParam());
        const auto rows = database->read([&](store::Connection& c) {
            return c.query(
                "SELECT position, stream, seq, at_ms, actor, action, subject, detail, previous, hash FROM ledger_entry "
                "ORDER BY position");
        });
        const auto root = database->read(
            [&](store::Connection& c) { return *c.query_one("SELECT position, chain, signature FROM ledger_root"); });
        ASSERT_TRUE(other
                        ->write([&](store::Transaction& tx) -> Status {
                            for (const store::Row& r : rows) {
                                if (r.integer(0) == position) continue;
                                tx.run("INSERT INTO ledger_entry VALUES (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j)",
                                       {r.integer(0), r.text(1), r.integer(2), r.integer(3), r.text(4), r.text(5),
                                        r.text(6), r.text(7), r.text(8), r.text(9)});
                            }
                            tx.run("INSERT INTO ledger_root VALUES (1, :a, :b, :c)",
                                   {root.integer(0), root.text(1), root.text(2)});
                            return {};
                        })
                        .ok());
        EXPECT_FALSE(ledger.verify(*other, {}).problems.empty()) << position;
    }
}

TEST_P(LedgerTest, a_cut_tail_is_found_without_any_checkpoint) {
    run("DELETE FROM ledger_entry WHERE position = 9");
    EXPECT_FALSE(sound());
}

TEST_P(LedgerTest, a_removed_head_is_found) {
    run("DELETE FROM ledger_root");
    EXPECT_FALSE(sound());
}

TEST_P(LedgerTest, an_old_copy_is_found_with_the_checkpoint_that_was_kept_outside) {
    const auto old_root = database->read(
        [&](store::Connection& c) { return *c.query_one("SELECT position, chain, signature FROM ledger_root"); });
    append("report:a", "report.opened", 10);
    const Checkpoint witness = Checkpoint::from_json(ledger.checkpoint(*database).value()->to_json()).value();
    EXPECT_TRUE(sound(witness));
    // The thief of time puts everything back as it was: entries, head and checkpoints.
    run("DELETE FROM ledger_entry WHERE position = 10");
    run("DELETE FROM ledger_checkpoint WHERE position = 10");
    run("UPDATE ledger_root SET position = " + std::to_string(old_root.integer(0)) + ", chain = '" + old_root.text(1) +
        "', signature = '" + old_root.text(2) + "'");
    EXPECT_TRUE(sound());
    EXPECT_FALSE(sound(witness));
}

TEST_P(LedgerTest, a_checkpoint_of_another_instance_is_refused) {
    Checkpoint foreign = ledger.newest_checkpoint(*database).value();
    const Ledger other{vault::SigningKey::from_seed(vault::random_key()), clock};
    EXPECT_FALSE(other.verify(*database, foreign).problems.empty());
    foreign.streams += 1;
    EXPECT_FALSE(sound(foreign));
    EXPECT_FALSE(Checkpoint::from_json("{}").ok());
    EXPECT_FALSE(Checkpoint::from_json("[1").ok());
    // No count is so large.
    const auto with_position = [this](std::string_view number) {
        std::string json = ledger.newest_checkpoint(*database).value().to_json();
        const std::size_t at = json.find(':') + 2;
        return json.replace(at, json.find(',') - at, number);
    };
    EXPECT_TRUE(Checkpoint::from_json(with_position("7")).ok());
    EXPECT_FALSE(Checkpoint::from_json(with_position("7e34")).ok());
    EXPECT_FALSE(Checkpoint::from_json(with_position("18446744073709551615")).ok());
}

}  // namespace
}  // namespace tideline::ledger
