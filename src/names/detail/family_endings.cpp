#include "names/detail/family_endings.h"

#include <algorithm>

#include "names/detail/fold.h"
#include "names/detail/sounds.h"

namespace tideline::names::detail {

bool same_but_for_gender(const Part& a, const Part& b) {
    if (a.kind == Kind::given || b.kind == Kind::given) return false;
    if (a.letters[0] != b.letters[0] || a.letters[1] != b.letters[1]) return false;
    const auto [shorter, longer] = by_length(a, b);
    static constexpr std::pair<std::string_view, std::string_view> endings[] = {{"ov", "ova"},
                                                                                {"ev", "eva"},
                                                                                {"in", "ina"},
                                                                                {"yn", "yna"},
                                                                                {"ski", "ska"},
                                                                                {"sky", "skaya"},
                                                                                {"cki", "cka"},
                                                                                {"iy", "aya"},
                                                                                {"ski", "skaya"},
                                                                                // Belarusian and Russian.
                                                                                {"au", "ov"},
                                                                                {"ou", "ov"},
                                                                                {"eu", "ev"},
                                                                                {"ava", "ova"},
                                                                                {"ou", "ova"},
                                                                                // Czech, Polish.
                                                                                {"", "ova"},
                                                                                {"ny", "na"},
                                                                                {"zki", "zka"},
                                                                                // Greek.
                                                                                {"opoulos", "opoulou"},
                                                                                {"idis", "idou"},
                                                                                // Lithuanian: wife and daughter.
                                                                                {"as", "iene"},
                                                                                {"is", "iene"},
                                                                                {"us", "iene"},
                                                                                {"as", "aite"},
                                                                                {"is", "yte"}};
    for (const auto& [his, hers] : endings) {
        if (shorter.size() > his.size() + 1 && shorter.ends_with(his) && longer.ends_with(hers) &&
            shorter.substr(0, shorter.size() - his.size()) == longer.substr(0, longer.size() - hers.size())) {
            return true;
        }
        if (shorter.size() == longer.size() && shorter.ends_with(hers) && longer.ends_with(his) &&
            shorter.substr(0, shorter.size() - hers.size()) == longer.substr(0, longer.size() - his.size())) {
            return true;
        }
    }
    return false;
}

bool is_baltic_form(const Part& a, const Part& b) {
    if (a.letters[0] != b.letters[0] || a.native || b.native) return false;
    const auto [shorter, longer] = by_length(a, b);
    if (shorter.size() < 4 || longer.size() <= shorter.size()) return false;
    // Stems that end as Slavic names do.
    static constexpr std::string_view ends[] = {"ov",  "ev",   "in", "ir", "or", "dr", "ej", "ij",
                                                "rs",  "eg",   "is", "im", "an", "on", "et", "er",
                                                "ail", "ksim", "ay", "ey", "iy", "ei", "ii", "ai"};
    const auto stem_of = [](std::string_view name) {
        for (const std::string_view ending : {"as", "is", "us", "s"}) {
            if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
        }
        return std::string_view();
    };
    const std::string_view stem = stem_of(longer);
    if (stem.size() < 4 ||
        std::none_of(std::begin(ends), std::end(ends), [stem](std::string_view end) { return stem.ends_with(end); }))
        return false;
    const auto softly = [](char c) { return c == 'j' || c == 'i' ? 'y' : c; };
    // Dmitrijs and Dmitry.
    const bool soft_end = (stem.ends_with("ij") || stem.ends_with("ii")) && stem.size() == shorter.size() + 1 &&
                          (shorter.back() == 'y' || shorter.back() == 'i');
    if (soft_end) return stem.substr(0, stem.size() - 2) == shorter.substr(0, shorter.size() - 1);
    // Sečinas, whose č is a c without its mark, and Sechin.
    std::size_t i = 0, j = 0;
    for (; i < stem.size() && j < shorter.size(); ++i, ++j) {
        if (softly(stem[i]) != softly(shorter[j])) return false;
        const bool hissed = stem[i] == 'c' || stem[i] == 's' || stem[i] == 'z';
        if (hissed && j + 1 < shorter.size() && shorter[j + 1] == 'h' && (i + 1 == stem.size() || stem[i + 1] != 'h'))
            ++j;
    }
    return i == stem.size() && j == shorter.size();
}

Closeness latvian_closeness(const Part& latvian, const Part& other) {
    if (latvian.letters[0] != other.letters[0] || other.native) return {};
    const std::string_view latin = latvian.latin();
    const std::size_t ending = latin.ends_with("is") || latin.ends_with("us") ? 2 : 1;
    const Part stem = beginning_of(latvian, latvian.length - ending);
    if (stem.length < 3) return {};
    const float value = letters_closeness(stem, other).value;
    constexpr float the_same = 0.75F, at_most = 0.88F;
    return value >= the_same ? Closeness{std::min(value, at_most), Relation::variant} : Closeness{};
}

std::size_t shared_ending(std::string_view a, std::string_view b) {
    static constexpr std::string_view endings[] = {
        "sdottir", "ovich", "evich", "ovna",   "evna",   "chenko", "enko",   "ashvili", "shvili", "opoulos",
        "iewicz",  "owicz", "sson",  "yants",  "escu",   "inskas", "auskas", "ievic",   "ovskiy", "ovsky",
        "ovic",    "evic",  "son",   "sen",    "berg",   "mann",   "stein",  "ton",     "yan",    "ian",
        "chuk",    "czyk",  "czak",  "ski",    "sky",    "adze",   "idze",   "poulos",  "idis",   "akis",
        "quist",   "strom", "wala",  "singhe", "nathan", "swamy"};
    for (const std::string_view ending : endings) {
        if (a.ends_with(ending) && b.ends_with(ending)) return ending.size();
    }
    return 0;
}

namespace {

/// Endings of languages that are written in Latin letters and whose vowels are spelled alike everywhere.
bool spells_its_vowels(std::string_view ending) {
    static constexpr std::string_view endings[] = {"sdottir", "sson", "ovic",  "evic", "son",  "sen",   "berg",
                                                   "mann",    "ton",  "stein", "czyk", "czak", "quist", "strom"};
    return std::find(std::begin(endings), std::end(endings), ending) != std::end(endings);
}

}  // namespace

float before_ending(const Part& a, const Part& b, std::size_t ending) {
    const Part rest_a = beginning_of(a, a.length - ending), rest_b = beginning_of(b, b.length - ending);
    if (rest_a.latin() == rest_b.latin()) return 1.0F;
    const float value = letters_closeness(rest_a, rest_b).value;
    const auto vowels_differ = [](const Part& x, const Part& y) {
        if (x.skeleton_length != y.skeleton_length) return false;
        for (std::size_t i = 0; i < x.skeleton_length; ++i) {
            const auto in_x = static_cast<std::size_t>(x.skeleton[i]), in_y = static_cast<std::size_t>(y.skeleton[i]);
            if (is_vowel(x.skeleton[i]) && is_vowel(y.skeleton[i]) && sound_costs.replace[in_x][in_y] > 0.31F)
                return true;
        }
        return false;
    };
    const bool spelled = spells_its_vowels(a.latin().substr(a.length - ending));
    return spelled && vowels_differ(rest_a, rest_b) ? std::min(value, 0.5F) : value;
}

namespace {

/// What a family name is made with, as in Wilczek and Wilczak, Petrović and Petrušić, Figueroa and Figueredo: endings
/// that are not written for each other. The same number: the same ending. The longest first.
std::pair<std::size_t, int> name_maker(std::string_view latin) {
    static constexpr std::pair<std::string_view, int> makers[] = {
        {"kovich", 1},
        {"chenko", 2},
        {"iewicz", 3},
        {"eiredo", 4},
        {"sdottir", 5},
        {"ovich", 6},
        {"owicz", 6},
        {"ashvili", 7},
        {"ovych", 6},
        {"ovski", 8},
        {"owski", 8},
        {"ovsky", 8},
        {"ovskiy", 8},
        {"evich", 6},
        {"ievic", 6},
        {"ovic", 6},
        {"evic", 6},
        {"usic", 9},
        {"acic", 10},
        {"icic", 11},
        {"enko", 12},
        {"chuk", 13},
        {"czuk", 13},
        {"czak", 14},
        {"czyk", 15},
        {"inski", 16},
        {"insky", 16},
        {"ynski", 16},
        {"icki", 17},
        {"ecki", 18},
        {"acki", 50},
        {"eira", 19},
        {"eiro", 19},
        {"adze", 20},
        {"idze", 20},
        {"shvili", 7},
        {"etti", 21},
        {"elli", 22},
        {"ucci", 23},
        {"ozzi", 24},
        {"acci", 25},
        {"iano", 26},
        {"edo", 27},
        {"ada", 28},
        {"ero", 29},
        {"illo", 30},
        {"kin", 31},
        {"kina", 31},
        {"ova", 32},
        {"eva", 32},
        {"ov", 32},
        {"ev", 32},
        {"ek", 33},
        {"ak", 34},
        {"ik", 35},
        {"yk", 35},
        {"uk", 13},
        {"ski", 36},
        {"sky", 36},
        {"ini", 37},
        {"ino", 38},
        {"oni", 39},
        {"ez", 40},
        {"oa", 41},
        {"al", 42},
        {"on", 43},
        {"ko", 44},
        {"ic", 45},
        {"escu", 46},
        {"eanu", 47},
        {"son", 48},
        {"sen", 48},
        {"mann", 49},
        {"man", 49},
        // Of Greek names the stem is often a short form (Michal-, Papa-) and may differ too.
        {"opoulos", 100},
        {"opoulou", 100},
        {"akis", 101},
        {"aki", 101},
        {"idis", 102},
        {"iadis", 102},
        {"idou", 102},
        {"oglou", 103},
        {"iakos", 104},
        {"iakou", 104},
        {"atos", 105},
        {"antoniou", 106},
        {"imitriou", 107},
        {"akos", 104},
        {"elis", 108},
        {"andreou", 109}};
    std::pair<std::size_t, int> best = {0, 0};
    for (const auto& [ending, number] : makers) {
        if (ending.size() > best.first && latin.size() >= ending.size() + 4 && latin.ends_with(ending))
            best = {ending.size(), number};
    }
    return best;
}

}  // namespace

bool is_made_otherwise(std::string_view a, std::string_view b) {
    if (a.substr(0, 4) != b.substr(0, 4)) return false;
    const auto [ending_a, number_a] = name_maker(a);
    const auto [ending_b, number_b] = name_maker(b);
    if (number_a == number_b || number_a == 0 || number_b == 0) return false;
    const std::string_view stem_a = a.substr(0, a.size() - ending_a), stem_b = b.substr(0, b.size() - ending_b);
    constexpr int greek = 100;
    return stem_a == stem_b || (number_a >= greek && number_b >= greek);
}

bool is_armenian_pair(const Part& a, const Part& b) {
    const auto ends = [](const Part& part) {
        const std::string_view latin = part.latin();
        return part.length >= 6 && (latin.ends_with("yan") || latin.ends_with("ian") || latin.ends_with("jan"));
    };
    if (!ends(a) || !ends(b)) return false;
    const Part rest_a = beginning_of(a, a.length - 3U), rest_b = beginning_of(b, b.length - 3U);
    const std::size_t syllables_a = syllables(rest_a), syllables_b = syllables(rest_b);
    if (std::max(syllables_a, syllables_b) > std::min(syllables_a, syllables_b) + 1) return false;
    return same_consonants(rest_a, rest_b) >= 2 && !other_vowel(rest_a, rest_b) &&
           consonant_class(rest_a.skeleton[0]) == consonant_class(rest_b.skeleton[0]);
}

namespace {

/// A family name without what Russian, Tajik and Azerbaijani put behind it: Rahmon of Rakhmonov, Nazar of Nazarzoda.
/// The whole name if it has no such ending.
std::string_view without_family_ending(std::string_view latin) {
    static constexpr std::string_view endings[] = {"iyeva", "iyev", "yeva", "yev",   "ieva", "iev",
                                                   "ova",   "ov",   "eva",  "ev",    "zoda", "zada",
                                                   "zadeh", "zade", "zod",  "zhoda", "zhada"};
    for (const std::string_view ending : endings) {
        if (latin.size() >= ending.size() + 3 && latin.ends_with(ending))
            return latin.substr(0, latin.size() - ending.size());
    }
    return latin;
}

}  // namespace

bool is_family_with_other_ending(const Part& a, const Part& b) {
    if (a.kind != Kind::family || b.kind != Kind::family) return false;
    std::string_view stem_a = without_family_ending(a.latin()), stem_b = without_family_ending(b.latin());
    if (stem_a.size() == a.length && stem_b.size() == b.length) return false;
    const std::string_view ending_a = a.latin().substr(stem_a.size()), ending_b = b.latin().substr(stem_b.size());
    const auto own = [](std::string_view ending) { return ending.empty() || ending[0] == 'z'; };
    if (own(ending_a) == own(ending_b)) return false;
    // Fattoh and Fattoyev, Ali and Aliyev.
    const auto trimmed = [](std::string_view stem) {
        while (stem.size() > 3 && (stem.back() == 'h' || stem.back() == 'y' || stem.back() == 'i'))
            stem.remove_suffix(1);
        return stem;
    };
    stem_a = trimmed(stem_a);
    stem_b = trimmed(stem_b);
    if (stem_a == stem_b) return stem_a.size() >= 3;
    if (std::min(stem_a.size(), stem_b.size()) < 4) return false;
    return letters_closeness(beginning_of(a, stem_a.size()), beginning_of(b, stem_b.size())).value >= 0.75F;
}

}  // namespace tideline::names::detail
