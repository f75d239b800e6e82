// Learns how the units of a script (letters, kana, jamo, characters) are spelled in Latin letters, by expectation
// maximisation over token pairs: P(Latin substring of 0 to 4 letters | unit), every segmentation being possible.
// Method: many-to-many alignment (Jiampojamarn, Kondrak and Sherif 2007), restricted to one unit at a time.
//
//   g++ -std=c++20 -O2 tools/names/train_spelling.cpp -Isrc src/base/text.cpp $(pkg-config --libs icu-uc icu-i18n) -o
//   train
//   ./train arabic=wd_arabic_20 russian=wd_russian_20 … > src/names/data/spellings.tsv
//
// Input lines: latin TAB units separated by spaces TAB count (the CC0 token pairs from Wikidata, see docs/names.md).
// One pair in five, by a hash of its Latin side, is left out here and kept for judging: held_out below and in the
// bench.
#include <unicode/translit.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "names/detail/spelling_units.h"

namespace {
using tideline::names::detail::held_out;
using tideline::names::detail::spelling_units;

constexpr std::size_t letters_max = 4;

/// Lower-case letters a to z; marks and everything else dropped.
std::string plain_latin(std::string_view text) {
    static UErrorCode status = U_ZERO_ERROR;
    static const std::unique_ptr<icu::Transliterator> fold(
        icu::Transliterator::createInstance("NFKD; [:M:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
    fold->transliterate(wide);
    std::string folded, kept;
    wide.toUTF8String(folded);
    std::copy_if(folded.begin(), folded.end(), std::back_inserter(kept), [](char c) { return c >= 'a' && c <= 'z'; });
    return kept;
}

struct Pair {
    std::string latin;
    std::u32string units;
    double count;
};

using Table = std::unordered_map<char32_t, std::unordered_map<std::string, double>>;

std::vector<Pair> read(const std::string& path) {
    std::vector<Pair> pairs;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto columns = tideline::text::split(line, '\t');
        if (columns.size() < 3 || held_out(columns[0])) continue;
        std::string latin = plain_latin(columns[0]);
        std::u32string units = spelling_units(columns[1]);
        if (latin.empty() || units.empty() || latin.size() > letters_max * units.size() || latin.size() > 24) continue;
        pairs.push_back({latin, units, 1.0 + std::log(std::max(1.0, std::atof(std::string(columns[2]).c_str())))});
    }
    return pairs;
}

double probability(const Table& table, char32_t unit, const std::string& letters) {
    const auto row = table.find(unit);
    if (row == table.end()) return 0;
    const auto cell = row->second.find(letters);
    return cell == row->second.end() ? 0 : cell->second;
}

Table step(const std::vector<Pair>& pairs, const Table* table) {
    Table counts;
    for (const Pair& pair : pairs) {
        const std::size_t n = pair.units.size(), m = pair.latin.size();
        std::vector<double> forward((n + 1) * (m + 1)), backward((n + 1) * (m + 1));
        const auto at = [m](std::size_t i, std::size_t j) { return i * (m + 1) + j; };
        const auto weight = [&](std::size_t i, std::size_t j, std::size_t length) {
            if (table != nullptr) return probability(*table, pair.units[i], pair.latin.substr(j, length));
            const double expected = static_cast<double>(m) / static_cast<double>(n);
            return std::exp(-std::abs(static_cast<double>(length) - expected)) *
                   std::exp(-std::abs(static_cast<double>(j) - expected * static_cast<double>(i)));
        };
        forward[0] = 1;
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j <= m; ++j) {
                if (forward[at(i, j)] == 0) continue;
                for (std::size_t k = 0; k <= std::min(letters_max, m - j); ++k) {
                    forward[at(i + 1, j + k)] += forward[at(i, j)] * weight(i, j, k);
                }
            }
        }
        backward[at(n, m)] = 1;
        for (std::size_t i = n; i-- > 0;) {
            for (std::size_t j = 0; j <= m; ++j) {
                for (std::size_t k = 0; k <= std::min(letters_max, m - j); ++k) {
                    backward[at(i, j)] += backward[at(i + 1, j + k)] * weight(i, j, k);
                }
            }
        }
        const double total = forward[at(n, m)];
        if (total <= 1e-12 || !std::isfinite(total)) continue;  // an outlier: the two sides are not the same word
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j <= m; ++j) {
                for (std::size_t k = 0; k <= std::min(letters_max, m - j); ++k) {
                    const double share = forward[at(i, j)] * weight(i, j, k) * backward[at(i + 1, j + k)] / total;
                    if (share > 1e-4) counts[pair.units[i]][pair.latin.substr(j, k)] += pair.count * share;
                }
            }
        }
    }
    for (auto& [unit, row] : counts) {
        double sum = 0;
        for (const auto& [letters, count] : row) sum += count;
        for (auto& [letters, count] : row) count /= sum + 2.0;  // what was seen rarely keeps room for the unseen
    }
    return counts;
}
}  // namespace

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        const auto equals = argument.find('=');
        const std::vector<Pair> pairs = read(argument.substr(equals + 1));
        Table table = step(pairs, nullptr);
        for (int round = 0; round < 12; ++round) table = step(pairs, &table);
        std::printf("# %s, from %zu pairs\n", argument.substr(0, equals).c_str(), pairs.size());
        for (const auto& [unit, row] : std::map(table.begin(), table.end())) {
            std::string line;
            tideline::text::append(line, unit);
            for (const auto& [letters, p] : std::map(row.begin(), row.end())) {
                if (p < 0.002) continue;
                // Tenths of a nat, so that a cell is one byte.
                line += '\t' + letters + '=' + std::to_string(static_cast<int>(std::lround(-10 * std::log(p))));
            }
            std::printf("%s\n", line.c_str());
        }
    }
}
