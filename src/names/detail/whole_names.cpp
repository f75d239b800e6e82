#include "names/detail/comparer.h"

#include <algorithm>
#include <cstring>

#include "names/detail/company_words.h"
#include "names/detail/costs.h"
#include "names/kernels.h"

namespace tideline::names::detail {

namespace {

constexpr std::size_t whole_letters_max = 64;
constexpr std::size_t whole_least = 8;  // fewer letters prove nothing

/// The letters of a name without its spaces, and what they are made of.
struct Whole {
    std::array<char, whole_letters_max> letters;
    std::size_t length = 0, parts = 0;
    float telling = 0;  // letters of words that tell a name from others; those of a trade count half
    float rarity = 0;
    bool usable = true;

    void add(const Part& part) {
        rarity += part.rarity_among_people;
        if (part.weight <= 0 || part.native || length + part.length > letters.size()) {
            usable = usable && part.weight <= 0;
            return;
        }
        std::memcpy(letters.data() + length, part.letters.data(), part.length);
        length += part.length;
        ++parts;
        telling += part.kind == Kind::common_word ? 0.0F
                   : says_trade(part.form)        ? costs::whole_trade * part.length
                                                  : part.length;
    }
    std::string_view view() const { return {letters.data(), length}; }
};

/// @param turned  what stands behind the comma first, or the last word first
Whole whole_of(const Prepared& name, bool turned) {
    const auto parts = name.parts();
    std::size_t first = 0;
    for (std::size_t i = 1; turned && i < parts.size() && first == 0; ++i) first = parts[i].comma_before ? i : 0;
    if (turned && first == 0 && !parts.empty()) first = parts.size() - 1;
    Whole whole;
    for (std::size_t i = 0; i < parts.size(); ++i) whole.add(parts[(first + i) % parts.size()]);
    return whole;
}

std::uint64_t digits_of(std::string_view letters) {
    std::uint64_t digits = 0;
    for (const char c : letters) {
        if (c >= '0' && c <= '9') digits = digits * 11 + static_cast<std::uint64_t>(c - '0') + 1;
    }
    return digits;
}

}  // namespace

/// Do two words that stand in the same place differ though both are known words?
bool Comparer::is_other_known_word() const {
    for (std::size_t i = 0; i < a_.parts().size(); ++i) {
        const Part &x = a_.parts()[i], &y = b_.parts()[i];
        if (x.latin() == y.latin()) continue;
        if (x.kind == Kind::number || y.kind == Kind::number || std::min(x.length, y.length) < 4) return true;
        if (company_ && is_other_company_word(tables_, x, y)) return true;
        const auto known = [this](const Part& part) {
            return part.form != 0 || part.contrast ||
                   (part.known != 0 && tables_.words[part.known].company_rarity != 0);
        };
        if (known(x) && known(y)) return true;
    }
    return false;
}

namespace {

/// HARAZSHIPPING COMPANY LIMITED: the same letters, but for capitals and for what stands between words. Spaces tell
/// numbers apart (1 1 and 11), and few letters prove nothing.
bool is_same_but_for_spaces(std::string_view a, std::string_view b) {
    const auto next_letter = [](std::string_view text, std::size_t& at) {
        for (; at < text.size(); ++at) {
            const char c = text[at];
            if (c >= 'A' && c <= 'Z') return static_cast<char>(text[at++] - 'A' + 'a');
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
                return text[at++];
        }
        return char{0};
    };
    std::size_t at_a = 0, at_b = 0, letters = 0;
    while (true) {
        const char in_a = next_letter(a, at_a), in_b = next_letter(b, at_b);
        if (in_a != in_b) return false;
        const auto is_digit = [](std::string_view text, std::size_t at) {
            return at < text.size() && text[at] >= '0' && text[at] <= '9';
        };
        if (in_a >= '0' && in_a <= '9' && is_digit(a, at_a) != is_digit(b, at_b)) return false;
        if (in_a == 0) return letters >= whole_least;
        ++letters;
    }
}

}  // namespace

/// YevgenyKhodotov, CRYSTALORD: words run together wherever, and one letter wrong in a long name.
void Comparer::compare_whole() {
    const std::size_t parts_a = a_.parts().size(), parts_b = b_.parts().size();
    if (is_same_but_for_spaces(a_.original(), b_.original()))
        return be_one_name(0, std::min(whole_of(a_, false).rarity, whole_of(b_, false).rarity));
    if (numbers_differ_ || (parts_a == parts_b && !company_)) return;
    const auto letters_of = [](const Prepared& name) {
        std::size_t letters = 0;
        for (const Part& part : name.parts()) letters += part.weight > 0 ? part.length : 0U;
        return letters;
    };
    const std::size_t letters_a = letters_of(a_), letters_b = letters_of(b_);
    if (std::min(letters_a, letters_b) < whole_least ||
        std::max(letters_a, letters_b) > std::min(letters_a, letters_b) + 2)
        return;
    const Whole whole_a = whole_of(a_, false), whole_b = whole_of(b_, false);
    if (!whole_a.usable || !whole_b.usable) return;
    const float telling = std::min(whole_a.telling, whole_b.telling);
    const std::size_t slips = telling >= costs::whole_two_slips ? 2 : telling >= costs::whole_one_slip ? 1 : 0;
    std::size_t edits = slips + 1;
    const auto consider = [&](const Whole& x, const Whole& y) {
        if (edits > 0)
            edits = std::min(edits, slips == 0 ? (x.view() == y.view() ? 0U : 1U) : osa(x.view(), y.view(), slips));
    };
    consider(whole_a, whole_b);
    if (!company_) {
        const Whole turned_a = whole_of(a_, true), turned_b = whole_of(b_, true);
        consider(turned_a, whole_b);
        consider(whole_a, turned_b);
        consider(turned_a, turned_b);
    }
    if (edits > slips) return;
    if (whole_a.parts == whole_b.parts && parts_a == parts_b && is_other_known_word()) return;
    if (digits_of(whole_a.view()) != digits_of(whole_b.view())) return;
    be_one_name(edits, std::min(whole_a.rarity, whole_b.rarity));
}

void Comparer::be_one_name(std::size_t edits, float rarity) {
    const double score = whole_agrees - 0.05 * static_cast<double>(edits);
    if (score <= out_.score) return;
    out_.score = score;
    out_.rows = 0;
    out_.reordered = false;
    add(0, a_.parts().size(), 0, b_.parts().size(), edits == 0 ? Relation::joined : Relation::typing_error,
        static_cast<float>(score));
    weigh(rarity);
}

}  // namespace tideline::names::detail
