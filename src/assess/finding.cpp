#include "assess/finding.h"

#include <algorithm>

namespace tideline::assess {

using knowledge::Element;
using knowledge::Indicator;
using knowledge::PackKind;
using knowledge::Strength;

std::string_view name_of(Finding finding) {
    switch (finding) {
        case Finding::indicated: return "indicated";
        case Finding::not_indicated: return "not_indicated_on_current_information";
        case Finding::insufficient_information: return "insufficient_information";
    }
    return "";
}

std::string_view words_for(Finding finding) {
    switch (finding) {
        case Finding::indicated: return "indicated";
        case Finding::not_indicated: return "not indicated on current information";
        case Finding::insufficient_information: return "insufficient information";
    }
    return "";
}

std::string_view name_of(Standard standard) {
    switch (standard) {
        case Standard::none: return "none";
        case Standard::some_information: return "some_information";
        case Standard::reasonable_grounds: return "reasonable_grounds";
    }
    return "";
}

std::string_view name_of(Rule rule) {
    switch (rule) {
        case Rule::adult_palermo: return "adult.palermo";
        case Rule::adult_strict: return "adult.strict";
        case Rule::child_palermo: return "child.palermo";
    }
    return "";
}

bool is_positive(Counts counts) {
    return (counts.strong >= 1 && counts.all() >= 2) || (counts.medium >= 2 && counts.medium + counts.weak >= 3);
}

int further_needed(Counts yes, Counts open) {
    // Three further answers always suffice if any number does: three medium, or fewer with a strong one.
    int fewest = out_of_reach;
    for (int s = 0; s <= std::min(open.strong, 3); ++s) {
        for (int m = 0; m <= std::min(open.medium, 3); ++m) {
            for (int w = 0; w <= std::min(open.weak, 3); ++w) {
                if (is_positive({yes.strong + s, yes.medium + m, yes.weak + w})) fewest = std::min(fewest, s + m + w);
            }
        }
    }
    return fewest;
}

const DimensionResult* Assessment::dimension(std::string_view id) const {
    const auto found =
        std::find_if(dimensions.begin(), dimensions.end(), [&](const DimensionResult& one) { return one.id == id; });
    return found == dimensions.end() ? nullptr : &*found;
}

namespace {

Profile child_of(Profile profile) {
    if (profile == Profile::adult_labour) return Profile::child_labour;
    if (profile == Profile::adult_sexual) return Profile::child_sexual;
    return profile;
}

void count(Counts& counts, Strength strength) {
    if (strength == Strength::strong) ++counts.strong;
    if (strength == Strength::medium) ++counts.medium;
    if (strength == Strength::weak) ++counts.weak;
}

void count_dimensions(const Indicators& indicators, const Observations& observations, Assessment& result) {
    for (const auto& dimension : indicators.dimensions())
        result.dimensions.push_back({dimension.id, {}, {}, false, 0, {}});
    for (std::size_t i = 0; i < indicators.all().size(); ++i) {
        const Indicator& indicator = indicators.all()[i];
        if (indicator.kind != PackKind::graded) continue;
        const bool yes = observations.is(i, Answer::yes);
        const auto strength = indicator.strength_for(result.profile);
        if (!strength) {
            if (yes) result.not_in_profile.push_back(i);
            continue;
        }
        for (DimensionResult& dimension : result.dimensions) {
            if (dimension.id != indicator.dimension) continue;
            if (yes) {
                count(dimension.yes, *strength);
                dimension.because.push_back(i);
            } else if (observations.open(i)) {
                count(dimension.open, *strength);
            }
        }
    }
    for (DimensionResult& dimension : result.dimensions) {
        dimension.positive = is_positive(dimension.yes);
        dimension.needed = further_needed(dimension.yes, dimension.open);
    }
}

void add(std::vector<std::size_t>& to, const std::vector<std::size_t>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

/// Act, means and purpose from the dimensions and from what the element pack was answered.
void derive_elements(const Indicators& indicators, const Observations& observations, Assessment& result) {
    int means_needed = out_of_reach;
    int purpose_needed = out_of_reach;
    for (std::size_t d = 0; d < result.dimensions.size(); ++d) {
        const DimensionResult& found = result.dimensions[d];
        const auto& dimension = indicators.dimensions()[d];
        ElementResult& element = dimension.element == Element::purpose ? result.purpose : result.means;
        int& needed = dimension.element == Element::purpose ? purpose_needed : means_needed;
        needed = std::min(needed, found.needed);
        if (found.positive) {
            element.established = true;
            add(element.because, found.because);
        }
        // Whoever was deceived or coerced into coming was recruited; whoever is coerced at destination is harboured
        // or was received. Being taken on for exploitative work is receipt, once exploitation is established.
        if (dimension.element == Element::purpose ? found.positive : !found.because.empty()) {
            add(result.act.because, found.because);
        }
    }
    for (std::size_t i = 0; i < indicators.all().size(); ++i) {
        const Indicator& indicator = indicators.all()[i];
        if (indicator.kind != PackKind::element || !observations.is(i, Answer::yes)) continue;
        (indicator.element == Element::act ? result.act : result.purpose).because.push_back(i);
        if (indicator.element == Element::purpose) result.purpose.established = true;
    }
    result.act.established = !result.act.because.empty();
    result.means.excluded = means_needed == out_of_reach;
    result.purpose.excluded = !result.purpose.established && purpose_needed == out_of_reach;
}

int sum(int a, int b) { return a >= out_of_reach || b >= out_of_reach ? out_of_reach : a + b; }

int needed_in(const Assessment& result, std::initializer_list<std::string_view> any_of) {
    int fewest = out_of_reach;
    for (const std::string_view id : any_of) {
        if (const DimensionResult* dimension = result.dimension(id)) fewest = std::min(fewest, dimension->needed);
    }
    return fewest;
}

/// The fewest further "yes" until the rule is met.
int further_needed(const Indicators& indicators, const Assessment& result) {
    int means = out_of_reach;
    int purpose = out_of_reach;
    for (std::size_t d = 0; d < result.dimensions.size(); ++d) {
        int& fewest = indicators.dimensions()[d].element == Element::purpose ? purpose : means;
        fewest = std::min(fewest, result.dimensions[d].needed);
    }
    switch (result.rule) {
        case Rule::adult_palermo: return sum(result.purpose.established ? 0 : purpose, means);
        case Rule::adult_strict:
            return sum(needed_in(result, {"dr", "cr"}), sum(needed_in(result, {"ex"}), needed_in(result, {"cd"})));
        case Rule::child_palermo:
            // A stated purpose leaves the act to be shown; exploitation shows it by itself.
            if (result.purpose.established) return result.act.established ? 0 : 1;
            return purpose;
    }
    return out_of_reach;
}

/// The example that was published with the lists (survey of returned migrants), where everything was asked: a class
/// that rests on a dimension being negative is named only if that dimension cannot become positive any more.
std::string survey_class(const Assessment& result) {
    const auto needed = [&](std::string_view id) {
        const DimensionResult* dimension = result.dimension(id);
        return dimension == nullptr ? out_of_reach : dimension->needed;
    };
    const bool exploited = needed("ex") == 0, deceived = needed("dr") == 0;
    if (exploited && needed("cd") == 0 && (deceived || needed("cr") == 0))
        return "victim of trafficking for forced labour";
    if (!exploited || needed("cd") != out_of_reach) return "";
    if (deceived) return "victim of deception and exploitation";
    return needed("dr") == out_of_reach && needed("cr") == out_of_reach ? "exploited migrant" : "";
}

bool shows_compelled_offending(const Indicator& indicator) {
    return indicator.id.starts_with("fcr.") || indicator.id == "ilo.cd.illicit";
}

}  // namespace

Assessment assess(const Indicators& indicators, const Observations& observations, Rule adult_rule, int majority) {
    Assessment result;
    const bool young =
        observations.facts.age_disputed || (observations.facts.age && *observations.facts.age < majority);
    result.presumed_child = young && !is_child(observations.profile);
    result.profile = young ? child_of(observations.profile) : observations.profile;
    result.rule = is_child(result.profile) ? Rule::child_palermo : adult_rule;
    count_dimensions(indicators, observations, result);
    derive_elements(indicators, observations, result);
    result.needed = further_needed(indicators, result);

    bool any_yes = false;
    for (const auto& [i, answer] : observations.answers) {
        if (answer != Answer::yes) continue;
        const Indicator& indicator = indicators.all()[i];
        any_yes = any_yes || !indicator.lead_only;
        if (!indicator.verified) result.unverified.push_back(i);
        if (shows_compelled_offending(indicator)) result.nonpunishment_review = true;
    }
    if (result.needed == 0) {
        result.finding = Finding::indicated;
    } else if (result.needed == out_of_reach) {
        result.finding = Finding::not_indicated;
    }
    result.standard = result.finding == Finding::indicated ? Standard::reasonable_grounds
                      : any_yes                            ? Standard::some_information
                                                           : Standard::none;
    const DimensionResult* exploitation = result.dimension("ex");
    const bool hint_of_purpose = exploitation != nullptr && !exploitation->because.empty();
    result.labour_exploitation =
        result.finding != Finding::indicated && exploitation != nullptr && exploitation->positive;
    result.child_at_risk = result.rule == Rule::child_palermo && result.act.established &&
                           (hint_of_purpose || result.purpose.established) &&
                           !(exploitation != nullptr && exploitation->positive);
    result.survey_class = survey_class(result);
    for (const auto& pack : indicators.packs()) {
        if (pack.kind == PackKind::graded) {
            result.profile_verified = pack.profile_verified[static_cast<std::size_t>(result.profile)];
        }
    }
    return result;
}

namespace {

std::string labels(const Indicators& indicators, const std::vector<std::size_t>& which) {
    std::string all;
    for (const std::size_t i : which) all += (all.empty() ? "" : "; ") + indicators.all()[i].label.english();
    return all;
}

std::string counted(Counts counts) {
    std::string all;
    const auto one = [&](int number, std::string_view what) {
        if (number > 0) all += (all.empty() ? "" : " and ") + std::to_string(number) + ' ' + std::string(what);
    };
    one(counts.strong, "strong");
    one(counts.medium, "medium");
    one(counts.weak, "weak");
    return all;
}

std::string more_signs(int number) { return std::to_string(number) + (number == 1 ? " more sign" : " more signs"); }

}  // namespace

std::string Explanation::text() const {
    std::string all;
    for (const auto* part : {&established, &missing, &notes}) {
        for (const std::string& sentence : *part) all += (all.empty() ? "" : "\n") + sentence;
    }
    return all;
}

Explanation explain(const Indicators& indicators, const Assessment& assessment) {
    Explanation explanation;
    for (std::size_t d = 0; d < assessment.dimensions.size(); ++d) {
        const DimensionResult& found = assessment.dimensions[d];
        const std::string& label = indicators.dimensions()[d].label.english();
        if (found.positive) {
            explanation.established.push_back(label + ": positive with " + counted(found.yes) + " (" +
                                              labels(indicators, found.because) + ").");
        } else if (!found.because.empty()) {
            explanation.missing.push_back(
                label + ": not positive with " + counted(found.yes) + " (" + labels(indicators, found.because) + ")" +
                (found.needed >= out_of_reach ? ", and what is open cannot change that."
                                              : "; " + more_signs(found.needed) + " would make it positive."));
        }
    }
    const auto element = [&](std::string_view name, const ElementResult& result, bool required) {
        if (result.established) {
            explanation.established.push_back(std::string(name) + ": established.");
        } else if (!required) {
            explanation.notes.push_back(std::string(name) + ": not established, and not required for a child.");
        } else {
            explanation.missing.push_back(std::string(name) + (result.excluded
                                                                   ? ": answered in the negative as far as asked."
                                                                   : ": not established yet."));
        }
    };
    element("Act", assessment.act, true);
    element("Means", assessment.means, assessment.rule != Rule::child_palermo);
    element("Purpose", assessment.purpose, true);

    auto& notes = explanation.notes;
    if (assessment.finding == Finding::insufficient_information) {
        notes.push_back("What is unknown is never counted as a no: at least " + more_signs(assessment.needed) +
                        " would meet the rule.");
    }
    if (assessment.presumed_child) notes.push_back("The age is under the limit or in dispute: presumed a child.");
    if (assessment.labour_exploitation) {
        notes.push_back("Exploitation without the other elements: offer the labour-rights pathway now.");
    }
    if (assessment.child_at_risk) notes.push_back("A child at risk: refer for protection now, whatever the finding.");
    if (assessment.nonpunishment_review) {
        notes.push_back("There are signs of compelled offending: have the non-punishment principle reviewed.");
    }
    if (!assessment.not_in_profile.empty()) {
        notes.push_back("Not counted, because the list for this profile does not have it: " +
                        labels(indicators, assessment.not_in_profile) + ".");
    }
    if (!assessment.profile_verified) {
        notes.push_back("The list of the profile " + std::string(name_of(assessment.profile)) +
                        " has not been verified against its official source.");
    }
    return explanation;
}

}  // namespace tideline::assess
