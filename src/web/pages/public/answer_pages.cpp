// Behind the receipt: what the team wrote, what the reporter wrote, and what can be done about the report.
#include <charconv>
#include <cstring>

#include "base/text.h"
#include "web/pages/public/public_pages.h"

namespace tideline::web::pages {
namespace {

constexpr std::string_view purpose = "conversation.v2";
constexpr std::size_t report_id_digits = 32;
constexpr std::size_t key_bytes = 32;

std::size_t digits_in(std::string_view typed) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < typed.size();) count += text::digit_value(text::next(typed, at)).has_value() ? 1 : 0;
    return count;
}

bool has_letters(std::string_view typed) {
    for (std::size_t at = 0; at < typed.size();) {
        const char32_t c = text::next(typed, at);
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
    }
    return false;
}

// The section of the template that says what is wrong with a receipt that did not parse.
std::string_view fault_of(std::string_view typed, std::size_t digits) {
    if (text::trim(typed).empty()) return "EMPTY";
    if (has_letters(typed)) return "NOT_DIGITS";
    if (digits != vault::Receipt::digit_count) return "WRONG_LENGTH";
    return "WRONG_DIGIT";
}

}  // namespace

// "<report id><key><opened at, milliseconds>": the key that the receipt gives, so that it need not be derived on each
// page.
std::string PublicPages::seal_visit(const Visit& visit) const {
    vault::SecretText packed(visit.access.report.str());
    const vault::Key32& key = visit.access.pair.secret.expose();
    packed.append({reinterpret_cast<const char*>(key.data()), key.size()});
    packed.append(std::to_string(visit.opened.ms));
    return seal_.seal(purpose, packed.expose());
}

std::optional<PublicPages::Visit> PublicPages::open_visit(std::string_view state) const {
    const auto packed = seal_.open(purpose, state);
    if (!packed || packed->size() <= report_id_digits + key_bytes) return std::nullopt;
    const std::string_view bytes = packed->expose();
    // The id was written by seal_visit, from a report that exists.
    vault::Secret<vault::Key32> secret;
    std::memcpy(secret.expose().data(), bytes.data() + report_id_digits, key_bytes);
    Visit visit{{ReportId::stored(std::string(bytes.substr(0, report_id_digits))), vault::KeyPair::from_secret(secret)},
                {}};
    const std::string_view time = bytes.substr(report_id_digits + key_bytes);
    const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), visit.opened.ms);
    if (error != std::errc{} || parts_.clock.now() - visit.opened > conversation_ms_max) return std::nullopt;
    return visit;
}

Response PublicPages::begin_check(Request& request) const {
    const Language* language = language_in_path(request);
    if (language == nullptr) return Response::refuse(Refusal::not_found);
    return receipt_entry(*language, {});
}

Response PublicPages::receipt_entry(const Language& language, const CheckNotes& notes) const {
    Dict dict = frame(language, Links::to_check);
    dict.set("digits", static_cast<std::int64_t>(vault::Receipt::digit_count)).set("receipt", notes.typed);
    dict.show("EXPIRED", notes.expired).show("OPEN", parts_.reception.is_open());
    if (!notes.words.empty()) dict.section("DRAFT_WORDS").set("message", notes.words);
    if (!notes.fault.empty()) {
        dict.show("HAS_ERRORS");
        Dict& said = dict.section(notes.fault);
        if (notes.fault == "WRONG_LENGTH") said.set("count", static_cast<std::int64_t>(notes.count));
    }
    return page(language, "public/check", dict, notes.fault.empty() ? 200 : 422);
}

Response PublicPages::check_step(Request& request) const {
    const Language* language = language_in_path(request);
    if (language == nullptr) return Response::refuse(Refusal::not_found);
    const Fields& fields = request.form;
    if (fields.has_repetition()) return Response::refuse(Refusal::bad_form);
    const std::string_view go = fields.first("go");
    const std::string_view words = fields.first("message");
    if (fields.has("receipt")) return open_receipt(*language, request);

    auto visit = open_visit(fields.first("state"));
    if (!visit) return receipt_entry(*language, {.expired = fields.has("state"), .words = words});
    if (go.starts_with("lang-")) {
        const Language* other = parts_.pack.language(go.substr(5));
        return conversation_page(other != nullptr ? *other : *language, *visit, {.words = words});
    }
    if (go == "delete") return ask_deletion(*language, *visit, words);
    if (go == "delete-confirm") return delete_report(*language, *visit, words);
    if (go == "send") {
        Started started = start_answer(*language, request, *visit, words, fields.first("waited"), false);
        return finish_answer(*language, *visit, std::move(started), words, false);
    }
    return conversation_page(*language, *visit, {.words = words});
}

Response PublicPages::open_receipt(const Language& language, Request& request) const {
    const std::string_view typed = request.form.first("receipt");
    const std::string_view words = request.form.first("message");
    const auto receipt = vault::Receipt::parse(typed);
    if (!receipt) {
        const std::size_t count = digits_in(typed);
        return receipt_entry(language,
                             {.fault = fault_of(typed, count), .count = count, .typed = typed, .words = words});
    }
    const Again again{"/" + language.code + "/check", "open", {{"receipt", typed}, {"message", words}}};
    const Admission admission = admit(parts_.openings, request, request.form.first("waited"));
    if (admission.pressure == Pressure::wait) return wait_page(language, admission.wait_s, again, true, false);
    const auto pass = parts_.derivations.enter(derivation_patience);
    if (!pass) return wait_page(language, busy_wait_s, again, true, false);

    auto access = parts_.reception.open(receipt.value());
    if (!access) {
        if (access.kind() != ErrorKind::not_found) return problem(language, "FAILED", 500, again);
        return receipt_entry(language, {.fault = "NO_REPORT", .typed = typed, .words = words});
    }
    return conversation_page(language, {std::move(access).value(), parts_.clock.now()}, {.words = words});
}

Response PublicPages::conversation_page(const Language& language, const Visit& visit, const VisitNotes& notes) const {
    auto opened = parts_.reception.conversation(visit.access);
    if (!opened) {
        if (opened.kind() == ErrorKind::not_found)
            return receipt_entry(language, {.fault = "NO_REPORT", .words = notes.words});
        const std::string state = seal_visit(visit);
        return problem(language, "FAILED", 500,
                       {"/" + language.code + "/check", "refresh", {{"state", state}, {"message", notes.words}}});
    }
    const intake::Conversation& conversation = opened.value();
    Dict dict = frame(language, Links::none);
    add_form_languages(dict, language);
    add_file_limits(dict);
    dict.set("form_action", "/" + language.code + "/check").set("state", seal_visit(visit)).set("message", notes.words);
    dict.set("sent_on", day(language, conversation.received));
    if (const auto* status = parts_.pack.status_message("state." + conversation.state)) {
        dict.section("STATUS").set("text", say(language, status->text));
    }
    dict.show("DELETION_ASKED", conversation.deletion_asked).show("CAN_ASK_DELETION", !conversation.deletion_asked);
    if (!notes.deletion_reply.empty()) dict.section("DELETION_REPLY").set("text", say(language, notes.deletion_reply));

    dict.show("NO_MESSAGES", conversation.messages.empty());
    for (const intake::Message& message : conversation.messages) {
        const bool from_team = message.direction == intake::Direction::to_reporter;
        Dict& row = dict.section("MESSAGES");
        row.show(from_team ? "FROM_TEAM" : "FROM_YOU").show("NEW", from_team && message.unread);
        row.set("date", day(language, message.at)).set("text", message.text.expose());
    }
    if (!conversation.files.empty()) {
        Dict& files = dict.section("HAS_FILES");
        for (const intake::Attachment& file : conversation.files) {
            files.section("FILES").set("file_name", file.name.expose()).set("size", file_size(file.bytes));
        }
    }
    dict.show("JUST_SENT", notes.just_sent).show("FILES_MISSING", notes.files_missing);

    const bool wrong_words = notes.fault != VisitNotes::Fault::none;
    const bool wrong_files = notes.file_fault != FileFault::none;
    dict.show("HAS_ERRORS", wrong_words || wrong_files);
    if (wrong_words) {
        const auto add_fault = [&](Dict& to) {
            if (notes.fault == VisitNotes::Fault::empty) {
                to.show("EMPTY");
            } else {
                to.section("TOO_LONG")
                    .set("count", static_cast<std::int64_t>(text::length(notes.words)))
                    .set("limit", static_cast<std::int64_t>(intake::limits::message_chars_max));
            }
        };
        add_fault(dict.section("ERRORS").set("field", "message"));
        add_fault(dict.section("MESSAGE_ERROR"));
    }
    if (wrong_files) {
        add_file_fault(dict.section("ERRORS").set("field", "files"), notes.file_fault);
        add_file_fault(dict.section("FILES_ERROR"), notes.file_fault);
    }
    return page(language, "public/conversation", dict, wrong_words || wrong_files ? 422 : 200);
}

Response PublicPages::ask_deletion(const Language& language, const Visit& visit, std::string_view words) const {
    Dict dict = frame(language, Links::none);
    add_form_languages(dict, language);
    dict.set("form_action", "/" + language.code + "/check").set("state", seal_visit(visit));
    if (!words.empty()) dict.section("DRAFT_WORDS").set("message", words);
    return page(language, "public/delete", dict);
}

Response PublicPages::delete_report(const Language& language, const Visit& visit, std::string_view words) const {
    const auto reply = parts_.reception.ask_deletion(visit.access);
    if (!reply) {
        if (reply.kind() == ErrorKind::not_found) return receipt_entry(language, {.fault = "NO_REPORT"});
        const std::string state = seal_visit(visit);
        return problem(language, "FAILED", 500, {"/" + language.code + "/check", "delete-confirm", {{"state", state}}});
    }
    if (reply.value().answer == knowledge::DeletionAnswer::at_once) {
        Dict dict = frame(language, Links::none);
        dict.set("text", say(language, reply.value().text));
        return page(language, "public/deleted", dict);
    }
    return conversation_page(language, visit, {.deletion_reply = reply.value().text, .words = words});
}

PublicPages::Started PublicPages::start_answer(const Language& language, const Request& request, const Visit& visit,
                                               std::string_view words, std::string_view waited, bool has_files) const {
    Started started;
    const bool too_long = text::length(words) > intake::limits::message_chars_max;
    if (too_long || (text::trim(words).empty() && !has_files)) {
        started.instead = conversation_page(
            language, visit,
            {.words = words, .fault = too_long ? VisitNotes::Fault::too_long : VisitNotes::Fault::empty});
        return started;
    }
    const std::string state = seal_visit(visit);
    const Again again{"/" + language.code + "/check", "send", {{"state", state}, {"message", words}}};
    const Admission admission = admit(parts_.reports, request, waited);
    if (admission.pressure == Pressure::wait) {
        started.instead = wait_page(language, admission.wait_s, again, true, has_files);
        return started;
    }
    started.take_files = admission.pressure == Pressure::normal;
    auto submission = parts_.reception.begin_answer(visit.access, text::trim(text::clean(words)));
    if (submission) {
        started.submission.emplace(std::move(submission).value());
    } else if (submission.kind() == ErrorKind::not_found) {
        started.instead = receipt_entry(language, {.fault = "NO_REPORT", .words = words});
    } else {
        started.instead = problem(language, "FAILED", 500, again);
    }
    return started;
}

Response PublicPages::finish_answer(const Language& language, const Visit& visit, Started started,
                                    std::string_view words, bool files_missing) const {
    if (started.instead) return std::move(*started.instead);
    // Files alone, and none of them taken: there is nothing to send.
    if (text::trim(words).empty() && started.submission->file_count() == 0) {
        return conversation_page(language, visit, {.files_missing = true});
    }
    if (const auto done = started.submission->commit(); !done) {
        const std::string state = seal_visit(visit);
        return problem(language, "FAILED", 500,
                       {"/" + language.code + "/check", "send", {{"state", state}, {"message", words}}});
    }
    return conversation_page(language, visit, {.just_sent = true, .files_missing = files_missing});
}

}  // namespace tideline::web::pages
