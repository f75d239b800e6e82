#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/yaml.h"

/// The words in which people tell of an indicator, per language, for suggestions.
///
/// A phrase is written as `@take (my|our) passport* ... (safe|office)`:
///   word          itself; capitals, accents and apostrophes do not matter
///   word*         any word that begins so
///   @name         one of the words of a class of the same file
///   (a|b c|@name) one of these
///   [a|b]         one of these, or nothing
///   ...           up to `gap` other words (or characters), within the sentence
///   ...2          up to 2 of them
/// In languages that are written without spaces (`unit: characters`) the parts of a piece follow each other directly.
namespace tideline::knowledge {

/// Limits of the phrase files.
struct PhraseLimits {
    static constexpr std::size_t literals_per_piece_max = 4000;
    /// A part with more ways of saying it is looked for in pieces that follow each other directly: each word once
    /// instead of every combination.
    static constexpr std::size_t literals_joined_max = 24;
    static constexpr std::size_t gaps_max = 3;
    static constexpr long gap_max = 20;
    static constexpr std::size_t literal_bytes_least = 2;
};

/// One way of saying a part of a phrase.
struct Literal {
    std::string text;
    bool prefix = false;  ///< goes on with any letters
    friend auto operator<=>(const Literal&, const Literal&) = default;
};

struct Phrase {
    std::string indicator;                     ///< id
    std::vector<std::vector<Literal>> pieces;  ///< in this order, each said in one of these ways
    std::vector<int> gaps;                     ///< words (or characters) before each piece, at most; 0 for the first
    std::string text;                          ///< as written in the file
    std::string file;
    int line = 0;
};

struct PhraseBook {
    std::string language;
    bool spaced = true;  ///< words have spaces between them
    int gap = 4;         ///< words (or characters) between two pieces, at most
    std::vector<std::string> negation;
    std::vector<std::string> clause;  ///< words at which a negation ends
    std::vector<Phrase> phrases;
    bool verified = false;
};

/// Reads the inside of one phrase file. Unknown indicators are for the caller to check.
PhraseBook read_phrase_book(const Yaml& file, std::string_view expected_language);

}  // namespace tideline::knowledge
