#include "link/detail/normal.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstring>
#include <mutex>

#include "base/text.h"

namespace tideline::link::detail {

namespace {

struct AsciiTables {
    char fold[256];  // lower-case letter, digit, ' ' for a separator, 0 for nothing
    AsciiTables() {
        for (int c = 0; c < 256; ++c) {
            fold[c] = ' ';
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) fold[c] = static_cast<char>(c);
            if (c >= 'A' && c <= 'Z') fold[c] = static_cast<char>(c - 'A' + 'a');
        }
        fold[static_cast<unsigned char>('\'')] = 0;
        fold[static_cast<unsigned char>('`')] = 0;
    }
};
const AsciiTables ascii;

/// The ASCII spelling of a Latin letter beyond ASCII; "" if it is not one.
struct LatinFold {
    static constexpr char32_t end = 0x2000;
    char text[end][4] = {};
    LatinFold() {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
        if (U_FAILURE(status)) return;
        for (char32_t c = 0x80; c < end; ++c) {
            icu::UnicodeString decomposed;
            if (!decompose->getDecomposition(static_cast<UChar32>(c), decomposed)) continue;
            int at = 0;
            for (int i = 0; i < decomposed.length() && at < 3; ++i) {
                const char16_t unit = decomposed[i];
                if (unit < 0x80 && ascii.fold[unit] > ' ') text[c][at++] = ascii.fold[unit];
            }
        }
        const auto set = [&](char32_t c, const char* to) { std::snprintf(text[c], sizeof text[c], "%s", to); };
        for (const char32_t c : {U'đ', U'Đ', U'ð', U'Ð'}) set(c, "d");
        for (const char32_t c : {U'ø', U'Ø'}) set(c, "o");
        for (const char32_t c : {U'ł', U'Ł'}) set(c, "l");
        for (const char32_t c : {U'æ', U'Æ'}) set(c, "ae");
        for (const char32_t c : {U'œ', U'Œ'}) set(c, "oe");
        for (const char32_t c : {U'þ', U'Þ'}) set(c, "th");
        for (const char32_t c : {U'ħ', U'Ħ'}) set(c, "h");
        set(U'ß', "ss");
        set(U'ı', "i");
    }
};
const LatinFold& latin() {
    static const LatinFold table;
    return table;
}

std::string transliterate(std::string_view utf8) {
    static std::mutex guard;
    static const std::unique_ptr<icu::Transliterator> any_latin = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::Transliterator>(
            icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
    }();
    auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int>(utf8.size())));
    if (any_latin) {
        const std::scoped_lock lock(guard);
        any_latin->transliterate(wide);
    }
    std::string out;
    wide.toUTF8String(out);
    return out;
}

/// Lower-case ASCII words, one space between; what is neither Latin nor known stays as UTF-8.
void fold(std::string_view raw, Normal& out, bool drop_apostrophes = true) {
    std::size_t size = 0;
    bool gap = false;
    const auto put = [&](char c) {
        if (gap && size != 0 && size + 1 < value_bytes_max) out.bytes[size++] = ' ';
        gap = false;
        if (size < value_bytes_max) out.bytes[size++] = c;
    };
    for (std::size_t at = 0; at < raw.size();) {
        const auto byte = static_cast<unsigned char>(raw[at]);
        if (byte < 0x80) {
            char c = ascii.fold[byte];
            if (c > ' ') {
                put(c);
                // The rest of the word, which is nearly always plain.
                while (++at < raw.size() && size < value_bytes_max &&
                       (c = ascii.fold[static_cast<unsigned char>(raw[at])]) > ' ')
                    out.bytes[size++] = c;
                continue;
            }
            if (c == ' ' || !drop_apostrophes) gap = true;
            ++at;
            continue;
        }
        std::size_t after = at;
        const char32_t point = text::next(raw, after);
        if (point < LatinFold::end && latin().text[point][0] != 0) {
            for (const char* c = latin().text[point]; *c != 0; ++c) put(*c);
        } else if (u_isalpha(static_cast<UChar32>(point)) && point > 0x24F) {
            const std::string spelled = transliterate(raw.substr(at));
            bool plain = true;
            for (const char c : spelled) plain = plain && static_cast<unsigned char>(c) < 0x80;
            for (const char c : spelled) {
                const char folded = plain ? ascii.fold[static_cast<unsigned char>(c)] : c;
                if (folded == ' ') {
                    gap = true;
                } else if (folded != 0) {
                    put(folded);
                }
            }
            break;
        } else if (const auto digit = text::digit_value(point)) {
            put(static_cast<char>('0' + *digit));
        } else if (u_charType(static_cast<UChar32>(point)) != U_NON_SPACING_MARK && point != U'’' && point != U'ʻ' &&
                   point != U'ʼ') {
            gap = true;
        }
        at = after;
    }
    out.size = size;
}

bool is_missing_word(std::string_view folded) {
    switch (folded.size()) {
        case 0: return true;
        case 2: return folded == "na";
        case 3: return folded == "nan" || folded == "n a" || folded == "nil";
        case 4: return folded == "null" || folded == "none";
        case 7: return folded == "unknown" || folded == "missing" || folded == "not set";
        case 9: return folded == "not known";
        default: return false;
    }
}

struct Abbreviation {
    std::string_view from;
    std::string_view to;
};
constexpr Abbreviation street_kinds[] = {
    {"street", "st"},  {"road", "rd"},        {"avenue", "ave"}, {"av", "ave"},
    {"place", "pl"},   {"drive", "dr"},       {"lane", "ln"},    {"crescent", "cres"},
    {"cr", "cres"},    {"terrace", "tce"},    {"ter", "tce"},    {"court", "ct"},
    {"close", "cl"},   {"boulevard", "blvd"}, {"square", "sq"},  {"highway", "hwy"},
    {"parade", "pde"}, {"circuit", "cct"},    {"grove", "gr"},   {"flat", ""},
    {"unit", ""},      {"apartment", ""},     {"apt", ""},       {"no", ""},
    {"number", ""}};
constexpr Abbreviation legal_forms[] = {{"ltd", ""},           {"limited", ""},      {"co", ""},
                                        {"company", ""},       {"inc", ""},          {"incorporated", ""},
                                        {"corp", ""},          {"corporation", ""},  {"llc", ""},
                                        {"plc", ""},           {"pty", ""},          {"gmbh", ""},
                                        {"sarl", ""},          {"bv", ""},           {"group", ""},
                                        {"grp", ""},           {"and", ""},          {"the", ""},
                                        {"holdings", "hldgs"}, {"services", "svcs"}, {"international", "intl"},
                                        {"brothers", "bros"}};

/// Replaces whole words; an empty replacement drops the word unless nothing else would be left.
void abbreviate(Normal& value, std::span<const Abbreviation> table) {
    Normal out;
    std::string_view rest = value.view();
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        std::string_view replaced = word;
        for (const Abbreviation& entry : table) {
            if (entry.from.size() == word.size() && entry.from == word) {
                replaced = entry.to;
                break;
            }
        }
        if (replaced.empty()) continue;
        if (out.size != 0) out.bytes[out.size++] = ' ';
        std::memcpy(out.bytes + out.size, replaced.data(), replaced.size());
        out.size += replaced.size();
    }
    if (out.size != 0) {
        std::memcpy(value.bytes, out.bytes, out.size);
        value.size = out.size;
    }
}

void normalise_phone(std::string_view raw, Normal& out) {
    constexpr std::size_t compared_digits = 8;
    constexpr std::size_t shortest = 5;
    char digits[64];
    std::size_t count = 0;
    for (std::size_t at = 0; at < raw.size() && count < sizeof digits;) {
        const auto byte = static_cast<unsigned char>(raw[at]);
        if (byte < 0x80) {
            if (byte == 'x' && count >= shortest) break;  // an extension follows
            if (byte >= '0' && byte <= '9') digits[count++] = static_cast<char>(byte);
            ++at;
        } else if (const auto digit = text::digit_value(text::next(raw, at))) {
            digits[count++] = static_cast<char>('0' + *digit);
        }
    }
    out.size = 0;
    if (count < shortest) return;
    const std::size_t kept = std::min(count, compared_digits);
    if (std::count(digits + count - kept, digits + count, digits[count - 1]) == static_cast<std::ptrdiff_t>(kept))
        return;  // 00000000
    std::memcpy(out.bytes, digits + count - kept, kept);
    out.size = kept;
}

void normalise_email(std::string_view raw, Normal& out) {
    raw = text::trim(raw);
    out.size = 0;
    const std::size_t at = raw.rfind('@');
    if (at == std::string_view::npos || at == 0) return;
    std::size_t tag = raw.substr(0, at).find('+');
    if (tag == std::string_view::npos || tag == 0) tag = at;
    for (std::size_t i = 0; i < raw.size() && out.size < value_bytes_max; ++i) {
        if (i >= tag && i < at) continue;
        const char c = raw[i];
        out.bytes[out.size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
}

void normalise_document(std::string_view raw, Normal& out) {
    Normal folded;
    fold(raw, folded);
    out.size = 0;
    if (is_missing_word(folded.view())) return;
    for (std::size_t i = 0; i < folded.size; ++i) {
        char c = folded.bytes[i];
        if (c == ' ') continue;
        switch (c) {
            case 'o': c = '0'; break;
            case 'i':
            case 'l': c = '1'; break;
            case 'b': c = '8'; break;
            case 's': c = '5'; break;
            case 'z': c = '2'; break;
            case 'g': c = '6'; break;
            default: break;
        }
        out.bytes[out.size++] = c;
    }
}

void normalise_sex(std::string_view raw, Normal& out) {
    fold(raw, out);
    if (out.size == 0) return;
    const std::string_view word = out.view();
    char letter = 'x';
    if (word == "m" || word == "male" || word == "man" || word == "boy" || word == "1") letter = 'm';
    if (word == "f" || word == "female" || word == "woman" || word == "girl" || word == "2") letter = 'f';
    if (word == "u" || word == "0" || word == "9" || is_missing_word(word)) {
        out.size = 0;
        return;
    }
    out.bytes[0] = letter;
    out.size = 1;
}

}  // namespace

void normalise(Kind kind, std::string_view raw, Normal& out) {
    out.size = 0;
    if (raw.empty()) return;
    switch (kind) {
        case Kind::phone: return normalise_phone(raw, out);
        case Kind::email: return normalise_email(raw, out);
        case Kind::document: return normalise_document(raw, out);
        case Kind::sex: return normalise_sex(raw, out);
        case Kind::address:
            fold(raw, out);
            if (is_missing_word(out.view())) {
                out.size = 0;
            } else {
                abbreviate(out, street_kinds);
            }
            return;
        case Kind::organisation:
            fold(raw, out);
            if (is_missing_word(out.view())) {
                out.size = 0;
            } else {
                abbreviate(out, legal_forms);
            }
            return;
        case Kind::handle: fold(raw.front() == '@' ? raw.substr(1) : raw, out); return;
        case Kind::given_name:
        case Kind::family_name:
        case Kind::full_name:
            fold(raw, out);
            if (out.size == 4 && out.view() == "null") out.size = 0;
            if (out.size == 3 && out.view() == "nan") out.size = 0;
            return;
        default:
            fold(raw, out);
            if (is_missing_word(out.view())) out.size = 0;
            return;
    }
}

namespace {
/// 0xYYYYMMDD: a decimal digit in every four bits.
std::uint32_t packed(std::uint32_t year, std::uint32_t month, std::uint32_t day) {
    std::uint32_t number = year * 10'000 + month * 100 + day;
    if (year > 7999 || number == 0) return 0;
    std::uint32_t out = 0;
    for (int shift = 0; number != 0; shift += 4, number /= 10) out |= (number % 10) << shift;
    return out;
}
}  // namespace

std::uint32_t parse_date(std::string_view raw, DayOrder order) {
    std::uint32_t number[3] = {};
    std::size_t digits[3] = {};
    std::size_t groups = 0;
    int month_name = 0;
    bool in_digits = false;
    for (std::size_t at = 0; at < raw.size();) {
        const auto byte = static_cast<unsigned char>(raw[at]);
        std::optional<int> digit;
        if (byte < 0x80) {
            if (byte >= '0' && byte <= '9') digit = byte - '0';
            if (byte == 'T' && groups == 3) break;  // a time follows
            if (((byte | 32) >= 'a' && (byte | 32) <= 'z') && at + 3 <= raw.size() && month_name == 0) {
                static constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
                const std::string word = text::ascii_lower(raw.substr(at, 3));
                const std::size_t found = months.find(word);
                if (found != std::string_view::npos && found % 3 == 0) month_name = static_cast<int>(found / 3) + 1;
                while (at + 1 < raw.size() && ((raw[at + 1] | 32) >= 'a' && (raw[at + 1] | 32) <= 'z')) ++at;
            }
            ++at;
        } else {
            digit = text::digit_value(text::next(raw, at));
        }
        if (!digit) {
            in_digits = false;
            continue;
        }
        if (!in_digits) {
            if (groups == 3) break;
            ++groups;
            in_digits = true;
        }
        if (digits[groups - 1] == 9) return 0;
        number[groups - 1] = number[groups - 1] * 10 + static_cast<std::uint32_t>(*digit);
        ++digits[groups - 1];
    }
    if (groups == 0) return 0;
    if (groups == 1) {
        if (month_name != 0 && digits[0] == 4) return packed(number[0], static_cast<std::uint32_t>(month_name), 0);
        if (digits[0] == 8) return packed(number[0] / 10'000, number[0] / 100 % 100, number[0] % 100);
        if (digits[0] == 6) return packed(number[0] / 100, number[0] % 100, 0);
        if (digits[0] == 4) return packed(number[0], 0, 0);
        return 0;
    }
    std::uint32_t year = 0, month = 0, day = 0;
    if (month_name != 0) {
        month = static_cast<std::uint32_t>(month_name);
        const bool year_first = digits[0] == 4;
        year = year_first ? number[0] : number[1];
        day = year_first ? number[1] : number[0];
    } else if (digits[0] == 4) {
        year = number[0];
        month = number[1];
        day = number[2];
    } else if (groups == 2) {
        month = number[0];
        year = number[1];
    } else {
        const bool day_first = order == DayOrder::day_first;
        day = day_first ? number[0] : number[1];
        month = day_first ? number[1] : number[0];
        year = number[2];
        if (digits[2] <= 2) year += year > 30 ? 1900 : 2000;
    }
    if (year > 9999 || month > 99 || day > 99) return 0;
    if (year == 0 && month == 0) return 0;
    return packed(year, month, day);
}

std::string skeleton(std::string_view token) {
    std::string out;
    const auto put = [&](char c) {
        if (out.empty() || out.back() != c) out.push_back(c);
    };
    for (std::size_t i = 0; i < token.size(); ++i) {
        const char c = token[i];
        const char following = i + 1 < token.size() ? token[i + 1] : '\0';
        switch (c) {
            case 'a':
            case 'e':
            case 'i':
            case 'o':
            case 'u':
            case 'y':
            case 'j':
            case 'h':
            case 'w':
                // A vowel at the beginning counts, but not which one.
                if (i == 0) put(c == 'h' ? 'h' : c == 'w' ? 'v' : c == 'j' || c == 'y' ? 'y' : 'a');
                break;
            case 'p':
                if (following == 'h') {
                    put('f');
                    ++i;
                } else {
                    put('p');
                }
                break;
            case 'c':
            case 'q':
            case 'k':
            case 'g': put(c == 'g' ? 'g' : (c == 'c' && (following == 'e' || following == 'i')) ? 's' : 'k'); break;
            case 'x':
                put('k');
                put('s');
                break;
            case 'z':
            case 's': put('s'); break;
            case 'v': put('v'); break;
            default: put(c); break;
        }
    }
    return out;
}

}  // namespace tideline::link::detail
