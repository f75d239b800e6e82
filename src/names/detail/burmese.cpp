#include "names/detail/burmese.h"

#include <array>

#include "base/text.h"

namespace tideline::names::detail {

namespace {

// The order of Unicode from U+1000 (ka) to U+1021 (a).
constexpr std::array<std::string_view, 34> initials = {
    "k",  "kh", "g", "g", "ng", "s",  "s", "z", "z", "ny", "ny", "t", "ht", "d",  "d", "n", "t",
    "ht", "d",  "d", "n", "p",  "ph", "b", "b", "m", "y",  "y",  "l", "w",  "th", "h", "l", ""};
constexpr char32_t virama = 0x1039, asat = 0x103a, medial_y = 0x103b, medial_r = 0x103c, medial_w = 0x103d,
                   medial_h = 0x103e, creaky = 0x1037, visarga = 0x1038, anusvara = 0x1036;

constexpr bool is_consonant(char32_t code) { return (code >= 0x1000 && code <= 0x1021) || code == 0x103f; }

/// The vowel of a syllable, as its signs write it.
enum class Vowel { inherent, a, i, u, e, ai, o, aw };

/// The sound that closes a syllable; many letters close with the same one.
enum class Closed { open, k, ng, c, ny, t, n, y };

Closed closed_by(char32_t consonant) {
    switch (consonant) {
        case 0x1000:
        case 0x1001:
        case 0x1002:
        case 0x1003: return Closed::k;
        case 0x1004: return Closed::ng;
        case 0x1005:
        case 0x1006:
        case 0x1007: return Closed::c;
        case 0x1009:
        case 0x100a: return Closed::ny;
        case 0x100f:
        case 0x1014:
        case 0x1019: return Closed::n;
        case 0x101a: return Closed::y;
        case 0x101b:
        case 0x101c:
        case 0x101e:
        case 0x101f:
        case 0x1020:
        case 0x1021: return Closed::open;
        default: return Closed::t;
    }
}

/// One syllable as its letters are read.
struct Reader {
    char32_t initial = 0, final = 0;
    bool y = false, w = false, h = false, tone_creaky = false, tone_long = false, nasal = false;
    bool e = false, a = false, i = false, u = false, ai = false;
    std::string_view independent;  // a vowel that is a letter of its own

    bool empty() const { return initial == 0 && independent.empty(); }

    Vowel vowel() const {
        if (e && a) return Vowel::aw;
        if (i && u) return Vowel::o;
        return e ? Vowel::e : ai ? Vowel::ai : i ? Vowel::i : u ? Vowel::u : a ? Vowel::a : Vowel::inherent;
    }

    std::string beginning() const {
        if (initial == 0x103f) return "th";
        const std::string_view plain = initials[initial - 0x1000];
        const bool palatal = y && !w;
        if (h && (plain == "y" || (y && (plain == "l" || plain == "th")))) return w ? "shw" : "sh";
        if (palatal && plain == "kh") return "ch";
        return std::string(h ? "h" : "") + std::string(plain) + (y && plain != "y" ? "y" : "") + (w ? "w" : "");
    }

    std::string rhyme() const {
        const Vowel sound = vowel();
        const Closed closed = nasal ? Closed::n : final == 0 ? Closed::open : closed_by(final);
        const std::string_view creak = tone_creaky ? "t" : "";
        const auto with_creak = [creak](std::string_view text) { return std::string(text) + std::string(creak); };
        switch (closed) {
            case Closed::k: return sound == Vowel::aw ? "auk" : sound == Vowel::o ? "aik" : "et";
            case Closed::ng: return with_creak(sound == Vowel::aw ? "aung" : sound == Vowel::o ? "aing" : "in");
            case Closed::c: return "it";
            case Closed::ny: return final == 0x1009 ? with_creak("in") : std::string("i");
            case Closed::t: return sound == Vowel::i ? "eik" : sound == Vowel::u ? "ok" : w ? "ut" : "at";
            case Closed::n: return with_creak(sound == Vowel::i ? "ein" : sound == Vowel::u ? "on" : w ? "un" : "an");
            case Closed::y: return "e";
            case Closed::open: break;
        }
        switch (sound) {
            case Vowel::inherent:
            case Vowel::a: return "a";
            case Vowel::i: return "i";
            case Vowel::u: return "u";
            case Vowel::e: return initial == 0x1021 ? "aye" : tone_long ? "ay" : "e";
            case Vowel::ai: return "e";
            case Vowel::o: return tone_long ? "oe" : "o";
            case Vowel::aw: return "aw";
        }
        return {};
    }

    std::string latin() const {
        if (!independent.empty()) return std::string(independent);
        const std::string end = rhyme();
        std::string begin = beginning();
        // Thun and not Thwun.
        if (w && (end.starts_with("un") || end == "ut")) begin.pop_back();
        return begin + end;
    }
};

std::string_view independent_vowel(char32_t code) {
    switch (code) {
        case 0x1023:
        case 0x1024: return "i";
        case 0x1025:
        case 0x1026: return "u";
        case 0x1027: return "e";
        case 0x1029:
        case 0x102a: return "aw";
        default: return {};
    }
}

}  // namespace

std::vector<BurmeseSyllable> burmese_syllables(std::string_view text) {
    std::vector<BurmeseSyllable> result;
    std::vector<std::pair<char32_t, std::size_t>> codes;  // and where they begin
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        codes.emplace_back(text::next(text, at), begin);
    }
    const auto code_at = [&codes](std::size_t i) { return i < codes.size() ? codes[i].first : char32_t{0}; };
    Reader syllable;
    const auto end_syllable = [&](std::size_t end) {
        if (!syllable.empty()) result.push_back({end, syllable.latin()});
        syllable = {};
    };
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const auto [code, begin] = codes[i];
        if (is_consonant(code)) {
            // Closes the syllable before it if the vowel killer follows, at once or behind the tone, or if the next
            // letter is written below it.
            const bool toned = code_at(i + 1) == creaky && code_at(i + 2) == asat;
            if (!syllable.empty() && (code_at(i + 1) == asat || toned || code_at(i + 1) == virama)) {
                syllable.final = code;
                syllable.tone_creaky = syllable.tone_creaky || toned;
                i += toned ? 2 : 1;
                if (code_at(i) == asat && code_at(i + 1) == virama) ++i;
                continue;
            }
            end_syllable(begin);
            syllable.initial = code;
        } else if (const std::string_view vowel = independent_vowel(code); !vowel.empty()) {
            end_syllable(begin);
            syllable.independent = vowel;
        } else {
            switch (code) {
                case medial_y:
                case medial_r: syllable.y = true; break;
                case medial_w: syllable.w = true; break;
                case medial_h: syllable.h = true; break;
                case 0x102b:
                case 0x102c: syllable.a = true; break;
                case 0x102d:
                case 0x102e: syllable.i = true; break;
                case 0x102f:
                case 0x1030: syllable.u = true; break;
                case 0x1031: syllable.e = true; break;
                case 0x1032: syllable.ai = true; break;
                case anusvara: syllable.nasal = true; break;
                case creaky: syllable.tone_creaky = true; break;
                case visarga: syllable.tone_long = true; break;
                case asat:
                case virama: break;
                default: end_syllable(begin); break;
            }
        }
    }
    end_syllable(text.size());
    return result;
}

}  // namespace tideline::names::detail
