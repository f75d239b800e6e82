#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "assess/suggest.h"

/// How good the suggestions are, against reports whose indicators a person wrote down.
namespace tideline::assess {

/// Right, wrong and missed suggestions. An indicator counts once per report, denied suggestions do not count.
struct Score {
    std::size_t right = 0, wrong = 0, missed = 0;

    void add(const Score& other) {
        right += other.right;
        wrong += other.wrong;
        missed += other.missed;
    }
    std::size_t suggested() const { return right + wrong; }
    std::size_t expected() const { return right + missed; }
    /// Of what was suggested, the share that was right; 1 if nothing was suggested.
    double precision() const;
    /// Of what should have been suggested, the share that was; 1 if nothing should have been.
    double recall() const;
};

struct Measurement {
    std::size_t reports = 0;
    std::size_t bytes = 0;
    Score all;
    std::map<std::string, Score> by_language;
    std::map<std::string, std::size_t> reports_by_language;
    std::map<std::string, Score> by_indicator;
    std::map<std::string, std::map<std::string, Score>> by_indicator_and_language;
    std::map<std::string, std::vector<std::string>> misses;  ///< report id: "+id" wrongly suggested, "-id" missed
};

/// Reads every .yaml file below a folder: a list `reports:` of `language`, `text` and `expect` (ids of indicators),
/// and compares. Errors name file, line and remedy.
Result<Measurement> measure(const knowledge::Indicators& indicators, const Suggester& suggester,
                            const std::filesystem::path& folder);

/// The measurement as tables in Markdown, as published in docs/assessment.md.
std::string markdown(const Measurement& measurement);

}  // namespace tideline::assess
