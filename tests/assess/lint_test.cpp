#include <filesystem>
#include <fstream>
#include <sstream>

#include "assess/method.h"

namespace tideline::assess {
namespace {

namespace fs = std::filesystem;

std::string contents_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

std::vector<fs::path> broken_packs() {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator(TIDELINE_SOURCE_DIR "/tests/data/indicators-broken")) {
        if (entry.is_directory()) all.push_back(entry.path());
    }
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST(lint, the_packs_of_the_product_are_in_order) {
    const auto problems = lint(TIDELINE_SOURCE_DIR "/knowledge");
    EXPECT_TRUE(problems.empty()) << problems.text();
}

TEST(lint, every_broken_pack_gets_its_message_with_file_line_and_remedy) {
    EXPECT_GE(broken_packs().size(), 40u);
    for (const fs::path& folder : broken_packs()) {
        const auto problems = lint(folder);
        EXPECT_EQ(problems.text() + "\n", contents_of(folder / "expected.txt")) << folder.filename();
        for (const auto& problem : problems.all()) {
            EXPECT_GT(problem.line, 0) << folder.filename();
            EXPECT_FALSE(problem.remedy.empty()) << folder.filename();
            EXPECT_TRUE(fs::exists(folder / problem.file)) << folder.filename();
        }
    }
}

TEST(lint, a_folder_that_is_missing_or_holds_no_packs_is_named) {
    EXPECT_FALSE(lint("/no/such/folder").empty());
    EXPECT_FALSE(lint(TIDELINE_SOURCE_DIR "/src").empty());
}

}  // namespace tideline::assess
