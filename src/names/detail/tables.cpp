#include "names/detail/tables.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <numeric>

#include "base/embedded.h"
#include "base/text.h"
#include "names/detail/fold.h"
#include "names/detail/spelling_units.h"
#include "names/kernels.h"
#include "names/names.h"

namespace tideline::names::detail {

std::span<const EmbeddedFile> table_files();

namespace {

template <class Number>
std::uint64_t read_at(const char* text) {
    Number number;
    std::memcpy(&number, text, sizeof number);
    return number;
}

constexpr std::size_t both_ends_most = 16;

/// The first and the last letters of a text of up to `both_ends_most` as two numbers, which overlap in a shorter one;
/// with its length they tell it from any other.
std::pair<std::uint64_t, std::uint64_t> both_ends(std::string_view text) {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    if (text.size() >= 8) return {read_at<std::uint64_t>(begin), read_at<std::uint64_t>(end - 8)};
    if (text.size() >= 4) return {read_at<std::uint32_t>(begin), read_at<std::uint32_t>(end - 4)};
    if (text.size() >= 2) return {read_at<std::uint16_t>(begin), read_at<std::uint16_t>(end - 2)};
    return {text.empty() ? 0 : read_at<std::uint8_t>(begin), 0};
}

std::uint32_t hash_of(std::string_view text) {
    std::uint64_t hash = 0x9e3779b97f4a7c15U ^ text.size();
    const auto mix = [&hash](std::uint64_t chunk) {
        hash = (hash ^ chunk) * 0xff51afd7ed558ccdU;
        hash ^= hash >> 32;
    };
    for (; text.size() > both_ends_most; text.remove_prefix(8)) mix(read_at<std::uint64_t>(text.data()));
    const auto [first, last] = both_ends(text);
    mix(first);
    mix(last);
    return static_cast<std::uint32_t>(hash);
}

bool is_same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    return a.size() <= both_ends_most ? both_ends(a) == both_ends(b) : a == b;
}

std::string_view file(std::string_view path) {
    for (const EmbeddedFile& one : table_files()) {
        if (one.path == path) return one.bytes;
    }
    std::abort();  // the build left a table out
}

/// Calls `with(columns)` for every line that is not a comment.
template <class With>
void for_each_row(std::string_view path, With with) {
    for (const std::string_view line : text::split(file(path), '\n')) {
        if (!line.empty() && line[0] != '#') with(text::split(line, '\t'));
    }
}

int number_of(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

Script script_of(char32_t c) {
    if (c < 0x370 || (c >= 0x1e00 && c < 0x1f00) || (c >= 0xff21 && c < 0xff60) || (c >= 0x2c60 && c < 0x2c80))
        return Script::latin;
    if (c < 0x400 || (c >= 0x1f00 && c < 0x2000)) return Script::greek;
    if (c < 0x530 || (c >= 0xa640 && c < 0xa6a0)) return Script::cyrillic;
    if (c >= 0x590 && c < 0x600) return Script::hebrew;
    if ((c >= 0x600 && c < 0x780) || (c >= 0x8a0 && c < 0x900) || (c >= 0xfb50 && c < 0xff00)) return Script::arabic;
    if (c >= 0x900 && c < 0xe00) return Script::indic;
    if (c >= 0xe00 && c < 0xe80) return Script::thai;
    if (c >= 0x1000 && c < 0x10a0) return Script::burmese;
    if ((c >= 0x1100 && c < 0x1200) || (c >= 0xac00 && c < 0xd7b0)) return Script::hangul;
    if ((c >= 0x3040 && c < 0x3100) || (c >= 0xff65 && c < 0xffa0)) return Script::kana;
    return Script::other;
}

constexpr char32_t han_begin = 0x3400, han_end = 0xa000;
constexpr std::size_t rows_below_han = 0x3400;
constexpr std::size_t rows_of_a = 0xac00 - 0xa000;
constexpr std::size_t rows_of_f = 0x10000 - 0xf900;

/// The row of a code point outside Han and Hangul; the last one for what is in no table.
std::size_t row_of(char32_t c) {
    if (c < rows_below_han) return c;
    if (c >= 0xa000 && c < 0xac00) return rows_below_han + (c - 0xa000);
    if (c >= 0xf900 && c < 0x10000) return rows_below_han + rows_of_a + (c - 0xf900);
    return rows_below_han + rows_of_a + rows_of_f;
}

void read_letters(Tables& tables) {
    tables.letter_rows.resize(rows_below_han + rows_of_a + rows_of_f + 1);
    for_each_row("letters.tsv", [&](const auto& columns) {
        static constexpr std::pair<char, LetterKind> kinds[] = {
            {'L', LetterKind::letter},       {'C', LetterKind::consonant},     {'V', LetterKind::vowel_sign},
            {'H', LetterKind::vowel_killer}, {'T', LetterKind::leading_vowel}, {'K', LetterKind::silencer},
            {'M', LetterKind::mark},         {'D', LetterKind::digit}};
        const auto kind =
            std::find_if(std::begin(kinds), std::end(kinds), [&](auto k) { return k.first == columns[0][0]; })->second;
        tables.letter_texts.emplace_back(columns[1]);
        for (std::size_t at = 0; at < columns[2].size();) {
            const char32_t code = text::next(columns[2], at);
            tables.letter_rows[row_of(code)] = {kind, script_of(code),
                                                static_cast<std::uint16_t>(tables.letter_texts.size() - 1)};
        }
    });
    static constexpr char32_t dropped[] = {0x30fc, 0x200b, 0x200c, 0x200d,
                                           0x200e, 0x200f, 0xad};  // the long-vowel bar, joiners
    for (const char32_t unseen : dropped) {
        tables.letter_rows[row_of(unseen)].kind = LetterKind::mark;
    }
}

void read_han(Tables& tables) {
    tables.readings.emplace_back();  // 0: none
    tables.mandarin_of.resize(han_end - han_begin);
    tables.cantonese_of.resize(han_end - han_begin);
    tables.korean_of.resize(han_end - han_begin);
    std::vector<std::vector<std::uint16_t>> japanese(han_end - han_begin);
    for_each_row("han.tsv", [&](const auto& columns) {
        tables.readings.emplace_back(columns[1]);
        const auto reading = static_cast<std::uint16_t>(tables.readings.size() - 1);
        for (std::size_t at = 0; at < columns[2].size();) {
            const std::size_t code = text::next(columns[2], at) - han_begin;
            if (columns[0] == "mandarin") tables.mandarin_of[code] = reading;
            if (columns[0] == "korean") tables.korean_of[code] = reading;
            if (columns[0] == "cantonese") tables.cantonese_of[code] = reading;
            if (columns[0] == "japanese") japanese[code].push_back(reading);
        }
    });
    for (const auto& one : japanese) {
        tables.japanese_begin.push_back(static_cast<std::uint32_t>(tables.japanese_of.size()));
        tables.japanese_of.insert(tables.japanese_of.end(), one.begin(), one.end());
    }
    tables.japanese_begin.push_back(static_cast<std::uint32_t>(tables.japanese_of.size()));
    for_each_row("simplified.tsv", [&](const auto& columns) {
        std::size_t at = 0, to = 0;
        const char32_t simple = text::next(columns[0], to);
        while (at < columns[1].size()) tables.simplified_of.emplace_back(text::next(columns[1], at), simple);
    });
    std::sort(tables.simplified_of.begin(), tables.simplified_of.end());
    for_each_row("japanese_names.tsv", [&](const auto& columns) {
        const bool family = columns[0] == "f";
        TextMap& numbers = family ? tables.japanese_family_numbers : tables.japanese_given_numbers;
        auto& readings = family ? tables.japanese_family_readings : tables.japanese_given_readings;
        const std::uint32_t number = numbers.add(columns[1]);
        if (number == readings.size()) readings.emplace_back(columns[2]);
    });
    for_each_row("wade_giles.tsv", [&](const auto& columns) {
        tables.pinyin_syllables.add(columns[0]);
        const std::uint32_t number = tables.wade_giles_numbers.add(columns[1]);
        if (number == tables.pinyin_of.size()) tables.pinyin_of.emplace_back(columns[0]);
    });
    for_each_row("cantonese.tsv", [&](const auto& columns) {
        tables.cantonese_syllables.add(columns[0]);
        for (const std::string_view pinyin : text::split(columns[1], ' '))
            tables.cantonese_pinyin.add(std::string(columns[0]) + ' ' + std::string(pinyin));
    });
}

Word& word_at(Tables& tables, std::string_view latin) {
    const std::uint32_t number = tables.word_numbers.add(latin);
    if (number >= tables.words.size()) tables.words.resize(number + 1);
    return tables.words[number];
}

/// The short forms of one spelling are those of its other spellings: Sasha is Alexandre as well. And a rare spelling of
/// a common name is a common name.
void share_short_forms(Tables& tables) {
    std::map<std::uint16_t, std::vector<std::uint16_t>> of_group;
    std::map<std::uint16_t, std::uint8_t> commonest;
    for (const Word& word : tables.words) {
        for (const std::uint16_t group : word.groups) {
            if (word.rarity != 0)
                commonest.emplace(group, word.rarity).first->second =
                    std::min(word.rarity, commonest.emplace(group, word.rarity).first->second);
            auto& rows = of_group[group];
            rows.insert(rows.end(), word.full_name_of.begin(), word.full_name_of.end());
        }
    }
    for (Word& word : tables.words) {
        for (const std::uint16_t group : word.groups) {
            word.nickname_of.insert(word.nickname_of.end(), of_group[group].begin(), of_group[group].end());
            const auto common = commonest.find(group);
            if (common != commonest.end() && (word.rarity == 0 || common->second < word.rarity))
                word.rarity = common->second;
        }
        std::sort(word.nickname_of.begin(), word.nickname_of.end());
        word.nickname_of.erase(std::unique(word.nickname_of.begin(), word.nickname_of.end()), word.nickname_of.end());
        for (const std::uint16_t row : word.nickname_of) word.relations |= 1U << (row * 2654435761U >> 28);
        for (const std::uint16_t group : word.groups) word.relations |= 1U << (16 + (group * 2654435761U >> 28));
    }
}

/// Words that differ in how languages spell have each other's forms and short forms: they stand together as one word
/// more.
void join_relations_by_spelling(Tables& tables) {
    const auto join = [&tables](std::string_view latin) {
        const std::uint32_t number = tables.word_numbers.find(latin);
        if (latin.size() < habit_letters_least || latin.size() > letters_max || number == TextMap::absent ||
            (tables.words[number].flags & WordFlag::surname_variant) != 0)
            return;
        std::array<char, letters_max> room;
        const std::uint32_t place = tables.related_spellings.add({room.data(), write_without_habit(latin, room)});
        if (place == tables.related_words.size()) tables.related_words.emplace_back();
        Word& all = tables.related_words[place];
        const Word& word = tables.words[number];
        all.relations |= word.relations;
        all.nickname_of.insert(all.nickname_of.end(), word.nickname_of.begin(), word.nickname_of.end());
        all.groups.insert(all.groups.end(), word.groups.begin(), word.groups.end());
    };
    for_each_row("nicknames.tsv", [&](const auto& columns) {
        join(columns[0]);
        for (const std::string_view form : text::split(columns[1], ' ')) join(form);
    });
    for_each_row("variants.tsv", [&](const auto& columns) {
        for (std::size_t i = 1; i < columns.size(); ++i) join(columns[i]);
    });
    const auto sort = [](std::vector<std::uint16_t>& numbers) {
        std::sort(numbers.begin(), numbers.end());
        numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    };
    for (Word& word : tables.related_words) {
        sort(word.nickname_of);
        sort(word.groups);
    }
}

/// What is true of one spelling of a given name is true of the others.
void share_between_spellings(Tables& tables, WordFlag flag) {
    std::vector<std::uint16_t> groups;
    for (const Word& word : tables.words) {
        if (word.flags & flag) groups.insert(groups.end(), word.groups.begin(), word.groups.end());
    }
    std::sort(groups.begin(), groups.end());
    for (Word& word : tables.words) {
        if (std::any_of(word.groups.begin(), word.groups.end(), [&groups](std::uint16_t group) {
                return std::binary_search(groups.begin(), groups.end(), group);
            }))
            word.flags |= flag;
    }
}

void read_people(Tables& tables) {
    word_at(tables, "");  // number 0 stands for "not known"
    for_each_row("frequencies.tsv", [&](const auto& columns) {
        for (const std::string_view token : text::split(columns[2], ' ')) {
            Word& word = word_at(tables, token);
            word.rarity = static_cast<std::uint8_t>(number_of(columns[0]));
            if (columns[1] == "g") word.flags |= WordFlag::mostly_given;
            if (columns[1] == "f") word.flags |= WordFlag::mostly_family;
        }
    });
    for_each_row("company_frequencies.tsv", [&](const auto& columns) {
        for (const std::string_view token : text::split(columns[1], ' ')) {
            word_at(tables, token).company_rarity = static_cast<std::uint8_t>(number_of(columns[0]));
        }
    });
    std::uint16_t number = 0;
    for_each_row("nicknames.tsv", [&](const auto& columns) {
        ++number;
        word_at(tables, columns[0]).nickname_of.push_back(number);
        word_at(tables, columns[0]).full_name_of.push_back(number);
        for (const std::string_view form : text::split(columns[1], ' '))
            word_at(tables, form).nickname_of.push_back(number);
    });
    number = 0;
    for_each_row("variants.tsv", [&](const auto& columns) {
        ++number;
        for (std::size_t i = 1; i < columns.size(); ++i) {
            Word& word = word_at(tables, columns[i]);
            word.groups.push_back(number);
            if (columns[0] != "g") word.flags |= WordFlag::surname_variant;
        }
    });
    share_short_forms(tables);
    join_relations_by_spelling(tables);
    static constexpr std::pair<std::string_view, std::uint32_t> kinds[] = {
        {"title", WordFlag::title},
        {"samoan_title", WordFlag::samoan_title},
        {"burmese_name", WordFlag::burmese_name},
        {"burmese_honorific", WordFlag::burmese_honorific},
        {"own_then_father", WordFlag::own_then_father},
        {"often_left_out", WordFlag::often_left_out},
        {"borne_by_most", WordFlag::borne_by_most},
        {"borne_by_many", WordFlag::borne_by_many},
        {"japanese_name", WordFlag::japanese_name},
        {"office", WordFlag::office},
        {"relation", WordFlag::relation},
        {"qualifier", WordFlag::qualifier},
        {"office_of", WordFlag::office_of},
        {"suffix", WordFlag::generation},
        {"particle", WordFlag::particle},
        {"father_of", WordFlag::father_of},
        {"mother_of", WordFlag::mother_of},
        {"son_of", WordFlag::son_of},
        {"daughter_of", WordFlag::daughter_of},
        {"placeholder", WordFlag::placeholder},
        {"alias_marker", WordFlag::alias_marker},
        {"company_stop", WordFlag::company_stop},
        {"company_common", WordFlag::company_common},
        {"contrast", WordFlag::contrast},
        {"family_first", WordFlag::family_first}};
    for_each_row("words.tsv", [&](const auto& columns) {
        const auto kind =
            std::find_if(std::begin(kinds), std::end(kinds), [&](auto k) { return k.first == columns[0]; });
        if (kind == std::end(kinds)) std::abort();
        for (std::size_t i = 1; i < columns.size(); ++i) {
            const std::string words = folded(tables, columns[i]);
            word_at(tables, words).flags |= kind->second;
            if (const std::size_t space = words.find(' ');
                space != words.npos &&
                (kind->second & (WordFlag::title | WordFlag::generation | WordFlag::alias_marker)) != 0)
                word_at(tables, std::string_view(words).substr(0, space)).flags |= WordFlag::phrase_start;
        }
    });
    share_between_spellings(tables, WordFlag::own_then_father);
    share_between_spellings(tables, WordFlag::often_left_out);
    for_each_row("japanese_names.tsv", [&](const auto& columns) {
        for (const std::string_view reading : text::split(columns[2], ' '))
            word_at(tables, reading).flags |= WordFlag::japanese_name;
    });
}

constexpr std::size_t long_phrase = 6;  // letters; a letter wrong in a shorter one makes another word

void index_slips(Tables& tables, std::string_view latin) {
    if (latin.size() < long_phrase || latin.find(' ') != latin.npos) return;
    tables.long_phrases.emplace_back(latin);
    std::string less;
    for (std::size_t i = 0; i < latin.size(); ++i) {
        less.assign(latin.substr(0, i)).append(latin.substr(i + 1));
        const std::uint32_t number = tables.phrases_less_a_letter.add(less);
        if (number == tables.phrase_less_a_letter.size())
            tables.phrase_less_a_letter.push_back(static_cast<std::uint32_t>(tables.long_phrases.size() - 1));
    }
}

/// The first two meanings given to a text stay.
/// @return true if it is new
bool add_or_extend(TextMap& numbers, std::vector<Phrase>& phrases, std::string_view text, const Phrase& phrase) {
    const std::uint32_t number = numbers.add(text);
    if (number == phrases.size()) {
        phrases.push_back(phrase);
        return true;
    }
    Phrase& first = phrases[number];
    if (first.other_meaning == 0 && first.meaning != phrase.meaning && phrase.kind != Phrase::Kind::legal_form &&
        phrase.kind != Phrase::Kind::number) {
        first.other_meaning = phrase.meaning;
        first.other_kind = phrase.kind;
    }
    return false;
}

/// A word with a tilde for its endings.
void add_stem(Tables& tables, std::string_view written, const Phrase& phrase) {
    std::array<char, letters_max> sound;
    const std::size_t length = write_skeleton(folded(tables, written), sound);
    add_or_extend(tables.stem_numbers, tables.stems, {sound.data(), length}, phrase);
}

void add_phrase(Tables& tables, std::string_view written, Phrase phrase) {
    if (written.ends_with('~')) return add_stem(tables, written.substr(0, written.size() - 1), phrase);
    bool all_han = true;
    std::string unspaced;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < written.size();) {
        const char32_t code = tables.simplified(text::next(written, at));
        all_han = all_han && ((code >= han_begin && code < han_end) || (code >= 0x3040 && code < 0x3100) ||
                              (code >= 0xac00 && code < 0xd7b0));
        text::append(unspaced, code);
        ++characters;
    }
    if (all_han && characters >= 2) {
        add_or_extend(tables.unspaced_numbers, tables.unspaced, unspaced, phrase);
        tables.unspaced_bytes_max = std::max(tables.unspaced_bytes_max, unspaced.size());
    }
    const std::string words = folded(tables, written);
    // (株) is zhu in Latin letters, which is a name.
    const bool one_character = std::count_if(written.begin(), written.end(),
                                             [](char c) { return static_cast<unsigned char>(c) >= 0xe0; }) == 1 &&
                               written.size() - 3 <= 2 && !all_han;
    if (words.empty() || one_character) return;
    const auto add_words = [&](const std::string& latin) {
        if (!add_or_extend(tables.phrase_numbers, tables.phrases, latin, phrase)) return;
        index_slips(tables, latin);
        const std::uint32_t start = tables.phrase_starts.add(std::string_view(latin).substr(0, latin.find(' ')));
        if (start >= tables.phrase_lengths.size()) tables.phrase_lengths.resize(start + 1);
        const auto length = static_cast<std::uint8_t>(std::count(latin.begin(), latin.end(), ' ') + 1);
        tables.phrase_lengths[start] = std::max(tables.phrase_lengths[start], length);
    };
    add_words(words);
    // "S. A." is written "SA" as well, and the other way round; so is every form of single letters.
    std::string together;
    bool single = words.find(' ') != std::string::npos;
    for (const std::string_view word : text::split(words, ' ')) {
        single = single && (word.size() == 1 || (word.size() == 2 && word[1] == 'h'));
        together += word;
    }
    if (single) add_words(together);
}

void read_companies(Tables& tables) {
    tables.meanings.emplace_back();
    TextMap meanings;
    const auto meaning_of = [&](std::string_view text) {
        const std::uint32_t number = meanings.add(text);
        if (number + 1 == tables.meanings.size()) tables.meanings.emplace_back(text);
        return static_cast<std::uint16_t>(number + 1);
    };
    for_each_row("legal_forms.tsv", [&](const auto& columns) {
        Phrase phrase;
        phrase.kind = Phrase::Kind::legal_form;
        phrase.meaning = columns[0] == "-" ? std::uint16_t{0} : meaning_of(columns[0]);
        phrase.form = meaning_of(columns[1]);
        for (std::size_t i = 2; i < columns.size(); ++i) add_phrase(tables, columns[i], phrase);
    });
    for_each_row("company_words.tsv", [&](const auto& columns) {
        if (columns[0] == "l" || columns[0] == "a") {
            for (std::size_t i = 1; i < columns.size(); ++i) {
                const std::uint16_t meaning = meaning_of(columns[i]);
                tables.tells_line.resize(tables.meanings.size());
                tables.tells_body.resize(tables.meanings.size());
                tables.tells_line[meaning] = tables.tells_line[meaning] || columns[0] == "l";
                tables.tells_body[meaning] = true;
            }
            return;
        }
        Phrase phrase;
        phrase.kind = columns[0] == "g"   ? Phrase::Kind::common
                      : columns[0] == "d" ? Phrase::Kind::trade
                      : columns[0] == "w" ? Phrase::Kind::own
                      : columns[0] == "n" ? Phrase::Kind::number
                                          : Phrase::Kind::place;
        phrase.meaning = meaning_of(columns[1]);
        for (std::size_t i = 2; i < columns.size(); ++i) add_phrase(tables, columns[i], phrase);
    });
    tables.tells_line.resize(tables.meanings.size());
    tables.tells_body.resize(tables.meanings.size());
}

void read_written(Tables& tables) {
    const auto add = [&tables](std::string_view native, std::string_view latin, bool japanese) {
        std::string key;
        for (const char32_t unit : spelling_units(native)) text::append(key, unit);
        const std::uint32_t number = tables.written_numbers.add(key);
        if (number == tables.written_latin.size()) {
            tables.written_latin.emplace_back();
            tables.written_japanese.emplace_back();
        }
        std::string& spellings = (japanese ? tables.written_japanese : tables.written_latin)[number];
        for (const std::string_view one : text::split(latin, ' ')) {
            const auto known = text::split(spellings, ' ');
            if (!spellings.empty() && std::find(known.begin(), known.end(), one) != known.end()) continue;
            if (!spellings.empty()) spellings += ' ';
            spellings += one;
        }
    };
    for_each_row("written.tsv", [&](const auto& columns) { add(columns[0], columns[1], false); });
    for_each_row("written_persons.tsv", [&](const auto& columns) { add(columns[1], columns[2], columns[0] == "j"); });
}

constexpr std::size_t letters_and_edge = 27;

/// Calls `with(place)` for every three letters of a word, its beginning and its end as letters; not for others than
/// a–z.
template <class With>
void for_each_three(std::string_view latin, With with) {
    std::size_t place = 0;
    for (std::size_t i = 0; i <= latin.size(); ++i) {
        const std::size_t letter =
            i < latin.size() && latin[i] >= 'a' && latin[i] <= 'z' ? static_cast<std::size_t>(latin[i] - 'a') : 26;
        place = (i == 0 ? 26 : place) % (letters_and_edge * letters_and_edge) * letters_and_edge + letter;
        if (i > 0) with(place);
    }
}

/// Spellings of people's names, and how common three letters are in these and in the words whose frequency is known.
void read_person_names(Tables& tables) {
    std::vector<std::uint32_t> threes(letters_and_edge * letters_and_edge * letters_and_edge);
    const auto count = [&threes](std::string_view word) {
        for_each_three(word, [&threes](std::size_t place) { ++threes[place]; });
    };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> spelled;  // spelling, name
    std::uint32_t name = 0;
    for_each_row("person_names.tsv", [&](const auto& columns) {
        const auto spellings = text::split(columns[0], ' ');
        for (const std::string_view spelling : spellings) {
            count(spelling);
            const std::uint32_t number = tables.person_numbers.add(spelling);
            if (spellings.size() > 1) spelled.emplace_back(number, name);
        }
        ++name;
    });
    std::sort(spelled.begin(), spelled.end());
    tables.person_names_begin.resize(tables.person_numbers.size() + 1);
    for (const auto& [spelling, of] : spelled) {
        ++tables.person_names_begin[spelling + 1];
        tables.person_names.push_back(of);
    }
    std::partial_sum(tables.person_names_begin.begin(), tables.person_names_begin.end(),
                     tables.person_names_begin.begin());
    for_each_row("frequencies.tsv", [&](const auto& columns) {
        for (const std::string_view token : text::split(columns.back(), ' ')) count(token);
    });
    for (const std::uint32_t times : threes)
        tables.threes.push_back(static_cast<std::uint8_t>(std::lround(8 * std::log2(1.0 + times))));
}

void read_spellings(Tables& tables) {
    std::uint16_t number = 0;
    const auto read_row = [&](const auto& columns) {
        std::size_t at = 0;
        tables.unit_numbers.emplace_back(text::next(columns[0], at), number++);
        std::array<std::vector<Tables::Spelling>, Tables::spelling_places> by_letter;
        for (std::size_t i = 1; i < columns.size(); ++i) {
            const std::size_t equals = columns[i].find('=');
            const auto cost = static_cast<std::uint8_t>(std::clamp(number_of(columns[i].substr(equals + 1)), 0, 250));
            const std::size_t place = equals == 0 ? 0 : static_cast<std::size_t>(columns[i][0] - '`');
            if (place >= by_letter.size()) std::abort();  // no spelling has other than small Latin letters
            by_letter[place].push_back({packed(columns[i].substr(0, equals)), static_cast<std::uint8_t>(equals), cost});
        }
        for (const auto& some : by_letter) {
            tables.spellings_begin.push_back(static_cast<std::uint32_t>(tables.spellings.size()));
            tables.spellings.insert(tables.spellings.end(), some.begin(), some.end());
            std::uint8_t cheapest = 255;
            for (const Tables::Spelling& one : some) cheapest = std::min(cheapest, one.cost);
            tables.cheapest_spelling.push_back(cheapest);
        }
    };
    for_each_row("spellings.tsv", read_row);
    for_each_row("thai_spellings.tsv", read_row);
    tables.spellings_begin.push_back(static_cast<std::uint32_t>(tables.spellings.size()));
    std::sort(tables.unit_numbers.begin(), tables.unit_numbers.end());
}

Tables read() {
    Tables tables;
    read_letters(tables);
    read_han(tables);
    read_people(tables);
    read_person_names(tables);
    read_companies(tables);
    read_spellings(tables);
    read_written(tables);
    return tables;
}

}  // namespace

std::uint8_t Tables::rarest_three(std::string_view latin) const {
    std::uint8_t rarest = 255;
    for_each_three(latin, [&](std::size_t place) { rarest = std::min(rarest, threes[place]); });
    return rarest;
}

std::size_t TextMap::slot_of(std::string_view text, std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (slots_[slot].number != absent &&
           (slots_[slot].hash != hash || !is_same({texts_.data() + slots_[slot].begin, slots_[slot].length}, text))) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

std::uint32_t TextMap::find(std::string_view text) const { return slots_[slot_of(text, hash_of(text))].number; }

std::uint32_t TextMap::add(std::string_view text) {
    const std::uint32_t hash = hash_of(text);
    std::size_t slot = slot_of(text, hash);
    if (slots_[slot].number != absent) return slots_[slot].number;
    if (2 * (size_ + 1) > slots_.size()) {
        grow();
        slot = slot_of(text, hash);
    }
    slots_[slot] = {hash, static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(size_),
                    static_cast<std::uint32_t>(text.size())};
    texts_ += text;
    return static_cast<std::uint32_t>(size_++);
}

void TextMap::grow() {
    std::vector<Slot> old(4 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
        if (slot.number == absent) continue;
        std::size_t to = slot.hash & (slots_.size() - 1);
        while (slots_[to].number != absent) to = (to + 1) & (slots_.size() - 1);
        slots_[to] = slot;
    }
}

Letter Tables::letter(char32_t code_point) const {
    if (code_point >= han_begin && code_point < han_end) return {LetterKind::han, Script::han, {}};
    if (code_point >= 0xac00 && code_point < 0xd7a4) return {LetterKind::hangul, Script::hangul, {}};
    const LetterRow& row = letter_rows[row_of(code_point)];
    return {row.kind, row.script, row.kind == LetterKind::separator ? std::string_view() : letter_texts[row.latin]};
}

std::string_view Tables::mandarin(char32_t code) const {
    return code >= han_begin && code < han_end ? readings[mandarin_of[code - han_begin]] : std::string_view();
}
std::string_view Tables::cantonese(char32_t code) const {
    return code >= han_begin && code < han_end ? readings[cantonese_of[code - han_begin]] : std::string_view();
}
std::string_view Tables::korean(char32_t code) const {
    return code >= han_begin && code < han_end ? readings[korean_of[code - han_begin]] : std::string_view();
}
std::span<const std::uint16_t> Tables::japanese(char32_t code) const {
    if (code < han_begin || code >= han_end) return {};
    const std::uint32_t begin = japanese_begin[code - han_begin], end = japanese_begin[code - han_begin + 1];
    return std::span(japanese_of).subspan(begin, end - begin);
}

char32_t Tables::simplified(char32_t code) const {
    const auto found = std::lower_bound(simplified_of.begin(), simplified_of.end(), std::pair(code, char32_t{0}));
    return found != simplified_of.end() && found->first == code ? found->second : code;
}

std::uint32_t Tables::unit_number(char32_t unit) const {
    const auto found =
        std::lower_bound(unit_numbers.begin(), unit_numbers.end(), std::pair<char32_t, std::uint16_t>(unit, 0));
    return found != unit_numbers.end() && found->first == unit ? found->second : TextMap::absent;
}

const Phrase* Tables::phrase_of_stem(std::string_view latin) const {
    constexpr std::size_t stem_least = 4, ending_most = 7;
    // As they sound: -ый, -ого, -ыми, Ukrainian, Polish and Serbian ones as well; and what makes an adjective of a
    // noun.
    static constexpr std::string_view endings[] = {
        "",    "a",    "u",   "i",   "e",   "o",   "om",  "em",  "am", "ami", "iam", "iami", "ak",  "iak", "ik",
        "ic",  "ac",   "ov",  "iv",  "ev",  "ei",  "iei", "oi",  "ie", "ia",  "iu",  "oie",  "eie", "aia", "iaia",
        "uiu", "iuiu", "ogo", "ego", "oho", "oga", "omu", "emu", "im", "imi", "ova", "ovi",  "om",  "ah",  "og"};
    static constexpr std::string_view makers[] = {"", "sk", "isk", "n", "ov", "ensk", "ansk", "insk", "ck", "esk"};
    const auto is_ending = [](std::string_view rest) {
        return std::any_of(std::begin(makers), std::end(makers), [rest](std::string_view maker) {
            return rest.starts_with(maker) &&
                   std::find(std::begin(endings), std::end(endings), rest.substr(maker.size())) != std::end(endings);
        });
    };
    std::array<char, letters_max> room;
    const std::string_view sound(room.data(), write_skeleton(latin, room));
    for (std::size_t length = sound.size(); length >= stem_least && length + ending_most >= sound.size(); --length) {
        const std::uint32_t number = stem_numbers.find(sound.substr(0, length));
        if (number == TextMap::absent) continue;
        if (is_ending(sound.substr(length))) return &stems[number];
    }
    return nullptr;
}

const Phrase* Tables::slip_of_phrase(std::string_view latin) const {
    if (latin.size() < long_phrase - 1 || latin.size() > letters_max) return nullptr;
    const auto phrase_of = [&](std::string_view text) { return &phrases[phrase_numbers.find(text)]; };
    // A letter left out; one too many; one wrong or two swapped.
    if (const std::uint32_t less = phrases_less_a_letter.find(latin); less != TextMap::absent)
        return phrase_of(long_phrases[phrase_less_a_letter[less]]);
    std::array<char, letters_max> room;
    for (std::size_t i = 1; i < latin.size(); ++i) {
        std::memcpy(room.data(), latin.data(), i);
        std::memcpy(room.data() + i, latin.data() + i + 1, latin.size() - i - 1);
        const std::string_view less(room.data(), latin.size() - 1);
        if (less.size() >= long_phrase && phrase_numbers.find(less) != TextMap::absent) return phrase_of(less);
        const std::uint32_t number = phrases_less_a_letter.find(less);
        if (number == TextMap::absent) continue;
        const std::string& phrase = long_phrases[phrase_less_a_letter[number]];
        if (osa(latin, phrase, 1) <= 1) return phrase_of(phrase);
    }
    return nullptr;
}

const Tables& tables() {
    static const Tables shared = read();
    return shared;
}

}  // namespace tideline::names::detail
