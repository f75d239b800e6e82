#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "link/dataset.h"
#include "link/model.h"

/// Finding the pairs that are worth comparing, without looking at all of them.
namespace tideline::link {

/// Blocks that were too big to compare: said in every report, so that nobody takes silence for "no match".
struct SkippedBlock {
    std::string rule;
    std::string key;                    ///< the value that all of them share, for a person
    std::size_t records = 0;            ///< in the block
    std::size_t compared_in_parts = 0;  ///< of these, records that were still compared within a finer block
};

/// The keys of a row under some pieces: none, one, or several if the row has several values.
void keys_of(const Dataset& data, std::span<const BlockingRule::Piece> pieces, const Row& row,
             std::vector<std::uint64_t>& keys);
/// What a key stands for, for people.
std::string describe_key(const Dataset& data, std::span<const BlockingRule::Piece> pieces, const Row& row);

struct BlockSource;
struct BlockScratch;

/// The blocks of every rule over a dataset.
class Blocks {
public:
    /// Builds the blocks. Rules with block_max 0 get the largest size that keeps the rule's pairs within
    /// `pairs_per_record` per record; the sizes chosen are written into the rules.
    Blocks(const Dataset& data, std::vector<BlockingRule>& rules, double pairs_per_record, unsigned threads);

    struct Rule {
        std::vector<std::uint32_t> members;  ///< records, block after block
        std::vector<std::uint32_t> starts;   ///< where each block begins in members; one more for the end
        std::uint64_t pairs = 0;
        std::size_t blocks() const { return starts.empty() ? 0 : starts.size() - 1; }
        std::span<const std::uint32_t> block(std::size_t at) const {
            return {members.data() + starts[at], members.data() + starts[at + 1]};
        }
    };
    const std::vector<Rule>& rules() const { return rules_; }
    const std::vector<SkippedBlock>& skipped() const { return skipped_; }
    std::size_t skipped_blocks() const { return skipped_count_; }

    /// Whether no rule before `rule` puts the two records into one block: each pair is compared once.
    bool first_met(std::size_t rule, std::uint32_t a, std::uint32_t b) const {
        const std::uint32_t* left = &block_of_[a * stride_];
        const std::uint32_t* right = &block_of_[b * stride_];
        Lanes met{};
        std::size_t at = 0;
        for (; at + lanes <= rule; at += lanes) {
            const Lanes x = load(left + at);
            met |= static_cast<Lanes>((x == load(right + at)) & (x != 0));
        }
        for (; at < rule; ++at) met[0] |= left[at] == right[at] && left[at] != 0 ? 1u : 0u;
        return (met[0] | met[1] | met[2] | met[3]) == 0;
    }
    void prefetch(std::uint32_t record) const {
        __builtin_prefetch(&block_of_[record * stride_]);
        __builtin_prefetch(&block_of_[record * stride_ + 16]);
    }
    /// Forgets the rules for which `keep` is false; their pairs are no longer found.
    void keep_only(const std::vector<bool>& keep, unsigned threads);
    /// All rules under which the two records meet, as bits.
    std::uint32_t met_under(std::uint32_t a, std::uint32_t b) const;
    std::size_t bytes() const;
    /// What blocks take, in bytes, before there are any; estimated from above.
    struct BytesNeeded {
        std::size_t building = 0;
        std::size_t built = 0;
    };
    static BytesNeeded bytes_needed(const std::vector<BlockingRule>& rules, std::size_t records, unsigned threads);

private:
    static constexpr std::size_t lanes = 4;
    static std::size_t stride_of(std::size_t rules) { return (rules + lanes - 1) / lanes * lanes; }
    using Lanes = std::uint32_t __attribute__((vector_size(16)));
    static Lanes load(const std::uint32_t* from) {
        Lanes lanes_value;
        __builtin_memcpy(&lanes_value, from, sizeof lanes_value);
        return lanes_value;
    }
    void build(const BlockSource& source, BlockScratch& scratch, BlockingRule& rule, std::size_t at,
               double pairs_per_record, std::vector<SkippedBlock>& skipped, std::size_t& skipped_count);

    std::vector<Rule> rules_;
    std::vector<std::uint32_t> block_of_;  // per record, per rule: its block + 1
    std::size_t stride_ = 0;
    std::vector<SkippedBlock> skipped_;
    std::size_t skipped_count_ = 0;
};

}  // namespace tideline::link
