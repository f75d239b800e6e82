#include "assess/checklist.h"

#include <charconv>

#include "base/text.h"

namespace tideline::assess {

using knowledge::Indicator;
using knowledge::PackKind;

std::string_view name_of(ChecklistFor who) {
    switch (who) {
        case ChecklistFor::border: return "border";
        case ChecklistFor::labour_inspection: return "labour-inspection";
        case ChecklistFor::police: return "police";
    }
    return "";
}

std::optional<ChecklistFor> checklist_named(std::string_view name) {
    for (const ChecklistFor who : {ChecklistFor::border, ChecklistFor::labour_inspection, ChecklistFor::police}) {
        if (name_of(who) == name) return who;
    }
    return std::nullopt;
}

std::optional<std::size_t> Checklist::indicator(int number) const {
    for (const ChecklistSection& section : sections) {
        for (const ChecklistItem& item : section.items) {
            if (item.number == number) return item.indicator;
        }
    }
    return std::nullopt;
}

namespace {

/// The plain lists that an officer of that kind can answer by looking and asking.
std::vector<std::string_view> packs_for(ChecklistFor who, Profile profile) {
    const bool sexual = profile == Profile::adult_sexual || profile == Profile::child_sexual;
    std::vector<std::string_view> packs;
    if (who == ChecklistFor::border) packs = {"border"};
    if (who == ChecklistFor::labour_inspection) packs = {"unodc-labour"};
    if (who == ChecklistFor::police) packs = {"unodc-general", sexual ? "unodc-sexual" : "forced-criminality"};
    if (is_child(profile)) packs.push_back("unodc-child");
    return packs;
}

}  // namespace

Checklist make_checklist(const Indicators& indicators, ChecklistFor who, Profile profile, std::string_view language) {
    Checklist page;
    page.name = name_of(who);
    page.edition =
        std::string(name_of(profile)) + ' ' +
        knowledge::content_name(indicators.version() + page.name + std::string(name_of(profile))).substr(0, 8);
    int number = 0;
    const auto section = [&](std::string title, auto wanted) {
        ChecklistSection made{std::move(title), {}};
        for (std::size_t i = 0; i < indicators.all().size(); ++i) {
            const Indicator& indicator = indicators.all()[i];
            if (!indicator.lead_only && wanted(indicator)) made.items.push_back({++number, i, indicator.verified});
        }
        if (!made.items.empty()) page.sections.push_back(std::move(made));
    };
    for (const auto& pack : indicators.packs()) {
        if (pack.kind != PackKind::danger) continue;
        section(pack.title.in(language), [&](const Indicator& one) { return &indicators.pack_of(one) == &pack; });
    }
    for (const std::string_view name : packs_for(who, profile)) {
        for (const auto& pack : indicators.packs()) {
            if (pack.name != name) continue;
            section(pack.title.in(language), [&](const Indicator& one) { return &indicators.pack_of(one) == &pack; });
        }
    }
    for (const auto& dimension : indicators.dimensions()) {
        section(dimension.label.in(language), [&](const Indicator& one) {
            return one.kind == PackKind::graded && one.dimension == dimension.id &&
                   one.strength_for(profile).has_value();
        });
    }
    return page;
}

Result<Answers> read_checklist(const Checklist& checklist, std::string_view edition, std::string_view filled_in) {
    if (edition != checklist.edition) {
        return Error{ErrorKind::invalid, "the page says edition '" + std::string(edition) +
                                             "', but the numbers here are of '" + checklist.edition +
                                             "'; use the page's own edition"};
    }
    Answers answers;
    for (const std::string_view part : text::split(filled_in, ',')) {
        const std::string_view entry = text::trim(part);
        if (entry.empty()) continue;
        int number = 0;
        const auto [end, failure] = std::from_chars(entry.data(), entry.data() + entry.size(), number);
        const std::string_view said = text::trim(entry.substr(static_cast<std::size_t>(end - entry.data())));
        const auto indicator = checklist.indicator(number);
        const auto answer = said == "?" ? std::optional(Answer::unknown) : answer_named(said);
        if (failure != std::errc() || !indicator) {
            return Error{ErrorKind::invalid, "'" + std::string(entry) + "': the page has no such number"};
        }
        if (!answer) {
            return Error{ErrorKind::invalid, "'" + std::string(entry) + "': write yes, no or ? behind the number"};
        }
        answers[*indicator] = *answer;
    }
    return answers;
}

}  // namespace tideline::assess
