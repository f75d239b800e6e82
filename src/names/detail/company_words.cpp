#include "names/detail/company_words.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "names/detail/family_endings.h"
#include "names/detail/fold.h"
#include "names/detail/sounds.h"
#include "names/kernels.h"

namespace tideline::names::detail {

bool is_plural(const Part& a, const Part& b) {
    if (is_longer_by(a, b, "s") || is_longer_by(a, b, "es")) return true;
    const auto [shorter, longer] = by_length(a, b);
    return longer.size() == shorter.size() + 2 && shorter.ends_with("y") && longer.ends_with("ies") &&
           longer.starts_with(shorter.substr(0, shorter.size() - 1));
}

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

bool is_adjective_of(const Part& adjective, const Part& place) {
    static constexpr std::string_view endings[] = {"skoe", "skoye", "skoi",  "skoy", "skiy",
                                                   "skii", "sky",   "skaya", "skie", "skogo"};
    for (const std::string_view ending : endings) {
        if (!adjective.latin().ends_with(ending)) continue;
        std::string_view stem = adjective.latin().substr(0, adjective.length - ending.size());
        // Долгопрудненское is of Dolgoprudny.
        constexpr std::size_t long_stem = 6;
        if (stem.size() > long_stem && (stem.ends_with("en") || stem.ends_with("in") || stem.ends_with("an")))
            stem.remove_suffix(2);
        if (stem.size() < 3 || !place.latin().starts_with(stem)) return false;
        const std::string_view more = place.latin().substr(stem.size());
        return more.empty() || more == "ek" || more == "ok" || more == "a" || more == "y" || more == "i";
    }
    return false;
}

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
    // Habits change a last letter only into another of y and i, or of g, h, k, q and x.
    const auto end_of = [](const Part& part) {
        const char c = part.letters[part.length - 1U];
        return c == 'y' ? 'i' : c == 'g' || c == 'k' || c == 'q' || c == 'x' ? 'h' : c;
    };
    if (end_of(a) != end_of(b)) return false;
    std::array<char, letters_max> room_a, room_b;
    const auto mute = [](const Part& part, const Part& other) {
        return std::size_t{part.letters[0] == 'h' && is_vowel(part.letters[1]) && is_vowel(other.letters[0])};
    };
    const std::string_view of_a = habitual(a, mute(a, b), room_a), of_b = habitual(b, mute(b, a), room_b);
    return of_a.size() >= 3 && of_a == of_b;
}

bool is_other_short_word(const Part& a, const Part& b) {
    constexpr std::size_t short_word = 7;
    if (a.native || b.native || std::max(a.length, b.length) > short_word) return false;
    if (std::min(a.length, b.length) >= 5 && is_swap(a, b)) return false;
    return osa(a.latin(), b.latin(), 1) <= 1 && sound_distance(a.sound(), b.sound(), 1.0F) > 0.32F;
}

namespace {

/// Do the words share their beginning and end in two things of different meaning? Stroytransgaz and Stroytransneft.
bool is_other_compound(const Tables& tables, const Part& a, const Part& b) {
    constexpr std::size_t beginning = 4, end = 3;
    const std::size_t shorter = std::min(a.length, b.length);
    if (shorter < beginning + end || std::memcmp(a.letters.data(), b.letters.data(), beginning) != 0) return false;
    for (std::size_t cut = beginning; cut + end <= shorter && a.letters[cut - 1] == b.letters[cut - 1]; ++cut) {
        const Phrase* const of_a = tables.phrase(a.latin().substr(cut));
        const Phrase* const of_b = of_a == nullptr ? nullptr : tables.phrase(b.latin().substr(cut));
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
    return sound_costs.between(x, y) > 0.5F;
}

/// Kowalski and Kowalczyk.
bool are_other_families(const Tables& tables, const Part& a, const Part& b) {
    if (a.known == 0 || b.known == 0 || (a.relations & b.relations) != 0 || a.sound() == b.sound()) return false;
    const Word &wa = tables.words[a.known], &wb = tables.words[b.known];
    return wa.rarity != 0 && wb.rarity != 0 && std::min(a.length, b.length) >= 5 && !same_but_for_gender(a, b) &&
           osa(a.latin(), b.latin(), 1) > 1;
}

}  // namespace

bool is_other_company_word(const Tables& tables, const Part& a, const Part& b) {
    if (a.kind != Kind::word || b.kind != Kind::word || a.latin() == b.latin()) return false;
    if (is_other_compound(tables, a, b)) return true;
    if (a.native || b.native) return false;
    if ((a.syllables || a.pinyin) && (b.syllables || b.pinyin) && !same_meaning(a.form, b.form))
        return a.other_begin == a.other_end && b.other_begin == b.other_end;
    return is_other_beginning(a, b) || are_other_families(tables, a, b);
}

bool is_other_brand(const Part& a, const Part& b) {
    constexpr std::size_t shortest = 6, longest = 9, short_word = 7;
    if (a.native || b.native) return false;
    const auto [shorter, longer] = by_length(a, b);
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
    const float cost = sound_costs.between(x, y);
    if (x == 'y' || y == 'y' || x == 'w' || y == 'w') return false;  // Sukhoi and Sukhoy
    if (is_vowel(x) != is_vowel(y)) return true;
    constexpr float other_vowel_least = 0.42F, other_consonant_least = 0.6F;
    const bool ends = at + 1U == a.length && ((x == 'a' && y == 'o') || (x == 'o' && y == 'a'));
    return is_vowel(x) ? cost > other_vowel_least || ends : cost > other_consonant_least;
}

bool is_longer_by_word(const Tables& tables, const Part& a, const Part& b) {
    constexpr std::size_t shortest = 4, shortest_word = 3;
    const auto [shorter, longer] = by_length(a, b);
    if (shorter.size() < shortest || longer.size() < shorter.size() + shortest_word || !longer.starts_with(shorter))
        return false;
    const Phrase* const phrase = tables.phrase(longer.substr(shorter.size()));
    return phrase != nullptr && phrase->kind == Phrase::Kind::trade;
}

bool contains_meaning(const Tables& tables, std::string_view latin, std::uint32_t form) {
    constexpr std::size_t least = 3;
    const auto means = [&](std::string_view text) {
        const Phrase* const whole = tables.phrase(text);
        const Phrase* const phrase = whole == nullptr ? tables.phrase_of_stem(text) : whole;
        return phrase != nullptr && same_meaning(form_of(*phrase), form);
    };
    for (std::size_t length = least; length < latin.size(); ++length) {
        if (means(latin.substr(latin.size() - length)) || means(latin.substr(0, length))) return true;
    }
    return false;
}

}  // namespace tideline::names::detail
