#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/detail/pch.h"

namespace tideline::assess {
namespace {

struct Output {
    int status = -1;
    std::string text;
};

/// Runs the product's own command line.
Output run(const std::string& arguments) {
    Output output;
    FILE* pipe = popen((std::string(TIDELINE_BINARY) + " assess " + arguments + " 2>&1").c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const std::size_t read = fread(buffer.data(), 1, buffer.size(), pipe))
        output.text.append(buffer.data(), read);
    output.status = WEXITSTATUS(pclose(pipe));
    return output;
}

/// A file that goes away with the test.
class Given {
public:
    explicit Given(std::string_view text)
        : path_(std::filesystem::temp_directory_path() / ("tideline-assess-" + std::to_string(getpid()) + ".yaml")) {
        std::ofstream(path_) << text;
    }
    ~Given() { std::filesystem::remove(path_); }
    Given(const Given&) = delete;
    Given& operator=(const Given&) = delete;
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

}  // namespace

TEST(assess_check, a_file_of_observations_gives_the_whole_result_as_json) {
    const Given file(
        "profile: adult-labour\nobservations:\n  ilo.dr.nature_of_job: yes\n  ilo.dr.wages: yes\n  ilo.ex.hours: yes\n"
        "  ilo.ex.low_pay: yes\n  ilo.cd.documents: unknown\n  danger.locked_in: not_asked\n");
    const Output output = run("check " + file.path() + " --json");
    ASSERT_EQ(output.status, 0) << output.text;
    const auto result = nlohmann::json::parse(output.text);
    EXPECT_EQ(result["finding"], "indicated");
    EXPECT_EQ(result["standard"], "reasonable_grounds");
    EXPECT_EQ(result["dimensions"],
              (nlohmann::json{{"dr", true}, {"cr", false}, {"av", false}, {"ex", true}, {"cd", false}, {"vd", false}}));
    EXPECT_EQ(result["elements"], (nlohmann::json{{"act", true}, {"means", true}, {"purpose", true}}));
    EXPECT_EQ(result["priority"], "P2");
    EXPECT_FALSE(result["explanation"].get<std::string>().empty());
    EXPECT_EQ(result["next_question"]["indicator"], "danger.violence_now");
    EXPECT_NE(result["method"].get<std::string>().find("ilo2009r1"), std::string::npos);
}

TEST(assess_check, it_is_readable_without_json) {
    const Given file("profile: child-labour\nobservations: {ilo.ex.hours: yes, danger.medical: yes}\n");
    const Output output = run("check " + file.path());
    EXPECT_EQ(output.status, 0);
    EXPECT_NE(output.text.find("Finding: insufficient information"), std::string::npos) << output.text;
    EXPECT_NE(output.text.find("Priority: P1"), std::string::npos) << output.text;
    EXPECT_NE(output.text.find("Next question"), std::string::npos) << output.text;
}

TEST(assess_check, a_mistake_ends_with_its_line_and_remedy_and_status_one) {
    const Given file("profile: adult-labour\nobservations:\n  ilo.ex.ours: yes\n");
    const Output output = run("check " + file.path() + " --json");
    EXPECT_EQ(output.status, 1);
    EXPECT_NE(output.text.find(":3: there is no indicator 'ilo.ex.ours'; did you mean 'ilo.ex.hours'?"),
              std::string::npos)
        << output.text;
}

TEST(assess_lint, good_packs_end_with_zero_and_broken_ones_with_two) {
    EXPECT_EQ(run("lint " TIDELINE_SOURCE_DIR "/knowledge").status, 0);
    const Output output = run("lint --json " TIDELINE_SOURCE_DIR "/tests/data/indicators-broken/23-unknown-dimension");
    EXPECT_EQ(output.status, 2);
    const auto result = nlohmann::json::parse(output.text);
    EXPECT_EQ(result["problems"][0]["line"], 15);
    EXPECT_EQ(result["problems"][0]["remedy"], "use one of: dr, ex");
}

TEST(assess_command, wrong_words_are_answered_with_usage) {
    EXPECT_EQ(run("").status, 64);
    EXPECT_EQ(run("chekc x").status, 64);
}

TEST(assess_checklist, the_page_has_an_edition_and_numbers) {
    const Output output = run("checklist --for border --profile child-sexual --json");
    ASSERT_EQ(output.status, 0) << output.text;
    const auto page = nlohmann::json::parse(output.text);
    EXPECT_EQ(page["sections"][0]["items"][0]["number"], 1);
    EXPECT_FALSE(page["edition"].get<std::string>().empty());
}

}  // namespace tideline::assess
