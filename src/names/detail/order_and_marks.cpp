#include "names/detail/comparer.h"

#include <algorithm>

#include "names/detail/costs.h"

namespace tideline::names::detail {

namespace {

/// Jr, Sr or a number; empty for degrees and orders.
std::string_view generation_of(const Part& part) {
    const std::string_view latin = part.latin();
    if (latin == "jr" || latin == "jnr" || latin == "junior") return "jr";
    if (latin == "sr" || latin == "snr" || latin == "senior") return "sr";
    return latin.find_first_not_of("ivx") == latin.npos ? latin : std::string_view();
}

/// The initial right behind the first given name; 0 if there is none.
char middle_initial(const Prepared& name) {
    const auto parts = name.parts();
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        if (parts[i].kind != Kind::given) continue;
        return parts[i + 1].kind == Kind::initial ? parts[i + 1].letters[0] : char{0};
    }
    return 0;
}

/// Einarsdóttir and Einarsson.
bool is_son_of_same(const Prepared& hers, const Prepared& his) {
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

}  // namespace

/// Jr and Sr; Ltd and GmbH.
void Comparer::compare_sides_notes() {
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

/// George H. W. Bush and George W. Bush.
bool Comparer::middle_initials_differ() const {
    const char first = middle_initial(a_), second = middle_initial(b_);
    if (first == 0 || second == 0 || first == second) return false;
    // Two that stand against each other have been counted.
    return std::none_of(out_.aligned().begin(), out_.aligned().end(), [this](const Aligned& row) {
        return row.relation == Relation::contradicted && a_.parts()[row.a].kind == Kind::initial;
    });
}

/// Mr and Mrs, bin and binti, d/o and w/o, Jónsson and Jónsdóttir.
bool Comparer::marks_contradict() const {
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
int Comparer::relation_before(const Prepared& name, std::size_t at) const {
    if (at == 0 || name.parts()[at - 1].kind != Kind::particle) return 0;
    const Part& before = name.parts()[at - 1];
    const std::uint32_t flags = tables_.words[before.known].flags;
    return flags & WordFlag::daughter_of ? 2 : flags & WordFlag::son_of ? 1 : before.latin() == "w/o" ? 3 : 0;
}

bool Comparer::has_comma(const Prepared& name) {
    return std::any_of(name.parts().begin(), name.parts().end(), [](const Part& part) { return part.comma_before; });
}

/// Kamau wa Njoroge and Njoroge wa Kamau: who stands behind the word for son or daughter of here stands before it
/// there.
bool Comparer::father_and_child_changed_places() const {
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

bool Comparer::is_behind_child_word(const Prepared& name, std::size_t at) const {
    if (relation_before(name, at) != 0) return true;
    if (at == 0) return false;
    return at >= 2 && is_child_word(name.parts()[at - 1].latin());
}

/// Dimitar Petrov Angelov and Dimitar Angelov Petrov: in Bulgaria the father's name stands before the family's and
/// has the same endings.
bool Comparer::bulgarian_names_changed_places() const {
    if (company_ || out_.rows != 3 || has_comma(a_) || has_comma(b_)) return false;
    std::array<std::size_t, 3> place = {};
    for (const Aligned& row : out_.aligned()) {
        if (row.a_count != 1 || row.b_count != 1 || row.relation == Relation::contradicted || row.a > 2 || row.b > 2)
            return false;
        place[row.a] = row.b;
    }
    if (place[0] != 0 || place[1] != 2 || place[2] != 1) return false;
    const auto is_possessive = [](const Part& part) {
        const std::string_view latin = part.latin();
        return part.kind != Kind::initial &&
               (latin.ends_with("ov") || latin.ends_with("ev") || latin.ends_with("ova") || latin.ends_with("eva") ||
                latin.ends_with("ski") || latin.ends_with("ska"));
    };
    return is_possessive(a_.parts()[1]) && is_possessive(a_.parts()[2]);
}

/// Does the order of the names tell one from another? Ali Hassan is the son of a Hassan, Hassan Ali of an Ali; in
/// Burma any part may stand in any place. Not where a comma says what is the family's, nor where the last name was
/// put in front of two others.
bool Comparer::order_tells() const {
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
bool Comparer::given_names_changed_places() const {
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
bool Comparer::are_given_pair(const Prepared& name, std::size_t first, std::size_t second) const {
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

/// Are all parts given names of one of the peoples who have no family names, in their order, and does nothing say what
/// is the family's?
bool Comparer::order_is_own(const Prepared& name) const {
    if ((name.marks() & Prepared::mark_family) != 0) return false;
    std::uint32_t common = WordFlag::own_then_father | WordFlag::burmese_name;
    for (const Part& part : name.parts()) {
        if (part.comma_before) return false;
        if (part.weight <= 0) continue;
        common &= tables_.words[part.known].flags;
    }
    return common != 0;
}

}  // namespace tideline::names::detail
