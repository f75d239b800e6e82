#include <fmt/format.h>

#include "knowledge/detail/readers.h"

namespace tideline::knowledge::detail {

namespace {

/// The words of a list, each of which must be among `known`.
std::vector<std::string> read_words(const Yaml& list, std::span<const std::string_view> known, std::string_view what) {
    const std::vector<std::string> words(known.begin(), known.end());
    std::vector<std::string> out;
    for (const Yaml& member : list.as_list()) {
        std::string word = member.as_text();
        if (!word.empty() && std::ranges::find(words, word) == words.end()) {
            const auto near = nearest(word, words);
            std::string all;
            for (const std::string& one : words) all += (all.empty() ? "" : ", ") + one;
            member.problem(fmt::format("'{}' is not a {}", word, what),
                           near ? fmt::format("did you mean '{}'?", *near) : fmt::format("choose from {}", all));
        }
        out.push_back(std::move(word));
    }
    return out;
}

void check_rules(const std::vector<RoutingRule>& rules, const Yaml& list) {
    if (rules.empty() || !rules.back().when.empty()) {
        list.problem("the last routing rule is not a default", "end the list with a rule that has no 'when'");
        return;
    }
    const auto early = std::ranges::find_if(rules, [](const RoutingRule& rule) { return rule.when.empty(); });
    if (early + 1 != rules.end()) {
        list.problem(fmt::format("the rule '{}' has no 'when', so the rules after it are never reached", early->id),
                     "move it to the end");
    }
}

}  // namespace

void read_routing(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("kinds")) {
        ReportKind out;
        out.id = reading.references.declare("report kind", entry);
        out.name = read_public_text(entry.at("name"), reading.references);
        out.description = entry.text("description");
        out.agency = reading.references.use("agency", entry.maybe("agency"));
        out.provenance = read_provenance(entry, file);
        reading.contents.report_kinds.push_back(std::move(out));
    }
    const Yaml rules = file.at("rules");
    for (const Yaml& entry : rules.as_list()) {
        RoutingRule out;
        out.id = reading.references.declare("routing rule", entry);
        out.when = read_words(entry.maybe("when"), report_facts, "fact that is known of a report");
        out.kind = reading.references.use("report kind", entry.at("kind"));
        out.reason = entry.text("reason");
        reading.contents.routing_rules.push_back(std::move(out));
    }
    if (rules) check_rules(reading.contents.routing_rules, rules);
}

void read_retention(Yaml file, Reading reading) {
    const Yaml deletion = file.at("deletion");
    std::vector<std::string> covered;
    for (const Yaml& entry : deletion.as_list()) {
        DeletionRule out;
        out.id = reading.references.declare("deletion rule", entry);
        out.states = read_words(entry.at("states"), report_states, "state of a report");
        covered.insert(covered.end(), out.states.begin(), out.states.end());
        out.answer = entry.choice<DeletionAnswer>("answer", {{"at_once", DeletionAnswer::at_once},
                                                             {"by_officer", DeletionAnswer::by_officer},
                                                             {"refused", DeletionAnswer::refused}});
        out.text = read_public_text(entry.at("text"), reading.references);
        out.provenance = read_provenance(entry, file);
        reading.contents.deletion_rules.push_back(std::move(out));
    }
    for (const std::string_view state : report_states) {
        if (deletion && std::ranges::find(covered, state) == covered.end()) {
            deletion.problem(fmt::format("no deletion rule covers the state '{}'", state), "add it to a rule's states");
        }
    }
    for (const Yaml& entry : file.list("retention")) {
        RetentionRule out;
        out.id = reading.references.declare("retention rule", entry);
        out.applies_to = entry.id("applies_to");
        out.name = entry.text("name");
        if (const Yaml days = entry.maybe("keep_days"))
            out.keep_days = static_cast<int>(days.as_integer(0, 100'000, 0));
        out.after = entry.text("after");
        out.provenance = read_provenance(entry, file);
        reading.contents.retention_rules.push_back(std::move(out));
    }
}

void read_messages(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("messages")) {
        StatusMessage out;
        out.id = reading.references.declare("message", entry);
        out.text = read_public_text(entry.at("text"), reading.references);
        reading.contents.status_messages.push_back(std::move(out));
    }
}

}  // namespace tideline::knowledge::detail
