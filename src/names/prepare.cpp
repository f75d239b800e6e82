#include <algorithm>

#include "names/detail/closeness.h"
#include "names/detail/costs.h"
#include "names/detail/eastern_syllables.h"
#include "names/detail/evidence.h"
#include "names/detail/preparer.h"
#include "names/names.h"

namespace tideline::names::detail {

namespace {

float person_weight(float rarity) {
    return std::clamp(costs::person_weight_base + costs::person_weight_rarity * rarity, costs::person_weight_least,
                      costs::person_weight_most);
}

/// Between the parts of a foreign name in Chinese characters.
constexpr std::string_view dots[] = {"\u00b7", "\u2022", "\u2027", "\u30fb"};

}  // namespace

void Preparer::run(Schema schema) {
    read_words(tables, std::string_view(out.original_).substr(0, name_bytes_max), words);
    const std::size_t other_name = cut_at_alias_marker();
    if (schema == Schema::unknown)
        schema = has_legal_form() || has_company_word() ? Schema::organisation : Schema::person;
    const std::size_t aside = other_name == std::string::npos ? name_aside(schema) : std::string::npos;
    const bool name_behind = aside != std::string::npos;
    if (name_behind && schema == Schema::organisation) --words.count;
    out.schema_ = schema;
    out.parts_.reserve(words.count);
    schema == Schema::organisation ? organisation() : person();
    give_weight_to_what_is_there();
    if (other_name != std::string::npos) add_other_names(other_name);
    if (name_behind) add_other_names(aside);
}

void Preparer::person() {
    split_arabic_articles();
    eastern_in_cyrillic_ = is_eastern_in_cyrillic();
    if (!eastern_in_cyrillic_) cut_descriptions();
    cut_realm();
    cut_title_behind();
    split_unspaced_names();
    split_burmese();
    cut_thai_title();
    cut_glued_title();
    split_initials();
    join_of_the_faith();
    join_compounds();
    turkic_ = has_turkic_letter();
    Roles roles = kinds_of_words();
    bool chinese = false;
    for (std::size_t i = 0; i < words.count; ++i) {
        chinese = chinese || roles.flags[i] & (WordFlag::family_first | WordFlag::surname_variant);
    }
    place_names(roles);
    std::size_t families = 0, givens = 0;
    for (std::size_t i = 0; i < words.count; ++i) {
        Part part = part_of(words.items[i]);
        part.kind = roles.kind[i];
        part.eastern = chinese || part.han || part.hangul;
        part.rarity = rarity_of(part);
        switch (part.kind) {
            case Kind::family:
                part.weight = person_weight(part.rarity) * (families++ == 0 ? 1.0F : costs::weight_middle + 0.1F);
                // Cardona Martínez, and Cardona de Ibarra once she is married.
                if (families == 2 && i > 0 && words.items[i - 1].latin() == "de") part.weight *= costs::weight_husbands;
                break;
            case Kind::given:
                part.weight = person_weight(part.rarity) * (givens++ == 0 ? 1.0F : costs::weight_middle);
                break;
            case Kind::name:
                part.weight = person_weight(part.rarity) * (roles.names > 1 ? costs::weight_middle : 1.0F);
                break;
            case Kind::patronymic: part.weight = costs::weight_patronymic; break;
            case Kind::nickname: part.weight = costs::weight_aside; break;
            case Kind::initial:
                part.weight = costs::weight_initial;
                part.rarity = 2.5F;
                break;
            default: part.weight = 0; break;
        }
        if (chinese && !part.native && part.weight > 0 && part.length >= 2)
            add_other(part, pinyin_of(tables, part.latin(), behind_apostrophes(out.text_of(part))));
        push(part);
    }
    // 彼得·史密斯 is Peter Smith.
    const bool dotted = std::any_of(std::begin(dots), std::end(dots), [this](std::string_view dot) {
        return out.original_.find(dot) != std::string::npos;
    });
    for (Part& part : out.parts_) part.sounded = part.han && dotted;
    for (Part& part : out.parts_) {
        if (!chinese || part.native || part.weight <= 0) continue;
        part.pinyin = is_made_of(part.latin(), tables.pinyin_syllables);
        part.cantonese = is_made_of(part.latin(), tables.cantonese_syllables);
    }
    if (chinese) mark_syllables();
    if (chinese && is_korean_name()) {
        for (Part& part : out.parts_) part.pinyin = false;
    }
    add_eastern_readings();
    mark_vietnamese();
    mark_japanese();
    mark_latvian();
}

void Preparer::organisation() {
    split_glued_digits();
    join_single_letters();
    cut_arabic_articles();
    cut_elisions();
    write_ibn_as_bin();
    std::vector<std::pair<std::size_t, Phrase>> cut;
    cut_unspaced_forms(cut);
    for (std::size_t i = 0; i < words.count;) {
        Phrase phrase;
        std::size_t length = 0;
        for (const auto& [at, form] : cut) {
            if (at == i) {
                phrase = form;
                length = 1;
            }
        }
        if (length == 0) length = phrase_at(i, phrase);
        // A form in front of everything is a form only if something follows: "SA Trading", but not "AS".
        if (length > 0 && phrase.kind == Phrase::Kind::legal_form && i == 0 && length == words.count) length = 0;
        if (length > 0) {
            RawWord whole = words.items[i];
            for (std::size_t next = i + 1; next < i + length; ++next) join(whole, words.items[next]);
            Part part = part_of(whole);
            be_phrase(part, phrase);
            push(part);
            i += length;
            continue;
        }
        push(company_word(words.items[i]));
        ++i;
    }
    join_tens();
    mend_common_words();
    set_register_numbers_aside();
    set_branch_aside();
    drop_repeated_in_brackets();
    drop_own_acronym();
    mark_company_syllables();
}

float Preparer::rarity_of(const Part& part) const {
    if (part.known == 0 || tables.words[part.known].rarity == 0) return costs::rarity_unlisted;
    return 0.5F * static_cast<float>(tables.words[part.known].rarity);
}

/// Donalds Tramps: every name ends in s, and none is known to.
void Preparer::mark_latvian() {
    std::size_t names = 0;
    for (const Part& part : out.parts_) {
        if (part.weight <= 0 || part.kind == Kind::initial) continue;
        if (part.native || part.length < 4 || part.letters[part.length - 1U] != 's' ||
            (part.known != 0 && tables.words[part.known].rarity != 0))
            return;
        ++names;
    }
    if (names < 2) return;
    for (Part& part : out.parts_) part.latvian = part.weight > 0 && part.kind != Kind::initial;
}

bool Preparer::read_one(std::string_view text, RawWord& word) const {
    static thread_local RawWords read;
    read_words(tables, text, read);
    if (read.count != 1) return false;
    word = read.items[0];
    return true;
}

/// The longest phrase of several words that begins at a place and has a flag that is wanted; its flags are those.
Preparer::FlaggedPhrase Preparer::flagged_phrase_at(std::size_t at, std::uint32_t wanted) const {
    FlaggedPhrase found;
    if (!(flags_of(words.items[at]) & WordFlag::phrase_start)) return found;
    constexpr std::size_t longest = 6;
    std::string phrase(words.items[at].latin());
    for (std::size_t more = 1; more < longest && at + more < words.count; ++more) {
        phrase.append(" ").append(words.items[at + more].latin());
        const Word* const known = tables.word(phrase);
        if (known != nullptr && (known->flags & wanted) != 0) found = {more + 1, known->flags & wanted};
    }
    return found;
}

/// How many words at a place say that another name follows; 0 if they do not.
std::size_t Preparer::alias_marker_at(std::size_t at) const {
    const auto is = [this](std::size_t i, std::string_view latin) {
        return i < words.count && words.items[i].latin() == latin;
    };
    if (is(at, "also") || is(at, "formerly") || is(at, "previously") || is(at, "better") || is(at, "now")) {
        if (is(at + 1, "known") && is(at + 2, "as")) return 3;
        return words.items[at].aside && !is(at, "also") && !is(at, "better") && !is(at, "now") ? 1 : 0;
    }
    if ((is(at, "a") || is(at, "f") || is(at, "n")) && is(at + 1, "k") && is(at + 2, "a")) return 3;
    const FlaggedPhrase phrase = flagged_phrase_at(at, WordFlag::alias_marker);  // он же, conocido como
    if (phrase.length > 0) return phrase.length;
    const bool marker = (flags_of(words.items[at]) & WordFlag::alias_marker) != 0;
    return marker && (words.items[at].length <= short_word || words.items[at].script != Script::latin) ? 1 : 0;
}

/// Khalid ibn al-Walid Army and Khalid bin al-Walid Army.
void Preparer::write_ibn_as_bin() {
    for (std::size_t i = 1; i + 1 < words.count; ++i) {
        RawWord& word = words.items[i];
        if (word.latin() != "ibn") continue;
        word.length = 0;
        word.append("bin");
    }
}

/// Abdul Rehman; Abdur Rahman: two names of two words and more.
bool Preparer::is_behind_semicolon(std::size_t at) const {
    constexpr std::size_t words_least = 2;
    if (at < words_least || at + words_least > words.count) return false;
    const std::size_t begin = words.items[at - 1].end, end = words.items[at].begin;
    return begin < end && std::string_view(out.original_).substr(begin, end - begin).find(';') != std::string::npos;
}

/// The words before "also known as" or a semicolon are the name; what follows is another one.
/// @return where in the text the other name begins; npos if there is none
std::size_t Preparer::cut_at_alias_marker() {
    for (std::size_t i = 1; i + 1 < words.count; ++i) {
        if (is_behind_semicolon(i)) {
            const std::size_t begin = words.items[i].begin;
            words.count = i;
            return begin;
        }
        const std::size_t length = alias_marker_at(i);
        if (length == 0 || i + length >= words.count) continue;
        const std::string_view marker = words.items[i].latin();
        const std::size_t begin = words.items[i + length].begin;
        words.count = i;
        // Born so: a family name only.
        return marker == "nee" || marker == "geb" ? std::string::npos : begin;
    }
    return std::string::npos;
}

/// (PDVSA) behind a company's name, (Sabri al-Banna) behind a person's: another name.
/// @return where in the text it begins; npos if there is none
std::size_t Preparer::name_aside(Schema schema) const {
    if (words.count < 2 || !words.items[words.count - 1].aside) return std::string::npos;
    std::size_t first = words.count - 1;
    while (first > 0 && words.items[first - 1].aside) --first;
    const std::size_t count = words.count - first;
    if (first == 0) return std::string::npos;
    if (schema == Schema::person) return count >= 2 ? words.items[first].begin : std::string::npos;
    // Only capitals that a name in other letters is shortened to; (Dalian) is another company than (Shanghai).
    const auto capitals = [this](const RawWord& word) {
        const std::string_view text = text_of(word);
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    };
    Phrase phrase;
    // Bank for Development and Foreign Economic Affairs (Vnesheconombank): general words, and what it is called.
    constexpr std::size_t called_least = 6, general_least = 3;
    bool general = count == 1 && first >= general_least && words.items[first].length >= called_least;
    for (std::size_t i = 0; general && i < first; ++i) {
        const Word* const known = tables.word(words.items[i].latin());
        general = phrase_at(i, phrase) > 0 || (known != nullptr && (known->flags & WordFlag::company_stop) != 0);
    }
    if (!general &&
        (count > 1 || words.items[first].length < 3 || !capitals(words.items[first]) || capitals(words.items[0])))
        return std::string::npos;
    return phrase_at(first, phrase) > 0 ? std::string::npos : words.items[first].begin;
}

void Preparer::add_other_names(std::size_t begin) {
    constexpr std::size_t other_names_max = 4;
    Prepared other = prepare(std::string_view(out.original_).substr(begin), out.schema_);
    std::vector<Prepared> further;
    further.swap(other.also_);
    if (!other.empty()) out.also_.push_back(std::move(other));
    for (Prepared& one : further) {
        if (out.also_.size() < other_names_max) out.also_.push_back(std::move(one));
    }
}

/// A name of nothing but titles, particles or common words is compared by them rather than not at all.
void Preparer::give_weight_to_what_is_there() {
    float weight = 0;
    for (const Part& part : out.parts_) weight += part.weight;
    if (weight < 0.3F) {
        for (Part& part : out.parts_) {
            if (part.kind != Kind::placeholder && part.kind != Kind::ignored && part.kind != Kind::legal_form)
                part.weight = std::max(part.weight, 0.7F);
        }
    }
    for (Part& part : out.parts_) {
        if (part.weight <= 0) continue;
        ++out.comparable_;
        part.rarity_among_people = out.schema_ == Schema::person ? rarity_among_people(tables, part, out.text_of(part))
                                                                 : std::min(part.rarity, rarity_most);
    }
    if (out.schema_ == Schema::person) set_marks();
}

/// What says that a man or a woman is meant, or whose child.
void Preparer::set_marks() const {
    // In order.
    static constexpr std::string_view his[] = {"dato",  "datuk",  "dom",    "don",      "dottor", "gospodin", "herr",
                                               "lord",  "master", "mister", "monsieur", "mr",     "mstr",     "pan",
                                               "senor", "shri",   "sir",    "sr",       "sri"};
    static constexpr std::string_view hers[] = {
        "dame", "datin", "dona", "dottoressa", "frau", "fraulein", "gospozha", "lady",     "madam", "madame", "miss",
        "mlle", "mme",   "mrs",  "ms",         "pani", "senora",   "senorita", "shrimati", "smt",   "sra",    "srta"};
    for (const Part& part : out.parts_) {
        const auto is_in = [&part](const auto& listed) {
            return std::binary_search(std::begin(listed), std::end(listed), part.latin());
        };
        if (part.kind == Kind::title) {
            if (part.length <= 10 && is_in(his)) out.marks_ |= Prepared::mark_man;
            if (part.length <= 10 && is_in(hers)) out.marks_ |= Prepared::mark_woman;
        } else if (part.kind == Kind::particle) {
            const std::uint32_t flags = tables.words[part.known].flags;
            if (flags & (WordFlag::son_of | WordFlag::daughter_of) || part.latin() == "w/o")
                out.marks_ |= Prepared::mark_child_of;
        } else if (part.length > 8 && part.latin().ends_with("dottir")) {
            out.marks_ |= Prepared::mark_dottir;
        } else if (part.length <= 4 && is_child_word(part.latin())) {
            out.marks_ |= Prepared::mark_child_of;
        }
    }
}

}  // namespace tideline::names::detail

namespace tideline::names {

Prepared prepare(std::string_view name, Schema schema) {
    static thread_local detail::RawWords words;
    Prepared result;
    result.original_ = name;
    detail::Preparer{detail::tables(), result, words}.run(schema);
    return result;
}

std::pair<Prepared, Prepared> prepare_pair(std::string_view first, std::string_view second, Schema schema) {
    std::pair<Prepared, Prepared> both = {prepare(first, schema), prepare(second, schema)};
    if (both.first.schema() != both.second.schema()) {
        Prepared& person = both.first.schema() == Schema::person ? both.first : both.second;
        person = prepare(std::string(person.original()), Schema::organisation);
    }
    return both;
}

std::string Prepared::latin() const {
    std::string result;
    for (const Part& part : parts_) {
        if (!result.empty()) result += ' ';
        result += part.latin();
    }
    return result;
}

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::name: return "name";
        case Kind::given: return "given";
        case Kind::family: return "family";
        case Kind::patronymic: return "patronymic";
        case Kind::initial: return "initial";
        case Kind::nickname: return "nickname";
        case Kind::particle: return "particle";
        case Kind::title: return "title";
        case Kind::generation: return "generation";
        case Kind::placeholder: return "placeholder";
        case Kind::word: return "word";
        case Kind::common_word: return "common_word";
        case Kind::number: return "number";
        case Kind::legal_form: return "legal_form";
        case Kind::ignored: return "ignored";
    }
    return "unknown";
}

}  // namespace tideline::names
