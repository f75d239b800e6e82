// A report that is told on the phone: the caller's safety first, then the same questions, then the receipt to read out.
#include <array>

#include "web/pages/staff/forms.h"
#include "web/pages/staff/staff_pages.h"
#include "web/pages/staff/words.h"

namespace tideline::web::pages {
namespace {

constexpr std::size_t group_digits = 5;

std::string upper(std::string_view name) {
    std::string result(name);
    for (char& c : result) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

std::string sentence_for(const FieldError& error) {
    switch (error.kind) {
        case FieldError::Kind::empty: return "Write what is happening. A few words are enough.";
        case FieldError::Kind::too_long:
            return "This text is too long: " + std::to_string(error.count) + " characters. The limit is " +
                   std::to_string(error.limit) + ".";
        case FieldError::Kind::too_long_together:
            return "The answers together are too long. Make this one shorter; the caller can send the rest with the "
                   "number.";
    }
    return "";
}

}  // namespace

Response StaffPages::hotline(Request& request, const Visit& visit) const {
    const std::string_view safe = request.query.first("safe");
    if (safe == "yes") return hotline_page(visit, ReportForm(), site_.pack.jurisdiction().languages.front().code, {});
    Dict dict = frame(visit, safe == "no" ? "The caller is not safe" : "Is the caller safe?", "/hotline/new");
    add_emergency(dict);
    dict.show(safe == "no" ? "NOT_SAFE" : "ASK").show("CLOSED", !site_.reception.is_open());
    return page("staff/hotline_safe", dict);
}

Response StaffPages::hotline_page(const Visit& visit, const ReportForm& form, std::string_view language,
                                  const Faults& faults) const {
    Dict dict = frame(visit, "Report of a caller", "/hotline/new");
    add_emergency(dict);
    dict.set("age_of_majority", site_.pack.jurisdiction().age_of_majority);
    for (const knowledge::Language& row : site_.pack.jurisdiction().languages)
        dict.section("LANGUAGES")
            .set("code", row.code)
            .set("language", row.english_name)
            .show("SELECTED", row.code == language);
    for (const Question& question : pages::questions) {
        const std::string_view words = form.answer(question.name);
        if (!question.chosen()) {
            dict.set(question.name, words);
        } else if (!words.empty()) {
            dict.show(upper(question.name) + "_" + upper(words));
        }
    }
    add_faults(dict, faults);
    return page("staff/hotline", dict, faults.empty() ? 200 : 422);
}

Response StaffPages::hotline_send(Request& request, const Visit& visit) const {
    ReportForm form;
    for (int number = 1; number <= last_question_page; ++number) form.take(number, request.form);
    const knowledge::Language* spoken = site_.pack.language(request.form.first("language"));
    const std::string language = spoken != nullptr ? spoken->code : site_.pack.jurisdiction().languages.front().code;
    Faults faults;
    for (int number = 1; number <= last_question_page; ++number) {
        for (const FieldError& error : form.errors(number, true))
            faults.push_back({std::string(error.field), sentence_for(error)});
    }
    if (!faults.empty()) return hotline_page(visit, form, language, faults);

    intake::Answers answers;
    for (const Question& question : pages::questions) {
        if (form.answered(question.name)) answers.emplace(question.name, vault::SecretText(form.answer(question.name)));
    }
    const auto pass = site_.derivations.enter(derivation_patience);
    if (!pass)
        return hotline_page(visit, form, language,
                            {{"",
                              "Very many reports are coming in just now. Wait ten seconds, then press Send again. What "
                              "you typed is still here."}});
    auto submission = site_.reception.begin(answers, {.channel = "phone", .language = language, .quarantined = false},
                                            visit.who.actor.id);
    if (!submission) return hotline_page(visit, form, language, {{"", submission.error().message}});
    const auto receipt = submission->commit();
    if (!receipt || !*receipt)
        return hotline_page(
            visit, form, language,
            {{"", "The report could not be stored. What you typed is still here. Try again, or write it on paper."}});
    return receipt_page(visit, **receipt);
}

Response StaffPages::receipt_page(const Visit& visit, const vault::Receipt& receipt) const {
    Dict dict = frame(visit, "Read this number to the caller");
    std::int64_t number = 0;
    for (std::string_view rest = receipt.digits(); !rest.empty();
         rest.remove_prefix(std::min(group_digits, rest.size()))) {
        SecretText spoken;
        for (const char digit : rest.substr(0, group_digits)) {
            if (!spoken.empty()) spoken.push_back(' ');
            spoken.push_back(digit);
        }
        dict.section("GROUPS")
            .set("number", ++number)
            .set("digits", rest.substr(0, group_digits))
            .set("spoken", spoken.view());
    }
    if (!site_.public_url.empty()) dict.section("PUBLIC").set("public_url", site_.public_url);
    return page("staff/receipt", dict);
}

}  // namespace tideline::web::pages
