#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "names/detail/closeness.h"
#include "names/detail/costs.h"
#include "names/detail/tables.h"
#include "names/names.h"

/// How two names are compared: one class, its functions in a file for each theme.
namespace tideline::names::detail {

inline constexpr double whole_agrees = 0.92;  // names that are the same but for their spaces

/// One comparison under way: the smaller original first, so that both directions take the same path. What a function
/// does stands where it is defined.
class Comparer {
public:
    /// By part, whether something in the other name has been found for it.
    using Free = std::array<bool, parts_max>;

    Comparer(const Prepared& a, const Prepared& b) : tables_(tables()), a_(a), b_(b) {}

    Comparison result();

private:
    /// What disagreement costs in the score of people or of organisations.
    struct Costs {
        float contradicted, imperfect, omitted;
    };

    // ---- compare.cpp: the way through, and what it comes to
    void add(std::size_t a, std::size_t a_count, std::size_t b, std::size_t b_count, Relation relation,
             float closeness);
    void agree(std::size_t a, std::size_t a_count, std::size_t b, std::size_t b_count, Closeness close);
    void align_with_itself();
    bool is_family_or_nickname_agreed(const Prepared& longer) const;
    float one_part() const;
    static std::size_t weighty(const Prepared& name);
    void weigh(float rarity);
    void finish();

    /// Is it a company's own word, and no trade, place, number or word that many have?
    static bool tells_apart(const Part& part) {
        return part.kind == Kind::word && !says_trade(part.form) && !part.contrast && part.rarity >= costs::own_word;
    }

    // ---- single_parts.cpp: one part beside one, and which words fit
    void align_single();
    Closeness single_closeness(std::size_t i, std::size_t j, bool fathers_told) const;
    bool is_only_own_word(std::size_t i, std::size_t j) const;
    bool same_title(const Part& a, const Part& b) const;
    bool stands_first_without_father(std::size_t i, std::size_t j) const;
    static bool is_first_given(const Prepared& name, std::size_t at);
    bool initial_fits(std::size_t i, std::size_t j) const;
    bool is_country(const Part& part) const;
    bool abbreviates(const Prepared& name, std::size_t at, const Part& whole) const;

    // ---- joined_parts.cpp: what is one word here and two or three there
    void align_joined(bool exactly);
    void join_spans(const Prepared& several, const Free& used_several, const Prepared& one, const Free& used_one,
                    bool swapped, bool exactly);
    bool is_joined_surely(std::span<const Part> parts, const Part& whole) const;
    bool is_one_of_them(const Prepared& several, std::span<const Part> parts, const Prepared& one,
                        const Part& whole) const;
    void align_cut_elsewhere();
    Closeness joined_exactly(const Prepared& several, std::span<const Part> parts, const Prepared& one,
                             const Part& whole) const;
    Closeness joined_closeness(const Prepared& several, std::span<const Part> parts, const Prepared& one,
                               const Part& whole, float least) const;

    // ---- acronyms.cpp: letters and what they stand for
    /// By part, the numbers of letters from which on it is known not to go on.
    using DeadEnds = std::array<std::uint32_t, parts_max + 1>;
    void align_acronyms(bool surely);
    std::size_t initials_matched(const Prepared& name, const Part& part, std::string_view letters) const;
    std::size_t initials_end(const Prepared& longer, const Free& used, std::size_t at, std::string_view letters,
                             DeadEnds& dead) const;
    void acronym(const Prepared& shorter, const Free& used_shorter, const Prepared& longer, const Free& used_longer,
                 bool surely, bool swapped);

    // ---- left_over_parts.cpp: slips, contradictions, what only one of the names has
    void align_slips();
    void contradict_or_omit();
    bool is_name_of_a_tribe(std::size_t at_a, std::size_t at_b) const;
    bool both_left_out(const Part& a, const Part& b) const;
    bool is_muhammad_beside(const Part& a, const Part& b) const;
    float omitted_factor(const Part& part, const Prepared& other) const;
    void omit(const Part& part, std::size_t at, bool of_a);
    bool makes_another_name(const Part& part, std::size_t at, const Prepared& name, const Prepared& other) const;
    bool tells_line(const Part& line, const Prepared& other) const;
    bool is_often_left_out(const Part& part) const;
    bool is_followed_by_father(const Prepared& name, const Free& used, std::size_t at) const;
    bool same_place(const Part& a, const Part& b) const;
    bool is_of_the_state(const Part& part) const;
    bool is_group_in_chinese(const Prepared& name) const;

    // ---- order_and_marks.cpp: generations, sexes, fathers, and parts that changed places
    void compare_sides_notes();
    bool middle_initials_differ() const;
    bool marks_contradict() const;
    int relation_before(const Prepared& name, std::size_t at) const;
    static bool has_comma(const Prepared& name);
    bool father_and_child_changed_places() const;
    bool is_behind_child_word(const Prepared& name, std::size_t at) const;
    bool bulgarian_names_changed_places() const;
    bool order_tells() const;
    bool given_names_changed_places() const;
    bool are_given_pair(const Prepared& name, std::size_t first, std::size_t second) const;
    bool order_is_own(const Prepared& name) const;

    // ---- whole_names.cpp: names as a whole, without their spaces
    bool is_other_known_word() const;
    void compare_whole();
    void be_one_name(std::size_t edits, float rarity);

    // ---- what is compared, and what has been found so far
    const Tables& tables_;
    const Prepared& a_;
    const Prepared& b_;
    Comparison out_;
    Costs costs_ = {};
    bool company_ = false;
    bool all_equal_ = true;
    bool numbers_differ_ = false;
    bool contradicts_ = false;  // two parts stand against each other
    std::uint8_t readings_ = any_reading;
    bool chinese_only_ = true;
    bool family_agreed_ = false;
    bool number_agreed_ = false;  // of kings and popes
    bool distinctive_ = false;
    bool own_agreed_ = false;  // … otherwise than by an acronym of three letters
    Free used_a_ = {}, used_b_ = {};
    std::array<std::array<float, parts_max>, parts_max> matrix_ = {};  // how near each part of a is to each of b
    std::size_t agreeing_ = 0;
    float support_ = 0, conflict_ = 0, omitted_ = 0, child_omitted_ = 0, rarity_agreed_ = 0, rarity_among_people_ = 0;
};

}  // namespace tideline::names::detail
