#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assess/fold.h"
#include "knowledge/indicators.h"

/// Suggestions: which indicators a text may speak of, and in which sentence. A suggestion is a hint for a person's
/// eye; nothing counts until somebody confirms it.
namespace tideline::assess {

struct Suggestion {
    std::size_t indicator = 0;       ///< position in Indicators::all()
    std::size_t sentence = 0;        ///< from 1, in the order of sentences()
    std::size_t begin = 0, end = 0;  ///< of the words that hint at it, in bytes of the text
    bool denied = false;             ///< the words stand under a negation: the text seems to say that it is not so
    const knowledge::Phrase* phrase = nullptr;  ///< lives as long as the Indicators

    friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

/// The phrases of all languages, compiled. Safe from several threads at once.
class Suggester {
public:
    /// @param indicators must outlive the suggester
    static Result<Suggester> compile(const knowledge::Indicators& indicators);
    Suggester(Suggester&&) noexcept;
    Suggester& operator=(Suggester&&) noexcept;
    ~Suggester();

    /// At most one per indicator and sentence (an affirmed one before a denied one), in the order of the text.
    /// @param text  UTF-8 in any languages, mixed as they come; at most text_bytes_max are looked at
    std::vector<Suggestion> suggest(std::string_view text) const;

    static constexpr std::size_t text_bytes_max = 64u << 20;

    /// How many different ways of saying something are looked for.
    std::size_t literal_count() const;

private:
    struct Compiled;
    explicit Suggester(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace tideline::assess
