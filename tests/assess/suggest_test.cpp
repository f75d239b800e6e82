#include "assess/suggest.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "assess/measure.h"
#include "assess/support.h"

namespace tideline::assess {
namespace {

/// "id@sentence", with '!' before it where the text denies it.
std::vector<std::string> suggested(const Method& method, std::string_view text) {
    std::vector<std::string> all;
    for (const Suggestion& one : method.suggester().suggest(text)) {
        all.push_back((one.denied ? "!" : "") + method.indicators().all()[one.indicator].id + "@" +
                      std::to_string(one.sentence));
    }
    return all;
}

using Found = std::vector<std::string>;

}  // namespace

TEST(suggest, capitals_accents_apostrophes_and_line_breaks_do_not_matter) {
    EXPECT_EQ(suggested(tiny(), "They TOOK  m\xCC\x81y c\xC3\xA1rds."), Found{"t.dr.strong@1"});
    EXPECT_EQ(suggested(tiny(), "FIRE"), Found{"t.fire@1"});
}

TEST(suggest, words_have_to_stand_alone) {
    EXPECT_EQ(suggested(tiny(), "The campfire was nice, fireworks too."), Found{});
    EXPECT_EQ(suggested(tiny(), "fire!"), Found{"t.fire@1"});
    EXPECT_EQ(suggested(tiny(), "took my cardigan"), Found{"t.dr.strong@1"});  // card* goes on
}

TEST(suggest, marks_of_every_script_end_a_word) {
    for (const std::string_view text :
         {"\u201Cfire\u201D", "(fire)", "a/fire/b", "\u00BFfire?", "fire\u0964", "no-fire"}) {
        const auto found = tiny().suggester().suggest(text);
        ASSERT_EQ(found.size(), 1u) << text;
        EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), "fire") << text;
    }
    EXPECT_EQ(suggested(tiny(), "fire\u00E9e, \u00E9fire, 7fire"), Found{});
}

TEST(suggest, a_gap_holds_so_many_words_and_ends_with_the_sentence) {
    EXPECT_EQ(suggested(tiny(), "took from me my card"), Found{"t.dr.strong@1"});
    EXPECT_EQ(suggested(tiny(), "took from me all of my cards"), Found{});
    EXPECT_EQ(suggested(tiny(), "It was took. My card is here."), Found{});
    EXPECT_EQ(suggested(tiny(), "took\nmy card"), Found{});
}

TEST(suggest, many_ways_of_saying_a_part_still_have_to_follow_each_other_directly) {
    const auto documents = [](std::string_view text) {
        const Found found = suggested(published(), text);
        return std::find(found.begin(), found.end(), "ilo.cd.documents@1") != found.end();
    };
    EXPECT_TRUE(documents("The manager confiscated the passports."));
    EXPECT_TRUE(documents("Boss grab all our pasports on first day"));
    EXPECT_FALSE(documents("They never took my passport."));
    EXPECT_FALSE(documents("I lost my passport on the bus and need a new one."));
}

TEST(suggest, a_negation_in_the_same_clause_denies) {
    EXPECT_EQ(suggested(tiny(), "He never took my card."), Found{"!t.dr.strong@1"});
    EXPECT_EQ(suggested(tiny(), "He took not my card."), Found{"!t.dr.strong@1"});
    EXPECT_EQ(suggested(tiny(), "He did not pay and took my card."), Found{"t.dr.strong@1"});
    EXPECT_EQ(suggested(tiny(), "Not today, fire."), Found{"t.fire@1"});
}

TEST(suggest, languages_without_spaces_are_matched_by_characters) {
    EXPECT_EQ(suggested(tiny(), "房子着火了。老板拿走了我的护照。"), (Found{"t.fire@1", "t.dr.strong@2"}));
    EXPECT_EQ(suggested(tiny(), "没有着火"), Found{"!t.fire@1"});
    EXPECT_EQ(suggested(tiny(), "没有人拿走护照"), Found{"!t.dr.strong@1"});
}

TEST(suggest, the_span_is_the_words_of_the_original_text) {
    const std::string text = "¡Oh! Então: They TOOK mý cards now";
    const auto all = tiny().suggester().suggest(text);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(text.substr(all[0].begin, all[0].end - all[0].begin), "TOOK mý card");
}

TEST(suggest, an_affirmed_place_wins_over_a_denied_one_of_the_same_sentence) {
    EXPECT_EQ(suggested(tiny(), "never fire, but fire"), Found{"t.fire@1"});
}

TEST(suggest, sentences_are_numbered_as_the_page_numbers_them) {
    const std::string text = "One. Two!\n\nThree?  Four\n";
    const auto all = sentences(text);
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(text.substr(all[1].begin, all[1].end - all[1].begin), "Two!");
    EXPECT_EQ(text.substr(all[3].begin, all[3].end - all[3].begin), "Four");
    EXPECT_EQ(sentences("").size(), 0u);
    EXPECT_EQ(sentences("मैं आया। मैं गया।").size(), 2u);
    EXPECT_EQ(sentences("他来了。他走了。").size(), 2u);
}

TEST(suggest, every_language_of_the_packs_finds_its_own_words_for_a_kept_passport) {
    for (const std::string_view text :
         {"They took my passport.", "El patrón nos quitó el pasaporte.", "Ông chủ giữ hộ chiếu của tôi.",
          "老板扣了我的护照。", "मालिक ने मेरा पासपोर्ट ले लिया।", "Kinuha ng amo ko ang pasaporte ko.",
          "Na ave e le pule la'u tusifolau.", "นายจ้างยึดพาสปอร์ตของฉัน", "أخذ صاحب العمل جواز سفري.",
          "ਮਾਲਕ ਨੇ ਮੇਰਾ ਪਾਸਪੋਰਟ ਰੱਖ ਲਿਆ।"}) {
        const Found found = suggested(published(), text);
        EXPECT_TRUE(std::find(found.begin(), found.end(), "ilo.cd.documents@1") != found.end()) << text;
    }
}

TEST(suggest, many_threads_may_ask_at_once) {
    const std::string text = "They took my passport. I work fourteen hours. He never hit me.";
    const auto alone = published().suggester().suggest(text);
    std::vector<std::thread> threads;
    std::atomic<int> different = 0;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                if (published().suggester().suggest(text) != alone) ++different;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(different, 0);
}

RC_GTEST_PROP(suggest, any_bytes_are_taken_and_every_span_lies_in_its_sentence, (std::string noise)) {
    const std::string text = noise + " fire. " + noise + " took my card " + noise;
    const auto all = sentences(text);
    for (std::size_t i = 1; i < all.size(); ++i) RC_ASSERT(all[i - 1].end <= all[i].begin);
    for (const Suggestion& one : tiny().suggester().suggest(text)) {
        RC_ASSERT(one.sentence >= 1u);
        RC_ASSERT(one.sentence <= all.size());
        RC_ASSERT(one.begin >= all[one.sentence - 1].begin);
        RC_ASSERT(one.begin < one.end);
        RC_ASSERT(one.end <= text.size());
    }
}

RC_GTEST_PROP(fold, the_offsets_lead_back_into_the_text_in_order, (std::string bytes)) {
    const Folded folded = fold(bytes);
    RC_ASSERT(folded.offsets.size() == folded.bytes.size() + 1);
    RC_ASSERT(std::is_sorted(folded.offsets.begin(), folded.offsets.end()));
    RC_ASSERT(folded.offsets.back() == bytes.size());
}

TEST(measure, the_two_hundred_reports_keep_to_the_published_precision_and_recall) {
    const auto measured =
        measure(published().indicators(), published().suggester(), TIDELINE_SOURCE_DIR "/tests/data/assess/reports");
    ASSERT_TRUE(measured.ok()) << measured.error().message;
    EXPECT_EQ(measured->reports, 200u);
    EXPECT_GE(measured->by_language.size(), 5u);
    EXPECT_GE(measured->all.precision(), 0.79);
    EXPECT_GE(measured->all.recall(), 0.69);
}

TEST(measure, the_own_sayings_keep_to_their_floors_in_every_language) {
    const auto measured =
        measure(published().indicators(), published().suggester(), TIDELINE_SOURCE_DIR "/tests/data/assess/own");
    ASSERT_TRUE(measured.ok()) << measured.error().message;
    struct Floor {
        std::string_view language;
        std::size_t sayings;
        double precision, recall;
    };
    // A little below what was reached when the phrases were last widened. Raise them with the phrases.
    constexpr Floor floors[] = {{"en", 800, 0.82, 0.93}, {"es", 320, 0.85, 0.96}, {"hi", 150, 0.86, 0.97},
                                {"tl", 150, 0.88, 0.95}, {"vi", 150, 0.83, 0.97}, {"zh", 210, 0.81, 0.96},
                                {"ar", 7, 0.99, 0.99},   {"pa", 6, 0.99, 0.99},   {"th", 6, 0.83, 0.99}};
    for (const Floor& floor : floors) {
        const Score& score = measured->by_language.find(std::string(floor.language))->second;
        EXPECT_GE(measured->reports_by_language.at(std::string(floor.language)), floor.sayings) << floor.language;
        EXPECT_GE(score.precision(), floor.precision) << floor.language;
        EXPECT_GE(score.recall(), floor.recall) << floor.language;
    }
}

TEST(measure, the_document_holds_what_is_measured_now) {
    const auto measured =
        measure(published().indicators(), published().suggester(), TIDELINE_SOURCE_DIR "/tests/data/assess/reports");
    ASSERT_TRUE(measured.ok());
    std::ifstream in(TIDELINE_SOURCE_DIR "/docs/assessment.md", std::ios::binary);
    std::ostringstream document;
    document << in.rdbuf();
    EXPECT_NE(document.str().find(markdown(*measured)), std::string::npos)
        << "run 'build/tideline assess measure tests/data/assess/reports' and put its output into docs/assessment.md";
}

TEST(measure, a_score_counts_right_wrong_and_missed) {
    const Score score{3, 1, 2};
    EXPECT_DOUBLE_EQ(score.precision(), 0.75);
    EXPECT_DOUBLE_EQ(score.recall(), 0.6);
    EXPECT_DOUBLE_EQ(Score{}.precision(), 1.0);
}

}  // namespace tideline::assess
