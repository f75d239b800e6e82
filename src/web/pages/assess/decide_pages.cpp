// What becomes of a report: decisions and the second person, redirects, and how the team does.
#include <fmt/format.h>

#include "base/text.h"
#include "web/pages/assess/assess_pages.h"
#include "web/pages/assess/words.h"
#include "web/pages/staff/forms.h"
#include "web/pages/staff/words.h"

namespace tideline::web::pages {
namespace {

using assess::DecisionKind;

constexpr DecisionKind kinds[] = {DecisionKind::open_case, DecisionKind::link_case, DecisionKind::hold,
                                  DecisionKind::redirect, DecisionKind::no_action};

std::string_view said_after(std::string_view done) {
    if (done == "decided") return "Your decision was kept. Below it says whether it is in force or waits for somebody.";
    if (done == "confirmed") return "You confirmed the decision.";
    if (done == "refused") return "You did not agree. The decision is not in force.";
    if (done == "sent") return "The message was sent to the reporter.";
    if (done == "accepted") return "Your team has taken it over. It is in your list of reports.";
    if (done == "declined") return "The report stays with the other team, which reads your reason.";
    return "";
}

bool is_about_typing(ErrorKind kind) {
    return kind == ErrorKind::invalid || kind == ErrorKind::too_large || kind == ErrorKind::conflict;
}

/// A length of time as people say it.
std::string how_long(std::int64_t ms) {
    if (ms < hour_ms) return fmt::format("{} minutes", ms / minute_ms);
    if (ms < 2 * day_ms) return fmt::format("{} hours", ms / hour_ms);
    return fmt::format("{} days", ms / day_ms);
}

std::string share(double of_one) { return fmt::format("{:.0f} %", 100 * of_one); }

}  // namespace

// ---- decisions

Response AssessPages::decide(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return staff_.no_such_page(visit);
    return decide_page(visit, *id, {}, said_after(request.query.first("done")), {});
}

Response AssessPages::decide_page(const Visit& visit, const ReportId& id, const Typed& typed, std::string_view done,
                                  const Faults& faults) const {
    const auto sheet = desk().open(visit.who, id);
    if (!sheet) return staff_.problem(visit, sheet.error());
    Dict dict = staff_.frame(visit, "Decisions");
    dict.set("id", id.str())
        .set("state_words", words_for_state(sheet->state))
        .set("language", staff_.language_name(sheet->language));
    staff_.add_time(dict.section("RECEIVED"), sheet->received);
    add_others(dict, *sheet);
    bool waits = false;
    for (const assess::Decision& decision : sheet->decisions) {
        waits = waits || decision.state == "proposed" || decision.state == "offered";
        Dict& row = dict.section("DECISIONS");
        row.set("decision", decision.id.str())
            .set("kind", words_for_kind(decision.kind))
            .set("decision_state", words_for_decision_state(decision.state));
        row.set("by", decision.by_me ? "you" : decision.by)
            .set("at", staff_.exact_time(decision.at))
            .set("why", decision.reason.expose());
        if (!decision.target.empty()) row.section("TARGET").set("target", decision.target);
        if (decision.state == "offered" && decision.answer_by.ms > 0)
            row.section("ANSWER_BY").set("answer_by", staff_.exact_time(decision.answer_by));
        if (!decision.second.empty())
            row.section("SECOND").set("second", decision.second).set("second_reason", decision.second_reason.expose());
        const bool mine_typed = typed.decision == decision.id.str();
        if (decision.state == "proposed") {
            if (decision.by_me)
                row.show("WAITS_FOR_OTHER");
            else
                row.section("REVIEW").set("review_reason", mine_typed ? typed.reason.expose() : "");
        }
        if (decision.state == "in_force") {
            if (decision.released)
                row.section("SENT").set("message", decision.message.expose());
            else
                row.section("HELD").set("message", mine_typed ? typed.message.expose() : decision.message.expose());
        }
        for (const StaffPages::Fault& fault : faults) {
            if (fault.field == "second-" + decision.id.str() || fault.field == "message-" + decision.id.str())
                row.section("ROW_FAULT").set("fault", fault.text);
        }
    }
    if (sheet->others.empty() && sheet->hidden_others == 0)
        dict.show("NOTHING_SIGNED");
    else if (waits)
        dict.show("WAITS");
    else {
        Dict& form = dict.section("FORM");
        for (const DecisionKind kind : kinds) {
            Dict& row = form.section("KINDS");
            row.set("kind_name", assess::name_of(kind))
                .set("words", words_for_kind(kind))
                .show("CHECKED", typed.kind == assess::name_of(kind));
            row.show("NEEDS_SECOND", kind == DecisionKind::no_action);
        }
        form.set("case_reference", typed.case_reference)
            .set("reason", typed.decision.empty() ? typed.reason.expose() : "");
        for (const access::Team& team : staff_.site_.access.other_teams(visit.who.actor))
            form.section("TEAMS")
                .set("team", team.id.str())
                .set("team_name", team.agency + ": " + team.name)
                .show("SELECTED", typed.team == team.id.str());
    }
    if (!done.empty()) dict.section("DONE").set("said", done);
    staff_.add_faults(dict, faults);
    return staff_.page("staff/assess_decide", dict, faults.empty() ? 200 : 422);
}

Response AssessPages::propose(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return staff_.no_such_page(visit);
    const Fields& form = request.form;
    const Typed typed{std::string(form.first("kind")), std::string(form.first("case_reference")),
                      std::string(form.first("team")), "",
                      words_in(form, "reason"),        {}};
    const auto kind = assess::decision_named(typed.kind);
    if (!kind) return decide_page(visit, *id, typed, "", {{"kind", "Choose what is to become of the report."}});
    const std::string& target = *kind == DecisionKind::redirect ? typed.team : typed.case_reference;
    const auto decided = desk().decide(visit.who, *id, {*kind, target, typed.reason.expose()});
    if (decided) return Response::redirect("/report/" + id->str() + "/decide?done=decided");
    const Error& error = decided.error();
    if (*kind == DecisionKind::link_case && error.message.find("no case") != std::string::npos)
        return decide_page(visit, *id, typed, "", {{"case_reference", error.message}});
    if (!is_about_typing(error.kind)) return staff_.problem(visit, error);
    const std::string field = error.kind == ErrorKind::conflict                 ? ""
                              : error.message.find("team") != std::string::npos ? "team"
                                                                                : "reason";
    return decide_page(visit, *id, typed, "", {{field, error.message}});
}

Response AssessPages::review(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    const auto decision = assess::DecisionId::parse(request.param("decision"));
    if (!id || !decision) return staff_.no_such_page(visit);
    const std::string_view go = request.form.first("go");
    if (go != "confirm" && go != "refuse") return Response::refuse(Refusal::bad_form);
    vault::SecretText reason = words_in(request.form, "second");
    const Status done = desk().review(visit.who, *id, *decision, go == "confirm", reason.expose());
    if (done)
        return Response::redirect("/report/" + id->str() +
                                  "/decide?done=" + (go == "confirm" ? "confirmed" : "refused"));
    if (!is_about_typing(done.kind())) return staff_.problem(visit, done.error());
    Typed typed;
    typed.decision = decision->str();
    typed.reason = std::move(reason);
    return decide_page(visit, *id, typed, "", {{"second-" + decision->str(), done.error().message}});
}

Response AssessPages::release(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    const auto decision = assess::DecisionId::parse(request.param("decision"));
    if (!id || !decision) return staff_.no_such_page(visit);
    vault::SecretText words = words_in(request.form, "message");
    const Status done = desk().release_message(visit.who, *id, *decision, words.expose());
    if (done) return Response::redirect("/report/" + id->str() + "/decide?done=sent");
    if (!is_about_typing(done.kind())) return staff_.problem(visit, done.error());
    Typed typed;
    typed.decision = decision->str();
    typed.message = std::move(words);
    return decide_page(visit, *id, typed, "", {{"message-" + decision->str(), done.error().message}});
}

// ---- redirects

Response AssessPages::offers(Request& request, const Visit& visit) const {
    return offers_page(visit, said_after(request.query.first("done")), "", "", {});
}

Response AssessPages::offers_page(const Visit& visit, std::string_view done, std::string_view decision,
                                  std::string_view reason, const Faults& faults) const {
    Dict dict = staff_.frame(visit, "Offered to your team", "/offers");
    const auto waiting = desk().offers(visit.who);
    dict.show("EMPTY", waiting.empty());
    for (const assess::Offer& offer : waiting) {
        Dict& row = dict.section("OFFERS");
        row.set("decision", offer.decision.str())
            .set("kind", staff_.kind_name(offer.kind))
            .set("from_team", offer.from_team)
            .set("why", offer.reason.expose());
        row.set("team", offer.to_team.str())
            .set("answer_by", staff_.exact_time(offer.answer_by))
            .show("LATE", offer.answer_by.ms < staff_.site_.clock.now().ms);
        staff_.add_time(row, offer.at);
        const bool typed = decision == offer.decision.str();
        row.set("reason", typed ? reason : "");
        if (typed && !faults.empty()) row.section("ROW_FAULT").set("fault", faults.front().text);
    }
    if (!done.empty()) dict.section("DONE").set("said", done);
    staff_.add_faults(dict, faults);
    return staff_.page("staff/assess_offers", dict, faults.empty() ? 200 : 422);
}

Response AssessPages::answer_offer(Request& request, const Visit& visit) const {
    const auto decision = assess::DecisionId::parse(request.param("decision"));
    const auto team = TeamId::parse(request.form.first("team"));
    const std::string_view go = request.form.first("go");
    if (!decision || !team) return staff_.no_such_page(visit);
    if (go != "accept" && go != "decline") return Response::refuse(Refusal::bad_form);
    const vault::SecretText reason = words_in(request.form, "reason");
    const Status done = desk().answer_offer(visit.who, *decision, *team, go == "accept", reason.expose());
    if (done) return Response::redirect(go == "accept" ? "/offers?done=accepted" : "/offers?done=declined");
    if (!is_about_typing(done.kind())) return staff_.problem(visit, done.error());
    return offers_page(visit, "", decision->str(), reason.expose(),
                       {{"reason-" + decision->str(), done.error().message}});
}

// ---- supervision

Response AssessPages::supervise(Request&, const Visit& visit) const {
    const auto seen = desk().supervision(visit.who);
    if (!seen) return staff_.problem(visit, seen.error());
    Dict dict = staff_.frame(visit, "How we do", "/supervise");
    dict.show("EMPTY", seen->kinds.empty());
    for (const auto& [kind, counts] : seen->kinds)
        dict.section("KINDS")
            .set("kind", staff_.kind_name(kind))
            .set("waiting", counts.waiting)
            .set("overdue", counts.overdue)
            .show("LATE", counts.overdue > 0);
    const auto times = [&](const char* section, std::int64_t count, std::int64_t median, std::int64_t p90) {
        Dict& row = dict.section(section);
        row.set("count", count);
        if (count > 0) row.section("TIMES").set("median", how_long(median)).set("p90", how_long(p90));
    };
    times("ACKNOWLEDGED", seen->acknowledged, seen->acknowledge_ms_median, seen->acknowledge_ms_p90);
    times("DECIDED", seen->decided, seen->decide_ms_median, seen->decide_ms_p90);
    dict.set("double_assessed", seen->double_assessed);
    if (seen->agreement) dict.section("AGREEMENT").set("agreement", share(*seen->agreement));
    if (seen->kappa) dict.section("KAPPA").set("kappa", fmt::format("{:.2f}", *seen->kappa));
    dict.set("suggested", seen->suggested).set("confirmed", seen->confirmed);
    if (seen->suggested > 0)
        dict.section("CONFIRMED_SHARE")
            .set("confirmed_share", share(static_cast<double>(seen->confirmed) / static_cast<double>(seen->suggested)));
    return staff_.page("staff/assess_supervise", dict);
}

}  // namespace tideline::web::pages
