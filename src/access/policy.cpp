#include "access/policy.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

namespace tideline::access {

namespace {
constexpr std::array<Role, 4> roles{Role::administrator, Role::officer, Role::hotline, Role::supervisor};
}

std::string_view name_of(Role role) {
    switch (role) {
        case Role::administrator: return "administrator";
        case Role::officer: return "officer";
        case Role::hotline: return "hotline";
        case Role::supervisor: return "supervisor";
    }
    return "";
}

std::optional<Role> role_named(std::string_view name) {
    for (const Role role : roles) {
        if (name_of(role) == name) return role;
    }
    return std::nullopt;
}

std::span<const Role> all_roles() { return roles; }

std::span<const PolicyRow> policy() {
    using enum Permission;
    using enum Role;
    static const std::vector<PolicyRow> rows{
        {report_list, "report.list", "see the list of reports that their team received", {officer, supervisor}, true},
        {report_open, "report.open", "open a report that their team received", {officer, supervisor}, true},
        {report_reply, "report.reply", "write to the reporter", {officer, supervisor}, true},
        {report_note, "report.note", "write a note for colleagues", {officer, supervisor}, true},
        {report_state, "report.state", "mark a report as being worked on or closed", {officer, supervisor}, true},
        {report_copy,
         "report.copy",
         "download a copy of a file without its hidden details",
         {officer, supervisor},
         true},
        {report_original,
         "report.original",
         "download a file as it was sent, giving a reason",
         {officer, supervisor},
         true},
        {report_enter, "report.enter", "enter a report for a caller", {officer, hotline, supervisor}, false},
        {quarantine_decide,
         "quarantine.decide",
         "release or discard reports held back in a flood",
         {officer, supervisor},
         true},
        {assessment_write, "assessment.write", "assess a report", {officer, supervisor}, true},
        {assessment_review,
         "assessment.review",
         "confirm or refuse a colleague's decision",
         {officer, supervisor},
         true},
        {supervise, "supervise", "see how long reports wait and how assessors agree", {supervisor}, true},
        {team_let_in,
         "team.let_in",
         "let a named colleague into their own team",
         {administrator, officer, hotline, supervisor},
         true},
        {team_manage,
         "team.manage",
         "make teams, name members, choose which team receives which reports",
         {administrator},
         false},
        {staff_manage, "staff.manage", "invite staff, change roles, end access", {administrator}, false},
    };
    return rows;
}

namespace {
const PolicyRow& row_of(Permission permission) {
    for (const PolicyRow& row : policy()) {
        if (row.permission == permission) return row;
    }
    throw std::logic_error("a permission without a row in the policy");
}
}  // namespace

std::string_view name_of(Permission permission) { return row_of(permission).name; }

bool Actor::in_team(const TeamId& team) const { return std::find(teams.begin(), teams.end(), team) != teams.end(); }

bool may(const Actor& actor, Permission permission) {
    const PolicyRow& row = row_of(permission);
    return std::any_of(row.roles.begin(), row.roles.end(), [&](Role role) { return actor.roles.contains(role); });
}

bool may(const Actor& actor, Permission permission, const TeamId& team) {
    return may(actor, permission) && (!row_of(permission).own_team_only || actor.in_team(team));
}

}  // namespace tideline::access
