#include "names/detail/comparer.h"

#include <algorithm>
#include <cmath>

#include "names/detail/company_words.h"
#include "names/detail/costs.h"
#include "names/detail/distinct_names.h"

namespace tideline::names::detail {

namespace {

/// The first of a fleet is often written without its number, and a company without the year it was founded.
float number_omitted(const Part& part) {
    if (part.weight < costs::weight_number) return 0.1F;  // of a register
    const std::string_view digits = part.latin();
    const bool year = digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    return digits == "1" ? 0.6F : year ? 0.9F : 2.0F;
}

bool nickname_agreed(const Prepared& name, const Comparer::Free& used) {
    for (std::size_t i = 0; i < name.parts().size(); ++i) {
        if (name.parts()[i].kind == Kind::nickname && used[i]) return true;
    }
    return false;
}

}  // namespace

/// Beside a word of its own that agrees, or two names of a person, another letter in what is left is a slip.
void Comparer::align_slips() {
    if (company_ ? !distinctive_ : agreeing_ < 2 || rarity_agreed_ < costs::slip_beside) return;
    const auto parts_a = a_.parts(), parts_b = b_.parts();
    for (std::size_t i = 0; i < parts_a.size(); ++i) {
        if (used_a_[i] || parts_a[i].weight <= 0) continue;
        for (std::size_t j = 0; j < parts_b.size() && !used_a_[i]; ++j) {
            if (used_b_[j] || parts_b[j].weight <= 0 || !same_place(parts_a[i], parts_b[j]) ||
                !may_be_slip(tables_, parts_a[i], parts_b[j]))
                continue;
            agree(i, 1, j, 1, {costs::slip_beside_others, Relation::typing_error});
        }
    }
}

/// A part that only one name has is omitted; if the other name has something else to spare, they contradict.
void Comparer::contradict_or_omit() {
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
        contradicts_ = contradicts_ || close < 1.0F;
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
bool Comparer::is_name_of_a_tribe(std::size_t at_a, std::size_t at_b) const {
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
bool Comparer::both_left_out(const Part& a, const Part& b) const {
    return !company_ && agreeing_ >= 2 && family_agreed_ &&
           ((a.kind == Kind::given && b.kind == Kind::family) || (a.kind == Kind::family && b.kind == Kind::given));
}

/// Masood Azhar Alvi and Mohammad Masood Azhar: what is left out at will stands in nobody's place.
bool Comparer::is_muhammad_beside(const Part& a, const Part& b) const {
    if (company_ || agreeing_ < 2 || is_often_left_out(a) == is_often_left_out(b)) return false;
    return (is_often_left_out(a) ? b : a).kind == Kind::family;
}

/// How much a part that the other name does not have says against the two, beside its weight.
float Comparer::omitted_factor(const Part& part, const Prepared& other) const {
    if (part.kind == Kind::nickname) return costs::omitted_nickname;
    if (part.kind == Kind::number) return number_omitted(part) * (distinctive_ ? 1.0F : costs::omitted_number);
    if (!company_) return 1.0F;
    if (part.kind != Kind::common_word && !says_trade(part.form)) {
        const bool meaning_known = (part.form & own_meaning) != 0;
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

void Comparer::omit(const Part& part, std::size_t at, bool of_a) {
    bool child = false;
    float factor = omitted_factor(part, of_a ? b_ : a_);
    // A child is named like the father, but for the first name.
    if (!company_ && part.kind == Kind::given && is_first_given(of_a ? a_ : b_, at) && weighty(of_a ? b_ : a_) >= 2) {
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
bool Comparer::makes_another_name(const Part& part, std::size_t at, const Prepared& name, const Prepared& other) const {
    if (company_ || at + 1 != name.parts().size()) return false;
    if (part.vietnamese) return part.kind == Kind::given;
    // Ri Hong and Ri Hong-sop; but H. stands for all of Hong-sop.
    constexpr std::size_t syllable_most = 6;
    if (part.kind == Kind::given && part.eastern && part.length <= syllable_most && part.hyphen_before && at > 0) {
        const bool in_a = &name == &a_;
        return std::any_of(out_.aligned().begin(), out_.aligned().end(), [at, in_a](const Aligned& row) {
            return row.a_count == 1 && row.b_count == 1 && (in_a ? row.a : row.b) + 1U == at &&
                   row.relation != Relation::initial && row.relation != Relation::contradicted;
        });
    }
    const auto is_burmese = [this](const Part& one) { return detail::is_burmese(tables_, one); };
    if (is_burmese(part)) return std::all_of(other.parts().begin(), other.parts().end(), is_burmese);
    return part.kind == Kind::given && part.eastern && part.syllables && other.parts().size() == 2;
}

/// Siemens Energy beside Siemens: a line of business beside the one word of its own that the other has, unless that
/// says it too (Rosneft Oil).
bool Comparer::tells_line(const Part& line, const Prepared& other) const {
    if (line.kind != Kind::word || !tables_.tells_line[line.form >> 16]) return false;
    const Part* own = nullptr;
    for (const Part& part : other.parts()) {
        if (part.weight <= 0 || part.kind == Kind::common_word || (part.contrast && part.kind == Kind::word)) continue;
        if (own != nullptr || !tells_apart(part)) return false;
        own = &part;
    }
    return own != nullptr && !contains_meaning(tables_, own->latin(), line.form);
}

bool Comparer::is_often_left_out(const Part& part) const {
    return (tables_.words[part.known].flags & WordFlag::often_left_out) != 0;
}

/// Hamza Osama bin Laden is a child of Osama bin Laden: where the father's name follows the own, however much
/// agrees.
bool Comparer::is_followed_by_father(const Prepared& name, const Free& used, std::size_t at) const {
    if (at + 1 >= name.parts().size() || !used[at + 1]) return false;
    const std::uint32_t flags = tables_.words[name.parts()[at + 1].known].flags;
    return (flags & WordFlag::own_then_father) != 0;
}

/// Can two parts stand in for each other? A father's name and a family name are both there or not there.
bool Comparer::same_place(const Part& a, const Part& b) const {
    if ((a.kind == Kind::patronymic) != (b.kind == Kind::patronymic)) return false;
    if (a.kind == Kind::nickname || b.kind == Kind::nickname) return false;
    if ((a.kind == Kind::number) != (b.kind == Kind::number)) return false;
    if (a.kind != Kind::common_word || b.kind != Kind::common_word || (a.contrast && b.contrast)) return true;
    // Group is not in the place of National.
    return (a.contrast || b.contrast) && !is_of_the_state(a) && !is_of_the_state(b);
}

bool Comparer::is_of_the_state(const Part& part) const {
    const std::string& meaning = tables_.meanings[part.form >> 16];
    return part.kind == Kind::common_word && (meaning == "natl" || meaning == "state" || meaning == "gov");
}

/// 中国船舶工业集团 is China State Shipbuilding: that a group is the state's is put in by who translates.
bool Comparer::is_group_in_chinese(const Prepared& name) const {
    return std::any_of(name.parts().begin(), name.parts().end(), [this](const Part& part) {
        return part.han && part.kind == Kind::common_word && tables_.meanings[part.form >> 16] == "grp";
    });
}

}  // namespace tideline::names::detail
