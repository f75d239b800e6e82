#include "support/office.h"

namespace tideline::access {
namespace {

using testing::Colleague;

class TeamTest : public testing::OnBothDatabases {
protected:
    TeamTest() {
        team = office.team_of({ana.id});
        office.open_channel(team);
        office.sign_in(ana);
    }
    SignedIn desk(const Colleague& who) { return office.desk_of(who); }
    /// What this member reads of the only report, or why not.
    std::string read(const Colleague& who) {
        const SignedIn reader = desk(who);
        const ReportId id = ReportId::stored(office.database->read([](store::Connection& c) {
            return c.query_one("SELECT id FROM report ORDER BY received_ms DESC LIMIT 1")->text(0);
        }));
        const auto opened = office.inbox.open(reader, id);
        return opened ? std::string(intake::answer(opened->answers, "what")) : name_of(opened.kind());
    }
    /// Puts somebody into the team: named by the administrator, let in by Ana.
    void add(const Colleague& who) {
        SignedIn boss = desk(ana);
        boss.actor.roles.insert(Role::administrator);
        testing::must(office.access.add_member(boss, team, who.id));
    }

    testing::Office office{GetParam()};
    Colleague ana = office.enrol("ana", {Role::officer, Role::administrator});
    TeamId team;
};
ON_BOTH_DATABASES(TeamTest);

TEST_P(TeamTest, a_waiting_member_reads_nothing_until_let_in_and_then_what_came_before_too) {
    Colleague ben = office.enrol("ben", {Role::officer}, team);
    office.sign_in(ben);
    office.send("They keep her passport.");
    EXPECT_EQ(read(ben), "not_found");
    EXPECT_TRUE(office.inbox.list(desk(ben), {})->rows.empty());
    EXPECT_TRUE(desk(ben).keyring.teams.empty());
    EXPECT_EQ(office.access.let_in(desk(ben), team, ben.id).kind(), ErrorKind::forbidden)
        << "nobody lets themselves in";

    ASSERT_TRUE(office.access.let_in(desk(ana), team, ben.id).ok());
    EXPECT_EQ(read(ben), "They keep her passport.");
    EXPECT_EQ(office.access.let_in(desk(ana), team, ben.id).kind(), ErrorKind::conflict);
}

TEST_P(TeamTest, an_administrator_who_is_not_a_member_can_name_members_but_give_them_no_key) {
    Colleague carol = office.signed_in_colleague("carol", {Role::administrator});
    Colleague ben = office.signed_in_colleague("ben");
    office.send("They keep her passport.");
    ASSERT_TRUE(office.access.add_member(desk(carol), team, ben.id).ok());
    EXPECT_EQ(office.access.let_in(desk(carol), team, ben.id).kind(), ErrorKind::forbidden);
    EXPECT_EQ(read(ben), "not_found");
    // Not even by forging the rows that an administrator of the database can write.
    office.run("UPDATE team_member SET state = 'active'");
    EXPECT_EQ(read(ben), "no_key");
    office.run("INSERT INTO staff_role (staff_id, role) VALUES ('" + carol.id.str() + "', 'officer')");
    office.run("INSERT INTO team_member (team_id, staff_id, state, since_ms) VALUES ('" + team.str() + "', '" +
               carol.id.str() + "', 'active', 0)");
    EXPECT_EQ(read(carol), "no_key");
    office.run("INSERT INTO team_key_grant (team_id, epoch, holder, sealed) SELECT team_id, epoch, '" + carol.id.str() +
               "', sealed FROM team_key_grant WHERE holder = '" + ana.id.str() + "'");
    EXPECT_EQ(read(carol), "no_key");
    office.run("UPDATE team_member SET state = 'waiting' WHERE staff_id = '" + ben.id.str() + "'");
    EXPECT_EQ(office.access.let_in(desk(carol), team, ben.id).kind(), ErrorKind::no_key);
    EXPECT_EQ(read(ana), "They keep her passport.");
}

TEST_P(TeamTest, a_named_member_waits_when_the_one_who_names_them_is_in_the_team_but_lacks_a_key) {
    office.run("DELETE FROM team_key_grant WHERE holder = '" + ana.id.str() + "'");
    const Colleague ben = office.enrol("ben");
    EXPECT_TRUE(office.access.add_member(desk(ana), team, ben.id).ok());
    EXPECT_EQ(office.access.team(desk(ana).actor, team)->members.back().state, MemberState::waiting);
}

TEST_P(TeamTest, a_member_who_left_cannot_open_reports_sealed_after) {
    Colleague ben = office.signed_in_colleague("ben");
    add(ben);
    office.send("Before.");
    EXPECT_EQ(read(ben), "Before.");
    const SignedIn kept = desk(ben);  // a thief of the unlocked keys, who keeps them
    ASSERT_TRUE(office.access.remove_member(office.administrator(), team, ben.id).ok());
    office.clock.advance(second_ms);
    office.send("After.");
    EXPECT_EQ(read(ben), "not_found");
    EXPECT_EQ(read(ana), "After.");
    const auto rows = testing::taken(office.inbox.list(kept, {})).rows;
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_FALSE(rows[0].readable) << "the new key was never theirs";
    EXPECT_EQ(office.inbox.open(kept, rows[0].id).kind(), ErrorKind::no_key);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM team_key_grant WHERE holder = '" + ben.id.str() + "'"), 0);
}

TEST_P(TeamTest, hand_over_re_seals_what_is_open_to_the_new_key) {
    Colleague ben = office.signed_in_colleague("ben");
    add(ben);
    for (int i = 0; i < 3; ++i) office.send("Report " + std::to_string(i));
    const SignedIn kept = desk(ben);
    ASSERT_TRUE(office.access.remove_member(office.administrator(), team, ben.id).ok());
    EXPECT_EQ(office.inbox.hand_over(desk(ana)).value(), 3);
    EXPECT_EQ(office.inbox.hand_over(desk(ana)).value(), 0) << "nothing is left to do";
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM report_grant WHERE recipient <> 'reporter' AND epoch = 2"), 3);
    for (const auto& row : testing::taken(office.inbox.list(kept, {})).rows)
        EXPECT_FALSE(row.readable) << "the old key opens nothing any more";
    for (const auto& row : testing::taken(office.inbox.list(desk(ana), {})).rows) {
        EXPECT_TRUE(row.readable);
        EXPECT_TRUE(office.inbox.open(desk(ana), row.id).ok());
    }
    EXPECT_EQ(office.problems(), "");
}

TEST_P(TeamTest, a_key_that_a_former_member_took_along_opens_nothing_written_afterwards) {
    Colleague ben = office.signed_in_colleague("ben");
    add(ben);
    intake::Answers answers;
    answers.emplace("what", vault::SecretText("They keep her passport."));
    auto submission = testing::taken(office.reception.begin(answers, {}));
    auto file = testing::taken(submission.add_file("letter.txt"));
    const std::string letter = "Dear sister";
    testing::must(file.append({reinterpret_cast<const unsigned char*>(letter.data()), letter.size()}));
    testing::must(file.finish());
    const vault::Receipt receipt = std::move(*testing::taken(submission.commit()));
    const auto reporter = testing::taken(office.reception.open(receipt));
    const ReportId id = reporter.report;
    testing::must(office.inbox.reply(desk(ben), id, "Are you safe?"));
    const vault::ObjectKey key = office.key_taken_by(desk(ben), team, id);
    EXPECT_EQ(office.newest_message_under(key, id), "Are you safe?");

    for (int leaving = 1; leaving <= 2; ++leaving) {
        ASSERT_TRUE(office.access.remove_member(office.administrator(), team, ben.id).ok());
        EXPECT_EQ(office.inbox.hand_over(desk(ana)).value(), 1);
        testing::must(office.inbox.reply(desk(ana), id, "We come tonight."));
        EXPECT_EQ(office.newest_message_under(key, id), "");
        auto answer = testing::taken(office.reception.begin_answer(reporter, "Please come."));
        (void)testing::taken(answer.commit());
        EXPECT_EQ(office.newest_message_under(key, id), "");
        EXPECT_EQ(office.count("SELECT COUNT(*) FROM report_key"), leaving);
        add(ben);
    }
    // Whoever may read reads everything, what was written under earlier keys too; so does the reporter, in a
    // conversation begun before.
    for (const Colleague* member : {&ana, &ben}) {
        const auto opened = testing::taken(office.inbox.open(desk(*member), id));
        EXPECT_EQ(opened.messages.size(), 5u);
        EXPECT_EQ(opened.messages.front().text.expose(), "Are you safe?");
        EXPECT_EQ(intake::answer(opened.answers, "what"), "They keep her passport.");
        auto original = testing::taken(office.inbox.original(desk(*member), id, opened.files.at(0).id, "To read it."));
        EXPECT_EQ(testing::taken(original.next()).expose(), letter);
    }
    EXPECT_EQ(testing::taken(office.reception.conversation(reporter)).messages.size(), 5u);
    EXPECT_EQ(
        testing::taken(office.reception.conversation(testing::taken(office.reception.open(receipt)))).files.size(), 1u);
    EXPECT_EQ(office.problems(), "");
}

TEST_P(TeamTest, a_new_member_after_a_change_of_key_reads_reports_of_every_epoch) {
    Colleague ben = office.signed_in_colleague("ben");
    add(ben);
    office.send("First.");
    ASSERT_TRUE(office.access.remove_member(office.administrator(), team, ben.id).ok());
    office.send("Second.");
    Colleague carol = office.signed_in_colleague("carol");
    add(carol);
    for (const auto& row : testing::taken(office.inbox.list(desk(carol), {})).rows) EXPECT_TRUE(row.readable);
    EXPECT_EQ(office.inbox.list(desk(carol), {})->rows.size(), 2u);
}

TEST_P(TeamTest, the_last_reader_of_a_team_cannot_go_by_any_door) {
    const Colleague hal = office.enrol("hal", {Role::hotline});
    add(hal);
    const Actor boss = office.administrator();
    EXPECT_EQ(office.access.remove_member(boss, team, ana.id).kind(), ErrorKind::conflict)
        << "who stays may not read reports";
    EXPECT_EQ(office.access.deactivate(boss, ana.id).kind(), ErrorKind::conflict);
    office.enrol("boss", {Role::administrator});
    EXPECT_EQ(office.access.set_roles(boss, ana.id, {Role::administrator}).kind(), ErrorKind::conflict);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM team_key"), 1) << "nothing was half done";
    EXPECT_TRUE(office.access.session(ana.token).ok());

    const Colleague ben = office.enrol("ben");
    add(ben);
    EXPECT_TRUE(office.access.set_roles(boss, ana.id, {Role::administrator}).ok());
    EXPECT_TRUE(office.access.remove_member(boss, team, ana.id).ok());
    EXPECT_EQ(office.access.remove_member(boss, team, ben.id).kind(), ErrorKind::conflict);
}

TEST_P(TeamTest, a_channel_opens_only_to_a_team_with_a_member_who_can_read) {
    const Colleague hal = office.enrol("hal", {Role::hotline});
    const TeamId deaf = office.team_of({hal.id}, "Phones");
    const std::string kind(office.pack.route({}).kind);
    EXPECT_EQ(office.access.set_channel(office.administrator(), kind, deaf).kind(), ErrorKind::conflict);
    EXPECT_TRUE(office.reception.is_open());
    EXPECT_EQ(office.access.set_channel(desk(ana).actor, kind, vault::random_id<TeamId>()).kind(), ErrorKind::conflict);
    EXPECT_EQ(office.access.set_channel(Actor{ana.id, {Role::officer}, {team}}, kind, team).kind(),
              ErrorKind::forbidden);
    EXPECT_TRUE(office.access.clear_channel(office.administrator(), kind).ok());
    EXPECT_FALSE(office.reception.is_open());
    EXPECT_EQ(office.access.clear_channel(office.administrator(), kind).kind(), ErrorKind::not_found);
}

TEST_P(TeamTest, ended_access_ends_sessions_roles_and_keys_at_once) {
    Colleague ben = office.signed_in_colleague("ben");
    add(ben);
    const Actor boss = desk(ana).actor;
    EXPECT_EQ(office.access.deactivate(boss, boss.id).kind(), ErrorKind::conflict);
    ASSERT_TRUE(office.access.deactivate(boss, ben.id).ok());
    EXPECT_EQ(office.access.session(ben.token).kind(), ErrorKind::expired);
    office.clock.advance(30 * second_ms);
    EXPECT_EQ(office.access.sign_in(ben.email, ben.password, ben.totp.code(office.clock.now())).kind(),
              ErrorKind::invalid);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM team_key_grant WHERE holder = '" + ben.id.str() + "'"), 0);
    EXPECT_EQ(office.count("SELECT MAX(epoch) FROM team_key"), 2);
    EXPECT_EQ(office.access.add_member(desk(ana), team, ben.id).kind(), ErrorKind::not_found);
    EXPECT_EQ(office.access.set_roles(boss, ben.id, {Role::officer}).kind(), ErrorKind::not_found)
        << "nobody comes back by the back door";
}

TEST_P(TeamTest, whose_access_ended_can_be_invited_anew_and_starts_with_no_keys) {
    Colleague ben = office.signed_in_colleague("ben");
    add(ben);
    office.send("Before.");
    ASSERT_TRUE(office.access.deactivate(desk(ana).actor, ben.id).ok());
    Colleague again = office.signed_in_colleague("ben");
    EXPECT_NE(again.id, ben.id);
    EXPECT_TRUE(desk(again).keyring.teams.empty());
}

TEST_P(TeamTest, the_last_member_of_a_team_that_holds_and_receives_nothing_may_go) {
    const Colleague ben = office.enrol("ben");
    const TeamId quiet = office.team_of({ben.id}, "Quiet");
    EXPECT_TRUE(office.access.remove_member(office.administrator(), quiet, ben.id).ok());
    EXPECT_EQ(office.access.set_channel(office.administrator(), office.pack.route({}).kind, quiet).kind(),
              ErrorKind::conflict);
}

TEST_P(TeamTest, there_is_always_an_administrator) {
    const Actor boss = desk(ana).actor;
    EXPECT_EQ(office.access.set_roles(boss, ana.id, {Role::officer}).kind(), ErrorKind::conflict);
    EXPECT_EQ(office.access.set_roles(boss, ana.id, {}).kind(), ErrorKind::invalid);
    office.enrol("ben", {Role::administrator});
    EXPECT_TRUE(office.access.set_roles(boss, ana.id, {Role::officer}).ok());
}

TEST_P(TeamTest, only_an_administrator_changes_staff_and_teams) {
    const Colleague ben = office.enrol("ben", {Role::supervisor});
    const Actor officer{ben.id, {Role::officer, Role::supervisor, Role::hotline}, {team}};
    EXPECT_TRUE(office.access.staff(officer).empty());
    EXPECT_EQ(office.access.set_roles(officer, ben.id, {Role::administrator}).kind(), ErrorKind::forbidden);
    EXPECT_EQ(office.access.deactivate(officer, ana.id).kind(), ErrorKind::forbidden);
    EXPECT_EQ(office.access.create_team(officer, "Agency", "Mine", {ben.id}).kind(), ErrorKind::forbidden);
    EXPECT_EQ(office.access.remove_member(officer, team, ana.id).kind(), ErrorKind::forbidden);
    EXPECT_EQ(office.access.clear_channel(officer, office.pack.route({}).kind).kind(), ErrorKind::forbidden);
    EXPECT_EQ(office.access.team({ben.id, {Role::officer}, {}}, team).kind(), ErrorKind::not_found)
        << "teams of others are not seen";
    EXPECT_TRUE(office.access.teams({ben.id, {Role::officer}, {}}).empty());
}

TEST_P(TeamTest, the_offline_recovery_key_opens_every_epoch_of_every_team) {
    const Colleague ben = office.enrol("ben");
    add(ben);
    office.team_of({ben.id}, "Other");
    ASSERT_TRUE(office.access.remove_member(office.administrator(), team, ben.id).ok());
    EXPECT_EQ(recovery_reach(*office.database, office.recovery).keys, 3);
    EXPECT_EQ(recovery_reach(*office.database, office.recovery).opened, 3);
    EXPECT_EQ(recovery_reach(*office.database, vault::KeyPair::random()).opened, 0);
}

TEST_P(TeamTest, staff_see_names_and_mail_goes_to_active_members_only) {
    const Colleague ben = office.enrol("ben", {Role::officer}, team);
    EXPECT_EQ(office.access.team_emails(team), std::vector<std::string>{"ana@agency.example"});
    ASSERT_TRUE(office.access.let_in(desk(ana), team, ben.id).ok());
    EXPECT_EQ(office.access.team_emails(team).size(), 2u);
    const Team shown = office.access.team(desk(ana).actor, team).value();
    EXPECT_EQ(shown.agency, "Agency");
    EXPECT_EQ(shown.members.size(), 2u);
    EXPECT_EQ(office.access.staff(office.administrator()).size(), 2u);
    EXPECT_EQ(office.problems(), "");
}

}  // namespace
}  // namespace tideline::access
