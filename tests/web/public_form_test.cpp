#include <thread>

#include "web/pages/public/form_seal.h"
#include "web/pages/public/report_form.h"
#include "web/pages/public/sent_forms.h"

namespace tideline::web::pages {
namespace {

class TurnedClock final : public Clock {
public:
    Instant now() const override { return at; }
    Instant at{1'800'000'000'000};
};

vault::Secret<vault::Key32> some_key(unsigned char first) {
    vault::Secret<vault::Key32> key;
    key.expose()[0] = first;
    return key;
}

std::string read(const std::optional<vault::SecretText>& text) {
    return text ? std::string(text->expose()) : "(nothing)";
}

TEST(form_seal, a_form_can_be_continued_days_later_but_not_forever) {
    TurnedClock clock;
    const FormSeal seal(some_key(1), clock);
    const std::string state = seal.seal("report", "my words");
    clock.at = clock.at + (FormSeal::age_ms_max - 1);
    EXPECT_EQ(read(seal.open("report", state)), "my words");
    clock.at = clock.at + 1;
    EXPECT_FALSE(seal.open("report", state).has_value());
}

TEST(form_seal, a_form_of_tomorrow_is_not_accepted) {
    TurnedClock clock;
    const FormSeal seal(some_key(1), clock);
    clock.at = clock.at + 2 * day_ms;
    const std::string state = seal.seal("report", "my words");
    clock.at = clock.at + -2 * day_ms;
    EXPECT_FALSE(seal.open("report", state).has_value());
}

TEST(form_seal, a_form_of_another_installation_or_another_purpose_does_not_open) {
    const TurnedClock clock;
    const FormSeal here(some_key(1), clock);
    const FormSeal there(some_key(2), clock);
    const std::string state = here.seal("report", "my words");
    EXPECT_FALSE(there.open("report", state).has_value());
    EXPECT_FALSE(here.open("conversation", state).has_value());
    EXPECT_TRUE(here.open("report", state).has_value());
}

TEST(form_seal, the_length_of_a_form_tells_only_its_size_class) {
    const TurnedClock clock;
    const FormSeal seal(some_key(1), clock);
    EXPECT_EQ(seal.seal("report", "no").size(), seal.seal("report", std::string(200, 'x')).size());
}

RC_GTEST_PROP(form_seal, whatever_is_sent_instead_of_a_form_is_refused, (const std::string& typed)) {
    const TurnedClock clock;
    const FormSeal seal(some_key(1), clock);
    RC_ASSERT(!seal.open("report", typed).has_value());
    RC_ASSERT(!seal.open("report", "1800000000000." + typed).has_value());
}

RC_GTEST_PROP(form_seal, a_changed_character_is_found, (const std::string& words, std::size_t where)) {
    const TurnedClock clock;
    const FormSeal seal(some_key(1), clock);
    std::string state = seal.seal("report", words);
    char& changed = state[where % state.size()];
    changed = changed == 'A' ? 'B' : 'A';
    const auto opened = seal.open("report", state);
    // The last character of base64url may carry bits that mean nothing.
    RC_ASSERT(!opened || where % state.size() == state.size() - 1);
}

TEST(report_form, a_form_that_travelled_holds_every_answer) {
    ReportForm form;
    form.take("who", "me");
    form.take("what", "They took my passport.");
    form.take("phones", "021 555 0100");
    form.editing = true;
    const auto again = ReportForm::unpack(form.pack(0).expose());
    ASSERT_TRUE(again.has_value());
    for (const Question& question : questions) EXPECT_EQ(again->answer(question.name), form.answer(question.name));
    EXPECT_TRUE(again->editing);
}

TEST(report_form, the_page_that_is_shown_does_not_travel_twice) {
    ReportForm form;
    form.take("what", "They took my passport.");
    form.take("place", "A farm");
    const auto again = ReportForm::unpack(form.pack(required_page).expose());
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->answer("what"), "");
    EXPECT_EQ(again->answer("place"), "A farm");
}

RC_GTEST_PROP(report_form, bytes_that_are_no_form_are_refused, (const std::string& bytes)) {
    RC_ASSERT(!ReportForm::unpack(bytes).has_value());
    RC_ASSERT(!ReportForm::unpack("2-" + bytes).has_value() || bytes.size() >= 4 * questions.size());
}

TEST(report_form, a_choice_that_does_not_exist_counts_as_skipped) {
    ReportForm form;
    form.take("who", "nobody");
    EXPECT_EQ(form.answer("who"), "");
    form.take("contact", "");
    EXPECT_EQ(form.answer("contact"), "");
    form.take("danger", "unsure");
    EXPECT_EQ(form.answer("danger"), "unsure");
}

TEST(report_form, words_lose_control_characters_and_white_space_at_their_ends) {
    ReportForm form;
    form.take("what", "  first\r\nsecond\x07\u202e \n");
    EXPECT_EQ(form.answer("what"), "first\nsecond");
}

TEST(report_form, only_what_is_happening_must_be_answered_and_only_going_forward) {
    const ReportForm form;
    for (int page = 1; page <= last_question_page; ++page) {
        EXPECT_EQ(form.errors(page, true).size(), page == required_page ? 1u : 0u) << page;
        EXPECT_TRUE(form.errors(page, false).empty()) << page;
    }
    EXPECT_EQ(form.errors(required_page, true)[0].kind, FieldError::Kind::empty);
}

TEST(report_form, a_text_that_is_too_long_is_counted_in_characters_of_any_script) {
    ReportForm form;
    std::string words;
    for (std::size_t i = 0; i <= intake::limits::answer_chars_max; ++i) words += "ก";
    form.take("place", words);
    const auto errors = form.errors(3, false);
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].kind, FieldError::Kind::too_long);
    EXPECT_EQ(errors[0].field, "place");
    EXPECT_EQ(errors[0].count, intake::limits::answer_chars_max + 1);
    EXPECT_EQ(errors[0].limit, intake::limits::answer_chars_max);
    form.take("place", words.substr(0, words.size() - 3));
    EXPECT_TRUE(form.errors(3, false).empty());
}

TEST(report_form, answers_that_fit_one_by_one_may_be_too_long_together) {
    ReportForm form;
    std::string words;
    for (std::size_t i = 0; i < intake::limits::narrative_chars_max; ++i) words += "ก";
    form.take("what", words);
    EXPECT_TRUE(form.errors(required_page, true).empty());
    form.take("place", std::string(intake::limits::answer_chars_max, 'x'));
    form.take("when", std::string(intake::limits::answer_chars_max / 2, 'x'));
    const auto errors = form.errors(3, true);
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].kind, FieldError::Kind::too_long_together);
    EXPECT_EQ(errors[0].field, "place");
    EXPECT_LE(form.pack(3).size(), ReportForm::packed_bytes_max);
}

TEST(report_form, its_questions_are_those_of_the_intake) {
    std::vector<std::string_view> here;
    for (const Question& question : questions) here.push_back(question.name);
    EXPECT_EQ(here, std::vector<std::string_view>(std::begin(intake::questions), std::end(intake::questions)));
}

ReportForm form_with(std::string_view words) {
    ReportForm form = ReportForm::begin();
    form.take("what", words);
    return form;
}

TEST(sent_forms, the_second_of_two_waits_for_the_first_and_gets_its_receipt) {
    TurnedClock clock;
    SentForms forms(clock);
    const ReportForm form = form_with("They took my passport.");
    auto first = forms.claim(form, std::chrono::seconds(0));
    ASSERT_TRUE(first.turn);
    const auto receipt = vault::Receipt::random("123456");
    std::thread sender([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        first.turn->sent(receipt, 2, false);
        first.turn.reset();
    });
    const auto second = forms.claim(form, std::chrono::seconds(30));
    sender.join();
    ASSERT_TRUE(second.outcome);
    EXPECT_EQ(second.outcome->receipt.digits(), receipt.digits());
    EXPECT_EQ(second.outcome->files, 2u);
}

TEST(sent_forms, while_the_first_is_on_its_way_the_second_gets_neither_turn_nor_receipt) {
    TurnedClock clock;
    SentForms forms(clock);
    const ReportForm form = form_with("They took my passport.");
    const auto first = forms.claim(form, std::chrono::seconds(0));
    const auto second = forms.claim(form, std::chrono::milliseconds(5));
    EXPECT_FALSE(second.turn);
    EXPECT_FALSE(second.outcome);
}

TEST(sent_forms, a_form_that_failed_can_be_sent_again) {
    TurnedClock clock;
    SentForms forms(clock);
    const ReportForm form = form_with("They took my passport.");
    {
        const auto broken_off = forms.claim(form, std::chrono::seconds(0));
    }
    EXPECT_TRUE(forms.claim(form, std::chrono::seconds(0)).turn);
}

TEST(sent_forms, after_a_while_a_form_is_forgotten) {
    TurnedClock clock;
    SentForms forms(clock);
    const ReportForm form = form_with("They took my passport.");
    forms.claim(form, std::chrono::seconds(0)).turn->sent(vault::Receipt::random("123456"), 0, false);
    EXPECT_TRUE(forms.claim(form, std::chrono::seconds(0)).outcome);
    clock.at = clock.at + (SentForms::age_ms_max + 1);
    EXPECT_FALSE(forms.claim(form, std::chrono::seconds(0)).outcome);
}

}  // namespace
}  // namespace tideline::web::pages
