// Every route of both sites × everybody who could ask for it. The server is real, the requests go over sockets with
// real cookies and receipts; each row says the status that each of them gets. A route without a row fails the test.
#include <algorithm>
#include <functional>

#include "support/staff_house.h"
#include "support/visitor.h"

namespace tideline::testing {
namespace {

using access::Role;
using test::HttpAnswer;
using test::Visitor;
using web::Site;

/// Stands in every text, file name and message of the reports, and nowhere else.
constexpr const char* secret = "zebrafish-lantern";

// ---- the staff site

enum Who { nobody, outsider, member, hotline, supervisor, administrator, who_count };
constexpr std::array<const char*, who_count> who_names{"nobody",  "outsider",   "member",
                                                       "hotline", "supervisor", "administrator"};

struct Cell {
    ReportId report;
    AttachmentId file;
    ReportId held_back;
    StaffId spare;  ///< waits to be let into the team
    assess::AssessmentId assessment;
    assess::DecisionId decision;
};

struct StaffRow {
    const char* route;
    std::function<std::string(const Cell&)> path;
    std::function<Visitor::Form(const Cell&)> form;  ///< none: GET
    std::array<int, who_count> expected;
};

class RoleTableTest : public ::testing::Test {
protected:
    void SetUp() override {
        people_[administrator] = house_.first_administrator();
        const auto& ada = *people_[administrator];
        people_[member] = house_.invited(ada, "Mere Member", "mere@example.test", {Role::officer});
        team_ = StaffHouse::taken(
            house_.access().create_team(house_.who(ada).actor, "Agency", "Reports", {people_[member]->id}));
        StaffHouse::must(house_.access().set_channel(house_.who(ada).actor, kind(), team_));
        people_[supervisor] = house_.invited(ada, "Sina Supervisor", "sina@example.test", {Role::supervisor}, team_);
        StaffHouse::must(house_.access().let_in(house_.who(*people_[member]), team_, people_[supervisor]->id));
        people_[outsider] = house_.invited(ada, "Otto Officer", "otto@example.test", {Role::officer});
        other_team_ = StaffHouse::taken(
            house_.access().create_team(house_.who(ada).actor, "Other agency", "Other", {people_[outsider]->id}));
        people_[hotline] = house_.invited(ada, "Hana Hotline", "hana@example.test", {Role::hotline});
        spare_ = house_.invited(ada, "Spare", "spare@example.test", {Role::officer}).id;
    }

    std::string kind() const { return std::string(house_.pack().route({}).kind); }
    access::Actor root() { return house_.who(*people_[administrator]).actor; }

    /// Fresh things for a request to this route: a report with a file whose reporter asked for its deletion, one that
    /// is held back, somebody at the door of the team.
    Cell prepare(std::string_view route) {
        Cell cell{{}, {}, {}, spare_, {}, {}};
        if (!house_.access().session(people_[member]->token)) house_.sign_in(*people_[member]);
        const access::SignedIn reader = house_.who(*people_[member]);
        const bool assessed = route.starts_with("assess") || route.starts_with("decide") || route.starts_with("offers");
        if (route.starts_with("report") || route == "inbox" || assessed) {
            const vault::Receipt receipt = house_.report(secret, false, std::string(secret) + ".txt");
            cell.report = StaffHouse::taken(house_.inbox().list(reader, {})).rows.at(0).id;
            cell.file = StaffHouse::taken(house_.inbox().open(reader, cell.report)).files.at(0).id;
            StaffHouse::must(house_.reception().ask_deletion(StaffHouse::taken(house_.reception().open(receipt))));
        }
        if (assessed) prepare_desk(cell, route, reader);
        if (route.starts_with("quarantine")) {
            house_.report(secret, true);
            intake::InboxFilter held;
            held.state = "quarantined";
            cell.held_back = StaffHouse::taken(house_.inbox().list(reader, held)).rows.at(0).id;
        }
        if (route == "team.let_in" || route == "team.remove") {
            (void)house_.access().remove_member(root(), team_, spare_);
            StaffHouse::must(house_.access().add_member(house_.who(*people_[administrator]), team_, spare_));
        }
        house_.clock().advance(second_ms);
        return cell;
    }

    /// A signed assessment by the member, and the decision that the route answers.
    void prepare_desk(Cell& cell, std::string_view route, const access::SignedIn& reader) {
        assess::Input input;
        input.notes.push_back({"ilo.cd.documents", assess::Answer::yes, "self", 1});
        StaffHouse::must(house_.desk().sign(reader, cell.report, input));
        cell.assessment = StaffHouse::taken(house_.desk().open(reader, cell.report)).mine;
        const auto decide = [&](assess::DecisionKind kind, const std::string& target) {
            cell.decision = StaffHouse::taken(house_.desk().decide(reader, cell.report, {kind, target, "Because."}));
        };
        if (route == "decide.review") decide(assess::DecisionKind::no_action, "");
        if (route == "decide.message") decide(assess::DecisionKind::hold, "");
        if (route == "offers.answer") decide(assess::DecisionKind::redirect, other_team_.str());
    }

    Visitor as(Who who) {
        Visitor visitor(house_.staff_port());
        if (who != nobody) {
            if (!house_.access().session(people_[who]->token)) house_.sign_in(*people_[who]);
            visitor.cookies["session"] = people_[who]->token;
        }
        return visitor;
    }

    StaffHouse house_{50, 0.0};
    std::array<std::optional<StaffHouse::Person>, who_count> people_;
    TeamId team_, other_team_;
    StaffId spare_;
};

std::string name_of_row(Site site, std::string_view route) {
    return std::string(web::name_of(site)) + " " + std::string(route);
}

/// Fails for a route that no row names, and for a row that names no route.
void expect_every_route(const web::Router& router, Site site, std::vector<std::string> rows) {
    std::vector<std::string> routes;
    for (const web::Route& route : router.routes()) {
        if (route.site != site) continue;
        routes.push_back(route.name);
        EXPECT_NE(std::ranges::find(rows, route.name), rows.end())
            << "no row for " << name_of_row(site, route.name) << " (" << route.pattern << ")";
    }
    for (const std::string& row : rows)
        EXPECT_NE(std::ranges::find(routes, row), routes.end()) << "no route for the row " << row;
}

TEST_F(RoleTableTest, every_route_of_the_staff_site_answers_each_role_as_it_should) {
    const auto at = [](std::string path) { return [path](const Cell&) { return path; }; };
    const auto report = [](std::string rest) {
        return [rest](const Cell& cell) { return "/report/" + cell.report.str() + rest; };
    };
    const auto file = [](std::string rest) {
        return [rest](const Cell& cell) { return "/report/" + cell.report.str() + "/file/" + cell.file.str() + rest; };
    };
    const auto form = [](Visitor::Form fields) { return [fields](const Cell&) { return fields; }; };
    const auto with_spare = [](bool confirmed) {
        return [confirmed](const Cell& cell) {
            return Visitor::Form{{"member", cell.spare.str()}, {"confirmed", confirmed ? "yes" : ""}};
        };
    };
    // Failed tries make the next one wait, so each is for another address.
    const auto stranger = [tries = 0](const Cell&) mutable {
        return Visitor::Form{
            {"email", "x" + std::to_string(++tries) + "@example.test"}, {"password", "x"}, {"code", "000000"}};
    };
    const auto decision = [](const std::string& rest) {
        return [rest](const Cell& cell) {
            return "/report/" + cell.report.str() + "/decision/" + cell.decision.str() + rest;
        };
    };
    const assess::Checklist border = assess::make_checklist(
        StaffHouse::method().indicators(), assess::ChecklistFor::border, knowledge::Profile::adult_labour, "en");
    const std::string team = "/teams/" + team_.str();
    const std::string person = "/staff/" + spare_.str();
    const std::string invitation(
        StaffHouse::taken(house_.access().invite(root(), {"New", "new@example.test", {Role::officer}, {}, false}))
            .expose());
    const Visitor::Form newcomer{{"name", "New"},
                                 {"email", "new@example.test"},
                                 {"password", StaffHouse::password},
                                 {"password_again", StaffHouse::password}};
    const Visitor::Form no_form{};
    const std::function<Visitor::Form(const Cell&)> get;
    web::Assets assets(web::embedded_site_files());

    // 303 on GET: to the sign-in page; 403 on POST by nobody: the sign-in page with what was typed.
    const std::vector<StaffRow> rows{
        // route                        path                              form nobody outs. memb. hotl. sup. admin
        {"healthz", at("/healthz"), get, {200, 200, 200, 200, 200, 200}},
        {"asset", at(std::string(assets.path("staff.css"))), get, {200, 200, 200, 200, 200, 200}},
        {"join", at("/join/" + invitation), get, {200, 200, 200, 200, 200, 200}},
        {"join.step", at("/join/" + invitation), form(newcomer), {200, 200, 200, 200, 200, 200}},
        {"sign_in", at("/sign-in"), get, {200, 200, 200, 200, 200, 200}},
        {"sign_in.step", at("/sign-in"), stranger, {422, 422, 422, 422, 422, 422}},
        {"help", at("/help"), get, {303, 200, 200, 200, 200, 200}},
        {"account", at("/account"), get, {303, 200, 200, 200, 200, 200}},
        {"account.password",
         at("/account/password"),
         form({{"old_password", "x"}, {"new_password", "a b c d e f g h"}, {"new_password_again", "a b c d e f g h"}}),
         {403, 422, 422, 422, 422, 422}},

        {"inbox", at("/"), get, {303, 200, 200, 200, 200, 200}},
        {"report", report(""), get, {303, 404, 200, 403, 200, 403}},
        {"report.reply", report("/reply"), form({{"reply", "Hello"}}), {403, 404, 303, 403, 303, 403}},
        {"report.note", report("/note"), form({{"note", "Hello"}}), {403, 404, 303, 403, 303, 403}},
        {"report.state",
         report("/state"),
         form({{"state", "held"}}),
         {403, 409, 409, 403, 409, 403}},  // decided on the desk instead
        {"report.copy", file("/copy"), get, {303, 404, 200, 403, 200, 403}},
        {"report.original", file("/original"), form({{"reason", "Needed"}}), {403, 404, 200, 403, 200, 403}},
        {"report.delete", report("/delete"), form({{"sure", "yes"}}), {403, 404, 303, 403, 303, 403}},
        {"report.keep", report("/keep"), form({{"keep", "We need it."}}), {403, 404, 303, 403, 303, 403}},
        {"quarantine", at("/quarantine"), get, {303, 200, 200, 403, 200, 403}},
        {"quarantine.decide",
         at("/quarantine"),
         [](const Cell& cell) {
             return Visitor::Form{{"go", "release"}, {"report", cell.held_back.str()}, {"confirmed", "yes"}};
         },
         {403, 303, 303, 403, 303, 403}},

        {"assess", report("/assess"), get, {303, 404, 200, 403, 200, 403}},
        {"assess.keep",
         report("/assess"),
         form({{"go", "save"}, {"answer:ilo.cd.isolation", "yes"}}),
         {403, 404, 303, 403, 303, 403}},
        {"assess.ask", report("/ask"), form({{"question", "Can you leave?"}}), {403, 404, 303, 403, 303, 403}},
        {"assess.archived",
         [](const Cell& cell) { return "/report/" + cell.report.str() + "/assessment/" + cell.assessment.str(); },
         get,
         {303, 404, 200, 403, 200, 403}},
        {"decide", report("/decide"), get, {303, 404, 200, 403, 200, 403}},
        {"decide.propose",
         report("/decide"),
         form({{"kind", "hold"}, {"reason", "Ask first."}}),
         {403, 404, 303, 403, 303, 403}},
        {"decide.review",
         decision("/review"),
         form({{"go", "confirm"}}),
         {403, 404, 403, 403, 303, 403}},  // the member proposed it
        {"decide.message", decision("/message"), form({{"message", "Thank you."}}), {403, 404, 303, 403, 303, 403}},
        {"offers", at("/offers"), get, {303, 200, 200, 403, 200, 403}},
        {"supervise", at("/supervise"), get, {303, 403, 403, 403, 200, 403}},
        {"checklist", at("/checklist/border"), get, {303, 200, 200, 200, 200, 403}},
        {"checklist.send",
         at("/checklist/border"),
         form({{"edition", border.edition}, {"profile", "adult-labour"}, {"numbers", "1 no"}}),
         {403, 200, 200, 200, 200, 403}},

        {"hotline", at("/hotline/new?safe=yes"), get, {303, 200, 200, 200, 200, 403}},
        {"hotline.send",
         at("/hotline/new"),
         form({{"language", "en"}, {"what", "Told on the phone"}}),
         {403, 200, 200, 200, 200, 403}},

        // After all that shows reports: now the other team reads what it took over.
        {"offers.answer",
         [](const Cell& cell) { return "/offers/" + cell.decision.str(); },
         form({{"team", other_team_.str()}, {"go", "accept"}}),
         {403, 303, 404, 403, 404, 403}},

        {"teams", at("/teams"), get, {303, 200, 200, 200, 200, 200}},
        {"team", at(team), get, {303, 404, 200, 404, 200, 200}},
        {"team.new", at("/teams/new"), get, {303, 403, 403, 403, 403, 200}},
        {"team.make",
         at("/teams/new"),
         form({{"agency", "A"}, {"name", "B"}, {"member", people_[outsider]->id.str()}}),
         {403, 403, 403, 403, 403, 303}},
        {"team.add", at("/teams/" + other_team_.str() + "/add"), with_spare(false), {403, 403, 403, 403, 403, 303}},
        {"team.let_in", at(team + "/let-in"), with_spare(false), {403, 403, 303, 403, 303, 403}},
        {"team.remove", at(team + "/remove"), with_spare(true), {403, 403, 403, 403, 403, 303}},
        {"team.receive", at(team + "/receive"), form({{"kind", kind()}}), {403, 403, 403, 403, 403, 303}},
        {"team.stop", at(team + "/stop"), form({{"kind", kind()}}), {403, 403, 403, 403, 403, 303}},
        {"staff", at("/staff"), get, {303, 403, 403, 403, 403, 200}},
        {"staff.new", at("/staff/invite"), get, {303, 403, 403, 403, 403, 200}},
        {"staff.invite",
         at("/staff/invite"),
         form({{"name", "N"}, {"email", "n@example.test"}, {"role", "officer"}}),
         {403, 403, 403, 403, 403, 200}},
        {"person", at(person), get, {303, 403, 403, 403, 403, 200}},
        {"person.roles", at(person + "/roles"), form({{"role", "officer"}}), {403, 403, 403, 403, 403, 303}},
        {"person.end", at(person + "/end"), form({{"confirmed", "yes"}}), {403, 403, 403, 403, 403, 303}},
        {"staff.withdraw", at("/staff/withdraw"), form({{"invitation", "unknown"}}), {403, 403, 403, 403, 403, 404}},
        {"account.recovery_codes",
         at("/account/recovery-codes"),
         form({{"password", "x"}}),
         {403, 422, 422, 422, 422, 422}},
        {"account.sign_out_everywhere",
         at("/account/sign-out-everywhere"),
         form(no_form),
         {403, 303, 303, 303, 303, 303}},
        {"sign_out", at("/sign-out"), form(no_form), {403, 303, 303, 303, 303, 303}},
    };

    std::vector<std::string> names;
    int read_by_members = 0;
    for (const StaffRow& row : rows) {
        names.emplace_back(row.route);
        for (int who = 0; who < who_count; ++who) {
            const std::string label = std::string(row.route) + " by " + who_names[static_cast<std::size_t>(who)];
            const std::string_view route(row.route);
            const Cell cell = prepare(route);
            Visitor visitor = as(static_cast<Who>(who));
            // Where the proof of the form comes from, as for a person: a page that they can see.
            if (row.form)
                visitor.get(route.starts_with("join") || route.starts_with("sign_in") || who == nobody ? "/sign-in"
                                                                                                       : "/help");
            const HttpAnswer answer =
                row.form ? visitor.post(row.path(cell), row.form(cell)) : visitor.get(row.path(cell));
            EXPECT_EQ(answer.status, row.expected[static_cast<std::size_t>(who)]) << label << "\n"
                                                                                  << answer.body.substr(0, 300);
            const bool reads = who == member || who == supervisor;
            const bool seen = answer.body.find(secret) != std::string::npos ||
                              answer.header("content-disposition").find(secret) != std::string::npos;
            if (!reads) {
                EXPECT_FALSE(seen) << label << " shows a report's words";
            }
            read_by_members += reads && seen ? 1 : 0;
        }
    }
    EXPECT_GE(read_by_members, 8) << "the words that nobody else sees are not there at all";
    expect_every_route(house_.router(), Site::staff_site, names);
}

TEST_F(RoleTableTest, an_officer_of_another_team_finds_nothing_in_the_lists) {
    prepare("report");
    prepare("quarantine");
    Visitor otto = as(outsider);
    otto.get("/");
    EXPECT_TRUE(otto.sees("Nothing waits for somebody."));
    otto.get("/quarantine");
    EXPECT_TRUE(otto.sees("Nothing is held back."));
    otto.get("/teams");
    EXPECT_FALSE(otto.sees(team_.str()));
}

TEST_F(RoleTableTest, an_officer_of_another_team_cannot_decide_what_is_held_back) {
    const Cell cell = prepare("quarantine");
    Visitor otto = as(outsider);
    otto.get("/help");
    otto.post("/quarantine", {{"go", "discard"}, {"report", cell.held_back.str()}, {"confirmed", "yes"}});
    otto.get("/help");
    otto.post("/quarantine", {{"go", "discard-all"}, {"confirmed", "yes"}});
    intake::InboxFilter held;
    held.state = "quarantined";
    EXPECT_FALSE(StaffHouse::taken(house_.inbox().list(house_.who(*people_[member]), held)).rows.empty());
}

TEST_F(RoleTableTest, no_form_of_the_staff_site_is_done_without_its_proof) {
    for (const web::Route& route : house_.router().routes()) {
        if (route.site != Site::staff_site || route.method != web::Method::post) continue;
        Visitor visitor = as(administrator);
        std::string path = route.pattern;
        for (const char* part : {"{id}", "{file}", "{token}"}) {
            if (const std::size_t found = path.find(part); found != std::string::npos)
                path.replace(found, std::string(part).size(), team_.str());
        }
        const HttpAnswer answer = visitor.post_raw(path, {{"form_token", "AAAA"}});
        const int expected = route.name == "join.step" ? 410 : 403;
        EXPECT_EQ(answer.status, expected) << route.name;
    }
}

// ---- the public site

enum Reporter { stranger, owner, other, reporter_count };
constexpr std::array<const char*, reporter_count> reporter_names{"nobody", "reporter with their own receipt",
                                                                 "reporter with another receipt"};

struct Expected {
    int status;
    bool reads;  ///< the answer holds what the team wrote to the owner
};
struct PublicRow {
    const char* route;
    std::function<HttpAnswer(Visitor&, const std::string& receipt)> ask;
    std::array<Expected, reporter_count> expected;
};

TEST_F(RoleTableTest, every_route_of_the_public_site_shows_a_conversation_only_to_its_receipt) {
    const vault::Receipt own = house_.report("Mine");
    const vault::Receipt another = house_.report("Theirs");
    const access::SignedIn reader = house_.who(*people_[member]);
    const auto inbox = StaffHouse::taken(house_.inbox().list(reader, {}));
    for (const intake::InboxRow& row : inbox.rows) {
        if (row.words.expose() == "Mine") StaffHouse::must(house_.inbox().reply(reader, row.id, secret));
    }
    const std::array<std::string, reporter_count> receipts{"", std::string(own.digits()),
                                                           std::string(another.digits())};
    web::Assets assets(web::embedded_site_files());

    const auto get = [](std::string path) {
        return [path](Visitor& visitor, const std::string&) { return visitor.get(path); };
    };
    const auto open = [](Visitor& visitor, const std::string& receipt) {
        return receipt.empty() ? visitor.post_raw("/en/check", {{"go", "open"}, {"receipt", ""}})
                               : visitor.post_raw("/en/check", {{"go", "open"}, {"receipt", receipt}});
    };
    const auto answer = [open](Visitor& visitor, const std::string& receipt) {
        open(visitor, receipt);
        return visitor.upload("/en/answer", {{"state", visitor.hidden("state")}, {"message", "Hello"}, {"go", "send"}},
                              "", "");
    };
    const Expected plain{200, false};
    const std::vector<PublicRow> rows{
        // route                  request                                              nobody         own another
        {"healthz", get("/healthz"), {plain, plain, plain}},
        {"asset", get(std::string(assets.path("public.css"))), {plain, plain, plain}},
        {"languages", get("/"), {plain, plain, plain}},
        {"exit", get("/exit"), {{{303, false}, {303, false}, {303, false}}}},
        {"start", get("/en"), {plain, plain, plain}},
        {"guidance", get("/en/p/1"), {plain, plain, plain}},
        {"form", get("/en/form"), {plain, plain, plain}},
        {"form.step",
         [](Visitor& visitor, const std::string&) {
             return visitor.post_raw("/en/form", {{"go", "next"}, {"page", "1"}});
         },
         {plain, plain, plain}},
        {"form.send",
         [](Visitor& visitor, const std::string&) {
             visitor.get("/en/form");
             return visitor.upload("/en/send", {{"state", visitor.hidden("state")}, {"go", "send"}}, "", "");
         },
         {{{422, false}, {422, false}, {422, false}}}},
        {"check", get("/en/check"), {plain, plain, plain}},
        {"check.step", open, {{{422, false}, {200, true}, {200, false}}}},
        {"check.send", answer, {{{200, false}, {200, true}, {200, false}}}},
    };
    std::vector<std::string> names;
    for (const PublicRow& row : rows) {
        names.emplace_back(row.route);
        for (std::size_t who = 0; who < reporter_count; ++who) {
            Visitor visitor(house_.public_port());
            const HttpAnswer seen = row.ask(visitor, receipts[who]);
            const std::string label = std::string(row.route) + " by " + reporter_names[who];
            EXPECT_EQ(seen.status, row.expected[who].status) << label << "\n" << seen.body.substr(0, 2000);
            EXPECT_EQ(seen.body.find(secret) != std::string::npos, row.expected[who].reads) << label;
            EXPECT_TRUE(visitor.cookies.empty()) << label;
        }
    }
    expect_every_route(house_.router(), Site::public_site, names);
    // What "another" sent stands behind their own receipt only.
    const auto talk =
        StaffHouse::taken(house_.reception().conversation(StaffHouse::taken(house_.reception().open(own))));
    EXPECT_EQ(std::ranges::count(talk.messages, intake::Direction::from_reporter, &intake::Message::direction), 1);
}

}  // namespace
}  // namespace tideline::testing
