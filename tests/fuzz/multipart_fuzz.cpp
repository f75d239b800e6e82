// Multipart bodies: cutting the bytes differently changes nothing, the sink is called in order and within the limits.
#include "base/text.h"
#include "hold.h"
#include "web/forms.h"

using namespace tideline;

namespace {

class StrictSink : public web::MultipartSink {
public:
    explicit StrictSink(const web::Limits& limits) : limits_(limits) {}
    web::Verdict on_field(std::string name, web::SecretText value) override {
        HOLDS(!in_file_ && !refused_);
        HOLDS(!name.empty() && text::is_utf8(name) && text::is_utf8(value.view()) &&
              value.size() <= limits_.field_bytes_max);
        seen += "F" + name + "=" + std::string(value.view()) + ";";
        return verdict(name);
    }
    web::Verdict on_file_begin(std::string name, std::string file_name, std::string content_type) override {
        HOLDS(!in_file_ && !refused_);
        HOLDS(file_name.size() <= limits_.file_name_bytes_max && text::is_utf8(file_name));
        HOLDS(file_name.find_first_of("/\\\r\n") == std::string::npos && !file_name.starts_with('.'));
        in_file_ = true;
        bytes_ = 0;
        seen += "B" + name + "," + file_name + "," + content_type + ";";
        return verdict(name);
    }
    web::Verdict on_file_data(std::span<const char> data) override {
        HOLDS(in_file_ && !refused_ && !data.empty());
        bytes_ += data.size();
        HOLDS(bytes_ <= limits_.file_bytes_max);
        seen.append(data.data(), data.size());
        return web::Verdict::accept;
    }
    web::Verdict on_file_end() override {
        HOLDS(in_file_ && !refused_);
        in_file_ = false;
        seen += "E;";
        return web::Verdict::accept;
    }
    web::Response finish() override { return {}; }
    void abort() override {}

    std::string seen;

private:
    web::Verdict verdict(const std::string& name) {
        refused_ = name.starts_with('r');
        return refused_ ? web::Verdict::refuse : web::Verdict::accept;
    }
    const web::Limits& limits_;
    bool in_file_ = false;
    bool refused_ = false;
    std::uint64_t bytes_ = 0;
};

struct Outcome {
    web::MultipartParser::State state;
    std::optional<web::Refusal> why;
    std::string seen;
};

Outcome parse(std::string_view body, std::size_t piece, const web::Limits& limits) {
    StrictSink sink(limits);
    web::MultipartParser parser("b", limits, sink);
    while (!body.empty()) {
        const std::string_view next = body.substr(0, piece);
        parser.feed(next);
        body.remove_prefix(next.size());
    }
    return {parser.state(), parser.why(), sink.seen};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size < 1) return 0;
    web::Limits limits;
    limits.multipart_part_header_bytes_max = 200;
    limits.field_bytes_max = 100;
    limits.file_bytes_max = 150;
    limits.files_per_report_max = 3;
    limits.fields_max = 6;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Outcome whole = parse(body, std::max<std::size_t>(body.size(), 1), limits);
    const Outcome cut = parse(body, 1 + data[0] % 32U, limits);
    HOLDS(whole.state == cut.state && whole.why == cut.why && whole.seen == cut.seen);
    HOLDS(!whole.why || whole.state == web::MultipartParser::State::refused);
    return 0;
}
