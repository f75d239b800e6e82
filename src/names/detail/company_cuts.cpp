#include "names/detail/preparer.h"

#include <algorithm>

#include "base/text.h"

namespace tideline::names::detail {

/// 海顺丰7 and СМУ7: a number written together with a name, in letters of Latin or Cyrillic behind three at least.
void Preparer::split_glued_digits() {
    for (std::size_t i = 0; i < words.count && words.count < raw_words_max; ++i) {
        const RawWord whole = words.items[i];
        if (whole.digits || whole.script == Script::none) continue;
        const std::string_view text = text_of(whole);
        const bool spaced = whole.script != Script::han && whole.script != Script::hangul &&
                            whole.script != Script::kana && whole.script != Script::thai;
        const auto is_digit = [text](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
        std::size_t cut = 0;
        for (std::size_t at = 1; at < text.size() && cut == 0; ++at) cut = is_digit(at) != is_digit(at - 1) ? at : 0;
        if (cut == 0) continue;
        const std::size_t digits = text.find_first_not_of("0123456789", cut);
        if (spaced && (is_digit(0) || cut < 3 || digits != text.npos)) continue;
        RawWord first, second;
        if (!read_one(text.substr(0, cut), first) || !read_one(text.substr(cut), second)) continue;
        first.hyphen_before = whole.hyphen_before;
        first.comma_before = whole.comma_before;
        first.aside = second.aside = whole.aside;
        first.begin = whole.begin;
        first.end = second.begin = static_cast<std::uint16_t>(whole.begin + cut);
        second.end = whole.end;
        make_room(i + 1);
        words.items[i] = first;
        words.items[i + 1] = second;
    }
}

namespace {

/// A letter, however many Latin ones it takes to write it.
bool is_single_letter(const RawWord& word) {
    return word.length == 1 ||
           (word.end - word.begin == 2 && (word.script == Script::arabic || word.script == Script::cyrillic));
}

}  // namespace

/// S.à r.l.: are the letters up to here and those that follow a legal form?
bool Preparer::is_form_with(std::size_t at) const {
    std::string letters(words.items[at].latin());
    for (std::size_t i = at + 1; i < words.count && is_single_letter(words.items[i]); ++i)
        letters += words.items[i].latin();
    const Phrase* const phrase = tables.phrase(letters);
    return phrase != nullptr && phrase->kind == Phrase::Kind::legal_form;
}

/// "I.B.M." and "I B M" are one word, "G.L.G. S.A." and "R D I S.A." are two; "People s" is People's.
void Preparer::join_single_letters() {
    const auto spaced = [this](std::size_t at) {  // from the next word
        const std::string_view between =
            std::string_view(out.original_)
                .substr(words.items[at].end, words.items[at + 1].begin - words.items[at].end);
        return between.find(' ') != between.npos;
    };
    const auto single = [this](std::size_t at) {
        return at < words.count && is_single_letter(words.items[at]) && !words.items[at].digits;
    };
    for (std::size_t i = 0; i < words.count; ++i) {
        static constexpr std::string_view owners[] = {"people", "men", "women", "children", "worker", "lord", "king"};
        if (i > 0 && i + 1 < words.count && words.items[i].latin() == "s" && !single(i + 1) &&
            std::find(std::begin(owners), std::end(owners), words.items[i - 1].latin()) != std::end(owners)) {
            join(words.items[i - 1], words.items[i]);
            remove(i--);
            continue;
        }
        bool any = false, apart = false;
        while (single(i + 1) && !words.items[i].digits && (is_single_letter(words.items[i]) || joined_[i])) {
            const bool gap = spaced(i);
            // Where letters stand apart, two that do not are another word, and the other way round.
            const bool next_together = gap && single(i + 2) && !spaced(i + 1) && words.items[i + 1].dot_after;
            if (((any && gap != apart) || next_together) && !is_form_with(i)) break;
            apart = gap;
            any = true;
            join(words.items[i], words.items[i + 1]);
            remove(i + 1);
            joined_[i] = true;
        }
    }
}

/// للتجارة is "for the trade".
void Preparer::cut_arabic_articles() {
    for (std::size_t i = 0; i < words.count; ++i) {
        RawWord& word = words.items[i];
        if (word.script != Script::arabic) continue;
        const std::string_view text = text_of(word);
        for (const std::string_view article : {"\u0648\u0627\u0644", "\u0627\u0644", "\u0644\u0644"}) {
            if (text.size() < article.size() + 6 || !text.starts_with(article)) continue;
            RawWord rest;
            if (!read_one(text.substr(article.size()), rest) || rest.length < 2) break;
            const RawWord whole = word;
            word = rest;
            word.begin = static_cast<std::uint16_t>(whole.begin + article.size());
            word.end = whole.end;
            word.hyphen_before = whole.hyphen_before;
            word.comma_before = whole.comma_before;
            word.aside = whole.aside;
            break;
        }
    }
}

/// De l'Intérieur is of the interior; L'Oréal stays.
void Preparer::cut_elisions() {
    for (std::size_t i = 0; i < words.count; ++i) {
        RawWord& word = words.items[i];
        if (word.script != Script::latin || word.length < 5) continue;
        const std::string_view text = text_of(word);
        if (text.find_first_of("lLdD") != 0) continue;
        const std::size_t mark = text.substr(1).starts_with('\'') ? 1 : text.substr(1).starts_with("\u2019") ? 3 : 0;
        const std::string_view rest = word.latin().substr(1);
        if (mark == 0 || tables.phrase(rest) == nullptr) continue;
        std::copy(rest.begin(), rest.end(), word.letters.begin());
        --word.length;
        word.begin = static_cast<std::uint16_t>(word.begin + mark + 1);
    }
}

/// 北京科技有限公司: the form is written without a space, at the end or in front.
/// What is left is cut again: 北京科技 is 北京 and 科技.
void Preparer::cut_unspaced_forms(std::vector<std::pair<std::size_t, Phrase>>& cut) {
    for (std::size_t i = 0; i < words.count && words.count < raw_words_max; ++i) {
        RawWord& word = words.items[i];
        if (word.script != Script::han && word.script != Script::hangul && word.script != Script::kana) continue;
        const std::string_view text = text_of(word);
        std::string simple;  // of as many bytes: no character has its other form in another plane
        for (std::size_t at = 0; at < text.size();) text::append(simple, tables.simplified(text::next(text, at)));
        for (std::size_t size = std::min(tables.unspaced_bytes_max, simple.size()); size > 0; --size) {
            std::uint32_t number = tables.unspaced_numbers.find(std::string_view(simple).substr(simple.size() - size));
            const bool behind = number != TextMap::absent;
            if (!behind) number = tables.unspaced_numbers.find(std::string_view(simple).substr(0, size));
            if (number == TextMap::absent) continue;
            if (size == simple.size()) break;
            const Phrase& phrase = tables.unspaced[number];
            const std::string_view bytes = text.substr(behind ? text.size() - size : 0, size);
            const std::string_view rest = behind ? text.substr(0, text.size() - size) : text.substr(size);
            RawWord kept;
            if (!read_one(rest, kept)) continue;
            kept.begin = static_cast<std::uint16_t>(word.begin + (behind ? 0 : bytes.size()));
            kept.end = static_cast<std::uint16_t>(kept.begin + rest.size());
            RawWord cut_off = word;
            read_one(bytes, cut_off);
            cut_off.begin = static_cast<std::uint16_t>(behind ? kept.end : word.begin);
            cut_off.end = static_cast<std::uint16_t>(cut_off.begin + bytes.size());
            word = kept;
            make_room(i + 1);
            words.items[i + 1] = cut_off;
            for (auto& [at, other] : cut) at += at > i;
            cut.emplace_back(behind ? i + 1 : i, phrase);
            if (!behind) std::swap(words.items[i], words.items[i + 1]);
            i -= behind ? 1U : 0U;  // look again at what is left
            break;
        }
    }
}

}  // namespace tideline::names::detail
