#include "names/detail/thai.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "names/detail/fold.h"

namespace tideline::names::detail {

namespace {

constexpr std::size_t letters_least = 6;

/// A word that most names of Thailand are made of, in any of its spellings.
bool has_thai_word(std::string_view latin) {
    static constexpr std::string_view words[] = {
        "porn",  "phon",  "chai",  "chay", "wat",  "vat",   "rat",  "phong", "pong", "kul",   "kun",  "sak",
        "sri",   "thip",  "tip",   "phet", "pet",  "suk",   "wong", "vong",  "char", "prap",  "phra", "thong",
        "tong",  "siri",  "somb",  "somp", "bun",  "boon",  "kiat", "krit",  "chot", "nont",  "tham", "thana",
        "tana",  "supha", "supap", "wich", "vij",  "watch", "ying", "kanch", "kanj", "charo", "naph", "napa",
        "vejja", "wetch", "panya", "pany", "phak", "phan",  "phat", "sawat", "savas"};
    return std::any_of(std::begin(words), std::end(words),
                       [latin](std::string_view one) { return latin.find(one) != latin.npos; });
}

/// What a consonant is at the beginning of a syllable, how many letters write it, and what it is at the end of one.
struct Consonant {
    std::string_view written;
    char first, last;
};
constexpr Consonant consonants[] = {
    {"tch", 'c', 't'}, {"ph", 'p', 'p'}, {"th", 't', 't'}, {"kh", 'k', 'k'}, {"ch", 'c', 't'}, {"sh", 'c', 't'},
    {"ng", 'g', 'g'},  {"b", 'b', 'p'},  {"p", 'p', 'p'},  {"f", 'f', 'p'},  {"d", 'd', 't'},  {"t", 't', 't'},
    {"s", 's', 't'},   {"z", 's', 't'},  {"j", 'c', 't'},  {"k", 'k', 'k'},  {"g", 'k', 'k'},  {"q", 'k', 'k'},
    {"c", 'c', 'k'},   {"x", 's', 't'},  {"m", 'm', 'm'},  {"n", 'n', 'n'},  {"l", 'l', 'n'},  {"r", 'r', 'n'},
    {"v", 'w', 'w'},   {"w", 'w', 'w'},  {"y", 'y', 'y'},  {"h", 'h', 'h'}};

/// Vowels by how they are spelled; of those that begin alike the longest first.
constexpr std::pair<std::string_view, char> vowels[] = {
    {"aeo", 'A'}, {"aew", 'A'}, {"uea", 'U'}, {"eua", 'U'}, {"iao", 'J'}, {"iew", 'J'}, {"aai", 'Y'},
    {"aay", 'Y'}, {"ae", 'e'},  {"ai", 'Y'},  {"ay", 'Y'},  {"aa", 'a'},  {"ao", 'W'},  {"au", 'o'},
    {"aw", 'o'},  {"ee", 'i'},  {"ea", 'I'},  {"ia", 'I'},  {"ie", 'I'},  {"ii", 'i'},  {"iu", 'J'},
    {"oo", 'u'},  {"ou", 'u'},  {"uu", 'u'},  {"ue", 'u'},  {"eu", 'u'},  {"ua", 'V'},  {"oe", 'E'},
    {"oi", 'O'},  {"oy", 'O'},  {"a", 'a'},   {"e", 'e'},   {"i", 'i'},   {"o", 'o'},   {"u", 'u'}};

/// Writes how a word sounds in Thai: vowels by what they are, consonants by where they stand.
std::size_t write_thai_sound(std::string_view latin, std::array<char, letters_max>& out) {
    if (latin.ends_with("tra")) latin.remove_suffix(2);  // Shinawatra is spoken without its end
    std::size_t length = 0;
    const auto put = [&](char c) {
        if (length == 0 || out[length - 1] != c) out[length++] = c;
    };
    while (!latin.empty()) {
        const auto vowel = std::find_if(std::begin(vowels), std::end(vowels),
                                        [latin](const auto& one) { return latin.starts_with(one.first); });
        if (vowel != std::end(vowels)) {
            put(vowel->second);
            latin.remove_prefix(vowel->first.size());
            // The r of -porn and Charn says that the vowel is long.
            if (latin.starts_with('r') && latin.size() > 1 && !is_vowel(latin[1]) && latin[1] != 'y')
                latin.remove_prefix(1);
            continue;
        }
        const auto consonant = std::find_if(std::begin(consonants), std::end(consonants),
                                            [latin](const Consonant& one) { return latin.starts_with(one.written); });
        if (consonant == std::end(consonants)) return 0;  // a digit
        latin.remove_prefix(consonant->written.size());
        const bool before_vowel = !latin.empty() && is_vowel(latin[0]);
        const bool before_glide =
            latin.size() > 1 && (latin[0] == 'r' || latin[0] == 'l' || latin[0] == 'w') && is_vowel(latin[1]);
        const bool in_front = length == 0;
        if (consonant->first == 's' && before_glide && latin[0] == 'r') latin.remove_prefix(1);  // Sri is spoken si
        if (consonant->written == "y" && !before_vowel)
            put('i');
        else if (before_vowel || (before_glide && (in_front || consonant->last != 'n')))
            put(consonant->first);
        else
            put(consonant->last);
    }
    return length;
}

}  // namespace

bool is_thai_pair(const Part& a, const Part& b) {
    if (a.native || b.native || std::min(a.length, b.length) < letters_least || a.eastern || b.eastern) return false;
    const auto first = [](const Part& part) {
        const char c = part.letters[0];
        return c == 'j' || c == 's' ? 'c' : c == 'v' ? 'w' : c == 'g' ? 'k' : c;
    };
    constexpr std::size_t longer_by_most = 5;
    if (first(a) != first(b) || std::max(a.length, b.length) > std::min(a.length, b.length) + longer_by_most)
        return false;
    if (!has_thai_word(a.latin()) || !has_thai_word(b.latin())) return false;
    std::array<char, letters_max> room_a, room_b;
    const std::size_t length_a = write_thai_sound(a.latin(), room_a), length_b = write_thai_sound(b.latin(), room_b);
    return length_a == length_b && length_a >= 5 && std::memcmp(room_a.data(), room_b.data(), length_a) == 0;
}

}  // namespace tideline::names::detail
