#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "web/forms.h"

namespace tideline::web::detail {

/// One multipart body under way: the parser, the sink, and the promise that the sink gets exactly one of finish() and
/// abort(), whatever throws. Used by one thread of the pool at a time.
class Upload {
public:
    Upload(std::unique_ptr<MultipartSink> sink, std::string_view boundary, const Limits& limits)
        : limits_(limits), sink_(std::move(sink)), parser_(boundary, limits_, *sink_) {}
    ~Upload() { abort(); }
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;

    MultipartParser::State feed(std::span<const char> bytes) { return parser_.feed(bytes); }
    MultipartParser::State state() const { return parser_.state(); }
    std::optional<Refusal> why() const { return parser_.why(); }

    Response finish() {
        has_ended_ = true;
        return sink_->finish();
    }
    /// The answer to a body that the edge refused.
    Response refuse(Refusal refusal) {
        if (sink_->on_refused(refusal)) return finish();
        abort();
        return Response::refuse(refusal);
    }
    void abort() noexcept {
        if (has_ended_) return;
        has_ended_ = true;
        try {
            sink_->abort();
        } catch (...) {
            // Nobody is left to be told; what abort() did not undo, the sink's destructor must.
        }
    }

private:
    const Limits limits_;
    std::unique_ptr<MultipartSink> sink_;
    MultipartParser parser_;
    bool has_ended_ = false;
};

}  // namespace tideline::web::detail
