#include "assess/fold.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <memory>

#include "base/text.h"

namespace tideline::assess {
namespace {

constexpr std::size_t thai_sentence_code_points_least = 30;
constexpr char32_t bmp_end = 0x10000;

bool is_dropped(char32_t c) {
    return (c >= 0x0300 && c <= 0x036F) ||                                // accents
           (c >= 0x064B && c <= 0x065F) || c == 0x0670 || c == 0x0640 ||  // Arabic vowels, tatweel
           c == 0x093C || c == 0x0A3C || c == 0x09BC ||                   // nuktas
           c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x02BB || c == 0x02BC || c == 0x00B4 ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xFEFF || c == 0x00AD;
}

bool is_space(char32_t c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

char32_t merged(char32_t c) {
    switch (c) {
        case 0x0111: return 'd';     // Vietnamese đ
        case 0x0649: return 0x064A;  // Arabic alef maksura, yeh
        case 0x0629: return 0x0647;  // teh marbuta, heh
        case 0x0901: return 0x0902;  // candrabindu, anusvara
        case 0x0A01: return 0x0A02;
        case 0x0131: return 'i';
        default: return c;
    }
}

/// What one code point becomes; computed once for the whole basic plane.
class FoldTable {
public:
    static const FoldTable& instance() {
        static const FoldTable table;
        return table;
    }

    std::string_view of(char32_t c) const {
        const Entry entry = entries_[c];
        return {pool_.data() + entry.begin, entry.length};
    }
    bool word(char32_t c) const { return word_[c] != 0; }

private:
    struct Entry {
        std::uint32_t begin : 24;
        std::uint32_t length : 8;
    };

    FoldTable() : entries_(bmp_end), word_(bmp_end) {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
        for (char32_t c = 0; c < bmp_end; ++c) {
            const auto type = u_charType(static_cast<UChar32>(c));
            word_[c] = u_isalnum(static_cast<UChar32>(c)) != 0 || type == U_NON_SPACING_MARK ||
                       type == U_COMBINING_SPACING_MARK;
            std::string out;
            if (c >= 0xD800 && c <= 0xDFFF) {
                text::append(out, 0xFFFD);
            } else if (is_space(c)) {
                out = " ";
            } else if (!is_dropped(c)) {
                icu::UnicodeString folded(static_cast<UChar32>(c));
                if (c >= 0x80 && U_SUCCESS(status)) folded = decompose->normalize(folded, status);
                folded.foldCase();
                for (int i = 0; i < folded.length();) {
                    const auto part = static_cast<char32_t>(folded.char32At(i));
                    i += U16_LENGTH(part);
                    if (is_space(part)) {
                        out += ' ';
                    } else if (!is_dropped(part)) {
                        text::append(out, merged(part));
                    }
                }
            }
            if (out.size() > 255) out.resize(0);
            entries_[c] = {static_cast<std::uint32_t>(pool_.size()) & 0xFFFFFFu,
                           static_cast<std::uint32_t>(out.size()) & 0xFFu};
            pool_ += out;
        }
    }

    std::vector<Entry> entries_;
    std::vector<unsigned char> word_;
    std::string pool_;
};

}  // namespace

bool is_word_character(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    return c < bmp_end ? FoldTable::instance().word(c) : u_isalnum(static_cast<UChar32>(c)) != 0;
}

namespace {

/// What an ASCII character becomes: 0 for nothing.
constexpr std::array<char, 128> ascii_folds = [] {
    std::array<char, 128> table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        table[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        if (c == '-' || c == ' ' || (c >= 9 && c <= 13)) table[c] = ' ';
        if (c == '\'' || c == '`') table[c] = 0;
    }
    return table;
}();

}  // namespace

Folded fold(std::string_view utf8) {
    constexpr std::size_t longest = 256;  // bytes that one code point can become
    const FoldTable& table = FoldTable::instance();
    Folded folded;
    folded.bytes.resize(utf8.size() + longest);
    folded.offsets.resize(utf8.size() + longest + 1);
    std::size_t size = 0;
    bool after_space = false;
    const auto put = [&](char byte, std::size_t from) {
        const bool space = byte == ' ';
        if (space && after_space) return;
        after_space = space;
        folded.bytes[size] = byte;
        folded.offsets[size] = static_cast<std::uint32_t>(from);
        ++size;
    };
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t from = at;
        const auto byte = static_cast<unsigned char>(utf8[at]);
        if (size + longest > folded.bytes.size()) {
            folded.bytes.resize(2 * folded.bytes.size());
            folded.offsets.resize(folded.bytes.size() + 1);
        }
        if (byte < 0x80) {
            ++at;
            if (const char c = ascii_folds[byte]; c != 0) put(c, from);
            continue;
        }
        const char32_t c = text::next(utf8, at);
        const std::string_view become = c < bmp_end ? table.of(c) : utf8.substr(from, at - from);
        for (const char one : become) put(one, from);
    }
    folded.bytes.resize(size);
    folded.offsets.resize(size + 1);
    folded.offsets[size] = static_cast<std::uint32_t>(utf8.size());
    return folded;
}

namespace {

bool is_thai(char32_t c) { return c >= 0x0E00 && c <= 0x0E7F; }

bool is_trimmed(unsigned char byte) { return byte == ' ' || (byte >= 9 && byte <= 13); }

/// Adds what lies between two places, without white space at its ends, if anything is left.
void add_trimmed(std::vector<Sentence>& to, std::string_view utf8, std::size_t begin, std::size_t end) {
    while (begin < end && is_trimmed(static_cast<unsigned char>(utf8[begin]))) ++begin;
    while (begin < end && is_trimmed(static_cast<unsigned char>(utf8[end - 1]))) --end;
    if (begin == end) return;
    const bool plain =
        static_cast<unsigned char>(utf8[begin]) < 0x80 && static_cast<unsigned char>(utf8[end - 1]) < 0x80;
    if (plain) return to.push_back({begin, end});
    const std::string_view inside = text::trim(utf8.substr(begin, end - begin));
    if (inside.empty()) return;
    const auto from = static_cast<std::size_t>(inside.data() - utf8.data());
    to.push_back({from, from + inside.size()});
}

/// Splits a run of Thai at spaces once it is long enough.
void add_thai(std::vector<Sentence>& to, std::string_view utf8, std::size_t begin, std::size_t end) {
    std::size_t length = 0;
    char32_t before = 0;
    for (std::size_t at = begin; at < end;) {
        const std::size_t here = at;
        const char32_t c = text::next(utf8, at);
        ++length;
        if (c == ' ' && is_thai(before) && length >= thai_sentence_code_points_least) {
            add_trimmed(to, utf8, begin, here);
            begin = at;
            length = 0;
        }
        before = c;
    }
    add_trimmed(to, utf8, begin, end);
}

/// A line as UTF-16, and where each unit came from.
struct Line {
    std::u16string units;
    std::vector<std::size_t> offsets;  ///< one more than units
    bool thai = false;

    void read(std::string_view utf8, std::size_t begin, std::size_t end) {
        units.resize(end - begin);  // no code point takes more units than bytes
        offsets.resize(end - begin + 1);
        thai = false;
        std::size_t size = 0;
        const auto put = [&](char32_t unit, std::size_t from) {
            units[size] = static_cast<char16_t>(unit);
            offsets[size++] = from;
        };
        for (std::size_t at = begin; at < end;) {
            const std::size_t from = at;
            const auto byte = static_cast<unsigned char>(utf8[at]);
            const char32_t c = byte < 0x80 ? (++at, char32_t{byte}) : text::next(utf8, at);
            thai = thai || is_thai(c);
            if (c >= bmp_end) put(0xD7C0 + (c >> 10), from);
            put(c >= bmp_end ? 0xDC00 + (c & 0x3FF) : c, from);
        }
        units.resize(size);
        offsets.resize(size + 1);
        offsets[size] = end;
    }
};

/// One line by the rules of ICU.
void add_line(std::vector<Sentence>& to, std::string_view utf8, const Line& line, icu::BreakIterator& breaks) {
    const icu::UnicodeString wide(false, line.units.data(), static_cast<int>(line.units.size()));
    breaks.setText(wide);
    std::size_t from = 0;
    for (int next = breaks.next(); next != icu::BreakIterator::DONE; next = breaks.next()) {
        const auto unit = static_cast<std::size_t>(next);
        (line.thai ? add_thai : add_trimmed)(to, utf8, line.offsets[from], line.offsets[unit]);
        from = unit;
    }
}

}  // namespace

std::vector<Sentence> sentences(std::string_view utf8) {
    thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::BreakIterator>(
            icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
    }();
    std::vector<Sentence> found;
    Line line;
    for (std::size_t begin = 0; begin <= utf8.size();) {
        const std::size_t end = std::min(utf8.find('\n', begin), utf8.size());
        if (breaks && end > begin) {
            line.read(utf8, begin, end);
            add_line(found, utf8, line, *breaks);
        }
        begin = end + 1;
    }
    return found;
}

}  // namespace tideline::assess
