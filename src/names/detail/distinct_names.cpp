#include "names/detail/distinct_names.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "names/detail/costs.h"
#include "names/detail/fold.h"
#include "names/detail/sounds.h"
#include "names/kernels.h"

namespace tideline::names::detail {

Closeness known_relation(const Tables& tables, const Part& a, const Part& b) {
    if (a.related == 0 || b.related == 0) return {};
    const Word &wa = tables.relations_of(a.related), &wb = tables.relations_of(b.related);
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

namespace {

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

}  // namespace

bool is_hers_and_his(const Part& a, const Part& b) {
    const auto given = [](const Part& part) { return part.kind == Kind::given || part.kind == Kind::name; };
    if (a.letters[0] != b.letters[0] || a.letters[1] != b.letters[1] || !given(a) || !given(b) ||
        std::min(a.length, b.length) < 4)
        return false;
    const auto [shorter, longer] = by_length(a, b);
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

namespace {

bool is_listed(const Word& word) { return word.rarity != 0 || word.company_rarity != 0 || !word.nickname_of.empty(); }

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

}  // namespace

bool is_same_person_name(const Tables& tables, const Part& a, const Part& b) {
    const bool spelled_alike = share(tables.names_of_person(a.person - 1), tables.names_of_person(b.person - 1));
    // A man's and a woman's form are one name there; so may be a family's.
    return spelled_alike && !is_hers_and_his(a, b) && !differ_in_gender(a.latin(), b.latin());
}

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

bool is_one_letter_wrong(const Part& a, const Part& b) {
    constexpr std::size_t shortest = 3;
    if (a.native || b.native || std::min(a.length, b.length) < shortest || std::max(a.length, b.length) <= shortest ||
        std::popcount(a.letter_set ^ b.letter_set) > 4 || osa(a.latin(), b.latin(), 1) != 1)
        return false;
    if ((a.person != 0 && b.person != 0) || (a.pinyin && b.pinyin)) return false;
    // Acronyms are no words.
    const auto spoken = [](const Part& part) { return part.latin().find_first_of("aeiouy") != std::string_view::npos; };
    if (!spoken(a) && !spoken(b)) return false;
    return !(a.length == b.length && (!spoken(a) || !spoken(b)) && a.length <= 4);
}

bool may_be_slip(const Tables& tables, const Part& a, const Part& b) {
    constexpr std::size_t shortest = 4;
    if (a.native || b.native || std::min(a.length, b.length) < shortest || std::max(a.length, b.length) <= shortest ||
        (a.syllables && b.syllables) || (a.pinyin && b.pinyin) || a.vietnamese || b.vietnamese || a.japanese ||
        b.japanese || a.kind == Kind::number || b.kind == Kind::number || (a.form != 0 && b.form != 0) ||
        osa(a.latin(), b.latin(), 1) != 1)
        return false;
    if (a.kind == Kind::word)
        return tables.person_numbers.find(a.latin()) == TextMap::absent ||
               tables.person_numbers.find(b.latin()) == TextMap::absent;
    const bool both_known = a.person != 0 && b.person != 0;
    if (both_known && a.length == b.length) {
        const auto at = static_cast<std::size_t>(
            std::mismatch(a.letters.begin(), a.letters.begin() + a.length, b.letters.begin()).first -
            a.letters.begin());
        const char x = a.letters[at], y = b.letters[at];
        // Rajesh and Rakesh; but Carvajal and Carbajal.
        if (!is_vowel(x) && !is_vowel(y) && !is_swap(a, b) && sound_costs.between(x, y) > 0.6F) return false;
    }
    return !is_hers_and_his(a, b) && !differ_in_gender(a.latin(), b.latin());
}

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

}  // namespace tideline::names::detail
