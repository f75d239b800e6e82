#include "names/detail/preparer.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "names/detail/eastern_syllables.h"

namespace tideline::names::detail {

namespace {

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
    return std::any_of(endings.begin(), endings.end(), [text](std::string_view ending) {
        return text.size() > ending.size() + 2 && text.ends_with(ending);
    });
}

bool is_patronymic(std::string_view latin) {
    return ends_with_any(latin, {"ovich", "evich",  "ovych",  "evych",  "yovych",  "ovna",    "evna", "ivna",
                                 "ichna", "dottir", "ovitch", "evitch", "owitsch", "ewitsch", "owna", "ewna",
                                 "avich", "auna",   "euna",   "ogly",   "oglu",    "kyzy",    "gizi", "uulu"});
}

/// Hafiz and Agha are titles, and names where nothing else stands.
bool is_also_name(std::string_view latin) {
    static constexpr std::string_view listed[] = {"hafiz",  "hafidh", "agha",  "sayyid", "sayid", "sayed", "sayyed",
                                                  "seyyed", "syed",   "hajj",  "haj",    "haji",  "hajji", "imam",
                                                  "prince", "queen",  "major", "judge",  "ustaz", "malik", "bishop",
                                                  "sheikh", "shaikh", "king",  "dean",   "qari",  "sultan"};
    return is_one_of(listed, latin);
}

bool is_sovereign(std::string_view latin) {
    static constexpr std::string_view listed[] = {"pope", "king", "emperor", "empress", "tsar",   "czar",  "kaiser",
                                                  "rey",  "roi",  "konig",   "papst",   "sultan", "malik", "shah"};
    return is_one_of(listed, latin);
}

/// Alexander Pope, Martin Luther King: a title in front, a family name behind.
bool is_family_behind(std::string_view latin) {
    static constexpr std::string_view listed[] = {"pope", "king", "prince", "dean", "judge", "major", "bishop"};
    return is_one_of(listed, latin);
}

/// Hafez al-Assad: a title where two names follow, else a name.
bool is_mostly_name(std::string_view latin) { return latin == "hafez" || latin == "hafz" || latin == "syd"; }

bool is_child_behind(std::string_view latin) {
    static constexpr std::string_view listed[] = {"oglu", "oglou", "oghlu", "ogly", "ogli", "ugli", "uglu", "ogluu",
                                                  "qizi", "kyzy",  "gizi",  "kizi", "qyzy", "uulu", "uly",  "uli"};
    return is_one_of(listed, latin);
}

/// Letters of Samoa, and every syllable open: Sailele, Malielegaoi.
bool is_polynesian(std::string_view latin) {
    constexpr std::string_view vowels = "aeiou", consonants = "fghklmnprstv";
    bool open = true;
    for (std::size_t i = 0; i < latin.size(); ++i) {
        const bool vowel = vowels.find(latin[i]) != vowels.npos;
        const bool nasal = i > 0 && latin[i] == 'g' && latin[i - 1] == 'n';
        if (!vowel && !nasal && (!open || consonants.find(latin[i]) == consonants.npos)) return false;
        open = vowel;
    }
    return open && latin.size() >= 2;
}

}  // namespace

/// Doctor, in letters whose Latin ones are names of others.
bool Preparer::is_native_doctor(std::size_t at) const {
    const RawWord& word = words.items[at];
    if (at != 0 || word.script != Script::indic || words.count < 2) return false;
    const std::string_view text = text_of(word);
    static constexpr std::string_view listed[] = {"\u0921\u0949", "\u0921\u093e", "\u09a1", "\u0a21\u0a3e"};
    return is_one_of(listed, text);
}

/// Is a word all that stands on its side of the comma?
bool Preparer::alone(std::size_t at) const {
    const std::size_t comma = first_behind_comma();
    if (comma == 0) return false;
    const std::size_t first = at < comma ? 0 : comma, last = at < comma ? comma : words.count;
    for (std::size_t i = first; i < last; ++i) {
        if (i != at && words.items[i].length > 2) return false;
    }
    return true;
}

/// How many words in front are titles of a chief of Samoa: Tuilaepa, Lau Afioga Fiame. Only before two names that
/// can be Samoan, because many have such a name as their own.
std::size_t Preparer::samoan_titles() const {
    std::size_t titles = 0;
    while (titles < words.count) {
        const bool address = words.items[titles].latin() == "lau" && titles + 1 < words.count &&
                             flags_of(words.items[titles + 1]) & WordFlag::title;
        if (!address && !(flags_of(words.items[titles]) & (WordFlag::samoan_title | WordFlag::title))) break;
        ++titles;
    }
    if (titles + 2 > words.count || first_behind_comma() != 0) return 0;
    bool given = false;
    std::size_t names = 0;
    for (std::size_t i = titles; i < words.count; ++i) {
        if (flags_of(words.items[i]) & WordFlag::generation) continue;
        ++names;
        const bool listed = flags_of(words.items[i]) & WordFlag::mostly_given;
        if (!listed && !is_polynesian(words.items[i].latin())) return 0;
        given = given || listed;
    }
    if (names < 2 || titles == 0) return 0;
    return given || flags_of(words.items[titles - 1]) & WordFlag::samoan_title ? titles : 0;
}

/// Ko Ni, Ma Thida, Maung Maung Aye: an honorific before a Burmese name of two words and more, but a part of it
/// where the same stands twice.
bool Preparer::is_burmese_honorific(std::size_t at) const {
    if (at != 0 || words.count < 3 || !(flags_of(words.items[0]) & WordFlag::burmese_honorific)) return false;
    if (words.items[0].latin() == words.items[1].latin()) return false;
    for (std::size_t i = 1; i < words.count; ++i)
        if (!(flags_of(words.items[i]) & WordFlag::burmese_name)) return false;
    return true;
}

/// Louis XIV, Elizabeth I: a number in capitals behind everything. Xi and Vi are names behind others of China and
/// Vietnam, and where all is in capitals.
bool Preparer::is_roman_numeral(std::size_t at) const {
    const RawWord& word = words.items[at];
    if (word.script != Script::latin || word.dot_after || word.comma_before || at + 1 != words.count) return false;
    const std::string_view text = text_of(word);
    if (text.find_first_not_of("IVX") != text.npos) return false;
    if (std::none_of(out.original_.begin(), out.original_.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
        return false;
    const std::string_view before = words.items[at - 1].latin();
    return text.size() >= 3 || text == "II" || text == "IV" || text == "IX" || text == "I" ||
           (!is_chinese_word(tables, before) && !is_vietnamese_syllable(before));
}

/// Lê Minh Tư is no Frenchman.
bool Preparer::is_vietnamese_le() const {
    for (std::size_t i = 1; i < words.count; ++i)
        if (words.items[i].script != Script::latin || words.items[i].hyphen_before || words.items[i].comma_before ||
            !is_made_of(words.items[i].latin(), is_vietnamese_syllable))
            return false;
    return words.count >= 3 || (words.count == 2 && !is_vietnamese_syllable(words.items[1].latin()));
}

/// Rear Admiral, His Grace, Doctor of Medicine: titles of several words, of which one alone may be a name.
void Preparer::flag_phrases(Roles& roles) const {
    for (std::size_t i = 0; i < words.count;) {
        const FlaggedPhrase found = flagged_phrase_at(i, WordFlag::title | WordFlag::generation);
        for (std::size_t k = 0; k < found.length; ++k) roles.flags[i + k] = found.flags;
        i += std::max<std::size_t>(found.length, 1);
    }
}

/// Do and na behind a family name of the east and beside one syllable more.
bool Preparer::is_eastern_syllable(std::size_t at, const Roles& roles) const {
    if (at == 0 || words.count != 3 || !(roles.flags[0] & WordFlag::family_first) ||
        !(roles.flags[at] & (WordFlag::placeholder | WordFlag::particle)) ||
        roles.flags[at] & (WordFlag::son_of | WordFlag::daughter_of))
        return false;
    constexpr std::size_t longest = 6;
    for (std::size_t i = 0; i < words.count; ++i) {
        const RawWord& word = words.items[i];
        if (word.script != Script::latin || word.length > longest || word.dot_after) return false;
    }
    const std::string_view syllable = words.items[at].latin();
    return syllable == "do" || syllable == "na" || syllable == "da" || syllable == "di" || syllable == "la";
}

/// What each word is, before it is known which name is the family's.
Preparer::Roles Preparer::kinds_of_words() const {
    Roles roles;
    bool after_son_of = false;
    // BIN KHALIFA, Fahmi: Bin is no given name there.
    const bool family_of_two = words.count >= 3 && words.items[2].comma_before && !words.items[1].comma_before;
    const std::size_t chiefs = samoan_titles();
    std::size_t remaining = 0;
    for (std::size_t i = 0; i < words.count; ++i) roles.flags[i] = flags_of(words.items[i]);
    flag_phrases(roles);
    for (std::size_t i = 0; i < words.count; ++i) {
        remaining += (roles.flags[i] &
                      (WordFlag::title | WordFlag::placeholder | WordFlag::generation | WordFlag::particle)) == 0 &&
                     words.items[i].length > 1;
    }
    for (std::size_t i = 0; i < words.count; ++i) {
        const RawWord& word = words.items[i];
        const std::uint32_t flags = roles.flags[i];
        Kind kind = Kind::name;
        const bool at_edge = roles.names == 0 || word.comma_before || i + 1 == words.count;
        const bool one_letter = word.length == 1 && (word.script == Script::latin || word.dot_after);
        if (word.ampersand)
            kind = Kind::ignored;
        else if (eastern_in_cyrillic_ && flags & (WordFlag::particle | WordFlag::title))
            kind = Kind::name;  // Ван Сюэмэй, Пан Ги Мун
        else if (one_letter && !(i > 0 && is_roman_numeral(i)) && (word.dot_after || i == 0) &&
                 !(flags & WordFlag::title && !word.dot_after))
            kind = Kind::initial;
        else if (is_eastern_syllable(i, roles))
            kind = Kind::name;  // Pak Do Chun, Wei Lin Na
        else if (flags & WordFlag::placeholder && (remaining > 0 || word.length >= 3))
            kind = Kind::placeholder;
        else if ((flags & WordFlag::generation && roles.names > 0 && remaining >= 1) ||
                 (roles.names > 0 && is_roman_numeral(i)))
            kind = Kind::generation;
        else if (i < chiefs || is_burmese_honorific(i) || is_native_doctor(i) ||
                 (i == 0 && is_sovereign(word.latin()) && words.count >= 3 && is_roman_numeral(words.count - 1)) ||
                 (i == 0 && word.latin() == "pope" && words.count >= 2 && !words.items[1].comma_before))
            kind = Kind::title;
        else if (flags & WordFlag::title && at_edge && remaining >= 1 &&
                 !(remaining == 1 && is_mostly_name(word.latin())) &&
                 !(roles.names > 0 && !word.comma_before && is_family_behind(word.latin())) &&
                 !(is_also_name(word.latin()) && alone(i)) && (word.length > 1 || (i == 0 && !word.dot_after)))
            kind = Kind::title;
        else if (is_child_behind(word.latin()) && roles.names >= 1 && i > 0 && roles.kind[i - 1] == Kind::name &&
                 remaining >= 3) {
            // Heydar oğlu: Heydar's son.
            kind = Kind::particle;
            roles.kind[i - 1] = Kind::patronymic;
        } else if (flags & (WordFlag::son_of | WordFlag::daughter_of) &&
                   (roles.names > 0 || word.latin().find('/') != std::string_view::npos) && i + 1 < words.count)
            kind = Kind::particle;
        else if (i == 0 && word.latin() == "le" && is_vietnamese_le())
            kind = Kind::name;
        else if (word.latin() == "van" && i > 0 && roles.flags[i - 1] & WordFlag::family_first)
            kind = Kind::name;  // Nguyen Van Anh is no Dutchman
        else if (flags & WordFlag::particle && i + 1 < words.count && remaining >= 1 &&
                 !(roles.names == 0 && (flags & WordFlag::son_of) && !(i == 0 && family_of_two)))
            kind = Kind::particle;
        else if (word.length == 1 && (word.script == Script::latin || word.dot_after))
            kind = Kind::initial;
        else if (word.aside && remaining >= 2)
            kind = Kind::nickname;
        else if (is_patronymic(word.latin()) || (after_son_of && i + 1 < words.count))
            kind = Kind::patronymic;
        after_son_of = kind == Kind::particle && flags & (WordFlag::son_of | WordFlag::daughter_of);
        roles.kind[i] = kind;
        roles.names += kind == Kind::name || kind == Kind::patronymic;
    }
    tell_families_from_fathers(roles);
    return roles;
}

/// RUSAKEVICH, Vladimir Vasilyevich and Ivan Ivanovich Petrovich: family names that end as fathers' names do.
void Preparer::tell_families_from_fathers(Roles& roles) const {
    std::size_t fathers = 0, first = 0, last = 0;
    bool name_before = false, after_comma = false;
    for (std::size_t i = 0; i < words.count; ++i) {
        after_comma = after_comma || words.items[i].comma_before;
        if (roles.kind[i] == Kind::name) name_before = name_before || fathers == 0;
        if (roles.kind[i] != Kind::patronymic || !is_patronymic(words.items[i].latin())) continue;
        if (fathers++ == 0) first = i;
        last = i;
    }
    if (fathers == 0) return;
    const auto comma_behind = [this](std::size_t at) {
        for (std::size_t i = at + 1; i < words.count; ++i)
            if (words.items[i].comma_before) return true;
        return false;
    };
    const auto names =
        std::count(roles.kind.begin(), roles.kind.begin() + static_cast<std::ptrdiff_t>(words.count), Kind::name);
    // Roman Abramovich, Abramovich R.: nobody is listed without a family name, and none ends in -ovna.
    const bool of_a_woman = words.items[first].latin().ends_with("na");
    const bool no_family = fathers == 1 && names <= 1 && !of_a_woman;
    if (no_family || (comma_behind(first) && first == 0))
        roles.kind[first] = Kind::name;
    else if (fathers == 2 && !after_comma)
        roles.kind[name_before ? last : first] = Kind::name;
}

/// Mohamad AMEEN, BIN LADEN Hamza: where some names in front or behind are in capitals and the others are not, they are
/// the family's.
bool Preparer::place_by_capitals(Roles& roles, std::span<const std::size_t> names) const {
    const auto in_capitals = [this, &roles](std::size_t at) {
        bool any = false;
        const RawWord& word = words.items[at];
        const std::string_view written = text_of(word);
        for (std::size_t i = 0; i < written.size();) {
            const char32_t c = text::next(written, i);
            const bool small = (c >= U'a' && c <= U'z') || (c >= U'ß' && c <= U'ÿ') || (c >= U'а' && c <= U'џ');
            if (small) return false;
            any = any || (c >= U'A' && c <= U'Z') || (c >= U'À' && c <= U'Þ') || (c >= U'Ѐ' && c <= U'Я');
        }
        // J. R. is often written JR.
        const bool short_family = roles.flags[at] & (WordFlag::family_first | WordFlag::surname_variant);
        return any && (word.length >= 3 || (word.length == 2 && short_family));
    };
    std::array<bool, raw_words_max> capital;
    std::size_t count = 0, changes = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        capital[i] = in_capitals(names[i]);
        count += capital[i];
        changes += i > 0 && capital[i] != capital[i - 1];
    }
    // LAI CHEE YING Jimmy: of a Chinese name all is in capitals.
    bool chinese = capital[0] && count > 1;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string_view latin = words.items[names[i]].latin();
        chinese = chinese && (!capital[i] || tables.pinyin_syllables.find(latin) != TextMap::absent ||
                              tables.cantonese_syllables.find(latin) != TextMap::absent);
    }
    if (count == 0 || count == names.size() || changes != 1 || chinese) return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool child_word = i == 0 && capital[0] && capital[1] && roles.flags[names[0]] & WordFlag::son_of;
        roles.kind[names[i]] = child_word ? Kind::particle : capital[i] ? Kind::family : Kind::given;
    }
    out.marks_ |= Prepared::mark_family;
    return true;
}

/// Which names are given and which are the family's, by comma, culture and habit.
void Preparer::place_names(Roles& roles) const {
    std::array<std::size_t, raw_words_max> at;
    std::size_t count = 0, comma = 0;
    bool has_comma = false;
    for (std::size_t i = 0; i < words.count; ++i) {
        if (words.items[i].comma_before && count > 0 && !has_comma) {
            has_comma = true;
            comma = count;
        }
        if (roles.kind[i] == Kind::name) at[count++] = i;
    }
    if (count == 0) return;
    if (has_comma && comma < count) {
        for (std::size_t i = 0; i < count; ++i) roles.kind[at[i]] = i < comma ? Kind::family : Kind::given;
        return;
    }
    if (count == 1) return;  // a mononym has no place
    if (place_by_capitals(roles, std::span(at).first(count))) return;
    const std::uint32_t first = roles.flags[at[0]], last = roles.flags[at[count - 1]];
    const bool eastern = (first & WordFlag::family_first && !(first & WordFlag::mostly_given)) ||
                         (at[0] == 0 && words.items[0].latin() == "le" && is_vietnamese_le());
    const bool reversed = first & WordFlag::mostly_family && last & WordFlag::mostly_given;
    const bool native_east = words.items[at[0]].script == Script::han || words.items[at[0]].script == Script::hangul;
    bool patronymic_last = false;
    for (std::size_t i = at[count - 1] + 1; i < words.count; ++i)
        patronymic_last = patronymic_last || roles.kind[i] == Kind::patronymic;
    if (eastern || reversed || native_east || (patronymic_last && count == 2)) {
        roles.kind[at[0]] = Kind::family;
        for (std::size_t i = 1; i < count; ++i)
            roles.kind[at[i]] = i == 1 || !patronymic_last ? Kind::given : Kind::name;
        return;
    }
    roles.kind[at[0]] = Kind::given;
    roles.kind[at[count - 1]] = Kind::family;
    // Garcia Lopez: two family names, where the tables know the one before last as one.
    if (count >= 3 && roles.flags[at[count - 2]] & WordFlag::mostly_family) roles.kind[at[count - 2]] = Kind::family;
}

}  // namespace tideline::names::detail
