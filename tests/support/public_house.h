#pragma once
#include "access/service.h"
#include "intake/service.h"
#include "knowledge/pack.h"
#include "support/house.h"
#include "web/assets.h"
#include "web/pages/public/public_pages.h"
#include "web/router.h"

namespace tideline::testing {

/// The public site with everything behind it: a database, a team that receives reports, an officer in it, the real
/// templates and the pack of New Zealand. Only the clocks are turned by the test.
class PublicHouse {
public:
    explicit PublicHouse(bool with_team = true, web::FloodLimits flood = {}, web::Limits limits = {})
        : blobs_(taken(store::Blobs::open(folder_.path() / "blobs"))),
          pack_(taken(knowledge::Pack::load(knowledge::Files::embedded(), "nz"))),
          ledger_(vault::SigningKey::from_seed(vault::random_key()), clock_),
          index_key_(vault::random_key()),
          access_(*database_, ledger_, clock_, index_key_, std::nullopt),
          reception_(*database_, ledger_, blobs_, clock_, pack_),
          inbox_(*database_, ledger_, blobs_, clock_, access_, pack_),
          templates_(web::embedded_site_files(),
                     [this](std::string_view language, std::string_view id) {
                         return std::string(pack_.catalogue().translate(language, id));
                     }),
          assets_(web::embedded_site_files()),
          reports_(
              flood,
              [this] { return std::chrono::steady_clock::time_point(std::chrono::milliseconds(clock_.now().ms)); }),
          openings_(
              flood,
              [this] { return std::chrono::steady_clock::time_point(std::chrono::milliseconds(clock_.now().ms)); }),
          derivations_(2, 50),
          pages_({.reception = reception_,
                  .pack = pack_,
                  .templates = templates_,
                  .clock = clock_,
                  .reports = reports_,
                  .openings = openings_,
                  .derivations = derivations_,
                  .form_key = vault::random_key(),
                  .stylesheet = std::string(assets_.path("public.css")),
                  .limits = limits}) {
        if (with_team) make_team();
        pages_.add_routes(router_);
    }

    ManualClock& clock() { return clock_; }
    const web::Router& router() const { return router_; }
    const web::Templates& templates() const { return templates_; }
    const web::Assets& assets() const { return assets_; }
    const web::pages::PublicPages& pages() const { return pages_; }
    const intake::Reception& reception() const { return reception_; }
    const intake::Inbox& inbox() const { return inbox_; }
    const knowledge::Pack& pack() const { return pack_; }
    const store::Blobs& blobs() const { return blobs_; }
    store::Database& database() { return *database_; }
    const access::SignedIn& officer() const { return *officer_; }

    /// The reports of the officer's team, newest first.
    std::vector<ReportId> reports() const {
        std::vector<ReportId> ids;
        const auto page = inbox_.list(officer(), {});
        for (const intake::InboxRow& row : page.value().rows) ids.push_back(row.id);
        return ids;
    }
    /// The only report of the officer's team, opened.
    intake::OpenReport only_report() const {
        const auto ids = reports();
        if (ids.size() != 1) throw std::runtime_error("there is not exactly one report");
        return inbox_.open(officer(), ids.front()).value();
    }

private:
    template <class T>
    static T taken(Result<T> result) {
        if (!result) throw std::runtime_error(result.error().message);
        return std::move(result).value();
    }
    void make_team() {
        const vault::SecretText password("correct horse battery staple");
        const auto token = access_.first_administrator_token();
        const auto enrolment =
            access_.begin_enrolment(token.value().expose(), "Ana Officer", "ana@example.test", password.clone());
        const std::string code = enrolment.value().totp.code(clock_.now());
        const auto enrolled = access_.finish_enrolment(token.value().expose(), enrolment.value(), code);
        const StaffId id = enrolled.value().staff;
        clock_.advance(minute_ms);
        const auto session = access_.sign_in("ana@example.test", password, enrolment.value().totp.code(clock_.now()));
        const auto signed_in = [&] { return access_.session(session.value().token.expose()); };
        must(access_.set_roles(signed_in().value().actor, id, {access::Role::administrator, access::Role::officer}));
        const auto administrator = signed_in();
        const auto team = access_.create_team(administrator.value().actor, "Tideline Agency", "Reports", {id});
        must(access_.set_channel(administrator.value().actor, pack_.route({}).kind, team.value()));
        officer_.emplace(signed_in().value());
    }
    static void must(const Status& done) {
        if (!done) throw std::runtime_error(done.error().message);
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
    web::Templates templates_;
    web::Assets assets_;
    web::FloodGate reports_;
    web::FloodGate openings_;
    web::BoundedGate derivations_;
    web::pages::PublicPages pages_;
    web::Router router_;
    std::optional<access::SignedIn> officer_;
};

}  // namespace tideline::testing
