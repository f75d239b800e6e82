#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "link/link.h"
#include "link/live.h"

/// What a batch hands out: names for clusters, files, one page of HTML.
namespace tideline::link {

/// The names that clusters had in an earlier run: record id → name.
using EarlierClusters = std::map<std::string, std::string, std::less<>>;

/// A cluster with its name and where it came from.
struct NamedClusters {
    std::vector<std::string> name_of;  ///< per record
    std::map<std::string, std::vector<std::string>>
        from;  ///< earlier clusters that a cluster took records from, where not only itself
};

/// Names the clusters. One takes over the earlier name with which it shares most records (ties: the smaller name); each
/// name goes on at most once; a cluster without one is called after its first record.
NamedClusters name_clusters(std::span<const std::uint32_t> clusters, std::span<const std::string> ids,
                            const EarlierClusters& earlier, unsigned threads = 1);

/// A cell of a CSV file, quoted if it must be. Cells that a spreadsheet would take for a formula are not changed: this
/// is for machines.
std::string csv_cell(std::string_view text);

/// "id,cluster,from"; a line per record. In pieces that belong one after the other, made on several threads.
std::vector<std::string> clusters_csv(const NamedClusters& named, std::span<const std::string> ids,
                                      unsigned threads = 1);
/// "id_a,id_b,bits,chance"; a line per pair at or above the threshold.
std::string pairs_csv(const Linkage& linkage, std::span<const std::string> ids);
/// FollowTheMoney: a Person per cluster with all values of its records, and the records as referents; one JSON a line.
std::string follow_the_money(const Table& table, const Schema& schema, const NamedClusters& named,
                             std::span<const std::string> ids);

/// Chances of a pair's fields for a report.
struct ReportPair {
    std::string title;
    std::string a, b;
    Explanation explanation;
};

/// Everything that a report shows.
struct ReportSource {
    std::string title;
    const Linkage* linkage = nullptr;
    const Dataset* data = nullptr;
    const NamedClusters* named = nullptr;
    const Accuracy* accuracy = nullptr;  ///< null without a truth
    std::size_t bad_lines = 0;
    std::vector<ReportPair> pairs;
    std::span<const std::string> ids;
};

/// One self-contained page of HTML: weights, waterfalls of pairs, histogram of scores, precision and recall, biggest
/// clusters, rules and skipped blocks. Every graph has its numbers beside it. Contains what the records contain.
std::string html_report(const ReportSource& source);

}  // namespace tideline::link
