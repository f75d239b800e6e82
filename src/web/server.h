#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "web/http.h"
#include "web/limits.h"
#include "web/log.h"
#include "web/metrics.h"
#include "web/router.h"

/// The HTTP server: coroutines for everything that waits, a pool of threads for everything that works.
///
///     Router router;
///     router.add(Route::get(Site::public_site, "/{lang}", "home", [&](Request& request) { … }));
///     ServerOptions options;
///     options.listeners = {{.site = Site::public_site, .address = "127.0.0.1", .port = 8080}};
///     auto server = Server::start(std::move(options), std::move(router));
///     if (!server) …
///     server.value()->stop_on_signals();
///     server.value()->wait();
///
/// One request: the head is read and checked on an I/O thread; the route is found; a form body is read in whole, a
/// multipart body is handed piece by piece to a sink on the pool (no thread waits for a slow sender); the handler runs
/// on the pool; the answer is written by the I/O thread. A refusal at any step is worded by the error page, and what
/// the browser still wants to send is read and dropped (within bounds) so that the answer is really seen.
namespace tideline::web {

struct Listener {
    Site site = Site::public_site;
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: one that is free; Server::port says which
};

/// PEM files. Both sites use the same; the operations listener never has TLS.
struct TlsFiles {
    std::string certificate_chain;
    std::string private_key;
};

/// Words a refusal. `request` is null if its head could not be read. Runs on an I/O thread: must not block. Only its
/// status, headers and body are used.
using ErrorPage = std::function<Response(Refusal refusal, Site site, const Request* request)>;

/// Runs on the pool before every handler of its site, also before a sink is made; puts what it found into
/// Request::session. An answer instead of nothing ends the request (for instance: to the sign-in page).
using Before = std::function<std::optional<Response>(Request& request, const Route& route)>;

struct ServerOptions {
    std::vector<Listener> listeners;
    std::optional<TlsFiles> tls;
    /// Addresses or networks ("10.0.0.0/8", "::1") whose X-Forwarded-For and X-Forwarded-Proto are believed.
    std::vector<std::string> trusted_proxies;
    Limits limits;
    ErrorPage error_page;  ///< without one: plain English pages
    Before before_public;
    Before before_staff;
    std::shared_ptr<Metrics> metrics;  ///< without one: its own
    std::shared_ptr<RequestLog> log;   ///< without one: nothing is logged
    /// What /healthz asks (on the pool); without one it says yes.
    std::function<bool()> healthy;
};

class Server {
public:
    /// Binds every listener and begins to serve. Adds the route "healthz" to every site that listens and "metrics" to
    /// the operations site. Fails with Error::unavailable (address in use, no permission) or Error::invalid
    /// (address, certificate, key, proxy network); the message names the option.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, Router router);
    /// Stops at once.
    ~Server();

    /// The port on which a site listens, 0 if it does not.
    std::uint16_t port(Site site) const;
    const Router& router() const;

    /// Begins to stop: no new connections, idle ones are closed, requests in flight get stop_time_ms_max to end.
    /// Returns at once; may be called from any thread, any number of times.
    void stop();
    /// SIGTERM and SIGINT call stop(); a second one ends the process as usual.
    void stop_on_signals();
    /// Returns when everything has stopped.
    void wait();

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tideline::web
