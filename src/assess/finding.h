#pragma once
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "assess/observation.h"

/// From observations to a finding, by the published rules and nothing else: no score, no probability, no learning.
///
/// A dimension (ILO/EC Delphi, rule a) is positive with two strong indicators, or one strong and one other, or three
/// medium, or two medium and one weak. The elements of the Palermo Protocol (article 3) follow from the dimensions:
/// means from any positive dimension other than exploitation, purpose from exploitation (or from a purpose that an
/// assessor established), the act from anything that shows recruitment, transport, transfer, harbouring or receipt.
/// An adult needs act, means and purpose; a child needs act and purpose. docs/assessment.md tells it for assessors.
namespace tideline::assess {

enum class Finding { insufficient_information, not_indicated, indicated };
/// `insufficient_information`, `not_indicated_on_current_information`, `indicated`. Never "not a victim".
std::string_view name_of(Finding finding);
/// The same as a person reads it.
std::string_view words_for(Finding finding);

/// How far the information reaches.
enum class Standard { none, some_information, reasonable_grounds };
std::string_view name_of(Standard standard);

/// How the dimensions are combined. A jurisdiction chooses the adult rule in its priority.yaml.
enum class Rule {
    adult_palermo,  ///< act, any means, purpose
    adult_strict,   ///< the survey rule: deceptive or coercive recruitment, exploitation, and coercion at destination
    child_palermo,  ///< act and purpose; means are shown, never required
};
std::string_view name_of(Rule rule);

/// Counts of "yes" in one dimension.
struct Counts {
    int strong = 0, medium = 0, weak = 0;
    int all() const { return strong + medium + weak; }
};

/// Rule (a).
bool is_positive(Counts counts);

/// "More than any number of answers could bring about."
inline constexpr int out_of_reach = std::numeric_limits<int>::max() / 4;

/// The fewest further "yes" that make a dimension positive, taken from those that are still open; out_of_reach if
/// even all of them would not.
int further_needed(Counts yes, Counts open);

struct DimensionResult {
    std::string id;
    Counts yes, open;
    bool positive = false;
    int needed = 0;                    ///< further_needed
    std::vector<std::size_t> because;  ///< the indicators answered "yes"
};

struct ElementResult {
    bool established = false;
    bool excluded = false;  ///< answered "no" so often that what is open cannot establish it any more
    std::vector<std::size_t> because;
};

struct Assessment {
    Profile profile = Profile::adult_labour;  ///< whose list was used
    bool presumed_child = false;  ///< the age is under the limit or in dispute, so the child's list and rule apply
    Rule rule = Rule::adult_palermo;
    std::vector<DimensionResult> dimensions;  ///< in the pack's order
    ElementResult act, means, purpose;
    Finding finding = Finding::insufficient_information;
    Standard standard = Standard::none;
    int needed = 0;  ///< the fewest further "yes" until `indicated`; out_of_reach if none would do

    bool labour_exploitation = false;         ///< exploitation without the rest: the labour-rights pathway
    bool child_at_risk = false;               ///< a child, the act and a hint of purpose: protection referral anyway
    bool nonpunishment_review = false;        ///< a sign of compelled offending: check that nobody is punished for it
    bool profile_verified = false;            ///< somebody checked the list of this profile against its source
    std::string survey_class;                 ///< the published survey's name for the combination; empty if it has none
    std::vector<std::size_t> not_in_profile;  ///< "yes", but this profile's list does not have it: not counted
    std::vector<std::size_t> unverified;      ///< "yes" to indicators that nobody checked against their source

    const DimensionResult* dimension(std::string_view id) const;
};

/// Applies the rules. Pure: the order of answers does not matter, a further "yes" never lowers the finding, and
/// "unknown", "not asked" and "declined" are the same as no answer.
/// @param adult_rule  adult_palermo or adult_strict
/// @param majority    age in years from which a person is an adult
Assessment assess(const Indicators& indicators, const Observations& observations, Rule adult_rule = Rule::adult_palermo,
                  int majority = 18);

/// What follows from the assessment, one plain sentence each: first what is established, then what is missing.
struct Explanation {
    std::vector<std::string> established;
    std::vector<std::string> missing;
    std::vector<std::string> notes;  ///< pathways and cautions

    std::string text() const;
};
Explanation explain(const Indicators& indicators, const Assessment& assessment);

}  // namespace tideline::assess
