// What an assessor sends: the routes, a draft, a signature, a question for the reporter.
#include "web/pages/assess/assess_pages.h"

#include <charconv>
#include <map>

#include "base/text.h"
#include "web/pages/staff/forms.h"

namespace tideline::web::pages {
namespace {

using assess::Answer;
using assess::Input;
using assess::Noted;

std::optional<int> number_in(std::string_view text) {
    text = text::trim(text);
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

/// What the page of the method sends. Fields that belong to one sign carry its id: "answer:ilo.dr.contract".
Input input_in(const Fields& form) {
    Input input;
    input.profile = knowledge::profile_named(form.first("profile")).value_or(knowledge::Profile::adult_labour);
    input.facts.age = number_in(form.first("age"));
    input.facts.age_disputed = form.first("age_disputed") == "yes";
    input.facts.hours_to_departure = number_in(form.first("hours_to_departure"));
    input.facts.days_to_visa_expiry = number_in(form.first("days_to_visa_expiry"));
    input.reasoning = words_in(form, "reasoning");
    for (const assess::Priority priority :
         {assess::Priority::p1, assess::Priority::p2, assess::Priority::p3, assess::Priority::p4}) {
        if (form.first("priority") == assess::name_of(priority)) input.priority = priority;
    }
    input.priority_reason = words_in(form, "priority_reason");

    std::map<std::string, Noted, std::less<>> notes;
    const auto named = [](std::string_view name, std::string_view prefix) -> std::optional<std::string> {
        return name.starts_with(prefix) ? std::optional<std::string>(name.substr(prefix.size())) : std::nullopt;
    };
    const std::string_view usual = form.first("usual_basis");
    for (const Field& field : form.all()) {
        const auto sign = named(field.name, "answer:");
        if (!sign) continue;
        const auto answer = assess::answer_named(field.value.view());
        if (!answer) continue;
        notes[*sign] = {*sign, *answer, std::string(form.first("basis:" + *sign)),
                        number_in(form.first("sentence:" + *sign)).value_or(0)};
    }
    for (const Field& field : form.all()) {
        if (const auto sign = named(field.name, "suggested:")) {
            const std::string_view said = field.value.view();
            if (said == "yes" || said == "no")
                notes[*sign] = {*sign, said == "yes" ? Answer::yes : Answer::no, "",
                                number_in(form.first("suggested_in:" + *sign)).value_or(0)};
            if (said == "reject") input.rejected.push_back(*sign);
        } else if (const auto earlier = named(field.name, "rejected:")) {
            input.rejected.push_back(*earlier);
        }
    }
    for (auto& [sign, note] : notes) {
        if (note.answer == Answer::not_asked && note.sentence == 0 && note.basis.empty()) continue;
        if (note.basis.empty() && (note.answer == Answer::yes || note.answer == Answer::no)) note.basis = usual;
        std::erase(input.rejected, sign);
        input.notes.push_back(std::move(note));
    }
    return input;
}

/// The field that a sentence about an assessment is about.
std::string field_for(std::string_view sentence) {
    if (sentence.find("reasoning") != std::string_view::npos) return "reasoning";
    if (sentence.find("priority") != std::string_view::npos || sentence.find("reason") != std::string_view::npos)
        return "priority_reason";
    if (sentence.find("observation") != std::string_view::npos) return "signs-list";
    return "";
}

std::string_view said_after(std::string_view done) {
    if (done == "saved") return "Your draft was kept. The result below is by what you noted so far.";
    if (done == "signed") return "Your assessment is signed. Priority and clock follow from it.";
    if (done == "asked") return "The question was sent. The reporter sees it when they look with their number.";
    return "";
}

bool is_about_typing(ErrorKind kind) { return kind == ErrorKind::invalid || kind == ErrorKind::too_large; }

}  // namespace

AssessPages::AssessPages(StaffPages& staff) : staff_(staff) {
    if (staff.site_.desk == nullptr) throw std::invalid_argument("the assessment pages need a desk");
}

void AssessPages::add_routes(Router& router) {
    using enum Method;
    using Pages = AssessPages;
    add(router, get, "/report/{id}/assess", "assess", &Pages::sheet, Permission::assessment_write);
    add(router, post, "/report/{id}/assess", "assess.keep", &Pages::keep, Permission::assessment_write);
    add(router, post, "/report/{id}/ask", "assess.ask", &Pages::ask, Permission::report_reply);
    add(router, get, "/report/{id}/assessment/{assessment}", "assess.archived", &Pages::archived,
        Permission::assessment_write);
    add(router, get, "/report/{id}/decide", "decide", &Pages::decide, Permission::assessment_write);
    add(router, post, "/report/{id}/decide", "decide.propose", &Pages::propose, Permission::assessment_write);
    add(router, post, "/report/{id}/decision/{decision}/review", "decide.review", &Pages::review,
        Permission::assessment_review);
    add(router, post, "/report/{id}/decision/{decision}/message", "decide.message", &Pages::release,
        Permission::report_reply);
    add(router, get, "/offers", "offers", &Pages::offers, Permission::assessment_write);
    add(router, post, "/offers/{decision}", "offers.answer", &Pages::answer_offer, Permission::assessment_write);
    add(router, get, "/supervise", "supervise", &Pages::supervise, Permission::supervise);
    add(router, get, "/checklist/{who}", "checklist", &Pages::checklist, Permission::report_enter);
    add(router, post, "/checklist/{who}", "checklist.send", &Pages::send_checklist, Permission::report_enter);
}

void AssessPages::add(Router& router, Method method, std::string pattern, std::string name, Page handles,
                      std::optional<Permission> permission) {
    staff_.add(router, method, std::move(pattern), std::move(name),
               StaffPages::PageFunction(
                   [this, handles](Request& request, const Visit& visit) { return (this->*handles)(request, visit); }),
               permission);
}

Response AssessPages::sheet(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return staff_.no_such_page(visit);
    const auto opened = desk().open(visit.who, *id);
    if (!opened) return staff_.problem(visit, opened.error());
    return sheet_page(visit, *opened, request.query.first("lists") == "all", said_after(request.query.first("done")),
                      {});
}

Response AssessPages::keep(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return staff_.no_such_page(visit);
    const Input input = input_in(request.form);
    const bool sign = request.form.first("go") == "sign";
    const bool all_lists = request.form.first("lists") == "all";
    const Status done = sign ? desk().sign(visit.who, *id, input) : desk().save(visit.who, *id, input);
    const std::string lists = all_lists ? "&lists=all" : "";
    if (done)
        return Response::redirect("/report/" + id->str() + "/assess?done=" + (sign ? "signed" : "saved") + lists +
                                  "#result");
    if (!is_about_typing(done.kind())) return staff_.problem(visit, done.error());
    const auto shown = desk().preview(visit.who, *id, input);
    if (!shown) return staff_.problem(visit, shown.error());
    return sheet_page(visit, *shown, all_lists, "", {{field_for(done.error().message), done.error().message}});
}

Response AssessPages::ask(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return staff_.no_such_page(visit);
    const vault::SecretText words = words_in(request.form, "question");
    const Status sent = staff_.site_.inbox.reply(visit.who, *id, words.expose());
    if (sent) return Response::redirect("/report/" + id->str() + "/assess?done=asked#result");
    if (!is_about_typing(sent.kind())) return staff_.problem(visit, sent.error());
    auto opened = desk().open(visit.who, *id);
    if (!opened) return staff_.problem(visit, opened.error());
    opened->next_question_message = std::string(words.expose());
    return sheet_page(visit, *opened, false, "", {{"question", sent.error().message}});
}

}  // namespace tideline::web::pages
