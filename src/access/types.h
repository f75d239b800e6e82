#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/policy.h"
#include "base/ids.h"
#include "base/time.h"
#include "vault/password.h"
#include "vault/seal.h"

namespace tideline::access {

/// A team's key pair of one epoch.
struct TeamEpoch {
    TeamId team;
    std::int64_t epoch = 0;
    auto operator<=>(const TeamEpoch&) const = default;
};

/// The unlocked keys of a member who is signed in: decides what *can* be read. Lives as long as the request.
struct Keyring {
    vault::KeyPair own;
    vault::SigningKey signing;
    std::map<TeamEpoch, vault::KeyPair> teams;

    /// The pair of that team and epoch, or nothing.
    const vault::KeyPair* find(const TeamId& team, std::int64_t epoch) const;
};

/// A member who is signed in, for the length of one request.
struct SignedIn {
    Actor actor;
    Keyring keyring;
    std::string name;
    vault::Secret<vault::Key32> csrf_key;
};

/// What a sign-in gives: the token goes into the cookie and nowhere else.
struct NewSession {
    vault::SecretText token;
    StaffId staff;
};

/// A staff member as colleagues see them.
struct StaffMember {
    StaffId id;
    std::string name;
    std::string email;
    std::set<Role> roles;
    bool active = true;
};

enum class MemberState {
    active,   ///< holds the team's key
    waiting,  ///< named by an administrator; a member has yet to let them in, since only members hold the key
};

struct TeamMember {
    StaffId id;
    std::string name;
    MemberState state = MemberState::active;
};

struct Team {
    TeamId id;
    std::string agency;
    std::string name;
    std::vector<TeamMember> members;
    std::vector<std::string> kinds;  ///< kinds of report that it receives
};

/// An open invitation to become a staff member.
struct Invitation {
    std::string name;
    std::string email;
    std::set<Role> roles;
    std::optional<TeamId> team;
    bool first_administrator = false;
};

/// An invitation that nobody has used yet.
struct OpenInvitation {
    std::string id;  ///< to withdraw it with; opens nothing
    Invitation invitation;
    Instant ends;
};

/// What a newcomer chose; not stored before the second factor is proved.
struct Enrolment {
    std::string name;
    std::string email;
    vault::SecretText password;
    vault::Totp totp;
};

struct Enrolled {
    StaffId staff;
    std::vector<vault::SecretText> recovery_codes;  ///< shown once
};

}  // namespace tideline::access
