#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "link/dataset.h"
#include "link/model.h"

/// Comparing two rows under a model: the inner loop of linking.
namespace tideline::link {

/// The outcome of comparing two rows.
struct Outcome {
    std::uint64_t pattern = 0;  ///< the level of comparison i in bits [4i, 4i+4)
    float bits = 0;             ///< sum of the weights, without the prior
    std::size_t level(std::size_t comparison) const { return pattern >> (4 * comparison) & 15; }
};

/// What one thread remembers of value pairs that it compared before. Lossy: a newer pair takes an older one's place.
class Memory {
public:
    /// Room for 2^bits pairs.
    explicit Memory(unsigned bits = 15) : shift_(64 - bits), slots_(std::size_t{1} << bits) {}
    /// The place for a pair of values under a comparison.
    std::uint64_t& place(std::uint64_t key) { return slots_[(key * 0x9E3779B97F4A7C15ull) >> shift_]; }

private:
    unsigned shift_;
    std::vector<std::uint64_t> slots_;
};

/// Compares rows of one dataset. Comparing is safe from several threads, each with its own Memory.
class Comparer {
public:
    /// `own_frequencies`: rarity as counted in the dataset itself; otherwise as the model has it.
    Comparer(const Dataset& data, const Model& model, bool own_frequencies, unsigned threads = 1);

    /// Levels, and the sum of log2(m/u) with rarity: what unrelated people would be weighed by. As soon as the sum
    /// cannot reach `floor` the pair is given up: then bits is an upper bound below the floor, and the pattern is not
    /// complete.
    Outcome compare(const Row& a, const Row& b, Memory& memory, float floor = -1e9f) const {
        Shared shared;
        return compare(a, b, memory, floor, shared);
    }
    /// The score in bits, prior included, given the outcome: what related people have in common is taken off.
    float score(const Row& a, const Row& b, const Outcome& outcome) const {
        Shared shared;
        return score(a, b, outcome, shared);
    }
    /// compare and score at once; below `floor` the score is only an upper bound.
    float score(const Row& a, const Row& b, Memory& memory, float floor = -1e9f) const {
        Shared shared;
        const Outcome outcome = compare(a, b, memory, floor - prior_bits_, shared);
        const float before = outcome.bits + prior_bits_;
        return before < floor ? before : score(a, b, outcome, shared);
    }
    /// What an outcome of compare() weighs by now; its levels stay what they were. First against unrelated people;
    /// then, relation by relation, log2 of (chance under it / chance among unrelated people), without the relation's
    /// share. `bits` has one place more than the model has relations.
    void weigh(const Row& a, const Row& b, const Outcome& outcome, std::span<float> bits) const;

    /// Asks for what comparing this row will look at first.
    void prefetch(const Row& row) const {
        if (crossed_at_ < 0) return;
        for (const int slot : {model_->comparisons[0].slots[0], model_->comparisons[1].slots[0]}) {
            const std::uint32_t value = row.value[static_cast<std::size_t>(slot)];
            if (value != 0 && (value & Dataset::several) == 0) __builtin_prefetch(&data_->name(value));
        }
    }

    /// Weight of one comparison at this outcome, with the rarity of what is shared.
    float weight_of(std::size_t comparison, const Row& a, const Row& b, const Outcome& outcome) const {
        Shared shared;
        return weight_of(comparison, a, b, outcome, shared);
    }

    /// Takes over changed m and u (same comparisons).
    void set_weights(const Model& model);
    /// Makes room for values that the dataset has learned since; rarity as the model has it.
    void extend(unsigned threads = 1);
    /// Looks up how rare the words are that a visit to the dataset brought along (its other new values nobody shares).
    /// Safe while others compare.
    void welcome(const Visit& visit);

    /// Kinds of values whose frequency is watched while records come and go: one number shared by a hostel, an agency
    /// or an airline says nothing about its many holders, whatever the model learned of it.
    static bool is_damped(Kind kind) {
        return kind == Kind::phone || kind == Kind::email || kind == Kind::document || kind == Kind::address ||
               kind == Kind::handle;
    }
    /// Tells how many records have a value now; true if that changes what agreement on it weighs. It changes only in
    /// steps of two, from hub_holders on.
    bool set_holders(std::size_t slot, std::uint32_t value, std::uint32_t holders);
    /// The same for all values, by counting the dataset.
    void count_holders();
    static constexpr std::uint32_t hub_holders = 8;

    /// Rarity in bits of the value that carries an agreement at this level; the level's mean if there is none.
    float shared_bits(std::size_t comparison, const Row& a, const Row& b, const Outcome& outcome) const;
    const Model& model() const { return *model_; }
    const Dataset& data() const { return *data_; }
    /// -log2 of the share of records that have a value of the slot.
    float rarity(std::size_t slot, std::uint32_t value) const { return rarity_[slot][value]; }

private:
    static constexpr float most_ever = 60;  // bits; no comparison weighs more
    struct Weights {
        std::array<float, levels_max> base{};   // log2(m/u)
        std::array<float, levels_max> mean{};   // Level::mean_bits
        std::array<float, levels_max> share{};  // Level::rarity_share
        float most_unequal = 0;                 // the highest weight of a level that is not equality
    };
    /// shared_bits() of one pair, as far as they were asked for: every class of pairs weighs them.
    struct Shared {
        std::uint32_t known = 0;  // comparisons, as bits
        std::array<float, fields_max> bits;
    };
    float shared_bits(std::size_t at, const Row& a, const Row& b, const Outcome& outcome, Shared& shared) const {
        if ((shared.known >> at & 1) == 0) {
            shared.known |= 1u << at;
            shared.bits[at] = shared_bits(at, a, b, outcome);
        }
        return shared.bits[at];
    }
    Outcome compare(const Row& a, const Row& b, Memory& memory, float floor, Shared& shared) const;
    float score(const Row& a, const Row& b, const Outcome& outcome, Shared& shared) const;
    float relation_bits(std::size_t relation, const Row& a, const Row& b, const Outcome& outcome, Shared& shared) const;
    float weight_of(std::size_t comparison, const Row& a, const Row& b, const Outcome& outcome, Shared& shared) const;
    std::size_t names(const Row& a, const Row& b, std::size_t given, std::size_t family, Memory& memory,
                      std::size_t& given_level, std::size_t& family_level) const;
    std::size_t level(const Comparison& comparison, const Row& a, const Row& b, Memory& memory) const;
    std::size_t best(Compared how, int slot, std::uint32_t a, std::uint32_t b, Memory& memory) const;
    std::size_t values(Compared how, int slot, std::uint32_t a, std::uint32_t b, Memory& memory) const;
    std::size_t name_level(bool family, std::uint32_t a, std::uint32_t b, Memory& memory) const;
    std::size_t lone_name(const Comparison& comparison, const Row& a, const Row& b, Memory& memory) const;
    float most_residence(std::size_t comparison, const Row& a, const Row& b) const;
    void count(unsigned threads);
    bool is_crossed(const Outcome& outcome) const;
    float model_rarity(std::size_t slot, std::uint32_t value) const;
    float name_rarity(int slot, bool family, std::uint32_t value) const;
    float token_rarity(std::size_t slot, std::uint32_t value) const;

    const Dataset* data_;
    const Model* model_;
    bool own_;
    std::vector<Weights> weights_;
    struct RelationWeights {
        float share_bits = 0;
        bool by_value = true;
        std::uint32_t touched = 0;  // comparisons, as bits
        std::vector<std::array<float, levels_max>> bits;
    };
    std::vector<RelationWeights> relations_;
    float prior_bits_ = 0;
    int crossed_at_ = -1;                             // the comparison that says whether the names changed places
    std::vector<detail::LargeVector<float>> rarity_;  // per slot, by value
    std::vector<std::vector<std::uint8_t>> damping_;  // per slot, by value: log2 of the holders, 0 below hub_holders
    std::vector<detail::LargeVector<float>> token_rarity_;  // names only: of the key token as such
};

}  // namespace tideline::link
