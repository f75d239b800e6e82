#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "intake/types.h"

namespace tideline::intake {
namespace {

RC_GTEST_PROP(texts, what_is_packed_is_unpacked_whatever_it_holds,
              (const std::vector<std::pair<std::string, std::string>>& given)) {
    std::vector<std::pair<std::string_view, std::string_view>> views(given.begin(), given.end());
    const auto packed = pack_texts(views);
    const auto back = unpack_texts(packed.expose());
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->size() == given.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
        RC_ASSERT((*back)[i].first == given[i].first);
        RC_ASSERT((*back)[i].second.expose() == given[i].second);
    }
}

RC_GTEST_PROP(texts, a_packed_list_that_was_cut_is_refused, (const std::string& name, const std::string& text)) {
    const auto packed = pack_texts({{name, text}});
    for (std::size_t size = 1; size < packed.size(); ++size)
        RC_ASSERT(!unpack_texts(packed.expose().substr(0, size)).has_value());
}

TEST(texts, a_length_beyond_the_end_is_refused_and_not_followed) {
    EXPECT_FALSE(unpack_texts(std::string("\xFF\xFF\xFF\xFF", 4)));
    EXPECT_FALSE(unpack_texts(std::string("\0\0\0\1x\xFF\xFF\xFF\xFF", 9)));
    EXPECT_TRUE(unpack_texts("")->empty());
}

TEST(texts, answers_come_back_under_their_questions) {
    Answers answers;
    answers.emplace("what", vault::SecretText("words"));
    answers.emplace("who", vault::SecretText("me"));
    const auto back = unpack_answers(pack_answers(answers).expose());
    ASSERT_TRUE(back);
    EXPECT_EQ(answer(*back, "what"), "words");
    EXPECT_EQ(answer(*back, "who"), "me");
    EXPECT_EQ(answer(*back, "place"), "");
}

}  // namespace
}  // namespace tideline::intake
