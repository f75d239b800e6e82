// The field checklist: numbered signs on paper or phone, and the form that makes a report of what was noted.
#include "base/text.h"
#include "web/pages/assess/assess_pages.h"
#include "web/pages/assess/words.h"
#include "web/pages/staff/forms.h"

namespace tideline::web::pages {
namespace {

using assess::Answer;
using assess::Checklist;
using knowledge::Profile;

constexpr assess::ChecklistFor all_checklists[] = {
    assess::ChecklistFor::border, assess::ChecklistFor::labour_inspection, assess::ChecklistFor::police};

/// What was tapped, number by number, and what was typed in one line; the line wins.
Result<assess::Answers> noted_in(const Checklist& page, const Fields& form) {
    auto typed = assess::read_checklist(page, form.first("edition"), form.first("numbers"));
    if (!typed) return typed.error();
    for (const assess::ChecklistSection& section : page.sections) {
        for (const assess::ChecklistItem& item : section.items) {
            const auto answer = assess::answer_named(form.first("n" + std::to_string(item.number)));
            if (answer && *answer != Answer::not_asked) typed->emplace(item.indicator, *answer);
        }
    }
    return typed;
}

/// The observations as an officer would write them down, one line each, with the numbers of the page.
void write_observations(const Checklist& page, const knowledge::Indicators& indicators, const assess::Answers& answers,
                        vault::SecretText& into) {
    into.append("\n\nField checklist: " + std::string(words_for_checklist(page.name)) + ", edition " + page.edition +
                ".");
    for (const assess::ChecklistSection& section : page.sections) {
        for (const assess::ChecklistItem& item : section.items) {
            const auto found = answers.find(item.indicator);
            if (found == answers.end()) continue;
            into.append("\n" + std::to_string(item.number) + ". " + indicators.all()[item.indicator].label.english() +
                        ": " + std::string(words_for_answer(found->second)) + ".");
        }
    }
}

bool any_danger(const knowledge::Indicators& indicators, const assess::Answers& answers) {
    return std::any_of(answers.begin(), answers.end(), [&](const auto& one) {
        return one.second == Answer::yes && indicators.all()[one.first].kind == knowledge::PackKind::danger;
    });
}

}  // namespace

Response AssessPages::checklist(Request& request, const Visit& visit) const {
    const auto who = assess::checklist_named(request.param("who"));
    if (!who) return staff_.no_such_page(visit);
    return checklist_page(visit, *who,
                          knowledge::profile_named(request.query.first("profile")).value_or(Profile::adult_labour),
                          nullptr, {});
}

Response AssessPages::checklist_page(const Visit& visit, assess::ChecklistFor who, Profile profile, const Fields* typed,
                                     const Faults& faults) const {
    const Checklist page = assess::make_checklist(indicators(), who, profile, "en");
    Dict dict = staff_.frame(visit, "Checklist: " + std::string(words_for_checklist(page.name)), "/checklist/police");
    staff_.add_emergency(dict);
    dict.set("who", page.name)
        .set("edition", page.edition)
        .set("profile", knowledge::name_of(profile))
        .set("profile_words", words_for_profile(profile));
    for (const assess::ChecklistFor other : all_checklists)
        dict.section("CHECKLISTS")
            .set("name", assess::name_of(other))
            .set("words", words_for_checklist(assess::name_of(other)))
            .show("SELECTED", other == who);
    for (const Profile other : knowledge::all_profiles)
        dict.section("PROFILES")
            .set("profile_name", knowledge::name_of(other))
            .set("words", words_for_profile(other))
            .show("SELECTED", other == profile);
    const auto was = [&](std::string_view name) { return typed != nullptr ? typed->first(name) : std::string_view(); };
    for (const assess::ChecklistSection& section : page.sections) {
        Dict& group = dict.section("GROUPS");
        group.set("title", section.title);
        for (const assess::ChecklistItem& item : section.items) {
            Dict& row = group.section("SIGNS");
            row.set("number", std::int64_t{item.number})
                .set("label", indicators().all()[item.indicator].label.english())
                .show("UNVERIFIED", !item.verified);
            const std::string_view said = was("n" + std::to_string(item.number));
            row.show("YES", said == "yes").show("NO", said == "no").show("UNKNOWN", said == "unknown");
        }
    }
    for (const char* name : {"numbers", "what", "place"}) dict.set(name, was(name));
    staff_.add_faults(dict, faults);
    return staff_.page("staff/assess_checklist", dict, faults.empty() ? 200 : 422);
}

Response AssessPages::send_checklist(Request& request, const Visit& visit) const {
    const Fields& form = request.form;
    const auto who = assess::checklist_named(request.param("who"));
    const auto profile = knowledge::profile_named(form.first("profile"));
    if (!who || !profile) return staff_.no_such_page(visit);
    const auto again = [&](std::string_view field, std::string_view sentence) {
        return checklist_page(visit, *who, *profile, &form, {{std::string(field), std::string(sentence)}});
    };
    const Checklist page = assess::make_checklist(indicators(), *who, *profile, "en");
    const auto noted = noted_in(page, form);
    if (!noted) return again("numbers", noted.error().message);
    vault::SecretText what = words_in(form, "what");
    if (noted->empty() && what.expose().empty())
        return again("numbers", "Note at least one sign, or write what you saw.");
    if (what.expose().empty()) what.append("Noted by an officer in the field.");
    write_observations(page, indicators(), *noted, what);

    intake::Answers answers;
    answers.emplace("who", vault::SecretText("saw"));
    answers.emplace("what", std::move(what));
    if (vault::SecretText place = words_in(form, "place"); !place.expose().empty())
        answers.emplace("place", std::move(place));
    if (any_danger(indicators(), *noted)) answers.emplace("danger", vault::SecretText("yes"));
    if (knowledge::is_child(*profile)) answers.emplace("child", vault::SecretText("yes"));
    const auto pass = staff_.site_.derivations.enter(StaffPages::derivation_patience);
    if (!pass)
        return again("",
                     "Very many reports are coming in just now. Wait ten seconds, then press Send again. What you "
                     "noted is still here.");
    auto submission = staff_.site_.reception.begin(
        answers, {.channel = "phone", .language = "en", .quarantined = false}, visit.who.actor.id);
    if (!submission) return again("what", submission.error().message);
    const auto receipt = submission->commit();
    if (!receipt || !*receipt)
        return again("", "The report could not be stored. What you noted is still here. Try again, or keep the paper.");
    // Whoever may assess what this team receives finds the observations in their draft; for others they stand in the
    // text.
    if (may(visit.who.actor, Permission::assessment_write) && !noted->empty()) {
        if (const auto access = staff_.site_.reception.open(**receipt)) {
            assess::Input input;
            input.profile = *profile;
            for (const auto& [indicator, answer] : *noted)
                input.notes.push_back({indicators().all()[indicator].id, answer, "observed", 0});
            (void)desk().save(visit.who, access->report, input);
        }
    }
    return staff_.receipt_page(visit, **receipt);
}

}  // namespace tideline::web::pages
