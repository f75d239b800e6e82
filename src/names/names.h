#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Names of people and organisations: taken apart, written in Latin letters, and compared across scripts and cultures.
///
/// Pure: no input or output, no database, no state but tables compiled into the program; every function may be called
/// from any number of threads, and gives the same answer for the same bytes. Any bytes are a name: malformed UTF-8 is
/// read as unknown letters, and what lies behind `name_bytes_max` is not read, so that time is bounded.
///
///     const Prepared asked = prepare("Юлия Петрова", Schema::person);
///     const Prepared known = prepare("PETROVA, Yuliya", Schema::person);
///     const Comparison c = compare(asked, known);
///     if (c.score >= match_threshold) puts(explain(asked, known, c).c_str());
///
/// docs/names.md says what is understood, what trained the weights, and how well it does for whom.
namespace tideline::names {

/// A longer name is compared by its first bytes.
inline constexpr std::size_t name_bytes_max = 1024;
/// More parts than this are not looked at.
inline constexpr std::size_t parts_max = 16;
/// A part in Latin letters is compared by this many of its letters.
inline constexpr std::size_t letters_max = 28;

/// From this score on two names are taken to be names of the same one. Fixed on made-up and listed names before any
/// judging file was read (docs/names.md).
inline constexpr double match_threshold = 0.70;

enum class Schema : std::uint8_t {
    person,
    organisation,
    unknown,  ///< either: a legal form makes it an organisation
};

/// What a part of a name is.
enum class Kind : std::uint8_t {
    name,         ///< a name whose place is not known
    given,        ///< a given name
    family,       ///< a family name, clan or tribal name
    patronymic,   ///< after the father: Ivanovna, Jónsdóttir, bin Salman
    initial,      ///< one letter
    nickname,     ///< in quotes or brackets
    particle,     ///< de, van, al, abu, bin
    title,        ///< Dr, Mr, Haji
    generation,   ///< Jr, III
    placeholder,  ///< FNU, XXX: says that a name is not known
    word,         ///< of an organisation's name: says something
    common_word,  ///< of an organisation's name: says little (trading, group)
    number,       ///< of an organisation's name
    legal_form,   ///< Ltd, GmbH, ООО
    ignored,      ///< the, of, and
};
/// Lower-case name of a kind, as in JSON.
std::string_view name_of(Kind kind);

/// A part of a name, ready to be compared.
struct Part {
    Kind kind = Kind::name;
    std::uint8_t length = 0;  ///< letters in `letters`
    std::uint8_t skeleton_length = 0;
    bool hyphen_before = false;  ///< joined to the part before by a hyphen
    bool comma_before = false;   ///< what stood before it is the family name
    bool hangul = false;         ///< written in Hangul
    bool han = false;            ///< written in Chinese characters
    bool sounded = false;        ///< characters that write a foreign name by their sound, as the dot between them says
    bool native = false;         ///< written in another script than Latin
    bool consonantal = false;    ///< written in Arabic letters: short vowels are left out, long ones never
    bool syllables = false;      ///< Latin letters that are syllables of Chinese, in a Chinese name
    bool pinyin = false;         ///< Latin letters that can be pinyin, in a name that may be Chinese
    bool cantonese = false;      ///< … that can be syllables of Cantonese
    bool vietnamese = false;     ///< a syllable of Vietnamese, in a Vietnamese name
    bool eastern = false;        ///< in a name of China or Korea, as its family name says
    bool japanese = false;       ///< syllables of Japanese, in a name of Japan
    bool latvian = false;        ///< with the -s of Latvian, as all of the name
    bool respelled = false;      ///< of a person's name: other spellings of it are known
    bool contrast = false;       ///< of an organisation's name: north, red, second, a town tell it from others
    std::uint8_t lost = 0;       ///< letters that a system has lost (Garc?a) …
    std::uint8_t lost_at = 0;    ///< … and how many stand before the first of them
    std::uint8_t script = 0;     ///< number of its script
    std::uint8_t rarest_three = 0;  ///< how common the rarest three letters beside each other in it are among names:
                                    ///< eighths of the logarithm to base 2 of a count
    std::uint8_t readings = 0;      ///< of Chinese characters: languages in which they are read so, one bit each
    std::array<char, letters_max> letters = {};   ///< a–z and 0–9, without marks
    std::array<char, letters_max> skeleton = {};  ///< as it sounds, roughly
    std::uint32_t letter_set = 0;                 ///< bit i: the i-th letter of the alphabet occurs in the skeleton
    std::uint32_t relations = 0;       ///< parts without a bit in common here are no short or other form of each other
    std::uint32_t known = 0;           ///< number of this spelling in the tables; 0: not known there
    std::uint32_t related = 0;         ///< number of the words whose forms and short forms are its own; 0: none
    std::uint32_t person = 0;          ///< of a person's name: number among known spellings, from 1; 0: none
    float rarity = 0;                  ///< nats: minus the logarithm of how often a name like this occurs
    float rarity_among_people = 0;     ///< … among those who have names like this one: Nguyen, Singh, Wei are no rarity
    float weight = 0;                  ///< how much it counts in the score
    std::uint16_t begin = 0, end = 0;  ///< where it stands in the original, in bytes
    std::uint16_t units_begin = 0, units_end = 0;  ///< its letters in its own script, if native
    std::uint16_t other_begin = 0, other_end = 0;  ///< other readings of it (Cantonese, Japanese), if native
    std::uint32_t form = 0;                        ///< legal forms and common words: number of the meaning

    std::string_view latin() const { return {letters.data(), length}; }
    std::string_view sound() const { return {skeleton.data(), skeleton_length}; }
};

namespace detail {
struct Preparer;
}

/// A name taken apart. Made by prepare(); cheap to move, kept as long as one likes.
class Prepared {
public:
    const std::string& original() const { return original_; }
    Schema schema() const { return schema_; }
    std::span<const Part> parts() const { return parts_; }
    /// Every part in Latin letters, lower case, in the order written, one space between; titles and the like too.
    std::string latin() const;
    /// The bytes of the original that a part was read from.
    std::string_view text_of(const Part& part) const {
        return std::string_view(original_).substr(part.begin, part.end - part.begin);
    }
    /// The other names that the same text gives: of "A also known as B" the parts are A's, and B is here.
    std::span<const Prepared> also_known_as() const { return also_; }
    /// What it says besides the names: a man's title, a woman's, a word for son or daughter of, a father's name in
    /// -dóttir, capitals for the family's name only; bits of Mark.
    enum Mark : std::uint8_t { mark_man = 1, mark_woman = 2, mark_child_of = 4, mark_dottir = 8, mark_family = 16 };
    std::uint8_t marks() const { return marks_; }
    /// True if nothing in it is a name: empty, only titles, or only placeholders.
    bool empty() const { return comparable_ == 0; }

    // For the comparison: the numbers that the tables give to the letters of a part in its own script, and other
    // readings.
    std::u32string_view units_of(const Part& part) const {
        return std::u32string_view(units_).substr(part.units_begin, part.units_end - part.units_begin);
    }
    std::span<const Part> other_readings_of(const Part& part) const {
        return std::span(other_).subspan(part.other_begin, part.other_end - part.other_begin);
    }

private:
    friend struct detail::Preparer;
    friend Prepared prepare(std::string_view, Schema);
    std::string original_;
    std::vector<Part> parts_;
    std::vector<Part> other_;
    std::vector<Prepared> also_;
    std::u32string units_;
    std::uint8_t comparable_ = 0;  // parts with weight
    std::uint8_t marks_ = 0;
    Schema schema_ = Schema::unknown;
};

/// Takes a name apart. Never fails.
Prepared prepare(std::string_view name, Schema schema);

/// Takes two names apart that are to be compared with each other. Of unknown schema: if one is an organisation's, the
/// other is read as one too (NIOC and National Iranian Oil Company).
std::pair<Prepared, Prepared> prepare_pair(std::string_view first, std::string_view second, Schema schema);

/// How two parts relate.
enum class Relation : std::uint8_t {
    equal,            ///< the same letters
    variant,          ///< another spelling of what sounds the same
    nickname,         ///< a short or pet form
    initial,          ///< one is the first letter of the other
    transliteration,  ///< the same in two scripts
    typing_error,     ///< few letters differ
    joined,           ///< written as one word here, as several there
    truncated,        ///< one was cut off
    acronym,          ///< the first letters of the words of the other
    omitted,          ///< the other name does not have it; that is not a contradiction
    contradicted,     ///< the other name has something else in its place
};
/// Lower-case name of a relation, as in JSON.
std::string_view name_of(Relation relation);

/// One row of an alignment: parts [a, a + a_count) of the first and [b, b + b_count) of the second; one count may be 0.
struct Aligned {
    std::uint8_t a = 0, a_count = 0, b = 0, b_count = 0;
    Relation relation = Relation::equal;
    float closeness = 0;  ///< 0 to 1
};

/// What two names say about each other.
struct Comparison {
    double score = 0;                 ///< 0 to 1: how well they agree; 1 for equal names
    double log_likelihood_ratio = 0;  ///< nats: evidence for the same one. Rare names that agree weigh more than common
                                      ///< ones; add it to the logarithm of the prior odds
    double rarity = 0;                ///< nats: how seldom another of their people bears the parts that agree; of each
                                      ///< row 14 at most
    bool reordered = false;           ///< the parts agree in another order
    std::uint8_t rows = 0;
    std::array<Aligned, 2 * parts_max> alignment = {};

    std::span<const Aligned> aligned() const { return std::span(alignment).first(rows); }
};

/// Compares two names. Symmetric in score and ratio; allocates nothing.
/// Of names with other names beside them (Prepared::also_known_as) the best pair counts; if it is not that of the two
/// names themselves, the alignment is empty, because its numbers could not be those of parts().
/// Names with nothing to compare (Prepared::empty) give score 0 and ratio 0, unless they are the same bytes.
Comparison compare(const Prepared& a, const Prepared& b);

/// One sentence for a person: what agrees, what differs, and what that is worth.
std::string explain(const Prepared& a, const Prepared& b, const Comparison& comparison);

/// Keys under which names that may be the same are found: two names with score at or above the threshold share at least
/// one key nearly always. Sorted, without duplicates; 64-bit hashes, stable from run to run. `words`: how many parts
/// one key is made of: 1 gives the widest blocks, 2 narrow ones (names of one part have keys of 1 only).
std::vector<std::uint64_t> blocking_keys(const Prepared& name, int words = 1);

}  // namespace tideline::names
