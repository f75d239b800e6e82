// The list of reports, and those that are held back.
#include <array>

#include "base/text.h"
#include "web/pages/staff/forms.h"
#include "web/pages/staff/staff_pages.h"
#include "web/pages/staff/words.h"

namespace tideline::web::pages {
namespace {

constexpr std::array<std::string_view, 8> shown_states{"received", "opened",     "assessing", "linked",
                                                       "held",     "redirected", "no_action", "duplicate"};

std::optional<std::string> chosen(const Fields& query, std::string_view name) {
    const std::string_view value = query.first(name);
    return value.empty() ? std::nullopt : std::optional<std::string>(value);
}

intake::InboxFilter filter_in(const Fields& query, bool clocks) {
    intake::InboxFilter filter;
    filter.state = chosen(query, "state");
    if (filter.state && std::ranges::find(shown_states, *filter.state) == shown_states.end()) filter.state.reset();
    filter.language = chosen(query, "language");
    filter.unread_only = query.first("unread") == "yes";
    const std::string_view order = query.first("order");
    filter.oldest_first = order == "oldest";
    // What waits longest for somebody is what the list is for, unless another order or a state was chosen.
    filter.by_clock = clocks && (order == "clock" || (order.empty() && !filter.state));
    filter.after = query.first("after");
    return filter;
}

// The link to another page of the same list.
std::string address(const intake::InboxFilter& filter, std::string_view after, bool clocks) {
    std::string path = "/?";
    const auto add = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        if (!path.ends_with('?')) path.push_back('&');
        path.append(name).append("=").append(percent_encode(value));
    };
    add("state", filter.state.value_or(""));
    add("language", filter.language.value_or(""));
    add("unread", filter.unread_only ? "yes" : "");
    const bool usually_by_clock = clocks && !filter.state;
    add("order", filter.oldest_first                   ? "oldest"
                 : filter.by_clock == usually_by_clock ? ""
                 : filter.by_clock                     ? "clock"
                                                       : "newest");
    add("after", after);
    return path;
}

}  // namespace

Response StaffPages::inbox(Request& request, const Visit& visit) const {
    if (!may(visit.who.actor, Permission::report_list)) return no_inbox_page(visit);
    if (const auto moved = site_.inbox.hand_over(visit.who); !moved) return problem(visit, moved.error());
    const intake::InboxFilter filter = filter_in(request.query, site_.desk != nullptr);
    const auto found = site_.inbox.list(visit.who, filter);
    if (!found) return problem(visit, found.error());
    const auto counts = site_.inbox.counts(visit.who);
    const auto count = [&](std::string_view state) {
        const auto at = counts.find(std::string(state));
        return at == counts.end() ? std::int64_t{0} : at->second;
    };

    Dict dict = frame(visit, "Reports", "/");
    if (request.query.first("done") == "deleted")
        dict.section("DONE").set("said", "The report was deleted, as its reporter asked.");
    if (count("quarantined") > 0) dict.section("HELD_BACK").set("count", count("quarantined"));
    for (const std::string_view state : shown_states) {
        if (count(state) == 0 && filter.state != state) continue;
        Dict& row = dict.section("STATES");
        row.set("state", state)
            .set("words", words_for_state(state))
            .set("count", count(state))
            .show("SELECTED", filter.state == state);
    }
    for (const knowledge::Language& language : site_.pack.jurisdiction().languages) {
        dict.section("LANGUAGES")
            .set("code", language.code)
            .set("language", language.english_name)
            .show("SELECTED", filter.language == language.code);
    }
    dict.show("UNREAD_ONLY", filter.unread_only).show("OLDEST", filter.oldest_first);
    dict.show("NEWEST", !filter.oldest_first && !filter.by_clock)
        .show("CLOCKS", site_.desk != nullptr)
        .show("BY_CLOCK", filter.by_clock);
    const bool narrowed = filter.state || filter.language || filter.unread_only;
    dict.show("NARROWED", narrowed).show("LATER_PAGE", !filter.after.empty());
    dict.show("NO_TEAM", visit.who.actor.teams.empty());
    dict.show("EMPTY", found->rows.empty() && !visit.who.actor.teams.empty());
    if (!found->rows.empty()) {
        Dict& list = dict.section("LIST");
        for (const intake::InboxRow& row : found->rows) add_inbox_row(list.section("ROWS"), row);
    }
    if (!filter.after.empty()) dict.section("FIRST_PAGE").set("href", address(filter, "", site_.desk != nullptr));
    if (!found->next.empty())
        dict.section("NEXT_PAGE").set("href", address(filter, found->next, site_.desk != nullptr));
    return page("staff/inbox", dict);
}

void StaffPages::add_inbox_row(Dict& to, const intake::InboxRow& row) const {
    to.set("id", row.id.str()).set("language", language_name(row.language)).set("kind", kind_name(row.kind));
    to.set("state_words", words_for_state(row.state));
    to.show("UNREAD", row.unread).show("PHONE", row.channel == "phone");
    to.show("DANGER", row.danger == "yes").show("CHILD", row.child == "yes");
    if (row.readable) {
        const bool cut = text::length(row.words.expose()) >= intake::limits::summary_chars;
        to.section("WORDS").set("words", row.words.expose()).show("CUT", cut);
    } else {
        to.show("SEALED");
    }
    add_time(to, row.received);
    if (site_.desk == nullptr) return;
    Dict& clock = to.section("CLOCK");
    clock.set("priority", "P" + std::to_string(row.priority)).show("URGENT", row.priority == 1);
    if (row.due.ms > 0) {
        const bool late = row.due.ms < site_.clock.now().ms;
        Dict& due = clock.section(late ? "OVERDUE" : "DUE");
        due.set("due_iso", iso8601(row.due))
            .set("due_exact", exact_time(row.due))
            .set("what", row.acknowledged ? "decide" : "open");
    }
    if (!row.reason.empty()) clock.section("REASON").set("reason", row.reason);
    clock.show("SECOND", row.second_wanted);
}

// Who only administers, or only takes calls, has no list: the page says so and leads on.
Response StaffPages::no_inbox_page(const Visit& visit) const {
    Dict dict = frame(visit, "You read no reports", "/");
    dict.show("MANAGES", may(visit.who.actor, Permission::team_manage))
        .show("ENTERS", may(visit.who.actor, Permission::report_enter));
    return page("staff/no_inbox", dict);
}

Response StaffPages::quarantine(Request& request, const Visit& visit) const {
    return quarantine_page(request, visit, {});
}

Response StaffPages::quarantine_page(Request& request, const Visit& visit, const Faults& faults) const {
    intake::InboxFilter filter;
    filter.state = "quarantined";
    filter.after = request.query.first("after");
    const auto found = site_.inbox.list(visit.who, filter);
    if (!found) return problem(visit, found.error());
    Dict dict = frame(visit, "Held back", "/quarantine");
    const std::string_view done = request.query.first("done");
    if (done == "release")
        dict.section("DONE").set("said", "The reports were released. They are in the list of reports now.");
    if (done == "discard") dict.section("DONE").set("said", "The reports were discarded.");
    dict.show("EMPTY", found->rows.empty());
    if (!found->rows.empty()) {
        Dict& list = dict.section("LIST");
        const auto counts = site_.inbox.counts(visit.who);
        const auto all = counts.find("quarantined");
        list.set("count", all == counts.end() ? std::int64_t{0} : all->second);
        for (const intake::InboxRow& row : found->rows) add_inbox_row(list.section("ROWS"), row);
    }
    if (!found->next.empty()) dict.section("NEXT_PAGE").set("href", "/quarantine?after=" + percent_encode(found->next));
    add_faults(dict, faults);
    return page("staff/quarantine", dict, faults.empty() ? 200 : 422);
}

Response StaffPages::decide_quarantine(Request& request, const Visit& visit) const {
    const Fields& form = request.form;
    const std::string_view go = form.first("go");
    constexpr std::array<std::string_view, 4> decisions{"release", "discard", "release-all", "discard-all"};
    if (std::ranges::find(decisions, go) == decisions.end()) return Response::refuse(Refusal::bad_form);
    const bool release = go.starts_with("release");
    const bool all = go.ends_with("-all");
    std::vector<ReportId> ids;
    for (const std::string_view text : form.every("report")) {
        if (const auto id = ReportId::parse(text)) ids.push_back(*id);
    }
    if (!all && ids.empty()) return quarantine_page(request, visit, {{"reports", "Tick at least one report."}});
    if (form.first("confirmed") != "yes") {
        Confirmation question;
        const std::string which = all               ? "every report that is held back"
                                  : ids.size() == 1 ? "1 report"
                                                    : std::to_string(ids.size()) + " reports";
        question.title = (release ? "Release " : "Discard ") + which + "?";
        question.text = release ? "They go to the list of reports, like any other."
                                : "Their words are destroyed for good. Nobody can read them afterwards, and their "
                                  "reporters find nothing behind their number.";
        question.action = "/quarantine";
        question.button = release ? "Yes, release" : "Yes, discard for good";
        question.back = "/quarantine";
        question.for_good = !release;
        question.fields.emplace_back("go", go);
        for (const ReportId& id : ids) question.fields.emplace_back("report", id.str());
        return confirm_page(visit, question);
    }
    const auto decision = release ? intake::Inbox::Decision::release : intake::Inbox::Decision::discard;
    const auto changed = all ? site_.inbox.decide_whole_quarantine(visit.who, decision)
                             : site_.inbox.decide_quarantine(visit.who, ids, decision);
    if (!changed) return problem(visit, changed.error());
    return Response::redirect(release ? "/quarantine?done=release" : "/quarantine?done=discard");
}

}  // namespace tideline::web::pages
