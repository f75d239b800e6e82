#include <cstdlib>
#include <set>

#include "support/office.h"
#include "vault/stream.h"

namespace tideline::intake {
namespace {

std::vector<TeamId> waiting_teams(store::Database& database) {
    std::vector<TeamId> teams;
    for (const WaitingTeam& waiting : testing::take_waiting_teams(database)) teams.push_back(waiting.team);
    return teams;
}

using access::SignedIn;
using testing::Colleague;
using testing::taken;
using vault::SecretText;

Answers answers(std::initializer_list<std::pair<const char*, std::string>> given) {
    Answers all;
    for (const auto& [question, words] : given) all.emplace(question, SecretText(words));
    return all;
}

std::span<const unsigned char> bytes_of(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

void add(Submission& submission, std::string_view name, std::string_view content) {
    auto file = taken(submission.add_file(name));
    testing::must(file.append(bytes_of(content)));
    testing::must(file.finish());
}

void must_commit(Submission submission) {
    testing::must(Status(submission.commit().ok() ? Status() : Status(ErrorKind::invalid, "not stored")));
}

std::string read_all(FileDownload& file) {
    std::string all;
    for (;;) {
        const auto piece = taken(file.next());
        if (piece.empty()) return all;
        all += piece.expose();
    }
}

class ReportTest : public testing::OnBothDatabases {
protected:
    ReportTest() {
        team = office.team_of({ana.id});
        office.open_channel(team);
        office.sign_in(ana);
    }
    SignedIn desk() { return office.desk_of(ana); }
    ReportId newest() { return taken(office.inbox.list(desk(), {})).rows.front().id; }
    std::int64_t files_on_disk() {
        std::int64_t count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(office.folder.path()))
            count += entry.is_regular_file() ? 1 : 0;
        return count;
    }

    testing::Office office{GetParam()};
    Colleague ana = office.enrol("ana", {access::Role::officer});
    TeamId team;
};
ON_BOTH_DATABASES(ReportTest);

// ---- the way of one report

TEST_P(ReportTest, a_report_is_read_answered_and_answered_back) {
    auto submission = taken(office.reception.begin(answers({{"what", "They keep my passport.\nदासता 奴役"},
                                                            {"who", "me"},
                                                            {"phones", "021 555 010"},
                                                            {"danger", "unsure"}}),
                                                   {.language = "hi"}));
    add(submission, "C:\\fakepath\\letter.txt", "Dear sister");
    const auto receipt = std::move(*taken(submission.commit()));
    EXPECT_EQ(receipt.digits().size(), 25u);

    const auto rows = taken(office.inbox.list(desk(), {})).rows;
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_TRUE(rows[0].readable && rows[0].unread);
    EXPECT_EQ(rows[0].who, "me");
    EXPECT_EQ(rows[0].danger, "unsure");
    EXPECT_EQ(rows[0].language, "hi");
    EXPECT_EQ(rows[0].state, "received");
    EXPECT_TRUE(rows[0].words.expose().starts_with("They keep my passport."));

    office.clock.advance(1000);
    const OpenReport report = taken(office.inbox.open(desk(), rows[0].id));
    EXPECT_EQ(answer(report.answers, "what"), "They keep my passport.\nदासता 奴役");
    EXPECT_EQ(answer(report.answers, "phones"), "021 555 010");
    EXPECT_EQ(answer(report.answers, "place"), "");
    EXPECT_EQ(report.state, "opened");
    ASSERT_EQ(report.files.size(), 1u);
    EXPECT_EQ(report.files[0].name.expose(), "letter.txt");
    EXPECT_EQ(report.files[0].type, "text/plain");
    EXPECT_EQ(report.files[0].bytes, 11u);
    EXPECT_FALSE(taken(office.inbox.list(desk(), {})).rows[0].unread);

    testing::must(office.inbox.reply(desk(), report.id, "Are you safe to talk?"));
    testing::must(office.inbox.add_note(desk(), report.id, "Call the labour inspector."));
    office.clock.advance(3 * day_ms);
    office.sign_in(ana);

    const ReporterAccess access =
        taken(office.reception.open(taken(vault::Receipt::parse(receipt.grouped().expose()))));
    Conversation conversation = taken(office.reception.conversation(access));
    ASSERT_EQ(conversation.messages.size(), 1u);
    EXPECT_EQ(conversation.messages[0].text.expose(), "Are you safe to talk?");
    EXPECT_EQ(conversation.messages[0].author, "") << "reporters do not learn names";
    EXPECT_TRUE(conversation.messages[0].unread);
    EXPECT_FALSE(taken(office.reception.conversation(access)).messages[0].unread);
    ASSERT_EQ(conversation.files.size(), 1u);

    auto reply = taken(office.reception.begin_answer(access, "Yes, after nine."));
    add(reply, "photo.txt", "here");
    EXPECT_FALSE(taken(reply.commit()).has_value()) << "an answer needs no new receipt";
    EXPECT_TRUE(taken(office.inbox.list(desk(), {.unread_only = true})).rows.size() == 1) << "something new to read";
    office.clock.advance(1000);
    const OpenReport again = taken(office.inbox.open(desk(), report.id));
    ASSERT_EQ(again.messages.size(), 2u);
    EXPECT_EQ(again.messages[0].author, "ana");
    EXPECT_EQ(again.messages[1].text.expose(), "Yes, after nine.");
    EXPECT_EQ(again.messages[1].direction, Direction::from_reporter);
    ASSERT_EQ(again.files.size(), 2u);
    EXPECT_EQ(again.files[1].message, again.messages[1].id);
    ASSERT_EQ(again.notes.size(), 1u);
    EXPECT_EQ(again.notes[0].text.expose(), "Call the labour inspector.");
    EXPECT_TRUE(taken(office.inbox.list(desk(), {.unread_only = true})).rows.empty());

    std::vector<std::string> actions;
    for (const HistoryLine& line : taken(office.inbox.history(desk(), report.id)))
        actions.push_back(line.actor + " " + line.action);
    EXPECT_EQ(actions, (std::vector<std::string>{"ana report.opened", "reporter message.received",
                                                 "reporter messages.read", "ana note.added", "ana message.sent",
                                                 "ana report.opened", "reporter report.received"}));
    const auto openings = [&] {
        return office.count("SELECT COUNT(*) FROM ledger_entry WHERE action = 'report.opened'");
    };
    office.clock.advance(10 * minute_ms);
    taken(office.inbox.open(desk(), report.id));
    EXPECT_EQ(openings(), 2) << "a page loaded again is the same reading";
    office.clock.advance(10 * minute_ms);
    taken(office.inbox.open(desk(), report.id));
    EXPECT_EQ(openings(), 3) << "counted from when it was noted, so that a page left open does not hide a day";
    EXPECT_EQ(office.problems(), "");
}

TEST_P(ReportTest, a_wrong_receipt_opens_nothing) {
    const auto right = office.send("First.");
    // Same locator, another secret: costs a derivation, opens nothing. Another locator: there is none.
    std::string digits(right.digits().substr(0, 24));
    digits[10] = digits[10] == '9' ? '0' : static_cast<char>(digits[10] + 1);
    digits += static_cast<char>('0' + vault::damm_digit(digits));
    EXPECT_EQ(office.reception.open(taken(vault::Receipt::parse(digits))).kind(), ErrorKind::not_found);
    digits = std::string(right.digits().substr(0, 24));
    digits[0] = digits[0] == '9' ? '0' : static_cast<char>(digits[0] + 1);
    digits += static_cast<char>('0' + vault::damm_digit(digits));
    EXPECT_EQ(office.reception.open(taken(vault::Receipt::parse(digits))).kind(), ErrorKind::not_found);
}

TEST_P(ReportTest, two_reports_that_share_a_locator_are_told_apart_by_their_secrets) {
    const auto first = office.send("First.");
    const auto second = office.send("Second.");
    const ReportId id = taken(office.reception.open(second)).report;
    office.run("UPDATE report SET locator = '" + std::string(first.locator()) + "' WHERE id = '" + id.str() + "'");
    std::string digits = std::string(first.locator()) + std::string(second.digits().substr(6, 18));
    digits += static_cast<char>('0' + vault::damm_digit(digits));
    EXPECT_EQ(taken(office.reception.open(taken(vault::Receipt::parse(digits)))).report, id);
    EXPECT_NE(taken(office.reception.open(first)).report, id);
}

TEST_P(ReportTest, answers_have_limits_that_are_named) {
    const auto begin = [&](Answers given) { return office.reception.begin(given, {}); };
    EXPECT_EQ(begin({}).kind(), ErrorKind::invalid);
    EXPECT_EQ(begin(answers({{"what", " \n\t "}})).kind(), ErrorKind::invalid);
    EXPECT_EQ(begin(answers({{"what", "x"}, {"shoe_size", "44"}})).kind(), ErrorKind::invalid);
    const auto too_long = begin(answers({{"what", std::string(limits::narrative_chars_max + 1, 'x')}}));
    EXPECT_EQ(too_long.kind(), ErrorKind::too_large);
    EXPECT_NE(too_long.error().message.find("20000"), std::string::npos);
    EXPECT_EQ(begin(answers({{"what", "x"}, {"place", std::string(limits::answer_chars_max + 1, 'x')}})).kind(),
              ErrorKind::too_large);
    std::string in_thai;
    for (std::size_t i = 0; i < limits::narrative_chars_max; ++i) in_thai += "ก";
    EXPECT_TRUE(begin(answers({{"what", in_thai}})).ok()) << "characters count, not bytes";
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM report"), 0) << "nothing is stored before commit";

    const ReporterAccess access = taken(office.reception.open(office.send("x")));
    EXPECT_EQ(office.reception.begin_answer(access, std::string(limits::message_chars_max + 1, 'x')).kind(),
              ErrorKind::too_large);
    const ReportId id = newest();
    EXPECT_EQ(office.inbox.reply(desk(), id, " ").kind(), ErrorKind::invalid);
    EXPECT_EQ(office.inbox.reply(desk(), id, std::string(limits::message_chars_max + 1, 'x')).kind(),
              ErrorKind::too_large);
    EXPECT_EQ(office.inbox.add_note(desk(), id, "").kind(), ErrorKind::invalid);
    EXPECT_EQ(office.inbox.add_note(desk(), id, std::string(limits::note_chars_max + 1, 'x')).kind(),
              ErrorKind::too_large);
    EXPECT_EQ(office.inbox.set_state(desk(), id, "deleted").kind(), ErrorKind::invalid);
}

TEST_P(ReportTest, reports_cannot_be_sent_where_nobody_can_read) {
    testing::must(office.access.clear_channel(office.administrator(), office.pack.route({}).kind));
    EXPECT_EQ(office.reception.begin(answers({{"what", "x"}}), {}).kind(), ErrorKind::unavailable);
}

TEST_P(ReportTest, the_channel_that_closes_while_somebody_writes_loses_nothing_and_stores_nothing) {
    auto submission = taken(office.reception.begin(answers({{"what", "x"}}), {}));
    add(submission, "a.txt", "a");
    testing::must(office.access.clear_channel(office.administrator(), office.pack.route({}).kind));
    EXPECT_EQ(submission.commit().kind(), ErrorKind::unavailable);
    office.open_channel(team);
    EXPECT_TRUE(submission.commit().ok()) << "and can be sent again";
    EXPECT_EQ(office.problems(), "");
}

TEST_P(ReportTest, the_packs_rules_decide_which_team_receives_what) {
    Colleague ben = office.signed_in_colleague("ben");
    const TeamId children = office.team_of({ben.id}, "Children");
    testing::must(office.access.set_channel(office.administrator(), "child-protection", children));
    office.send(answers({{"what", "She is 14."}, {"child", "yes"}, {"danger", "yes"}}));
    office.send(answers({{"what", "Not sure of her age."}, {"child", "unsure"}}));
    const auto theirs = taken(office.inbox.list(office.desk_of(ben), {})).rows;
    ASSERT_EQ(theirs.size(), 1u);
    EXPECT_EQ(theirs[0].words.expose(), "She is 14.");
    EXPECT_EQ(theirs[0].kind, "child-protection");
    ASSERT_EQ(taken(office.inbox.list(desk(), {})).rows.size(), 1u);
    EXPECT_EQ(office.inbox.open(desk(), theirs[0].id).kind(), ErrorKind::not_found) << "the other team's";
    EXPECT_EQ(office.inbox.open(desk(), vault::random_id<ReportId>()).error().message,
              office.inbox.open(desk(), theirs[0].id).error().message);
}

TEST_P(ReportTest, a_colleague_without_the_role_may_do_nothing_to_a_report) {
    office.send("x");
    const ReportId id = newest();
    for (const access::Role role : {access::Role::administrator, access::Role::hotline}) {
        SignedIn other = desk();
        other.actor.roles = {role};
        EXPECT_EQ(office.inbox.list(other, {}).kind(), ErrorKind::forbidden);
        EXPECT_TRUE(office.inbox.counts(other).empty());
        EXPECT_EQ(office.inbox.open(other, id).kind(), ErrorKind::forbidden);
        EXPECT_EQ(office.inbox.reply(other, id, "x").kind(), ErrorKind::forbidden);
        EXPECT_EQ(office.inbox.add_note(other, id, "x").kind(), ErrorKind::forbidden);
        EXPECT_EQ(office.inbox.set_state(other, id, "held").kind(), ErrorKind::forbidden);
        EXPECT_EQ(office.inbox.history(other, id).kind(), ErrorKind::forbidden);
        EXPECT_EQ(office.inbox.grant_deletion(other, id).kind(), ErrorKind::forbidden);
        EXPECT_EQ(office.inbox.decide_quarantine(other, {id}, Inbox::Decision::discard).kind(), ErrorKind::forbidden);
        EXPECT_EQ(office.inbox.decide_whole_quarantine(other, Inbox::Decision::discard).kind(), ErrorKind::forbidden);
        EXPECT_EQ(office.inbox.copy(other, id, vault::random_id<AttachmentId>()).kind(), ErrorKind::forbidden);
        EXPECT_EQ(office.inbox.original(other, id, vault::random_id<AttachmentId>(), "x").kind(), ErrorKind::forbidden);
    }
}

TEST_P(ReportTest, a_report_entered_for_a_caller_names_who_entered_it_and_gives_a_receipt_that_works) {
    auto submission = taken(office.reception.begin(answers({{"what", "Told on the phone."}}),
                                                   {.channel = "phone", .language = "tl"}, ana.id));
    const auto receipt = std::move(*taken(submission.commit()));
    EXPECT_EQ(taken(office.reception.conversation(taken(office.reception.open(receipt)))).state, "received");
    EXPECT_EQ(taken(office.inbox.history(desk(), newest())).back().actor, "ana");
    EXPECT_EQ(taken(office.inbox.list(desk(), {})).rows[0].channel, "phone");
}

// ---- files

TEST_P(ReportTest, odd_names_of_files_are_kept_harmless) {
    auto submission = taken(office.reception.begin(answers({{"what", "x"}}), {}));
    const std::vector<std::pair<std::string, std::string>> names{{"../../etc/passwd", "passwd"},
                                                                 {"C:\\temp\\a.txt", "a.txt"},
                                                                 {"", "file"},
                                                                 {"/", "file"},
                                                                 {std::string("a\0b\r\n.txt", 9), "ab.txt"},
                                                                 {"photo\xE2\x80\xAEgpj.exe", "photogpj.exe"},
                                                                 {"写真 1.txt", "写真 1.txt"},
                                                                 {"..", ".."}};
    for (const auto& [given, kept] : names) add(submission, given, "x");
    add(submission, "ก" + std::string(300, 'x'), "x");
    testing::must(Status(submission.commit().ok() ? Status() : Status(ErrorKind::invalid, "not stored")));
    const OpenReport report = taken(office.inbox.open(desk(), newest()));
    ASSERT_EQ(report.files.size(), names.size() + 1);
    std::multiset<std::string> shown, expected;
    for (const Attachment& file : report.files) {
        EXPECT_LE(file.name.size(), limits::file_name_bytes_max);
        if (file.name.size() < 100) shown.emplace(file.name.expose());
    }
    for (const auto& [given, kept] : names) expected.insert(kept);
    EXPECT_EQ(shown, expected);
}

TEST_P(ReportTest, a_file_of_any_size_comes_back_byte_for_byte_when_the_original_is_asked_for_with_a_reason) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, vault::chunk_bytes - 1, vault::chunk_bytes,
                                   vault::chunk_bytes + 1, 3 * vault::chunk_bytes + 5}) {
        std::string content(size, 'x');
        for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>('a' + i % 23);
        auto submission = taken(office.reception.begin_answer(taken(office.reception.open(office.send("x"))), ""));
        add(submission, "a.txt", content);
        testing::must(Status(submission.commit().ok() ? Status() : Status(ErrorKind::invalid, "not stored")));
        const ReportId id = newest();
        const OpenReport report = taken(office.inbox.open(desk(), id));
        ASSERT_EQ(report.files.size(), 1u);
        EXPECT_EQ(report.files[0].bytes, size);
        EXPECT_EQ(office.inbox.original(desk(), id, report.files[0].id, " ").kind(), ErrorKind::invalid)
            << "a reason is needed";
        auto file = taken(office.inbox.original(desk(), id, report.files[0].id, "for the warrant"));
        EXPECT_EQ(read_all(file), content);
        EXPECT_EQ(taken(office.inbox.open(desk(), id)).notes.size(), 1u);
        EXPECT_EQ(office.inbox.original(desk(), id, vault::random_id<AttachmentId>(), "x").kind(),
                  ErrorKind::not_found);
        office.clock.advance(1000);
        if (size > 1) {
            auto copy = taken(office.inbox.copy(desk(), id, report.files[0].id));
            EXPECT_EQ(read_all(copy), content) << "plain text has nothing hidden";
        }
    }
    EXPECT_EQ(office.problems(), "");
}

TEST_P(ReportTest, an_upload_that_breaks_off_leaves_nothing) {
    {
        auto submission = taken(office.reception.begin(answers({{"what", "x"}}), {}));
        add(submission, "whole.txt", std::string(300'000, 'x'));
        auto half = taken(submission.add_file("half.txt"));
        testing::must(half.append(bytes_of(std::string(300'000, 'y'))));
        EXPECT_GT(files_on_disk(), 1);
    }
    EXPECT_EQ(files_on_disk(), 0);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM report"), 0);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM attachment"), 0);

    auto submission = taken(office.reception.begin(answers({{"what", "x"}}), {}));
    add(submission, "a.txt", "x");
    submission.drop_files();
    EXPECT_EQ(files_on_disk(), 0);
    EXPECT_EQ(submission.file_count(), 0u);
    EXPECT_TRUE(submission.commit().ok());
    EXPECT_EQ(office.problems(), "");
}

TEST_P(ReportTest, a_file_over_500_mb_and_a_twenty_first_file_are_refused) {
    auto submission = taken(office.reception.begin(answers({{"what", "x"}}), {}));
    {
        const std::unique_ptr<unsigned char[], decltype(&std::free)> zeros(
            static_cast<unsigned char*>(std::calloc(limits::file_bytes_max + 1, 1)), &std::free);
        auto file = taken(submission.add_file("film.mp4"));
        EXPECT_EQ(file.append({zeros.get(), limits::file_bytes_max + 1}).kind(), ErrorKind::too_large);
        EXPECT_TRUE(file.append({zeros.get(), 1}).ok());
        EXPECT_EQ(file.append({zeros.get(), limits::file_bytes_max}).kind(), ErrorKind::too_large)
            << "together they are too much";
    }
    for (std::size_t i = 0; i < limits::files_per_submission_max; ++i) add(submission, "a.txt", "x");
    EXPECT_EQ(submission.add_file("b.txt").kind(), ErrorKind::too_large);
    EXPECT_TRUE(submission.commit().ok());
}

TEST_P(ReportTest, a_file_that_was_cut_changed_or_taken_away_is_found_by_the_reader_and_by_the_check) {
    auto submission = taken(office.reception.begin(answers({{"what", "x"}}), {}));
    add(submission, "a.txt", std::string(200'000, 'x'));
    testing::must(Status(submission.commit().ok() ? Status() : Status(ErrorKind::invalid, "not stored")));
    const ReportId id = newest();
    const AttachmentId file = taken(office.inbox.open(desk(), id)).files[0].id;
    const auto path = [&] {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(office.folder.path())) {
            if (entry.is_regular_file()) return entry.path();
        }
        throw std::runtime_error("no blob");
    }();
    const auto size = std::filesystem::file_size(path);
    const auto reads = [&] {
        auto opened = office.inbox.original(desk(), id, file, "check");
        if (!opened) return opened.kind();
        for (;;) {
            const auto piece = opened->next();
            if (!piece) return piece.kind();
            if (piece->empty()) return ErrorKind::busy;  // read to its end
        }
    };
    EXPECT_EQ(reads(), ErrorKind::busy);
    EXPECT_EQ(office.problems(), "");
    {
        std::fstream changed(path, std::ios::in | std::ios::out | std::ios::binary);
        changed.seekp(100'000);
        changed.put('!');
    }
    EXPECT_EQ(reads(), ErrorKind::corrupt);
    std::filesystem::resize_file(path, size - vault::sealed_chunk_bytes);
    EXPECT_EQ(reads(), ErrorKind::corrupt);
    EXPECT_EQ(check_whole(*office.database, office.blobs).size(), 1u);
    std::filesystem::remove(path);
    EXPECT_EQ(reads(), ErrorKind::corrupt);
    EXPECT_EQ(check_whole(*office.database, office.blobs).size(), 1u);
}

TEST_P(ReportTest, the_check_finds_reports_that_are_not_whole_or_gone) {
    office.send("x");
    office.send("y");
    EXPECT_TRUE(check_whole(*office.database, office.blobs).empty());
    const ReportId id = newest();
    office.run("DELETE FROM report_grant WHERE report_id = '" + id.str() + "' AND recipient = 'reporter'");
    EXPECT_EQ(check_whole(*office.database, office.blobs).size(), 1u);
    office.run("DELETE FROM report_grant WHERE report_id = '" + id.str() + "'");
    office.run("DELETE FROM report WHERE id = '" + id.str() + "'");
    EXPECT_EQ(check_whole(*office.database, office.blobs).size(), 1u) << "in the ledger, but gone";
    office.run("DELETE FROM ledger_entry");
    EXPECT_EQ(check_whole(*office.database, office.blobs).size(), 1u) << "there, but not in the ledger";
}

TEST_P(ReportTest, what_a_crash_left_behind_is_removed_and_nothing_else) {
    auto submission = taken(office.reception.begin(answers({{"what", "x"}}), {}));
    add(submission, "a.txt", "kept");
    testing::must(Status(submission.commit().ok() ? Status() : Status(ErrorKind::invalid, "not stored")));
    auto orphan = taken(office.blobs.create(vault::random_id<BlobId>()));
    testing::must(orphan.append(bytes_of("left over")));
    testing::must(orphan.finish());
    std::ofstream(office.folder.path() / "blobs" / "left.part") << "half";
    EXPECT_EQ(remove_orphans(*office.database, office.blobs, 3600), 0) << "what is young may still be under way";
    EXPECT_EQ(remove_orphans(*office.database, office.blobs, 0), 1);
    EXPECT_EQ(files_on_disk(), 1);
    EXPECT_EQ(office.problems(), "");
}

// ---- floods

TEST_P(ReportTest, held_back_reports_are_kept_apart_until_an_officer_decides) {
    const auto first = office.send("Flood 1", {.quarantined = true});
    const auto second = office.send("Flood 2", {.quarantined = true});
    office.send("Flood 3", {.quarantined = true});
    EXPECT_TRUE(taken(office.inbox.list(desk(), {})).rows.empty());
    EXPECT_TRUE(testing::take_waiting_teams(*office.database).empty()) << "nobody is called for a flood";
    const auto held = taken(office.inbox.list(desk(), {.state = "quarantined"})).rows;
    ASSERT_EQ(held.size(), 3u);
    EXPECT_EQ(office.inbox.set_state(desk(), held[0].id, "opened").kind(), ErrorKind::conflict);

    const ReportId kept = taken(office.reception.open(first)).report;
    EXPECT_EQ(
        office.inbox.decide_quarantine(desk(), {kept, kept, vault::random_id<ReportId>()}, Inbox::Decision::release)
            .value(),
        1);
    ASSERT_EQ(taken(office.inbox.list(desk(), {})).rows.size(), 1u);
    EXPECT_EQ(waiting_teams(*office.database), std::vector<TeamId>{team});
    EXPECT_EQ(office.inbox.decide_whole_quarantine(desk(), Inbox::Decision::discard).value(), 2);
    EXPECT_EQ(office.reception.open(second).kind(), ErrorKind::not_found) << "its keys are gone";
    EXPECT_EQ(taken(office.reception.conversation(taken(office.reception.open(first)))).state, "received");
    EXPECT_EQ(office.inbox.counts(desk()), (std::map<std::string, std::int64_t>{{"received", 1}, {"deleted", 2}}));
    EXPECT_EQ(office.problems(), "");
}

TEST_P(ReportTest, another_teams_flood_is_not_decided) {
    office.send("Flood", {.quarantined = true});
    const ReportId id = taken(office.inbox.list(desk(), {.state = "quarantined"})).rows[0].id;
    Colleague ben = office.signed_in_colleague("ben");
    office.team_of({ben.id}, "Other");
    EXPECT_EQ(office.inbox.decide_quarantine(office.desk_of(ben), {id}, Inbox::Decision::discard).value(), 0);
    EXPECT_EQ(office.inbox.decide_whole_quarantine(office.desk_of(ben), Inbox::Decision::release).value(), 0);
}

// ---- deletion

TEST_P(ReportTest, a_report_that_nobody_read_is_deleted_at_once_with_its_keys_and_files) {
    auto submission = taken(office.reception.begin(answers({{"what", "x"}}), {}));
    add(submission, "a.txt", "x");
    const auto receipt = std::move(*taken(submission.commit()));
    const ReporterAccess access = taken(office.reception.open(receipt));
    const auto grants =
        office.database->read([](store::Connection& c) { return c.query("SELECT sealed FROM report_grant"); });
    ASSERT_EQ(grants.size(), 2u);

    auto late = taken(office.reception.begin_answer(access, "too late"));
    EXPECT_EQ(taken(office.reception.ask_deletion(access)).answer, knowledge::DeletionAnswer::at_once);
    EXPECT_EQ(late.commit().kind(), ErrorKind::not_found);
    EXPECT_EQ(office.reception.begin_answer(access, "later still").kind(), ErrorKind::not_found);
    EXPECT_EQ(office.reception.open(receipt).kind(), ErrorKind::not_found);
    EXPECT_EQ(office.reception.conversation(access).kind(), ErrorKind::not_found);
    EXPECT_EQ(office.reception.ask_deletion(access).kind(), ErrorKind::not_found);
    EXPECT_EQ(office.inbox.open(desk(), access.report).kind(), ErrorKind::not_found);
    EXPECT_TRUE(taken(office.inbox.list(desk(), {})).rows.empty());
    for (const char* table : {"report_grant", "report_key", "attachment", "message", "note", "report_read"})
        EXPECT_EQ(office.count(std::string("SELECT COUNT(*) FROM ") + table), 0) << table;
    EXPECT_EQ(
        office.count("SELECT COUNT(*) FROM report WHERE answers || summary || salt || locator || reporter_key <> ''"),
        0);
    EXPECT_EQ(files_on_disk(), 0);
    EXPECT_EQ(office.problems(), "") << "what remains is that it existed";

    if (GetParam() == store::Dialect::postgresql) return;
    // Not in the file of the database nor in its log either.
    const std::filesystem::path file = office.database.address().substr(std::string("sqlite:").size());
    for (const char* ending : {"", "-wal"}) {
        std::ifstream stored(file.string() + ending, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(stored), {}};
        for (const store::Row& grant : grants)
            EXPECT_EQ(bytes.find(grant.text(0)), std::string::npos) << "a destroyed key is in the database" << ending;
    }
}

TEST_P(ReportTest, a_report_that_is_kept_tells_its_reporter_why_and_may_be_asked_for_again) {
    const ReporterAccess access = taken(office.reception.open(office.send("They keep my passport.")));
    const ReportId id = newest();
    (void)taken(office.inbox.open(desk(), id));
    EXPECT_EQ(office.inbox.decline_deletion(desk(), id, "We need it.").kind(), ErrorKind::conflict) << "nobody asked";
    (void)taken(office.reception.ask_deletion(access));
    EXPECT_EQ(office.inbox.decline_deletion(desk(), id, "  ").kind(), ErrorKind::invalid) << "the reporter is told why";
    testing::must(office.inbox.decline_deletion(desk(), id, "We need it to find the others."));
    const auto conversation = taken(office.reception.conversation(access));
    EXPECT_FALSE(conversation.deletion_asked);
    ASSERT_EQ(conversation.messages.size(), 1u);
    EXPECT_EQ(conversation.messages[0].text.expose(), "We need it to find the others.");
    EXPECT_EQ(office.inbox.grant_deletion(desk(), id).kind(), ErrorKind::conflict);
    EXPECT_EQ(taken(office.reception.ask_deletion(access)).answer, knowledge::DeletionAnswer::by_officer);
}

TEST_P(ReportTest, what_comes_while_a_team_is_told_is_told_again) {
    office.send("One");
    const auto told = intake::waiting_teams(*office.database);
    ASSERT_EQ(told.size(), 1u);
    office.send("Two");
    testing::must(forget_waiting(*office.database, told));
    EXPECT_EQ(intake::waiting_teams(*office.database).size(), 1u) << "also within one millisecond";
    testing::must(forget_waiting(*office.database, intake::waiting_teams(*office.database)));
    EXPECT_TRUE(intake::waiting_teams(*office.database).empty());
}

TEST_P(ReportTest, deletion_of_a_report_that_was_read_is_decided_by_an_officer) {
    const auto receipt = office.send("x");
    const ReporterAccess access = taken(office.reception.open(receipt));
    const ReportId id = newest();
    (void)taken(office.inbox.open(desk(), id));
    EXPECT_EQ(office.inbox.grant_deletion(desk(), id).kind(), ErrorKind::conflict) << "nobody asked";
    testing::take_waiting_teams(*office.database);
    const auto reply = taken(office.reception.ask_deletion(access));
    EXPECT_EQ(reply.answer, knowledge::DeletionAnswer::by_officer);
    EXPECT_FALSE(reply.text.empty());
    EXPECT_TRUE(taken(office.reception.conversation(access)).deletion_asked);
    EXPECT_TRUE(taken(office.inbox.open(desk(), id)).deletion_asked);
    EXPECT_EQ(testing::take_waiting_teams(*office.database).size(), 1u) << "the team is told";
    testing::must(office.inbox.grant_deletion(desk(), id));
    EXPECT_EQ(office.reception.open(receipt).kind(), ErrorKind::not_found);
    EXPECT_EQ(office.problems(), "");
}

TEST_P(ReportTest, a_report_in_use_is_deleted_neither_for_its_reporter_nor_by_an_officer_who_was_asked_before) {
    const ReporterAccess access = taken(office.reception.open(office.send("x")));
    const ReportId id = newest();
    (void)taken(office.inbox.open(desk(), id));
    (void)taken(office.reception.ask_deletion(access));
    office.run("UPDATE report SET state = 'linked'");
    EXPECT_EQ(taken(office.reception.ask_deletion(access)).answer, knowledge::DeletionAnswer::refused);
    EXPECT_EQ(taken(office.reception.conversation(access)).deletion_answer, "refused");
    EXPECT_EQ(office.inbox.grant_deletion(desk(), id).kind(), ErrorKind::conflict);
    EXPECT_TRUE(office.inbox.open(desk(), id).ok());
}

TEST(second_jurisdiction, its_own_rules_route_and_delete) {
    testing::Office office(store::Dialect::sqlite, testing::pack_of_xandria());
    Colleague ana = office.enrol("ana");
    Colleague ben = office.enrol("ben");
    office.open_channel(office.team_of({ana.id}, "All"));
    testing::must(office.access.set_channel(office.administrator(), "calls", office.team_of({ben.id}, "Calls")));
    office.sign_in(ana);
    office.sign_in(ben);
    const auto called = office.send(answers({{"what", "Now."}, {"danger", "yes"}}), {.channel = "phone"});
    office.send(answers({{"what", "Now."}, {"danger", "yes"}}));
    EXPECT_EQ(taken(office.inbox.list(office.desk_of(ben), {})).rows.size(), 1u);
    EXPECT_EQ(taken(office.inbox.list(office.desk_of(ana), {})).rows.size(), 1u);
    const ReporterAccess access = taken(office.reception.open(called));
    (void)taken(office.inbox.open(office.desk_of(ben), access.report));
    EXPECT_EQ(taken(office.reception.ask_deletion(access)).answer, knowledge::DeletionAnswer::refused)
        << "there, whatever was read stays";
    testing::must(office.inbox.set_state(office.desk_of(ben), access.report, "no_action"));
    EXPECT_EQ(taken(office.reception.ask_deletion(access)).answer, knowledge::DeletionAnswer::at_once);
}

// ---- the list

TEST_P(ReportTest, the_inbox_pages_over_teams_filters_and_orders_without_losing_or_repeating_a_report) {
    const TeamId second = office.team_of({ana.id}, "Second");
    const std::int64_t reports = 130;
    // Rows that no key opens list as well: what is tested is the order.
    testing::must(office.database->write([&](store::Transaction& tx) -> Status {
        for (std::int64_t i = 0; i < reports; ++i) {
            const std::string id = vault::random_id<ReportId>().str();
            tx.run(
                "INSERT INTO report (id, locator, salt, reporter_key, received_ms, changed_ms, channel, language, "
                "kind, team_id, state, "
                "deletion_asked_ms, summary, answers) VALUES (:id, :locator, '', '', :received, :changed, 'web', "
                ":language, 'general', :team, "
                ":state, 0, 's', 'a')",
                {id, std::to_string(100000 + i), 1000 + i / 3, 1000 + i, std::string(i % 5 == 0 ? "mi" : "en"),
                 i % 2 == 0 ? team.str() : second.str(), std::string(i % 7 == 0 ? "held" : "received")});
            if (i % 4 == 0)
                tx.run("INSERT INTO report_read (report_id, staff_id, at_ms) VALUES (:r, :s, :at)",
                       {id, ana.id.str(), 1000 + i});
        }
        return {};
    }));
    const auto walk = [&](InboxFilter filter) {
        std::vector<InboxRow> all;
        const SignedIn reader = desk();
        do {
            InboxPage page = taken(office.inbox.list(reader, filter));
            EXPECT_LE(page.rows.size(), limits::inbox_rows_per_page);
            filter.after = page.next;
            for (InboxRow& row : page.rows) all.push_back(std::move(row));
        } while (!filter.after.empty());
        std::set<ReportId> once;
        for (const InboxRow& row : all) EXPECT_TRUE(once.insert(row.id).second) << "a report came twice";
        for (std::size_t i = 1; i < all.size(); ++i) {
            EXPECT_TRUE(filter.oldest_first ? all[i - 1].received <= all[i].received
                                            : all[i - 1].received >= all[i].received);
        }
        return all;
    };
    EXPECT_EQ(walk({}).size(), 130u);
    EXPECT_EQ(walk({.oldest_first = true}).size(), 130u);
    EXPECT_EQ(walk({.state = "held"}).size(), 19u);
    EXPECT_EQ(walk({.language = "mi"}).size(), 26u);
    EXPECT_EQ(walk({.state = "held", .language = "mi"}).size(), 4u);
    const auto unread = walk({.unread_only = true});
    EXPECT_EQ(unread.size(), 97u);
    for (const InboxRow& row : unread) EXPECT_TRUE(row.unread);
    EXPECT_EQ(walk({.unread_only = true, .oldest_first = true}).size(), 97u);
    std::size_t read = 0;
    for (const InboxRow& row : walk({})) read += row.unread ? 0 : 1;
    EXPECT_EQ(read, 33u);
    for (const std::string& after : std::vector<std::string>{"x", "12", "12-", "-" + std::string(32, 'a'), "12-zz",
                                                             "99999999999999999999-" + std::string(32, 'a')})
        EXPECT_EQ(office.inbox.list(desk(), {.after = after}).kind(), ErrorKind::invalid) << after;
    EXPECT_TRUE(taken(office.inbox.list(desk(), {.state = "' OR 1=1 --"})).rows.empty());
    EXPECT_EQ(office.inbox.counts(desk()).at("held"), 19);
}

TEST_P(ReportTest, what_is_unread_is_each_members_own_and_follows_answers_deletions_and_moves) {
    Colleague ben = office.signed_in_colleague("ben");
    const auto unread = [&](const Colleague& who) {
        return taken(office.inbox.list(office.desk_of(who), {.unread_only = true})).rows.size();
    };
    const auto receipt = office.send("First.");
    office.clock.advance(1000);
    const auto second = office.send("Second.");
    EXPECT_EQ(unread(ana), 2u);
    EXPECT_EQ(unread(ana), 2u);
    office.clock.advance(1000);
    const ReporterAccess access = taken(office.reception.open(receipt));
    (void)taken(office.inbox.open(desk(), access.report));
    EXPECT_EQ(unread(ana), 1u);
    office.clock.advance(1000);
    must_commit(taken(office.reception.begin_answer(access, "More.")));
    EXPECT_EQ(unread(ana), 2u) << "an answer is something new";
    (void)taken(office.reception.ask_deletion(taken(office.reception.open(second))));
    EXPECT_EQ(unread(ana), 1u);

    // A server whose clock is five minutes behind takes in another; it is not passed over.
    office.clock.advance(-5 * minute_ms);
    office.send("From the slow clock.");
    office.clock.advance(5 * minute_ms);
    EXPECT_EQ(unread(ana), 2u);

    // A report that moves to another team leaves one list and joins the other.
    const TeamId other = office.team_of({ben.id}, "Other");
    EXPECT_EQ(unread(ben), 0u);
    office.clock.advance(hour_ms / 4);
    office.run("UPDATE report SET team_id = '" + other.str() + "', changed_ms = " +
               std::to_string(office.clock.now().ms) + " WHERE id = '" + access.report.str() + "'");
    EXPECT_EQ(unread(ana), 1u);
    EXPECT_EQ(unread(ben), 1u);
    EXPECT_EQ(office.problems(), "");
}

TEST_P(ReportTest, teams_that_something_waits_for_are_told_once) {
    EXPECT_TRUE(testing::take_waiting_teams(*office.database).empty());
    office.send("x");
    office.send("y");
    EXPECT_EQ(waiting_teams(*office.database), std::vector<TeamId>{team});
    EXPECT_TRUE(testing::take_waiting_teams(*office.database).empty());
}

}  // namespace
}  // namespace tideline::intake
