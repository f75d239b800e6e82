#include "knowledge/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <sstream>

#include "base/text.h"

namespace tideline::knowledge {

namespace detail {

struct YamlItem {
    std::string key;  ///< empty in a list
    int line = 0;
    mutable bool asked = false;
    const YamlNode* value = nullptr;
};

struct YamlNode {
    enum class Kind { nothing, text, list, map } kind = Kind::nothing;
    std::string text;
    int line = 0;
    std::vector<YamlItem> items;
    mutable std::vector<std::string> known;  ///< keys that the reader asked for
};

struct YamlFile {
    std::string name;
    Problems& problems;
    std::deque<YamlNode> nodes;  ///< owns the tree; addresses stay
};

namespace {

constexpr const char* syntax_remedy =
    "check the indentation, put a space after every colon, and put quotes around a text that contains ': ' or ' #' "
    "or begins with a sign";

/// Thrown out of the parser to stop it; carries what becomes a Problem.
struct Refused {
    int line;
    std::string message;
    std::string remedy;
};

/// Builds the tree from yaml-cpp's events, refusing what packs do not use.
class TreeBuilder : public YAML::EventHandler {
public:
    explicit TreeBuilder(YamlFile& file) : file_(file) {}
    const YamlNode* root() const { return root_; }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        add(at_its_key(mark), YamlNode::Kind::nothing);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_anchor(mark, 1); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (expects_key()) {
            keys_.back() = {value, mark.line + 1, true};
            return;
        }
        const bool null = tag == "?" && (value == "~" || value == "null" || value.empty());
        if (null) {
            add(at_its_key(mark), YamlNode::Kind::nothing);
        } else {
            add(mark, YamlNode::Kind::text)->text = value;
        }
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        begin(mark, tag, anchor, YamlNode::Kind::list);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        begin(mark, tag, anchor, YamlNode::Kind::map);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapEnd() override { end(); }

private:
    struct Key {
        std::string text;
        int line = 0;
        bool given = false;
    };

    bool expects_key() const {
        return !open_.empty() && open_.back()->kind == YamlNode::Kind::map && !keys_.back().given;
    }

    /// A value that is not there is met only where the next one begins; a reader looks for it beside its key.
    YAML::Mark at_its_key(YAML::Mark mark) const {
        if (!keys_.empty() && keys_.back().given) mark.line = keys_.back().line - 1;
        return mark;
    }

    static void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != 0) {
            throw Refused{mark.line + 1, "anchors (&) and aliases (*) are not used in packs", "write the value out"};
        }
    }
    static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!") {
            throw Refused{mark.line + 1, "tags (!) are not used in packs", "leave the tag out"};
        }
    }

    YamlNode* add(const YAML::Mark& mark, YamlNode::Kind kind) {
        if (expects_key()) throw Refused{mark.line + 1, "a key must be a text", "write it as  key: value"};
        if (file_.nodes.size() >= YamlLimits::values_max) {
            throw Refused{mark.line + 1, fmt::format("the file holds more than {} values", YamlLimits::values_max),
                          "split it into several files"};
        }
        YamlNode& node = file_.nodes.emplace_back();
        node.kind = kind;
        node.line = mark.line + 1;
        if (open_.empty()) {
            root_ = &node;
        } else if (open_.back()->kind == YamlNode::Kind::list) {
            open_.back()->items.push_back({"", node.line, false, &node});
        } else {
            add_under_key(*open_.back(), node);
        }
        return &node;
    }

    void add_under_key(YamlNode& map, const YamlNode& value) {
        Key& key = keys_.back();
        const auto same = std::ranges::find(map.items, key.text, &YamlItem::key);
        if (same != map.items.end()) {
            file_.problems.add(file_.name, key.line,
                               fmt::format("the key '{}' stands here twice (first in line {})", key.text, same->line),
                               "keep one of them");
        } else {
            map.items.push_back({key.text, key.line, false, &value});
        }
        key = {};
    }

    void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (open_.size() >= YamlLimits::depth_max) {
            throw Refused{mark.line + 1,
                          fmt::format("lists and maps are nested more than {} deep", YamlLimits::depth_max),
                          "flatten them"};
        }
        open_.push_back(add(mark, kind));
        keys_.emplace_back();
    }
    void end() {
        open_.pop_back();
        keys_.pop_back();
    }

    YamlFile& file_;
    const YamlNode* root_ = nullptr;
    std::vector<YamlNode*> open_;
    std::vector<Key> keys_;
};

const YamlNode* parse(YamlFile& file, std::string_view bytes) {
    TreeBuilder builder(file);
    try {
        if (bytes.size() > YamlLimits::bytes_max) {
            throw Refused{0, fmt::format("the file is larger than {} bytes", YamlLimits::bytes_max), "split it"};
        }
        if (!text::is_utf8(bytes) || bytes.find('\0') != std::string_view::npos) {
            throw Refused{0, "the file is not UTF-8 text", "save it as UTF-8"};
        }
        std::istringstream stream{std::string(bytes)};
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder) || builder.root() == nullptr ||
            builder.root()->kind == YamlNode::Kind::nothing) {
            throw Refused{0, "the file is empty", "write its contents or remove it"};
        }
        TreeBuilder another(file);
        if (parser.HandleNextDocument(another)) {
            throw Refused{another.root() ? another.root()->line : 0, "the file holds a second document after '---'",
                          "put it into a file of its own"};
        }
        return builder.root();
    } catch (const Refused& refused) {
        file.problems.add(file.name, refused.line, refused.message, refused.remedy);
    } catch (const YAML::Exception& exception) {
        file.problems.add(file.name, std::max(exception.mark.line + 1, 0),
                          fmt::format("this is not YAML: {}", exception.msg), syntax_remedy);
    }
    return nullptr;
}

std::string quoted_list(std::span<const std::string> words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "'" : ", '") + word + "'";
    return out;
}

void report_unknown_keys(const YamlFile& file) {
    for (const YamlNode& node : file.nodes) {
        if (node.kind != YamlNode::Kind::map) continue;
        for (const YamlItem& item : node.items) {
            if (item.asked || node.known.empty()) continue;
            const auto near = nearest(item.key, node.known);
            file.problems.add(file.name, item.line, fmt::format("there is no key '{}' here", item.key),
                              near ? fmt::format("did you mean '{}'?", *near)
                                   : fmt::format("the keys known here are {}", quoted_list(node.known)));
        }
    }
}

const char* kind_in_words(const YamlNode& node) {
    switch (node.kind) {
        case YamlNode::Kind::nothing: return "nothing";
        case YamlNode::Kind::text: return "a text";
        case YamlNode::Kind::list: return "a list";
        case YamlNode::Kind::map: return "a map";
    }
    return "nothing";
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

}  // namespace
}  // namespace detail

using detail::YamlItem;
using detail::YamlNode;

std::string Problem::text() const {
    return line > 0 ? fmt::format("{}:{}: {}; {}", file, line, message, remedy)
                    : fmt::format("{}: {}; {}", file, message, remedy);
}

void Problems::add(std::string_view file, int line, std::string message, std::string remedy) {
    if (all_.size() < kept_max) {
        all_.push_back({std::string(file), line, std::move(message), std::move(remedy)});
    } else {
        ++left_out_;
    }
}

std::string Problems::text() const {
    std::string out;
    for (const Problem& problem : all_) out += (out.empty() ? "" : "\n") + problem.text();
    if (left_out_ > 0) out += fmt::format("\nand {} more", left_out_);
    return out;
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known) {
    constexpr std::size_t compared_max = 80;
    if (word.size() > compared_max) return std::nullopt;
    std::optional<std::string> best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : known) {
        const std::size_t distance = detail::edit_distance(text::ascii_lower(word), text::ascii_lower(candidate));
        if (distance < best_distance && distance < candidate.size()) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

int Yaml::line() const { return node_ ? node_->line : 0; }
std::string_view Yaml::file() const { return file_ ? std::string_view(file_->name) : std::string_view(); }

void Yaml::problem(std::string message, std::string remedy) const {
    if (file_) file_->problems.add(file_->name, line(), std::move(message), std::move(remedy));
}

Yaml Yaml::maybe(std::string_view key) const {
    if (!node_) return *this;
    if (node_->kind != YamlNode::Kind::map) {
        problem(fmt::format("a map with the key '{}' is expected here, not {}", key, detail::kind_in_words(*node_)),
                fmt::format("write  {}: …", key));
        return {nullptr, file_};
    }
    if (std::ranges::find(node_->known, key) == node_->known.end()) node_->known.emplace_back(key);
    const auto item = std::ranges::find(node_->items, key, &YamlItem::key);
    if (item == node_->items.end()) return {nullptr, file_};
    item->asked = true;
    return {item->value, file_};
}

Yaml Yaml::at(std::string_view key) const {
    const bool can_be_asked = node_ && node_->kind == YamlNode::Kind::map;
    const Yaml found = maybe(key);
    if (!found && can_be_asked) problem(fmt::format("the key '{}' is missing", key), fmt::format("add  {}: …", key));
    return found;
}

bool Yaml::is_text() const { return node_ && node_->kind == YamlNode::Kind::text; }
bool Yaml::is_list() const { return node_ && node_->kind == YamlNode::Kind::list; }
bool Yaml::is_map() const { return node_ && node_->kind == YamlNode::Kind::map; }

const std::string* Yaml::scalar(std::string_view wanted) const {
    if (!node_) return nullptr;
    if (is_text()) return &node_->text;
    problem(fmt::format("{} is expected here, not {}", wanted, detail::kind_in_words(*node_)),
            node_->kind == YamlNode::Kind::nothing ? "write it after the colon, or remove the key"
                                                   : fmt::format("write {} alone", wanted));
    return nullptr;
}

std::string Yaml::as_text() const {
    const std::string* found = scalar("a text");
    if (!found) return {};
    const std::string_view trimmed = text::trim(*found);
    if (trimmed.empty()) problem("the text is empty", "write it, or remove the key");
    if (text::clean(trimmed) != trimmed) {
        problem("the text holds control characters", "remove them; only line breaks and tabs are allowed");
    }
    return std::string(trimmed);
}

std::string Yaml::as_id() const {
    constexpr std::size_t id_max = 80;
    const std::string* found = scalar("an id");
    if (!found) return {};
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    };
    const bool starts_well = !found->empty() && (*found)[0] != '.' && (*found)[0] != '_' && (*found)[0] != '-';
    if (!starts_well || found->size() > id_max || !std::ranges::all_of(*found, allowed)) {
        problem(
            fmt::format("'{}' is not an id", *found),
            fmt::format("use up to {} lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit",
                        id_max));
        return {};
    }
    return *found;
}

std::optional<Yaml::Date> Yaml::as_date() const {
    const std::string* found = scalar("a date");
    if (!found) return std::nullopt;
    const std::string& s = *found;
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    const auto number = [&](std::size_t from, std::size_t size, auto& into) {
        const auto [end, error] = std::from_chars(s.data() + from, s.data() + from + size, into);
        return error == std::errc() && end == s.data() + from + size && s[from] != '-';
    };
    const bool shaped =
        s.size() == 10 && s[4] == '-' && s[7] == '-' && number(0, 4, year) && number(5, 2, month) && number(8, 2, day);
    const Date date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!shaped || !date.ok()) {
        problem(fmt::format("'{}' is not a date", s), "write a day that exists as YYYY-MM-DD, as in 2026-02-28");
        return std::nullopt;
    }
    return date;
}

bool Yaml::as_flag(bool otherwise) const {
    const std::string* found = scalar("true or false");
    if (!found) return otherwise;
    if (*found == "true") return true;
    if (*found == "false") return false;
    problem(fmt::format("'{}' is neither true nor false", *found), "write true or false");
    return otherwise;
}

long Yaml::as_integer(long least, long most, long otherwise) const {
    const std::string* found = scalar("a whole number");
    if (!found) return otherwise;
    long value = 0;
    const auto [end, error] = std::from_chars(found->data(), found->data() + found->size(), value);
    if (error != std::errc() || end != found->data() + found->size() || value < least || value > most) {
        problem(fmt::format("'{}' is not a whole number from {} to {}", *found, least, most),
                fmt::format("write one from {} to {}, without unit", least, most));
        return otherwise;
    }
    return value;
}

std::vector<Yaml> Yaml::as_list() const {
    std::vector<Yaml> out;
    if (!node_) return out;
    if (!is_list()) {
        problem(fmt::format("a list is expected here, not {}", detail::kind_in_words(*node_)),
                "put each member on a line of its own that begins with '- '");
        return out;
    }
    for (const YamlItem& item : node_->items) out.push_back(Yaml(item.value, file_));
    return out;
}

std::vector<std::string> Yaml::as_texts() const {
    std::vector<std::string> out;
    for (const Yaml& member : as_list()) out.push_back(member.as_text());
    return out;
}

std::vector<std::pair<std::string, Yaml>> Yaml::as_entries() const {
    std::vector<std::pair<std::string, Yaml>> out;
    if (!node_) return out;
    if (!is_map()) {
        problem(fmt::format("a map is expected here, not {}", detail::kind_in_words(*node_)),
                "write lines of the form  key: value");
        return out;
    }
    for (const YamlItem& item : node_->items) {
        item.asked = true;
        out.emplace_back(item.key, Yaml(item.value, file_));
    }
    return out;
}

std::optional<std::size_t> Yaml::choice_index(std::span<const std::string> words) const {
    const std::string* found = scalar("one of the words " + detail::quoted_list(words));
    if (!found) return std::nullopt;
    const auto word = std::ranges::find(words, *found);
    if (word != words.end()) return static_cast<std::size_t>(word - words.begin());
    const auto near = nearest(*found, words);
    problem(fmt::format("'{}' is not one of {}", *found, detail::quoted_list(words)),
            near ? fmt::format("did you mean '{}'?", *near) : "choose one of them");
    return std::nullopt;
}

void read_yaml(std::string_view file, std::string_view bytes, Problems& problems,
               const std::function<void(Yaml)>& reader) {
    detail::YamlFile tree{std::string(file), problems, {}};
    const YamlNode* root = detail::parse(tree, bytes);
    if (!root) return;
    reader(Yaml(root, &tree));
    detail::report_unknown_keys(tree);
}

}  // namespace tideline::knowledge
