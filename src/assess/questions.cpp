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

/// The end of every message. Other languages than English are drafts: no speaker of the language has checked them yet.
const knowledge::Wording& closing() {
    static const knowledge::Wording words{{
        {"en",
         "You do not have to answer, and you can answer only a part. If you are writing about somebody else, answer as "
         "far as you know, and only if it is safe for both of you."},
        {"es",
         "No tiene que responder, y puede responder solo una parte. Si escribe sobre otra persona, responda hasta "
         "donde "
         "sepa, y solo si es seguro para ambas personas."},
        {"zh",
         "您不必回答，也可以只回答一部分。如果您写的是别人的事，请就您所知回答，并且只在对你们双方都安全时回答。"},
        {"vi",
         "Bạn không bắt buộc phải trả lời, và có thể chỉ trả lời một phần. Nếu bạn viết về người khác, hãy trả lời "
         "những "
         "gì bạn biết, và chỉ khi an toàn cho cả hai."},
        {"tl",
         "Hindi mo kailangang sumagot, at puwedeng bahagi lang ang sagutin mo. Kung tungkol sa ibang tao ang "
         "isinusulat "
         "mo, sagutin lang ang alam mo, at kung ligtas lang para sa inyong dalawa."},
    }};
    return words;
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

std::string as_message(const Indicators& indicators, std::size_t indicator, std::string_view language) {
    const knowledge::Wording& question = indicators.all()[indicator].question;
    const std::string base(language.substr(0, language.find('-')));
    const bool translated = question.by_language.contains(language) || question.by_language.contains(base);
    std::string message = question.in(language) + "\n\n" + closing().in(translated ? language : "en");
    if (!translated) message += "\n\nThis question has not been translated into your language yet.";
    return message;
}

}  // namespace tideline::assess
