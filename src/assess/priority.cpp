#include "assess/priority.h"

#include "knowledge/types.h"

#include <algorithm>
#include <map>

namespace tideline::assess {

using knowledge::Yaml;

std::string_view name_of(Priority priority) {
    switch (priority) {
        case Priority::p1: return "P1";
        case Priority::p2: return "P2";
        case Priority::p3: return "P3";
        case Priority::p4: return "P4";
    }
    return "";
}

std::string ClockLength::text() const {
    const auto counted = [&](std::string_view one) {
        return std::to_string(amount) + ' ' + std::string(one) + (amount == 1 ? "" : "s");
    };
    switch (unit) {
        case Unit::minutes: return counted("minute");
        case Unit::hours: return counted("hour");
        case Unit::working_days: return counted("working day");
        case Unit::same_day: return "the same day";
    }
    return "";
}

namespace {

/// The time limits of the jurisdiction, as far as a report's clock can count them.
using Deadlines = std::map<std::string, std::optional<ClockLength>, std::less<>>;

Deadlines read_deadlines(const DeadlineFile& file) {
    Deadlines deadlines;
    knowledge::Problems unused;  // deadlines.yaml is checked with its pack; here it is only looked things up in
    knowledge::read_yaml(file.path, file.bytes, unused, [&](Yaml top) {
        for (const Yaml& entry : top.list("deadlines")) {
            const std::string id = entry.id("id");
            const int amount = static_cast<int>(entry.integer("amount", 0, 100'000));
            const std::string unit = entry.text("unit");
            auto& length = deadlines[id];
            if (unit == "minutes") length = {amount, ClockLength::Unit::minutes};
            if (unit == "hours") length = {amount, ClockLength::Unit::hours};
            if (unit == "business_days") length = {amount, ClockLength::Unit::working_days};
        }
    });
    return deadlines;
}

/// A length that deadlines.yaml states: the rules only name it.
ClockLength named_clock(const Yaml& value, const DeadlineFile& file, const Deadlines& deadlines) {
    const std::string id = value.as_id();
    if (id.empty()) return {};
    const auto found = deadlines.find(id);
    if (found == deadlines.end()) {
        std::vector<std::string> known;
        for (const auto& [name, length] : deadlines) known.push_back(name);
        const auto meant = knowledge::nearest(id, known);
        value.problem("there is no deadline '" + id + "' in '" + file.path + "'",
                      meant ? "did you mean '" + *meant + "'?"
                            : "add it there, or write the length here, such as '{working_days: 2}'");
        return {};
    }
    if (!found->second) {
        value.problem("the deadline '" + id + "' is not in minutes, hours or business days",
                      "give it one of these units in '" + file.path + "'; a report's clock counts no others");
        return {};
    }
    return *found->second;
}

ClockLength clock(const Yaml& place, std::string_view key, const DeadlineFile& file, const Deadlines& deadlines) {
    ClockLength length;
    const Yaml value = place.at(key);
    if (!value) return length;
    if (!value.is_map()) return named_clock(value, file, deadlines);
    int given = 0;
    const auto unit = [&](std::string_view name, ClockLength::Unit which) {
        if (!value.maybe(name)) return;
        length = {static_cast<int>(value.integer(name, 1, 1000)), which};
        ++given;
    };
    unit("minutes", ClockLength::Unit::minutes);
    unit("hours", ClockLength::Unit::hours);
    unit("working_days", ClockLength::Unit::working_days);
    if (value.maybe_flag("same_day", false)) {
        length = {0, ClockLength::Unit::same_day};
        ++given;
    }
    if (given != 1 && value.is_map()) {
        value.problem("'" + std::string(key) + "' needs exactly one length of time",
                      "write one of 'minutes: 15', 'hours: 4', 'working_days: 2' or 'same_day: true'");
    }
    return length;
}

std::optional<int> limit(const Yaml& place, std::string_view key) {
    if (!place.maybe(key)) return std::nullopt;
    return static_cast<int>(place.integer(key, 0, 10000));
}

Priority priority_class(const Yaml& place) {
    return place.choice<Priority>(
        "class", {{"P1", Priority::p1}, {"P2", Priority::p2}, {"P3", Priority::p3}, {"P4", Priority::p4}});
}

PriorityRule read_rule(const Yaml& entry, const Indicators& indicators) {
    PriorityRule rule;
    rule.id = entry.id("id");
    rule.priority = priority_class(entry);
    const Yaml reason = entry.at("reason");
    for (const auto& [language, text] : reason.as_entries()) rule.reason.by_language[language] = text.as_text();
    if (reason.is_map() && !rule.reason.by_language.contains("en")) {
        reason.problem("the reason has no English text", "add 'en: \"...\"'");
    }
    const Yaml when = entry.at("when");
    int conditions = 0;
    for (const Yaml& member : when.maybe_list("any")) {
        const std::string id = member.as_id();
        ++conditions;
        if (id.empty()) continue;
        if (const auto position = indicators.position(id)) {
            rule.any_yes.push_back(*position);
        } else {
            const auto meant = indicators.nearest_id(id);
            member.problem("there is no indicator '" + id + "'",
                           meant ? "did you mean '" + *meant + "'?" : "use the id of an indicator of some pack");
        }
    }
    rule.child = when.maybe_flag("child", false);
    rule.some_information = when.maybe_flag("some_information", false);
    if (when.maybe("finding")) {
        rule.finding = when.choice<Finding>("finding", {{"indicated", Finding::indicated}});
    }
    rule.departs_within_hours = limit(when, "departs_within_hours");
    rule.visa_expires_within_days = limit(when, "visa_expires_within_days");
    conditions += rule.child + rule.some_information + rule.finding.has_value() +
                  rule.departs_within_hours.has_value() + rule.visa_expires_within_days.has_value();
    if (conditions == 0 && when.is_map()) {
        when.problem("the rule has no condition", "say when it applies, or remove it; P4 is for what no rule names");
    }
    return rule;
}

bool holds(const PriorityRule& rule, const Observations& observations, const Assessment& assessment) {
    const auto yes = [&](std::size_t i) { return observations.is(i, Answer::yes); };
    const auto within = [](std::optional<int> at_most, std::optional<int> left) {
        return !at_most || (left && *left >= 0 && *left <= *at_most);
    };
    return (rule.any_yes.empty() || std::any_of(rule.any_yes.begin(), rule.any_yes.end(), yes)) &&
           (!rule.child || is_child(assessment.profile)) && (!rule.finding || *rule.finding == assessment.finding) &&
           (!rule.some_information || assessment.standard != Standard::none) &&
           within(rule.departs_within_hours, observations.facts.hours_to_departure) &&
           within(rule.visa_expires_within_days, observations.facts.days_to_visa_expiry);
}

}  // namespace

PriorityPack read_priority(std::string_view file, std::string_view bytes, const DeadlineFile& beside,
                           const Indicators& indicators, knowledge::Problems& problems) {
    PriorityPack pack;
    const Deadlines deadlines = read_deadlines(beside);
    const auto length = [&](const Yaml& place, std::string_view key) { return clock(place, key, beside, deadlines); };
    knowledge::read_yaml(file, bytes, problems, [&](Yaml top) {
        pack.version = top.id("version");
        pack.source = top.text("source");
        top.date("date");
        pack.verified = top.flag("verified");
        pack.adult_rule = top.choice<Rule>(
            "adult_rule", {{"adult.palermo", Rule::adult_palermo}, {"adult.strict", Rule::adult_strict}});
        const Yaml acknowledge = top.at("acknowledge");
        if (acknowledge) {
            for (const Priority priority : {Priority::p1, Priority::p2, Priority::p3, Priority::p4}) {
                pack.acknowledge[static_cast<std::size_t>(priority) - 1] = length(acknowledge, name_of(priority));
            }
        }
        pack.open = length(top, "open");
        pack.decide = length(top, "decide");
        pack.redirect_accepted = length(top, "redirect_accepted");
        pack.redirect_child = length(top, "redirect_child");
        for (const Yaml& entry : top.list("rules")) {
            PriorityRule rule = read_rule(entry, indicators);
            const bool twice = std::any_of(pack.rules.begin(), pack.rules.end(),
                                           [&](const PriorityRule& known) { return known.id == rule.id; });
            if (twice && !rule.id.empty()) {
                entry.at("id").problem("there are two rules '" + rule.id + "'", "give one of them another id");
            }
            pack.rules.push_back(std::move(rule));
        }
        for (const Yaml& entry : top.maybe_list("reported")) {
            ReportedRule rule;
            const Yaml fact = entry.at("fact");
            rule.fact = fact.as_id();
            if (!rule.fact.empty() && std::find(knowledge::report_facts.begin(), knowledge::report_facts.end(),
                                                rule.fact) == knowledge::report_facts.end())
                fact.problem("nothing called '" + rule.fact + "' is known of a report before it is opened",
                             "use a fact of routing.yaml, such as 'danger' or 'child'");
            rule.priority = priority_class(entry);
            for (const auto& [language, text] : entry.at("reason").as_entries())
                rule.reason.by_language[language] = text.as_text();
            pack.reported.push_back(std::move(rule));
        }
        pack.unread = top.maybe_choice<Priority>(
            "unread", {{"P1", Priority::p1}, {"P2", Priority::p2}, {"P3", Priority::p3}, {"P4", Priority::p4}},
            Priority::p4);
    });
    return pack;
}

PriorityResult prioritise(const PriorityPack& pack, const Observations& observations, const Assessment& assessment) {
    PriorityResult result;
    for (const PriorityRule& rule : pack.rules) {
        if (!holds(rule, observations, assessment)) continue;
        result.because.push_back(&rule);
        result.priority = std::min(result.priority, rule.priority);
    }
    std::stable_sort(result.because.begin(), result.because.end(),
                     [](const PriorityRule* a, const PriorityRule* b) { return a->priority < b->priority; });
    result.acknowledge = pack.acknowledge[static_cast<std::size_t>(result.priority) - 1];
    return result;
}

}  // namespace tideline::assess
