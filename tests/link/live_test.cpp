#include "link/live.h"

#include <fmt/format.h>

#include <atomic>
#include <set>
#include <thread>

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

using PairBits = std::map<std::pair<std::string, std::string>, float>;

std::set<std::set<std::string>> batch_clusters(const Model& model, std::vector<Record> records,
                                               const std::map<std::pair<std::string, std::string>, bool>& decisions,
                                               PairBits& bits) {
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
    for (const Edge& edge : linkage.edges) bits[{records[edge.a].id, records[edge.b].id}] = edge.bits;
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
    auto index = std::make_unique<LiveIndex>(model);
    std::map<std::string, Record> present;
    std::map<std::pair<std::string, std::string>, bool> decisions;
    const int steps = *rc::gen::inRange(20, 120);
    for (int step = 0; step < steps; ++step) {
        const auto which = *rc::gen::inRange<std::size_t>(0, people.records.size());
        Record record = people.records[which];
        // A number that the model never saw and that many come to share while the history goes on.
        if (*rc::gen::inRange(0, 3) == 0) record.values.emplace_back("phone", "0900 222 333");
        record.id = fmt::format("r{:03}", *rc::gen::inRange(0, 50));
        const int action = *rc::gen::inRange(0, 10);
        // A restart in between builds at once what history had built step by step.
        if (*rc::gen::inRange(0, 20) == 0) index = *LiveIndex::restore(index->snapshot());
        if (!present.contains(record.id)) {
            RC_ASSERT(index->add(record).ok());
            present[record.id] = record;
        } else if (action < 4) {
            RC_ASSERT(index->change(record).ok());
            present[record.id] = record;
        } else if (action < 7) {
            RC_ASSERT(index->remove(record.id).ok());
            present.erase(record.id);
            std::erase_if(decisions, [&](const auto& entry) {
                return entry.first.first == record.id || entry.first.second == record.id;
            });
        } else {
            const std::string other = fmt::format("r{:03}", *rc::gen::inRange(0, 50));
            if (!present.contains(other) || other == record.id) continue;
            const auto pair = std::minmax(record.id, other);
            const bool same = *rc::gen::arbitrary<bool>();
            RC_ASSERT(index->decide(record.id, other, same).ok());
            decisions[{pair.first, pair.second}] = same;
        }
    }
    std::vector<Record> records;
    std::set<std::string> ids;
    for (const auto& [id, record] : present) {
        records.push_back(record);
        ids.insert(id);
    }
    RC_ASSERT(index->size() == records.size());
    PairBits bits;
    RC_ASSERT(clusters_of(*index, ids) == batch_clusters(model, records, decisions, bits));
    for (const auto& [pair, score] : bits) {
        const auto path = index->path(pair.first, pair.second);
        if (path.size() == 2) RC_ASSERT(path[1].second == score);
    }

    // What is restored from a snapshot is the same, names of clusters included.
    auto restored = LiveIndex::restore(index->snapshot());
    RC_ASSERT(restored.ok());
    for (const auto& id : ids) RC_ASSERT((*restored)->cluster_of(id) == index->cluster_of(id));
    RC_ASSERT((*restored)->snapshot() == index->snapshot());
}

TEST(live, a_number_that_becomes_common_cuts_groups_of_which_no_block_brings_two_together) {
    using Values = std::vector<std::pair<std::string, std::string>>;
    const std::pair<std::string, std::string> hotline = {"phone", "0900 222 333"}, passport = {"passport", "P6722425"},
                                              born = {"birth_date", "1985-06-14"};
    const std::vector<std::pair<std::string, Values>> history = {
        {"r29", {hotline}},
        {"r15", {hotline}},
        {"r03", {hotline}},
        {"r06", {hotline}},
        {"r00", {hotline}},
        {"r38", {{"given_name", "vimotath"}, {"family_name", "perariez"}, passport, hotline}},
        {"r04", {{"given_name", "vimotath"}, {"family_name", "perariez"}, born, passport}},
        {"r34", {{"given_name", "perariez"}, {"family_name", "vimotath"}, born, hotline}},
        {"r36", {{"given_name", "perariez"}, {"family_name", "vimotath"}, passport}}};
    LiveIndex index(small_model());
    std::vector<Record> records;
    std::set<std::string> ids;
    const auto add = [&](const std::string& id, const Values& values) {
        records.push_back({id, values});
        ids.insert(id);
        return index.add(records.back()).ok();
    };
    for (const auto& [id, values] : history) ASSERT_TRUE(add(id, values));
    ASSERT_TRUE(index.decide("r36", "r04", false).ok());
    ASSERT_TRUE(add("r35", {hotline}));  // now the number counts less: r38 is r36 rather than r34
    PairBits bits;
    EXPECT_EQ(clusters_of(index, ids), batch_clusters(small_model(), records, {{{"r04", "r36"}, false}}, bits));
}

TEST(live, a_cluster_that_falls_apart_says_what_it_came_from_and_keeps_its_name) {
    LiveIndex index(small_model());
    const auto record = [](std::string id, std::string phone, std::string passport) {
        return Record{std::move(id),
                      {{"given_name", "Talia"},
                       {"family_name", "Vunipola"},
                       {"birth_date", "1990-02-13"},
                       {"phone", std::move(phone)},
                       {"passport", std::move(passport)}}};
    };
    ASSERT_TRUE(index.add(record("a", "0211234567", "P7654321")).ok());
    auto joined = index.add(record("b", "0211234567", "P7654321"));
    ASSERT_TRUE(joined.ok());
    ASSERT_EQ(index.cluster_of("a"), index.cluster_of("b"));
    const ClusterId cluster = *index.cluster_of("a");
    EXPECT_EQ(index.members(cluster), (std::vector<std::string>{"a", "b"}));

    auto parted = index.decide("a", "b", false);
    ASSERT_TRUE(parted.ok());
    EXPECT_NE(index.cluster_of("a"), index.cluster_of("b"));
    ASSERT_EQ(parted->size(), 2u);
    EXPECT_EQ((*parted)[0].cluster, cluster);
    EXPECT_EQ((*parted)[1].from, std::vector<ClusterId>{cluster});

    auto rejoined = index.decide("a", "b", std::nullopt);
    ASSERT_TRUE(rejoined.ok());
    EXPECT_EQ(index.cluster_of("a"), cluster);
    EXPECT_EQ(index.cluster_of("b"), cluster);

    ASSERT_TRUE(index.remove("a").ok());
    EXPECT_EQ(index.cluster_of("b"), cluster);
    EXPECT_EQ(index.cluster_of("a"), std::nullopt);
    EXPECT_EQ(index.remove("a").kind(), ErrorKind::not_found);
}

TEST(live, a_query_finds_a_person_by_part_of_what_is_known_and_explains_itself) {
    const MadeUp people(300, 13);
    auto index = LiveIndex::from(train_model(people.dataset(), LinkOptions{}), people.records);
    ASSERT_TRUE(index.ok());
    Record wanted = people.records[17];
    wanted.id.clear();
    const auto matches = (*index)->query(wanted);
    ASSERT_FALSE(matches.empty());
    EXPECT_EQ(people.truth[static_cast<std::size_t>(std::stoi(matches[0].id.substr(1)) - 1)], people.truth[17]);
    EXPECT_GT(matches[0].chance, .9);

    std::uint32_t a = 0, b = 1;
    while (people.truth[a] != people.truth[b] ||
           (*index)->cluster_of(people.records[a].id) != (*index)->cluster_of(people.records[b].id))
        b = ++a + 1;
    const auto path = (*index)->path(people.records[a].id, people.records[b].id);
    ASSERT_GE(path.size(), 2u);
    EXPECT_EQ(path.front().first, people.records[a].id);
    EXPECT_EQ(path.back().first, people.records[b].id);
    EXPECT_TRUE((*index)->explain(people.records[a].id, people.records[b].id).ok());
}

TEST(live, a_query_scores_as_the_record_would_once_it_is_added_and_leaves_nothing_behind) {
    const MadeUp people(400, 21);
    std::vector<Record> known(people.records.begin(), people.records.end());
    // The index lacks what many others say, even though the model has learned how common it is.
    const std::vector<Record> strangers(known.end() - 150, known.end());
    known.resize(known.size() - 150);
    auto index = *LiveIndex::from(train_model(people.dataset(), LinkOptions{}), known);
    std::size_t compared = 0;
    for (std::size_t i = 0; i < strangers.size(); ++i) {
        Record record = strangers[i];
        record.id = "z";
        // A third of them take something from a known person, beside what is new.
        if (i % 3 == 0) {
            record.values = known[i].values;
            record.values[0].second += " " + strangers[i].values[1].second;
            record.values.emplace_back("phone", fmt::format("0299{:06}", i));
        }
        const std::size_t bytes = index->bytes();
        const std::string snapshot = index->snapshot();
        const auto matches = index->query(record, 100, -6);
        EXPECT_EQ(index->query(record, 100, -6).size(), matches.size());
        EXPECT_EQ(index->bytes(), bytes);
        EXPECT_EQ(index->snapshot(), snapshot);
        ASSERT_TRUE(index->add(record).ok());
        for (const Match& match : matches) {
            const auto why = index->explain(match.id, "z");
            ASSERT_TRUE(why.ok());
            EXPECT_NEAR(why->bits, match.bits, 1e-3) << match.id;
            ++compared;
        }
        ASSERT_TRUE(index->remove("z").ok());
    }
    EXPECT_GT(compared, strangers.size() / 2);
}

TEST(live, a_name_that_only_the_model_knows_as_common_weighs_the_same_in_a_query) {
    Model model = small_model();
    auto& given_names = model.frequencies[0];
    given_names.counts.emplace_back(~detail::hash_of("katerina"), static_cast<std::uint32_t>(given_names.records / 5));
    std::sort(given_names.counts.begin(), given_names.counts.end());
    LiveIndex index(model);
    const auto named = [](std::string id, std::string given) {
        return Record{std::move(id),
                      {{"given_name", std::move(given)}, {"family_name", "Vunipola"}, {"phone", "021 123 4567"}}};
    };
    ASSERT_TRUE(index.add(named("a", "Katarina")).ok());
    const auto matches = index.query(named("z", "Katerina"), 1, -20);
    ASSERT_EQ(matches.size(), 1u);
    ASSERT_TRUE(index.add(named("z", "Katerina")).ok());
    EXPECT_NEAR(index.explain("a", "z")->bits, matches[0].bits, 1e-3);
}

TEST(live, dates_are_read_as_in_the_file_that_the_model_learned_from) {
    std::string file = "given_name,family_name,birth_date,phone\n";
    const MadeUp people(60, 31);
    for (std::size_t i = 0; i < people.records.size(); ++i) {
        file += fmt::format("{},{},{:02}/{:02}/19{},021{:07}\n", people.records[i].values[0].second,
                            people.records[i].values[1].second, 1 + i % 12, 1 + i % 28, 60 + i % 30, i);
    }
    auto table = parse_table(file);
    ASSERT_TRUE(table.ok());
    const auto data = Dataset::from(*table, recognise(*table), 1);
    ASSERT_TRUE(data.ok());
    auto model = parse_model(to_json(train_model(*data, LinkOptions{})));
    ASSERT_TRUE(model.ok());
    LiveIndex index(*std::move(model));
    const auto born = [](std::string id, std::string date) {
        return Record{std::move(id), {{"given_name", "Ana"}, {"birth_date", std::move(date)}}};
    };
    ASSERT_TRUE(index.add(born("a", "02/03/1990")).ok());
    ASSERT_TRUE(index.add(born("b", "1990-02-03")).ok());
    const auto why = index.explain("a", "b");
    ASSERT_TRUE(why.ok());
    const auto date = std::find_if(why->fields.begin(), why->fields.end(),
                                   [](const ComparedField& field) { return field.name == "birth_date"; });
    ASSERT_NE(date, why->fields.end());
    EXPECT_EQ(date->level, "equal") << date->left << " | " << date->right;
}

TEST(live, more_queries_than_places_for_them_wait_for_each_other_and_answer_alike) {
    const MadeUp people(300, 23);
    const auto index = *LiveIndex::from(small_model(), people.records);
    const auto asked = [&](std::size_t i) {
        Record record = people.records[i];
        record.id.clear();
        record.values[0].second += fmt::format(" Zyx{}", i % 7);
        return record;
    };
    std::vector<std::vector<Match>> alone(40);
    for (std::size_t i = 0; i < alone.size(); ++i) alone[i] = index->query(asked(i));
    std::vector<std::thread> readers;
    std::atomic<std::size_t> wrong{0};
    std::atomic<std::size_t> right{0};
    for (std::size_t reader = 0; reader < 24; ++reader) {
        readers.emplace_back([&, reader] {
            for (std::size_t round = 0; round < 40; ++round) {
                const std::size_t i = (reader * 7 + round) % alone.size();
                const auto matches = index->query(asked(i));
                bool same = matches.size() == alone[i].size();
                for (std::size_t k = 0; same && k < matches.size(); ++k)
                    same = matches[k].id == alone[i][k].id && matches[k].bits == alone[i][k].bits;
                (same ? right : wrong) += 1;
            }
        });
    }
    for (auto& reader : readers) reader.join();
    EXPECT_EQ(wrong, 0u);
    EXPECT_EQ(right, 24u * 40u);
}

TEST(live, readers_and_a_writer_work_side_by_side) {
    const MadeUp people(200, 14);
    LiveIndex index(small_model());
    std::atomic<bool> done{false};
    std::vector<std::thread> readers;
    std::atomic<std::size_t> answers{0};
    for (int reader = 0; reader < 2; ++reader) {
        readers.emplace_back([&] {
            for (std::size_t i = 0; !done; ++i) {
                answers += index.query(people.records[i % people.records.size()]).size();
                if (const auto cluster = index.cluster_of(people.records[i % people.records.size()].id))
                    answers += index.members(*cluster).size();
            }
        });
    }
    for (const Record& record : people.records) EXPECT_TRUE(index.add(record).ok());
    done = true;
    for (auto& reader : readers) reader.join();
    EXPECT_EQ(index.size(), people.records.size());
}

TEST(live, a_snapshot_that_was_damaged_anywhere_is_refused) {
    const MadeUp people(20, 15);
    LiveIndex index(small_model());
    for (const Record& record : people.records) ASSERT_TRUE(index.add(record).ok());
    const std::string whole = index.snapshot();
    ASSERT_TRUE(LiveIndex::restore(whole).ok());
    for (std::size_t at = 0; at < whole.size(); at += whole.size() / 40 + 1) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
        auto restored = LiveIndex::restore(damaged);
        ASSERT_FALSE(restored.ok()) << at;
        EXPECT_EQ(restored.kind(), ErrorKind::corrupt);
    }
    EXPECT_FALSE(LiveIndex::restore(std::string_view(whole).substr(0, whole.size() - 1)).ok());
}

}  // namespace tideline::link
