#include <fmt/format.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include "cli/commands.h"
#include "cli/instance.h"
#include "web/assets.h"
#include "web/flood.h"
#include "web/log.h"
#include "web/metrics.h"
#include "web/notifier.h"
#include "web/pages/assess/assess_pages.h"
#include "web/pages/public/public_pages.h"
#include "web/pages/staff/staff_pages.h"
#include "web/server.h"
#include "web/templates.h"

namespace tideline::cli {

namespace {

constexpr std::int64_t round_s = 20;
constexpr std::int64_t rounds_per_checkpoint = 30;
constexpr std::int64_t orphan_age_s = 6 * 3600;
constexpr std::size_t derivations_waiting_max = 64;

struct Wanted {
    Instance::Options instance;
    std::string public_address = "127.0.0.1:8080";
    std::string staff_address = "127.0.0.1:8081";
    std::string operations_address = "127.0.0.1:8082";
    std::string only;
    web::TlsFiles tls;
    bool log = false;
};

Result<web::Listener> listener(web::Site site, const std::string& address) {
    const std::size_t colon = address.rfind(':');
    unsigned port = 0;
    const bool well_formed = colon != std::string::npos && colon > 0 &&
                             std::from_chars(address.data() + colon + 1, address.data() + address.size(), port).ptr ==
                                 address.data() + address.size() &&
                             port <= 65535 && colon + 1 < address.size();
    if (!well_formed)
        return {ErrorKind::invalid, fmt::format("'{}' is not an address: write it like 127.0.0.1:8080", address)};
    std::string host = address.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return web::Listener{site, host, static_cast<std::uint16_t>(port)};
}

/// What has to be done again and again while the server runs: clocks that ran out, checkpoints of the audit, files that
/// a crash left behind, what deletion by the public process left in the database. Done where staff are served.
class Housekeeping {
public:
    explicit Housekeeping(Instance& instance) : instance_(instance), thread_([this] { run(); }) {}
    ~Housekeeping() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        thread_.join();
        checkpoint();
    }

private:
    void run() {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            lock.unlock();
            try {
                if (round_++ % rounds_per_checkpoint == 0) {
                    intake::remove_orphans(instance_.database(), instance_.blobs(), orphan_age_s);
                    checkpoint();
                    if (instance_.database().dialect() == store::Dialect::postgresql)
                        instance_.database().forget_deleted();
                }
                assess::escalate(instance_.database(), instance_.ledger(), instance_.clock().now());
            } catch (const store::Failure&) {
                // The database is away for the moment; the next round tries again.
            }
            lock.lock();
            wake_.wait_for(lock, std::chrono::seconds(round_s), [this] { return stopping_; });
        }
    }
    void checkpoint() {
        try {
            (void)instance_.ledger().checkpoint(instance_.database());
        } catch (const store::Failure&) {
        }
    }

    Instance& instance_;
    std::int64_t round_ = 0;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

/// What the configuration says of the mail server; the password stands in a file of its own.
Result<web::SmtpServer> smtp_server(const Configuration& configuration) {
    using Security = web::SmtpServer::Security;
    web::SmtpServer server;
    std::string_view address = configuration.smtp_url;
    const std::pair<std::string_view, Security> schemes[] = {
        {"smtp://", Security::starttls}, {"smtps://", Security::tls}, {"smtp+plain://", Security::none}};
    const auto* scheme = std::find_if(std::begin(schemes), std::end(schemes),
                                      [&](const auto& known) { return address.starts_with(known.first); });
    const Error malformed{ErrorKind::invalid,
                          "smtp_url: write it like smtp://mail.example:587 (STARTTLS), smtps://mail.example:465 or "
                          "smtp+plain://127.0.0.1:25"};
    if (scheme == std::end(schemes)) return malformed;
    address.remove_prefix(scheme->first.size());
    const std::size_t colon = address.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return malformed;
    const std::string_view port = address.substr(colon + 1);
    if (std::from_chars(port.data(), port.data() + port.size(), server.port).ptr != port.data() + port.size() ||
        port.empty())
        return malformed;
    server.host = std::string(address.substr(0, colon));
    server.security = scheme->second;
    server.user = configuration.smtp_user;
    if (!configuration.smtp_password_file.empty()) {
        std::ifstream file(configuration.smtp_password_file);
        std::string password;
        if (!std::getline(file, password))
            return {ErrorKind::unavailable, "cannot read smtp_password_file " + configuration.smtp_password_file};
        server.password = std::move(password);
    }
    return server;
}

std::string shown(const char* scheme, const std::string& host, std::uint16_t port) {
    return fmt::format("{}://{}:{}/", scheme, host.find(':') == std::string::npos ? host : "[" + host + "]", port);
}

Result<int> serve(const Wanted& wanted) {
    const bool with_public = wanted.only != "staff";
    const bool with_staff = wanted.only != "public";
    Instance::Options options = wanted.instance;
    options.staff = with_staff;
    options.assessment = true;
    vault::lock_process();
    auto opened = Instance::open(options);
    if (!opened) return opened.error();
    ::malloc_trim(0);  // what reading and compiling the packs took is given back
    Instance& instance = **opened;
    const knowledge::Pack& pack = instance.pack();

    const web::Assets assets(web::embedded_site_files());
    web::Templates templates(web::embedded_site_files(), [&](std::string_view language, std::string_view text) {
        return std::string(pack.catalogue().translate(language, text));
    });
    const web::SteadyClock steady = [] { return std::chrono::steady_clock::now(); };
    web::FloodGate reports(instance.configuration().flood, steady);
    web::FloodGate openings(instance.configuration().flood, steady);
    web::BoundedGate derivations(std::max(1u, std::thread::hardware_concurrency()), derivations_waiting_max);

    web::Router router;
    std::optional<web::pages::PublicPages> public_pages;
    const std::int64_t form_age_ms = instance.configuration().form_minutes > 0
                                         ? instance.configuration().form_minutes * minute_ms
                                         : web::pages::FormSeal::age_ms_max;
    if (with_public) {
        public_pages.emplace(web::pages::PublicParts{instance.reception(),
                                                     pack,
                                                     templates,
                                                     instance.clock(),
                                                     reports,
                                                     openings,
                                                     derivations,
                                                     instance.form_key().clone(),
                                                     std::string(assets.path("public.css")),
                                                     instance.configuration().demo,
                                                     {},
                                                     form_age_ms});
        public_pages->add_routes(router);
        router.add(assets.route(web::Site::public_site));
    }

    std::optional<web::pages::StaffPages> staff_pages;
    std::optional<web::pages::AssessPages> assess_pages;
    if (with_staff) {
        staff_pages.emplace(web::pages::StaffSite{
            instance.access(), instance.inbox(), instance.reception(), pack, instance.clock(), templates, derivations,
            std::string(assets.path("staff.css")), instance.configuration().public_url,
            instance.configuration().staff_url, instance.configuration().demo, &instance.desk()});
        staff_pages->add_routes(router);
        assess_pages.emplace(*staff_pages);
        assess_pages->add_routes(router);
        router.add(assets.route(web::Site::staff_site));
    }

    web::ServerOptions server_options;
    std::vector<std::pair<web::Site, std::string>> sites;
    if (with_public) sites.emplace_back(web::Site::public_site, wanted.public_address);
    if (with_staff) sites.emplace_back(web::Site::staff_site, wanted.staff_address);
    sites.emplace_back(web::Site::operations, wanted.operations_address);
    std::vector<web::Listener> listeners;
    for (const auto& [site, address] : sites) {
        auto where = listener(site, address);
        if (!where) return where.error();
        listeners.push_back(*where);
    }
    server_options.listeners = listeners;
    if (!wanted.tls.certificate_chain.empty()) server_options.tls = wanted.tls;
    if (!instance.configuration().trusted_proxy.empty())
        server_options.trusted_proxies = {instance.configuration().trusted_proxy};
    server_options.error_page = [&](web::Refusal refusal, web::Site site, const web::Request* request) {
        if (site == web::Site::public_site && public_pages) return public_pages->error_page(refusal, request);
        if (site == web::Site::staff_site && staff_pages) return staff_pages->error_page(refusal, request);
        return web::Response::text(web::sentence_of(refusal), web::status_of(refusal));
    };
    if (staff_pages)
        server_options.before_staff = [&](web::Request& request, const web::Route& route) {
            return staff_pages->before(request, route);
        };
    server_options.healthy = [&] {
        return instance.database().read(
            [](store::Connection& connection) { return connection.query_one("SELECT 1").has_value(); });
    };
    if (wanted.log) {
        server_options.log = std::make_shared<web::RequestLog>(web::RequestLog::to_stderr(),
                                                               [] { return std::chrono::system_clock::now(); });
    }
    auto server = web::Server::start(std::move(server_options), std::move(router));
    if (!server) return server.error();
    (*server)->stop_on_signals();

    const char* scheme = wanted.tls.certificate_chain.empty() ? "http" : "https";
    for (const web::Listener& where : listeners) {
        const char* name = where.site == web::Site::public_site  ? "Public site"
                           : where.site == web::Site::staff_site ? "Staff site"
                                                                 : "Operations";
        fmt::print(
            "{:<12} {}\n", name,
            shown(where.site == web::Site::operations ? "http" : scheme, where.address, (*server)->port(where.site)));
    }
    if (with_staff) {
        if (const auto token = instance.access().first_administrator_token()) {
            const std::string base =
                instance.configuration().staff_url.empty()
                    ? shown(scheme, listeners[with_public ? 1 : 0].address, (*server)->port(web::Site::staff_site))
                    : instance.configuration().staff_url + "/";
            fmt::print(
                "\nThere is no administrator yet. This link makes the first one; it works once, for seven days:\n  "
                "{}join/{}\n",
                base, token->expose());
        }
    }
    std::fflush(stdout);
    std::unique_ptr<web::Notifier> notifier;
    const Configuration& configuration = instance.configuration();
    if (with_staff && !configuration.smtp_url.empty()) {
        const auto mail_server = smtp_server(configuration);
        if (!mail_server) return mail_server.error();
        notifier = std::make_unique<web::Notifier>(web::Notifier::Parts{
            instance.database(), instance.access(), instance.clock(), *mail_server, configuration.smtp_from,
            configuration.staff_url,
            [](std::string_view sentence) { fmt::print(stderr, "tideline serve: {}\n", sentence); }});
    }
    std::optional<Housekeeping> housekeeping;
    if (with_staff) housekeeping.emplace(instance);
    if (!with_staff && instance.database().dialect() == store::Dialect::postgresql && !instance.database().is_narrow())
        fmt::print(stderr,
                   "tideline serve: the public process can read more of the database than it needs; give it a role of "
                   "its own with 'tideline database allow-public'\n");
    (*server)->wait();
    return 0;
}
}  // namespace

int run_serve(int argc, char** argv) {
    CLI::App app("Serves the public site and the staff site.", "tideline serve");
    Wanted wanted;
    std::string directory, index_key;
    app.add_option("--data", directory, "the data directory")->required();
    app.add_option("--public", wanted.public_address, "where the public site listens")->capture_default_str();
    app.add_option("--staff", wanted.staff_address, "where the staff site listens")->capture_default_str();
    app.add_option("--operations", wanted.operations_address, "where /metrics and /healthz listen; keep it on loopback")
        ->capture_default_str();
    app.add_option("--only", wanted.only, "serve one site: the public process holds nothing that opens")
        ->check(CLI::IsMember({"public", "staff"}));
    app.add_option("--database", wanted.instance.database, "another database than the configuration names");
    app.add_option("--index-key", index_key, "the file with the index key, if it is not in the data directory");
    auto* certificate = app.add_option("--tls-cert", wanted.tls.certificate_chain, "certificate chain, PEM");
    auto* key = app.add_option("--tls-key", wanted.tls.private_key, "private key, PEM");
    certificate->needs(key);
    key->needs(certificate);
    app.add_flag("--log", wanted.log, "write one line a request to standard error, without addresses or content");
    if (const auto code = parse(app, argc, argv)) return *code;
    wanted.instance.directory = directory;
    wanted.instance.index_key = index_key;
    const auto served = serve(wanted);
    if (served) return Exit::done;
    fmt::print(stderr, "tideline serve: {}\n", served.error().message);
    return Exit::failed;
}

}  // namespace tideline::cli
