#pragma once
#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "web/detail/asio.h"
#include "web/detail/pool.h"
#include "web/detail/source.h"
#include "web/server.h"

namespace tideline::web::detail {

/// What every connection of a server shares. Set before the first connection; then only the atomics change.
struct Shared {
    Shared(ServerOptions with, Router routes, SourceHasher hasher)
        : options(std::move(with)),
          limits(options.limits),
          router(std::move(routes)),
          sources(std::move(hasher)),
          metrics(options.metrics ? options.metrics : std::make_shared<Metrics>()),
          pool(std::make_unique<HandlerPool>(limits.handler_threads, limits.handler_queue_max)) {}

    const ServerOptions options;
    const Limits& limits;
    const Router router;
    const SourceHasher sources;
    const std::shared_ptr<Metrics> metrics;
    std::unique_ptr<HandlerPool> pool;  ///< goes before the connections do: its jobs refer to them
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> uploads{0};
    std::atomic<bool> is_stopping{false};

    /// The page for a refusal: the site's own, or plain English.
    Response error_page(Refusal refusal, Site site, const Request* request) const;
    /// Counts and logs a request that has been answered.
    void record(const RequestRecord& record) const;
};

/// Runs `work` on the pool and lets the coroutine go on, on its own thread, when it is done. False: the pool is full,
/// nothing was run. `work` does not throw. What `work` refers to must live in the coroutine.
net::awaitable<bool> on_pool(Shared& shared, net::any_io_executor executor, std::function<void()> work, bool must);

/// The time as HTTP writes it.
std::string http_date();

}  // namespace tideline::web::detail
