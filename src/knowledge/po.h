#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/yaml.h"

/// Reads and writes GNU gettext PO files (the format of the gettext manual, "The Format of PO Files"), strictly:
/// what a tool would guess at is a problem with its line here.
namespace tideline::knowledge {

/// Limits of one file.
struct PoLimits {
    static constexpr std::size_t bytes_max = 4u << 20;
    static constexpr std::size_t entries_max = 20'000;
    static constexpr int plural_forms_max = 6;
};

struct PoEntry {
    std::string context;                  ///< msgctxt; may be empty
    std::string id;                       ///< msgid
    std::string plural;                   ///< msgid_plural; empty without plural forms
    std::vector<std::string> texts;       ///< msgstr, or msgstr[0], msgstr[1]…
    std::vector<std::string> comments;    ///< of the translator (# ) and extracted (#.), with their signs
    std::vector<std::string> references;  ///< where it is used (#:)
    bool fuzzy = false;                   ///< a guess: not shown to anybody
    int line = 0;
};

/// The expression of Plural-Forms: which form a number takes. The C operators ?: || && == != < > <= >= + - * / % !
class PluralRule {
public:
    /// `nplurals=2; plural=(n != 1);` Nothing if it is malformed, longer than 500 characters or deeper than 50.
    static std::optional<PluralRule> parse(std::string_view header);
    int forms() const { return forms_; }
    /// The form for a number; 0 if the expression points outside or divides by zero.
    int form(std::uint64_t number) const;

private:
    struct Node {
        char op = 'n';  ///< 'n' the number, '#' a constant, '?' or an operator (two-character ones as their first or a
                        ///< letter)
        std::uint64_t constant = 0;
        int a = -1, b = -1, c = -1;
    };
    class Parser;
    std::uint64_t evaluate(int node, std::uint64_t n) const;
    std::vector<Node> nodes_;
    int root_ = 0;
    int forms_ = 1;
};

struct PoFile {
    /// Of the first entry (with an empty msgid): "Language", "Plural-Forms", "X-Translation-State"…, in order.
    std::vector<std::pair<std::string, std::string>> header;
    std::vector<std::string> header_comments;
    std::vector<PoEntry> entries;
    std::optional<PluralRule> plural_rule;

    /// The value of a header field or "".
    std::string_view field(std::string_view name) const;
};

/// Reads a PO file. Everything wrong is added to `problems`; entries that were whole are still returned.
PoFile read_po(std::string_view file, std::string_view bytes, Problems& problems);

/// The bytes of a PO file; reading them gives the same header and entries.
std::string write_po(const PoFile& po);

/// The {placeholders} of a text, sorted, each as often as it stands there. Nothing if a brace is left alone.
std::optional<std::vector<std::string>> placeholders(std::string_view text);

/// The text with every {name} replaced that `values` knows; others stay as they are.
std::string fill(std::string_view text, const std::map<std::string, std::string, std::less<>>& values);

}  // namespace tideline::knowledge
