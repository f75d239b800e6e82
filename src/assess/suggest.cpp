#include "assess/suggest.h"

#include <hs/hs.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <unordered_map>

#include "base/text.h"

namespace tideline::assess {

using knowledge::Literal;
using knowledge::Phrase;
using knowledge::PhraseBook;

namespace {

constexpr int negation_words_before_max = 3;
constexpr int negation_characters_before_max = 4;

/// The first pieces of one or more phrases, one of which a literal is a way of saying. Phrases that begin alike share
/// them. Small: most of the time goes into reading these.
struct Use {
    std::uint32_t step = 0;
    std::uint32_t before = 0;     ///< the step that this one follows; unused by a first
    std::uint16_t apart_max = 0;  ///< units between that and this one, at most
    bool first = false, last = false;
};

/// A literal as it is searched for: once, however many phrases it is a piece of.
struct Needle {
    std::string bytes;
    bool prefix = false;
    bool spaced = true;   ///< has to begin (and, unless a prefix, end) at the edge of a word
    bool joined = false;  ///< may stand behind letters that Arabic writes together with it
    std::vector<Use> uses;
    std::uint32_t units = 0;  ///< spaces in it, or characters where words have no spaces between them
};

struct CompiledPhrase {
    const Phrase* phrase = nullptr;
    std::size_t indicator = 0;
};

struct CompiledBook {
    bool spaced = true;
    std::vector<std::string> negation, clause;  ///< folded
};

/// A place where a needle stands.
struct Hit {
    std::uint32_t needle = 0, begin = 0, end = 0;
};

/// How far a phrase has been found so far.
struct Reach {
    std::uint32_t begin, end;
    bool denied;
};

/// Before a piece was found: further back than any gap reaches. Units are spaces (or characters) of the text.
constexpr std::int32_t never = -1'000'000;

std::string folded(std::string_view word) {
    std::string bytes = fold(word).bytes;
    while (!bytes.empty() && bytes.back() == ' ') bytes.pop_back();
    while (!bytes.empty() && bytes.front() == ' ') bytes.erase(0, 1);
    return bytes;
}

char32_t before(std::string_view text, std::size_t at) {
    std::size_t begin = at - 1;
    while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return text::next(text, begin);
}

constexpr std::size_t utf8_length(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

/// Arabic writes "and", "the", "in", "to" together with the word that follows.
bool is_arabic_prefix(std::string_view letters) {
    static constexpr std::array<std::string_view, 14> known = {"ال",  "و",   "ف",   "ب",   "ل",  "ك",  "س",
                                                               "وال", "بال", "فال", "كال", "لل", "وس", "ولل"};
    return std::find(known.begin(), known.end(), letters) != known.end();
}

constexpr bool is_arabic(char32_t c) { return c >= 0x0600 && c <= 0x06FF; }

/// Of a word that may stand behind letters that Arabic writes together with it.
bool begins_word(std::string_view text, std::size_t at) {
    std::size_t begin = at;
    while (begin > 0 && at - begin <= 8) {
        const char32_t c = before(text, begin);
        if (!is_word_character(c)) break;
        begin -= utf8_length(c);
    }
    return begin == at || is_arabic_prefix(text.substr(begin, at - begin));
}

bool stands_alone(std::string_view text, const Needle& needle, const Hit& hit) {
    if (needle.spaced) return !needle.joined || begins_word(text, hit.begin);
    const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    return !(digit(hit.begin) && hit.begin > 0 && digit(hit.begin - 1));
}

/// The ASCII characters of words; a space for every other.
constexpr std::array<char, 128> ascii_or_space = [] {
    std::array<char, 128> table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        table[c] = word ? static_cast<char>(c) : ' ';
    }
    return table;
}();

/// The text between two spaces, and a space for every byte that is not of a word.
std::string with_edges(std::string_view text) {
    std::string edged(text.size() + 2, ' ');
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            edged[at + 1] = ascii_or_space[byte];
            ++at;
            continue;
        }
        const std::size_t from = at;
        if (is_word_character(text::next(text, at))) text.copy(&edged[from + 1], at - from, from);
    }
    return edged;
}

/// What is searched for: with the edges of words, so that "he" is found, but not in each "the".
std::string searched(const Needle& needle) {
    std::string edged = with_edges(needle.bytes);
    if (!needle.spaced || needle.prefix) edged.pop_back();
    if (!needle.spaced || needle.joined) edged.erase(0, 1);
    return edged;
}

/// Counts spaces and characters up to places that only grow.
class UnitCounter {
public:
    explicit UnitCounter(std::string_view text) : text_(text) {}
    std::uint32_t up_to(std::size_t place, bool spaced) {
        for (; at_ < place; ++at_) {
            const auto byte = static_cast<unsigned char>(text_[at_]);
            if (byte == ' ') ++spaces_;
            if ((byte & 0xC0) != 0x80) ++characters_;
        }
        return spaced ? spaces_ : characters_;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t spaces_ = 0, characters_ = 0;
};

bool is_one_of(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_clause_mark(char c) { return c == ',' || c == ';' || c == ':' || c == '.' || c == '!' || c == '?' || c == '('; }

/// A negation among the last words before a place, in the same clause.
bool negated_before(std::string_view text, const CompiledBook& book, std::size_t at) {
    if (!book.spaced) {
        std::size_t begin = at;
        for (int characters = 0; characters < negation_characters_before_max && begin > 0; ++characters) {
            const char32_t c = before(text, begin);
            if (!is_word_character(c)) break;
            begin -= utf8_length(c);
        }
        const std::string_view window = text.substr(begin, at - begin);
        return std::any_of(book.negation.begin(), book.negation.end(),
                           [&](const std::string& word) { return window.find(word) != std::string_view::npos; });
    }
    std::size_t end = at;
    for (int words = 0; words < negation_words_before_max && end > 0; ++words) {
        while (end > 0 && text[end - 1] == ' ') --end;
        if (end == 0 || is_clause_mark(text[end - 1])) return false;
        std::size_t begin = end;
        while (begin > 0 && text[begin - 1] != ' ' && !is_clause_mark(text[begin - 1])) --begin;
        const std::string_view word = text.substr(begin, end - begin);
        if (is_one_of(book.clause, word)) return false;
        if (is_one_of(book.negation, word)) return true;
        end = begin;
    }
    return false;
}

/// A negation between two pieces, after the last clause word or mark there.
bool negated_between(std::string_view text, const CompiledBook& book, std::size_t from, std::size_t to) {
    if (!book.spaced) {
        const std::string_view gap = text.substr(from, to - from);
        return std::any_of(book.negation.begin(), book.negation.end(),
                           [&](const std::string& word) { return gap.find(word) != std::string_view::npos; });
    }
    bool negated = false;
    for (std::size_t begin = from; begin < to;) {
        std::size_t end = begin;
        while (end < to && text[end] != ' ') ++end;
        std::string_view word = text.substr(begin, end - begin);
        const bool mark = !word.empty() && is_clause_mark(word.back());
        if (mark) word.remove_suffix(1);
        if (is_one_of(book.negation, word)) negated = true;
        if (mark || is_one_of(book.clause, word)) negated = false;
        begin = end + 1;
    }
    return negated;
}

}  // namespace

struct Suggester::Compiled {
    std::vector<Needle> needles;
    std::vector<std::vector<std::uint32_t>> ends;  ///< by step: the phrases that end with it
    std::vector<std::uint32_t> book_of;            ///< by step
    std::vector<CompiledPhrase> phrases;
    std::vector<CompiledBook> books;
    hs_database_t* database = nullptr;
    hs_scratch_t* prototype = nullptr;
    mutable std::mutex free_lock;
    mutable std::vector<hs_scratch_t*> free;  ///< scratch space that no scan uses just now

    ~Compiled() {
        for (hs_scratch_t* scratch : free) hs_free_scratch(scratch);
        hs_free_scratch(prototype);
        hs_free_database(database);
    }

    /// What is known while books are added.
    struct Known {
        std::map<std::tuple<std::string, bool, bool>, std::uint32_t> needles;
        /// By the step before (or the book, for a first), the gap and the needles.
        std::map<std::tuple<bool, std::uint32_t, std::uint16_t, std::vector<std::uint32_t>>, std::uint32_t> steps;
    };
    void add_book(const PhraseBook& book, const knowledge::Indicators& indicators, Known& known);
    std::vector<std::uint32_t> needles_of(const std::vector<Literal>& piece, bool spaced, Known& known);
    std::string compile_database();
    std::vector<Hit> find(std::string_view text) const;
    hs_scratch_t* take_scratch() const;
};

std::vector<std::uint32_t> Suggester::Compiled::needles_of(const std::vector<Literal>& piece, bool spaced,
                                                           Known& known) {
    std::vector<std::uint32_t> found;
    for (const Literal& literal : piece) {
        std::string bytes = folded(literal.text);
        if (bytes.size() < knowledge::PhraseLimits::literal_bytes_least) continue;
        const auto [at, fresh] = known.needles.emplace(std::tuple(bytes, literal.prefix, spaced),
                                                       static_cast<std::uint32_t>(needles.size()));
        if (fresh) {
            const std::uint32_t units = UnitCounter(bytes).up_to(bytes.size(), spaced);
            std::size_t begin = 0;
            const bool joined = is_arabic(text::next(bytes, begin));
            needles.push_back({std::move(bytes), literal.prefix, spaced, joined, {}, units});
        }
        found.push_back(at->second);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

void Suggester::Compiled::add_book(const PhraseBook& book, const knowledge::Indicators& indicators, Known& known) {
    const auto book_index = static_cast<std::uint32_t>(books.size());
    CompiledBook compiled{book.spaced, {}, {}};
    for (const std::string& word : book.negation) compiled.negation.push_back(folded(word));
    for (const std::string& word : book.clause) compiled.clause.push_back(folded(word));
    for (const Phrase& phrase : book.phrases) {
        const auto indicator = indicators.position(phrase.indicator);
        if (!indicator) continue;
        std::uint32_t before = book_index;
        for (std::size_t p = 0; p < phrase.pieces.size(); ++p) {
            const auto apart_max = static_cast<std::uint16_t>(phrase.gaps[p] + (book.spaced ? 1 : 0));
            std::vector<std::uint32_t> ways = needles_of(phrase.pieces[p], book.spaced, known);
            const auto [step, fresh] =
                known.steps.emplace(std::tuple(p == 0, before, p == 0 ? std::uint16_t{0} : apart_max, std::move(ways)),
                                    static_cast<std::uint32_t>(ends.size()));
            if (fresh) {
                for (const std::uint32_t needle : std::get<3>(step->first))
                    needles[needle].uses.push_back({step->second, before, apart_max, p == 0, false});
                ends.emplace_back();
                book_of.push_back(book_index);
            }
            before = step->second;
        }
        ends[before].push_back(static_cast<std::uint32_t>(phrases.size()));
        phrases.push_back({&phrase, *indicator});
    }
    books.push_back(std::move(compiled));
}

std::string Suggester::Compiled::compile_database() {
    std::vector<std::string> literals;
    for (const Needle& needle : needles) literals.push_back(searched(needle));
    std::vector<const char*> expressions;
    std::vector<unsigned> flags, ids;
    std::vector<std::size_t> lengths;
    for (std::size_t i = 0; i < needles.size(); ++i) {
        expressions.push_back(literals[i].data());
        lengths.push_back(literals[i].size());
        flags.push_back(0);
        ids.push_back(static_cast<unsigned>(i));
    }
    hs_compile_error_t* failure = nullptr;
    const hs_error_t done =
        hs_compile_lit_multi(expressions.data(), flags.data(), ids.data(), lengths.data(),
                             static_cast<unsigned>(expressions.size()), HS_MODE_BLOCK, nullptr, &database, &failure);
    if (done != HS_SUCCESS) {
        std::string message = failure != nullptr ? failure->message : "unknown error";
        hs_free_compile_error(failure);
        return message;
    }
    if (hs_alloc_scratch(database, &prototype) != HS_SUCCESS) return "no memory for scanning";
    return "";
}

hs_scratch_t* Suggester::Compiled::take_scratch() const {
    {
        const std::lock_guard lock(free_lock);
        if (!free.empty()) {
            hs_scratch_t* scratch = free.back();
            free.pop_back();
            return scratch;
        }
    }
    hs_scratch_t* fresh = nullptr;
    if (hs_clone_scratch(prototype, &fresh) != HS_SUCCESS) throw std::bad_alloc();
    return fresh;
}

/// Where the needles stand as words of their own, by where they end.
std::vector<Hit> Suggester::Compiled::find(std::string_view text) const {
    struct Scan {
        std::string_view text;
        const std::vector<Needle>& needles;
        std::vector<Hit> hits;
    } scan{text, needles, {}};
    constexpr std::size_t bytes_per_hit = 3;  // as seen; more hits only cost a copy
    scan.hits.reserve(text.size() / bytes_per_hit);
    hs_scratch_t* scratch = take_scratch();
    const std::string edged = with_edges(text);
    hs_scan(
        database, edged.data(), static_cast<unsigned>(edged.size()), 0, scratch,
        [](unsigned id, unsigned long long, unsigned long long to, unsigned, void* context) {
            Scan& at = *static_cast<Scan*>(context);
            const Needle& needle = at.needles[id];
            const auto end = static_cast<std::uint32_t>(to - (needle.spaced && !needle.prefix ? 2 : 1));
            const Hit hit{id, end - static_cast<std::uint32_t>(needle.bytes.size()), end};
            if (stands_alone(at.text, needle, hit)) at.hits.push_back(hit);
            return 0;
        },
        &scan);
    {
        const std::lock_guard lock(free_lock);
        free.push_back(scratch);
    }
    const auto by_end = [](const Hit& a, const Hit& b) { return a.end < b.end; };
    if (!std::is_sorted(scan.hits.begin(), scan.hits.end(), by_end)) {
        std::stable_sort(scan.hits.begin(), scan.hits.end(), by_end);
    }
    return std::move(scan.hits);
}

Suggester::Suggester(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Suggester::Suggester(Suggester&&) noexcept = default;
Suggester& Suggester::operator=(Suggester&&) noexcept = default;
Suggester::~Suggester() = default;

std::size_t Suggester::literal_count() const { return compiled_->needles.size(); }

Result<Suggester> Suggester::compile(const knowledge::Indicators& indicators) {
    auto compiled = std::make_unique<Compiled>();
    Compiled::Known known;
    for (const PhraseBook& book : indicators.phrase_books()) compiled->add_book(book, indicators, known);
    for (Needle& needle : compiled->needles)
        for (Use& use : needle.uses) use.last = !compiled->ends[use.step].empty();
    if (!compiled->needles.empty()) {
        if (std::string failure = compiled->compile_database(); !failure.empty()) {
            return Error{ErrorKind::invalid, "the phrases cannot be compiled: " + failure};
        }
    }
    return Suggester(std::move(compiled));
}

namespace {

/// Follows the sentences while places in the text only grow.
class SentenceCursor {
public:
    explicit SentenceCursor(const std::vector<Sentence>& all) : all_(all) {}

    /// Number, from 1, of the sentence that holds the place; 0 between sentences.
    std::size_t at(std::size_t place) const {
        const auto after = std::upper_bound(all_.begin(), all_.end(), place,
                                            [](std::size_t p, const Sentence& s) { return p < s.begin; });
        if (after == all_.begin()) return 0;
        return static_cast<std::size_t>(after - all_.begin());
    }

private:
    const std::vector<Sentence>& all_;
};

}  // namespace

std::vector<Suggestion> Suggester::suggest(std::string_view text) const {
    const Compiled& compiled = *compiled_;
    if (compiled.database == nullptr) return {};
    text = text.substr(0, text_bytes_max);
    const Folded folded_text = fold(text);
    const std::vector<Hit> hits = compiled.find(folded_text.bytes);
    if (hits.empty()) return {};
    const std::vector<Sentence> all_sentences = sentences(text);
    const SentenceCursor cursor(all_sentences);
    const auto original = [&](std::uint32_t at) { return std::size_t{folded_text.offsets[at]}; };

    std::map<std::pair<std::size_t, std::size_t>, Suggestion> found;  // by sentence and indicator
    const auto emit = [&](const CompiledPhrase& phrase, const Reach& reach) {
        const std::size_t begin = original(reach.begin);
        const std::size_t sentence = cursor.at(begin);
        if (sentence == 0 || cursor.at(original(reach.end - 1)) != sentence) return;
        const Suggestion made{phrase.indicator, sentence, begin, original(reach.end), reach.denied, phrase.phrase};
        const auto [at, fresh] = found.emplace(std::pair(sentence, phrase.indicator), made);
        if (!fresh && at->second.denied && !made.denied) at->second = made;
    };
    std::vector<std::int32_t> units_at(compiled.ends.size(), never);  // where each step was found last
    const auto reached = std::make_unique_for_overwrite<Reach[]>(compiled.ends.size());
    UnitCounter counter(folded_text.bytes);
    for (const Hit& hit : hits) {
        const Needle& needle = compiled.needles[hit.needle];
        const auto units_end = static_cast<std::int32_t>(counter.up_to(hit.end, needle.spaced));
        const std::int32_t units_begin = units_end - static_cast<std::int32_t>(needle.units);
        for (const Use& use : needle.uses) {
            Reach reach{hit.begin, hit.end, false};
            if (!use.first) {
                if (units_begin - units_at[use.before] > use.apart_max) continue;
                const Reach& previous = reached[use.before];
                if (previous.end > hit.begin) continue;
                const CompiledBook& book = compiled.books[compiled.book_of[use.step]];
                reach.begin = previous.begin;
                reach.denied = previous.denied || negated_between(folded_text.bytes, book, previous.end, hit.begin);
            }
            reached[use.step] = reach;
            units_at[use.step] = units_end;
            if (!use.last) continue;
            const CompiledBook& book = compiled.books[compiled.book_of[use.step]];
            reach.denied = reach.denied || negated_before(folded_text.bytes, book, reach.begin);
            for (const std::uint32_t phrase : compiled.ends[use.step]) emit(compiled.phrases[phrase], reach);
        }
    }
    std::vector<Suggestion> all;
    for (auto& [key, suggestion] : found) all.push_back(suggestion);
    std::sort(all.begin(), all.end(), [](const Suggestion& a, const Suggestion& b) {
        return std::tie(a.sentence, a.begin, a.indicator) < std::tie(b.sentence, b.begin, b.indicator);
    });
    return all;
}

}  // namespace tideline::assess
