#pragma once
#include "access/service.h"
#include "intake/service.h"
#include "knowledge/pack.h"
#include "support/house.h"

/// What tests of access and of intake stand on: a small agency, with the real services on a real database.
namespace tideline::testing {

template <class T>
T taken(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(result).value();
}
inline void must(const Status& done) {
    if (!done) throw std::runtime_error(done.error().message);
}

/// What the notifier does once every team was told.
inline std::vector<intake::WaitingTeam> take_waiting_teams(store::Database& database) {
    auto teams = intake::waiting_teams(database);
    must(intake::forget_waiting(database, teams));
    return teams;
}

/// Somebody who works there, with what they carry in their head and their phone.
struct Colleague {
    StaffId id;
    std::string email;
    vault::SecretText password;
    vault::Totp totp;
    std::vector<vault::SecretText> recovery_codes;
    std::string token;  ///< of their session, once they signed in
};

inline knowledge::Pack pack_of_new_zealand() {
    return taken(knowledge::Pack::load(knowledge::Files::embedded(), "nz"));
}
/// The tiny second jurisdiction of tests/data: two kinds of report, other deletion rules.
inline knowledge::Pack pack_of_xandria() {
    return taken(knowledge::Pack::load(
        taken(knowledge::Files::folder(std::filesystem::path(TIDELINE_SOURCE_DIR) / "tests/data/jurisdiction-xx")),
        "xx"));
}

class Office {
public:
    explicit Office(store::Dialect dialect, knowledge::Pack chosen = pack_of_new_zealand())
        : database(dialect), pack(std::move(chosen)) {}

    /// An actor who needs no account: for what administrators do.
    static access::Actor administrator() { return {vault::random_id<StaffId>(), {access::Role::administrator}, {}}; }

    /// Invites somebody and lets them enrol.
    Colleague enrol(const std::string& first_name, std::set<access::Role> roles = {access::Role::officer},
                    std::optional<TeamId> team = {}) {
        const std::string email = first_name + "@agency.example";
        const auto token =
            taken(access.invite(administrator(), {first_name, email, std::move(roles), std::move(team)}));
        return enrol_with(token.expose(), first_name, email);
    }
    Colleague enrol_with(std::string_view token, const std::string& name, const std::string& email) {
        auto enrolment =
            taken(access.begin_enrolment(token, name, email, vault::SecretText("a long password of " + name)));
        auto enrolled = taken(access.finish_enrolment(token, enrolment, enrolment.totp.code(clock.now())));
        return {enrolled.staff,
                email,
                std::move(enrolment.password),
                std::move(enrolment.totp),
                std::move(enrolled.recovery_codes),
                {}};
    }
    /// Signs them in with the code of the next half minute.
    void sign_in(Colleague& who) {
        clock.advance(30 * second_ms);
        who.token = taken(access.sign_in(who.email, who.password, who.totp.code(clock.now()))).token.expose();
    }
    Colleague signed_in_colleague(const std::string& first_name,
                                  std::set<access::Role> roles = {access::Role::officer}) {
        Colleague who = enrol(first_name, std::move(roles));
        sign_in(who);
        return who;
    }
    access::SignedIn desk_of(const Colleague& who) { return taken(access.session(who.token)); }

    TeamId team_of(const std::vector<StaffId>& members, const std::string& name = "Team") {
        return taken(access.create_team(administrator(), "Agency", name, members));
    }
    /// Lets a team receive whatever no other team receives.
    void open_channel(const TeamId& team) { must(access.set_channel(administrator(), pack.route({}).kind, team)); }

    /// Sends a report and gives its receipt.
    vault::Receipt send(const std::string& what, const intake::Origin& origin = {}) {
        intake::Answers answers;
        answers.emplace("what", vault::SecretText(what));
        return send(answers, origin);
    }
    vault::Receipt send(const intake::Answers& answers, const intake::Origin& origin = {}) {
        auto submission = taken(reception.begin(answers, origin));
        return std::move(*taken(submission.commit()));
    }

    /// What a dishonest member takes along: the key of a report, as their team's grant gives it now.
    vault::ObjectKey key_taken_by(const access::SignedIn& member, const TeamId& team, const ReportId& report) {
        return database->read([&](store::Connection& connection) {
            const auto row = connection.query_one(
                "SELECT epoch, sealed FROM report_grant WHERE report_id = :report AND recipient = :team",
                {report.str(), team.str()});
            return taken(vault::open_with(*member.keyring.find(team, row->integer(0)),
                                          {report.str(), "grant:" + team.str()},
                                          vault::Sealed::from_storage(row->text(1)).value()));
        });
    }
    /// The newest message of a report as such a key shows it; "" if it does not open it.
    std::string newest_message_under(const vault::ObjectKey& key, const ReportId& report) {
        const auto row = database->read([&](store::Connection& connection) {
            return connection.query_one(
                "SELECT id, body FROM message WHERE report_id = :report ORDER BY at_ms DESC LIMIT 1", {report.str()});
        });
        const std::string field = "message:" + row->text(0);
        const auto text = vault::open(key, {report.str(), field}, vault::Sealed::from_storage(row->text(1)).value());
        return text ? std::string(text->expose()) : "";
    }

    std::int64_t count(const std::string& sql) {
        return database->read([&](store::Connection& connection) { return connection.query_one(sql)->integer(0); });
    }
    void run(const std::string& sql) {
        must(database->write([&](store::Transaction& tx) -> Status {
            tx.run(sql);
            return {};
        }));
    }
    /// Whether the ledger and everything acknowledged are whole; the problems otherwise.
    std::string problems() {
        std::string all;
        for (const auto& problem : ledger.verify(*database, {}).problems) all += problem + "\n";
        for (const auto& problem : intake::check_whole(*database, blobs)) all += problem + "\n";
        return all;
    }

    ManualClock clock;
    TemporaryFolder folder;
    FreshDatabase database;
    knowledge::Pack pack;
    vault::KeyPair recovery = vault::KeyPair::random();
    vault::Secret<vault::Key32> index_key = vault::random_key();
    ledger::Ledger ledger{vault::SigningKey::from_seed(vault::random_key()), clock};
    store::Blobs blobs = taken(store::Blobs::open(folder.path() / "blobs"));
    access::Access access{*database, ledger, clock, index_key, recovery.public_key};
    intake::Reception reception{*database, ledger, blobs, clock, pack};
    intake::Inbox inbox{*database, ledger, blobs, clock, access, pack};
};

}  // namespace tideline::testing
