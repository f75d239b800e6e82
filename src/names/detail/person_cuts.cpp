#include "names/detail/preparer.h"

#include <algorithm>

#include "names/detail/eastern_syllables.h"
#include "names/detail/fold.h"

namespace tideline::names::detail {

/// الأسد is al and Assad.
void Preparer::split_arabic_articles() {
    for (std::size_t i = 0; i < words.count && words.count < raw_words_max; ++i) {
        const RawWord& word = words.items[i];
        const std::string_view text = text_of(word);
        const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
        // AlRahman and alHadi: the article is followed by a capital letter.
        const bool glued = word.script == Script::latin && text.size() >= 5 &&
                           (text[0] == 'a' || text[0] == 'A' || text[0] == 'e' || text[0] == 'E') && text[1] == 'l' &&
                           is_capital(text[2]) && !is_capital(text[3]);
        const std::string_view article = glued ? text.substr(0, 2) : "\u0627\u0644";
        if (!glued && (word.script != Script::arabic || text.size() < article.size() + 6 || !text.starts_with(article)))
            continue;
        RawWord al = word, name;
        if (!read_one(text.substr(article.size()), name) || name.length < 2) continue;
        al.length = 0;
        al.append("al");
        al.end = static_cast<std::uint16_t>(word.begin + article.size());
        name.begin = al.end;
        name.end = word.end;
        make_room(i + 1);
        words.items[i] = al;
        words.items[i + 1] = name;
        ++i;
    }
}

/// 习近平主席, 홍길동씨: in Chinese characters and Hangul a title is written behind the name, with a space or
/// without.
void Preparer::cut_title_behind() {
    if (words.count == 0 || words.count > 2) return;
    RawWord& last = words.items[words.count - 1];
    if (last.script != Script::han && last.script != Script::hangul) return;
    const std::string_view text = text_of(last);
    static constexpr std::string_view titles[] = {
        "国家主席", "國家主席", "总书记", "總書記", "委员长", "委員長", "先生",   "女士",       "小姐",
        "博士",     "教授",     "主席",   "总统",   "總統",   "总理",   "總理",   "首相",       "大臣",
        "将军",     "將軍",     "将軍",   "部长",   "部長",   "省长",   "省長",   "市长",       "市長",
        "同志",     "社長",     "会長",   "會長",   "知事",   "議員",   "议员",   "律师",       "律師",
        "医生",     "醫生",     "대통령", "총리",   "장관",   "위원장", "총비서", "국무위원장", "회장",
        "사장",     "의원",     "박사",   "교수",   "선생",   "동지",   "목사",   "여사"};
    constexpr std::size_t character = 3;
    for (const std::string_view title : titles) {
        if (text == title && words.count == 2) {
            words.count = 1;
            return;
        }
        if (!text.ends_with(title) || text.size() < title.size() + 2 * character || words.count != 1) continue;
        const std::size_t kept = text.size() - title.size();
        if (kept > 4 * character) continue;
        const std::uint16_t begin = last.begin;
        if (!read_one(text.substr(0, kept), last)) return;
        last.begin = begin;
        last.end = static_cast<std::uint16_t>(begin + kept);
        return;
    }
}

/// นายทักษิณ: in Thai, Mr is written together with the name.
void Preparer::cut_thai_title() {
    if (words.count == 0 || words.items[0].script != Script::thai) return;
    RawWord& first = words.items[0];
    const std::string_view text = text_of(first);
    constexpr std::size_t letter_bytes = 3, shortest_name = 3;
    for (const std::string_view title :
         {"\u0e19\u0e32\u0e07\u0e2a\u0e32\u0e27", "\u0e19\u0e32\u0e22", "\u0e19\u0e32\u0e07"}) {
        if (!text.starts_with(title) || text.size() < title.size() + shortest_name * letter_bytes) continue;
        const std::uint16_t end = first.end;
        const auto begin = static_cast<std::uint16_t>(first.begin + title.size());
        if (!read_one(text.substr(title.size()), first)) return;
        first.begin = begin;
        first.end = end;
        return;
    }
}

/// SMITH/JOHNMR: a title glued to the given name by an airline.
void Preparer::cut_glued_title() {
    if (!words.travel_document || words.count < 2) return;
    RawWord& last = words.items[words.count - 1];
    for (const std::string_view title : {"mstr", "miss", "mrs", "mr", "ms", "chd", "inf"}) {
        if (last.latin().ends_with(title) && last.length >= title.size() + 2) {
            last.length = static_cast<std::uint8_t>(last.length - title.size());
            last.end = static_cast<std::uint16_t>(last.end - title.size());
            return;
        }
    }
}

/// JR Harrington: two initials without their dots.
void Preparer::split_initials() {
    static constexpr std::string_view not_initials[] = {"ng", "st", "mr", "ms", "dr", "sr", "md", "mc", "ft"};
    for (std::size_t i = 0; i + 1 < words.count && words.count < raw_words_max; ++i) {
        const RawWord word = words.items[i];
        if (word.length != 2 || word.script != Script::latin || word.end - word.begin != 2 || word.aside) continue;
        const std::string_view latin = word.latin();
        if (latin.find_first_of("aeiouy0123456789") != latin.npos ||
            std::find(std::begin(not_initials), std::end(not_initials), latin) != std::end(not_initials))
            continue;
        const std::uint32_t flags = flags_of(word);
        if ((flags & ~WordFlag::generation) != 0 || (flags & WordFlag::generation && i > 0)) continue;
        const std::string_view text = text_of(word);
        if (text[0] < 'A' || text[0] > 'Z' || text[1] < 'A' || text[1] > 'Z') continue;
        make_room(i + 1);
        RawWord &first = words.items[i], &second = words.items[i + 1];
        second = word;
        first.length = second.length = 1;
        second.letters[0] = word.letters[1];
        first.end = second.begin = static_cast<std::uint16_t>(word.begin + 1);
        first.dot_after = second.dot_after = true;
        second.hyphen_before = second.comma_before = false;
        ++i;
    }
}

namespace {

/// What stands before "of the faith", where that is written with one letter less, or as Turkish does: Nourredine,
/// Nouradine, Nourdin, Nurettin. 0 letters if it is nothing of the kind: Nadine, Martin.
std::size_t before_the_faith(std::string_view latin) {
    static constexpr std::string_view beginnings[] = {
        "nour",   "noor",   "nur",   "nor",    "salah", "salih", "selah", "jamal", "jamel", "djamal",
        "djamel", "gamal",  "cemal", "kamal",  "kamel", "kemal", "shams", "chams", "sems",  "badr",
        "bedr",   "khair",  "kheir", "hayr",   "saif",  "seif",  "sayf",  "seyf",  "najm",  "nejm",
        "nadjm",  "nedjm",  "necm",  "fakhr",  "fahr",  "izz",   "azz",   "ezz",   "imad",  "emad",
        "charf",  "sharaf", "jalal", "djalal", "celal", "taj",   "tadj",  "tac",   "houss", "houssam",
        "hosam",  "husam",  "siraj", "seraj",  "bah",   "baha",  "saad",  "ala",   "nasr",  "nassr"};
    constexpr std::size_t shortest = 6;
    if (latin.size() < shortest || (!latin.ends_with('n') && !latin.ends_with("ine"))) return 0;
    const auto is_vowel_at = [latin](std::size_t at) { return at < latin.size() && is_vowel(latin[at]); };
    for (const std::string_view beginning : beginnings) {
        if (!latin.starts_with(beginning)) continue;
        std::size_t at = beginning.size();
        if (at < latin.size() && latin[at] == beginning.back()) ++at;
        if (is_vowel_at(at)) ++at;
        const char d = at < latin.size() ? latin[at] : ' ';
        if (d != 'd' && d != 't') continue;
        while (at < latin.size() && latin[at] == d) ++at;
        const std::string_view rest = latin.substr(at);
        if (rest == "in" || rest == "ine" || rest == "een" || rest == "yn" || rest == "ein") return beginning.size();
    }
    return 0;
}

}  // namespace

/// Nur al-Din, Nour Eddine, Nureddin: one name, and one ending.
void Preparer::join_of_the_faith() {
    const auto is_article = [](std::string_view latin) {
        return latin == "al" || latin == "el" || latin == "ul" || latin == "ad" || latin == "ed" || latin == "ud" ||
               latin == "id";
    };
    const auto is_faith = [](std::string_view latin) {
        return latin == "din" || latin == "deen" || latin == "dine" || latin == "dyn";
    };
    static constexpr std::string_view endings[] = {"eddine", "eddin",  "uddine", "uddin",  "addine",
                                                   "addin",  "aldin",  "eldin",  "eldine", "uldin",
                                                   "iddin",  "uddeen", "eddeen", "oddin",  "aldine"};
    const auto ending_of = [](std::string_view latin) {
        for (const std::string_view ending : endings) {
            if (latin.ends_with(ending)) return ending.size();
        }
        return std::size_t{0};
    };
    for (std::size_t i = 0; i < words.count; ++i) {
        RawWord& word = words.items[i];
        if ((word.script != Script::latin && word.script != Script::arabic) || word.length < 3) continue;
        if (i + 2 < words.count && is_article(words.items[i + 1].latin()) && is_faith(words.items[i + 2].latin()) &&
            !words.items[i + 1].comma_before) {
            word.append("uddin");
            word.end = words.items[i + 2].end;
            remove(i + 1, 2);
        } else if (i + 1 < words.count && ending_of(words.items[i + 1].latin()) > 0 &&
                   ending_of(words.items[i + 1].latin()) == words.items[i + 1].length &&
                   !words.items[i + 1].comma_before) {
            word.append("uddin");
            word.end = words.items[i + 1].end;
            remove(i + 1);
        } else if (const std::size_t ending = ending_of(word.latin());
                   ending > 0 && word.length >= ending + 2 && word.script == Script::latin) {
            word.length = static_cast<std::uint8_t>(word.length - ending);
            word.append("uddin");
        } else if (const std::size_t before = word.script == Script::latin ? before_the_faith(word.latin()) : 0;
                   before > 0) {
            word.length = static_cast<std::uint8_t>(before);
            word.append("uddin");
        }
    }
}

/// HAQ, Abdul is Abdul Haq, and MARZOOK, Mousa Abou is Mousa Abou Marzook.
void Preparer::bring_back_beginning() {
    if (words.count < 2) return;
    const RawWord& last = words.items[words.count - 1];
    const std::string_view latin = last.latin();
    const bool begins = latin == "abd" || latin == "abdul" || latin == "abdel" || latin == "abdur" ||
                        (flags_of(last) & (WordFlag::father_of | WordFlag::mother_of)) != 0;
    const std::size_t comma = first_behind_comma();
    if (!begins || comma == 0) return;
    const auto first = words.items.begin();
    std::rotate(first, first + static_cast<std::ptrdiff_t>(comma), first + static_cast<std::ptrdiff_t>(words.count));
    for (std::size_t i = 0; i < words.count; ++i) words.items[i].comma_before = false;
}

/// Abd al-Rahman, Abu Bakr: one name each, however many words it is written in.
void Preparer::join_compounds() {
    bring_back_beginning();
    for (std::size_t i = 0; i + 1 < words.count; ++i) {
        RawWord& word = words.items[i];
        if (word.script != Script::latin && word.script != Script::arabic) continue;
        const std::string_view latin = word.latin();
        const bool servant = latin == "abd" || latin == "abdul" || latin == "abdel" || latin == "abdal" ||
                             latin == "abdoul" || latin == "abdur";
        if (latin == "ayt" && words.items[i + 1].latin() == "allh") {
            join(word, words.items[i + 1]);
            remove(i + 1);
        } else if (servant) {
            const std::string_view next = words.items[i + 1].latin();
            const bool article = next == "al" || next == "el" || next == "ul" || next == "ur" || next == "ar" ||
                                 next == "as" || next == "us";
            if (article && i + 2 >= words.count) continue;
            if (words.items[i + 1].comma_before || (article && words.items[i + 2].comma_before)) continue;
            if (article) remove(i + 1);
            RawWord joined = word;
            joined.length = 0;
            joined.append("abdul");
            join(joined, words.items[i + 1]);
            words.items[i] = joined;
            remove(i + 1);
        } else if (latin.size() <= short_word && !words.items[i + 1].comma_before &&
                   (flags_of(word) & (WordFlag::father_of | WordFlag::mother_of))) {
            const std::string_view next = words.items[i + 1].latin();
            if (latin == "abul" || latin == "aboul" || latin == "abol" || latin == "abulla")
                word.length = static_cast<std::uint8_t>(latin.find('l'));
            if (next == "al" || next == "el" || next == "l") {
                if (i + 2 >= words.count) continue;
                remove(i + 1);
            }
            join(word, words.items[i + 1]);
            remove(i + 1);
        } else if ((latin == "o" || latin == "mc" || latin == "mac") && !word.dot_after &&
                   words.items[i + 1].length >= 4 && !words.items[i + 1].comma_before) {
            join(word, words.items[i + 1]);
            remove(i + 1);
        } else if (words.items[i + 1].hyphen_before && latin.size() <= 6 && words.items[i + 1].length <= 6 &&
                   is_chinese_syllable(tables, latin) && is_chinese_syllable(tables, words.items[i + 1].latin())) {
            join(word, words.items[i + 1]);
            remove(i + 1);
        }
    }
}

}  // namespace tideline::names::detail
