#include "names/detail/preparer.h"

#include <algorithm>

#include "base/text.h"
#include "names/detail/burmese.h"
#include "names/detail/closeness.h"
#include "names/detail/eastern_cyrillic.h"
#include "names/detail/eastern_syllables.h"
#include "names/detail/korean.h"
#include "names/detail/spelling_units.h"

namespace tideline::names::detail {

/// How many characters at the beginning are a family name of Japan, something being left; 0 if none.
std::size_t Preparer::japanese_family(std::string_view text, const std::vector<std::size_t>& starts) const {
    for (std::size_t length = 3; length > 0; --length) {
        if (length >= starts.size() || starts.size() - length > 3) continue;
        if (tables.japanese_family_numbers.find(text.substr(0, starts[length])) == TextMap::absent) continue;
        // A character alone is as likely a Chinese family name, unless a Japanese given name follows.
        if (length > 1 || tables.japanese_given_numbers.find(text.substr(starts[1])) != TextMap::absent) return length;
    }
    const auto is_japanese = [this](std::string_view name) {
        std::string key;
        for (const char32_t unit : spelling_units(name)) text::append(key, unit);
        const std::uint32_t number = tables.written_numbers.find(key);
        return number != TextMap::absent && !tables.written_japanese[number].empty();
    };
    for (const std::size_t length : {std::size_t{2}, std::size_t{3}}) {
        if (length + 2 <= starts.size() && is_japanese(text.substr(0, starts[length])) &&
            is_japanese(text.substr(starts[length])))
            return length;
    }
    return 0;
}

/// Two or three syllables written together in Chinese or Korean: the first is the family name.
void Preparer::split_unspaced_names() {
    if (words.count != 1 || words.items[0].digits) return;
    const RawWord whole = words.items[0];
    const std::string_view text = text_of(whole);
    std::vector<std::size_t> starts;
    std::vector<char32_t> codes;
    for (std::size_t at = 0; at < text.size();) {
        starts.push_back(at);
        codes.push_back(text::next(text, at));
    }
    static constexpr std::u32string_view korean =
        U"김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염"
        U"여추도소석선설마길연위표명기반왕금옥육인맹제모리림류려렴량";
    static constexpr std::u32string_view two_characters[] = {U"欧阳", U"歐陽", U"司马", U"司馬", U"诸葛",
                                                             U"諸葛", U"上官", U"司徒", U"东方", U"東方",
                                                             U"夏侯", U"皇甫", U"令狐", U"慕容"};
    std::size_t family = 0;
    if (whole.script == Script::han && codes.size() >= 2 && codes.size() <= 4) {
        family = codes.size() == 4 ? 2 : 1;
        for (const std::u32string_view surname : two_characters) {
            if (codes.size() > 2 && codes[0] == surname[0] && codes[1] == surname[1]) family = 2;
        }
    } else if (whole.script == Script::hangul && codes.size() >= 2 && codes.size() <= 4 &&
               korean.find(codes[0]) != korean.npos) {
        family = 1;
    }
    if (whole.script == Script::han) {
        const std::size_t japanese = japanese_family(text, starts);
        if (japanese > 0) family = japanese;
    }
    if (family == 0 || family >= codes.size()) return;
    const auto cut = static_cast<std::uint16_t>(whole.begin + starts[family]);
    RawWord first, second;
    if (!read_one(text.substr(0, starts[family]), first) || !read_one(text.substr(starts[family]), second)) return;
    first.begin = whole.begin;
    first.end = cut;
    second.begin = cut;
    second.end = whole.end;
    second.comma_before = true;  // as if FAMILY, GIVEN
    words.items[0] = first;
    words.items[1] = second;
    words.count = 2;
}

/// မင်းအောင်လှိုင် is Min Aung Hlaing.
void Preparer::split_burmese() {
    for (std::size_t i = 0; i < words.count; ++i) {
        const RawWord whole = words.items[i];
        if (whole.script != Script::burmese || whole.digits) continue;
        const auto syllables = burmese_syllables(text_of(whole));
        if (syllables.size() < 2 || words.count + syllables.size() - 1 > raw_words_max) continue;
        make_room(i + 1, syllables.size() - 1);
        std::uint16_t begin = whole.begin;
        for (const BurmeseSyllable& syllable : syllables) {
            RawWord& word = words.items[i++];
            word = whole;
            word.length = 0;
            // The letter is the title U in front and the name Oo behind.
            word.append(syllable.latin == "u" && begin > 0 ? std::string_view("oo") : syllable.latin);
            word.comma_before = word.hyphen_before = false;
            word.begin = begin;
            word.end = begin = static_cast<std::uint16_t>(whole.begin + syllable.end);
        }
        --i;
    }
}

/// Cantonese, and Japanese: every character by its first native reading, every one by its Chinese reading, and
/// mixed.
void Preparer::add_other_readings(Part& part, std::u32string_view characters) {
    if (characters.size() > 6) return;
    part.readings = mandarin_reading;
    add_japanese_name(part, tables.japanese_family_numbers, tables.japanese_family_readings);
    add_japanese_name(part, tables.japanese_given_numbers, tables.japanese_given_readings);
    std::string cantonese;
    for (const char32_t c : characters) cantonese += tables.cantonese(c);
    add_other(part, cantonese, cantonese_reading);
    std::string korean;
    for (const char32_t c : characters) korean += tables.korean(c);
    add_other(part, korean, korean_reading);
    if (characters.size() == 1) add_surname_readings(part, characters[0]);
    static constexpr std::size_t choices_max = 5;
    std::vector<std::string> japanese = {""};
    for (const char32_t c : characters) {
        const auto readings = tables.japanese(c);
        std::vector<std::string> longer;
        for (const std::string& start : japanese) {
            for (std::size_t i = 0; i < std::min(choices_max, readings.size()); ++i) {
                if (longer.size() < 30) longer.push_back(start + tables.readings[readings[i]]);
            }
        }
        japanese.swap(longer);
    }
    for (const std::string& reading : japanese) add_other(part, reading, japanese_reading);
}

/// Some characters are read otherwise where they are a family's name, and those of Korea are spelled by habit, in
/// South and North.
void Preparer::add_surname_readings(Part& part, char32_t character) {
    static constexpr std::pair<char32_t, std::string_view> chinese[] = {
        {U'薄', "bo"},   {U'单', "shan"},  {U'單', "shan"}, {U'仇', "qiu"},  {U'解', "xie"},  {U'曾', "zeng"},
        {U'区', "ou"},   {U'區', "ou"},    {U'查', "zha"},  {U'翟', "zhai"}, {U'盖', "ge"},   {U'蓋', "ge"},
        {U'朴', "piao"}, {U'覃', "qin"},   {U'缪', "miao"}, {U'繆', "miao"}, {U'乐', "yue"},  {U'樂', "yue"},
        {U'员', "yun"},  {U'員', "yun"},   {U'折', "she"},  {U'隗', "wei"},  {U'秘', "bi"},   {U'都', "du"},
        {U'祭', "zhai"}, {U'种', "chong"}, {U'召', "shao"}, {U'繁', "po"},   {U'洗', "xian"}, {U'句', "gou"}};
    static constexpr std::pair<char32_t, std::string_view> korean[] = {
        {U'金', "kim"},       {U'李', "lee ri"},   {U'朴', "park pak"},  {U'崔', "choi choe"},  {U'鄭', "jung chong"},
        {U'姜', "kang"},      {U'趙', "cho jo"},   {U'尹', "yoon yun"},  {U'張', "jang chang"}, {U'林', "lim rim"},
        {U'申', "shin sin"},  {U'吳', "oh o"},     {U'徐', "seo suh"},   {U'權', "kwon"},       {U'黃', "hwang"},
        {U'安', "ahn an"},    {U'柳', "ryu yoo"},  {U'全', "jun chon"},  {U'高', "ko go"},      {U'文', "moon mun"},
        {U'孫', "son sohn"},  {U'裵', "bae pae"},  {U'白', "baek paek"}, {U'許', "hur heo"},    {U'劉', "yoo ryu"},
        {U'沈', "shim sim"},  {U'盧', "roh noh"},  {U'郭', "kwak"},      {U'車', "cha"},        {U'朱', "joo chu"},
        {U'玄', "hyun hyon"}, {U'太', "thae tae"}, {U'潘', "ban pan"},   {U'丁', "jung chong"}, {U'羅', "na ra"}};
    const auto add = [&](const auto& spelled, std::uint8_t reading) {
        for (const auto& [written, forms] : spelled) {
            if (written != character) continue;
            for (const std::string_view form : text::split(forms, ' ')) add_other(part, form, reading);
        }
    };
    add(chinese, mandarin_reading);
    add(korean, korean_reading);
}

/// How the characters are read where they are a name of Japan.
void Preparer::add_japanese_name(Part& part, const TextMap& numbers, const std::vector<std::string>& readings) {
    const std::uint32_t number = numbers.find(out.text_of(part));
    if (number == TextMap::absent) return;
    for (const std::string_view reading : text::split(readings[number], ' '))
        add_other(part, reading, japanese_reading);
}

namespace {

std::u32string lower_cyrillic(std::string_view text) {
    std::u32string letters;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = text::next(text, at);
        letters += c >= 0x410 && c <= 0x42f ? c + 0x20 : c == 0x401 ? 0x451 : c;
    }
    return letters;
}

}  // namespace

/// pinyin_of_cyrillic, for which two ask: it is cut once.
bool Preparer::cut_cyrillic(std::u32string_view letters, std::string& pinyin) {
    const auto known = std::find_if(cut_cyrillic_.begin(), cut_cyrillic_.end(),
                                    [letters](const CyrillicWord& word) { return word.letters == letters; });
    if (known != cut_cyrillic_.end()) {
        pinyin = known->pinyin;
        return known->chinese;
    }
    const bool chinese = pinyin_of_cyrillic(tables, letters, pinyin);
    cut_cyrillic_.push_back({std::u32string(letters), pinyin, chinese});
    return chinese;
}

/// Ван Сюэмэй, Ким Дэ Чжун: the name of a Chinese, or of a Korean in three words, in Cyrillic letters. Words of it
/// are no particles.
bool Preparer::is_eastern_in_cyrillic() {
    constexpr std::size_t family_letters_max = 6, letters_most = 14;
    if (words.count < 2 || words.count > 3 || words.items[0].script != Script::cyrillic) return false;
    bool chinese = true, korean = words.count == 3;
    std::string pinyin;
    for (std::size_t i = 0; i < words.count && (chinese || korean); ++i) {
        const RawWord& word = words.items[i];
        if (word.script != Script::cyrillic) return false;
        const std::u32string letters = lower_cyrillic(text_of(word));
        if (letters.size() > (i == 0 ? family_letters_max : letters_most)) return false;
        chinese = chinese && cut_cyrillic(letters, pinyin);
        korean = korean && !korean_of_cyrillic(letters, i == 0).empty();
    }
    return chinese || korean;
}

/// 王建国 as Russian writes it (Ван Цзяньго) has its pinyin for another reading, Ким Чен Ын what Korea writes. Only
/// where all of the name can be cut into such syllables and begins with a family name.
void Preparer::add_eastern_readings() {
    constexpr auto cyrillic = static_cast<std::uint8_t>(Script::cyrillic);
    std::size_t names = 0, syllables = 0;
    for (const Part& part : out.parts_) {
        if (part.weight <= 0) continue;
        if (part.script != cyrillic || part.length < 2) return;
        constexpr std::size_t family_bytes_max = 12;
        if (names == 0 && static_cast<std::size_t>(part.end - part.begin) > family_bytes_max) return;
        ++names;
    }
    if (names < 2 || names > 3) return;
    std::array<std::u32string, parts_max> letters;
    std::array<std::string, parts_max> pinyin;
    bool chinese = true, first = true;
    for (std::size_t i = 0; i < out.parts_.size(); ++i) {
        if (out.parts_[i].weight <= 0) continue;
        letters[i] = lower_cyrillic(out.text_of(out.parts_[i]));
        chinese = chinese && letters[i].size() <= 14 && cut_cyrillic(letters[i], pinyin[i]);
        if (chinese && first) {
            const Word* const known = tables.word(pinyin[i]);
            chinese = known != nullptr && (known->flags & WordFlag::family_first) != 0;
        }
        first = false;
        syllables += letters[i].size() <= 5 || is_vietnamese_family_in_cyrillic(letters[i]);
    }
    for (std::size_t i = 0; chinese && i < out.parts_.size(); ++i) {
        if (!pinyin[i].empty()) add_other(out.parts_[i], pinyin[i], mandarin_reading);
    }
    if (names != 3 || syllables != 3) return;
    const bool vietnamese = std::any_of(letters.begin(), letters.end(), [](const std::u32string& one) {
        return !one.empty() && is_vietnamese_family_in_cyrillic(one);
    });
    for (std::size_t i = 0; vietnamese && i < out.parts_.size(); ++i) {
        if (!letters[i].empty()) add_other(out.parts_[i], vietnamese_of_cyrillic(letters[i]));
    }
    first = true;
    for (std::size_t i = 0; i < out.parts_.size(); ++i) {
        if (letters[i].empty()) continue;
        const std::vector<std::string> korean = korean_of_cyrillic(letters[i], first);
        if (korean.empty()) return;
        for (const std::string& reading : korean) add_other(out.parts_[i], reading, korean_reading);
        first = false;
    }
}

void Preparer::mark_syllables() {
    // A family name of the older spellings (Soong) is known as one.
    const auto is_family = [this](const Part& part) {
        return part.kind == Kind::family && !part.native &&
               (tables.words[part.known].flags & WordFlag::family_first) != 0;
    };
    const auto is_syllables = [this](const Part& part) {
        return !part.native && is_chinese_word(tables, part.latin());
    };
    for (const Part& part : out.parts_)
        if (part.weight > 0 && !is_syllables(part) && !is_family(part)) return;
    for (Part& part : out.parts_) part.syllables = part.weight > 0 && is_syllables(part);
}

/// Kim Yon Chun: behind a family name of Korea one syllable that Korean has and Chinese has not tells what the others
/// are.
bool Preparer::is_korean_name() const {
    constexpr std::size_t letters_least = 3, letters_most = 7;
    static constexpr std::string_view families[] = {
        "kim",   "gim",  "ri",   "lee",  "yi",   "rhee", "pak",  "park",  "bak",  "choe", "choi", "jong",
        "chong", "jung", "kang", "cho",  "jo",   "yun",  "yoon", "jang",  "im",   "rim",  "han",  "o",
        "oh",    "so",   "seo",  "sin",  "shin", "kwon", "gwon", "hwang", "an",   "ahn",  "ryu",  "jon",
        "jeon",  "chon", "mun",  "moon", "pae",  "bae",  "paek", "baek",  "hong", "ko",   "nam",  "sim",
        "no",    "ro",   "roh",  "ha",   "kwak", "cha",  "chu",  "ku",    "koo",  "u",    "min",  "ra",
        "om",    "hyon", "pyon", "kil",  "ki",   "chi",  "ji",   "paik",  "suh",  "noh"};
    const bool family = std::any_of(out.parts_.begin(), out.parts_.end(), [](const Part& part) {
        return part.kind == Kind::family &&
               std::find(std::begin(families), std::end(families), part.latin()) != std::end(families);
    });
    if (!family) return false;
    const auto is_syllable = [this](std::string_view one) {
        return one.size() > 1 && is_chinese_syllable(tables, one);
    };
    return std::any_of(out.parts_.begin(), out.parts_.end(), [&](const Part& part) {
        return part.weight > 0 && part.kind != Kind::family && !part.native && part.length >= letters_least &&
               part.length <= letters_most && !is_made_of(part.latin(), is_syllable) && is_korean_word(part.latin());
    });
}

/// Every letter counts in a name of Vietnam: An and Anh, Dung and Duong are names of different people.
void Preparer::mark_vietnamese() {
    bool surname = false;
    for (const Part& part : out.parts_) {
        if (part.weight <= 0) continue;
        if (part.native || part.hyphen_before || !is_vietnamese_syllable(part.latin())) return;
        surname = surname || is_vietnamese_surname(part.latin());
    }
    if (!surname) return;
    for (Part& part : out.parts_) part.vietnamese = part.weight > 0;
}

/// A name of Japan: every part can be cut into its syllables, and one is known. A syllable more or less makes
/// another name there (Kenji and Kenzo, Haruko and Haruka).
void Preparer::mark_japanese() {
    bool known = false;
    for (const Part& part : out.parts_) {
        if (part.weight <= 0) continue;
        if (part.native || part.length < 2 || !is_japanese_word(part.latin())) return;
        known = known || (part.known != 0 && tables.words[part.known].flags & WordFlag::japanese_name);
    }
    if (!known) return;
    for (Part& part : out.parts_) part.japanese = part.weight > 0;
}

}  // namespace tideline::names::detail
