#include "knowledge/messages.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "base/text.h"

namespace tideline::knowledge {
namespace {

namespace fs = std::filesystem;
const fs::path source = TIDELINE_SOURCE_DIR;

std::string bytes_of(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return std::move(bytes).str();
}

Pack own_pack() { return Pack::load(Files::folder(source / "knowledge").value()).value(); }

std::vector<Message> own_messages() {
    auto messages = collect_messages(source, own_pack());
    if (!messages) {
        ADD_FAILURE() << messages.error().message;
        return {};
    }
    return *messages;
}

TEST(messages, templates_give_their_bracketed_texts_and_their_mistakes) {
    Problems problems;
    EXPECT_EQ(texts_of_template("a.tpl", "<p>[[One {name}]]</p>\n{{#X}}[[Two]]{{/X}}", problems),
              (std::vector<std::string>{"One {name}", "Two"}));
    EXPECT_TRUE(problems.empty());
    texts_of_template("a.tpl", "\n[[ One]] [[]] [[a\nb]] [[open", problems);
    EXPECT_EQ(problems.all().size(), 4u);
    EXPECT_EQ(problems.all()[0].line, 2);
}

TEST(messages, sources_give_the_texts_of_tr_and_of_nothing_else) {
    Problems problems;
    EXPECT_EQ(
        texts_of_source("a.cpp",
                        "x(tr(\"One\")); attr(\"No\"); str(\"No\"); tr(name); tr(\"Two \"\n  \"\\\"three\\\"\\n\", 3);",
                        problems),
        (std::vector<std::string>{"One", "Two \"three\"\n"}));
    EXPECT_TRUE(problems.empty());
    texts_of_source("a.cpp", "tr(\"open\n\");", problems);
    EXPECT_EQ(problems.all().size(), 1u);
}

TEST(messages, merging_keeps_translations_drops_what_is_gone_and_adds_what_is_new) {
    PoFile old;
    old.header = {{"Language", "fr"}};
    PoEntry kept;
    kept.id = "Kept";
    kept.texts = {"Gardé"};
    kept.comments = {"# careful"};
    PoEntry gone;
    gone.id = "Gone";
    gone.texts = {"Parti"};
    old.entries = {gone, kept};
    const std::vector<Message> messages = {{"New", {"a.tpl"}}, {"Kept", {"b.tpl", "c.tpl"}}};
    const PoFile now = merged(old, messages);
    ASSERT_EQ(now.entries.size(), 2u);
    EXPECT_EQ(now.entries[0].id, "New");
    EXPECT_EQ(now.entries[0].texts, std::vector<std::string>{""});
    EXPECT_EQ(now.entries[1].texts, std::vector<std::string>{"Gardé"});
    EXPECT_EQ(now.entries[1].comments, std::vector<std::string>{"# careful"});
    EXPECT_EQ(now.entries[1].references, (std::vector<std::string>{"b.tpl", "c.tpl"}));
    EXPECT_EQ(untranslated(now, messages), std::vector<std::string>{"New"});
}

/// The languages that the project ships, one by one.
class Translation : public testing::TestWithParam<std::string> {
protected:
    PoFile po() const {
        Problems problems;
        const fs::path path = source / "knowledge/languages" / (GetParam() + ".po");
        PoFile out = read_po(path.filename().string(), bytes_of(path), problems);
        EXPECT_EQ(problems.text(), "");
        return out;
    }
};

std::vector<std::string> shipped() {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(source / "knowledge/languages")) {
        if (entry.path().extension() == ".po") out.push_back(entry.path().stem().string());
    }
    std::ranges::sort(out);
    return out;
}

TEST_P(Translation, has_every_text_of_the_public_site) {
    std::string missing;
    for (const std::string& id : untranslated(po(), own_messages())) missing += "\n  " + id;
    EXPECT_EQ(missing, "") << "bring it in step with: build/tideline knowledge messages --source . ; then translate";
}

TEST_P(Translation, keeps_every_placeholder) {
    for (const PoEntry& entry : po().entries) {
        EXPECT_EQ(placeholders(entry.texts[0]), placeholders(entry.id)) << GetParam() << ".po:" << entry.line;
    }
}

TEST_P(Translation, leaves_no_english_behind) {
    // Texts of one word, and names and addresses, may be the same in both.
    const std::regex two_words("[A-Za-z]{3,} [a-z]{2,}");
    for (const PoEntry& entry : po().entries) {
        const bool a_sentence = std::regex_search(entry.id, two_words);
        EXPECT_FALSE(a_sentence && entry.texts[0] == entry.id) << GetParam() << ".po:" << entry.line;
    }
}

TEST_P(Translation, is_clean_text_without_direction_overrides) {
    for (const PoEntry& entry : po().entries) {
        EXPECT_EQ(text::clean(entry.texts[0]), entry.texts[0]) << GetParam() << ".po:" << entry.line;
        EXPECT_EQ(text::trim(entry.texts[0]), entry.texts[0]) << GetParam() << ".po:" << entry.line;
    }
}

TEST_P(Translation, is_written_in_its_own_script) {
    const std::map<std::string, std::pair<char32_t, char32_t>> scripts = {{"ar", {0x0600, 0x06FF}},
                                                                          {"hi", {0x0900, 0x097F}},
                                                                          {"pa", {0x0A00, 0x0A7F}},
                                                                          {"th", {0x0E00, 0x0E7F}},
                                                                          {"zh-Hans", {0x4E00, 0x9FFF}}};
    const auto script = scripts.find(GetParam());
    if (script == scripts.end()) GTEST_SKIP() << "written in Latin letters";
    for (const PoEntry& entry : po().entries) {
        const std::string& text = entry.texts[0];
        bool own = false;
        for (std::size_t at = 0; at < text.size();) {
            const char32_t c = text::next(text, at);
            own = own || (c >= script->second.first && c <= script->second.second);
        }
        const bool a_name = entry.id.find(' ') == std::string::npos || text == entry.id;
        EXPECT_TRUE(own || a_name) << GetParam() << ".po:" << entry.line << " " << text;
    }
}

INSTANTIATE_TEST_SUITE_P(messages, Translation, testing::ValuesIn(shipped()), [](const auto& row) {
    std::string name = row.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

TEST(messages, every_language_that_is_offered_is_shipped_and_every_one_shipped_is_offered) {
    std::vector<std::string> offered;
    const Pack pack = own_pack();
    for (const Language& language : pack.jurisdiction().languages) {
        if (language.code != Catalogue::source_language) offered.push_back(language.code);
    }
    std::ranges::sort(offered);
    EXPECT_EQ(offered, shipped());
}

TEST(messages, the_model_for_translators_lists_what_the_site_shows) {
    Problems problems;
    const PoFile pot = read_po("tideline.pot", bytes_of(source / "knowledge/languages/tideline.pot"), problems);
    EXPECT_EQ(problems.text(), "");
    std::vector<std::string> listed;
    for (const PoEntry& entry : pot.entries) listed.push_back(entry.id);
    std::vector<std::string> shown;
    for (const Message& message : own_messages()) shown.push_back(message.id);
    EXPECT_EQ(listed, shown) << "run: build/tideline knowledge messages --source .";
}

TEST(messages, no_number_of_a_helper_is_typed_into_a_text) {
    const std::regex number("\\b(111|105|0[58]0[08])\\b");
    for (const Message& message : own_messages()) EXPECT_FALSE(std::regex_search(message.id, number)) << message.id;
}

}  // namespace
}  // namespace tideline::knowledge
