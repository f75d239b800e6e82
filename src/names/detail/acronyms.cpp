#include "names/detail/comparer.h"

#include <algorithm>

#include "base/text.h"

namespace tideline::names::detail {

namespace {

/// Islamic Republic of Iran is IRI.
bool begins_with_small_word(std::string_view text) {
    constexpr std::string_view small[] = {"of ", "and ", "the ", "for ", "de ", "du ", "et ", "y ", "der ", "und "};
    return std::any_of(std::begin(small), std::end(small), [text](std::string_view word) {
        return text.size() > word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char x, char y) {
                   return x == y || (y >= 'A' && y <= 'Z' && x == y - 'A' + 'a');
               });
    });
}

/// KOMID is KOrea MIning Development: one to three letters of every word.
/// @return the part behind the last that is needed; 0 if the letters are not made so
std::size_t beginnings_end(std::span<const Part> parts, const Comparer::Free& used, std::size_t at,
                           std::string_view letters, std::size_t words) {
    if (letters.empty()) return words >= 3 ? at : 0;
    if (at == parts.size() || used[at] || words > 6) return 0;
    if (parts[at].kind == Kind::ignored) return beginnings_end(parts, used, at + 1, letters, words);
    const std::size_t most = std::min<std::size_t>({3, letters.size(), parts[at].length});
    for (std::size_t count = 1; count <= most && parts[at].letters[count - 1] == letters[count - 1]; ++count) {
        const std::size_t end = beginnings_end(parts, used, at + 1, letters.substr(count), words + 1);
        if (end != 0) return end;
    }
    return 0;
}

bool says_little(const Part& part) {
    return part.kind == Kind::common_word || part.kind == Kind::legal_form ||
           (part.kind == Kind::word && says_trade(part.form) && !part.contrast);
}

}  // namespace

/// IBM and International Business Machines.
/// @param surely  only those of four letters and more, before a word they stand for is taken by another (NIOC Iran)
void Comparer::align_acronyms(bool surely) {
    acronym(a_, used_a_, b_, used_b_, surely, false);
    acronym(b_, used_b_, a_, used_a_, surely, true);
}

/// How many of the letters are the initials of a part's words; 0 if its initials are not all among them. Capitals
/// inside a word may be (TeleSystems), and Ж is two letters in Latin (РЖД).
std::size_t Comparer::initials_matched(const Prepared& name, const Part& part, std::string_view letters) const {
    std::size_t matched = 0;
    bool inside = false, after_small = false;
    const std::string_view text = name.text_of(part);
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view from_here = text.substr(at);
        const char32_t code = text::next(text, at);
        const std::string_view latin = tables_.letter(code).latin;
        const bool capital = (code >= 'A' && code <= 'Z') || (code >= 0x410 && code <= 0x42f);
        if (!latin.empty() && (!inside || (capital && after_small))) {
            const std::string_view rest = letters.substr(matched);
            const std::size_t more = rest.empty()              ? 0
                                     : rest.starts_with(latin) ? latin.size()
                                     : rest[0] == latin[0]     ? 1
                                                               : 0;
            if (more == 0 && !inside && !begins_with_small_word(from_here)) return 0;
            matched += more;
        }
        // An apostrophe ends no word.
        inside = !latin.empty() || (inside && code != ' ' && code != '-');
        after_small = (code >= 'a' && code <= 'z') || (code >= 0x430 && code <= 0x44f);
    }
    return matched;
}

/// Letters that are initials of the parts from a place on. Those of "of" and "and" may be among them or not.
/// @return the part behind the last that is needed; 0 if the letters are not made so
std::size_t Comparer::initials_end(const Prepared& longer, const Free& used, std::size_t at, std::string_view letters,
                                   DeadEnds& dead) const {
    if (letters.empty()) return at;
    if (at == longer.parts().size() || used[at] || (dead[at] >> letters.size() & 1U) != 0) return 0;
    const Part& part = longer.parts()[at];
    if (part.kind == Kind::ignored) {
        const std::size_t end = initials_end(longer, used, at + 1, letters, dead);
        if (end != 0) return end;
    }
    // PDVSA: the legal form behind is taken along with all its letters.
    if (part.kind == Kind::legal_form && part.length >= 2 && letters == part.latin()) return at + 1;
    // LLC gives no L, Corp. a C.
    static constexpr std::string_view words_cut[] = {"co", "corp", "inc", "ltd", "cia"};
    const bool short_form = part.kind == Kind::legal_form && part.length <= 4 &&
                            std::find(std::begin(words_cut), std::end(words_cut), part.latin()) == std::end(words_cut);
    const std::size_t more = short_form ? 0 : initials_matched(longer, part, letters);
    const std::size_t end = more == 0 ? 0 : initials_end(longer, used, at + 1, letters.substr(more), dead);
    if (end == 0) dead[at] |= 1U << letters.size();
    return end;
}

void Comparer::acronym(const Prepared& shorter, const Free& used_shorter, const Prepared& longer,
                       const Free& used_longer, bool surely, bool swapped) {
    const auto parts = longer.parts();
    for (std::size_t i = 0; i < shorter.parts().size(); ++i) {
        const Part& letters = shorter.parts()[i];
        const bool all_there_is = letters.kind == Kind::common_word && shorter.parts().size() == 1;
        if (used_shorter[i] || (letters.kind != Kind::word && !all_there_is) ||
            (!all_there_is && says_trade(letters.form)) || letters.length < (surely ? 4 : 2) || letters.length > 8)
            continue;
        if (surely &&
            std::any_of(parts.begin(), parts.end(), [&](const Part& part) { return part.latin() == letters.latin(); }))
            continue;
        for (std::size_t begin = 0; begin < parts.size(); ++begin) {
            if (used_longer[begin] || parts[begin].kind == Kind::ignored) continue;
            if (parts[begin].letters[0] != letters.letters[0] && parts[begin].kind != Kind::number) continue;
            Closeness close = {0.85F, Relation::acronym};
            DeadEnds dead = {};
            std::size_t end = initials_end(longer, used_longer, begin, letters.latin(), dead);
            if (end == 0) {
                if (surely || begin > 0 || letters.length < 4) continue;
                end = beginnings_end(parts, used_longer, begin, letters.latin(), 0);
                if (end < begin + 3) continue;
                close.value = 0.8F;
            }
            // Two letters only for words that say little, beside a word of its own: TD Ferrosnab.
            const auto span = parts.subspan(begin, end - begin);
            if (letters.length < 3 && !(distinctive_ && std::all_of(span.begin(), span.end(), says_little))) continue;
            // In front of the other words only what is more than one of them.
            if (surely && span.size() < 3) continue;
            swapped ? agree(begin, end - begin, i, 1, close) : agree(i, 1, begin, end - begin, close);
            break;
        }
    }
}

}  // namespace tideline::names::detail
