// Speed of the string kernels; `build/bench/bench_names`.
#include <fmt/format.h>

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
    if (sink < 0) fmt::print("{}\n", sink);
}
}  // namespace

int main() { kernels(); }
