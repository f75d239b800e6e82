#include <algorithm>

#include "names/detail/also_known.h"
#include "names/detail/closeness.h"
#include "names/detail/comparer.h"
#include "names/detail/costs.h"
#include "names/detail/evidence.h"
#include "names/detail/sounds.h"
#include "names/names.h"

namespace tideline::names::detail {

namespace {

/// Rows by their place in a, what only b has last.
void in_order(Comparison& comparison) {
    std::sort(comparison.alignment.begin(), comparison.alignment.begin() + comparison.rows,
              [](const Aligned& x, const Aligned& y) {
                  if ((x.a_count == 0) != (y.a_count == 0)) return y.a_count == 0;
                  return x.a != y.a ? x.a < y.a : x.b < y.b;
              });
}

}  // namespace

Comparison Comparer::result() {
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

void Comparer::add(std::size_t a, std::size_t a_count, std::size_t b, std::size_t b_count, Relation relation,
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
void Comparer::agree(std::size_t a, std::size_t a_count, std::size_t b, std::size_t b_count, Closeness close) {
    struct Sums {
        float weight = 0, rarity = 0, among_people = 0;
    };
    const auto take = [](const Prepared& name, std::size_t from, std::size_t number, Free& used) {
        Sums sums;
        for (std::size_t i = from; i < from + number; ++i) {
            const Part& part = name.parts()[i];
            used[i] = true;
            sums.weight += part.weight;
            sums.rarity += part.weight > 0 ? part.rarity : 0;
            sums.among_people += part.rarity_among_people;
        }
        return sums;
    };
    const Sums of_a = take(a_, a, a_count, used_a_), of_b = take(b_, b, b_count, used_b_);
    const float weight = close.relation == Relation::initial
                             ? std::min(of_a.weight, of_b.weight)
                             : std::max(std::min(of_a.weight, of_b.weight), 0.5F * std::max(of_a.weight, of_b.weight));
    support_ += weight * close.value;
    if (a_count == 1 && b_count == 1 && a_.parts()[a].han != b_.parts()[b].han)
        close.readings = readings_between(tables_, a_, a_.parts()[a], b_, b_.parts()[b]);
    readings_ &= close.readings;
    chinese_only_ = chinese_only_ && (close.readings & (mandarin_reading | cantonese_reading)) != 0;
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
    rarity_agreed_ += std::min({of_a.rarity, of_b.rarity, rarity_most}) * close.value * close.value;
    rarity_among_people_ += std::min({of_a.among_people, of_b.among_people, rarity_most});
    if (!(a_count == 1 && b_count == 1 && close.relation == Relation::equal)) all_equal_ = false;
    add(a, a_count, b, b_count, close.relation, close.value);
}

void Comparer::align_with_itself() {
    for (std::size_t i = 0; i < a_.parts().size(); ++i) {
        if (a_.parts()[i].weight > 0) agree(i, 1, i, 1, {1.0F, Relation::equal});
    }
}

/// Timchenko, Hemedti: of a name of which one part agrees, is that the family's, or what somebody is called?
bool Comparer::is_family_or_nickname_agreed(const Prepared& longer) const {
    constexpr float surely = 0.8F;
    return std::any_of(out_.aligned().begin(), out_.aligned().end(), [&](const Aligned& row) {
        if (row.a_count != 1 || row.b_count != 1 || row.closeness < surely) return false;
        if (row.relation == Relation::contradicted || row.relation == Relation::initial) return false;
        const Part &x = a_.parts()[row.a], &y = b_.parts()[row.b];
        const Part& part = &longer == &a_ ? x : y;
        const auto read = [](const Part& one) { return !one.native || is_read_surely(one); };
        return read(x) && read(y) && (part.kind == Kind::family || part.kind == Kind::nickname);
    });
}

/// What one agreeing part is worth where one of the names has more.
float Comparer::one_part() const {
    if (company_) return 1.0F;
    // A rare name alone says who is meant, Adam does not.
    const float factor = costs::person_one_part *
                         std::min(1.0F, 1.0F - costs::one_part_common * (1.0F - rarity_agreed_ / costs::one_part_rare));
    const Prepared& shorter = a_.parts().size() <= b_.parts().size() ? a_ : b_;
    const Prepared& longer = &shorter == &a_ ? b_ : a_;
    if (weighty(shorter) != 1) return factor;
    if (rarity_agreed_ >= costs::telling_alone && is_family_or_nickname_agreed(longer)) return costs::titled_one_part;
    for (const Part& part : shorter.parts()) {
        if (part.weight < 0.5F && part.kind == Kind::title) {
            for (const Part& other : longer.parts()) {
                if (other.kind == Kind::title && other.sound() == part.sound()) return costs::titled_one_part;
            }
        }
    }
    return factor;
}

std::size_t Comparer::weighty(const Prepared& name) {
    std::size_t count = 0;
    for (const Part& part : name.parts())
        count += part.weight >= 0.5F && part.kind != Kind::common_word && !says_trade(part.form);
    return count;
}

/// Says what the score is worth as evidence, and how rare what agrees is.
void Comparer::weigh(float rarity) {
    out_.rarity = static_cast<double>(rarity);
    out_.log_likelihood_ratio =
        evidence_of(out_.score, out_.rarity, company_ ? evidence_of_companies : evidence_of_people);
}

void Comparer::finish() {
    in_order(out_);
    std::uint8_t last = 0;
    for (const Aligned& row : out_.aligned()) {
        if (row.relation == Relation::omitted || row.relation == Relation::contradicted) continue;
        out_.reordered = out_.reordered || row.b < last;
        last = row.b;
    }
    if (support_ > 0) {
        // How many names a long name has more, past the first few, says nothing further.
        // But where only common names agree (Mohamed Ahmed), every further name may make another person.
        if (!company_ && agreeing_ >= 2 && !contradicts_ && rarity_agreed_ >= costs::rare_enough)
            omitted_ = std::min(omitted_, costs::omitted_most);
        if (!company_ && rarity_agreed_ < costs::common_together && omitted_ > costs::omitted_few)
            omitted_ += (omitted_ - costs::omitted_few) * costs::common_omitted;
        omitted_ += child_omitted_;
        if (!company_ && agreeing_ == 1 && !contradicts_ && rarity_agreed_ >= costs::telling_alone &&
            std::min(weighty(a_), weighty(b_)) == 1 && is_family_or_nickname_agreed(weighty(a_) == 1 ? b_ : a_))
            omitted_ = std::min(omitted_, costs::omitted_beside_family);
        float score = support_ / (support_ + conflict_ + costs_.omitted * omitted_);
        if (agreeing_ <= 1 && !number_agreed_ && (weighty(a_) > 1 || weighty(b_) > 1)) score *= one_part();
        if (out_.reordered && (order_tells() || given_names_changed_places() || father_and_child_changed_places() ||
                               bulgarian_names_changed_places())) {
            score *= costs::order_tells;
        } else if (out_.reordered) {
            score *= 0.99F;
        }
        if (numbers_differ_) score *= costs::numbers_differ;
        if ((a_.marks() | b_.marks()) != 0 && marks_contradict()) {
            score *= costs::marks_contradict;
            all_equal_ = false;
        }
        // Nobody is read half in Chinese and half in Korean; but Chiang Kai-shek is half in Mandarin.
        if (readings_ == 0 && !chinese_only_) score *= costs::readings_mixed;
        out_.score = all_equal_ && !out_.reordered ? 1.0 : std::min(static_cast<double>(score), 0.995);
    }
    weigh(rarity_among_people_);
}

}  // namespace tideline::names::detail

namespace tideline::names {

namespace {

void mirror(Comparison& comparison) {
    for (std::size_t i = 0; i < comparison.rows; ++i) {
        std::swap(comparison.alignment[i].a, comparison.alignment[i].b);
        std::swap(comparison.alignment[i].a_count, comparison.alignment[i].b_count);
    }
    detail::in_order(comparison);
}

Comparison compare_two(const Prepared& a, const Prepared& b) {
    if (a.empty() || b.empty()) {
        Comparison nothing;
        nothing.score = a.original() == b.original() && !a.original().empty() ? 1.0 : 0.0;
        return nothing;
    }
    if (b.original() < a.original()) {
        Comparison swapped = detail::Comparer(b, a).result();
        mirror(swapped);
        return swapped;
    }
    return detail::Comparer(a, b).result();
}

}  // namespace

Comparison compare(const Prepared& a, const Prepared& b) {
    Comparison best = compare_two(a, b);
    if ((a.also_known_as().empty() && b.also_known_as().empty()) || best.score >= 1.0) return best;
    bool by_another = false;
    detail::for_each_other_pair(a, b, [&](const Prepared& x, const Prepared& y) {
        const Comparison other = compare_two(x, y);
        if (!detail::says_more(other, best)) return;
        best = other;
        by_another = true;
    });
    if (by_another) {
        best.score = std::min(best.score, 0.995);
        best.rows = 0;
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
