#include <thread>

#include "support/office.h"

namespace tideline::access {
namespace {

using testing::Colleague;
using vault::SecretText;

class SignInTest : public testing::OnBothDatabases {
protected:
    Result<NewSession> sign_in(const Colleague& who, std::string_view code) {
        return office.access.sign_in(who.email, who.password, code);
    }
    std::string code_of(const Colleague& who) const { return who.totp.code(office.clock.now()); }
    testing::Office office{GetParam()};
};
ON_BOTH_DATABASES(SignInTest);

// ---- enrolment

TEST_P(SignInTest, the_first_administrator_joins_by_a_link_that_works_once) {
    const SecretText earlier = testing::taken(office.access.first_administrator_token());
    const SecretText token = testing::taken(office.access.first_administrator_token());
    EXPECT_EQ(office.access.invitation(earlier.expose()).kind(), ErrorKind::expired) << "an earlier link ends";
    EXPECT_TRUE(office.access.invitation(token.expose())->first_administrator);

    const Colleague ana = office.enrol_with(token.expose(), "Ana", "ana@agency.example");
    EXPECT_EQ(office.access.invitation(token.expose()).kind(), ErrorKind::expired);
    EXPECT_EQ(office.access.first_administrator_token().kind(), ErrorKind::conflict);

    Colleague signed_in = office.enrol("ben");  // time moves on by nothing; ana's code is the next one
    office.clock.advance(30 * second_ms);
    const auto session = sign_in(ana, code_of(ana));
    ASSERT_TRUE(session.ok());
    const SignedIn desk = testing::taken(office.access.session(session->token.expose()));
    EXPECT_EQ(desk.actor.roles, std::set<Role>{Role::administrator});
    EXPECT_TRUE(desk.keyring.teams.empty()) << "an administrator holds no team's keys";
    EXPECT_EQ(desk.name, "Ana");
}

TEST_P(SignInTest, an_invitation_works_once_within_seven_days_and_says_nothing_when_it_is_wrong) {
    const auto invite = [&](const std::string& email) {
        return testing::taken(office.access.invite(office.administrator(), {"Ben", email, {Role::officer}, {}}));
    };
    const SecretText used = invite("ben@agency.example");
    office.enrol_with(used.expose(), "Ben", "ben@agency.example");
    EXPECT_EQ(
        office.access.begin_enrolment(used.expose(), "Eve", "eve@agency.example", SecretText("a long password")).kind(),
        ErrorKind::expired);

    const SecretText old = invite("old@agency.example");
    const auto enrolment = testing::taken(
        office.access.begin_enrolment(old.expose(), "Old", "old@agency.example", SecretText("a long password")));
    office.clock.advance(limits::invitation_age_ms + 1);
    EXPECT_EQ(office.access.invitation(old.expose()).kind(), ErrorKind::expired);
    EXPECT_EQ(office.access.finish_enrolment(old.expose(), enrolment, enrolment.totp.code(office.clock.now())).kind(),
              ErrorKind::expired);
    EXPECT_EQ(office.access.invitation("no such token").error().message,
              office.access.invitation(old.expose()).error().message);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM staff"), 1);
}

TEST_P(SignInTest, the_same_link_used_at_two_desks_makes_one_account) {
    const SecretText token = testing::taken(
        office.access.invite(office.administrator(), {"Ben", "ben@agency.example", {Role::officer}, {}}));
    const auto first = testing::taken(
        office.access.begin_enrolment(token.expose(), "Ben", "ben@agency.example", SecretText("a long password")));
    const auto second = testing::taken(
        office.access.begin_enrolment(token.expose(), "Eve", "eve@agency.example", SecretText("a long password")));
    EXPECT_TRUE(office.access.finish_enrolment(token.expose(), first, first.totp.code(office.clock.now())).ok());
    EXPECT_EQ(office.access.finish_enrolment(token.expose(), second, second.totp.code(office.clock.now())).kind(),
              ErrorKind::expired);
    EXPECT_EQ(office.count("SELECT COUNT(*) FROM staff"), 1);
}

TEST_P(SignInTest, a_newcomer_is_told_what_to_mend) {
    const SecretText token = testing::taken(
        office.access.invite(office.administrator(), {"Ben", "ben@agency.example", {Role::officer}, {}}));
    const auto begin = [&](std::string_view name, std::string_view email, std::string_view password) {
        return office.access.begin_enrolment(token.expose(), name, email, SecretText(password));
    };
    EXPECT_EQ(begin(" ", "ben@agency.example", "a long password").kind(), ErrorKind::invalid);
    for (const char* email : {"", "ben", "@agency", "ben@", "ben@a b", "a@b@c", "ben@a\r\nBcc: x@y", "<ben@a>"})
        EXPECT_EQ(begin("Ben", email, "a long password").kind(), ErrorKind::invalid) << email;
    EXPECT_EQ(begin("Ben", "ben@agency.example", "eleven char").kind(), ErrorKind::invalid);
    EXPECT_EQ(begin("Ben", "ben@agency.example", std::string(limits::password_bytes_max + 1, 'x')).kind(),
              ErrorKind::too_large);
    EXPECT_EQ(begin(std::string(limits::name_chars_max + 1, 'x'), "ben@agency.example", "a long password").kind(),
              ErrorKind::too_large);
    const auto enrolment = begin("Ben", "ben@agency.example", "a long password");
    ASSERT_TRUE(enrolment.ok());
    EXPECT_EQ(office.access.finish_enrolment(token.expose(), *enrolment, "000").kind(), ErrorKind::invalid);
    EXPECT_TRUE(office.access.invitation(token.expose()).ok()) << "a wrong code does not use the link up";
}

TEST_P(SignInTest, an_invitation_to_a_team_that_is_not_there_or_by_somebody_who_may_not_is_refused) {
    const Invitation to_nowhere{"Ben", "ben@agency.example", {Role::officer}, vault::random_id<TeamId>()};
    EXPECT_EQ(office.access.invite(office.administrator(), to_nowhere).kind(), ErrorKind::not_found);
    const Actor officer{vault::random_id<StaffId>(), {Role::officer}, {}};
    EXPECT_EQ(office.access.invite(officer, {"Ben", "ben@agency.example", {Role::administrator}, {}}).kind(),
              ErrorKind::forbidden);
    EXPECT_EQ(office.access.invite(office.administrator(), {"Ben", "ben@agency.example", {}, {}}).kind(),
              ErrorKind::invalid);
}

TEST_P(SignInTest, an_address_belongs_to_one_account_however_it_is_written) {
    office.enrol("ben");
    EXPECT_EQ(office.access.invite(office.administrator(), {"Ben", " BEN@Agency.Example ", {Role::officer}, {}}).kind(),
              ErrorKind::conflict);
}

// ---- signing in

TEST_P(SignInTest, whatever_is_wrong_the_answer_is_the_same) {
    const Colleague ben = office.enrol("ben");
    office.clock.advance(30 * second_ms);
    std::string wrong_code = code_of(ben);
    wrong_code[0] = wrong_code[0] == '9' ? '0' : static_cast<char>(wrong_code[0] + 1);
    const Error wrong_password = office.access.sign_in(ben.email, SecretText("not the password"), code_of(ben)).error();
    const Error wrong_factor = sign_in(ben, wrong_code).error();
    const Error unknown = office.access.sign_in("nobody@agency.example", ben.password, code_of(ben)).error();
    EXPECT_EQ(wrong_password.kind, ErrorKind::invalid);
    for (const Error& other : {wrong_factor, unknown}) {
        EXPECT_EQ(other.kind, wrong_password.kind);
        EXPECT_EQ(other.message, wrong_password.message);
    }
    EXPECT_TRUE(office.access.sign_in(" BEN@agency.example", ben.password, code_of(ben)).ok());
}

TEST_P(SignInTest, failed_tries_slow_down_known_and_unknown_addresses_alike) {
    const Colleague ben = office.enrol("ben");
    const std::vector<std::string> addresses{ben.email, "nobody@agency.example"};
    for (int i = 0; i < 5; ++i) {
        std::vector<ErrorKind> kinds;
        for (const std::string& address : addresses)
            kinds.push_back(office.access.sign_in(address, SecretText("not it at all"), "000000").kind());
        EXPECT_EQ(kinds[0], kinds[1]) << "try " << i << " tells who works here";
    }
}

TEST_P(SignInTest, the_slow_down_ends_by_itself_and_is_forgotten_after_a_success) {
    const Colleague ben = office.enrol("ben");
    office.clock.advance(30 * second_ms);
    int tried = 0;
    for (int i = 0; i < 20; ++i)
        tried +=
            office.access.sign_in(ben.email, SecretText("not the password"), "1").kind() == ErrorKind::invalid ? 1 : 0;
    EXPECT_GE(tried, 3) << "a few slips cost nothing";
    EXPECT_LE(tried, 5);
    EXPECT_EQ(sign_in(ben, code_of(ben)).kind(), ErrorKind::busy) << "even with everything right";
    office.clock.advance(limits::wait_after_failure_ms_max);
    EXPECT_TRUE(sign_in(ben, code_of(ben)).ok()) << "nobody is locked out for good";
    EXPECT_EQ(office.access.sign_in(ben.email, SecretText("not the password"), "1").kind(), ErrorKind::invalid);
    EXPECT_EQ(office.access.sign_in(ben.email, SecretText("not the password"), "1").kind(), ErrorKind::invalid)
        << "counting starts anew";
}

TEST_P(SignInTest, tries_at_the_same_moment_count_each) {
    const Colleague ben = office.enrol("ben");
    std::vector<std::thread> thieves;
    std::atomic<int> tried = 0;
    for (int i = 0; i < 8; ++i)
        thieves.emplace_back([&] {
            tried += office.access.sign_in(ben.email, SecretText("not the password"), "1").kind() == ErrorKind::invalid
                         ? 1
                         : 0;
        });
    for (std::thread& thief : thieves) thief.join();
    EXPECT_LE(tried, 4) << "many connections buy no more guesses than one";
}

TEST_P(SignInTest, a_code_is_good_once) {
    const Colleague ben = office.enrol("ben");
    EXPECT_FALSE(sign_in(ben, code_of(ben)).ok()) << "the code of the enrolment is used up";
    office.clock.advance(30 * second_ms);
    const std::string code = code_of(ben);
    EXPECT_TRUE(sign_in(ben, code).ok());
    EXPECT_FALSE(sign_in(ben, code).ok());
    office.clock.advance(30 * second_ms);
    EXPECT_FALSE(sign_in(ben, code).ok()) << "also while it would still be accepted as the one before";
    EXPECT_TRUE(sign_in(ben, code_of(ben)).ok());
}

TEST_P(SignInTest, new_recovery_codes_take_the_place_of_the_old_ones) {
    Colleague ben = office.enrol("ben");
    office.sign_in(ben);
    EXPECT_EQ(office.access.new_recovery_codes(office.desk_of(ben), SecretText("not the password")).kind(),
              ErrorKind::invalid);
    EXPECT_TRUE(sign_in(ben, ben.recovery_codes[0].expose()).ok()) << "nothing changed";
    const auto codes = testing::taken(office.access.new_recovery_codes(office.desk_of(ben), ben.password));
    ASSERT_EQ(codes.size(), 10u);
    EXPECT_FALSE(sign_in(ben, ben.recovery_codes[1].expose()).ok());
    EXPECT_TRUE(sign_in(ben, codes[1].expose()).ok());
    EXPECT_FALSE(sign_in(ben, codes[1].expose()).ok());
}

TEST_P(SignInTest, an_invitation_that_was_withdrawn_lets_nobody_in) {
    Colleague ben = office.enrol("ben");
    office.sign_in(ben);
    const SecretText kept = testing::taken(
        office.access.invite(office.administrator(), {"Eve", "eve@agency.example", {Role::officer}, {}}));
    const SecretText token = testing::taken(
        office.access.invite(office.administrator(), {"Dan", "dan@agency.example", {Role::officer}, {}}));
    const auto open = office.access.invitations(office.administrator());
    const auto dan =
        std::ranges::find(open, "dan@agency.example", [](const OpenInvitation& one) { return one.invitation.email; });
    ASSERT_NE(dan, open.end());
    EXPECT_EQ(dan->invitation.name, "Dan");
    testing::must(office.access.withdraw(office.administrator(), dan->id));
    EXPECT_EQ(office.access.invitation(token.expose()).kind(), ErrorKind::expired);
    EXPECT_TRUE(office.access.invitation(kept.expose()).ok());
    EXPECT_EQ(office.access.withdraw(office.administrator(), dan->id).kind(), ErrorKind::not_found);
    EXPECT_EQ(office.access.invitations(office.administrator()).size(), open.size() - 1);
    EXPECT_TRUE(office.access.invitations(office.desk_of(ben).actor).empty()) << "others see none";
    EXPECT_EQ(office.access.withdraw(office.desk_of(ben).actor, open.front().id).kind(), ErrorKind::forbidden);
}

TEST_P(SignInTest, a_recovery_code_works_once_and_outlives_a_change_of_password) {
    Colleague ben = office.enrol("ben");
    ASSERT_EQ(ben.recovery_codes.size(), 10u);
    EXPECT_TRUE(sign_in(ben, ben.recovery_codes[0].expose()).ok());
    EXPECT_FALSE(sign_in(ben, ben.recovery_codes[0].expose()).ok());
    EXPECT_TRUE(sign_in(ben, vault::recovery_code_digits(ben.recovery_codes[1].expose())).ok())
        << "typed without spaces";

    office.sign_in(ben);
    SecretText changed("another long password");
    ASSERT_TRUE(office.access.change_password(office.desk_of(ben), ben.password, changed, ben.token).ok());
    EXPECT_FALSE(sign_in(ben, ben.recovery_codes[2].expose()).ok()) << "with the old password";
    EXPECT_TRUE(office.access.sign_in(ben.email, changed, ben.recovery_codes[2].expose()).ok());
    EXPECT_FALSE(office.access.sign_in(ben.email, changed, ben.recovery_codes[0].expose()).ok()) << "used up before";
}

// ---- sessions

TEST_P(SignInTest, a_session_ends_when_nothing_was_done_for_half_an_hour_and_in_any_case_after_twelve_hours) {
    Colleague ben = office.enrol("ben");
    office.sign_in(ben);
    office.clock.advance(limits::session_idle_ms - second_ms);
    EXPECT_TRUE(office.access.session(ben.token).ok());
    office.clock.advance(limits::session_idle_ms - second_ms);
    EXPECT_TRUE(office.access.session(ben.token).ok()) << "reading a page moves the idle limit";
    office.clock.advance(limits::session_idle_ms + minute_ms);
    EXPECT_EQ(office.access.session(ben.token).kind(), ErrorKind::expired);

    office.sign_in(ben);
    for (std::int64_t passed = 0; passed < limits::session_age_ms; passed += 20 * minute_ms) {
        EXPECT_TRUE(office.access.session(ben.token).ok());
        office.clock.advance(20 * minute_ms);
    }
    office.clock.advance(minute_ms);
    EXPECT_EQ(office.access.session(ben.token).kind(), ErrorKind::expired);
}

TEST_P(SignInTest, a_session_opens_with_its_whole_token_only) {
    Colleague ben = office.enrol("ben");
    office.sign_in(ben);
    EXPECT_TRUE(office.access.session(ben.token).ok());
    std::string other = ben.token;
    other.back() = other.back() == 'A' ? 'B' : 'A';
    for (const std::string& token :
         {std::string(), other, ben.token + "A", ben.token.substr(1), std::string(5000, 'A')})
        EXPECT_EQ(office.access.session(token).kind(), ErrorKind::expired);
    // What the database holds is no token.
    office.database->read([&](store::Connection& connection) {
        for (const store::Row& row : connection.query("SELECT token_hash, wrapped_seed FROM session"))
            EXPECT_EQ(office.access.session(row.text(0)).kind(), ErrorKind::expired);
        return 0;
    });
}

TEST_P(SignInTest, signing_out_ends_one_session_and_signing_out_everywhere_all) {
    Colleague ben = office.enrol("ben");
    office.sign_in(ben);
    const std::string phone = ben.token;
    office.sign_in(ben);
    const std::string desk = ben.token;
    office.access.sign_out(phone);
    EXPECT_FALSE(office.access.session(phone).ok());
    EXPECT_TRUE(office.access.session(desk).ok());
    office.sign_in(ben);
    office.access.sign_out_everywhere(office.desk_of(ben).actor);
    EXPECT_FALSE(office.access.session(desk).ok());
    EXPECT_FALSE(office.access.session(ben.token).ok());
}

TEST_P(SignInTest, a_changed_password_opens_the_same_keys_and_ends_the_other_sessions) {
    Colleague ben = office.enrol("ben");
    const TeamId team = office.team_of({ben.id});
    office.sign_in(ben);
    const std::string elsewhere = ben.token;
    office.sign_in(ben);
    const SecretText changed("another long password");
    EXPECT_EQ(
        office.access.change_password(office.desk_of(ben), SecretText("not the old one"), changed, ben.token).kind(),
        ErrorKind::invalid);
    EXPECT_EQ(office.access.change_password(office.desk_of(ben), ben.password, SecretText("short"), ben.token).kind(),
              ErrorKind::invalid);
    ASSERT_TRUE(office.access.change_password(office.desk_of(ben), ben.password, changed, ben.token).ok());
    EXPECT_TRUE(office.access.session(ben.token).ok()) << "the one in which it was changed goes on";
    EXPECT_FALSE(office.access.session(elsewhere).ok());
    office.clock.advance(30 * second_ms);
    EXPECT_FALSE(sign_in(ben, code_of(ben)).ok());
    const auto session = office.access.sign_in(ben.email, changed, code_of(ben));
    ASSERT_TRUE(session.ok());
    EXPECT_NE(testing::taken(office.access.session(session->token.expose())).keyring.find(team, 1), nullptr);
}

}  // namespace
}  // namespace tideline::access
