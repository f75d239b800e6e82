#include "knowledge/po.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"

namespace tideline::knowledge {

// Plural forms -------------------------------------------------------------------------------------------------------

/// Recursive descent over the grammar of C conditional expressions; `depth_` bounds the recursion.
class PluralRule::Parser {
public:
    Parser(std::string_view text, std::vector<Node>& nodes) : text_(text), nodes_(nodes) {}

    std::optional<int> whole() {
        const int root = conditional();
        skip();
        return root >= 0 && at_ == text_.size() ? std::optional(root) : std::nullopt;
    }

private:
    static constexpr int depth_max = 50;

    struct Operator {
        std::string_view sign;
        char op;
        int level;
    };
    static constexpr Operator operators[] = {
        {"||", '|', 0}, {"&&", '&', 1}, {"==", '=', 2}, {"!=", '!', 2}, {"<=", 'l', 3}, {">=", 'g', 3}, {"<", '<', 3},
        {">", '>', 3},  {"+", '+', 4},  {"-", '-', 4},  {"*", '*', 5},  {"/", '/', 5},  {"%", '%', 5}};
    static constexpr int level_max = 5;

    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    bool take(std::string_view sign) {
        skip();
        if (!text_.substr(at_).starts_with(sign)) return false;
        at_ += sign.size();
        return true;
    }
    int make(Node node) {
        nodes_.push_back(node);
        return static_cast<int>(nodes_.size()) - 1;
    }

    int conditional() {
        if (++depth_ > depth_max) return -1;
        const int condition = binary(0);
        int out = condition;
        if (condition >= 0 && take("?")) {
            const int yes = conditional();
            const int no = yes >= 0 && take(":") ? conditional() : -1;
            out = no >= 0 ? make({'?', 0, condition, yes, no}) : -1;
        }
        --depth_;
        return out;
    }

    int binary(int level) {
        if (level > level_max) return unary();
        int left = binary(level + 1);
        while (left >= 0) {
            const Operator* found = nullptr;
            skip();
            for (const Operator& candidate : operators) {
                if (text_.substr(at_).starts_with(candidate.sign)) {
                    found = &candidate;
                    break;
                }
            }
            if (!found || found->level != level) break;
            at_ += found->sign.size();
            const int right = binary(level + 1);
            left = right >= 0 ? make({found->op, 0, left, right, -1}) : -1;
        }
        return left;
    }

    int unary() {
        if (++depth_ > depth_max) return -1;
        int out = -1;
        if (take("!")) {
            const int operand = unary();
            out = operand >= 0 ? make({'~', 0, operand, -1, -1}) : -1;
        } else if (take("(")) {
            out = conditional();
            if (!take(")")) out = -1;
        } else if (take("n")) {
            out = make({'n', 0, -1, -1, -1});
        } else {
            std::uint64_t value = 0;
            const char* begin = text_.data() + at_;
            const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
            if (error == std::errc()) {
                at_ += static_cast<std::size_t>(end - begin);
                out = make({'#', value, -1, -1, -1});
            }
        }
        --depth_;
        return out;
    }

    std::string_view text_;
    std::vector<Node>& nodes_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

std::optional<PluralRule> PluralRule::parse(std::string_view header) {
    constexpr std::size_t length_max = 500;
    if (header.size() > length_max) return std::nullopt;
    PluralRule rule;
    const auto parts = text::split(header, ';');
    const auto value = [](std::string_view part, std::string_view name) -> std::optional<std::string_view> {
        part = text::trim(part);
        if (!part.starts_with(name)) return std::nullopt;
        part = text::trim(part.substr(name.size()));
        return part.starts_with("=") ? std::optional(text::trim(part.substr(1))) : std::nullopt;
    };
    if (parts.size() < 2 || parts.size() > 3 || (parts.size() == 3 && !text::trim(parts[2]).empty()))
        return std::nullopt;
    const auto count = value(parts[0], "nplurals");
    const auto expression = value(parts[1], "plural");
    if (!count || !expression) return std::nullopt;
    const auto [end, error] = std::from_chars(count->data(), count->data() + count->size(), rule.forms_);
    if (error != std::errc() || end != count->data() + count->size()) return std::nullopt;
    if (rule.forms_ < 1 || rule.forms_ > PoLimits::plural_forms_max) return std::nullopt;
    const auto root = Parser(*expression, rule.nodes_).whole();
    if (!root) return std::nullopt;
    rule.root_ = *root;
    return rule;
}

std::uint64_t PluralRule::evaluate(int index, std::uint64_t n) const {
    const Node& node = nodes_[static_cast<std::size_t>(index)];
    switch (node.op) {
        case 'n': return n;
        case '#': return node.constant;
        case '?': return evaluate(node.a, n) != 0 ? evaluate(node.b, n) : evaluate(node.c, n);
        case '~': return evaluate(node.a, n) == 0 ? 1 : 0;
        case '|': return evaluate(node.a, n) != 0 || evaluate(node.b, n) != 0 ? 1 : 0;
        case '&': return evaluate(node.a, n) != 0 && evaluate(node.b, n) != 0 ? 1 : 0;
        default: break;
    }
    const std::uint64_t a = evaluate(node.a, n);
    const std::uint64_t b = evaluate(node.b, n);
    switch (node.op) {
        case '=': return a == b;
        case '!': return a != b;
        case '<': return a < b;
        case '>': return a > b;
        case 'l': return a <= b;
        case 'g': return a >= b;
        case '+': return a + b;
        case '-': return a - b;
        case '*': return a * b;
        case '/': return b == 0 ? 0 : a / b;
        case '%': return b == 0 ? 0 : a % b;
        default: return 0;
    }
}

int PluralRule::form(std::uint64_t number) const {
    const std::uint64_t found = evaluate(root_, number);
    return found < static_cast<std::uint64_t>(forms_) ? static_cast<int>(found) : 0;
}

// Reading ------------------------------------------------------------------------------------------------------------

namespace {

class PoReader {
public:
    PoReader(std::string_view file, Problems& problems) : file_(file), problems_(problems) {}

    PoFile read(std::string_view bytes) {
        if (bytes.size() > PoLimits::bytes_max) {
            problem(0, fmt::format("the file is larger than {} bytes", PoLimits::bytes_max), "split it");
            return {};
        }
        if (!text::is_utf8(bytes) || bytes.find('\0') != std::string_view::npos) {
            problem(0, "the file is not UTF-8 text", "save it as UTF-8");
            return {};
        }
        for (std::string_view line : text::split(bytes, '\n')) {
            ++line_;
            if (line.ends_with('\r')) line.remove_suffix(1);
            read_line(line);
            if (full_) break;
        }
        if (!full_) finish_entry();
        check_header();
        return std::move(po_);
    }

private:
    void problem(int line, std::string message, std::string remedy) {
        problems_.add(file_, line, std::move(message), std::move(remedy));
    }

    void read_line(std::string_view line) {
        line = text::trim(line);
        if (line.empty()) return;
        if (line.front() == '#') return read_comment(line);
        if (line.front() == '"') return read_continuation(line);
        const std::size_t word_end = std::min(line.find_first_of(" \t\""), line.size());
        read_keyword(line.substr(0, word_end), text::trim(line.substr(word_end)));
    }

    void read_comment(std::string_view line) {
        if (line.starts_with("#~")) {  // what is no longer used is dropped
            finish_entry();
            return;
        }
        if (!entry_.texts.empty()) finish_entry();
        if (line.starts_with("#,")) {
            for (const std::string_view flag : text::split(line.substr(2), ',')) {
                if (text::trim(flag) == "fuzzy") entry_.fuzzy = true;
            }
        } else if (line.starts_with("#:")) {
            for (const std::string_view place : text::split(line.substr(2), ' ')) {
                if (!text::trim(place).empty()) entry_.references.emplace_back(text::trim(place));
            }
        } else if (!line.starts_with("#|")) {
            entry_.comments.emplace_back(line);
        }
    }

    void read_continuation(std::string_view line) {
        if (!open_) {
            problem(line_, "a quoted line stands alone", "put it below a msgid or msgstr");
            return;
        }
        append_quoted(line, *open_);
    }

    void read_keyword(std::string_view word, std::string_view rest) {
        std::string* target = nullptr;
        if (word == "msgctxt") {
            if (has_id_) finish_entry();
            target = &entry_.context;
        } else if (word == "msgid") {
            if (has_id_) finish_entry();
            has_id_ = true;
            entry_.line = line_;
            target = &entry_.id;
        } else if (word == "msgid_plural") {
            if (!has_id_ || !entry_.texts.empty()) return out_of_order(word, "msgid");
            target = &entry_.plural;
        } else if (word.starts_with("msgstr")) {
            if (!has_id_) return out_of_order(word, "msgid");
            if (!next_text(word)) return;
            target = &entry_.texts.back();
        } else {
            problem(line_, fmt::format("'{}' is not a word of PO files", text::first(word, 30)),
                    "begin the line with msgid, msgstr, msgctxt, msgid_plural, a quote or #");
            open_ = nullptr;
            return;
        }
        open_ = target;
        if (rest.empty()) {
            problem(line_, fmt::format("{} has no text", word), "write it in double quotes, even if it is empty");
            return;
        }
        append_quoted(rest, *target);
    }

    void out_of_order(std::string_view word, std::string_view before) {
        problem(line_, fmt::format("{} without {} before it", word, before), fmt::format("write the {} first", before));
        open_ = nullptr;
    }

    /// Makes room for msgstr or msgstr[n].
    bool next_text(std::string_view word) {
        const std::string expected =
            entry_.plural.empty() ? std::string("msgstr") : fmt::format("msgstr[{}]", entry_.texts.size());
        const bool second = entry_.plural.empty() && !entry_.texts.empty();
        if (word != expected || second || entry_.texts.size() >= PoLimits::plural_forms_max) {
            problem(line_, fmt::format("{} is not expected here", text::first(word, 30)),
                    second ? "remove the second msgstr" : fmt::format("write {}", expected));
            open_ = nullptr;
            return false;
        }
        entry_.texts.emplace_back();
        return true;
    }

    void append_quoted(std::string_view quoted, std::string& to) {
        if (quoted.size() < 2 || quoted.front() != '"' || quoted.back() != '"') {
            problem(line_, "the text is not closed", "put it between two double quotes on one line");
            return;
        }
        quoted = quoted.substr(1, quoted.size() - 2);
        for (std::size_t i = 0; i < quoted.size(); ++i) {
            if (quoted[i] == '"') {
                problem(line_, "a double quote stands inside the text", "write it as \\\"");
                return;
            }
            if (quoted[i] != '\\') {
                to += quoted[i];
                continue;
            }
            const char escaped = i + 1 < quoted.size() ? quoted[++i] : '\0';
            switch (escaped) {
                case 'n': to += '\n'; break;
                case 't': to += '\t'; break;
                case '"': to += '"'; break;
                case '\\': to += '\\'; break;
                default:
                    problem(line_, "a backslash stands before a sign that it does not go with",
                            "use only \\n, \\t, \\\" and \\\\");
                    return;
            }
        }
    }

    void finish_entry() {
        open_ = nullptr;
        PoEntry entry = std::exchange(entry_, {});
        if (!std::exchange(has_id_, false)) return;
        if (entry.texts.empty()) {
            problem(entry.line, "this msgid has no msgstr", "add  msgstr \"\"");
            return;
        }
        if (entry.id.empty() && entry.context.empty()) return finish_header(entry);
        if (po_.entries.size() >= PoLimits::entries_max) {
            problem(entry.line, fmt::format("the file holds more than {} entries", PoLimits::entries_max), "split it");
            full_ = true;
            return;
        }
        if (!seen_.insert(entry.context + '\x04' + entry.id).second) {
            problem(entry.line, fmt::format("the msgid \"{}\" stands here twice", text::first(entry.id, 40)),
                    "keep one of them");
            return;
        }
        po_.entries.push_back(std::move(entry));
    }

    void finish_header(const PoEntry& entry) {
        if (!po_.header.empty()) {
            problem(entry.line, "the header (the entry with an empty msgid) stands here twice", "keep the first");
            return;
        }
        header_line_ = entry.line;
        po_.header_comments = entry.comments;
        for (const std::string_view line : text::split(entry.texts[0], '\n')) {
            if (text::trim(line).empty()) continue;
            const std::size_t colon = line.find(':');
            if (colon == std::string_view::npos || colon == 0) {
                problem(entry.line, fmt::format("the header line \"{}\" has no colon", text::first(line, 40)),
                        "write it as  Name: value\\n");
                continue;
            }
            po_.header.emplace_back(text::trim(line.substr(0, colon)), text::trim(line.substr(colon + 1)));
        }
    }

    void check_header() {
        if (po_.header.empty()) {
            problem(1, "the header is missing", "begin with  msgid \"\"  msgstr \"Language: …\\n…\"");
            return;
        }
        const std::string_view type = po_.field("Content-Type");
        if (!type.empty() && text::ascii_lower(type).find("charset=utf-8") == std::string::npos) {
            problem(header_line_, fmt::format("the charset in \"{}\" is not UTF-8", text::first(type, 60)),
                    "save the file as UTF-8 and write  Content-Type: text/plain; charset=UTF-8");
        }
        const std::string_view plural = po_.field("Plural-Forms");
        if (!plural.empty()) {
            po_.plural_rule = PluralRule::parse(plural);
            if (!po_.plural_rule) {
                problem(header_line_, fmt::format("Plural-Forms \"{}\" cannot be read", text::first(plural, 60)),
                        "write it as  nplurals=2; plural=(n != 1);");
            }
        }
        for (const PoEntry& entry : po_.entries) check_plural(entry);
    }

    void check_plural(const PoEntry& entry) {
        if (entry.plural.empty()) return;
        if (!po_.plural_rule) {
            problem(entry.line, "a plural without Plural-Forms in the header", "add Plural-Forms to the header");
        } else if (static_cast<int>(entry.texts.size()) != po_.plural_rule->forms()) {
            problem(
                entry.line,
                fmt::format("{} plural forms, but the header says {}", entry.texts.size(), po_.plural_rule->forms()),
                "write one msgstr[n] for each form");
        }
    }

    std::string file_;
    Problems& problems_;
    PoFile po_;
    PoEntry entry_;
    bool has_id_ = false;
    bool full_ = false;
    std::string* open_ = nullptr;
    std::set<std::string> seen_;
    int line_ = 0;
    int header_line_ = 0;
};

// Writing ------------------------------------------------------------------------------------------------------------

void write_quoted(std::string& out, std::string_view word, std::string_view value) {
    out += word;
    const auto escape = [&](std::string_view part) {
        out += '"';
        for (const char c : part) {
            switch (c) {
                case '\n': out += "\\n"; break;
                case '\t': out += "\\t"; break;
                case '"': out += "\\\""; break;
                case '\\': out += "\\\\"; break;
                default: out += c;
            }
        }
        out += "\"\n";
    };
    out += ' ';
    const std::size_t first_break = value.find('\n');
    if (first_break == std::string_view::npos || first_break + 1 == value.size()) return escape(value);
    out += "\"\"\n";
    while (!value.empty()) {
        const std::size_t size = std::min(value.find('\n'), value.size() - 1) + 1;
        escape(value.substr(0, size));
        value.remove_prefix(size);
    }
}

}  // namespace

std::string_view PoFile::field(std::string_view name) const {
    const auto found = std::ranges::find(header, name, &std::pair<std::string, std::string>::first);
    return found != header.end() ? std::string_view(found->second) : std::string_view();
}

PoFile read_po(std::string_view file, std::string_view bytes, Problems& problems) {
    return PoReader(file, problems).read(bytes);
}

std::string write_po(const PoFile& po) {
    std::string out;
    for (const std::string& comment : po.header_comments) out += comment + "\n";
    std::string header;
    for (const auto& [name, value] : po.header) header += name + ": " + value + "\n";
    out += "msgid \"\"\n";
    write_quoted(out, "msgstr", header);
    for (const PoEntry& entry : po.entries) {
        out += "\n";
        for (const std::string& comment : entry.comments) out += comment + "\n";
        for (const std::string& place : entry.references) out += "#: " + place + "\n";
        if (entry.fuzzy) out += "#, fuzzy\n";
        if (!entry.context.empty()) write_quoted(out, "msgctxt", entry.context);
        write_quoted(out, "msgid", entry.id);
        if (!entry.plural.empty()) write_quoted(out, "msgid_plural", entry.plural);
        for (std::size_t i = 0; i < entry.texts.size(); ++i) {
            write_quoted(out, entry.plural.empty() ? std::string("msgstr") : fmt::format("msgstr[{}]", i),
                         entry.texts[i]);
        }
    }
    return out;
}

// Placeholders -------------------------------------------------------------------------------------------------------

namespace {
bool names_a_placeholder(std::string_view name) {
    return !name.empty() && name.size() <= 80 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    });
}
}  // namespace

std::optional<std::vector<std::string>> placeholders(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; (at = text.find_first_of("{}", at)) != std::string_view::npos;) {
        const std::size_t end = text.find_first_of("{}", at + 1);
        if (text[at] == '}' || end == std::string_view::npos || text[end] == '{') return std::nullopt;
        const std::string_view name = text.substr(at + 1, end - at - 1);
        if (!names_a_placeholder(name)) return std::nullopt;
        out.emplace_back(name);
        at = end + 1;
    }
    std::ranges::sort(out);
    return out;
}

std::string fill(std::string_view text, const std::map<std::string, std::string, std::less<>>& values) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = std::min(text.find('{', at), text.size());
        out += text.substr(at, open - at);
        at = open;
        const std::size_t close = text.find('}', open);
        if (open == text.size()) break;
        const auto value =
            close == std::string_view::npos ? values.end() : values.find(text.substr(open + 1, close - open - 1));
        if (value == values.end()) {
            out += '{';
            ++at;
        } else {
            out += value->second;
            at = close + 1;
        }
    }
    return out;
}

}  // namespace tideline::knowledge
