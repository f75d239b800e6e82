// Speed of the string kernels; `build/bench/bench_names`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "names/kernels.h"

namespace {
using namespace tideline::names;

template <class Run>
double nanoseconds_each(std::size_t count, Run run) {
    const auto start = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
    return spent.count() / static_cast<double>(count);
}

void kernels() {
    std::mt19937 random(1);
    std::vector<std::string> words(1'000);
    for (std::string& word : words) {
        const std::size_t length = 10 + random() % 5;
        for (std::size_t i = 0; i < length; ++i) word += static_cast<char>('a' + random() % 20);
    }
    std::vector<Pattern<char>> patterns(words.begin(), words.begin() + 100);
    const std::size_t pairs = patterns.size() * words.size();
    double sink = 0;
    const auto each = [&](const char* name, auto compare) {
        double best = 1e9;
        for (int round = 0; round < 5; ++round) {
            best = std::min(best, nanoseconds_each(pairs, [&] {
                                for (const auto& pattern : patterns) {
                                    for (const auto& word : words) sink += static_cast<double>(compare(pattern, word));
                                }
                            }));
        }
        fmt::print("  {:<44} {:6.1f} ns\n", name, best);
    };
    fmt::print("pairs of about 12 letters\n");
    each("levenshtein, prepared", [](const auto& p, const auto& w) { return p.levenshtein(w); });
    each("levenshtein, prepared, limit 3", [](const auto& p, const auto& w) { return p.levenshtein(w, 3); });
    each("levenshtein", [](const auto& p, const auto& w) { return levenshtein(p.text(), w); });
    each("osa, prepared", [](const auto& p, const auto& w) { return p.osa(w); });
    each("jaro_winkler, prepared", [](const auto& p, const auto& w) { return p.jaro_winkler(w); });
    each("jaro_winkler, prepared, at least .85", [](const auto& p, const auto& w) { return p.jaro_winkler(w, .85); });
    each("jaro_winkler", [](const auto& p, const auto& w) { return jaro_winkler(p.text(), w); });
    std::vector<PatternPack> packs;
    for (std::size_t at = 0; at + PatternPack::lanes <= 128; at += PatternPack::lanes) {
        std::vector<std::string_view> views(words.begin() + static_cast<long>(at),
                                            words.begin() + static_cast<long>(at + PatternPack::lanes));
        packs.emplace_back(views);
    }
    const auto each_packed = [&](const char* name, auto compare) {
        double best = 1e9;
        for (int round = 0; round < 5; ++round) {
            best = std::min(best, nanoseconds_each(packs.size() * PatternPack::lanes * words.size(), [&] {
                                for (const auto& pack : packs) {
                                    for (const auto& word : words) compare(pack, word);
                                }
                            }));
        }
        fmt::print("  {:<44} {:6.1f} ns\n", name, best);
    };
    std::array<std::uint16_t, PatternPack::lanes> distances;
    std::array<double, PatternPack::lanes> similarities;
    each_packed("levenshtein, 32 at once", [&](const auto& pack, const auto& word) {
        pack.levenshtein(word, distances);
        sink += distances[0];
    });
    each_packed("osa, 32 at once", [&](const auto& pack, const auto& word) {
        pack.osa(word, distances);
        sink += distances[0];
    });
    each_packed("jaro_winkler, 32 at once", [&](const auto& pack, const auto& word) {
        pack.jaro_winkler(word, similarities);
        sink += similarities[0];
    });
    if (sink < 0) fmt::print("{}\n", sink);
}
}  // namespace

int main() { kernels(); }
