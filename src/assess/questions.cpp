#include "assess/questions.h"

#include <tuple>

namespace tideline::assess {

using knowledge::Indicator;
using knowledge::PackKind;
using knowledge::Strength;

namespace {

int weight(const Indicator& indicator, Profile profile) {
    const auto strength = indicator.strength_for(profile);
    if (!strength) return 0;
    return 3 - static_cast<int>(*strength);
}

std::string reason(const NextQuestion& question, const Indicator& indicator) {
    if (question.meets_rule) return "A yes would meet the rule: trafficking would be indicated.";
    if (question.fewer_needed > 0) {
        return "A yes would bring the rule nearer by " + std::to_string(question.fewer_needed) +
               (question.fewer_needed == 1 ? " sign." : " signs.");
    }
    if (question.raises_priority) return "A yes would make the report more urgent.";
    return "A yes would add to '" + indicator.label.english() + "'.";
}

}  // namespace

std::optional<NextQuestion> next_question(const Indicators& indicators, const PriorityPack& priorities,
                                          const Observations& observations) {
    const Assessment now = assess(indicators, observations, priorities.adult_rule);
    const Priority priority_now = prioritise(priorities, observations, now).priority;
    std::optional<NextQuestion> best;
    std::tuple<bool, int, bool, bool, int> best_rank{};
    for (std::size_t i = 0; i < indicators.all().size(); ++i) {
        const Indicator& indicator = indicators.all()[i];
        const bool in_list = indicator.kind == PackKind::graded && indicator.strength_for(now.profile);
        const bool act = indicator.kind == PackKind::element && indicator.element == knowledge::Element::act;
        if ((!in_list && !act && indicator.kind != PackKind::danger) || !observations.open(i)) continue;
        Observations tried = observations;
        tried.answers[i] = Answer::yes;
        const Assessment then = assess(indicators, tried, priorities.adult_rule);
        NextQuestion question;
        question.indicator = i;
        question.meets_rule = then.finding == Finding::indicated && now.finding != Finding::indicated;
        question.fewer_needed = now.needed == out_of_reach ? 0 : now.needed - then.needed;
        question.raises_priority = prioritise(priorities, tried, then).priority < priority_now;
        if (!question.meets_rule && question.fewer_needed == 0 && !question.raises_priority) continue;
        const std::tuple rank{question.meets_rule, question.fewer_needed, question.raises_priority,
                              !indicator.sensitive, weight(indicator, now.profile)};
        if (!best || rank > best_rank) {
            question.why = reason(question, indicator);
            best = question;
            best_rank = rank;
        }
    }
    return best;
}

Message as_message(const Indicators& indicators, std::size_t indicator, std::string_view language) {
    const knowledge::Wording& question = indicators.all()[indicator].question;
    const knowledge::Wording& closing = indicators.closing();
    const bool translated = question.has(language);
    const std::string_view closing_language = translated ? language : "en";
    Message message;
    message.text = question.in(language);
    if (const std::string& end = closing.in(closing_language); !end.empty()) message.text += "\n\n" + end;
    if (!translated) message.text += "\n\nThis question has not been translated into your language yet.";
    message.draft = question.is_draft(language) || closing.is_draft(closing_language);
    return message;
}

}  // namespace tideline::assess
