#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/embedded.h"
#include "web/secret_text.h"

/// Pages from templates. A template is HTML with three kinds of marks:
///
///     [[Your report, {name}]]     a text that is translated; {name} is a variable; < and & need no escaping
///     {{name}}                    a variable, escaped for where it stands (text, attribute, URL)
///     {{#LIST}} … {{/LIST}}       a section: shown once for every Dict that was added under that name
///     {{^LIST}} … {{/LIST}}       shown if the section LIST was not added
///     {{<public/header}}          the text of templates/public/header.tpl, in the same variables
///     {{drawing:none}}            a variable that must have been set with set_html
///
/// Values are never markup unless set_html says so. Inner sections see the variables of outer ones.
namespace tideline::web {

/// What fills a template: a tree of values. A plain value type; what it holds is wiped when it goes.
class Dict {
public:
    Dict() = default;
    Dict(Dict&&) noexcept = default;
    Dict& operator=(Dict&&) noexcept = default;

    /// Sets a variable; it will be escaped. Replaces an earlier value.
    Dict& set(std::string_view name, std::string_view value);
    Dict& set(std::string_view name, std::int64_t value);
    /// Sets a variable that is markup made by us (a QR code), for {{name:none}} only.
    Dict& set_html(std::string_view name, std::string_view markup);
    /// Adds one showing of a section and returns what fills it; the reference holds until this Dict goes.
    Dict& section(std::string_view name);
    /// Adds the section, without variables of its own, if `shown`.
    Dict& show(std::string_view name, bool shown = true);
    /// Adds a Dict made elsewhere as one showing of a section.
    Dict& add(std::string_view name, Dict dict);

private:
    friend class Templates;
    struct Value {
        SecretText text;
        bool markup = false;
    };
    std::map<std::string, Value, std::less<>> values_;
    std::map<std::string, std::vector<std::unique_ptr<Dict>>, std::less<>> sections_;
};

/// The text of `msgid` in a language; the msgid itself if there is none. Thread-safe.
using Translate = std::function<std::string(std::string_view language, std::string_view msgid)>;

/// Every template of the binary in every language. Safe from several threads.
class Templates {
public:
    /// Reads the files "templates/<name>.tpl". Throws std::invalid_argument, naming template and place, for a template
    /// that is malformed: unclosed section or text, unknown template to include, name that is not [A-Za-z0-9_]+.
    Templates(std::span<const EmbeddedFile> files, Translate translate);
    ~Templates();

    /// Fills a template ("public/home"). Throws std::invalid_argument for an unknown template or, while `strict`, for
    /// a Dict that does not fit: a variable that is shown but not set, a name that the template does not have, markup
    /// where text is expected or the other way round.
    SecretText render(std::string_view language, std::string_view name, const Dict& dict) const;

    /// Checks on every render() that Dict and template fit (default: yes; it costs a few microseconds). Without it,
    /// what is not set is shown as nothing.
    void strict(bool on) { strict_ = on; }

    /// The names of all templates.
    std::vector<std::string> names() const;
    /// Every text of all templates, for the catalogues: msgid with the templates that use it.
    std::map<std::string, std::set<std::string>> texts() const;
    /// Compiles every template in a language and says what is wrong with it: a translation whose placeholders differ
    /// from the msgid's (it is not used then), markup that the escaper cannot follow. Empty: all is well.
    std::vector<std::string> faults(std::string_view language) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    bool strict_ = true;
};

/// The {placeholders} of a text, sorted, each once.
std::set<std::string> placeholders_of(std::string_view text);

}  // namespace tideline::web
