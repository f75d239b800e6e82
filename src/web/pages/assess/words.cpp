#include "web/pages/assess/words.h"

namespace tideline::web::pages {

std::string_view words_for_answer(assess::Answer answer) {
    switch (answer) {
        case assess::Answer::yes: return "Yes";
        case assess::Answer::no: return "No";
        case assess::Answer::unknown: return "Unknown";
        case assess::Answer::not_asked: return "Not asked";
        case assess::Answer::declined: return "Declined to say";
    }
    return "";
}

std::string_view words_for_basis(std::string_view basis) {
    if (basis == "self") return "What the person told";
    if (basis == "third_party") return "What somebody else told";
    if (basis == "document") return "A document";
    if (basis == "observed") return "Seen by an officer";
    if (basis == "inferred") return "Concluded from the rest";
    return "";
}

std::string_view words_for_profile(knowledge::Profile profile) {
    switch (profile) {
        case knowledge::Profile::adult_labour: return "An adult, exploited for work";
        case knowledge::Profile::child_labour: return "A child, exploited for work";
        case knowledge::Profile::adult_sexual: return "An adult, exploited sexually";
        case knowledge::Profile::child_sexual: return "A child, exploited sexually";
    }
    return "";
}

std::string words_for_finding(std::string_view name) {
    for (const assess::Finding finding :
         {assess::Finding::indicated, assess::Finding::not_indicated, assess::Finding::insufficient_information}) {
        if (assess::name_of(finding) != name) continue;
        std::string words(assess::words_for(finding));
        if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
        return words;
    }
    return std::string(name);
}

std::string_view words_for_standard(std::string_view name) {
    if (name == assess::name_of(assess::Standard::some_information)) return "Some information";
    if (name == assess::name_of(assess::Standard::reasonable_grounds)) return "Reasonable grounds";
    return "No standard reached yet";
}

std::string_view words_for_kind(assess::DecisionKind kind) {
    switch (kind) {
        case assess::DecisionKind::open_case: return "Open a case";
        case assess::DecisionKind::link_case: return "Link to a case of this team";
        case assess::DecisionKind::hold: return "Hold for more information";
        case assess::DecisionKind::redirect: return "Offer it to another team";
        case assess::DecisionKind::no_action: return "No action";
    }
    return "";
}

std::string_view words_for_decision_state(std::string_view state) {
    if (state == "proposed") return "waits for a second person";
    if (state == "offered") return "waits for the other team";
    if (state == "in_force") return "in force";
    if (state == "refused") return "not agreed";
    return state;
}

std::string_view words_for_checklist(std::string_view name) {
    if (name == "border") return "Border";
    if (name == "labour-inspection") return "Labour inspection";
    if (name == "police") return "Police";
    return name;
}

}  // namespace tideline::web::pages
