#include "web/pages/public/sinks.h"

namespace tideline::web::pages {

using FileFault = PublicPages::FileFault;

UploadSink::UploadSink(const PublicPages& pages, Request& request)
    : pages_(pages), request_(request), language_(pages.language_in_path(request)) {}

Verdict UploadSink::fail(FileFault fault) {
    fault_ = fault;
    upload_.reset();
    started_.reset();
    return Verdict::refuse;
}

Verdict UploadSink::on_file_begin(std::string, std::string file_name, std::string) {
    // A file input that was left empty sends a part without a name.
    if (file_name.empty()) return Verdict::accept;
    if (language_ == nullptr) return Verdict::refuse;
    if (!started_) started_.emplace(start(true));
    if (started_->instead) return Verdict::refuse;
    if (!started_->take_files) {
        files_missing_ = true;
        return Verdict::accept;
    }
    auto upload = started_->submission->add_file(file_name);
    if (!upload) return fail(upload.kind() == ErrorKind::too_large ? FileFault::too_many : FileFault::broken_off);
    upload_.emplace(std::move(upload).value());
    return Verdict::accept;
}

Verdict UploadSink::on_file_data(std::span<const char> data) {
    if (!upload_) return Verdict::accept;
    const auto bytes = std::span(reinterpret_cast<const unsigned char*>(data.data()), data.size());
    if (const Status taken = upload_->append(bytes); !taken) {
        return fail(taken.kind() == ErrorKind::too_large ? FileFault::too_large : FileFault::broken_off);
    }
    return Verdict::accept;
}

Verdict UploadSink::on_file_end() {
    if (!upload_) return Verdict::accept;
    const Status done = upload_->finish();
    upload_.reset();
    return done.ok() ? Verdict::accept : fail(FileFault::broken_off);
}

bool UploadSink::on_refused(Refusal refusal) {
    upload_.reset();
    started_.reset();
    switch (refusal) {
        case Refusal::too_large: fault_ = FileFault::too_large; return true;
        case Refusal::too_many_files: fault_ = FileFault::too_many; return true;
        case Refusal::truncated: fault_ = FileFault::broken_off; return true;
        default: return false;
    }
}

void UploadSink::abort() {
    upload_.reset();
    started_.reset();
}

Response UploadSink::finish() {
    if (language_ == nullptr) return Response::refuse(Refusal::not_found);
    if (fault_ != FileFault::none) return again(fault_);
    if (!started_) started_.emplace(start(false));
    return complete(std::move(*started_), files_missing_);
}

// ---- the report

Verdict ReportSink::on_field(std::string name, SecretText value) {
    if (name == "state") {
        std::tie(form_, lost_) = pages_.open_form(value.view());
    } else if (name == "waited") {
        waited_ = std::move(value);
    } else {
        form_.take(name, value.view());
    }
    return Verdict::accept;
}

PublicPages::Started ReportSink::start(bool has_files) {
    PublicPages::Started started;
    if (lost_) {
        started.instead = pages_.form_page(*language_, 1, form_, {.errors = {}, .expired = true, .earlier_lost = true});
        return started;
    }
    return pages_.start_report(*language_, request_, form_, waited_.view(), has_files);
}

Response ReportSink::complete(PublicPages::Started started, bool files_missing) {
    return pages_.finish_report(*language_, std::move(started), form_, files_missing);
}

Response ReportSink::again(FileFault fault) { return pages_.form_page(*language_, check_page, form_, {}, fault); }

// ---- the answer

Verdict AnswerSink::on_field(std::string name, SecretText value) {
    if (name == "state") {
        visit_ = pages_.open_visit(value.view());
    } else if (name == "message") {
        words_ = std::move(value);
    } else if (name == "waited") {
        waited_ = std::move(value);
    }
    return Verdict::accept;
}

PublicPages::Started AnswerSink::start(bool has_files) {
    if (visit_) return pages_.start_answer(*language_, request_, *visit_, words_.view(), waited_.view(), has_files);
    PublicPages::Started started;
    started.instead = pages_.receipt_entry(*language_, {.expired = true, .words = words_.view()});
    return started;
}

Response AnswerSink::complete(PublicPages::Started started, bool files_missing) {
    if (started.instead) return std::move(*started.instead);
    return pages_.finish_answer(*language_, *visit_, std::move(started), words_.view(), files_missing);
}

Response AnswerSink::again(FileFault fault) {
    if (!visit_) return pages_.receipt_entry(*language_, {.expired = true, .words = words_.view()});
    return pages_.conversation_page(*language_, *visit_, {.words = words_.view(), .file_fault = fault});
}

}  // namespace tideline::web::pages
