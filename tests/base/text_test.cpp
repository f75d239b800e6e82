#include "base/text.h"

namespace tideline::text {

TEST(text, control_characters_and_direction_overrides_are_removed_but_words_stay) {
    EXPECT_EQ(clean("a\x01"
                    "b\r\nc\rd\te\xE2\x80\xAE"
                    "f"),
              "ab\nc\nd\tef");
}

TEST(text, malformed_bytes_become_the_replacement_character) {
    EXPECT_EQ(clean("a\xFF\xC0\x80z"), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
    EXPECT_TRUE(is_utf8("Māori ਪੰਜਾਬੀ 中文"));
}

TEST(text, digits_of_every_script_have_their_value) {
    EXPECT_EQ(digit_value(U'7'), 7);
    EXPECT_EQ(digit_value(U'٣'), 3);
    EXPECT_EQ(digit_value(U'９'), 9);
    EXPECT_EQ(digit_value(U'x'), std::nullopt);
}

RC_GTEST_PROP(text, base64url_and_hex_give_back_what_they_were_given, (std::vector<unsigned char> bytes)) {
    RC_ASSERT(from_base64url(base64url(bytes)) == bytes);
    RC_ASSERT(from_hex(hex(bytes)) == bytes);
}

RC_GTEST_PROP(text, clean_always_gives_utf8_and_is_stable, (std::string bytes)) {
    const std::string once = clean(bytes);
    RC_ASSERT(is_utf8(once));
    RC_ASSERT(clean(once) == once);
}

}  // namespace tideline::text
