#include "support/office.h"

namespace tideline::intake {
namespace {

using testing::must;
using testing::taken;

/// An office on PostgreSQL whose public process has a role of its own.
class PublicRole : public ::testing::Test {
protected:
    PublicRole() {
        std::array<unsigned char, 8> random;
        vault::fill_random(random);
        role = "public" + text::hex(random);
        office.run("CREATE ROLE " + role + " LOGIN");
        allow();
        std::string address = office.database.address();
        address.replace(address.find("tideline@"), std::string("tideline").size(), role);
        narrow = taken(store::Database::open({address}));
        reception = std::make_unique<Reception>(*narrow, office.ledger, office.blobs, office.clock, office.pack);
        ana.emplace(office.signed_in_colleague("Ana"));
        office.open_channel(office.team_of({ana->id}));
    }
    ~PublicRole() override {
        narrow.reset();
        office.run("DROP OWNED BY " + role);
        office.run("DROP ROLE " + role);
    }
    void allow() {
        must(office.database->write(
            [&](store::Transaction& tx) { return office.database->allow_public_process(tx, role); }));
    }
    vault::Receipt send(const std::string& what) {
        Answers answers;
        answers.emplace("what", vault::SecretText(what));
        auto submission = taken(reception->begin(answers, {}));
        auto file = taken(submission.add_file("letter.txt"));
        const std::string words = "Dear sister";
        must(file.append({reinterpret_cast<const unsigned char*>(words.data()), words.size()}));
        must(file.finish());
        return std::move(*taken(submission.commit()));
    }
    /// Rows that the role sees in a transaction about one report (or about none).
    std::int64_t seen(const std::string& table, const std::string& locator = "", const std::string& report = "") {
        return narrow->read([&](store::Connection& connection) {
            connection.about_locator(locator);
            connection.about_report(report);
            const std::string column = table == "report" ? "id" : table == "ledger_entry" ? "seq" : "report_id";
            return connection.query_one("SELECT COUNT(" + column + ") FROM " + table)->integer(0);
        });
    }
    bool refuses(const std::string& sql, const std::string& report = "") {
        try {
            (void)narrow->write([&](store::Transaction& tx) -> Status {
                tx.about_report(report);
                tx.run(sql);
                return {};
            });
            return false;
        } catch (const store::Failure&) {
            return true;
        }
    }

    testing::Office office{store::Dialect::postgresql};
    std::string role;
    std::unique_ptr<store::Database> narrow;
    std::unique_ptr<Reception> reception;
    std::optional<testing::Colleague> ana;
};

TEST_F(PublicRole, does_everything_that_a_reporter_may) {
    EXPECT_TRUE(narrow->is_narrow());
    EXPECT_FALSE(office.database->is_narrow());
    EXPECT_TRUE(reception->is_open());
    const vault::Receipt receipt = send("They keep my passport.");

    const auto desk = office.desk_of(*ana);
    const ReportId id = taken(office.inbox.list(desk, {})).rows.front().id;
    EXPECT_EQ(answer(taken(office.inbox.open(desk, id)).answers, "what"), "They keep my passport.");
    must(office.inbox.reply(desk, id, "Are you safe now?"));

    const ReporterAccess access = taken(reception->open(receipt));
    const Conversation conversation = taken(reception->conversation(access));
    ASSERT_EQ(conversation.messages.size(), 1u);
    EXPECT_EQ(conversation.messages[0].text.expose(), "Are you safe now?");
    EXPECT_EQ(conversation.files.size(), 1u);
    EXPECT_FALSE(taken(reception->conversation(access)).messages[0].unread);
    auto reply = taken(reception->begin_answer(access, "Not yet."));
    (void)taken(reply.commit());
    EXPECT_EQ(taken(office.inbox.open(desk, id)).messages.size(), 2u);
    (void)taken(reception->ask_deletion(access));
    EXPECT_EQ(office.problems(), "");
}

TEST_F(PublicRole, deletes_a_report_that_nobody_opened) {
    const vault::Receipt receipt = send("They keep my passport.");
    const auto reply = taken(reception->ask_deletion(taken(reception->open(receipt))));
    ASSERT_EQ(reply.answer, knowledge::DeletionAnswer::at_once);
    EXPECT_EQ(reception->open(receipt).error().kind, ErrorKind::not_found);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM report_grant"), 0);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM attachment"), 0);
    EXPECT_EQ(office.problems(), "");
}

TEST_F(PublicRole, sees_one_report_and_nothing_of_the_staff) {
    const vault::Receipt first = send("One.");
    const vault::Receipt second = send("Two.");
    const std::string locator(first.locator());
    const std::string id = taken(reception->open(second)).report.str();
    for (const char* table :
         {"report", "report_grant", "attachment", "ledger_entry", "message", "note", "assessment", "decision"})
        EXPECT_EQ(seen(table), 0) << table;
    EXPECT_EQ(seen("report", locator), 1);
    EXPECT_EQ(seen("report_grant", locator), 2);
    EXPECT_EQ(seen("attachment", locator), 1);
    EXPECT_EQ(seen("ledger_entry", locator), 1);
    EXPECT_EQ(seen("report", "", id), 1);
    for (const char* table :
         {"staff", "staff_role", "session", "team_key_grant", "team_member", "recovery_code", "invitation", "setting",
          "sign_in_try", "assessment_method", "case_file", "case_report", "ledger_checkpoint", "unread_mark"})
        EXPECT_TRUE(refuses(std::string("SELECT COUNT(*) FROM ") + table)) << table;
    EXPECT_TRUE(refuses("SELECT summary FROM report"));
    EXPECT_TRUE(refuses("SELECT body FROM note"));
    EXPECT_TRUE(refuses("SELECT actor FROM ledger_entry"));
}

TEST_F(PublicRole, changes_nothing_else) {
    (void)send("One.");
    const std::string other = taken(reception->open(send("Two."))).report.str();
    const std::string mine = taken(reception->open(send("Three."))).report.str();
    EXPECT_TRUE(refuses("UPDATE report SET team_id = team_id", mine));
    EXPECT_TRUE(refuses("DELETE FROM report", mine));
    EXPECT_TRUE(refuses("DROP TABLE report", mine));
    EXPECT_TRUE(refuses("CREATE TABLE mine (a BIGINT)", mine));
    EXPECT_TRUE(refuses("ALTER TABLE report DISABLE ROW LEVEL SECURITY", mine));
    EXPECT_TRUE(refuses("UPDATE team_key SET public_key = ''", mine));
    EXPECT_TRUE(refuses("INSERT INTO staff_role (staff_id, role) VALUES ('a', 'administrator')", mine));
    EXPECT_TRUE(refuses("UPDATE ledger_entry SET detail = ''", mine));
    EXPECT_TRUE(refuses("DELETE FROM ledger_entry", mine));
    // An entry of the audit as somebody else, or about another report; a message as if staff had written it; a grant on
    // another report.
    const auto entry = [&](const std::string& stream, const std::string& actor) {
        return "INSERT INTO ledger_entry (position, stream, seq, at_ms, actor, action, subject, detail, previous, "
               "hash) VALUES (999, 'report:" +
               stream + "', 99, 1, '" + actor + "', 'a', 'b', '', 'c', 'd')";
    };
    EXPECT_TRUE(refuses(entry(mine, ana->id.str()), mine));
    EXPECT_TRUE(refuses(entry(other, "reporter"), mine));
    const auto message = [&](const std::string& direction) {
        return "INSERT INTO message (id, report_id, at_ms, direction, author, body, read_ms) VALUES ('m', '" + mine +
               "', 1, '" + direction + "', '', '', 0)";
    };
    EXPECT_TRUE(refuses(message("to_reporter"), mine));
    EXPECT_TRUE(refuses(
        "INSERT INTO report_grant (report_id, recipient, epoch, sealed) VALUES ('" + other + "', 'x', 1, '')", mine));
    // Other reports are not even there to change.
    EXPECT_FALSE(refuses("UPDATE report SET state = 'opened' WHERE id = '" + other + "'", mine));
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM report WHERE state = 'opened'"), 0);
    EXPECT_FALSE(refuses("DELETE FROM report_grant WHERE report_id <> '" + mine + "'", mine));
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM report_grant"), 6);
    EXPECT_EQ(office.problems(), "");
}

TEST_F(PublicRole, can_be_allowed_again_and_only_as_a_bound_role) {
    office.run("GRANT SELECT ON staff TO " + role);
    allow();
    EXPECT_TRUE(refuses("SELECT COUNT(*) FROM staff"));
    (void)send("Still open.");
    const auto kind_of = [&](const std::string& name) {
        return office.database
            ->write([&](store::Transaction& tx) { return office.database->allow_public_process(tx, name); })
            .error()
            .kind;
    };
    EXPECT_EQ(kind_of("tideline"), ErrorKind::conflict);
    EXPECT_EQ(kind_of("nobody_of_that_name"), ErrorKind::not_found);
    EXPECT_EQ(kind_of("x; DROP TABLE report"), ErrorKind::invalid);
}

TEST(PublicRoleOnSqlite, does_not_exist) {
    testing::FreshDatabase database(store::Dialect::sqlite);
    const Status refused =
        database->write([&](store::Transaction& tx) { return database->allow_public_process(tx, "public_process"); });
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
    EXPECT_FALSE(database->is_narrow());
}

}  // namespace
}  // namespace tideline::intake
