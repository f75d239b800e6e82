#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/types.h"
#include "base/result.h"
#include "ledger/ledger.h"
#include "store/database.h"

/// Staff, teams, sign-in. Names and e-mail addresses are encrypted under the index key, which only the staff process
/// holds; team keys are sealed to members, so that an administrator who is not a member reads nothing. (DESIGN §4)
namespace tideline::access {

namespace limits {
constexpr std::size_t password_chars_min = 12;
constexpr std::size_t password_bytes_max = 1024;
constexpr std::size_t name_chars_max = 120;
constexpr std::size_t email_bytes_max = 254;
constexpr std::int64_t session_idle_ms = 30 * minute_ms;
constexpr std::int64_t session_age_ms = 12 * hour_ms;
constexpr std::int64_t invitation_age_ms = 7 * day_ms;
constexpr std::int64_t wait_after_failure_ms_max = 60 * second_ms;
constexpr std::int64_t failures_age_ms = day_ms;  ///< after that, failed tries are forgotten
}  // namespace limits

/// Safe for several threads. Every change writes its ledger entry in the same transaction.
class Access {
public:
    /// @param index_key  32 bytes that only the staff process was given
    /// @param recovery   the offline recovery key's public half, or nothing when the instance was made without one
    Access(store::Database& database, const ledger::Ledger& ledger, const Clock& clock,
           const vault::Secret<vault::Key32>& index_key, std::optional<vault::PublicKey> recovery);

    // ---- becoming a member of staff

    /// A one-time link's token for the first administrator; Error::conflict once there is one. Earlier tokens end.
    Result<vault::SecretText> first_administrator_token();
    /// A one-time token for a colleague (staff.manage). With a team, they wait at its door until a member lets them in.
    Result<vault::SecretText> invite(const Actor& actor, const Invitation& invitation);
    /// Invitations that still let somebody in, those that end first before the others (staff.manage).
    std::vector<OpenInvitation> invitations(const Actor& actor);
    /// Ends an invitation. Error::not_found when it was used, withdrawn or never made.
    Status withdraw(const Actor& actor, std::string_view id);
    /// What a token offers; Error::expired when it was used or is too old.
    Result<Invitation> invitation(std::string_view token);
    /// Checks what a newcomer typed and makes a one-time-code secret for their app. Nothing is stored yet.
    Result<Enrolment> begin_enrolment(std::string_view token, std::string_view name, std::string_view email,
                                      vault::SecretText password);
    /// Makes the account once the code from the app is right. Error::invalid for a wrong code.
    Result<Enrolled> finish_enrolment(std::string_view token, const Enrolment& enrolment, std::string_view code);

    // ---- signing in

    /// @param code  six digits from the app, or one recovery code
    /// Error::invalid for any wrong part (never which one), Error::busy while failed tries make the next one wait.
    /// Addresses that nobody has are answered, counted and slowed down like those of staff.
    Result<NewSession> sign_in(std::string_view email, const vault::SecretText& password, std::string_view code);
    /// The member behind a cookie; Error::expired when the session is over. Moves its idle limit.
    Result<SignedIn> session(std::string_view token);
    void sign_out(std::string_view token);
    /// Ends every session of the actor.
    void sign_out_everywhere(const Actor& actor);
    /// Wraps the actor's keys anew and ends all other sessions; recovery codes stay good. Error::invalid when the old
    /// password is wrong.
    Status change_password(const SignedIn& who, const vault::SecretText& old_password,
                           const vault::SecretText& new_password, std::string_view keep_token);

    /// Ten new recovery codes in place of the old ones, which are good no longer. Error::invalid when the password is
    /// wrong.
    Result<std::vector<vault::SecretText>> new_recovery_codes(const SignedIn& who, const vault::SecretText& password);

    // ---- staff and teams

    std::vector<StaffMember> staff(const Actor& actor);
    /// Error::conflict when it would leave no administrator, or a team that receives reports without a reader.
    Status set_roles(const Actor& actor, const StaffId& staff, const std::set<Role>& roles);
    /// Ends a member's access: sessions, roles, and every team key (each team moves to a new epoch).
    Status deactivate(const Actor& actor, const StaffId& staff);

    /// All teams for an administrator, otherwise the actor's own.
    std::vector<Team> teams(const Actor& actor);
    Result<Team> team(const Actor& actor, const TeamId& id);
    /// Makes a team with a fresh key, sealed to its first members (at least one) and to recovery.
    Result<TeamId> create_team(const Actor& actor, std::string_view agency, std::string_view name,
                               const std::vector<StaffId>& members);
    /// Names a member: at once when the actor holds the team's keys, otherwise they wait for a member to let them in.
    Status add_member(const SignedIn& who, const TeamId& team, const StaffId& staff);
    /// Seals every epoch's key of the team to a waiting member. Error::no_key unless the actor holds them.
    Status let_in(const SignedIn& who, const TeamId& team, const StaffId& staff);
    /// Ends a membership and moves the team to a new key, so that what comes after cannot be opened with the old one.
    /// What is open is re-sealed by intake::Inbox::hand_over. Error::conflict for the last reader of a team that
    /// receives reports.
    Status remove_member(const Actor& actor, const TeamId& team, const StaffId& staff);
    /// Lets a team receive a kind of report. Error::conflict when nobody in it can read.
    Status set_channel(const Actor& actor, std::string_view kind, const TeamId& team);
    /// Stops a kind from being received by its own team; it falls to the default kind.
    Status clear_channel(const Actor& actor, std::string_view kind);

    // ---- for the folders above

    /// Name of a member of staff for colleagues; "" when unknown.
    std::string display_name(store::Connection& connection, const StaffId& id) const;
    /// Name of a team for colleagues of other teams; "" when unknown.
    std::string team_name(store::Connection& connection, const TeamId& id) const;
    /// Every team but the actor's own, with its agency, for handing a report over.
    std::vector<Team> other_teams(const Actor& actor);
    /// E-mail addresses of a team's active members; for notifications.
    std::vector<std::string> team_emails(const TeamId& team);

private:
    struct StaffRow;
    struct Unlocked;
    /// Error::invalid with the sentence `wrong` when it is not their password.
    Result<Unlocked> unlock(const SignedIn& who, const vault::SecretText& password, std::string_view wrong) const;
    std::string seal_index(std::string_view object, std::string_view field, std::string_view text) const;
    std::string open_index(std::string_view object, std::string_view field, const std::string& stored) const;
    std::string login_hash(std::string_view email) const;
    Status take_try(const std::string& login);
    std::optional<StaffRow> find_staff(store::Connection& connection, std::string_view where,
                                       const std::string& value) const;
    std::set<Role> roles_of(store::Connection& connection, const StaffId& id) const;
    Keyring open_keyring(store::Connection& connection, const StaffId& id,
                         const vault::Secret<vault::Key32>& seed) const;
    Team load_team(store::Connection& connection, const TeamId& id, const std::string& agency,
                   const std::string& name) const;
    void make_epoch(store::Transaction& transaction, const TeamId& team, std::int64_t epoch,
                    const std::vector<StaffId>& holders) const;
    Status end_membership(store::Transaction& transaction, const Actor& actor, const TeamId& team,
                          const StaffId& staff) const;
    Status check_person(std::string_view name, std::string_view email) const;

    store::Database& database_;
    const ledger::Ledger& ledger_;
    const Clock& clock_;
    const vault::Secret<vault::Key32>& index_key_;
    std::optional<vault::PublicKey> recovery_;
};

/// Where a report of a kind goes: the receiving team, its epoch and public key. Needs no index key: this is all that
/// the public process knows of teams.
struct Destination {
    TeamId team;
    std::int64_t epoch = 0;
    vault::PublicKey key;
};
/// The destination of `kind`, else of `default_kind`; nothing when no team that can read receives reports.
std::optional<Destination> destination(store::Connection& connection, std::string_view kind,
                                       std::string_view default_kind);
/// The newest epoch of a team.
std::optional<Destination> current_epoch(store::Connection& connection, const TeamId& team);

/// How many team keys (every epoch of every team) there are, and how many the recovery pair opens.
struct RecoveryReach {
    std::int64_t keys = 0;
    std::int64_t opened = 0;
};
RecoveryReach recovery_reach(store::Database& database, const vault::KeyPair& recovery);

}  // namespace tideline::access
