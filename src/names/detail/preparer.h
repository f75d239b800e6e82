#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "names/detail/fold.h"
#include "names/detail/tables.h"
#include "names/names.h"

/// How a name is taken apart: one struct, its functions in a file for each theme.
namespace tideline::names::detail {

template <class Listed>
bool is_one_of(const Listed& listed, std::string_view latin) {
    return std::find(std::begin(listed), std::end(listed), latin) != std::end(listed);
}

/// Builds one Prepared; a struct so that Prepared can befriend it. What a function does stands where it is defined.
struct Preparer {
    const Tables& tables;
    Prepared& out;
    RawWords& words;

    // ---- prepare.cpp: the way through
    /// No word of an alias, and none that is father or mother of, is longer: others need not be looked up.
    static constexpr std::size_t short_word = 5;
    void run(Schema schema);
    void person();
    void organisation();
    float rarity_of(const Part& part) const;
    void mark_latvian();
    /// Words that the tables know as one phrase: how many, none being 0, and its flags.
    struct FlaggedPhrase {
        std::size_t length = 0;
        std::uint32_t flags = 0;
    };
    FlaggedPhrase flagged_phrase_at(std::size_t at, std::uint32_t wanted) const;
    std::size_t alias_marker_at(std::size_t at) const;
    std::size_t cut_at_alias_marker();
    std::size_t name_aside(Schema schema) const;
    void add_other_names(std::size_t begin);
    void give_weight_to_what_is_there();
    void set_marks() const;

    void push(const Part& part) {
        if (out.parts_.size() < parts_max) out.parts_.push_back(part);
    }
    std::uint32_t flags_of(const RawWord& word) const {
        const Word* known = tables.word(word.latin());
        return known == nullptr ? std::uint32_t{0} : known->flags;
    }
    std::string_view text_of(const RawWord& word) const {
        return std::string_view(out.original_).substr(word.begin, word.end - word.begin);
    }
    /// Reads what is one word, into `word`, its place being that in `text`; false, and `word` as it was, if it is none
    /// or several.
    bool read_one(std::string_view text, RawWord& word) const;
    static void join(RawWord& to, const RawWord& next) {
        to.append(next.latin());
        to.end = next.end;
    }
    /// Moves the words from a place on further behind.
    void make_room(std::size_t at, std::size_t count = 1) {
        std::move_backward(words.items.begin() + static_cast<std::ptrdiff_t>(at),
                           words.items.begin() + static_cast<std::ptrdiff_t>(words.count),
                           words.items.begin() + static_cast<std::ptrdiff_t>(words.count + count));
        words.count += count;
    }
    void remove(std::size_t at, std::size_t count = 1) {
        std::move(words.items.begin() + static_cast<std::ptrdiff_t>(at + count),
                  words.items.begin() + static_cast<std::ptrdiff_t>(words.count),
                  words.items.begin() + static_cast<std::ptrdiff_t>(at));
        words.count -= count;
    }
    /// The word behind the first comma; 0 without one.
    std::size_t first_behind_comma() const {
        for (std::size_t i = 1; i < words.count; ++i)
            if (words.items[i].comma_before) return i;
        return 0;
    }

    // ---- readings.cpp: letters of a part, and other ways to read them
    bool turkic_ = false;
    Part part_of(const RawWord& word);
    void set_letters(Part& part, std::string_view latin) const;
    std::uint32_t known_otherwise(std::string_view latin) const;
    std::uint32_t related_to(const Part& part) const;
    void add_reading_without_article(Part& part);
    void write_ibn_as_bin();
    bool is_behind_semicolon(std::size_t at) const;
    bool is_korean_name() const;
    void add_other(Part& part, std::string_view latin, std::uint8_t reading = 0);
    static std::string without_scanned_digits(std::string_view latin);
    void add_scanned_reading(Part& part);
    void add_sounded_reading(Part& part);
    void add_greek_reading(Part& part);
    void add_korean_reading(Part& part);
    bool has_turkic_letter() const;
    void add_turkic_reading(Part& part);
    void set_native(Part& part, Script script);
    void add_written(Part& part, std::u32string_view units);

    // ---- eastern_names.cpp: names of China, Japan, Korea, Vietnam and Burma, in their letters, in Latin and in
    // Cyrillic ones
    bool eastern_in_cyrillic_ = false;
    struct CyrillicWord {
        std::u32string letters;
        std::string pinyin;
        bool chinese = false;
    };
    std::vector<CyrillicWord> cut_cyrillic_ = {};  // for whoever asks again
    std::size_t japanese_family(std::string_view text, const std::vector<std::size_t>& starts) const;
    void split_unspaced_names();
    void split_burmese();
    void add_other_readings(Part& part, std::u32string_view characters);
    void add_surname_readings(Part& part, char32_t character);
    void add_japanese_name(Part& part, const TextMap& numbers, const std::vector<std::string>& readings);
    bool is_eastern_in_cyrillic();
    bool cut_cyrillic(std::u32string_view letters, std::string& pinyin);
    void add_eastern_readings();
    void mark_syllables();
    void mark_vietnamese();
    void mark_japanese();

    // ---- descriptions.cpp: what somebody is, and whose, cut off
    /// A description of office or relation that begins at a word: former Press Secretary, Russian Foreign Minister.
    struct Description {
        std::size_t end = 0;        ///< behind its last word of office or relation; 0: there is none
        bool only_title = true;     ///< nothing but one word that is a title too
        bool relation_only = true;  ///< whose somebody is, and no office
    };
    std::size_t body_or_place_at(std::size_t at, bool& place) const;
    Description description_at(std::size_t at) const;
    std::size_t end_of_object(std::size_t at) const;
    std::size_t names_before(std::size_t at) const;
    bool is_known_name(const RawWord& word) const;
    bool is_possessive(const RawWord& word) const;
    void cut_descriptions();
    void cut_realm();
    void cut_description_behind();
    std::size_t address_in_front() const;
    void cut_description_in_front();
    void cut_front(std::size_t count);

    // ---- person_cuts.cpp: words of people that are two names, or half of one
    void split_arabic_articles();
    void cut_title_behind();
    void cut_thai_title();
    void cut_glued_title();
    void split_initials();
    void join_of_the_faith();
    void bring_back_beginning();
    void join_compounds();

    // ---- person_roles.cpp: titles, particles, fathers, given and family names
    struct Roles {
        std::array<Kind, raw_words_max> kind;
        std::array<std::uint32_t, raw_words_max> flags;  // what the tables say of each word
        std::size_t names = 0;                           // how many are names
    };
    bool is_native_doctor(std::size_t at) const;
    bool alone(std::size_t at) const;
    std::size_t samoan_titles() const;
    bool is_burmese_honorific(std::size_t at) const;
    bool is_roman_numeral(std::size_t at) const;
    bool is_vietnamese_le() const;
    void flag_phrases(Roles& roles) const;
    bool is_eastern_syllable(std::size_t at, const Roles& roles) const;
    void tell_families_from_fathers(Roles& roles) const;
    Roles kinds_of_words() const;
    bool place_by_capitals(Roles& roles, std::span<const std::size_t> names) const;
    void place_names(Roles& roles) const;

    // ---- company_cuts.cpp: words of organisations that are two, or part of one
    std::array<bool, raw_words_max> joined_ = {};
    void split_glued_digits();
    bool is_form_with(std::size_t at) const;
    void join_single_letters();
    void cut_arabic_articles();
    void cut_elisions();
    void cut_unspaced_forms(std::vector<std::pair<std::size_t, Phrase>>& cut);

    // ---- company_parts.cpp: legal forms, numbers, trades, and what is a company's own
    bool is_form_here(std::size_t at) const;
    std::size_t phrase_at(std::size_t at, Phrase& found) const;
    bool has_legal_form() const;
    bool has_company_word() const;
    Part company_word(const RawWord& word);
    void be_phrase(Part& part, const Phrase& phrase) const;
    void be_number(Part& part, std::string_view digits) const;
    void be_own_word(Part& part) const;
    bool is_written_out(const Part& part) const;
    void join_tens();
    void mend_common_words();
    void set_register_numbers_aside();
    void set_branch_aside();
    void drop_repeated_in_brackets();
    void drop_own_acronym();
    bool is_pinyin(std::string_view latin) const;
    void mark_company_syllables();
};

}  // namespace tideline::names::detail
