#include "web/log.h"

#include <nlohmann/json.hpp>

#include "web/metrics.h"

namespace tideline::web {

using namespace std::chrono_literals;

namespace {

nlohmann::json line_of(const RequestRecord& record) {
    std::string written;
    RequestLog log([&](std::string_view line) { written = line; },
                   [] { return std::chrono::system_clock::time_point(1'800'000'123s); });  // 2027-01-15T08:02:03Z
    log.write(record);
    return nlohmann::json::parse(written);
}

}  // namespace

TEST(request_log, says_what_was_asked_in_classes_only) {
    RequestRecord record;
    record.site = Site::staff_site;
    record.route = "report.open";
    record.status = 200;
    record.duration = 42ms;
    record.bytes_out = 12'345;
    EXPECT_EQ(line_of(record),
              nlohmann::json::parse(R"({"time":"2027-01-15T08:02Z","site":"staff","route":"report.open","status":200,
                                                         "took":"<100ms","in":"0","out":"<16KiB"})"));
}

TEST(request_log, times_on_the_public_site_are_rounded_to_the_hour) {
    RequestRecord record;
    record.route = "send";
    EXPECT_EQ(line_of(record)["time"], "2027-01-15T08:00Z");
}

TEST(request_log, classes_have_exact_edges) {
    EXPECT_EQ(duration_class(9'999us), "<10ms");
    EXPECT_EQ(duration_class(10ms), "<100ms");
    EXPECT_EQ(duration_class(10s), ">=10s");
    EXPECT_EQ(size_class(0), "0");
    EXPECT_EQ(size_class(1023), "<1KiB");
    EXPECT_EQ(size_class(1024), "<16KiB");
    EXPECT_EQ(size_class(4 * MiB), ">=4MiB");
}

TEST(metrics, are_counted_by_site_route_and_class) {
    Metrics metrics;
    RequestRecord record;
    record.route = "home";
    record.status = 404;
    metrics.count(record);
    metrics.count(record);
    metrics.connections(Site::staff_site, 1);
    const std::string text = metrics.exposition();
    EXPECT_NE(text.find("tideline_http_requests_total{route=\"home\",site=\"public\",status=\"4xx\"} 2"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("tideline_http_connections{site=\"staff\"} 1"), std::string::npos) << text;
}

}  // namespace tideline::web
