// Who works here, in which teams, and which team receives what.
#include <algorithm>
#include <charconv>

#include "web/pages/staff/forms.h"
#include "web/pages/staff/staff_pages.h"
#include "web/pages/staff/words.h"

namespace tideline::web::pages {
namespace {

constexpr std::size_t people_per_page = 50;

std::string said_after(std::string_view done) {
    if (done == "made") return "The team was made.";
    if (done == "added") return "They were named as a member.";
    if (done == "let-in") return "They were let in. They can read what the team receives now.";
    if (done == "removed") return "They were removed. The team has a new key.";
    if (done == "receives") return "The team receives these reports now.";
    if (done == "stopped") return "The team no longer receives these reports.";
    if (done == "roles") return "The roles were changed.";
    if (done == "ended") return "Their access was ended.";
    if (done == "withdrawn") return "The invitation was withdrawn. Its link lets nobody in.";
    return "";
}

std::string names_of(const std::set<access::Role>& roles) {
    std::string names;
    for (const access::Role role : roles) names.append(names.empty() ? "" : ", ").append(name_of(role));
    return names;
}

std::string_view name_among(const access::Team& team, const StaffId& id) {
    for (const access::TeamMember& member : team.members) {
        if (member.id == id) return member.name;
    }
    return "this person";
}

std::size_t page_number(std::string_view typed) {
    std::size_t number = 1;
    std::from_chars(typed.data(), typed.data() + typed.size(), number);
    constexpr std::size_t page_max = 1000;
    return std::clamp<std::size_t>(number, 1, page_max);
}

bool is_about_typing(ErrorKind kind) {
    return kind == ErrorKind::invalid || kind == ErrorKind::too_large || kind == ErrorKind::conflict;
}

}  // namespace

// ---- teams

Response StaffPages::teams(Request&, const Visit& visit) const {
    const auto teams = site_.access.teams(visit.who.actor);
    const bool manages = may(visit.who.actor, Permission::team_manage);
    Dict dict = frame(visit, "Teams", "/teams");
    dict.show("MANAGES", manages).show("EMPTY", teams.empty());
    for (const access::Team& team : teams) {
        Dict& row = dict.section("TEAMS");
        row.set("id", team.id.str()).set("agency", team.agency).set("team", team.name);
        const auto waiting = std::ranges::count(team.members, access::MemberState::waiting, &access::TeamMember::state);
        row.set("count", static_cast<std::int64_t>(team.members.size()) - waiting);
        if (waiting > 0) row.section("WAITING").set("waiting", static_cast<std::int64_t>(waiting));
        for (const std::string& kind : team.kinds) row.section("KINDS").set("kind", kind_name(kind));
        row.show("NO_KINDS", team.kinds.empty());
    }
    const bool any_default = std::ranges::any_of(teams, [&](const access::Team& team) {
        return std::ranges::find(team.kinds, site_.pack.route({}).kind) != team.kinds.end();
    });
    if (manages && !any_default) dict.section("NO_DEFAULT").set("kind", kind_name(site_.pack.route({}).kind));
    return page("staff/teams", dict);
}

Response StaffPages::new_team(Request&, const Visit& visit) const { return new_team_page(visit, nullptr, {}); }

Response StaffPages::new_team_page(const Visit& visit, const Fields* typed, const Faults& faults) const {
    Dict dict = frame(visit, "Make a team", "/teams");
    dict.set("agency", typed != nullptr ? typed->first("agency") : "")
        .set("name", typed != nullptr ? typed->first("name") : "");
    const auto ticked = typed != nullptr ? typed->every("member") : std::vector<std::string_view>{};
    for (const access::StaffMember& person : site_.access.staff(visit.who.actor)) {
        if (!person.active) continue;
        Dict& row = dict.section("PEOPLE");
        row.set("staff_id", person.id.str()).set("person", person.name).set("email", person.email);
        row.show("CHECKED", std::ranges::find(ticked, person.id.str()) != ticked.end());
    }
    add_faults(dict, faults);
    return page("staff/team_new", dict, faults.empty() ? 200 : 422);
}

Response StaffPages::make_team(Request& request, const Visit& visit) const {
    const Fields& form = request.form;
    std::vector<StaffId> members;
    for (const std::string_view text : form.every("member")) {
        if (const auto id = StaffId::parse(text)) members.push_back(*id);
    }
    const auto made = site_.access.create_team(visit.who.actor, words_in(form, "agency").expose(),
                                               words_in(form, "name").expose(), members);
    if (made) return Response::redirect("/teams/" + made->str() + "?done=made");
    const std::string& sentence = made.error().message;
    const std::string field = sentence.find("member") != std::string::npos ? "members" : "agency";
    return new_team_page(visit, &form, {{field, sentence}});
}

Response StaffPages::team(Request& request, const Visit& visit) const {
    const auto id = TeamId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    return team_page(visit, *id, {}, said_after(request.query.first("done")));
}

Response StaffPages::team_page(const Visit& visit, const TeamId& id, const Faults& faults,
                               std::string_view done) const {
    const access::Actor& me = visit.who.actor;
    const auto team = site_.access.team(me, id);
    if (!team) return problem(visit, team.error());
    const bool manages = may(me, Permission::team_manage);
    Dict dict = frame(visit, team->name, "/teams");
    dict.set("id", id.str()).set("agency", team->agency).set("team", team->name);
    for (const access::TeamMember& member : team->members) {
        Dict& row = dict.section("MEMBERS");
        row.set("staff_id", member.id.str()).set("person", member.name);
        if (member.state == access::MemberState::waiting)
            row.section("WAITING").show("CAN_LET_IN", may(me, Permission::team_let_in, id));
        row.show("CAN_REMOVE", manages);
    }
    const bool waits =
        std::ranges::any_of(team->members, [](const auto& m) { return m.state == access::MemberState::waiting; });
    dict.show("WAITS_FOR_MEMBER", waits && !me.in_team(id));
    for (const knowledge::ReportKind& kind : site_.pack.contents().report_kinds) {
        const bool receives = std::ranges::find(team->kinds, kind.id) != team->kinds.end();
        if (!manages && !receives) continue;
        Dict& row = dict.section("KINDS");
        row.set("kind_id", kind.id).set("kind", kind.name).set("description", kind.description);
        row.show("RECEIVES", receives).show("DEFAULT", kind.id == site_.pack.route({}).kind);
        row.show(receives ? "CAN_STOP" : "CAN_OPEN", manages);
    }
    dict.show("NO_KINDS", team->kinds.empty() && !manages);
    if (manages) {
        Dict& add = dict.section("CAN_ADD");
        for (const access::StaffMember& person : site_.access.staff(me)) {
            const bool inside = std::ranges::any_of(team->members, [&](const auto& m) { return m.id == person.id; });
            if (person.active && !inside)
                add.section("PEOPLE")
                    .set("staff_id", person.id.str())
                    .set("person", person.name)
                    .set("email", person.email);
        }
    }
    if (!done.empty()) dict.section("DONE").set("said", done);
    add_faults(dict, faults);
    return page("staff/team", dict, faults.empty() ? 200 : 422);
}

Response StaffPages::after_team(const Visit& visit, const TeamId& id, const Status& done, std::string_view said) const {
    if (done) return Response::redirect("/teams/" + id.str() + "?done=" + std::string(said));
    if (!is_about_typing(done.kind())) return problem(visit, done.error());
    return team_page(visit, id, {{"", done.error().message}}, "");
}

Response StaffPages::add_member(Request& request, const Visit& visit) const {
    const auto id = TeamId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    const auto member = StaffId::parse(request.form.first("member"));
    if (!member) return team_page(visit, *id, {{"member", "Choose a person first."}}, "");
    return after_team(visit, *id, site_.access.add_member(visit.who, *id, *member), "added");
}

Response StaffPages::let_in(Request& request, const Visit& visit) const {
    const auto id = TeamId::parse(request.param("id"));
    const auto member = StaffId::parse(request.form.first("member"));
    if (!id || !member) return no_such_page(visit);
    return after_team(visit, *id, site_.access.let_in(visit.who, *id, *member), "let-in");
}

Response StaffPages::remove_member(Request& request, const Visit& visit) const {
    const auto id = TeamId::parse(request.param("id"));
    const auto member = StaffId::parse(request.form.first("member"));
    if (!id || !member) return no_such_page(visit);
    const std::string back = "/teams/" + id->str();
    if (request.form.first("confirmed") != "yes") {
        const auto team = site_.access.team(visit.who.actor, *id);
        if (!team) return problem(visit, team.error());
        const std::string name(name_among(*team, *member));
        return confirm_page(visit, {"Remove " + name + " from " + team->name + "?",
                                    "They can no longer read what the team receives. The team gets a new key, and the "
                                    "other members hand the open reports over to it.",
                                    back + "/remove",
                                    "Yes, remove",
                                    back,
                                    {{"member", member->str()}}});
    }
    const Status removed = site_.access.remove_member(visit.who.actor, *id, *member);
    if (removed && visit.who.actor.in_team(*id) && visit.who.actor.id != *member) {
        if (const auto moved = site_.inbox.hand_over(visit.who); !moved) return problem(visit, moved.error());
    }
    return after_team(visit, *id, removed, "removed");
}

Response StaffPages::open_channel(Request& request, const Visit& visit) const {
    const auto id = TeamId::parse(request.param("id"));
    const std::string kind(request.form.first("kind"));
    if (!id || site_.pack.report_kind(kind) == nullptr) return no_such_page(visit);
    return after_team(visit, *id, site_.access.set_channel(visit.who.actor, kind, *id), "receives");
}

Response StaffPages::close_channel(Request& request, const Visit& visit) const {
    const auto id = TeamId::parse(request.param("id"));
    const std::string kind(request.form.first("kind"));
    if (!id || site_.pack.report_kind(kind) == nullptr) return no_such_page(visit);
    return after_team(visit, *id, site_.access.clear_channel(visit.who.actor, kind), "stopped");
}

// ---- staff

Response StaffPages::staff(Request& request, const Visit& visit) const {
    const auto people = site_.access.staff(visit.who.actor);
    const std::size_t number = page_number(request.query.first("page"));
    const std::size_t first = (number - 1) * people_per_page;
    Dict dict = frame(visit, "Staff", "/staff");
    if (const std::string said = said_after(request.query.first("done")); !said.empty())
        dict.section("DONE").set("said", said);
    for (std::size_t at = first; at < std::min(first + people_per_page, people.size()); ++at) {
        const access::StaffMember& person = people[at];
        Dict& row = dict.section("PEOPLE");
        row.set("staff_id", person.id.str())
            .set("person", person.name)
            .set("email", person.email)
            .show("ENDED", !person.active);
        row.set("roles", names_of(person.roles));
    }
    const auto invitations = site_.access.invitations(visit.who.actor);
    if (!invitations.empty()) {
        Dict& list = dict.section("INVITED");
        for (const access::OpenInvitation& open : invitations) {
            Dict& row = list.section("INVITATIONS");
            row.set("invitation", open.id).set("person", open.invitation.name).set("email", open.invitation.email);
            row.set("roles", names_of(open.invitation.roles));
            row.set("iso", iso8601(open.ends)).set("exact", exact_time(open.ends));
        }
    }
    if (number > 1) dict.section("PREVIOUS_PAGE").set("number", static_cast<std::int64_t>(number - 1));
    if (first + people_per_page < people.size())
        dict.section("NEXT_PAGE").set("number", static_cast<std::int64_t>(number + 1));
    return page("staff/staff", dict);
}

Response StaffPages::new_invitation(Request&, const Visit& visit) const { return invitation_page(visit, nullptr, {}); }

Response StaffPages::invitation_page(const Visit& visit, const Fields* typed, const Faults& faults) const {
    Dict dict = frame(visit, "Invite a colleague", "/staff");
    const std::string_view team = typed != nullptr ? typed->first("team") : "";
    dict.set("name", typed != nullptr ? typed->first("name") : "")
        .set("email", typed != nullptr ? typed->first("email") : "");
    add_roles(dict, typed != nullptr ? roles_in(*typed) : std::set<access::Role>{access::Role::officer});
    for (const access::Team& row : site_.access.teams(visit.who.actor))
        dict.section("TEAMS")
            .set("team_id", row.id.str())
            .set("agency", row.agency)
            .set("team", row.name)
            .show("SELECTED", row.id.str() == team);
    add_faults(dict, faults);
    return page("staff/invite", dict, faults.empty() ? 200 : 422);
}

Response StaffPages::invite(Request& request, const Visit& visit) const {
    const Fields& form = request.form;
    access::Invitation invitation;
    invitation.name = words_in(form, "name").expose();
    invitation.email = words_in(form, "email").expose();
    invitation.roles = roles_in(form);
    invitation.team = TeamId::parse(form.first("team"));
    const auto token = site_.access.invite(visit.who.actor, invitation);
    if (!token) {
        const std::string& sentence = token.error().message;
        return invitation_page(visit, &form, {{std::string(field_in(sentence)), sentence}});
    }
    Dict dict = frame(visit, "Hand over this link", "/staff");
    dict.set("person", invitation.name).set("link", link_to(request, "/join/" + std::string(token->expose())));
    dict.show("TEAM", invitation.team.has_value());
    return page("staff/invited", dict);
}

Response StaffPages::withdraw(Request& request, const Visit& visit) const {
    const Status done = site_.access.withdraw(visit.who.actor, request.form.first("invitation"));
    if (!done) return problem(visit, done.error());
    return Response::redirect("/staff?done=withdrawn");
}

std::optional<access::StaffMember> StaffPages::find_staff(const Visit& visit, const StaffId& id) const {
    for (access::StaffMember& person : site_.access.staff(visit.who.actor)) {
        if (person.id == id) return std::move(person);
    }
    return std::nullopt;
}

Response StaffPages::person(Request& request, const Visit& visit) const {
    const auto id = StaffId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    return person_page(visit, *id, {}, said_after(request.query.first("done")));
}

Response StaffPages::person_page(const Visit& visit, const StaffId& id, const Faults& faults,
                                 std::string_view done) const {
    const auto person = find_staff(visit, id);
    if (!person) return no_such_page(visit);
    Dict dict = frame(visit, person->name, "/staff");
    dict.set("person", person->name).set("email", person->email);
    if (person->active) {
        Dict& active = dict.section("ACTIVE");
        active.set("staff_id", id.str()).show("IS_ME", id == visit.who.actor.id);
        if (id != visit.who.actor.id) active.show("CAN_END");
        add_roles(active, person->roles);
    } else {
        dict.show("ENDED");
    }
    if (!done.empty()) dict.section("DONE").set("said", done);
    add_faults(dict, faults);
    return page("staff/person", dict, faults.empty() ? 200 : 422);
}

Response StaffPages::set_roles(Request& request, const Visit& visit) const {
    const auto id = StaffId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    const Status done = site_.access.set_roles(visit.who.actor, *id, roles_in(request.form));
    if (done) return Response::redirect("/staff/" + id->str() + "?done=roles");
    if (!is_about_typing(done.kind())) return problem(visit, done.error());
    return person_page(visit, *id, {{"roles", done.error().message}}, "");
}

Response StaffPages::end_access(Request& request, const Visit& visit) const {
    const auto id = StaffId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    const std::string back = "/staff/" + id->str();
    if (request.form.first("confirmed") != "yes") {
        const auto person = find_staff(visit, *id);
        if (!person) return no_such_page(visit);
        return confirm_page(
            visit,
            {"End the access of " + person->name + "?",
             "They are signed out at once and cannot sign in again. Their teams get new keys. What they wrote stays.",
             back + "/end",
             "Yes, end access",
             back,
             {}});
    }
    const Status done = site_.access.deactivate(visit.who.actor, *id);
    if (!done) {
        if (!is_about_typing(done.kind())) return problem(visit, done.error());
        return person_page(visit, *id, {{"", done.error().message}}, "");
    }
    if (const auto moved = site_.inbox.hand_over(visit.who); !moved) return problem(visit, moved.error());
    return Response::redirect("/staff?done=ended");
}

}  // namespace tideline::web::pages
