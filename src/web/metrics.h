#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "web/log.h"

namespace prometheus {
class Registry;
}

namespace tideline::web {

/// Counters for Prometheus: requests by site, route and status class, their durations, bytes, open connections,
/// uploads under way, requests waiting for a handler. Safe from several threads.
class Metrics {
public:
    Metrics();
    ~Metrics();

    void count(const RequestRecord& record);
    void connections(Site site, int change);
    void uploads(int change);
    void waiting(std::int64_t now);
    void refused_connection(Site site);

    /// Everything in Prometheus' text format, version 0.0.4.
    std::string exposition() const;
    /// For counters of other folders.
    prometheus::Registry& registry();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tideline::web
