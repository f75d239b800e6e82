#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace {

namespace fs = std::filesystem;

/// Words that only one country uses. They belong into its pack.
const std::regex of_one_country(
    "Zealand|Oranga|Tamariki|Aotearoa|Matariki|Waitangi|Whatu Ora|\\bMBIE\\b|\\bINZ\\b|\\bNZD\\b|\\bnz\\.|\"nz\"|0800 "
    "?[0-9]|"
    "0508 ?[0-9]|\\.govt\\.nz|\\.co\\.nz|Crimes Act|\\b98AA?\\b|\\bs98[A-F]\\b");

/// A time zone in a comment or a test of calendars is an example, not a fact.
bool is_an_example(const std::string& line) { return line.find("///") != std::string::npos; }

std::string places_below(const fs::path& folder) {
    std::string out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string ending = entry.path().extension().string();
        const bool text = ending == ".cpp" || ending == ".h" || ending == ".tpl" || ending == ".js" || ending == ".css";
        if (!entry.is_regular_file() || !text) continue;
        std::ifstream stream(entry.path());
        std::string line;
        for (int number = 1; std::getline(stream, line); ++number) {
            if (std::regex_search(line, of_one_country) && !is_an_example(line)) {
                out += "\n" + entry.path().lexically_relative(TIDELINE_SOURCE_DIR).string() + ":" +
                       std::to_string(number) + ": " + line;
            }
        }
    }
    return out;
}

TEST(no_country_in_code, src_and_site_name_no_agency_law_holiday_or_number_of_one_country) {
    const fs::path root = TIDELINE_SOURCE_DIR;
    std::string found = places_below(root / "src");
    if (fs::exists(root / "site")) found += places_below(root / "site");
    EXPECT_EQ(found, "") << "move it into knowledge/";
}

}  // namespace
