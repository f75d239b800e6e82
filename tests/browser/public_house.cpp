/// The public site on a free port of this machine, for the tests in a browser. Says "port <number>", then does what is
/// written to it, one command a line, and answers each with a line:
///
///     reply <words>     the officer answers every report                      -> ok
///     read              what the team has received, as one line of JSON       -> {"reports": [...]}
///     advance <seconds> the clock moves on                                    -> ok
///     quit
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "support/public_house.h"
#include "web/server.h"

namespace tideline::testing {
namespace {

nlohmann::json report_json(const intake::OpenReport& report) {
    nlohmann::json json{{"language", report.language}, {"answers", nlohmann::json::object()}};
    for (const auto& [question, words] : report.answers) json["answers"][question] = std::string(words.expose());
    json["messages"] = nlohmann::json::array();
    for (const intake::Message& message : report.messages)
        json["messages"].push_back(std::string(message.text.expose()));
    json["files"] = nlohmann::json::array();
    for (const intake::Attachment& file : report.files) {
        json["files"].push_back(
            {{"name", std::string(file.name.expose())}, {"bytes", file.bytes}, {"type", file.type}});
    }
    return json;
}

std::string answer(PublicHouse& house, const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string command = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (command == "reply") {
        for (const ReportId& id : house.reports()) {
            if (const Status done = house.inbox().reply(house.officer(), id, rest); !done)
                return "error " + done.error().message;
        }
        return "ok";
    }
    if (command == "advance") {
        house.clock().advance(std::stoll(rest) * second_ms);
        return "ok";
    }
    if (command == "read") {
        nlohmann::json json{{"reports", nlohmann::json::array()}};
        for (const ReportId& id : house.reports()) {
            json["reports"].push_back(report_json(house.inbox().open(house.officer(), id).value()));
        }
        return json.dump();
    }
    return "error there is no such command";
}

int serve() {
    // Browsers send faster than people; the flood gate has its own tests.
    web::FloodLimits flood;
    flood.source_burst = 10'000;
    flood.global_burst = 10'000;
    web::Limits limits;
    limits.file_bytes_max = 1'000'000;
    PublicHouse house(true, flood, limits);

    web::Router router = house.router();
    router.add(house.assets().route(web::Site::public_site));
    web::ServerOptions options;
    options.limits = limits;
    options.listeners = {{.site = web::Site::public_site, .address = "127.0.0.1", .port = 0}};
    options.error_page = [&](web::Refusal refusal, web::Site, const web::Request* request) {
        return house.pages().error_page(refusal, request);
    };
    auto server = web::Server::start(std::move(options), std::move(router));
    if (!server) {
        fmt::print(stderr, "{}\n", server.error().message);
        return 1;
    }
    fmt::print("port {}\n", server.value()->port(web::Site::public_site));
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line) && line != "quit";) {
        fmt::print("{}\n", answer(house, line));
        std::fflush(stdout);
    }
    server.value()->stop();
    server.value()->wait();
    return 0;
}

}  // namespace
}  // namespace tideline::testing

int main() { return tideline::testing::serve(); }
