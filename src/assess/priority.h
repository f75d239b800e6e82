#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "assess/finding.h"

/// How soon somebody has to act, by the rules of the jurisdiction's `priority.yaml`: a class, and why, in words.
namespace tideline::assess {

enum class Priority { p1 = 1, p2, p3, p4 };
/// "P1" to "P4".
std::string_view name_of(Priority priority);

/// A length of time in the unit that the rule is written in. Working days and same-day need a business calendar.
struct ClockLength {
    enum class Unit { minutes, hours, working_days, same_day };
    int amount = 0;
    Unit unit = Unit::minutes;

    /// "15 minutes", "2 working days", "the same day".
    std::string text() const;
};

/// One rule: applies when all of its conditions hold.
struct PriorityRule {
    std::string id;
    Priority priority = Priority::p4;
    std::vector<std::size_t> any_yes;  ///< at least one of these answered "yes"; none listed: no condition
    bool child = false;                ///< a child's profile, or presumed a child
    std::optional<Finding> finding;
    bool some_information = false;  ///< at least one "yes" of any list that is more than a lead
    std::optional<int> departs_within_hours;
    std::optional<int> visa_expires_within_days;
    knowledge::Wording reason;
};

/// One fact that is known before a report is opened (a word of knowledge::report_facts), and the class that it gives.
struct ReportedRule {
    std::string fact;
    Priority priority = Priority::p4;
    knowledge::Wording reason;
};

struct PriorityPack {
    std::string version;
    std::string source;
    bool verified = false;
    Rule adult_rule = Rule::adult_palermo;
    std::array<ClockLength, 4> acknowledge;  ///< a person has looked at it: by Priority
    ClockLength open, redirect_accepted, redirect_child, decide;
    std::vector<PriorityRule> rules;
    std::vector<ReportedRule> reported;  ///< before anybody assessed: what the reporter ticked
    Priority unread = Priority::p4;      ///< before anybody assessed: everything else
};

/// The jurisdiction's `deadlines.yaml`, which stands beside its `priority.yaml` and holds the lengths that it names.
struct DeadlineFile {
    std::string path;
    std::string_view bytes;  ///< empty where the jurisdiction has none
};

/// Reads `priority.yaml`. Adds what is wrong to `problems`. What is wrong with the deadlines themselves is for the
/// check of the jurisdiction's pack.
PriorityPack read_priority(std::string_view file, std::string_view bytes, const DeadlineFile& deadlines,
                           const Indicators& indicators, knowledge::Problems& problems);

struct PriorityResult {
    Priority priority = Priority::p4;
    std::vector<const PriorityRule*> because;  ///< rules that apply, most urgent first
    ClockLength acknowledge;
};

/// The most urgent class of the rules that apply; P4 if none does. A further "yes" never makes it less urgent.
PriorityResult prioritise(const PriorityPack& pack, const Observations& observations, const Assessment& assessment);

}  // namespace tideline::assess
