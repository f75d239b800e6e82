#include "link/link.h"

#include <fmt/format.h>

#include <set>

#include "link/made_up.h"
#include "link/results.h"

namespace tideline::link {

namespace {

LinkOptions one_thread() {
    LinkOptions options;
    options.threads = 1;
    return options;
}

std::uint32_t biggest_cluster(const Linkage& linkage) {
    std::map<std::uint32_t, std::uint32_t> sizes;
    std::uint32_t most = 0;
    for (const auto cluster : linkage.clusters) most = std::max(most, ++sizes[cluster]);
    return most;
}

/// People who all share one value of one field, next to other people.
MadeUp people_with_a_hub(std::size_t sharing, const std::string& field, const std::string& value) {
    MadeUp people(sharing, 11);
    for (Record& record : people.records) {
        std::erase_if(record.values, [&](const auto& entry) { return entry.first == field; });
        record.values.emplace_back(field, value);
    }
    return people;
}

}  // namespace

TEST(link, made_up_people_are_found_again_without_any_label) {
    const MadeUp people(2'000, 1);
    const Dataset data = people.dataset();
    const Linkage linkage = link(data, std::nullopt, one_thread());
    const Accuracy accuracy = measure(people.truth, linkage.edges, linkage.threshold_bits, linkage.clusters);
    EXPECT_GT(accuracy.pairs.f1, .93);
    EXPECT_GT(accuracy.clusters.f1, .95);
    EXPECT_GT(accuracy.clusters.precision, .97);
}

TEST(link, the_number_of_threads_changes_nothing) {
    const MadeUp people(800, 2);
    const Dataset data = people.dataset();
    const Linkage one = link(data, std::nullopt, one_thread());
    LinkOptions options;
    options.threads = 4;
    const Linkage four = link(data, std::nullopt, options);
    EXPECT_EQ(one.clusters, four.clusters);
    ASSERT_EQ(one.edges.size(), four.edges.size());
    for (std::size_t i = 0; i < one.edges.size(); ++i) EXPECT_EQ(one.edges[i].bits, four.edges[i].bits);
}

TEST(link, a_trained_model_gives_what_training_and_linking_at_once_gives) {
    const MadeUp people(500, 4);
    const Dataset data = people.dataset();
    const Linkage at_once = link(data, std::nullopt, one_thread());
    const Linkage with_model = link(data, train_model(data, one_thread()), one_thread());
    const Accuracy a = measure(people.truth, at_once.edges, at_once.threshold_bits, at_once.clusters);
    const Accuracy b = measure(people.truth, with_model.edges, with_model.threshold_bits, with_model.clusters);
    EXPECT_NEAR(a.clusters.f1, b.clusters.f1, .01);
}

namespace {

/// A source full of twins and of children entered with their parents' particulars: two people, everything but the given
/// name the same. Learning alone takes them for one person who changes given names.
MadeUp people_with_twins(std::uint64_t seed) {
    MadeUp people(400, seed);
    const MadeUp names(2'000, seed + 1);
    for (Record& record : people.records)
        std::erase_if(record.values, [](const auto& entry) { return entry.first == "passport"; });
    const std::size_t count = people.records.size();
    for (std::size_t i = 0; i < count; i += 2) {
        Record twin = people.records[i];
        twin.id += "t";
        twin.values[0].second = names.records[i].values[0].second;
        people.records.push_back(std::move(twin));
        people.truth.push_back(static_cast<std::uint32_t>(10'000 + i));
    }
    return people;
}

double pairs_f1(const MadeUp& people, const Linkage& linkage) {
    return measure(people.truth, linkage.edges, linkage.threshold_bits, linkage.clusters).pairs.f1;
}

/// Labels of pairs that share a name or a number: what a person would be shown.
std::vector<Decision> labels_for(const MadeUp& people, std::size_t count) {
    std::vector<Decision> labels;
    std::mt19937_64 random(5);
    while (labels.size() < count) {
        const auto a = static_cast<std::uint32_t>(random() % people.records.size());
        const auto b = static_cast<std::uint32_t>(random() % people.records.size());
        bool alike = false;
        for (const auto& value : people.records[a].values) {
            for (const auto& other : people.records[b].values)
                alike = alike || (value == other && value.first != "city");
        }
        if (a < b && alike) labels.push_back({a, b, people.truth[a] == people.truth[b]});
    }
    return labels;
}

}  // namespace

TEST(link, labels_mend_what_learning_alone_gets_wrong) {
    for (const std::uint64_t seed : {3u, 4u, 5u}) {
        const MadeUp people = people_with_twins(seed);
        const Dataset data = people.dataset();
        LinkOptions options = one_thread();
        const double alone = pairs_f1(people, link(data, std::nullopt, options));
        options.training.labels = labels_for(people, 300);
        const Linkage taught = link(data, std::nullopt, options);
        EXPECT_GT(pairs_f1(people, taught), alone + .2);
    }
}

TEST(link, ten_thousand_people_who_share_one_telephone_are_not_one_person) {
    const MadeUp people = people_with_a_hub(6'000, "phone", "0800 123 456");
    const Dataset data = people.dataset();
    ASSERT_GT(data.size(), 10'000u);
    const Linkage linkage = link(data, std::nullopt, one_thread());
    EXPECT_LE(biggest_cluster(linkage), 8u);
    const Accuracy accuracy = measure(people.truth, linkage.edges, linkage.threshold_bits, linkage.clusters);
    EXPECT_GT(accuracy.clusters.precision, .95);
    const bool reported = std::any_of(linkage.skipped.begin(), linkage.skipped.end(), [&](const SkippedBlock& block) {
        return block.rule == "phone" && block.records == data.size();
    });
    EXPECT_TRUE(reported) << "the telephone's block was too big and must be said to be";
}

TEST(link, a_hotline_that_came_up_after_training_links_nobody_either) {
    const MadeUp before(1'500, 21);
    const Model model = train_model(before.dataset(), one_thread());
    // An agency that puts its own number and its own town on every form.
    const MadeUp people = people_with_a_hub(400, "phone", "0900 777 777");
    const Linkage linkage = link(people.dataset(), model, one_thread());
    const Accuracy accuracy = measure(people.truth, linkage.edges, linkage.threshold_bits, linkage.clusters);
    EXPECT_LE(biggest_cluster(linkage), 8u);
    EXPECT_GT(accuracy.clusters.precision, .93);
}

TEST(link, a_number_that_an_airline_gives_as_document_joins_nobody) {
    const MadeUp people = people_with_a_hub(1'000, "passport", "NZ0000001");
    const Linkage linkage = link(people.dataset(), std::nullopt, one_thread());
    EXPECT_LE(biggest_cluster(linkage), 8u);
}

TEST(link, decisions_of_people_outweigh_any_evidence) {
    const MadeUp people(200, 6);
    const Dataset data = people.dataset();
    const Linkage plain = link(data, std::nullopt, one_thread());
    LinkOptions options = one_thread();
    // Two records that were together come apart; two that were apart come together.
    std::uint32_t a = 0, b = 0;
    for (std::uint32_t record = 0; record < data.size() && b == 0; ++record) {
        if (plain.clusters[record] != record) {
            a = plain.clusters[record];
            b = record;
        }
    }
    ASSERT_NE(b, 0u);
    std::uint32_t c = 0;
    while (plain.clusters[c] == plain.clusters[a]) ++c;
    options.decisions = {{std::min(a, b), std::max(a, b), false}, {std::min(a, c), std::max(a, c), true}};
    const Linkage decided = link(data, std::nullopt, options);
    EXPECT_NE(decided.clusters[a], decided.clusters[b]);
    EXPECT_EQ(decided.clusters[a], decided.clusters[c]);
}

TEST(link, under_a_memory_limit_weak_pairs_go_first_and_links_stay) {
    const MadeUp people(1'000, 8);
    const Dataset data = people.dataset();
    const Linkage plain = link(data, std::nullopt, one_thread());
    LinkOptions options = one_thread();
    options.memory_bytes = 1;
    const Linkage narrow = link(data, std::nullopt, options);
    EXPECT_LT(narrow.edges.size(), plain.edges.size());
    EXPECT_EQ(narrow.clusters, plain.clusters);
    // What is said to be enough is enough.
    options.memory_bytes = memory_to_link(data, 1);
    EXPECT_GT(options.memory_bytes, data.bytes());
    EXPECT_EQ(link(data, std::nullopt, options).clusters, plain.clusters);
}

TEST(link, tables_with_nothing_to_compare_are_linked_to_nothing) {
    for (const char* text : {
             "given_name,family_name,birth_date,phone\n",                                // no record
             "given_name,family_name,birth_date,phone\nMaria,Santos,1990-01-02,0211\n",  // one
             "given_name,family_name,birth_date,phone\n,,,\n,,,\n,,,\n",                 // empty cells
             "name\n,\n \n-\n",                                                          // nothing left once cleaned
             "sex,country\nf,NZ\nm,NZ\n",                                                // no rule finds pairs
             "city\nNapier\nNapier\n",
         }) {
        auto table = parse_table(text, {Format::automatic, 0, 1});
        ASSERT_TRUE(table.ok()) << text;
        auto data = Dataset::from(*table, recognise(*table), 1);
        ASSERT_TRUE(data.ok()) << text;
        const Linkage linkage = link(*data, std::nullopt, one_thread());
        EXPECT_EQ(linkage.clusters.size(), data->size()) << text;
        EXPECT_EQ(biggest_cluster(linkage), data->size() == 0 ? 0u : 1u) << text;
        for (const Comparison& comparison : linkage.model.comparisons) {
            for (std::size_t level = 1; level < comparison.levels.size(); ++level) {
                EXPECT_GT(comparison.levels[level].m, 0) << text;
                EXPECT_GT(comparison.levels[level].u, 0) << text;
                EXPECT_LE(comparison.levels[level].u, 1) << text;
            }
        }
        (void)train_model(*data, one_thread());
    }
    // Nothing that could be compared at all.
    auto table = parse_table("remark\nhello there\n", {Format::automatic, 0, 1});
    ASSERT_TRUE(table.ok());
    EXPECT_FALSE(Dataset::from(*table, Schema{}, 1).ok());
}

TEST(cluster, a_single_weak_bridge_does_not_join_two_groups) {
    // 0 1 2 and 3 4 5 are sure; 2-3 is a bridge against which all other pairs speak.
    const std::vector<std::uint32_t> members{0, 1, 2, 3, 4, 5};
    const std::vector<Edge> edges{{0, 1, 12}, {0, 2, 12}, {1, 2, 12}, {3, 4, 12}, {3, 5, 12}, {4, 5, 12}, {2, 3, 4}};
    const auto parts = cut(members, edges, {}, [](std::uint32_t, std::uint32_t) { return -10.f; }, ClusterOptions{});
    EXPECT_EQ(parts, (std::vector<std::uint32_t>{0, 0, 0, 3, 3, 3}));
}

TEST(cluster, a_chain_too_long_to_compare_whole_is_cut_too) {
    std::vector<std::uint32_t> members;
    std::vector<Edge> edges;
    for (std::uint32_t i = 0; i < 1'000; ++i) {
        members.push_back(i);
        if (i != 0) edges.push_back({i - 1, i, i % 2 != 0 ? 12.f : 2.f});
    }
    const auto parts = cut(members, edges, {}, [](std::uint32_t, std::uint32_t) { return 0.f; }, ClusterOptions{});
    std::map<std::uint32_t, int> sizes;
    for (const auto part : parts) ++sizes[part];
    for (const auto& [part, size] : sizes) EXPECT_LE(size, 3) << part;
}

TEST(accuracy, what_blocking_missed_counts_as_missed) {
    const std::vector<std::uint32_t> truth{1, 1, 1, 2};
    const std::vector<Edge> edges{{0, 1, 5}, {2, 3, 3}};
    const std::vector<std::uint32_t> clusters{0, 0, 2, 2};
    const Accuracy accuracy = measure(truth, edges, 0, clusters);
    EXPECT_EQ(accuracy.true_pairs, 3u);
    EXPECT_EQ(accuracy.found_by_blocking, 1u);
    EXPECT_DOUBLE_EQ(accuracy.pairs.precision, .5);
    EXPECT_DOUBLE_EQ(accuracy.pairs.recall, 1. / 3);
    EXPECT_DOUBLE_EQ(accuracy.clusters.recall, 1. / 3);
    EXPECT_DOUBLE_EQ(accuracy.pairs_best.f1, .5);
}

TEST(results, clusters_keep_their_names_from_run_to_run_and_say_what_they_came_from) {
    const std::vector<std::string> ids{"a", "b", "c", "d", "e"};
    // Before: {a b c} called old1, {d} called old2. Now: {a b}, {c d}, {e}.
    const EarlierClusters earlier{{"a", "old1"}, {"b", "old1"}, {"c", "old1"}, {"d", "old2"}};
    const auto named = name_clusters(std::vector<std::uint32_t>{0, 0, 2, 2, 4}, ids, earlier);
    EXPECT_EQ(named.name_of, (std::vector<std::string>{"old1", "old1", "old2", "old2", "e"}));
    EXPECT_EQ(named.from.at("old2"), (std::vector<std::string>{"old1", "old2"}));
    EXPECT_FALSE(named.from.contains("old1"));
}

TEST(results, a_report_shows_every_part_and_escapes_what_records_say) {
    MadeUp people(150, 9);
    for (Record& record : people.records) record.values.emplace_back("city", "<script>alert(1)</script>");
    const Dataset data = people.dataset();
    const Linkage linkage = link(data, std::nullopt, one_thread());
    std::vector<std::string> ids;
    for (const Record& record : people.records) ids.push_back("<b>" + record.id);
    const NamedClusters named = name_clusters(linkage.clusters, ids, {});
    const Accuracy accuracy = measure(people.truth, linkage.edges, linkage.threshold_bits, linkage.clusters);
    const Comparer comparer(data, linkage.model, true);
    ASSERT_FALSE(linkage.edges.empty());
    const Edge& edge = linkage.edges[0];
    const std::string page =
        html_report({"Test",
                     &linkage,
                     &data,
                     &named,
                     &accuracy,
                     2,
                     {{"One", ids[edge.a], ids[edge.b], explain(comparer, data.row(edge.a), data.row(edge.b))}},
                     ids});
    for (const char* part : {"How right it is", "step by step", "Scores of the pairs", "What agreement weighs",
                             "Biggest", "Which pairs were looked at", "Blocks that were too big"}) {
        EXPECT_NE(page.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("<b>m"), std::string::npos);
}

TEST(results, an_explanation_adds_up_to_the_score) {
    const MadeUp people(150, 10);
    const Dataset data = people.dataset();
    const Linkage linkage = link(data, std::nullopt, one_thread());
    const Comparer comparer(data, linkage.model, true);
    ASSERT_GT(linkage.edges.size(), 20u);
    for (std::size_t i = 0; i < 20; ++i) {
        const Edge& edge = linkage.edges[i];
        const Explanation why = explain(comparer, data.row(edge.a), data.row(edge.b));
        float sum = why.prior_bits + why.relation_bits;
        for (const auto& field : why.fields) sum += field.bits;
        EXPECT_NEAR(sum, edge.bits, .01);
        EXPECT_LE(why.relation_bits, .001);
    }
}

}  // namespace tideline::link
