#include "knowledge/catalogue.h"

#include <fmt/format.h>

namespace tideline::knowledge {

namespace {

std::string key_of(std::string_view context, std::string_view id) {
    return context.empty() ? std::string(id) : fmt::format("{}\x04{}", context, id);
}

std::string in_braces(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "{" : " {") + name + "}";
    return out.empty() ? "none" : out;
}

/// A translation must name the same placeholders as its id, as often.
void check_placeholders(std::string_view path, const PoEntry& entry, Problems& problems) {
    const auto wanted = placeholders(entry.id);
    if (!wanted) return;  // braces that are no placeholders: the id is shown as it is
    const auto wanted_of_many = entry.plural.empty() ? wanted : placeholders(entry.plural);
    for (const std::string& text : entry.texts) {
        if (text.empty()) continue;
        const auto found = placeholders(text);
        if (found == wanted || found == wanted_of_many) continue;
        problems.add(path, entry.line,
                     found ? fmt::format("the placeholders differ: {} in msgid, {} in msgstr", in_braces(*wanted),
                                         in_braces(*found))
                           : "a brace is left alone in msgstr",
                     "keep every {name} of the msgid as it is, in Latin letters");
    }
}

}  // namespace

Catalogue::Tongue Catalogue::read(std::string_view path, std::string_view bytes, std::string_view code,
                                  Problems& problems) {
    Tongue tongue;
    PoFile po = read_po(path, bytes, problems);
    const std::string_view state = po.field("X-Translation-State");
    if (state != "draft" && state != "reviewed") {
        problems.add(path, 1, "the header has no X-Translation-State",
                     "write  X-Translation-State: draft\\n  until a speaker of the language has reviewed every text, "
                     "then  reviewed");
    }
    tongue.state = state == "reviewed" ? TranslationState::reviewed : TranslationState::draft;
    if (po.field("Language") != code) {
        problems.add(path, 1,
                     fmt::format("the header says Language: {}, the file is named {}", po.field("Language"), code),
                     "make them agree");
    }
    for (PoEntry& entry : po.entries) {
        check_placeholders(path, entry, problems);
        if (entry.fuzzy || entry.texts[0].empty()) continue;
        tongue.texts.emplace(key_of(entry.context, entry.id), std::move(entry.texts));
    }
    tongue.plural_rule = std::move(po.plural_rule);
    return tongue;
}

Catalogue Catalogue::load(const Files& files, std::span<const Language> languages, Problems& problems) {
    Catalogue out;
    for (const Language& language : languages) {
        if (language.code == source_language) continue;
        const std::string path = fmt::format("languages/{}.po", language.code);
        const auto bytes = files.find(path);
        if (!bytes) {
            problems.add(path, 0, fmt::format("the pack offers {}, but this file is missing", language.english_name),
                         "add it, or take the language out of jurisdiction.yaml");
            continue;
        }
        out.tongues_.emplace(language.code, read(path, *bytes, language.code, problems));
    }
    return out;
}

const std::vector<std::string>* Catalogue::find(std::string_view language, std::string_view id,
                                                std::string_view context) const {
    const auto tongue = tongues_.find(language);
    if (tongue == tongues_.end()) return nullptr;
    const auto found = tongue->second.texts.find(key_of(context, id));
    return found != tongue->second.texts.end() ? &found->second : nullptr;
}

std::string_view Catalogue::translate(std::string_view language, std::string_view id, std::string_view context) const {
    const auto* found = find(language, id, context);
    return found ? std::string_view(found->front()) : id;
}

std::string_view Catalogue::translate(std::string_view language, std::string_view one, std::string_view many,
                                      std::uint64_t number) const {
    const auto* found = find(language, one, {});
    if (!found) return number == 1 ? one : many;
    const auto& rule = tongues_.find(language)->second.plural_rule;
    const auto form = rule ? static_cast<std::size_t>(rule->form(number)) : 0;
    return form < found->size() && !(*found)[form].empty() ? (*found)[form] : found->front();
}

bool Catalogue::has(std::string_view language, std::string_view id, std::string_view context) const {
    return language == source_language || find(language, id, context) != nullptr;
}

TranslationState Catalogue::state(std::string_view language) const {
    if (language == source_language) return TranslationState::reviewed;
    const auto tongue = tongues_.find(language);
    return tongue != tongues_.end() ? tongue->second.state : TranslationState::draft;
}

}  // namespace tideline::knowledge
