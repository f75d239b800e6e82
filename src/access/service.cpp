#include "access/service.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace tideline::access {

using store::Connection;
using store::Row;
using store::Transaction;
using vault::SecretText;

namespace {
constexpr std::string_view recovery_holder = "recovery";

std::string_view bytes_of(const vault::Key32& key) { return {reinterpret_cast<const char*>(key.data()), key.size()}; }
std::string hash_text(std::string_view text) { return text::hex(vault::hash(text)); }
std::string key_hex(const vault::Key32& key) { return text::hex(key); }

Error forbidden() { return {ErrorKind::forbidden, tr("You may not do this. Ask an administrator if you need to.")}; }
Error wrong_sign_in() {
    return {ErrorKind::invalid, tr("The e-mail address, the password or the code is not right. Please try again.")};
}

std::string roles_json(const std::set<Role>& roles) {
    nlohmann::json json = nlohmann::json::array();
    for (const Role role : roles) json.push_back(std::string(name_of(role)));
    return json.dump();
}

std::set<Role> roles_from(std::string_view json) {
    std::set<Role> roles;
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (!parsed.is_array()) return roles;
    for (const auto& name : parsed) {
        if (const auto role = role_named(name.get<std::string>())) roles.insert(*role);
    }
    return roles;
}

/// The context in which a team's secret of an epoch is sealed to a holder.
std::string team_field(std::int64_t epoch) { return "team-key:" + std::to_string(epoch); }

vault::Salt salt_from(const std::string& stored) {
    vault::Salt salt{};
    if (const auto bytes = text::from_base64url(stored); bytes && bytes->size() == salt.size())
        std::copy(bytes->begin(), bytes->end(), salt.begin());
    return salt;
}

vault::Secret<vault::Key32> key_from_text(std::string_view text) {
    vault::Secret<vault::Key32> key;
    if (text.size() == 32) std::copy(text.begin(), text.end(), key.expose().begin());
    return key;
}

/// Bound to the member's seed: nobody can try codes without the password, and they outlive its change.
std::string recovery_code_hash(const vault::Secret<vault::Key32>& seed, std::string_view digits) {
    return key_hex(vault::keyed_hash(vault::derive(seed, "recovery-code"), "recovery-code", digits));
}

void store_recovery_codes(store::Transaction& tx, const StaffId& staff, const vault::Secret<vault::Key32>& seed,
                          const std::vector<SecretText>& codes) {
    for (const SecretText& code : codes)
        tx.run("INSERT INTO recovery_code (staff_id, code_hash, used_ms) VALUES (:staff, :code, 0)",
               {staff.str(), recovery_code_hash(seed, vault::recovery_code_digits(code.expose()))});
}

/// Whether somebody in the team both holds its key and may read reports.
bool has_reader(Connection& connection, const TeamId& team) {
    return connection
        .query_one(
            "SELECT m.staff_id FROM team_member m JOIN staff_role r ON r.staff_id = m.staff_id WHERE m.team_id = :team "
            "AND m.state = 'active' "
            "AND r.role IN ('officer', 'supervisor') LIMIT 1",
            {team.str()})
        .has_value();
}

/// A team that receives reports must be able to read them.
Status check_reader_left(Connection& connection, const TeamId& team) {
    if (!connection.query_one("SELECT kind FROM team_channel WHERE team_id = :team LIMIT 1", {team.str()}) ||
        has_reader(connection, team))
        return {};
    return {
        ErrorKind::conflict,
        tr("This is the last member who can read what the team receives. Let another officer or supervisor in first.")};
}
}  // namespace

const vault::KeyPair* Keyring::find(const TeamId& team, std::int64_t epoch) const {
    const auto at = teams.find({team, epoch});
    return at == teams.end() ? nullptr : &at->second;
}

struct Access::StaffRow {
    StaffId id;
    std::string name, email, state, salt, verifier, wrapped_seed, wrapped_totp;
    std::int64_t totp_last_step = 0;
};

Access::Access(store::Database& database, const ledger::Ledger& ledger, const Clock& clock,
               const vault::Secret<vault::Key32>& index_key, std::optional<vault::PublicKey> recovery)
    : database_(database), ledger_(ledger), clock_(clock), index_key_(index_key), recovery_(recovery) {}

std::string Access::seal_index(std::string_view object, std::string_view field, std::string_view text) const {
    return vault::seal(index_key_, {object, field}, text).to_storage();
}

std::string Access::open_index(std::string_view object, std::string_view field, const std::string& stored) const {
    const auto sealed = vault::Sealed::from_storage(stored);
    if (!sealed) return {};
    const auto text = vault::open(index_key_, {object, field}, *sealed);
    return text ? std::string(text->expose()) : std::string();
}

std::string Access::login_hash(std::string_view email) const {
    return key_hex(vault::keyed_hash(index_key_, "login", text::ascii_lower(text::trim(email))));
}

std::optional<Access::StaffRow> Access::find_staff(Connection& connection, std::string_view where,
                                                   const std::string& value) const {
    const auto row = connection.query_one(
        "SELECT id, name, email, state, salt, verifier, wrapped_seed, wrapped_totp, totp_last_step FROM staff WHERE " +
            std::string(where) + " = :value",
        {value});
    if (!row) return std::nullopt;
    StaffRow staff;
    staff.id = StaffId::stored(row->text(0));
    staff.name = open_index(staff.id.str(), "name", row->text(1));
    staff.email = open_index(staff.id.str(), "email", row->text(2));
    staff.state = row->text(3);
    staff.salt = row->text(4);
    staff.verifier = row->text(5);
    staff.wrapped_seed = row->text(6);
    staff.wrapped_totp = row->text(7);
    staff.totp_last_step = row->integer(8);
    return staff;
}

std::set<Role> Access::roles_of(Connection& connection, const StaffId& id) const {
    std::set<Role> roles;
    for (const Row& row : connection.query("SELECT role FROM staff_role WHERE staff_id = :staff", {id.str()})) {
        if (const auto role = role_named(row.text(0))) roles.insert(*role);
    }
    return roles;
}

Status Access::check_person(std::string_view name, std::string_view email) const {
    if (text::trim(name).empty()) return {ErrorKind::invalid, tr("Please give a name.")};
    if (text::length(name) > limits::name_chars_max)
        return {ErrorKind::too_large, tr("The name is too long: at most 120 characters.")};
    const std::string_view trimmed = text::trim(email);
    const std::size_t at = trimmed.find('@');
    const bool well_formed = at != std::string_view::npos && at > 0 && at + 1 < trimmed.size() &&
                             trimmed.find_first_of(" \t\r\n<>,;\"") == std::string_view::npos &&
                             trimmed.find('@', at + 1) == std::string_view::npos;
    if (!well_formed || trimmed.size() > limits::email_bytes_max || !text::is_utf8(trimmed))
        return {ErrorKind::invalid, tr("Please give a whole e-mail address, like name@agency.example.")};
    return {};
}

// ---- becoming a member of staff

Result<SecretText> Access::first_administrator_token() {
    return database_.write([&](Transaction& tx) -> Result<SecretText> {
        if (tx.query_one("SELECT COUNT(*) FROM staff")->integer(0) > 0)
            return {ErrorKind::conflict, "there is an administrator already; ask them for an invitation"};
        SecretText token = vault::random_token();
        tx.run("DELETE FROM invitation");
        tx.run(
            "INSERT INTO invitation (token_hash, name, email, roles, team_id, expires_ms, used_ms) "
            "VALUES (:token, '', '', :roles, 'first', :expires, 0)",
            {hash_text(token.expose()), roles_json({Role::administrator}),
             (clock_.now() + limits::invitation_age_ms).ms});
        ledger_.append(tx, {"system", "command line", "administrator.invited", "first", ""});
        return token;
    });
}

Result<SecretText> Access::invite(const Actor& actor, const Invitation& invitation) {
    if (!may(actor, Permission::staff_manage)) return forbidden();
    if (const Status person = check_person(invitation.name, invitation.email); !person) return person.error();
    if (invitation.roles.empty()) return {ErrorKind::invalid, tr("Please choose at least one role.")};
    SecretText token = vault::random_token();
    const std::string token_hash = hash_text(token.expose());
    return database_.write([&](Transaction& tx) -> Result<SecretText> {
        if (invitation.team && !tx.query_one("SELECT id FROM team WHERE id = :team", {invitation.team->str()}))
            return {ErrorKind::not_found, tr("There is no such team.")};
        if (find_staff(tx, "login_hash", login_hash(invitation.email)))
            return {ErrorKind::conflict, tr("Somebody with this e-mail address is a member of staff already.")};
        tx.run(
            "INSERT INTO invitation (token_hash, name, email, roles, team_id, expires_ms, used_ms) "
            "VALUES (:token, :name, :email, :roles, :team, :expires, 0)",
            {token_hash, seal_index(token_hash, "name", text::trim(invitation.name)),
             seal_index(token_hash, "email", text::trim(invitation.email)), roles_json(invitation.roles),
             invitation.team ? invitation.team->str() : std::string(), (clock_.now() + limits::invitation_age_ms).ms});
        ledger_.append(tx, {"system", actor.id.str(), "staff.invited", invitation.team ? invitation.team->str() : "",
                            roles_json(invitation.roles)});
        return token.clone();
    });
}

std::vector<OpenInvitation> Access::invitations(const Actor& actor) {
    if (!may(actor, Permission::staff_manage)) return {};
    return database_.read([&](Connection& connection) {
        std::vector<OpenInvitation> open;
        for (const Row& row : connection.query("SELECT token_hash, name, email, roles, team_id, expires_ms FROM "
                                               "invitation WHERE used_ms = 0 AND expires_ms > :now "
                                               "AND team_id <> 'first' ORDER BY expires_ms, token_hash LIMIT 1000",
                                               {clock_.now().ms})) {
            OpenInvitation one{row.text(0), {}, {row.integer(5)}};
            one.invitation.name = open_index(one.id, "name", row.text(1));
            one.invitation.email = open_index(one.id, "email", row.text(2));
            one.invitation.roles = roles_from(row.text(3));
            if (!row.text(4).empty()) one.invitation.team = TeamId::stored(row.text(4));
            open.push_back(std::move(one));
        }
        return open;
    });
}

Status Access::withdraw(const Actor& actor, std::string_view id) {
    if (!may(actor, Permission::staff_manage)) return forbidden();
    return database_.write([&](Transaction& tx) -> Status {
        if (tx.run("DELETE FROM invitation WHERE token_hash = :id AND used_ms = 0 AND team_id <> 'first'",
                   {std::string(id)}) == 0)
            return {ErrorKind::not_found, tr("This invitation was used or withdrawn already.")};
        ledger_.append(tx, {"system", actor.id.str(), "invitation.withdrawn", "", ""});
        return {};
    });
}

Result<Invitation> Access::invitation(std::string_view token) {
    return database_.read([&](Connection& connection) -> Result<Invitation> {
        const std::string token_hash = hash_text(token);
        const auto row = connection.query_one(
            "SELECT name, email, roles, team_id, expires_ms, used_ms FROM invitation WHERE token_hash = :token",
            {token_hash});
        if (!row || row->integer(5) != 0 || row->integer(4) < clock_.now().ms)
            return {ErrorKind::expired, tr("This link was used already or is too old. Ask for a new one.")};
        Invitation invitation;
        invitation.first_administrator = row->text(3) == "first";
        if (!invitation.first_administrator) {
            invitation.name = open_index(token_hash, "name", row->text(0));
            invitation.email = open_index(token_hash, "email", row->text(1));
            if (!row->text(3).empty()) invitation.team = TeamId::stored(row->text(3));
        }
        invitation.roles = roles_from(row->text(2));
        return invitation;
    });
}

Result<Enrolment> Access::begin_enrolment(std::string_view token, std::string_view name, std::string_view email,
                                          SecretText password) {
    if (const auto offered = invitation(token); !offered) return offered.error();
    if (const Status person = check_person(name, email); !person) return person.error();
    if (text::length(password.expose()) < limits::password_chars_min)
        return {ErrorKind::invalid,
                tr("The password is too short: at least 12 characters. Three or four words are easy to remember.")};
    if (password.size() > limits::password_bytes_max) return {ErrorKind::too_large, tr("The password is too long.")};
    if (database_.read([&](Connection& c) { return find_staff(c, "login_hash", login_hash(email)).has_value(); }))
        return {ErrorKind::conflict, tr("Somebody with this e-mail address is a member of staff already.")};
    return Enrolment{std::string(text::trim(name)), std::string(text::trim(email)), std::move(password),
                     vault::Totp::random()};
}

Result<Enrolled> Access::finish_enrolment(std::string_view token, const Enrolment& enrolment, std::string_view code) {
    const auto offered = invitation(token);
    if (!offered) return offered.error();
    const auto step = enrolment.totp.accepted_step(code, clock_.now());
    if (!step)
        return {ErrorKind::invalid, tr("That is not the code that the app shows now. Please type the newest one.")};
    const vault::Salt salt = vault::random_salt();
    const vault::PasswordKeys keys = vault::derive_password(enrolment.password, salt);
    const vault::Secret<vault::Key32> seed = vault::random_key();
    const vault::KeyPair pair = vault::KeyPair::from_seed(vault::derive(seed, "x25519"));
    const vault::SigningKey signing = vault::SigningKey::from_seed(vault::derive(seed, "ed25519"));
    const StaffId id = vault::random_id<StaffId>();
    Enrolled enrolled{id, vault::random_recovery_codes()};
    const Status made = database_.write([&](Transaction& tx) -> Status {
        const std::int64_t used =
            tx.run("UPDATE invitation SET used_ms = :now WHERE token_hash = :token AND used_ms = 0",
                   {clock_.now().ms, hash_text(token)});
        if (used != 1) return {ErrorKind::expired, tr("This link was used already or is too old. Ask for a new one.")};
        if (find_staff(tx, "login_hash", login_hash(enrolment.email)))
            return {ErrorKind::conflict, tr("Somebody with this e-mail address is a member of staff already.")};
        tx.run(
            "INSERT INTO staff (id, login_hash, name, email, state, public_key, verify_key, salt, verifier, "
            "wrapped_seed, "
            "wrapped_totp, totp_last_step, created_ms) VALUES (:id, :login, :name, :email, 'active', :public, "
            ":verify, :salt, :verifier, :seed, :totp, :step, :now)",
            {id.str(), login_hash(enrolment.email), seal_index(id.str(), "name", enrolment.name),
             seal_index(id.str(), "email", enrolment.email), pair.public_key.to_storage(),
             signing.verify_key.to_storage(), text::base64url(salt), key_hex(keys.verifier_hash),
             vault::seal(keys.wrap_key, {id.str(), "seed"}, bytes_of(seed.expose())).to_storage(),
             vault::seal(keys.wrap_key, {id.str(), "totp"}, enrolment.totp.secret_bytes()).to_storage(), *step,
             clock_.now().ms});
        for (const Role role : offered->roles)
            tx.run("INSERT INTO staff_role (staff_id, role) VALUES (:staff, :role)",
                   {id.str(), std::string(name_of(role))});
        store_recovery_codes(tx, id, seed, enrolled.recovery_codes);
        ledger_.append(tx, {"system", id.str(), "staff.joined", id.str(), roles_json(offered->roles)});
        if (offered->team) {
            tx.run(
                "INSERT INTO team_member (team_id, staff_id, state, since_ms) VALUES (:team, :staff, 'waiting', :now)",
                {offered->team->str(), id.str(), clock_.now().ms});
            ledger_.append(tx, {"system", id.str(), "team.member_named", offered->team->str(), ""});
        }
        return {};
    });
    if (!made) return made.error();
    return enrolled;
}

// ---- signing in

// A try is taken before anything is compared: many connections at once get no more guesses than one.
Status Access::take_try(const std::string& login) {
    constexpr std::int64_t free_tries = 2;
    constexpr std::int64_t doublings_max = 10;
    const std::int64_t now = clock_.now().ms;
    return database_.write([&](Transaction& tx) -> Status {
        const auto row =
            tx.query_one("SELECT failures, next_try_ms FROM sign_in_try WHERE login_hash = :login", {login});
        if (row && row->integer(1) > now)
            return {ErrorKind::busy, tr("There were failed tries. Please wait a minute and try again.")};
        const std::int64_t failures = (row ? row->integer(0) : 0) + 1;
        const std::int64_t wait = failures <= free_tries
                                      ? 0
                                      : std::min(limits::wait_after_failure_ms_max,
                                                 second_ms << std::min(failures - free_tries - 1, doublings_max));
        tx.run("DELETE FROM sign_in_try WHERE next_try_ms < :old", {now - limits::failures_age_ms});
        tx.run(
            "INSERT INTO sign_in_try (login_hash, failures, next_try_ms) VALUES (:login, :failures, :next) "
            "ON CONFLICT (login_hash) DO UPDATE SET failures = excluded.failures, next_try_ms = excluded.next_try_ms",
            {login, failures, now + wait});
        return {};
    });
}

Result<NewSession> Access::sign_in(std::string_view email, const SecretText& password, std::string_view code) {
    if (password.size() > limits::password_bytes_max) return wrong_sign_in();
    const std::string login = login_hash(email);
    if (const Status taken = take_try(login); !taken) return taken.error();
    const auto found = database_.read([&](Connection& c) { return find_staff(c, "login_hash", login); });
    const Instant now = clock_.now();
    // An address that nobody has costs the same derivation and the same write as a known one.
    const vault::PasswordKeys keys = vault::derive_password(password, found ? salt_from(found->salt) : vault::Salt{});
    const auto fail = [&]() -> Error {
        const Status written = database_.write([&](Transaction& tx) -> Status {
            const std::string who = found ? found->id.str() : std::string();
            ledger_.append(tx, {"system", found ? who : "nobody", "sign_in.failed", who, ""});
            return {};
        });
        (void)written;
        return wrong_sign_in();
    };
    if (!found || found->state != "active") return fail();
    if (key_hex(keys.verifier_hash) != found->verifier) return fail();
    const auto open_own = [&](const std::string& stored, std::string_view field) -> std::optional<SecretText> {
        const auto sealed = vault::Sealed::from_storage(stored);
        if (!sealed) return std::nullopt;
        auto text = vault::open(keys.wrap_key, {found->id.str(), field}, *sealed);
        if (!text) return std::nullopt;
        return std::move(*text);
    };
    const auto totp_secret = open_own(found->wrapped_totp, "totp");
    const auto seed = open_own(found->wrapped_seed, "seed");
    if (!totp_secret || !seed) return {ErrorKind::corrupt, "this account's keys are damaged; restore a backup"};
    const auto totp = vault::Totp::from_bytes(totp_secret->expose());
    const std::string digits = vault::recovery_code_digits(code);
    const bool is_recovery_code = digits.size() == 12;
    const auto step = is_recovery_code ? std::nullopt : totp->accepted_step(code, now);
    if (!is_recovery_code && (!step || *step <= found->totp_last_step)) return fail();

    NewSession session{vault::random_token(), found->id};
    const vault::Secret<vault::Key32> token_key = key_from_text(bytes_of(vault::hash(session.token.expose())));
    const std::string token_hash = key_hex(vault::keyed_hash(token_key, "session-row", ""));
    const Status signed_in = database_.write([&](Transaction& tx) -> Status {
        if (is_recovery_code) {
            const std::int64_t used = tx.run(
                "UPDATE recovery_code SET used_ms = :now WHERE staff_id = :staff AND code_hash = :code AND used_ms = 0",
                {now.ms, found->id.str(), recovery_code_hash(key_from_text(seed->expose()), digits)});
            if (used != 1) return wrong_sign_in();
            ledger_.append(tx, {"system", found->id.str(), "sign_in.recovery_code_used", found->id.str(), ""});
        } else {
            // The same code a second time, even at the same moment on two connections, is refused here.
            const std::int64_t moved =
                tx.run("UPDATE staff SET totp_last_step = :step WHERE id = :id AND totp_last_step < :again",
                       {*step, found->id.str(), *step});
            if (moved != 1) return wrong_sign_in();
        }
        tx.run("DELETE FROM sign_in_try WHERE login_hash = :login", {login});
        tx.run("DELETE FROM session WHERE seen_ms < :idle OR created_ms < :old",
               {now.ms - limits::session_idle_ms, now.ms - limits::session_age_ms});
        tx.run(
            "INSERT INTO session (token_hash, staff_id, wrapped_seed, created_ms, seen_ms) VALUES (:token, :staff, "
            ":seed, :now, :seen)",
            {token_hash, found->id.str(),
             vault::seal(vault::derive(token_key, "session-seed"), {token_hash, "seed"}, seed->expose()).to_storage(),
             now.ms, now.ms});
        ledger_.append(tx, {"system", found->id.str(), "signed_in", found->id.str(), ""});
        return {};
    });
    if (!signed_in) return signed_in.kind() == ErrorKind::invalid ? fail() : signed_in.error();
    return session;
}

namespace {
struct Token {
    vault::Secret<vault::Key32> key;
    std::string row;
    explicit Token(std::string_view token) {
        key.expose() = vault::hash(token);
        row = key_hex(vault::keyed_hash(key, "session-row", ""));
    }
};
}  // namespace

Keyring Access::open_keyring(Connection& connection, const StaffId& id, const vault::Secret<vault::Key32>& seed) const {
    Keyring keyring;
    keyring.own = vault::KeyPair::from_seed(vault::derive(seed, "x25519"));
    keyring.signing = vault::SigningKey::from_seed(vault::derive(seed, "ed25519"));
    for (const Row& row : connection.query(
             "SELECT g.team_id, g.epoch, g.sealed FROM team_key_grant g JOIN team_member m ON m.team_id = g.team_id "
             "AND m.staff_id = g.holder WHERE g.holder = :holder AND m.state = 'active'",
             {id.str()})) {
        const auto sealed = vault::Sealed::from_storage(row.text(2));
        if (!sealed) continue;
        const std::int64_t epoch = row.integer(1);
        auto secret = vault::open_with(keyring.own, {row.text(0), team_field(epoch)}, *sealed);
        if (secret)
            keyring.teams.emplace(TeamEpoch{TeamId::stored(row.text(0)), epoch}, vault::KeyPair::from_seed(*secret));
    }
    return keyring;
}

Result<SignedIn> Access::session(std::string_view token) {
    const Error over{ErrorKind::expired, tr("Please sign in.")};
    if (token.size() < 20 || token.size() > 100) return over;
    const Token key(token);
    const Instant now = clock_.now();
    std::int64_t seen = 0;
    auto who = database_.read([&](Connection& connection) -> Result<SignedIn> {
        const auto row = connection.query_one(
            "SELECT staff_id, wrapped_seed, created_ms, seen_ms FROM session WHERE token_hash = :token", {key.row});
        if (!row || row->integer(3) + limits::session_idle_ms < now.ms ||
            row->integer(2) + limits::session_age_ms < now.ms)
            return over;
        seen = row->integer(3);
        const auto sealed = vault::Sealed::from_storage(row->text(1));
        if (!sealed) return over;
        const auto seed_text = vault::open(vault::derive(key.key, "session-seed"), {key.row, "seed"}, *sealed);
        if (!seed_text) return over;
        const vault::Secret<vault::Key32> seed = key_from_text(seed_text->expose());
        SignedIn signed_in;
        signed_in.actor.id = StaffId::stored(row->text(0));
        const auto staff = find_staff(connection, "id", row->text(0));
        if (!staff || staff->state != "active") return over;
        signed_in.name = staff->name;
        signed_in.actor.roles = roles_of(connection, signed_in.actor.id);
        for (const Row& member : connection.query(
                 "SELECT team_id FROM team_member WHERE staff_id = :staff AND state = 'active' ORDER BY team_id",
                 {row->text(0)}))
            signed_in.actor.teams.push_back(TeamId::stored(member.text(0)));
        signed_in.keyring = open_keyring(connection, signed_in.actor.id, seed);
        signed_in.csrf_key = vault::derive(key.key, "csrf");
        return signed_in;
    });
    // The idle limit moves in steps of a minute, so that reading pages does not write to the database each time.
    if (who && seen + minute_ms < now.ms) {
        const Status moved = database_.write([&](Transaction& tx) -> Status {
            tx.run("UPDATE session SET seen_ms = :now WHERE token_hash = :token", {now.ms, key.row});
            return {};
        });
        (void)moved;
    }
    return who;
}

void Access::sign_out(std::string_view token) {
    const Token key(token);
    const Status done = database_.write([&](Transaction& tx) -> Status {
        const auto row = tx.query_one("SELECT staff_id FROM session WHERE token_hash = :token", {key.row});
        if (!row) return {};
        tx.run("DELETE FROM session WHERE token_hash = :token", {key.row});
        ledger_.append(tx, {"system", row->text(0), "signed_out", row->text(0), ""});
        return {};
    });
    (void)done;
}

void Access::sign_out_everywhere(const Actor& actor) {
    const Status done = database_.write([&](Transaction& tx) -> Status {
        tx.run("DELETE FROM session WHERE staff_id = :staff", {actor.id.str()});
        ledger_.append(tx, {"system", actor.id.str(), "signed_out_everywhere", actor.id.str(), ""});
        return {};
    });
    (void)done;
}

/// A member's account, opened by their password.
struct Access::Unlocked {
    StaffRow row;
    SecretText seed, totp;
};

Result<Access::Unlocked> Access::unlock(const SignedIn& who, const SecretText& password, std::string_view wrong) const {
    const Error damaged{ErrorKind::corrupt, "this account's keys are damaged; restore a backup"};
    if (password.size() > limits::password_bytes_max) return {ErrorKind::too_large, tr("The password is too long.")};
    auto row = database_.read([&](Connection& c) { return find_staff(c, "id", who.actor.id.str()); });
    if (!row) return {ErrorKind::not_found, tr("There is no such member of staff.")};
    const vault::PasswordKeys keys = vault::derive_password(password, salt_from(row->salt));
    if (key_hex(keys.verifier_hash) != row->verifier) return {ErrorKind::invalid, std::string(wrong)};
    const auto seed_sealed = vault::Sealed::from_storage(row->wrapped_seed);
    const auto totp_sealed = vault::Sealed::from_storage(row->wrapped_totp);
    if (!seed_sealed || !totp_sealed) return damaged;
    auto seed = vault::open(keys.wrap_key, {row->id.str(), "seed"}, *seed_sealed);
    auto totp = vault::open(keys.wrap_key, {row->id.str(), "totp"}, *totp_sealed);
    if (!seed || !totp) return damaged;
    return Unlocked{std::move(*row), std::move(*seed), std::move(*totp)};
}

Status Access::change_password(const SignedIn& who, const SecretText& old_password, const SecretText& new_password,
                               std::string_view keep_token) {
    if (text::length(new_password.expose()) < limits::password_chars_min)
        return {ErrorKind::invalid,
                tr("The password is too short: at least 12 characters. Three or four words are easy to remember.")};
    if (new_password.size() > limits::password_bytes_max)
        return {ErrorKind::too_large, tr("The password is too long.")};
    const auto account = unlock(who, old_password, tr("The old password is not right."));
    if (!account) return account.error();
    const std::string me = account->row.id.str();
    const vault::Salt salt = vault::random_salt();
    const vault::PasswordKeys keys = vault::derive_password(new_password, salt);
    const Token keep(keep_token);
    return database_.write([&](Transaction& tx) -> Status {
        tx.run(
            "UPDATE staff SET salt = :salt, verifier = :verifier, wrapped_seed = :seed, wrapped_totp = :totp WHERE id "
            "= :id",
            {text::base64url(salt), key_hex(keys.verifier_hash),
             vault::seal(keys.wrap_key, {me, "seed"}, account->seed.expose()).to_storage(),
             vault::seal(keys.wrap_key, {me, "totp"}, account->totp.expose()).to_storage(), me});
        tx.run("DELETE FROM session WHERE staff_id = :staff AND token_hash <> :keep", {me, keep.row});
        ledger_.append(tx, {"system", me, "password.changed", me, ""});
        return {};
    });
}

Result<std::vector<SecretText>> Access::new_recovery_codes(const SignedIn& who, const SecretText& password) {
    const auto account = unlock(who, password, tr("The password is not right."));
    if (!account) return account.error();
    const std::string me = account->row.id.str();
    const auto seed = key_from_text(account->seed.expose());
    auto codes = vault::random_recovery_codes();
    const Status done = database_.write([&](Transaction& tx) -> Status {
        tx.run("DELETE FROM recovery_code WHERE staff_id = :staff", {me});
        store_recovery_codes(tx, account->row.id, seed, codes);
        ledger_.append(tx, {"system", me, "recovery_codes.renewed", me, ""});
        return {};
    });
    if (!done) return done.error();
    return codes;
}

// ---- staff and teams

std::vector<StaffMember> Access::staff(const Actor& actor) {
    if (!may(actor, Permission::staff_manage)) return {};
    return database_.read([&](Connection& connection) {
        std::vector<StaffMember> members;
        for (const Row& row :
             connection.query("SELECT id, name, email, state FROM staff ORDER BY created_ms, id LIMIT 5000")) {
            StaffMember member;
            member.id = StaffId::stored(row.text(0));
            member.name = open_index(row.text(0), "name", row.text(1));
            member.email = open_index(row.text(0), "email", row.text(2));
            member.active = row.text(3) == "active";
            member.roles = roles_of(connection, member.id);
            members.push_back(std::move(member));
        }
        return members;
    });
}

Status Access::set_roles(const Actor& actor, const StaffId& staff, const std::set<Role>& roles) {
    if (!may(actor, Permission::staff_manage)) return forbidden();
    if (roles.empty()) return {ErrorKind::invalid, tr("Please choose at least one role.")};
    return database_.write([&](Transaction& tx) -> Status {
        const auto row = find_staff(tx, "id", staff.str());
        if (!row || row->state != "active") return {ErrorKind::not_found, tr("There is no such member of staff.")};
        const bool was_administrator = roles_of(tx, staff).contains(Role::administrator);
        if (was_administrator && !roles.contains(Role::administrator) &&
            tx.query_one("SELECT COUNT(*) FROM staff_role r JOIN staff s ON s.id = r.staff_id WHERE r.role = "
                         "'administrator' AND s.state = 'active'")
                    ->integer(0) < 2)
            return {ErrorKind::conflict, tr("This is the last administrator. Make another one first.")};
        tx.run("DELETE FROM staff_role WHERE staff_id = :staff", {staff.str()});
        for (const Role role : roles)
            tx.run("INSERT INTO staff_role (staff_id, role) VALUES (:staff, :role)",
                   {staff.str(), std::string(name_of(role))});
        for (const Row& team :
             tx.query("SELECT team_id FROM team_member WHERE staff_id = :staff AND state = 'active'", {staff.str()})) {
            if (const Status readable = check_reader_left(tx, TeamId::stored(team.text(0))); !readable) return readable;
        }
        ledger_.append(tx, {"system", actor.id.str(), "staff.roles_set", staff.str(), roles_json(roles)});
        return {};
    });
}

Status Access::deactivate(const Actor& actor, const StaffId& staff) {
    if (!may(actor, Permission::staff_manage)) return forbidden();
    if (actor.id == staff)
        return {ErrorKind::conflict, tr("You cannot end your own access. Another administrator can.")};
    return database_.write([&](Transaction& tx) -> Status {
        if (!find_staff(tx, "id", staff.str())) return {ErrorKind::not_found, tr("There is no such member of staff.")};
        for (const Row& row : tx.query("SELECT team_id FROM team_member WHERE staff_id = :staff", {staff.str()})) {
            if (const Status ended = end_membership(tx, actor, TeamId::stored(row.text(0)), staff); !ended)
                return ended;
        }
        // The address is free again: whoever lost phone and recovery codes can be invited anew, with new keys.
        tx.run("UPDATE staff SET state = 'ended', login_hash = :login WHERE id = :staff",
               {"ended:" + staff.str(), staff.str()});
        tx.run("DELETE FROM session WHERE staff_id = :staff", {staff.str()});
        tx.run("DELETE FROM staff_role WHERE staff_id = :staff", {staff.str()});
        ledger_.append(tx, {"system", actor.id.str(), "staff.ended", staff.str(), ""});
        return {};
    });
}

Team Access::load_team(Connection& connection, const TeamId& id, const std::string& agency,
                       const std::string& name) const {
    Team team;
    team.id = id;
    team.name = open_index(id.str(), "name", name);
    const auto row = connection.query_one("SELECT id, name FROM agency WHERE id = :agency", {agency});
    team.agency = row ? open_index(row->text(0), "name", row->text(1)) : std::string();
    for (const Row& member : connection.query("SELECT m.staff_id, s.name, m.state FROM team_member m JOIN staff s ON "
                                              "s.id = m.staff_id WHERE m.team_id = :team ORDER BY m.since_ms, s.id",
                                              {id.str()}))
        team.members.push_back({StaffId::stored(member.text(0)), open_index(member.text(0), "name", member.text(1)),
                                member.text(2) == "active" ? MemberState::active : MemberState::waiting});
    for (const Row& kind :
         connection.query("SELECT kind FROM team_channel WHERE team_id = :team ORDER BY kind", {id.str()}))
        team.kinds.push_back(kind.text(0));
    return team;
}

std::vector<Team> Access::teams(const Actor& actor) {
    const bool all = may(actor, Permission::team_manage);
    return database_.read([&](Connection& connection) {
        std::vector<Team> teams;
        for (const Row& row :
             connection.query("SELECT id, agency_id, name FROM team ORDER BY created_ms, id LIMIT 1000")) {
            const TeamId id = TeamId::stored(row.text(0));
            if (all || actor.in_team(id)) teams.push_back(load_team(connection, id, row.text(1), row.text(2)));
        }
        return teams;
    });
}

Result<Team> Access::team(const Actor& actor, const TeamId& id) {
    if (!may(actor, Permission::team_manage) && !actor.in_team(id))
        return {ErrorKind::not_found, tr("There is no such team.")};
    return database_.read([&](Connection& connection) -> Result<Team> {
        const auto row = connection.query_one("SELECT agency_id, name FROM team WHERE id = :team", {id.str()});
        if (!row) return {ErrorKind::not_found, tr("There is no such team.")};
        return load_team(connection, id, row->text(0), row->text(1));
    });
}

void Access::make_epoch(Transaction& tx, const TeamId& team, std::int64_t epoch,
                        const std::vector<StaffId>& holders) const {
    const vault::Secret<vault::Key32> seed = vault::random_key();
    const vault::KeyPair pair = vault::KeyPair::from_seed(seed);
    tx.run("INSERT INTO team_key (team_id, epoch, public_key, created_ms) VALUES (:team, :epoch, :public, :now)",
           {team.str(), epoch, pair.public_key.to_storage(), clock_.now().ms});
    const auto grant = [&](std::string_view holder, const vault::PublicKey& key) {
        tx.run("INSERT INTO team_key_grant (team_id, epoch, holder, sealed) VALUES (:team, :epoch, :holder, :sealed)",
               {team.str(), epoch, std::string(holder),
                vault::seal_to(key, {team.str(), team_field(epoch)}, seed).to_storage()});
    };
    for (const StaffId& holder : holders) {
        const auto row = tx.query_one("SELECT public_key FROM staff WHERE id = :id", {holder.str()});
        const auto key = row ? vault::PublicKey::from_storage(row->text(0)) : std::nullopt;
        if (!key) throw store::Failure("a member's public key is damaged");
        grant(holder.str(), *key);
    }
    if (recovery_) grant(recovery_holder, *recovery_);
}

Result<TeamId> Access::create_team(const Actor& actor, std::string_view agency, std::string_view name,
                                   const std::vector<StaffId>& members) {
    if (!may(actor, Permission::team_manage)) return forbidden();
    agency = text::trim(agency);
    name = text::trim(name);
    if (agency.empty() || name.empty()) return {ErrorKind::invalid, tr("Please give the agency and the team a name.")};
    if (text::length(agency) > limits::name_chars_max || text::length(name) > limits::name_chars_max)
        return {ErrorKind::too_large, tr("The name is too long: at most 120 characters.")};
    if (members.empty())
        return {ErrorKind::invalid,
                tr("Please choose at least one member: only members can read what a team receives.")};
    return database_.write([&](Transaction& tx) -> Result<TeamId> {
        for (const StaffId& member : members) {
            const auto row = find_staff(tx, "id", member.str());
            if (!row || row->state != "active") return {ErrorKind::not_found, tr("There is no such member of staff.")};
        }
        std::string agency_id;
        for (const Row& row : tx.query("SELECT id, name FROM agency")) {
            if (open_index(row.text(0), "name", row.text(1)) == agency) agency_id = row.text(0);
        }
        if (agency_id.empty()) {
            agency_id = vault::random_id<AgencyId>().str();
            tx.run("INSERT INTO agency (id, name, created_ms) VALUES (:id, :name, :now)",
                   {agency_id, seal_index(agency_id, "name", agency), clock_.now().ms});
        }
        const TeamId id = vault::random_id<TeamId>();
        tx.run("INSERT INTO team (id, agency_id, name, created_ms) VALUES (:id, :agency, :name, :now)",
               {id.str(), agency_id, seal_index(id.str(), "name", name), clock_.now().ms});
        make_epoch(tx, id, 1, members);
        ledger_.append(tx, {"system", actor.id.str(), "team.made", id.str(), ""});
        for (const StaffId& member : members) {
            tx.run(
                "INSERT INTO team_member (team_id, staff_id, state, since_ms) VALUES (:team, :staff, 'active', :now)",
                {id.str(), member.str(), clock_.now().ms});
            ledger_.append(tx, {"system", actor.id.str(), "team.member_added", id.str(),
                                nlohmann::json{{"member", member.str()}}.dump()});
        }
        return id;
    });
}

Status Access::add_member(const SignedIn& who, const TeamId& team, const StaffId& staff) {
    if (!may(who.actor, Permission::team_manage)) return forbidden();
    const Status named = database_.write([&](Transaction& tx) -> Status {
        const auto row = find_staff(tx, "id", staff.str());
        if (!row || row->state != "active") return {ErrorKind::not_found, tr("There is no such member of staff.")};
        if (!tx.query_one("SELECT id FROM team WHERE id = :team", {team.str()}))
            return {ErrorKind::not_found, tr("There is no such team.")};
        if (tx.query_one("SELECT state FROM team_member WHERE team_id = :team AND staff_id = :staff",
                         {team.str(), staff.str()}))
            return {ErrorKind::conflict, tr("They are in this team already.")};
        tx.run("INSERT INTO team_member (team_id, staff_id, state, since_ms) VALUES (:team, :staff, 'waiting', :now)",
               {team.str(), staff.str(), clock_.now().ms});
        ledger_.append(tx, {"system", who.actor.id.str(), "team.member_named", team.str(),
                            nlohmann::json{{"member", staff.str()}}.dump()});
        return {};
    });
    if (!named) return named;
    if (!who.actor.in_team(team)) return {};
    const Status let = let_in(who, team, staff);
    // Without every key the newcomer waits for a member who has them.
    return let || let.kind() == ErrorKind::no_key ? Status() : let;
}

Status Access::let_in(const SignedIn& who, const TeamId& team, const StaffId& staff) {
    if (!may(who.actor, Permission::team_let_in, team)) return forbidden();
    return database_.write([&](Transaction& tx) -> Status {
        const auto waiting = tx.query_one("SELECT state FROM team_member WHERE team_id = :team AND staff_id = :staff",
                                          {team.str(), staff.str()});
        if (!waiting || waiting->text(0) != "waiting")
            return {ErrorKind::conflict, tr("Nobody is waiting to be let in here.")};
        const auto row =
            tx.query_one("SELECT public_key FROM staff WHERE id = :staff AND state = 'active'", {staff.str()});
        const auto key = row ? vault::PublicKey::from_storage(row->text(0)) : std::nullopt;
        if (!key) return {ErrorKind::not_found, tr("There is no such member of staff.")};
        for (const Row& epoch_row : tx.query("SELECT k.epoch, g.sealed FROM team_key k LEFT JOIN team_key_grant g ON "
                                             "g.team_id = k.team_id AND g.epoch = k.epoch "
                                             "AND g.holder = :me WHERE k.team_id = :team",
                                             {who.actor.id.str(), team.str()})) {
            const std::int64_t epoch = epoch_row.integer(0);
            const auto sealed = vault::Sealed::from_storage(epoch_row.text(1));
            if (!sealed || sealed->empty())
                return {ErrorKind::no_key,
                        tr("You do not hold all keys of this team. Another member can let them in.")};
            const auto seed = vault::open_with(who.keyring.own, {team.str(), team_field(epoch)}, *sealed);
            if (!seed)
                return {ErrorKind::no_key,
                        tr("You do not hold all keys of this team. Another member can let them in.")};
            tx.run(
                "INSERT INTO team_key_grant (team_id, epoch, holder, sealed) VALUES (:team, :epoch, :holder, :sealed)",
                {team.str(), epoch, staff.str(),
                 vault::seal_to(*key, {team.str(), team_field(epoch)}, *seed).to_storage()});
        }
        tx.run("UPDATE team_member SET state = 'active', since_ms = :now WHERE team_id = :team AND staff_id = :staff",
               {clock_.now().ms, team.str(), staff.str()});
        ledger_.append(tx, {"system", who.actor.id.str(), "team.member_let_in", team.str(),
                            nlohmann::json{{"member", staff.str()}}.dump()});
        return {};
    });
}

Status Access::end_membership(Transaction& tx, const Actor& actor, const TeamId& team, const StaffId& staff) const {
    const auto row = tx.query_one("SELECT state FROM team_member WHERE team_id = :team AND staff_id = :staff",
                                  {team.str(), staff.str()});
    if (!row) return {ErrorKind::not_found, tr("They are not in this team.")};
    tx.run("DELETE FROM team_member WHERE team_id = :team AND staff_id = :staff", {team.str(), staff.str()});
    ledger_.append(tx, {"system", actor.id.str(), "team.member_removed", team.str(),
                        nlohmann::json{{"member", staff.str()}}.dump()});
    if (row->text(0) != "active") return {};
    tx.run("DELETE FROM team_key_grant WHERE team_id = :team AND holder = :staff", {team.str(), staff.str()});
    std::vector<StaffId> remaining;
    for (const Row& member :
         tx.query("SELECT staff_id FROM team_member WHERE team_id = :team AND state = 'active'", {team.str()}))
        remaining.push_back(StaffId::stored(member.text(0)));
    // A team that holds nothing and receives nothing may end up empty.
    const bool holds_something =
        tx.query_one("SELECT COUNT(*) FROM report WHERE team_id = :team AND state <> 'deleted'", {team.str()})
                ->integer(0) > 0 ||
        tx.query_one("SELECT COUNT(*) FROM team_channel WHERE team_id = :team", {team.str()})->integer(0) > 0;
    if (remaining.empty() && !holds_something) return {};
    if (remaining.empty())
        return {ErrorKind::conflict,
                tr("This is the last member who can read what the team received. Let another member in first.")};
    if (const Status readable = check_reader_left(tx, team); !readable) return readable;
    const std::int64_t epoch =
        tx.query_one("SELECT MAX(epoch) FROM team_key WHERE team_id = :team", {team.str()})->integer(0) + 1;
    make_epoch(tx, team, epoch, remaining);
    ledger_.append(tx, {"system", actor.id.str(), "team.new_key", team.str(), nlohmann::json{{"epoch", epoch}}.dump()});
    return {};
}

Status Access::remove_member(const Actor& actor, const TeamId& team, const StaffId& staff) {
    if (!may(actor, Permission::team_manage)) return forbidden();
    return database_.write([&](Transaction& tx) -> Status { return end_membership(tx, actor, team, staff); });
}

Status Access::set_channel(const Actor& actor, std::string_view kind, const TeamId& team) {
    if (!may(actor, Permission::team_manage)) return forbidden();
    return database_.write([&](Transaction& tx) -> Status {
        if (!has_reader(tx, team))
            return {ErrorKind::conflict,
                    tr("Nobody in this team can read reports: it needs a member who is an officer or a supervisor.")};
        tx.run("DELETE FROM team_channel WHERE kind = :kind", {std::string(kind)});
        tx.run("INSERT INTO team_channel (kind, team_id) VALUES (:kind, :team)", {std::string(kind), team.str()});
        ledger_.append(tx, {"system", actor.id.str(), "channel.opened", team.str(),
                            nlohmann::json{{"kind", std::string(kind)}}.dump()});
        return {};
    });
}

Status Access::clear_channel(const Actor& actor, std::string_view kind) {
    if (!may(actor, Permission::team_manage)) return forbidden();
    return database_.write([&](Transaction& tx) -> Status {
        if (tx.run("DELETE FROM team_channel WHERE kind = :kind", {std::string(kind)}) == 0)
            return {ErrorKind::not_found, tr("No team receives this kind of report.")};
        ledger_.append(
            tx, {"system", actor.id.str(), "channel.closed", "", nlohmann::json{{"kind", std::string(kind)}}.dump()});
        return {};
    });
}

std::string Access::display_name(Connection& connection, const StaffId& id) const {
    const auto row = connection.query_one("SELECT name FROM staff WHERE id = :id", {id.str()});
    return row ? open_index(id.str(), "name", row->text(0)) : std::string();
}

std::string Access::team_name(Connection& connection, const TeamId& id) const {
    const auto row = connection.query_one("SELECT name FROM team WHERE id = :id", {id.str()});
    return row ? open_index(id.str(), "name", row->text(0)) : std::string();
}

std::vector<Team> Access::other_teams(const Actor& actor) {
    return database_.read([&](Connection& connection) {
        std::vector<Team> teams;
        for (const Row& row :
             connection.query("SELECT id, agency_id, name FROM team ORDER BY created_ms, id LIMIT 1000")) {
            const TeamId id = TeamId::stored(row.text(0));
            if (actor.in_team(id)) continue;
            Team team = load_team(connection, id, row.text(1), row.text(2));
            team.members.clear();
            teams.push_back(std::move(team));
        }
        return teams;
    });
}

std::vector<std::string> Access::team_emails(const TeamId& team) {
    return database_.read([&](Connection& connection) {
        std::vector<std::string> addresses;
        for (const Row& row : connection.query("SELECT s.id, s.email FROM team_member m JOIN staff s ON s.id = "
                                               "m.staff_id WHERE m.team_id = :team AND m.state = 'active' "
                                               "AND s.state = 'active'",
                                               {team.str()})) {
            std::string address = open_index(row.text(0), "email", row.text(1));
            if (!address.empty()) addresses.push_back(std::move(address));
        }
        return addresses;
    });
}

std::optional<Destination> current_epoch(Connection& connection, const TeamId& team) {
    const auto row = connection.query_one(
        "SELECT epoch, public_key FROM team_key WHERE team_id = :team ORDER BY epoch DESC LIMIT 1", {team.str()});
    if (!row) return std::nullopt;
    const auto key = vault::PublicKey::from_storage(row->text(1));
    if (!key) return std::nullopt;
    return Destination{team, row->integer(0), *key};
}

std::optional<Destination> destination(Connection& connection, std::string_view kind, std::string_view default_kind) {
    for (const std::string_view wanted : {kind, default_kind}) {
        const auto row =
            connection.query_one("SELECT team_id FROM team_channel WHERE kind = :kind", {std::string(wanted)});
        if (!row) continue;
        if (auto found = current_epoch(connection, TeamId::stored(row->text(0)))) return found;
    }
    return std::nullopt;
}

RecoveryReach recovery_reach(store::Database& database, const vault::KeyPair& recovery) {
    return database.read([&](Connection& connection) {
        RecoveryReach reach;
        for (const Row& row :
             connection.query("SELECT k.team_id, k.epoch, k.public_key, COALESCE(g.sealed, '') FROM team_key k LEFT "
                              "JOIN team_key_grant g "
                              "ON g.team_id = k.team_id AND g.epoch = k.epoch AND g.holder = 'recovery'")) {
            ++reach.keys;
            const auto sealed = vault::Sealed::from_storage(row.text(3));
            if (!sealed) continue;
            const auto seed = vault::open_with(recovery, {row.text(0), team_field(row.integer(1))}, *sealed);
            if (seed && vault::KeyPair::from_seed(*seed).public_key.to_storage() == row.text(2)) ++reach.opened;
        }
        return reach;
    });
}

}  // namespace tideline::access
