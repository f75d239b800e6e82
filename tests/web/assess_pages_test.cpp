#include <algorithm>

#include "support/staff_house.h"
#include "support/visitor.h"
#include "web/pages/assess/words.h"

namespace tideline::testing {
namespace {

using access::Role;
using test::Visitor;

class AssessPagesTest : public ::testing::Test {
protected:
    AssessPagesTest() {
        const auto& boss = ada;
        mere = house.invited(boss, "Mere Member", "mere@example.test", {Role::officer});
        team = StaffHouse::taken(house.access().create_team(house.who(boss).actor, "Agency", "Triage", {mere.id}));
        StaffHouse::must(
            house.access().set_channel(house.who(boss).actor, std::string(house.pack().route({}).kind), team));
    }
    StaffHouse::Person joined(const std::string& name, const std::string& email, Role role = Role::officer) {
        auto person = house.invited(ada, name, email, {role}, team);
        StaffHouse::must(house.access().let_in(house.who(mere), team, person.id));
        return person;
    }
    Visitor as(const StaffHouse::Person& person) {
        Visitor visitor(house.staff_port());
        visitor.cookies["session"] = person.token;
        return visitor;
    }
    std::string report(const std::string& words) {
        receipt = house.report(words);
        house.clock().advance(second_ms);
        return StaffHouse::taken(house.inbox().list(house.who(mere), {})).rows.at(0).id.str();
    }
    std::vector<std::string> messages() {
        std::vector<std::string> all;
        const auto access = StaffHouse::taken(house.reception().open(*receipt));
        for (const auto& message : StaffHouse::taken(house.reception().conversation(access)).messages)
            all.emplace_back(message.text.expose());
        return all;
    }
    /// The form of the first suggestion on the page: its sign.
    static std::string suggested(const Visitor& visitor) {
        const std::string& page = visitor.last().body;
        const std::string mark = "name=\"suggested:";
        const std::size_t at = page.find(mark);
        return at == std::string::npos
                   ? ""
                   : page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
    }

    StaffHouse house{50, 0.0};
    StaffHouse::Person ada = house.first_administrator();
    StaffHouse::Person mere;
    TeamId team;
    std::optional<vault::Receipt> receipt;
};

constexpr const char* words = "My boss took my passport. I work sixteen hours every day.";

const Visitor::Form indicated{{"profile", "adult-labour"},
                              {"usual_basis", "self"},
                              {"answer:ilo.dr.nature_of_job", "yes"},
                              {"answer:ilo.dr.conditions_of_work", "yes"},
                              {"answer:ilo.ex.hours", "yes"},
                              {"answer:ilo.ex.low_pay", "yes"},
                              {"answer:ilo.ex.living", "yes"},
                              {"answer:ilo.cd.documents", "yes"},
                              {"answer:ilo.cd.isolation", "yes"},
                              {"sentence:ilo.cd.documents", "1"}};
Visitor::Form with(Visitor::Form form, const std::string& name, const std::string& value) {
    form.emplace_back(name, value);
    return form;
}

TEST_F(AssessPagesTest, the_page_shows_numbered_sentences_and_marks_suggestions_and_unverified_signs) {
    const std::string id = report(words);
    Visitor visitor = as(mere);
    EXPECT_EQ(visitor.get("/report/" + id + "/assess").status, 200);
    EXPECT_TRUE(visitor.sees("id=\"s2\""));
    EXPECT_TRUE(visitor.sees("I work sixteen hours every day."));
    EXPECT_TRUE(visitor.sees("They count for nothing until you confirm them."));
    EXPECT_TRUE(visitor.sees("not verified"));
    EXPECT_TRUE(visitor.sees(web::pages::words_for_finding("insufficient_information")));
    EXPECT_NE(suggested(visitor), "");
}

TEST_F(AssessPagesTest, a_confirmed_suggestion_becomes_an_observation_and_a_rejected_one_is_not_suggested_again) {
    const std::string id = report(words);
    Visitor visitor = as(mere);
    visitor.get("/report/" + id + "/assess");
    const std::string first = suggested(visitor);
    EXPECT_EQ(visitor
                  .post("/report/" + id + "/assess", {{"go", "save"},
                                                      {"profile", "adult-labour"},
                                                      {"usual_basis", "self"},
                                                      {"suggested:" + first, "yes"},
                                                      {"suggested_in:" + first, "1"}})
                  .status,
              303);
    EXPECT_EQ(visitor.follow().status, 200);
    auto sheet = StaffHouse::taken(house.desk().open(house.who(mere), ReportId::stored(id)));
    ASSERT_EQ(sheet.input.notes.size(), 1u);
    EXPECT_EQ(sheet.input.notes[0].indicator, first);
    EXPECT_EQ(sheet.input.notes[0].answer, assess::Answer::yes);
    EXPECT_EQ(sheet.input.notes[0].basis, "self");
    EXPECT_EQ(sheet.input.notes[0].sentence, 1);
    EXPECT_FALSE(visitor.sees("suggested:" + first + "\""));
    const std::string second = suggested(visitor);
    ASSERT_NE(second, "") << "the text has two suggestions";
    visitor.post(
        "/report/" + id + "/assess",
        {{"go", "save"}, {"profile", "adult-labour"}, {"answer:" + first, "yes"}, {"suggested:" + second, "reject"}});
    visitor.follow();
    sheet = StaffHouse::taken(house.desk().open(house.who(mere), ReportId::stored(id)));
    EXPECT_EQ(sheet.input.rejected, std::vector<std::string>{second});
    EXPECT_FALSE(visitor.sees("name=\"suggested:" + second + "\""));
}

TEST_F(AssessPagesTest, a_signed_assessment_leads_to_a_decision_whose_message_an_officer_sends) {
    const std::string id = report(words);
    Visitor visitor = as(mere);
    visitor.get("/report/" + id + "/decide");
    EXPECT_TRUE(visitor.sees("Every decision rests on a signed assessment."));
    visitor.get("/report/" + id + "/assess");
    EXPECT_EQ(visitor.post("/report/" + id + "/assess", with(indicated, "go", "sign")).status, 303);
    visitor.follow();
    EXPECT_TRUE(visitor.sees("Your assessment is signed."));
    EXPECT_TRUE(visitor.sees(web::pages::words_for_finding("indicated")));
    visitor.get("/");
    EXPECT_TRUE(visitor.sees(">P2<"));
    EXPECT_TRUE(visitor.sees("There are signs of confinement or surveillance."));
    visitor.get("/report/" + id + "/decide");
    EXPECT_EQ(visitor.post("/report/" + id + "/decide", {{"reason", "x"}}).status, 422);
    EXPECT_EQ(visitor.post("/report/" + id + "/decide", {{"kind", "open_case"}, {"reason", " "}}).status, 422);
    EXPECT_TRUE(visitor.sees("Please say why"));
    EXPECT_EQ(visitor.post("/report/" + id + "/decide", {{"kind", "open_case"}, {"reason", "Clear signs."}}).status,
              303);
    visitor.follow();
    EXPECT_TRUE(visitor.sees("in force"));
    EXPECT_TRUE(messages().empty());
    const std::string& page = visitor.last().body;
    const std::size_t at = page.find("/decision/");
    const std::string action = page.substr(page.rfind('"', at) + 1, page.find('"', at) - page.rfind('"', at) - 1);
    EXPECT_EQ(visitor.post(action, {{"message", ""}}).status, 422);
    EXPECT_EQ(visitor.post(action, {{"message", "Thank you. <b>We work on it.</b>"}}).status, 303);
    EXPECT_EQ(messages(), std::vector<std::string>{"Thank you. <b>We work on it.</b>"});
    visitor.follow();
    EXPECT_TRUE(visitor.sees("Thank you. &lt;b&gt;We work on it.&lt;/b&gt;")) << "never markup";
    visitor.get("/report/" + id);
    for (const char* line : {"Assessment signed", "Decision made", "Message about the decision sent"})
        EXPECT_TRUE(visitor.sees(line)) << line;
}

TEST_F(AssessPagesTest, what_was_typed_stays_when_something_is_to_be_mended) {
    const std::string id = report(words);
    Visitor visitor = as(mere);
    visitor.get("/report/" + id + "/assess");
    Visitor::Form form = with(indicated, "go", "sign");
    form.insert(form.end(), {{"priority", "P4"}, {"priority_reason", ""}, {"reasoning", "Seen on the farm."}});
    EXPECT_EQ(visitor.post("/report/" + id + "/assess", form).status, 422);
    EXPECT_TRUE(visitor.sees("Please say why you change the priority."));
    EXPECT_TRUE(visitor.sees("Seen on the farm."));
    EXPECT_TRUE(visitor.sees("href=\"#priority_reason\""));
    EXPECT_EQ(visitor.post("/report/" + id + "/assess", {{"go", "sign"}}).status, 422);
    EXPECT_TRUE(visitor.sees("note at least one observation"));
}

TEST_F(AssessPagesTest, line_breaks_of_what_was_written_stay) {
    const std::string id = report("One line.\nAnother <i>line</i>.");
    Visitor visitor = as(mere);
    visitor.get("/report/" + id);
    EXPECT_TRUE(visitor.sees("One line.\nAnother &lt;i&gt;line&lt;/i&gt;.</dd>"));
    visitor.post("/report/" + id + "/reply", {{"reply", "Hello.\n\nGoodbye."}});
    visitor.follow();
    EXPECT_TRUE(visitor.sees("Hello.\n\nGoodbye.</p>"));
}

TEST_F(AssessPagesTest, the_next_question_is_sent_as_a_message) {
    const std::string id = report(words);
    Visitor visitor = as(mere);
    visitor.get("/report/" + id + "/assess");
    EXPECT_TRUE(visitor.sees("The question that would change most"));
    EXPECT_EQ(visitor.post("/report/" + id + "/ask", {{"question", ""}}).status, 422);
    EXPECT_EQ(visitor.post("/report/" + id + "/ask", {{"question", "Can you leave when you want?"}}).status, 303);
    EXPECT_EQ(messages(), std::vector<std::string>{"Can you leave when you want?"});
}

TEST_F(AssessPagesTest, a_question_in_a_language_that_nobody_reviewed_is_marked_as_a_draft) {
    const std::string marked = "draft translation, not yet reviewed";
    Visitor visitor = as(mere);
    for (const std::string_view language : {"es", "en"}) {
        intake::Answers answers;
        answers.emplace("what", vault::SecretText("Trabajo en una finca."));
        auto submission =
            StaffHouse::taken(house.reception().begin(answers, {.channel = "web", .language = std::string(language)}));
        StaffHouse::taken(submission.commit());
        house.clock().advance(second_ms);
        const std::string id = StaffHouse::taken(house.inbox().list(house.who(mere), {})).rows.at(0).id.str();
        visitor.get("/report/" + id + "/assess");
        // The rule is met: what is left to ask for are the danger signs.
        EXPECT_EQ(visitor.post("/report/" + id + "/assess", with(indicated, "go", "keep")).status, 303) << language;
        visitor.get("/report/" + id + "/assess");
        EXPECT_TRUE(visitor.sees(language == "es" ? "No tiene que responder" : "You do not have to answer"))
            << language;
        EXPECT_EQ(visitor.sees(marked), language == "es") << language;
    }
}

TEST_F(AssessPagesTest, no_action_needs_a_colleague_who_confirms) {
    const auto ben = joined("Ben Second", "ben@example.test");
    const std::string id = report(words);
    Visitor visitor = as(mere);
    visitor.get("/report/" + id + "/assess");
    visitor.post("/report/" + id + "/assess", with(indicated, "go", "sign"));
    visitor.get("/report/" + id + "/decide");
    EXPECT_EQ(visitor.post("/report/" + id + "/decide", {{"kind", "no_action"}, {"reason", "Not for us."}}).status,
              303);
    visitor.follow();
    EXPECT_TRUE(visitor.sees("waits for a second person"));
    EXPECT_TRUE(visitor.sees("Somebody else of your team has to confirm it."));
    EXPECT_FALSE(visitor.sees("/review\""));
    Visitor second = as(ben);
    second.get("/report/" + id + "/decide");
    const std::string& page = second.last().body;
    const std::size_t at = page.find("/review\"");
    ASSERT_NE(at, std::string::npos);
    const std::string action = page.substr(page.rfind('"', at) + 1, at + 7 - page.rfind('"', at) - 1);
    EXPECT_EQ(visitor.post(action, {{"go", "confirm"}}).status, 403) << "not the one who proposed it";
    EXPECT_EQ(second.post(action, {{"go", "refuse"}, {"second", ""}}).status, 422);
    EXPECT_EQ(second.post(action, {{"go", "confirm"}, {"second", "Agreed."}}).status, 303);
    second.follow();
    EXPECT_TRUE(second.sees("Closed without action"));
}

TEST_F(AssessPagesTest, a_redirect_is_offered_and_accepted) {
    const auto dan = house.invited(ada, "Dan Inspector", "dan@example.test", {Role::officer});
    const TeamId inspectors =
        StaffHouse::taken(house.access().create_team(house.who(ada).actor, "Labour", "Inspectors", {dan.id}));
    const std::string id = report(words);
    Visitor visitor = as(mere);
    visitor.get("/report/" + id + "/assess");
    visitor.post("/report/" + id + "/assess", with(indicated, "go", "sign"));
    visitor.get("/report/" + id + "/decide");
    EXPECT_EQ(
        visitor.post("/report/" + id + "/decide", {{"kind", "redirect"}, {"team", ""}, {"reason", "Wages."}}).status,
        422);
    EXPECT_EQ(
        visitor
            .post("/report/" + id + "/decide", {{"kind", "redirect"}, {"team", inspectors.str()}, {"reason", "Wages."}})
            .status,
        303);
    Visitor other = as(dan);
    other.get("/offers");
    EXPECT_TRUE(other.sees("Wages."));
    EXPECT_TRUE(other.sees("from Triage"));
    const std::string decision = house.desk().offers(house.who(dan)).at(0).decision.str();
    EXPECT_EQ(
        other.post("/offers/" + decision, {{"team", other.hidden("team")}, {"go", "decline"}, {"reason", ""}}).status,
        422);
    EXPECT_EQ(other.post("/offers/" + decision, {{"team", inspectors.str()}, {"go", "accept"}, {"reason", ""}}).status,
              303);
    EXPECT_EQ(other.get("/report/" + id).status, 200);
    EXPECT_EQ(visitor.get("/report/" + id).status, 404);
}

TEST_F(AssessPagesTest, an_old_assessment_opens_with_its_observations) {
    const std::string id = report(words);
    Visitor visitor = as(mere);
    visitor.get("/report/" + id + "/assess");
    visitor.post("/report/" + id + "/assess", with(indicated, "go", "sign"));
    visitor.follow();
    const std::string mine = StaffHouse::taken(house.desk().open(house.who(mere), ReportId::stored(id))).mine.str();
    EXPECT_EQ(visitor.get("/report/" + id + "/assessment/" + mine).status, 200);
    EXPECT_TRUE(visitor.sees("sentence 1: <span dir=\"auto\">My boss took my passport.</span>"));
    EXPECT_TRUE(visitor.sees("Method: "));
    EXPECT_EQ(visitor.get("/report/" + id + "/assessment/" + vault::random_id<assess::AssessmentId>().str()).status,
              404);
}

TEST_F(AssessPagesTest, the_inbox_is_a_work_list_with_what_is_overdue_marked) {
    report("Later one.");
    Visitor visitor = as(mere);
    visitor.get("/");
    EXPECT_TRUE(visitor.sees("open it by"));
    EXPECT_FALSE(visitor.sees("Overdue"));
    house.clock().advance(8 * day_ms);
    house.sign_in(mere);
    visitor.cookies["session"] = mere.token;
    visitor.get("/");
    EXPECT_TRUE(visitor.sees("Overdue"));
    visitor.get("/?order=newest");
    EXPECT_TRUE(visitor.sees("Later one."));
}

TEST(AssessPages, the_row_says_that_a_second_assessment_is_wanted) {
    StaffHouse house{50, 1.0};
    const StaffHouse::Person ada = house.first_administrator();
    const StaffHouse::Person mere = house.invited(ada, "Mere Member", "mere@example.test", {Role::officer});
    const TeamId team =
        StaffHouse::taken(house.access().create_team(house.who(ada).actor, "Agency", "Triage", {mere.id}));
    StaffHouse::must(house.access().set_channel(house.who(ada).actor, std::string(house.pack().route({}).kind), team));
    house.report(words);
    const std::string id = StaffHouse::taken(house.inbox().list(house.who(mere), {})).rows.at(0).id.str();
    Visitor visitor(house.staff_port());
    visitor.cookies["session"] = mere.token;
    visitor.get("/");
    EXPECT_FALSE(visitor.sees("A second assessment is wanted"));
    visitor.get("/report/" + id + "/assess");
    visitor.post("/report/" + id + "/assess", with(indicated, "go", "sign"));
    visitor.get("/");
    EXPECT_TRUE(visitor.sees("A second assessment is wanted"));
}

TEST_F(AssessPagesTest, where_reports_are_assessed_nobody_closes_one_without_a_decision) {
    const std::string id = report(words);
    Visitor visitor = as(mere);
    visitor.get("/report/" + id);
    EXPECT_TRUE(visitor.sees("/report/" + id + "/assess"));
    EXPECT_FALSE(visitor.sees("Change the state"));
    EXPECT_EQ(visitor.post("/report/" + id + "/state", {{"state", "no_action"}}).status, 409);
}

TEST_F(AssessPagesTest, a_checklist_becomes_a_report_with_its_observations_in_a_draft) {
    Visitor visitor = as(mere);
    EXPECT_EQ(visitor.get("/checklist/border").status, 200);
    const std::string edition = visitor.hidden("edition");
    EXPECT_NE(edition, "");
    EXPECT_EQ(visitor.post("/checklist/border", {{"edition", "old"}, {"profile", "adult-labour"}, {"numbers", "1 yes"}})
                  .status,
              422);
    EXPECT_EQ(
        visitor.post("/checklist/border", {{"edition", edition}, {"profile", "adult-labour"}, {"numbers", ""}}).status,
        422);
    EXPECT_EQ(
        visitor.post("/checklist/border", {{"edition", edition}, {"profile", "adult-labour"}, {"numbers", "2 maybe"}})
            .status,
        422);
    EXPECT_EQ(visitor
                  .post("/checklist/border", {{"edition", edition},
                                              {"profile", "adult-labour"},
                                              {"numbers", "2 yes"},
                                              {"n3", "no"},
                                              {"what", "A van at gate four."}})
                  .status,
              200);
    EXPECT_TRUE(visitor.sees("Read this number"));
    const auto row = StaffHouse::taken(house.inbox().list(house.who(mere), {})).rows.at(0).id;
    const auto opened = StaffHouse::taken(house.inbox().open(house.who(mere), row));
    const std::string told(intake::answer(opened.answers, "what"));
    EXPECT_TRUE(told.starts_with("A van at gate four."));
    EXPECT_NE(told.find("2. Locked in or held now: Yes."), std::string::npos) << told;
    EXPECT_NE(told.find("3. "), std::string::npos);
    EXPECT_EQ(intake::answer(opened.answers, "danger"), "yes");
    const auto sheet = StaffHouse::taken(house.desk().open(house.who(mere), row));
    ASSERT_EQ(sheet.input.notes.size(), 2u);
    EXPECT_EQ(sheet.input.notes[0].basis, "observed");
    EXPECT_FALSE(sheet.signed_by_me);

    const auto hana = house.invited(ada, "Hana Hotline", "hana@example.test", {Role::hotline});
    Visitor caller = as(hana);
    caller.get("/checklist/police");
    EXPECT_EQ(caller
                  .post("/checklist/police",
                        {{"edition", caller.hidden("edition")}, {"profile", "adult-labour"}, {"numbers", "1 no"}})
                  .status,
              200);
}

TEST_F(AssessPagesTest, a_supervisor_sees_how_the_team_does) {
    const auto sue = joined("Sue Supervisor", "sue@example.test", Role::supervisor);
    const std::string id = report(words);
    Visitor visitor = as(mere);
    visitor.get("/report/" + id + "/assess");
    visitor.post("/report/" + id + "/assess", with(indicated, "go", "sign"));
    Visitor supervisor = as(sue);
    EXPECT_EQ(supervisor.get("/supervise").status, 200);
    EXPECT_TRUE(supervisor.sees("Reports: 1."));
    EXPECT_EQ(visitor.get("/supervise").status, 403);
}

}  // namespace
}  // namespace tideline::testing
