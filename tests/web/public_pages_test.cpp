#include <regex>

#include "support/public_house.h"

namespace tideline::web::pages {
namespace {

using testing::PublicHouse;

struct Page {
    unsigned status = 0;
    std::string text;
    std::string location;

    bool says(std::string_view words) const { return text.find(words) != std::string::npos; }
    /// The value of a hidden field, "" if there is none.
    std::string hidden(const std::string& name) const {
        std::smatch found;
        const std::regex pattern("type=\"hidden\" name=\"" + name + "\" value=\"([^\"]*)\"");
        return std::regex_search(text, found, pattern) ? found[1].str() : "";
    }
    /// The digits of a receipt page.
    std::string receipt() const {
        std::string digits;
        const std::regex pattern("<span role=\"img\" aria-label=\"[0-9 ]*\">([0-9]{5})</span>");
        for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) digits += (*at)[1].str();
        return digits;
    }
};

struct File {
    std::string name;
    std::string bytes;
};
using Typed = std::vector<std::pair<std::string, std::string>>;

/// Sends what a browser would send, to the handlers themselves.
class Visitor {
public:
    explicit Visitor(const PublicHouse& house, Limits limits = {}) : house_(house), limits_(limits) {}

    Page get(const std::string& path, const std::string& accept_language = "") {
        Request request = made(Method::get, path);
        if (!accept_language.empty()) request.headers.add("Accept-Language", accept_language);
        return answered(request);
    }
    Page post(const std::string& path, const Typed& typed) {
        Request request = made(Method::post, path);
        for (const auto& [name, value] : typed) request.form.add(name, SecretText(value));
        return answered(request);
    }
    /// Ends after `cut` bytes of the body, if given, as a broken connection would.
    Page upload(const std::string& path, const Typed& typed, const std::vector<File>& files, std::size_t cut = 0) {
        Request request = made(Method::post, path);
        std::string body;
        for (const auto& [name, value] : typed) {
            body += "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        }
        for (const File& file : files) {
            body += "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + file.name +
                    "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + file.bytes + "\r\n";
        }
        body += "--b--\r\n";
        const auto match = house_.router().match(Site::public_site, Method::post, request.path);
        request.params = match.params;
        auto sink = match.route->multipart(request);
        MultipartParser parser("b", limits_, *sink);
        if (cut > 0) {
            parser.feed(std::string_view(body).substr(0, cut));
            sink->abort();
            return {};
        }
        const auto state = parser.feed(body);
        if (state == MultipartParser::State::refused && parser.why() && !sink->on_refused(*parser.why())) return {};
        return page_of(sink->finish());
    }

    /// From the first page to the last; `answers` go where they belong.
    Page fill(const Typed& answers, const std::string& language = "en") {
        Page page = get("/" + language + "/form");
        for (int number = 1; number <= last_question_page; ++number) {
            Typed typed{{"state", page.hidden("state")}, {"page", std::to_string(number)}, {"go", "next"}};
            for (const auto& [name, value] : answers) {
                if (questions[question_index(name)].page == number) typed.emplace_back(name, value);
            }
            page = post("/" + language + "/form", typed);
        }
        return page;
    }
    Page send(const Page& check, const std::vector<File>& files = {}) {
        return upload("/en/send", {{"state", check.hidden("state")}, {"page", "7"}, {"go", "send"}}, files);
    }

private:
    Request made(Method method, const std::string& path) const {
        Request request;
        request.method = method;
        request.path = path;
        return request;
    }
    Page answered(Request& request) {
        const auto match = house_.router().match(Site::public_site, request.method, request.path);
        if (match.route == nullptr) return {404, "", ""};
        request.params = match.params;
        return page_of(match.route->handler(request));
    }
    Page page_of(const Response& response) const {
        if (response.refusal) return page_of(house_.pages().error_page(*response.refusal, nullptr));
        return {response.status, std::string(response.body.view()),
                std::string(response.headers.find("Location").value_or(""))};
    }

    const PublicHouse& house_;
    Limits limits_;
};

/// One house for all tests that only look and send; those that change more make their own.
class PublicSite : public ::testing::Test {
protected:
    PublicHouse house;
    Visitor visitor{house};
};

TEST_F(PublicSite, a_browser_is_led_to_its_language) {
    EXPECT_EQ(visitor.get("/", "ar-EG,ar;q=0.9,en;q=0.5").location, "/ar");
    EXPECT_EQ(visitor.get("/", "zh-CN").location, "/zh-Hans");
    EXPECT_EQ(visitor.get("/", "fil-PH").location, "/tl");
    const Page list = visitor.get("/", "xx");
    EXPECT_EQ(list.status, 200u);
    for (const knowledge::Language& language : house.pack().jurisdiction().languages) {
        EXPECT_TRUE(list.says("href=\"/" + language.code + "\"")) << language.code;
        EXPECT_TRUE(list.says(language.name)) << language.code;
    }
}

TEST_F(PublicSite, a_slash_too_many_leads_to_the_page) {
    Request request;
    request.path = "/en/";
    EXPECT_EQ(house.pages().error_page(Refusal::not_found, &request).headers.find("Location"), "/en");
}

TEST_F(PublicSite, every_page_has_a_title_that_gives_nothing_away_and_begins_with_the_way_out) {
    for (const char* path : {"/en", "/en/form", "/en/check", "/en/p/1", "/en/p/3", "/en/p/5"}) {
        const Page page = visitor.get(path);
        EXPECT_EQ(page.status, 200u) << path;
        EXPECT_TRUE(page.says("<title>Information</title>")) << path;
        const std::size_t first_link = page.text.find("<a ");
        ASSERT_NE(first_link, std::string::npos) << path;
        EXPECT_EQ(page.text.find("<a href=\"/exit\" accesskey=\"x\""), first_link) << path;
        EXPECT_LT(page.text.size() + 12'000, 30'000u) << path;
        EXPECT_FALSE(page.says("<script")) << path;
    }
}

TEST_F(PublicSite, every_guidance_page_can_be_read_in_every_language) {
    for (const knowledge::Language& language : house.pack().jurisdiction().languages) {
        for (const knowledge::GuidancePage& guidance : house.pack().contents().guidance) {
            const std::string path = "/" + language.code + "/p/" + std::to_string(guidance.number);
            const Page page = visitor.get(path);
            EXPECT_EQ(page.status, 200u) << path;
            EXPECT_FALSE(page.says("{emergency}")) << path;
            if (language.direction == knowledge::Direction::right_to_left) {
                EXPECT_TRUE(page.says("dir=\"rtl\"")) << path;
            }
        }
    }
    EXPECT_EQ(visitor.get("/en/p/99").status, 404u);
    EXPECT_EQ(visitor.get("/en/p/1x").status, 404u);
    EXPECT_EQ(visitor.get("/xx").status, 404u);
}

TEST_F(PublicSite, the_numbers_of_the_pack_are_shown_with_the_day_on_which_they_were_checked) {
    const Page page = visitor.get("/en/p/5");
    EXPECT_TRUE(page.says("href=\"tel:111\""));
    EXPECT_TRUE(page.says("href=\"tel:0800555111\""));
    EXPECT_TRUE(page.says("href=\"tel:+6499273971\""));
    EXPECT_TRUE(page.says("href=\"https://reportmigrantexploitation.employment.govt.nz"));
    EXPECT_TRUE(page.says("Checked on 24 November 2026"));
    EXPECT_TRUE(page.says("Not checked yet"));
}

TEST_F(PublicSite, the_way_out_leads_to_another_site_and_clears_what_the_browser_kept) {
    Request request;
    const auto match = house.router().match(Site::public_site, Method::get, "/exit");
    const Response response = match.route->handler(request);
    EXPECT_EQ(response.status, 303u);
    EXPECT_EQ(response.headers.find("Location"), house.pack().jurisdiction().quick_exit.url);
    EXPECT_TRUE(response.headers.find("Clear-Site-Data").has_value());
}

TEST_F(PublicSite, a_report_reaches_the_team_with_every_answer) {
    Typed answers;
    for (const Question& question : questions) {
        answers.emplace_back(std::string(question.name),
                             question.chosen() ? std::string(question.choices[0]) : "my " + std::string(question.name));
    }
    const Page check = visitor.fill(answers);
    for (const Question& question : questions) {
        if (question.chosen()) continue;
        EXPECT_TRUE(check.says("my " + std::string(question.name))) << question.name;
    }
    const Page receipt = visitor.send(check);
    EXPECT_EQ(receipt.status, 200u);
    EXPECT_EQ(receipt.receipt().size(), 25u);

    // "Someone under 18" goes to child protection, which nobody has set up: it falls to the default team.
    const auto report = house.only_report();
    for (const auto& [name, value] : answers) EXPECT_EQ(intake::answer(report.answers, name), value) << name;
    EXPECT_EQ(report.language, "en");
    EXPECT_EQ(report.channel, "web");
}

TEST_F(PublicSite, nothing_is_stored_before_send) {
    visitor.fill({{"what", "They took my passport."}});
    EXPECT_TRUE(house.reports().empty());
}

TEST_F(PublicSite, going_back_and_skipping_never_loses_a_word) {
    Page page = visitor.get("/en/form");
    const auto step = [&](int number, const std::string& go, const Typed& more = {}) {
        Typed typed{{"state", page.hidden("state")}, {"page", std::to_string(number)}, {"go", go}};
        typed.insert(typed.end(), more.begin(), more.end());
        page = visitor.post("/en/form", typed);
    };
    step(1, "skip", {{"who", "someone"}});
    step(2, "next", {{"what", "Kept <words> & \"signs\""}});
    step(3, "back", {{"place", "A farm"}});
    EXPECT_TRUE(page.says("Kept &lt;words&gt; &amp; &quot;signs&quot;</textarea>"));
    step(2, "back", {{"what", "Kept words, changed"}});
    EXPECT_TRUE(page.says("value=\"someone\" checked"));
    step(1, "next", {{"who", "someone"}});
    EXPECT_TRUE(page.says("Kept words, changed</textarea>"));
    step(2, "next", {{"what", "Kept words, changed"}});
    EXPECT_TRUE(page.says("A farm</textarea>"));
}

TEST_F(PublicSite, changing_one_answer_leads_back_to_the_check) {
    Page page = visitor.fill({{"what", "First words"}, {"place", "A farm"}});
    page = visitor.post("/en/form", {{"state", page.hidden("state")}, {"page", "7"}, {"go", "edit-2"}});
    EXPECT_TRUE(page.says("First words</textarea>"));
    page = visitor.post("/en/form",
                        {{"state", page.hidden("state")}, {"page", "2"}, {"go", "next"}, {"what", "Second words"}});
    EXPECT_EQ(page.hidden("page"), "7");
    EXPECT_TRUE(page.says("Second words"));
    EXPECT_FALSE(page.says("First words"));
    EXPECT_TRUE(page.says("A farm"));
}

TEST_F(PublicSite, changing_the_language_keeps_what_was_typed) {
    Page page = visitor.get("/en/form");
    page = visitor.post("/en/form",
                        {{"state", page.hidden("state")}, {"page", "2"}, {"go", "lang-ar"}, {"what", "half a sen"}});
    EXPECT_TRUE(page.says("dir=\"rtl\""));
    EXPECT_TRUE(page.says("half a sen</textarea>"));
    EXPECT_TRUE(page.says("action=\"/ar/form\""));
}

TEST_F(PublicSite, an_empty_account_is_asked_for_at_the_top_and_at_the_field) {
    const Page page = visitor.post("/en/form", {{"page", "2"}, {"go", "next"}, {"what", "  \n "}});
    EXPECT_EQ(page.status, 422u);
    EXPECT_TRUE(page.says("<a href=\"#what\">Write what is happening."));
    EXPECT_TRUE(page.says("id=\"what-error\">Write what is happening."));
    EXPECT_TRUE(page.says("aria-invalid=\"true\""));
}

TEST_F(PublicSite, a_text_that_is_too_long_is_given_back_whole_with_the_limit) {
    const std::string words(intake::limits::answer_chars_max + 5, 'x');
    const Page page = visitor.post("/en/form", {{"page", "3"}, {"go", "back"}, {"place", words}, {"when", "now"}});
    EXPECT_EQ(page.status, 422u);
    EXPECT_TRUE(page.says(words + "</textarea>"));
    EXPECT_TRUE(page.says("now</textarea>"));
    EXPECT_TRUE(page.says(std::to_string(words.size()) + " characters"));
    EXPECT_TRUE(page.says("limit is " + std::to_string(intake::limits::answer_chars_max)));
}

TEST_F(PublicSite, an_expired_form_keeps_the_words_of_its_page) {
    Page page = visitor.post("/en/form", {{"page", "2"}, {"go", "next"}, {"what", "Earlier words"}});
    house.clock().advance(FormSeal::age_ms_max);
    page =
        visitor.post("/en/form", {{"state", page.hidden("state")}, {"page", "3"}, {"go", "next"}, {"place", "A farm"}});
    EXPECT_TRUE(page.says("This page was open for a long time"));
    EXPECT_TRUE(page.says("A farm</textarea>"));
    EXPECT_EQ(page.hidden("page"), "3");
    page =
        visitor.post("/en/form", {{"state", page.hidden("state")}, {"page", "3"}, {"go", "next"}, {"place", "A farm"}});
    EXPECT_EQ(page.hidden("page"), "4");
}

TEST_F(PublicSite, a_repeated_field_is_refused) {
    EXPECT_EQ(visitor.post("/en/form", {{"page", "2"}, {"what", "a"}, {"what", "b"}}).status, 400u);
}

TEST_F(PublicSite, a_report_can_be_sent_in_one_request_without_pages) {
    const Page receipt = visitor.upload("/en/send", {{"what", "They took my passport."}, {"place", "A farm"}}, {});
    EXPECT_EQ(receipt.receipt().size(), 25u);
    EXPECT_EQ(intake::answer(house.only_report().answers, "place"), "A farm");
}

TEST_F(PublicSite, a_form_that_is_sent_twice_makes_one_report_with_one_receipt) {
    const Page check = visitor.fill({{"what", "They took my passport."}});
    const std::string receipt = visitor.send(check).receipt();
    EXPECT_EQ(visitor.send(check).receipt(), receipt);
    EXPECT_EQ(visitor.post("/en/form", {{"state", check.hidden("state")}, {"page", "7"}, {"go", "send"}}).receipt(),
              receipt);
    EXPECT_EQ(house.reports().size(), 1u);
}

TEST_F(PublicSite, a_form_that_is_sent_again_with_a_file_adds_the_file_to_its_report) {
    const Page check = visitor.fill({{"what", "See the photo."}});
    const std::string receipt = visitor.send(check).receipt();
    const Page again = visitor.send(check, {{"photo.jpg", "bytes"}});
    EXPECT_EQ(again.receipt(), receipt);
    EXPECT_TRUE(again.says("Files sent: 1"));
    EXPECT_EQ(house.only_report().files.size(), 1u);
}

TEST_F(PublicSite, a_form_that_was_changed_after_it_was_sent_is_another_report) {
    Page page = visitor.fill({{"what", "They took my passport."}});
    const std::string receipt = visitor.send(page).receipt();
    page = visitor.post("/en/form", {{"state", page.hidden("state")}, {"page", "7"}, {"go", "edit-3"}});
    page =
        visitor.post("/en/form", {{"state", page.hidden("state")}, {"page", "3"}, {"go", "next"}, {"place", "A farm"}});
    EXPECT_NE(visitor.send(page).receipt(), receipt);
    EXPECT_EQ(house.reports().size(), 2u);
}

TEST_F(PublicSite, two_people_with_the_same_words_get_a_receipt_each) {
    const Typed words{{"what", "They took my passport."}};
    EXPECT_NE(visitor.send(visitor.fill(words)).receipt(), visitor.send(visitor.fill(words)).receipt());
    EXPECT_NE(visitor.upload("/en/send", words, {}).receipt(), visitor.upload("/en/send", words, {}).receipt());
    EXPECT_EQ(house.reports().size(), 4u);
}

TEST_F(PublicSite, a_form_whose_report_was_deleted_can_be_sent_again) {
    const Page check = visitor.fill({{"what", "They took my passport."}});
    const std::string receipt = visitor.send(check).receipt();
    Page page = visitor.post("/en/check", {{"receipt", receipt}, {"go", "open"}});
    visitor.post("/en/check", {{"state", page.hidden("state")}, {"go", "delete-confirm"}});
    const std::string anew = visitor.send(check).receipt();
    EXPECT_EQ(anew.size(), 25u);
    EXPECT_NE(anew, receipt);
    EXPECT_FALSE(
        visitor.post("/en/check", {{"receipt", anew}, {"go", "open"}}).says("There is no report with this number"));
}

TEST_F(PublicSite, files_arrive_whole_under_their_names) {
    const std::string bytes(200'000, 'z');
    const Page receipt = visitor.send(visitor.fill({{"what", "See the photos."}}),
                                      {{"photo ü.jpg", bytes}, {"", ""}, {"b.txt", "hello"}});
    EXPECT_TRUE(receipt.says("Files sent: 2"));
    const auto report = house.only_report();
    ASSERT_EQ(report.files.size(), 2u);
    std::set<std::string> names;
    for (const intake::Attachment& file : report.files)
        names.insert(std::string(file.name.expose()) + ":" + std::to_string(file.bytes));
    EXPECT_EQ(names, (std::set<std::string>{"photo ü.jpg:200000", "b.txt:5"}));
}

TEST_F(PublicSite, too_many_files_are_refused_and_nothing_typed_is_lost) {
    const Page check = visitor.fill({{"what", "See the photos."}});
    const std::vector<File> files(intake::limits::files_per_submission_max + 1, File{"a.txt", "a"});
    const Page page = visitor.send(check, files);
    EXPECT_EQ(page.status, 422u);
    EXPECT_TRUE(page.says("too many files"));
    EXPECT_TRUE(page.says("See the photos."));
    EXPECT_TRUE(house.reports().empty());
    EXPECT_TRUE(house.blobs().list().empty());
    EXPECT_EQ(visitor.send(page).receipt().size(), 25u);
}

TEST_F(PublicSite, a_file_that_is_too_large_is_refused_with_the_limit_and_nothing_is_kept) {
    Limits small;
    small.file_bytes_max = 1000;
    PublicHouse narrow(true, {}, small);
    Visitor sender(narrow, small);
    const Page page = sender.send(sender.fill({{"what", "See the film."}}), {{"film.mp4", std::string(5000, 'f')}});
    EXPECT_EQ(page.status, 422u);
    EXPECT_TRUE(page.says("This file is too large. The limit is 1 KB."));
    EXPECT_TRUE(page.says("See the film."));
    EXPECT_TRUE(narrow.reports().empty());
    EXPECT_TRUE(narrow.blobs().list().empty());
}

TEST_F(PublicSite, an_upload_that_breaks_off_leaves_nothing) {
    const Page check = visitor.fill({{"what", "See the photos."}});
    visitor.upload("/en/send", {{"state", check.hidden("state")}, {"page", "7"}},
                   {{"a.bin", std::string(300'000, 'a')}}, 150'000);
    EXPECT_TRUE(house.reports().empty());
    EXPECT_TRUE(house.blobs().list().empty());
}

TEST_F(PublicSite, an_expired_form_with_files_says_so) {
    const Page check = visitor.fill({{"what", "See the photos."}});
    house.clock().advance(FormSeal::age_ms_max);
    const Page page = visitor.send(check, {{"a.txt", "a"}});
    EXPECT_TRUE(page.says("This page was open for a long time"));
    EXPECT_TRUE(house.reports().empty());
}

TEST_F(PublicSite, the_receipt_opens_the_conversation_in_any_digits) {
    const std::string receipt = visitor.send(visitor.fill({{"what", "They took my passport."}})).receipt();
    std::string arabic;
    for (const char digit : receipt) text::append(arabic, static_cast<char32_t>(0x0660 + (digit - '0')));
    for (const std::string& typed : {receipt, receipt.substr(0, 5) + " - " + receipt.substr(5), arabic}) {
        const Page page = visitor.post("/en/check", {{"receipt", typed}, {"go", "open"}});
        EXPECT_EQ(page.status, 200u) << typed;
        EXPECT_TRUE(page.says("Nobody has read it yet")) << typed;
        EXPECT_FALSE(page.says("They took my passport"));
    }
}

TEST_F(PublicSite, what_is_wrong_with_a_receipt_is_told_at_once) {
    const std::string receipt = visitor.send(visitor.fill({{"what", "They took my passport."}})).receipt();
    const auto answer = [&](const std::string& typed) {
        return visitor.post("/en/check", {{"receipt", typed}, {"go", "open"}});
    };
    std::string mistyped = receipt;
    mistyped[7] = mistyped[7] == '0' ? '1' : '0';
    EXPECT_TRUE(answer(mistyped).says("A digit is wrong"));
    EXPECT_TRUE(answer(mistyped).says("value=\"" + mistyped + "\""));
    EXPECT_TRUE(answer(receipt.substr(1)).says("You typed 24."));
    EXPECT_TRUE(answer("hello").says("only digits"));
    EXPECT_TRUE(answer("").says("Type your number."));
    const auto other = vault::Receipt::random(receipt.substr(0, 6));
    EXPECT_TRUE(answer(std::string(other.digits())).says("There is no report with this number"));
    EXPECT_EQ(answer(std::string(other.digits())).status, 422u);
}

TEST_F(PublicSite, question_and_answer_go_both_ways_with_files) {
    const std::string receipt = visitor.send(visitor.fill({{"what", "They took my passport."}})).receipt();
    ASSERT_TRUE(house.inbox().reply(house.officer(), house.reports().front(), "Are you safe <tonight>?").ok());

    Page page = visitor.post("/en/check", {{"receipt", receipt}, {"go", "open"}});
    EXPECT_TRUE(page.says("Are you safe &lt;tonight&gt;?"));
    EXPECT_TRUE(page.says("<strong>New</strong>"));
    page = visitor.upload("/en/answer", {{"state", page.hidden("state")}, {"message", "Yes.\r\nThank you."}},
                          {{"map.png", "png"}});
    EXPECT_TRUE(page.says("Your message has been sent."));
    EXPECT_TRUE(page.says("map.png"));
    EXPECT_FALSE(page.says("<strong>New</strong>"));

    const auto report = house.only_report();
    ASSERT_EQ(report.messages.size(), 2u);
    const auto& last = report.messages[report.messages[0].direction == intake::Direction::from_reporter ? 0 : 1];
    EXPECT_EQ(last.text.expose(), "Yes.\nThank you.");
    ASSERT_EQ(report.files.size(), 1u);
    EXPECT_EQ(report.files[0].message, last.id);
}

TEST_F(PublicSite, an_empty_or_too_long_message_is_given_back) {
    const std::string receipt = visitor.send(visitor.fill({{"what", "They took my passport."}})).receipt();
    Page page = visitor.post("/en/check", {{"receipt", receipt}, {"go", "open"}});
    page = visitor.upload("/en/answer", {{"state", page.hidden("state")}, {"message", " "}}, {});
    EXPECT_EQ(page.status, 422u);
    EXPECT_TRUE(page.says("Write a message or choose a file."));
    const std::string words(intake::limits::message_chars_max + 1, 'w');
    page = visitor.upload("/en/answer", {{"state", page.hidden("state")}, {"message", words}}, {});
    EXPECT_EQ(page.status, 422u);
    EXPECT_TRUE(page.says(words + "</textarea>"));
    EXPECT_TRUE(house.only_report().messages.empty());
}

TEST_F(PublicSite, a_conversation_left_open_asks_for_the_number_again_and_keeps_the_words) {
    const std::string receipt = visitor.send(visitor.fill({{"what", "They took my passport."}})).receipt();
    Page page = visitor.post("/en/check", {{"receipt", receipt}, {"go", "open"}});
    house.clock().advance(PublicPages::conversation_ms_max + 1);
    page = visitor.upload("/en/answer", {{"state", page.hidden("state")}, {"message", "Half a sen"}}, {});
    EXPECT_TRUE(page.says("Please type your number again"));
    page = visitor.post("/en/check", {{"receipt", receipt}, {"go", "open"}, {"message", page.hidden("message")}});
    EXPECT_TRUE(page.says("Half a sen</textarea>"));
}

TEST_F(PublicSite, a_report_that_nobody_has_read_is_deleted_when_its_reporter_asks_twice) {
    const std::string receipt = visitor.send(visitor.fill({{"what", "They took my passport."}})).receipt();
    Page page = visitor.post("/en/check", {{"receipt", receipt}, {"go", "open"}});
    page = visitor.post("/en/check", {{"state", page.hidden("state")}, {"go", "delete"}});
    EXPECT_TRUE(page.says("Do you want us to delete your report?"));
    EXPECT_EQ(house.reports().size(), 1u);
    page = visitor.post("/en/check", {{"state", page.hidden("state")}, {"go", "delete-confirm"}});
    EXPECT_EQ(page.status, 200u);
    EXPECT_TRUE(
        visitor.post("/en/check", {{"receipt", receipt}, {"go", "open"}}).says("There is no report with this number"));
}

TEST_F(PublicSite, deletion_of_a_report_that_was_read_is_put_to_an_officer) {
    const std::string receipt = visitor.send(visitor.fill({{"what", "They took my passport."}})).receipt();
    house.only_report();
    Page page = visitor.post("/en/check", {{"receipt", receipt}, {"go", "open"}});
    page = visitor.post("/en/check", {{"state", page.hidden("state")}, {"go", "delete-confirm"}});
    EXPECT_TRUE(page.says("You asked to delete this report."));
    EXPECT_TRUE(house.only_report().deletion_asked);
}

TEST_F(PublicSite, a_receipt_opens_its_own_report_only) {
    const std::string first = visitor.send(visitor.fill({{"what", "First report."}})).receipt();
    const std::string second = visitor.send(visitor.fill({{"what", "Second report."}})).receipt();
    for (const ReportId& id : house.reports()) {
        const auto report = house.inbox().open(house.officer(), id);
        const std::string words(intake::answer(report.value().answers, "what"));
        ASSERT_TRUE(house.inbox().reply(house.officer(), id, "About: " + words).ok());
    }
    EXPECT_TRUE(visitor.post("/en/check", {{"receipt", first}, {"go", "open"}}).says("About: First report."));
    EXPECT_FALSE(visitor.post("/en/check", {{"receipt", first}, {"go", "open"}}).says("About: Second report."));
    EXPECT_TRUE(visitor.post("/en/check", {{"receipt", second}, {"go", "open"}}).says("About: Second report."));
}

TEST(public_site, without_a_team_that_can_read_it_gives_numbers_instead_of_a_form) {
    PublicHouse house(false);
    Visitor visitor(house);
    const Page start = visitor.get("/en");
    EXPECT_TRUE(start.says("no team can read them yet"));
    EXPECT_TRUE(start.says("0800 555 111"));
    EXPECT_FALSE(start.says("href=\"/en/form\""));
    const Page page = visitor.send(visitor.fill({{"what", "They took my passport."}}));
    EXPECT_EQ(page.status, 503u);
    EXPECT_TRUE(page.says("0800 555 111"));
    EXPECT_FALSE(page.hidden("state").empty());
}

TEST(public_site, in_a_flood_reports_wait_then_come_without_files_then_are_held_back_but_are_never_refused) {
    FloodLimits flood;
    flood.source_burst = 2;
    flood.source_per_minute = 0.001;
    PublicHouse house(true, flood);
    Visitor visitor(house);
    const auto filled = [&] { return visitor.fill({{"what", "They took my passport."}}); };
    EXPECT_EQ(visitor.send(filled()).receipt().size(), 25u);
    EXPECT_EQ(visitor.send(filled()).receipt().size(), 25u);

    bool was_without_files = false;
    bool was_held_back = false;
    for (int i = 0; i < 8; ++i) {
        const Page wait = visitor.send(filled(), {{"a.txt", "a"}});
        ASSERT_EQ(wait.status, 503u);
        EXPECT_TRUE(wait.says("Please wait a moment"));
        const Typed again{
            {"state", wait.hidden("state")}, {"page", "7"}, {"go", "send"}, {"waited", wait.hidden("waited")}};
        EXPECT_EQ(visitor.post("/en/form", again).status, 503u) << "it came back too early";
        house.clock().advance(flood.wait_s_max * second_ms);
        Typed with_words = again;
        const Page sent = visitor.upload("/en/send", with_words, {{"a.txt", "a"}});
        ASSERT_EQ(sent.receipt().size(), 25u);
        was_without_files |= sent.says("Not all files did");
        was_held_back |= sent.says("Very many reports are coming in");
    }
    EXPECT_TRUE(was_without_files);
    EXPECT_TRUE(was_held_back);
    // What is held back stands apart in the inbox.
    intake::InboxFilter held_back_only;
    held_back_only.state = "quarantined";
    const auto held_back = house.inbox().list(house.officer(), held_back_only);
    EXPECT_GE(held_back.value().rows.size(), 1u);
    EXPECT_EQ(house.reports().size() + held_back.value().rows.size(), 10u);
}

TEST(public_site, every_refusal_of_the_edge_has_a_page_in_the_readers_language) {
    PublicHouse house(false);
    for (const knowledge::Language& language : house.pack().jurisdiction().languages) {
        Request request;
        request.path = "/" + language.code + "/form";
        for (const Refusal refusal : {Refusal::malformed, Refusal::not_found, Refusal::too_large, Refusal::busy,
                                      Refusal::failed, Refusal::wrong_encoding, Refusal::too_many_fields}) {
            const Response response = house.pages().error_page(refusal, &request);
            EXPECT_EQ(response.status, status_of(refusal));
            EXPECT_NE(response.body.view().find("lang=\"" + language.code + "\""), std::string_view::npos);
        }
    }
}

TEST(public_site, the_templates_have_no_faults_in_any_language) {
    PublicHouse house(false);
    for (const knowledge::Language& language : house.pack().jurisdiction().languages) {
        for (const std::string& fault : house.templates().faults(language.code)) {
            if (fault.find("public/") != std::string::npos) ADD_FAILURE() << language.code << ": " << fault;
        }
    }
}

}  // namespace
}  // namespace tideline::web::pages
