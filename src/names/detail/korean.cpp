#include "names/detail/korean.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>

#include "base/text.h"
#include "names/detail/fold.h"

namespace tideline::names::detail {

namespace {

// Spellings of the sounds of a syllable, separated by spaces; "-" is none at all. In the order of Unicode.
constexpr std::array<std::string_view, 19> initials = {
    "g k",  "kk gg k g", "n",      "d t",         "tt dd t d", "r l",  "m",    "b p",    "pp bb p b", "s sh",
    "ss s", "-",         "j ch z", "jj tch j ch", "ch",        "k kh", "t th", "p ph f", "h"};
constexpr std::array<std::string_view, 21> vowels = {
    "a ah",       "ae ai e", "ya",     "yae",        "eo o u uh oh", "e ae ay",     "yeo yo yu you yuh yoe",
    "ye yae yeh", "o oh",    "wa",     "wae",        "oe oi we wi",  "yo yoh",      "u oo woo ou wu",
    "wo weo won", "we",      "wi ui ", "yu yoo you", "eu u e oo",    "ui eui i ee", "i ee y yi ih"};
constexpr std::array<std::string_view, 28> finals = {
    "-", "k g c ck", "k", "k",   "n", "n",   "n", "t d", "l r ll", "k lk", "m lm", "l", "l", "l",
    "p", "l",        "m", "p b", "p", "t s", "t", "ng",  "t j",    "t",    "k",    "t", "p", "- h"};
// Family names that are written like no other word.
struct FamilySpelling {
    char32_t syllable;
    std::string_view spellings;
};
constexpr FamilySpelling families[] = {{U'이', "lee yi rhee rhi ri li yee leigh"},
                                       {U'리', "lee yi rhee rhi ri li"},
                                       {U'박', "park pak bark"},
                                       {U'노', "roh rho noh no"},
                                       {U'임', "lim rim im yim"},
                                       {U'림', "lim rim im"},
                                       {U'유', "yoo you yu ryu ryoo"},
                                       {U'류', "ryu ryoo yoo yu"},
                                       {U'나', "na ra rha"},
                                       {U'양', "yang ryang"},
                                       {U'여', "yeo ryo yuh"},
                                       {U'염', "yeom ryom yum"},
                                       {U'최', "choi choe chwe che choy"},
                                       {U'백', "paik baik baek paek back"},
                                       {U'정', "jung chung jeong chong joung cheong"},
                                       {U'심', "shim sim"}};

std::uint32_t after(std::uint32_t places, std::string_view latin, std::string_view spellings) {
    std::uint32_t reached = 0;
    for (std::size_t begin = 0; begin < spellings.size();) {
        std::size_t end = spellings.find(' ', begin);
        if (end == std::string_view::npos) end = spellings.size();
        const std::string_view one = spellings.substr(begin, end - begin);
        begin = end + 1;
        if (one.empty()) continue;
        if (one == "-") {
            reached |= places;
            continue;
        }
        for (std::uint32_t left = places; left != 0; left &= left - 1) {
            const auto at = static_cast<std::size_t>(std::countr_zero(left));
            if (latin.substr(at).starts_with(one)) reached |= 1U << (at + one.size());
        }
    }
    return reached;
}

/// The initial sound as it is written in the South at the beginning of a word.
std::uint32_t southern(char32_t syllable) {
    const std::uint32_t number = static_cast<std::uint32_t>(syllable) - 0xac00;
    std::uint32_t initial = number / 588;
    const std::uint32_t vowel = number % 588 / 28;
    constexpr std::uint32_t n = 2, r = 5, none = 11;
    const bool before_i =
        vowel == 2 || vowel == 3 || vowel == 6 || vowel == 7 || vowel == 12 || vowel == 17 || vowel == 20;
    if (initial == r) initial = before_i ? none : n;
    if (initial == n && before_i) initial = none;
    return initial * 588 + number % 588;
}

bool is_syllable(char32_t c) { return c >= 0xac00 && c < 0xd7a4; }

/// Writes Latin letters without what the habits of spelling Korean differ in.
std::size_t write_plain(std::string_view latin, std::array<char, 32>& out) {
    static constexpr std::pair<std::string_view, std::string_view> spelled[] = {
        {"ng", "N"},  {"ch", "c"}, {"yeo", "yo"}, {"you", "yo"}, {"eo", "o"}, {"eu", "u"}, {"oo", "u"},
        {"woo", "u"}, {"wu", "u"}, {"ou", "u"},   {"ee", "i"},   {"ae", "e"}, {"ai", "e"}, {"kk", "k"},
        {"gg", "k"},  {"tt", "t"}, {"pp", "p"},   {"ss", "s"},   {"sh", "s"}, {"g", "k"},  {"d", "t"},
        {"b", "p"},   {"j", "c"},  {"z", "c"},    {"l", "r"},    {"uh", "o"}, {"ah", "a"}};
    std::size_t length = 0;
    while (!latin.empty() && length + 2 < out.size()) {
        const std::pair<std::string_view, std::string_view>* longest = nullptr;
        for (const auto& one : spelled) {
            if (latin.starts_with(one.first) && (longest == nullptr || one.first.size() > longest->first.size()))
                longest = &one;
        }
        if (longest == nullptr) {
            out[length++] = latin[0];
            latin.remove_prefix(1);
            continue;
        }
        for (const char c : longest->second) out[length++] = c;
        latin.remove_prefix(longest->first.size());
    }
    return length;
}

}  // namespace

bool korean_alike(std::string_view a, std::string_view b) {
    constexpr std::size_t longer_by_most = 4;
    if (std::max(a.size(), b.size()) > std::min(a.size(), b.size()) + longer_by_most) return false;
    const auto begins = [](char c) {  // as write_plain would
        switch (c) {
            case 'g': return 'k';
            case 'd': return 't';
            case 'b': return 'p';
            case 'j':
            case 'z': return 'c';
            case 'l': return 'r';
            case 'a':
            case 'e':
            case 'i':
            case 'o':
            case 'w': return 'u';
            default: return c;
        }
    };
    if (a.empty() || b.empty() || begins(a[0]) != begins(b[0])) return false;
    std::array<char, 32> plain_a, plain_b;
    const std::size_t length = write_plain(a, plain_a);
    return length == write_plain(b, plain_b) &&
           std::equal(plain_a.begin(), plain_a.begin() + static_cast<std::ptrdiff_t>(length), plain_b.begin());
}

bool korean_spells(std::string_view hangul, std::string_view latin) {
    if (latin.empty() || latin.size() > 30) return false;
    std::uint32_t places = 1;
    const std::uint32_t end = 1U << latin.size();
    bool first = true;
    for (std::size_t at = 0; at < hangul.size();) {
        const char32_t c = text::next(hangul, at);
        if (!is_syllable(c)) return false;
        if (first && at == hangul.size()) {
            for (const auto& [syllable, spellings] : families) {
                if (syllable == c && (after(1, latin, spellings) & end) != 0) return true;
            }
        }
        const std::uint32_t number = static_cast<std::uint32_t>(c) - 0xac00;
        std::uint32_t next = after(places, latin, initials[number / 588]);
        // North: 리 for 이 at the beginning; South: the other way round.
        if (first) next |= after(places, latin, initials[southern(c) / 588]);
        next = after(next, latin, vowels[number % 588 / 28]);
        places = after(next, latin, finals[number % 28]);
        if (places == 0) return false;
        first = false;
    }
    return (places & end) != 0;
}

bool is_korean_word(std::string_view latin) {
    constexpr int syllables_most = 3;
    if (latin.empty() || latin.size() > 30) return false;
    for (std::size_t i = 0; i < latin.size(); ++i) {
        if (latin[i] == 'y' && (i + 1 == latin.size() || !is_vowel(latin[i + 1]))) return false;  // Philby
    }
    std::uint32_t places = 1;
    const auto go_on = [&](std::span<const std::string_view> sounds) {
        std::uint32_t reached = 0;
        for (const std::string_view spellings : sounds) reached |= after(places, latin, spellings);
        places = reached;
    };
    for (int syllable = 0; syllable < syllables_most && places != 0; ++syllable) {
        go_on(initials);
        go_on(vowels);
        go_on(finals);
        if ((places >> latin.size() & 1U) != 0) return true;
    }
    return false;
}

bool korean_same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    std::size_t at_a = 0, at_b = 0;
    const char32_t first_a = text::next(a, at_a), first_b = text::next(b, at_b);
    if (!is_syllable(first_a) || !is_syllable(first_b) || southern(first_a) != southern(first_b)) return false;
    return a.substr(at_a) == b.substr(at_b);
}

}  // namespace tideline::names::detail
