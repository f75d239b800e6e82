#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/text.h"
#include "names/detail/closeness.h"
#include "names/detail/company_words.h"
#include "names/detail/compound_names.h"
#include "names/detail/costs.h"
#include "names/detail/distinct_names.h"
#include "names/detail/eastern_spellings.h"
#include "names/detail/fold.h"
#include "names/detail/korean.h"
#include "names/detail/sounds.h"
#include "names/detail/spelling.h"
#include "names/detail/tables.h"
#include "names/kernels.h"
#include "names/names.h"

namespace tideline::names {

using detail::Closeness;
using detail::Tables;
using detail::WordFlag;

namespace {

/// What disagreement costs in the score of people or of organisations.
struct Costs {
    float contradicted, imperfect, omitted;
};

constexpr float same_enough = 0.5F;       // from this closeness on two parts are taken to be the same
constexpr float same_family_name = 0.6F;  // … two known family names (Nowak and Nowicki are not)
constexpr double whole_agrees = 0.92;     // names that are the same but for their spaces
constexpr std::size_t whole_letters_max = 64;
constexpr std::size_t whole_least = 8;  // fewer letters prove nothing

// From what the rarity of agreeing parts and the contradictions add up to, to nats, on listed aliases and names that
// share a part with them (bench_names calibrate; docs/names.md). However names contradict, a person may have both.
constexpr double ratio_slope = 0.45;
constexpr double ratio_offset = -1.9;
constexpr double ratio_least = -3.0;

/// One comparison under way: the smaller original first, so that both directions take the same path.
class Run {
public:
    Run(const Prepared& a, const Prepared& b) : tables_(detail::tables()), a_(a), b_(b) {}

    Comparison result() {
        company_ = a_.schema() == Schema::organisation || b_.schema() == Schema::organisation;
        costs_ = company_ ? Costs{costs::company_contradicted, costs::company_imperfect, costs::company_omitted}
                          : Costs{costs::person_contradicted, costs::person_imperfect, costs::person_omitted};
        if (a_.original() == b_.original() && a_.schema() == b_.schema()) {
            align_with_itself();
            finish();
            return out_;
        }
        align_joined(true);
        company_ ? align_acronyms(true) : align_cut_elsewhere();
        align_single();
        align_joined(false);
        if (company_) align_acronyms(false);
        align_slips();
        contradict_or_omit();
        compare_sides_notes();
        finish();
        if (out_.score < whole_agrees) compare_whole();
        return out_;
    }

private:
    using Free = std::array<bool, parts_max>;

    void add(std::size_t a, std::size_t a_count, std::size_t b, std::size_t b_count, Relation relation,
             float closeness) {
        if (out_.rows == out_.alignment.size()) return;
        out_.alignment[out_.rows++] = {static_cast<std::uint8_t>(a),
                                       static_cast<std::uint8_t>(a_count),
                                       static_cast<std::uint8_t>(b),
                                       static_cast<std::uint8_t>(b_count),
                                       relation,
                                       closeness};
    }

    /// Takes two spans of parts to be the same.
    void agree(std::size_t a, std::size_t a_count, std::size_t b, std::size_t b_count, Closeness close) {
        float weight_a = 0, weight_b = 0, rarity_a = 0, rarity_b = 0;
        for (std::size_t i = a; i < a + a_count; ++i) {
            used_a_[i] = true;
            weight_a += a_.parts()[i].weight;
            rarity_a += a_.parts()[i].weight > 0 ? a_.parts()[i].rarity : 0;
        }
        for (std::size_t j = b; j < b + b_count; ++j) {
            used_b_[j] = true;
            weight_b += b_.parts()[j].weight;
            rarity_b += b_.parts()[j].weight > 0 ? b_.parts()[j].rarity : 0;
        }
        const float weight = close.relation == Relation::initial
                                 ? std::min(weight_a, weight_b)
                                 : std::max(std::min(weight_a, weight_b), 0.5F * std::max(weight_a, weight_b));
        support_ += weight * close.value;
        if (a_count == 1 && b_count == 1 && a_.parts()[a].han != b_.parts()[b].han)
            close.readings = detail::readings_between(tables_, a_, a_.parts()[a], b_, b_.parts()[b]);
        readings_ &= close.readings;
        chinese_only_ = chinese_only_ && (close.readings & (detail::mandarin_reading | detail::cantonese_reading)) != 0;
        conflict_ += weight * (1.0F - close.value) * costs_.imperfect;
        family_agreed_ = family_agreed_ || (a_count == 1 && b_count == 1 && a_.parts()[a].kind == Kind::family &&
                                            b_.parts()[b].kind == Kind::family);
        agreeing_ += weight >= 0.5F || close.relation == Relation::initial ? 1U : 0U;
        const bool own = tells_apart(a_.parts()[a]) && tells_apart(b_.parts()[b]);
        constexpr std::size_t telling_acronym = 4;
        own_agreed_ = own_agreed_ || (close.relation == Relation::acronym
                                          ? (a_count == 1 ? a_.parts()[a] : b_.parts()[b]).length >= telling_acronym
                                          : own);
        distinctive_ = distinctive_ || own || close.relation == Relation::acronym;
        rarity_agreed_ += std::min({rarity_a, rarity_b, 14.0F}) * close.value * close.value;
        doubt_ += 1.0F - close.value;
        if (!(a_count == 1 && b_count == 1 && close.relation == Relation::equal)) all_equal_ = false;
        add(a, a_count, b, b_count, close.relation, close.value);
    }

    /// Is it a company's own word, and no trade, place, number or word that many have?
    static bool tells_apart(const Part& part) {
        return part.kind == Kind::word && !detail::says_trade(part.form) && !part.contrast &&
               part.rarity >= costs::own_word;
    }

    void align_with_itself() {
        for (std::size_t i = 0; i < a_.parts().size(); ++i) {
            if (a_.parts()[i].weight > 0) agree(i, 1, i, 1, {1.0F, Relation::equal});
        }
    }

    void align_single() {
        struct Candidate {
            float value;
            std::uint8_t a, b;
            Relation relation;
        };
        std::array<Candidate, parts_max * parts_max> candidates;
        std::size_t count = 0;
        const auto parts_a = a_.parts(), parts_b = b_.parts();
        const bool fathers_told = !company_ && has(a_, Kind::patronymic) && has(b_, Kind::patronymic);
        for (std::size_t i = 0; i < parts_a.size(); ++i) {
            if (parts_a[i].weight <= 0 && parts_a[i].kind != Kind::title) continue;
            for (std::size_t j = 0; j < parts_b.size(); ++j) {
                if (parts_b[j].weight <= 0 && parts_b[j].kind != Kind::title) continue;
                // Hafiz is a title in one name and, where little else is left, a name in the other.
                if (parts_a[i].kind == Kind::title || parts_b[j].kind == Kind::title) {
                    if (parts_a[i].weight + parts_b[j].weight <= 0 || !same_title(parts_a[i], parts_b[j])) continue;
                }
                Closeness close = detail::closeness(tables_, a_, parts_a[i], b_, parts_b[j]);
                if (close.value < 0.9F && (cut_short(a_, i, parts_b[j]) || cut_short(b_, j, parts_a[i])))
                    close = {0.9F, Relation::truncated};
                if (close.value < 0.88F && (abbreviates(a_, i, parts_b[j]) || abbreviates(b_, j, parts_a[i])))
                    close = {0.88F, Relation::truncated};
                if (close.relation == Relation::initial && !initial_fits(i, j)) close = {};
                if (((fathers_told || stands_first_without_father(i, j)) &&
                     is_father_against_child(parts_a[i], parts_b[j])) ||
                    (fathers_told && !has_comma(a_) && !has_comma(b_) &&
                     is_father_against_family(parts_a[i], parts_b[j])))
                    close.value *= costs::father_for_child;
                constexpr float another = 0.45F;
                if (company_ && close.value > another && close.value < 0.9F && is_only_own_word(i, j) &&
                    detail::is_other_brand(parts_a[i], parts_b[j]))
                    close.value = another;
                matrix_[i][j] = close.value;
                if (close.value < (known_families(parts_a[i], parts_b[j]) ? same_family_name : same_enough)) continue;
                candidates[count++] = {close.value, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(j),
                                       close.relation};
            }
        }
        // Best first; of equals, the pair that stands more alike in both names.
        const auto offset = [](const Candidate& c) { return std::abs(static_cast<int>(c.a) - static_cast<int>(c.b)); };
        std::sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count),
                  [&](const Candidate& x, const Candidate& y) {
                      if (x.value != y.value) return x.value > y.value;
                      if (offset(x) != offset(y)) return offset(x) < offset(y);
                      return x.a != y.a ? x.a < y.a : x.b < y.b;
                  });
        for (std::size_t c = 0; c < count; ++c) {
            const Candidate& pair = candidates[c];
            if (used_a_[pair.a] || used_b_[pair.b]) continue;
            agree(pair.a, 1, pair.b, 1, {pair.value, pair.relation});
        }
    }

    /// Are these the only words of their own that both companies have?
    bool is_only_own_word(std::size_t i, std::size_t j) const {
        const auto only = [](const Prepared& name, std::size_t at) {
            for (std::size_t k = 0; k < name.parts().size(); ++k)
                if (tells_apart(name.parts()[k]) != (k == at)) return false;
            return true;
        };
        return only(a_, i) && only(b_, j);
    }

    /// Hafiz and Hafez: a title and a name that is the same but for its vowels.
    bool same_title(const Part& a, const Part& b) const {
        if (a.latin() == b.latin()) return true;
        if (a.kind == b.kind || a.letters[0] != b.letters[0]) return false;
        if (a.native != b.native) return detail::closeness(tables_, a_, a, b_, b).value >= 0.75F;  // سيد
        return std::min(a.length, b.length) >= 4 && detail::letters_closeness(a, b).value >= 0.8F;
    }

    /// Are both family names that are known to be names?
    static bool known_families(const Part& a, const Part& b) {
        return a.kind == Kind::family && b.kind == Kind::family && !a.native && !b.native &&
               a.rarity < costs::rarity_unlisted && b.rarity < costs::rarity_unlisted;
    }

    static bool has(const Prepared& name, Kind kind) {
        return std::any_of(name.parts().begin(), name.parts().end(),
                           [kind](const Part& part) { return part.kind == kind; });
    }

    static bool has_comma(const Prepared& name) {
        return std::any_of(name.parts().begin(), name.parts().end(),
                           [](const Part& part) { return part.comma_before; });
    }

    /// Khalid bin Ahmed is not Ahmed bin Khalid.
    static bool is_father_against_child(const Part& a, const Part& b) {
        return (a.kind == Kind::patronymic && b.kind == Kind::given) ||
               (b.kind == Kind::patronymic && a.kind == Kind::given);
    }

    /// Hamad bin Khalifa Al Thani is not Hamad bin Isa Al Khalifa.
    static bool is_father_against_family(const Part& a, const Part& b) {
        return (a.kind == Kind::patronymic && b.kind == Kind::family) ||
               (b.kind == Kind::patronymic && a.kind == Kind::family);
    }

    /// Heydar Aliyev is not Ilham, Heydar's son, Aliyev.
    bool stands_first_without_father(std::size_t i, std::size_t j) const {
        if (company_) return false;
        const bool father_in_a = a_.parts()[i].kind == Kind::patronymic;
        const Prepared& with_father = father_in_a ? a_ : b_;
        const std::size_t father = father_in_a ? i : j, child = father_in_a ? j : i;
        if (with_father.parts()[father].kind != Kind::patronymic) return false;
        return is_first_given(father_in_a ? b_ : a_, child) && !is_first_given(with_father, father);
    }

    /// B. may stand for Brown, but not in Ivan B. Okorokov, who has a family name.
    bool initial_fits(std::size_t i, std::size_t j) const {
        const bool in_a = a_.parts()[i].kind == Kind::initial, in_b = b_.parts()[j].kind == Kind::initial;
        if (in_a == in_b) return true;
        const Prepared& with_initial = in_a ? a_ : b_;
        if ((in_a ? b_.parts()[j] : a_.parts()[i]).kind != Kind::family) return true;
        // José Echeverría Z.: the mother's family name, which stands last.
        const std::size_t at = in_a ? i : j, whole = in_a ? j : i;
        if (at + 1 == with_initial.parts().size() && whole + 1 == (in_a ? b_ : a_).parts().size() && at >= 2 &&
            whole >= 2)
            return true;
        const auto families = [](const Prepared& name) {
            return std::count_if(name.parts().begin(), name.parts().end(),
                                 [](const Part& part) { return part.kind == Kind::family; });
        };
        return families(with_initial) == 0 || families(in_a ? b_ : a_) > 1;
    }

    /// Is this the last part of a name so long that a field may have cut it, and the beginning of the other?
    static bool cut_short(const Prepared& name, std::size_t at, const Part& whole) {
        constexpr std::size_t shortest_field = 28, own_length = 5;
        const Part& part = name.parts()[at];
        const bool no_name =
            part.kind != Kind::word && part.person == 0 && part.known == 0 && !part.native && part.length >= own_length;
        return (name.original().size() >= shortest_field || no_name) && at + 1 == name.parts().size() &&
               part.length >= 2 && !detail::says_trade(part.form) && part.length < whole.length &&
               whole.latin().starts_with(part.latin());
    }

    /// Comm'l and Commercial: what stands before the apostrophe begins the other, what stands behind it ends it.
    static bool is_contraction(std::string_view text, const Part& part, const Part& whole) {
        const std::size_t mark = text.find('\'');
        if (mark == text.npos || mark == 0 || mark > part.length) return false;
        return part.length >= 3 && whole.latin().starts_with(part.latin().substr(0, mark)) &&
               whole.latin().ends_with(part.latin().substr(mark));
    }

    bool is_country(const Part& part) const { return part.kind == Kind::word && tables_.is_country(part.form >> 16); }

    /// Engrg. and Engineering, Chas. and Charles: with a dot, and its letters in their order in the other.
    bool abbreviates(const Prepared& name, std::size_t at, const Part& whole) const {
        const Part& part = name.parts()[at];
        // T. Halk Bankası: the country it is of.
        if (company_ && part.length == 1 && at == 0 && is_country(whole) && part.letters[0] == whole.letters[0] &&
            part.end < name.original().size() && name.original()[part.end] == '.')
            return true;
        if (part.length < 2 || part.length >= whole.length || part.letters[0] != whole.letters[0]) return false;
        if (company_ && is_contraction(name.text_of(part), part, whole)) return true;
        if (part.end >= name.original().size() || name.original()[part.end] != '.' ||
            name.text_of(part).find('.') != std::string_view::npos)
            return false;
        // Not of family names, but in front: Ch. Ghulam Mustafa.
        if (!company_ && (part.kind == Kind::family || whole.kind == Kind::family) &&
            (part.length != 2 || part.begin != 0 || whole.begin != 0))
            return false;
        // Of two letters, the first two, or the first and the last (Wm.).
        if (part.length == 2)
            return whole.length >= 4 &&
                   (part.letters[1] == whole.letters[1] || part.letters[1] == whole.letters[whole.length - 1U]);
        std::size_t found = 0;
        for (std::size_t i = 0; i < whole.length && found < part.length; ++i)
            found += whole.letters[i] == part.letters[found];
        return found == part.length;
    }

    /// Parts that one name writes as one word and the other as two or three.
    ///
    /// First those that fit to the letter, before a half of one is taken for the whole; the rest when nothing else
    /// fits.
    void align_joined(bool exactly) {
        join_spans(a_, used_a_, b_, used_b_, false, exactly);
        join_spans(b_, used_b_, a_, used_a_, true, exactly);
    }

    void join_spans(const Prepared& several, const Free& used_several, const Prepared& one, const Free& used_one,
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
                                                : joined_closeness(several, span, one, whole);
                    if (close.value < 0.75F || (close.value < costs::joined_words && !is_joined_surely(span, whole)) ||
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
    bool is_joined_surely(std::span<const Part> parts, const Part& whole) const {
        if (!company_ || whole.native || parts[0].native) return true;
        constexpr std::size_t long_word = 9;
        if (parts[0].letters[0] != whole.letters[0]) return false;
        return whole.length >= long_word ||
               std::none_of(parts.begin(), parts.end(), [](const Part& part) { return detail::says_trade(part.form); });
    }

    /// Is a word alone what one of several is? Larijani and علی لاریجانی.
    bool is_one_of_them(const Prepared& several, std::span<const Part> parts, const Prepared& one,
                        const Part& whole) const {
        constexpr float the_same = 0.75F;
        return std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
            return part.length >= 4 && detail::closeness(tables_, several, part, one, whole).value >= the_same;
        });
    }

    static bool can_join(std::span<const Part> parts, std::span<const bool> used) {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (used[i] || (i > 0 && parts[i].comma_before) || parts[i].kind == Kind::title ||
                parts[i].kind == Kind::initial || parts[i].kind == Kind::placeholder ||
                parts[i].kind == Kind::legal_form)
                return false;
        }
        return true;
    }

    /// Chan-o cha and Chan ocha: two parts that are the same two but for where one ends.
    void align_cut_elsewhere() {
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

    static bool can_be_cut(const Part& first, const Part& second) {
        return first.weight > 0 && second.weight > 0 && !first.native && !second.native && !second.comma_before;
    }

    static void write_together(const Part& first, const Part& second, std::array<char, 2 * letters_max>& out) {
        std::memcpy(out.data(), first.letters.data(), first.length);
        std::memcpy(out.data() + first.length, second.letters.data(), second.length);
    }

    /// Do the parts, written together, give this to the letter?
    static bool joined_equal(std::span<const Part> parts, const Part& whole) {
        std::size_t length = 0;
        for (const Part& part : parts) {
            if (length + part.length > whole.length ||
                std::memcmp(whole.letters.data() + length, part.letters.data(), part.length) != 0)
                return false;
            length += part.length;
        }
        return length == whole.length;
    }

    Closeness joined_exactly(const Prepared& several, std::span<const Part> parts, const Prepared& one,
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
        if (found) return {0.96F, Relation::joined, whole.han ? readings : detail::any_reading};
        // Jae-in and 재인; نصر الله and Nasrallah.
        const bool likely =
            whole.native ? !parts[0].native && parts[1].hyphen_before : parts[0].native && parts[1].native;
        if (!likely) return {};
        const Closeness close = joined_closeness(several, parts, one, whole);
        return close.value > 0.85F ? close : Closeness{};
    }

    Closeness joined_closeness(const Prepared& several, std::span<const Part> parts, const Prepared& one,
                               const Part& whole) const {
        Part joined;
        std::size_t length = 0;
        bool native = true;
        for (const Part& part : parts) {
            if (length + part.length > letters_max) return {};
            std::memcpy(joined.letters.data() + length, part.letters.data(), part.length);
            length += part.length;
            native = native && part.native;
        }
        joined.length = static_cast<std::uint8_t>(length);
        joined.skeleton_length = static_cast<std::uint8_t>(detail::write_skeleton(joined.latin(), joined.skeleton));
        for (const char c : joined.sound()) joined.letter_set |= 1U << (c >= 'a' && c <= 'z' ? c - 'a' : 26);
        const auto all = [parts](bool Part::* what) {
            return std::all_of(parts.begin(), parts.end(), [what](const Part& part) { return part.*what; });
        };
        if ((whole.pinyin && all(&Part::cantonese) &&
             detail::is_cantonese_of(tables_, joined.latin(), whole.latin())) ||
            (whole.cantonese && all(&Part::pinyin) && detail::is_cantonese_of(tables_, whole.latin(), joined.latin())))
            return {0.88F, Relation::joined};
        if (whole.syllables && parts[0].syllables && whole.other_begin == whole.other_end &&
            std::all_of(parts.begin(), parts.end(),
                        [](const Part& part) { return part.other_begin == part.other_end; }))
            return joined.latin() == whole.latin() ? Closeness{0.97F, Relation::joined} : Closeness{};
        if (whole.hangul && !native && (whole.end - whole.begin) <= 9) {
            return detail::korean_spells(one.text_of(whole), joined.latin()) ? Closeness{0.97F, Relation::joined}
                                                                             : Closeness{};
        }
        Closeness best = joined_letters(joined, whole);
        if (!company_ && !native && !whole.native && best.value < 0.97F && best.value >= 0.5F &&
            detail::is_other_compound_name(tables_, joined, whole))
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
            best.value = std::max(best.value, detail::spelled_closeness(tables_, units, whole.latin()));
        }
        if (!native && whole.native && !(whole.han && whole.units_end - whole.units_begin < 3))
            best.value = std::max(best.value, detail::spelled_closeness(tables_, one.units_of(whole), joined.latin()));
        constexpr float read_so = 0.8F;
        if (whole.han && !native && !parts[1].hyphen_before && best.value < read_so) return {};
        return best;
    }

    static Closeness joined_letters(const Part& joined, const Part& whole) {
        if (joined.latin() == whole.latin()) return {0.97F, Relation::joined};
        if (joined.length + 3U < whole.length || whole.length + 3U < joined.length) return {};
        return detail::letters_closeness(joined, whole);
    }

    /// IBM and International Business Machines.
    /// @param surely  only those of four letters and more, before a word they stand for is taken by another (NIOC Iran)
    void align_acronyms(bool surely) {
        acronym(a_, used_a_, b_, used_b_, surely, false);
        acronym(b_, used_b_, a_, used_a_, surely, true);
    }

    /// Islamic Republic of Iran is IRI.
    static bool begins_with_small_word(std::string_view text) {
        constexpr std::string_view small[] = {"of ", "and ", "the ", "for ", "de ", "du ", "et ", "y ", "der ", "und "};
        return std::any_of(std::begin(small), std::end(small), [text](std::string_view word) {
            return text.size() > word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char x, char y) {
                       return x == y || (y >= 'A' && y <= 'Z' && x == y - 'A' + 'a');
                   });
        });
    }

    /// How many of the letters are the initials of a part's words; 0 if its initials are not all among them. Capitals
    /// inside a word may be (TeleSystems), and Ж is two letters in Latin (РЖД).
    std::size_t initials_matched(const Prepared& name, const Part& part, std::string_view letters) const {
        std::size_t matched = 0;
        bool inside = false, after_small = false;
        const std::string_view text = name.text_of(part);
        for (std::size_t at = 0; at < text.size();) {
            const std::string_view from_here = text.substr(at);
            const char32_t code = text::next(text, at);
            const std::string_view latin = tables_.letter(code).latin;
            const bool capital = (code >= 'A' && code <= 'Z') || (code >= 0x410 && code <= 0x42f);
            if (!latin.empty() && (!inside || (capital && after_small))) {
                const std::string_view rest = letters.substr(matched);
                const std::size_t more = rest.empty()              ? 0
                                         : rest.starts_with(latin) ? latin.size()
                                         : rest[0] == latin[0]     ? 1
                                                                   : 0;
                if (more == 0 && !inside && !begins_with_small_word(from_here)) return 0;
                matched += more;
            }
            // An apostrophe ends no word.
            inside = !latin.empty() || (inside && code != ' ' && code != '-');
            after_small = (code >= 'a' && code <= 'z') || (code >= 0x430 && code <= 0x44f);
        }
        return matched;
    }

    /// KOMID is KOrea MIning Development: one to three letters of every word.
    /// @return the part behind the last that is needed; 0 if the letters are not made so
    static std::size_t beginnings_end(std::span<const Part> parts, const Free& used, std::size_t at,
                                      std::string_view letters, std::size_t words) {
        if (letters.empty()) return words >= 3 ? at : 0;
        if (at == parts.size() || used[at] || words > 6) return 0;
        if (parts[at].kind == Kind::ignored) return beginnings_end(parts, used, at + 1, letters, words);
        const std::size_t most = std::min<std::size_t>({3, letters.size(), parts[at].length});
        for (std::size_t count = 1; count <= most && parts[at].letters[count - 1] == letters[count - 1]; ++count) {
            const std::size_t end = beginnings_end(parts, used, at + 1, letters.substr(count), words + 1);
            if (end != 0) return end;
        }
        return 0;
    }

    /// By part, the numbers of letters from which on it is known not to go on.
    using DeadEnds = std::array<std::uint32_t, parts_max + 1>;

    /// Letters that are initials of the parts from a place on. Those of "of" and "and" may be among them or not.
    /// @return the part behind the last that is needed; 0 if the letters are not made so
    std::size_t initials_end(const Prepared& longer, const Free& used, std::size_t at, std::string_view letters,
                             DeadEnds& dead) const {
        if (letters.empty()) return at;
        if (at == longer.parts().size() || used[at] || (dead[at] >> letters.size() & 1U) != 0) return 0;
        const Part& part = longer.parts()[at];
        if (part.kind == Kind::ignored) {
            const std::size_t end = initials_end(longer, used, at + 1, letters, dead);
            if (end != 0) return end;
        }
        // PDVSA: the legal form behind is taken along with all its letters.
        if (part.kind == Kind::legal_form && part.length >= 2 && letters == part.latin()) return at + 1;
        // LLC gives no L, Corp. a C.
        static constexpr std::string_view words_cut[] = {"co", "corp", "inc", "ltd", "cia"};
        const bool short_form =
            part.kind == Kind::legal_form && part.length <= 4 &&
            std::find(std::begin(words_cut), std::end(words_cut), part.latin()) == std::end(words_cut);
        const std::size_t more = short_form ? 0 : initials_matched(longer, part, letters);
        const std::size_t end = more == 0 ? 0 : initials_end(longer, used, at + 1, letters.substr(more), dead);
        if (end == 0) dead[at] |= 1U << letters.size();
        return end;
    }

    static bool says_little(const Part& part) {
        return part.kind == Kind::common_word || part.kind == Kind::legal_form ||
               (part.kind == Kind::word && detail::says_trade(part.form) && !part.contrast);
    }

    void acronym(const Prepared& shorter, const Free& used_shorter, const Prepared& longer, const Free& used_longer,
                 bool surely, bool swapped) {
        const auto parts = longer.parts();
        for (std::size_t i = 0; i < shorter.parts().size(); ++i) {
            const Part& letters = shorter.parts()[i];
            const bool all_there_is = letters.kind == Kind::common_word && shorter.parts().size() == 1;
            if (used_shorter[i] || (letters.kind != Kind::word && !all_there_is) ||
                (!all_there_is && detail::says_trade(letters.form)) || letters.length < (surely ? 4 : 2) ||
                letters.length > 8)
                continue;
            if (surely && std::any_of(parts.begin(), parts.end(),
                                      [&](const Part& part) { return part.latin() == letters.latin(); }))
                continue;
            for (std::size_t begin = 0; begin < parts.size(); ++begin) {
                if (used_longer[begin] || parts[begin].kind == Kind::ignored) continue;
                if (parts[begin].letters[0] != letters.letters[0] && parts[begin].kind != Kind::number) continue;
                Closeness close = {0.85F, Relation::acronym};
                DeadEnds dead = {};
                std::size_t end = initials_end(longer, used_longer, begin, letters.latin(), dead);
                if (end == 0) {
                    if (surely || begin > 0 || letters.length < 4) continue;
                    end = beginnings_end(parts, used_longer, begin, letters.latin(), 0);
                    if (end < begin + 3) continue;
                    close.value = 0.8F;
                }
                // Two letters only for words that say little, beside a word of its own: TD Ferrosnab.
                const auto span = parts.subspan(begin, end - begin);
                if (letters.length < 3 && !(distinctive_ && std::all_of(span.begin(), span.end(), says_little)))
                    continue;
                // In front of the other words only what is more than one of them.
                if (surely && span.size() < 3) continue;
                swapped ? agree(begin, end - begin, i, 1, close) : agree(i, 1, begin, end - begin, close);
                break;
            }
        }
    }

    /// Beside a word of its own that agrees, or two names of a person, another letter in what is left is a slip.
    void align_slips() {
        if (company_ ? !distinctive_ : agreeing_ < 2 || rarity_agreed_ < costs::slip_beside) return;
        const auto parts_a = a_.parts(), parts_b = b_.parts();
        for (std::size_t i = 0; i < parts_a.size(); ++i) {
            if (used_a_[i] || parts_a[i].weight <= 0) continue;
            for (std::size_t j = 0; j < parts_b.size() && !used_a_[i]; ++j) {
                if (used_b_[j] || parts_b[j].weight <= 0 || !same_place(parts_a[i], parts_b[j]) ||
                    !detail::may_be_slip(tables_, parts_a[i], parts_b[j]))
                    continue;
                agree(i, 1, j, 1, {costs::slip_beside_others, Relation::typing_error});
            }
        }
    }

    /// A part that only one name has is omitted; if the other name has something else to spare, they contradict.
    void contradict_or_omit() {
        const auto parts_a = a_.parts(), parts_b = b_.parts();
        while (true) {
            float best = -1;
            std::size_t best_a = 0, best_b = 0;
            for (std::size_t i = 0; i < parts_a.size(); ++i) {
                if (used_a_[i] || parts_a[i].weight <= 0) continue;
                for (std::size_t j = 0; j < parts_b.size(); ++j) {
                    if (used_b_[j] || parts_b[j].weight <= 0 || !same_place(parts_a[i], parts_b[j])) continue;
                    if (both_left_out(parts_a[i], parts_b[j]) || is_muhammad_beside(parts_a[i], parts_b[j])) continue;
                    const float value = matrix_[i][j] + 0.1F * std::min(parts_a[i].weight, parts_b[j].weight) +
                                        (parts_a[i].kind == parts_b[j].kind ? 0.05F : 0.0F);
                    if (value > best) {
                        best = value;
                        best_a = i;
                        best_b = j;
                    }
                }
            }
            if (best < 0) break;
            const float close = matrix_[best_a][best_b];
            used_a_[best_a] = used_b_[best_b] = true;
            float weight = std::min(parts_a[best_a].weight, parts_b[best_b].weight);
            if (parts_a[best_a].kind == Kind::initial || parts_b[best_b].kind == Kind::initial)
                weight = costs::initial_contradicted;
            numbers_differ_ = numbers_differ_ ||
                              (parts_a[best_a].kind == Kind::number && parts_b[best_b].kind == Kind::number) ||
                              (company_ && parts_a[best_a].contrast && parts_b[best_b].contrast);
            const float difference = std::abs(parts_a[best_a].weight - parts_b[best_b].weight);
            const float other_people = is_name_of_a_tribe(best_a, best_b) ? costs::tribe_contradicted : 1.0F;
            conflict_ += costs_.contradicted * other_people * weight * (1.0F - costs::contradicted_close * close) +
                         costs_.omitted * difference;
            contradicted_ += weight * (1.0F - close);
            all_equal_ = false;
            add(best_a, 1, best_b, 1, Relation::contradicted, close);
        }
        for (std::size_t i = 0; i < parts_a.size(); ++i) {
            if (!used_a_[i] && parts_a[i].weight > 0) omit(parts_a[i], i, true);
        }
        for (std::size_t j = 0; j < parts_b.size(); ++j) {
            if (!used_b_[j] && parts_b[j].weight > 0) omit(parts_b[j], j, false);
        }
    }

    /// Walid Talib Zughayr al-Rawi and al-Hashimi: where three names agree, the first of them too, what stands last may
    /// be the tribe here and the town there.
    bool is_name_of_a_tribe(std::size_t at_a, std::size_t at_b) const {
        constexpr std::size_t many = 3;
        if (company_ || agreeing_ < many || rarity_agreed_ < costs::tribe_beside) return false;
        const auto last = [](const Prepared& name, std::size_t at) {
            const Part& part = name.parts()[at];
            return !part.eastern && (part.kind == Kind::family || at + 1 == name.parts().size());
        };
        return last(a_, at_a) && last(b_, at_b);
    }

    /// Maria Elena López and Maria López García: where the family name agrees, a middle name in one and a second family
    /// name in the other are two things left out.
    bool both_left_out(const Part& a, const Part& b) const {
        return !company_ && agreeing_ >= 2 && family_agreed_ &&
               ((a.kind == Kind::given && b.kind == Kind::family) || (a.kind == Kind::family && b.kind == Kind::given));
    }

    /// Masood Azhar Alvi and Mohammad Masood Azhar: what is left out at will stands in nobody's place.
    bool is_muhammad_beside(const Part& a, const Part& b) const {
        if (company_ || agreeing_ < 2 || is_often_left_out(a) == is_often_left_out(b)) return false;
        return (is_often_left_out(a) ? b : a).kind == Kind::family;
    }

    /// How much a part that the other name does not have says against the two, beside its weight.
    float omitted_factor(const Part& part, const Prepared& other) const {
        if (part.kind == Kind::nickname) return costs::omitted_nickname;
        if (part.kind == Kind::number) return number_omitted(part) * (distinctive_ ? 1.0F : costs::omitted_number);
        if (!company_) return 1.0F;
        if (part.kind != Kind::common_word && !detail::says_trade(part.form)) {
            const bool meaning_known = (part.form & detail::own_meaning) != 0;
            // LASA Peru S.A.C. is no State Administrative Council.
            if (distinctive_ && !own_agreed_ && tells_apart(part)) return costs::own_word_omitted;
            if (distinctive_) return 1.0F;
            constexpr std::size_t many = 3;
            return meaning_known                            ? costs::meaning_omitted
                   : agreeing_ >= many && tells_apart(part) ? costs::own_word_omitted
                                                            : 1.0F;
        }
        if (is_of_the_state(part) && is_group_in_chinese(other)) return costs::little_beside_own_word;
        if (distinctive_) return tells_line(part, other) ? costs::line_omitted : costs::little_beside_own_word;
        if (part.contrast) return costs::contrast_omitted;
        return part.kind == Kind::word && tables_.tells_body[part.form >> 16] ? costs::trade_omitted
                                                                              : costs::little_omitted;
    }

    void omit(const Part& part, std::size_t at, bool of_a) {
        bool child = false;
        float factor = omitted_factor(part, of_a ? b_ : a_);
        // A child is named like the father, but for the first name.
        if (!company_ && part.kind == Kind::given && is_first_given(of_a ? a_ : b_, at) &&
            weighty(of_a ? b_ : a_) >= 2) {
            child = !is_often_left_out(part) && is_followed_by_father(of_a ? a_ : b_, of_a ? used_a_ : used_b_, at);
            if (child || part.rarity > costs::common_rarity) factor = costs::first_given_omitted;
            if (child) factor *= costs::child_omitted;
        }
        if (makes_another_name(part, at, of_a ? a_ : b_, of_a ? b_ : a_)) {
            child = true;
            factor = 2 * costs::first_given_omitted;
        }
        if (!company_ && part.kind == Kind::given && nickname_agreed(of_a ? a_ : b_, of_a ? used_a_ : used_b_))
            factor = costs::given_beside_nickname;
        (child ? child_omitted_ : omitted_) += part.weight * factor;
        all_equal_ = false;
        of_a ? add(at, 1, 0, 0, Relation::omitted, 0) : add(0, 0, at, 1, Relation::omitted, 0);
    }

    /// A syllable more behind makes another given name in Vietnam, and in China where the other has but one (Zhang Li,
    /// Zhang Li Hua); in Burma it makes another name (Aung San, Aung San Suu Kyi).
    bool makes_another_name(const Part& part, std::size_t at, const Prepared& name, const Prepared& other) const {
        if (company_ || at + 1 != name.parts().size()) return false;
        if (part.vietnamese) return part.kind == Kind::given;
        // Ri Hong and Ri Hong-sop.
        constexpr std::size_t syllable_most = 6;
        const Free& used = &name == &a_ ? used_a_ : used_b_;
        if (part.kind == Kind::given && part.eastern && part.length <= syllable_most && part.hyphen_before && at > 0 &&
            used[at - 1])
            return true;
        const auto is_burmese = [this](const Part& one) { return detail::is_burmese(tables_, one); };
        if (is_burmese(part)) return std::all_of(other.parts().begin(), other.parts().end(), is_burmese);
        return part.kind == Kind::given && part.eastern && part.syllables && other.parts().size() == 2;
    }

    /// Siemens Energy beside Siemens: a line of business beside the one word of its own that the other has, unless that
    /// says it too (Rosneft Oil).
    bool tells_line(const Part& line, const Prepared& other) const {
        if (line.kind != Kind::word || !tables_.tells_line[line.form >> 16]) return false;
        const Part* own = nullptr;
        for (const Part& part : other.parts()) {
            if (part.weight <= 0 || part.kind == Kind::common_word || (part.contrast && part.kind == Kind::word))
                continue;
            if (own != nullptr || !tells_apart(part)) return false;
            own = &part;
        }
        return own != nullptr && !detail::contains_meaning(tables_, own->latin(), line.form);
    }

    bool is_often_left_out(const Part& part) const {
        return (tables_.words[part.known].flags & WordFlag::often_left_out) != 0;
    }

    /// Hamza Osama bin Laden is a child of Osama bin Laden: where the father's name follows the own, however much
    /// agrees.
    bool is_followed_by_father(const Prepared& name, const Free& used, std::size_t at) const {
        if (at + 1 >= name.parts().size() || !used[at + 1]) return false;
        const std::uint32_t flags = tables_.words[name.parts()[at + 1].known].flags;
        return (flags & WordFlag::own_then_father) != 0;
    }

    /// The first of a fleet is often written without its number, and a company without the year it was founded.
    static float number_omitted(const Part& part) {
        if (part.weight < costs::weight_number) return 0.1F;  // of a register
        const std::string_view digits = part.latin();
        const bool year = digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        return digits == "1" ? 0.6F : year ? 0.9F : 2.0F;
    }

    static bool nickname_agreed(const Prepared& name, const Free& used) {
        for (std::size_t i = 0; i < name.parts().size(); ++i) {
            if (name.parts()[i].kind == Kind::nickname && used[i]) return true;
        }
        return false;
    }

    /// Timchenko, Hemedti: of a name of which one part agrees, is that the family's, or what somebody is called?
    bool is_family_or_nickname_agreed(const Prepared& longer) const {
        constexpr float surely = 0.8F;
        return std::any_of(out_.aligned().begin(), out_.aligned().end(), [&](const Aligned& row) {
            if (row.a_count != 1 || row.b_count != 1 || row.closeness < surely) return false;
            if (row.relation == Relation::contradicted || row.relation == Relation::initial) return false;
            const Part &x = a_.parts()[row.a], &y = b_.parts()[row.b];
            const Part& part = &longer == &a_ ? x : y;
            const auto read = [](const Part& one) { return !one.native || detail::is_read_surely(one); };
            return read(x) && read(y) && (part.kind == Kind::family || part.kind == Kind::nickname);
        });
    }

    /// What one agreeing part is worth where one of the names has more.
    float one_part() const {
        if (company_) return 1.0F;
        // A rare name alone says who is meant, Adam does not.
        const float factor =
            costs::person_one_part *
            std::min(1.0F, 1.0F - costs::one_part_common * (1.0F - rarity_agreed_ / costs::one_part_rare));
        const Prepared& shorter = a_.parts().size() <= b_.parts().size() ? a_ : b_;
        const Prepared& longer = &shorter == &a_ ? b_ : a_;
        if (weighty(shorter) != 1) return factor;
        if (rarity_agreed_ >= costs::telling_alone && is_family_or_nickname_agreed(longer))
            return costs::titled_one_part;
        for (const Part& part : shorter.parts()) {
            if (part.weight < 0.5F && part.kind == Kind::title) {
                for (const Part& other : longer.parts()) {
                    if (other.kind == Kind::title && other.sound() == part.sound()) return costs::titled_one_part;
                }
            }
        }
        return factor;
    }

    /// Can two parts stand in for each other? A father's name and a family name are both there or not there.
    bool same_place(const Part& a, const Part& b) const {
        if ((a.kind == Kind::patronymic) != (b.kind == Kind::patronymic)) return false;
        if (a.kind == Kind::nickname || b.kind == Kind::nickname) return false;
        if ((a.kind == Kind::number) != (b.kind == Kind::number)) return false;
        if (a.kind != Kind::common_word || b.kind != Kind::common_word || (a.contrast && b.contrast)) return true;
        // Group is not in the place of National.
        return (a.contrast || b.contrast) && !is_of_the_state(a) && !is_of_the_state(b);
    }

    bool is_of_the_state(const Part& part) const {
        const std::string& meaning = tables_.meanings[part.form >> 16];
        return part.kind == Kind::common_word && (meaning == "natl" || meaning == "state" || meaning == "gov");
    }

    /// 中国船舶工业集团 is China State Shipbuilding: that a group is the state's is put in by who translates.
    bool is_group_in_chinese(const Prepared& name) const {
        return std::any_of(name.parts().begin(), name.parts().end(), [this](const Part& part) {
            return part.han && part.kind == Kind::common_word && tables_.meanings[part.form >> 16] == "grp";
        });
    }

    /// Jr and Sr; Ltd and GmbH.
    void compare_sides_notes() {
        const auto find = [](const Prepared& name, Kind kind) -> const Part* {
            for (const Part& part : name.parts()) {
                if (part.kind == kind && (kind != Kind::generation || !generation_of(part).empty())) return &part;
            }
            return nullptr;
        };
        const Part *generation_a = find(a_, Kind::generation), *generation_b = find(b_, Kind::generation);
        if ((generation_a == nullptr) != (generation_b == nullptr)) {
            conflict_ += costs::generation_omitted;
            all_equal_ = false;
        }
        if (generation_a != nullptr && generation_b != nullptr &&
            generation_of(*generation_a) != generation_of(*generation_b)) {
            conflict_ += costs::generations_differ;
            all_equal_ = false;
        }
        number_agreed_ = generation_a != nullptr && generation_b != nullptr &&
                         generation_of(*generation_a) == generation_of(*generation_b) &&
                         generation_of(*generation_a).find_first_of("ivx") == 0;
        if (!company_ && middle_initials_differ()) conflict_ += costs_.contradicted * costs::initial_contradicted;
        const Part *form_a = find(a_, Kind::legal_form), *form_b = find(b_, Kind::legal_form);
        if (form_a != nullptr && form_b != nullptr && form_a->form != form_b->form) {
            all_equal_ = false;
            const bool same_kind = form_a->form >> 16 == form_b->form >> 16 && form_a->form >> 16 != 0;
            conflict_ += same_kind ? 0.02F : costs::legal_forms_differ;
        } else if ((form_a == nullptr) != (form_b == nullptr)) {
            all_equal_ = false;
            conflict_ += 0.01F;
        }
    }

    static bool is_first_given(const Prepared& name, std::size_t at) {
        for (std::size_t i = 0; i < at; ++i) {
            if (name.parts()[i].kind == Kind::given) return false;
        }
        return true;
    }

    /// Jr, Sr or a number; empty for degrees and orders.
    static std::string_view generation_of(const Part& part) {
        const std::string_view latin = part.latin();
        if (latin == "jr" || latin == "jnr" || latin == "junior") return "jr";
        if (latin == "sr" || latin == "snr" || latin == "senior") return "sr";
        return latin.find_first_not_of("ivx") == latin.npos ? latin : std::string_view();
    }

    /// The initial right behind the first given name; 0 if there is none.
    static char middle_initial(const Prepared& name) {
        const auto parts = name.parts();
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
            if (parts[i].kind != Kind::given) continue;
            return parts[i + 1].kind == Kind::initial ? parts[i + 1].letters[0] : char{0};
        }
        return 0;
    }

    /// George H. W. Bush and George W. Bush.
    bool middle_initials_differ() const {
        const char first = middle_initial(a_), second = middle_initial(b_);
        if (first == 0 || second == 0 || first == second) return false;
        // Two that stand against each other have been counted.
        return std::none_of(out_.aligned().begin(), out_.aligned().end(), [this](const Aligned& row) {
            return row.relation == Relation::contradicted && a_.parts()[row.a].kind == Kind::initial;
        });
    }

    /// Mr and Mrs, bin and binti, d/o and w/o, Jónsson and Jónsdóttir.
    bool marks_contradict() const {
        constexpr int sexes = Prepared::mark_man | Prepared::mark_woman;
        const int sex_a = a_.marks() & sexes, sex_b = b_.marks() & sexes;
        if (sex_a != 0 && sex_b != 0 && (sex_a & sex_b) == 0) return true;
        if ((a_.marks() & b_.marks() & Prepared::mark_child_of) != 0 &&
            std::any_of(out_.aligned().begin(), out_.aligned().end(), [this](const Aligned& row) {
                if (row.a_count == 0 || row.b_count == 0 || row.relation == Relation::contradicted) return false;
                const int in_a = relation_before(a_, row.a), in_b = relation_before(b_, row.b);
                return in_a != 0 && in_b != 0 && in_a != in_b;
            }))
            return true;
        return ((a_.marks() ^ b_.marks()) & Prepared::mark_dottir) != 0 &&
               (is_son_of_same(a_, b_) || is_son_of_same(b_, a_));
    }

    /// What stands before a part: 0 nothing, or son, daughter or wife of.
    int relation_before(const Prepared& name, std::size_t at) const {
        if (at == 0 || name.parts()[at - 1].kind != Kind::particle) return 0;
        const Part& before = name.parts()[at - 1];
        const std::uint32_t flags = tables_.words[before.known].flags;
        return flags & WordFlag::daughter_of ? 2 : flags & WordFlag::son_of ? 1 : before.latin() == "w/o" ? 3 : 0;
    }

    /// Einarsdóttir and Einarsson.
    static bool is_son_of_same(const Prepared& hers, const Prepared& his) {
        constexpr std::string_view daughter = "dottir", son = "son";
        for (const Part& part : hers.parts()) {
            if (!part.latin().ends_with(daughter)) continue;
            const std::string_view father = part.latin().substr(0, part.length - daughter.size());
            for (const Part& other : his.parts()) {
                if (other.length == father.size() + son.size() && other.latin().ends_with(son) &&
                    other.latin().starts_with(father))
                    return true;
            }
        }
        return false;
    }

    /// Kamau wa Njoroge and Njoroge wa Kamau: who stands behind the word for son or daughter of here stands before it
    /// there.
    bool father_and_child_changed_places() const {
        if ((a_.marks() & b_.marks() & Prepared::mark_child_of) == 0 || has_comma(a_) || has_comma(b_)) return false;
        bool father_in_a = false, father_in_b = false;
        for (const Aligned& row : out_.aligned()) {
            if (row.a_count != 1 || row.b_count != 1 || row.relation == Relation::contradicted) continue;
            const bool in_a = is_behind_child_word(a_, row.a), in_b = is_behind_child_word(b_, row.b);
            father_in_a = father_in_a || (in_a && !in_b);
            father_in_b = father_in_b || (in_b && !in_a);
        }
        return father_in_a && father_in_b;
    }

    bool is_behind_child_word(const Prepared& name, std::size_t at) const {
        if (relation_before(name, at) != 0) return true;
        if (at == 0) return false;
        return at >= 2 && detail::is_child_word(name.parts()[at - 1].latin());
    }

    /// Dimitar Petrov Angelov and Dimitar Angelov Petrov: in Bulgaria the father's name stands before the family's and
    /// has the same endings.
    bool bulgarian_names_changed_places() const {
        if (company_ || out_.rows != 3 || has_comma(a_) || has_comma(b_)) return false;
        std::array<std::size_t, 3> place = {};
        for (const Aligned& row : out_.aligned()) {
            if (row.a_count != 1 || row.b_count != 1 || row.relation == Relation::contradicted || row.a > 2 ||
                row.b > 2)
                return false;
            place[row.a] = row.b;
        }
        if (place[0] != 0 || place[1] != 2 || place[2] != 1) return false;
        const auto is_possessive = [](const Part& part) {
            const std::string_view latin = part.latin();
            return part.kind != Kind::initial &&
                   (latin.ends_with("ov") || latin.ends_with("ev") || latin.ends_with("ova") ||
                    latin.ends_with("eva") || latin.ends_with("ski") || latin.ends_with("ska"));
        };
        return is_possessive(a_.parts()[1]) && is_possessive(a_.parts()[2]);
    }

    /// Does the order of the names tell one from another? Ali Hassan is the son of a Hassan, Hassan Ali of an Ali; in
    /// Burma any part may stand in any place. Not where a comma says what is the family's, nor where the last name was
    /// put in front of two others.
    bool order_tells() const {
        if (company_ || !order_is_own(a_) || !order_is_own(b_)) return false;
        std::size_t count = 0, turned = 0;
        for (const Aligned& row : out_.aligned()) {
            if (row.a_count != 1 || row.b_count != 1 || row.relation == Relation::contradicted) return false;
            ++count;
        }
        for (const Aligned& row : out_.aligned()) turned += (row.a + 1U) % count == row.b;
        std::size_t turned_back = 0;
        for (const Aligned& row : out_.aligned()) turned_back += (row.b + 1U) % count == row.a;
        return count == 2 || (turned < count && turned_back < count);
    }

    /// Carlos Alberto and Alberto Carlos Pereira, Kim Yo-jong and Kim Jong-yo: two given names, or syllables of one,
    /// that changed places while what else agrees did not.
    bool given_names_changed_places() const {
        if (company_) return false;
        std::array<const Aligned*, parts_max> rows;
        std::size_t count = 0;
        for (const Aligned& row : out_.aligned()) {
            if (row.relation == Relation::omitted) continue;
            if (row.a_count != 1 || row.b_count != 1 || row.relation == Relation::contradicted ||
                row.relation == Relation::initial || count == rows.size())
                return false;
            rows[count++] = &row;
        }
        if (count < 3) return false;
        std::size_t turned = count;
        for (std::size_t i = 0; i + 1 < count; ++i) {
            if (rows[i]->b < rows[i + 1]->b) continue;
            if (turned != count) return false;
            turned = i;
        }
        if (turned == count) return false;
        // Only these two: those before and behind stand as they did.
        if ((turned > 0 && rows[turned - 1]->b > rows[turned + 1]->b) ||
            (turned + 2 < count && rows[turned]->b > rows[turned + 2]->b))
            return false;
        const Aligned &first = *rows[turned], &second = *rows[turned + 1];
        // Muhammad Javed and Javed Muhammad: that one is put before and behind others.
        if (is_often_left_out(a_.parts()[first.a]) || is_often_left_out(a_.parts()[second.a])) return false;
        return are_given_pair(a_, first.a, second.a) && are_given_pair(b_, second.b, first.b);
    }

    /// Are two parts that follow each other given names, or syllables of one?
    bool are_given_pair(const Prepared& name, std::size_t first, std::size_t second) const {
        if (second != first + 1) return false;
        const Part &x = name.parts()[first], &y = name.parts()[second];
        if (y.comma_before || x.kind == Kind::patronymic || y.kind == Kind::patronymic) return false;
        constexpr std::size_t syllable_max = 6;
        if (y.hyphen_before && std::max(x.length, y.length) <= syllable_max && first > 0 &&
            tables_.words[name.parts()[0].known].flags & (WordFlag::family_first | WordFlag::surname_variant))
            return true;
        const auto given = [this](const Part& part) {
            const std::uint32_t flags = tables_.words[part.known].flags;
            return (flags & (WordFlag::mostly_given | WordFlag::own_then_father)) != 0 &&
                   !(flags & WordFlag::mostly_family);
        };
        return given(x) && given(y);
    }

    /// Are all parts given names of one of the peoples who have no family names, in their order?
    bool order_is_own(const Prepared& name) const {
        std::uint32_t common = WordFlag::own_then_father | WordFlag::burmese_name;
        for (const Part& part : name.parts()) {
            if (part.comma_before) return false;
            if (part.weight <= 0) continue;
            common &= tables_.words[part.known].flags;
        }
        return common != 0;
    }

    static std::size_t weighty(const Prepared& name) {
        std::size_t count = 0;
        for (const Part& part : name.parts())
            count += part.weight >= 0.5F && part.kind != Kind::common_word && !detail::says_trade(part.form);
        return count;
    }

    /// The letters of a name without its spaces, and what they are made of.
    struct Whole {
        std::array<char, whole_letters_max> letters;
        std::size_t length = 0, parts = 0;
        float telling = 0;  // letters of words that tell a name from others; those of a trade count half
        float rarity = 0;
        bool usable = true;

        void add(const Part& part) {
            if (part.weight <= 0 || part.native || length + part.length > letters.size()) {
                usable = usable && part.weight <= 0;
                return;
            }
            std::memcpy(letters.data() + length, part.letters.data(), part.length);
            length += part.length;
            ++parts;
            telling += part.kind == Kind::common_word  ? 0.0F
                       : detail::says_trade(part.form) ? costs::whole_trade * part.length
                                                       : part.length;
            rarity += std::min(part.rarity, 14.0F);
        }
        std::string_view view() const { return {letters.data(), length}; }
    };

    /// @param turned  what stands behind the comma first, or the last word first
    Whole whole_of(const Prepared& name, bool turned) const {
        const auto parts = name.parts();
        std::size_t first = 0;
        for (std::size_t i = 1; turned && i < parts.size() && first == 0; ++i) first = parts[i].comma_before ? i : 0;
        if (turned && first == 0 && !parts.empty()) first = parts.size() - 1;
        Whole whole;
        for (std::size_t i = 0; i < parts.size(); ++i) whole.add(parts[(first + i) % parts.size()]);
        return whole;
    }

    /// Do two words that stand in the same place differ though both are known words?
    bool is_other_known_word() const {
        for (std::size_t i = 0; i < a_.parts().size(); ++i) {
            const Part &x = a_.parts()[i], &y = b_.parts()[i];
            if (x.latin() == y.latin()) continue;
            if (x.kind == Kind::number || y.kind == Kind::number || std::min(x.length, y.length) < 4) return true;
            if (company_ && detail::is_other_company_word(tables_, x, y)) return true;
            const auto known = [this](const Part& part) {
                return part.form != 0 || part.contrast ||
                       (part.known != 0 && tables_.words[part.known].company_rarity != 0);
            };
            if (known(x) && known(y)) return true;
        }
        return false;
    }

    /// YevgenyKhodotov, CRYSTALORD: words run together wherever, and one letter wrong in a long name.
    void compare_whole() {
        const std::size_t parts_a = a_.parts().size(), parts_b = b_.parts().size();
        if (numbers_differ_ || (parts_a == parts_b && !company_)) return;
        const auto letters_of = [](const Prepared& name) {
            std::size_t letters = 0;
            for (const Part& part : name.parts()) letters += part.weight > 0 ? part.length : 0U;
            return letters;
        };
        const std::size_t letters_a = letters_of(a_), letters_b = letters_of(b_);
        if (std::min(letters_a, letters_b) < whole_least ||
            std::max(letters_a, letters_b) > std::min(letters_a, letters_b) + 2)
            return;
        const Whole whole_a = whole_of(a_, false), whole_b = whole_of(b_, false);
        if (!whole_a.usable || !whole_b.usable) return;
        const float telling = std::min(whole_a.telling, whole_b.telling);
        const std::size_t slips = telling >= costs::whole_two_slips ? 2 : telling >= costs::whole_one_slip ? 1 : 0;
        std::size_t edits = slips + 1;
        const auto consider = [&](const Whole& x, const Whole& y) {
            if (edits > 0)
                edits = std::min(edits, slips == 0 ? (x.view() == y.view() ? 0U : 1U) : osa(x.view(), y.view(), slips));
        };
        consider(whole_a, whole_b);
        if (!company_) {
            const Whole turned_a = whole_of(a_, true), turned_b = whole_of(b_, true);
            consider(turned_a, whole_b);
            consider(whole_a, turned_b);
            consider(turned_a, turned_b);
        }
        if (edits > slips) return;
        if (whole_a.parts == whole_b.parts && parts_a == parts_b && is_other_known_word()) return;
        if (digits_of(whole_a.view()) != digits_of(whole_b.view())) return;
        const double score = whole_agrees - 0.05 * static_cast<double>(edits);
        if (score <= out_.score) return;
        out_.score = score;
        out_.rows = 0;
        out_.reordered = false;
        add(0, parts_a, 0, parts_b, edits == 0 ? Relation::joined : Relation::typing_error, static_cast<float>(score));
        const double raw =
            0.75 * static_cast<double>(std::min(whole_a.rarity, whole_b.rarity)) - 0.4 * static_cast<double>(edits);
        out_.log_likelihood_ratio = std::max(ratio_least, ratio_slope * raw + ratio_offset);
    }

    static std::uint64_t digits_of(std::string_view letters) {
        std::uint64_t digits = 0;
        for (const char c : letters) {
            if (c >= '0' && c <= '9') digits = digits * 11 + static_cast<std::uint64_t>(c - '0') + 1;
        }
        return digits;
    }

    void finish() {
        std::sort(out_.alignment.begin(), out_.alignment.begin() + out_.rows, [](const Aligned& x, const Aligned& y) {
            if ((x.a_count == 0) != (y.a_count == 0)) return y.a_count == 0;
            return x.a != y.a ? x.a < y.a : x.b < y.b;
        });
        std::uint8_t last = 0;
        for (const Aligned& row : out_.aligned()) {
            if (row.relation == Relation::omitted || row.relation == Relation::contradicted) continue;
            out_.reordered = out_.reordered || row.b < last;
            last = row.b;
        }
        if (support_ > 0) {
            // How many names a long name has more, past the first few, says nothing further.
            // But where only common names agree (Mohamed Ahmed), every further name may make another person.
            if (!company_ && agreeing_ >= 2 && contradicted_ <= 0 && rarity_agreed_ >= costs::rare_enough)
                omitted_ = std::min(omitted_, costs::omitted_most);
            if (!company_ && rarity_agreed_ < costs::common_together && omitted_ > costs::omitted_few)
                omitted_ += (omitted_ - costs::omitted_few) * costs::common_omitted;
            omitted_ += child_omitted_;
            if (!company_ && agreeing_ == 1 && contradicted_ <= 0 && rarity_agreed_ >= costs::telling_alone &&
                std::min(weighty(a_), weighty(b_)) == 1 && is_family_or_nickname_agreed(weighty(a_) == 1 ? b_ : a_))
                omitted_ = std::min(omitted_, costs::omitted_beside_family);
            float score = support_ / (support_ + conflict_ + costs_.omitted * omitted_);
            if (agreeing_ <= 1 && !number_agreed_ && (weighty(a_) > 1 || weighty(b_) > 1)) score *= one_part();
            if (out_.reordered && (order_tells() || given_names_changed_places() || father_and_child_changed_places() ||
                                   bulgarian_names_changed_places())) {
                score *= costs::order_tells;
                contradicted_ += 1.0F;
            } else if (out_.reordered) {
                score *= 0.99F;
            }
            if (numbers_differ_) score *= costs::numbers_differ;
            if ((a_.marks() | b_.marks()) != 0 && marks_contradict()) {
                score *= costs::marks_contradict;
                contradicted_ += 1.0F;
                all_equal_ = false;
            }
            // Nobody is read half in Chinese and half in Korean; but Chiang Kai-shek is half in Mandarin.
            if (readings_ == 0 && !chinese_only_) {
                score *= costs::readings_mixed;
                contradicted_ += 0.5F;
            }
            out_.score = all_equal_ && !out_.reordered ? 1.0 : std::min(static_cast<double>(score), 0.995);
        }
        const double raw = 0.75 * static_cast<double>(rarity_agreed_) - 5.0 * static_cast<double>(contradicted_) -
                           1.2 * static_cast<double>(doubt_) - 0.6 * static_cast<double>(omitted_);
        out_.log_likelihood_ratio = std::max(ratio_least, ratio_slope * raw + ratio_offset);
    }

    const Tables& tables_;
    const Prepared& a_;
    const Prepared& b_;
    Comparison out_;
    Costs costs_ = {};
    bool company_ = false;
    bool all_equal_ = true;
    bool numbers_differ_ = false;
    std::uint8_t readings_ = detail::any_reading;
    bool chinese_only_ = true;
    bool family_agreed_ = false;
    bool number_agreed_ = false;  // of kings and popes
    bool distinctive_ = false;
    bool own_agreed_ = false;  // … otherwise than by an acronym of three letters
    Free used_a_ = {}, used_b_ = {};
    std::array<std::array<float, parts_max>, parts_max> matrix_ = {};
    std::size_t agreeing_ = 0;
    float support_ = 0, conflict_ = 0, omitted_ = 0, child_omitted_ = 0, contradicted_ = 0, rarity_agreed_ = 0,
          doubt_ = 0;
};

void mirror(Comparison& comparison) {
    for (std::size_t i = 0; i < comparison.rows; ++i) {
        std::swap(comparison.alignment[i].a, comparison.alignment[i].b);
        std::swap(comparison.alignment[i].a_count, comparison.alignment[i].b_count);
    }
    std::sort(comparison.alignment.begin(), comparison.alignment.begin() + comparison.rows,
              [](const Aligned& x, const Aligned& y) {
                  if ((x.a_count == 0) != (y.a_count == 0)) return y.a_count == 0;
                  return x.a != y.a ? x.a < y.a : x.b < y.b;
              });
}

Comparison compare_two(const Prepared& a, const Prepared& b) {
    if (a.empty() || b.empty()) {
        Comparison nothing;
        nothing.score = a.original() == b.original() && !a.original().empty() ? 1.0 : 0.0;
        return nothing;
    }
    if (b.original() < a.original()) {
        Comparison swapped = Run(b, a).result();
        mirror(swapped);
        return swapped;
    }
    return Run(a, b).result();
}

}  // namespace

Comparison compare(const Prepared& a, const Prepared& b) {
    Comparison best = compare_two(a, b);
    if ((a.also_known_as().empty() && b.also_known_as().empty()) || best.score >= 1.0) return best;
    const auto consider = [&best](const Prepared& x, const Prepared& y) {
        const Comparison other = compare_two(x, y);
        if (other.score < best.score ||
            (other.score == best.score && other.log_likelihood_ratio <= best.log_likelihood_ratio))
            return;
        best = other;
        best.score = std::min(best.score, 0.995);
        best.rows = 0;
    };
    for (const Prepared& x : a.also_known_as()) consider(x, b);
    for (const Prepared& y : b.also_known_as()) consider(a, y);
    for (const Prepared& x : a.also_known_as()) {
        for (const Prepared& y : b.also_known_as()) consider(x, y);
    }
    return best;
}

std::string_view name_of(Relation relation) {
    switch (relation) {
        case Relation::equal: return "equal";
        case Relation::variant: return "variant";
        case Relation::nickname: return "nickname";
        case Relation::initial: return "initial";
        case Relation::transliteration: return "transliteration";
        case Relation::typing_error: return "typing_error";
        case Relation::joined: return "joined";
        case Relation::truncated: return "truncated";
        case Relation::acronym: return "acronym";
        case Relation::omitted: return "omitted";
        case Relation::contradicted: return "contradicted";
    }
    return "unknown";
}

}  // namespace tideline::names
