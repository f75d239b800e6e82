#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>

/// The rooms of the house and the arrows between them, read from the #include lines and held against the list in
/// src/CMakeLists.txt.
namespace tideline {
namespace {

namespace fs = std::filesystem;
using Arrows = std::map<std::string, std::set<std::string>>;

const fs::path root = fs::path(TIDELINE_SOURCE_DIR) / "src";

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

/// Every included header, by the file that includes it.
std::vector<std::pair<fs::path, std::string>> includes() {
    static const std::regex line(R"(^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"])", std::regex::multiline);
    std::vector<std::pair<fs::path, std::string>> found;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const std::string ending = entry.path().extension();
        if (ending != ".h" && ending != ".cpp") continue;
        const std::string text = bytes_of(entry.path());
        for (std::sregex_iterator at(text.begin(), text.end(), line), end; at != end; ++at)
            found.emplace_back(fs::relative(entry.path(), root), (*at)[1]);
    }
    return found;
}

std::string folder_of(const fs::path& file) { return file.has_parent_path() ? file.begin()->string() : "main"; }

std::set<std::string> folders() {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(root)) {
        if (entry.is_directory()) names.insert(entry.path().filename());
    }
    return names;
}

/// The arrows as src/CMakeLists.txt allows them.
Arrows allowed() {
    static const std::regex call(R"(tideline_folder\(([a-z]+)([^)]*)\))");
    Arrows arrows;
    const std::string text = bytes_of(root / "CMakeLists.txt");
    for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at) {
        auto& to = arrows[(*at)[1]];
        std::istringstream words((*at)[2]);
        bool uses = false;
        for (std::string word; words >> word;) {
            if (word == "USES" || word == "LIBS")
                uses = word == "USES";
            else if (uses)
                to.insert(word);
        }
    }
    return arrows;
}

/// The arrows as the code draws them.
Arrows drawn() {
    const std::set<std::string> rooms = folders();
    Arrows arrows;
    for (const auto& [file, header] : includes()) {
        const std::string from = folder_of(file), to = header.substr(0, header.find('/'));
        if (header.find('/') != std::string::npos && rooms.contains(to) && from != to) arrows[from].insert(to);
    }
    return arrows;
}

std::set<std::string> who_includes(const std::function<bool(const std::string&)>& header) {
    std::set<std::string> rooms;
    for (const auto& [file, included] : includes()) {
        if (header(included)) rooms.insert(folder_of(file));
    }
    return rooms;
}

TEST(arrows, every_folder_has_its_line_and_the_list_is_read_at_all) {
    const Arrows list = allowed();
    for (const std::string& room : folders()) EXPECT_TRUE(list.contains(room)) << room;
    EXPECT_EQ(list.at("vault"), std::set<std::string>{"base"});
    EXPECT_TRUE(list.at("base").empty());
    EXPECT_GT(includes().size(), 300u);
    EXPECT_TRUE(drawn().at("intake").contains("access"));
}

TEST(arrows, code_draws_no_arrow_that_the_list_does_not_have) {
    const Arrows list = allowed();
    for (const auto& [from, tos] : drawn()) {
        if (from == "main") continue;
        for (const std::string& to : tos) EXPECT_TRUE(list.at(from).contains(to)) << from << " -> " << to;
    }
}

TEST(arrows, there_is_no_cycle) {
    const Arrows list = allowed();
    std::set<std::string> done, open;
    const std::function<void(const std::string&)> visit = [&](const std::string& room) {
        if (done.contains(room)) return;
        ASSERT_TRUE(open.insert(room).second) << "a cycle through " << room;
        const auto at = list.find(room);
        if (at != list.end()) {
            for (const std::string& next : at->second) visit(next);
        }
        done.insert(room);
    };
    for (const auto& [room, uses] : list) visit(room);
}

TEST(arrows, web_and_the_command_line_are_on_top) {
    for (const auto& [from, tos] : allowed()) {
        EXPECT_TRUE(from == "cli" || !tos.contains("web")) << from;
        EXPECT_FALSE(tos.contains("cli")) << from;
    }
    EXPECT_EQ(drawn().at("main"), std::set<std::string>{"cli"});
}

TEST(arrows, names_linking_and_the_vault_know_no_database) {
    for (const std::string room : {"base", "vault", "knowledge", "names", "link"}) {
        const auto tos = drawn()[room];
        EXPECT_FALSE(tos.contains("store")) << room;
    }
}

TEST(arrows, only_the_vault_speaks_to_the_cryptographic_library) {
    EXPECT_EQ(who_includes([](const std::string& header) { return header.starts_with("sodium"); }),
              std::set<std::string>{"vault"});
}

TEST(arrows, only_the_store_speaks_to_databases) {
    const auto rooms = who_includes([](const std::string& header) {
        return header.starts_with("soci") || header.starts_with("sqlite3") || header.starts_with("libpq") ||
               header.starts_with("pq");
    });
    EXPECT_EQ(rooms, std::set<std::string>{"store"});
}

TEST(arrows, the_private_parts_of_a_folder_are_used_by_that_folder_only) {
    for (const auto& [file, header] : includes()) {
        const std::size_t detail = header.find("/detail/");
        if (detail == std::string::npos) continue;
        EXPECT_EQ(folder_of(file), header.substr(0, header.find('/'))) << file << " includes " << header;
    }
}

}  // namespace
}  // namespace tideline
