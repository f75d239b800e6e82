#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "names/detail/closeness.h"
#include "names/detail/costs.h"
#include "names/detail/fold.h"
#include "names/names.h"

/// How words sound, and how near two are by letters and sound alone.
namespace tideline::names::detail {

/// Sounds that spelling habits exchange: b and p, d and t … as one; 0 for vowels and what is not always heard.
constexpr char consonant_class(char c) {
    switch (c) {
        case 'b':
        case 'p': return 'p';
        case 'd':
        case 't': return 't';
        case 'g':
        case 'k': return 'k';
        case 'v':
        case 'f': return 'f';
        case 's':
        case 'c':
        case 'j': return 's';
        case 'a':
        case 'e':
        case 'i':
        case 'o':
        case 'u':
        case 'h': return 0;
        default: return c;
    }
}

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
    constexpr float between(char a, char b) const {
        return replace[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
    }
    constexpr void set(char a, char b, float cost) {
        replace[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] = cost;
        replace[static_cast<std::size_t>(b)][static_cast<std::size_t>(a)] = cost;
    }
};

inline constexpr SoundCosts sound_costs;

/// Edits between two skeletons, each edit by its cost, swaps of neighbours as one. Stops above `limit`.
float sound_distance(std::string_view a, std::string_view b, float limit);

/// Edits that a word of so many letters may have and still be half as close as an equal one.
inline float edits_allowed(std::size_t letters) {
    return costs::edits_base + costs::edits_letter * static_cast<float>(letters);
}

/// What cannot reach a closeness of .3 is not worth looking at.
inline constexpr float edits_looked_at = 1.4F;

/// Tells most words that have nothing to do with each other by the letters that occur in them.
inline bool too_far(const Part& a, const Part& b) {
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

/// Cyrillic and Greek letters are read in one way, vowels and all.
inline bool is_read_surely(const Part& part) {
    return part.script == static_cast<std::uint8_t>(Script::cyrillic) ||
           part.script == static_cast<std::uint8_t>(Script::greek);
}

/// Is it written in letters that tell the vowels, and no reading of what is written in others, which leave them out or
/// blur them?
inline bool writes_vowels(const Part& part) { return (!part.native || is_read_surely(part)) && part.end != 0; }

/// Number of consonants if both words have the same ones in the same order, else 0.
/// @param exactly  b and p are then two
std::size_t same_consonants(const Part& a, const Part& b, bool exactly = false);

/// How many vowels that stand alone or together are heard: Putin has two, Potanin three.
std::size_t syllables(const Part& part);

/// Is there a vowel in the one where the other has one that is not easily taken for it?
bool other_vowel(const Part& a, const Part& b);

/// Harjit and Harjot, Баранов and Barinov: the same word but for vowels that nobody takes for each other.
bool clearly_other_vowel(const Part& a, const Part& b);

/// Are the words so long that the same consonants in the same order make up for their vowels? Rashid and Rashad,
/// Karim and Karam are names of the same three consonants.
inline bool vowels_fit(const Part& a, const Part& b) { return std::min(a.length, b.length) >= 7 || !other_vowel(a, b); }

/// Do two words begin with vowels that are not taken for each other, o and u in family names included?
bool is_other_first_vowel(const Part& a, const Part& b);

/// Reynaldo and Ronaldo, Elmer and Olmer: e in the one, o in the other where the first vowel is heard, all consonants
/// being the same.
bool is_other_first_syllable(const Part& a, const Part& b);

/// Kony and Koné: in a short family name another last vowel makes another name.
bool is_other_last_vowel(const Part& a, const Part& b);

/// Jhon and John: two neighbours changed places.
bool is_swap(const Part& a, const Part& b);

/// The letters of two words, those of the shorter one first; of words as long as each other, a's.
inline std::pair<std::string_view, std::string_view> by_length(const Part& a, const Part& b) {
    return a.length <= b.length ? std::pair(a.latin(), b.latin()) : std::pair(b.latin(), a.latin());
}

/// Daniel and Daniela; fishing and fishings.
bool is_longer_by(const Part& a, const Part& b, std::string_view ending);

/// Writes how a word sounds, of what its letters are.
void set_sound(Part& part);

/// The first letters of a word as a word of its own, with how they sound.
Part beginning_of(const Part& part, std::size_t letters);

/// A word with another letter in front.
Part with_first(const Part& part, char letter);

/// How near two words in Latin letters are by letters and sound alone.
Closeness letters_closeness(const Part& a, const Part& b);

}  // namespace tideline::names::detail
