#pragma once
#include <string>

#include "web/forms.h"

namespace tideline::test {

/// Writes down what a parser hands over, so that two ways of cutting the same bytes can be compared.
class RecordingSink : public web::MultipartSink {
public:
    web::Verdict on_field(std::string name, web::SecretText value) override {
        seen += "field " + name + "=" + std::string(value.view()) + "\n";
        return name == refuse_at ? web::Verdict::refuse : web::Verdict::accept;
    }
    web::Verdict on_file_begin(std::string name, std::string file_name, std::string content_type) override {
        is_in_file = true;
        file_bytes = 0;
        seen += "file " + name + " " + file_name + " " + content_type + " ";
        return name == refuse_at ? web::Verdict::refuse : web::Verdict::accept;
    }
    web::Verdict on_file_data(std::span<const char> data) override {
        seen.append(data.data(), data.size());
        file_bytes += data.size();
        largest_piece = std::max(largest_piece, data.size());
        return web::Verdict::accept;
    }
    web::Verdict on_file_end() override {
        is_in_file = false;
        seen += "\nend\n";
        return web::Verdict::accept;
    }
    web::Response finish() override { return web::Response::text(seen); }
    void abort() override {}

    std::string seen;
    std::string refuse_at = "refuse-me";
    bool is_in_file = false;
    std::uint64_t file_bytes = 0;
    std::size_t largest_piece = 0;
};

}  // namespace tideline::test
