#include "names/detail/closeness.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/text.h"
#include "names/detail/costs.h"
#include "names/detail/fold.h"
#include "names/detail/korean.h"
#include "names/detail/vietnamese.h"
#include "names/kernels.h"

namespace tideline::names::detail {

namespace {

/// What replacing one sound by another costs, in edits: sounds that languages and ears confuse cost less.
struct SoundCosts {
    std::array<std::array<float, 128>, 128> replace;
    std::array<float, 128> insert;

    constexpr SoundCosts() : replace(), insert() {
        for (auto& row : replace) row.fill(1.0F);
        insert.fill(1.0F);
        for (const char a : {'a', 'e', 'i', 'o', 'u'}) {
            for (const char b : {'a', 'e', 'i', 'o', 'u'}) set(a, b, 0.45F);
            insert[static_cast<std::size_t>(a)] = 0.55F;
        }
        set('e', 'i', 0.3F);
        set('o', 'u', 0.3F);
        set('a', 'o', 0.4F);
        set('a', 'e', 0.4F);
        set('i', 'j', 0.3F);
        set('c', 's', 0.3F);  // ch in French, sh in English
        insert['h'] = 0.5F;
        constexpr std::string_view confused[] = {"bp", "dt", "gk", "vf", "bv", "sz", "ck", "hk", "hg",
                                                 "gj", "mn", "lr", "uv", "jz", "jc", "js", "ct", "hj"};
        for (const std::string_view pair : confused) set(pair[0], pair[1], 0.55F);
        for (std::size_t c = 0; c < 128; ++c) replace[c][c] = 0.0F;
        for (char digit = '0'; digit <= '9'; ++digit) insert[static_cast<std::size_t>(digit)] = 2.0F;
    }
    constexpr void set(char a, char b, float cost) {
        replace[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] = cost;
        replace[static_cast<std::size_t>(b)][static_cast<std::size_t>(a)] = cost;
    }
};
constexpr SoundCosts sound_costs;

/// Edits between two skeletons, each edit by its cost, swaps of neighbours as one. Stops above `limit`.
float sound_distance(std::string_view a, std::string_view b, float limit) {
    std::array<std::array<float, letters_max + 1>, 3> rows;
    auto* before = &rows[0];
    auto* last = &rows[1];
    auto* row = &rows[2];
    (*last)[0] = 0;
    for (std::size_t j = 0; j < b.size(); ++j)
        (*last)[j + 1] = (*last)[j] + sound_costs.insert[static_cast<std::size_t>(b[j])];
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto ai = static_cast<std::size_t>(a[i]);
        const auto& replace = sound_costs.replace[ai];
        const float drop = sound_costs.insert[ai];
        (*row)[0] = (*last)[0] + drop;
        float least = (*row)[0];
        float left = least;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto bj = static_cast<std::size_t>(b[j]);
            float cost = std::min((*last)[j] + replace[bj], (*last)[j + 1] + drop);
            cost = std::min(cost, left + sound_costs.insert[bj]);
            if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j]) cost = std::min(cost, (*before)[j - 1] + 0.8F);
            left = cost;
            (*row)[j + 1] = cost;
            least = std::min(least, cost);
        }
        if (least > limit) return limit + 1;
        auto* const free = before;
        before = last;
        last = row;
        row = free;
    }
    return (*last)[b.size()];
}

/// Edits that a word of so many letters may have and still be half as close as an equal one.
inline float edits_allowed(std::size_t letters) {
    return costs::edits_base + costs::edits_letter * static_cast<float>(letters);
}

/// What cannot reach a closeness of .3 is not worth looking at.
constexpr float edits_looked_at = 1.4F;

/// Tells most words that have nothing to do with each other by the letters that occur in them.
bool too_far(const Part& a, const Part& b) {
    const std::uint32_t only_a = a.letter_set & ~b.letter_set, only_b = b.letter_set & ~a.letter_set;
    const auto at_most_two = [](std::uint32_t bits) {
        bits &= bits - 1;
        return (bits & (bits - 1)) == 0;
    };
    if (at_most_two(only_a) && at_most_two(only_b)) {
        const std::size_t shorter = std::min(a.length, b.length), longer = std::max(a.length, b.length);
        return static_cast<float>(longer - shorter) * 0.5F >
               edits_looked_at * edits_allowed((shorter + longer + 1) / 2);
    }
    constexpr std::uint32_t vowels = 1U << 0 | 1U << 4 | 1U << 8 | 1U << 14 | 1U << 20;
    const auto least_edits = [](std::uint32_t missing) {
        return 0.65F * static_cast<float>(std::popcount(missing & ~vowels)) +
               0.5F * static_cast<float>(std::popcount(missing & vowels));
    };
    return std::max(least_edits(only_a), least_edits(only_b)) >
           edits_looked_at * edits_allowed((a.length + b.length + 1U) / 2);
}

bool share(const std::vector<std::uint16_t>& a, const std::vector<std::uint16_t>& b) {
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j]) return true;
        a[i] < b[j] ? ++i : ++j;
    }
    return false;
}

Closeness known_relation(const Tables& tables, const Part& a, const Part& b) {
    if (a.known == 0 || b.known == 0) return {};
    const Word &wa = tables.words[a.known], &wb = tables.words[b.known];
    if (share(wa.groups, wb.groups)) {
        const bool surnames = wa.flags & WordFlag::surname_variant && wb.flags & WordFlag::surname_variant;
        // What one family is called in two dialects are two given names: Wang Yang and Wang Yong.
        const auto is_syllable = [&tables](const Part& part) {
            return part.kind == Kind::given && part.pinyin &&
                   tables.pinyin_syllables.find(part.latin()) != TextMap::absent;
        };
        if (surnames && is_syllable(a) && is_syllable(b)) return {};
        return {surnames ? 0.85F : 0.93F, Relation::variant};
    }
    if (share(wa.nickname_of, wb.nickname_of)) return {0.85F, Relation::nickname};
    return {};
}

bool is_listed(const Word& word) { return word.rarity != 0 || word.company_rarity != 0 || !word.nickname_of.empty(); }

/// Cyrillic and Greek letters are read in one way, vowels and all.
bool is_read_surely(const Part& part) {
    return part.script == static_cast<std::uint8_t>(Script::cyrillic) ||
           part.script == static_cast<std::uint8_t>(Script::greek);
}

/// Is it written in letters that tell the vowels, and no reading of what is written in others, which leave them out or
/// blur them?
bool writes_vowels(const Part& part) { return (!part.native || is_read_surely(part)) && part.end != 0; }

/// Number of consonants if both words have the same ones in the same order, else 0.
/// @param exactly  b and p are then two
std::size_t same_consonants(const Part& a, const Part& b, bool exactly = false) {
    const bool vowels_written = writes_vowels(a) && writes_vowels(b);
    const auto next = [exactly, vowels_written](const Part& part, std::size_t& at, char before) {
        const auto sound = [exactly](char c) { return exactly && consonant_class(c) != 0 ? c : consonant_class(c); };
        // Neighbours of one class are heard as one; with a vowel between they are two (Potanin, Brauer).
        while (at < part.skeleton_length && (sound(part.skeleton[at]) == 0 || sound(part.skeleton[at]) == before)) {
            if (vowels_written && is_vowel(part.skeleton[at])) before = 0;
            ++at;
        }
        return at < part.skeleton_length ? sound(part.skeleton[at]) : char{0};
    };
    std::size_t i = 0, j = 0, count = 0;
    for (char last = 0;; ++count) {
        const char in_a = next(a, i, last), in_b = next(b, j, last);
        if (in_a != in_b) return 0;
        if (in_a == 0) return count;
        last = in_a;
        i += vowels_written;
        j += vowels_written;
    }
}

/// Jhon and John: two neighbours changed places.
bool is_swap(const Part& a, const Part& b) {
    return a.length == b.length && a.length >= 4 && levenshtein(a.latin(), b.latin(), 2) == 2 &&
           osa(a.latin(), b.latin(), 1) == 1;
}

/// How many vowels that stand alone or together are heard: Putin has two, Potanin three.
std::size_t syllables(const Part& part) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < part.skeleton_length; ++i)
        count += is_vowel(part.skeleton[i]) && (i == 0 || !is_vowel(part.skeleton[i - 1]));
    return count;
}

/// Is there a vowel in the one where the other has one that is not easily taken for it?
bool other_vowel(const Part& a, const Part& b) {
    constexpr float easily = 0.42F;
    if (a.skeleton_length != b.skeleton_length) return false;
    for (std::size_t i = 0; i < a.skeleton_length; ++i) {
        const char x = a.skeleton[i], y = b.skeleton[i];
        if (x != y && is_vowel(x) && is_vowel(y) &&
            sound_costs.replace[static_cast<std::size_t>(x)][static_cast<std::size_t>(y)] > easily)
            return true;
    }
    return false;
}

/// Harjit and Harjot, Баранов and Barinov: the same word but for vowels that nobody takes for each other.
bool clearly_other_vowel(const Part& a, const Part& b) {
    if (a.skeleton_length != b.skeleton_length || !writes_vowels(a) || !writes_vowels(b)) return false;
    bool differs = false;
    for (std::size_t i = 0; i < a.skeleton_length; ++i) {
        const char x = std::min(a.skeleton[i], b.skeleton[i]), y = std::max(a.skeleton[i], b.skeleton[i]);
        if (x == y) continue;
        if (!is_vowel(x) || !is_vowel(y)) return false;
        differs = differs || (x == 'a' && (y == 'i' || y == 'u')) || (x == 'i' && (y == 'o' || y == 'u'));
    }
    return differs;
}

/// Are the words so long that the same consonants in the same order make up for their vowels? Rashid and Rashad,
/// Karim and Karam are names of the same three consonants.
bool vowels_fit(const Part& a, const Part& b) { return std::min(a.length, b.length) >= 7 || !other_vowel(a, b); }

/// Daniel and Daniela; fishing and fishings.
bool is_longer_by(const Part& a, const Part& b, std::string_view ending) {
    const std::string_view shorter = a.length <= b.length ? a.latin() : b.latin(),
                           longer = a.length <= b.length ? b.latin() : a.latin();
    return longer.size() == shorter.size() + ending.size() && longer.ends_with(ending) && longer.starts_with(shorter);
}

/// Robert and Roberta, Mario and Maria: one ends in the a of women's names, the other in the consonant or o of men's.
bool differ_in_gender(std::string_view a, std::string_view b) {
    // Evgeniy and Evgeniya.
    static constexpr std::pair<std::string_view, std::string_view> endings[] = {
        {"iy", "iya"}, {"ii", "iia"}, {"ij", "ija"}, {"i", "ia"},
        {"iy", "ia"},  {"y", "ia"},   {"y", "iya"},  {"yy", "iya"}};
    const auto parted = [](std::string_view his_name, std::string_view her_name) {
        return std::any_of(std::begin(endings), std::end(endings), [&](const auto& pair) {
            return his_name.ends_with(pair.first) && her_name.ends_with(pair.second) &&
                   his_name.substr(0, his_name.size() - pair.first.size()) ==
                       her_name.substr(0, her_name.size() - pair.second.size());
        });
    };
    if (parted(a, b) || parted(b, a)) return true;
    const auto hers = [](char c) { return c == 'a'; };
    const auto his = [](char c) { return c == 'o' || (!is_vowel(c) && c != 'y' && c != 'h'); };
    return (hers(a.back()) && his(b.back())) || (his(a.back()) && hers(b.back()));
}

/// Helena and Elena, Ghasemi and Qasemi: one sound that is not heard everywhere, or is written in two ways.
bool is_same_but_for_habit(std::string_view a, std::string_view b) {
    const std::string_view shorter = a.size() <= b.size() ? a : b, longer = a.size() <= b.size() ? b : a;
    if (longer.size() == shorter.size() + 1 && longer[0] == 'h' && is_vowel(shorter[0]) && shorter.size() >= 4 &&
        longer.substr(1) == shorter)
        return true;
    std::size_t i = 0, j = 0;
    bool differs = false;
    while (i < a.size() && j < b.size()) {
        const auto is_q = [](std::string_view text, std::size_t at) { return text[at] == 'q'; };
        const auto is_gh = [](std::string_view text, std::size_t at) { return text.substr(at).starts_with("gh"); };
        if (a[i] == b[j]) {
            ++i;
            ++j;
        } else if ((is_q(a, i) && is_gh(b, j)) || (is_gh(a, i) && is_q(b, j))) {
            i += is_q(a, i) ? 1U : 2U;
            j += is_q(b, j) ? 1U : 2U;
            differs = true;
        } else {
            return false;
        }
    }
    return differs && i == a.size() && j == b.size() && shorter.size() >= 4;
}

/// Do two words begin with vowels that are not taken for each other, o and u in family names included?
bool is_other_first_vowel(const Part& a, const Part& b) {
    const char x = a.sound().front(), y = b.sound().front();
    if (x == y || !is_vowel(x) || !is_vowel(y) || !writes_vowels(a) || !writes_vowels(b)) return false;
    if ((x == 'o' && y == 'u') || (x == 'u' && y == 'o')) return a.kind == Kind::family && b.kind == Kind::family;
    const auto pair = [x, y](char p, char q) { return (x == p && y == q) || (x == q && y == p); };
    return !pair('e', 'i') && !pair('a', 'e');
}

/// What the closeness of two words by their letters is worth when both are known to be names: Rajesh is hardly ever a
/// slip in writing Ramesh, while Taher and Tahir are one name.
float distinct_names(const Tables& tables, const Part& a, const Part& b) {
    if (a.known == 0 || b.known == 0) return 1.0F;
    const Word &wa = tables.words[a.known], &wb = tables.words[b.known];
    if (!is_listed(wa) || !is_listed(wb) || a.sound() == b.sound()) return 1.0F;
    if (a.kind != Kind::family && b.kind != Kind::family && a.kind != Kind::word &&
        differ_in_gender(a.latin(), b.latin()) && same_consonants(a, b) > 0)
        return costs::distinct_gender;
    if (a.kind != Kind::given && b.kind != Kind::given && a.kind != Kind::word && std::min(a.length, b.length) >= 9 &&
        a.letters[0] == b.letters[0] && osa(a.latin(), b.latin(), 1) == 1)
        return 1.0F;  // Subramanian and Subramaniam
    // Ariel and Uriel, Orban and Urban: another vowel where a name begins.
    if (is_other_first_vowel(a, b)) return costs::distinct_names;
    if (a.length >= 5 && a.letters[0] == b.letters[0] && is_swap(a, b)) return 1.0F;  // Micheal
    // Adel and Adil, Reza and Riza, Yosef and Yusuf: the same vowel, heard otherwise; but Lena and Lina are two.
    constexpr float one_vowel = 0.31F;
    const std::size_t consonants = same_consonants(a, b);
    if (consonants >= 2 && !(a.native && b.native) && (wa.nickname_of.empty() || wb.nickname_of.empty()) &&
        std::min(a.length, b.length) >= 4 && sound_distance(a.sound(), b.sound(), 1.0F) <= one_vowel)
        return 1.0F;
    if (consonants < 2 || (consonants == 2 && std::min(a.length, b.length) < 5))
        return is_swap(a, b) && a.letters[0] == b.letters[0] ? 1.0F : costs::distinct_names;
    // Benjamin and Binyamin.
    const bool long_enough = std::min(a.length, b.length) >= 8;
    // Keller and Koller, Moreno and Merino: two family names.
    if (!long_enough && a.kind != Kind::given && b.kind != Kind::given && writes_vowels(a) && writes_vowels(b) &&
        other_vowel(a, b))
        return costs::distinct_names;
    if (a.length >= 5 && b.length >= 5 && clearly_other_vowel(a, b)) return costs::distinct_names;
    // Salman and Sulaiman.
    if (!wa.groups.empty() && !wb.groups.empty() && writes_vowels(a) && writes_vowels(b) &&
        syllables(a) != syllables(b))
        return costs::distinct_names;
    const std::size_t exactly = same_consonants(a, b, true);
    if (exactly >= 4 || (exactly == 3 && long_enough)) return 1.0F;
    if (!wa.groups.empty() && !wb.groups.empty()) return costs::distinct_names;  // Hassan and Hussein
    return !wa.nickname_of.empty() && !wb.nickname_of.empty() ? costs::distinct_given : 1.0F;
}

/// How near two words are if one is a slip in typing the other: more likely where one of them is no name that is known.
/// 0 if that is not likely, or not more than `already`.
float slip_closeness(const Tables& tables, const Part& a, const Part& b, float already) {
    const std::size_t shorter = std::min(a.length, b.length), longer = std::max(a.length, b.length);
    if (already >= 0.75F || shorter < 3 || longer - shorter > 2) return 0;
    // Two edits leave most letters where they are.
    if (std::popcount(a.letter_set ^ b.letter_set) > 5) return 0;
    const auto listed = [&tables](const Part& part) { return part.known != 0 && is_listed(tables.words[part.known]); };
    const bool one_listed = listed(a) != listed(b);
    const std::size_t edits = osa(a.latin(), b.latin(), 2);
    if (edits == 1) {
        if (shorter == 3) return one_listed ? 0.55F : 0.0F;
        return one_listed ? costs::slip_listed : shorter >= 5 ? costs::slip_long : costs::slip_short;
    }
    if (edits == 2 && shorter >= (one_listed ? 7U : 8U))
        return one_listed && syllables(a) == syllables(b) ? costs::slips_listed : costs::slips_long;
    return 0;
}

/// Contractors and contracting, harvest and harvesters: forms of one word.
bool is_of_one_stem(const Part& a, const Part& b) {
    if (a.letters[0] != b.letters[0]) return false;
    constexpr std::size_t stem_least = 5;
    static constexpr std::string_view endings[] = {"", "s", "er", "ers", "or", "ors", "ing", "ment"};
    const auto common = static_cast<std::size_t>(
        std::mismatch(a.letters.begin(), a.letters.begin() + std::min(a.length, b.length), b.letters.begin()).first -
        a.letters.begin());
    for (std::size_t stem = stem_least; stem <= common; ++stem) {
        const auto ends = [stem](const Part& part) {
            return std::find(std::begin(endings), std::end(endings), part.latin().substr(stem)) != std::end(endings);
        };
        if (ends(a) && ends(b)) return true;
    }
    return false;
}

bool is_plural(const Part& a, const Part& b) {
    if (is_longer_by(a, b, "s") || is_longer_by(a, b, "es")) return true;
    const std::string_view shorter = a.length <= b.length ? a.latin() : b.latin(),
                           longer = a.length <= b.length ? b.latin() : a.latin();
    return longer.size() == shorter.size() + 2 && shorter.ends_with("y") && longer.ends_with("ies") &&
           longer.starts_with(shorter.substr(0, shorter.size() - 1));
}

/// Abdulrahman: "servant of", and one of the names of God, which is what tells such names apart.
bool is_servant(const Part& part) {
    const std::string_view latin = part.latin();
    return part.length >= 8 && latin.starts_with("abd") && (latin[4] == 'l' || latin[4] == 'r');
}

Part rest_of_servant(const Part& part) {
    Part rest;
    rest.length = static_cast<std::uint8_t>(part.length - 5);
    std::memcpy(rest.letters.data(), part.letters.data() + 5, rest.length);
    rest.skeleton_length = static_cast<std::uint8_t>(write_skeleton(rest.latin(), rest.skeleton));
    for (const char c : rest.sound()) rest.letter_set |= 1U << (c >= 'a' && c <= 'z' ? c - 'a' : 26);
    return rest;
}

/// Petrov and Petrova, Kowalski and Kowalska: one family.
bool same_but_for_gender(const Part& a, const Part& b) {
    if (a.kind == Kind::given || b.kind == Kind::given) return false;
    if (a.letters[0] != b.letters[0] || a.letters[1] != b.letters[1]) return false;
    const std::string_view shorter = a.length <= b.length ? a.latin() : b.latin(),
                           longer = a.length <= b.length ? b.latin() : a.latin();
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

/// Names of men and women that differ in an e, which in others (Ann and Anne, Katherin and Katherine) makes none.
bool is_known_couple(std::string_view a, std::string_view b) {
    if (std::min(a.size(), b.size()) < 4 || std::memcmp(a.data(), b.data(), 3) != 0) return false;
    static constexpr std::pair<std::string_view, std::string_view> couples[] = {
        {"adil", "adile"},          {"adrien", "adrienne"},      {"armen", "armine"},          {"bastien", "bastienne"},
        {"cemil", "cemile"},        {"christian", "christiane"}, {"christian", "christine"},   {"cristian", "cristine"},
        {"daniel", "danielle"},     {"emin", "emine"},           {"emmanuel", "emmanuelle"},   {"fabien", "fabienne"},
        {"frederic", "frederique"}, {"gabriel", "gabrielle"},    {"halim", "halime"},          {"joel", "joelle"},
        {"julien", "julienne"},     {"justin", "justine"},       {"karen", "karine"},          {"karen", "karineh"},
        {"kerim", "kerime"},        {"latif", "latife"},         {"laurent", "laurence"},      {"lucien", "lucienne"},
        {"marcel", "marcelle"},     {"martin", "martine"},       {"michel", "michele"},        {"michel", "michelle"},
        {"naim", "naime"},          {"narek", "narine"},         {"noel", "noelle"},           {"pascal", "pascale"},
        {"rafael", "rafaelle"},     {"raphael", "raphaelle"},    {"sebastien", "sebastienne"}, {"serif", "serife"},
        {"simon", "simone"},        {"sylvain", "sylvaine"},     {"valentin", "valentine"},    {"vivien", "vivienne"}};
    return std::any_of(std::begin(couples), std::end(couples), [a, b](const auto& couple) {
        return (couple.first == a && couple.second == b) || (couple.first == b && couple.second == a);
    });
}

/// Karim and Karima, Emmanuel and Emmanuella: given names of a man and a woman.
bool is_hers_and_his(const Part& a, const Part& b) {
    const auto given = [](const Part& part) { return part.kind == Kind::given || part.kind == Kind::name; };
    if (a.letters[0] != b.letters[0] || a.letters[1] != b.letters[1] || !given(a) || !given(b) ||
        std::min(a.length, b.length) < 4)
        return false;
    const std::string_view shorter = a.length <= b.length ? a.latin() : b.latin(),
                           longer = a.length <= b.length ? b.latin() : a.latin();
    const auto parted = [](std::string_view his, std::string_view hers) {
        return his.size() >= 5 && (his.ends_with("iy") || his.ends_with("ij") || his.ends_with("ii")) &&
               (hers.ends_with("iya") || hers.ends_with("ija") || hers.ends_with("iia") || hers.ends_with("ia")) &&
               his.substr(0, his.size() - 2) == hers.substr(0, his.size() - 2) && hers.size() <= his.size() + 1;
    };
    if (parted(shorter, longer) || parted(longer, shorter)) return true;
    if (a.native || b.native) return false;
    if (shorter.ends_with("raj")) return false;  // Selvarajah
    if (is_longer_by(a, b, "ne")) return true;   // István and Istvánné, his wife
    const char last = (a.length <= b.length ? a : b).latin().back();
    if (is_vowel(last) || last == 'h' || last == 'y') return false;
    return is_longer_by(a, b, "a") || is_longer_by(a, b, "la") || is_longer_by(a, b, "ah") ||
           is_longer_by(a, b, "eh") || is_known_couple(shorter, longer);
}

/// Fulton and Felton, Hansa and Hana: a company may call itself anything, so that a letter that is heard makes another
/// short word.
bool is_other_short_word(const Part& a, const Part& b) {
    constexpr std::size_t short_word = 7;
    if (a.native || b.native || std::max(a.length, b.length) > short_word) return false;
    if (std::min(a.length, b.length) >= 5 && is_swap(a, b)) return false;
    return osa(a.latin(), b.latin(), 1) <= 1 && sound_distance(a.sound(), b.sound(), 1.0F) > 0.32F;
}

/// Vladimirs Petrovs, Viktoras Petrovas: names of others as Latvian and Lithuanian decline them.
bool is_baltic_form(const Part& a, const Part& b) {
    if (a.letters[0] != b.letters[0] || a.native || b.native) return false;
    const std::string_view shorter = a.length <= b.length ? a.latin() : b.latin(),
                           longer = a.length <= b.length ? b.latin() : a.latin();
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
    if (stem.size() != shorter.size()) return false;
    for (std::size_t i = 0; i < stem.size(); ++i) {
        if (softly(stem[i]) != softly(shorter[i])) return false;
    }
    return true;
}

/// The ending that many family and fathers' names have; 0 letters if it is not the same in both.
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

/// Endings of languages that are written in Latin letters and whose vowels are spelled alike everywhere.
bool spells_its_vowels(std::string_view ending) {
    static constexpr std::string_view endings[] = {"sdottir", "sson", "ovic",  "evic", "son",  "sen",   "berg",
                                                   "mann",    "ton",  "stein", "czyk", "czak", "quist", "strom"};
    return std::find(std::begin(endings), std::end(endings), ending) != std::end(endings);
}

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

/// Are two family names made of one stem with two endings?
bool is_made_otherwise(std::string_view a, std::string_view b) {
    if (a.substr(0, 4) != b.substr(0, 4)) return false;
    const auto [ending_a, number_a] = name_maker(a);
    const auto [ending_b, number_b] = name_maker(b);
    if (number_a == number_b || number_a == 0 || number_b == 0) return false;
    const std::string_view stem_a = a.substr(0, a.size() - ending_a), stem_b = b.substr(0, b.size() - ending_b);
    constexpr int greek = 100;
    return stem_a == stem_b || (number_a >= greek && number_b >= greek);
}

Part beginning_of(const Part& part, std::size_t letters) {
    Part rest = part;
    rest.length = static_cast<std::uint8_t>(letters);
    rest.skeleton_length = static_cast<std::uint8_t>(write_skeleton(rest.latin(), rest.skeleton));
    rest.letter_set = 0;
    for (const char c : rest.sound()) rest.letter_set |= 1U << (c >= 'a' && c <= 'z' ? c - 'a' : 26);
    return rest;
}

/// Jónsdóttir and Jóhannsdóttir, Peterson and Patterson: what stands before the ending has to agree.
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

Part with_first(const Part& part, char letter) {
    Part other = part;
    other.letters[0] = letter;
    return beginning_of(other, other.length);
}

/// Jelena, Yelena and Elena: what Russian writes with one letter at the beginning.
bool is_soft_beginning(std::string_view latin) { return latin.size() >= 3 && (latin[0] == 'j' || latin[0] == 'y'); }

/// The closeness of Jekaterina and Yekaterina; nothing if neither begins so.
Closeness soft_closeness(const Part& a, const Part& b) {
    const char first_a = a.letters[0], first_b = b.letters[0];
    // Jeong and Yeong are two in Korea, Jing and Ying in China.
    if (first_a == first_b || std::min(a.length, b.length) < 3 || a.eastern || b.eastern || a.end == 0 || b.end == 0)
        return {};
    const bool soft_a = is_soft_beginning(a.latin()), soft_b = is_soft_beginning(b.latin());
    if (!soft_a && !soft_b) return {};
    if (soft_a && soft_b && is_vowel(a.letters[1]) && is_vowel(b.letters[1])) {
        const Closeness close = letters_closeness(with_first(a, 'y'), with_first(b, 'y'));
        return close.value >= 0.75F ? Closeness{std::min(close.value, 0.9F), Relation::variant} : Closeness{};
    }
    if (soft_a == soft_b) return {};
    const Part &soft = soft_a ? a : b, &plain = soft_a ? b : a;
    if (soft.letters[1] != 'e' || plain.letters[0] != 'e' || plain.length < 4) return {};
    Part shorter = soft;
    shorter.length = static_cast<std::uint8_t>(soft.length - 1U);
    std::memmove(shorter.letters.data(), soft.letters.data() + 1, shorter.length);
    const Closeness close = letters_closeness(beginning_of(shorter, shorter.length), plain);
    return close.value >= 0.78F ? Closeness{std::min(close.value, 0.9F), Relation::variant} : Closeness{};
}

/// Sargsyan and Sarkissian, Hakobyan and Hagopian: the same letters are read b, d, g in the east and p, t, k in the
/// west, and the other way round.
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

/// Rahmon and Rakhmonov, Usmonov and Usmonzoda: many in Tajikistan and Azerbaijan have left the Russian ending off, or
/// put their own for it.
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

/// The father's name in a patronymic of Russian; 0 letters if it is none.
std::size_t father_in(std::string_view latin) {
    static constexpr std::string_view endings[] = {"yevich", "ievich", "iovych", "yovych", "iavich", "yavich",
                                                   "ovitch", "evitch", "ovich",  "evich",  "ovych",  "evych",
                                                   "avich",  "yevna",  "ievna",  "yeuna",  "ieuna",  "iauna",
                                                   "yauna",  "ovna",   "evna",   "ivna",   "auna",   "euna"};
    for (const std::string_view ending : endings) {
        if (latin.size() >= ending.size() + 3 && latin.ends_with(ending)) return latin.size() - ending.size();
    }
    return 0;
}

/// Names a patronymic may be made of, by what it has left of them: Mykola of Mykolai(ovych), Grigory of Grigor(ievich).
struct Fathers {
    std::array<std::uint32_t, 10> known = {};
    std::size_t count = 0;

    Fathers(const Tables& tables, std::string_view stem) {
        const auto add = [&](std::string_view kept, std::string_view ending) {
            std::array<char, letters_max + 2> room;
            std::memcpy(room.data(), kept.data(), kept.size());
            std::memcpy(room.data() + kept.size(), ending.data(), ending.size());
            const std::uint32_t number = tables.word_numbers.find({room.data(), kept.size() + ending.size()});
            if (number != TextMap::absent && !tables.words[number].groups.empty()) known[count++] = number;
        };
        for (const std::string_view ending : {"", "y", "i", "o", "a", "iy", "ii", "ei", "ey"}) add(stem, ending);
        if (stem.size() > 3 && (stem.back() == 'i' || stem.back() == 'y')) add(stem.substr(0, stem.size() - 1), "");
    }
};

/// Mykolaiovych and Nikolayevich: patronymics of one father in two languages, or of two fathers.
Closeness fathers_of_nations(const Tables& tables, const Part& a, std::size_t father_a, const Part& b,
                             std::size_t father_b) {
    const std::string_view stem_a = a.latin().substr(0, father_a), stem_b = b.latin().substr(0, father_b);
    if (stem_a == stem_b || a.native || b.native) return {};
    const Fathers of_a(tables, stem_a), of_b(tables, stem_b);
    for (std::size_t i = 0; i < of_a.count; ++i) {
        for (std::size_t j = 0; j < of_b.count; ++j) {
            if (of_a.known[i] == of_b.known[j] ||
                share(tables.words[of_a.known[i]].groups, tables.words[of_b.known[j]].groups))
                return {0.93F, Relation::variant};
        }
    }
    if (of_a.count == 0 || of_b.count == 0) return {};
    const float value = letters_closeness(beginning_of(a, father_a), beginning_of(b, father_b)).value;
    constexpr float surely_another = 0.85F, another = 0.45F;
    return value < surely_another ? Closeness{std::min(value, another), Relation::contradicted} : Closeness{};
}

/// Writes a family name as Russian would: Hrytsenko as Gritsenko, Kazlou as Kozlov, Dzmitryieu as Dmitriev. Of o and a,
/// and of the e and i that Belarusian writes ia, no difference is left if the name may be Belarusian.
std::size_t write_as_russian(std::string_view latin, bool belarusian, std::array<char, 2 * letters_max>& out) {
    std::string_view ending;
    static constexpr std::pair<std::string_view, std::string_view> endings[] = {
        {"skyi", "ski"}, {"skyy", "ski"}, {"skiy", "ski"},  {"skii", "ski"},  {"sky", "ski"}, {"tskyi", "tski"},
        {"aia", "aya"},  {"aja", "aya"},  {"enka", "enko"}, {"anka", "enko"}, {"ieu", "ev"},  {"yeu", "ev"},
        {"iou", "ev"},   {"iau", "ev"},   {"iov", "ev"},    {"yov", "ev"},    {"iev", "ev"},  {"yev", "ev"},
        {"eu", "ev"},    {"ou", "ov"},    {"au", "ov"},     {"ava", "ova"},   {"eva", "eva"}};
    for (const auto& [written, russian] : endings) {
        if (!latin.ends_with(written) || latin.size() < written.size() + 2) continue;
        ending = russian;
        latin.remove_suffix(written.size());
        break;
    }
    while (ending == "ev" && latin.size() > 2 && (latin.back() == 'i' || latin.back() == 'y')) latin.remove_suffix(1);
    std::size_t length = 0;
    const auto put = [&](char c) {
        if (length == 0 || out[length - 1] != c) out[length++] = c;
    };
    for (std::size_t i = 0; i < latin.size(); ++i) {
        const char c = latin[i], next = i + 1 < latin.size() ? latin[i + 1] : ' ';
        const bool after_consonant = i > 0 && !is_vowel(latin[i - 1]) && latin[i - 1] != 'y';
        const char third = i + 2 < latin.size() ? latin[i + 2] : ' ';
        if ((c == 'i' || c == 'y') && (next == 'e' || (next == 'i' && third == 'e'))) continue;
        if (belarusian && (c == 'i' || c == 'y') && (next == 'a' || next == 'o') && after_consonant) {
            put('e');
            ++i;
        } else if ((c == 'i' || c == 'y') && (next == 'o' || next == 'a' || next == 'u')) {
            put('y');
        } else if (c == 'y') {
            put('i');
        } else if (belarusian && c == 'd' && next == 'z' && i + 2 < latin.size() && latin[i + 2] != 'h') {
            put('d');
            ++i;
        } else if (belarusian && c == 't' && next == 's' && i + 2 < latin.size() &&
                   (latin[i + 2] == 'i' || latin[i + 2] == 'e')) {
            put('t');
            ++i;
        } else if (c == 'h' && !(i > 0 && (latin[i - 1] == 'k' || latin[i - 1] == 's' || latin[i - 1] == 'c' ||
                                           latin[i - 1] == 'z'))) {
            put('g');
        } else if (belarusian && c == 'o') {
            put('a');
        } else if (belarusian && c == 'u' && i > 0 && is_vowel(latin[i - 1])) {
            put('v');
        } else {
            put(c);
        }
    }
    for (const char c : ending) put(belarusian && c == 'o' ? 'a' : c);
    return length;
}

/// Hordiienko and Gordienko, Kazlou and Kozlov, Siamionau and Semyonov: one family in Ukrainian or Belarusian and in
/// Russian.
bool is_east_slavic_pair(const Part& a, const Part& b) {
    if (a.kind == Kind::given || b.kind == Kind::given || std::min(a.length, b.length) < 5 ||
        std::max(a.length, b.length) > std::min(a.length, b.length) + 3)
        return false;
    // Russian keeps the first sound, but for h, and a and o.
    const char x = a.letters[0], y = b.letters[0];
    const auto pair = [x, y](char p, char q) { return (x == p && y == q) || (x == q && y == p); };
    if (x != y && !pair('g', 'h') && !pair('a', 'o') && !pair('i', 'y') && !pair('e', 'y')) return false;
    const auto ends_slavic = [](const Part& part) {
        return std::string_view("vuaoiyhklr").find(part.letters[part.length - 1U]) != std::string_view::npos;
    };
    if (!ends_slavic(a) || !ends_slavic(b)) return false;
    const auto belarusian = [](std::string_view latin) {
        const auto has = [latin](std::string_view what) { return latin.find(what) != std::string_view::npos; };
        return latin.ends_with("ou") || latin.ends_with("au") || latin.ends_with("eu") || latin.ends_with("enka") ||
               latin.ends_with("anka") || latin.ends_with("ava") || has("dzm") || has("dzi") || has("dze") || has("ia");
    };
    const auto slavic = [](std::string_view latin) {
        static constexpr std::string_view endings[] = {"ov",  "ev",  "ova", "eva",  "enko", "enka", "ou",  "au",   "eu",
                                                       "ava", "ski", "sky", "skyi", "skiy", "skii", "ska", "chuk", "uk",
                                                       "ko",  "ich", "aya", "aia",  "ik",   "yk",   "ar",  "al"};
        return std::any_of(std::begin(endings), std::end(endings),
                           [latin](std::string_view ending) { return latin.ends_with(ending); });
    };
    if (!slavic(a.latin()) || !slavic(b.latin())) return false;
    const bool akanne = belarusian(a.latin()) != belarusian(b.latin());
    std::array<char, 2 * letters_max> room_a, room_b;
    const std::size_t length_a = write_as_russian(a.latin(), akanne, room_a),
                      length_b = write_as_russian(b.latin(), akanne, room_b);
    return length_a == length_b && length_a >= 5 && std::memcmp(room_a.data(), room_b.data(), length_a) == 0;
}

/// Rəsul (oğlu) and Rasulovich: the same father in two languages.
Closeness fathers_closeness(const Tables& tables, const Part& a, const Part& b) {
    const std::size_t father_a = father_in(a.latin()), father_b = father_in(b.latin());
    if (father_a != 0 && father_b != 0) return fathers_of_nations(tables, a, father_a, b, father_b);
    if ((father_a == 0) == (father_b == 0)) return {};
    const Part own_a = father_a == 0 ? a : beginning_of(a, father_a),
               own_b = father_b == 0 ? b : beginning_of(b, father_b);
    float value = letters_closeness(own_a, own_b).value;
    if (value < 0.85F && own_a.letters[0] != own_b.letters[0] && std::max(own_a.letters[0], own_b.letters[0]) == 'h' &&
        std::min(own_a.letters[0], own_b.letters[0]) == 'g')
        value = std::max(value, letters_closeness(with_first(own_a, 'g'), with_first(own_b, 'g')).value - 0.05F);
    return value >= 0.7F ? Closeness{std::min(value, 0.9F), Relation::variant} : Closeness{};
}

bool may_be_teknonym(const Part& part) {
    const char first = part.letters[0], second = part.letters[1];
    return part.length >= 6 &&
           ((first == 'a' && second == 'b') || ((first == 'u' || first == 'o') && (second == 'm' || second == 'u')));
}

/// Umm Khalid and Abu Khalid: a mother and a father; Abu Hamza and Abu Hafs: what follows has to agree.
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

/// Gholamhossein and Gholamhassan, Nurlan and Nurzhan: compounds with one beginning and two second halves.
bool is_other_second_half(const Tables& tables, const Part& a, const Part& b);

Closeness latin_closeness(const Tables& tables, const Part& a, const Part& b);

/// Are two names of the faith or of God made with two names?
bool is_other_devout(const Tables& tables, const Part& a, const Part& b);

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
    rest.relations = rest.known == 0 ? 0 : tables.words[rest.known].relations;
    return beginning_of(rest, rest.length);
}

/// Two words without their beginnings.
Closeness rests_closeness(const Tables& tables, const Part& a, std::size_t from_a, const Part& b, std::size_t from_b) {
    return latin_closeness(tables, rest_of(tables, a, from_a), rest_of(tables, b, from_b));
}

bool is_other_devout(const Tables& tables, const Part& a, const Part& b) {
    const std::size_t ending_a = devout_ending(a.latin());
    const std::size_t ending_b = ending_a == 0 ? 0 : devout_ending(b.latin());
    if (ending_b == 0) return false;
    const auto before = [&tables](const Part& part, std::size_t ending) {
        Part rest = beginning_of(part, part.length - ending);
        rest.kind = Kind::given;
        const std::uint32_t number = tables.word_numbers.find(rest.latin());
        rest.known = number == TextMap::absent ? 0 : number;
        rest.relations = rest.known == 0 ? 0 : tables.words[rest.known].relations;
        return rest;
    };
    const Part rest_a = before(a, ending_a), rest_b = before(b, ending_b);
    constexpr float the_same = 0.7F;
    // Norullah and Nurullah.
    if (same_consonants(rest_a, rest_b) > 0 && !other_vowel(rest_a, rest_b)) return false;
    return latin_closeness(tables, rest_a, rest_b).value < the_same;
}

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

/// Do two letters stand side by side on the keyboard?
bool are_neighbours(char x, char y) {
    static constexpr std::string_view rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    const auto place = [](char c) {
        for (int row = 0; row < 3; ++row) {
            if (const std::size_t at = rows[row].find(c); at != std::string_view::npos)
                return std::pair<int, int>(row, static_cast<int>(at));
        }
        return std::pair<int, int>(-9, 0);
    };
    const auto [row_x, at_x] = place(x);
    const auto [row_y, at_y] = place(y);
    if (row_x == row_y) return std::abs(at_x - at_y) == 1;
    const int above = row_x < row_y ? at_x : at_y, below = row_x < row_y ? at_y : at_x;
    return std::abs(row_x - row_y) == 1 && (below == above || below == above - 1);
}

/// Sunil and Susil, Rogelio and Rodelio, Nurlan and Nurzhan: given names that differ in consonants which no habit
/// exchanges and no finger confuses; a letter missing, doubled or swapped may be a slip.
bool is_other_given(const Part& a, const Part& b) {
    const auto given = [](const Part& part) { return part.kind == Kind::given || part.kind == Kind::name; };
    constexpr std::size_t longest = 10;
    if (!given(a) || !given(b) || a.native || b.native || a.end == 0 || b.end == 0 ||
        std::min(a.length, b.length) < 4 || std::max(a.length, b.length) > longest || is_swap(a, b))
        return false;
    // One letter for another.
    if (a.length == b.length) {
        std::size_t differing = 0, at = 0;
        for (std::size_t i = 0; i < a.length; ++i) {
            if (a.letters[i] == b.letters[i]) continue;
            ++differing;
            at = i;
        }
        if (differing == 1) {
            const char x = a.letters[at], y = b.letters[at];
            const auto heard = [](char c) { return c >= 'a' && !is_vowel(c) && c != 'y' && c != 'w' && c != 'h'; };
            // A c may be heard as k, s and ts.
            constexpr std::string_view like_c = "kstzqxgj";
            if ((x == 'c' && like_c.find(y) != like_c.npos) || (y == 'c' && like_c.find(x) != like_c.npos))
                return false;
            return heard(x) && heard(y) && !are_neighbours(x, y) && consonant_class(x) != consonant_class(y) &&
                   sound_costs.replace[static_cast<std::size_t>(x)][static_cast<std::size_t>(y)] > 0.9F &&
                   same_consonants(a, b) == 0;
        }
    }
    if ((a.latin().find('c') == std::string_view::npos) != (b.latin().find('c') == std::string_view::npos))
        return false;
    // More: what differs between the common beginning and end.
    const std::string_view x = a.sound(), y = b.sound();
    const std::size_t shorter = std::min(x.size(), y.size());
    std::size_t begin = 0, end = 0;
    while (begin < shorter && x[begin] == y[begin]) ++begin;
    while (end + begin < shorter && x[x.size() - 1 - end] == y[y.size() - 1 - end]) ++end;
    std::uint32_t in_x = 0, in_y = 0;
    const auto consonants = [begin, end](std::string_view sound) {
        std::uint32_t set = 0;
        for (const char c : sound.substr(begin, sound.size() - begin - end)) {
            const char one = consonant_class(c);
            if (one >= 'a' && one != 'y') set |= 1U << (one - 'a');
        }
        return set;
    };
    in_x = consonants(x);
    in_y = consonants(y);
    const auto as_heard = [](std::uint32_t set) {  // l and r, m and n
        constexpr std::uint32_t l = 1U << ('l' - 'a'), r = 1U << ('r' - 'a'), m = 1U << ('m' - 'a'),
                                n = 1U << ('n' - 'a');
        if (set & l) set = (set & ~l) | r;
        if (set & m) set = (set & ~m) | n;
        return set;
    };
    in_x = as_heard(in_x);
    in_y = as_heard(in_y);
    return in_x != 0 && in_y != 0 && (in_x & in_y) == 0 && osa(a.latin(), b.latin(), 1) > 1;
}

/// Reynaldo and Ronaldo, Elmer and Olmer: e in the one, o in the other where the first vowel is heard, all consonants
/// being the same.
bool is_other_first_syllable(const Part& a, const Part& b) {
    const auto first_vowel = [](const Part& part) {
        const std::string_view sound = part.sound();
        const std::size_t at = sound.find_first_of("aeiou");
        return at == sound.npos ? ' ' : sound[at];
    };
    const char x = first_vowel(a), y = first_vowel(b);
    return ((x == 'e' && y == 'o') || (x == 'o' && y == 'e')) && a.kind != Kind::family && b.kind != Kind::family &&
           writes_vowels(a) && writes_vowels(b);
}

/// Tramps is Trump: what stands before the -s, as Latvian hears it.
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

/// Kony and Koné: in a short family name another last vowel makes another name.
bool is_other_last_vowel(const Part& a, const Part& b) {
    constexpr std::size_t short_name = 5;
    if (a.kind == Kind::given || b.kind == Kind::given || std::max(a.length, b.length) > short_name ||
        a.skeleton_length != b.skeleton_length || a.skeleton_length < 3 || !writes_vowels(a) || !writes_vowels(b))
        return false;
    if (a.letters[a.length - 1U] == 'h' || b.letters[b.length - 1U] == 'h') return false;  // Saleh and Salih
    const std::size_t last = a.skeleton_length - 1U;
    const char x = a.skeleton[last], y = b.skeleton[last];
    return ((x == 'e' && y == 'i') || (x == 'i' && y == 'e')) &&
           std::memcmp(a.skeleton.data(), b.skeleton.data(), last) == 0;
}

/// Do the words share their beginning and end in two things of different meaning? Stroytransgaz and Stroytransneft.
bool is_other_compound(const Tables& tables, const Part& a, const Part& b) {
    constexpr std::size_t beginning = 4, end = 3;
    const std::size_t shorter = std::min(a.length, b.length);
    if (shorter < beginning + end || std::memcmp(a.letters.data(), b.letters.data(), beginning) != 0) return false;
    const auto phrase_of = [&tables](std::string_view latin) -> const Phrase* {
        const std::uint32_t number = tables.phrase_numbers.find(latin);
        return number == TextMap::absent ? nullptr : &tables.phrases[number];
    };
    for (std::size_t cut = beginning; cut + end <= shorter && a.letters[cut - 1] == b.letters[cut - 1]; ++cut) {
        const Phrase* const of_a = phrase_of(a.latin().substr(cut));
        const Phrase* const of_b = of_a == nullptr ? nullptr : phrase_of(b.latin().substr(cut));
        if (of_b == nullptr || of_a->kind > Phrase::Kind::trade || of_b->kind > Phrase::Kind::trade ||
            of_a->kind == Phrase::Kind::legal_form || of_b->kind == Phrase::Kind::legal_form)
            continue;
        if (!same_meaning(form_of(*of_a), form_of(*of_b))) return true;
    }
    return false;
}

/// Bolmar and Dolmar: hardly anybody slips in the first letter. Not where both sound alike, or a mute h or an i is
/// in front of a vowel.
bool is_other_beginning(const Part& a, const Part& b) {
    const char x = a.skeleton[0], y = b.skeleton[0];
    const auto mute = [](char c) { return is_vowel(c) || c == 'h' || c == 'y' || c == 'j'; };
    const auto rough = [](const Part& part) { return part.letters[0] == 'h' || part.letters[1] == 'h'; };
    if (rough(a) && rough(b)) return false;  // Charis and Haris
    const auto softened = [](const Part& with, const Part& without) {
        return with.letters[0] == 'r' && with.letters[1] == without.letters[0] &&
               (with.letters[1] == 'y' || with.letters[1] == 'i');
    };
    if (softened(a, b) || softened(b, a)) return false;  // Ryongmun and Yongmun
    if (x == y || (mute(x) && mute(y)) || (a.length >= 5 && is_swap(a, b))) return false;
    return sound_costs.replace[static_cast<std::size_t>(x)][static_cast<std::size_t>(y)] > 0.5F;
}

/// Терское is of the Terek, Донской of the Don.
bool is_adjective_of(const Part& adjective, const Part& place) {
    static constexpr std::string_view endings[] = {"skoe", "skoye", "skoi",  "skoy", "skiy",
                                                   "skii", "sky",   "skaya", "skie", "skogo"};
    for (const std::string_view ending : endings) {
        if (!adjective.latin().ends_with(ending)) continue;
        const std::string_view stem = adjective.latin().substr(0, adjective.length - ending.size());
        if (stem.size() < 3 || !place.latin().starts_with(stem)) return false;
        const std::string_view more = place.latin().substr(stem.size());
        return more.empty() || more == "ek" || more == "ok" || more == "a" || more == "y" || more == "i";
    }
    return false;
}

/// Kowalski and Kowalczyk.
bool are_other_families(const Tables& tables, const Part& a, const Part& b) {
    if (a.known == 0 || b.known == 0 || (a.relations & b.relations) != 0 || a.sound() == b.sound()) return false;
    const Word &wa = tables.words[a.known], &wb = tables.words[b.known];
    return wa.rarity != 0 && wb.rarity != 0 && std::min(a.length, b.length) >= 5 && !same_but_for_gender(a, b) &&
           osa(a.latin(), b.latin(), 1) > 1;
}

/// Boyevoye and Boevoe, Qafqaz and Gafgaz, Geo and Jeo, Iliopetra and Heliopetra: the same letters of Russian,
/// Azerbaijani, Georgian and Greek, as two habits write them.
bool is_written_by_habit(const Part& a, const Part& b) {
    const auto habitual = [](const Part& part, std::size_t mute, std::array<char, letters_max>& room) {
        const std::string_view latin = part.latin();
        std::size_t length = 0;
        for (std::size_t at = mute; at < latin.size(); ++at) {
            const char c = latin[at], next = at + 1 < latin.size() ? latin[at + 1] : ' ';
            if (c == 'y' && next == 'e' && (at == 0 || is_vowel(latin[at - 1]))) continue;
            char written = c == 'q' || (c == 'g' && next == 'h') ? 'g' : c == 'y' || (c == 'e' && at == mute) ? 'i' : c;
            if ((c == 'k' && next == 'h') || c == 'x') written = 'h';
            if (written == 'g' && (next == 'e' || next == 'i')) written = 'j';
            at += (c == 'g' || c == 'k') && next == 'h';
            if (length > 0 && room[length - 1] == written) continue;
            room[length++] = written;
        }
        return std::string_view(room.data(), length);
    };
    std::array<char, letters_max> room_a, room_b;
    const auto mute = [](const Part& part, const Part& other) {
        return std::size_t{part.letters[0] == 'h' && is_vowel(part.letters[1]) && is_vowel(other.letters[0])};
    };
    const std::string_view of_a = habitual(a, mute(a, b), room_a), of_b = habitual(b, mute(b, a), room_b);
    return of_a.size() >= 3 && of_a == of_b;
}

/// One word of Latin letters against another, by every way they can be the same.
Closeness latin_closeness(const Tables& tables, const Part& a, const Part& b) {
    if (a.length == b.length && a.letters[0] == b.letters[0] &&
        std::memcmp(a.letters.data(), b.letters.data(), a.length) == 0)
        return {1.0F, Relation::equal};
    if (a.length == 1 || b.length == 1) {
        // An initial agrees with every name it begins, and says little.
        return a.letters[0] == b.letters[0] && (a.kind == Kind::initial || b.kind == Kind::initial)
                   ? Closeness{costs::initial_close, Relation::initial}
                   : Closeness{};
    }
    if ((a.relations & b.relations) != 0) {
        const Closeness known = known_relation(tables, a, b);
        if (known.value > 0) return known;
    }
    const bool word = a.kind == Kind::word || b.kind == Kind::word;
    if (!word && a.letters[0] != b.letters[0]) {
        const Closeness soft = soft_closeness(a, b);
        if (soft.value > 0) return soft;
    }
    if (!word && consonant_class(a.letters[0]) == consonant_class(b.letters[0]) && a.letters[a.length - 1U] == 'n' &&
        is_armenian_pair(a, b))
        return {0.85F, Relation::variant};
    if (a.skeleton[0] == b.skeleton[0] && is_family_with_other_ending(a, b)) return {0.8F, Relation::variant};
    if (too_far(a, b) && is_servant(a) == is_servant(b)) return {};
    // Another reading of a part does not say what kind of part it is.
    const auto may_be_father = [](const Part& part) { return part.kind == Kind::patronymic || part.end == 0; };
    if (may_be_father(a) && may_be_father(b)) {
        const Closeness fathers = fathers_closeness(tables, a, b);
        if (fathers.value > 0) return fathers;
    }
    bool mother_a = false, mother_b = false;
    if (const std::size_t of_a =
            word || !may_be_teknonym(a) || !may_be_teknonym(b) ? 0 : teknonym_of(a.latin(), mother_a);
        of_a > 0) {
        if (const std::size_t of_b = teknonym_of(b.latin(), mother_b); of_b > 0) {
            if (mother_a != mother_b) return {0.3F, Relation::contradicted};
            const Closeness close = rests_closeness(tables, a, of_a, b, of_b);
            return close.value >= 0.93F ? Closeness{0.93F, Relation::variant} : close;
        }
    }
    if (a.kind != Kind::word && (a.letters[a.length - 1U] == 's') != (b.letters[b.length - 1U] == 's') &&
        is_baltic_form(a, b))
        return {0.88F, Relation::variant};
    if (a.latvian != b.latvian) {
        const Closeness close = latvian_closeness(a.latvian ? a : b, a.latvian ? b : a);
        if (close.value > 0) return close;
    }
    if (same_but_for_gender(a, b)) return {0.9F, Relation::variant};
    if (a.kind == Kind::word && b.kind == Kind::word && is_plural(a, b)) return {0.93F, Relation::variant};
    if (a.kind == Kind::word && b.kind == Kind::word && is_of_one_stem(a, b)) return {0.88F, Relation::variant};
    if (is_servant(a) && is_servant(b)) {
        const Part rest_a = rest_of_servant(a), rest_b = rest_of_servant(b);
        Closeness close = letters_closeness(rest_a, rest_b);
        // Aziz and Azim.
        const bool other_last =
            rest_a.length == rest_b.length && rest_a.length <= 5 && same_consonants(rest_a, rest_b) == 0;
        if (!vowels_fit(rest_a, rest_b) || (other_last && close.value < 0.9F)) close.value *= 0.6F;
        return close;
    }
    if (is_servant(a) != is_servant(b)) {
        // Rashid for Abdul Rashid.
        Closeness close =
            letters_closeness(is_servant(a) ? rest_of_servant(a) : a, is_servant(b) ? rest_of_servant(b) : b);
        if (close.value > 0.9F) return {0.85F, Relation::variant};
    }
    if (!a.native && !b.native && is_same_but_for_habit(a.latin(), b.latin())) return {0.9F, Relation::variant};
    if (a.kind == Kind::word && b.kind == Kind::word) {
        if (is_adjective_of(a, b) || is_adjective_of(b, a)) return {0.85F, Relation::variant};
        if (!a.syllables && !b.syllables && is_written_by_habit(a, b)) return {0.9F, Relation::variant};
        if (is_other_company_word(tables, a, b)) return {costs::other_shortest_word, Relation::contradicted};
    }
    if (is_hers_and_his(a, b)) return {0.45F, Relation::contradicted};
    Closeness close = letters_closeness(a, b);
    if (!word && close.value < 0.85F && is_east_slavic_pair(a, b)) return {0.88F, Relation::variant};
    if (!word && close.value >= 0.5F &&
        (is_other_last_vowel(a, b) || is_other_devout(tables, a, b) || is_other_second_half(tables, a, b) ||
         (close.value < 0.93F && (is_other_given(a, b) || is_other_first_syllable(a, b)))))
        return {close.value * costs::distinct_names, close.relation};
    if (!word && a.kind != Kind::given && b.kind != Kind::given && close.value >= 0.5F && close.value < 0.93F &&
        writes_vowels(a) && writes_vowels(b)) {
        const std::size_t ending = shared_ending(a.latin(), b.latin());
        if (ending > 0 && std::min(a.length, b.length) >= ending + 3U) {
            const float before = before_ending(a, b, ending);
            if (before < costs::before_ending) return {std::min(close.value, before) * 0.75F, close.relation};
        } else if (ending == 0 && is_made_otherwise(a.latin(), b.latin())) {
            return {close.value * costs::distinct_names, close.relation};
        }
    }
    const float distinct = close.value > 0 ? distinct_names(tables, a, b) : 1.0F;
    if (distinct < 1.0F) return {close.value * distinct, close.relation};
    if (a.kind == Kind::word && b.kind == Kind::word && is_other_short_word(a, b))
        return {std::min(close.value,
                         std::max(a.length, b.length) <= 5 ? costs::other_shortest_word : costs::other_short_word),
                close.relation};
    const float slip = slip_closeness(tables, a, b, close.value);
    return slip > close.value ? Closeness{slip, Relation::typing_error} : close;
}

}  // namespace

bool is_burmese(const Tables& tables, const Part& part) {
    return part.known != 0 && (tables.words[part.known].flags & WordFlag::burmese_name) != 0;
}

bool is_other_compound_name(const Tables& tables, const Part& a, const Part& b) {
    return is_other_devout(tables, a, b) || is_other_second_half(tables, a, b);
}

bool is_other_brand(const Part& a, const Part& b) {
    constexpr std::size_t shortest = 6, longest = 9, short_word = 7;
    if (a.native || b.native) return false;
    const std::string_view shorter = a.length <= b.length ? a.latin() : b.latin(),
                           longer = a.length <= b.length ? b.latin() : a.latin();
    // Shell and Shelly.
    if (longer.size() == shorter.size() + 1)
        return longer.size() <= short_word && longer.starts_with(shorter) &&
               (is_vowel(longer.back()) || longer.back() == 'y') && !is_vowel(shorter.back());
    if (a.length != b.length || a.length < shortest || a.length > longest) return false;
    std::size_t at = a.length;
    for (std::size_t i = 0; i < a.length; ++i) {
        if (a.letters[i] == b.letters[i]) continue;
        if (at != a.length) return false;
        at = i;
    }
    if (at == a.length) return false;
    const char x = a.letters[at], y = b.letters[at];
    const float cost = sound_costs.replace[static_cast<std::size_t>(x)][static_cast<std::size_t>(y)];
    if (x == 'y' || y == 'y' || x == 'w' || y == 'w') return false;  // Sukhoi and Sukhoy
    if (is_vowel(x) != is_vowel(y)) return true;
    constexpr float other_vowel_least = 0.42F, other_consonant_least = 0.6F;
    const bool ends = at + 1U == a.length && ((x == 'a' && y == 'o') || (x == 'o' && y == 'a'));
    return is_vowel(x) ? cost > other_vowel_least || ends : cost > other_consonant_least;
}

bool is_longer_by_word(const Tables& tables, const Part& a, const Part& b) {
    constexpr std::size_t shortest = 4, shortest_word = 3;
    const std::string_view shorter = a.length <= b.length ? a.latin() : b.latin(),
                           longer = a.length <= b.length ? b.latin() : a.latin();
    if (shorter.size() < shortest || longer.size() < shorter.size() + shortest_word || !longer.starts_with(shorter))
        return false;
    const std::uint32_t number = tables.phrase_numbers.find(longer.substr(shorter.size()));
    return number != TextMap::absent && tables.phrases[number].kind == Phrase::Kind::trade;
}

bool contains_meaning(const Tables& tables, std::string_view latin, std::uint32_t form) {
    constexpr std::size_t least = 3;
    const auto means = [&](std::string_view text) {
        const std::uint32_t number = tables.phrase_numbers.find(text);
        const Phrase* const phrase = number == TextMap::absent ? tables.phrase_of_stem(text) : &tables.phrases[number];
        return phrase != nullptr && same_meaning(form_of(*phrase), form);
    };
    for (std::size_t length = least; length < latin.size(); ++length) {
        if (means(latin.substr(latin.size() - length)) || means(latin.substr(0, length))) return true;
    }
    return false;
}

bool is_other_company_word(const Tables& tables, const Part& a, const Part& b) {
    if (a.kind != Kind::word || b.kind != Kind::word || a.latin() == b.latin()) return false;
    if (is_other_compound(tables, a, b)) return true;
    if (a.native || b.native) return false;
    if ((a.syllables || a.pinyin) && (b.syllables || b.pinyin) && !same_meaning(a.form, b.form))
        return a.other_begin == a.other_end && b.other_begin == b.other_end;
    return is_other_beginning(a, b) || are_other_families(tables, a, b);
}

Closeness letters_closeness(const Part& a, const Part& b) {
    if (too_far(a, b)) return {};
    const std::size_t shorter = std::min(a.length, b.length), longer = std::max(a.length, b.length);
    const float allowed = edits_allowed((shorter + longer + 1) / 2);
    const float edits_max = edits_looked_at * allowed;
    if (a.skeleton_length == b.skeleton_length && a.skeleton[0] == b.skeleton[0] &&
        std::memcmp(a.skeleton.data(), b.skeleton.data(), a.skeleton_length) == 0) {
        return {a.skeleton_length >= 3 ? 0.93F : 0.75F, Relation::variant};
    }
    const float by_sound = sound_distance(a.sound(), b.sound(), edits_max);
    if (by_sound > edits_max) return {};
    const auto by_letters = static_cast<float>(osa(a.latin(), b.latin()));
    const float edits = 0.7F * by_sound + 0.3F * std::min(by_letters, 1.5F + by_sound);
    const char first_a = a.skeleton[0], first_b = b.skeleton[0];
    const bool hissed = (first_a == 'c' && first_b == 's') || (first_a == 's' && first_b == 'c');
    const bool first_differs = first_a != first_b && !(is_vowel(first_a) && is_vowel(first_b)) && !hissed;
    const float value =
        std::clamp(1.0F - 0.5F * (edits + (first_differs ? costs::first_letter_differs : 0.0F)) / allowed, 0.0F, 0.95F);
    if (value < 0.78F && value > 0.3F && a.kind != Kind::word && same_consonants(a, b, true) >= 3 && vowels_fit(a, b) &&
        (syllables(a) == syllables(b) || !writes_vowels(a) || !writes_vowels(b)))
        return {0.78F, Relation::variant};
    return {value, by_sound < 0.5F * by_letters + 0.2F && value > 0.6F ? Relation::variant : Relation::typing_error};
}

bool is_cantonese_of(const Tables& tables, std::string_view cantonese, std::string_view pinyin) {
    constexpr std::size_t syllable_max = 6, letters_looked_at = 18;
    if (cantonese.size() < 4 || pinyin.size() < 4 || cantonese.size() > letters_looked_at ||
        pinyin.size() > letters_looked_at)
        return false;
    // reached[i] bit j: the first i letters of one and the first j of the other are the same characters.
    std::array<std::uint32_t, letters_looked_at + 1> reached = {1};
    for (std::size_t i = 0; i < cantonese.size(); ++i) {
        if (reached[i] == 0) continue;
        for (std::size_t more = 1; more <= syllable_max && i + more <= cantonese.size(); ++more) {
            const std::string_view syllable = cantonese.substr(i, more);
            if (more == cantonese.size() || tables.cantonese_syllables.find(syllable) == TextMap::absent) continue;
            std::array<char, 2 * syllable_max + 1> both;
            std::memcpy(both.data(), syllable.data(), more);
            both[more] = ' ';
            for (std::size_t j = 0; j < pinyin.size(); ++j) {
                if ((reached[i] >> j & 1U) == 0) continue;
                for (std::size_t length = 1; length <= syllable_max && j + length <= pinyin.size(); ++length) {
                    std::memcpy(both.data() + more + 1, pinyin.data() + j, length);
                    if (tables.cantonese_pinyin.find({both.data(), more + 1 + length}) != TextMap::absent)
                        reached[i + more] |= 1U << (j + length);
                }
            }
        }
    }
    return (reached[cantonese.size()] >> pinyin.size() & 1U) != 0;
}

float spelling_cost(const Tables& tables, std::u32string_view units, std::string_view latin, float limit) {
    constexpr std::size_t units_max = 32, spelled_max = 4;
    constexpr float unseen_unit = 6.0F, unseen_letter = 3.5F;  // nats; so that one odd letter does not end it
    const std::size_t n = std::min(units.size(), units_max), m = std::min(latin.size(), letters_max);
    // What the units from each on cost at least with these letters, so that what cannot end below the limit is left
    // early: most words that do not belong together before the first step.
    std::uint32_t places = 1;  // bit 0: spelled with no letter
    for (std::size_t j = 0; j < m; ++j) {
        const auto place = static_cast<std::size_t>(latin[j] - '`');
        if (place < Tables::spelling_places) places |= 1U << place;
    }
    std::array<float, units_max + 1> ahead_least;
    ahead_least[n] = 0;
    for (std::size_t i = n; i-- > 0;) {
        float least = unseen_unit;
        if (units[i] != static_cast<char32_t>(TextMap::absent)) {
            const std::uint8_t* const cheapest = tables.cheapest_spelling.data() + Tables::spelling_places * units[i];
            std::uint8_t tenths = 255;
            for (std::uint32_t left = places; left != 0; left &= left - 1)
                tenths = std::min(tenths, cheapest[std::countr_zero(left)]);
            least = std::min(unseen_unit, 0.1F * static_cast<float>(tenths));
        }
        ahead_least[i] = ahead_least[i + 1] + least;
    }
    if (ahead_least[0] > limit) return limit + 1;
    std::array<std::array<std::uint32_t, spelled_max + 1>, letters_max + 1> ahead;  // the next letters, packed
    for (std::size_t j = 0; j <= m; ++j) {
        ahead[j][0] = 0;
        for (std::size_t k = 1; k <= spelled_max; ++k) {
            ahead[j][k] =
                j + k <= m ? ahead[j][k - 1] << 8 | static_cast<unsigned char>(latin[j + k - 1]) : ~std::uint32_t{0};
        }
    }
    std::array<std::array<float, letters_max + 1>, 2> rows;
    auto* last = &rows[0];
    auto* row = &rows[1];
    for (std::size_t j = 0; j <= m; ++j) (*last)[j] = unseen_letter * static_cast<float>(j);
    for (std::size_t i = 0; i < n; ++i) {
        std::fill_n(row->begin(), m + 1, 1e9F);
        float least = 1e9F;
        for (std::size_t j = 0; j <= m; ++j) {
            const float here = (*last)[j];
            if (here + ahead_least[i] > limit) continue;
            least = std::min(least, here);
            (*row)[j] = std::min((*row)[j], here + unseen_unit);
            if (units[i] == static_cast<char32_t>(TextMap::absent)) continue;
            const auto spell = [&](char letter) {
                for (const Tables::Spelling& spelling : tables.spellings_of(units[i], letter)) {
                    if (spelling.letters != ahead[j][spelling.length]) continue;
                    float& there = (*row)[j + spelling.length];
                    there = std::min(there, here + 0.1F * static_cast<float>(spelling.cost));
                }
            };
            spell('`');
            if (j < m) spell(latin[j]);
        }
        if (least > limit) return limit + 1;
        for (std::size_t j = 1; j <= m; ++j) (*row)[j] = std::min((*row)[j], (*row)[j - 1] + unseen_letter);
        std::swap(last, row);
    }
    return (*last)[m];
}

float spelled_closeness(const Tables& tables, std::u32string_view units, std::string_view latin) {
    // Nats a letter: words that belong together cost about one, others four; at 2.2 they are as likely as not. What
    // would be less than .3 close is not looked at to the end.
    const auto letters = static_cast<float>(std::max<std::size_t>({latin.size(), units.size(), 2}));
    const float likely = 2.2F * letters + 0.5F, step = 1.35F * letters;
    const float cost = spelling_cost(tables, units, latin, likely + 0.4F * step);
    return cost > likely + 0.4F * step ? 0.0F : std::clamp(0.5F + 0.5F * (likely - cost) / step, 0.0F, 0.95F);
}

namespace {

constexpr float fits_well = 0.85F;  // from this closeness on a reading is taken to be the one that is meant

/// Writes syllables of Chinese without what tells zhi from chi and bo from po.
std::size_t write_unbreathed(std::string_view pinyin, std::array<char, 2 * letters_max>& out) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < pinyin.size(); ++i) {
        const char c = pinyin[i], next = i + 1 < pinyin.size() ? pinyin[i + 1] : ' ';
        const bool begins = is_vowel(next) || next == 'h';
        if ((c == 'z' || c == 'c') && next == 'h') {
            out[length++] = 'q';
            ++i;
        } else if (begins) {
            out[length++] = c == 'b' ? 'p' : c == 'd' ? 't' : c == 'g' ? 'k' : c == 'z' ? 'c' : c == 'j' ? 'q' : c;
        } else {
            out[length++] = c;
        }
    }
    return length;
}

/// In the older spelling of Chinese p' and p are often both written p: Wei-chih is Weizhi and Weichi.
bool is_same_but_for_breath(const Prepared& name, const Part& part, std::string_view pinyin) {
    if (part.pinyin) return false;
    std::array<char, 2 * letters_max> first, second;
    const std::size_t length = write_unbreathed(pinyin, second);
    for (const Part& other : name.other_readings_of(part)) {
        if (write_unbreathed(other.latin(), first) == length && std::memcmp(first.data(), second.data(), length) == 0)
            return true;
    }
    return false;
}

/// Jinping and Jingping: an easy slip in names of two syllables, another name in those of one.
bool is_final_g(const Part& a, const Part& b) {
    const std::string_view shorter = a.length <= b.length ? a.latin() : b.latin(),
                           longer = a.length <= b.length ? b.latin() : a.latin();
    if (longer.size() != shorter.size() + 1 || shorter.size() < 6) return false;
    const std::size_t at =
        static_cast<std::size_t>(std::mismatch(shorter.begin(), shorter.end(), longer.begin()).first - shorter.begin());
    return longer[at] == 'g' && at > 0 && longer[at - 1] == 'n' && longer.substr(at + 1) == shorter.substr(at);
}

/// Writes a name of Japan as it is heard, without the length of vowels: Ohno, Oono and Ono; Huzimoto and Fujimoto.
std::size_t write_japanese(std::string_view latin, std::array<char, 2 * letters_max>& out) {
    static constexpr std::pair<std::string_view, std::string_view> spelled[] = {
        {"shi", "si"},  {"sha", "sya"}, {"shu", "syu"}, {"sho", "syo"}, {"tchi", "tti"}, {"chi", "ti"}, {"cha", "tya"},
        {"chu", "tyu"}, {"cho", "tyo"}, {"tsu", "tu"},  {"fu", "hu"},   {"ji", "zi"},    {"ja", "zya"}, {"ju", "zyu"},
        {"jo", "zyo"},  {"dzu", "zu"},  {"du", "zu"},   {"di", "zi"},   {"mb", "nb"},    {"mp", "np"},  {"mm", "nm"}};
    std::size_t length = 0;
    for (std::size_t at = 0; at < latin.size();) {
        const std::string_view rest = latin.substr(at);
        const char last = length > 0 ? out[length - 1] : ' ';
        const char next = rest.size() > 1 ? rest[1] : ' ';
        const bool lengthens = (rest[0] == last && (last == 'o' || last == 'u')) || (rest[0] == 'u' && last == 'o') ||
                               (rest[0] == 'h' && is_vowel(last) && !is_vowel(next) && next != 'y');
        if (lengthens) {
            ++at;
            continue;
        }
        const auto found = std::find_if(std::begin(spelled), std::end(spelled),
                                        [rest](const auto& pair) { return rest.starts_with(pair.first); });
        if (found != std::end(spelled) && found->first[0] != 'm') {
            for (const char c : found->second) out[length++] = c;
            at += found->first.size();
        } else {
            out[length++] = found != std::end(spelled) ? 'n' : rest[0];
            ++at;
        }
    }
    return length;
}

/// Hoa and Hòa, where both names are written with the marks of Vietnamese.
bool is_marked_otherwise(const Prepared& a, const Part& part_a, const Prepared& b, const Part& part_b) {
    const std::string_view text_a = a.text_of(part_a), text_b = b.text_of(part_b);
    return text_a != text_b && has_vietnamese_marks(a.original()) && has_vietnamese_marks(b.original()) &&
           !same_in_vietnamese(text_a, text_b);
}

bool same_in_japanese(std::string_view a, std::string_view b) {
    std::array<char, 2 * letters_max> heard_a, heard_b;
    const std::size_t length_a = write_japanese(a, heard_a), length_b = write_japanese(b, heard_b);
    return length_a == length_b && std::memcmp(heard_a.data(), heard_b.data(), length_a) == 0;
}

/// Traditional and simplified.
bool same_characters(const Tables& tables, std::string_view a, std::string_view b) {
    std::size_t at_a = 0, at_b = 0;
    while (at_a < a.size() && at_b < b.size()) {
        if (tables.simplified(text::next(a, at_a)) != tables.simplified(text::next(b, at_b))) return false;
    }
    return at_a == a.size() && at_b == b.size();
}

/// حسين and Hassan: in Arabic letters a long i or u inside a word is always written, and heard in Latin ones too.
bool is_without_long_vowel(const Part& native, const Part& latin) {
    if (!native.consonantal || latin.native || native.length < 3) return false;
    const std::string_view inside = native.latin().substr(1, native.length - 2U);
    const auto has = [&latin](std::string_view letters) {
        return latin.latin().find_first_of(letters) != std::string_view::npos;
    };
    return (inside.find('y') != inside.npos && !has("eijy")) || (inside.find('w') != inside.npos && !has("ouvw"));
}

/// Two words that both stand in their own script: there, more is written than in Latin letters, and a letter more is
/// another name (سعد and سعيد, 영희 and 영호, 伟 and 磊).
Closeness same_script(const Tables& tables, const Prepared& a, const Part& part_a, const Prepared& b,
                      const Part& part_b, Closeness by_sound) {
    const std::u32string_view units_a = a.units_of(part_a), units_b = b.units_of(part_b);
    if (units_a.empty() || units_b.empty()) return by_sound;
    const std::string_view text_a = a.text_of(part_a), text_b = b.text_of(part_b);
    constexpr float another_name = 0.4F;
    if (part_a.hangul && part_b.hangul) {
        if (text_a == text_b) return by_sound;
        if (korean_same(text_a, text_b)) return {0.93F, Relation::variant};
        if (std::min(text_a.size(), text_b.size()) <= 9) by_sound.value = std::min(by_sound.value, another_name);
        return by_sound;
    }
    if (part_a.han && part_b.han) {
        if (text_a == text_b) return {1.0F, Relation::equal};
        if (same_characters(tables, text_a, text_b)) return {0.97F, Relation::variant};
        // Other characters of the same sound.
        by_sound.value = std::min(by_sound.value, another_name);
        by_sound.relation = Relation::variant;
        return by_sound;
    }
    if (part_a.script == part_b.script && part_a.consonantal) {
        if (units_a == units_b) return by_sound;
        const std::uint32_t alef = tables.unit_number(0x627);
        if (std::min(units_a.size(), units_b.size()) > 5 && by_sound.value < 0.9F) return by_sound;
        // Of the vowels only alef is left out at will: اسحق and اسحاق.
        // The seat of a hamza is a matter of taste: رئيسي and رييسي.
        const auto same = [yeh_hamza = tables.unit_number(0x626), yeh = tables.unit_number(0x64a),
                           waw_hamza = tables.unit_number(0x624),
                           waw = tables.unit_number(0x648)](char32_t x, char32_t y) {
            const auto plain = [&](char32_t unit) { return unit == yeh_hamza ? yeh : unit == waw_hamza ? waw : unit; };
            return plain(x) == plain(y);
        };
        std::size_t i = 0, j = 0, left_out = 0;
        while (i < units_a.size() || j < units_b.size()) {
            if (i < units_a.size() && j < units_b.size() && same(units_a[i], units_b[j])) {
                ++i;
                ++j;
            } else if (i < units_a.size() && units_a[i] == alef && i > 0) {
                ++i;
                ++left_out;
            } else if (j < units_b.size() && units_b[j] == alef && j > 0) {
                ++j;
                ++left_out;
            } else {
                by_sound.value = std::min(by_sound.value, another_name);
                return by_sound;
            }
        }
        if (left_out > 1 || std::max(units_a.size(), units_b.size()) < 5)
            by_sound.value = std::min(by_sound.value, another_name);
    }
    return by_sound;
}

}  // namespace

std::uint8_t readings_between(const Tables& tables, const Prepared& a, const Part& part_a, const Prepared& b,
                              const Part& part_b) {
    if (part_a.han == part_b.han || (part_a.native && part_b.native)) return any_reading;
    const Part &han = part_a.han ? part_a : part_b, &latin = part_a.han ? part_b : part_a;
    std::uint8_t readings = latin_closeness(tables, han, latin).value >= fits_well ? han.readings : std::uint8_t{0};
    for (const Part& other : (part_a.han ? a : b).other_readings_of(han)) {
        if ((readings & other.readings) != other.readings && latin_closeness(tables, other, latin).value >= fits_well)
            readings |= other.readings;
    }
    return readings == 0 ? any_reading : readings;
}

Closeness closeness(const Tables& tables, const Prepared& a, const Part& part_a, const Prepared& b,
                    const Part& part_b) {
    if (part_a.contrast && part_b.contrast && (part_a.relations & part_b.relations) == 0 &&
        part_a.kind != Kind::number && part_a.latin() != part_b.latin() && !is_plural(part_a, part_b) &&
        !same_meaning(part_a.form, part_b.form))
        return {};
    // Shanxi and 陕西, which is Shaanxi.
    if (part_a.contrast && part_b.contrast && part_a.han != part_b.han && part_a.form != 0 && part_b.form != 0 &&
        part_a.latin() == part_b.latin() && !same_meaning(part_a.form, part_b.form))
        return {};
    if (part_a.kind == Kind::number || part_b.kind == Kind::number) {
        return part_a.latin() == part_b.latin() ? Closeness{1.0F, Relation::equal} : Closeness{};
    }
    if (same_meaning(part_a.form, part_b.form)) {
        return {part_a.latin() == part_b.latin() ? 1.0F : 0.95F,
                part_a.latin() == part_b.latin() ? Relation::equal : Relation::variant};
    }
    // Two words of known and different meanings are no slips of each other: Austria and Australia, gas and glass.
    if (says_trade(part_a.form) && says_trade(part_b.form) && !is_plural(part_a, part_b) &&
        !is_of_one_stem(part_a, part_b))
        return {};
    Closeness best = latin_closeness(tables, part_a, part_b);
    const auto consider = [&best](Closeness other) {
        if (other.value > best.value) best = other;
    };
    // A second reading gives a second chance; so it has to fit well.
    const auto consider_readings = [&](const Prepared& name, const Part& part, const Part& against) {
        if (part.other_begin == part.other_end || best.value >= 0.9F) return;
        for (const Part& other : name.other_readings_of(part)) {
            const Closeness close = latin_closeness(tables, other, against);
            if (close.value >= fits_well) consider(close);
        }
    };
    consider_readings(a, part_a, part_b);
    consider_readings(b, part_b, part_a);
    if (part_a.native && part_b.native) return same_script(tables, a, part_a, b, part_b, best);
    if (part_a.native == part_b.native) {
        if (part_a.vietnamese && part_b.vietnamese && best.relation != Relation::initial &&
            (best.value < 1.0F || is_marked_otherwise(a, part_a, b, part_b)))
            best = {std::min(best.value, 0.3F), Relation::typing_error};
        if (part_a.japanese && part_b.japanese && best.value < 1.0F && best.relation != Relation::initial)
            best = same_in_japanese(part_a.latin(), part_b.latin())
                       ? Closeness{0.95F, Relation::variant}
                       : Closeness{std::min(best.value, 0.4F), best.relation};
        if (best.value < 0.9F && best.relation != Relation::initial && is_burmese(tables, part_a) &&
            is_burmese(tables, part_b))
            best.value = std::min(best.value, 0.4F);
        // What is written in syllables of Chinese is seldom a slip: Fang and Feng are two names.
        if (part_a.syllables && part_b.syllables && best.value < 0.84F && !is_final_g(part_a, part_b))
            best.value =
                is_same_but_for_breath(a, part_a, part_b.latin()) || is_same_but_for_breath(b, part_b, part_a.latin())
                    ? 0.85F
                    : std::min(best.value, 0.4F);
        if (best.value < 0.8F &&
            ((part_a.cantonese && part_b.pinyin && is_cantonese_of(tables, part_a.latin(), part_b.latin())) ||
             (part_b.cantonese && part_a.pinyin && is_cantonese_of(tables, part_b.latin(), part_a.latin()))))
            return {0.85F, Relation::variant};
        return best;
    }
    if (best.value < 0.84F && ((part_a.han && part_b.syllables) || (part_b.han && part_a.syllables)))
        best.value = std::min(best.value, 0.4F);
    if (part_a.hangul || part_b.hangul) {
        const Prepared& native = part_a.native ? a : b;
        const Part& native_part = part_a.native ? part_a : part_b;
        const Part& latin_part = part_a.native ? part_b : part_a;
        const std::size_t syllables = (native_part.end - native_part.begin) / 3U;
        if (latin_part.length >= 2 && syllables <= 3) {
            if (korean_spells(native.text_of(native_part), latin_part.latin()))
                return {0.95F, Relation::transliteration};
            if (syllables <= 2 && best.value < 0.85F) best.value = std::min(best.value, 0.45F);
        }
    }
    const bool person = a.schema() == Schema::person;
    if (best.value < 0.9F) {
        const Prepared& native = part_a.native ? a : b;
        const Part& native_part = part_a.native ? part_a : part_b;
        const Part& latin_part = part_a.native ? part_b : part_a;
        const std::u32string_view units = native.units_of(native_part);
        // One or two Chinese characters or Korean syllables are read, not spelled: what is learned about them comes
        // from foreign names.
        const bool is_read =
            (native_part.han && units.size() < 3 && !native_part.sounded) || (native_part.hangul && units.size() <= 6);
        // A spelling has about as many letters as there are sounds.
        const bool too_short = 10 * latin_part.length < 6 * native_part.length;
        // Where the letters tell the vowels, Баранов is not Brankov.
        const bool other_syllables = person && is_read_surely(native_part) && best.value < 0.6F &&
                                     syllables(native_part) != syllables(latin_part);
        if (!is_read && !too_short && !other_syllables)
            consider({spelled_closeness(tables, units, latin_part.latin()), Relation::transliteration});
    }
    if (person && part_a.kind != Kind::given && part_b.kind != Kind::given &&
        (is_read_surely(part_a) || is_read_surely(part_b)) && clearly_other_vowel(part_a, part_b))
        best.value *= costs::distinct_names;
    if (best.value < 0.9F && (is_without_long_vowel(part_a, part_b) || is_without_long_vowel(part_b, part_a)))
        best.value = std::min(best.value, 0.4F);
    // Мордашов and Morozov: of letters that are read in one way, more has to agree.
    if (person && best.value < 0.6F && (is_read_surely(part_a) || is_read_surely(part_b))) best.value *= 0.8F;
    // Газпромбанк is not Gazprom.
    if (!person && best.value < 0.9F && is_longer_by_word(tables, part_a, part_b)) best.value *= 0.5F;
    // Few letters prove little between two scripts.
    const std::size_t letters = std::min(part_a.length, part_b.length);
    if (letters <= 4 && best.value < 0.7F) best.value *= 0.7F;
    if (best.relation != Relation::initial && best.value > 0.5F) best.relation = Relation::transliteration;
    return best;
}

}  // namespace tideline::names::detail
