// One report: what was told, the files, the conversation, notes, and what becomes of it.
#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "web/pages/public/public_pages.h"
#include "web/pages/staff/forms.h"
#include "web/pages/staff/staff_pages.h"
#include "web/pages/staff/words.h"

namespace tideline::web::pages {
namespace {

/// A file in clear on its way to the browser, piece by piece.
class ClearFile final : public BodySource {
public:
    explicit ClearFile(intake::FileDownload file) : file_(std::move(file)) {}
    Result<std::size_t> read(std::span<char> into) override {
        if (at_ == piece_.size()) {
            auto next = file_.next();
            if (!next) return next.error();
            piece_ = std::move(*next);
            at_ = 0;
        }
        const std::size_t count = std::min(into.size(), piece_.size() - at_);
        if (count > 0) std::memcpy(into.data(), piece_.data() + at_, count);
        at_ += count;
        return count;
    }

private:
    intake::FileDownload file_;
    vault::SecretText piece_;
    std::size_t at_ = 0;
};

Response as_download(intake::FileDownload file) {
    const std::uint64_t bytes = file.bytes();
    const std::string type = file.type();
    const vault::SecretText name = file.name().clone();
    return Response::download(std::make_unique<ClearFile>(std::move(file)), bytes, type, name.expose());
}

/// What a redirect after a change says on the page that it leads to.
std::string said_after(std::string_view done) {
    if (done == "reply") return "Your message was sent. The reporter sees it when they look with their number.";
    if (done == "note") return "Your note was kept.";
    if (done == "state") return "The state was changed.";
    if (done == "kept") return "The report was kept. The reporter sees your message when they look with their number.";
    return "";
}

bool is_about_typing(ErrorKind kind) {
    return kind == ErrorKind::invalid || kind == ErrorKind::too_large || kind == ErrorKind::conflict;
}

constexpr std::string_view settable_states[] = {"opened", "held", "no_action"};

}  // namespace

Response StaffPages::report(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    return report_page(visit, *id, {.done = said_after(request.query.first("done"))});
}

Response StaffPages::report_page(const Visit& visit, const ReportId& id, const ReportNotes& notes) const {
    const auto opened = site_.inbox.open(visit.who, id);
    if (!opened) return problem(visit, opened.error());
    const intake::OpenReport& report = *opened;
    Dict dict = frame(visit, "Report");
    dict.set("id", id.str()).set("language", language_name(report.language)).set("kind", kind_name(report.kind));
    dict.set("state_words", words_for_state(report.state)).show("PHONE", report.channel == "phone");
    dict.show("DANGER", intake::answer(report.answers, "danger") == "yes")
        .show("CHILD", intake::answer(report.answers, "child") == "yes");
    add_time(dict.section("RECEIVED"), report.received);
    std::string skipped;
    for (const std::string_view question : intake::questions) {
        const std::string_view words = intake::answer(report.answers, question);
        if (words.empty()) {
            skipped.append(skipped.empty() ? "" : ", ").append(words_for_question(question));
            continue;
        }
        dict.section("ANSWERS")
            .set("question", words_for_question(question))
            .set("words", words_for_answer(question, words));
    }
    if (!skipped.empty()) dict.section("SKIPPED").set("questions", skipped);
    add_files(dict, report, notes);
    add_talk(dict, report);
    dict.set("reply", notes.reply).set("note", notes.note);
    dict.show("ASSESS", site_.desk != nullptr && report.state != "quarantined");
    // Where reports are assessed, what becomes of one is decided there, with a second person where that is needed.
    if (site_.desk == nullptr) {
        dict.show("SETS_STATE");
        for (const std::string_view state : settable_states)
            dict.section("STATES")
                .set("state", state)
                .set("words", words_for_state(state))
                .show("CHECKED", report.state == state);
    }
    dict.show("QUARANTINED", report.state == "quarantined");
    if (report.deletion_asked) dict.section("DELETION_ASKED").set("keep", notes.keep);
    if (const auto history = site_.inbox.history(visit.who, id)) {
        for (const intake::HistoryLine& line : *history) {
            Dict& row = dict.section("HISTORY");
            row.set("action", words_for_action(line.action)).set("actor", words_for_actor(line.actor));
            add_time(row, line.at);
        }
    }
    if (!notes.done.empty()) dict.section("DONE").set("said", notes.done);
    add_faults(dict, notes.faults);
    return page("staff/report", dict, notes.faults.empty() ? 200 : 422);
}

void StaffPages::add_files(Dict& dict, const intake::OpenReport& report, const ReportNotes& notes) const {
    if (report.files.empty()) return;
    Dict& list = dict.section("HAS_FILES");
    for (const intake::Attachment& file : report.files) {
        Dict& row = list.section("FILES");
        row.set("file", file.id.str())
            .set("file_name", file.name.expose())
            .set("type", file.type)
            .set("size", file_size(file.bytes));
        add_time(row, file.at);
        const bool typed = notes.reason_for == file.id.str();
        row.set("reason", typed ? notes.reason : "").show("OPEN", typed);
        for (const Fault& fault : notes.faults) {
            if (fault.field == "reason-" + file.id.str()) row.section("REASON_FAULT").set("fault", fault.text);
        }
    }
}

void StaffPages::add_talk(Dict& dict, const intake::OpenReport& report) const {
    dict.show("NO_MESSAGES", report.messages.empty());
    for (const intake::Message& message : report.messages) {
        const bool ours = message.direction == intake::Direction::to_reporter;
        Dict& row = dict.section("MESSAGES");
        row.set("words", message.text.expose());
        if (ours) {
            row.section("OURS").set("author", message.author).show(message.unread ? "NOT_READ" : "READ");
        } else {
            row.show("THEIRS");
        }
        add_time(row, message.at);
    }
    for (const intake::Note& note : report.notes) {
        Dict& row = dict.section("NOTES");
        row.set("author", note.author).set("words", note.text.expose());
        add_time(row, note.at);
    }
}

// What follows a change: its page again with a sentence, or with what is to be mended and what was typed.
Response StaffPages::after(const Visit& visit, const ReportId& id, const Status& done, std::string_view said,
                           ReportNotes notes, std::string_view field) const {
    if (done) return Response::redirect("/report/" + id.str() + "?done=" + std::string(said));
    if (!is_about_typing(done.kind())) return problem(visit, done.error());
    notes.faults = {{std::string(field), done.error().message}};
    return report_page(visit, id, notes);
}

Response StaffPages::reply(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    const vault::SecretText words = words_in(request.form, "reply");
    return after(visit, *id, site_.inbox.reply(visit.who, *id, words.expose()), "reply",
                 {.reply = request.form.first("reply")}, "reply");
}

Response StaffPages::note(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    const vault::SecretText words = words_in(request.form, "note");
    return after(visit, *id, site_.inbox.add_note(visit.who, *id, words.expose()), "note",
                 {.note = request.form.first("note")}, "note");
}

Response StaffPages::set_state(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    if (site_.desk != nullptr)
        return problem(visit, {ErrorKind::conflict, "What becomes of a report is decided on its page of decisions."});
    return after(visit, *id, site_.inbox.set_state(visit.who, *id, request.form.first("state")), "state", {}, "state");
}

Response StaffPages::delete_report(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    if (request.form.first("sure") != "yes")
        return report_page(visit, *id, {.faults = {{"sure", "Tick the box if the report is to be deleted for good."}}});
    const Status done = site_.inbox.grant_deletion(visit.who, *id);
    if (!done) return after(visit, *id, done, "", {}, "");
    return Response::redirect("/?done=deleted");
}

Response StaffPages::keep_report(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    if (!id) return no_such_page(visit);
    const vault::SecretText words = words_in(request.form, "keep");
    return after(visit, *id, site_.inbox.decline_deletion(visit.who, *id, words.expose()), "kept",
                 {.keep = request.form.first("keep")}, "keep");
}

Response StaffPages::file_copy(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    const auto file = AttachmentId::parse(request.param("file"));
    if (!id || !file) return no_such_page(visit);
    auto copy = site_.inbox.copy(visit.who, *id, *file);
    if (copy) return as_download(std::move(*copy));
    if (copy.kind() != ErrorKind::unavailable && copy.kind() != ErrorKind::corrupt) return problem(visit, copy.error());
    const std::string sentence = copy.kind() == ErrorKind::unavailable
                                     ? copy.error().message
                                     : "This file is not what it says it is, so it cannot be cleaned of hidden "
                                       "details. You can download the original.";
    return report_page(visit, *id, {.reason_for = file->str(), .faults = {{"reason-" + file->str(), sentence}}});
}

Response StaffPages::file_original(Request& request, const Visit& visit) const {
    const auto id = ReportId::parse(request.param("id"));
    const auto file = AttachmentId::parse(request.param("file"));
    if (!id || !file) return no_such_page(visit);
    const vault::SecretText reason = words_in(request.form, "reason");
    auto original = site_.inbox.original(visit.who, *id, *file, reason.expose());
    if (original) return as_download(std::move(*original));
    return after(visit, *id, original.error(), "", {.reason = request.form.first("reason"), .reason_for = file->str()},
                 "reason-" + file->str());
}

}  // namespace tideline::web::pages
