#include "web/log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

namespace tideline::web {

std::string_view duration_class(std::chrono::microseconds duration) {
    using namespace std::chrono_literals;
    if (duration < 10ms) return "<10ms";
    if (duration < 100ms) return "<100ms";
    if (duration < 1s) return "<1s";
    if (duration < 10s) return "<10s";
    return ">=10s";
}

std::string_view size_class(std::uint64_t bytes) {
    if (bytes == 0) return "0";
    if (bytes < KiB) return "<1KiB";
    if (bytes < 16 * KiB) return "<16KiB";
    if (bytes < 256 * KiB) return "<256KiB";
    if (bytes < 4 * MiB) return "<4MiB";
    return ">=4MiB";
}

RequestLog::RequestLog(Line line, WallClock clock) : line_(std::move(line)), clock_(std::move(clock)) {}

RequestLog::Line RequestLog::to_stderr() {
    return [](std::string_view line) {
        std::fwrite(line.data(), 1, line.size(), stderr);
        std::fputc('\n', stderr);
    };
}

void RequestLog::write(const RequestRecord& record) {
    using namespace std::chrono;
    const auto now = clock_();
    // On the public site the minute would already tell when one reporter was here.
    const auto rounded = record.site == Site::public_site
                             ? time_point_cast<system_clock::duration>(floor<hours>(now))
                             : time_point_cast<system_clock::duration>(floor<minutes>(now));
    nlohmann::ordered_json entry;
    entry["time"] = fmt::format("{:%Y-%m-%dT%H:%MZ}", fmt::gmtime(system_clock::to_time_t(rounded)));
    entry["site"] = name_of(record.site);
    entry["route"] = record.route;
    entry["status"] = record.status;
    entry["took"] = duration_class(record.duration);
    entry["in"] = size_class(record.bytes_in);
    entry["out"] = size_class(record.bytes_out);
    if (!record.fault.empty()) entry["fault"] = record.fault;
    const std::string line = entry.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    const std::lock_guard lock(mutex_);
    line_(line);
}

}  // namespace tideline::web
