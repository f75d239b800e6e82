#include "knowledge/indicator_phrases.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"

namespace tideline::knowledge {
namespace {

using Words = std::map<std::string, std::vector<Literal>, std::less<>>;

/// Splits at a character that stands outside brackets.
std::vector<std::string_view> split_outside(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '(' || text[i] == '[') ++depth;
        if (text[i] == ')' || text[i] == ']') --depth;
        if (text[i] == separator && depth == 0) {
            if (i > begin) parts.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    if (begin < text.size()) parts.push_back(text.substr(begin));
    return parts;
}

std::optional<Literal> literal(std::string_view word) {
    Literal made;
    if (word.ends_with('*')) {
        made.prefix = true;
        word.remove_suffix(1);
    }
    if (word.empty() || word.find_first_of("()[]|@*") != std::string_view::npos) return std::nullopt;
    made.text = std::string(word);
    return made;
}

bool balanced(std::string_view text) {
    char open = 0;
    for (const char c : text) {
        if (c == '(' || c == '[') {
            if (open != 0) return false;
            open = c;
        } else if (c == ')' || c == ']') {
            if (open != (c == ')' ? '(' : '[')) return false;
            open = 0;
        }
    }
    return open == 0;
}

/// Turns one phrase into its pieces; reports what is wrong at its place.
class PhraseReader {
public:
    PhraseReader(const Yaml& place, const Words& words, std::set<std::string>& used, bool spaced, int gap)
        : place_(place), words_(words), used_(used), spaced_(spaced), gap_(gap) {}

    /// Fills in the pieces and gaps of the phrase; without pieces if something was wrong.
    void read(Phrase& phrase) {
        if (!balanced(phrase.text)) {
            fail("the brackets do not match", "close every ( with ) and every [ with ], and do not nest them");
            return;
        }
        std::vector<std::vector<std::string_view>> parts(1);
        std::vector<int> gaps = {0};
        for (const std::string_view token : split_outside(phrase.text, ' ')) {
            if (token.starts_with("...")) {
                gaps.push_back(gap(token));
                parts.emplace_back();
            } else {
                parts.back().push_back(token);
            }
        }
        if (parts.size() > PhraseLimits::gaps_max + 1) {
            fail("the phrase has more than " + std::to_string(PhraseLimits::gaps_max) + " gaps",
                 "leave a gap out, or write two phrases");
        }
        for (std::size_t i = 0; i < parts.size() && !failed_; ++i) {
            if (parts[i].empty()) {
                fail("a gap '...' has nothing on one side", "put words on both sides of each '...'");
            } else {
                add_part(phrase, parts[i], gaps[i]);
            }
        }
        if (failed_) phrase.pieces.clear();
    }

private:
    void fail(std::string message, std::string remedy) {
        failed_ = true;
        place_.problem(std::move(message), std::move(remedy));
    }

    int gap(std::string_view token) {
        token.remove_prefix(3);
        if (token.empty()) return gap_;
        int words = 0;
        const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), words);
        if (error != std::errc() || end != token.data() + token.size() || words < 1 || words > PhraseLimits::gap_max) {
            fail("'..." + std::string(token) + "' is not a gap",
                 "write '...', or '...' and a number from 1 to " + std::to_string(PhraseLimits::gap_max));
        }
        return words;
    }

    static bool holds_prefix(const std::vector<Literal>& said) {
        return std::any_of(said.begin(), said.end(), [](const Literal& one) { return one.prefix; });
    }
    static bool can_be_empty(const std::vector<Literal>& said) {
        return std::any_of(said.begin(), said.end(), [](const Literal& one) { return one.text.empty(); });
    }

    /// What stands between two gaps: in one piece, or in several that follow each other directly. Where a piece ends,
    /// words that may be missing stand for any words, as many.
    void add_part(Phrase& phrase, const std::vector<std::string_view>& tokens, int gap) {
        std::vector<Literal> said = {Literal{}};
        bool ended = false;
        for (const std::string_view token : tokens) {
            const std::vector<Literal> next = choices(token);
            if (failed_) return;
            const bool ends_open = holds_prefix(said);
            const bool many = spaced_ && said.size() * next.size() > PhraseLimits::literals_joined_max;
            if ((ends_open || many) && !can_be_empty(said)) {
                add_piece(phrase, std::move(said), gap);
                ended = true;
                const bool optional = can_be_empty(next);
                said = optional ? std::vector<Literal>{Literal{}} : next;
                gap = optional ? words_in(next) : 0;
                continue;
            }
            if (ends_open) {
                fail("a word that ends in '*' stands among words that may be missing",
                     "write two phrases, or put the word in ( )");
                return;
            }
            said = joined(said, next);
            if (failed_) return;
        }
        if (ended && can_be_empty(said)) return;
        add_piece(phrase, std::move(said), gap);
    }

    /// How many words the longest of them has.
    static int words_in(const std::vector<Literal>& said) {
        std::ptrdiff_t most = 0;
        for (const Literal& one : said) most = std::max(most, std::count(one.text.begin(), one.text.end(), ' ') + 1);
        return static_cast<int>(most);
    }

    std::vector<Literal> joined(const std::vector<Literal>& said, const std::vector<Literal>& next) {
        std::vector<Literal> longer;
        for (const Literal& before : said) {
            for (const Literal& after : next) {
                if (after.text.empty()) {
                    longer.push_back(before);
                    continue;
                }
                const bool glue = before.text.empty() || !spaced_;
                longer.push_back({before.text + (glue ? "" : " ") + after.text, after.prefix});
            }
            if (longer.size() > PhraseLimits::literals_per_piece_max) {
                fail("the phrase stands for more than " + std::to_string(PhraseLimits::literals_per_piece_max) +
                         " ways of saying it",
                     "split it into several phrases, or use '...' between its parts");
                break;
            }
        }
        return longer;
    }

    void add_piece(Phrase& phrase, std::vector<Literal> said, int gap) {
        std::sort(said.begin(), said.end());
        said.erase(std::unique(said.begin(), said.end()), said.end());
        const auto shortest = std::min_element(
            said.begin(), said.end(), [](const Literal& a, const Literal& b) { return a.text.size() < b.text.size(); });
        if (shortest->text.size() < PhraseLimits::literal_bytes_least && (said.size() == 1 || shortest->text.empty())) {
            fail("a piece of the phrase can be as short as '" + shortest->text + "'",
                 "give each piece at least " + std::to_string(PhraseLimits::literal_bytes_least) +
                     " letters, and at least one part that is not in [ ]");
            return;
        }
        phrase.pieces.push_back(std::move(said));
        phrase.gaps.push_back(gap);
    }

    std::vector<Literal> choices(std::string_view token) {
        if (token.starts_with('@')) return class_named(token.substr(1));
        const bool optional = token.starts_with('[');
        std::vector<Literal> all;
        if (optional) all.emplace_back();
        if (optional || token.starts_with('(')) {
            if (!token.ends_with(optional ? ']' : ')')) {
                fail("something stands directly behind a bracket in '" + std::string(token) + "'",
                     "put a space behind the bracket");
                return {};
            }
            for (const std::string_view choice : text::split(token.substr(1, token.size() - 2), '|')) {
                add(all, text::trim(choice));
            }
        } else {
            add(all, token);
        }
        return all;
    }

    std::vector<Literal> class_named(std::string_view written) {
        const std::string name(written);
        const auto found = words_.find(name);
        if (found == words_.end()) {
            std::vector<std::string> known;
            for (const auto& [known_name, literals] : words_) known.push_back(known_name);
            const auto meant = nearest(name, known);
            fail("there is no class of words '@" + name + "' in this file",
                 meant ? "write '@" + *meant + "', or add '" + name + "' under 'words'"
                       : "add '" + name + "' under 'words'");
            return {};
        }
        used_.insert(name);
        return found->second;
    }

    void add(std::vector<Literal>& all, std::string_view word) {
        if (word.starts_with('@')) {
            const std::vector<Literal> members = class_named(word.substr(1));
            all.insert(all.end(), members.begin(), members.end());
            return;
        }
        if (const auto made = literal(word)) {
            all.push_back(*made);
        } else if (!failed_) {
            fail(
                word.empty() ? std::string("an alternative is empty") : "'" + std::string(word) + "' cannot stand here",
                word.empty() ? "write [a|b] for words that may be missing"
                             : "write plain words; '*' only at the end of a word");
        }
    }

    const Yaml& place_;
    const Words& words_;
    std::set<std::string>& used_;
    bool spaced_;
    int gap_;
    bool failed_ = false;
};

Words read_words(const Yaml& file) {
    Words words;
    for (const auto& [name, list] : file.maybe_entries("words")) {
        std::vector<Literal>& all = words[name];
        for (const Yaml& member : list.as_list()) {
            const std::string word = member.as_text();
            if (word.empty()) continue;
            if (const auto made = literal(word)) {
                all.push_back(*made);
            } else {
                member.problem("'" + word + "' cannot be a member of a class of words",
                               "write plain words here; brackets and '@' belong in phrases");
            }
        }
        if (all.empty())
            list.problem("the class of words '" + name + "' is empty", "list at least one word, or remove it");
    }
    return words;
}

}  // namespace

PhraseBook read_phrase_book(const Yaml& file, std::string_view expected_language) {
    PhraseBook book;
    book.language = file.text("language");
    if (!book.language.empty() && book.language != expected_language) {
        file.at("language")
            .problem("the file is named for '" + std::string(expected_language) + "' but says '" + book.language + "'",
                     "rename the file or correct 'language'");
    }
    file.integer("version", 1, 100000);
    file.text("source");
    file.date("date");
    book.verified = file.flag("verified");
    book.spaced = file.choice<bool>("unit", {{"words", true}, {"characters", false}});
    book.gap = static_cast<int>(file.integer("gap", 0, PhraseLimits::gap_max));
    book.negation = file.maybe_texts("negation");
    book.clause = file.maybe_texts("clause");
    const Words words = read_words(file);
    std::set<std::string> used;
    std::set<std::pair<std::string, std::string>> seen;
    bool all_read = true;  // else a class may look unused only because its phrase could not be read
    for (const auto& [indicator, list] : file.entries("phrases")) {
        for (const Yaml& written : list.as_list()) {
            Phrase phrase{indicator, {}, {}, written.as_text(), std::string(file.file()), written.line()};
            if (phrase.text.empty()) continue;
            if (!seen.emplace(indicator, phrase.text).second) {
                written.problem("the phrase stands here twice", "remove one of the two");
                continue;
            }
            PhraseReader(written, words, used, book.spaced, book.gap).read(phrase);
            all_read = all_read && !phrase.pieces.empty();
            if (!phrase.pieces.empty()) book.phrases.push_back(std::move(phrase));
        }
    }
    for (const auto& [name, list] : file.maybe_entries("words")) {
        if (all_read && !used.contains(name)) {
            list.problem("no phrase uses the class of words '" + name + "'", "use it as '@" + name + "' or remove it");
        }
    }
    return book;
}

}  // namespace tideline::knowledge
