#include "names/detail/comparer.h"

#include <algorithm>
#include <cstring>

#include "names/detail/compound_names.h"
#include "names/detail/costs.h"
#include "names/detail/eastern_spellings.h"
#include "names/detail/fold.h"
#include "names/detail/korean.h"
#include "names/detail/sounds.h"
#include "names/detail/spelling.h"

namespace tideline::names::detail {

namespace {

constexpr float close_enough = 0.75F;  // from this closeness on several words are taken to be one

bool can_join(std::span<const Part> parts, std::span<const bool> used) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (used[i] || (i > 0 && parts[i].comma_before) || parts[i].kind == Kind::title ||
            parts[i].kind == Kind::initial || parts[i].kind == Kind::placeholder || parts[i].kind == Kind::legal_form)
            return false;
    }
    return true;
}

bool can_be_cut(const Part& first, const Part& second) {
    return first.weight > 0 && second.weight > 0 && !first.native && !second.native && !second.comma_before;
}

void write_together(const Part& first, const Part& second, std::array<char, 2 * letters_max>& out) {
    std::memcpy(out.data(), first.letters.data(), first.length);
    std::memcpy(out.data() + first.length, second.letters.data(), second.length);
}

/// Do the parts, written together, give this to the letter?
bool joined_equal(std::span<const Part> parts, const Part& whole) {
    std::size_t length = 0;
    for (const Part& part : parts) {
        if (length + part.length > whole.length ||
            std::memcmp(whole.letters.data() + length, part.letters.data(), part.length) != 0)
            return false;
        length += part.length;
    }
    return length == whole.length;
}

bool is_much_longer(std::size_t letters, std::size_t others) { return letters > others + 3; }

Closeness joined_letters(const Part& joined, const Part& whole) {
    if (joined.latin() == whole.latin()) return {0.97F, Relation::joined};
    if (is_much_longer(joined.length, whole.length) || is_much_longer(whole.length, joined.length)) return {};
    return letters_closeness(joined, whole);
}

}  // namespace

/// Parts that one name writes as one word and the other as two or three.
///
/// First those that fit to the letter, before a half of one is taken for the whole; the rest when nothing else
/// fits.
void Comparer::align_joined(bool exactly) {
    join_spans(a_, used_a_, b_, used_b_, false, exactly);
    join_spans(b_, used_b_, a_, used_a_, true, exactly);
}

void Comparer::join_spans(const Prepared& several, const Free& used_several, const Prepared& one, const Free& used_one,
                          bool swapped, bool exactly) {
    const auto parts = several.parts();
    for (std::size_t j = 0; j < one.parts().size(); ++j) {
        const Part& whole = one.parts()[j];
        if (used_one[j] || whole.weight <= 0 || whole.length < 4) continue;

        for (std::size_t i = 0; i + 1 < parts.size() && !used_one[j]; ++i) {
            for (std::size_t count = 2; count <= 3 && i + count <= parts.size(); ++count) {
                const auto span = parts.subspan(i, count);
                if (exactly && !whole.native && !span[0].native &&
                    (span[0].letters[0] != whole.letters[0] || span[0].length + span[1].length > whole.length))
                    break;
                if (!can_join(span, std::span(used_several).subspan(i, count))) break;
                const Closeness close = exactly ? joined_exactly(several, span, one, whole)
                                        : whole.kind == Kind::patronymic
                                            ? Closeness{}
                                            : joined_closeness(several, span, one, whole, close_enough);
                if (close.value < close_enough ||
                    (close.value < costs::joined_words && !is_joined_surely(span, whole)) ||
                    (!company_ && close.value < 0.96F && is_one_of_them(several, span, one, whole)))
                    continue;
                const Closeness as_joined = {close.value, Relation::joined, close.readings};
                swapped ? agree(j, 1, i, count, as_joined) : agree(i, count, j, 1, as_joined);
                break;
            }
        }
    }
}

/// Bu Ali and Boali; but Iran Air is no Arenera.
bool Comparer::is_joined_surely(std::span<const Part> parts, const Part& whole) const {
    if (!company_ || whole.native || parts[0].native) return true;
    constexpr std::size_t long_word = 9;
    if (parts[0].letters[0] != whole.letters[0]) return false;
    return whole.length >= long_word ||
           std::none_of(parts.begin(), parts.end(), [](const Part& part) { return says_trade(part.form); });
}

/// Is a word alone what one of several is? Larijani and علی لاریجانی.
bool Comparer::is_one_of_them(const Prepared& several, std::span<const Part> parts, const Prepared& one,
                              const Part& whole) const {
    constexpr float the_same = 0.75F;
    return std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
        return part.length >= 4 && closeness(tables_, several, part, one, whole).value >= the_same;
    });
}

/// Chan-o cha and Chan ocha: two parts that are the same two but for where one ends.
void Comparer::align_cut_elsewhere() {
    const auto parts_a = a_.parts(), parts_b = b_.parts();
    for (std::size_t i = 0; i + 1 < parts_a.size(); ++i) {
        const std::size_t letters = parts_a[i].length + std::size_t{parts_a[i + 1].length};
        if (used_a_[i] || used_a_[i + 1] || letters < 6) continue;
        for (std::size_t j = 0; j + 1 < parts_b.size(); ++j) {
            if (parts_b[j].length == parts_a[i].length ||
                parts_b[j].length + std::size_t{parts_b[j + 1].length} != letters ||
                parts_b[j].letters[0] != parts_a[i].letters[0] || used_b_[j] || used_b_[j + 1])
                continue;
            if (!can_be_cut(parts_a[i], parts_a[i + 1]) || !can_be_cut(parts_b[j], parts_b[j + 1])) continue;
            std::array<char, 2 * letters_max> first, second;
            write_together(parts_a[i], parts_a[i + 1], first);
            write_together(parts_b[j], parts_b[j + 1], second);
            if (std::memcmp(first.data(), second.data(), letters) != 0) continue;
            agree(i, 2, j, 2, {0.97F, Relation::joined});
            break;
        }
    }
}

Closeness Comparer::joined_exactly(const Prepared& several, std::span<const Part> parts, const Prepared& one,
                                   const Part& whole) const {
    if (joined_equal(parts, whole)) return {0.97F, Relation::joined};
    if (whole.kind == Kind::patronymic) return {};
    std::uint8_t readings = 0;
    bool found = false;
    for (const Part& other : one.other_readings_of(whole)) {
        if (!joined_equal(parts, other)) continue;
        readings |= other.readings;
        found = true;
    }
    if (found) return {0.96F, Relation::joined, whole.han ? readings : any_reading};
    // Jae-in and 재인; نصر الله and Nasrallah.
    const bool likely = whole.native ? !parts[0].native && parts[1].hyphen_before : parts[0].native && parts[1].native;
    if (!likely) return {};
    constexpr float surely = 0.85F;
    const Closeness close = joined_closeness(several, parts, one, whole, surely);
    return close.value > surely ? close : Closeness{};
}

/// @param least  what is less close is not looked at to the end
Closeness Comparer::joined_closeness(const Prepared& several, std::span<const Part> parts, const Prepared& one,
                                     const Part& whole, float least) const {
    Part joined;
    std::size_t length = 0;
    bool native = true;
    for (const Part& part : parts) {
        if (length + part.length > letters_max) return {};
        std::memcpy(joined.letters.data() + length, part.letters.data(), part.length);
        length += part.length;
        native = native && part.native;
    }
    const bool only_in_latin = !whole.native && !parts[0].native && whole.other_begin == whole.other_end;
    if (only_in_latin && !whole.pinyin && !whole.cantonese &&
        (is_much_longer(length, whole.length) || is_much_longer(whole.length, length)))
        return {};
    joined.length = static_cast<std::uint8_t>(length);
    set_sound(joined);
    const auto all = [parts](bool Part::* what) {
        return std::all_of(parts.begin(), parts.end(), [what](const Part& part) { return part.*what; });
    };
    if ((whole.pinyin && all(&Part::cantonese) && is_cantonese_of(tables_, joined.latin(), whole.latin())) ||
        (whole.cantonese && all(&Part::pinyin) && is_cantonese_of(tables_, whole.latin(), joined.latin())))
        return {0.88F, Relation::joined};
    if (whole.syllables && parts[0].syllables && whole.other_begin == whole.other_end &&
        std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.other_begin == part.other_end; }))
        return joined.latin() == whole.latin() ? Closeness{0.97F, Relation::joined} : Closeness{};
    if (whole.hangul && !native && (whole.end - whole.begin) <= 9) {
        return korean_spells(one.text_of(whole), joined.latin()) ? Closeness{0.97F, Relation::joined} : Closeness{};
    }
    Closeness best = joined_letters(joined, whole);
    if (!company_ && !native && !whole.native && best.value < 0.97F && best.value >= 0.5F &&
        is_other_compound_name(tables_, joined, whole))
        return {};
    // Min-ho and Min-hee: two syllables here and there.
    if (parts.size() == 2 && parts[1].hyphen_before && best.value < 0.9F && !whole.native &&
        one.text_of(whole).find('-') != std::string_view::npos)
        return {};
    std::uint8_t readings = best.value >= 0.85F ? whole.readings : std::uint8_t{0};
    for (const Part& other : one.other_readings_of(whole)) {
        const Closeness close = joined_letters(joined, other);
        if (close.value >= 0.85F) readings |= other.readings;
        if (close.value > best.value) best = close;
    }
    if (whole.han && !native && readings != 0) best.readings = readings;
    // Зоя Космодемьянская is longer than Kosmodemyanskaya.
    if (native && !whole.native && joined.length <= whole.length + 3U) {
        const std::u32string_view first = several.units_of(parts.front()), last = several.units_of(parts.back());
        const std::u32string_view units(first.data(),
                                        static_cast<std::size_t>(last.data() + last.size() - first.data()));
        best.value = std::max(best.value, spelled_closeness(tables_, units, whole.latin(), least));
    }
    if (!native && whole.native && !(whole.han && whole.units_end - whole.units_begin < 3))
        best.value = std::max(best.value, spelled_closeness(tables_, one.units_of(whole), joined.latin(), least));
    constexpr float read_so = 0.8F;
    if (whole.han && !native && !parts[1].hyphen_before && best.value < read_so) return {};
    return best;
}

}  // namespace tideline::names::detail
