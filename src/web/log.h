#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "web/http.h"

namespace tideline::web {

/// What may be known of one request afterwards. It has no address, no path, no text and no exact time: a log that
/// says when a reporter sent what is a record of the reporter.
struct RequestRecord {
    Site site = Site::public_site;
    std::string_view route;  ///< the name of the route, "none" if none matched
    unsigned status = 0;
    std::chrono::microseconds duration{0};
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::string_view fault = "";  ///< the kind of an unexpected failure ("St13runtime_error"), never its message
};

/// The class into which a duration falls: "<10ms", "<100ms", "<1s", "<10s", ">=10s".
std::string_view duration_class(std::chrono::microseconds duration);
/// The class into which a size falls: "0", "<1KiB", "<16KiB", "<256KiB", "<4MiB", ">=4MiB".
std::string_view size_class(std::uint64_t bytes);

/// One JSON object a line: {"time":"2026-11-24T06:40Z","site":"public","route":"home","status":200,"took":"<10ms",
/// "in":"0","out":"<16KiB"}. Times are rounded down to the minute on the staff site, to the hour on the public one.
/// Safe from several threads.
class RequestLog {
public:
    using Line = std::function<void(std::string_view line)>;
    using WallClock = std::function<std::chrono::system_clock::time_point()>;
    /// `line` is given each line without its end, by one thread at a time.
    RequestLog(Line line, WallClock clock);
    /// To standard error.
    static RequestLog::Line to_stderr();

    void write(const RequestRecord& record);

private:
    std::mutex mutex_;
    Line line_;
    WallClock clock_;
};

}  // namespace tideline::web
