#include "link/compare.h"

#include <cmath>

#include "link/detail/parallel.h"
#include "names/kernels.h"

namespace tideline::link {

namespace {

namespace level_of {
// Positions in the lists of levels_for() in model.cpp.
constexpr std::size_t missing = 0, equal = 1;
namespace name {
constexpr std::size_t variant = 2, part = 3, very_close = 4, close = 5, shared = 6, initial = 7, different = 8;
}
namespace date {
constexpr std::size_t equal_year_only = 2, slip = 3, new_year = 4, two_parts = 5, year = 6, different = 7;
}
namespace residence {
constexpr std::size_t address = 1, near_address = 2, postcode = 3, near_postcode = 4, town = 5, near_town = 6,
                      elsewhere = 7;
}
}  // namespace level_of

/// At most one insertion, deletion, replacement or swap of neighbours.
bool within_one(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t front = 0;
    while (front < a.size() && a[front] == b[front]) ++front;
    std::size_t back = 0;
    while (back < a.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
    const std::size_t left_a = a.size() - front - back;
    const std::size_t left_b = b.size() - front - back;
    if (left_b <= 1) return true;
    return left_a == 2 && left_b == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
}

/// False only if the texts behind these first eight bytes are certainly more than one edit apart.
bool may_be_within_one(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t differing = a ^ b;
    if (differing == 0) return true;
    const int first = std::countr_zero(differing) & ~7;  // bits before the first differing byte
    if (first >= 48) return true;
    const std::uint64_t rest_a = a >> first;
    const std::uint64_t rest_b = b >> first;
    const std::uint64_t shorter = ~std::uint64_t{0} >> (first + 8);    // what is left of both after one more byte
    if ((rest_a >> 8) == (rest_b >> 8)) return true;                   // replaced
    if (((rest_a >> 8) & shorter) == (rest_b & shorter)) return true;  // one more in a
    if (((rest_b >> 8) & shorter) == (rest_a & shorter)) return true;  // one more in b
    return (rest_a >> 16) == (rest_b >> 16) && (rest_a & 0xFF) == (rest_b >> 8 & 0xFF) &&
           (rest_b & 0xFF) == (rest_a >> 8 & 0xFF);
}

/// False only if Jaro-Winkler's similarity is certainly below `least`.
bool may_be_similar(Sketch a, Sketch b, bool same_start, double least) {
    if (a.length() == 31 || b.length() == 31) return true;
    const double matching = Sketch::matching(a, b);
    const double jaro = (matching / a.length() + matching / b.length() + 1) / 3;
    return (same_start ? .6 * jaro + .4 : jaro) >= least;
}

// Jaro-Winkler similarities from which on two names may be one.
constexpr double like_enough = .88;
constexpr double very_like = .92;

/// True only if name_level() would say "different" after looking at the texts.
bool certainly_different(const NameParts& a, const NameParts& b, bool family) {
    if ((family ? a.family_skeleton == b.family_skeleton : a.given_skeleton == b.given_skeleton) || a.length == 1 ||
        b.length == 1)
        return false;
    if (a.compact == b.compact || a.bag == b.bag) return false;
    const std::uint32_t common = a.sketch.letters() & b.sketch.letters();
    if (a.tokens > 1 || b.tokens > 1) return Sketch::ones(common) < 2;
    const bool same_start = ((a.head ^ b.head) & 0xFF) == 0;
    if (Sketch::ones(a.sketch.letters() ^ b.sketch.letters()) <= 2 && may_be_within_one(a.head, b.head)) return false;
    return !may_be_similar(a.sketch, b.sketch, same_start, like_enough);
}

bool same_first_byte(std::uint64_t a, std::uint64_t b) { return ((a ^ b) & 0xFF) == 0; }

/// Differing decimal digits of two packed dates.
int digits_apart(std::uint32_t a, std::uint32_t b) {
    std::uint32_t differing = a ^ b;
    differing |= differing >> 1;
    differing |= differing >> 2;
    return Sketch::ones(differing & 0x1111'1111u);
}

int number_of(std::uint32_t packed) { return static_cast<int>(packed >> 4 & 15) * 10 + static_cast<int>(packed & 15); }

bool only_year(std::uint32_t date) { return (date & 0xFFFF) == 0x0101 || (date & 0xFF) == 0; }

std::size_t date_level(std::uint32_t a, std::uint32_t b) {
    using namespace level_of::date;
    if (a == b) return only_year(a) ? equal_year_only : level_of::equal;
    const std::uint32_t month_day_a = a & 0xFFFF;
    const std::uint32_t month_day_b = b & 0xFFFF;
    const bool same_year = a >> 16 == b >> 16;
    if (same_year && (only_year(a) || only_year(b))) return new_year;
    const int apart = digits_apart(a, b);
    if (apart == 1) return slip;
    if (same_year && (month_day_a >> 8 | (month_day_a & 0xFF) << 8) == month_day_b) return slip;
    if (apart == 2) {
        // Two neighbouring digits changed places, or the day before or after.
        const std::uint32_t differing = a ^ b;
        for (int shift = 0; shift < 28; shift += 4) {
            const std::uint32_t two_a = a >> shift & 0xFF;
            const std::uint32_t two_b = b >> shift & 0xFF;
            if ((differing & ~(0xFFu << shift)) == 0 && (two_a >> 4 | (two_a & 15) << 4) == two_b) return slip;
        }
        if (a >> 8 == b >> 8 && std::abs(number_of(a) - number_of(b)) == 1) return slip;
        if (month_day_a == month_day_b && std::abs(number_of(a >> 16) - number_of(b >> 16)) == 1) return slip;
        return two_parts;
    }
    const int equal_parts =
        (same_year ? 1 : 0) + ((a >> 8 & 0xFF) == (b >> 8 & 0xFF) ? 1 : 0) + ((a & 0xFF) == (b & 0xFF) ? 1 : 0);
    if (equal_parts >= 2 && !only_year(a) && !only_year(b)) return two_parts;
    return same_year ? year : different;
}

/// Whether the two texts have a whole word of at least three letters in common; words already in order of the texts.
bool share_word(std::string_view a, std::string_view b) {
    for (std::size_t at = 0; at < a.size();) {
        const std::size_t end = std::min(a.find(' ', at), a.size());
        const std::string_view word = a.substr(at, end - at);
        if (word.size() >= shared_word_least) {
            for (std::size_t found = b.find(word); found != std::string_view::npos; found = b.find(word, found + 1)) {
                const bool begins = found == 0 || b[found - 1] == ' ';
                const bool ends = found + word.size() == b.size() || b[found + word.size()] == ' ';
                if (begins && ends) return true;
            }
        }
        at = end + 1;
    }
    return false;
}

/// Whether every word of `few` is one of `many`.
bool contains_words(std::string_view many, std::string_view few) {
    for (std::size_t at = 0; at < few.size();) {
        const std::size_t end = std::min(few.find(' ', at), few.size());
        const std::string_view word = few.substr(at, end - at);
        bool found = false;
        for (std::size_t other = 0; other < many.size() && !found;) {
            const std::size_t stop = std::min(many.find(' ', other), many.size());
            found = many.substr(other, stop - other) == word;
            other = stop + 1;
        }
        if (!found) return false;
        at = end + 1;
    }
    return true;
}

std::string_view before_at(std::string_view email) { return email.substr(0, email.find('@')); }

/// Whether two texts may begin with the same number, going by their first eight bytes; what is no number is the same.
bool may_start_with_same_number(std::uint64_t a, std::uint64_t b) {
    for (int at = 0; at < 8; ++at, a >>= 8, b >>= 8) {
        const bool digit_a = (a & 0xFF) >= '0' && (a & 0xFF) <= '9';
        const bool digit_b = (b & 0xFF) >= '0' && (b & 0xFF) <= '9';
        if (!digit_a && !digit_b) return true;
        if ((a & 0xFF) != (b & 0xFF)) return false;
    }
    return true;
}

bool same_leading_number(std::string_view a, std::string_view b) {
    const std::size_t end_a = std::min(a.find_first_not_of("0123456789"), a.size());
    const std::size_t end_b = std::min(b.find_first_not_of("0123456789"), b.size());
    return a.substr(0, end_a) == b.substr(0, end_b);
}

}  // namespace

Comparer::Comparer(const Dataset& data, const Model& model, bool own_frequencies, unsigned threads)
    : data_(&data), model_(&model), own_(own_frequencies) {
    set_weights(model);
    rarity_.resize(data.slots().size());
    token_rarity_.resize(data.slots().size());
    damping_.resize(data.slots().size());
    if (own_) {
        count(threads);
    } else {
        extend(threads);
        count_holders();
    }
}

void Comparer::count_holders() {
    for (std::size_t slot = 0; slot < data_->slots().size(); ++slot) {
        if (!is_damped(data_->slots()[slot].kind)) continue;
        const auto counts = data_->counts(slot);
        for (std::uint32_t value = 1; value < counts.size(); ++value) set_holders(slot, value, counts[value]);
    }
}

float Comparer::model_rarity(std::size_t slot, std::uint32_t value) const {
    const Frequencies& known = model_->frequencies[slot];
    const double count = std::max<double>(known.count(detail::hash_of(data_->view(slot, value))), 2);
    return static_cast<float>(std::log2(std::max(known.records, 2.0) / count));
}

bool Comparer::set_holders(std::size_t slot, std::uint32_t value, std::uint32_t holders) {
    auto& damping = damping_[slot];
    if (damping.size() <= value) {
        if (holders < hub_holders) return false;
        damping.resize(value + 1);
    }
    const auto step = static_cast<std::uint8_t>(holders < hub_holders ? 0 : std::bit_width(holders) - 1);
    if (damping[value] == step) return false;
    damping[value] = step;
    const float learned = model_rarity(slot, value);
    const auto counted = static_cast<float>(std::log2(std::max(model_->frequencies[slot].records, 2.0)) - step);
    const float bits = step == 0 ? learned : std::min(learned, std::max(counted, 0.f));
    const bool changed = bits != rarity_[slot][value];
    rarity_[slot][value] = bits;
    return changed;
}

void Comparer::set_weights(const Model& model) {
    model_ = &model;
    weights_.assign(model.comparisons.size(), {});
    for (std::size_t i = 0; i < model.comparisons.size(); ++i) {
        for (std::size_t level = 1; level < model.comparisons[i].levels.size(); ++level) {
            const Level& from = model.comparisons[i].levels[level];
            weights_[i].base[level] = static_cast<float>(model.comparisons[i].weight(level));
            weights_[i].mean[level] = static_cast<float>(from.mean_bits);
            weights_[i].share[level] = static_cast<float>(from.rarity_share);
            if (level >= 2)
                weights_[i].most_unequal =
                    level == 2 ? weights_[i].base[2] : std::max(weights_[i].most_unequal, weights_[i].base[level]);
            if (level >= 2 && from.rarity_share != 0) weights_[i].most_unequal = most_ever;
        }
    }
    crossed_at_ = model.comparisons.size() >= 3 && model.comparisons[2].how == Compared::name_order ? 2 : -1;
    prior_bits_ = static_cast<float>(model.prior_bits());
    relations_.assign(model.relations.size(), {});
    for (std::size_t relation = 0; relation < model.relations.size(); ++relation) {
        const Relation& from = model.relations[relation];
        RelationWeights& to = relations_[relation];
        to.by_value = from.by_value;
        to.bits.resize(model.comparisons.size());
        if (from.share <= 0) continue;
        to.share_bits = static_cast<float>(std::log2(from.share));
        for (std::size_t at = 0; at < from.chances.size(); ++at) {
            if (from.chances[at].empty()) continue;
            to.touched |= 1u << at;
            for (std::size_t level = 1; level < from.chances[at].size(); ++level) {
                to.bits[at][level] =
                    static_cast<float>(std::log2(from.chances[at][level] / model.comparisons[at].levels[level].u));
            }
        }
    }
}

float Comparer::relation_bits(std::size_t relation, const Row& a, const Row& b, const Outcome& outcome,
                              Shared& shared) const {
    const RelationWeights& of = relations_[relation];
    float bits = 0;
    for (std::uint32_t left = of.touched; left != 0; left &= left - 1) {
        const auto at = static_cast<std::size_t>(std::countr_zero(left));
        const std::size_t level = outcome.level(at);
        bits += of.bits[at][level];
        const Weights& weights = weights_[at];
        if (of.by_value && weights.share[level] != 0)
            bits += weights.share[level] * (shared_bits(at, a, b, outcome, shared) - weights.mean[level]);
    }
    return bits;
}

void Comparer::weigh(const Row& a, const Row& b, const Outcome& outcome, std::span<float> bits) const {
    Shared shared;
    bits[0] = 0;
    for (std::size_t at = 0; at < weights_.size(); ++at) {
        if (outcome.level(at) != 0) bits[0] += weight_of(at, a, b, outcome, shared);
    }
    for (std::size_t relation = 0; relation < relations_.size(); ++relation)
        bits[1 + relation] = relation_bits(relation, a, b, outcome, shared);
}

float Comparer::score(const Row& a, const Row& b, const Outcome& outcome, Shared& shared) const {
    float other = 1;
    for (std::size_t relation = 0; relation < relations_.size(); ++relation) {
        if (relations_[relation].touched == 0) continue;
        const float bits = relations_[relation].share_bits + relation_bits(relation, a, b, outcome, shared);
        if (bits > -8) other += std::exp2(std::min(bits, 100.f));
    }
    return outcome.bits + prior_bits_ - std::log2(other);
}

void Comparer::count(unsigned threads) {
    detail::parallel(data_->slots().size(), threads, [&](std::size_t slot, unsigned) {
        if (data_->slots()[slot].kind == Kind::date) return;
        const auto counts = data_->counts(slot);
        double records = 0;
        for (const auto count : counts) records += count;
        const auto exactly = [&](std::uint32_t count) {
            return static_cast<float>(std::log2(std::max(records, 1.0) / std::max<double>(count, 2)));
        };
        std::array<float, 64> of_few{};  // nearly every value is one that few have
        for (std::uint32_t few = 0; few < of_few.size(); ++few) of_few[few] = exactly(few);
        const auto bits = [&](std::uint32_t count) { return count < of_few.size() ? of_few[count] : exactly(count); };
        rarity_[slot].resize(counts.size());
        for (std::size_t value = 0; value < counts.size(); ++value) rarity_[slot][value] = bits(counts[value]);
        if (data_->slots()[slot].dictionary == 0) {
            std::vector<std::uint32_t> tokens(counts.size());
            const bool family = data_->slots()[slot].kind == Kind::family_name;
            for (std::uint32_t value = 1; value < counts.size(); ++value) {
                const NameParts& parts = data_->name(value);
                tokens[family ? parts.family_key : parts.given_key] += counts[value];
            }
            token_rarity_[slot].resize(counts.size());
            for (std::size_t value = 0; value < counts.size(); ++value)
                token_rarity_[slot][value] = bits(tokens[value]);
        }
    });
}

float Comparer::token_rarity(std::size_t slot, std::uint32_t value) const {
    const Frequencies& known = model_->frequencies[slot];
    // Key tokens are kept under another hash, so that they do not mix with whole names.
    const double count = std::max<double>(known.count(~detail::hash_of(data_->view(slot, value))), 2);
    return static_cast<float>(std::log2(std::max(known.records, 2.0) / count));
}

void Comparer::extend(unsigned threads) {
    detail::parallel(data_->slots().size(), threads, [&](std::size_t slot, unsigned) {
        if (data_->slots()[slot].kind == Kind::date) return;
        const bool name = data_->slots()[slot].dictionary == 0;
        const std::uint32_t end = data_->dictionary(slot).size();
        for (auto value = static_cast<std::uint32_t>(rarity_[slot].size()); value < end; ++value) {
            rarity_[slot].push_back(model_rarity(slot, value));
            if (name) token_rarity_[slot].push_back(token_rarity(slot, value));
        }
    });
}

void Comparer::welcome(const Visit& visit) {
    for (std::size_t slot = 0; slot < data_->slots().size(); ++slot) {
        if (data_->slots()[slot].dictionary != 0) continue;
        for (std::uint32_t value = visit.names_begin; value < visit.names_end; ++value) {
            token_rarity_[slot][value] = token_rarity(slot, value);
        }
    }
}

std::size_t Comparer::name_level(bool family, std::uint32_t a, std::uint32_t b, Memory& memory) const {
    using namespace level_of::name;
    if (a == b) return level_of::equal;
    if (a > b) std::swap(a, b);
    const std::uint64_t key =
        static_cast<std::uint64_t>(a) << 36 | static_cast<std::uint64_t>(b) << 8 | (family ? 0x10 : 0x20);
    std::uint64_t& place = memory.place(key);
    if ((place & ~std::uint64_t{15}) == key) return place & 15;
    const NameParts& parts_a = data_->name(a);
    const NameParts& parts_b = data_->name(b);
    if (certainly_different(parts_a, parts_b, family)) {
        place = key | different;
        return different;
    }
    const std::uint32_t key_a = family ? parts_a.family_key : parts_a.given_key;
    const std::uint32_t key_b = family ? parts_b.family_key : parts_b.given_key;
    const auto text = [&](std::uint32_t name) { return data_->names()[name]; };
    const auto alike = [&](std::uint32_t one, std::uint32_t other) {
        const NameParts& of_one = data_->name(one);
        const NameParts& of_other = data_->name(other);
        const bool same_start = same_first_byte(of_one.head, of_other.head);
        if (!may_be_similar(of_one.sketch, of_other.sketch, same_start, like_enough)) return 0.0;
        return names::jaro_winkler(text(one), text(other), like_enough);
    };
    // The texts come last: they are far away in memory.
    const auto compared = [&] {
        if (parts_a.compact == parts_b.compact || parts_a.bag == parts_b.bag) return variant;
        if (parts_a.length == 1 || parts_b.length == 1)
            return same_first_byte(parts_a.head, parts_b.head) ? initial : different;
        const bool one_word = parts_a.tokens == 1 || parts_b.tokens == 1;
        const bool share = key_a == key_b || (parts_a.tokens + parts_b.tokens > 2 &&
                                              (parts_a.words & parts_b.words) != 0 && share_word(text(a), text(b)));
        if (share && one_word) return part;
        const double similar = alike(a, b);
        if (similar >= very_like || (std::min(parts_a.length, parts_b.length) >= 4 &&
                                     may_be_within_one(parts_a.head, parts_b.head) && within_one(text(a), text(b))))
            return very_close;
        if (share) return contains_words(text(a), text(b)) || contains_words(text(b), text(a)) ? part : shared;
        const std::uint32_t sound_a = family ? parts_a.family_skeleton : parts_a.given_skeleton;
        const std::uint32_t sound_b = family ? parts_b.family_skeleton : parts_b.given_skeleton;
        if (sound_a == sound_b || similar >= like_enough) return close;
        return parts_a.tokens + parts_b.tokens > 2 && alike(key_a, key_b) >= like_enough ? close : different;
    };
    const std::size_t level = compared();
    place = key | level;
    return level;
}

std::size_t Comparer::names(const Row& a, const Row& b, std::size_t given, std::size_t family, Memory& memory,
                            std::size_t& given_level, std::size_t& family_level) const {
    const std::uint32_t one[4] = {a.value[given], b.value[given], a.value[family], b.value[family]};
    if (one[0] != 0 && one[1] != 0 && one[2] != 0 && one[3] != 0 &&
        ((one[0] | one[1] | one[2] | one[3]) & Dataset::several) == 0) {
        // One name each: by far the most frequent case, and the same as what follows.
        given_level = name_level(false, one[0], one[1], memory);
        family_level = name_level(true, one[2], one[3], memory);
        if (given_level == level_of::equal || family_level == level_of::equal) return 1;
        const NameParts& first_a = data_->name(one[0]);
        const NameParts& first_b = data_->name(one[1]);
        if (first_a.given_initial != data_->name(one[3]).family_initial &&
            first_b.given_initial != data_->name(one[2]).family_initial)
            return 1;
        const std::size_t crossed_given = name_level(false, one[0], one[3], memory);
        const std::size_t crossed_family = name_level(true, one[2], one[1], memory);
        if (crossed_given + crossed_family + 2 > given_level + family_level ||
            std::max(crossed_given, crossed_family) > level_of::name::close)
            return 1;
        given_level = crossed_given;
        family_level = crossed_family;
        return 2;
    }
    const auto given_a = data_->values(a.value[given]);
    const auto given_b = data_->values(b.value[given]);
    const auto family_a = data_->values(a.value[family]);
    const auto family_b = data_->values(b.value[family]);
    const auto best_level = [&](bool as_family, std::span<const std::uint32_t> left,
                                std::span<const std::uint32_t> right) {
        if (left.empty() || right.empty()) return level_of::missing;
        std::size_t best = levels_max;
        for (const auto x : left) {
            for (const auto y : right) best = std::min(best, name_level(as_family, x, y, memory));
        }
        return best;
    };
    given_level = best_level(false, given_a, given_b);
    family_level = best_level(true, family_a, family_b);
    const bool all = !given_a.empty() && !given_b.empty() && !family_a.empty() && !family_b.empty();
    if (!all) {
        // A record with one name only: it may be the other record's other name.
        const bool lone_a = given_a.empty() != family_a.empty() && !given_b.empty() && !family_b.empty();
        const bool lone_b = given_b.empty() != family_b.empty() && !given_a.empty() && !family_a.empty();
        if ((lone_a || lone_b) && std::max(given_level, family_level) == level_of::name::different) {
            const bool lone_is_given = lone_a ? family_a.empty() : family_b.empty();
            const auto lone = lone_a ? (lone_is_given ? given_a : family_a) : (lone_is_given ? given_b : family_b);
            const auto full = lone_a ? (lone_is_given ? family_b : given_b) : (lone_is_given ? family_a : given_a);
            const std::size_t crossed = best_level(lone_is_given, lone, full);
            if (crossed <= level_of::name::close) {
                given_level = lone_is_given ? level_of::missing : crossed;
                family_level = lone_is_given ? crossed : level_of::missing;
                return 2;
            }
        }
        return level_of::missing;
    }
    if (given_level == level_of::equal || family_level == level_of::equal) return 1;
    const NameParts& first_a = data_->name(given_a[0]);
    const NameParts& first_b = data_->name(given_b[0]);
    const NameParts& last_a = data_->name(family_a[0]);
    const NameParts& last_b = data_->name(family_b[0]);
    if (first_a.given_initial != last_b.family_initial && first_b.given_initial != last_a.family_initial) return 1;
    const std::size_t crossed_given = best_level(false, given_a, family_b);
    const std::size_t crossed_family = best_level(true, family_a, given_b);
    const std::size_t straight = given_level + family_level;
    if (crossed_given + crossed_family + 2 <= straight &&
        std::max(crossed_given, crossed_family) <= level_of::name::close) {
        given_level = crossed_given;
        family_level = crossed_family;
        return 2;
    }
    return 1;
}

std::size_t Comparer::values(Compared how, int slot, std::uint32_t a, std::uint32_t b, Memory& memory) const {
    if (how == Compared::date) return date_level(a, b);
    if (a == b) return level_of::equal;
    const auto at = static_cast<std::size_t>(slot);
    if (how == Compared::sex || how == Compared::country) return 2;
    const ValueParts& parts_a = data_->parts(at, a);
    const ValueParts& parts_b = data_->parts(at, b);
    const bool near = may_be_within_one(parts_a.head, parts_b.head);
    switch (how) {
        case Compared::phone:
        case Compared::handle:
        case Compared::document: return near && within_one(data_->view(at, a), data_->view(at, b)) ? 2 : 3;
        case Compared::email: {
            if (near && within_one(data_->view(at, a), data_->view(at, b))) return 2;
            // Equal up to the @, which may come before or after the eighth byte.
            const std::uint64_t differing = parts_a.head ^ parts_b.head;
            if (differing != 0) {
                const int equal_bits = std::countr_zero(differing) & ~7;
                const std::uint64_t equal =
                    equal_bits == 0 ? 0 : parts_a.head & (~std::uint64_t{0} >> (64 - equal_bits));
                const std::uint64_t at_signs = equal ^ 0x4040'4040'4040'4040ull;
                if (((at_signs - 0x0101'0101'0101'0101ull) & ~at_signs & 0x8080'8080'8080'8080ull) == 0) return 4;
            }
            return before_at(data_->view(at, a)) == before_at(data_->view(at, b)) ? 3 : 4;
        }
        default: break;
    }
    const double least = how == Compared::organisation ? .93 : .92;
    if (!near && !may_be_similar(parts_a.sketch, parts_b.sketch, same_first_byte(parts_a.head, parts_b.head), least))
        return 3;
    if (a > b) std::swap(a, b);
    const std::uint64_t key = static_cast<std::uint64_t>(a) << 36 | static_cast<std::uint64_t>(b) << 8 |
                              static_cast<std::uint64_t>(slot + 3) << 4;
    std::uint64_t& place = memory.place(key);
    if ((place & ~std::uint64_t{15}) == key) return place & 15;
    const auto text_a = data_->view(at, a);
    const auto text_b = data_->view(at, b);
    const bool close = names::jaro_winkler(text_a, text_b, least) >= least ||
                       (near && text_a.size() > 3 && within_one(text_a, text_b));
    const std::size_t level = close ? 2 : 3;
    place = key | level;
    return level;
}

std::size_t Comparer::best(Compared how, int slot, std::uint32_t a, std::uint32_t b, Memory& memory) const {
    if (((a | b) & Dataset::several) == 0) return values(how, slot, a, b, memory);
    std::size_t best = levels_max;
    for (const auto x : data_->values(a)) {
        for (const auto y : data_->values(b)) best = std::min(best, values(how, slot, x, y, memory));
    }
    return best;
}

std::size_t Comparer::level(const Comparison& comparison, const Row& a, const Row& b, Memory& memory) const {
    if (comparison.how != Compared::residence) {
        const auto slot = static_cast<std::size_t>(comparison.slots[0]);
        const std::uint32_t left = a.value[slot];
        const std::uint32_t right = b.value[slot];
        if (left == 0 || right == 0) return level_of::missing;
        return best(comparison.how, comparison.slots[0], left, right, memory);
    }
    using namespace level_of::residence;
    bool said = false;
    const auto each = [&](int slot, auto&& judge) -> std::size_t {
        if (slot < 0) return 0;
        const auto left = data_->values(a.value[static_cast<std::size_t>(slot)]);
        const auto right = data_->values(b.value[static_cast<std::size_t>(slot)]);
        if (left.empty() || right.empty()) return 0;
        said = true;
        std::size_t found = levels_max;
        for (const auto x : left) {
            for (const auto y : right) found = std::min(found, judge(x, y));
        }
        return found == levels_max ? 0 : found;
    };
    const auto parts = [&](int slot, std::uint32_t value) -> const ValueParts& {
        return data_->parts(static_cast<std::size_t>(slot), value);
    };
    const auto head = [&](int slot, std::uint32_t value) { return parts(slot, value).head; };
    const auto text = [&](int slot, std::uint32_t value) { return data_->view(static_cast<std::size_t>(slot), value); };
    const std::size_t by_address = each(comparison.slots[0], [&](std::uint32_t x, std::uint32_t y) -> std::size_t {
        if (x == y) return address;
        // Neighbours are not near in this sense: the number of the house must be the same.
        const ValueParts& parts_x = parts(comparison.slots[0], x);
        const ValueParts& parts_y = parts(comparison.slots[0], y);
        if (!same_first_byte(parts_x.head, parts_y.head) || !may_start_with_same_number(parts_x.head, parts_y.head))
            return levels_max;
        if (!may_be_within_one(parts_x.head, parts_y.head) &&
            !may_be_similar(parts_x.sketch, parts_y.sketch, true, very_like))
            return levels_max;
        const std::string_view left = text(comparison.slots[0], x);
        const std::string_view right = text(comparison.slots[0], y);
        if (!same_leading_number(left, right)) return levels_max;
        return within_one(left, right) || names::jaro_winkler(left, right, very_like) >= very_like ? near_address
                                                                                                   : levels_max;
    });
    if (by_address != 0) return by_address;
    const std::size_t by_postcode = each(comparison.slots[1], [&](std::uint32_t x, std::uint32_t y) -> std::size_t {
        if (x == y) return postcode;
        const std::uint64_t head_x = head(comparison.slots[1], x);
        const std::uint64_t head_y = head(comparison.slots[1], y);
        if (((head_x ^ head_y) & 0xFFFF) != 0 && !may_be_within_one(head_x, head_y)) return levels_max;
        const std::string_view left = text(comparison.slots[1], x);
        const std::string_view right = text(comparison.slots[1], y);
        const bool district = left.size() > 4 && left.find(' ') != std::string_view::npos &&
                              left.substr(0, left.find(' ')) == right.substr(0, right.find(' '));
        return district || within_one(left, right) ? near_postcode : levels_max;
    });
    if (by_postcode == postcode) return by_postcode;
    const std::size_t by_town = each(comparison.slots[2], [&](std::uint32_t x, std::uint32_t y) -> std::size_t {
        if (x == y) return town;
        if (!may_be_within_one(head(comparison.slots[2], x), head(comparison.slots[2], y))) return levels_max;
        const std::string_view left = text(comparison.slots[2], x);
        return left.size() > 3 && within_one(left, text(comparison.slots[2], y)) ? near_town : levels_max;
    });
    if (by_postcode != 0) return by_postcode;
    if (by_town != 0) return by_town;
    return said ? elsewhere : level_of::missing;
}

float Comparer::name_rarity(int slot, bool family, std::uint32_t value) const {
    const NameParts& parts = data_->name(value);
    return token_rarity_[static_cast<std::size_t>(slot)][family ? parts.family_key : parts.given_key];
}

bool Comparer::is_crossed(const Outcome& outcome) const {
    return crossed_at_ >= 0 && outcome.level(static_cast<std::size_t>(crossed_at_)) == 2;
}

float Comparer::shared_bits(std::size_t at, const Row& a, const Row& b, const Outcome& outcome) const {
    const std::size_t level = outcome.level(at);
    const Comparison& comparison = model_->comparisons[at];
    if (level == level_of::equal && comparison.slots[0] >= 0 && !is_crossed(outcome)) {
        const auto slot = static_cast<std::size_t>(comparison.slots[0]);
        const std::uint32_t left = a.value[slot];
        if (left != 0 && left == b.value[slot] && (left & Dataset::several) == 0 && !rarity_[slot].empty())
            return rarity_[slot][left];
    }
    const auto rarest_equal = [&](int slot) {
        float most = -1;
        const auto right = data_->values(b.value[static_cast<std::size_t>(slot)]);
        for (const auto x : data_->values(a.value[static_cast<std::size_t>(slot)])) {
            for (const auto y : right) {
                if (x == y) most = std::max(most, rarity_[static_cast<std::size_t>(slot)][x]);
            }
        }
        return most;
    };
    switch (comparison.how) {
        case Compared::given_name:
        case Compared::family_name: {
            const bool family = comparison.how == Compared::family_name;
            const int slot = comparison.slots[0];
            const bool crossed = is_crossed(outcome);
            if (level == level_of::equal && !crossed) {
                const float straight = rarest_equal(slot);
                if (straight >= 0) return straight;
            }
            // Swapped, close, or sharing a part: the commoner of the two key tokens decides, as whichever name it is
            // commoner.
            const int other = crossed ? comparison.slots[1] : slot;
            auto left = data_->values(a.value[static_cast<std::size_t>(slot)]);
            auto right = data_->values(b.value[static_cast<std::size_t>(other)]);
            if (crossed && (left.empty() || right.empty())) {
                left = data_->values(a.value[static_cast<std::size_t>(other)]);
                right = data_->values(b.value[static_cast<std::size_t>(slot)]);
            }
            if (left.empty() || right.empty()) return static_cast<float>(comparison.levels[level].mean_bits);
            const float straight = std::min(name_rarity(slot, family, left[0]), name_rarity(slot, family, right[0]));
            return crossed ? std::min({straight, name_rarity(other, !family, left[0]),
                                       name_rarity(other, !family, right[0])})
                           : straight;
        }
        case Compared::residence: {
            const int slot = level <= 2 ? comparison.slots[0] : level <= 4 ? comparison.slots[1] : comparison.slots[2];
            const float found = level == 1 || level == 3 || level == 5 ? rarest_equal(slot) : -1;
            return found >= 0 ? found : static_cast<float>(comparison.levels[level].mean_bits);
        }
        case Compared::date:
        case Compared::sex:
        case Compared::name_order: return static_cast<float>(comparison.levels[level].mean_bits);
        default: {
            const float found = level == level_of::equal ? rarest_equal(comparison.slots[0]) : -1;
            return found >= 0 ? found : static_cast<float>(comparison.levels[level].mean_bits);
        }
    }
}

float Comparer::weight_of(std::size_t at, const Row& a, const Row& b, const Outcome& outcome, Shared& shared) const {
    const std::size_t level = outcome.level(at);
    const Weights& weights = weights_[at];
    float bits = weights.base[level];
    if (weights.share[level] != 0)
        bits += weights.share[level] * (shared_bits(at, a, b, outcome, shared) - weights.mean[level]);
    return bits;
}

std::size_t Comparer::lone_name(const Comparison& comparison, const Row& a, const Row& b, Memory& memory) const {
    const auto slot = static_cast<std::size_t>(comparison.slots[0]);
    std::size_t level = 0;
    for (const auto x : data_->values(a.value[slot])) {
        for (const auto y : data_->values(b.value[slot])) {
            const std::size_t found = name_level(comparison.how == Compared::family_name, x, y, memory);
            level = level == 0 ? found : std::min(level, found);
        }
    }
    return level;
}

Outcome Comparer::compare(const Row& a, const Row& b, Memory& memory, float floor, Shared& shared) const {
    Outcome outcome;
    const auto& comparisons = model_->comparisons;
    const auto set = [&](std::size_t at, std::size_t level) {
        outcome.pattern |= static_cast<std::uint64_t>(level) << (4 * at);
    };
    std::size_t at = 0;
    if (crossed_at_ >= 0) {
        std::size_t given_level = 0;
        std::size_t family_level = 0;
        const std::size_t order =
            names(a, b, static_cast<std::size_t>(comparisons[0].slots[0]),
                  static_cast<std::size_t>(comparisons[1].slots[0]), memory, given_level, family_level);
        set(0, given_level);
        set(1, family_level);
        set(2, order);
        for (; at < 3; ++at) {
            if (outcome.level(at) != 0) outcome.bits += weight_of(at, a, b, outcome, shared);
        }
    }
    // First what costs nothing to see; what needs a look at the texts is only looked at while it could still matter.
    std::uint32_t open = 0;
    float possible = 0;
    for (; at < comparisons.size(); ++at) {
        const Comparison& comparison = comparisons[at];
        std::size_t level = 0;
        if (comparison.how == Compared::residence) {
            open |= 1u << at;
            possible += most_residence(at, a, b);
            continue;
        }
        const auto slot = static_cast<std::size_t>(comparison.slots[0]);
        const std::uint32_t left = a.value[slot];
        const std::uint32_t right = b.value[slot];
        if (left == 0 || right == 0) continue;
        if (comparison.how == Compared::date) {
            level = ((left | right) & Dataset::several) == 0
                        ? date_level(left, right)
                        : best(Compared::date, comparison.slots[0], left, right, memory);
        } else if (left == right && (left & Dataset::several) == 0) {
            level = level_of::equal;
        } else if (((left | right) & Dataset::several) == 0 &&
                   (comparison.how == Compared::sex || comparison.how == Compared::country)) {
            level = 2;
        } else {
            open |= 1u << at;
            possible += ((left | right) & Dataset::several) == 0 ? weights_[at].most_unequal : most_ever;
            continue;
        }
        set(at, level);
        outcome.bits += weight_of(at, a, b, outcome, shared);
    }
    for (; open != 0 && outcome.bits + possible >= floor; open &= open - 1) {
        at = static_cast<std::size_t>(std::countr_zero(open));
        const Comparison& comparison = comparisons[at];
        const bool name = comparison.how == Compared::given_name || comparison.how == Compared::family_name;
        const std::size_t level = name ? lone_name(comparison, a, b, memory) : this->level(comparison, a, b, memory);
        if (comparison.how == Compared::residence) {
            possible -= most_residence(at, a, b);
        } else {
            const std::uint32_t either = a.value[static_cast<std::size_t>(comparison.slots[0])] |
                                         b.value[static_cast<std::size_t>(comparison.slots[0])];
            possible -= (either & Dataset::several) == 0 ? weights_[at].most_unequal : most_ever;
        }
        set(at, level);
        if (level != 0) outcome.bits += weight_of(at, a, b, outcome, shared);
    }
    outcome.bits += open != 0 ? possible : 0;
    return outcome;
}

float Comparer::most_residence(std::size_t at, const Row& a, const Row& b) const {
    const Comparison& comparison = model_->comparisons[at];
    const Weights& weights = weights_[at];
    bool said = false;
    float most = weights.base[level_of::residence::elsewhere];
    for (std::size_t part = 0; part < 3; ++part) {
        if (comparison.slots[part] < 0) continue;
        const auto slot = static_cast<std::size_t>(comparison.slots[part]);
        const std::uint32_t left = a.value[slot];
        const std::uint32_t right = b.value[slot];
        if (left == 0 || right == 0) continue;
        said = true;
        if (((left | right) & Dataset::several) != 0) return most_ever;
        if (left == right) {
            const float bits = weights.base[2 * part + 1] +
                               weights.share[2 * part + 1] * (rarity_[slot][left] - weights.mean[2 * part + 1]);
            most = std::max(most, bits);
        } else {
            most = std::max(most, weights.base[2 * part + 2]);
        }
    }
    return said ? most : 0;
}

}  // namespace tideline::link
