#pragma once
#include <string>
#include <string_view>

#include "access/policy.h"
#include "base/time.h"

/// What staff read for the short names that the program keeps.
namespace tideline::web::pages {

std::string_view words_for_state(std::string_view state);
std::string_view words_for_question(std::string_view question);
/// A choice ("me", "yes") in words; what was typed as it is.
std::string_view words_for_answer(std::string_view question, std::string_view value);
std::string_view words_for_action(std::string_view action);
std::string_view words_for_actor(std::string_view actor);
std::string_view words_for_role(access::Role role);
/// "now", "5 minutes ago", "3 days ago".
std::string how_long_ago(Instant at, Instant now);

}  // namespace tideline::web::pages
