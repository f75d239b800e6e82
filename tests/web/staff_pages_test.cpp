// The staff site over HTTP, with real cookies and forms.
#include "web/pages/staff/staff_pages.h"

#include "support/staff_house.h"
#include "support/visitor.h"

namespace tideline::testing {
namespace {

using access::Role;
using test::Visitor;

constexpr const char* words = "They took my passport at the <b>farm</b>";

/// Types in the time-based code that belongs to a base32 key on a page.
vault::Totp totp_from_page(const Visitor& visitor) {
    const std::string& body = visitor.last().body;
    const std::string mark = "<code class=\"secret\">";
    const std::size_t from = body.find(mark) + mark.size();
    std::string bits;
    std::string bytes;
    for (const char c : body.substr(from, body.find('<', from) - from)) {
        const std::size_t value = std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").find(c);
        if (value == std::string::npos) continue;
        for (int bit = 4; bit >= 0; --bit) bits.push_back((value >> bit) & 1 ? '1' : '0');
    }
    for (std::size_t at = 0; at + 8 <= bits.size(); at += 8)
        bytes.push_back(static_cast<char>(std::stoi(bits.substr(at, 8), nullptr, 2)));
    return *vault::Totp::from_bytes(bytes);
}

std::vector<std::string> recovery_codes_on(const Visitor& visitor) {
    std::vector<std::string> codes;
    const std::string& body = visitor.last().body;
    const std::string mark = "<li><code>";
    for (std::size_t at = body.find(mark); at != std::string::npos; at = body.find(mark, at + 1))
        codes.push_back(body.substr(at + mark.size(), body.find('<', at + mark.size()) - at - mark.size()));
    return codes;
}

class StaffSiteTest : public ::testing::Test {
protected:
    /// The first administrator, who reads in a team that receives everything.
    void open_for_reports() {
        ada_.emplace(house_.first_administrator());
        StaffHouse::must(
            house_.access().set_roles(house_.who(*ada_).actor, ada_->id, {Role::administrator, Role::officer}));
        team_ =
            StaffHouse::taken(house_.access().create_team(house_.who(*ada_).actor, "Agency", "Reports", {ada_->id}));
        StaffHouse::must(house_.access().set_channel(house_.who(*ada_).actor, house_.pack().route({}).kind, team_));
    }
    Visitor as(const StaffHouse::Person& person) {
        Visitor visitor(house_.staff_port());
        visitor.cookies["session"] = person.token;
        visitor.get("/help");
        return visitor;
    }
    void reporter_asks_for_deletion(const vault::Receipt& receipt) {
        StaffHouse::must(house_.reception().ask_deletion(StaffHouse::taken(house_.reception().open(receipt))));
    }
    ReportId only_report(std::optional<std::string> state = {}) {
        intake::InboxFilter filter;
        filter.state = std::move(state);
        return StaffHouse::taken(house_.inbox().list(house_.who(*ada_), filter)).rows.at(0).id;
    }

    StaffHouse house_;
    std::optional<StaffHouse::Person> ada_;
    TeamId team_;
};

TEST_F(StaffSiteTest, the_first_administrator_joins_with_a_team_that_receives_reports_at_once) {
    const std::string token(StaffHouse::taken(house_.access().first_administrator_token()).expose());
    Visitor ada(house_.staff_port());
    EXPECT_EQ(ada.get("/join/" + token).status, 200);
    EXPECT_TRUE(ada.sees("Your first team"));
    ada.post("/join/" + token, {{"name", "Ada"},
                                {"email", "ada@example.test"},
                                {"password", StaffHouse::password},
                                {"password_again", StaffHouse::password},
                                {"reads", "yes"},
                                {"agency", "Agency & Sons"},
                                {"team", "Reports"}});
    ASSERT_EQ(ada.last().status, 200) << ada.last().body;
    EXPECT_TRUE(ada.sees("<svg"));
    vault::Totp app = totp_from_page(ada);
    const std::string sealed = ada.hidden("sealed");
    ada.post("/join/" + token, {{"sealed", sealed}, {"code", "000000"}});
    EXPECT_EQ(ada.last().status, 422);
    ada.post("/join/" + token, {{"sealed", ada.hidden("sealed")}, {"code", app.code(house_.clock().now())}});
    ASSERT_EQ(ada.last().status, 200) << ada.last().body;
    const auto codes = recovery_codes_on(ada);
    EXPECT_EQ(codes.size(), 10u);
    EXPECT_TRUE(house_.reception().is_open());
    EXPECT_EQ(ada.get("/join/" + token).status, 410);

    house_.clock().advance(minute_ms);
    house_.report(words);
    ada.get("/");
    EXPECT_EQ(ada.last().header("location"), "/sign-in?return=%2F");
    ada.follow();
    ada.post("/sign-in", {{"leads_to", "/"},
                          {"email", "Ada@Example.test"},
                          {"password", StaffHouse::password},
                          {"code", app.code(house_.clock().now())}});
    ASSERT_EQ(ada.last().status, 303) << ada.last().body;
    ada.follow();
    EXPECT_TRUE(ada.sees("They took my passport at the &lt;b&gt;farm&lt;/b&gt;"));
    EXPECT_TRUE(ada.sees("Unread"));

    Visitor later(house_.staff_port());
    later.get("/sign-in");
    later.post("/sign-in", {{"leads_to", "/teams"},
                            {"email", "ada@example.test"},
                            {"password", StaffHouse::password},
                            {"code", codes.front()}});
    EXPECT_EQ(later.last().header("location"), "/teams");
    later.get("/sign-in");
    later.post("/sign-in", {{"leads_to", "/"},
                            {"email", "ada@example.test"},
                            {"password", StaffHouse::password},
                            {"code", codes.front()}});
    EXPECT_EQ(later.last().status, 422);
    EXPECT_TRUE(later.sees("ada@example.test"));
}

TEST_F(StaffSiteTest, the_first_administrator_may_leave_the_team_for_later_and_reads_nothing) {
    const std::string token(StaffHouse::taken(house_.access().first_administrator_token()).expose());
    Visitor ada(house_.staff_port());
    ada.get("/join/" + token);
    ada.post("/join/" + token, {{"name", "Ada"},
                                {"email", "ada@example.test"},
                                {"password", StaffHouse::password},
                                {"password_again", StaffHouse::password}});
    ada.post("/join/" + token,
             {{"sealed", ada.hidden("sealed")}, {"code", totp_from_page(ada).code(house_.clock().now())}});
    ASSERT_EQ(ada.last().status, 200);
    EXPECT_FALSE(house_.reception().is_open());
}

TEST_F(StaffSiteTest, what_is_wrong_with_joining_is_said_at_its_field_and_the_rest_stays) {
    const std::string token(StaffHouse::taken(house_.access().first_administrator_token()).expose());
    Visitor ada(house_.staff_port());
    for (const auto& [form, field] : std::vector<std::pair<Visitor::Form, std::string>>{
             {{{"name", ""},
               {"email", "ada@example.test"},
               {"password", StaffHouse::password},
               {"password_again", StaffHouse::password}},
              "#name"},
             {{{"name", "Ada"},
               {"email", "nowhere"},
               {"password", StaffHouse::password},
               {"password_again", StaffHouse::password}},
              "#email"},
             {{{"name", "Ada"}, {"email", "ada@example.test"}, {"password", "short"}, {"password_again", "short"}},
              "#password"},
             {{{"name", "Ada"},
               {"email", "ada@example.test"},
               {"password", "one two three four"},
               {"password_again", "one two three five"}},
              "#password_again"},
             {{{"name", "Ada"},
               {"email", "ada@example.test"},
               {"password", "one two three four"},
               {"password_again", "one two three four"},
               {"reads", "yes"},
               {"agency", ""},
               {"team", "T"}},
              "#agency"},
         }) {
        ada.get("/join/" + token);
        ada.post("/join/" + token, form);
        EXPECT_EQ(ada.last().status, 422) << field;
        EXPECT_TRUE(ada.sees("href=\"" + field + "\"")) << field << ada.last().body;
        EXPECT_FALSE(ada.sees("one two three")) << "a password stands in the page";
    }
    EXPECT_TRUE(ada.sees("value=\"ada@example.test\""));
}

TEST_F(StaffSiteTest, an_enrolment_that_took_longer_than_half_an_hour_begins_again) {
    const std::string token(StaffHouse::taken(house_.access().first_administrator_token()).expose());
    Visitor ada(house_.staff_port());
    ada.get("/join/" + token);
    ada.post("/join/" + token, {{"name", "Ada"},
                                {"email", "ada@example.test"},
                                {"password", StaffHouse::password},
                                {"password_again", StaffHouse::password}});
    vault::Totp app = totp_from_page(ada);
    house_.clock().advance(31 * minute_ms);
    ada.post("/join/" + token, {{"sealed", ada.hidden("sealed")}, {"code", app.code(house_.clock().now())}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("Please begin again"));
}

TEST_F(StaffSiteTest, a_form_sealed_for_one_invitation_does_not_open_for_another) {
    ada_.emplace(house_.first_administrator());
    const auto invite = [&](const std::string& email) {
        return std::string(
            StaffHouse::taken(house_.access().invite(house_.who(*ada_).actor, {"B", email, {Role::officer}, {}, false}))
                .expose());
    };
    const std::string one = invite("one@example.test");
    const std::string two = invite("two@example.test");
    Visitor visitor(house_.staff_port());
    visitor.get("/join/" + one);
    visitor.post("/join/" + one, {{"name", "B"},
                                  {"email", "b@example.test"},
                                  {"password", StaffHouse::password},
                                  {"password_again", StaffHouse::password}});
    visitor.post("/join/" + two,
                 {{"sealed", visitor.hidden("sealed")}, {"code", totp_from_page(visitor).code(house_.clock().now())}});
    EXPECT_EQ(visitor.last().status, 422);
}

TEST_F(StaffSiteTest, a_report_is_read_answered_and_noted) {
    open_for_reports();
    const vault::Receipt receipt = house_.report(words, false, "picture.txt");
    house_.answer(receipt, "I am still here");
    house_.clock().advance(second_ms);
    Visitor ada = as(*ada_);
    const std::string path = "/report/" + only_report().str();
    ada.get(path);
    ASSERT_EQ(ada.last().status, 200) << ada.last().body;
    for (const char* seen : {"&lt;b&gt;farm", "I am still here", "picture.txt", "Thai", "Being worked on",
                             "Report opened, Ada Administrator"})
        EXPECT_TRUE(ada.sees(seen)) << seen;

    ada.post(path + "/reply", {{"reply", "Are you safe tonight?"}});
    EXPECT_EQ(ada.last().status, 303) << ada.last().body;
    ada.follow();
    EXPECT_TRUE(ada.sees("Your message was sent."));
    EXPECT_TRUE(ada.sees("not read yet"));
    const auto access = house_.reception().open(receipt);
    EXPECT_EQ(StaffHouse::taken(house_.reception().conversation(*access)).messages.back().text.expose(),
              "Are you safe tonight?");

    ada.get(path);
    ada.post(path + "/note", {{"note", "Called the local station"}});
    ada.follow();
    EXPECT_TRUE(ada.sees("Called the local station"));
    EXPECT_TRUE(ada.sees("read by the reporter"));
    ada.post(path + "/state", {{"state", "held"}});
    ada.follow();
    EXPECT_TRUE(ada.sees("<strong>On hold</strong>"));
}

TEST_F(StaffSiteTest, a_reply_that_is_too_long_is_refused_with_its_words_kept) {
    open_for_reports();
    house_.report(words);
    Visitor ada = as(*ada_);
    const std::string path = "/report/" + only_report().str();
    const std::string typed(10'001, 'x');
    ada.get(path);
    ada.post(path + "/reply", {{"reply", typed}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees(typed));
    EXPECT_TRUE(ada.sees("href=\"#reply\""));
    ada.post(path + "/note", {{"note", "  "}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("href=\"#note\""));
    ada.post(path + "/state", {{"state", "nonsense"}});
    EXPECT_EQ(ada.last().status, 422);
    ada.post(path + "/delete", {});
    EXPECT_EQ(ada.last().status, 422);
}

TEST_F(StaffSiteTest, a_form_without_its_proof_is_not_done_and_keeps_what_was_typed) {
    open_for_reports();
    house_.report(words);
    Visitor ada = as(*ada_);
    const std::string path = "/report/" + only_report().str() + "/reply";
    ada.post(path, {{"reply", "Some <words>"}, {"form_token", "wrong"}});
    EXPECT_EQ(ada.last().status, 403);
    EXPECT_TRUE(ada.sees("Some &lt;words&gt;"));
    EXPECT_EQ(StaffHouse::taken(house_.inbox().open(house_.who(*ada_), only_report())).messages.size(), 0u);
    ada.post(path, {{"reply", "Some <words>"}});
    EXPECT_EQ(ada.last().status, 303);
}

TEST_F(StaffSiteTest, a_reply_sent_after_the_session_ended_is_kept_through_signing_in) {
    open_for_reports();
    house_.report(words);
    Visitor ada = as(*ada_);
    const std::string path = "/report/" + only_report().str() + "/reply";
    house_.clock().advance(31 * minute_ms);
    ada.post(path, {{"reply", "A long answer"}});
    EXPECT_EQ(ada.last().status, 403);
    EXPECT_EQ(ada.hidden("kept_reply"), "A long answer");
    EXPECT_EQ(ada.hidden("leads_to"), path);
    ada.post("/sign-in", {{"leads_to", path},
                          {"kept_reply", "A long answer"},
                          {"email", ada_->email},
                          {"password", StaffHouse::password},
                          {"code", ada_->code(house_.clock().now())}});
    EXPECT_EQ(ada.last().status, 403) << ada.last().body;
    EXPECT_EQ(ada.hidden("reply"), "A long answer");
    ada.post(path, {{"reply", ada.hidden("reply")}});
    EXPECT_EQ(ada.last().status, 303);
    ada_->token = ada.cookies["session"];
    EXPECT_EQ(StaffHouse::taken(house_.inbox().open(house_.who(*ada_), only_report())).messages.back().text.expose(),
              "A long answer");
}

TEST_F(StaffSiteTest, words_stay_when_the_database_fails) {
    open_for_reports();
    house_.report(words);
    Visitor ada = as(*ada_);
    const std::string path = "/report/" + only_report().str() + "/note";
    StaffHouse::must(house_.database().write([](store::Transaction& tx) -> Status {
        tx.run("ALTER TABLE note RENAME TO elsewhere");
        return {};
    }));
    ada.post(path, {{"note", "Called the local station"}});
    EXPECT_EQ(ada.last().status, 503);
    EXPECT_EQ(ada.hidden("note"), "Called the local station");
    EXPECT_TRUE(ada.sees("could not be reached"));
}

TEST_F(StaffSiteTest, files_are_downloaded_as_a_copy_or_with_a_reason_as_the_original) {
    open_for_reports();
    house_.report("%PDF-1.4 not really", false, "papers.pdf");
    Visitor ada = as(*ada_);
    const ReportId id = only_report();
    const AttachmentId file = StaffHouse::taken(house_.inbox().open(house_.who(*ada_), id)).files.at(0).id;
    const std::string path = "/report/" + id.str() + "/file/" + file.str();
    ada.get(path + "/copy");
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("href=\"#reason-" + file.str() + "\"")) << ada.last().body;
    ada.post(path + "/original", {{"reason", " "}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("Please say why"));
    ada.post(path + "/original", {{"reason", "The court asked for it"}});
    EXPECT_EQ(ada.last().status, 200);
    EXPECT_EQ(ada.last().body, "%PDF-1.4 not really");
    EXPECT_NE(ada.last().header("content-disposition").find("papers.pdf"), std::string::npos);
    ada.get("/report/" + id.str());
    EXPECT_TRUE(ada.sees("The court asked for it"));
}

TEST_F(StaffSiteTest, a_report_whose_reporter_asks_can_be_deleted_for_good) {
    open_for_reports();
    const vault::Receipt receipt = house_.report(words);
    const ReportId id = only_report();
    Visitor ada = as(*ada_);
    ada.get("/report/" + id.str());
    EXPECT_FALSE(ada.sees("Delete the report"));
    reporter_asks_for_deletion(receipt);
    ada.get("/report/" + id.str());
    ASSERT_TRUE(ada.sees("Delete the report"));
    ada.post("/report/" + id.str() + "/delete", {});
    EXPECT_EQ(ada.last().status, 422);
    ada.post("/report/" + id.str() + "/delete", {{"sure", "yes"}});
    ada.follow();
    EXPECT_TRUE(ada.sees("The report was deleted"));
    EXPECT_EQ(ada.get("/report/" + id.str()).status, 404);
}

TEST_F(StaffSiteTest, a_report_whose_reporter_asks_can_be_kept_and_the_reporter_is_told_why) {
    open_for_reports();
    const vault::Receipt receipt = house_.report(words);
    const ReportId id = only_report();
    Visitor ada = as(*ada_);
    ada.get("/report/" + id.str());
    reporter_asks_for_deletion(receipt);
    ada.get("/report/" + id.str());
    ada.post("/report/" + id.str() + "/keep", {{"keep", " "}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("Please write a message first."));
    ada.post("/report/" + id.str() + "/keep", {{"keep", "We need it to find the others."}});
    ada.follow();
    EXPECT_TRUE(ada.sees("The report was kept."));
    EXPECT_TRUE(ada.sees("We need it to find the others."));
    EXPECT_FALSE(ada.sees("Delete the report"));
}

TEST_F(StaffSiteTest, an_invitation_can_be_withdrawn) {
    open_for_reports();
    StaffHouse::taken(
        house_.access().invite(house_.who(*ada_).actor, {"Eve", "eve@example.test", {access::Role::officer}, {}}));
    Visitor ada = as(*ada_);
    ada.get("/staff");
    ASSERT_TRUE(ada.sees("Withdraw the invitation of Eve"));
    ada.post("/staff/withdraw", {{"invitation", house_.access().invitations(house_.who(*ada_).actor).front().id}});
    ada.follow();
    EXPECT_TRUE(ada.sees("The invitation was withdrawn."));
    EXPECT_FALSE(ada.sees("eve@example.test"));
}

TEST_F(StaffSiteTest, new_recovery_codes_are_shown_once_for_the_password) {
    open_for_reports();
    Visitor ada = as(*ada_);
    ada.get("/account");
    ada.post("/account/recovery-codes", {{"password", "not the password"}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("The password is not right."));
    ada.post("/account/recovery-codes", {{"password", StaffHouse::password}});
    EXPECT_TRUE(ada.sees("Your recovery codes"));
    EXPECT_TRUE(ada.sees("The codes that you had before are good no longer."));
}

TEST_F(StaffSiteTest, the_list_is_paged_filtered_and_sorted) {
    open_for_reports();
    constexpr int count = 53;
    for (int number = 0; number < count; ++number) {
        house_.report("Report number " + std::to_string(number) + ".");
        house_.clock().advance(second_ms);
    }
    Visitor ada = as(*ada_);
    ada.get("/");
    EXPECT_TRUE(ada.sees("Report number 52."));
    EXPECT_FALSE(ada.sees("Report number 2."));
    const std::size_t from = ada.last().body.find("/?after=");
    ASSERT_NE(from, std::string::npos) << ada.last().body;
    ada.get(ada.last().body.substr(from, ada.last().body.find('"', from) - from));
    EXPECT_TRUE(ada.sees("Report number 2."));
    EXPECT_TRUE(ada.sees("Report number 0."));
    ada.get("/?order=oldest");
    EXPECT_TRUE(ada.sees("Report number 0."));
    ada.get("/?state=received&language=th&unread=yes");
    EXPECT_TRUE(ada.sees("Report number 52."));
    ada.get("/?language=vi");
    EXPECT_TRUE(ada.sees("No report fits this choice."));
    EXPECT_EQ(ada.get("/?after=nonsense").status, 422);
}

TEST_F(StaffSiteTest, reports_held_back_are_released_or_discarded_after_a_question) {
    open_for_reports();
    for (int number = 0; number < 4; ++number) house_.report("Flood " + std::to_string(number), true);
    Visitor ada = as(*ada_);
    ada.get("/");
    EXPECT_TRUE(ada.sees("Held back while very many reports came in: 4"));
    EXPECT_FALSE(ada.sees("Flood 0"));
    const ReportId id = only_report("quarantined");
    ada.get("/quarantine");
    ada.post("/quarantine", {{"go", "release"}});
    EXPECT_EQ(ada.last().status, 422);
    ada.post("/quarantine", {{"go", "release"}, {"report", id.str()}});
    EXPECT_EQ(ada.last().status, 200);
    EXPECT_TRUE(ada.sees("Release 1 report?"));
    EXPECT_EQ(ada.hidden("report"), id.str());
    ada.post("/quarantine", {{"go", "release"}, {"report", id.str()}, {"confirmed", "yes"}});
    EXPECT_EQ(ada.last().status, 303);
    ada.get("/");
    EXPECT_TRUE(ada.sees("Flood"));
    ada.post("/quarantine", {{"go", "discard-all"}, {"confirmed", "yes"}});
    ada.get("/quarantine");
    EXPECT_TRUE(ada.sees("Nothing is held back."));
    EXPECT_EQ(ada.post("/quarantine", {{"go", "nonsense"}, {"confirmed", "yes"}}).status, 400);
}

TEST_F(StaffSiteTest, a_call_becomes_a_report_with_a_receipt_that_opens_it) {
    open_for_reports();
    const auto hana = house_.invited(*ada_, "Hana", "hana@example.test", {Role::hotline});
    Visitor visitor = as(hana);
    visitor.get("/");
    EXPECT_TRUE(visitor.sees("You read no reports"));
    visitor.get("/hotline/new");
    EXPECT_TRUE(visitor.sees("Are you safe to talk now?"));
    EXPECT_TRUE(visitor.sees("tel:111"));
    visitor.get("/hotline/new?safe=no");
    EXPECT_TRUE(visitor.sees("hang up and call 111"));
    visitor.get("/hotline/new?safe=yes");
    visitor.post("/hotline/new", {{"language", "vi"}, {"place", "Hastings"}});
    EXPECT_EQ(visitor.last().status, 422);
    EXPECT_TRUE(visitor.sees("href=\"#what\""));
    EXPECT_TRUE(visitor.sees("Hastings</textarea>"));
    visitor.post(
        "/hotline/new",
        {{"language", "vi"}, {"place", "Hastings"}, {"what", "Told on the phone"}, {"danger", "yes"}, {"who", "me"}});
    ASSERT_EQ(visitor.last().status, 200) << visitor.last().body;
    EXPECT_FALSE(visitor.sees("Told on the phone"));
    std::string digits;
    const std::string& body = visitor.last().body;
    const std::string mark = "aria-label=\"";
    for (std::size_t at = body.find("role=\"img\""); at != std::string::npos; at = body.find("role=\"img\"", at + 1)) {
        const std::size_t from = body.find(mark, at) + mark.size();
        for (const char c : body.substr(from, body.find('"', from) - from))
            if (c != ' ') digits.push_back(c);
    }
    const auto receipt = vault::Receipt::parse(digits);
    ASSERT_TRUE(receipt) << digits;
    EXPECT_TRUE(house_.reception().open(*receipt));
    const auto report = StaffHouse::taken(house_.inbox().open(house_.who(*ada_), only_report()));
    EXPECT_EQ(report.channel, "phone");
    EXPECT_EQ(report.language, "vi");
}

TEST_F(StaffSiteTest, a_colleague_is_invited_joins_waits_and_is_let_in) {
    open_for_reports();
    house_.report(words);
    Visitor ada = as(*ada_);
    ada.get("/staff/invite");
    ada.post("/staff/invite", {{"name", "Ben"}, {"email", "ben@example.test"}, {"team", team_.str()}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("href=\"#roles\""));
    EXPECT_TRUE(ada.sees("value=\"Ben\""));
    ada.post("/staff/invite",
             {{"name", "Ben"}, {"email", "ben@example.test"}, {"role", "officer"}, {"team", team_.str()}});
    ASSERT_EQ(ada.last().status, 200) << ada.last().body;
    const std::size_t at = ada.last().body.find("/join/") + 6;
    auto ben = house_.join(ada.last().body.substr(at, ada.last().body.find('<', at) - at), "Ben", "ben@example.test");
    Visitor bens = as(ben);
    bens.get("/");
    EXPECT_TRUE(bens.sees("You are in no team yet"));
    ada_->token = ada.cookies["session"];
    const std::string path = "/teams/" + team_.str();
    ada.get(path);
    EXPECT_TRUE(ada.sees("Waits to be let in"));
    ada.post(path + "/let-in", {{"member", ben.id.str()}});
    EXPECT_EQ(ada.last().status, 303) << ada.last().body;
    bens.get("/");
    EXPECT_TRUE(bens.sees("They took my passport"));

    ada.get(path);
    ada.post(path + "/remove", {{"member", ben.id.str()}});
    EXPECT_TRUE(ada.sees("Remove Ben from Reports?"));
    ada.post(path + "/remove", {{"member", ben.id.str()}, {"confirmed", "yes"}});
    EXPECT_EQ(ada.last().status, 303) << ada.last().body;
    bens.get("/");
    EXPECT_FALSE(bens.sees("They took my passport"));
    ada.get("/");
    EXPECT_TRUE(ada.sees("They took my passport"));
    ada.post(path + "/remove", {{"member", ada_->id.str()}, {"confirmed", "yes"}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("the last member who can read"));
}

TEST_F(StaffSiteTest, teams_are_made_and_told_what_they_receive) {
    ada_.emplace(house_.first_administrator());
    const auto ben = house_.invited(*ada_, "Ben", "ben@example.test", {Role::officer});
    Visitor ada = as(*ada_);
    ada.get("/teams");
    EXPECT_TRUE(ada.sees("No team receives the kind"));
    ada.get("/teams/new");
    ada.post("/teams/new", {{"agency", "Police"}, {"name", "Desk"}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("href=\"#members\""));
    EXPECT_TRUE(ada.sees("value=\"Desk\""));
    ada.post("/teams/new", {{"agency", "Police"}, {"name", "Desk"}, {"member", ben.id.str()}});
    ASSERT_EQ(ada.last().status, 303);
    const std::string location = ada.last().header("location");
    const std::string path = location.substr(0, location.find('?'));
    ada.follow();
    ada.post(path + "/receive", {{"kind", std::string(house_.pack().route({}).kind)}});
    EXPECT_EQ(ada.last().status, 303);
    EXPECT_TRUE(house_.reception().is_open());
    ada.follow();
    EXPECT_TRUE(ada.sees("Receives"));
    ada.post(path + "/stop", {{"kind", std::string(house_.pack().route({}).kind)}});
    EXPECT_FALSE(house_.reception().is_open());
    ada.follow();
    ada.post(path + "/add", {{"member", ""}});
    EXPECT_EQ(ada.last().status, 422);
    ada.post(path + "/add", {{"member", ada_->id.str()}});
    EXPECT_EQ(ada.last().status, 303);
    ada.follow();
    EXPECT_TRUE(ada.sees("You are not a member"));
}

TEST_F(StaffSiteTest, roles_change_and_access_ends) {
    open_for_reports();
    house_.report(words);
    const auto ben = house_.invited(*ada_, "Ben", "ben@example.test", {Role::officer});
    Visitor bens = as(ben);
    Visitor ada = as(*ada_);
    ada.get("/staff/" + ben.id.str());
    ada.post("/staff/" + ben.id.str() + "/roles", {});
    EXPECT_EQ(ada.last().status, 422);
    ada.post("/staff/" + ben.id.str() + "/roles", {{"role", "officer"}, {"role", "supervisor"}});
    EXPECT_EQ(ada.last().status, 303);
    ada.get("/staff");
    EXPECT_TRUE(ada.sees("officer, supervisor"));
    ada.post("/staff/" + ben.id.str() + "/end", {});
    EXPECT_TRUE(ada.sees("End the access of Ben?"));
    ada.post("/staff/" + ben.id.str() + "/end", {{"confirmed", "yes"}});
    EXPECT_EQ(ada.last().status, 303);
    EXPECT_EQ(bens.get("/").status, 303);
    ada.get("/staff");
    EXPECT_TRUE(ada.sees("Access ended"));
    ada.get("/staff/" + ada_->id.str());
    EXPECT_FALSE(ada.sees("/end\""));
}

TEST_F(StaffSiteTest, a_password_is_changed_and_sessions_elsewhere_end) {
    open_for_reports();
    Visitor elsewhere = as(*ada_);
    house_.sign_in(*ada_);
    Visitor ada = as(*ada_);
    ada.get("/account");
    ada.post("/account/password", {{"old_password", "wrong"},
                                   {"new_password", "one two three four"},
                                   {"new_password_again", "one two three four"}});
    EXPECT_EQ(ada.last().status, 422);
    EXPECT_TRUE(ada.sees("href=\"#old_password\""));
    ada.post("/account/password", {{"old_password", StaffHouse::password},
                                   {"new_password", "one two three four"},
                                   {"new_password_again", "one two three five"}});
    EXPECT_TRUE(ada.sees("href=\"#new_password_again\""));
    ada.post("/account/password", {{"old_password", StaffHouse::password},
                                   {"new_password", "one two three four"},
                                   {"new_password_again", "one two three four"}});
    EXPECT_EQ(ada.last().status, 303) << ada.last().body;
    EXPECT_EQ(ada.get("/account").status, 200);
    EXPECT_EQ(elsewhere.get("/account").status, 303);
    ada.post("/account/sign-out-everywhere", {});
    EXPECT_EQ(ada.last().header("location"), "/sign-in");
    EXPECT_EQ(ada.get("/account").status, 303);
}

TEST_F(StaffSiteTest, signing_in_leads_back_to_the_page_but_never_away) {
    open_for_reports();
    Visitor visitor(house_.staff_port());
    visitor.get("/?state=held&order=oldest");
    visitor.follow();
    EXPECT_EQ(visitor.hidden("leads_to"), "/?state=held&amp;order=oldest");
    for (const char* away : {"//evil.example", "https://evil.example", "/\\evil.example", "/sign-out"}) {
        visitor.get("/sign-in?return=" + web::percent_encode(away));
        EXPECT_EQ(visitor.hidden("leads_to"), "/") << away;
    }
}

TEST_F(StaffSiteTest, a_sign_in_that_no_page_of_ours_sent_is_refused) {
    open_for_reports();
    house_.clock().advance(minute_ms);
    Visitor visitor(house_.staff_port());
    visitor.post(
        "/sign-in",
        {{"email", ada_->email}, {"password", StaffHouse::password}, {"code", ada_->code(house_.clock().now())}});
    EXPECT_EQ(visitor.last().status, 403);
    EXPECT_FALSE(visitor.cookies.contains("session"));
}

TEST_F(StaffSiteTest, cookies_are_for_this_site_and_for_no_script) {
    Visitor visitor(house_.staff_port());
    const std::string cookie = visitor.get("/sign-in").header("set-cookie");
    for (const char* part : {"HttpOnly", "SameSite=Strict", "Path=/"})
        EXPECT_NE(cookie.find(part), std::string::npos) << part;
    EXPECT_EQ(visitor.last().header("cache-control"), "no-store");
}

TEST_F(StaffSiteTest, what_does_not_exist_is_told_in_a_page) {
    Visitor visitor(house_.staff_port());
    EXPECT_EQ(visitor.get("/nowhere").status, 404);
    EXPECT_TRUE(visitor.sees("This page does not exist"));
    open_for_reports();
    Visitor ada = as(*ada_);
    for (const char* path : {"/report/12", "/report/00000000000000000000000000000000", "/teams/x",
                             "/teams/00000000000000000000000000000000", "/staff/x",
                             "/report/00000000000000000000000000000000/file/00000000000000000000000000000000/copy"})
        EXPECT_EQ(ada.get(path).status, 404) << path;
    EXPECT_EQ(ada.post("/report/x/reply", {{"reply", "a"}}).status, 404);
}

TEST(StaffSiteBusyTest, a_sign_in_while_too_many_derive_keeps_the_address) {
    StaffHouse house(0);
    Visitor visitor(house.staff_port());
    visitor.get("/sign-in");
    const auto one = house.derivations().enter(std::chrono::seconds(1));
    const auto two = house.derivations().enter(std::chrono::seconds(1));
    visitor.post("/sign-in", {{"email", "ada@example.test"}, {"password", "x"}, {"code", "1"}});
    EXPECT_EQ(visitor.last().status, 503);
    EXPECT_TRUE(visitor.sees("value=\"ada@example.test\""));
    EXPECT_TRUE(visitor.sees("Wait ten seconds"));
    EXPECT_EQ(visitor.last().header("retry-after"), "10");
}

}  // namespace
}  // namespace tideline::testing
