#include "names/detail/sounds.h"

#include <cstring>

#include "names/kernels.h"

namespace tideline::names::detail {

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

std::size_t same_consonants(const Part& a, const Part& b, bool exactly) {
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

std::size_t syllables(const Part& part) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < part.skeleton_length; ++i)
        count += is_vowel(part.skeleton[i]) && (i == 0 || !is_vowel(part.skeleton[i - 1]));
    return count;
}

bool other_vowel(const Part& a, const Part& b) {
    constexpr float easily = 0.42F;
    if (a.skeleton_length != b.skeleton_length) return false;
    for (std::size_t i = 0; i < a.skeleton_length; ++i) {
        const char x = a.skeleton[i], y = b.skeleton[i];
        if (x != y && is_vowel(x) && is_vowel(y) && sound_costs.between(x, y) > easily) return true;
    }
    return false;
}

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

bool is_other_first_vowel(const Part& a, const Part& b) {
    const char x = a.sound().front(), y = b.sound().front();
    if (x == y || !is_vowel(x) || !is_vowel(y) || !writes_vowels(a) || !writes_vowels(b)) return false;
    if ((x == 'o' && y == 'u') || (x == 'u' && y == 'o')) return a.kind == Kind::family && b.kind == Kind::family;
    const auto pair = [x, y](char p, char q) { return (x == p && y == q) || (x == q && y == p); };
    return !pair('e', 'i') && !pair('a', 'e');
}

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

bool is_swap(const Part& a, const Part& b) {
    return a.length == b.length && a.length >= 4 && levenshtein(a.latin(), b.latin(), 2) == 2 &&
           osa(a.latin(), b.latin(), 1) == 1;
}

bool is_longer_by(const Part& a, const Part& b, std::string_view ending) {
    const auto [shorter, longer] = by_length(a, b);
    return longer.size() == shorter.size() + ending.size() && longer.ends_with(ending) && longer.starts_with(shorter);
}

void set_sound(Part& part) {
    part.skeleton_length = static_cast<std::uint8_t>(write_skeleton(part.latin(), part.skeleton));
    part.letter_set = 0;
    for (const char c : part.sound()) part.letter_set |= 1U << (c >= 'a' && c <= 'z' ? c - 'a' : 26);
}

Part beginning_of(const Part& part, std::size_t letters) {
    Part rest = part;
    rest.length = static_cast<std::uint8_t>(letters);
    set_sound(rest);
    return rest;
}

Part with_first(const Part& part, char letter) {
    Part other = part;
    other.letters[0] = letter;
    return beginning_of(other, other.length);
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

}  // namespace tideline::names::detail
