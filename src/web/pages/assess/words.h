#pragma once
#include <string>
#include <string_view>

#include "assess/service.h"

/// What assessors read for the short names that the method keeps.
namespace tideline::web::pages {

std::string_view words_for_answer(assess::Answer answer);
/// What an observation rests on; "" for none.
std::string_view words_for_basis(std::string_view basis);
std::string_view words_for_profile(knowledge::Profile profile);
/// A finding by its stored name, as the beginning of a sentence.
std::string words_for_finding(std::string_view name);
std::string_view words_for_standard(std::string_view name);
std::string_view words_for_kind(assess::DecisionKind kind);
std::string_view words_for_decision_state(std::string_view state);
std::string_view words_for_checklist(std::string_view name);

}  // namespace tideline::web::pages
