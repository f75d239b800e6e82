#include "knowledge/messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.h"

namespace tideline::knowledge {

namespace {

namespace fs = std::filesystem;

int line_at(std::string_view bytes, std::size_t at) {
    return 1 + static_cast<int>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

bool part_of_a_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Reads the C++ string literals from `at` on (an opening quote) and joins them; moves `at` behind the last.
std::optional<std::string> literals(std::string_view bytes, std::size_t& at) {
    std::string out;
    while (at < bytes.size() && bytes[at] == '"') {
        for (++at;; ++at) {
            if (at >= bytes.size() || bytes[at] == '\n') return std::nullopt;
            if (bytes[at] == '"') break;
            if (bytes[at] != '\\') {
                out += bytes[at];
                continue;
            }
            const char escaped = ++at < bytes.size() ? bytes[at] : '\0';
            if (escaped == 'n')
                out += '\n';
            else if (escaped == '"' || escaped == '\\')
                out += escaped;
            else
                return std::nullopt;
        }
        ++at;
        const std::size_t next = bytes.find_first_not_of(" \t\r\n", at);
        at = next == std::string_view::npos ? bytes.size() : next;
    }
    return out;
}

/// The files below a folder with that ending, by name, without those of the staff pages.
Result<std::vector<fs::path>> public_files(const fs::path& folder, std::string_view ending) {
    std::vector<fs::path> out;
    std::error_code failed;
    if (!fs::exists(folder, failed)) return out;
    for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        const fs::path& path = at->path();
        const fs::path below = path.lexically_relative(folder);
        const bool of_staff = std::ranges::find(below, fs::path("staff")) != below.end();
        if (!of_staff && path.extension() == ending && at->is_regular_file()) out.push_back(path);
    }
    if (failed) {
        return Error{ErrorKind::unavailable, fmt::format("{} cannot be read: {}", folder.string(), failed.message())};
    }
    std::ranges::sort(out);
    return out;
}

std::string bytes_of(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return std::move(bytes).str();
}

/// Messages in order of first use, with their places.
class Collection {
public:
    void add(const std::string& id, const std::string& place) {
        const auto [at, is_new] = index_.emplace(id, all_.size());
        if (is_new) all_.push_back({id, {}});
        std::vector<std::string>& places = all_[at->second].places;
        if (std::ranges::find(places, place) == places.end()) places.push_back(place);
    }
    std::vector<Message> take() { return std::move(all_); }

private:
    std::vector<Message> all_;
    std::map<std::string, std::size_t> index_;
};

}  // namespace

std::vector<std::string> texts_of_template(std::string_view name, std::string_view bytes, Problems& problems) {
    std::vector<std::string> out;
    for (std::size_t at = 0; (at = bytes.find("[[", at)) != std::string_view::npos;) {
        const std::size_t end = bytes.find("]]", at);
        if (end == std::string_view::npos) {
            problems.add(name, line_at(bytes, at), "[[ is not closed", "close the text with ]]");
            break;
        }
        const std::string_view text = bytes.substr(at + 2, end - at - 2);
        if (text.empty() || text != text::trim(text) || text.find('\n') != std::string_view::npos) {
            problems.add(name, line_at(bytes, at), "a text is empty, has a line break, or white space at its ends",
                         "write it on one line, close to the brackets");
        } else {
            out.emplace_back(text);
        }
        at = end + 2;
    }
    return out;
}

std::vector<std::string> texts_of_source(std::string_view name, std::string_view bytes, Problems& problems) {
    constexpr std::string_view call = "tr(\"";
    std::vector<std::string> out;
    for (std::size_t at = 0; (at = bytes.find(call, at)) != std::string_view::npos;) {
        const bool other_name = at > 0 && part_of_a_name(bytes[at - 1]);
        const std::size_t begin = at;
        at += call.size() - 1;
        if (other_name) continue;
        if (const auto text = literals(bytes, at); text && !text->empty()) {
            out.push_back(*text);
        } else {
            problems.add(name, line_at(bytes, begin), "the text of this tr() cannot be read",
                         "write it as plain literals with no escapes but \\n, \\\" and \\\\");
        }
    }
    return out;
}

Result<std::vector<Message>> collect_messages(const fs::path& source_root, const Pack& pack) {
    Collection collection;
    Problems problems;
    const auto collect = [&](const char* folder, std::string_view ending, auto texts_of) -> Status {
        auto files = public_files(source_root / folder, ending);
        if (!files) return files.error();
        for (const fs::path& path : *files) {
            const std::string name = path.lexically_relative(source_root).generic_string();
            for (const std::string& text : texts_of(name, bytes_of(path), problems)) collection.add(text, name);
        }
        return {};
    };
    if (auto done = collect("site/templates", ".tpl", texts_of_template); !done) return done.error();
    if (auto done = collect("src/web", ".cpp", texts_of_source); !done) return done.error();
    for (const Translatable& text : pack.translatables()) collection.add(text.text, text.place);
    if (!problems.empty()) return problems.error();
    return collection.take();
}

PoFile merged(const PoFile& old, std::span<const Message> messages) {
    std::map<std::string_view, const PoEntry*> known;
    for (const PoEntry& entry : old.entries) {
        if (entry.context.empty()) known.emplace(entry.id, &entry);
    }
    PoFile out = old;
    out.entries.clear();
    for (const Message& message : messages) {
        const auto had = known.find(message.id);
        PoEntry entry = had != known.end() ? *had->second : PoEntry{};
        entry.id = message.id;
        entry.references = message.places;
        if (entry.texts.empty()) entry.texts.emplace_back();
        out.entries.push_back(std::move(entry));
    }
    return out;
}

std::vector<std::string> untranslated(const PoFile& po, std::span<const Message> messages) {
    std::set<std::string_view> shown;
    for (const PoEntry& entry : po.entries) {
        if (!entry.fuzzy && entry.context.empty() && !entry.texts[0].empty()) shown.insert(entry.id);
    }
    std::vector<std::string> out;
    for (const Message& message : messages) {
        if (!shown.contains(message.id)) out.push_back(message.id);
    }
    return out;
}

}  // namespace tideline::knowledge
