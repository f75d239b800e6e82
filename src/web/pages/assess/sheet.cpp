// The page of the method: the text in numbered sentences, the signs, what follows from them.
#include <algorithm>
#include <array>
#include <set>

#include "web/pages/assess/assess_pages.h"
#include "web/pages/assess/words.h"
#include "web/pages/staff/words.h"

namespace tideline::web::pages {
namespace {

using assess::Answer;
using assess::Input;
using assess::Noted;
using knowledge::Indicator;
using knowledge::PackKind;

/// The order in which they are offered: the arrow key leads from the last, where nothing was noted, to "yes".
constexpr std::array answers{Answer::yes, Answer::no, Answer::unknown, Answer::declined, Answer::not_asked};

const Noted* noted(const Input& input, std::string_view id) {
    const auto found =
        std::find_if(input.notes.begin(), input.notes.end(), [&](const Noted& note) { return note.indicator == id; });
    return found == input.notes.end() ? nullptr : &*found;
}

void add_sentences(Dict& dict, std::string_view section, const std::vector<std::string>& sentences) {
    for (const std::string& sentence : sentences) dict.section(section).set("sentence", sentence);
}

}  // namespace

Response AssessPages::sheet_page(const Visit& visit, const assess::Sheet& sheet, bool all_lists, std::string_view done,
                                 const Faults& faults) const {
    Dict dict = staff_.frame(visit, "Assessment");
    dict.set("id", sheet.report.str())
        .set("language", staff_.language_name(sheet.language))
        .set("state_words", words_for_state(sheet.state));
    staff_.add_time(dict.section("RECEIVED"), sheet.received);
    if (sheet.due.ms > 0)
        dict.section(sheet.due.ms < staff_.site_.clock.now().ms ? "OVERDUE" : "DUE")
            .set("due_exact", staff_.exact_time(sheet.due));
    dict.show("SIGNED", sheet.signed_by_me).show("ALL_LISTS", all_lists);
    add_text(dict, sheet);
    add_suggestions(dict, sheet);
    add_result(dict, sheet);
    add_signs(dict, sheet, all_lists);
    add_others(dict, sheet);

    for (const knowledge::Profile profile : knowledge::all_profiles)
        dict.section("PROFILES")
            .set("profile", knowledge::name_of(profile))
            .set("words", words_for_profile(profile))
            .show("SELECTED", sheet.input.profile == profile);
    const std::string usual = sheet.who == "me" ? "self" : "third_party";
    for (const std::string_view basis : assess::bases)
        dict.section("USUAL_BASES")
            .set("basis", basis)
            .set("words", words_for_basis(basis))
            .show("SELECTED", basis == usual);
    const assess::Facts& facts = sheet.input.facts;
    const auto number = [&](const char* name, const std::optional<int>& value) {
        dict.set(name, value ? std::to_string(*value) : "");
    };
    number("age", facts.age);
    number("hours_to_departure", facts.hours_to_departure);
    number("days_to_visa_expiry", facts.days_to_visa_expiry);
    dict.show("AGE_DISPUTED", facts.age_disputed);
    dict.show("FACTS_OPEN", facts.age || facts.age_disputed || facts.hours_to_departure || facts.days_to_visa_expiry);
    dict.set("reasoning", sheet.input.reasoning.expose());
    for (const assess::Priority priority :
         {assess::Priority::p1, assess::Priority::p2, assess::Priority::p3, assess::Priority::p4})
        dict.section("PRIORITIES")
            .set("priority", assess::name_of(priority))
            .show("SELECTED", sheet.input.priority == priority);
    dict.set("priority_reason", sheet.input.priority_reason.expose())
        .show("PRIORITY_OPEN", sheet.input.priority.has_value());
    dict.set("method", desk().method().version());
    if (!done.empty()) dict.section("DONE").set("said", done);
    staff_.add_faults(dict, faults);
    return staff_.page("staff/assess", dict, faults.empty() ? 200 : 422);
}

void AssessPages::add_text(Dict& dict, const assess::Sheet& sheet) const {
    std::string part;
    Dict* group = nullptr;
    for (const assess::SentenceText& sentence : sheet.sentences) {
        if (group == nullptr || part != sentence.part) {
            part = sentence.part;
            group = &dict.section("PARTS");
            group->set("part", part == "message" ? "Messages of the reporter" : words_for_question(part));
        }
        Dict& row = group->section("SENTENCES");
        row.set("number", std::int64_t{sentence.number}).set("words", sentence.text.expose());
        std::set<std::size_t> shown;
        for (const assess::Suggestion& suggestion : sheet.suggestions) {
            if (suggestion.sentence != static_cast<std::size_t>(sentence.number) ||
                !shown.insert(suggestion.indicator).second)
                continue;
            row.section("HINTS")
                .set("label", indicators().all()[suggestion.indicator].label.english())
                .show("DENIED", suggestion.denied);
        }
    }
}

// Suggestions that nobody has answered yet, one row a sign, at the first sentence that hints at it.
void AssessPages::add_suggestions(Dict& dict, const assess::Sheet& sheet) const {
    std::set<std::size_t> shown;
    const auto& rejected = sheet.input.rejected;
    Dict* list = nullptr;
    std::int64_t count = 0;
    for (const assess::Suggestion& suggestion : sheet.suggestions) {
        const Indicator& indicator = indicators().all()[suggestion.indicator];
        if (noted(sheet.input, indicator.id) != nullptr ||
            std::find(rejected.begin(), rejected.end(), indicator.id) != rejected.end())
            continue;
        if (!shown.insert(suggestion.indicator).second) continue;
        if (list == nullptr) list = &dict.section("SUGGESTED");
        Dict& row = list->section("SUGGESTIONS");
        row.set("key", static_cast<std::int64_t>(suggestion.indicator))
            .set("indicator", indicator.id)
            .set("label", indicator.label.english());
        row.set("sentence", static_cast<std::int64_t>(suggestion.sentence))
            .set("answer", suggestion.denied ? "no" : "yes");
        row.show("DENIED", suggestion.denied).show("UNVERIFIED", !indicator.verified);
        ++count;
    }
    if (list != nullptr) list->set("count", count);
    for (const std::string& id : rejected) {
        const Indicator* indicator = indicators().find(id);
        if (indicator != nullptr)
            dict.section("REJECTED").set("indicator", id).set("label", indicator->label.english());
    }
}

void AssessPages::add_sign(Dict& to, const Input& input, std::size_t position) const {
    const Indicator& indicator = indicators().all()[position];
    const Noted* note = noted(input, indicator.id);
    to.set("key", static_cast<std::int64_t>(position))
        .set("indicator", indicator.id)
        .set("label", indicator.label.english());
    to.show("UNVERIFIED", !indicator.verified).show("LEAD", indicator.lead_only);
    if (const auto strength = indicator.strength_for(input.profile))
        to.section("STRENGTH").set("strength", knowledge::name_of(*strength));
    const Answer now = note != nullptr ? note->answer : Answer::not_asked;
    for (const Answer answer : answers)
        to.section("ANSWERS")
            .set("answer", assess::name_of(answer))
            .set("words", words_for_answer(answer))
            .show("CHECKED", answer == now);
    for (const std::string_view basis : assess::bases)
        to.section("BASES")
            .set("basis", basis)
            .set("words", words_for_basis(basis))
            .show("SELECTED", note != nullptr && note->basis == basis);
    to.set("sentence", note != nullptr && note->sentence > 0 ? std::to_string(note->sentence) : "");
    if (note != nullptr && note->sentence > 0)
        to.section("IN_SENTENCE").set("in_sentence", std::int64_t{note->sentence});
}

// Danger first, then what the person may have been brought for, then the list of the profile by dimension; what was
// noted in other lists; and all other lists when they were asked for.
void AssessPages::add_signs(Dict& dict, const assess::Sheet& sheet, bool all_lists) const {
    const auto& all = indicators().all();
    std::vector<bool> shown(all.size(), false);
    const auto group = [&](std::string_view title, bool open, auto wanted) {
        Dict* list = nullptr;
        std::int64_t count = 0, answered = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (shown[i] || !wanted(all[i])) continue;
            shown[i] = true;
            if (list == nullptr) list = &dict.section("GROUPS");
            add_sign(list->section("SIGNS"), sheet.input, i);
            ++count;
            answered += noted(sheet.input, all[i].id) != nullptr ? 1 : 0;
        }
        if (list == nullptr) return;
        list->set("title", title).set("count", count).show("OPEN", open || answered > 0);
        if (answered > 0) list->section("ANSWERED").set("answered", answered);
    };
    const auto of_kind = [&](PackKind kind) { return [kind](const Indicator& one) { return one.kind == kind; }; };
    group("Danger now", true, of_kind(PackKind::danger));
    for (const knowledge::Dimension& dimension : indicators().dimensions()) {
        group(dimension.label.english(), false, [&](const Indicator& one) {
            return one.kind == PackKind::graded && one.dimension == dimension.id &&
                   one.strength_for(sheet.input.profile).has_value();
        });
    }
    group("What was done, and what for", false, of_kind(PackKind::element));
    group("Noted in other lists", true, [&](const Indicator& one) { return noted(sheet.input, one.id) != nullptr; });
    if (all_lists) {
        for (const knowledge::IndicatorPack& pack : indicators().packs())
            group(pack.title.english(), false,
                  [&](const Indicator& one) { return &indicators().pack_of(one) == &pack; });
    }
    const auto rest = std::count(shown.begin(), shown.end(), false);
    if (rest > 0) dict.section("OTHER_LISTS").set("count", std::int64_t{rest});
}

void AssessPages::add_result(Dict& dict, const assess::Sheet& sheet) const {
    dict.set("finding", words_for_finding(assess::name_of(sheet.result.finding)))
        .set("standard", words_for_standard(assess::name_of(sheet.result.standard)));
    add_sentences(dict, "ESTABLISHED", sheet.explanation.established);
    add_sentences(dict, "MISSING", sheet.explanation.missing);
    add_sentences(dict, "NOTES", sheet.explanation.notes);
    if (!sheet.result.unverified.empty()) {
        Dict& list = dict.section("RESTS_ON_UNVERIFIED");
        for (const std::size_t i : sheet.result.unverified)
            list.section("UNVERIFIED_SIGNS").set("label", indicators().all()[i].label.english());
    }
    dict.set("ruled", assess::name_of(sheet.priority.priority)).set("acknowledge", sheet.priority.acknowledge.text());
    dict.show("NO_REASON", sheet.priority.because.empty())
        .show("RULES_UNVERIFIED", !desk().method().priorities().verified);
    for (const assess::PriorityRule* rule : sheet.priority.because)
        dict.section("REASONS").set("reason", rule->reason.english()).set("class", assess::name_of(rule->priority));
    if (sheet.input.priority && *sheet.input.priority != sheet.priority.priority)
        dict.section("OVERRIDDEN")
            .set("to", assess::name_of(*sheet.input.priority))
            .set("why", sheet.input.priority_reason.expose());
    if (sheet.next_question) {
        const Indicator& asked = indicators().all()[sheet.next_question->indicator];
        Dict& next = dict.section("NEXT");
        next.set("label", asked.label.english())
            .set("why", sheet.next_question->why)
            .set("question", sheet.next_question_message);
        next.show("SENSITIVE", asked.sensitive).show("UNVERIFIED", !asked.verified);
        next.show("DRAFT", sheet.next_question_draft);
    }
}

void AssessPages::add_others(Dict& dict, const assess::Sheet& sheet) const {
    if (sheet.hidden_others > 0) dict.section("HIDDEN").set("count", static_cast<std::int64_t>(sheet.hidden_others));
    dict.show("SECOND_WANTED", sheet.second_wanted && sheet.hidden_others == 0)
        .show("DISAGREEMENT", sheet.disagreement);
    if (sheet.others.empty()) return;
    Dict& list = dict.section("HAS_OTHERS");
    for (const assess::Earlier& other : sheet.others) {
        Dict& row = list.section("OTHERS");
        row.set("assessment", other.id.str())
            .set("assessor", other.by_me ? "You" : other.assessor)
            .set("finding_words", words_for_finding(other.finding));
        row.set("priority_name", assess::name_of(other.priority)).set("signed_at", staff_.exact_time(other.at));
    }
}

Response AssessPages::archived(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    const auto assessment = assess::AssessmentId::parse(request.param("assessment"));
    if (!id || !assessment) return staff_.no_such_page(visit);
    const auto archive = desk().archived(visit.who, *id, *assessment);
    if (!archive) return staff_.problem(visit, archive.error());
    const auto opened = desk().open(visit.who, *id);
    if (!opened) return staff_.problem(visit, opened.error());
    Dict dict = staff_.frame(visit, "Assessment as it was signed");
    dict.set("id", id->str())
        .set("assessor", archive->head.assessor)
        .set("signed_at", staff_.exact_time(archive->head.at))
        .set("method", archive->head.method);
    dict.show("OLD_METHOD", archive->head.method != desk().method().version());
    dict.set("profile", words_for_profile(archive->input.profile));
    dict.set("finding", words_for_finding(archive->head.finding))
        .set("standard", words_for_standard(archive->head.standard));
    dict.set("priority", assess::name_of(archive->head.priority));
    if (archive->head.priority != archive->priority.priority)
        dict.section("OVERRIDDEN")
            .set("ruled", assess::name_of(archive->priority.priority))
            .set("why", archive->input.priority_reason.expose());
    for (const assess::PriorityRule* rule : archive->priority.because)
        dict.section("REASONS").set("reason", rule->reason.english()).set("class", assess::name_of(rule->priority));
    add_sentences(dict, "ESTABLISHED", archive->explanation.established);
    add_sentences(dict, "MISSING", archive->explanation.missing);
    add_sentences(dict, "NOTES", archive->explanation.notes);
    for (const Noted& note : archive->input.notes) {
        const Indicator* indicator = archive->method->indicators().find(note.indicator);
        Dict& row = dict.section("OBSERVATIONS");
        row.set("label", indicator != nullptr ? indicator->label.english() : note.indicator)
            .set("answer", words_for_answer(note.answer));
        row.set("basis", words_for_basis(note.basis)).show("UNVERIFIED", indicator == nullptr || !indicator->verified);
        if (note.sentence > 0) {
            Dict& sentence = row.section("SENTENCE");
            sentence.set("number", std::int64_t{note.sentence});
            const auto at = static_cast<std::size_t>(note.sentence) - 1;
            sentence.set("words",
                         at < opened->sentences.size() ? opened->sentences[at].text.expose() : std::string_view());
        }
    }
    if (!archive->input.reasoning.empty())
        dict.section("REASONING").set("reasoning", archive->input.reasoning.expose());
    return staff_.page("staff/assess_archived", dict);
}

}  // namespace tideline::web::pages
