#include "web/smtp.h"

#include <algorithm>

#include "base/text.h"
#include "support/fake_smtp.h"

namespace tideline::web {

namespace {

Mail mail() {
    return {.from = "tideline@example.org",
            .to = "officer@example.org",
            .subject = "Something waits",
            .text = "A report waits.\n.\nTe reo Māori.",
            .message_id = ""};
}

SmtpServer plain(std::uint16_t port) {
    SmtpServer server;
    server.host = "127.0.0.1";
    server.port = port;
    server.security = SmtpServer::Security::none;
    return server;
}

std::string decoded_body(const std::string& message) {
    std::string body = message.substr(message.find("\r\n\r\n") + 4);
    std::erase_if(body, [](char byte) { return byte == '\r' || byte == '\n' || byte == '='; });
    std::replace(body.begin(), body.end(), '+', '-');
    std::replace(body.begin(), body.end(), '/', '_');
    const auto bytes = text::from_base64url(body);
    return bytes ? std::string(bytes->begin(), bytes->end()) : "not base64";
}

}  // namespace

TEST(smtp, a_mail_reaches_the_server_as_it_was_written) {
    test::FakeSmtp fake;
    ASSERT_TRUE(send(plain(fake.port()), mail()));
    ASSERT_TRUE(fake.wait_for(1));
    const auto received = fake.mails().at(0);
    EXPECT_EQ(received.from, "<tideline@example.org>");
    EXPECT_EQ(received.to, "<officer@example.org>");
    EXPECT_NE(received.message.find("Subject: =?UTF-8?B?U29tZXRoaW5nIHdhaXRz?=\r\n"), std::string::npos)
        << received.message;
    EXPECT_EQ(decoded_body(received.message), mail().text);
}

TEST(smtp, the_password_is_shown_to_the_server_that_asks_for_it) {
    test::FakeSmtp fake;
    SmtpServer server = plain(fake.port());
    server.user = "user";
    server.password = "pass";
    ASSERT_TRUE(send(server, mail()));
    EXPECT_EQ(fake.mails().at(0).auth, "AHVzZXIAcGFzcw==");
}

TEST(smtp, a_server_that_cannot_speak_tls_gets_nothing_when_tls_is_demanded) {
    test::FakeSmtp fake;
    SmtpServer server = plain(fake.port());
    server.security = SmtpServer::Security::starttls;
    EXPECT_EQ(send(server, mail()).kind(), ErrorKind::unavailable);
    EXPECT_TRUE(fake.mails().empty());
}

TEST(smtp, a_refusal_and_a_server_that_is_away_are_reported) {
    test::FakeSmtp refusing(true);
    EXPECT_EQ(send(plain(refusing.port()), mail()).kind(), ErrorKind::unavailable);
    EXPECT_TRUE(refusing.mails().empty());
    std::uint16_t port_of_nobody = 0;
    {
        const test::FakeSmtp gone;
        port_of_nobody = gone.port();
    }
    EXPECT_EQ(send(plain(port_of_nobody), mail()).kind(), ErrorKind::unavailable);
}

TEST(smtp, nothing_can_add_a_header_or_a_receiver) {
    for (const char* address :
         {"", "a", "@b", "a@", "a@b@c", "a@b\r\nRCPT TO:<x@y>", "a@b,c@d", "<a@b>", "a b@c", "ä@b"}) {
        Mail wrong = mail();
        wrong.to = address;
        EXPECT_EQ(compose(wrong, 0).kind(), ErrorKind::invalid) << address;
    }
    Mail wrong = mail();
    wrong.subject = "x\r\nBcc: y@z";
    EXPECT_EQ(compose(wrong, 0).kind(), ErrorKind::invalid);
}

TEST(smtp, a_long_subject_in_any_script_becomes_words_of_the_permitted_length) {
    Mail long_subject = mail();
    for (int count = 0; count < 25; ++count) long_subject.subject += "中文ā";
    const auto message = compose(long_subject, 1'800'000'000);
    ASSERT_TRUE(message);
    EXPECT_TRUE(message->starts_with("Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n")) << *message;
    for (const std::string_view line : text::split(*message, '\n')) EXPECT_LE(line.size(), 77U) << line;
}

}  // namespace tideline::web
