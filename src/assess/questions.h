#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "assess/priority.h"

/// Which question to ask next, and in which words it can be sent.
namespace tideline::assess {

/// A question that is still open, and what a "yes" would do.
struct NextQuestion {
    std::size_t indicator = 0;
    bool meets_rule = false;  ///< the finding would become `indicated`
    int fewer_needed = 0;     ///< how many fewer signs would then be missing
    bool raises_priority = false;
    std::string why;  ///< in words, for the assessor
};

/// The question that would change the result most: every open indicator of the profile's list and every open danger
/// sign is tried with "yes". First what would meet the rule, then what brings it nearest, then what would make the
/// report more urgent; among equals first what is not painful to be asked, then the stronger sign, then the pack's
/// order. Nothing if no answer would change anything.
std::optional<NextQuestion> next_question(const Indicators& indicators, const PriorityPack& priorities,
                                          const Observations& observations);

struct Message {
    std::string text;
    bool draft = false;  ///< a translation in it has not been reviewed by a speaker of the language: say so
};

/// The question as a message to the reporter: asks, says that no answer is owed, and for whom it is meant.
/// In English, and saying so, where the pack has no question in that language.
Message as_message(const Indicators& indicators, std::size_t indicator, std::string_view language);

}  // namespace tideline::assess
