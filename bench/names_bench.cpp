// Measurements behind docs/names.md:
//   bench_names kernels                 speed of the string kernels
//   bench_names scripts DIR             one word in another script among 10,000 in Latin letters (DIR: the token pairs)

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <fstream>
#include <unordered_map>

#include "base/text.h"
#include "names/detail/closeness.h"
#include "names/detail/fold.h"
#include "names/detail/spelling_units.h"
#include "names/kernels.h"
#include "names/names.h"

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
double token_score(const detail::Tables& tables, std::u32string_view native, const Prepared& latin) {
    if (latin.parts().empty()) return -1e9;
    return -static_cast<double>(detail::spelling_cost(tables, native, latin.parts()[0].latin()));
}

struct Token {
    std::string latin, native;
};

std::vector<Token> tokens_of(const std::string& path, bool held_out) {
    std::vector<Token> tokens;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto columns = tideline::text::split(line, '\t');
        if (columns.size() < 3 || detail::held_out(columns[0]) != held_out) continue;
        std::string native;
        for (const char c : columns[1]) {
            if (c != ' ') native += c;
        }
        tokens.push_back({std::string(columns[0]), native});
    }
    return tokens;
}

/// Recall of the right Latin word, for words that nothing was learned from.
void scripts(const std::string& folder) {
    const auto& tables = detail::tables();
    for (const std::string script : {"arabic", "chinese", "hebrew", "japanese", "korean", "russian"}) {
        const std::string path = folder + "/wd_" + script + "_20";
        std::vector<Token> asked = tokens_of(path, true), rest = tokens_of(path, false);
        std::mt19937 random(7);
        std::shuffle(asked.begin(), asked.end(), random);
        std::shuffle(rest.begin(), rest.end(), random);
        if (asked.size() > 300) asked.resize(300);
        // The pool: every right answer, filled up with other words to 10,000 different ones.
        std::vector<std::string> pool;
        std::unordered_map<std::string, std::size_t> place;
        std::unordered_multimap<std::string, std::string> right;
        const auto add = [&](const std::string& latin) {
            const std::string folded = detail::folded(tables, latin);
            if (pool.size() < 10'000 && place.emplace(folded, pool.size()).second) pool.push_back(folded);
        };
        for (const Token& token : asked) {
            add(token.latin);
            right.emplace(token.native, detail::folded(tables, token.latin));
        }
        for (const Token& token : rest) {
            add(token.latin);
            right.emplace(token.native, detail::folded(tables, token.latin));
        }
        std::vector<Prepared> prepared;
        for (const std::string& latin : pool) prepared.push_back(prepare(latin, Schema::person));
        std::size_t first = 0, ten = 0;
        std::vector<double> right_values, wrong_values;
        for (const Token& token : asked) {
            const std::u32string query = detail::spelling_units(token.native);
            std::vector<std::pair<double, std::size_t>> scored;
            for (std::size_t i = 0; i < prepared.size(); ++i)
                scored.emplace_back(-token_score(tables, query, prepared[i]), i);
            std::partial_sort(scored.begin(), scored.begin() + 10, scored.end());
            const auto [begin, end] = right.equal_range(token.native);
            bool at_first = false, in_ten = false;
            for (std::size_t i = 0; i < 10; ++i) {
                for (auto answer = begin; answer != end; ++answer) {
                    if (answer->second != pool[scored[i].second]) continue;
                    in_ten = true;
                    at_first = at_first || i == 0;
                }
            }
            first += at_first;
            ten += in_ten;
            right_values.push_back(token_score(tables, query, prepare(token.latin, Schema::person)));
            wrong_values.push_back(token_score(tables, query, prepared[random() % prepared.size()]));
        }
        std::sort(right_values.begin(), right_values.end());
        std::sort(wrong_values.begin(), wrong_values.end());
        const auto at = [](const std::vector<double>& values, double share) {
            return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
        };
        const auto share = [&](std::size_t n) { return static_cast<double>(n) / static_cast<double>(asked.size()); };
        fmt::print(
            "{:<9} {:>5} asked  recall@1 {:.3f}  @10 {:.3f}   right 5% {:6.2f} 10% {:6.2f} 50% {:6.2f}   wrong 50% "
            "{:6.2f} 95% {:6.2f} 99% {:6.2f}\n",
            script, asked.size(), share(first), share(ten), at(right_values, .05), at(right_values, .10),
            at(right_values, .5), at(wrong_values, .5), at(wrong_values, .95), at(wrong_values, .99));
    }
}
}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "kernels";
    if (what == "kernels")
        kernels();
    else if (what == "scripts" && argc > 2)
        scripts(argv[2]);
    else
        return fmt::print(stderr, "usage: bench_names kernels | scripts DIR\n"), 64;
}
