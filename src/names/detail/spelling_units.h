#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"

/// What the learned spellings are learned and looked up over; shared with the tool that learns them.
namespace tideline::names::detail {

/// One pair in five is never learned from: it judges (docs/names.md). FNV-1a of the Latin side.
inline bool held_out(std::string_view latin) {
    std::uint32_t hash = 2166136261U;
    for (const char byte : latin) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    return (hash >> 8) % 5 == 0;
}

/// Letters of Urdu, Pashto, Kurdish and Uyghur that Arabic and Persian do not have, as the ones nearest to them; others
/// as they are.
constexpr char32_t plain_arabic(char32_t c) {
    switch (c) {
        case 0x679:                // ٹ
        case 0x67c: return 0x62a;  // ټ
        case 0x688:                // ڈ
        case 0x689: return 0x62f;  // ډ
        case 0x691:                // ڑ
        case 0x693:                // ړ
        case 0x695: return 0x631;  // ڕ
        case 0x69a: return 0x634;  // ښ
        case 0x6ab: return 0x6af;  // ګ
        case 0x6b5: return 0x644;  // ڵ
        case 0x6ba:                // ں
        case 0x6bc: return 0x646;  // ڼ
        case 0x6be:                // ھ
        case 0x6c0:                // ۀ
        case 0x6d5: return 0x647;  // ە
        case 0x6c6:                // ۆ
        case 0x6c7:                // ۇ
        case 0x6c8:                // ۈ
        case 0x6cb: return 0x648;  // ۋ
        case 0x6cd:                // ۍ
        case 0x6ce:                // ێ
        case 0x6d0:                // ې
        case 0x6d2: return 0x64a;  // ے
        default: return c;
    }
}

/// Hangul syllables taken apart into jamo; Thai vowels behind their consonants; marks, tatweel, joiners, the long-vowel
/// bar's look-alikes and spaces dropped; letters that are only spelling habits (alef with hamza, final kaf, hiragana)
/// made one.
inline std::u32string spelling_units(std::string_view native) {
    std::u32string units;
    for (std::size_t at = 0; at < native.size();) {
        char32_t c = text::next(native, at);
        if (c <= 0x20 || c == 0x640 || c == 0x200c || c == 0x200d || c == 0x30fb || c == '-' || c == '\'') continue;
        if ((c >= 0x64b && c <= 0x652) || (c >= 0x591 && c <= 0x5c7) || c == 0x670) continue;
        if (c >= 0xac00 && c <= 0xd7a3) {
            const char32_t syllable = c - 0xac00;
            units += 0x1100 + syllable / 588;
            units += 0x1161 + syllable % 588 / 28;
            if (syllable % 28 != 0) units += 0x11a7 + syllable % 28;
            continue;
        }
        if (c == 0x623 || c == 0x625 || c == 0x671) c = 0x627;
        if (c == 0x649 || c == 0x6cc) c = 0x64a;
        if (c == 0x6a9) c = 0x643;
        if (c == 0x6c1 || c == 0x629) c = 0x647;
        if (c >= 0x679 && c <= 0x6d5) c = plain_arabic(c);
        if (c >= 0x3041 && c <= 0x3096) c += 0x60;
        if (c == 0x5da || c == 0x5dd || c == 0x5df || c == 0x5e3 || c == 0x5e5) ++c;  // final forms
        if (c >= 0xe47 && c <= 0xe4b) continue;                                       // Thai: how long and in what tone
        if (c == 0xe4c) {                                                             // … not spoken, with its vowel
            if (!units.empty() && units.back() >= 0xe34 && units.back() <= 0xe39) units.pop_back();
            if (!units.empty()) units.pop_back();
            continue;
        }
        if (c >= 0xe01 && c <= 0xe2e && !units.empty() && units.back() >= 0xe40 && units.back() <= 0xe44) {
            units.insert(units.end() - 1, c);  // … written before the consonant that it follows
            continue;
        }
        if (c >= 0x410 && c <= 0x42f) c += 0x20;
        if (c >= 0x400 && c <= 0x40f) c += 0x50;
        units += c;
    }
    return units;
}

}  // namespace tideline::names::detail
