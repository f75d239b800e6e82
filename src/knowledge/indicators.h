#pragma once
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "knowledge/files.h"
#include "knowledge/indicator_phrases.h"
#include "knowledge/yaml.h"

/// Indicator packs: the published lists of signs of trafficking, as data (`knowledge/indicators/*.yaml`), and the
/// phrases in which people tell of them (`knowledge/indicators/phrases/*.yaml`). docs/assessment.md tells how one is
/// written. Indicators screen; none of them decides an offence or what a person is.
namespace tideline::knowledge {

/// Limits of the indicator packs.
struct IndicatorLimits {
    static constexpr std::size_t indicators_max = 5000;
    static constexpr std::size_t label_characters_max = 160;
    static constexpr std::size_t question_characters_max = 240;
    static constexpr std::size_t closing_characters_max = 480;
};

/// Whom, and which kind of exploitation, an assessment is about. The published lists differ by it.
enum class Profile { adult_labour, child_labour, adult_sexual, child_sexual };
inline constexpr std::array<Profile, 4> all_profiles = {Profile::adult_labour, Profile::child_labour,
                                                        Profile::adult_sexual, Profile::child_sexual};
/// "adult-labour" and so on.
std::string_view name_of(Profile profile);
std::optional<Profile> profile_named(std::string_view name);
constexpr bool is_child(Profile profile) {
    return profile == Profile::child_labour || profile == Profile::child_sexual;
}

/// How strongly an indicator of a graded list speaks, by that list.
enum class Strength { strong, medium, weak };
std::string_view name_of(Strength strength);

/// What a pack is for: `graded` feeds the dimensions, `plain` is shown and suggested but unweighted, `danger` sets the
/// priority before anything else, `element` tells of the act and of an intended purpose.
enum class PackKind { graded, plain, danger, element };
std::string_view name_of(PackKind kind);

/// The elements of the definition of trafficking (Palermo Protocol, article 3).
enum class Element { act, means, purpose };
std::string_view name_of(Element element);

/// A text in several languages, by language code; English is always there.
struct Wording {
    std::map<std::string, std::string, std::less<>> by_language;
    std::set<std::string, std::less<>> drafts;  ///< languages whose text no speaker of them has checked yet

    /// The text in that language, else in its base language ("zh" for "zh-Hant"), else in English.
    const std::string& in(std::string_view language) const;
    /// Whether that text is a draft: mark it wherever it is shown.
    bool is_draft(std::string_view language) const;
    /// Whether there is a text in that language or its base language.
    bool has(std::string_view language) const { return !found_as(language).empty(); }
    const std::string& english() const { return in("en"); }

private:
    /// The code under which the language is found; "" if it is not.
    std::string_view found_as(std::string_view language) const;
};

struct Indicator {
    std::string id;                    ///< without a strength: `ilo.dr.nature_of_job`
    std::vector<std::string> aliases;  ///< other ids that mean the same: `ilo.dr.strong.nature_of_job`
    std::size_t pack = 0;              ///< index into Indicators::packs()
    PackKind kind = PackKind::plain;
    std::string dimension;                            ///< graded packs: id of the dimension; else empty
    std::array<std::optional<Strength>, 4> strength;  ///< by Profile; nothing where the list leaves it out
    std::optional<Element> element;                   ///< element packs
    Wording label;
    Wording question;              ///< plain words that can be sent to the reporter
    bool sensitive = false;        ///< not asked out of the blue; other questions go first
    bool lead_only = false;        ///< says as little about lawful work as about exploitation; shown, never a reason
    std::vector<std::string> see;  ///< ids of the same sign in other lists
    std::string source;
    std::string date;       ///< YYYY, YYYY-MM or YYYY-MM-DD, of the source
    bool verified = false;  ///< a person checked it against the source named; mark it wherever this is false
    std::string note;
    std::optional<Yaml::Date> valid_from, valid_to;

    std::optional<Strength> strength_for(Profile profile) const { return strength[static_cast<std::size_t>(profile)]; }
};

/// A group of indicators of a graded list that is positive or not as a whole.
struct Dimension {
    std::string id;
    Wording label;
    Element element = Element::means;
    bool recruitment = false;  ///< of the recruitment phase; else at destination
};

struct IndicatorPack {
    std::string name;
    std::string version;  ///< as stated by its authors
    std::string content;  ///< a name of the file's exact bytes (UUID of version 5): differs when anything differs
    std::string file;
    PackKind kind = PackKind::plain;
    Wording title;
    std::string source;
    std::string date;
    bool verified = false;
    std::array<bool, 4> profile_verified{};  ///< graded packs: somebody checked this profile's list
};

/// All indicator packs of an installation: read once, then only asked, from any thread.
class Indicators {
public:
    const std::vector<IndicatorPack>& packs() const { return packs_; }
    /// In the order of the packs' names, then of the file: the numbering of the printed checklist follows it.
    const std::vector<Indicator>& all() const { return all_; }
    const std::vector<Dimension>& dimensions() const { return dimensions_; }
    const std::vector<PhraseBook>& phrase_books() const { return books_; }
    /// What ends every question that is sent to a reporter; empty if no pack has it.
    const Wording& closing() const { return closing_; }

    /// By id or alias; nothing if there is none.
    const Indicator* find(std::string_view id) const;
    /// Position in all(), by id or alias.
    std::optional<std::size_t> position(std::string_view id) const;
    /// The id that was probably meant.
    std::optional<std::string> nearest_id(std::string_view id) const;
    const IndicatorPack& pack_of(const Indicator& indicator) const { return packs_[indicator.pack]; }

    /// Stated version and content name of all packs in one line; stored with each assessment.
    std::string version() const;

private:
    friend struct IndicatorReader;
    std::vector<IndicatorPack> packs_;
    std::vector<Indicator> all_;
    std::vector<Dimension> dimensions_;
    std::vector<PhraseBook> books_;
    Wording closing_;
    std::unordered_map<std::string, std::size_t> by_id_;
};

/// Reads packs (`indicators/<name>.yaml`) and phrases (`indicators/phrases/<language>.yaml`) ; other
/// paths are left alone. Adds everything that is wrong to `problems`; use the result only if that stays empty.
Indicators read_indicators(const Files& files, Problems& problems);

/// A name for exact bytes: the UUID of version 5 (RFC 4122) over them. Tells versions apart; it proves nothing.
std::string content_name(std::string_view bytes);

}  // namespace tideline::knowledge
