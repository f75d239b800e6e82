#include <algorithm>

#include "support/fake_smtp.h"
#include "support/staff_house.h"
#include "web/notifier.h"

namespace tideline::testing {
namespace {

using access::Role;

std::string decoded_body(const std::string& message) {
    std::string body = message.substr(message.find("\r\n\r\n") + 4);
    std::erase_if(body, [](char byte) { return byte == '\r' || byte == '\n' || byte == '='; });
    std::replace(body.begin(), body.end(), '+', '-');
    std::replace(body.begin(), body.end(), '/', '_');
    const auto bytes = text::from_base64url(body);
    return bytes ? std::string(bytes->begin(), bytes->end()) : "not base64";
}

class NotifierTest : public ::testing::Test {
protected:
    void SetUp() override {
        ada_.emplace(house_.first_administrator());
        StaffHouse::must(
            house_.access().set_roles(house_.who(*ada_).actor, ada_->id, {Role::administrator, Role::officer}));
        const auto team =
            StaffHouse::taken(house_.access().create_team(house_.who(*ada_).actor, "Agency", "Reports", {ada_->id}));
        StaffHouse::must(house_.access().set_channel(house_.who(*ada_).actor, house_.pack().route({}).kind, team));
        const auto ben = house_.invited(*ada_, "Ben", "ben@example.test", {Role::officer}, team);
        StaffHouse::must(house_.access().let_in(house_.who(*ada_), team, ben.id));
        house_.invited(*ada_, "Waits", "waits@example.test", {Role::officer}, team);
    }
    web::Notifier::Parts parts(std::uint16_t port) {
        web::SmtpServer server;
        server.host = "127.0.0.1";
        server.port = port;
        server.security = web::SmtpServer::Security::none;
        server.time_ms_max = 2'000;
        return {house_.database(),
                house_.access(),
                house_.clock(),
                server,
                "tideline@example.test",
                "https://staff.example",
                [this](std::string_view) { ++complaints_; }};
    }

    StaffHouse house_;
    std::optional<StaffHouse::Person> ada_;
    std::atomic<int> complaints_{0};
};

TEST_F(NotifierTest, every_member_who_can_read_is_told_that_something_waits_and_nothing_more) {
    test::FakeSmtp fake;
    web::Notifier notifier = web::Notifier::idle(parts(fake.port()));
    EXPECT_EQ(notifier.look(), 0u);
    house_.report("The farm near Hastings");
    EXPECT_EQ(notifier.look(), 2u);
    const auto mails = fake.mails();
    std::vector<std::string> to;
    for (const auto& mail : mails) {
        to.push_back(mail.to);
        const std::string body = decoded_body(mail.message);
        EXPECT_NE(body.find("https://staff.example"), std::string::npos);
        for (const char* word : {"Hastings", "farm", "Thai", "Reports", "Agency", "Ada", "report/"})
            EXPECT_EQ(body.find(word), std::string::npos) << word;
    }
    std::ranges::sort(to);
    EXPECT_EQ(to, (std::vector<std::string>{"<ada@example.test>", "<ben@example.test>"}));
}

TEST_F(NotifierTest, a_team_is_written_to_at_most_once_in_ten_minutes) {
    test::FakeSmtp fake;
    web::Notifier notifier = web::Notifier::idle(parts(fake.port()));
    house_.report("One");
    EXPECT_EQ(notifier.look(), 2u);
    house_.clock().advance(minute_ms);
    house_.report("Two");
    EXPECT_EQ(notifier.look(), 0u);
    house_.clock().advance(8 * minute_ms);
    EXPECT_EQ(notifier.look(), 0u);
    house_.clock().advance(minute_ms);
    EXPECT_EQ(notifier.look(), 2u);
    house_.clock().advance(minute_ms * 60);
    EXPECT_EQ(notifier.look(), 0u);
}

TEST_F(NotifierTest, what_is_urgent_does_not_wait_for_the_ten_minutes) {
    test::FakeSmtp fake;
    web::Notifier notifier = web::Notifier::idle(parts(fake.port()));
    const TeamId team = house_.who(*ada_).actor.teams.at(0);
    const auto urgent = [&] {
        StaffHouse::must(house_.database().write([&](store::Transaction& tx) -> Status {
            intake::put_waiting(tx, team, house_.clock().now(), true);
            return {};
        }));
    };
    house_.report("One");
    EXPECT_EQ(notifier.look(), 2u);
    house_.clock().advance(minute_ms);
    urgent();
    EXPECT_EQ(notifier.look(), 2u);
    house_.clock().advance(minute_ms);
    urgent();
    house_.report("Two");
    EXPECT_EQ(notifier.look(), 0u);
    house_.clock().advance(10 * minute_ms);
    EXPECT_EQ(notifier.look(), 2u);
}

TEST_F(NotifierTest, what_was_not_told_at_the_end_waits_for_the_next_start) {
    test::FakeSmtp fake(true);
    {
        web::Notifier notifier = web::Notifier::idle(parts(fake.port()));
        house_.report("One");
        EXPECT_EQ(notifier.look(), 0u);
    }
    fake.refuse(false);
    web::Notifier notifier = web::Notifier::idle(parts(fake.port()));
    EXPECT_EQ(notifier.look(), 2u);
}

TEST_F(NotifierTest, a_mail_that_could_not_be_handed_in_is_tried_again) {
    test::FakeSmtp fake(true);
    web::Notifier notifier = web::Notifier::idle(parts(fake.port()));
    house_.report("One");
    EXPECT_EQ(notifier.look(), 0u);
    EXPECT_EQ(complaints_, 2);
    fake.refuse(false);
    EXPECT_EQ(notifier.look(), 2u);
    EXPECT_EQ(notifier.look(), 0u);
}

TEST_F(NotifierTest, it_looks_by_itself_and_stops_when_it_goes) {
    test::FakeSmtp fake;
    {
        const web::Notifier notifier(parts(fake.port()), std::chrono::milliseconds(20));
        house_.report("One");
        EXPECT_TRUE(fake.wait_for(2));
    }
    EXPECT_EQ(complaints_, 0);
}

}  // namespace
}  // namespace tideline::testing
