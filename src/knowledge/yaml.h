#pragma once
#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

/// Reads the YAML of a pack and explains everything that is wrong with it, with file, line and remedy.
///
///     Problems problems;
///     read_yaml("nz/agencies.yaml", bytes, problems, [&](Yaml file) {
///         for (Yaml entry : file.list("agencies")) {
///             Agency agency;
///             agency.id = entry.id("id");
///             agency.name = entry.text("name");
///             agency.since = entry.maybe_date("since");
///             if (agency.name.size() > 80) entry.problem("the name is too long", "keep it under 80 letters");
///             agencies.push_back(agency);
///         }
///     });
///     if (!problems.empty()) return problems.error();
///
/// A getter that finds something wrong adds a problem and returns an empty value, so that one run finds all
/// problems. The keys that a reader asks for are the keys that are known: once the reader returns, every key that
/// was never asked for is a problem, with the nearest known key as the suggestion. What is read is a strict part of
/// YAML: one document, no anchors, no tags, no duplicate keys. yaml-cpp stays inside yaml.cpp.
namespace tideline::knowledge {

/// Limits of one file of a pack.
struct YamlLimits {
    static constexpr std::size_t bytes_max = 2u << 20;
    static constexpr std::size_t depth_max = 24;
    static constexpr std::size_t values_max = 200'000;
};

/// One thing wrong in a file.
struct Problem {
    std::string file;
    int line = 0;  ///< from 1; 0 speaks of the whole file
    std::string message;
    std::string remedy;

    /// "nz/visas.yaml:12: there is no key 'verfied' here; did you mean 'verified'?" - the way compilers say it.
    std::string text() const;
};

/// What is wrong, in the order in which it was found. Keeps the first `kept_max` and counts the rest.
class Problems {
public:
    static constexpr std::size_t kept_max = 200;

    void add(std::string_view file, int line, std::string message, std::string remedy);
    bool empty() const { return all_.empty(); }
    const std::vector<Problem>& all() const { return all_; }

    /// One problem a line, and how many more there are.
    std::string text() const;
    /// All of them as one Error::invalid.
    Error error() const { return {ErrorKind::invalid, text()}; }

private:
    std::vector<Problem> all_;
    std::size_t left_out_ = 0;
};

/// The one of `known` that is spelled most like `word`, if any is near enough to be meant.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known);

namespace detail {
struct YamlNode;
struct YamlFile;
}  // namespace detail

/// A place in a YAML file: a map, a list or a text. Cheap to copy; valid only inside the reader it was given to.
/// An absent value is a Yaml too: it answers every question with an empty value and reports nothing more.
class Yaml {
public:
    using Date = std::chrono::year_month_day;
    template <class T>
    using Choices = std::initializer_list<std::pair<std::string_view, T>>;

    bool present() const { return node_ != nullptr; }
    explicit operator bool() const { return present(); }
    int line() const;
    /// The name of the file as it was given to read_yaml.
    std::string_view file() const;

    /// The value under a key; a problem if the key is missing.
    Yaml at(std::string_view key) const;
    /// The value under a key, or an absent Yaml.
    Yaml maybe(std::string_view key) const;

    // Each getter for a key has two forms: the plain one reports a missing key, the `maybe_` one allows it.
    std::string text(std::string_view key) const { return at(key).as_text(); }
    std::string maybe_text(std::string_view key) const { return maybe(key).as_text(); }
    std::string id(std::string_view key) const { return at(key).as_id(); }
    std::string maybe_id(std::string_view key) const { return maybe(key).as_id(); }
    Date date(std::string_view key) const { return at(key).as_date().value_or(Date{}); }
    std::optional<Date> maybe_date(std::string_view key) const { return maybe(key).as_date(); }
    bool flag(std::string_view key) const { return at(key).as_flag(false); }
    bool maybe_flag(std::string_view key, bool otherwise) const { return maybe(key).as_flag(otherwise); }
    long integer(std::string_view key, long least, long most) const { return at(key).as_integer(least, most, least); }
    long maybe_integer(std::string_view key, long least, long most, long otherwise) const {
        return maybe(key).as_integer(least, most, otherwise);
    }
    std::vector<Yaml> list(std::string_view key) const { return at(key).as_list(); }
    std::vector<Yaml> maybe_list(std::string_view key) const { return maybe(key).as_list(); }
    std::vector<std::string> texts(std::string_view key) const { return at(key).as_texts(); }
    std::vector<std::string> maybe_texts(std::string_view key) const { return maybe(key).as_texts(); }
    std::vector<std::pair<std::string, Yaml>> entries(std::string_view key) const { return at(key).as_entries(); }
    std::vector<std::pair<std::string, Yaml>> maybe_entries(std::string_view key) const {
        return maybe(key).as_entries();
    }
    /// One of the words of an enumeration: `entry.choice<Side>("side", {{"left", Side::left}, {"right",
    /// Side::right}})`.
    template <class T>
    T choice(std::string_view key, Choices<T> choices) const {
        return at(key).template as_choice<T>(choices, choices.begin()->second);
    }
    template <class T>
    T maybe_choice(std::string_view key, Choices<T> choices, T otherwise) const {
        return maybe(key).template as_choice<T>(choices, otherwise);
    }

    // The same for the value itself: for the members of lists and maps.
    bool is_text() const;
    bool is_list() const;
    bool is_map() const;
    /// Without white space at either end; a problem if it is empty or not a text.
    std::string as_text() const;
    /// Lower-case letters, digits, '.', '_' and '-'; starts with a letter or digit; at most 80 characters.
    std::string as_id() const;
    /// YYYY-MM-DD, a day that exists.
    std::optional<Date> as_date() const;
    /// `true` or `false`, nothing else.
    bool as_flag(bool otherwise) const;
    /// A whole number from `least` to `most`, both included.
    long as_integer(long least, long most, long otherwise) const;
    std::vector<Yaml> as_list() const;
    std::vector<std::string> as_texts() const;
    /// Key and value of a map whose keys are data (language codes, say), in the file's order. All keys count as known.
    std::vector<std::pair<std::string, Yaml>> as_entries() const;
    template <class T>
    T as_choice(Choices<T> choices, T otherwise) const {
        std::vector<std::string> words;
        for (const auto& choice : choices) words.emplace_back(choice.first);
        const std::optional<std::size_t> index = choice_index(words);
        return index ? (choices.begin() + *index)->second : otherwise;
    }

    /// Reports something wrong at this place; the remedy says what to do about it.
    void problem(std::string message, std::string remedy) const;

private:
    friend void read_yaml(std::string_view, std::string_view, Problems&, const std::function<void(Yaml)>&);
    Yaml(const detail::YamlNode* node, detail::YamlFile* file) : node_(node), file_(file) {}
    std::optional<std::size_t> choice_index(std::span<const std::string> words) const;
    const std::string* scalar(std::string_view wanted) const;

    const detail::YamlNode* node_ = nullptr;
    detail::YamlFile* file_ = nullptr;
};

/// Reads one file and hands its outermost map to `reader`, then reports the keys that it did not ask for.
/// The reader is not called when the bytes are not the part of YAML that packs are written in; that is a problem too.
void read_yaml(std::string_view file, std::string_view bytes, Problems& problems,
               const std::function<void(Yaml)>& reader);

}  // namespace tideline::knowledge
