#include <fmt/format.h>

#include "names/detail/also_known.h"
#include "names/detail/evidence.h"
#include "names/names.h"

namespace tideline::names {

namespace {

std::string text_of(const Prepared& name, std::size_t first, std::size_t count) {
    const Part& begin = name.parts()[first];
    const Part& end = name.parts()[first + count - 1];
    return std::string(std::string_view(name.original()).substr(begin.begin, end.end - begin.begin));
}

std::string_view phrase_for(Relation relation) {
    switch (relation) {
        case Relation::equal: return "is the same as";
        case Relation::variant: return "is another spelling of";
        case Relation::nickname: return "is a short or pet form of";
        case Relation::initial: return "may be the initial of";
        case Relation::transliteration: return "is the same in another script as";
        case Relation::typing_error: return "differs by few letters from";
        case Relation::joined: return "is written together or apart as";
        case Relation::truncated: return "is cut short of";
        case Relation::acronym: return "abbreviates";
        case Relation::omitted: return "is missing";
        case Relation::contradicted: return "contradicts";
    }
    return "";
}

std::string strength_of(const Comparison& comparison, Schema schema) {
    // Nats. John Smith and Mohammed Ali are common; so is China Trading, but no company's own word.
    const double common = schema == Schema::organisation ? 7.75 : 12;
    const double nats = comparison.log_likelihood_ratio;
    if (nats <= -1) return "evidence for different ones";
    if (nats < detail::some_evidence) return "evidence neither way";
    const std::string strength = nats >= detail::strong_evidence ? "strong"
                                 : nats >= detail::good_evidence ? "good"
                                                                 : "some";
    return strength + " evidence for the same one" + (comparison.rarity < common ? "; others share such a name" : "");
}

}  // namespace

std::string explain(const Prepared& a, const Prepared& b, const Comparison& comparison) {
    if (comparison.rows == 0 && comparison.score > 0 && !(a.also_known_as().empty() && b.also_known_as().empty())) {
        const Prepared *best_a = &a, *best_b = &b;
        Comparison best;
        best.score = -1;
        detail::for_each_other_pair(a, b, [&](const Prepared& x, const Prepared& y) {
            const Comparison other = compare(x, y);
            if (!detail::says_more(other, best)) return;
            best = other;
            best_a = &x;
            best_b = &y;
        });
        std::string sentence = "By another name that is given";
        for (const Prepared* one : {best_a, best_b}) {
            if (one != &a && one != &b) sentence += fmt::format(", “{}”", one->original());
        }
        return sentence + fmt::format("; {}.", strength_of(comparison, a.schema()));
    }
    if (a.empty() || b.empty())
        return "There is no name to compare: one side is empty, or only titles or placeholders.";
    std::string agree, differ, missing;
    const auto append = [](std::string& to, const std::string& more) {
        if (!to.empty()) to += ", ";
        to += more;
    };
    std::string same;
    for (const Aligned& row : comparison.aligned()) {
        if (row.relation == Relation::omitted) {
            append(missing, fmt::format("“{}”", row.a_count > 0 ? text_of(a, row.a, row.a_count)
                                                                : text_of(b, row.b, row.b_count)));
        } else if (row.relation == Relation::equal) {
            append(same, fmt::format("“{}”", text_of(a, row.a, row.a_count)));
        } else {
            append(row.relation == Relation::contradicted ? differ : agree,
                   fmt::format("“{}” {} “{}”", text_of(a, row.a, row.a_count), phrase_for(row.relation),
                               text_of(b, row.b, row.b_count)));
        }
    }
    std::string sentence = comparison.score >= match_threshold ? "These can be names of the same one"
                                                               : "These do not look like names of the same one";
    std::string reasons;
    if (!same.empty()) append(reasons, same + (same.find("”, ") == std::string::npos ? " agrees" : " agree"));
    if (!agree.empty()) append(reasons, agree);
    if (!differ.empty()) append(reasons, differ);
    if (!missing.empty()) append(reasons, "only one of them has " + missing);
    if (comparison.reordered) append(reasons, "the order differs");
    if (!reasons.empty()) sentence += ": " + reasons;
    return sentence + fmt::format("; {}.", strength_of(comparison, a.schema()));
}

}  // namespace tideline::names
