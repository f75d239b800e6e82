// Everything of linking that reads bytes from outside: files of records, configurations, models, snapshots, values.
#include <cstdint>
#include <string_view>

#include "link/detail/normal.h"
#include "link/live.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace tideline::link;
    if (size < 2 || size > 20'000) return 0;
    const std::string_view text(reinterpret_cast<const char*>(bytes + 1), size - 1);
    switch (bytes[0] % 5) {
        case 0: {
            auto table = parse_table(text, {Format::automatic, 0, 1});
            if (!table.ok() || table->rows() > 200) return 0;
            const Schema schema = recognise(*table);
            auto data = Dataset::from(*table, schema, 1);
            if (!data.ok()) return 0;
            LinkOptions options;
            options.threads = 1;
            options.training.random_pairs = 500;
            options.training.pairs_per_rule = 100;
            options.training.rounds = 2;
            (void)link(*data, std::nullopt, options);
            return 0;
        }
        case 1: (void)parse_schema(text); return 0;
        case 2: (void)parse_model(text); return 0;
        case 3: (void)LiveIndex::restore(text); return 0;
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
