#include "names/detail/closeness.h"

#include <algorithm>
#include <cstring>

#include "names/detail/company_words.h"
#include "names/detail/compound_names.h"
#include "names/detail/costs.h"
#include "names/detail/distinct_names.h"
#include "names/detail/east_slavic.h"
#include "names/detail/eastern_spellings.h"
#include "names/detail/family_endings.h"
#include "names/detail/fold.h"
#include "names/detail/korean.h"
#include "names/detail/sounds.h"
#include "names/detail/spelling.h"
#include "names/detail/thai.h"

namespace tideline::names::detail {

namespace {

/// Helena and Elena, Ghasemi and Qasemi, Nadhir and Nazir, Harith and Haris: one sound that is not heard everywhere, or
/// is written in two ways.
bool is_same_but_for_habit(std::string_view a, std::string_view b, bool of_person) {
    const std::string_view shorter = a.size() <= b.size() ? a : b, longer = a.size() <= b.size() ? b : a;
    if (longer.size() == shorter.size() + 1 && longer[0] == 'h' && is_vowel(shorter[0]) && shorter.size() >= 4 &&
        longer.substr(1) == shorter)
        return true;
    if (shorter.size() < 4) return false;
    const auto other_habit = [a, b](std::string_view two, char one) {
        std::size_t i = 0, j = 0;
        bool differs = false;
        while (i < a.size() && j < b.size()) {
            if (a[i] == b[j]) {
                ++i;
                ++j;
            } else if ((a.substr(i).starts_with(two) && b[j] == one) || (b.substr(j).starts_with(two) && a[i] == one)) {
                i += a[i] == one ? 1U : 2U;
                j += b[j] == one ? 1U : 2U;
                differs = true;
            } else {
                return false;
            }
        }
        return differs && i == a.size() && j == b.size();
    };
    return other_habit("gh", 'q') || (of_person && (other_habit("dh", 'z') || other_habit("th", 's')));
}

/// Garc?a and García: the letters of what is left stand in the other in their order, and the lost ones are what it has
/// more, one or two for each (ü is ue).
bool is_with_lost_letters(const Part& left, const Part& whole) {
    constexpr std::size_t left_least = 2;
    if (left.lost == 0 || left.length < left_least || whole.length <= left.length ||
        whole.length > left.length + 2U * left.lost)
        return false;
    std::size_t found = 0;
    for (std::size_t i = 0; i < whole.length && found < left.length; ++i)
        found += whole.letters[i] == left.letters[found];
    return found == left.length;
}

}  // namespace

Closeness latin_closeness(const Tables& tables, const Part& a, const Part& b) {
    if (a.length == b.length && a.letters[0] == b.letters[0] &&
        std::memcmp(a.letters.data(), b.letters.data(), a.length) == 0)
        return {1.0F, Relation::equal};
    if ((a.lost | b.lost) != 0 && (is_with_lost_letters(a, b) || is_with_lost_letters(b, a)))
        return {costs::lost_letters, Relation::typing_error};
    if (a.length == 1 || b.length == 1) {
        // An initial agrees with every name it begins, and says little.
        const auto as_k = [](char c) { return c == 'q' ? 'k' : c; };  // Q. and K. of Qasym
        return as_k(a.letters[0]) == as_k(b.letters[0]) && (a.kind == Kind::initial || b.kind == Kind::initial)
                   ? Closeness{costs::initial_close, Relation::initial}
                   : Closeness{};
    }
    if ((a.relations & b.relations) != 0) {
        const Closeness known = known_relation(tables, a, b);
        if (known.value > 0) return known;
    }
    const bool word = a.kind == Kind::word || b.kind == Kind::word;
    if (!word && a.respelled && b.respelled && is_same_person_name(tables, a, b)) return {0.88F, Relation::variant};
    if (a.lost == 0 && b.lost == 0 && is_slip_of_word(a, b)) return {costs::slip_of_word, Relation::typing_error};
    if (!word && a.letters[0] != b.letters[0]) {
        const Closeness soft = soft_closeness(a, b);
        if (soft.value > 0) return soft;
    }
    if (!word && consonant_class(a.letters[0]) == consonant_class(b.letters[0]) && a.letters[a.length - 1U] == 'n' &&
        is_armenian_pair(a, b))
        return {0.85F, Relation::variant};
    if (a.skeleton[0] == b.skeleton[0] && is_family_with_other_ending(a, b)) return {0.8F, Relation::variant};
    if (!word && is_thai_pair(a, b)) return {0.88F, Relation::variant};
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
        // Malik and Khaliq.
        constexpr float surely = 0.7F;
        const bool other = a.native != b.native && close.value < surely && same_consonants(rest_a, rest_b) == 0;
        if (!vowels_fit(rest_a, rest_b) || (other_last && close.value < 0.9F) || other) close.value *= 0.6F;
        return close;
    }
    if (is_servant(a) != is_servant(b)) {
        // Rashid for Abdul Rashid.
        Closeness close =
            letters_closeness(is_servant(a) ? rest_of_servant(a) : a, is_servant(b) ? rest_of_servant(b) : b);
        if (close.value > 0.9F) return {0.85F, Relation::variant};
        if (is_servants_short_form((is_servant(a) ? b : a).latin())) return {0.8F, Relation::nickname};
    }
    if (!a.native && !b.native && is_same_but_for_habit(a.latin(), b.latin(), !word)) return {0.9F, Relation::variant};
    if (a.kind == Kind::word && b.kind == Kind::word) {
        if (is_adjective_of(a, b) || is_adjective_of(b, a)) return {0.85F, Relation::variant};
        if (!a.syllables && !b.syllables && is_written_by_habit(a, b)) return {0.9F, Relation::variant};
        if (is_other_company_word(tables, a, b)) return {costs::other_shortest_word, Relation::contradicted};
    }
    if (is_hers_and_his(a, b)) return {0.45F, Relation::contradicted};
    Closeness close = letters_closeness(a, b);
    if (!word && close.value < 0.85F && is_east_slavic_pair(a, b)) return {0.88F, Relation::variant};
    if (!word && close.value >= 0.5F &&
        (is_other_last_vowel(a, b) || is_other_compound_name(tables, a, b) ||
         (close.value < 0.93F && is_other_first_syllable(a, b))))
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

bool is_burmese(const Tables& tables, const Part& part) {
    return part.known != 0 && (tables.words[part.known].flags & WordFlag::burmese_name) != 0;
}

namespace {

constexpr float fits_well = 0.85F;  // from this closeness on a reading is taken to be the one that is meant

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
            if ((other.relations & against.relations) == 0 && against.length > 1 && too_far(other, against) &&
                is_servant(other) == is_servant(against))
                continue;
            const Closeness close = latin_closeness(tables, other, against);
            if (close.value >= fits_well || close.relation == Relation::initial) consider(close);
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
        if (best.value < 0.9F && part_a.eastern && part_b.eastern && !part_a.vietnamese && !part_b.vietnamese &&
            !(part_a.pinyin && part_b.pinyin) && korean_alike(part_a.latin(), part_b.latin()))
            return {0.9F, Relation::variant};
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
            consider({spelled_closeness(tables, units, latin_part.latin(), std::max(best.value, spelled_least)),
                      Relation::transliteration});
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
