#pragma once
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"

/// Who may do what. One table, to be read by a lawyer; who *can* read is decided by keys (see vault).
namespace tideline::access {

enum class Role { administrator, officer, hotline, supervisor };
std::string_view name_of(Role role);
std::optional<Role> role_named(std::string_view name);
std::span<const Role> all_roles();

enum class Permission {
    report_list,
    report_open,
    report_reply,
    report_note,
    report_state,
    report_copy,
    report_original,
    report_enter,
    quarantine_decide,
    assessment_write,
    assessment_review,
    supervise,
    team_let_in,
    team_manage,
    staff_manage,
};

/// Who acts: a member who is signed in.
struct Actor {
    StaffId id;
    std::set<Role> roles;
    std::vector<TeamId> teams;  ///< in which they are active

    bool in_team(const TeamId& team) const;
};

/// One row: the permission, the roles that have it, and whether it reaches only to what their own teams received.
struct PolicyRow {
    Permission permission;
    std::string_view name;
    std::string_view in_words;
    std::vector<Role> roles;
    bool own_team_only;
};
std::span<const PolicyRow> policy();
std::string_view name_of(Permission permission);

/// Whether the actor has the permission at all (for menus and lists that filter by team themselves).
bool may(const Actor& actor, Permission permission);
/// Whether the actor may do it to something that this team holds.
bool may(const Actor& actor, Permission permission, const TeamId& team);

}  // namespace tideline::access
