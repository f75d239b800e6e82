#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "link/dataset.h"
#include "link/fields.h"

/// The probabilistic model: what agreement and disagreement say about two records.
///
/// Fellegi and Sunter 1969: for each comparison and level, m is the chance of that level among records of one person
/// and u among records of different people; log2(m/u) is its weight in bits, and weights add up. Agreement on a value
/// counts by how rare the value is (Newcombe 1959; Winkler 2000): its u is the share of records that have it.
namespace tideline::link {

/// How a comparison looks at its slots.
enum class Compared : std::uint8_t {
    given_name,
    family_name,
    name_order,
    date,
    sex,
    country,
    phone,
    email,
    document,
    residence,
    handle,
    organisation,
    code
};

/// One outcome of a comparison.
struct Level {
    std::string name;
    double m = 0.5;
    double u = 0.5;
    double mean_bits = 0;     ///< mean rarity, in bits, of the values that random pairs share at this level
    double rarity_share = 0;  ///< how much of a value's own rarity beyond that counts (1 for equality)
};

inline constexpr std::size_t levels_max = 16;  ///< four bits a comparison in a pattern

/// One thing that is looked at in a pair. Level 0 stands for "one of the two does not say" and weighs nothing.
struct Comparison {
    std::string name;
    Compared how = Compared::code;
    std::array<int, 3> slots{-1, -1, -1};  ///< -1: not there; residence uses address, postcode, city
    std::vector<Level> levels;
    double weight(std::size_t level) const;  ///< log2(m/u)
};

/// A way in which two different people can have to do with each other: relatives share a family name, an address and a
/// telephone; colleagues and guests of one hostel an address and an employer; compatriots kinds of names. Pairs of
/// different people are a mixture of these and of the unrelated (for whom u stands), so that what relatives share does
/// not pass for identity. A comparison that the relation does not touch has no chances here and follows u.
struct Relation {
    std::string name;
    double share = 1e-6;   ///< of all pairs of records
    bool by_value = true;  ///< they share the very value, however rare; otherwise they only draw from fewer values
    std::vector<std::vector<double>> chances;  ///< per comparison: nothing, or a chance for every level
};

/// How often the values of a slot occur. Kept by hash, only what occurs more than once.
struct Frequencies {
    double records = 0;                                           ///< records that have a value
    std::vector<std::pair<std::uint64_t, std::uint32_t>> counts;  ///< (hash of the text, records), sorted
    std::uint32_t count(std::uint64_t hash) const;
};

/// One way of finding pairs that are worth comparing: records that agree on a key.
struct BlockingRule {
    std::string name;
    enum class Part : std::uint8_t {
        value,
        given_token,
        family_token,
        given_initial,
        family_initial,
        given_skeleton,
        family_skeleton,
        names_token,
        names_skeleton,
        year,
        month_day,
        year_month
    };
    struct Piece {
        Part part = Part::value;
        int slot = -1;
        int other = -1;    ///< the family name's slot for names_*
        int instead = -1;  ///< the slot to use if a record has nothing in `slot` (a lone name may be either)
        bool operator==(const Piece&) const = default;
    };
    std::vector<Piece> pieces;
    std::vector<Piece> finer;     ///< splits blocks that are too big
    std::uint32_t block_max = 0;  ///< records in a block; bigger ones are split, then skipped and reported
    /// Finds few matches for its pairs; worth building only while there are not too many records.
    bool coarse = false;
};

inline constexpr std::size_t rules_max = 32;

struct Model {
    Schema schema;
    std::vector<Comparison> comparisons;
    std::vector<Relation> relations;
    std::vector<BlockingRule> rules;
    std::vector<Frequencies> frequencies;  ///< per slot
    double prior = 1e-4;     ///< chance that two records of the source that the model was trained on match
    double records = 0;      ///< how many there were
    double threshold = 0.5;  ///< chance from which on two records are linked

    double prior_bits() const;
    double threshold_bits() const;
};

/// The comparisons and rules for a schema, with the m and u that people's records usually have.
Model default_model(const Schema& schema, const std::vector<Slot>& slots);

/// The model as JSON, and back; Error::invalid or Error::corrupt with the place.
std::string to_json(const Model& model);
Result<Model> parse_model(std::string_view json);

}  // namespace tideline::link
