#include "link/live.h"

#include <fmt/format.h>

#include <set>

#include "link/made_up.h"

namespace tideline::link {

namespace {

/// A model trained once on made-up people, small blocks so that they overflow in the tests.
const Model& small_model() {
    static const Model model = [] {
        const MadeUp people(600, 7);
        LinkOptions options;
        options.threads = 1;
        Model trained = train_model(people.dataset(), options);
        for (BlockingRule& rule : trained.rules) rule.block_max = 3;
        return trained;
    }();
    return model;
}

std::set<std::set<std::string>> clusters_of(const LiveIndex& index, const std::set<std::string>& ids) {
    std::set<std::set<std::string>> clusters;
    for (const auto& id : ids) {
        const auto members = index.members(*index.cluster_of(id));
        clusters.insert({members.begin(), members.end()});
    }
    return clusters;
}

std::set<std::set<std::string>> batch_clusters(const Model& model, std::vector<Record> records,
                                               const std::map<std::pair<std::string, std::string>, bool>& decisions) {
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.id < b.id; });
    Dataset data(model.schema);
    std::map<std::string, std::uint32_t> position;
    for (std::size_t i = 0; i < records.size(); ++i) {
        data.put(i, data.encode(records[i]));
        position[records[i].id] = static_cast<std::uint32_t>(i);
    }
    LinkOptions options;
    options.threads = 1;
    for (const auto& [pair, same] : decisions)
        options.decisions.push_back({position.at(pair.first), position.at(pair.second), same});
    const Linkage linkage = link(data, model, options);
    std::map<std::uint32_t, std::set<std::string>> by_cluster;
    for (std::size_t i = 0; i < records.size(); ++i) by_cluster[linkage.clusters[i]].insert(records[i].id);
    std::set<std::set<std::string>> clusters;
    for (auto& [first, members] : by_cluster) clusters.insert(members);
    return clusters;
}

}  // namespace

RC_GTEST_PROP(live, after_any_history_the_clusters_are_those_of_a_batch, ()) {
    const Model& model = small_model();
    const MadeUp people(60, *rc::gen::inRange<std::uint64_t>(1, 1'000'000));
    LiveIndex index(model);
    std::map<std::string, Record> present;
    std::map<std::pair<std::string, std::string>, bool> decisions;
    const int steps = *rc::gen::inRange(20, 120);
    for (int step = 0; step < steps; ++step) {
        const auto which = *rc::gen::inRange<std::size_t>(0, people.records.size());
        Record record = people.records[which];
        record.id = fmt::format("r{:03}", *rc::gen::inRange(0, 50));
        const int action = *rc::gen::inRange(0, 10);
        if (!present.contains(record.id)) {
            RC_ASSERT(index.add(record).ok());
            present[record.id] = record;
        } else if (action < 4) {
            RC_ASSERT(index.change(record).ok());
            present[record.id] = record;
        } else if (action < 7) {
            RC_ASSERT(index.remove(record.id).ok());
            present.erase(record.id);
            std::erase_if(decisions, [&](const auto& entry) {
                return entry.first.first == record.id || entry.first.second == record.id;
            });
        } else {
            const std::string other = fmt::format("r{:03}", *rc::gen::inRange(0, 50));
            if (!present.contains(other) || other == record.id) continue;
            const auto pair = std::minmax(record.id, other);
            const bool same = *rc::gen::arbitrary<bool>();
            RC_ASSERT(index.decide(record.id, other, same).ok());
            decisions[{pair.first, pair.second}] = same;
        }
    }
    std::vector<Record> records;
    std::set<std::string> ids;
    for (const auto& [id, record] : present) {
        records.push_back(record);
        ids.insert(id);
    }
    RC_ASSERT(index.size() == records.size());
    RC_ASSERT(clusters_of(index, ids) == batch_clusters(model, records, decisions));

    // What is restored from a snapshot is the same, names of clusters included.
    auto restored = LiveIndex::restore(index.snapshot());
    RC_ASSERT(restored.ok());
    for (const auto& id : ids) RC_ASSERT((*restored)->cluster_of(id) == index.cluster_of(id));
    RC_ASSERT((*restored)->snapshot() == index.snapshot());
}

}  // namespace tideline::link
