#include <set>

#include "access/policy.h"
#include "base/text.h"

namespace tideline::access {
namespace {

Actor actor(Role role, std::vector<TeamId> teams = {}) {
    return {StaffId::stored(std::string(32, '1')), {role}, std::move(teams)};
}
const TeamId ours = TeamId::stored(std::string(32, 'a'));
const TeamId theirs = TeamId::stored(std::string(32, 'b'));

TEST(policy, every_permission_has_one_row_with_a_name_a_sentence_and_somebody_who_has_it) {
    std::set<Permission> seen;
    std::set<std::string_view> names;
    for (const PolicyRow& row : policy()) {
        EXPECT_TRUE(seen.insert(row.permission).second) << row.name;
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_FALSE(row.in_words.empty()) << row.name;
        EXPECT_FALSE(row.roles.empty()) << row.name;
        EXPECT_EQ(name_of(row.permission), row.name);
    }
    for (int i = 0; i <= static_cast<int>(Permission::staff_manage); ++i)
        EXPECT_TRUE(seen.contains(static_cast<Permission>(i))) << i;
}

TEST(policy, whatever_touches_a_report_reaches_only_to_the_own_team) {
    for (const PolicyRow& row : policy()) {
        const bool needs_a_report = row.name.starts_with("report.") && row.permission != Permission::report_enter;
        const bool touches =
            needs_a_report || row.name.starts_with("quarantine.") || row.name.starts_with("assessment.");
        EXPECT_TRUE(row.own_team_only || !touches) << row.name;
    }
    EXPECT_TRUE(may(actor(Role::officer, {ours}), Permission::report_open, ours));
    EXPECT_FALSE(may(actor(Role::officer, {ours}), Permission::report_open, theirs));
    EXPECT_FALSE(may(actor(Role::officer), Permission::report_open, ours));
}

TEST(policy, an_administrator_may_touch_no_report_even_in_a_team) {
    for (const PolicyRow& row : policy()) {
        if (!row.name.starts_with("report.") && !row.name.starts_with("quarantine.") &&
            !row.name.starts_with("assessment."))
            continue;
        EXPECT_FALSE(may(actor(Role::administrator, {ours}), row.permission, ours)) << row.name;
    }
    EXPECT_TRUE(may(actor(Role::administrator), Permission::staff_manage));
}

TEST(policy, only_administrators_manage_staff_and_teams) {
    for (const Role role : all_roles()) {
        EXPECT_EQ(may(actor(role, {ours}), Permission::staff_manage), role == Role::administrator) << name_of(role);
        EXPECT_EQ(may(actor(role, {ours}), Permission::team_manage, theirs), role == Role::administrator)
            << name_of(role);
    }
}

TEST(policy, hotline_staff_enter_reports_and_read_none) {
    EXPECT_TRUE(may(actor(Role::hotline), Permission::report_enter));
    for (const Permission reading :
         {Permission::report_list, Permission::report_open, Permission::report_copy, Permission::report_original})
        EXPECT_FALSE(may(actor(Role::hotline, {ours}), reading, ours));
}

TEST(policy, nobody_without_a_role_may_do_anything) {
    const Actor nobody{StaffId::stored(std::string(32, '1')), {}, {ours}};
    for (const PolicyRow& row : policy()) EXPECT_FALSE(may(nobody, row.permission, ours)) << row.name;
}

TEST(policy, roles_are_read_back_by_their_names) {
    for (const Role role : all_roles()) EXPECT_EQ(role_named(name_of(role)), role);
    EXPECT_FALSE(role_named("root"));
    EXPECT_FALSE(role_named(""));
}

}  // namespace
}  // namespace tideline::access
