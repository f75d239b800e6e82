#include "assess/observation.h"

#include "base/text.h"

namespace tideline::assess {

std::string_view name_of(Answer answer) {
    switch (answer) {
        case Answer::yes: return "yes";
        case Answer::no: return "no";
        case Answer::unknown: return "unknown";
        case Answer::not_asked: return "not_asked";
        case Answer::declined: return "declined";
    }
    return "";
}

std::optional<Answer> answer_named(std::string_view name) {
    std::string plain = text::ascii_lower(name);
    for (char& c : plain) {
        if (c == '-' || c == ' ') c = '_';
    }
    if (plain == "true") return Answer::yes;
    if (plain == "false") return Answer::no;
    for (const Answer answer : {Answer::yes, Answer::no, Answer::unknown, Answer::not_asked, Answer::declined}) {
        if (name_of(answer) == plain) return answer;
    }
    return std::nullopt;
}

namespace {

std::optional<int> whole_number(const knowledge::Yaml& place, std::string_view key, long least, long most) {
    if (!place.maybe(key)) return std::nullopt;
    return static_cast<int>(place.integer(key, least, most));
}

void read_facts(const knowledge::Yaml& place, Facts& facts) {
    facts.age = whole_number(place, "age", 0, 130);
    facts.age_disputed = place.maybe_flag("age_disputed", false);
    facts.hours_to_departure = whole_number(place, "hours_to_departure", -100000, 100000);
    facts.days_to_visa_expiry = whole_number(place, "days_to_visa_expiry", -100000, 100000);
}

void read_answer(const std::string& id, const knowledge::Yaml& value, const Indicators& indicators, Answers& answers) {
    const auto position = indicators.position(id);
    if (!position) {
        const auto meant = indicators.nearest_id(id);
        value.problem("there is no indicator '" + id + "'",
                      meant ? "did you mean '" + *meant + "'?"
                            : "use an id of the indicator packs, such as 'ilo.dr.nature_of_job'");
        return;
    }
    const std::string said = value.is_map() ? value.text("value") : value.as_text();
    if (value.is_map()) {
        value.maybe_text("basis");
        value.maybe_text("note");
        value.maybe_integer("sentence", 1, 1000000, 1);
    }
    const auto answer = answer_named(said);
    if (!answer) {
        if (!said.empty()) {
            value.problem("'" + said + "' is not an answer", "write yes, no, unknown, not_asked or declined");
        }
        return;
    }
    const auto [at, fresh] = answers.emplace(*position, *answer);
    if (!fresh && at->second != *answer) {
        value.problem("'" + id + "' is answered twice, with different answers",
                      "keep one; an id and its alias are the same indicator");
    }
}

}  // namespace

Result<Observations> read_observations(std::string_view file, std::string_view bytes, const Indicators& indicators) {
    Observations observations;
    knowledge::Problems problems;
    knowledge::read_yaml(file, bytes, problems, [&](knowledge::Yaml top) {
        std::string name = text::ascii_lower(top.text("profile"));
        for (char& c : name) {
            if (c == '_' || c == ' ') c = '-';
        }
        if (const auto profile = knowledge::profile_named(name)) {
            observations.profile = *profile;
        } else if (!name.empty()) {
            top.at("profile").problem("there is no profile '" + name + "'",
                                      "use adult-labour, adult-sexual, child-labour or child-sexual");
        }
        for (const auto& [id, value] : top.maybe_entries("observations")) {
            read_answer(id, value, indicators, observations.answers);
        }
        if (const knowledge::Yaml facts = top.maybe("facts")) read_facts(facts, observations.facts);
        for (const std::string_view key : {"id", "title", "note", "language", "text"}) top.maybe(key);
    });
    if (!problems.empty()) return problems.error();
    return observations;
}

}  // namespace tideline::assess
