#include "names/detail/preparer.h"

namespace tideline::names::detail {

namespace {

bool is_article(std::string_view latin) {
    static constexpr std::string_view listed[] = {"the", "al", "le", "la", "el", "his", "her", "its", "their"};
    return is_one_of(listed, latin);
}

}  // namespace

/// Words of a company or a public body, a place or a people, that are hardly a name here; how many.
std::size_t Preparer::body_or_place_at(std::size_t at, bool& place) const {
    Phrase phrase;
    const std::size_t length = phrase_at(at, phrase);
    if (length == 0 || phrase.kind == Phrase::Kind::legal_form || phrase.kind > Phrase::Kind::place) return 0;
    place = phrase.kind == Phrase::Kind::place || tables.is_country(phrase.meaning);
    return length;
}

Preparer::Description Preparer::description_at(std::size_t at) const {
    Description found;
    bool qualified = false;
    for (std::size_t i = at; i < words.count && (i == at || !words.items[i].comma_before);) {
        const std::uint32_t flags = flags_of(words.items[i]);
        bool place = false;
        if (words.items[i].aside != words.items[at].aside) break;
        if (flags & (WordFlag::office | WordFlag::relation)) {
            found.only_title = i == at && flags & WordFlag::title;
            found.relation_only = found.relation_only && (flags & WordFlag::office) == 0;
            found.end = ++i;
        } else if (flags & WordFlag::title && qualified) {
            found.only_title = found.relation_only = false;
            found.end = ++i;
        } else if (flags & WordFlag::qualifier || is_article(words.items[i].latin())) {
            qualified = (flags & WordFlag::qualifier) != 0;
            ++i;
        } else if (const std::size_t length =
                       found.end == 0 && (flags & WordFlag::mostly_given) == 0 ? body_or_place_at(i, place) : 0;
                   length > 0) {
            i += length;
        } else {
            break;
        }
    }
    return found;
}

/// What an office is of: the Islamic Republic of Iran. The word behind it; `at` if it is nothing that is known.
std::size_t Preparer::end_of_object(std::size_t at) const {
    bool place_fits = true;
    std::size_t end = at;
    for (std::size_t i = at; i < words.count && (i == at || !words.items[i].comma_before);) {
        const std::uint32_t flags = flags_of(words.items[i]);
        bool place = false;
        if (flags & (WordFlag::office | WordFlag::relation)) {
            end = ++i;
        } else if (flags & (WordFlag::office_of | WordFlag::qualifier) || is_article(words.items[i].latin())) {
            place_fits = true;
            ++i;
        } else if (const std::size_t length = body_or_place_at(i, place); length > 0) {
            const bool name = (flags & WordFlag::mostly_given) != 0;
            // Where words are declined, no "of" stands before a country.
            const bool declined = words.items[i].script != Script::latin;
            if (!place_fits && (name || (place && !declined))) break;
            end = i += length;
            place_fits = false;
        } else {
            break;
        }
    }
    return end;
}

/// How many words before a place are names.
std::size_t Preparer::names_before(std::size_t at) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < at; ++i)
        count += words.items[i].length > 1 &&
                 (flags_of(words.items[i]) & (WordFlag::title | WordFlag::particle | WordFlag::generation)) == 0;
    return count;
}

bool Preparer::is_known_name(const RawWord& word) const {
    const Word* const known = tables.word(word.latin());
    return known != nullptr && known->rarity != 0;
}

bool Preparer::is_possessive(const RawWord& word) const {
    const std::string_view text = text_of(word);
    return text.ends_with("'s") || text.ends_with("\u2019s") || text.ends_with("'") || text.ends_with("\u2019");
}

/// Dmitry Peskov, Press Secretary of President Vladimir Putin; President of Belarus Aleksandr Lukashenko: what
/// somebody is, and whose, is no part of the name.
void Preparer::cut_descriptions() {
    if (words.count < 3 || words.travel_document) return;
    std::uint32_t any = 0;
    for (std::size_t i = 0; i < words.count; ++i) any |= flags_of(words.items[i]);
    if ((any & (WordFlag::office | WordFlag::relation | WordFlag::qualifier)) == 0) return;
    if (const std::size_t address = address_in_front(); address > 0) cut_front(address);
    cut_description_behind();
    cut_description_in_front();
}

/// Hassan II of Morocco, Friedrich II. von Preußen.
void Preparer::cut_realm() {
    for (std::size_t i = 1; i + 2 < words.count; ++i) {
        const std::string_view number = words.items[i].latin();
        if (number.size() > 1 && number.find_first_not_of("ivx") == number.npos &&
            flags_of(words.items[i + 1]) & WordFlag::office_of)
            words.count = i + 1;
    }
}

void Preparer::cut_description_behind() {
    for (std::size_t i = 1; i < words.count; ++i) {
        const bool aside = words.items[i].aside && !words.items[i - 1].aside;
        const std::uint32_t flags = flags_of(words.items[i]);
        const bool begins = words.items[i].comma_before || aside;
        const bool run_on = i >= 2 && flags & (WordFlag::office | WordFlag::relation | WordFlag::qualifier);
        if (!begins && !run_on) continue;
        const Description found = description_at(i);
        const std::size_t names = names_before(i);
        if (found.end == 0 || names == 0) continue;
        const bool ends = found.end == words.count || words.items[found.end].comma_before;
        const bool has_object =
            !ends && (flags_of(words.items[found.end]) & WordFlag::office_of) != 0 && found.end + 1 < words.count;
        // LUKASHENKO, President Aleksandr; but Putin, President of Russia.
        const bool is_name =
            !ends && !has_object && end_of_object(found.end) == found.end &&
            (names == 1 || (found.only_title && (flags_of(words.items[found.end]) & WordFlag::mostly_given) != 0));
        if (ends && found.end == i + 1 && is_known_name(words.items[i])) continue;  // NGUYEN, Son
        if (aside) {
            std::size_t end = i;
            while (end < words.count && words.items[end].aside) ++end;
            remove(i, end - i);
            --i;
        } else if (begins ? !is_name : names >= 2 && has_object) {
            words.count = i;
        }
    }
}

/// His Royal Highness, the late: words in front that only address or qualify; how many.
std::size_t Preparer::address_in_front() const {
    static constexpr std::string_view whose[] = {"his", "her", "their", "your", "the"},
                                      rank[] = {"royal", "imperial", "serene", "most", "reverend"},
                                      what[] = {"excellency", "majesty", "highness", "eminence", "holiness",
                                                "honour",     "honor",   "grace",    "lordship", "late"};
    const auto stands = [this](std::size_t at, const auto& listed) {
        return at < words.count && is_one_of(listed, words.items[at].latin());
    };
    std::size_t at = stands(0, whose) ? 1 : 0;
    while (stands(at, rank)) ++at;
    return at > 0 && stands(at, what) && at + 1 < words.count ? at + 1 : 0;
}

void Preparer::cut_description_in_front() {
    // Assange's lawyer Jennifer Robinson.
    for (std::size_t i = 0; i + 2 < words.count; ++i) {
        if (!is_possessive(words.items[i])) continue;
        const Description found = description_at(i + 1);
        if (found.end != 0 && found.end < words.count) return cut_front(found.end);
    }
    Description found = description_at(0);
    // Gazprom CEO Alexey Miller.
    if (found.end == 0 && words.items[0].script != Script::arabic && !is_known_name(words.items[0]) &&
        !words.items[1].comma_before) {
        found = description_at(1);
        if (found.relation_only || found.end + 2 > words.count || first_behind_comma() != 0) return;
    }
    if (found.end == 0 || found.end >= words.count) return;
    const bool has_object = (flags_of(words.items[found.end]) & WordFlag::office_of) != 0;
    const std::size_t comma = first_behind_comma();
    // ALCALDE LINARES, Angel; سفير is a name too, السفير is not.
    if (!has_object && found.end == 1 && (comma > 0 || words.items[0].script == Script::arabic)) return;
    if (comma > 0) {
        // Head of the Bratva Group, Ivan Petrov; President of Belarus LUKASHENKO, Aleksandr.
        if (has_object && comma > found.end && words.count >= comma + 2) return cut_front(comma);
    }
    std::size_t end = end_of_object(found.end);
    // Presiden Indonesia Joko Widodo, but President Jordan Bardella.
    const RawWord& behind = words.items[found.end];
    if (!has_object && behind.script == Script::latin && is_known_name(behind)) end = found.end;
    if (end == found.end && (has_object || found.only_title)) return;
    if (!has_object && end > found.end && words.count < end + 2) return cut_front(found.end);
    if (end < words.count) cut_front(end);
}

void Preparer::cut_front(std::size_t count) {
    remove(0, count);
    words.items[0].comma_before = words.items[0].hyphen_before = false;
}

}  // namespace tideline::names::detail
