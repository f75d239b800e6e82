#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/service.h"
#include "assess/service.h"
#include "intake/service.h"
#include "knowledge/pack.h"
#include "support/house.h"
#include "web/assets.h"
#include "web/pages/assess/assess_pages.h"
#include "web/pages/public/public_pages.h"
#include "web/pages/staff/staff_pages.h"
#include "web/server.h"

namespace tideline::testing {

/// Both sites on free ports of this machine, with everything behind them: a database, the real templates, the pack of
/// New Zealand. Nobody is staff yet. Only the clock is turned by the test.
class StaffHouse {
public:
    static constexpr const char* password = "correct horse battery staple";

    /// @param double_share  which share of reports two people assess; nothing: a house without an assessment desk
    explicit StaffHouse(std::size_t derivations_waiting_max = 50, std::optional<double> double_share = {})
        : blobs_(taken(store::Blobs::open(folder_.path() / "blobs"))),
          pack_(taken(knowledge::Pack::load(knowledge::Files::embedded(), "nz"))),
          ledger_(vault::SigningKey::from_seed(vault::random_key()), clock_),
          index_key_(vault::random_key()),
          access_(*database_, ledger_, clock_, index_key_, std::nullopt),
          reception_(*database_, ledger_, blobs_, clock_, pack_,
                     [this, double_share](const std::set<std::string, std::less<>>& facts, Instant at) {
                         return double_share ? assess::first_clock(method(), pack_, "", facts, at)
                                             : intake::FirstClock();
                     }),
          inbox_(*database_, ledger_, blobs_, clock_, access_, pack_),
          desk_(double_share ? std::make_unique<assess::Desk>(*database_, ledger_, clock_, access_, inbox_, pack_,
                                                              method(), knowledge::Files::embedded(),
                                                              assess::Desk::Options{*double_share, ""})
                             : nullptr),
          templates_(web::embedded_site_files(),
                     [this](std::string_view language, std::string_view id) {
                         return std::string(pack_.catalogue().translate(language, id));
                     }),
          assets_(web::embedded_site_files()),
          reports_(wide(), steady()),
          openings_(wide(), steady()),
          derivations_(2, derivations_waiting_max),
          public_pages_({.reception = reception_,
                         .pack = pack_,
                         .templates = templates_,
                         .clock = clock_,
                         .reports = reports_,
                         .openings = openings_,
                         .derivations = derivations_,
                         .form_key = vault::random_key(),
                         .stylesheet = std::string(assets_.path("public.css")),
                         .limits = {}}),
          staff_pages_({.access = access_,
                        .inbox = inbox_,
                        .reception = reception_,
                        .pack = pack_,
                        .clock = clock_,
                        .templates = templates_,
                        .derivations = derivations_,
                        .stylesheet = std::string(assets_.path("staff.css")),
                        .public_url = "https://report.example",
                        .staff_url = "",
                        .desk = desk_.get()}) {
        start();
    }

    ManualClock& clock() { return clock_; }
    access::Access& access() { return access_; }
    const intake::Inbox& inbox() const { return inbox_; }
    const intake::Reception& reception() const { return reception_; }
    const knowledge::Pack& pack() const { return pack_; }
    web::BoundedGate& derivations() { return derivations_; }
    store::Database& database() { return *database_; }
    const web::Router& router() const { return server_->router(); }
    std::uint16_t staff_port() const { return server_->port(web::Site::staff_site); }
    std::uint16_t public_port() const { return server_->port(web::Site::public_site); }

    /// A member of staff as the test knows them.
    struct Person {
        StaffId id;
        std::string email;
        vault::SecretText totp_secret;
        std::string token;  ///< of the newest session

        std::string code(Instant now) const { return vault::Totp::from_bytes(totp_secret.expose())->code(now); }
    };

    /// Joins with a token, and signs in.
    Person join(std::string_view token, const std::string& name, const std::string& email) {
        auto enrolment = taken(access_.begin_enrolment(token, name, email, vault::SecretText(password)));
        const auto enrolled = taken(access_.finish_enrolment(token, enrolment, enrolment.totp.code(clock_.now())));
        Person person{enrolled.staff, email, vault::SecretText(enrolment.totp.secret_bytes()), ""};
        sign_in(person);
        return person;
    }
    Person first_administrator(const std::string& name = "Ada Administrator") {
        const auto token = taken(access_.first_administrator_token());
        return join(token.expose(), name, "ada@example.test");
    }
    Person invited(const Person& administrator, const std::string& name, const std::string& email,
                   const std::set<access::Role>& roles, const std::optional<TeamId>& team = {}) {
        const auto token = taken(access_.invite(who(administrator).actor, {name, email, roles, team, false}));
        return join(token.expose(), name, email);
    }
    void sign_in(Person& person) {
        clock_.advance(minute_ms);
        person.token =
            taken(access_.sign_in(person.email, vault::SecretText(password), person.code(clock_.now()))).token.expose();
    }
    access::SignedIn who(const Person& person) { return taken(access_.session(person.token)); }

    /// A report about `words`, as the public site or a flood brings it.
    vault::Receipt report(const std::string& words, bool quarantined = false, const std::string& file = "") {
        intake::Answers answers;
        answers.emplace("what", vault::SecretText(words));
        answers.emplace("place", vault::SecretText(words + " place"));
        auto submission =
            taken(reception_.begin(answers, {.channel = "web", .language = "th", .quarantined = quarantined}));
        if (!file.empty()) {
            auto upload = taken(submission.add_file(file));
            must(upload.append(std::span(reinterpret_cast<const unsigned char*>(words.data()), words.size())));
            must(upload.finish());
        }
        return std::move(*taken(submission.commit()));
    }
    void answer(const vault::Receipt& receipt, const std::string& words) {
        const auto access = taken(reception_.open(receipt));
        must(taken(reception_.begin_answer(access, words)).commit());
    }

    /// The published method, read once for all tests of a program.
    static const assess::Method& method() {
        static const assess::Method published = taken(assess::Method::built_in("nz"));
        return published;
    }
    const assess::Desk& desk() const { return *desk_; }

    template <class T>
    static T taken(Result<T> result) {
        if (!result) throw std::runtime_error(result.error().message);
        return std::move(result).value();
    }
    template <class T>
    static void must(const Result<T>& done) {
        if (!done) throw std::runtime_error(done.error().message);
    }

private:
    static web::FloodLimits wide() {
        web::FloodLimits flood;
        flood.source_burst = 100'000;
        flood.global_burst = 100'000;
        return flood;
    }
    web::SteadyClock steady() {
        return [this] { return std::chrono::steady_clock::time_point(std::chrono::milliseconds(clock_.now().ms)); };
    }
    void start() {
        web::Router router;
        public_pages_.add_routes(router);
        staff_pages_.add_routes(router);
        if (desk_) assess_pages_.emplace(staff_pages_).add_routes(router);
        router.add(assets_.route(web::Site::public_site));
        router.add(assets_.route(web::Site::staff_site));
        web::ServerOptions options;
        options.listeners = {{web::Site::public_site, "127.0.0.1", 0}, {web::Site::staff_site, "127.0.0.1", 0}};
        options.before_staff = [this](web::Request& request, const web::Route& route) {
            return staff_pages_.before(request, route);
        };
        options.error_page = [this](web::Refusal refusal, web::Site site, const web::Request* request) {
            return site == web::Site::staff_site ? staff_pages_.error_page(refusal, request)
                                                 : public_pages_.error_page(refusal, request);
        };
        options.log = std::make_shared<web::RequestLog>(
            [](std::string_view line) {
                if (line.find("\"fault\"") != std::string_view::npos) ADD_FAILURE() << line;
            },
            [] { return std::chrono::system_clock::now(); });
        server_ = taken(web::Server::start(std::move(options), std::move(router)));
    }

    TemporaryFolder folder_;
    ManualClock clock_;
    FreshDatabase database_{store::Dialect::sqlite};
    store::Blobs blobs_;
    knowledge::Pack pack_;
    ledger::Ledger ledger_;
    vault::Secret<vault::Key32> index_key_;
    access::Access access_;
    intake::Reception reception_;
    intake::Inbox inbox_;
    std::unique_ptr<assess::Desk> desk_;
    web::Templates templates_;
    web::Assets assets_;
    web::FloodGate reports_;
    web::FloodGate openings_;
    web::BoundedGate derivations_;
    web::pages::PublicPages public_pages_;
    web::pages::StaffPages staff_pages_;
    std::optional<web::pages::AssessPages> assess_pages_;
    std::unique_ptr<web::Server> server_;
};

}  // namespace tideline::testing
