// The report, one thing per page: what was typed travels sealed in the form; nothing is stored before it is sent.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "web/pages/public/public_pages.h"

namespace tideline::web::pages {
namespace {

constexpr std::string_view purpose = "report";
constexpr std::array<std::string_view, check_page> page_templates{
    "public/form_who",    "public/form_what",    "public/form_where", "public/form_details",
    "public/form_danger", "public/form_contact", "public/form_check"};
constexpr std::array<std::string_view, last_question_page> answer_sections{"IS_WHO",     "IS_WHAT",   "IS_WHERE",
                                                                           "IS_DETAILS", "IS_DANGER", "IS_CONTACT"};

std::string upper(std::string_view name) {
    std::string result(name);
    for (char& c : result) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

int page_number(std::string_view typed) {
    int number = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), number);
    return number >= 1 && number <= check_page ? number : 1;
}

void add_fault(Dict& to, const FieldError& error) {
    switch (error.kind) {
        case FieldError::Kind::empty: to.show("EMPTY"); break;
        case FieldError::Kind::too_long:
            to.section("TOO_LONG")
                .set("count", static_cast<std::int64_t>(error.count))
                .set("limit", static_cast<std::int64_t>(error.limit));
            break;
        case FieldError::Kind::too_long_together: to.show("TOO_LONG_TOGETHER"); break;
    }
}

void add_questions(Dict& dict, int page, const ReportForm& form, const std::vector<FieldError>& errors) {
    for (const Question& question : questions) {
        if (question.page != page) continue;
        const std::string_view answer = form.answer(question.name);
        if (!question.chosen()) {
            dict.set(question.name, answer);
        } else if (!answer.empty()) {
            dict.show(upper(question.name) + "_" + upper(answer));
        }
        for (const FieldError& error : errors) {
            if (error.field == question.name) add_fault(dict.section(upper(question.name) + "_ERROR"), error);
        }
    }
}

// What was answered, for the page on which it is checked before it is sent.
void add_answers(Dict& dict, const ReportForm& form) {
    for (int page = 1; page <= last_question_page; ++page) {
        Dict& row = dict.section("ANSWERS");
        row.set("number", page).show(answer_sections[static_cast<std::size_t>(page - 1)]);
        row.show("EMPTY", !form.any_answer_on(page));
        for (const Question& question : questions) {
            const std::string_view answer = form.answer(question.name);
            if (question.page != page || answer.empty()) continue;
            Dict& shown = row.section(upper(question.name));
            if (question.chosen()) {
                shown.show(upper(answer));
            } else {
                shown.set("text", answer);
            }
        }
    }
}

int page_with_errors(const ReportForm& form) {
    for (int page = 1; page <= last_question_page; ++page) {
        if (!form.errors(page, true).empty()) return page;
    }
    return 0;
}

intake::Answers answers_of(const ReportForm& form) {
    intake::Answers answers;
    for (const Question& question : questions) {
        if (form.answered(question.name)) answers.emplace(question.name, vault::SecretText(form.answer(question.name)));
    }
    return answers;
}

int page_after(std::string_view go, int page, const ReportForm& form) {
    if (form.editing && (go == "next" || go == "skip" || go == "back")) return check_page;
    if (go == "next" || go == "skip") return std::min(page + 1, check_page);
    if (go == "back") return std::max(page - 1, 1);
    return page;
}

}  // namespace

std::string PublicPages::seal_form(const ReportForm& form, int shown_page) const {
    const vault::SecretText packed = form.pack(shown_page);
    // Only a form that no page of ours made can be larger: the pages say at once when answers are too long together.
    if (packed.size() > ReportForm::packed_bytes_max)
        return seal_.seal(purpose, ReportForm::begin().pack(shown_page).expose());
    return seal_.seal(purpose, packed.expose());
}

std::pair<ReportForm, bool> PublicPages::open_form(std::string_view state) const {
    if (state.empty()) return {ReportForm::begin(), false};
    if (const auto packed = seal_.open(purpose, state)) {
        if (auto form = ReportForm::unpack(packed->expose())) return {std::move(*form), false};
    }
    return {ReportForm::begin(), true};
}

Response PublicPages::begin_form(Request& request) const {
    const Language* language = language_in_path(request);
    if (language == nullptr) return Response::refuse(Refusal::not_found);
    return form_page(*language, 1, ReportForm::begin(), {});
}

Response PublicPages::form_step(Request& request) const {
    const Language* language = language_in_path(request);
    if (language == nullptr) return Response::refuse(Refusal::not_found);
    const Fields& fields = request.form;
    if (fields.has_repetition()) return Response::refuse(Refusal::bad_form);

    auto [form, lost] = open_form(fields.first("state"));
    const int page = page_number(fields.first("page"));
    const std::string_view go = fields.first("go");
    form.take(page, fields);
    if (lost) {
        const int shown = page == check_page ? 1 : page;
        return form_page(*language, shown, form, {.errors = {}, .expired = true, .earlier_lost = true});
    }
    if (go.starts_with("lang-")) {
        const Language* other = parts_.pack.language(go.substr(5));
        return form_page(other != nullptr ? *other : *language, page, form, {});
    }
    const bool forward = go == "next" || go == "skip";
    if (const auto errors = form.errors(page, forward); !errors.empty()) {
        return form_page(*language, page, form, {.errors = errors});
    }
    if (go == "send") {
        Started started = start_report(*language, request, form, fields.first("waited"), false);
        return finish_report(*language, std::move(started), form, false);
    }
    if (go.starts_with("edit-")) {
        const int chosen = page_number(go.substr(5));
        form.editing = chosen != check_page;
        return form_page(*language, chosen, form, {});
    }
    const int next = page_after(go, page, form);
    if (next == check_page) form.editing = false;
    return form_page(*language, next, form, {});
}

Response PublicPages::form_page(const Language& language, int page, const ReportForm& form, const Notes& notes,
                                FileFault fault) const {
    Dict dict = frame(language, Links::none);
    add_form_languages(dict, language);
    dict.set("form_action", "/" + language.code + "/form").set("state", seal_form(form, page)).set("page", page);
    dict.set("number", page).set("total", check_page);
    if (notes.expired) dict.section("EXPIRED").show("EARLIER_LOST", notes.earlier_lost);
    dict.show("HAS_ERRORS", !notes.errors.empty() || fault != FileFault::none);
    for (const FieldError& error : notes.errors) {
        Dict& row = dict.section("ERRORS");
        row.set("field", error.field);
        add_fault(row, error);
    }
    if (page == check_page) {
        add_answers(dict, form);
        add_file_limits(dict);
        if (fault != FileFault::none) {
            Dict& row = dict.section("ERRORS");
            row.set("field", "files");
            add_file_fault(row, fault);
            add_file_fault(dict.section("FILES_ERROR"), fault);
        }
    } else {
        add_questions(dict, page, form, notes.errors);
        dict.show("CAN_GO_BACK", page > 1).show("CAN_SKIP", page != required_page);
    }
    const bool mistaken = !notes.errors.empty() || fault != FileFault::none;
    return this->page(language, page_templates[static_cast<std::size_t>(page - 1)], dict, mistaken ? 422 : 200);
}

PublicPages::Started PublicPages::start_report(const Language& language, const Request& request, const ReportForm& form,
                                               std::string_view waited, bool has_files) const {
    Started started;
    if (const int page = page_with_errors(form); page != 0) {
        started.instead = form_page(language, page, form, {.errors = form.errors(page, true)});
        return started;
    }
    const std::string state = seal_form(form, check_page);
    const std::string page = std::to_string(check_page);
    const Again again{"/" + language.code + "/form", "send", {{"state", state}, {"page", page}}};

    if (form.has_number()) {
        SentForms::Claim claim = sent_.claim(form, derivation_patience);
        if (claim.outcome) {
            if (auto repeated = start_again(language, request, std::move(*claim.outcome), again, waited, has_files))
                return std::move(*repeated);
            claim.turn.emplace(sent_.claim_anew(form));
        }
        if (!claim.turn) {
            started.instead = wait_page(language, busy_wait_s, again, true, has_files);
            return started;
        }
        started.turn.emplace(std::move(*claim.turn));
    }

    const Admission admission = admit(parts_.reports, request, waited);
    if (admission.pressure == Pressure::wait) {
        started.instead = wait_page(language, admission.wait_s, again, true, has_files);
        return started;
    }
    started.take_files = admission.pressure == Pressure::normal;
    started.quarantined = admission.pressure == Pressure::quarantine;

    const auto pass = parts_.derivations.enter(derivation_patience);
    if (!pass) {
        started.instead = wait_page(language, busy_wait_s, again, true, has_files);
        return started;
    }
    auto submission = parts_.reception.begin(
        answers_of(form), {.channel = "web", .language = language.code, .quarantined = started.quarantined});
    if (submission) {
        started.submission.emplace(std::move(submission).value());
    } else if (submission.kind() == ErrorKind::unavailable) {
        started.instead = problem(language, "CLOSED", 503, again);
    } else {
        started.instead = problem(language, "FAILED", 500, again);
    }
    return started;
}

// The same form once more: its receipt again. Files that come with it go to the report as an answer without words, so
// that a file added after going back is not lost. Nothing when the report is gone: its reporter had it deleted.
std::optional<PublicPages::Started> PublicPages::start_again(const Language& language, const Request& request,
                                                             SentForms::Outcome earlier, const Again& again,
                                                             std::string_view waited, bool has_files) const {
    Started started;
    const Admission admission = admit(parts_.openings, request, waited);
    if (admission.pressure == Pressure::wait) {
        started.instead = wait_page(language, admission.wait_s, again, true, has_files);
        return started;
    }
    const auto pass = parts_.derivations.enter(derivation_patience);
    if (!pass) {
        started.instead = wait_page(language, busy_wait_s, again, true, has_files);
        return started;
    }
    const auto access = parts_.reception.open(earlier.receipt);
    if (!access && access.kind() == ErrorKind::not_found) return std::nullopt;
    if (!access) {
        started.instead = problem(language, "FAILED", 500, again);
        return started;
    }
    started.quarantined = earlier.quarantined;
    started.take_files = !earlier.quarantined;
    if (!has_files || !started.take_files) {
        started.instead = receipt_page(language, earlier.receipt, earlier.files, has_files, earlier.quarantined);
        return started;
    }
    auto answer = parts_.reception.begin_answer(access.value(), "");
    if (answer) {
        started.submission.emplace(std::move(answer).value());
        started.earlier.emplace(std::move(earlier));
    } else {
        started.instead = problem(language, "FAILED", 500, again);
    }
    return started;
}

Response PublicPages::finish_report(const Language& language, Started started, const ReportForm& form,
                                    bool files_missing) const {
    if (started.instead) return std::move(*started.instead);
    const std::size_t files = started.submission->file_count();
    const auto receipt = started.submission->commit();
    if (receipt && started.earlier)
        return receipt_page(language, started.earlier->receipt, started.earlier->files + files, files_missing,
                            started.quarantined);
    if (!receipt || !receipt.value()) {
        const std::string state = seal_form(form, check_page);
        const std::string page = std::to_string(check_page);
        return problem(language, "FAILED", 500,
                       {"/" + language.code + "/form", "send", {{"state", state}, {"page", page}}});
    }
    if (started.turn) started.turn->sent(*receipt.value(), files, started.quarantined);
    return receipt_page(language, *receipt.value(), files, files_missing, started.quarantined);
}

Response PublicPages::receipt_page(const Language& language, const vault::Receipt& receipt, std::size_t files,
                                   bool files_missing, bool quarantined) const {
    constexpr std::size_t group_digits = 5;
    Dict dict = frame(language, Links::none);
    for (std::string_view rest = receipt.digits(); !rest.empty();
         rest.remove_prefix(std::min(group_digits, rest.size()))) {
        const std::string_view group = rest.substr(0, group_digits);
        SecretText spoken;
        for (const char digit : group) {
            if (!spoken.empty()) spoken.push_back(' ');
            spoken.push_back(digit);
        }
        dict.section("GROUPS").set("digits", group).set("spoken", spoken.view());
    }
    if (files > 0) dict.section("FILES_SENT").set("count", static_cast<std::int64_t>(files));
    dict.show("FILES_MISSING", files_missing).show("QUARANTINED", quarantined);
    return page(language, "public/receipt", dict);
}

void PublicPages::add_file_fault(Dict& to, FileFault fault) const {
    const Limits& edge = parts_.limits;
    switch (fault) {
        case FileFault::none: break;
        case FileFault::too_large:
            to.section("FILE_TOO_LARGE")
                .set("limit", file_size(std::min<std::uint64_t>(edge.file_bytes_max, intake::limits::file_bytes_max)));
            break;
        case FileFault::too_many:
            to.section("TOO_MANY_FILES")
                .set("limit", static_cast<std::int64_t>(
                                  std::min(edge.files_per_report_max, intake::limits::files_per_submission_max)));
            break;
        case FileFault::broken_off: to.show("FILES_BROKEN_OFF"); break;
    }
}

}  // namespace tideline::web::pages
