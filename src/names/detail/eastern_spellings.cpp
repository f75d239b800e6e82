#include "names/detail/eastern_spellings.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "names/detail/fold.h"
#include "names/detail/sounds.h"
#include "names/detail/vietnamese.h"

namespace tideline::names::detail {

bool is_cantonese_of(const Tables& tables, std::string_view cantonese, std::string_view pinyin) {
    constexpr std::size_t syllable_max = 6, letters_looked_at = 18;
    if (cantonese.size() < 4 || pinyin.size() < 4 || cantonese.size() > letters_looked_at ||
        pinyin.size() > letters_looked_at)
        return false;
    // reached[i] bit j: the first i letters of one and the first j of the other are the same characters.
    std::array<std::uint32_t, letters_looked_at + 1> reached = {1};
    for (std::size_t i = 0; i < cantonese.size(); ++i) {
        if (reached[i] == 0) continue;
        for (std::size_t more = 1; more <= syllable_max && i + more <= cantonese.size(); ++more) {
            const std::string_view syllable = cantonese.substr(i, more);
            if (more == cantonese.size() || tables.cantonese_syllables.find(syllable) == TextMap::absent) continue;
            std::array<char, 2 * syllable_max + 1> both;
            std::memcpy(both.data(), syllable.data(), more);
            both[more] = ' ';
            for (std::size_t j = 0; j < pinyin.size(); ++j) {
                if ((reached[i] >> j & 1U) == 0) continue;
                for (std::size_t length = 1; length <= syllable_max && j + length <= pinyin.size(); ++length) {
                    std::memcpy(both.data() + more + 1, pinyin.data() + j, length);
                    if (tables.cantonese_pinyin.find({both.data(), more + 1 + length}) != TextMap::absent)
                        reached[i + more] |= 1U << (j + length);
                }
            }
        }
    }
    return (reached[cantonese.size()] >> pinyin.size() & 1U) != 0;
}

namespace {

/// Writes syllables of Chinese without what tells zhi from chi and bo from po.
std::size_t write_unbreathed(std::string_view pinyin, std::array<char, 2 * letters_max>& out) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < pinyin.size(); ++i) {
        const char c = pinyin[i], next = i + 1 < pinyin.size() ? pinyin[i + 1] : ' ';
        const bool begins = is_vowel(next) || next == 'h';
        if ((c == 'z' || c == 'c') && next == 'h') {
            out[length++] = 'q';
            ++i;
        } else if (begins) {
            out[length++] = c == 'b' ? 'p' : c == 'd' ? 't' : c == 'g' ? 'k' : c == 'z' ? 'c' : c == 'j' ? 'q' : c;
        } else {
            out[length++] = c;
        }
    }
    return length;
}

}  // namespace

bool is_same_but_for_breath(const Prepared& name, const Part& part, std::string_view pinyin) {
    if (part.pinyin) return false;
    std::array<char, 2 * letters_max> first, second;
    const std::size_t length = write_unbreathed(pinyin, second);
    for (const Part& other : name.other_readings_of(part)) {
        if (write_unbreathed(other.latin(), first) == length && std::memcmp(first.data(), second.data(), length) == 0)
            return true;
    }
    return false;
}

bool is_final_g(const Part& a, const Part& b) {
    const auto [shorter, longer] = by_length(a, b);
    if (longer.size() != shorter.size() + 1 || shorter.size() < 6) return false;
    const std::size_t at =
        static_cast<std::size_t>(std::mismatch(shorter.begin(), shorter.end(), longer.begin()).first - shorter.begin());
    return longer[at] == 'g' && at > 0 && longer[at - 1] == 'n' && longer.substr(at + 1) == shorter.substr(at);
}

namespace {

/// Writes a name of Japan as it is heard, without the length of vowels: Ohno, Oono and Ono; Huzimoto and Fujimoto.
std::size_t write_japanese(std::string_view latin, std::array<char, 2 * letters_max>& out) {
    static constexpr std::pair<std::string_view, std::string_view> spelled[] = {
        {"shi", "si"},  {"sha", "sya"}, {"shu", "syu"}, {"sho", "syo"}, {"tchi", "tti"}, {"chi", "ti"}, {"cha", "tya"},
        {"chu", "tyu"}, {"cho", "tyo"}, {"tsu", "tu"},  {"fu", "hu"},   {"ji", "zi"},    {"ja", "zya"}, {"ju", "zyu"},
        {"jo", "zyo"},  {"dzu", "zu"},  {"du", "zu"},   {"di", "zi"},   {"mb", "nb"},    {"mp", "np"},  {"mm", "nm"}};
    std::size_t length = 0;
    for (std::size_t at = 0; at < latin.size();) {
        const std::string_view rest = latin.substr(at);
        const char last = length > 0 ? out[length - 1] : ' ';
        const char next = rest.size() > 1 ? rest[1] : ' ';
        const bool lengthens = (rest[0] == last && (last == 'o' || last == 'u')) || (rest[0] == 'u' && last == 'o') ||
                               (rest[0] == 'h' && is_vowel(last) && !is_vowel(next) && next != 'y');
        if (lengthens) {
            ++at;
            continue;
        }
        const auto found = std::find_if(std::begin(spelled), std::end(spelled),
                                        [rest](const auto& pair) { return rest.starts_with(pair.first); });
        if (found != std::end(spelled) && found->first[0] != 'm') {
            for (const char c : found->second) out[length++] = c;
            at += found->first.size();
        } else {
            out[length++] = found != std::end(spelled) ? 'n' : rest[0];
            ++at;
        }
    }
    return length;
}

}  // namespace

bool same_in_japanese(std::string_view a, std::string_view b) {
    std::array<char, 2 * letters_max> heard_a, heard_b;
    const std::size_t length_a = write_japanese(a, heard_a), length_b = write_japanese(b, heard_b);
    return length_a == length_b && std::memcmp(heard_a.data(), heard_b.data(), length_a) == 0;
}

bool is_marked_otherwise(const Prepared& a, const Part& part_a, const Prepared& b, const Part& part_b) {
    const std::string_view text_a = a.text_of(part_a), text_b = b.text_of(part_b);
    return text_a != text_b && has_vietnamese_marks(a.original()) && has_vietnamese_marks(b.original()) &&
           !same_in_vietnamese(text_a, text_b);
}

bool same_characters(const Tables& tables, std::string_view a, std::string_view b) {
    std::size_t at_a = 0, at_b = 0;
    while (at_a < a.size() && at_b < b.size()) {
        if (tables.simplified(text::next(a, at_a)) != tables.simplified(text::next(b, at_b))) return false;
    }
    return at_a == a.size() && at_b == b.size();
}

}  // namespace tideline::names::detail
