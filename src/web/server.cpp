#include "web/server.h"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <list>
#include <mutex>
#include <thread>

#include "web/detail/connection.h"

namespace tideline::web {

namespace {

using namespace detail;

constexpr std::size_t turned_away_at_once_max = 100;  ///< connections beyond the limit that are told so
constexpr int accept_pause_ms = 100;                  ///< after running out of file descriptors
constexpr std::uint32_t turn_away_time_ms_max = 1000;

/// One thread with its context, and the connections that live on it.
struct Lane {
    net::io_context context{1};
    net::executor_work_guard<net::io_context::executor_type> guard = net::make_work_guard(context);
    std::list<AnyConnection*> connections;  ///< touched by this lane's thread only
    std::thread thread;
};

Result<std::unique_ptr<net::ssl::context>> tls_context(const TlsFiles& files) {
    auto context = std::make_unique<net::ssl::context>(net::ssl::context::tls_server);
    context->set_options(net::ssl::context::default_workarounds | net::ssl::context::no_sslv2 |
                         net::ssl::context::no_sslv3 | net::ssl::context::no_tlsv1 | net::ssl::context::no_tlsv1_1 |
                         net::ssl::context::single_dh_use);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(context->native_handle(),
                        SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CLEANSE_PLAINTEXT);
    SSL_CTX_set_cipher_list(context->native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
    ErrorCode error;
    context->use_certificate_chain_file(files.certificate_chain, error);
    if (error)
        return Error{ErrorKind::invalid,
                     "--tls-cert: " + files.certificate_chain + " is no certificate that can be read"};
    context->use_private_key_file(files.private_key, net::ssl::context::pem, error);
    if (error)
        return Error{ErrorKind::invalid, "--tls-key: " + files.private_key + " is not the key of that certificate"};
    return context;
}

}  // namespace

struct Server::Impl {
    Impl(ServerOptions options, Router router, SourceHasher hasher)
        : shared(std::move(options), std::move(router), std::move(hasher)) {
        for (std::size_t count = 0; count < std::max<std::size_t>(shared.limits.io_threads, 1); ++count)
            lanes.push_back(std::make_unique<Lane>());
        stop_timer = std::make_unique<net::steady_timer>(lanes.front()->context);
    }

    struct Door {
        Site site;
        tcp::acceptor acceptor;
        std::uint16_t port;
        std::string busy_page;  ///< head and body, made once
    };

    Shared shared;
    std::unique_ptr<net::ssl::context> tls;
    std::vector<std::unique_ptr<Lane>> lanes;
    std::vector<std::unique_ptr<Door>> doors;
    std::unique_ptr<net::steady_timer> stop_timer;
    std::unique_ptr<net::signal_set> signals;
    std::atomic<std::size_t> being_turned_away{0};
    std::size_t next_lane = 0;

    std::mutex mutex;
    std::condition_variable ended;
    bool stop_was_asked = false;
    bool has_ended = false;

    // ---- doors ----

    Status open(const Listener& listener) {
        const std::string where = listener.address + ":" + std::to_string(listener.port);
        ErrorCode error;
        const auto address = net::ip::make_address(listener.address, error);
        if (error) return Error{ErrorKind::invalid, "\"" + listener.address + "\" is not an address to listen on"};
        if (listener.site == Site::operations && !address.is_loopback())
            return Error{ErrorKind::invalid, "the operations listener must be on a loopback address, not " + where};
        tcp::acceptor acceptor(lanes.front()->context);
        const tcp::endpoint endpoint(address, listener.port);
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
        if (error) return Error{ErrorKind::unavailable, "cannot listen on " + where + ": " + error.message()};
        const std::uint16_t port = acceptor.local_endpoint().port();
        doors.push_back(
            std::make_unique<Door>(Door{listener.site, std::move(acceptor), port, busy_page(listener.site)}));
        return {};
    }

    std::string busy_page(Site site) const {
        Response page = shared.error_page(Refusal::busy, site, nullptr);
        add_security_headers(page, site, false);
        page.headers.set("Retry-After", "10");
        return head_bytes(page, page.body.size(), false, false, http_date()).append(page.body.view());
    }

    void start() {
        for (const auto& door : doors) net::co_spawn(lanes.front()->context, accept_at(*door), net::detached);
        for (const auto& lane : lanes) lane->thread = std::thread([&lane] { lane->context.run(); });
    }

    net::awaitable<void> accept_at(Door& door) {
        while (!shared.is_stopping) {
            Lane& lane = *lanes[next_lane++ % lanes.size()];
            ErrorCode error;
            tcp::socket socket = co_await door.acceptor.async_accept(lane.context, into(error));
            if (shared.is_stopping || error == net::error::operation_aborted) break;
            if (error) {
                net::steady_timer pause(lanes.front()->context, std::chrono::milliseconds(accept_pause_ms));
                ErrorCode ignored;
                co_await pause.async_wait(into(ignored));
                continue;
            }
            welcome(door, lane, std::move(socket));
        }
    }

    void welcome(Door& door, Lane& lane, tcp::socket socket) {
        if (shared.connections.fetch_add(1) >= shared.limits.connections_max) {
            shared.connections.fetch_sub(1);
            shared.metrics->refused_connection(door.site);
            const bool speaks_plainly = !tls || door.site == Site::operations;
            if (speaks_plainly && being_turned_away.fetch_add(1) < turned_away_at_once_max) {
                net::co_spawn(lane.context, turn_away(door, std::move(socket)), net::detached);
            } else if (speaks_plainly) {
                being_turned_away.fetch_sub(1);
            }
            return;
        }
        shared.metrics->connections(door.site, 1);
        net::co_spawn(lane.context, serve(door.site, lane, std::move(socket)), net::detached);
    }

    /// Tells a connection beyond the limit that we are busy. Reads first what it asked, or it would see a reset.
    net::awaitable<void> turn_away(Door& door, tcp::socket socket) {
        Deadline deadline(socket);
        deadline.set(std::chrono::milliseconds(turn_away_time_ms_max));
        std::array<char, 4096> dropped;
        const auto room = net::buffer(dropped);
        ErrorCode error;
        co_await socket.async_read_some(room, into(error));
        if (!error) co_await net::async_write(socket, net::buffer(door.busy_page), into(error));
        socket.shutdown(tcp::socket::shutdown_send, error);
        error = {};
        while (!error) co_await socket.async_read_some(room, into(error));
        being_turned_away.fetch_sub(1);
    }

    net::awaitable<void> serve(Site site, Lane& lane, tcp::socket socket) {
        if (tls && site != Site::operations) {
            auto connection = std::make_unique<Connection<net::ssl::stream<tcp::socket>>>(
                shared, site, net::ssl::stream<tcp::socket>(std::move(socket), *tls));
            co_await run(lane, *connection);
        } else {
            auto connection = std::make_unique<Connection<tcp::socket>>(shared, site, std::move(socket));
            co_await run(lane, *connection);
        }
        shared.metrics->connections(site, -1);
        if (shared.connections.fetch_sub(1) == 1 && shared.is_stopping) end_if_empty();
    }

    template <class Any>
    net::awaitable<void> run(Lane& lane, Any& connection) {
        const auto place = lane.connections.insert(lane.connections.end(), &connection);
        try {
            co_await connection.run();
        } catch (const std::exception&) {
            // A bug or no memory: this connection ends, the others go on.
        }
        lane.connections.erase(place);
    }

    // ---- the end ----

    void stop() {
        {
            const std::lock_guard lock(mutex);
            if (stop_was_asked) return;
            stop_was_asked = true;
        }
        shared.is_stopping = true;
        net::post(lanes.front()->context, [this] {
            ErrorCode ignored;
            for (const auto& door : doors) door->acceptor.close(ignored);
            stop_timer->expires_after(std::chrono::milliseconds(shared.limits.stop_time_ms_max));
            stop_timer->async_wait([this](const ErrorCode& error) {
                if (error) return;
                on_every_lane([](AnyConnection& connection) { connection.close_now(); });
            });
        });
        on_every_lane([](AnyConnection& connection) { connection.close_if_idle(); });
        net::post(lanes.front()->context, [this] { end_if_empty(); });
    }

    template <class Do>
    void on_every_lane(Do what) {
        for (const auto& lane : lanes)
            net::post(lane->context, [&lane, what] {
                for (AnyConnection* connection : lane->connections) what(*connection);
            });
    }

    void end_if_empty() {
        if (shared.connections != 0) return;
        const std::lock_guard lock(mutex);
        has_ended = true;
        ended.notify_all();
    }

    void wait() {
        {
            std::unique_lock lock(mutex);
            ended.wait(lock, [this] { return has_ended; });
        }
        join();
    }

    void join() {
        for (const auto& lane : lanes) lane->context.stop();
        for (const auto& lane : lanes)
            if (lane->thread.joinable()) lane->thread.join();
        shared.pool.reset();
    }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { impl_->join(); }

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Router router) {
    auto hasher = SourceHasher::create(options.trusted_proxies);
    if (!hasher) return hasher.error();
    if (!options.metrics) options.metrics = std::make_shared<Metrics>();
    std::vector<Site> sites;
    for (const Listener& listener : options.listeners)
        if (std::find(sites.begin(), sites.end(), listener.site) == sites.end()) sites.push_back(listener.site);
    for (const Site site : sites)
        router.add(Route::get(site, "/healthz", "healthz", [healthy = options.healthy](Request&) {
            return !healthy || healthy() ? Response::text("ok\n") : Response::text("not ready\n", 503);
        }));
    if (std::find(sites.begin(), sites.end(), Site::operations) != sites.end())
        router.add(Route::get(Site::operations, "/metrics", "metrics", [metrics = options.metrics](Request&) {
            Response response = Response::text(metrics->exposition());
            response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            return response;
        }));

    auto impl = std::make_unique<Impl>(std::move(options), std::move(router), std::move(*hasher));
    if (const auto& files = impl->shared.options.tls) {
        auto tls = tls_context(*files);
        if (!tls) return tls.error();
        impl->tls = std::move(*tls);
    }
    for (const Listener& listener : impl->shared.options.listeners)
        if (const Status opened = impl->open(listener); !opened) return opened.error();
    impl->start();
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port(Site site) const {
    for (const auto& door : impl_->doors)
        if (door->site == site) return door->port;
    return 0;
}

const Router& Server::router() const { return impl_->shared.router; }

void Server::stop() { impl_->stop(); }

void Server::stop_on_signals() {
    impl_->signals = std::make_unique<net::signal_set>(impl_->lanes.front()->context, SIGTERM, SIGINT);
    impl_->signals->async_wait([impl = impl_.get()](const ErrorCode& error, int) {
        if (error) return;
        ErrorCode ignored;
        impl->signals->clear(ignored);  // from now on a signal ends the process as usual
        impl->stop();
    });
}

void Server::wait() { impl_->wait(); }

}  // namespace tideline::web
