#include "knowledge/indicators.h"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <cctype>
#include <set>

#include "base/text.h"

namespace tideline::knowledge {

std::string_view name_of(Profile profile) {
    switch (profile) {
        case Profile::adult_labour: return "adult-labour";
        case Profile::child_labour: return "child-labour";
        case Profile::adult_sexual: return "adult-sexual";
        case Profile::child_sexual: return "child-sexual";
    }
    return "";
}

std::optional<Profile> profile_named(std::string_view name) {
    for (const Profile profile : all_profiles) {
        if (name_of(profile) == name) return profile;
    }
    return std::nullopt;
}

std::string_view name_of(Strength strength) {
    switch (strength) {
        case Strength::strong: return "strong";
        case Strength::medium: return "medium";
        case Strength::weak: return "weak";
    }
    return "";
}

std::string_view name_of(PackKind kind) {
    switch (kind) {
        case PackKind::graded: return "graded";
        case PackKind::plain: return "plain";
        case PackKind::danger: return "danger";
        case PackKind::element: return "element";
    }
    return "";
}

std::string_view name_of(Element element) {
    switch (element) {
        case Element::act: return "act";
        case Element::means: return "means";
        case Element::purpose: return "purpose";
    }
    return "";
}

std::string_view Wording::found_as(std::string_view language) const {
    for (const std::string_view code : {language, language.substr(0, language.find('-'))}) {
        if (const auto found = by_language.find(code); found != by_language.end()) return found->first;
    }
    return {};
}

const std::string& Wording::in(std::string_view language) const {
    static const std::string nothing;
    const std::string_view code = found_as(language);
    const auto found = by_language.find(code.empty() ? "en" : code);
    return found == by_language.end() ? nothing : found->second;
}

bool Wording::is_draft(std::string_view language) const { return drafts.contains(found_as(language)); }

const Indicator* Indicators::find(std::string_view id) const {
    const auto at = position(id);
    return at ? &all_[*at] : nullptr;
}

std::optional<std::size_t> Indicators::position(std::string_view id) const {
    const auto found = by_id_.find(std::string(id));
    if (found == by_id_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::string> Indicators::nearest_id(std::string_view id) const {
    std::vector<std::string> known;
    known.reserve(all_.size());
    for (const Indicator& indicator : all_) known.push_back(indicator.id);
    return nearest(id, known);
}

std::string Indicators::version() const {
    std::string all;
    for (const IndicatorPack& pack : packs_) all += pack.name + ' ' + pack.version + ' ' + pack.content + '\n';
    std::string stated;
    for (const IndicatorPack& pack : packs_) {
        if (pack.kind == PackKind::graded) stated += pack.version + '+';
    }
    return stated + content_name(all);
}

std::string content_name(std::string_view bytes) {
    static constexpr boost::uuids::uuid nothing{};
    boost::uuids::name_generator_sha1 name(nothing);
    return boost::uuids::to_string(name(bytes.data(), bytes.size()));
}

namespace {

/// "2009", "2009-09" or "2009-09-30".
bool is_partial_date(std::string_view date) {
    const auto parts = text::split(date, '-');
    if (parts.size() > 3 || parts[0].size() != 4) return false;
    static constexpr int most[] = {2100, 12, 31};
    static constexpr int least[] = {1900, 1, 1};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0 && parts[i].size() != 2) return false;
        int value = 0;
        for (const char c : parts[i]) {
            if (c < '0' || c > '9') return false;
            value = value * 10 + (c - '0');
        }
        if (value < least[i] || value > most[i]) return false;
    }
    return true;
}

bool is_language_code(std::string_view code) {
    const std::string_view base = code.substr(0, code.find('-'));
    return (base.size() == 2 || base.size() == 3) && code.size() <= 12 &&
           std::all_of(base.begin(), base.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string partial_date(const Yaml& entry, const std::string& otherwise) {
    const std::string date = entry.maybe_text("date");
    if (!entry.maybe("date")) return otherwise;
    if (!date.empty() && !is_partial_date(date)) {
        entry.at("date").problem("'" + date + "' is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD");
    }
    return date;
}

/// Which languages of a pack are drafts, as its `translations` say. A language that is not there is one: nobody said
/// that it was reviewed.
using Translations = std::map<std::string, bool, std::less<>>;

Translations read_translations(const Yaml& top) {
    Translations translations;
    for (const auto& [language, state] : top.maybe_entries("translations")) {
        if (!is_language_code(language)) {
            state.problem("'" + language + "' is not a language code", "write a BCP 47 code such as en, vi or zh-Hant");
        }
        translations[language] = state.as_choice<bool>({{"draft", true}, {"reviewed", false}}, true);
    }
    return translations;
}

Wording wording(const Yaml& entry, std::string_view key, std::size_t characters_max, const Translations& translations) {
    Wording words;
    const Yaml place = entry.at(key);
    if (!place) return words;
    for (const auto& [language, value] : place.as_entries()) {
        std::string said = value.as_text();
        if (text::length(said) > characters_max) {
            value.problem("the text has more than " + std::to_string(characters_max) + " characters", "shorten it");
        }
        if (!is_language_code(language)) {
            value.problem("'" + language + "' is not a language code", "write a BCP 47 code such as en, vi or zh-Hant");
        } else if (const auto state = translations.find(language);
                   language != "en" && (state == translations.end() || state->second)) {
            words.drafts.insert(language);
        }
        words.by_language[language] = std::move(said);
    }
    if (place.is_map() && !words.by_language.contains("en")) {
        place.problem("'" + std::string(key) + "' has no English text", "add 'en: \"...\"'");
    }
    return words;
}

std::string_view stem_of(std::string_view path) {
    path.remove_prefix(std::min(path.rfind('/') + 1, path.size()));
    return path.substr(0, path.rfind('.'));
}

}  // namespace

/// Reads all files into one Indicators, then checks what only the whole can tell.
struct IndicatorReader {
    struct Reference {
        std::string id, file;
        int line;
        std::string from;
    };

    Indicators result;
    Problems& problems;
    std::vector<Reference> references;
    Translations translations;  ///< of the pack that is being read

    void read_pack(std::string_view path, std::string_view bytes) {
        read_yaml(path, bytes, problems, [&](Yaml top) {
            IndicatorPack pack;
            pack.file = std::string(path);
            pack.content = content_name(bytes);
            pack.name = top.id("pack");
            if (!pack.name.empty() && pack.name != stem_of(path)) {
                top.at("pack").problem("the pack calls itself '" + pack.name + "' but the file is named '" +
                                           std::string(stem_of(path)) + "'",
                                       "give both the same name");
            }
            pack.version = top.id("version");
            pack.kind = top.choice<PackKind>("kind", {{"graded", PackKind::graded},
                                                      {"plain", PackKind::plain},
                                                      {"danger", PackKind::danger},
                                                      {"element", PackKind::element}});
            translations = read_translations(top);
            pack.title = wording(top, "title", IndicatorLimits::label_characters_max, translations);
            if (top.maybe("closing")) read_closing(top);
            pack.source = top.text("source");
            top.at("date");
            pack.date = partial_date(top, "");
            pack.verified = top.flag("verified");
            const auto valid_from = top.maybe_date("valid_from");
            if (pack.kind == PackKind::graded) read_grading(top, pack);
            const std::size_t index = result.packs_.size();
            const std::vector<Yaml> entries = top.list("indicators");
            if (top.at("indicators").is_list() && entries.empty()) {
                top.at("indicators").problem("the pack has no indicators", "add at least one, or remove the file");
            }
            for (const Yaml& entry : entries) read_indicator(entry, pack, index, valid_from);
            result.packs_.push_back(std::move(pack));
        });
    }

    void read_closing(const Yaml& top) {
        if (!result.closing_.by_language.empty()) {
            top.at("closing").problem("another pack already has a 'closing'", "remove one of the two");
        }
        result.closing_ = wording(top, "closing", IndicatorLimits::closing_characters_max, translations);
    }

    void read_grading(const Yaml& top, IndicatorPack& pack) {
        for (const auto& [name, value] : top.entries("profiles")) {
            const auto profile = profile_named(name);
            if (!profile) {
                value.problem("there is no profile '" + name + "'",
                              "use adult-labour, child-labour, adult-sexual or child-sexual");
            }
            wording(value, "label", IndicatorLimits::label_characters_max, translations);
            const bool verified = value.flag("verified");
            if (profile) pack.profile_verified[static_cast<std::size_t>(*profile)] = verified;
        }
        for (const auto& [id, value] : top.entries("dimensions")) {
            Dimension dimension;
            dimension.id = id;
            dimension.label = wording(value, "label", IndicatorLimits::label_characters_max, translations);
            dimension.element =
                value.choice<Element>("element", {{"means", Element::means}, {"purpose", Element::purpose}});
            dimension.recruitment = value.choice<bool>("phase", {{"recruitment", true}, {"destination", false}});
            const bool twice = std::any_of(result.dimensions_.begin(), result.dimensions_.end(),
                                           [&](const Dimension& known) { return known.id == id; });
            if (twice) {
                value.problem("another pack already has a dimension '" + id + "'",
                              "there can be one graded pack; give this one another kind");
            }
            result.dimensions_.push_back(std::move(dimension));
        }
    }

    void read_indicator(const Yaml& entry, const IndicatorPack& pack, std::size_t pack_index,
                        const std::optional<Yaml::Date>& valid_from) {
        Indicator made;
        made.id = entry.id("id");
        made.pack = pack_index;
        made.kind = pack.kind;
        made.label = wording(entry, "label", IndicatorLimits::label_characters_max, translations);
        made.question = wording(entry, "question", IndicatorLimits::question_characters_max, translations);
        for (const auto& [language, question] : made.question.by_language) {
            if (language == "en" && !question.empty() && !question.ends_with('?')) {
                entry.at("question")
                    .problem("the question does not end with a question mark",
                             "ask one plain question and end it with '?'");
            }
        }
        made.sensitive = entry.maybe_flag("sensitive", false);
        made.lead_only = entry.maybe_flag("lead_only", false);
        made.source = entry.maybe("source") ? entry.text("source") : pack.source;
        made.date = partial_date(entry, pack.date);
        made.verified = entry.maybe_flag("verified", pack.verified);
        made.note = entry.maybe_text("note");
        made.valid_from = entry.maybe("valid_from") ? entry.maybe_date("valid_from") : valid_from;
        made.valid_to = entry.maybe_date("valid_to");
        if (made.valid_from && made.valid_to && *made.valid_to < *made.valid_from) {
            entry.at("valid_to").problem("valid_to is before valid_from", "correct one of the two dates");
        }
        if (pack.kind == PackKind::graded) read_strength(entry, made);
        if (pack.kind == PackKind::element) {
            made.element = entry.choice<Element>("element", {{"act", Element::act}, {"purpose", Element::purpose}});
        }
        for (const Yaml& alias : entry.maybe_list("aliases")) {
            made.aliases.push_back(alias.as_id());
            claim(made.aliases.back(), alias);
        }
        for (const Yaml& other : entry.maybe_list("see")) {
            made.see.push_back(other.as_id());
            if (made.see.back() == made.id) {
                other.problem("the indicator refers to itself under 'see'", "remove it from 'see'");
            }
            references.push_back({made.see.back(), std::string(entry.file()), other.line(), "see"});
        }
        if (entry.at("id")) claim(made.id, entry.at("id"));
        if (result.all_.size() == IndicatorLimits::indicators_max) {
            entry.problem("there are more than " + std::to_string(IndicatorLimits::indicators_max) + " indicators",
                          "remove packs that are not used");
        }
        result.all_.push_back(std::move(made));
    }

    void read_strength(const Yaml& entry, Indicator& made) {
        made.dimension = entry.id("dimension");
        std::vector<std::string> known;
        for (const Dimension& dimension : result.dimensions_) known.push_back(dimension.id);
        if (!made.dimension.empty() && std::find(known.begin(), known.end(), made.dimension) == known.end()) {
            std::string list;
            for (const auto& id : known) list += (list.empty() ? "" : ", ") + id;
            entry.at("dimension").problem("there is no dimension '" + made.dimension + "'", "use one of: " + list);
        }
        bool any = false;
        for (const auto& [name, value] : entry.entries("strength")) {
            const auto profile = profile_named(name);
            any = true;
            if (!profile) {
                value.problem("there is no profile '" + name + "'",
                              "use adult-labour, child-labour, adult-sexual or child-sexual");
                continue;
            }
            made.strength[static_cast<std::size_t>(*profile)] = value.as_choice<Strength>(
                {{"strong", Strength::strong}, {"medium", Strength::medium}, {"weak", Strength::weak}}, Strength::weak);
        }
        if (!any && entry.at("strength").is_map()) {
            entry.at("strength")
                .problem("the indicator has no strength in any profile", "give it one, such as 'adult-labour: medium'");
        }
    }

    /// Makes an id known, once.
    void claim(const std::string& id, const Yaml& place) {
        if (id.empty()) return;
        const auto [at, fresh] = result.by_id_.emplace(id, result.all_.size());
        if (!fresh) place.problem("'" + id + "' is the id or alias of two indicators", "give one of them another id");
    }

    void read_phrases(std::string_view path, std::string_view bytes) {
        read_yaml(path, bytes, problems, [&](Yaml top) {
            PhraseBook book = read_phrase_book(top, stem_of(path));
            for (const auto& [id, list] : top.maybe_entries("phrases")) {
                references.push_back({id, std::string(path), list.line(), "phrases"});
            }
            result.books_.push_back(std::move(book));
        });
    }

    void check_references() {
        for (const Reference& reference : references) {
            if (reference.id.empty()) continue;
            const Indicator* found = result.find(reference.id);
            if (found == nullptr) {
                const auto meant = result.nearest_id(reference.id);
                problems.add(reference.file, reference.line,
                             "there is no indicator '" + reference.id + "' (under '" + reference.from + "')",
                             meant ? "did you mean '" + *meant + "'?" : "use the id of an indicator of some pack");
            } else if (found->id != reference.id) {
                problems.add(reference.file, reference.line,
                             "'" + reference.id + "' is an alias (under '" + reference.from + "')",
                             "write '" + found->id + "'");
            }
        }
    }
};

Indicators read_indicators(const Files& files, Problems& problems) {
    IndicatorReader reader{{}, problems, {}, {}};
    std::vector<std::pair<std::string_view, std::string_view>> phrases;
    for (const auto& [path, bytes] : files.below("indicators/")) {
        if (!path.ends_with(".yaml")) continue;
        if (path.starts_with("indicators/phrases/")) {
            phrases.emplace_back(path, bytes);
        } else {
            reader.read_pack(path, bytes);
        }
    }
    for (const auto& [path, bytes] : phrases) reader.read_phrases(path, bytes);
    reader.check_references();
    return std::move(reader.result);
}

}  // namespace tideline::knowledge
