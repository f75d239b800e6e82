#include <time.h>

#include <cstdio>
#include <string>

#include "assess/method.h"

/// Suggestions per second over made-up reports, against the budget of 20 MB/s on one core.
/// Run again with: build/bench/bench_assess [FOLDER OF REPORTS]
int main(int argc, char** argv) {
    using namespace tideline;
    // Processor time of this thread: other work on the machine does not count against it.
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    };
    const auto seconds_since = [&](double start) { return now() - start; };
    const double started = now();
    const auto method = assess::Method::built_in();
    if (!method) {
        std::fprintf(stderr, "%s\n", method.error().message.c_str());
        return 1;
    }
    std::printf("packs, rules and %zu ways of saying something compiled in %.2f s\n",
                method->suggester().literal_count(), seconds_since(started));
    const auto files = knowledge::Files::folder(argc > 1 ? argv[1] : "tests/data/assess/reports");
    if (!files) {
        std::fprintf(stderr, "%s\n", files.error().message.c_str());
        return 1;
    }
    constexpr double budget_mb_per_s = 20;
    constexpr double seconds_least = 1.0;
    const auto measure = [&](const char* name, const std::string& text, std::size_t times) {
        std::size_t bytes = 0, found = 0;
        const double start = now();
        while (seconds_since(start) < seconds_least) {
            for (std::size_t i = 0; i < times; ++i) {
                found += method->suggester().suggest(text).size();
                bytes += text.size();
            }
        }
        const double rate = static_cast<double>(bytes) / 1e6 / seconds_since(start);
        std::printf("%-28s %8zu bytes  %7.1f MB/s  %5.2f x the budget of %.0f MB/s  (%zu suggestions a text)\n", name,
                    text.size(), rate, rate / budget_mb_per_s, budget_mb_per_s, found * text.size() / bytes);
    };
    std::string all;
    for (const auto& [path, bytes] : files->below("")) {
        measure(std::string(path).c_str(), std::string(bytes), 1);
        all += bytes;
    }
    std::string large;
    while (large.size() < 8'000'000) large += all;
    measure("all, 8 MB in one piece", large, 1);
    const std::string one =
        "I pick fruit. The contractor collected all our passports and we have not seen them since. "
        "We start at six in the morning and finish when it is dark, every day of the week. After the "
        "rent he gives us ninety dollars a week, and nobody has a contract.";
    measure("one short report", one, 100);
    return 0;
}
