#include "names/detail/fold.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "names/detail/burmese.h"

namespace tideline::names::detail {

namespace {

/// Hangul by the South Korean romanisation of 2000, without its sound changes between syllables.
void append_hangul(RawWord& word, char32_t code) {
    static constexpr std::string_view initials[] = {"g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
                                                    "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
    static constexpr std::string_view vowels[] = {"a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
                                                  "oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i"};
    static constexpr std::string_view finals[] = {"",  "k",  "k", "k", "n", "n", "n", "t", "l", "k",
                                                  "m", "l",  "l", "l", "p", "l", "m", "p", "p", "t",
                                                  "t", "ng", "t", "t", "k", "t", "p", "t"};
    const std::size_t syllable = code - 0xac00;
    word.append(initials[syllable / 588]);
    word.append(vowels[syllable % 588 / 28]);
    word.append(finals[syllable % 28]);
}

/// Writes one word's code points; remembers what the next one needs to know.
class Writer {
public:
    explicit Writer(RawWord& word) : word_(word) {}

    void add(const Tables& tables, char32_t code, const Letter& letter) {
        const bool small_kana =
            code == U'ゃ' || code == U'ゅ' || code == U'ょ' || code == U'ャ' || code == U'ュ' || code == U'ョ';
        if (small_kana && word_.length > 0 && word_.letters[word_.length - 1u] == 'i') {
            --word_.length;
            const char before = word_.length > 0 ? word_.letters[word_.length - 1u] : ' ';
            const bool hushed = before == 'h' || before == 'j';
            word_.append(letter.latin.substr(hushed ? 1 : 0));
            return;
        }
        if (code == U'っ' || code == U'ッ') {
            double_next_ = true;
            return;
        }
        switch (letter.kind) {
            case LetterKind::consonant:
                flush();
                start(letter.latin);
                inherent_ = true;
                break;
            case LetterKind::vowel_sign:
                inherent_ = false;
                word_.append(letter.latin);
                break;
            case LetterKind::vowel_killer: inherent_ = false; break;
            case LetterKind::leading_vowel:
                flush();
                leading_ = letter.latin;
                break;
            case LetterKind::silencer: word_.length = last_; break;
            case LetterKind::han:
                flush();
                word_.append(tables.mandarin(code));
                break;
            case LetterKind::hangul:
                flush();
                append_hangul(word_, code);
                break;
            case LetterKind::letter:
            case LetterKind::digit:
                flush();
                // Armenian ու is one vowel: Ռուբեն is Ruben.
                if (code == U'ւ' && last_code_ == U'ո') {
                    --word_.length;
                    word_.append("u");
                    break;
                }
                // Greek ου is one sound, and so is the beginning of Γιάννης.
                if (letter.script == Script::greek && word_.length == 2 && word_.latin() == "gi" &&
                    (letter.latin == "a" || letter.latin == "o")) {
                    word_.length = 0;
                    word_.append("y");
                }
                start(letter.script == Script::greek && letter.latin == "y" && word_.length > 0 &&
                              word_.letters[word_.length - 1u] == 'o'
                          ? std::string_view("u")
                          : letter.latin);
                break;
            default: break;
        }
        last_code_ = code;
    }
    /// A final inherent vowel is not spoken in most languages that write one; in those of southern India it is.
    void finish() {
        constexpr char32_t telugu = 0x0c00, sinhala_end = 0x0e00;
        if (inherent_ && last_code_ >= telugu && last_code_ < sinhala_end) flush();
        word_.append(leading_);
        leading_ = {};
    }

private:
    void flush() {
        if (inherent_) word_.append("a");
        inherent_ = false;
    }
    void start(std::string_view latin) {
        last_ = word_.length;
        if (double_next_ && !latin.empty()) word_.append(latin.substr(0, 1));
        double_next_ = false;
        word_.append(latin);
        if (!leading_.empty() && !latin.empty()) {
            word_.append(leading_);
            leading_ = {};
        }
    }

    RawWord& word_;
    std::string_view leading_;
    std::uint8_t last_ = 0;
    char32_t last_code_ = 0;
    bool inherent_ = false;
    bool double_next_ = false;
};

bool is_apostrophe(char32_t c) {
    return c == '\'' || c == '`' || c == 0x2019 || c == 0x2018 || c == 0x2bc || c == 0x2bb || c == 0x2bf ||
           c == 0x2be || c == 0xb4 || c == 0x5f3 || c == 0x5f4 || c == 0x201b || c == 0x2032;
}
/// What a letter becomes in a system that does not know it.
bool is_lost_letter(char32_t c) { return c == '?' || c == 0xfffd; }
bool is_hyphen(char32_t c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x5be || c == 0x2212 || c == 0xff0d;
}
bool opens_aside(char32_t c) {
    return c == '"' || c == '(' || c == '[' || c == 0x201c || c == 0x201e || c == 0xab || c == 0xff08 || c == 0x300c;
}
bool closes_aside(char32_t c) { return c == ')' || c == ']' || c == 0x201d || c == 0xbb || c == 0xff09 || c == 0x300d; }

constexpr bool is_ascii_letter(char32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/// s/o, d/o, w/o, a/l, a/p, d/b/a …: a slash that does not end a family name.
bool is_relation_slash(std::string_view text, std::size_t slash) {
    const auto letter_at = [&](std::size_t at) {
        return at < text.size() && is_ascii_letter(static_cast<unsigned char>(text[at]));
    };
    if (slash == 0 || !letter_at(slash - 1) || !letter_at(slash + 1)) return false;
    const bool one_before = slash < 2 || !letter_at(slash - 2);
    const bool one_after = !letter_at(slash + 2);
    return one_before && one_after;
}

/// What the letter before a slash stands for in Ethiopia (W/Michael is Woldemichael), where what follows the slash is
/// the second half of such a name; else nothing.
std::string_view ethiopian_beginning(char letter, std::string_view behind) {
    static constexpr std::string_view beginnings[] = {"gebre",  "wolde", "haile", "tekle",
                                                      "kidane", "fikre", "sahle", "amde"};
    static constexpr std::string_view halves[] = {
        "mariam",   "maryam",   "michael", "mikael",  "mikeal",  "selass", "sellas", "silass", "haimanot",
        "haymanot", "giorgis",  "georgis", "gorgis",  "medhin",  "medhen", "yohan",  "tsadi",  "tsadk",
        "hiwot",    "hiwet",    "kidan",   "egziab",  "kiros",   "amlak",  "eyesus", "iyesus", "yesus",
        "jesus",    "meskel",   "meskal",  "gabriel", "gebriel", "rufael", "senbet", "birhan", "berhan",
        "kristos",  "christos", "cherkos", "tensa",   "tinsa",   "aregawi"};
    std::array<char, 8> lower = {};
    for (std::size_t i = 0; i < lower.size() && i < behind.size(); ++i)
        lower[i] = static_cast<char>(behind[i] >= 'A' && behind[i] <= 'Z' ? behind[i] + 0x20 : behind[i]);
    const std::string_view start(lower.data(), lower.size());
    if (std::none_of(std::begin(halves), std::end(halves),
                     [start](std::string_view half) { return start.starts_with(half); }))
        return {};
    for (const std::string_view beginning : beginnings) {
        if (beginning[0] == letter) return beginning;
    }
    return {};
}

}  // namespace

void read_words(const Tables& tables, std::string_view text, RawWords& out) {
    out.count = 0;
    out.travel_document = false;
    RawWord* word = nullptr;
    Writer* writer = nullptr;
    std::array<char, sizeof(Writer)> writer_room;
    bool hyphen = false, comma = false, aside = false;
    std::uint8_t lost_before = 0;
    const auto end_word = [&](std::size_t at) {
        if (word == nullptr) return;
        writer->finish();
        word->end = static_cast<std::uint16_t>(at);
        if (word->script == Script::burmese && !word->digits) {
            word->length = 0;
            for (const BurmeseSyllable& syllable : burmese_syllables(text.substr(word->begin, at - word->begin)))
                word->append(syllable.latin);
        }
        if (word->length > 0) ++out.count;
        word = nullptr;
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t code = text::next(text, at);
        const Letter letter = tables.letter(code);
        const bool is_apart = letter.kind == LetterKind::separator;
        if (is_apart) {
            if (is_apostrophe(code) && word != nullptr) continue;  // O'Brien is one word
            if (is_lost_letter(code)) {
                if (word != nullptr && word->script == Script::latin) {
                    if (word->lost == 0) word->lost_at = word->length;
                    if (word->lost < letters_max) ++word->lost;
                    continue;
                }
                if (word == nullptr && at < text.size() && is_ascii_letter(static_cast<unsigned char>(text[at])))
                    lost_before = 1;
            }
            if (code == '/' && is_relation_slash(text, begin)) {
                if (word != nullptr) {
                    word->append("/");  // s/o stays one word
                    continue;
                }
            }
            if (code == '/' && word != nullptr && word->length == 1) {
                // G/Mariam is Gebremariam, one word.
                const std::string_view whole = ethiopian_beginning(word->letters[0], text.substr(at));
                if (!whole.empty()) {
                    word->append(whole.substr(1));
                    continue;
                }
            }
            if (code == '.' && word != nullptr) word->dot_after = true;
            end_word(begin);
            hyphen = is_hyphen(code);
            if (code == ',' || code == 0x60c || code == 0xff0c) comma = true;
            if (code == '/' && out.count > 0) comma = out.travel_document = true;
            if (code == '<' && begin > 0 && text[begin - 1] == '<' && out.count > 0) comma = out.travel_document = true;
            if (opens_aside(code)) aside = code == '"' ? !aside : true;
            if (closes_aside(code)) aside = false;
            if ((code == '&' || code == '+') && out.count < raw_words_max) {
                RawWord& mark = out.items[out.count++];
                mark = RawWord{};
                mark.append("and");
                mark.ampersand = true;
                mark.begin = static_cast<std::uint16_t>(begin);
                mark.end = static_cast<std::uint16_t>(at);
            }
            continue;
        }
        if (letter.kind == LetterKind::mark) continue;
        // Katakana beside Chinese characters is another word: トヨタ and 自動車.
        if (word != nullptr &&
            ((word->script == Script::kana && letter.script == Script::han) ||
             (word->script == Script::han && letter.script == Script::kana)) &&
            !(code >= 0x3040 && code < 0x30a0)) {
            end_word(begin);
        }
        if (word == nullptr) {
            if (out.count == raw_words_max) return;
            word = &out.items[out.count];
            *word = RawWord{};
            writer = new (writer_room.data()) Writer(*word);
            word->begin = static_cast<std::uint16_t>(begin);
            word->script = letter.script;
            word->hyphen_before = hyphen;
            word->comma_before = comma;
            word->aside = aside;
            word->lost = std::exchange(lost_before, std::uint8_t{0});
            word->digits = true;
            hyphen = comma = false;
        }
        if (letter.kind != LetterKind::digit) {
            word->digits = false;
            word->script = letter.script;
        }
        writer->add(tables, code, letter);
    }
    end_word(text.size());
}

std::string folded(const Tables& tables, std::string_view text) {
    static thread_local RawWords words;
    read_words(tables, text.substr(0, name_bytes_max), words);
    std::string result;
    for (std::size_t i = 0; i < words.count; ++i) {
        if (i > 0) result += ' ';
        result += words.items[i].latin();
    }
    return result;
}

std::size_t write_skeleton(std::string_view latin, std::array<char, letters_max>& out) {
    std::size_t length = 0;
    const auto put = [&](char letter) {
        if (length > 0 && out[length - 1] == letter) return;  // doubles sound as one
        if (length < letters_max) out[length++] = letter;
    };
    const auto vowel = [](char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; };
    for (std::size_t i = 0; i < latin.size(); ++i) {
        const char c = latin[i], next = i + 1 < latin.size() ? latin[i + 1] : ' ',
                   third = i + 2 < latin.size() ? latin[i + 2] : ' ';
        const char before = i > 0 ? latin[i - 1] : ' ';
        // Hussein, Husain and Husayn; Meier and Mayer. In short names it matters: Lai and Lei.
        if ((c == 'a' || c == 'e') && (next == 'i' || next == 'y') && !vowel(third) && latin.size() > 3) {
            put('e');
            ++i;
            continue;
        }
        switch (c) {
            case 'p':
                if (next == 'h') {
                    put('f');
                    ++i;
                } else
                    put('p');
                break;
            case 'g':
                put('g');
                if (next == 'h' || (next == 'u' && (third == 'e' || third == 'i') && i > 0)) ++i;  // Serguei
                break;
            case 'k':
                // Ksenia is Xenia.
                if (i == 0 && next == 's') {
                    put('s');
                    ++i;
                    break;
                }
                put('k');
                if (next == 'h') ++i;
                break;
            case 'd':
                if (latin.substr(i).starts_with("dsch")) {
                    put('j');  // Dschamil is Jamil in German
                    i += 3;
                } else if (next == 'j' || (next == 'z' && third == 'h')) {
                    put('j');
                    i += next == 'j' ? 1 : 2;
                } else {
                    put('d');
                    if (next == 'h') ++i;
                }
                break;
            case 't':
                if (next == 's' && third == 'c') {
                    put('c');
                    i += third == 'c' ? 2 : 1;
                    if (i + 1 < latin.size() && latin[i + 1] == 'h') ++i;
                } else if (next == 'c' && third == 'h') {
                    put('c');
                    i += 2;
                } else if (next == 's' || next == 'z' || next == 'x') {
                    put('c');  // Etxeberria is Echeverria
                    ++i;
                    if (i + 1 < latin.size() && latin[i + 1] == 'h') ++i;
                } else {
                    put('t');
                    if (next == 'h') ++i;
                }
                break;
            case 'j':
                // Sergej and Sergei.
                put(next == ' ' && i > 0 && (before == 'e' || before == 'i' || before == 'y') ? 'i' : 'j');
                if (next == 'h') ++i;
                break;
            case 'b':
                put(c);
                if (next == 'h') ++i;
                break;
            case 's':
                if (next == 'c' && third == 'h') {
                    put('s');
                    i += 2;
                } else {
                    put('s');
                    if (next == 'h' || next == 'z') ++i;
                }
                break;
            case 'c':
                if (next == 'h' || next == 'z') {
                    put('c');
                    ++i;
                } else if (next == 'k') {
                    put('k');
                    ++i;
                } else if (next == 'e' || next == 'i' || next == 'y')
                    put('s');
                else
                    put('k');
                break;
            case 'z':
                put('s');
                if (next == 'h') ++i;
                break;
            case 'q':
                put('k');
                if (next == 'u' && vowel(third)) ++i;
                break;
            case 'x':
                if (i == 0)
                    put('s');
                else {
                    put('k');
                    put('s');
                }
                break;
            case 'w':
                // Chowdhury and Choudhury, Brown and Braun; not Nowak, and not Petrow.
                // Fawzi and Fauzi, Jawlani and Jaulani.
                put(((before == 'o' || before == 'a') && (next == 'd' || next == 'n' || next == 't')) ||
                            (before == 'a' && (next == 'l' || next == 'f' || next == 'z' || next == 'q'))
                        ? 'u'
                        : 'v');
                break;
            case 'f':
                // Petroff and Petrow are Petrov.
                put(i + 1 >= latin.size() && i > 1 && (before == 'o' || before == 'e' || before == 'f') ? 'v' : 'f');
                if (next == 'f') {
                    ++i;
                    if (i + 1 >= latin.size() && (before == 'o' || before == 'e')) out[length - 1] = 'v';
                }
                break;
            case 'h':
                // Htun and Tun, Hla and La: in Burma it is breathed.
                if (i == 0 && (next == 't' || next == 'l' || next == 'm' || next == 'n' || next == 'p')) break;
                if (i == 0 || (vowel(before) && vowel(next)))
                    put('h');
                else if (vowel(before) && next != ' ')
                    put('h');
                break;
            case 'y':
                // Solovyov is Solovev.
                if (i > 1 && next == 'o' && third == 'v') {
                    put('e');
                    ++i;
                } else
                    put('i');
                break;
            case 'e':
                if (next == 'e') {
                    put('i');
                    ++i;
                } else if (next != 'o' && next != 'u') {
                    put('e');  // Korean eo and eu are o and u
                }
                break;
            case 'o':
                if (next == 'u' || next == 'o') {
                    put('u');
                    ++i;
                } else if (next == 'e') {
                    put('o');
                    ++i;
                } else
                    put('o');
                break;
            case 'u':
                put('u');
                if (next == 'e') ++i;
                break;
            case 'a':
                put('a');
                if (next == 'e') ++i;
                break;
            case 'i':
                put('i');
                if (next == 'e' && third != ' ') { /* ie before a letter keeps its e */
                } else if (next == 'e')
                    ++i;
                break;
            default: put(c); break;
        }
    }
    return length;
}

std::size_t write_without_habit(std::string_view latin, std::array<char, letters_max>& out) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < latin.size() && length < out.size(); ++at) {
        const char c = latin[at], next = at + 1 < latin.size() ? latin[at + 1] : ' ';
        char written = c;
        if (at > 0) {
            switch (c) {
                case 'y': written = 'i'; break;
                case 'j': written = is_vowel(out[length - 1]) ? 'j' : 'i'; break;  // Nadja; but Sajid is not Said
                case 'w': written = 'v'; break;
                case 'q': written = 'k'; break;
                case 'o':
                    if (next == 'u' || next == 'o') {
                        written = 'u';
                        ++at;
                    }
                    break;
                case 'e':
                    if (next == 'e') {
                        written = 'i';
                        ++at;
                    }
                    break;
                case 'p':
                    if (next == 'h') {
                        written = 'f';
                        ++at;
                    }
                    break;
                case 'c':
                    if (next == 'h' && out[length - 1] == 's') continue;  // sch is sh
                    break;
                default: break;
            }
        }
        out[length++] = written;
    }
    return length;
}

}  // namespace tideline::names::detail
