#include "names/detail/vietnamese.h"

#include <array>
#include <cstddef>

#include "base/text.h"

namespace tideline::names::detail {

namespace {

// Every vowel without a tone and with each of the five.
constexpr std::u32string_view toned = U"aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";
constexpr std::size_t tones = 6;
constexpr std::u32string_view tone_marks = U"\u0300\u0309\u0303\u0301\u0323";

char32_t lower(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    if (c >= 0xc0 && c < 0xdf) return c + 0x20;
    if ((c >= 0x100 && c < 0x180) || (c >= 0x1ea0 && c < 0x1efa) || c == 0x1a0) return c | 1U;
    return c == 0x1af ? 0x1b0 : c;
}

/// A letter with the mark behind it in one.
char32_t composed(char32_t letter, char32_t mark) {
    if (mark == 0x302) return letter == 'a' ? U'â' : letter == 'e' ? U'ê' : letter == 'o' ? U'ô' : letter;
    if (mark == 0x306) return letter == 'a' ? U'ă' : letter;
    if (mark == 0x31b) return letter == 'o' ? U'ơ' : letter == 'u' ? U'ư' : letter;
    return letter;
}

struct Syllable {
    std::array<char32_t, 8> letters = {};
    std::size_t length = 0;
    std::size_t tone = 0;

    bool operator==(const Syllable&) const = default;
};

Syllable syllable_of(std::string_view text) {
    Syllable syllable;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = lower(text::next(text, at));
        const std::size_t mark = tone_marks.find(c), vowel = toned.find(c);
        if (mark != tone_marks.npos) {
            syllable.tone = mark + 1;
        } else if (c >= 0x300 && c < 0x370) {
            if (syllable.length > 0) {
                char32_t& last = syllable.letters[syllable.length - 1];
                last = composed(last, c);
            }
        } else if (syllable.length < syllable.letters.size()) {
            if (vowel != toned.npos && vowel % tones != 0) syllable.tone = vowel % tones;
            syllable.letters[syllable.length++] = vowel == toned.npos ? c : toned[vowel - vowel % tones];
        }
    }
    return syllable;
}

}  // namespace

bool has_vietnamese_marks(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = lower(text::next(text, at));
        if (c >= 0x80 && (c == U'đ' || toned.find(c) != toned.npos || tone_marks.find(c) != tone_marks.npos ||
                          c == 0x302 || c == 0x306 || c == 0x31b))
            return true;
    }
    return false;
}

bool same_in_vietnamese(std::string_view a, std::string_view b) { return syllable_of(a) == syllable_of(b); }

}  // namespace tideline::names::detail
