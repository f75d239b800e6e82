#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "names/detail/burmese.h"
#include "names/detail/closeness.h"
#include "names/detail/costs.h"
#include "names/detail/eastern_cyrillic.h"
#include "names/detail/fold.h"
#include "names/detail/spelling_units.h"
#include "names/detail/tables.h"
#include "names/names.h"

namespace tideline::names {

using detail::LetterKind;
using detail::Phrase;
using detail::RawWord;
using detail::RawWords;
using detail::Script;
using detail::Tables;
using detail::TextMap;
using detail::Word;
using detail::WordFlag;

namespace {

float person_weight(float rarity) {
    return std::clamp(costs::person_weight_base + costs::person_weight_rarity * rarity, costs::person_weight_least,
                      costs::person_weight_most);
}
float company_weight(float rarity, std::size_t letters) {
    if (letters <= 2) return costs::company_weight_least;
    return std::clamp(costs::company_weight_base + costs::company_weight_rarity * rarity, costs::company_weight_least,
                      costs::company_weight_most);
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
    return std::any_of(endings.begin(), endings.end(), [text](std::string_view ending) {
        return text.size() > ending.size() + 2 && text.ends_with(ending);
    });
}

bool is_patronymic(std::string_view latin) {
    return ends_with_any(latin, {"ovich", "evich", "ovych", "evych", "yovych", "ovna", "evna", "ivna", "ichna",
                                 "dottir", "ovitch", "evitch", "ogly", "oglu", "kyzy", "gizi", "uulu"});
}

/// The digits of a number however it is written (7, 7th, VII, seventh); empty if it is none.
std::string_view number_of(std::string_view latin) {
    static constexpr std::pair<std::string_view, std::string_view> listed[] = {
        {"ii", "2"},     {"iii", "3"},   {"iv", "4"},    {"vi", "6"},      {"vii", "7"},    {"viii", "8"},
        {"ix", "9"},     {"xi", "11"},   {"xii", "12"},  {"first", "1"},   {"second", "2"}, {"third", "3"},
        {"fourth", "4"}, {"fifth", "5"}, {"sixth", "6"}, {"seventh", "7"}, {"one", "1"},    {"two", "2"},
        {"three", "3"},  {"four", "4"},  {"five", "5"},  {"six", "6"},     {"seven", "7"},  {"eight", "8"},
        {"nine", "9"},   {"ten", "10"}};
    for (const auto& [written, digits] : listed) {
        if (latin == written) return digits;
    }
    std::size_t digits = 0;
    while (digits < latin.size() && latin[digits] >= '0' && latin[digits] <= '9') ++digits;
    const std::string_view rest = latin.substr(digits);
    std::size_t zeros = 0;
    while (zeros + 1 < digits && latin[zeros] == '0') ++zeros;
    const bool ordinal = rest.empty() || rest == "st" || rest == "nd" || rest == "rd" || rest == "th";
    return digits > 0 ? latin.substr(zeros, (ordinal ? digits : latin.size()) - zeros) : std::string_view();
}

/// Which letters of a word (bit i: the i-th) stand behind an apostrophe: Ch'iao.
std::uint32_t behind_apostrophes(std::string_view text) {
    std::uint32_t letters = 0;
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size() && count < 32;) {
        const char32_t code = text::next(text, at);
        if ((code | 0x20) >= 'a' && (code | 0x20) <= 'z') ++count;
        if (code == '\'' || code == '`' || (code >= 0x2018 && code <= 0x201b) || code == 0x2bb || code == 0x2bc ||
            code == 0x2bf)
            letters |= count < 32 ? 1U << count : 0U;
    }
    return letters;
}

/// The same syllable with its first sound breathed, which the older spelling writes with an apostrophe: q for j.
std::string breathed(std::string_view pinyin) {
    static constexpr std::pair<std::string_view, std::string_view> sounds[] = {{"zh", "ch"}, {"j", "q"}, {"z", "c"},
                                                                               {"b", "p"},   {"d", "t"}, {"g", "k"}};
    for (const auto& [plain, with_breath] : sounds) {
        if (pinyin.starts_with(plain)) return std::string(with_breath) + std::string(pinyin.substr(plain.size()));
    }
    return std::string(pinyin);
}

/// Splits Latin letters into syllables of the older spelling of Chinese and respells them; empty if they are not that.
/// @param apostrophes  letters behind one
std::string pinyin_of(const Tables& tables, std::string_view latin, std::uint32_t apostrophes) {
    std::string result;
    bool older = false;
    for (std::size_t begin = 0; !latin.empty();) {
        std::size_t length = std::min<std::size_t>(6, latin.size());
        for (; length > 0; --length) {
            const std::uint32_t number = tables.wade_giles_numbers.find(latin.substr(0, length));
            if (number == TextMap::absent) continue;
            const std::uint32_t inside = ((1U << length) - 1U) << begin & ~(1U << begin);
            const bool is_breathed = begin < 26 && (apostrophes & inside) != 0;
            result += is_breathed ? breathed(tables.pinyin_of[number]) : tables.pinyin_of[number];
            older = older || tables.pinyin_of[number] != latin.substr(0, length);
            break;
        }
        if (length == 0) return {};
        latin.remove_prefix(length);
        begin += length;
    }
    return older ? result : std::string();
}

/// Can these letters be cut into syllables, of `least` letters and more?
template <class IsSyllable>
bool is_made_of(std::string_view latin, IsSyllable&& is_syllable, std::size_t least = 1) {
    std::uint32_t places = 1;
    for (std::size_t at = 0; at < latin.size(); ++at) {
        if ((places >> at & 1U) == 0) continue;
        for (std::size_t length = least; length <= 6 && at + length <= latin.size(); ++length) {
            if (is_syllable(latin.substr(at, length))) places |= 1U << (at + length);
        }
    }
    return !latin.empty() && (places >> latin.size() & 1U) != 0;
}

bool is_made_of(std::string_view latin, const TextMap& syllables, std::size_t least = 1) {
    return is_made_of(
        latin, [&syllables](std::string_view one) { return syllables.find(one) != TextMap::absent; }, least);
}

bool is_chinese_syllable(const Tables& tables, std::string_view latin) {
    return tables.pinyin_syllables.find(latin) != TextMap::absent ||
           tables.wade_giles_numbers.find(latin) != TextMap::absent;
}

template <class Listed>
bool is_one_of(const Listed& listed, std::string_view latin) {
    return std::find(std::begin(listed), std::end(listed), latin) != std::end(listed);
}

/// Can these letters be cut into syllables of Chinese, in pinyin or the older spelling?
bool is_chinese_word(const Tables& tables, std::string_view latin) {
    return is_made_of(latin, [&tables](std::string_view one) { return is_chinese_syllable(tables, one); });
}

}  // namespace

bool is_vietnamese_surname(std::string_view latin) {
    static constexpr std::string_view surnames[] = {
        "nguyen", "tran", "le",    "pham", "hoang", "huynh",  "phan",  "vu",   "vo",  "dang", "bui",  "do",
        "ho",     "ngo",  "duong", "ly",   "dinh",  "truong", "trinh", "lam",  "mai", "dao",  "doan", "vuong",
        "luong",  "cao",  "ta",    "thai", "chau",  "phung",  "quach", "kieu", "luu", "to",   "tong", "trieu"};
    return std::find(std::begin(surnames), std::end(surnames), latin) != std::end(surnames);
}

/// A beginning and a rhyme of Vietnamese, without marks.
bool is_vietnamese_syllable(std::string_view latin) {
    static constexpr std::string_view beginnings[] = {"ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu",
                                                      "th",  "tr", "b",  "c",  "d",  "g",  "h",  "k",  "l",
                                                      "m",   "n",  "p",  "r",  "s",  "t",  "v",  "x",  ""};
    static constexpr std::string_view rhymes[] = {
        "a",    "ac",   "ach", "ai",   "am",   "an",   "ang", "anh", "ao",  "ap",  "at",  "au",   "ay",  "e",   "ec",
        "ech",  "em",   "en",  "eng",  "enh",  "eo",   "ep",  "et",  "eu",  "i",   "ia",  "ich",  "iec", "iem", "ien",
        "ieng", "iep",  "iet", "ieu",  "im",   "in",   "inh", "ip",  "it",  "iu",  "o",   "oa",   "oac", "oai", "oan",
        "oang", "oanh", "oat", "oc",   "oe",   "oi",   "om",  "on",  "ong", "op",  "ot",  "u",    "ua",  "uan", "uat",
        "uay",  "uc",   "ue",  "ui",   "um",   "un",   "ung", "uo",  "uoc", "uoi", "uon", "uong", "uot", "uou", "up",
        "ut",   "uu",   "uy",  "uyen", "uyet", "uynh", "y",   "yen", "yet", "yeu"};
    for (const std::string_view beginning : beginnings) {
        if (latin.starts_with(beginning) &&
            std::find(std::begin(rhymes), std::end(rhymes), latin.substr(beginning.size())) != std::end(rhymes))
            return true;
    }
    return false;
}

/// Can these letters be cut into syllables of Japanese, in any of its Latin spellings?
bool is_japanese_word(std::string_view latin) {
    static constexpr std::string_view beginnings[] = {"ky", "gy", "sh", "sy", "ch", "ty", "ny", "hy", "by", "py", "my",
                                                      "ry", "ts", "zy", "jy", "k",  "g",  "s",  "z",  "t",  "d",  "n",
                                                      "h",  "f",  "b",  "p",  "m",  "y",  "r",  "w",  "j"};
    using detail::is_vowel;
    for (std::size_t at = 0; at < latin.size();) {
        std::string_view rest = latin.substr(at);
        // Doubled, nasal, or a long vowel written with h.
        const bool doubled = rest.size() > 2 && at > 0 && rest[0] == rest[1] && !is_vowel(rest[0]);
        const bool tch = at > 0 && rest.starts_with("tch");
        const char next = rest.size() > 1 ? rest[1] : ' ';
        const bool nasal = at > 0 && is_vowel(latin[at - 1]) && !is_vowel(next) && next != 'y' &&
                           (rest[0] == 'n' || (rest[0] == 'm' && (next == 'b' || next == 'p' || next == 'm')));
        const bool lengthened = at > 0 && rest[0] == 'h' && is_vowel(latin[at - 1]) && !is_vowel(next);
        if (doubled || tch || nasal || lengthened) {
            ++at;
            continue;
        }
        for (const std::string_view beginning : beginnings) {
            if (!rest.starts_with(beginning)) continue;
            rest.remove_prefix(beginning.size());
            break;
        }
        if (rest.empty() || !is_vowel(rest[0])) return false;
        at = latin.size() - rest.size() + 1;
    }
    return !latin.empty();
}

/// Builds one Prepared; a struct so that Prepared can befriend it.
struct Preparer {
    const Tables& tables;
    Prepared& out;
    RawWords& words;

    // ---- what both kinds of names need

    void set_letters(Part& part, std::string_view latin) const {
        part.length = static_cast<std::uint8_t>(std::min(latin.size(), letters_max));
        std::memcpy(part.letters.data(), latin.data(), part.length);
        part.skeleton_length = static_cast<std::uint8_t>(detail::write_skeleton(part.latin(), part.skeleton));
        part.letter_set = 0;
        for (const char c : part.sound())
            part.letter_set |= 1U << (c >= 'a' && c <= 'z' ? c - 'a' : 26 + (c - '0') % 6);
        const std::uint32_t number = tables.word_numbers.find(part.latin());
        part.known = number == TextMap::absent ? known_otherwise(part.latin()) : number;
        part.relations = part.known == 0 ? 0 : tables.words[part.known].relations;
    }

    /// Masood is Masud, Waleed Walid, Mansour Mansur: a spelling of a given name that is known; 0 if it is none.
    std::uint32_t known_otherwise(std::string_view latin) const {
        static constexpr std::pair<std::string_view, char> vowels[] = {{"oo", 'u'}, {"ou", 'u'}, {"ee", 'i'}};
        if (latin.size() < 5 || out.schema_ == Schema::organisation) return 0;
        bool any = false;
        for (std::size_t at = 1; at + 1 < latin.size(); ++at)
            any = any || (latin[at] == 'o' && (latin[at + 1] == 'o' || latin[at + 1] == 'u')) ||
                  (latin[at] == 'e' && latin[at + 1] == 'e');
        if (!any) return 0;
        std::array<char, letters_max> plain;
        std::size_t length = 0;
        for (std::size_t at = 0; at < latin.size(); ++at) {
            const auto found = std::find_if(std::begin(vowels), std::end(vowels),
                                            [&](const auto& pair) { return latin.substr(at).starts_with(pair.first); });
            plain[length++] = found == std::end(vowels) ? latin[at] : found->second;
            at += found != std::end(vowels);
        }
        const std::uint32_t number = tables.word_numbers.find({plain.data(), length});
        if (number == TextMap::absent ||
            (tables.words[number].flags & (WordFlag::own_then_father | WordFlag::mostly_given)) == 0)
            return 0;
        return number;
    }

    Part part_of(const RawWord& word) {
        Part part;
        part.begin = word.begin;
        part.end = word.end;
        part.hyphen_before = word.hyphen_before;
        part.comma_before = word.comma_before;
        set_letters(part, word.latin());
        if (word.script != Script::latin && word.script != Script::none && !word.digits) {
            part.native = true;
            part.script = static_cast<std::uint8_t>(word.script);
            part.consonantal = word.script == Script::arabic;
            set_native(part, word.script);
            if (word.script == Script::greek) add_greek_reading(part);
        } else if (word.script == Script::latin) {
            add_sounded_reading(part);
            add_scanned_reading(part);
            if (turkic_) add_turkic_reading(part);
            add_korean_reading(part);
        }
        if (part.known != 0) part.contrast = (tables.words[part.known].flags & WordFlag::contrast) != 0;
        return part;
    }

    /// Mogi1evich is Mogilevich: a digit between letters is a letter that a scanner took for it.
    void add_scanned_reading(Part& part) {
        static constexpr std::string_view scanned[] = {"0o", "1il", "3e", "5s", "8b"};
        if (part.latin().find_first_of("01358") == std::string_view::npos) return;
        std::string letters(part.latin());
        const auto is_letter = [&](std::size_t at) { return letters[at] >= 'a' && letters[at] <= 'z'; };
        bool found = false;
        for (std::size_t at = 1; at + 1 < letters.size(); ++at) {
            if (is_letter(at) || !is_letter(at - 1) || !is_letter(at + 1)) continue;
            for (const std::string_view one : scanned) {
                if (one[0] != letters[at]) continue;
                const bool between_consonants =
                    !detail::is_vowel(letters[at - 1]) && !detail::is_vowel(letters[at + 1]);
                letters[at] = between_consonants ? one[1] : one.back();
                found = true;
            }
        }
        if (found) add_other(part, letters);
    }

    /// Đorđe is Dorde without its marks, and Djordje where he is known; Gonçalves is Gonsalves.
    void add_sounded_reading(Part& part) {
        const std::string_view text = out.text_of(part);
        static constexpr std::string_view sounded[] = {"\u0111", "\u0110", "\u00e7", "\u00c7"};
        if (std::none_of(std::begin(sounded), std::end(sounded),
                         [text](std::string_view one) { return text.find(one) != text.npos; }))
            return;
        std::string bytes;
        for (std::size_t at = 0; at < text.size();) {
            const char32_t c = text::next(text, at);
            if (c == 0x110 || c == 0x111)
                bytes += "dj";
            else if (c == 0xe7 || c == 0xc7)
                bytes += 's';
            else
                text::append(bytes, c);
        }
        static thread_local RawWords respelled;
        detail::read_words(tables, bytes, respelled);
        if (respelled.count == 1) add_other(part, respelled.items[0].latin());
    }

    /// Ευάγγελος is Evangelos, Μπάμπης Babis: two letters for one sound.
    void add_greek_reading(Part& part) {
        static constexpr std::pair<std::string_view, std::string_view> sounds[] = {
            {"ey", "ev"}, {"ay", "av"}, {"gg", "ng"}, {"gch", "nch"}, {"mp", "b"}, {"nt", "d"}, {"gk", "g"}};
        std::string latin;
        const std::string_view written = part.latin();
        for (std::size_t at = 0; at < written.size();) {
            const auto found = std::find_if(std::begin(sounds), std::end(sounds), [&](const auto& pair) {
                return written.substr(at).starts_with(pair.first);
            });
            // Inside a word ντ and μπ are as often nt and mp.
            const bool sounded =
                found != std::end(sounds) && (at == 0 || found->first[1] == 'y' || found->first[0] == 'g');
            latin += sounded ? found->second : written.substr(at, 1);
            at += sounded ? found->first.size() : 1;
        }
        add_other(part, latin);
    }

    /// Kŭnhye is Geunhye, Chŏngil is Jeongil, Jongil and Jungil: the older spelling of Korean, by its marks.
    void add_korean_reading(Part& part) {
        const std::string_view text = out.text_of(part);
        if (text.size() == part.length) return;
        static constexpr std::string_view marked[] = {"\u014f", "\u014e", "\u016d", "\u016c"};
        if (std::none_of(std::begin(marked), std::end(marked),
                         [text](std::string_view one) { return text.find(one) != text.npos; }))
            return;
        static constexpr std::pair<std::string_view, std::string_view> vowels[] = {
            {"eo", "eu"}, {"o", "u"}, {"u", "u"}, {"eo", "u"}};
        for (const auto& [open, close] : vowels) {
            std::string latin;
            for (std::size_t at = 0; at < text.size();) {
                const char32_t c = text::next(text, at);
                if (c == 0x14e || c == 0x14f)
                    latin += open;
                else if (c == 0x16c || c == 0x16d)
                    latin += close;
                else if (c < 0x80)
                    latin += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
                else if (c == 0x2bc || c == 0x2019 || c == 0x2018 || c == 0x2bb)
                    latin += '\'';
            }
            add_other(part, without_breath(latin));
            if (open != "u") continue;
            // Chung-hee is how most write Chŏnghŭi.
            std::erase(latin, '\'');
            if (const std::size_t at = latin.find("ui"); at != latin.npos) latin.replace(at, 2, "ee");
            add_other(part, latin);
        }
    }

    /// k before a vowel is g and k' is k; so are t, p and ch.
    static std::string without_breath(std::string_view latin) {
        static constexpr std::pair<std::string_view, char> plain[] = {{"ch", 'j'}, {"k", 'g'}, {"t", 'd'}, {"p", 'b'}};
        std::string result;
        for (std::size_t at = 0; at < latin.size();) {
            const auto found = std::find_if(std::begin(plain), std::end(plain),
                                            [&](const auto& pair) { return latin.substr(at).starts_with(pair.first); });
            const std::size_t length = found == std::end(plain) ? 1 : found->first.size();
            const char next = at + length < latin.size() ? latin[at + length] : ' ';
            const bool softened = found != std::end(plain) && (detail::is_vowel(next) || next == 'y' || next == 'w');
            if (softened)
                result += found->second;
            else
                result += latin.substr(at, length);
            at += length + (next == '\'');
        }
        return result;
    }

    bool turkic_ = false;

    /// Is there a letter that only Turkish, Azerbaijani and their kin have?
    bool has_turkic_letter() const {
        static constexpr std::string_view letters[] = {"\u0259", "\u018f", "\u0131", "\u0130", "\u011f", "\u011e"};
        return std::any_of(std::begin(letters), std::end(letters),
                           [this](std::string_view one) { return out.original_.find(one) != std::string::npos; });
    }

    /// Hacıyev is Gadzhiyev, Xəlilov Khalilov, Qəmbər Gambar: as others write what is heard.
    void add_turkic_reading(Part& part) {
        const std::string_view text = out.text_of(part);
        std::string latin;
        for (std::size_t at = 0; at < text.size();) {
            const char32_t c = text::next(text, at);
            if (c == 'c' || c == 'C')
                latin += "dzh";
            else if (c == 0xe7 || c == 0xc7)
                latin += "ch";
            else if (c == 0x15f || c == 0x15e)
                latin += "sh";
            else if (c == 'x' || c == 'X')
                latin += "kh";
            else if (c == 'q' || c == 'Q')
                latin += 'g';
            else
                latin += tables.letter(c).latin;
        }
        add_other(part, latin);
        // Russian hears their h as g where a name begins.
        if (!latin.empty() && latin[0] == 'h') {
            latin[0] = 'g';
            add_other(part, latin);
        }
    }

    void set_native(Part& part, Script script) {
        const std::u32string units = detail::spelling_units(lower_native(out.text_of(part)));
        part.units_begin = static_cast<std::uint16_t>(out.units_.size());
        for (const char32_t unit : units) out.units_ += static_cast<char32_t>(tables.unit_number(unit));
        part.units_end = static_cast<std::uint16_t>(out.units_.size());
        part.han = script == Script::han;
        part.hangul = script == Script::hangul;
        add_written(part, units);
        if (part.han) add_other_readings(part, units);
    }

    /// How a common name is written in Latin letters: כהן is Cohen, 彼得 is Peter.
    void add_written(Part& part, std::u32string_view units) {
        if (!part.consonantal && !part.han && !part.hangul && part.script != static_cast<std::uint8_t>(Script::hebrew))
            return;
        std::string key;
        for (const char32_t unit : units) text::append(key, unit);
        const std::uint32_t number = tables.written_numbers.find(key);
        if (number == TextMap::absent) return;
        for (const std::string_view latin : text::split(tables.written_latin[number], ' '))
            add_other(part, latin, detail::any_reading);
    }

    static std::string lower_native(std::string_view text) {
        std::string result;
        for (std::size_t at = 0; at < text.size();) {
            char32_t c = text::next(text, at);
            if (c >= 0x391 && c <= 0x3a9) c += 0x20;  // Greek; Cyrillic is lowered with the units
            text::append(result, c);
        }
        return result;
    }

    void add_other(Part& part, std::string_view latin, std::uint8_t reading = 0) {
        if (latin == part.latin()) part.readings |= reading;
        if (latin.empty() || latin == part.latin()) return;
        if (part.other_begin == part.other_end)
            part.other_begin = part.other_end = static_cast<std::uint16_t>(out.other_.size());
        Part other;
        set_letters(other, latin);
        other.readings = reading;
        out.other_.push_back(other);
        part.other_end = static_cast<std::uint16_t>(out.other_.size());
    }

    /// Cantonese, and Japanese: every character by its first native reading, every one by its Chinese reading, and
    /// mixed.
    void add_other_readings(Part& part, std::u32string_view characters) {
        if (characters.size() > 6) return;
        part.readings = detail::mandarin_reading;
        add_japanese_name(part, tables.japanese_family_numbers, tables.japanese_family_readings);
        add_japanese_name(part, tables.japanese_given_numbers, tables.japanese_given_readings);
        std::string cantonese;
        for (const char32_t c : characters) cantonese += tables.cantonese(c);
        add_other(part, cantonese, detail::cantonese_reading);
        std::string korean;
        for (const char32_t c : characters) korean += tables.korean(c);
        add_other(part, korean, detail::korean_reading);
        if (characters.size() == 1) add_surname_readings(part, characters[0]);
        static constexpr std::size_t choices_max = 5;
        std::vector<std::string> japanese = {""};
        for (const char32_t c : characters) {
            const auto readings = tables.japanese(c);
            std::vector<std::string> longer;
            for (const std::string& start : japanese) {
                for (std::size_t i = 0; i < std::min(choices_max, readings.size()); ++i) {
                    if (longer.size() < 30) longer.push_back(start + tables.readings[readings[i]]);
                }
            }
            japanese.swap(longer);
        }
        for (const std::string& reading : japanese) add_other(part, reading, detail::japanese_reading);
    }

    /// Some characters are read otherwise where they are a family's name, and those of Korea are spelled by habit, in
    /// South and North.
    void add_surname_readings(Part& part, char32_t character) {
        static constexpr std::pair<char32_t, std::string_view> chinese[] = {
            {U'薄', "bo"},   {U'单', "shan"},  {U'單', "shan"}, {U'仇', "qiu"},  {U'解', "xie"},  {U'曾', "zeng"},
            {U'区', "ou"},   {U'區', "ou"},    {U'查', "zha"},  {U'翟', "zhai"}, {U'盖', "ge"},   {U'蓋', "ge"},
            {U'朴', "piao"}, {U'覃', "qin"},   {U'缪', "miao"}, {U'繆', "miao"}, {U'乐', "yue"},  {U'樂', "yue"},
            {U'员', "yun"},  {U'員', "yun"},   {U'折', "she"},  {U'隗', "wei"},  {U'秘', "bi"},   {U'都', "du"},
            {U'祭', "zhai"}, {U'种', "chong"}, {U'召', "shao"}, {U'繁', "po"},   {U'洗', "xian"}, {U'句', "gou"}};
        static constexpr std::pair<char32_t, std::string_view> korean[] = {
            {U'金', "kim"},        {U'李', "lee ri"},     {U'朴', "park pak"},  {U'崔', "choi choe"},
            {U'鄭', "jung chong"}, {U'姜', "kang"},       {U'趙', "cho jo"},    {U'尹', "yoon yun"},
            {U'張', "jang chang"}, {U'林', "lim rim"},    {U'申', "shin sin"},  {U'吳', "oh o"},
            {U'徐', "seo suh"},    {U'權', "kwon"},       {U'黃', "hwang"},     {U'安', "ahn an"},
            {U'柳', "ryu yoo"},    {U'全', "jun chon"},   {U'高', "ko go"},     {U'文', "moon mun"},
            {U'孫', "son sohn"},   {U'裵', "bae pae"},    {U'白', "baek paek"}, {U'許', "hur heo"},
            {U'劉', "yoo ryu"},    {U'沈', "shim sim"},   {U'盧', "roh noh"},   {U'郭', "kwak"},
            {U'車', "cha"},        {U'朱', "joo chu"},    {U'玄', "hyun hyon"}, {U'太', "thae tae"},
            {U'潘', "ban pan"},    {U'丁', "jung chong"}, {U'羅', "na ra"}};
        const auto add = [&](const auto& spelled, std::uint8_t reading) {
            for (const auto& [written, forms] : spelled) {
                if (written != character) continue;
                for (const std::string_view form : text::split(forms, ' ')) add_other(part, form, reading);
            }
        };
        add(chinese, detail::mandarin_reading);
        add(korean, detail::korean_reading);
    }

    /// How the characters are read where they are a name of Japan.
    void add_japanese_name(Part& part, const TextMap& numbers, const std::vector<std::string>& readings) {
        const std::uint32_t number = numbers.find(out.text_of(part));
        if (number == TextMap::absent) return;
        for (const std::string_view reading : text::split(readings[number], ' '))
            add_other(part, reading, detail::japanese_reading);
    }

    /// How many characters at the beginning are a family name of Japan, something being left; 0 if none.
    std::size_t japanese_family(std::string_view text, const std::vector<std::size_t>& starts) const {
        for (std::size_t length = 3; length > 0; --length) {
            if (length >= starts.size() || starts.size() - length > 3) continue;
            if (tables.japanese_family_numbers.find(text.substr(0, starts[length])) == TextMap::absent) continue;
            // A character alone is as likely a Chinese family name, unless a Japanese given name follows.
            if (length > 1 || tables.japanese_given_numbers.find(text.substr(starts[1])) != TextMap::absent)
                return length;
        }
        return 0;
    }

    void push(const Part& part) {
        if (out.parts_.size() < parts_max) out.parts_.push_back(part);
    }

    std::uint32_t flags_of(const RawWord& word) const {
        const Word* known = tables.word(word.latin());
        return known == nullptr ? std::uint32_t{0} : known->flags;
    }

    static void join(RawWord& to, const RawWord& next) {
        to.append(next.latin());
        to.end = next.end;
    }

    void remove(std::size_t at, std::size_t count = 1) {
        std::move(words.items.begin() + static_cast<std::ptrdiff_t>(at + count),
                  words.items.begin() + static_cast<std::ptrdiff_t>(words.count),
                  words.items.begin() + static_cast<std::ptrdiff_t>(at));
        words.count -= count;
    }

    // ---- people

    /// Two or three syllables written together in Chinese or Korean: the first is the family name.
    void split_unspaced_names() {
        if (words.count != 1 || words.items[0].digits) return;
        const RawWord whole = words.items[0];
        const std::string_view text = std::string_view(out.original_).substr(whole.begin, whole.end - whole.begin);
        std::vector<std::size_t> starts;
        std::vector<char32_t> codes;
        for (std::size_t at = 0; at < text.size();) {
            starts.push_back(at);
            codes.push_back(text::next(text, at));
        }
        static constexpr std::u32string_view korean =
            U"김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염"
            U"여추도소석선설마길연위표명기반왕금옥육인맹제모";
        static constexpr std::u32string_view two_characters[] = {U"欧阳", U"歐陽", U"司马", U"司馬", U"诸葛",
                                                                 U"諸葛", U"上官", U"司徒", U"东方", U"東方",
                                                                 U"夏侯", U"皇甫", U"令狐", U"慕容"};
        std::size_t family = 0;
        if (whole.script == Script::han && codes.size() >= 2 && codes.size() <= 4) {
            family = codes.size() == 4 ? 2 : 1;
            for (const std::u32string_view surname : two_characters) {
                if (codes.size() > 2 && codes[0] == surname[0] && codes[1] == surname[1]) family = 2;
            }
        } else if (whole.script == Script::hangul && codes.size() >= 2 && codes.size() <= 4 &&
                   korean.find(codes[0]) != korean.npos) {
            family = 1;
        }
        if (whole.script == Script::han) {
            const std::size_t japanese = japanese_family(text, starts);
            if (japanese > 0) family = japanese;
        }
        if (family == 0 || family >= codes.size()) return;
        const auto cut = static_cast<std::uint16_t>(whole.begin + starts[family]);
        const std::string original = out.original_;
        static thread_local RawWords half;
        detail::read_words(tables, text.substr(0, starts[family]), half);
        RawWord first = half.items[0];
        detail::read_words(tables, text.substr(starts[family]), half);
        RawWord second = half.items[0];
        first.begin = whole.begin;
        first.end = cut;
        second.begin = cut;
        second.end = whole.end;
        second.comma_before = true;  // as if FAMILY, GIVEN
        words.items[0] = first;
        words.items[1] = second;
        words.count = 2;
    }

    /// นายทักษิณ: in Thai, Mr is written together with the name.
    void cut_thai_title() {
        if (words.count == 0 || words.items[0].script != Script::thai) return;
        RawWord& first = words.items[0];
        const std::string_view text = std::string_view(out.original_).substr(first.begin, first.end - first.begin);
        constexpr std::size_t letter_bytes = 3, shortest_name = 3;
        for (const std::string_view title :
             {"\u0e19\u0e32\u0e07\u0e2a\u0e32\u0e27", "\u0e19\u0e32\u0e22", "\u0e19\u0e32\u0e07"}) {
            if (!text.starts_with(title) || text.size() < title.size() + shortest_name * letter_bytes) continue;
            static thread_local RawWords rest;
            detail::read_words(tables, text.substr(title.size()), rest);
            if (rest.count != 1) return;
            const std::uint16_t end = first.end;
            const auto begin = static_cast<std::uint16_t>(first.begin + title.size());
            first = rest.items[0];
            first.begin = begin;
            first.end = end;
            return;
        }
    }

    /// 习近平主席, 홍길동씨: in Chinese characters and Hangul a title is written behind the name, with a space or
    /// without.
    void cut_title_behind() {
        if (words.count == 0 || words.count > 2) return;
        RawWord& last = words.items[words.count - 1];
        if (last.script != Script::han && last.script != Script::hangul) return;
        const std::string_view text = std::string_view(out.original_).substr(last.begin, last.end - last.begin);
        static constexpr std::string_view titles[] = {
            "国家主席", "國家主席", "总书记", "總書記", "委员长", "委員長", "先生",   "女士",       "小姐",
            "博士",     "教授",     "主席",   "总统",   "總統",   "总理",   "總理",   "首相",       "大臣",
            "将军",     "將軍",     "将軍",   "部长",   "部長",   "省长",   "省長",   "市长",       "市長",
            "同志",     "社長",     "会長",   "會長",   "知事",   "議員",   "议员",   "律师",       "律師",
            "医生",     "醫生",     "대통령", "총리",   "장관",   "위원장", "총비서", "국무위원장", "회장",
            "사장",     "의원",     "박사",   "교수",   "선생",   "동지",   "목사",   "여사"};
        constexpr std::size_t character = 3;
        for (const std::string_view title : titles) {
            if (text == title && words.count == 2) {
                words.count = 1;
                return;
            }
            if (!text.ends_with(title) || text.size() < title.size() + 2 * character || words.count != 1) continue;
            const std::size_t kept = text.size() - title.size();
            if (kept > 4 * character) continue;
            static thread_local RawWords name;
            detail::read_words(tables, text.substr(0, kept), name);
            if (name.count != 1) return;
            const std::uint16_t begin = last.begin;
            last = name.items[0];
            last.begin = begin;
            last.end = static_cast<std::uint16_t>(begin + kept);
            return;
        }
    }

    /// မင်းအောင်လှိုင် is Min Aung Hlaing.
    void split_burmese() {
        for (std::size_t i = 0; i < words.count; ++i) {
            const RawWord whole = words.items[i];
            if (whole.script != Script::burmese || whole.digits) continue;
            const auto syllables =
                detail::burmese_syllables(std::string_view(out.original_).substr(whole.begin, whole.end - whole.begin));
            if (syllables.size() < 2 || words.count + syllables.size() - 1 > detail::raw_words_max) continue;
            std::move_backward(words.items.begin() + static_cast<std::ptrdiff_t>(i + 1),
                               words.items.begin() + static_cast<std::ptrdiff_t>(words.count),
                               words.items.begin() + static_cast<std::ptrdiff_t>(words.count + syllables.size() - 1));
            words.count += syllables.size() - 1;
            std::uint16_t begin = whole.begin;
            for (const detail::BurmeseSyllable& syllable : syllables) {
                RawWord& word = words.items[i++];
                word = whole;
                word.length = 0;
                // The letter is the title U in front and the name Oo behind.
                word.append(syllable.latin == "u" && begin > 0 ? std::string_view("oo") : syllable.latin);
                word.comma_before = word.hyphen_before = false;
                word.begin = begin;
                word.end = begin = static_cast<std::uint16_t>(whole.begin + syllable.end);
            }
            --i;
        }
    }

    /// SMITH/JOHNMR: a title glued to the given name by an airline.
    void cut_glued_title() {
        if (!words.travel_document || words.count < 2) return;
        RawWord& last = words.items[words.count - 1];
        for (const std::string_view title : {"mstr", "miss", "mrs", "mr", "ms", "chd", "inf"}) {
            if (last.latin().ends_with(title) && last.length >= title.size() + 2) {
                last.length = static_cast<std::uint8_t>(last.length - title.size());
                last.end = static_cast<std::uint16_t>(last.end - title.size());
                return;
            }
        }
    }

    /// No word of an alias, and none that is father or mother of, is longer: others need not be looked up.
    static constexpr std::size_t short_word = 5;

    /// How many words at a place say that another name follows; 0 if they do not.
    std::size_t alias_marker_at(std::size_t at) const {
        const auto is = [this](std::size_t i, std::string_view latin) {
            return i < words.count && words.items[i].latin() == latin;
        };
        if (is(at, "also") || is(at, "formerly") || is(at, "previously") || is(at, "better") || is(at, "now")) {
            if (is(at + 1, "known") && is(at + 2, "as")) return 3;
            return words.items[at].aside && !is(at, "also") && !is(at, "better") && !is(at, "now") ? 1 : 0;
        }
        if ((is(at, "a") || is(at, "f") || is(at, "n")) && is(at + 1, "k") && is(at + 2, "a")) return 3;
        return words.items[at].length <= short_word && flags_of(words.items[at]) & WordFlag::alias_marker ? 1 : 0;
    }

    /// The words before "also known as" are the name; what follows is another one.
    /// @return where in the text the other name begins; npos if there is none
    std::size_t cut_at_alias_marker() {
        for (std::size_t i = 1; i + 1 < words.count; ++i) {
            const std::size_t length = alias_marker_at(i);
            if (length == 0 || i + length >= words.count) continue;
            const std::string_view marker = words.items[i].latin();
            const std::size_t begin = words.items[i + length].begin;
            words.count = i;
            // Born so: a family name only.
            return marker == "nee" || marker == "geb" ? std::string::npos : begin;
        }
        return std::string::npos;
    }

    void add_other_names(std::size_t begin) {
        constexpr std::size_t other_names_max = 4;
        Prepared other = prepare(std::string_view(out.original_).substr(begin), out.schema_);
        std::vector<Prepared> further;
        further.swap(other.also_);
        if (!other.empty()) out.also_.push_back(std::move(other));
        for (Prepared& one : further) {
            if (out.also_.size() < other_names_max) out.also_.push_back(std::move(one));
        }
    }

    /// Nur al-Din, Nour Eddine, Nureddin: one name, and one ending.
    void join_of_the_faith() {
        const auto is_article = [](std::string_view latin) {
            return latin == "al" || latin == "el" || latin == "ul" || latin == "ad" || latin == "ed" || latin == "ud" ||
                   latin == "id";
        };
        const auto is_faith = [](std::string_view latin) {
            return latin == "din" || latin == "deen" || latin == "dine" || latin == "dyn";
        };
        static constexpr std::string_view endings[] = {"eddine", "eddin",  "uddine", "uddin",  "addine",
                                                       "addin",  "aldin",  "eldin",  "eldine", "uldin",
                                                       "iddin",  "uddeen", "eddeen", "oddin",  "aldine"};
        const auto ending_of = [](std::string_view latin) {
            for (const std::string_view ending : endings) {
                if (latin.ends_with(ending)) return ending.size();
            }
            return std::size_t{0};
        };
        for (std::size_t i = 0; i < words.count; ++i) {
            RawWord& word = words.items[i];
            if ((word.script != Script::latin && word.script != Script::arabic) || word.length < 3) continue;
            if (i + 2 < words.count && is_article(words.items[i + 1].latin()) && is_faith(words.items[i + 2].latin()) &&
                !words.items[i + 1].comma_before) {
                word.append("uddin");
                word.end = words.items[i + 2].end;
                remove(i + 1, 2);
            } else if (i + 1 < words.count && ending_of(words.items[i + 1].latin()) > 0 &&
                       ending_of(words.items[i + 1].latin()) == words.items[i + 1].length &&
                       !words.items[i + 1].comma_before) {
                word.append("uddin");
                word.end = words.items[i + 1].end;
                remove(i + 1);
            } else if (const std::size_t ending = ending_of(word.latin());
                       ending > 0 && word.length >= ending + 2 && word.script == Script::latin) {
                word.length = static_cast<std::uint8_t>(word.length - ending);
                word.append("uddin");
            }
        }
    }

    /// JR Harrington: two initials without their dots.
    void split_initials() {
        static constexpr std::string_view not_initials[] = {"ng", "st", "mr", "ms", "dr", "sr", "md", "mc", "ft"};
        for (std::size_t i = 0; i + 1 < words.count && words.count < detail::raw_words_max; ++i) {
            const RawWord word = words.items[i];
            if (word.length != 2 || word.script != Script::latin || word.end - word.begin != 2 || word.aside) continue;
            const std::string_view latin = word.latin();
            if (latin.find_first_of("aeiouy0123456789") != latin.npos ||
                std::find(std::begin(not_initials), std::end(not_initials), latin) != std::end(not_initials))
                continue;
            const std::uint32_t flags = flags_of(word);
            if ((flags & ~WordFlag::generation) != 0 || (flags & WordFlag::generation && i > 0)) continue;
            const std::string_view text = std::string_view(out.original_).substr(word.begin, 2);
            if (text[0] < 'A' || text[0] > 'Z' || text[1] < 'A' || text[1] > 'Z') continue;
            std::move_backward(words.items.begin() + static_cast<std::ptrdiff_t>(i + 1),
                               words.items.begin() + static_cast<std::ptrdiff_t>(words.count),
                               words.items.begin() + static_cast<std::ptrdiff_t>(words.count + 1));
            ++words.count;
            RawWord &first = words.items[i], &second = words.items[i + 1];
            second = word;
            first.length = second.length = 1;
            second.letters[0] = word.letters[1];
            first.end = second.begin = static_cast<std::uint16_t>(word.begin + 1);
            first.dot_after = second.dot_after = true;
            second.hyphen_before = second.comma_before = false;
            ++i;
        }
    }

    /// The word behind the first comma; 0 without one.
    std::size_t first_behind_comma() const {
        for (std::size_t i = 1; i < words.count; ++i)
            if (words.items[i].comma_before) return i;
        return 0;
    }

    /// HAQ, Abdul is Abdul Haq, and MARZOOK, Mousa Abou is Mousa Abou Marzook.
    void bring_back_beginning() {
        if (words.count < 2) return;
        const RawWord& last = words.items[words.count - 1];
        const std::string_view latin = last.latin();
        const bool begins = latin == "abd" || latin == "abdul" || latin == "abdel" || latin == "abdur" ||
                            (flags_of(last) & (WordFlag::father_of | WordFlag::mother_of)) != 0;
        const std::size_t comma = first_behind_comma();
        if (!begins || comma == 0) return;
        const auto first = words.items.begin();
        std::rotate(first, first + static_cast<std::ptrdiff_t>(comma),
                    first + static_cast<std::ptrdiff_t>(words.count));
        for (std::size_t i = 0; i < words.count; ++i) words.items[i].comma_before = false;
    }

    /// Abd al-Rahman, Abu Bakr: one name each, however many words it is written in.
    void join_compounds() {
        bring_back_beginning();
        for (std::size_t i = 0; i + 1 < words.count; ++i) {
            RawWord& word = words.items[i];
            if (word.script != Script::latin && word.script != Script::arabic) continue;
            const std::string_view latin = word.latin();
            const bool servant = latin == "abd" || latin == "abdul" || latin == "abdel" || latin == "abdal" ||
                                 latin == "abdoul" || latin == "abdur";
            if (latin == "ayt" && words.items[i + 1].latin() == "allh") {
                join(word, words.items[i + 1]);
                remove(i + 1);
            } else if (servant) {
                const std::string_view next = words.items[i + 1].latin();
                const bool article = next == "al" || next == "el" || next == "ul" || next == "ur" || next == "ar" ||
                                     next == "as" || next == "us";
                if (article && i + 2 >= words.count) continue;
                if (words.items[i + 1].comma_before || (article && words.items[i + 2].comma_before)) continue;
                if (article) remove(i + 1);
                RawWord joined = word;
                joined.length = 0;
                joined.append("abdul");
                join(joined, words.items[i + 1]);
                words.items[i] = joined;
                remove(i + 1);
            } else if (latin.size() <= short_word && !words.items[i + 1].comma_before &&
                       (flags_of(word) & (WordFlag::father_of | WordFlag::mother_of))) {
                const std::string_view next = words.items[i + 1].latin();
                if (latin == "abul" || latin == "aboul" || latin == "abol" || latin == "abulla")
                    word.length = static_cast<std::uint8_t>(latin.find('l'));
                if (next == "al" || next == "el" || next == "l") {
                    if (i + 2 >= words.count) continue;
                    remove(i + 1);
                }
                join(word, words.items[i + 1]);
                remove(i + 1);
            } else if ((latin == "o" || latin == "mc" || latin == "mac") && !word.dot_after &&
                       words.items[i + 1].length >= 4 && !words.items[i + 1].comma_before) {
                join(word, words.items[i + 1]);
                remove(i + 1);
            } else if (words.items[i + 1].hyphen_before && latin.size() <= 6 && words.items[i + 1].length <= 6 &&
                       is_chinese_syllable(tables, latin) && is_chinese_syllable(tables, words.items[i + 1].latin())) {
                join(word, words.items[i + 1]);
                remove(i + 1);
            }
        }
    }

    struct Roles {
        std::array<Kind, detail::raw_words_max> kind;
        std::array<std::uint32_t, detail::raw_words_max> flags;  // what the tables say of each word
        std::size_t names = 0;                                   // how many are names
    };

    /// Hafiz and Agha are titles, and names where nothing else stands.
    static bool is_also_name(std::string_view latin) {
        static constexpr std::string_view listed[] = {"hafiz",  "agha",  "sayyid", "sayid", "sayed", "sayyed", "seyyed",
                                                      "syed",   "hajj",  "haj",    "haji",  "hajji", "imam",   "prince",
                                                      "queen",  "major", "judge",  "ustaz", "malik", "bishop", "sheikh",
                                                      "shaikh", "king",  "dean",   "qari",  "sultan"};
        return is_one_of(listed, latin);
    }

    static bool is_sovereign(std::string_view latin) {
        static constexpr std::string_view listed[] = {"pope", "king", "emperor", "empress", "tsar",   "czar",  "kaiser",
                                                      "rey",  "roi",  "konig",   "papst",   "sultan", "malik", "shah"};
        return is_one_of(listed, latin);
    }

    /// Alexander Pope, Martin Luther King: a title in front, a family name behind.
    static bool is_family_behind(std::string_view latin) {
        static constexpr std::string_view listed[] = {"pope", "king", "prince", "dean", "judge", "major", "bishop"};
        return is_one_of(listed, latin);
    }

    /// Hafez al-Assad: a title where two names follow, else a name.
    static bool is_mostly_name(std::string_view latin) { return latin == "hafez" || latin == "hafz" || latin == "syd"; }

    /// Doctor, in letters whose Latin ones are names of others.
    bool is_native_doctor(std::size_t at) const {
        const RawWord& word = words.items[at];
        if (at != 0 || word.script != Script::indic || words.count < 2) return false;
        const std::string_view text = std::string_view(out.original_).substr(word.begin, word.end - word.begin);
        static constexpr std::string_view listed[] = {"\u0921\u0949", "\u0921\u093e", "\u09a1", "\u0a21\u0a3e"};
        return is_one_of(listed, text);
    }

    /// Is a word all that stands on its side of the comma?
    bool alone(std::size_t at) const {
        const std::size_t comma = first_behind_comma();
        if (comma == 0) return false;
        const std::size_t first = at < comma ? 0 : comma, last = at < comma ? comma : words.count;
        for (std::size_t i = first; i < last; ++i) {
            if (i != at && words.items[i].length > 2) return false;
        }
        return true;
    }

    /// Letters of Samoa, and every syllable open: Sailele, Malielegaoi.
    static bool is_polynesian(std::string_view latin) {
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

    /// How many words in front are titles of a chief of Samoa: Tuilaepa, Lau Afioga Fiame. Only before two names that
    /// can be Samoan, because many have such a name as their own.
    std::size_t samoan_titles() const {
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
    bool is_burmese_honorific(std::size_t at) const {
        if (at != 0 || words.count < 3 || !(flags_of(words.items[0]) & WordFlag::burmese_honorific)) return false;
        if (words.items[0].latin() == words.items[1].latin()) return false;
        for (std::size_t i = 1; i < words.count; ++i)
            if (!(flags_of(words.items[i]) & WordFlag::burmese_name)) return false;
        return true;
    }

    static bool is_child_behind(std::string_view latin) {
        static constexpr std::string_view listed[] = {"oglu", "oglou", "oghlu", "ogly", "ogli", "ugli", "uglu", "ogluu",
                                                      "qizi", "kyzy",  "gizi",  "kizi", "qyzy", "uulu", "uly",  "uli"};
        return is_one_of(listed, latin);
    }

    /// Louis XIV, Elizabeth I: a number in capitals behind everything. Xi and Vi are names behind others of China and
    /// Vietnam, and where all is in capitals.
    bool is_roman_numeral(std::size_t at) const {
        const RawWord& word = words.items[at];
        if (word.script != Script::latin || word.dot_after || word.comma_before || at + 1 != words.count) return false;
        const std::string_view text = std::string_view(out.original_).substr(word.begin, word.end - word.begin);
        if (text.find_first_not_of("IVX") != text.npos) return false;
        if (std::none_of(out.original_.begin(), out.original_.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
            return false;
        const std::string_view before = words.items[at - 1].latin();
        return text.size() >= 3 || text == "II" || text == "IV" || text == "IX" || text == "I" ||
               (!is_chinese_word(tables, before) && !is_vietnamese_syllable(before));
    }

    /// Lê Minh Tư is no Frenchman.
    bool is_vietnamese_le() const {
        for (std::size_t i = 1; i < words.count; ++i)
            if (words.items[i].script != Script::latin || words.items[i].hyphen_before || words.items[i].comma_before ||
                !is_made_of(words.items[i].latin(), is_vietnamese_syllable))
                return false;
        return words.count >= 3 || (words.count == 2 && !is_vietnamese_syllable(words.items[1].latin()));
    }

    /// What each word is, before it is known which name is the family's.
    Roles kinds_of_words() const {
        Roles roles;
        bool after_son_of = false;
        // BIN KHALIFA, Fahmi: Bin is no given name there.
        const bool family_of_two = words.count >= 3 && words.items[2].comma_before && !words.items[1].comma_before;
        const std::size_t chiefs = samoan_titles();
        std::size_t remaining = 0;
        for (std::size_t i = 0; i < words.count; ++i) {
            roles.flags[i] = flags_of(words.items[i]);
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
        return roles;
    }

    /// Which names are given and which are the family's, by comma, culture and habit.
    void place_names(Roles& roles) const {
        std::array<std::size_t, detail::raw_words_max> at;
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
        const std::uint32_t first = roles.flags[at[0]], last = roles.flags[at[count - 1]];
        const bool eastern = (first & WordFlag::family_first && !(first & WordFlag::mostly_given)) ||
                             (at[0] == 0 && words.items[0].latin() == "le" && is_vietnamese_le());
        const bool reversed = first & WordFlag::mostly_family && last & WordFlag::mostly_given;
        const bool native_east =
            words.items[at[0]].script == Script::han || words.items[at[0]].script == Script::hangul;
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
        if (count >= 3 && roles.flags[at[count - 2]] & WordFlag::mostly_family)
            roles.kind[at[count - 2]] = Kind::family;
    }

    float rarity_of(const Part& part) const {
        if (part.known == 0 || tables.words[part.known].rarity == 0) return costs::rarity_unlisted;
        return 0.5F * static_cast<float>(tables.words[part.known].rarity);
    }

    /// الأسد is al and Assad.
    void split_arabic_articles() {
        for (std::size_t i = 0; i < words.count && words.count < detail::raw_words_max; ++i) {
            const RawWord& word = words.items[i];
            static constexpr std::string_view article = "\u0627\u0644";
            const std::string_view text = std::string_view(out.original_).substr(word.begin, word.end - word.begin);
            if (word.script != Script::arabic || text.size() < article.size() + 6 || !text.starts_with(article))
                continue;
            static thread_local RawWords rest;
            detail::read_words(tables, text.substr(article.size()), rest);
            if (rest.count != 1 || rest.items[0].length < 2) continue;
            RawWord al = word, name = rest.items[0];
            al.length = 0;
            al.append("al");
            al.end = static_cast<std::uint16_t>(word.begin + article.size());
            name.begin = al.end;
            name.end = word.end;
            std::move_backward(words.items.begin() + static_cast<std::ptrdiff_t>(i + 1),
                               words.items.begin() + static_cast<std::ptrdiff_t>(words.count),
                               words.items.begin() + static_cast<std::ptrdiff_t>(words.count + 1));
            words.items[i] = al;
            words.items[i + 1] = name;
            ++words.count;
            ++i;
        }
    }

    /// A description of office or relation that begins at a word: former Press Secretary, Russian Foreign Minister.
    struct Description {
        std::size_t end = 0;        ///< behind its last word of office or relation; 0: there is none
        bool only_title = true;     ///< nothing but one word that is a title too
        bool relation_only = true;  ///< whose somebody is, and no office
    };

    /// Words of a company or a public body, a place or a people, that are hardly a name here; how many.
    std::size_t body_or_place_at(std::size_t at, bool& place) const {
        Phrase phrase;
        const std::size_t length = phrase_at(at, phrase);
        if (length == 0 || phrase.kind == Phrase::Kind::legal_form || phrase.kind > Phrase::Kind::place) return 0;
        place = phrase.kind == Phrase::Kind::place || tables.is_country(phrase.meaning);
        return length;
    }

    static bool is_article(std::string_view latin) {
        static constexpr std::string_view listed[] = {"the", "al", "le", "la", "el", "his", "her", "its", "their"};
        return is_one_of(listed, latin);
    }

    Description description_at(std::size_t at) const {
        Description found;
        bool qualified = false;
        for (std::size_t i = at; i < words.count && (i == at || !words.items[i].comma_before);) {
            const std::uint32_t flags = flags_of(words.items[i]);
            bool place = false;
            if (words.items[i].aside != words.items[at].aside) break;
            if (flags & (WordFlag::office | WordFlag::relation)) {
                found.only_title = i == at && flags & WordFlag::title;
                found.relation_only = found.relation_only && (flags & WordFlag::office) == 0;
                found.end = ++i;
            } else if (flags & WordFlag::title && qualified) {
                found.only_title = found.relation_only = false;
                found.end = ++i;
            } else if (flags & WordFlag::qualifier || is_article(words.items[i].latin())) {
                qualified = (flags & WordFlag::qualifier) != 0;
                ++i;
            } else if (const std::size_t length =
                           found.end == 0 && (flags & WordFlag::mostly_given) == 0 ? body_or_place_at(i, place) : 0;
                       length > 0) {
                i += length;
            } else {
                break;
            }
        }
        return found;
    }

    /// What an office is of: the Islamic Republic of Iran. The word behind it; `at` if it is nothing that is known.
    std::size_t end_of_object(std::size_t at) const {
        bool place_fits = true;
        std::size_t end = at;
        for (std::size_t i = at; i < words.count && (i == at || !words.items[i].comma_before);) {
            const std::uint32_t flags = flags_of(words.items[i]);
            bool place = false;
            if (flags & (WordFlag::office | WordFlag::relation)) {
                end = ++i;
            } else if (flags & (WordFlag::office_of | WordFlag::qualifier) || is_article(words.items[i].latin())) {
                place_fits = true;
                ++i;
            } else if (const std::size_t length = body_or_place_at(i, place); length > 0) {
                const bool name = (flags & WordFlag::mostly_given) != 0;
                // Where words are declined, no "of" stands before a country.
                const bool declined = words.items[i].script != Script::latin;
                if (!place_fits && (name || (place && !declined))) break;
                end = i += length;
                place_fits = false;
            } else {
                break;
            }
        }
        return end;
    }

    /// How many words before a place are names.
    std::size_t names_before(std::size_t at) const {
        std::size_t count = 0;
        for (std::size_t i = 0; i < at; ++i)
            count += words.items[i].length > 1 &&
                     (flags_of(words.items[i]) & (WordFlag::title | WordFlag::particle | WordFlag::generation)) == 0;
        return count;
    }

    bool is_known_name(const RawWord& word) const {
        const Word* const known = tables.word(word.latin());
        return known != nullptr && known->rarity != 0;
    }

    bool is_possessive(const RawWord& word) const {
        const std::string_view text = std::string_view(out.original_).substr(word.begin, word.end - word.begin);
        return text.ends_with("'s") || text.ends_with("\u2019s") || text.ends_with("'") || text.ends_with("\u2019");
    }

    /// Dmitry Peskov, Press Secretary of President Vladimir Putin; President of Belarus Aleksandr Lukashenko: what
    /// somebody is, and whose, is no part of the name.
    void cut_descriptions() {
        if (words.count < 3 || words.travel_document) return;
        std::uint32_t any = 0;
        for (std::size_t i = 0; i < words.count; ++i) any |= flags_of(words.items[i]);
        if ((any & (WordFlag::office | WordFlag::relation | WordFlag::qualifier)) == 0) return;
        if (const std::size_t address = address_in_front(); address > 0) cut_front(address);
        cut_description_behind();
        cut_description_in_front();
    }

    /// Hassan II of Morocco, Friedrich II. von Preußen.
    void cut_realm() {
        for (std::size_t i = 1; i + 2 < words.count; ++i) {
            const std::string_view number = words.items[i].latin();
            if (number.size() > 1 && number.find_first_not_of("ivx") == number.npos &&
                flags_of(words.items[i + 1]) & WordFlag::office_of)
                words.count = i + 1;
        }
    }

    void cut_description_behind() {
        for (std::size_t i = 1; i < words.count; ++i) {
            const bool aside = words.items[i].aside && !words.items[i - 1].aside;
            const std::uint32_t flags = flags_of(words.items[i]);
            const bool begins = words.items[i].comma_before || aside;
            const bool run_on = i >= 2 && flags & (WordFlag::office | WordFlag::relation | WordFlag::qualifier);
            if (!begins && !run_on) continue;
            const Description found = description_at(i);
            const std::size_t names = names_before(i);
            if (found.end == 0 || names == 0) continue;
            const bool ends = found.end == words.count || words.items[found.end].comma_before;
            const bool has_object =
                !ends && (flags_of(words.items[found.end]) & WordFlag::office_of) != 0 && found.end + 1 < words.count;
            // LUKASHENKO, President Aleksandr; but Putin, President of Russia.
            const bool is_name =
                !ends && !has_object && end_of_object(found.end) == found.end &&
                (names == 1 || (found.only_title && (flags_of(words.items[found.end]) & WordFlag::mostly_given) != 0));
            if (ends && found.end == i + 1 && is_known_name(words.items[i])) continue;  // NGUYEN, Son
            if (aside) {
                std::size_t end = i;
                while (end < words.count && words.items[end].aside) ++end;
                remove(i, end - i);
                --i;
            } else if (begins ? !is_name : names >= 2 && has_object) {
                words.count = i;
            }
        }
    }

    /// His Royal Highness, the late: words in front that only address or qualify; how many.
    std::size_t address_in_front() const {
        static constexpr std::string_view whose[] = {"his", "her", "their", "your", "the"},
                                          rank[] = {"royal", "imperial", "serene", "most", "reverend"},
                                          what[] = {"excellency", "majesty", "highness", "eminence", "holiness",
                                                    "honour",     "honor",   "grace",    "lordship", "late"};
        const auto stands = [this](std::size_t at, const auto& listed) {
            return at < words.count && is_one_of(listed, words.items[at].latin());
        };
        std::size_t at = stands(0, whose) ? 1 : 0;
        while (stands(at, rank)) ++at;
        return at > 0 && stands(at, what) && at + 1 < words.count ? at + 1 : 0;
    }

    void cut_description_in_front() {
        // Assange's lawyer Jennifer Robinson.
        for (std::size_t i = 0; i + 2 < words.count; ++i) {
            if (!is_possessive(words.items[i])) continue;
            const Description found = description_at(i + 1);
            if (found.end != 0 && found.end < words.count) return cut_front(found.end);
        }
        Description found = description_at(0);
        // Gazprom CEO Alexey Miller.
        if (found.end == 0 && words.items[0].script != Script::arabic && !is_known_name(words.items[0]) &&
            !words.items[1].comma_before) {
            found = description_at(1);
            if (found.relation_only || found.end + 2 > words.count || first_behind_comma() != 0) return;
        }
        if (found.end == 0 || found.end >= words.count) return;
        const bool has_object = (flags_of(words.items[found.end]) & WordFlag::office_of) != 0;
        const std::size_t comma = first_behind_comma();
        // ALCALDE LINARES, Angel; سفير is a name too, السفير is not.
        if (!has_object && found.end == 1 && (comma > 0 || words.items[0].script == Script::arabic)) return;
        if (comma > 0) {
            // Head of the Bratva Group, Ivan Petrov; President of Belarus LUKASHENKO, Aleksandr.
            if (has_object && comma > found.end && words.count >= comma + 2) return cut_front(comma);
        }
        std::size_t end = end_of_object(found.end);
        // Presiden Indonesia Joko Widodo, but President Jordan Bardella.
        const RawWord& behind = words.items[found.end];
        if (!has_object && behind.script == Script::latin && is_known_name(behind)) end = found.end;
        if (end == found.end && (has_object || found.only_title)) return;
        if (!has_object && end > found.end && words.count < end + 2) return cut_front(found.end);
        if (end < words.count) cut_front(end);
    }

    void cut_front(std::size_t count) {
        remove(0, count);
        words.items[0].comma_before = words.items[0].hyphen_before = false;
    }

    /// Between the parts of a foreign name in Chinese characters.
    static constexpr std::string_view dots[] = {"\u00b7", "\u2022", "\u2027", "\u30fb"};

    void person() {
        split_arabic_articles();
        eastern_in_cyrillic_ = is_eastern_in_cyrillic();
        if (!eastern_in_cyrillic_) cut_descriptions();
        cut_realm();
        cut_title_behind();
        split_unspaced_names();
        split_burmese();
        cut_thai_title();
        cut_glued_title();
        split_initials();
        join_of_the_faith();
        join_compounds();
        turkic_ = has_turkic_letter();
        Roles roles = kinds_of_words();
        bool chinese = false;
        for (std::size_t i = 0; i < words.count; ++i) {
            chinese = chinese || roles.flags[i] & (WordFlag::family_first | WordFlag::surname_variant);
        }
        place_names(roles);
        std::size_t families = 0, givens = 0;
        for (std::size_t i = 0; i < words.count; ++i) {
            Part part = part_of(words.items[i]);
            part.kind = roles.kind[i];
            part.eastern = chinese || part.han || part.hangul;
            part.rarity = rarity_of(part);
            switch (part.kind) {
                case Kind::family:
                    part.weight = person_weight(part.rarity) * (families++ == 0 ? 1.0F : costs::weight_middle + 0.1F);
                    // Cardona Martínez, and Cardona de Ibarra once she is married.
                    if (families == 2 && i > 0 && words.items[i - 1].latin() == "de")
                        part.weight *= costs::weight_husbands;
                    break;
                case Kind::given:
                    part.weight = person_weight(part.rarity) * (givens++ == 0 ? 1.0F : costs::weight_middle);
                    break;
                case Kind::name:
                    part.weight = person_weight(part.rarity) * (roles.names > 1 ? costs::weight_middle : 1.0F);
                    break;
                case Kind::patronymic: part.weight = costs::weight_patronymic; break;
                case Kind::nickname: part.weight = costs::weight_aside; break;
                case Kind::initial:
                    part.weight = costs::weight_initial;
                    part.rarity = 2.5F;
                    break;
                default: part.weight = 0; break;
            }
            if (chinese && !part.native && part.weight > 0 && part.length >= 2)
                add_other(part, pinyin_of(tables, part.latin(), behind_apostrophes(out.text_of(part))));
            push(part);
        }
        // 彼得·史密斯 is Peter Smith.
        const bool dotted = std::any_of(std::begin(dots), std::end(dots), [this](std::string_view dot) {
            return out.original_.find(dot) != std::string::npos;
        });
        for (Part& part : out.parts_) part.sounded = part.han && dotted;
        for (Part& part : out.parts_) {
            if (!chinese || part.native || part.weight <= 0) continue;
            part.pinyin = is_made_of(part.latin(), tables.pinyin_syllables);
            part.cantonese = is_made_of(part.latin(), tables.cantonese_syllables);
        }
        if (chinese) mark_syllables();
        add_eastern_readings();
        mark_vietnamese();
        mark_japanese();
        mark_latvian();
    }

    static std::u32string lower_cyrillic(std::string_view text) {
        std::u32string letters;
        for (std::size_t at = 0; at < text.size();) {
            const char32_t c = text::next(text, at);
            letters += c >= 0x410 && c <= 0x42f ? c + 0x20 : c == 0x401 ? 0x451 : c;
        }
        return letters;
    }

    /// Ван Сюэмэй, Ким Дэ Чжун: the name of a Chinese, or of a Korean in three words, in Cyrillic letters. Words of it
    /// are no particles.
    bool is_eastern_in_cyrillic() const {
        constexpr std::size_t family_letters_max = 6, letters_most = 14;
        if (words.count < 2 || words.count > 3 || words.items[0].script != Script::cyrillic) return false;
        bool chinese = true, korean = words.count == 3;
        std::string pinyin;
        for (std::size_t i = 0; i < words.count && (chinese || korean); ++i) {
            const RawWord& word = words.items[i];
            if (word.script != Script::cyrillic) return false;
            const std::u32string letters =
                lower_cyrillic(std::string_view(out.original_).substr(word.begin, word.end - word.begin));
            if (letters.size() > (i == 0 ? family_letters_max : letters_most)) return false;
            chinese = chinese && detail::pinyin_of_cyrillic(tables, letters, pinyin);
            korean = korean && !detail::korean_of_cyrillic(letters, i == 0).empty();
        }
        return chinese || korean;
    }
    bool eastern_in_cyrillic_ = false;

    /// 王建国 as Russian writes it (Ван Цзяньго) has its pinyin for another reading, Ким Чен Ын what Korea writes. Only
    /// where all of the name can be cut into such syllables and begins with a family name.
    void add_eastern_readings() {
        constexpr auto cyrillic = static_cast<std::uint8_t>(Script::cyrillic);
        std::size_t names = 0, syllables = 0;
        for (const Part& part : out.parts_) {
            if (part.weight <= 0) continue;
            if (part.script != cyrillic || part.length < 2) return;
            constexpr std::size_t family_bytes_max = 12;
            if (names == 0 && static_cast<std::size_t>(part.end - part.begin) > family_bytes_max) return;
            ++names;
        }
        if (names < 2 || names > 3) return;
        std::array<std::u32string, parts_max> letters;
        std::array<std::string, parts_max> pinyin;
        bool chinese = true, first = true;
        for (std::size_t i = 0; i < out.parts_.size(); ++i) {
            if (out.parts_[i].weight <= 0) continue;
            letters[i] = lower_cyrillic(out.text_of(out.parts_[i]));
            chinese = chinese && letters[i].size() <= 14 && detail::pinyin_of_cyrillic(tables, letters[i], pinyin[i]);
            if (chinese && first) {
                const Word* const known = tables.word(pinyin[i]);
                chinese = known != nullptr && (known->flags & WordFlag::family_first) != 0;
            }
            first = false;
            syllables += letters[i].size() <= 5 || detail::is_vietnamese_family_in_cyrillic(letters[i]);
        }
        for (std::size_t i = 0; chinese && i < out.parts_.size(); ++i) {
            if (!pinyin[i].empty()) add_other(out.parts_[i], pinyin[i], detail::mandarin_reading);
        }
        if (names != 3 || syllables != 3) return;
        const bool vietnamese = std::any_of(letters.begin(), letters.end(), [](const std::u32string& one) {
            return !one.empty() && detail::is_vietnamese_family_in_cyrillic(one);
        });
        for (std::size_t i = 0; vietnamese && i < out.parts_.size(); ++i) {
            if (!letters[i].empty()) add_other(out.parts_[i], detail::vietnamese_of_cyrillic(letters[i]));
        }
        first = true;
        for (std::size_t i = 0; i < out.parts_.size(); ++i) {
            if (letters[i].empty()) continue;
            const std::vector<std::string> korean = detail::korean_of_cyrillic(letters[i], first);
            if (korean.empty()) return;
            for (const std::string& reading : korean) add_other(out.parts_[i], reading, detail::korean_reading);
            first = false;
        }
    }

    /// Donalds Tramps: every name ends in s, and none is known to.
    void mark_latvian() {
        std::size_t names = 0;
        for (const Part& part : out.parts_) {
            if (part.weight <= 0 || part.kind == Kind::initial) continue;
            if (part.native || part.length < 4 || part.letters[part.length - 1U] != 's' ||
                (part.known != 0 && tables.words[part.known].rarity != 0))
                return;
            ++names;
        }
        if (names < 2) return;
        for (Part& part : out.parts_) part.latvian = part.weight > 0 && part.kind != Kind::initial;
    }

    /// A name of Japan: every part can be cut into its syllables, and one is known. A syllable more or less makes
    /// another name there (Kenji and Kenzo, Haruko and Haruka).
    void mark_japanese() {
        bool known = false;
        for (const Part& part : out.parts_) {
            if (part.weight <= 0) continue;
            if (part.native || part.length < 2 || !is_japanese_word(part.latin())) return;
            known = known || (part.known != 0 && tables.words[part.known].flags & WordFlag::japanese_name);
        }
        if (!known) return;
        for (Part& part : out.parts_) part.japanese = part.weight > 0;
    }

    /// Every letter counts in a name of Vietnam: An and Anh, Dung and Duong are names of different people.
    void mark_vietnamese() {
        bool surname = false;
        for (const Part& part : out.parts_) {
            if (part.weight <= 0) continue;
            if (part.native || part.hyphen_before || !is_vietnamese_syllable(part.latin())) return;
            surname = surname || is_vietnamese_surname(part.latin());
        }
        if (!surname) return;
        for (Part& part : out.parts_) part.vietnamese = part.weight > 0;
    }

    void mark_syllables() {
        // A family name of the older spellings (Soong) is known as one.
        const auto is_family = [this](const Part& part) {
            return part.kind == Kind::family && !part.native &&
                   (tables.words[part.known].flags & WordFlag::family_first) != 0;
        };
        const auto is_syllables = [this](const Part& part) {
            return !part.native && is_chinese_word(tables, part.latin());
        };
        for (const Part& part : out.parts_)
            if (part.weight > 0 && !is_syllables(part) && !is_family(part)) return;
        for (Part& part : out.parts_) part.syllables = part.weight > 0 && is_syllables(part);
    }

    // ---- organisations

    /// A letter, however many Latin ones it takes to write it.
    static bool is_single_letter(const RawWord& word) {
        return word.length == 1 ||
               (word.end - word.begin == 2 && (word.script == Script::arabic || word.script == Script::cyrillic));
    }

    /// "I.B.M." and "I B M" are one word.
    void join_single_letters() {
        for (std::size_t i = 0; i < words.count; ++i) {
            while (i + 1 < words.count && is_single_letter(words.items[i + 1]) && !words.items[i + 1].digits &&
                   !words.items[i].digits &&
                   (is_single_letter(words.items[i]) || (i + 1 < words.count && joined_[i]))) {
                join(words.items[i], words.items[i + 1]);
                remove(i + 1);
                joined_[i] = true;
            }
        }
    }
    std::array<bool, detail::raw_words_max> joined_ = {};

    /// 北京科技有限公司: the form is written without a space, at the end or in front.
    /// What is left is cut again: 北京科技 is 北京 and 科技.
    void cut_unspaced_forms(std::vector<std::pair<std::size_t, Phrase>>& cut) {
        for (std::size_t i = 0; i < words.count && words.count < detail::raw_words_max; ++i) {
            RawWord& word = words.items[i];
            if (word.script != Script::han && word.script != Script::hangul && word.script != Script::kana) continue;
            const std::string_view text = std::string_view(out.original_).substr(word.begin, word.end - word.begin);
            std::string simple;  // of as many bytes: no character has its other form in another plane
            for (std::size_t at = 0; at < text.size();) text::append(simple, tables.simplified(text::next(text, at)));
            for (std::size_t size = std::min(tables.unspaced_bytes_max, simple.size()); size > 0; --size) {
                std::uint32_t number =
                    tables.unspaced_numbers.find(std::string_view(simple).substr(simple.size() - size));
                const bool behind = number != TextMap::absent;
                if (!behind) number = tables.unspaced_numbers.find(std::string_view(simple).substr(0, size));
                if (number == TextMap::absent) continue;
                if (size == simple.size()) break;
                const Phrase& phrase = tables.unspaced[number];
                const std::string_view bytes = text.substr(behind ? text.size() - size : 0, size);
                const std::string_view rest = behind ? text.substr(0, text.size() - size) : text.substr(size);
                static thread_local RawWords one;
                detail::read_words(tables, rest, one);
                if (one.count != 1) continue;
                RawWord kept = one.items[0];
                kept.begin = static_cast<std::uint16_t>(word.begin + (behind ? 0 : bytes.size()));
                kept.end = static_cast<std::uint16_t>(kept.begin + rest.size());
                RawWord cut_off = word;
                detail::read_words(tables, bytes, one);
                if (one.count == 1) cut_off = one.items[0];
                cut_off.begin = static_cast<std::uint16_t>(behind ? kept.end : word.begin);
                cut_off.end = static_cast<std::uint16_t>(cut_off.begin + bytes.size());
                word = kept;
                std::move_backward(words.items.begin() + static_cast<std::ptrdiff_t>(i + 1),
                                   words.items.begin() + static_cast<std::ptrdiff_t>(words.count),
                                   words.items.begin() + static_cast<std::ptrdiff_t>(words.count + 1));
                words.items[i + 1] = cut_off;
                ++words.count;
                for (auto& [at, other] : cut) at += at > i;
                cut.emplace_back(behind ? i + 1 : i, phrase);
                if (!behind) std::swap(words.items[i], words.items[i + 1]);
                i -= behind ? 1U : 0U;  // look again at what is left
                break;
            }
        }
    }

    /// Two letters are a legal form behind a name (AS, AB), but in front of it only where that is the custom (AO, PT).
    bool is_form_here(std::size_t at) const {
        const std::string_view latin = words.items[at].latin();
        if (!number_of(latin).empty()) return false;
        if (latin.size() > 2) return true;
        static constexpr std::string_view in_front[] = {"ao", "ab", "as", "cv", "oy", "pt",
                                                        "sa", "pp", "up", "ip", "kt"};
        const bool first = at == 0, last = at + 1 == words.count;
        return last || at > 1 ||
               (first && std::find(std::begin(in_front), std::end(in_front), latin) != std::end(in_front));
    }

    /// The longest phrase of the tables that begins at a word; its length in words, 0 if there is none.
    std::size_t phrase_at(std::size_t at, Phrase& found) const {
        if (words.items[at].ampersand) return 0;
        const std::uint32_t start = tables.phrase_starts.find(words.items[at].latin());
        if (start == TextMap::absent) return 0;
        std::size_t length = std::min<std::size_t>(tables.phrase_lengths[start], words.count - at);
        for (; length > 0; --length) {
            std::array<char, 256> room;
            std::size_t used = 0;
            for (std::size_t i = at; i < at + length && used + letters_max + 1 < room.size(); ++i) {
                if (i > at) room[used++] = ' ';
                const std::string_view latin = words.items[i].latin();
                std::memcpy(room.data() + used, latin.data(), latin.size());
                used += latin.size();
            }
            const std::uint32_t number = tables.phrase_numbers.find({room.data(), used});
            if (number == TextMap::absent) continue;
            if (length == 1 && flags_of(words.items[at]) & WordFlag::company_stop) return 0;
            found = tables.phrases[number];
            const bool short_native = words.items[at].script != Script::latin && words.items[at].length <= 3;
            if (found.kind == Phrase::Kind::legal_form && length == 1 &&
                (!is_form_here(at) || (short_native && found.other_meaning != 0))) {
                // GK is a legal form of Japan and a group of companies of Russia; صحة is not Sh.A.
                if (found.other_meaning == 0) return 0;
                found = {.kind = found.other_kind, .meaning = found.other_meaning};
            }
            return length;
        }
        return 0;
    }

    /// للتجارة is "for the trade".
    void cut_arabic_articles() {
        for (std::size_t i = 0; i < words.count; ++i) {
            RawWord& word = words.items[i];
            if (word.script != Script::arabic) continue;
            const std::string_view text = std::string_view(out.original_).substr(word.begin, word.end - word.begin);
            for (const std::string_view article : {"\u0648\u0627\u0644", "\u0627\u0644", "\u0644\u0644"}) {
                if (text.size() < article.size() + 6 || !text.starts_with(article)) continue;
                static thread_local RawWords rest;
                detail::read_words(tables, text.substr(article.size()), rest);
                if (rest.count != 1 || rest.items[0].length < 2) break;
                const auto begin = static_cast<std::uint16_t>(word.begin + article.size());
                const RawWord whole = word;
                word = rest.items[0];
                word.begin = begin;
                word.end = whole.end;
                word.hyphen_before = whole.hyphen_before;
                word.comma_before = whole.comma_before;
                word.aside = whole.aside;
                break;
            }
        }
    }

    /// De l'Intérieur is of the interior; L'Oréal stays.
    void cut_elisions() {
        for (std::size_t i = 0; i < words.count; ++i) {
            RawWord& word = words.items[i];
            if (word.script != Script::latin || word.length < 5) continue;
            const std::string_view text = std::string_view(out.original_).substr(word.begin, word.end - word.begin);
            if (text.find_first_of("lLdD") != 0) continue;
            const std::size_t mark = text.substr(1).starts_with('\'')       ? 1
                                     : text.substr(1).starts_with("\u2019") ? 3
                                                                            : 0;
            const std::string_view rest = word.latin().substr(1);
            if (mark == 0 || tables.phrase_numbers.find(rest) == TextMap::absent) continue;
            std::copy(rest.begin(), rest.end(), word.letters.begin());
            --word.length;
            word.begin = static_cast<std::uint16_t>(word.begin + mark + 1);
        }
    }

    /// 海顺丰7 and СМУ7: a number written together with a name, in letters of Latin or Cyrillic behind three at least.
    void split_glued_digits() {
        for (std::size_t i = 0; i < words.count && words.count < detail::raw_words_max; ++i) {
            const RawWord whole = words.items[i];
            if (whole.digits || whole.script == Script::none) continue;
            const std::string_view text = std::string_view(out.original_).substr(whole.begin, whole.end - whole.begin);
            const bool spaced = whole.script != Script::han && whole.script != Script::hangul &&
                                whole.script != Script::kana && whole.script != Script::thai;
            const auto is_digit = [text](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
            std::size_t cut = 0;
            for (std::size_t at = 1; at < text.size() && cut == 0; ++at)
                cut = is_digit(at) != is_digit(at - 1) ? at : 0;
            if (cut == 0) continue;
            const std::size_t digits = text.find_first_not_of("0123456789", cut);
            if (spaced && (is_digit(0) || cut < 3 || digits != text.npos)) continue;
            static thread_local RawWords half;
            RawWord first, second;
            detail::read_words(tables, text.substr(0, cut), half);
            if (half.count != 1) continue;
            first = half.items[0];
            detail::read_words(tables, text.substr(cut), half);
            if (half.count != 1) continue;
            second = half.items[0];
            first.hyphen_before = whole.hyphen_before;
            first.comma_before = whole.comma_before;
            first.aside = second.aside = whole.aside;
            first.begin = whole.begin;
            first.end = second.begin = static_cast<std::uint16_t>(whole.begin + cut);
            second.end = whole.end;
            std::move_backward(words.items.begin() + static_cast<std::ptrdiff_t>(i + 1),
                               words.items.begin() + static_cast<std::ptrdiff_t>(words.count),
                               words.items.begin() + static_cast<std::ptrdiff_t>(words.count + 1));
            words.items[i] = first;
            words.items[i + 1] = second;
            ++words.count;
        }
    }

    void organisation() {
        split_glued_digits();
        join_single_letters();
        cut_arabic_articles();
        cut_elisions();
        std::vector<std::pair<std::size_t, Phrase>> cut;
        cut_unspaced_forms(cut);
        for (std::size_t i = 0; i < words.count;) {
            Phrase phrase;
            std::size_t length = 0;
            for (const auto& [at, form] : cut) {
                if (at == i) {
                    phrase = form;
                    length = 1;
                }
            }
            if (length == 0) length = phrase_at(i, phrase);
            // A form in front of everything is a form only if something follows: "SA Trading", but not "AS".
            if (length > 0 && phrase.kind == Phrase::Kind::legal_form && i == 0 && length == words.count) length = 0;
            if (length > 0) {
                RawWord whole = words.items[i];
                for (std::size_t next = i + 1; next < i + length; ++next) join(whole, words.items[next]);
                Part part = part_of(whole);
                be_phrase(part, phrase);
                push(part);
                i += length;
                continue;
            }
            push(company_word(words.items[i]));
            ++i;
        }
        join_tens();
        mend_common_words();
        set_register_numbers_aside();
        set_branch_aside();
        drop_repeated_in_brackets();
        mark_company_syllables();
    }

    /// Lady Rasha (IMO 9184462): the number under which a ship or a company is registered is no part of its name.
    void set_register_numbers_aside() {
        constexpr std::size_t fewest_digits = 6, surely = 7;
        static constexpr std::string_view registers[] = {"imo",   "inn", "ogrn", "okpo", "kpp", "edrpou", "uen",
                                                         "abn",   "acn", "lei",  "cnpj", "nif", "cif",    "cuit",
                                                         "rfc",   "ruc", "bin",  "krs",  "nip", "regon",  "siren",
                                                         "siret", "kvk", "iec",  "duns", "crn", "npwp",   "nit"};
        for (std::size_t i = 1; i < out.parts_.size(); ++i) {
            Part &marker = out.parts_[i - 1], &number = out.parts_[i];
            if (number.kind != Kind::number || number.length < fewest_digits) continue;
            const bool marked =
                (marker.kind == Kind::common_word && tables.meanings[marker.form >> 16] == "register") ||
                std::find(std::begin(registers), std::end(registers), marker.latin()) != std::end(registers);
            if (!marked && number.length < surely) continue;
            number.weight = costs::weight_aside;
            if (!marked) continue;
            marker.kind = Kind::ignored;
            marker.weight = 0;
        }
    }

    /// Bank Melli Iran Hamburg Branch, Commerzbank Filiale Luxemburg: a branch, and where it is, say little.
    void set_branch_aside() {
        constexpr float little = 0.1F;
        auto& parts = out.parts_;
        const auto is_place = [&](const Part& part) {
            return part.kind == Kind::word && detail::says_trade(part.form) &&
                   (part.contrast || tables.is_country(part.form >> 16));
        };
        for (std::size_t i = 2; i < parts.size(); ++i) {
            const bool named = parts[i].kind == Kind::common_word && tables.meanings[parts[i].form >> 16] == "branch";
            const bool shortened = parts[i].latin() == "br" && i + 1 == parts.size() && is_place(parts[i - 1]);
            if (!named && !shortened) continue;
            parts[i].kind = Kind::ignored;
            parts[i].weight = 0;
            std::size_t behind = i + 1;
            while (behind < parts.size() && parts[behind].kind == Kind::ignored) ++behind;
            Part* const place = is_place(parts[i - 1]) && i >= 3                   ? &parts[i - 1]
                                : behind < parts.size() && is_place(parts[behind]) ? &parts[behind]
                                                                                   : nullptr;
            if (place == nullptr) continue;
            place->weight = little;
            place->contrast = true;  // two branches are two
        }
    }

    /// New Horizon Party (Yeni Ufuk): brackets that say the same again in another language.
    void drop_repeated_in_brackets() {
        const std::string_view text = out.original_;
        if (text.find('(') == text.npos) return;
        const auto inside = [text](const Part& part) {
            const std::size_t bracket = text.substr(0, part.begin).find_last_of("()");
            return bracket != text.npos && text[bracket] == '(';
        };
        for (Part& part : out.parts_) {
            if (part.kind != Kind::word || !inside(part)) continue;
            const bool repeated = std::any_of(out.parts_.begin(), out.parts_.end(), [&](const Part& other) {
                return !inside(other) && other.kind == Kind::word &&
                       (other.latin() == part.latin() || detail::same_meaning(other.form, part.form));
            });
            if (!repeated) continue;
            part.kind = Kind::ignored;
            part.weight = 0;
        }
    }

    /// Made of syllables of pinyin, of two letters and more?
    bool is_pinyin(std::string_view latin) const { return is_made_of(latin, tables.pinyin_syllables, 2); }

    /// Ningbo Hailong Trading: its own words are all pinyin, and a town is too or they look it.
    void mark_company_syllables() {
        const auto is_own = [](const Part& part) {
            return part.kind == Kind::word && !detail::says_trade(part.form) && !part.contrast;
        };
        static constexpr std::string_view typical[] = {"ng", "x", "q", "zh", "ua", "uo", "ao", "ui"};
        bool chinese = false, single = true;
        std::size_t own = 0, directions = 0;
        for (const Part& part : out.parts_) {
            if (part.native) return;
            const std::string_view latin = part.latin();
            directions += part.contrast && tables.pinyin_syllables.find(latin) != TextMap::absent;
            if (part.kind == Kind::word && !is_own(part) && part.length >= 6 && is_pinyin(latin)) {
                ++directions;
                single = false;
            }
            if (is_own(part)) {
                if (!is_pinyin(latin)) return;
                ++own;
                single = single && tables.pinyin_syllables.find(latin) != TextMap::absent;
                for (const std::string_view sign : typical) chinese = chinese || latin.find(sign) != latin.npos;
            }
            chinese = chinese || (part.contrast && part.length >= 5 && is_pinyin(latin));
        }
        if (own + directions == 0 || (!chinese && !single)) return;
        for (Part& part : out.parts_) {
            // Da and Di are no articles in Hong Da and Tong Di.
            if (single && part.kind == Kind::ignored && part.length >= 2 && part.end - part.begin == part.length &&
                out.text_of(part)[0] < 'a' && tables.pinyin_syllables.find(part.latin()) != TextMap::absent)
                be_own_word(part);
            part.syllables = chinese && is_own(part);
            // Haiyang is the sea and Dongfang the east, and beside Hailong and Dongyang syllables too.
            part.pinyin = chinese && part.kind == Kind::word && part.length >= 6 && is_pinyin(part.latin());
        }
    }

    /// Blue Tanker Shiping Compnay: a slip in a word that many companies have is that word, unless nothing else is
    /// left.
    void mend_common_words() {
        const auto is_own = [](const Part& part) { return part.kind == Kind::word && !detail::says_trade(part.form); };
        auto own = std::count_if(out.parts_.begin(), out.parts_.end(), is_own);
        for (std::size_t i = out.parts_.size(); i-- > 1 && own > 1;) {
            Part& part = out.parts_[i];
            if (!is_own(part) || part.form != 0 || part.native || part.contrast) continue;
            if (part.known != 0 &&
                (tables.words[part.known].rarity != 0 || tables.words[part.known].company_rarity != 0))
                continue;
            const Phrase* phrase = tables.slip_of_phrase(part.latin());
            if (phrase == nullptr || phrase->kind >= Phrase::Kind::place) continue;
            be_phrase(part, *phrase);
            --own;
        }
    }

    void be_phrase(Part& part, const Phrase& phrase) const {
        if (phrase.kind == Phrase::Kind::number) return be_number(part, tables.meanings[phrase.meaning]);
        part.form = detail::form_of(phrase);
        if (phrase.kind == Phrase::Kind::legal_form) {
            part.form = static_cast<std::uint32_t>(phrase.meaning) << 16 | phrase.form;
            part.kind = Kind::legal_form;
            part.weight = 0;
            part.rarity = 0.5F;
        } else if (phrase.kind == Phrase::Kind::common) {
            part.kind = Kind::common_word;
            part.weight = costs::weight_common_word;
            part.rarity = 2.5F;
        } else if (phrase.kind == Phrase::Kind::own) {
            be_own_word(part);
        } else {
            part.kind = Kind::word;
            part.weight = costs::weight_trade;
            part.rarity = 5.0F;
            part.contrast = part.contrast || phrase.kind == Phrase::Kind::place;
        }
    }

    void be_number(Part& part, std::string_view digits) const {
        set_letters(part, digits);
        part.kind = Kind::number;
        part.weight = costs::weight_number;
        part.rarity = 4;
        part.form = 0;
    }

    void be_own_word(Part& part) const {
        part.kind = Kind::word;
        const Word* known = part.known == 0 ? nullptr : &tables.words[part.known];
        part.rarity = known == nullptr || known->company_rarity == 0 ? costs::company_rarity_unlisted
                                                                     : 0.5F * static_cast<float>(known->company_rarity);
        part.weight = company_weight(part.rarity, part.length);
    }

    /// Is a number written out (ninety, девяносто), and not in digits?
    bool is_written_out(const Part& part) const {
        const std::string_view text = out.text_of(part);
        return part.kind == Kind::number && !text.empty() && (text[0] < '0' || text[0] > '9');
    }

    /// Ninety nine is 99, twenty-first 21.
    void join_tens() {
        for (std::size_t i = 0; i + 1 < out.parts_.size(); ++i) {
            Part &tens = out.parts_[i], &ones = out.parts_[i + 1];
            if (!is_written_out(tens) || !is_written_out(ones) || tens.length != 2 || tens.letters[1] != '0' ||
                tens.letters[0] == '1' || ones.length != 1)
                continue;
            const std::array<char, 2> digits = {tens.letters[0], ones.letters[0]};
            tens.end = ones.end;
            be_number(tens, {digits.data(), digits.size()});
            out.parts_.erase(out.parts_.begin() + static_cast<std::ptrdiff_t>(i + 1));
        }
    }

    Part company_word(const RawWord& word) {
        Part part = part_of(word);
        const Word* known = part.known == 0 ? nullptr : &tables.words[part.known];
        if (word.ampersand || (known != nullptr && known->flags & WordFlag::company_stop)) {
            part.kind = Kind::ignored;
            return part;
        }
        if (known != nullptr && known->flags & WordFlag::company_common) {
            part.kind = Kind::common_word;
            part.weight = costs::weight_common_word;
            part.rarity = 2.5F;
            return part;
        }
        const std::string_view number = number_of(word.latin());
        if (!number.empty()) {
            be_number(part, number);
            return part;
        }
        if (const Phrase* stem = tables.phrase_of_stem(word.latin()); stem != nullptr) {
            be_phrase(part, *stem);
            return part;
        }
        be_own_word(part);
        return part;
    }

    bool has_legal_form() const {
        for (std::size_t i = 1; i < words.count; ++i) {
            Phrase phrase;
            const std::size_t length = phrase_at(i, phrase);
            if (length > 0 && i + length == words.count && phrase.kind == Phrase::Kind::legal_form) return true;
        }
        return false;
    }

    /// A trade or a common word of companies that is none of a person's, a number, or what something is of or for.
    bool has_company_word() const {
        for (std::size_t i = 0; i < words.count && words.count >= 2; ++i) {
            if (words.items[i].digits || words.items[i].latin() == "of" || words.items[i].latin() == "for") return true;
            const Word* known = tables.word(words.items[i].latin());
            if (known != nullptr && (known->rarity != 0 || known->flags & (WordFlag::title | WordFlag::generation)))
                continue;
            Phrase phrase;
            const std::size_t length = phrase_at(i, phrase);
            if (length == 0 || length == words.count || phrase.kind >= Phrase::Kind::place) continue;
            // In front of everything, and of few letters, only a form: OAO Lukoil.
            const bool form = i == 0 && phrase.kind == Phrase::Kind::legal_form && words.items[i].length == 3;
            if (words.items[i].length >= 4 || form) return true;
        }
        return false;
    }

    /// (PDVSA) behind a company's name, (Sabri al-Banna) behind a person's: another name.
    /// @return where in the text it begins; npos if there is none
    std::size_t name_aside(Schema schema) const {
        if (words.count < 2 || !words.items[words.count - 1].aside) return std::string::npos;
        std::size_t first = words.count - 1;
        while (first > 0 && words.items[first - 1].aside) --first;
        const std::size_t count = words.count - first;
        if (first == 0) return std::string::npos;
        if (schema == Schema::person) return count >= 2 ? words.items[first].begin : std::string::npos;
        // Only capitals that a name in other letters is shortened to; (Dalian) is another company than (Shanghai).
        const auto capitals = [this](const RawWord& word) {
            const std::string_view text = std::string_view(out.original_).substr(word.begin, word.end - word.begin);
            return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        };
        if (count > 1 || words.items[first].length < 3 || !capitals(words.items[first]) || capitals(words.items[0]))
            return std::string::npos;
        Phrase phrase;
        return phrase_at(first, phrase) > 0 ? std::string::npos : words.items[first].begin;
    }

    void run(Schema schema) {
        detail::read_words(tables, std::string_view(out.original_).substr(0, name_bytes_max), words);
        const std::size_t other_name = cut_at_alias_marker();
        if (schema == Schema::unknown)
            schema = has_legal_form() || has_company_word() ? Schema::organisation : Schema::person;
        const std::size_t aside = other_name == std::string::npos ? name_aside(schema) : std::string::npos;
        const bool name_behind = aside != std::string::npos;
        if (name_behind && schema == Schema::organisation) --words.count;
        out.schema_ = schema;
        out.parts_.reserve(words.count);
        schema == Schema::organisation ? organisation() : person();
        give_weight_to_what_is_there();
        if (other_name != std::string::npos) add_other_names(other_name);
        if (name_behind) add_other_names(aside);
    }

    /// A name of nothing but titles, particles or common words is compared by them rather than not at all.
    void give_weight_to_what_is_there() {
        float weight = 0;
        for (const Part& part : out.parts_) weight += part.weight;
        if (weight < 0.3F) {
            for (Part& part : out.parts_) {
                if (part.kind != Kind::placeholder && part.kind != Kind::ignored && part.kind != Kind::legal_form)
                    part.weight = std::max(part.weight, 0.7F);
            }
        }
        for (const Part& part : out.parts_)
            out.comparable_ = static_cast<std::uint8_t>(out.comparable_ + (part.weight > 0));
        if (out.schema_ == Schema::person) set_marks();
    }

    /// What says that a man or a woman is meant, or whose child.
    void set_marks() const {
        // In order.
        static constexpr std::string_view his[] = {
            "dato",     "datuk", "dom",  "don", "dottor", "gospodin", "herr", "lord", "master", "mister",
            "monsieur", "mr",    "mstr", "pan", "senor",  "shri",     "sir",  "sr",   "sri"};
        static constexpr std::string_view hers[] = {"dame",     "datin", "dona",  "dottoressa", "frau",   "fraulein",
                                                    "gospozha", "lady",  "madam", "madame",     "miss",   "mlle",
                                                    "mme",      "mrs",   "ms",    "pani",       "senora", "senorita",
                                                    "shrimati", "smt",   "sra",   "srta"};
        for (const Part& part : out.parts_) {
            const auto is_in = [&part](const auto& listed) {
                return std::binary_search(std::begin(listed), std::end(listed), part.latin());
            };
            if (part.kind == Kind::title) {
                if (part.length <= 10 && is_in(his)) out.marks_ |= Prepared::mark_man;
                if (part.length <= 10 && is_in(hers)) out.marks_ |= Prepared::mark_woman;
            } else if (part.kind == Kind::particle) {
                const std::uint32_t flags = tables.words[part.known].flags;
                if (flags & (WordFlag::son_of | WordFlag::daughter_of) || part.latin() == "w/o")
                    out.marks_ |= Prepared::mark_child_of;
            } else if (part.length > 8 && part.latin().ends_with("dottir")) {
                out.marks_ |= Prepared::mark_dottir;
            } else if (part.length <= 4 && detail::is_child_word(part.latin())) {
                out.marks_ |= Prepared::mark_child_of;
            }
        }
    }
};

Prepared prepare(std::string_view name, Schema schema) {
    static thread_local RawWords words;
    Prepared result;
    result.original_ = name;
    Preparer{detail::tables(), result, words}.run(schema);
    return result;
}

std::pair<Prepared, Prepared> prepare_pair(std::string_view first, std::string_view second, Schema schema) {
    std::pair<Prepared, Prepared> both = {prepare(first, schema), prepare(second, schema)};
    if (both.first.schema() != both.second.schema()) {
        Prepared& person = both.first.schema() == Schema::person ? both.first : both.second;
        person = prepare(std::string(person.original()), Schema::organisation);
    }
    return both;
}

std::string Prepared::latin() const {
    std::string result;
    for (const Part& part : parts_) {
        if (!result.empty()) result += ' ';
        result += part.latin();
    }
    return result;
}

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::name: return "name";
        case Kind::given: return "given";
        case Kind::family: return "family";
        case Kind::patronymic: return "patronymic";
        case Kind::initial: return "initial";
        case Kind::nickname: return "nickname";
        case Kind::particle: return "particle";
        case Kind::title: return "title";
        case Kind::generation: return "generation";
        case Kind::placeholder: return "placeholder";
        case Kind::word: return "word";
        case Kind::common_word: return "common_word";
        case Kind::number: return "number";
        case Kind::legal_form: return "legal_form";
        case Kind::ignored: return "ignored";
    }
    return "unknown";
}

}  // namespace tideline::names
