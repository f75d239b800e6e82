#include "web/templates.h"

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary.h>
#include <ctemplate/template_emitter.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <stdexcept>

#include "base/text.h"

namespace tideline::web {

namespace {

constexpr std::size_t include_depth_max = 20;

bool is_mark_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char byte) {
        return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
               byte == '_';
    });
}

/// One piece of a template.
struct Node {
    enum class Kind { markup, text, variable, raw_variable, section, inverted };
    Kind kind = Kind::markup;
    std::string content;  ///< the markup, the msgid or the name
    std::vector<Node> children;
    std::size_t number = 0;  ///< of an inverted section, unique within its template
};

/// A template as it was written, includes resolved; the same for every language.
struct Source {
    std::string name;
    std::vector<Node> nodes;
    std::set<std::string, std::less<>> variables;  ///< also those within texts
    std::set<std::string, std::less<>> sections;
    /// Inverted sections that stand directly in the section of that name ("" is the template itself): number, name.
    std::map<std::string, std::vector<std::pair<std::size_t, std::string>>, std::less<>> inverted;
    std::set<std::string> texts;
};

class SourceReader {
public:
    using Files = std::map<std::string, std::string_view, std::less<>>;
    explicit SourceReader(const Files& files) : files_(files) {}

    Source read(const std::string& name) {
        source_ = {};
        source_.name = name;
        inverted_count_ = 0;
        source_.nodes = read_file(name, {"", false}, 0);
        return std::move(source_);
    }

private:
    struct Scope {
        std::string section;  ///< whose Dict fills what stands here
        bool is_open;         ///< inside a section of this very file
    };

    struct Place {
        const std::string& file;
        std::string_view rest;
        std::string_view whole;
    };

    [[noreturn]] void fail(const Place& place, const std::string& what) const {
        const auto line = 1 + std::count(place.whole.begin(),
                                         place.whole.end() - static_cast<std::ptrdiff_t>(place.rest.size()), '\n');
        throw std::invalid_argument("template " + place.file + ", line " + std::to_string(line) + ": " + what);
    }

    std::vector<Node> read_file(const std::string& name, const Scope& scope, std::size_t depth) {
        const auto file = files_.find(name);
        if (file == files_.end())
            throw std::invalid_argument("template " + source_.name + ": there is no template " + name);
        if (depth > include_depth_max)
            throw std::invalid_argument("template " + source_.name + ": " + name + " includes itself");
        Place place{name, file->second, file->second};
        return read_until(place, "", scope, depth);
    }

    /// Reads up to the closing mark of section `closes`, or to the end of the file for "".
    std::vector<Node> read_until(Place& place, std::string_view closes, const Scope& scope, std::size_t depth) {
        std::vector<Node> nodes;
        while (!place.rest.empty()) {
            const std::size_t mark = std::min(place.rest.find("{{"), place.rest.find("[["));
            const std::size_t length = std::min(mark, place.rest.size());
            if (length > 0) nodes.push_back({Node::Kind::markup, std::string(place.rest.substr(0, length)), {}, 0});
            place.rest.remove_prefix(length);
            if (place.rest.empty()) break;
            if (place.rest.starts_with("[[")) {
                nodes.push_back(read_text(place));
                continue;
            }
            const std::string_view inner = enclosed(place, "}}");
            if (inner.starts_with('!')) {
                step_over(place, inner);
            } else if (inner.starts_with('/')) {
                if (closes.empty() || inner.substr(1) != closes)
                    fail(place, "{{" + std::string(inner) + "}} closes nothing that is open");
                step_over(place, inner);
                return nodes;
            } else if (inner.starts_with('<')) {
                step_over(place, inner);
                auto included = read_file(std::string(inner.substr(1)), scope, depth + 1);
                std::move(included.begin(), included.end(), std::back_inserter(nodes));
            } else if (inner.starts_with('#') || inner.starts_with('^')) {
                nodes.push_back(read_section(place, inner, scope, depth));
            } else {
                nodes.push_back(read_variable(place, inner));
            }
        }
        if (!closes.empty()) fail(place, "section " + std::string(closes) + " is not closed");
        return nodes;
    }

    std::string_view enclosed(const Place& place, std::string_view end) const {
        const std::size_t length = place.rest.find(end, 2);
        if (length == std::string_view::npos) fail(place, "a mark is not closed by " + std::string(end));
        return place.rest.substr(2, length - 2);
    }
    static void step_over(Place& place, std::string_view inner) { place.rest.remove_prefix(inner.size() + 4); }

    Node read_text(Place& place) {
        const std::string_view msgid = enclosed(place, "]]");
        if (msgid.empty() || msgid.find('\n') != std::string_view::npos || msgid != text::trim(msgid))
            fail(place, "a text is empty, has a line break, or white space at its ends");
        for (const std::string& name : placeholders_of(msgid)) {
            if (!is_mark_name(name)) fail(place, "{" + name + "} is not a name");
            source_.variables.insert(name);
        }
        if (msgid.find("{{") != std::string_view::npos) fail(place, "within a text, variables are written {name}");
        source_.texts.insert(std::string(msgid));
        step_over(place, msgid);
        return {Node::Kind::text, std::string(msgid), {}, 0};
    }

    Node read_section(Place& place, std::string_view inner, const Scope& scope, std::size_t depth) {
        const std::string name(inner.substr(1));
        if (!is_mark_name(name)) fail(place, "{{" + std::string(inner) + "}} has a malformed name");
        step_over(place, inner);
        source_.sections.insert(name);
        Node node;
        node.content = name;
        if (inner.starts_with('#')) {
            node.kind = Node::Kind::section;
            node.children = read_until(place, name, {name, true}, depth);
        } else {
            node.kind = Node::Kind::inverted;
            node.number = inverted_count_++;
            source_.inverted[scope.section].emplace_back(node.number, name);
            node.children = read_until(place, name, scope, depth);
        }
        return node;
    }

    Node read_variable(Place& place, std::string_view inner) {
        const bool is_raw = inner.ends_with(":none");
        const std::string name(inner.substr(0, inner.size() - (is_raw ? 5 : 0)));
        if (!is_mark_name(name)) fail(place, "{{" + std::string(inner) + "}} is not a mark that is known");
        step_over(place, inner);
        source_.variables.insert(name);
        return {is_raw ? Node::Kind::raw_variable : Node::Kind::variable, name, {}, 0};
    }

    const Files& files_;
    Source source_;
    std::size_t inverted_count_ = 0;
};

std::string inverted_name(std::size_t number) { return "TIDELINE_NOT_" + std::to_string(number); }

/// The text with & < > " ' escaped and {name} as the engine's variables.
std::string text_as_template(std::string_view translated) {
    const std::string escaped = text::html_escape(translated);
    std::string result;
    std::size_t at = 0;
    while (at < escaped.size()) {
        const std::size_t open = std::min(escaped.find('{', at), escaped.size());
        result.append(escaped, at, open - at);
        if (open == escaped.size()) break;
        const std::size_t close = escaped.find('}', open);
        const std::string name = close == std::string::npos ? "" : escaped.substr(open + 1, close - open - 1);
        if (is_mark_name(name)) {
            result += "{{" + name + "}}";
            at = close + 1;
        } else {
            result += "&#123;";
            at = open + 1;
        }
    }
    return result;
}

/// Whether what follows stands between tags, not in one. There the engine's "pre" escaping is used: the same as its
/// usual one, but that keeps line breaks, which people put into what they tell.
bool stands_in_text(std::string_view written) {
    const std::size_t opened = written.rfind('<');
    const std::size_t closed = written.rfind('>');
    return closed != std::string_view::npos && (opened == std::string_view::npos || opened < closed);
}

/// Writes what the engine takes: texts in the language, sections and variables in its own marks.
void write_engine_template(const std::vector<Node>& nodes,
                           const std::function<std::string(const std::string&)>& text_of, std::string& to) {
    for (const Node& node : nodes) {
        switch (node.kind) {
            case Node::Kind::markup: to += node.content; break;
            case Node::Kind::text: to += text_as_template(text_of(node.content)); break;
            case Node::Kind::variable: to += "{{" + node.content + (stands_in_text(to) ? ":p}}" : "}}"); break;
            case Node::Kind::raw_variable: to += "{{" + node.content + ":none}}"; break;
            case Node::Kind::section:
            case Node::Kind::inverted: {
                const std::string name = node.kind == Node::Kind::section ? node.content : inverted_name(node.number);
                to += "{{#" + name + "}}";
                write_engine_template(node.children, text_of, to);
                to += "{{/" + name + "}}";
                break;
            }
        }
    }
}

/// Collects the page in memory that is wiped.
class SecretEmitter : public ctemplate::ExpandEmitter {
public:
    explicit SecretEmitter(SecretText& to) : to_(to) {}
    void Emit(char byte) override { to_.push_back(byte); }
    void Emit(const std::string& bytes) override { to_.append(bytes); }
    void Emit(const char* bytes) override { to_.append(bytes); }
    void Emit(const char* bytes, std::size_t length) override { to_.append({bytes, length}); }

private:
    SecretText& to_;
};

ctemplate::TemplateString view_of(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

Dict& Dict::set(std::string_view name, std::string_view value) {
    values_.insert_or_assign(std::string(name), Value{SecretText(value), false});
    return *this;
}

Dict& Dict::set(std::string_view name, std::int64_t value) { return set(name, std::to_string(value)); }

Dict& Dict::set_html(std::string_view name, std::string_view markup) {
    values_.insert_or_assign(std::string(name), Value{SecretText(markup), true});
    return *this;
}

Dict& Dict::section(std::string_view name) {
    auto& shown = sections_[std::string(name)];
    shown.push_back(std::make_unique<Dict>());
    return *shown.back();
}

Dict& Dict::show(std::string_view name, bool shown) {
    if (shown) section(name);
    return *this;
}

Dict& Dict::add(std::string_view name, Dict dict) {
    Dict& added = section(name);
    added = std::move(dict);
    return added;
}

std::set<std::string> placeholders_of(std::string_view text) {
    std::set<std::string> names;
    std::size_t open = text.find('{');
    while (open != std::string_view::npos) {
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) break;
        names.emplace(text.substr(open + 1, close - open - 1));
        open = text.find('{', close);
    }
    return names;
}

struct Templates::Impl {
    /// The Dicts that fill what stands at one place, innermost first.
    struct Chain {
        const Dict* dict;
        const Chain* outer;
    };
    struct Compiled {
        std::unique_ptr<ctemplate::Template> engine;  ///< null if the escaper could not follow the markup
        std::vector<std::string> faults;
    };

    std::map<std::string, Source, std::less<>> sources;
    Translate translate;
    std::shared_mutex mutex;
    std::map<std::pair<std::string, std::string>, std::unique_ptr<const Compiled>, std::less<>> compiled;

    const Source& source(std::string_view name) const {
        const auto found = sources.find(name);
        if (found == sources.end()) throw std::invalid_argument("there is no template " + std::string(name));
        return found->second;
    }

    /// Compiles on first use: most languages are rare, and a start must be quick.
    const Compiled& in_language(std::string_view language, const Source& of) {
        const std::pair<std::string, std::string> key(language, of.name);
        {
            const std::shared_lock lock(mutex);
            const auto found = compiled.find(key);
            if (found != compiled.end()) return *found->second;
        }
        auto made = std::make_unique<const Compiled>(compile(language, of));
        const std::unique_lock lock(mutex);
        return *compiled.emplace(key, std::move(made)).first->second;
    }

    Compiled compile(std::string_view language, const Source& of) const {
        Compiled result;
        const auto text_of = [&](const std::string& msgid) {
            std::string translated = translate(language, msgid);
            if (placeholders_of(translated) == placeholders_of(msgid)) return translated;
            result.faults.push_back("template " + of.name + ", " + std::string(language) +
                                    ": the placeholders of the translation differ from those of \"" + msgid + "\"");
            return msgid;
        };
        std::string text = "{{%AUTOESCAPE context=\"HTML\"}}";
        write_engine_template(of.nodes, text_of, text);
        result.engine.reset(ctemplate::Template::StringToTemplate(text, ctemplate::STRIP_BLANK_LINES));
        if (!result.engine)
            result.faults.push_back("template " + of.name + ", " + std::string(language) +
                                    ": the markup cannot be followed");
        return result;
    }

    static const Dict::Value* value_in(const Chain* chain, std::string_view name) {
        for (; chain != nullptr; chain = chain->outer) {
            const auto found = chain->dict->values_.find(name);
            if (found != chain->dict->values_.end()) return &found->second;
        }
        return nullptr;
    }
    /// The showings of a section as the engine finds them: from the nearest Dict that has it.
    static const std::vector<std::unique_ptr<Dict>>* section_in(const Chain* chain, std::string_view name) {
        for (; chain != nullptr; chain = chain->outer) {
            const auto found = chain->dict->sections_.find(name);
            if (found != chain->dict->sections_.end()) return &found->second;
        }
        return nullptr;
    }

    [[noreturn]] static void misfit(const Source& of, const std::string& what) {
        throw std::invalid_argument("template " + of.name + ": " + what);
    }

    static void check_variable(const Source& of, const Chain& chain, const std::string& name, bool wants_markup) {
        const Dict::Value* value = value_in(&chain, name);
        if (value == nullptr) misfit(of, "the variable " + name + " is shown but not set");
        if (value->markup != wants_markup)
            misfit(of, "the variable " + name +
                           (wants_markup ? " must be set with set_html" : " is markup where text is expected"));
    }

    static void check_shown(const Source& of, const std::vector<Node>& nodes, const Chain& chain) {
        for (const Node& node : nodes) {
            switch (node.kind) {
                case Node::Kind::markup: break;
                case Node::Kind::text:
                    for (const std::string& name : placeholders_of(node.content))
                        check_variable(of, chain, name, false);
                    break;
                case Node::Kind::variable: check_variable(of, chain, node.content, false); break;
                case Node::Kind::raw_variable: check_variable(of, chain, node.content, true); break;
                case Node::Kind::section:
                    if (const auto* showings = section_in(&chain, node.content))
                        for (const auto& dict : *showings) check_shown(of, node.children, {dict.get(), &chain});
                    break;
                case Node::Kind::inverted:
                    if (section_in(&chain, node.content) == nullptr) check_shown(of, node.children, chain);
                    break;
            }
        }
    }

    static void check_known(const Source& of, const Dict& dict) {
        for (const auto& [name, value] : dict.values_)
            if (!of.variables.contains(name)) misfit(of, "there is no variable " + name);
        for (const auto& [name, showings] : dict.sections_) {
            if (!of.sections.contains(name)) misfit(of, "there is no section " + name);
            for (const auto& showing : showings) check_known(of, *showing);
        }
    }

    /// Copies the tree into the engine's, without copying the values.
    static void fill(const Source& of, const Chain& chain, std::string_view section,
                     ctemplate::TemplateDictionary& engine) {
        for (const auto& [name, value] : chain.dict->values_)
            engine.SetValueWithoutCopy(view_of(name), view_of(value.text.view()));
        for (const auto& [name, showings] : chain.dict->sections_)
            for (const auto& showing : showings)
                fill(of, {showing.get(), &chain}, name, *engine.AddSectionDictionary(view_of(name)));
        const auto inverted = of.inverted.find(section);
        if (inverted == of.inverted.end()) return;
        for (const auto& [number, name] : inverted->second)
            if (section_in(&chain, name) == nullptr) engine.ShowSection(inverted_name(number));
    }
};

Templates::Templates(std::span<const EmbeddedFile> files, Translate translate) : impl_(std::make_unique<Impl>()) {
    constexpr std::string_view folder = "templates/";
    constexpr std::string_view ending = ".tpl";
    impl_->translate = std::move(translate);
    SourceReader::Files by_name;
    for (const EmbeddedFile& file : files) {
        if (!file.path.starts_with(folder) || !file.path.ends_with(ending)) continue;
        by_name.emplace(file.path.substr(folder.size(), file.path.size() - folder.size() - ending.size()), file.bytes);
    }
    SourceReader reader(by_name);
    for (const auto& [name, bytes] : by_name) impl_->sources.emplace(name, reader.read(name));
}

Templates::~Templates() = default;

SecretText Templates::render(std::string_view language, std::string_view name, const Dict& dict) const {
    const Source& source = impl_->source(name);
    const Impl::Chain chain{&dict, nullptr};
    if (strict_) {
        Impl::check_known(source, dict);
        Impl::check_shown(source, source.nodes, chain);
    }
    const Impl::Compiled& compiled = impl_->in_language(language, source);
    if (!compiled.engine) throw std::invalid_argument(compiled.faults.back());
    ctemplate::TemplateDictionary engine_dict("page");
    Impl::fill(source, chain, "", engine_dict);
    SecretText page;
    page.reserve(16 * 1024);
    SecretEmitter emitter(page);
    if (!compiled.engine->Expand(&emitter, &engine_dict))
        throw std::invalid_argument("template " + source.name + " cannot be filled");
    return page;
}

std::vector<std::string> Templates::names() const {
    std::vector<std::string> names;
    for (const auto& [name, source] : impl_->sources) names.push_back(name);
    return names;
}

std::map<std::string, std::set<std::string>> Templates::texts() const {
    std::map<std::string, std::set<std::string>> texts;
    for (const auto& [name, source] : impl_->sources)
        for (const std::string& msgid : source.texts) texts[msgid].insert(name);
    return texts;
}

std::vector<std::string> Templates::faults(std::string_view language) const {
    std::vector<std::string> all;
    for (const auto& [name, source] : impl_->sources) {
        const auto& faults = impl_->in_language(language, source).faults;
        all.insert(all.end(), faults.begin(), faults.end());
    }
    return all;
}

}  // namespace tideline::web
