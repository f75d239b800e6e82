#pragma once
#include <memory>
#include <string>

#include "web/pages/public/public_pages.h"

/// Where the two forms that carry files go while they arrive. Words come first (the forms are written so), files go
/// straight into sealed storage; nothing is stored unless the whole body arrived and every file was taken.
namespace tideline::web::pages {

/// What both have in common: the files. One thread at a time.
class UploadSink : public MultipartSink {
public:
    UploadSink(const PublicPages& pages, Request& request);

    Verdict on_file_begin(std::string name, std::string file_name, std::string content_type) override;
    Verdict on_file_data(std::span<const char> data) override;
    Verdict on_file_end() override;
    Response finish() override;
    bool on_refused(Refusal refusal) override;
    void abort() override;

protected:
    /// Begins the submission; called once, at the first file or at the end.
    virtual PublicPages::Started start(bool has_files) = 0;
    /// Commits it, or gives the page that says why not.
    virtual Response complete(PublicPages::Started started, bool files_missing) = 0;
    /// The page with what was typed, and what was wrong with the files.
    virtual Response again(PublicPages::FileFault fault) = 0;

    const PublicPages& pages_;
    Request& request_;
    const knowledge::Language* language_;

private:
    Verdict fail(PublicPages::FileFault fault);

    std::optional<PublicPages::Started> started_;
    std::optional<intake::FileUpload> upload_;
    PublicPages::FileFault fault_ = PublicPages::FileFault::none;
    bool files_missing_ = false;
};

/// POST /{lang}/send. A body without `state` may carry the answers themselves, by the names of the questions.
class ReportSink final : public UploadSink {
public:
    using UploadSink::UploadSink;
    Verdict on_field(std::string name, SecretText value) override;

private:
    PublicPages::Started start(bool has_files) override;
    Response complete(PublicPages::Started started, bool files_missing) override;
    Response again(PublicPages::FileFault fault) override;

    ReportForm form_;
    bool lost_ = false;
    SecretText waited_;
};

/// POST /{lang}/answer
class AnswerSink final : public UploadSink {
public:
    using UploadSink::UploadSink;
    Verdict on_field(std::string name, SecretText value) override;

private:
    PublicPages::Started start(bool has_files) override;
    Response complete(PublicPages::Started started, bool files_missing) override;
    Response again(PublicPages::FileFault fault) override;

    std::optional<PublicPages::Visit> visit_;
    SecretText words_;
    SecretText waited_;
};

}  // namespace tideline::web::pages
