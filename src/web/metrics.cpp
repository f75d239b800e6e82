#include "web/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace tideline::web {

namespace {

std::string status_class(unsigned status) { return std::to_string(status / 100) + "xx"; }

template <class Metric>
prometheus::Family<Metric>& family(prometheus::Registry& registry, prometheus::detail::Builder<Metric> builder,
                                   const char* name, const char* what) {
    return builder.Name(name).Help(what).Register(registry);
}

}  // namespace

struct Metrics::Impl {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        family(registry, prometheus::BuildCounter(), "tideline_http_requests_total", "Requests answered");
    prometheus::Family<prometheus::Histogram>& durations =
        family(registry, prometheus::BuildHistogram(), "tideline_http_request_seconds",
               "From the end of the head to the end of the answer");
    prometheus::Family<prometheus::Counter>& bytes =
        family(registry, prometheus::BuildCounter(), "tideline_http_bytes_total", "Bytes of bodies");
    prometheus::Family<prometheus::Gauge>& open =
        family(registry, prometheus::BuildGauge(), "tideline_http_connections", "Open connections");
    prometheus::Family<prometheus::Counter>& turned_away =
        family(registry, prometheus::BuildCounter(), "tideline_http_connections_refused_total",
               "Connections beyond the limit");
    prometheus::Gauge& uploads =
        family(registry, prometheus::BuildGauge(), "tideline_http_uploads", "Multipart bodies under way").Add({});
    prometheus::Gauge& waiting =
        family(registry, prometheus::BuildGauge(), "tideline_http_waiting", "Requests that wait for a handler thread")
            .Add({});
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::count(const RequestRecord& record) {
    static const prometheus::Histogram::BucketBoundaries seconds{.001, .005, .01, .05, .1, .5, 1, 5, 10, 60, 600};
    const std::string site = name_of(record.site);
    impl_->requests.Add({{"site", site}, {"route", std::string(record.route)}, {"status", status_class(record.status)}})
        .Increment();
    impl_->durations.Add({{"site", site}}, seconds).Observe(std::chrono::duration<double>(record.duration).count());
    impl_->bytes.Add({{"site", site}, {"way", "in"}}).Increment(static_cast<double>(record.bytes_in));
    impl_->bytes.Add({{"site", site}, {"way", "out"}}).Increment(static_cast<double>(record.bytes_out));
}

void Metrics::connections(Site site, int change) { impl_->open.Add({{"site", name_of(site)}}).Increment(change); }
void Metrics::uploads(int change) { impl_->uploads.Increment(change); }
void Metrics::waiting(std::int64_t now) { impl_->waiting.Set(static_cast<double>(now)); }
void Metrics::refused_connection(Site site) { impl_->turned_away.Add({{"site", name_of(site)}}).Increment(); }

std::string Metrics::exposition() const { return prometheus::TextSerializer().Serialize(impl_->registry.Collect()); }

prometheus::Registry& Metrics::registry() { return impl_->registry; }

}  // namespace tideline::web
