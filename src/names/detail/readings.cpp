#include "names/detail/preparer.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "names/detail/closeness.h"
#include "names/detail/spelling_units.h"

namespace tideline::names::detail {

Part Preparer::part_of(const RawWord& word) {
    Part part;
    part.begin = word.begin;
    part.end = word.end;
    part.hyphen_before = word.hyphen_before;
    part.comma_before = word.comma_before;
    part.lost = word.lost;
    part.lost_at = word.lost_at;
    set_letters(part, word.latin());
    if (word.script != Script::latin && word.script != Script::none && !word.digits) {
        part.native = true;
        part.script = static_cast<std::uint8_t>(word.script);
        part.consonantal = word.script == Script::arabic;
        set_native(part, word.script);
        if (word.script == Script::greek) add_greek_reading(part);
    } else if (word.script == Script::latin) {
        add_sounded_reading(part);
        add_scanned_reading(part);
        add_reading_without_article(part);
        if (turkic_) add_turkic_reading(part);
        add_korean_reading(part);
    }
    if (part.known != 0) part.contrast = (tables.words[part.known].flags & WordFlag::contrast) != 0;
    return part;
}

void Preparer::set_letters(Part& part, std::string_view latin) const {
    part.length = static_cast<std::uint8_t>(std::min(latin.size(), letters_max));
    std::memcpy(part.letters.data(), latin.data(), part.length);
    part.skeleton_length = static_cast<std::uint8_t>(write_skeleton(part.latin(), part.skeleton));
    part.letter_set = 0;
    for (const char c : part.sound()) part.letter_set |= 1U << (c >= 'a' && c <= 'z' ? c - 'a' : 26 + (c - '0') % 6);
    const std::uint32_t number = tables.word_numbers.find(part.latin());
    part.known = number == TextMap::absent ? known_otherwise(part.latin()) : number;
    part.related = related_to(part);
    part.relations = part.related == 0 ? 0 : tables.relations_of(part.related).relations;
    if (out.schema_ != Schema::organisation) {
        part.person = tables.person_numbers.find(part.latin()) + 1;
        part.respelled = part.person != 0 && !tables.names_of_person(part.person - 1).empty();
    }
    part.rarest_three = tables.rarest_three(part.latin());
}

/// The words whose forms are those of a word as well: itself, or others that are spelled by another language's habit;
/// 0 if there are none.
std::uint32_t Preparer::related_to(const Part& part) const {
    if (out.schema_ == Schema::organisation || part.native || part.length < habit_letters_least ||
        (part.known != 0 && (tables.words[part.known].flags & WordFlag::surname_variant) != 0))
        return part.known;
    std::array<char, letters_max> room;
    const std::uint32_t place = tables.related_spellings.find({room.data(), write_without_habit(part.latin(), room)});
    return place == TextMap::absent ? part.known : static_cast<std::uint32_t>(tables.words.size()) + place;
}

/// Masood is Masud, Waleed Walid, Mansour Mansur: a spelling of a given name that is known; 0 if it is none.
std::uint32_t Preparer::known_otherwise(std::string_view latin) const {
    static constexpr std::pair<std::string_view, char> vowels[] = {{"oo", 'u'}, {"ou", 'u'}, {"ee", 'i'}};
    if (latin.size() < 5 || out.schema_ == Schema::organisation) return 0;
    bool any = false;
    for (std::size_t at = 1; at + 1 < latin.size(); ++at)
        any = any || (latin[at] == 'o' && (latin[at + 1] == 'o' || latin[at + 1] == 'u')) ||
              (latin[at] == 'e' && latin[at + 1] == 'e');
    if (!any) return 0;
    std::array<char, letters_max> plain;
    std::size_t length = 0;
    for (std::size_t at = 0; at < latin.size(); ++at) {
        const auto found = std::find_if(std::begin(vowels), std::end(vowels),
                                        [&](const auto& pair) { return latin.substr(at).starts_with(pair.first); });
        plain[length++] = found == std::end(vowels) ? latin[at] : found->second;
        at += found != std::end(vowels);
    }
    const std::uint32_t number = tables.word_numbers.find({plain.data(), length});
    if (number == TextMap::absent ||
        (tables.words[number].flags & (WordFlag::own_then_father | WordFlag::mostly_given)) == 0)
        return 0;
    return number;
}

void Preparer::add_other(Part& part, std::string_view latin, std::uint8_t reading) {
    if (latin == part.latin()) part.readings |= reading;
    if (latin.empty() || latin == part.latin()) return;
    if (part.other_begin == part.other_end)
        part.other_begin = part.other_end = static_cast<std::uint16_t>(out.other_.size());
    Part other;
    set_letters(other, latin);
    other.readings = reading;
    out.other_.push_back(other);
    part.other_end = static_cast<std::uint16_t>(out.other_.size());
}

/// Mogi1evich is Mogilevich, 5iemens Siemens: a digit between letters, or before three, is a letter that a scanner took
/// for it, or that somebody hides behind it.
/// @return the word with these letters; empty if it has no such digit
std::string Preparer::without_scanned_digits(std::string_view latin) {
    static constexpr std::string_view scanned[] = {"0o", "1il", "2z", "3e", "4a", "5s", "6b", "7t", "8b", "9g"};
    if (latin.find_first_of("0123456789") == latin.npos) return {};
    std::string letters(latin);
    const auto is_letter = [&](std::size_t at) {
        return at < letters.size() && letters[at] >= 'a' && letters[at] <= 'z';
    };
    bool found = false;
    for (std::size_t at = 0; at + 1 < letters.size(); ++at) {
        const bool before_three = at == 0 && is_letter(1) && is_letter(2) && is_letter(3);
        if (is_letter(at) || !is_letter(at + 1) || (at > 0 ? !is_letter(at - 1) : !before_three)) continue;
        for (const std::string_view one : scanned) {
            if (one[0] != letters[at]) continue;
            const bool between_consonants = at > 0 && !is_vowel(letters[at - 1]) && !is_vowel(letters[at + 1]);
            letters[at] = between_consonants ? one[1] : one.back();
            found = true;
        }
    }
    return found ? letters : std::string();
}

void Preparer::add_scanned_reading(Part& part) {
    const std::string letters = without_scanned_digits(part.latin());
    if (!letters.empty()) add_other(part, letters);
}

/// Elkaddafi is Gaddafi, Erraji Raji: an Arabic article written together with a name that is known without it.
void Preparer::add_reading_without_article(Part& part) {
    constexpr std::size_t article = 2, name_least = 5;
    const std::string_view latin = part.latin();
    if (out.schema_ == Schema::organisation || latin.size() < article + name_least || part.known != 0 ||
        part.person != 0 || (latin[0] != 'e' && latin[0] != 'a') || is_vowel(latin[2]) ||
        (latin[1] != 'l' && latin[1] != latin[2]))
        return;
    const std::string_view name = latin.substr(article);
    if (tables.person_numbers.find(name) != TextMap::absent || tables.word_numbers.find(name) != TextMap::absent)
        add_other(part, name);
}

/// Đorđe is Dorde without its marks, and Djordje where he is known; Gonçalves is Gonsalves.
void Preparer::add_sounded_reading(Part& part) {
    const std::string_view text = out.text_of(part);
    static constexpr std::string_view sounded[] = {"\u0111", "\u0110", "\u00e7", "\u00c7"};
    if (std::none_of(std::begin(sounded), std::end(sounded),
                     [text](std::string_view one) { return text.find(one) != text.npos; }))
        return;
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = text::next(text, at);
        if (c == 0x110 || c == 0x111)
            bytes += "dj";
        else if (c == 0xe7 || c == 0xc7)
            bytes += 's';
        else
            text::append(bytes, c);
    }
    RawWord respelled;
    if (read_one(bytes, respelled)) add_other(part, respelled.latin());
}

/// Ευάγγελος is Evangelos, Μπάμπης Babis: two letters for one sound.
void Preparer::add_greek_reading(Part& part) {
    static constexpr std::pair<std::string_view, std::string_view> sounds[] = {
        {"ey", "ev"}, {"ay", "av"}, {"gg", "ng"}, {"gch", "nch"}, {"mp", "b"}, {"nt", "d"}, {"gk", "g"}};
    std::string latin;
    const std::string_view written = part.latin();
    for (std::size_t at = 0; at < written.size();) {
        const auto found = std::find_if(std::begin(sounds), std::end(sounds),
                                        [&](const auto& pair) { return written.substr(at).starts_with(pair.first); });
        // Inside a word ντ and μπ are as often nt and mp.
        const bool sounded = found != std::end(sounds) && (at == 0 || found->first[1] == 'y' || found->first[0] == 'g');
        latin += sounded ? found->second : written.substr(at, 1);
        at += sounded ? found->first.size() : 1;
    }
    add_other(part, latin);
}

namespace {

/// k before a vowel is g and k' is k; so are t, p and ch.
std::string without_breath(std::string_view latin) {
    static constexpr std::pair<std::string_view, char> plain[] = {{"ch", 'j'}, {"k", 'g'}, {"t", 'd'}, {"p", 'b'}};
    std::string result;
    for (std::size_t at = 0; at < latin.size();) {
        const auto found = std::find_if(std::begin(plain), std::end(plain),
                                        [&](const auto& pair) { return latin.substr(at).starts_with(pair.first); });
        const std::size_t length = found == std::end(plain) ? 1 : found->first.size();
        const char next = at + length < latin.size() ? latin[at + length] : ' ';
        const bool softened = found != std::end(plain) && (is_vowel(next) || next == 'y' || next == 'w');
        if (softened)
            result += found->second;
        else
            result += latin.substr(at, length);
        at += length + (next == '\'');
    }
    return result;
}

}  // namespace

/// Kŭnhye is Geunhye, Chŏngil is Jeongil, Jongil and Jungil: the older spelling of Korean, by its marks.
void Preparer::add_korean_reading(Part& part) {
    const std::string_view text = out.text_of(part);
    if (text.size() == part.length) return;
    static constexpr std::string_view marked[] = {"\u014f", "\u014e", "\u016d", "\u016c"};
    if (std::none_of(std::begin(marked), std::end(marked),
                     [text](std::string_view one) { return text.find(one) != text.npos; }))
        return;
    static constexpr std::pair<std::string_view, std::string_view> vowels[] = {
        {"eo", "eu"}, {"o", "u"}, {"u", "u"}, {"eo", "u"}};
    for (const auto& [open, close] : vowels) {
        std::string latin;
        for (std::size_t at = 0; at < text.size();) {
            const char32_t c = text::next(text, at);
            if (c == 0x14e || c == 0x14f)
                latin += open;
            else if (c == 0x16c || c == 0x16d)
                latin += close;
            else if (c < 0x80)
                latin += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
            else if (c == 0x2bc || c == 0x2019 || c == 0x2018 || c == 0x2bb)
                latin += '\'';
        }
        add_other(part, without_breath(latin));
        if (open != "u") continue;
        // Chung-hee is how most write Chŏnghŭi.
        std::erase(latin, '\'');
        if (const std::size_t at = latin.find("ui"); at != latin.npos) latin.replace(at, 2, 2, 'e');
        add_other(part, latin);
    }
}

/// Is there a letter that only Turkish, Azerbaijani and their kin have?
bool Preparer::has_turkic_letter() const {
    static constexpr std::string_view letters[] = {"\u0259", "\u018f", "\u0131", "\u0130", "\u011f", "\u011e"};
    return std::any_of(std::begin(letters), std::end(letters),
                       [this](std::string_view one) { return out.original_.find(one) != std::string::npos; });
}

/// Hacıyev is Gadzhiyev, Xəlilov Khalilov, Qəmbər Gambar: as others write what is heard.
void Preparer::add_turkic_reading(Part& part) {
    const std::string_view text = out.text_of(part);
    std::string latin;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = text::next(text, at);
        if (c == 'c' || c == 'C')
            latin += "dzh";
        else if (c == 0xe7 || c == 0xc7)
            latin += "ch";
        else if (c == 0x15f || c == 0x15e)
            latin += "sh";
        else if (c == 'x' || c == 'X')
            latin += "kh";
        else if (c == 'q' || c == 'Q')
            latin += 'g';
        else
            latin += tables.letter(c).latin;
    }
    add_other(part, latin);
    // Russian hears their h as g where a name begins.
    if (!latin.empty() && latin[0] == 'h') {
        latin[0] = 'g';
        add_other(part, latin);
    }
}

namespace {

std::string lower_native(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = text::next(text, at);
        if (c >= 0x391 && c <= 0x3a9) c += 0x20;  // Greek; Cyrillic is lowered with the units
        text::append(result, c);
    }
    return result;
}

}  // namespace

void Preparer::set_native(Part& part, Script script) {
    const std::u32string units = spelling_units(lower_native(out.text_of(part)));
    part.units_begin = static_cast<std::uint16_t>(out.units_.size());
    for (const char32_t unit : units) out.units_ += static_cast<char32_t>(tables.unit_number(unit));
    part.units_end = static_cast<std::uint16_t>(out.units_.size());
    part.han = script == Script::han;
    part.hangul = script == Script::hangul;
    add_written(part, units);
    if (part.han) add_other_readings(part, units);
}

/// How a common name is written in Latin letters: כהן is Cohen, 彼得 is Peter.
void Preparer::add_written(Part& part, std::u32string_view units) {
    std::string key;
    for (const char32_t unit : units) text::append(key, unit);
    const std::uint32_t number = tables.written_numbers.find(key);
    if (number == TextMap::absent) return;
    for (const std::string_view latin : text::split(tables.written_latin[number], ' '))
        add_other(part, latin, any_reading);
    for (const std::string_view latin : text::split(tables.written_japanese[number], ' '))
        add_other(part, latin, japanese_reading);
}

}  // namespace tideline::names::detail
