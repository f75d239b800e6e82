#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "knowledge/indicators.h"

/// What was noticed, and about whom: the input of every rule of this folder.
namespace tideline::assess {

using knowledge::Indicators;
using knowledge::Profile;

/// The answer to one indicator. Only `yes` counts for and only `no` counts against; the other three mean that nobody
/// knows, and change nothing.
enum class Answer { yes, no, unknown, not_asked, declined };
std::string_view name_of(Answer answer);
/// Takes the five names, `true` and `false`, in any case, with '_', '-' or a space between words.
std::optional<Answer> answer_named(std::string_view name);

/// Answers by position in Indicators::all(). A missing one is unknown.
using Answers = std::map<std::size_t, Answer>;

/// What else is known about the person and the moment; nothing here is an indicator.
struct Facts {
    std::optional<int> age;  ///< years
    bool age_disputed = false;
    std::optional<int> hours_to_departure;   ///< until they leave or are moved; negative if past
    std::optional<int> days_to_visa_expiry;  ///< negative if it has expired
};

struct Observations {
    Profile profile = Profile::adult_labour;
    Answers answers;
    Facts facts;

    bool is(std::size_t indicator, Answer answer) const {
        const auto found = answers.find(indicator);
        return found != answers.end() && found->second == answer;
    }
    /// Neither yes nor no.
    bool open(std::size_t indicator) const { return !is(indicator, Answer::yes) && !is(indicator, Answer::no); }
};

/// Reads `profile:`, `observations:` (a map from indicator id or alias to an answer) and, optionally, `facts:` from a
/// YAML (or JSON) text. Errors name the line and the remedy.
Result<Observations> read_observations(std::string_view file, std::string_view bytes, const Indicators& indicators);

}  // namespace tideline::assess
