#include "assess/measure.h"

#include <fmt/format.h>

#include <set>

#include "knowledge/files.h"

namespace tideline::assess {
namespace {

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

struct Report {
    std::string id, language, text;
    std::set<std::string> expect;
};

std::vector<Report> read_reports(std::string_view path, std::string_view bytes, const knowledge::Indicators& indicators,
                                 knowledge::Problems& problems) {
    std::vector<Report> reports;
    knowledge::read_yaml(path, bytes, problems, [&](knowledge::Yaml top) {
        for (const knowledge::Yaml& entry : top.list("reports")) {
            Report report{entry.id("id"), entry.text("language"), entry.text("text"), {}};
            for (const knowledge::Yaml& member : entry.list("expect")) {
                const std::string id = member.as_id();
                if (id.empty()) continue;
                if (const knowledge::Indicator* indicator = indicators.find(id)) {
                    report.expect.insert(indicator->id);
                } else {
                    const auto meant = indicators.nearest_id(id);
                    member.problem("there is no indicator '" + id + "'",
                                   meant ? "did you mean '" + *meant + "'?" : "use the id of an indicator");
                }
            }
            reports.push_back(std::move(report));
        }
    });
    return reports;
}

void compare(const Report& report, const knowledge::Indicators& indicators, const Suggester& suggester,
             Measurement& measurement) {
    std::set<std::string> suggested;
    for (const Suggestion& one : suggester.suggest(report.text)) {
        if (!one.denied) suggested.insert(indicators.all()[one.indicator].id);
    }
    const auto record = [&](const std::string& id, const Score& score) {
        measurement.all.add(score);
        measurement.by_language[report.language].add(score);
        measurement.by_indicator[id].add(score);
        measurement.by_indicator_and_language[id][report.language].add(score);
    };
    for (const std::string& id : suggested) {
        const bool right = report.expect.contains(id);
        record(id, {right ? 1u : 0u, right ? 0u : 1u, 0});
        if (!right) measurement.misses[report.id].push_back("+" + id);
    }
    for (const std::string& id : report.expect) {
        if (suggested.contains(id)) continue;
        record(id, {0, 0, 1});
        measurement.misses[report.id].push_back("-" + id);
    }
    ++measurement.reports;
    ++measurement.reports_by_language[report.language];
    measurement.bytes += report.text.size();
}

}  // namespace

double Score::precision() const { return share(right, suggested()); }
double Score::recall() const { return share(right, expected()); }

Result<Measurement> measure(const knowledge::Indicators& indicators, const Suggester& suggester,
                            const std::filesystem::path& folder) {
    const auto files = knowledge::Files::folder(folder);
    if (!files) return files.error();
    knowledge::Problems problems;
    std::vector<Report> reports;
    for (const auto& [path, bytes] : files->below("")) {
        if (!path.ends_with(".yaml")) continue;
        for (Report& report : read_reports(path, bytes, indicators, problems)) reports.push_back(std::move(report));
    }
    if (!problems.empty()) return problems.error();
    if (reports.empty()) {
        return Error{ErrorKind::invalid, "there are no reports below '" + folder.string() +
                                             "'; put YAML files with a list 'reports' there"};
    }
    Measurement measurement;
    for (const Report& report : reports) compare(report, indicators, suggester, measurement);
    return measurement;
}

std::string markdown(const Measurement& m) {
    std::string out = fmt::format("{} reports, {} bytes. Precision {:.2f}, recall {:.2f}.\n\n", m.reports, m.bytes,
                                  m.all.precision(), m.all.recall());
    out += "| language | reports | expected | suggested | precision | recall |\n|---|---|---|---|---|---|\n";
    for (const auto& [language, score] : m.by_language) {
        out += fmt::format("| {} | {} | {} | {} | {:.2f} | {:.2f} |\n", language, m.reports_by_language.at(language),
                           score.expected(), score.suggested(), score.precision(), score.recall());
    }
    out += "\nPer indicator: precision and recall over all languages, then right/suggested/expected per language.\n\n";
    out += "| indicator | expected | suggested | precision | recall |";
    for (const auto& [language, score] : m.by_language) out += fmt::format(" {} |", language);
    out += "\n|---|---|---|---|---|";
    for (std::size_t i = 0; i < m.by_language.size(); ++i) out += "---|";
    out += '\n';
    for (const auto& [id, score] : m.by_indicator) {
        out += fmt::format("| `{}` | {} | {} | {:.2f} | {:.2f} |", id, score.expected(), score.suggested(),
                           score.precision(), score.recall());
        const auto& languages = m.by_indicator_and_language.at(id);
        for (const auto& [language, ignored] : m.by_language) {
            const auto found = languages.find(language);
            out += found == languages.end() ? " |"
                                            : fmt::format(" {}/{}/{} |", found->second.right, found->second.suggested(),
                                                          found->second.expected());
        }
        out += '\n';
    }
    return out;
}

}  // namespace tideline::assess
