#include "assess/finding.h"

#include <algorithm>
#include <array>
#include <random>

#include "assess/support.h"

namespace tideline::assess {
namespace {

/// Rule (a) as it is printed: the smallest combinations that make a dimension positive, as strong, medium, weak.
/// Anything that contains one of them is positive, nothing else is.
constexpr std::array<std::array<int, 3>, 5> smallest_positive = {{
    {2, 0, 0},  // two strong
    {1, 1, 0},  // one strong and one medium
    {1, 0, 1},  // or weak
    {0, 3, 0},  // three medium
    {0, 2, 1},  // two medium and one weak
}};

bool positive_by_the_text(int strong, int medium, int weak) {
    return std::any_of(smallest_positive.begin(), smallest_positive.end(), [&](const std::array<int, 3>& least) {
        return strong >= least[0] && medium >= least[1] && weak >= least[2];
    });
}

struct Case {
    const char* what;
    Counts yes;
    bool positive;
};

constexpr Case boundary[] = {
    {"nothing", {0, 0, 0}, false},
    {"one strong alone", {1, 0, 0}, false},
    {"two strong", {2, 0, 0}, true},
    {"one strong and one medium", {1, 1, 0}, true},
    {"one strong and one weak", {1, 0, 1}, true},
    {"one medium alone", {0, 1, 0}, false},
    {"two medium", {0, 2, 0}, false},
    {"three medium", {0, 3, 0}, true},
    {"two medium and one weak", {0, 2, 1}, true},
    {"one medium and one weak", {0, 1, 1}, false},
    {"one medium and two weak", {0, 1, 2}, false},
    {"one medium and five weak", {0, 1, 5}, false},
    {"any number of weak", {0, 0, 9}, false},
};

std::vector<std::size_t> of_dimension(const Method& method, std::string_view dimension, Profile profile) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < method.indicators().all().size(); ++i) {
        const auto& indicator = method.indicators().all()[i];
        if (indicator.dimension == dimension && indicator.strength_for(profile)) found.push_back(i);
    }
    return found;
}

/// Every indicator of the list, of the act and of danger: what an assessor may answer.
rc::Gen<Answers> some_answers(const Method& method) {
    const std::size_t count = method.indicators().all().size();
    return rc::gen::map(rc::gen::container<std::vector<std::pair<std::size_t, int>>>(
                            rc::gen::pair(rc::gen::inRange<std::size_t>(0, count), rc::gen::inRange(0, 5))),
                        [](const std::vector<std::pair<std::size_t, int>>& drawn) {
                            Answers answers;
                            for (const auto& [indicator, answer] : drawn)
                                answers[indicator] = static_cast<Answer>(answer);
                            return answers;
                        });
}

Observations drawn_observations(const Method& method) {
    Observations observations;
    observations.profile = *rc::gen::elementOf(knowledge::all_profiles);
    observations.answers = *some_answers(method);
    observations.facts.age_disputed = *rc::gen::arbitrary<bool>();
    return observations;
}

}  // namespace

TEST(rule_a, every_boundary_is_as_published) {
    for (const Case& one : boundary) EXPECT_EQ(is_positive(one.yes), one.positive) << one.what;
}

TEST(rule_a, every_combination_of_up_to_six_agrees_with_the_printed_combinations) {
    for (int s = 0; s <= 6; ++s) {
        for (int m = 0; m <= 6; ++m) {
            for (int w = 0; w <= 6; ++w) {
                EXPECT_EQ(is_positive({s, m, w}), positive_by_the_text(s, m, w)) << s << ' ' << m << ' ' << w;
            }
        }
    }
}

TEST(rule_a, what_is_needed_is_the_smallest_number_that_trying_finds) {
    for (int bits = 0; bits < 4 * 4 * 4 * 4 * 4 * 4; ++bits) {
        const Counts yes{bits & 3, (bits >> 2) & 3, (bits >> 4) & 3};
        const Counts open{(bits >> 6) & 3, (bits >> 8) & 3, (bits >> 10) & 3};
        int fewest = out_of_reach;
        for (int s = 0; s <= open.strong; ++s) {
            for (int m = 0; m <= open.medium; ++m) {
                for (int w = 0; w <= open.weak; ++w) {
                    if (positive_by_the_text(yes.strong + s, yes.medium + m, yes.weak + w)) {
                        fewest = std::min(fewest, s + m + w);
                    }
                }
            }
        }
        ASSERT_EQ(further_needed(yes, open), fewest);
    }
}

TEST(rule_b, every_combination_of_positive_dimensions_gives_the_finding_of_the_definition) {
    const std::array<std::string, 6> names = {"dr", "cr", "av", "ex", "cd", "vd"};
    for (const Profile profile : knowledge::all_profiles) {
        for (unsigned bits = 0; bits < 64; ++bits) {
            Observations observations;
            observations.profile = profile;
            for (std::size_t d = 0; d < names.size(); ++d) {
                for (const std::size_t i : of_dimension(published(), names[d], profile)) {
                    observations.answers[i] = (bits >> d & 1) != 0 ? Answer::yes : Answer::no;
                }
            }
            const bool means = (bits & 0b110111) != 0;
            const bool purpose = (bits & 0b001000) != 0;
            const bool expected = purpose && (means || is_child(profile));
            const Assessment found = published().assess(observations);
            EXPECT_EQ(found.finding, expected ? Finding::indicated : Finding::not_indicated) << bits;
            EXPECT_EQ(found.means.established, means) << bits;
            EXPECT_EQ(found.purpose.established, purpose) << bits;
            EXPECT_EQ(found.act.established, bits != 0) << bits;
            for (std::size_t d = 0; d < names.size(); ++d) {
                EXPECT_EQ(found.dimension(names[d])->positive, (bits >> d & 1) != 0) << bits << names[d];
            }
        }
    }
}

TEST(rule_b, the_survey_rule_wants_recruitment_exploitation_and_coercion_at_destination) {
    const std::array<std::string, 6> names = {"dr", "cr", "av", "ex", "cd", "vd"};
    for (unsigned bits = 0; bits < 64; ++bits) {
        Observations observations;
        for (std::size_t d = 0; d < names.size(); ++d) {
            if ((bits >> d & 1) == 0) continue;
            for (const std::size_t i : of_dimension(published(), names[d], Profile::adult_labour)) {
                observations.answers[i] = Answer::yes;
            }
        }
        const bool expected = (bits & 0b000011) != 0 && (bits & 0b001000) != 0 && (bits & 0b010000) != 0;
        const Assessment found = assess(published().indicators(), observations, Rule::adult_strict);
        EXPECT_EQ(found.finding == Finding::indicated, expected) << bits;
        EXPECT_EQ(found.survey_class == "victim of trafficking for forced labour", expected) << bits;
    }
}

TEST(finding, every_possible_way_of_answering_a_tiny_list_agrees_with_trying_out_what_is_unknown) {
    const std::size_t count = 8;
    // Written from the rule text for this list: positions 0-2 dr, 3-4 ex, 5-7 cd; strengths of the adult list.
    const auto indicated = [](unsigned yes, bool child) {
        const auto bit = [&](unsigned i) { return static_cast<int>(yes >> i & 1); };
        const bool dr =
            child ? positive_by_the_text(bit(0) + bit(1), 0, 0) : positive_by_the_text(bit(0), bit(1), bit(2));
        const bool ex = positive_by_the_text(bit(3), bit(4), 0);
        const bool cd = child ? positive_by_the_text(0, bit(5) + bit(6) + bit(7), 0)
                              : positive_by_the_text(0, bit(5) + bit(6), bit(7));
        return ex && (child || dr || cd);
    };
    const char* ids[count] = {"t.dr.strong", "t.dr.medium", "t.dr.weak", "t.ex.strong",
                              "t.ex.medium", "t.cd.one",    "t.cd.two",  "t.cd.three"};
    for (const bool child : {false, true}) {
        for (int state = 0; state < 6561; ++state) {
            unsigned yes = 0, open = 0;
            Observations observations;
            observations.profile = child ? Profile::child_labour : Profile::adult_labour;
            int rest = state;
            for (unsigned i = 0; i < count; ++i, rest /= 3) {
                if (rest % 3 == 0) open |= 1u << i;
                if (rest % 3 == 1) yes |= 1u << i;
                if (rest % 3 != 0) {
                    observations.answers[*tiny().indicators().position(ids[i])] =
                        rest % 3 == 1 ? Answer::yes : Answer::no;
                }
            }
            bool possible = false;
            for (unsigned some = open;; some = (some - 1) & open) {  // every part of what is open
                possible = possible || indicated(yes | some, child);
                if (some == 0) break;
            }
            const Finding expected = indicated(yes, child) ? Finding::indicated
                                     : possible            ? Finding::insufficient_information
                                                           : Finding::not_indicated;
            ASSERT_EQ(tiny().assess(observations).finding, expected) << state << child;
        }
    }
}

TEST(finding, nothing_known_is_insufficient_information_and_never_a_no) {
    for (const Profile profile : knowledge::all_profiles) {
        Observations nothing;
        nothing.profile = profile;
        const Assessment found = published().assess(nothing);
        EXPECT_EQ(found.finding, Finding::insufficient_information);
        EXPECT_EQ(found.standard, Standard::none);
    }
}

TEST(finding, a_child_needs_no_means) {
    const auto ids = std::initializer_list<std::string_view>{"ilo.ex.hours", "ilo.ex.low_pay"};
    const Assessment child = published().assess(yes_to(published(), Profile::child_labour, ids));
    EXPECT_EQ(child.finding, Finding::indicated);
    EXPECT_FALSE(child.means.established);
    const Assessment adult = published().assess(yes_to(published(), Profile::adult_labour, ids));
    EXPECT_EQ(adult.finding, Finding::insufficient_information);
    EXPECT_TRUE(adult.labour_exploitation);
}

TEST(finding, a_disputed_age_is_presumed_a_childs) {
    Observations observations = yes_to(published(), Profile::adult_labour, {"ilo.ex.hours", "ilo.ex.low_pay"});
    observations.facts.age_disputed = true;
    const Assessment found = published().assess(observations);
    EXPECT_TRUE(found.presumed_child);
    EXPECT_EQ(found.profile, Profile::child_labour);
    EXPECT_EQ(found.finding, Finding::indicated);
}

TEST(finding, a_purpose_that_was_intended_is_enough_at_the_border) {
    const Assessment found =
        published().assess(yes_to(published(), Profile::adult_sexual,
                                  {"purpose.sexual", "act.transport", "ilo.dr.nature_of_job", "ilo.dr.wages"}));
    EXPECT_EQ(found.finding, Finding::indicated);
    EXPECT_FALSE(found.dimension("ex")->positive);
}

TEST(finding, a_child_with_an_act_and_a_hint_of_exploitation_is_referred_for_protection_anyway) {
    const Assessment found =
        published().assess(yes_to(published(), Profile::child_labour, {"act.transport", "ilo.ex.hazardous"}));
    EXPECT_NE(found.finding, Finding::indicated);
    EXPECT_TRUE(found.child_at_risk);
}

TEST(finding, documents_debt_and_isolation_weigh_more_at_destination_than_at_recruitment) {
    const auto& indicators = published().indicators();
    for (const char* slug : {"documents", "debt_bondage", "isolation"}) {
        EXPECT_EQ(indicators.find("ilo.cr." + std::string(slug))->strength_for(Profile::adult_labour),
                  knowledge::Strength::medium);
        EXPECT_EQ(indicators.find("ilo.cd." + std::string(slug))->strength_for(Profile::adult_labour),
                  knowledge::Strength::strong);
    }
}

TEST(finding, a_yes_that_the_profiles_list_lacks_is_named_and_not_counted) {
    const Assessment found = published().assess(
        yes_to(published(), Profile::child_labour, {"ilo.av.false_law", "ilo.av.economic", "ilo.av.past"}));
    EXPECT_EQ(found.not_in_profile.size(), 1u);
    EXPECT_FALSE(found.dimension("av")->positive);
}

TEST(finding, signs_of_compelled_offending_ask_for_a_non_punishment_review) {
    EXPECT_TRUE(published().assess(yes_to(published(), Profile::adult_labour, {"fcr.mule"})).nonpunishment_review);
    EXPECT_TRUE(
        published().assess(yes_to(published(), Profile::adult_labour, {"ilo.cd.illicit"})).nonpunishment_review);
    EXPECT_FALSE(published().assess(yes_to(published(), Profile::adult_labour, {"ilo.cd.lie"})).nonpunishment_review);
}

TEST(finding, unverified_indicators_are_named) {
    const Assessment found = published().assess(yes_to(published(), Profile::adult_labour, {"ilo.ex.hours"}));
    EXPECT_EQ(found.unverified.size(), 1u);
    EXPECT_FALSE(found.profile_verified);
    EXPECT_TRUE(tiny().assess(yes_to(tiny(), Profile::adult_labour, {"t.ex.strong"})).unverified.empty());
}

TEST(finding, explanations_never_say_that_somebody_is_not_a_victim) {
    for (const Finding finding : {Finding::indicated, Finding::not_indicated, Finding::insufficient_information}) {
        EXPECT_EQ(words_for(finding).find("victim"), std::string_view::npos);
    }
}

RC_GTEST_PROP(finding, a_further_yes_never_lowers_it_or_the_urgency, ()) {
    const Method& method = published();
    const Observations before = drawn_observations(method);
    Observations after = before;
    after.answers[*rc::gen::inRange<std::size_t>(0, method.indicators().all().size())] = Answer::yes;
    const Assessment was = method.assess(before);
    const Assessment is = method.assess(after);
    RC_ASSERT(is.needed <= was.needed);
    RC_ASSERT(is.standard >= was.standard);
    RC_ASSERT(!(was.finding == Finding::indicated && is.finding != Finding::indicated));
    RC_ASSERT(!(was.finding == Finding::insufficient_information && is.finding == Finding::not_indicated));
    RC_ASSERT(method.prioritise(after, is).priority <= method.prioritise(before, was).priority);
}

RC_GTEST_PROP(finding, unknown_not_asked_and_declined_are_the_same_as_no_answer, ()) {
    const Method& method = published();
    const Observations with = drawn_observations(method);
    Observations without = with;
    std::erase_if(without.answers,
                  [](const auto& entry) { return entry.second != Answer::yes && entry.second != Answer::no; });
    const Assessment a = method.assess(with);
    const Assessment b = method.assess(without);
    RC_ASSERT(a.finding == b.finding);
    RC_ASSERT(a.needed == b.needed);
    RC_ASSERT(explain(method.indicators(), a).text() == explain(method.indicators(), b).text());
    RC_ASSERT(method.prioritise(with, a).priority == method.prioritise(without, b).priority);
}

RC_GTEST_PROP(finding, the_order_of_the_observations_in_a_file_does_not_matter, ()) {
    const Method& method = published();
    std::vector<std::string> lines;
    for (const auto& [indicator, answer] : *some_answers(method)) {
        lines.push_back("  " + method.indicators().all()[indicator].id + ": " + std::string(name_of(answer)) + "\n");
    }
    const auto text = [&] {
        std::string all = "profile: adult-labour\nobservations:\n";
        if (lines.empty()) all += "  ilo.ex.hours: unknown\n";
        for (const std::string& line : lines) all += line;
        return all;
    };
    const auto before = read_observations("a.yaml", text(), method.indicators());
    std::shuffle(lines.begin(), lines.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
    const auto after = read_observations("b.yaml", text(), method.indicators());
    RC_ASSERT(before.ok());
    RC_ASSERT(after.ok());
    RC_ASSERT(explain(method.indicators(), method.assess(*before)).text() ==
              explain(method.indicators(), method.assess(*after)).text());
}

}  // namespace tideline::assess
