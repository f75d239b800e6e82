#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "knowledge/files.h"
#include "knowledge/po.h"
#include "knowledge/types.h"

namespace tideline::knowledge {

/// Who stands behind a translation. A draft says so at the foot of every page in that language.
enum class TranslationState { draft, reviewed };

/// The texts of the public site in every language that is offered. Message ids are the English texts themselves, so a
/// text that is not translated is shown in English. May be used from several threads.
class Catalogue {
public:
    /// The language that the ids are written in.
    static constexpr std::string_view source_language = "en";

    /// Reads `languages/<code>.po` for each language but that of the ids, which needs no file. Problems (a missing
    /// file, a broken one, placeholders that differ) are added, not returned.
    static Catalogue load(const Files& files, std::span<const Language> languages, Problems& problems);

    /// The text in a language, or the id itself if there is none. Lives as long as the id and the catalogue.
    std::string_view translate(std::string_view language, std::string_view id, std::string_view context = {}) const;
    /// The form of a text that goes with a number, or one of the two English forms.
    std::string_view translate(std::string_view language, std::string_view one, std::string_view many,
                               std::uint64_t number) const;
    /// True if translate() finds the id in that language. Always true for the language of the ids.
    bool has(std::string_view language, std::string_view id, std::string_view context = {}) const;

    /// From the PO header X-Translation-State; the language of the ids counts as reviewed, an unknown one as draft.
    TranslationState state(std::string_view language) const;

private:
    struct Tongue {
        TranslationState state = TranslationState::draft;
        std::unordered_map<std::string, std::vector<std::string>> texts;
        std::optional<PluralRule> plural_rule;
    };
    static Tongue read(std::string_view path, std::string_view bytes, std::string_view code, Problems& problems);
    const std::vector<std::string>* find(std::string_view language, std::string_view id,
                                         std::string_view context) const;

    std::map<std::string, Tongue, std::less<>> tongues_;
};

}  // namespace tideline::knowledge
