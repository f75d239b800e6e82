#include "web/pages/staff/words.h"

#include <utility>

namespace tideline::web::pages {
namespace {

using Row = std::pair<std::string_view, std::string_view>;

template <std::size_t count>
std::string_view find(const Row (&rows)[count], std::string_view name) {
    for (const auto& [key, words] : rows) {
        if (key == name) return words;
    }
    return name;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
    return std::to_string(number) + " " + std::string(number == 1 ? one : many) + " ago";
}

}  // namespace

std::string_view words_for_state(std::string_view state) {
    static constexpr Row rows[] = {
        {"quarantined", "Held back"},    {"received", "Not opened yet"},         {"opened", "Being worked on"},
        {"assessing", "Being assessed"}, {"linked", "Part of a case"},           {"held", "On hold"},
        {"redirected", "Passed on"},     {"no_action", "Closed without action"}, {"duplicate", "Duplicate"}};
    return find(rows, state);
}

std::string_view words_for_question(std::string_view question) {
    static constexpr Row rows[] = {{"who", "Who it is about"},
                                   {"what", "What is happening"},
                                   {"place", "Where"},
                                   {"when", "When"},
                                   {"people", "People"},
                                   {"phones", "Phone numbers"},
                                   {"businesses", "Businesses"},
                                   {"vehicles", "Vehicles"},
                                   {"accounts", "Online accounts"},
                                   {"danger", "Is someone in danger now?"},
                                   {"child", "Is a child part of this?"},
                                   {"contact", "May we contact the reporter?"},
                                   {"contact_how", "How to reach them"},
                                   {"contact_safe", "When it is safe, and what may be said"}};
    return find(rows, question);
}

std::string_view words_for_answer(std::string_view question, std::string_view value) {
    static constexpr Row who[] = {
        {"me", "The reporter"}, {"someone", "Someone the reporter knows"}, {"saw", "Something seen or heard"}};
    static constexpr Row choice[] = {{"yes", "Yes"}, {"no", "No"}, {"unsure", "Does not know"}};
    if (question == "who") return find(who, value);
    if (question == "danger" || question == "child") return find(choice, value);
    if (question == "contact") return value == "no" ? "No, only through the website" : find(choice, value);
    return value;
}

std::string_view words_for_action(std::string_view action) {
    static constexpr Row rows[] = {{"report.received", "Report received"},
                                   {"report.opened", "Report opened"},
                                   {"report.state_set", "State changed"},
                                   {"deletion.asked", "Deletion asked for"},
                                   {"report.shredded", "Report deleted"},
                                   {"deletion.declined", "Kept, though the reporter asked for deletion"},
                                   {"message.received", "Message received"},
                                   {"message.sent", "Message sent"},
                                   {"messages.read", "Messages read"},
                                   {"note.added", "Note written"},
                                   {"file.copy_downloaded", "Copy of a file downloaded"},
                                   {"file.original_downloaded", "Original of a file downloaded"},
                                   {"quarantine.released", "Released"},
                                   {"quarantine.discarded", "Discarded"},
                                   {"assessment.saved", "Assessment written"},
                                   {"assessment.signed", "Assessment signed"},
                                   {"decision.proposed", "Decision proposed"},
                                   {"decision.offered", "Offered to another team"},
                                   {"decision.in_force", "Decision made"},
                                   {"decision.confirmed", "Decision confirmed"},
                                   {"decision.refused", "Decision refused"},
                                   {"decision.message_released", "Message about the decision sent"},
                                   {"redirect.accepted", "Taken over by another team"},
                                   {"redirect.declined", "Not taken over by the other team"},
                                   {"clock.escalated", "Waited too long: supervisors were told"},
                                   {"case.opened", "Case opened"},
                                   {"case.report_linked", "Made part of a case"}};
    return find(rows, action);
}

std::string_view words_for_actor(std::string_view actor) {
    static constexpr Row rows[] = {
        {"reporter", "the reporter"}, {"server", "the system"}, {"command line", "the system"}};
    return find(rows, actor);
}

std::string_view words_for_role(access::Role role) {
    switch (role) {
        case access::Role::administrator:
            return "Administrator: staff, teams and which team receives what; reads no reports";
        case access::Role::officer: return "Officer: reads and answers what their team receives";
        case access::Role::hotline: return "Hotline: enters reports during a call; reads none";
        case access::Role::supervisor:
            return "Supervisor: reads and answers like an officer, and sees how the work goes";
    }
    return "";
}

std::string how_long_ago(Instant at, Instant now) {
    const std::int64_t ms = now - at;
    if (ms < minute_ms) return "now";
    if (ms < hour_ms) return counted(ms / minute_ms, "minute", "minutes");
    if (ms < day_ms) return counted(ms / hour_ms, "hour", "hours");
    if (ms < 60 * day_ms) return counted(ms / day_ms, "day", "days");
    return counted(ms / (30 * day_ms), "month", "months");
}

}  // namespace tideline::web::pages
