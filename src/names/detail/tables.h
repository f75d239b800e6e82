#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the library knows: the tables of src/names/data/, read once at first use and never changed after.
namespace tideline::names::detail {

/// Hash table from short texts to numbers; open addressing, the texts kept in one string.
class TextMap {
public:
    TextMap() : slots_(1024) {}
    /// The number of a text, or nothing (`absent`).
    std::uint32_t find(std::string_view text) const;
    /// The number of a text, new texts getting the next one (from 0 on).
    std::uint32_t add(std::string_view text);
    std::size_t size() const { return size_; }

    static constexpr std::uint32_t absent = ~std::uint32_t{0};

private:
    struct Slot {
        std::uint32_t hash = 0, begin = 0, number = absent;
        std::uint32_t length = 0;
    };
    std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
    void grow();

    std::vector<Slot> slots_;
    std::string texts_;
    std::size_t size_ = 0;
};

/// What a code point is, to someone who reads names.
enum class LetterKind : std::uint8_t {
    separator,  ///< white space and punctuation
    letter,
    consonant,      ///< with an inherent vowel "a"
    vowel_sign,     ///< replaces the inherent vowel
    vowel_killer,   ///< removes it
    leading_vowel,  ///< written before the consonant it follows
    silencer,       ///< the letter before is not spoken
    mark,           ///< dropped
    digit,
    apostrophe,  ///< dropped, without ending a word
    han,
    hangul,
};

enum class Script : std::uint8_t {
    none,
    latin,
    cyrillic,
    greek,
    arabic,
    hebrew,
    han,
    hangul,
    kana,
    thai,
    burmese,
    indic,
    other
};

struct Letter {
    LetterKind kind = LetterKind::separator;
    Script script = Script::none;
    std::string_view latin;
};

/// What is known about a word in Latin letters. Flags: what it may be.
enum WordFlag : std::uint32_t {
    title = 1,
    generation = 2,
    particle = 4,
    father_of = 8,
    mother_of = 16,
    son_of = 32,
    daughter_of = 64,
    placeholder = 128,
    alias_marker = 256,
    company_stop = 512,
    family_first = 1024,  ///< a surname of a culture that writes it first
    mostly_given = 2048,
    mostly_family = 4096,
    surname_variant = 8192,
    company_common = 16384,
    contrast = 32768,            ///< of companies: tells one from another of like name (northern, second, red)
    samoan_title = 65536,        ///< of a chief: in front of the names of who holds it
    burmese_name = 131072,       ///< a syllable that Burmese names are made of
    burmese_honorific = 262144,  ///< Ko, Ma, Maung: titles in Burmese names, and parts of them
    often_left_out = 1048576,    ///< a name put before others and left out at will: Muhammad
    japanese_name = 2097152,     ///< a family or given name of Japan
    own_then_father = 524288,  ///< a given name of peoples who put the father's behind the own instead of a family name
    office = 4194304,          ///< of a description beside a name: what somebody is (President, spokesman)
    relation = 8388608,        ///< … whose somebody is (wife, lawyer, bodyguard)
    qualifier = 16777216,      ///< … before them (former, vice, press)
    office_of = 33554432,      ///< … between them and what they are of
    borne_by_most = 134217728,  ///< among its own people: Singh, Thi
    borne_by_many = 268435456,  ///< … Kim, Wang, Khan
    phrase_start = 67108864,    ///< the first word of a title or degree of several words (Rear Admiral)
};

struct Word {
    std::uint32_t flags = 0;
    std::uint8_t rarity = 0;                  ///< half nats among people; 0: not listed
    std::uint8_t company_rarity = 0;          ///< half nats among companies; 0: not listed
    std::uint32_t relations = 0;              ///< a bit for each number below, by hash
    std::vector<std::uint16_t> nickname_of;   ///< given names it is short for, or itself if it has short forms; sorted
    std::vector<std::uint16_t> full_name_of;  ///< those of them that it is the full form of
    std::vector<std::uint16_t> groups;        ///< spelling groups; sorted
};

/// A phrase that stands in organisations' names.
struct Phrase {
    /// own: a word that companies call themselves by (Lion, Hope), known only in order to be found in other languages.
    enum class Kind : std::uint8_t { legal_form, common, trade, place, own, number };
    Kind kind = Kind::common;
    std::uint16_t meaning =
        0;                   ///< legal forms: the kind of form (LLC…), numbers: its digits, else the meaning; 0: none
    std::uint16_t form = 0;  ///< legal forms: the form itself (GmbH)
    std::uint16_t other_meaning = 0;  ///< what else it means (조선 is Korea and shipbuilding); 0: nothing
    Kind other_kind = Kind::common;
};

/// Part::form of what is no legal form: its meaning, and in the lower half what else it means, or that it is a
/// company's own word.
inline constexpr std::uint32_t own_meaning = 0x8000;
constexpr std::uint32_t form_of(const Phrase& phrase) {
    return static_cast<std::uint32_t>(phrase.meaning) << 16 | (phrase.kind == Phrase::Kind::own ? own_meaning : 0U) |
           phrase.other_meaning;
}
/// Does it say a trade, a place or what many companies say?
constexpr bool says_trade(std::uint32_t form) { return form != 0 && (form & own_meaning) == 0; }
/// Can two words mean the same?
constexpr bool same_meaning(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t first_a = a >> 16, first_b = b >> 16, other_a = a & 0x7fff, other_b = b & 0x7fff;
    return first_a != 0 && first_b != 0 &&
           (first_a == first_b || first_a == other_b || first_b == other_a || (other_a != 0 && other_a == other_b));
}

struct Tables {
    Letter letter(char32_t code_point) const;

    TextMap word_numbers;
    std::vector<Word> words;
    const Word* word(std::string_view latin) const {
        const std::uint32_t number = word_numbers.find(latin);
        return number == TextMap::absent ? nullptr : &words[number];
    }

    /// Words that have other forms or short forms, by write_without_habit: Nadia is short for Nadezhda because Nadya
    /// is. Not of family names.
    TextMap related_spellings;
    std::vector<Word> related_words;
    /// What Part::related stands for: a word, or behind these all words of one spelling together.
    const Word& relations_of(std::uint32_t related) const {
        return related < words.size() ? words[related] : related_words[related - words.size()];
    }

    /// Spellings of people's names, and for each the names it is a spelling of (none if it has no other spelling);
    /// sorted.
    TextMap person_numbers;
    std::span<const std::uint32_t> names_of_person(std::uint32_t number) const {
        return std::span(person_names)
            .subspan(person_names_begin[number], person_names_begin[number + 1] - person_names_begin[number]);
    }
    std::vector<std::uint32_t> person_names_begin, person_names;

    /// How common the rarest three letters of a word (a–z, its beginning and its end as letters) are among people's
    /// names: eighths of the logarithm to base 2 of their count. Small: no word, but a slip in one (Qds, Tarkq).
    std::uint8_t rarest_three(std::string_view latin) const;
    std::vector<std::uint8_t> threes;

    /// Phrases by their words in Latin letters, one space between.
    TextMap phrase_numbers;
    std::vector<Phrase> phrases;
    /// Null if the words are no phrase.
    const Phrase* phrase(std::string_view latin) const {
        const std::uint32_t number = phrase_numbers.find(latin);
        return number == TextMap::absent ? nullptr : &phrases[number];
    }
    TextMap phrase_starts;                     ///< first words of phrases …
    std::vector<std::uint8_t> phrase_lengths;  ///< … and how many words the longest has
    /// The phrase of one long word that a word is a slip of (Comapny, Manufactoring); nullptr if there is none.
    const Phrase* slip_of_phrase(std::string_view latin) const;
    /// The phrase of one word that is declined in a Slavic language (тонкая, тонкой, tonkoi); nullptr if there is none.
    const Phrase* phrase_of_stem(std::string_view latin) const;
    TextMap stem_numbers;  ///< stems as they sound
    std::vector<Phrase> stems;
    TextMap phrases_less_a_letter;
    std::vector<std::uint32_t> phrase_less_a_letter;  ///< by the number of the text: which of `long_phrases`
    std::vector<std::string> long_phrases;
    TextMap unspaced_numbers;  ///< phrases that are written without spaces between, in simplified characters
    std::vector<Phrase> unspaced;
    std::size_t unspaced_bytes_max = 0;
    std::vector<std::string> meanings;
    bool is_country(std::uint32_t meaning) const { return meanings[meaning].starts_with("country "); }
    /// By meaning: a line of business that tells a company from one of its house that names none.
    std::vector<bool> tells_line;
    /// … or that tells two bodies apart of which all else is general words.
    std::vector<bool> tells_body;

    /// Readings of a Chinese character: Mandarin, Cantonese, Korean, and up to five Japanese ones. Empty if it has
    /// none.
    std::string_view mandarin(char32_t code_point) const;
    std::string_view cantonese(char32_t code_point) const;
    std::string_view korean(char32_t code_point) const;
    std::span<const std::uint16_t> japanese(char32_t code_point) const;
    std::vector<std::string> readings;
    /// The simplified form of a Chinese character; itself if it has none.
    char32_t simplified(char32_t code_point) const;

    /// Family and given names of Japan by their characters; their readings, separated by spaces.
    TextMap japanese_family_numbers, japanese_given_numbers;
    std::vector<std::string> japanese_family_readings, japanese_given_readings;

    /// Common names in scripts whose letters tell their sound badly, by spelling_units; their Latin spellings,
    /// separated by spaces.
    TextMap written_numbers;
    std::vector<std::string> written_latin;
    std::vector<std::string> written_japanese;  ///< … those of Japanese names in Chinese characters

    /// Older spelling of a Mandarin syllable (or of several) to pinyin ones.
    TextMap wade_giles_numbers;
    std::vector<std::string> pinyin_of;
    TextMap pinyin_syllables;
    /// A Cantonese syllable as spelled in Latin letters, and a pinyin one, with a space between: of one character.
    TextMap cantonese_pinyin;
    TextMap cantonese_syllables;

    /// How a unit of another script is spelled in Latin letters, and what each spelling costs.
    struct Spelling {
        std::uint32_t letters = 0;  ///< packed
        std::uint8_t length = 0;
        std::uint8_t cost = 0;  ///< tenths of a nat
    };
    /// Those of a unit that begin with a letter (a–z), or with the letter '`' those that are no letter at all.
    std::span<const Spelling> spellings_of(std::uint32_t unit_number, char letter) const {
        const auto place = static_cast<std::size_t>(letter - '`');
        if (place > 26) return {};
        const auto* begin = spellings_begin.data() + spelling_places * unit_number + place;
        return std::span(spellings).subspan(begin[0], begin[1] - begin[0]);
    }
    static constexpr std::size_t spelling_places = 27;
    /// Number of a unit, or absent if nothing was learned about it.
    std::uint32_t unit_number(char32_t unit) const;

    std::vector<Spelling> spellings;
    std::vector<std::uint8_t> cheapest_spelling;  ///< its cost; in the same order as spellings_begin, 255 for none
    std::vector<std::uint32_t> spellings_begin;   ///< by unit, and in it by the first letter
    std::vector<std::pair<char32_t, std::uint16_t>> unit_numbers;

    struct LetterRow {
        LetterKind kind = LetterKind::separator;
        Script script = Script::none;
        std::uint16_t latin = 0;
    };
    std::vector<LetterRow> letter_rows;  // up to 0x3400, then 0xA000 to 0xAC00, then from 0xF900
    std::vector<std::string> letter_texts;
    std::vector<std::pair<char32_t, char32_t>> simplified_of;         // sorted
    std::vector<std::uint16_t> mandarin_of, cantonese_of, korean_of;  // by code point less 0x3400
    std::vector<std::uint32_t> japanese_begin;
    std::vector<std::uint16_t> japanese_of;
};

/// The tables; the first call reads them (some milliseconds).
const Tables& tables();

/// Up to four letters in one number.
constexpr std::uint32_t packed(std::string_view letters) {
    std::uint32_t value = 0;
    for (const char letter : letters) value = value << 8 | static_cast<unsigned char>(letter);
    return value;
}

}  // namespace tideline::names::detail
