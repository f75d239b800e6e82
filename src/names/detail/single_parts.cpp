#include "names/detail/comparer.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "names/detail/company_words.h"
#include "names/detail/costs.h"
#include "names/detail/sounds.h"

namespace tideline::names::detail {

namespace {

constexpr float same_enough = 0.5F;       // from this closeness on two parts are taken to be the same
constexpr float same_family_name = 0.6F;  // … two known family names (Nowak and Nowicki are not)

/// Are both family names that are known to be names?
bool known_families(const Part& a, const Part& b) {
    return a.kind == Kind::family && b.kind == Kind::family && !a.native && !b.native &&
           a.rarity < costs::rarity_unlisted && b.rarity < costs::rarity_unlisted;
}

bool has(const Prepared& name, Kind kind) {
    return std::any_of(name.parts().begin(), name.parts().end(),
                       [kind](const Part& part) { return part.kind == kind; });
}

/// Khalid bin Ahmed is not Ahmed bin Khalid.
bool is_father_against_child(const Part& a, const Part& b) {
    return (a.kind == Kind::patronymic && b.kind == Kind::given) ||
           (b.kind == Kind::patronymic && a.kind == Kind::given);
}

/// Hamad bin Khalifa Al Thani is not Hamad bin Isa Al Khalifa.
bool is_father_against_family(const Part& a, const Part& b) {
    return (a.kind == Kind::patronymic && b.kind == Kind::family) ||
           (b.kind == Kind::patronymic && a.kind == Kind::family);
}

/// Is this the last part of a name so long that a field may have cut it, and the beginning of the other?
bool cut_short(const Prepared& name, std::size_t at, const Part& whole) {
    constexpr std::size_t shortest_field = 28, own_length = 5;
    const Part& part = name.parts()[at];
    if (at + 1 != name.parts().size() || part.length < 2 || part.length >= whole.length ||
        part.letters[0] != whole.letters[0])
        return false;
    const bool no_name =
        part.kind != Kind::word && part.person == 0 && part.known == 0 && !part.native && part.length >= own_length;
    return (name.original().size() >= shortest_field || no_name) && !says_trade(part.form) &&
           whole.latin().starts_with(part.latin());
}

/// Comm'l and Commercial: what stands before the apostrophe begins the other, what stands behind it ends it.
bool is_contraction(std::string_view text, const Part& part, const Part& whole) {
    const std::size_t mark = text.find('\'');
    if (mark == text.npos || mark == 0 || mark > part.length) return false;
    return part.length >= 3 && whole.latin().starts_with(part.latin().substr(0, mark)) &&
           whole.latin().ends_with(part.latin().substr(mark));
}

/// Where in `others` the only part with the letters of one stands, if it is the only one in `parts` that has them.
std::size_t only_equal(std::span<const Part> parts, std::size_t at, std::span<const Part> others) {
    const auto equal = [&part = parts[at]](const Part& other) {
        return other.length == part.length && std::memcmp(other.letters.data(), part.letters.data(), part.length) == 0;
    };
    const auto found = std::find_if(others.begin(), others.end(), equal);
    if (found == others.end() || std::any_of(found + 1, others.end(), equal) ||
        std::count_if(parts.begin(), parts.end(), equal) != 1)
        return others.size();
    return static_cast<std::size_t>(found - others.begin());
}

}  // namespace

void Comparer::align_single() {
    struct Candidate {
        float value;
        std::uint8_t a, b;
        Relation relation;
    };
    std::array<Candidate, parts_max*(parts_max + 1)> candidates;  // parts that are the same may be looked at twice
    std::size_t count = 0;
    const auto parts_a = a_.parts(), parts_b = b_.parts();
    const bool fathers_told = !company_ && has(a_, Kind::patronymic) && has(b_, Kind::patronymic);
    const auto consider = [&](std::size_t i, std::size_t j) {
        const Closeness close = single_closeness(i, j, fathers_told);
        matrix_[i][j] = close.value;
        if (close.value >= (known_families(parts_a[i], parts_b[j]) ? same_family_name : same_enough))
            candidates[count++] = {close.value, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(j),
                                   close.relation};
        return close.value;
    };
    const auto counts = [](const Part& part) { return part.weight > 0 || part.kind == Kind::title; };
    Free settled_a = used_a_, settled_b = used_b_;
    for (std::size_t i = 0; i < parts_a.size(); ++i) settled_a[i] = settled_a[i] || !counts(parts_a[i]);
    for (std::size_t j = 0; j < parts_b.size(); ++j) settled_b[j] = settled_b[j] || !counts(parts_b[j]);
    // What is the same and stands once in both names has found its own: most parts need not be looked at any further.
    for (std::size_t i = 0; i < parts_a.size(); ++i) {
        const std::size_t j = settled_a[i] ? parts_b.size() : only_equal(parts_a, i, parts_b);
        if (j < parts_b.size() && !settled_b[j]) settled_a[i] = settled_b[j] = consider(i, j) >= 1.0F;
    }
    for (std::size_t i = 0; i < parts_a.size(); ++i) {
        for (std::size_t j = 0; j < parts_b.size() && !settled_a[i]; ++j)
            if (!settled_b[j]) consider(i, j);
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

/// How near two parts are, in the places where they stand.
Closeness Comparer::single_closeness(std::size_t i, std::size_t j, bool fathers_told) const {
    const Part &a = a_.parts()[i], &b = b_.parts()[j];
    // Hafiz is a title in one name and, where little else is left, a name in the other.
    if (a.kind == Kind::title || b.kind == Kind::title) {
        if (a.weight + b.weight <= 0 || !same_title(a, b)) return {};
    }
    Closeness close = closeness(tables_, a_, a, b_, b);
    if (close.value < 0.9F && (cut_short(a_, i, b) || cut_short(b_, j, a))) close = {0.9F, Relation::truncated};
    if (close.value < 0.88F && a.letters[0] == b.letters[0] && (abbreviates(a_, i, b) || abbreviates(b_, j, a)))
        close = {0.88F, Relation::truncated};
    if (close.relation == Relation::initial && !initial_fits(i, j)) close = {};
    if (((fathers_told || stands_first_without_father(i, j)) && is_father_against_child(a, b)) ||
        (fathers_told && !has_comma(a_) && !has_comma(b_) && is_father_against_family(a, b)))
        close.value *= costs::father_for_child;
    constexpr float another = 0.45F;
    if (company_ && close.value > another && close.value < 0.9F && is_only_own_word(i, j) && is_other_brand(a, b))
        close.value = another;
    return close;
}

/// Are these the only words of their own that both companies have?
bool Comparer::is_only_own_word(std::size_t i, std::size_t j) const {
    const auto only = [](const Prepared& name, std::size_t at) {
        for (std::size_t k = 0; k < name.parts().size(); ++k)
            if (tells_apart(name.parts()[k]) != (k == at)) return false;
        return true;
    };
    return only(a_, i) && only(b_, j);
}

/// Hafiz and Hafez: a title and a name that is the same but for its vowels.
bool Comparer::same_title(const Part& a, const Part& b) const {
    if (a.latin() == b.latin()) return true;
    if (a.kind == b.kind || a.letters[0] != b.letters[0]) return false;
    if (a.native != b.native) return closeness(tables_, a_, a, b_, b).value >= 0.75F;  // سيد
    return std::min(a.length, b.length) >= 4 && letters_closeness(a, b).value >= 0.8F;
}

/// Heydar Aliyev is not Ilham, Heydar's son, Aliyev.
bool Comparer::stands_first_without_father(std::size_t i, std::size_t j) const {
    if (company_) return false;
    const bool father_in_a = a_.parts()[i].kind == Kind::patronymic;
    const Prepared& with_father = father_in_a ? a_ : b_;
    const std::size_t father = father_in_a ? i : j, child = father_in_a ? j : i;
    if (with_father.parts()[father].kind != Kind::patronymic) return false;
    return is_first_given(father_in_a ? b_ : a_, child) && !is_first_given(with_father, father);
}

bool Comparer::is_first_given(const Prepared& name, std::size_t at) {
    for (std::size_t i = 0; i < at; ++i) {
        if (name.parts()[i].kind == Kind::given) return false;
    }
    return true;
}

/// B. may stand for Brown, but not in Ivan B. Okorokov, who has a family name.
bool Comparer::initial_fits(std::size_t i, std::size_t j) const {
    const bool in_a = a_.parts()[i].kind == Kind::initial, in_b = b_.parts()[j].kind == Kind::initial;
    if (in_a == in_b) return true;
    const Prepared& with_initial = in_a ? a_ : b_;
    if ((in_a ? b_.parts()[j] : a_.parts()[i]).kind != Kind::family) return true;
    // José Echeverría Z.: the mother's family name, which stands last.
    const std::size_t at = in_a ? i : j, whole = in_a ? j : i;
    if (at + 1 == with_initial.parts().size() && whole + 1 == (in_a ? b_ : a_).parts().size() && at >= 2 && whole >= 2)
        return true;
    const auto families = [](const Prepared& name) {
        return std::count_if(name.parts().begin(), name.parts().end(),
                             [](const Part& part) { return part.kind == Kind::family; });
    };
    return families(with_initial) == 0 || families(in_a ? b_ : a_) > 1;
}

bool Comparer::is_country(const Part& part) const {
    return part.kind == Kind::word && tables_.is_country(part.form >> 16);
}

/// Engrg. and Engineering, Chas. and Charles: with a dot, and its letters in their order in the other. The caller has
/// seen that both begin with the same letter.
bool Comparer::abbreviates(const Prepared& name, std::size_t at, const Part& whole) const {
    const Part& part = name.parts()[at];
    // T. Halk Bankası: the country it is of.
    if (company_ && part.length == 1 && at == 0 && is_country(whole) && part.end < name.original().size() &&
        name.original()[part.end] == '.')
        return true;
    if (part.length < 2 || part.length >= whole.length) return false;
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

}  // namespace tideline::names::detail
