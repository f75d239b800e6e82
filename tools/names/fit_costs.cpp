// Fits the costs of the comparison (src/names/detail/costs.def) to labelled pairs, and says what that is worth on lists
// that it has not seen.
//
//     make_calibration_pairs.py DIR OUT
//     fit_costs [--leave-out] [--strength S] LIST.csv … [0.4*LIST.csv …]
//
// Every list counts the same, whatever its length, or as many times as is written before it; those with 0* are only
// measured. What is minimised is the share of pairs on the wrong side of the threshold, the step smoothed, plus S times
// the squared logarithms of what the costs are multiplied by: a cost that the pairs say nothing about stays as it is.
// Coordinate descent; with --leave-out once for every list that counts in full without it, which is then measured.
// Built by hand, because it needs the library with costs that can change:
//
//     g++ -std=c++20 -O2 -DTIDELINE_FIT_COSTS -Isrc -include src/base/detail/pch.h tools/names/fit_costs.cpp
//         src/names/prepare.cpp src/names/compare.cpp src/names/detail/*.cpp
//         build/src/libtideline_names.a build/src/libtideline_base.a -lfmt -licuuc
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "names/detail/costs.h"
#include "names/names.h"

namespace {

using namespace tideline;

struct Cost {
    const char* name;
    float* value;
    float start;
};
#define COST(name, value) {#name, &names::costs::name, value},
const std::vector<Cost> costs = {
#include "names/detail/costs.def"
};
#undef COST

struct Pair {
    std::string first, second;
    names::Schema schema;
    bool is_match;
    names::Prepared a, b;
};
struct List {
    std::string path;
    double weight = 1;  // 0: only measured
    std::vector<Pair> pairs;
};
struct Result {
    double loss = 0;
    int right = 0, wrong = 0, missed = 0;
    double f1() const { return 2.0 * right / (2.0 * right + wrong + missed); }
};

List read(std::string path) {
    List list;
    const std::size_t times = path.find('*');
    list.weight = times == std::string::npos ? 1 : std::atof(path.c_str());
    list.path = times == std::string::npos ? path : path.substr(times + 1);
    std::ifstream file(list.path);
    std::string line, field;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::vector<std::string> columns(1);
        bool quoted = false;
        for (const char c : line) {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                columns.emplace_back();
            else if (c != '\r')
                columns.back() += c;
        }
        if (columns.size() < 4) continue;
        list.pairs.push_back({columns[1],
                              columns[2],
                              columns[0] == "Person" ? names::Schema::person : names::Schema::organisation,
                              columns[3] == "true",
                              {},
                              {}});
    }
    return list;
}

void prepare(std::vector<List>& lists) {
    for (List& list : lists) {
        for (Pair& pair : list.pairs) {
            pair.a = names::prepare(pair.first, pair.schema);
            pair.b = names::prepare(pair.second, pair.schema);
        }
    }
}

Result judge(const List& list) {
    constexpr double smooth = 0.04;
    Result result;
    for (const Pair& pair : list.pairs) {
        const double score = names::compare(pair.a, pair.b).score;
        const double over = (score - names::match_threshold) * (pair.is_match ? 1 : -1);
        result.loss += 1 / (1 + std::exp(over / smooth));
        const bool said = score >= names::match_threshold;
        result.right += said && pair.is_match;
        result.wrong += said && !pair.is_match;
        result.missed += !said && pair.is_match;
    }
    result.loss /= static_cast<double>(list.pairs.size());
    return result;
}

class Fit {
public:
    Fit(std::vector<List>& lists, double strength) : lists_(lists), strength_(strength) {}

    void begin() {
        for (const Cost& cost : costs) *cost.value = cost.start;
        prepare(lists_);
    }

    void run(const List* left_out) {
        begin();
        double best = total(left_out), step = 0.25;
        for (int round = 0; round < 6 && step > 0.05; ++round) {
            std::size_t changed = 0;
            for (const Cost& cost : costs) {
                const float before = *cost.value;
                float kept = before;
                for (const double by : {-step, step, -2 * step, 2 * step}) {
                    set(cost, before * static_cast<float>(std::exp(by)));
                    const double now = total(left_out);
                    if (now < best - 1e-6) {
                        best = now;
                        kept = *cost.value;
                    }
                }
                set(cost, kept);
                changed += kept != before;
            }
            if (changed < 4) step /= 2;
        }
    }

private:
    void set(const Cost& cost, float value) {
        *cost.value = value;
        const std::string_view name = cost.name;
        if (name.find("weight") != name.npos || name.find("unlisted") != name.npos) prepare(lists_);
    }

    double total(const List* left_out) const {
        double loss = 0, learned = 0, pull = 0;
        for (const List& list : lists_) {
            if (&list == left_out || list.weight == 0) continue;
            loss += list.weight * judge(list).loss;
            learned += list.weight;
        }
        for (const Cost& cost : costs) {
            const double change = std::log(*cost.value / cost.start);
            pull += change * change;
        }
        return loss / learned + strength_ * pull;
    }

    std::vector<List>& lists_;
    double strength_;
};

void print(const char* what, const List& list, const Result& before, const Result& after) {
    std::printf("%-8s %-60s loss %.4f -> %.4f  F1 %.3f -> %.3f  wrong %d -> %d  missed %d -> %d\n", what,
                list.path.c_str(), before.loss, after.loss, before.f1(), after.f1(), before.wrong, after.wrong,
                before.missed, after.missed);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<List> lists;
    bool leave_out = false;
    double strength = 0.002;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--leave-out")
            leave_out = true;
        else if (word == "--strength" && i + 1 < argc)
            strength = std::atof(argv[++i]);
        else
            lists.push_back(read(argv[i]));
    }
    Fit fit(lists, strength);
    fit.begin();
    std::vector<Result> before;
    std::transform(lists.begin(), lists.end(), std::back_inserter(before), judge);
    for (std::size_t i = 0; leave_out && i < lists.size(); ++i) {
        if (lists[i].weight < 1) continue;
        fit.run(&lists[i]);
        print("left out", lists[i], before[i], judge(lists[i]));
    }
    fit.run(nullptr);
    for (std::size_t i = 0; i < lists.size(); ++i)
        print(lists[i].weight > 0 ? "learned" : "unseen", lists[i], before[i], judge(lists[i]));
    for (const Cost& cost : costs) {
        if (*cost.value != cost.start) std::printf("%s %.3f -> %.3f\n", cost.name, cost.start, *cost.value);
    }
}
