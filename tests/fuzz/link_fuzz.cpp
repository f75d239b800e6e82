// Everything of linking that reads bytes from outside: files of records, configurations, models, snapshots, values.
// Models and snapshots are also made from whole ones by a few edits, so that what lies behind their first checks is
// met.
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "hold.h"
#include "link/detail/normal.h"
#include "link/live.h"

namespace {

using namespace tideline::link;

LinkOptions small_options() {
    LinkOptions options;
    options.threads = 1;
    options.training.random_pairs = 500;
    options.training.pairs_per_rule = 100;
    options.training.rounds = 2;
    return options;
}

std::vector<Record> people() {
    return {{"a",
             {{"given_name", "Ana Maria"}, {"family_name", "Santos"}, {"born", "1990-02-03"}, {"phone", "0211234567"}}},
            {"b", {{"given_name", "Ana"}, {"family_name", "Santos"}, {"born", "1990-03-02"}, {"phone", "0211234567"}}},
            {"c", {{"given_name", "Bo"}, {"family_name", "Li"}, {"born", "1985"}, {"phone", "0900222333"}}},
            {"d", {{"given_name", "Li"}, {"family_name", "Bo"}, {"phone", "0211111111"}, {"phone", "0900222333"}}},
            {"e", {{"family_name", "Santos"}, {"phone", "0211234568"}}}};
}

Model trained() {
    Schema schema;
    schema.fields = {{"given_name", Kind::given_name, {"given_name"}, false},
                     {"family_name", Kind::family_name, {"family_name"}, false},
                     {"born", Kind::date, {"born"}, false},
                     {"phone", Kind::phone, {"phone"}, false}};
    return train_model(Dataset::from(people(), schema, 1), small_options());
}

/// Overwrites, takes out or puts in some bytes: four of the input for each edit (place, place, how, what).
void edit(std::string& bytes, std::string_view edits) {
    for (; edits.size() >= 4 && !bytes.empty(); edits.remove_prefix(4)) {
        const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(edits[i])); };
        const std::size_t place = (at(0) << 8 | at(1)) % bytes.size();
        switch (at(2) % 4) {
            case 0: bytes.erase(place, 1 + at(3) % 8); break;
            case 1: bytes.insert(place, 1, edits[3]); break;
            default: bytes[place] = edits[3]; break;
        }
    }
}

void use(const LiveIndex& index) {
    for (const Record& record : people()) {
        (void)index.query(record);
        (void)index.explain("a", record.id);
        if (const auto cluster = index.cluster_of(record.id)) (void)index.members(*cluster);
    }
    const std::string whole = index.snapshot();
    auto again = LiveIndex::restore(whole, small_options());
    HOLDS(again.ok());
    HOLDS((*again)->size() == index.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < 2 || size > 20'000) return 0;
    const std::string_view text(reinterpret_cast<const char*>(bytes + 1), size - 1);
    switch (bytes[0] % 7) {
        case 0: {
            auto table = parse_table(text, {Format::automatic, 0, 1});
            if (!table.ok() || table->rows() > 200) return 0;
            const Schema schema = recognise(*table);
            auto data = Dataset::from(*table, schema, 1);
            if (!data.ok()) return 0;
            (void)link(*data, std::nullopt, small_options());
            return 0;
        }
        case 1: (void)parse_schema(text); return 0;
        case 2: (void)parse_model(text); return 0;
        case 3: (void)LiveIndex::restore(text, small_options()); return 0;
        case 4: {
            static const std::string whole = to_json(trained());
            std::string edited = whole;
            edit(edited, text);
            auto model = parse_model(edited);
            if (!model.ok()) return 0;
            auto index = LiveIndex::from(*std::move(model), people(), small_options());
            if (index.ok()) use(**index);
            return 0;
        }
        case 5: {
            static const std::string whole = [] {
                auto index = LiveIndex::from(trained(), people(), small_options());
                (void)(*index)->decide("a", "c", false);
                std::string snapshot = (*index)->snapshot();
                snapshot.resize(snapshot.size() - 8);  // the hash comes anew after the edits
                return snapshot;
            }();
            std::string edited = whole;
            // The model in it is edited above; here, what comes after it.
            std::uint64_t model_size = 0;
            constexpr std::size_t mark = 16;
            std::memcpy(&model_size, whole.data() + mark, sizeof model_size);
            const std::size_t behind = mark + sizeof model_size + model_size;
            std::string rest = edited.substr(behind);
            edit(rest, text);
            edited.replace(behind, std::string::npos, rest);
            const std::uint64_t hash = detail::hash_of(edited);
            edited.append(reinterpret_cast<const char*>(&hash), sizeof hash);
            auto index = LiveIndex::restore(edited, small_options());
            if (index.ok()) use(**index);
            return 0;
        }
        default: {
            detail::Normal out;
            for (int kind = 0; kind <= static_cast<int>(Kind::ignored); ++kind)
                detail::normalise(static_cast<Kind>(kind), text, out);
            (void)detail::parse_date(text, detail::DayOrder::day_first);
            (void)detail::skeleton(text);
            return 0;
        }
    }
}
