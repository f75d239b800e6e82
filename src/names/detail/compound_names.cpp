#include "names/detail/compound_names.h"

#include <algorithm>
#include <cstring>

#include "names/detail/fold.h"
#include "names/detail/sounds.h"
#include "names/kernels.h"

namespace tideline::names::detail {

Part rest_of_servant(const Part& part) {
    Part rest;
    rest.length = static_cast<std::uint8_t>(part.length - 5);
    std::memcpy(rest.letters.data(), part.letters.data() + 5, rest.length);
    rest.skeleton_length = static_cast<std::uint8_t>(write_skeleton(rest.latin(), rest.skeleton));
    for (const char c : rest.sound()) rest.letter_set |= 1U << (c >= 'a' && c <= 'z' ? c - 'a' : 26);
    return rest;
}

std::size_t teknonym_of(std::string_view latin, bool& of_mother) {
    static constexpr std::pair<std::string_view, bool> beginnings[] = {{"abou", false}, {"aboo", false}, {"abu", false},
                                                                       {"abi", false},  {"umm", true},   {"oumm", true},
                                                                       {"oum", true},   {"um", true}};
    for (const auto& [beginning, mother] : beginnings) {
        if (latin.size() >= beginning.size() + 3 && latin.starts_with(beginning)) {
            of_mother = mother;
            return beginning.size();
        }
    }
    return 0;
}

namespace {

/// Nur al-Din, Nasrallah, Fazlur Rahman: what stands before is what tells such names apart. Letters of "of the faith",
/// "of God", "of the Merciful"; 0 if the word does not end so.
std::size_t devout_ending(std::string_view latin) {
    if (latin.size() < 5 || std::string_view("nehalmqkgyi").find(latin.back()) == latin.npos) return 0;
    static constexpr std::string_view endings[] = {"uddin", "addin",    "eddin",    "eddine",  "uddeen",
                                                   "oddin", "oddine",   "ullah",    "allah",   "ollah",
                                                   "ulla",  "urrahman", "urrehman", "ulislam", "ulhaq"};
    for (const std::string_view ending : endings) {
        if (latin.size() >= ending.size() + 2 && latin.ends_with(ending)) return ending.size();
    }
    // Shafiqul (Islam), and what Turkic names end in: Askarbek, Umidjon. Of three letters and more before it.
    static constexpr std::string_view short_endings[] = {"ul", "bek", "beg", "jon", "jan", "zhan", "bay", "bai", "gul"};
    for (const std::string_view ending : short_endings) {
        if (latin.size() >= ending.size() + 3 && latin.ends_with(ending)) return ending.size();
    }
    return 0;
}

/// A word without its beginning.
Part rest_of(const Tables& tables, const Part& part, std::size_t from) {
    Part rest;
    rest.kind = Kind::given;
    rest.end = part.end;
    rest.native = part.native;
    rest.length = static_cast<std::uint8_t>(part.length - from);
    std::memcpy(rest.letters.data(), part.letters.data() + from, rest.length);
    const std::uint32_t number = tables.word_numbers.find(rest.latin());
    rest.known = number == TextMap::absent ? 0 : number;
    rest.related = rest.known;
    rest.relations = rest.known == 0 ? 0 : tables.words[rest.known].relations;
    return beginning_of(rest, rest.length);
}

}  // namespace

Closeness rests_closeness(const Tables& tables, const Part& a, std::size_t from_a, const Part& b, std::size_t from_b) {
    return latin_closeness(tables, rest_of(tables, a, from_a), rest_of(tables, b, from_b));
}

namespace {

/// Are two names of the faith or of God made with two names?
bool is_other_devout(const Tables& tables, const Part& a, const Part& b) {
    const std::size_t ending_a = devout_ending(a.latin());
    const std::size_t ending_b = ending_a == 0 ? 0 : devout_ending(b.latin());
    if (ending_b == 0) return false;
    const auto before = [&tables](const Part& part, std::size_t ending) {
        Part rest = beginning_of(part, part.length - ending);
        rest.kind = Kind::given;
        const std::uint32_t number = tables.word_numbers.find(rest.latin());
        rest.known = number == TextMap::absent ? 0 : number;
        rest.related = rest.known;
        rest.relations = rest.known == 0 ? 0 : tables.words[rest.known].relations;
        return rest;
    };
    const Part rest_a = before(a, ending_a), rest_b = before(b, ending_b);
    constexpr float the_same = 0.7F;
    // Norullah and Nurullah.
    if (same_consonants(rest_a, rest_b) > 0 && !other_vowel(rest_a, rest_b)) return false;
    return latin_closeness(tables, rest_a, rest_b).value < the_same;
}

/// Gholamhossein and Gholamhassan, Nurlan and Nurzhan: compounds with one beginning and two second halves.
bool is_other_second_half(const Tables& tables, const Part& a, const Part& b) {
    if (a.letters[0] != b.letters[0] || a.letters[1] != b.letters[1]) return false;
    static constexpr std::string_view beginnings[] = {
        "gholam", "ghulam", "golam",  "amir", "mohammad", "mohammed", "muhammad", "mohamad", "mir",     "seyed",
        "hamid",  "ali",    "abol",   "nur",  "noor",     "nour",     "er",       "yer",     "bek",     "ay",
        "ai",     "gul",    "dil",    "kan",  "tash",     "tem",      "kurman",   "bai",     "bay",     "jan",
        "zhan",   "oluwa",  "chukwu", "temi", "siri",     "otgon",    "enkh",     "munkh",   "tuvshin", "rakoto"};
    // Second halves of Turkic names, by what they are.
    static constexpr std::pair<std::string_view, int> halves[] = {
        {"lan", 1},     {"zhan", 2},   {"jan", 2},  {"jon", 2},   {"dzhan", 2}, {"bek", 3},  {"beg", 3},
        {"bol", 4},     {"khan", 5},   {"han", 5},  {"gali", 6},  {"ghali", 6}, {"gul", 7},  {"bay", 8},
        {"bai", 8},     {"boy", 8},    {"dos", 9},  {"tay", 10},  {"tai", 10},  {"ali", 11}, {"kan", 12},
        {"sultan", 13}, {"murat", 14}, {"nur", 15}, {"mat", 16},  {"lat", 17},  {"men", 18}, {"kin", 19},
        {"ken", 19},    {"zat", 20},   {"dar", 21}, {"islam", 22}};
    for (const std::string_view beginning : beginnings) {
        if (!a.latin().starts_with(beginning) || !b.latin().starts_with(beginning)) continue;
        const std::string_view rest_a = a.latin().substr(beginning.size()), rest_b = b.latin().substr(beginning.size());
        if (rest_a.size() < 3 || rest_b.size() < 3 || rest_a == rest_b) return false;
        const auto half = [](std::string_view rest) {
            const auto found = std::find_if(std::begin(halves), std::end(halves),
                                            [rest](const auto& pair) { return pair.first == rest; });
            return found == std::end(halves) ? 0 : found->second;
        };
        const int half_a = half(rest_a), half_b = half(rest_b);
        if (half_a != 0 && half_b != 0) return half_a != half_b;
        constexpr float the_same = 0.7F;
        const Part own_a = rest_of(tables, a, beginning.size()), own_b = rest_of(tables, b, beginning.size());
        if (own_a.known != 0 && own_b.known != 0 && latin_closeness(tables, own_a, own_b).value < the_same) return true;
        constexpr float nothing_alike = 0.6F;
        return beginning.size() >= 4 && same_consonants(own_a, own_b) == 0 &&
               letters_closeness(own_a, own_b).value < nothing_alike && osa(a.latin(), b.latin(), 1) > 1;
    }
    return false;
}

}  // namespace

bool is_other_compound_name(const Tables& tables, const Part& a, const Part& b) {
    if (a.sound() == b.sound()) return false;  // Noureddine and Nourredine
    return is_other_devout(tables, a, b) || is_other_second_half(tables, a, b);
}

}  // namespace tideline::names::detail
