#include "names/detail/preparer.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "names/detail/costs.h"
#include "names/detail/eastern_syllables.h"

namespace tideline::names::detail {

namespace {

float company_weight(float rarity, std::size_t letters) {
    if (letters <= 2) return costs::company_weight_least;
    return std::clamp(costs::company_weight_base + costs::company_weight_rarity * rarity, costs::company_weight_least,
                      costs::company_weight_most);
}

/// The digits of a number however it is written (7, 7th, VII, seventh); empty if it is none.
std::string_view number_of(std::string_view latin) {
    static constexpr std::pair<std::string_view, std::string_view> listed[] = {
        {"ii", "2"},     {"iii", "3"},   {"iv", "4"},    {"vi", "6"},      {"vii", "7"},    {"viii", "8"},
        {"ix", "9"},     {"xi", "11"},   {"xii", "12"},  {"first", "1"},   {"second", "2"}, {"third", "3"},
        {"fourth", "4"}, {"fifth", "5"}, {"sixth", "6"}, {"seventh", "7"}, {"one", "1"},    {"two", "2"},
        {"three", "3"},  {"four", "4"},  {"five", "5"},  {"six", "6"},     {"seven", "7"},  {"eight", "8"},
        {"nine", "9"},   {"ten", "10"}};
    for (const auto& [written, digits] : listed) {
        if (latin == written) return digits;
    }
    constexpr std::string_view english[] = {"st", "nd", "rd", "th"};
    if (latin.size() > 3 &&
        std::find(std::begin(english), std::end(english), latin.substr(latin.size() - 2)) != std::end(english)) {
        for (const auto& [written, digits] : listed)  // IVth
            if (latin.substr(0, latin.size() - 2) == written) return digits;
    }
    if (latin.starts_with("no") && latin.size() > 2 && latin.find_first_not_of("0123456789", 2) == latin.npos)
        latin.remove_prefix(2);
    std::size_t digits = 0;
    while (digits < latin.size() && latin[digits] >= '0' && latin[digits] <= '9') ++digits;
    if (digits == 0) return {};
    const std::string_view rest = latin.substr(digits);
    std::size_t zeros = 0;
    while (zeros + 1 < digits && latin[zeros] == '0') ++zeros;
    static constexpr std::string_view ordinals[] = {"",   "st", "nd", "rd", "th", "er", "ere", "eme", "e",  "o",
                                                    "ra", "ro", "da", "do", "ta", "to", "na",  "no",  "va", "vo",
                                                    "ma", "mo", "os", "as", "i",  "y",  "ya",  "ye",  "iy", "u"};
    const bool ordinal = std::find(std::begin(ordinals), std::end(ordinals), rest) != std::end(ordinals);
    return latin.substr(zeros, (ordinal ? digits : latin.size()) - zeros);
}

}  // namespace

/// Two letters are a legal form behind a name (AS, AB), but in front of it only where that is the custom (AO, PT).
bool Preparer::is_form_here(std::size_t at) const {
    const std::string_view latin = words.items[at].latin();
    if (!number_of(latin).empty()) return false;
    if (latin.size() > 2) return true;
    static constexpr std::string_view in_front[] = {"ao", "ab", "as", "cv", "oy", "pt", "sa", "pp", "up", "ip", "kt"};
    const bool first = at == 0, last = at + 1 == words.count;
    return last || at > 1 ||
           (first && std::find(std::begin(in_front), std::end(in_front), latin) != std::end(in_front));
}

/// The longest phrase of the tables that begins at a word; its length in words, 0 if there is none.
std::size_t Preparer::phrase_at(std::size_t at, Phrase& found) const {
    if (words.items[at].ampersand) return 0;
    const std::uint32_t start = tables.phrase_starts.find(words.items[at].latin());
    if (start == TextMap::absent) return 0;
    std::size_t length = std::min<std::size_t>(tables.phrase_lengths[start], words.count - at);
    for (; length > 0; --length) {
        std::array<char, 256> room;
        std::size_t used = 0;
        for (std::size_t i = at; i < at + length && used + letters_max + 1 < room.size(); ++i) {
            if (i > at) room[used++] = ' ';
            const std::string_view latin = words.items[i].latin();
            std::memcpy(room.data() + used, latin.data(), latin.size());
            used += latin.size();
        }
        const Phrase* const listed = tables.phrase({room.data(), used});
        if (listed == nullptr) continue;
        if (length == 1 && flags_of(words.items[at]) & WordFlag::company_stop) return 0;
        found = *listed;
        const bool short_native = words.items[at].script != Script::latin && words.items[at].length <= 3;
        if (found.kind == Phrase::Kind::legal_form && length == 1 &&
            (!is_form_here(at) || (short_native && found.other_meaning != 0))) {
            // GK is a legal form of Japan and a group of companies of Russia; صحة is not Sh.A.
            if (found.other_meaning == 0) return 0;
            found = {.kind = found.other_kind, .meaning = found.other_meaning};
        }
        return length;
    }
    return 0;
}

bool Preparer::has_legal_form() const {
    for (std::size_t i = 1; i < words.count; ++i) {
        Phrase phrase;
        const std::size_t length = phrase_at(i, phrase);
        if (length > 0 && i + length == words.count && phrase.kind == Phrase::Kind::legal_form) return true;
    }
    return false;
}

/// A trade or a common word of companies that is none of a person's, a number, or what something is of or for.
bool Preparer::has_company_word() const {
    for (std::size_t i = 0; i < words.count && words.count >= 2; ++i) {
        if (words.items[i].digits || words.items[i].latin() == "of" || words.items[i].latin() == "for") return true;
        const Word* known = tables.word(words.items[i].latin());
        if (known != nullptr && (known->rarity != 0 || known->flags & (WordFlag::title | WordFlag::generation)))
            continue;
        Phrase phrase;
        const std::size_t length = phrase_at(i, phrase);
        if (length == 0 || length == words.count || phrase.kind >= Phrase::Kind::place) continue;
        // In front of everything, and of few letters, only a form: OAO Lukoil.
        const bool form = i == 0 && phrase.kind == Phrase::Kind::legal_form && words.items[i].length == 3;
        if (words.items[i].length >= 4 || form) return true;
    }
    return false;
}

Part Preparer::company_word(const RawWord& word) {
    Part part = part_of(word);
    const Word* known = part.known == 0 ? nullptr : &tables.words[part.known];
    if (word.ampersand || (known != nullptr && known->flags & WordFlag::company_stop)) {
        part.kind = Kind::ignored;
        return part;
    }
    if (known != nullptr && known->flags & WordFlag::company_common) {
        part.kind = Kind::common_word;
        part.weight = costs::weight_common_word;
        part.rarity = 2.5F;
        return part;
    }
    const std::string_view number = number_of(word.latin());
    // 8ank Rossiya, 9azprom: no number, but a word with a letter hidden.
    constexpr std::size_t long_word = 6;
    const bool one_digit = number.size() > 1 && !(number[1] >= '0' && number[1] <= '9');
    if (const std::string letters = one_digit ? without_scanned_digits(word.latin()) : std::string();
        !letters.empty()) {
        const Phrase* const phrase = tables.phrase(letters);
        if (phrase != nullptr && letters.size() >= 4) {
            be_phrase(part, *phrase);
            return part;
        }
        if (letters.size() >= long_word) {
            be_own_word(part);
            return part;
        }
    }
    if (!number.empty()) {
        be_number(part, number);
        return part;
    }
    if (const Phrase* stem = tables.phrase_of_stem(word.latin()); stem != nullptr) {
        be_phrase(part, *stem);
        return part;
    }
    be_own_word(part);
    return part;
}

void Preparer::be_phrase(Part& part, const Phrase& phrase) const {
    if (phrase.kind == Phrase::Kind::number) return be_number(part, tables.meanings[phrase.meaning]);
    part.form = form_of(phrase);
    if (phrase.kind == Phrase::Kind::legal_form) {
        part.form = static_cast<std::uint32_t>(phrase.meaning) << 16 | phrase.form;
        part.kind = Kind::legal_form;
        part.weight = 0;
        part.rarity = 0.5F;
    } else if (phrase.kind == Phrase::Kind::common) {
        part.kind = Kind::common_word;
        part.weight = costs::weight_common_word;
        part.rarity = 2.5F;
    } else if (phrase.kind == Phrase::Kind::own) {
        be_own_word(part);
    } else {
        part.kind = Kind::word;
        part.weight = costs::weight_trade;
        part.rarity = 5.0F;
        part.contrast = part.contrast || phrase.kind == Phrase::Kind::place;
    }
}

void Preparer::be_number(Part& part, std::string_view digits) const {
    set_letters(part, digits);
    part.kind = Kind::number;
    part.weight = costs::weight_number;
    part.rarity = 4;
    part.form = 0;
}

void Preparer::be_own_word(Part& part) const {
    part.kind = Kind::word;
    const Word* known = part.known == 0 ? nullptr : &tables.words[part.known];
    part.rarity = known == nullptr || known->company_rarity == 0 ? costs::company_rarity_unlisted
                                                                 : 0.5F * static_cast<float>(known->company_rarity);
    part.weight = company_weight(part.rarity, part.length);
}

/// Is a number written out (ninety, девяносто), and not in digits?
bool Preparer::is_written_out(const Part& part) const {
    const std::string_view text = out.text_of(part);
    return part.kind == Kind::number && !text.empty() && (text[0] < '0' || text[0] > '9');
}

/// Ninety nine is 99, twenty-first 21.
void Preparer::join_tens() {
    for (std::size_t i = 0; i + 1 < out.parts_.size(); ++i) {
        Part &tens = out.parts_[i], &ones = out.parts_[i + 1];
        if (!is_written_out(tens) || !is_written_out(ones) || tens.length != 2 || tens.letters[1] != '0' ||
            tens.letters[0] == '1' || ones.length != 1)
            continue;
        const std::array<char, 2> digits = {tens.letters[0], ones.letters[0]};
        tens.end = ones.end;
        be_number(tens, {digits.data(), digits.size()});
        out.parts_.erase(out.parts_.begin() + static_cast<std::ptrdiff_t>(i + 1));
    }
}

/// Blue Tanker Shiping Compnay: a slip in a word that many companies have is that word, unless nothing else is
/// left.
void Preparer::mend_common_words() {
    const auto is_own = [](const Part& part) { return part.kind == Kind::word && !says_trade(part.form); };
    auto own = std::count_if(out.parts_.begin(), out.parts_.end(), is_own);
    for (std::size_t i = out.parts_.size(); i-- > 1 && own > 1;) {
        Part& part = out.parts_[i];
        if (!is_own(part) || part.form != 0 || part.native || part.contrast) continue;
        if (part.known != 0 && (tables.words[part.known].rarity != 0 || tables.words[part.known].company_rarity != 0))
            continue;
        const Phrase* phrase = tables.slip_of_phrase(part.latin());
        if (phrase == nullptr || phrase->kind >= Phrase::Kind::place) continue;
        be_phrase(part, *phrase);
        --own;
    }
}

/// Lady Rasha (IMO 9184462): the number under which a ship or a company is registered is no part of its name.
void Preparer::set_register_numbers_aside() {
    constexpr std::size_t fewest_digits = 6, surely = 7;
    static constexpr std::string_view registers[] = {
        "imo", "inn", "ogrn", "okpo", "kpp", "edrpou", "uen",   "abn",   "acn", "lei", "cnpj", "nif", "cif",  "cuit",
        "rfc", "ruc", "bin",  "krs",  "nip", "regon",  "siren", "siret", "kvk", "iec", "duns", "crn", "npwp", "nit"};
    for (std::size_t i = 1; i < out.parts_.size(); ++i) {
        Part &marker = out.parts_[i - 1], &number = out.parts_[i];
        if (number.kind != Kind::number || number.length < fewest_digits) continue;
        const bool marked =
            (marker.kind == Kind::common_word && tables.meanings[marker.form >> 16] == "register") ||
            std::find(std::begin(registers), std::end(registers), marker.latin()) != std::end(registers);
        if (!marked && number.length < surely) continue;
        number.weight = costs::weight_aside;
        if (!marked) continue;
        marker.kind = Kind::ignored;
        marker.weight = 0;
    }
}

/// Bank Melli Iran Hamburg Branch, Commerzbank Filiale Luxemburg: a branch, and where it is, say little.
void Preparer::set_branch_aside() {
    constexpr float little = 0.1F;
    auto& parts = out.parts_;
    const auto is_place = [&](const Part& part) {
        return part.kind == Kind::word && says_trade(part.form) &&
               (part.contrast || tables.is_country(part.form >> 16));
    };
    for (std::size_t i = 2; i < parts.size(); ++i) {
        const bool named = parts[i].kind == Kind::common_word && tables.meanings[parts[i].form >> 16] == "branch";
        const bool shortened = parts[i].latin() == "br" && i + 1 == parts.size() && is_place(parts[i - 1]);
        if (!named && !shortened) continue;
        parts[i].kind = Kind::ignored;
        parts[i].weight = 0;
        std::size_t behind = i + 1;
        while (behind < parts.size() && parts[behind].kind == Kind::ignored) ++behind;
        Part* const place = is_place(parts[i - 1]) && i >= 3                   ? &parts[i - 1]
                            : behind < parts.size() && is_place(parts[behind]) ? &parts[behind]
                                                                               : nullptr;
        if (place == nullptr) continue;
        place->weight = little;
        place->contrast = true;  // two branches are two
    }
}

/// «КМЗ» Кингисеппский машиностроительный завод, Social Studies and Research Center - SSRC: the first letters of the
/// other words say nothing more.
void Preparer::drop_own_acronym() {
    constexpr std::size_t shortest = 3, longest = 7;
    const auto may_be = [this](const Part& part) {
        return part.kind == Kind::word && part.length >= shortest && part.length <= longest && part.form == 0 &&
               part.length < words.count;
    };
    if (std::none_of(out.parts_.begin(), out.parts_.end(), may_be)) return;
    std::string initials;
    std::vector<std::size_t> begins;  // by part: where its initials begin
    for (const Part& part : out.parts_) {
        begins.push_back(initials.size());
        if (part.kind == Kind::legal_form || part.kind == Kind::ignored || part.kind == Kind::number) continue;
        const std::string_view written = out.text_of(part);
        bool inside = false;
        for (std::size_t at = 0; at < written.size();) {
            const std::string_view latin = tables.letter(text::next(written, at)).latin;
            if (!inside) initials += latin;
            inside = !latin.empty();
        }
    }
    begins.push_back(initials.size());
    for (std::size_t i = 0; i < out.parts_.size(); ++i) {
        Part& part = out.parts_[i];
        if (!may_be(part)) continue;
        const std::string_view all = initials;
        if (all.substr(0, begins[i]).find(part.latin()) == all.npos &&
            all.substr(begins[i + 1]).find(part.latin()) == all.npos)
            continue;
        part.kind = Kind::ignored;
        part.weight = 0;
    }
}

/// New Horizon Party (Yeni Ufuk): brackets that say the same again in another language.
void Preparer::drop_repeated_in_brackets() {
    const std::string_view text = out.original_;
    if (text.find('(') == text.npos) return;
    const auto inside = [text](const Part& part) {
        const std::size_t bracket = text.substr(0, part.begin).find_last_of("()");
        return bracket != text.npos && text[bracket] == '(';
    };
    for (Part& part : out.parts_) {
        if (part.kind != Kind::word || !inside(part)) continue;
        const bool repeated = std::any_of(out.parts_.begin(), out.parts_.end(), [&](const Part& other) {
            return !inside(other) && other.kind == Kind::word &&
                   (other.latin() == part.latin() || same_meaning(other.form, part.form));
        });
        if (!repeated) continue;
        part.kind = Kind::ignored;
        part.weight = 0;
    }
}

/// Made of syllables of pinyin, of two letters and more?
bool Preparer::is_pinyin(std::string_view latin) const { return is_made_of(latin, tables.pinyin_syllables, 2); }

/// Ningbo Hailong Trading: its own words are all pinyin, and a town is too or they look it.
void Preparer::mark_company_syllables() {
    const auto is_own = [](const Part& part) {
        return part.kind == Kind::word && !says_trade(part.form) && !part.contrast;
    };
    static constexpr std::string_view typical[] = {"ng", "x", "q", "zh", "ua", "uo", "ao", "ui"};
    bool chinese = false, single = true;
    std::size_t own = 0, directions = 0;
    for (const Part& part : out.parts_) {
        if (part.native) return;
        const std::string_view latin = part.latin();
        directions += part.contrast && tables.pinyin_syllables.find(latin) != TextMap::absent;
        if (part.kind == Kind::word && !is_own(part) && part.length >= 6 && is_pinyin(latin)) {
            ++directions;
            single = false;
        }
        if (is_own(part)) {
            if (!is_pinyin(latin)) return;
            ++own;
            single = single && tables.pinyin_syllables.find(latin) != TextMap::absent;
            for (const std::string_view sign : typical) chinese = chinese || latin.find(sign) != latin.npos;
        }
        chinese = chinese || (part.contrast && part.length >= 5 && is_pinyin(latin));
    }
    if (own + directions == 0 || (!chinese && !single)) return;
    for (Part& part : out.parts_) {
        // Da and Di are no articles in Hong Da and Tong Di.
        if (single && part.kind == Kind::ignored && part.length >= 2 && part.end - part.begin == part.length &&
            out.text_of(part)[0] < 'a' && tables.pinyin_syllables.find(part.latin()) != TextMap::absent)
            be_own_word(part);
        part.syllables = chinese && is_own(part);
        // Haiyang is the sea and Dongfang the east, and beside Hailong and Dongyang syllables too.
        part.pinyin = chinese && part.kind == Kind::word && part.length >= 6 && is_pinyin(part.latin());
    }
}

}  // namespace tideline::names::detail
