#include <filesystem>
#include <fstream>

#include "assess/service.h"
#include "assess/support.h"
#include "support/office.h"

namespace tideline::assess {
namespace {

using access::Role;
using access::SignedIn;
using testing::Colleague;
using testing::must;
using testing::taken;

/// An instant on the wall of the country.
Instant wall(const knowledge::Pack& pack, int year, unsigned month, unsigned day, int hour) {
    using namespace std::chrono;
    return to_instant(pack.calendar().zone().instant(
        local_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) + hours(hour)));
}
int day_there(const knowledge::Pack& pack, Instant at) {
    const std::chrono::year_month_day day(pack.calendar().zone().day(to_utc_seconds(at)));
    return static_cast<int>(static_cast<unsigned>(day.month()) * 100 + static_cast<unsigned>(day.day()));
}

Input noted(std::initializer_list<std::string_view> yes, Profile profile = Profile::adult_labour) {
    Input input;
    input.profile = profile;
    for (const std::string_view id : yes) input.notes.push_back({std::string(id), Answer::yes, "self", 1});
    return input;
}
/// Act, means and purpose of an adult's labour exploitation.
Input indicated() {
    return noted({"ilo.dr.nature_of_job", "ilo.dr.conditions_of_work", "ilo.ex.hours", "ilo.ex.living",
                  "ilo.ex.low_pay", "ilo.ex.wage_manipulation", "ilo.cd.documents", "ilo.cd.isolation"});
}

class DeskTest : public testing::OnBothDatabases {
protected:
    DeskTest() {
        team = office.team_of({ana.id, ben.id}, "Triage");
        office.open_channel(team);
        office.sign_in(ana);
        office.sign_in(ben);
    }
    /// Somebody more in the team.
    Colleague joined(const std::string& name, Role role = Role::officer) {
        Colleague who = office.enrol(name, {role});
        SignedIn boss;
        boss.actor = testing::Office::administrator();
        must(office.access.add_member(boss, team, who.id));
        must(office.access.let_in(as(ana), team, who.id));
        office.sign_in(who);
        return who;
    }
    /// Somebody of another agency's team.
    Colleague inspector() {
        Colleague who = office.enrol("dan");
        other_team = office.team_of({who.id}, "Inspectors");
        office.sign_in(who);
        return who;
    }
    SignedIn as(const Colleague& who) { return office.desk_of(who); }
    Desk desk(double share = 0) { return desk_by(published(), knowledge::Files::embedded(), share); }
    Desk desk_by(const Method& method, const knowledge::Files& files, double share = 0) {
        return Desk(*office.database, office.ledger, office.clock, office.access, office.inbox, office.pack, method,
                    files, {share, ""});
    }
    ReportId reported(const std::string& words = "They keep my passport. I work sixteen hours every day.",
                      const std::string& language = "en") {
        receipt = office.send(words, {.language = language});
        office.clock.advance(1000);
        return newest(ana);
    }
    ReportId newest(const Colleague& who) { return taken(office.inbox.list(as(who), {})).rows.front().id; }
    intake::InboxRow row(const Colleague& who) { return std::move(taken(office.inbox.list(as(who), {})).rows.at(0)); }
    void sign(const Colleague& who, const ReportId& report, const Input& input, double share = 0) {
        must(desk(share).sign(as(who), report, input));
        office.clock.advance(1000);
    }
    DecisionId decided(const Colleague& who, const ReportId& report, DecisionKind kind,
                       const std::string& target = "") {
        const DecisionId id = taken(desk().decide(as(who), report, {kind, target, "Because of what was told."}));
        office.clock.advance(1000);
        return id;
    }
    ErrorKind refused(const Colleague& who, const ReportId& report, DecisionKind kind, const std::string& target = "") {
        const auto done = desk().decide(as(who), report, {kind, target, "Because."});
        if (done) throw std::runtime_error("that decision was accepted");
        return done.kind();
    }
    std::string state(const ReportId& report) {
        return office.database->read([&](store::Connection& connection) {
            return connection.query_one("SELECT state FROM report WHERE id = :id", {report.str()})->text(0);
        });
    }
    std::int64_t number(const std::string& column, const ReportId& report) {
        return office.count("SELECT " + column + " FROM report WHERE id = '" + report.str() + "'");
    }
    std::vector<std::string> actions(const ReportId& report) {
        return office.database->read([&](store::Connection& connection) {
            std::vector<std::string> all;
            for (const store::Row& row : connection.query(
                     "SELECT action FROM ledger_entry WHERE stream = :stream ORDER BY seq", {"report:" + report.str()}))
                all.push_back(row.text(0));
            return all;
        });
    }
    std::vector<std::string> messages() {
        std::vector<std::string> all;
        const auto access = taken(office.reception.open(*receipt));
        for (const auto& message : taken(office.reception.conversation(access)).messages)
            all.emplace_back(message.text.expose());
        return all;
    }

    testing::Office office{GetParam()};
    Colleague ana = office.enrol("ana"), ben = office.enrol("ben");
    TeamId team, other_team;
    std::optional<vault::Receipt> receipt;
};
ON_BOTH_DATABASES(DeskTest);

// ---- the sheet

TEST_P(DeskTest, a_report_lies_on_the_desk_in_numbered_sentences_with_suggestions_that_count_for_nothing) {
    const Sheet sheet = taken(desk().open(as(ana), reported()));
    ASSERT_EQ(sheet.sentences.size(), 2u);
    EXPECT_EQ(sheet.sentences[1].number, 2);
    EXPECT_EQ(sheet.sentences[1].text.expose(), "I work sixteen hours every day.");
    EXPECT_FALSE(sheet.suggestions.empty());
    EXPECT_TRUE(sheet.mine.empty());
    EXPECT_EQ(sheet.result.finding, Finding::insufficient_information);
    EXPECT_TRUE(sheet.result.unverified.empty());
    EXPECT_TRUE(sheet.next_question.has_value());
}

TEST_P(DeskTest, opening_it_on_the_desk_is_opening_it) {
    const ReportId report = reported();
    taken(desk().open(as(ana), report));
    EXPECT_EQ(state(report), "opened");
    EXPECT_GT(number("acknowledged_ms", report), 0);
    EXPECT_EQ(actions(report).back(), "report.opened");
}

TEST_P(DeskTest, what_the_reporter_adds_comes_behind_so_that_sentence_numbers_keep_their_meaning) {
    const ReportId report = reported();
    taken(taken(office.reception.begin_answer(taken(office.reception.open(*receipt)), "He hit me. I cannot leave."))
              .commit());
    const Sheet sheet = taken(desk().open(as(ana), report));
    ASSERT_EQ(sheet.sentences.size(), 4u);
    EXPECT_EQ(sheet.sentences[3].part, "message");
    EXPECT_EQ(sheet.sentences[3].number, 4);
}

TEST_P(DeskTest, a_childs_report_is_laid_out_by_the_childs_list) {
    intake::Answers answers;
    answers.emplace("what", vault::SecretText("A boy works at night."));
    answers.emplace("child", vault::SecretText("yes"));
    office.send(answers);
    EXPECT_EQ(taken(desk().open(as(ana), newest(ana))).input.profile, Profile::child_labour);
}

TEST_P(DeskTest, a_draft_is_kept_and_is_only_its_authors) {
    const ReportId report = reported();
    Input input = indicated();
    input.facts.age = 24;
    input.rejected = {"ilo.cd.violence_victim"};
    input.notes[0].basis = "document";
    input.notes[0].sentence = 2;
    input.reasoning = vault::SecretText("She showed | the letter.\nAll of it.");
    must(desk().save(as(ana), report, input));

    const Sheet mine = taken(desk().open(as(ana), report));
    EXPECT_FALSE(mine.mine.empty());
    EXPECT_FALSE(mine.signed_by_me);
    EXPECT_EQ(mine.input.facts.age, 24);
    EXPECT_EQ(mine.input.rejected, input.rejected);
    ASSERT_EQ(mine.input.notes.size(), input.notes.size());
    EXPECT_EQ(mine.input.notes[0].basis, "document");
    EXPECT_EQ(mine.input.notes[0].sentence, 2);
    EXPECT_EQ(mine.input.reasoning.expose(), "She showed | the letter.\nAll of it.");
    EXPECT_EQ(mine.result.finding, Finding::indicated);

    const Sheet bens = taken(desk().open(as(ben), report));
    EXPECT_TRUE(bens.mine.empty());
    EXPECT_TRUE(bens.input.notes.empty());
    EXPECT_TRUE(bens.others.empty()) << "a draft is nobody else's";
    EXPECT_EQ(number("(SELECT COUNT(*) FROM assessment)", report), 1);
    must(desk().save(as(ana), report, noted({"ilo.cd.documents"})));
    EXPECT_EQ(number("(SELECT COUNT(*) FROM assessment)", report), 1) << "the same draft, written over";
}

TEST_P(DeskTest, nothing_of_an_assessment_is_readable_in_the_database_but_its_classes) {
    const ReportId report = reported();
    Input input = indicated();
    input.reasoning = vault::SecretText("the letter");
    sign(ana, report, input);
    decided(ana, report, DecisionKind::hold);
    const std::string all = office.database->read([&](store::Connection& connection) {
        return connection.query_one("SELECT body FROM assessment")->text(0) +
               connection.query_one("SELECT body || message FROM decision")->text(0) +
               connection.query_one("SELECT summary FROM report")->text(0);
    });
    for (const char* word : {"letter", "ilo.", "Because", "Thank you", "Trafficking"})
        EXPECT_EQ(all.find(word), std::string::npos) << word;
}

TEST_P(DeskTest, a_preview_keeps_nothing) {
    const ReportId report = reported();
    EXPECT_EQ(taken(desk().preview(as(ana), report, indicated())).result.finding, Finding::indicated);
    EXPECT_TRUE(taken(desk().open(as(ana), report)).mine.empty());
}

// ---- signing

TEST_P(DeskTest, signing_sets_priority_reason_and_clock) {
    const ReportId report = reported();
    sign(ana, report, noted({"danger.locked_in"}));
    const intake::InboxRow line = row(ana);
    EXPECT_EQ(line.priority, 1);
    EXPECT_EQ(line.reason, "Someone is locked in or held now.");
    EXPECT_EQ(line.state, "assessing");
    EXPECT_EQ(line.words.expose(), "They keep my passport. I work sixteen hours every day.");
    EXPECT_EQ(line.due.ms, number("decide_by_ms", report));
    EXPECT_GT(line.due.ms, office.clock.now().ms);
    const auto waiting = testing::take_waiting_teams(*office.database);
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_TRUE(waiting[0].urgent) << "P1 alerts at once";
    EXPECT_EQ(actions(report).back(), "assessment.signed");
    EXPECT_EQ(office.problems(), "");
}

TEST_P(DeskTest, a_signed_assessment_stays_and_new_information_makes_a_new_one) {
    const ReportId report = reported();
    sign(ana, report, noted({"ilo.cd.documents"}));
    const AssessmentId first = taken(desk().open(as(ana), report)).mine;
    must(desk().save(as(ana), report, indicated()));
    const Sheet sheet = taken(desk().open(as(ana), report));
    EXPECT_NE(sheet.mine, first);
    EXPECT_FALSE(sheet.signed_by_me) << "the draft is open";
    ASSERT_EQ(sheet.others.size(), 1u);
    EXPECT_TRUE(sheet.others[0].by_me);
    EXPECT_EQ(taken(desk().archived(as(ana), report, first)).input.notes.size(), 1u);
    sign(ana, report, indicated());
    EXPECT_FALSE(taken(desk().open(as(ben), report)).disagreement)
        << "who learns more does not disagree with themselves";
    EXPECT_EQ(row(ana).priority, 2);
}

TEST_P(DeskTest, an_empty_assessment_cannot_be_signed) {
    const ReportId report = reported();
    EXPECT_EQ(desk().sign(as(ana), report, {}).kind(), ErrorKind::invalid);
    Input asked_nothing;
    asked_nothing.notes.push_back({"ilo.cd.documents", Answer::not_asked, "", 0});
    EXPECT_EQ(desk().sign(as(ana), report, asked_nothing).kind(), ErrorKind::invalid);
    EXPECT_EQ(desk().sign(as(ana), report, noted({"ilo.no.such"})).kind(), ErrorKind::invalid);
    Input rumour = noted({"ilo.cd.documents"});
    rumour.notes[0].basis = "rumour";
    EXPECT_EQ(desk().save(as(ana), report, rumour).kind(), ErrorKind::invalid);
    Input long_words = indicated();
    long_words.reasoning = vault::SecretText(std::string(limits::reasoning_chars_max + 1, 'x'));
    EXPECT_EQ(desk().save(as(ana), report, long_words).kind(), ErrorKind::too_large);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM assessment"), 0);
}

TEST_P(DeskTest, another_priority_needs_a_reason_and_the_rules_own_is_no_override) {
    const ReportId report = reported();
    Input input = indicated();
    input.priority = Priority::p4;
    EXPECT_EQ(desk().sign(as(ana), report, input).kind(), ErrorKind::invalid);
    input.priority = Priority::p2;
    sign(ana, report, input);
    EXPECT_EQ(row(ana).reason, "There are signs of confinement or surveillance.");
    decided(ana, report, DecisionKind::hold);
    EXPECT_EQ(state(report), "held") << "nothing was overridden, nobody has to confirm";
}

TEST_P(DeskTest, an_overridden_priority_shows_its_reason_and_makes_the_decision_wait_for_a_second_person) {
    const ReportId report = reported();
    Input input = indicated();
    input.priority = Priority::p4;
    input.priority_reason = vault::SecretText("The person is safe abroad.");
    sign(ana, report, input);
    EXPECT_EQ(row(ana).priority, 4);
    EXPECT_EQ(row(ana).reason, "The person is safe abroad.");
    const DecisionId id = decided(ana, report, DecisionKind::hold);
    EXPECT_EQ(taken(desk().open(as(ana), report)).decisions.at(0).state, "proposed");
    EXPECT_EQ(state(report), "assessing");
    EXPECT_EQ(desk().review(as(ana), report, id, true, "").kind(), ErrorKind::forbidden);
    must(desk().review(as(ben), report, id, true, ""));
    EXPECT_EQ(state(report), "held");
}

// ---- two assessors

TEST_P(DeskTest, the_second_of_two_assessors_sees_nothing_of_the_first_until_they_have_signed) {
    const ReportId report = reported();
    sign(ana, report, indicated(), 1.0);
    const AssessmentId anas = taken(desk().open(as(ana), report)).mine;
    const Sheet before = taken(desk().open(as(ben), report));
    EXPECT_TRUE(before.second_wanted);
    EXPECT_TRUE(before.others.empty());
    EXPECT_EQ(before.hidden_others, 1u);
    EXPECT_EQ(desk().archived(as(ben), report, anas).kind(), ErrorKind::forbidden);
    sign(ben, report, indicated());
    const Sheet after = taken(desk().open(as(ben), report));
    EXPECT_EQ(after.others.size(), 2u);
    EXPECT_FALSE(after.second_wanted);
    EXPECT_FALSE(after.disagreement);
    EXPECT_EQ(taken(desk().archived(as(ben), report, anas)).head.assessor, "ana");
    decided(ana, report, DecisionKind::hold);
}

TEST_P(DeskTest, where_two_assessors_disagree_only_a_third_person_decides_and_reads_both) {
    const Colleague cho = joined("cho");
    const ReportId report = reported();
    sign(ana, report, indicated(), 1.0);
    sign(ben, report, noted({"ilo.cd.documents"}));
    EXPECT_TRUE(taken(desk().open(as(ana), report)).disagreement);
    EXPECT_EQ(refused(ana, report, DecisionKind::open_case), ErrorKind::conflict);
    EXPECT_EQ(refused(ben, report, DecisionKind::hold), ErrorKind::conflict);
    const Sheet third = taken(desk().open(as(cho), report));
    EXPECT_TRUE(third.disagreement);
    EXPECT_EQ(third.others.size(), 2u);
    decided(cho, report, DecisionKind::open_case);
    EXPECT_EQ(state(report), "linked");
}

TEST_P(DeskTest, reports_are_drawn_for_a_second_assessment_at_the_configured_rate) {
    for (int i = 0; i < 5; ++i) sign(ana, reported(), indicated(), 1.0);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM report WHERE double_assessed = 1"), 5);
    for (int i = 0; i < 5; ++i) sign(ana, reported(), indicated(), 0.0);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM report WHERE double_assessed = 1"), 5);
}

TEST_P(DeskTest, the_row_says_that_a_second_assessment_is_wanted_until_a_second_person_signs) {
    const ReportId report = reported();
    EXPECT_FALSE(row(ana).second_wanted);
    sign(ana, report, indicated(), 1.0);
    EXPECT_TRUE(row(ben).second_wanted);
    sign(ana, report, indicated());
    EXPECT_TRUE(row(ben).second_wanted) << "the same person twice is not two people";
    sign(ben, report, indicated());
    EXPECT_FALSE(row(ana).second_wanted);
}

// ---- decisions

TEST_P(DeskTest, every_decision_rests_on_a_signed_assessment_and_a_reason) {
    const ReportId report = reported();
    EXPECT_EQ(refused(ana, report, DecisionKind::hold), ErrorKind::conflict);
    must(desk().save(as(ana), report, indicated()));
    EXPECT_EQ(refused(ana, report, DecisionKind::hold), ErrorKind::conflict) << "a draft is nothing yet";
    sign(ana, report, indicated());
    EXPECT_EQ(desk().decide(as(ana), report, {DecisionKind::hold, "", "  "}).kind(), ErrorKind::invalid);
    decided(ana, report, DecisionKind::hold);
}

TEST_P(DeskTest, no_action_waits_for_a_second_person_who_may_refuse) {
    const Colleague cho = joined("cho");
    const ReportId report = reported();
    sign(ana, report, noted({"ilo.cd.documents"}));
    testing::take_waiting_teams(*office.database);
    const DecisionId id = decided(ana, report, DecisionKind::no_action);
    EXPECT_EQ(testing::take_waiting_teams(*office.database).size(), 1u)
        << "colleagues learn that one of them is needed";
    EXPECT_EQ(state(report), "assessing");
    EXPECT_EQ(refused(ben, report, DecisionKind::hold), ErrorKind::conflict) << "one at a time";
    EXPECT_EQ(desk().review(as(ana), report, id, true, "").kind(), ErrorKind::forbidden);
    EXPECT_EQ(desk().release_message(as(ana), report, id, "Hello").kind(), ErrorKind::conflict);
    EXPECT_EQ(desk().review(as(ben), report, id, false, " ").kind(), ErrorKind::invalid) << "a refusal says why";
    must(desk().review(as(ben), report, id, false, "Ask first."));
    const Sheet sheet = taken(desk().open(as(ana), report));
    ASSERT_EQ(sheet.decisions.size(), 1u);
    EXPECT_EQ(sheet.decisions[0].state, "refused");
    EXPECT_EQ(sheet.decisions[0].second, "ben");
    EXPECT_EQ(sheet.decisions[0].second_reason.expose(), "Ask first.");
    EXPECT_EQ(sheet.decisions[0].reason.expose(), "Because of what was told.");
    EXPECT_EQ(state(report), "assessing");
    EXPECT_GT(number("due_ms", report), 0) << "it still waits";
    EXPECT_EQ(desk().review(as(cho), report, id, true, "").kind(), ErrorKind::conflict) << "answered already";

    must(desk().review(as(cho), report, decided(ana, report, DecisionKind::no_action), true, "I agree."));
    EXPECT_EQ(state(report), "no_action");
    EXPECT_EQ(number("due_ms", report), 0);
    EXPECT_GT(number("decided_ms", report), 0);
    EXPECT_EQ(office.problems(), "");
}

TEST_P(DeskTest, a_case_is_opened_numbered_and_linked_to) {
    office.clock.set(wall(office.pack, 2027, 1, 1, 1));  // still last year in UTC
    for (Colleague* who : {&ana, &ben}) office.sign_in(*who);
    const ReportId first = reported();
    sign(ana, first, indicated());
    decided(ana, first, DecisionKind::open_case);
    EXPECT_EQ(taken(desk().open(as(ana), first)).decisions.at(0).target, "2027-0001");
    EXPECT_EQ(state(first), "linked");
    EXPECT_EQ(number("due_ms", first), 0);
    EXPECT_EQ(refused(ana, first, DecisionKind::no_action), ErrorKind::conflict) << "it belongs to a case";

    const ReportId second = reported("The same farm.");
    sign(ben, second, indicated());
    EXPECT_EQ(refused(ben, second, DecisionKind::link_case, "2027-0002"), ErrorKind::not_found);
    decided(ben, second, DecisionKind::link_case, " 2027-0001 ");
    EXPECT_EQ(state(second), "linked");
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM case_report"), 2);

    const ReportId third = reported("Another farm.");
    sign(ben, third, indicated());
    decided(ben, third, DecisionKind::open_case);
    EXPECT_EQ(taken(desk().open(as(ben), third)).decisions.at(0).target, "2027-0002");
    EXPECT_EQ(office.problems(), "");
}

TEST_P(DeskTest, a_held_report_keeps_a_clock_even_when_it_is_assessed_again) {
    const ReportId report = reported();
    sign(ana, report, indicated());
    decided(ana, report, DecisionKind::hold);
    const std::int64_t due = number("due_ms", report);
    EXPECT_GT(due, office.clock.now().ms);
    sign(ana, report, indicated());
    EXPECT_EQ(number("due_ms", report), due);
    EXPECT_EQ(state(report), "held");
}

TEST_P(DeskTest, the_message_is_held_until_an_officer_releases_it_in_the_reporters_language) {
    const ReportId report = reported("Tienen mi pasaporte.", "es");
    sign(ana, report, indicated());
    const DecisionId id = decided(ana, report, DecisionKind::hold);
    EXPECT_TRUE(messages().empty());
    const Sheet sheet = taken(desk().open(as(ben), report));
    ASSERT_EQ(sheet.decisions.size(), 1u);
    const std::string held(sheet.decisions[0].message.expose());
    const knowledge::StatusMessage* template_text = office.pack.status_message("decision.hold");
    ASSERT_NE(template_text, nullptr);
    EXPECT_EQ(held, office.pack.filled(office.pack.catalogue().translate("es", template_text->text)));
    EXPECT_NE(held, template_text->text) << "it is Spanish";
    EXPECT_EQ(desk().release_message(as(ben), report, id, " ").kind(), ErrorKind::invalid);
    must(desk().release_message(as(ben), report, id, held + " Gracias."));
    EXPECT_EQ(messages(), std::vector<std::string>{held + " Gracias."});
    EXPECT_EQ(desk().release_message(as(ana), report, id, held).kind(), ErrorKind::conflict) << "once";
    EXPECT_TRUE(taken(desk().open(as(ana), report)).decisions[0].released);
}

TEST_P(DeskTest, the_ledger_names_every_step_with_the_version_of_the_method) {
    const ReportId report = reported();
    must(desk().save(as(ana), report, indicated()));
    sign(ana, report, indicated());
    const DecisionId id = decided(ana, report, DecisionKind::no_action);
    must(desk().review(as(ben), report, id, true, ""));
    must(desk().release_message(as(ben), report, id, "Thank you."));
    EXPECT_EQ(actions(report),
              (std::vector<std::string>{"report.received", "assessment.saved", "assessment.signed", "decision.proposed",
                                        "decision.confirmed", "decision.message_released"}));
    const auto details = office.database->read([&](store::Connection& connection) {
        return connection.query(
            "SELECT detail FROM ledger_entry WHERE action IN ('assessment.saved', 'assessment.signed', "
            "'decision.proposed', 'decision.confirmed')");
    });
    ASSERT_EQ(details.size(), 4u);
    for (const store::Row& detail : details)
        EXPECT_NE(detail.text(0).find(published().version()), std::string::npos) << detail.text(0);
    EXPECT_EQ(office.problems(), "");
}

// ---- redirects

TEST_P(DeskTest, an_accepted_redirect_moves_report_and_key_and_the_old_team_no_longer_reads) {
    Colleague dan = inspector();
    const ReportId report = reported();
    sign(ana, report, indicated());
    EXPECT_EQ(refused(ana, report, DecisionKind::redirect, team.str()), ErrorKind::invalid) << "not to oneself";
    EXPECT_EQ(refused(ana, report, DecisionKind::redirect, "nobody"), ErrorKind::invalid);
    const DecisionId id = decided(ana, report, DecisionKind::redirect, other_team.str());
    EXPECT_EQ(taken(desk().open(as(ana), report)).decisions.at(0).target, "Inspectors");
    EXPECT_EQ(state(report), "assessing") << "an offer moves nothing";
    EXPECT_EQ(office.inbox.open(as(dan), report).kind(), ErrorKind::not_found);
    EXPECT_TRUE(desk().offers(as(ana)).empty());
    const auto offers = desk().offers(as(dan));
    ASSERT_EQ(offers.size(), 1u);
    EXPECT_EQ(offers[0].decision, id);
    EXPECT_EQ(offers[0].from_team, "Triage");
    EXPECT_EQ(offers[0].reason.expose(), "Because of what was told.");
    EXPECT_GT(offers[0].answer_by.ms, office.clock.now().ms);
    EXPECT_EQ(desk().answer_offer(as(ana), id, other_team, true, "").kind(), ErrorKind::not_found) << "not their team";
    const vault::ObjectKey key = office.key_taken_by(as(ana), team, report);

    must(desk().answer_offer(as(dan), id, other_team, true, "Ours."));
    EXPECT_EQ(office.inbox.open(as(ana), report).kind(), ErrorKind::not_found);
    EXPECT_EQ(desk().open(as(ana), report).kind(), ErrorKind::not_found);
    EXPECT_EQ(intake::answer(taken(office.inbox.open(as(dan), report)).answers, "what"),
              "They keep my passport. I work sixteen hours every day.");
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM report_grant WHERE recipient = '" + team.str() + "'"), 0);
    EXPECT_GT(number("due_ms", report), office.clock.now().ms) << "a new clock";
    EXPECT_EQ(desk().answer_offer(as(dan), id, other_team, false, "No.").kind(), ErrorKind::not_found) << "answered";
    EXPECT_EQ(messages().size(), 0u);
    must(desk().release_message(as(dan), report, id, "Another team has it now."));
    EXPECT_EQ(messages().size(), 1u) << "the reporter's key still opens it";
    EXPECT_EQ(office.newest_message_under(key, report), "") << "a key that the first team took along does not";
    decided(dan, report, DecisionKind::hold);
    EXPECT_EQ(office.problems(), "");
}

TEST_P(DeskTest, a_declined_redirect_leaves_the_report_where_it_was) {
    Colleague dan = inspector();
    const ReportId report = reported();
    sign(ana, report, indicated());
    const DecisionId id = decided(ana, report, DecisionKind::redirect, other_team.str());
    testing::take_waiting_teams(*office.database);
    EXPECT_EQ(desk().answer_offer(as(dan), id, other_team, false, " ").kind(), ErrorKind::invalid);
    must(desk().answer_offer(as(dan), id, other_team, false, "It is not about work."));
    const Sheet sheet = taken(desk().open(as(ana), report));
    EXPECT_EQ(sheet.decisions.at(0).state, "refused");
    EXPECT_EQ(sheet.decisions.at(0).second_reason.expose(), "It is not about work.");
    EXPECT_EQ(desk().open(as(dan), report).kind(), ErrorKind::not_found);
    EXPECT_TRUE(desk().offers(as(dan)).empty());
    EXPECT_EQ(testing::take_waiting_teams(*office.database).size(), 1u) << "its own team learns of it";
    EXPECT_EQ(actions(report).at(actions(report).size() - 2), "redirect.declined");
    decided(ana, report, DecisionKind::hold);
}

TEST_P(DeskTest, a_child_is_handed_over_the_same_day) {
    Colleague dan = inspector();
    office.clock.set(wall(office.pack, 2027, 7, 7, 10));
    for (Colleague* who : {&ana, &dan}) office.sign_in(*who);
    const ReportId report = reported();
    Input input = indicated();
    input.facts.age = 16;
    sign(ana, report, input);
    decided(ana, report, DecisionKind::redirect, other_team.str());
    EXPECT_EQ(desk().offers(as(dan)).at(0).answer_by, wall(office.pack, 2027, 7, 8, 0));
    const ReportId adults = reported();
    sign(ana, adults, indicated());
    decided(ana, adults, DecisionKind::redirect, other_team.str());
    EXPECT_EQ(day_there(office.pack, desk().offers(as(dan)).at(1).answer_by), 709);
}

// ---- clocks

TEST_P(DeskTest, the_time_to_decide_passes_over_easter_and_matariki) {
    // Good Friday 26 March and Easter Monday 29 March 2027; Matariki Friday 25 June 2027.
    office.clock.set(wall(office.pack, 2027, 3, 24, 10));
    office.sign_in(ana);
    const ReportId easter = reported();
    sign(ana, easter, indicated());
    EXPECT_EQ(day_there(office.pack, {number("due_ms", easter)}), 402);
    office.clock.set(wall(office.pack, 2027, 6, 23, 10));
    office.sign_in(ana);
    const ReportId matariki = reported();
    sign(ana, matariki, indicated());
    EXPECT_EQ(day_there(office.pack, {number("due_ms", matariki)}), 701);
}

TEST_P(DeskTest, the_first_clock_comes_from_what_was_ticked) {
    const Instant at = wall(office.pack, 2026, 4, 2, 10);  // Maundy Thursday
    const auto danger = first_clock(published(), office.pack, "", {"danger"}, at);
    EXPECT_EQ(danger.priority, 1);
    EXPECT_EQ(danger.acknowledge_by - at, 15 * minute_ms);
    const auto child = first_clock(published(), office.pack, "", {"child"}, at);
    EXPECT_EQ(child.priority, 2);
    EXPECT_EQ(child.acknowledge_by - at, 4 * hour_ms);
    EXPECT_EQ(first_clock(published(), office.pack, "", {"child", "danger"}, at).priority, 1);
    const auto unread = first_clock(published(), office.pack, "", {}, at);
    EXPECT_EQ(unread.priority, 3);
    EXPECT_EQ(day_there(office.pack, unread.acknowledge_by), 407) << "opened within one working day: the Tuesday after";
    EXPECT_EQ(day_there(office.pack, unread.decide_by), 413);
}

TEST_P(DeskTest, an_unread_urgent_report_escalates_once_and_an_opened_one_never) {
    intake::Reception reception{*office.database,
                                office.ledger,
                                office.blobs,
                                office.clock,
                                office.pack,
                                [&](const auto& facts, Instant at) { return first_clock(published(), office.pack, "", facts, at); }};
    intake::Answers answers;
    answers.emplace("what", vault::SecretText("He is hitting her."));
    answers.emplace("danger", vault::SecretText("yes"));
    taken(taken(reception.begin(answers, {})).commit());
    const ReportId report = newest(ana);
    EXPECT_EQ(row(ana).priority, 1);
    testing::take_waiting_teams(*office.database);
    office.clock.advance(15 * minute_ms);
    EXPECT_EQ(escalate(*office.database, office.ledger, office.clock.now()), 0) << "not late yet";
    office.clock.advance(1);
    EXPECT_EQ(escalate(*office.database, office.ledger, office.clock.now()), 1);
    EXPECT_EQ(escalate(*office.database, office.ledger, office.clock.now()), 0) << "once";
    const auto waiting = testing::take_waiting_teams(*office.database);
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_TRUE(waiting[0].urgent);
    EXPECT_EQ(actions(report).back(), "clock.escalated");

    taken(taken(reception.begin(answers, {})).commit());
    office.clock.advance(1);
    for (const auto& line : taken(office.inbox.list(as(ana), {})).rows) taken(desk().open(as(ana), line.id));
    office.clock.advance(hour_ms);
    EXPECT_EQ(escalate(*office.database, office.ledger, office.clock.now()), 0) << "somebody looks at it";
}

// ---- the rules of their time

TEST_P(DeskTest, an_old_assessment_shows_by_the_rules_of_its_time) {
    // The same packs with one label changed, as another edition would have it.
    std::map<std::string, std::string, std::less<>> changed;
    for (const auto& [path, bytes] : knowledge::Files::embedded().below(""))
        changed[std::string(path)] = std::string(bytes);
    std::string& pack = changed.at("indicators/danger.yaml");
    const std::string now_words = "Locked in or held now";
    pack.replace(pack.find(now_words), now_words.size(), "Held behind a locked door");
    const knowledge::Files files = knowledge::Files::of(changed);
    testing::TemporaryFolder folder;
    for (const auto& [path, bytes] : changed) {
        const auto file = folder.path() / path;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << bytes;
    }
    const Method old_method = taken(Method::from_folder(folder.path(), "nz"));
    ASSERT_NE(old_method.version(), published().version());

    const ReportId report = reported();
    must(desk_by(old_method, files).sign(as(ana), report, noted({"danger.locked_in"})));
    const Sheet sheet = taken(desk().open(as(ana), report));
    EXPECT_EQ(sheet.others.at(0).method, old_method.version());
    const Archive archive = taken(desk().archived(as(ben), report, sheet.mine));
    EXPECT_EQ(archive.method->version(), old_method.version());
    EXPECT_EQ(archive.method->indicators().find("danger.locked_in")->label.english(), "Held behind a locked door");
    EXPECT_EQ(archive.priority.priority, Priority::p1);
    EXPECT_EQ(archive.head.priority, Priority::p1);
    EXPECT_EQ(archive.input.notes.at(0).indicator, "danger.locked_in");

    must(desk().sign(as(ben), report, noted({"danger.locked_in"})));
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM assessment_method"), 2);
    EXPECT_EQ(desk().archived(as(ana), report, vault::random_id<AssessmentId>()).kind(), ErrorKind::not_found);
}

// ---- who may

TEST_P(DeskTest, only_officers_and_supervisors_of_the_team_assess_and_only_supervisors_see_the_numbers) {
    const Colleague dan = inspector();
    const Colleague sue = joined("sue", Role::supervisor);
    Colleague ada = office.signed_in_colleague("ada", {Role::administrator});
    Colleague hoa = office.signed_in_colleague("hoa", {Role::hotline});
    const ReportId report = reported();
    for (const Colleague* who : {&ada, &hoa}) {
        EXPECT_EQ(desk().open(as(*who), report).kind(), ErrorKind::forbidden);
        EXPECT_EQ(desk().sign(as(*who), report, indicated()).kind(), ErrorKind::forbidden);
        EXPECT_EQ(refused(*who, report, DecisionKind::hold), ErrorKind::forbidden);
        EXPECT_EQ(desk().supervision(as(*who)).kind(), ErrorKind::forbidden);
        EXPECT_TRUE(desk().offers(as(*who)).empty());
    }
    EXPECT_EQ(desk().open(as(dan), report).kind(), ErrorKind::not_found) << "another team's";
    EXPECT_EQ(desk().save(as(dan), report, indicated()).kind(), ErrorKind::not_found);
    EXPECT_EQ(desk().preview(as(dan), report, indicated()).kind(), ErrorKind::not_found);
    EXPECT_EQ(desk().supervision(as(ana)).kind(), ErrorKind::forbidden);
    taken(desk().open(as(sue), report));
    taken(desk().supervision(as(sue)));
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM assessment"), 0);
}

TEST_P(DeskTest, a_report_that_is_held_back_is_not_assessed) {
    office.send("They keep my passport.", {.quarantined = true});
    const ReportId report = taken(office.inbox.list(as(ana), {.state = "quarantined"})).rows.at(0).id;
    EXPECT_EQ(desk().open(as(ana), report).kind(), ErrorKind::conflict);
    EXPECT_EQ(actions(report).back(), "report.received") << "it was not opened";
}

// ---- supervision

TEST_P(DeskTest, the_supervisor_sees_waiting_overdue_times_agreement_and_what_became_of_suggestions) {
    Colleague cho = joined("cho");
    Colleague sue = joined("sue", Role::supervisor);
    // Four double-assessed reports: three agreements (two indicated, one not enough), one disagreement: po 0.75, pe
    // 0.5, kappa 0.5.
    const Input little = noted({"ilo.cd.documents"});
    const std::pair<Input, Input> pairs[] = {{indicated(), indicated()},
                                             {indicated(), indicated()},
                                             {little.clone(), little.clone()},
                                             {indicated(), little.clone()}};
    for (const auto& [first, second] : pairs) {
        const ReportId report = reported();
        taken(desk().open(as(ana), report));
        sign(ana, report, first, 1.0);
        sign(ben, report, second);
        sign(ben, report, indicated());  // what came after they saw each other's is not agreement
    }
    const ReportId last = newest(ana);
    office.clock.advance(hour_ms);
    for (Colleague* who : {&cho, &sue}) office.sign_in(*who);
    decided(cho, last, DecisionKind::open_case);
    const Supervision seen = taken(desk().supervision(as(sue)));
    EXPECT_EQ(seen.double_assessed, 4);
    ASSERT_TRUE(seen.agreement && seen.kappa);
    EXPECT_DOUBLE_EQ(*seen.agreement, 0.75);
    EXPECT_DOUBLE_EQ(*seen.kappa, 0.5);
    EXPECT_EQ(seen.acknowledged, 4);
    EXPECT_EQ(seen.acknowledge_ms_median, 1000);
    EXPECT_EQ(seen.decided, 1);
    EXPECT_GE(seen.decide_ms_median, hour_ms);
    EXPECT_EQ(seen.kinds.begin()->second.waiting, 3);
    EXPECT_EQ(seen.kinds.begin()->second.overdue, 0);
    EXPECT_GT(seen.suggested, 0);
    EXPECT_GT(seen.confirmed, 0);
    EXPECT_LE(seen.confirmed, seen.suggested);
    office.clock.advance(30 * day_ms);
    office.sign_in(sue);
    EXPECT_EQ(taken(desk().supervision(as(sue))).kinds.begin()->second.overdue, 3);
}

}  // namespace
}  // namespace tideline::assess
