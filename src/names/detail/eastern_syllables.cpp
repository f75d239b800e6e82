#include "names/detail/eastern_syllables.h"

#include <algorithm>

#include "base/text.h"
#include "names/detail/fold.h"

namespace tideline::names::detail {

bool is_chinese_syllable(const Tables& tables, std::string_view latin) {
    return tables.pinyin_syllables.find(latin) != TextMap::absent ||
           tables.wade_giles_numbers.find(latin) != TextMap::absent;
}

bool is_chinese_word(const Tables& tables, std::string_view latin) {
    return is_made_of(latin, [&tables](std::string_view one) { return is_chinese_syllable(tables, one); });
}

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

namespace {

/// The same syllable with its first sound breathed, which the older spelling writes with an apostrophe: q for j.
std::string breathed(std::string_view pinyin) {
    static constexpr std::pair<std::string_view, std::string_view> sounds[] = {{"zh", "ch"}, {"j", "q"}, {"z", "c"},
                                                                               {"b", "p"},   {"d", "t"}, {"g", "k"}};
    for (const auto& [plain, with_breath] : sounds) {
        if (pinyin.starts_with(plain)) return std::string(with_breath) + std::string(pinyin.substr(plain.size()));
    }
    return std::string(pinyin);
}

}  // namespace

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

bool is_vietnamese_surname(std::string_view latin) {
    static constexpr std::string_view surnames[] = {
        "nguyen", "tran", "le",    "pham", "hoang", "huynh",  "phan",  "vu",   "vo",  "dang", "bui",  "do",
        "ho",     "ngo",  "duong", "ly",   "dinh",  "truong", "trinh", "lam",  "mai", "dao",  "doan", "vuong",
        "luong",  "cao",  "ta",    "thai", "chau",  "phung",  "quach", "kieu", "luu", "to",   "tong", "trieu"};
    return std::find(std::begin(surnames), std::end(surnames), latin) != std::end(surnames);
}

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

bool is_japanese_word(std::string_view latin) {
    static constexpr std::string_view beginnings[] = {"ky", "gy", "sh", "sy", "ch", "ty", "ny", "hy", "by", "py", "my",
                                                      "ry", "ts", "zy", "jy", "k",  "g",  "s",  "z",  "t",  "d",  "n",
                                                      "h",  "f",  "b",  "p",  "m",  "y",  "r",  "w",  "j"};
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

}  // namespace tideline::names::detail
