#pragma once
#include <random>
#include <string>
#include <vector>

#include "link/link.h"

namespace tideline::link {

/// Made-up people for the tests: some have several records, with slips, moves and gaps; some share a telephone.
struct MadeUp {
    std::vector<Record> records;
    std::vector<std::uint32_t> truth;

    explicit MadeUp(std::size_t people, std::uint64_t seed) {
        std::mt19937_64 random(seed);
        const auto pick = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
        static constexpr const char* starts[] = {"ma", "jo", "ka", "le", "sa", "ti",
                                                 "ro", "na", "be", "vi", "do", "pe"};
        static constexpr const char* middles[] = {"ri", "na", "ta", "li", "mo", "ne", "ra", "so", "ka", "do"};
        static constexpr const char* ends[] = {"a", "n", "s", "ko", "el", "ia", "us", "ov", "ez", "th"};
        const auto name = [&] {
            return std::string(starts[pick(12)]) + middles[pick(10)] + (pick(2) != 0 ? middles[pick(10)] : "") +
                   ends[pick(10)];
        };
        const auto digits = [&](std::size_t count) {
            std::string text;
            for (std::size_t i = 0; i < count; ++i) text.push_back(static_cast<char>('0' + pick(10)));
            return text;
        };
        const std::string hotline = "0800" + digits(6);
        for (std::uint32_t person = 1; person <= people; ++person) {
            const std::string given = name();
            const std::string family = name();
            const std::string born =
                std::to_string(1950 + pick(55)) + "-0" + std::to_string(1 + pick(9)) + "-1" + std::to_string(pick(10));
            const std::string phone = pick(12) == 0 ? hotline : "021" + digits(7);
            const std::string document = "P" + digits(7);
            const std::size_t copies = 1 + pick(4) * pick(2);
            for (std::size_t copy = 0; copy < copies; ++copy) {
                Record record;
                record.id = "m" + std::to_string(records.size() + 1);
                std::string first = given;
                if (pick(8) == 0) first[pick(first.size())] = 'x';
                const bool swapped = pick(15) == 0;
                record.values.emplace_back("given_name", swapped ? family : first);
                record.values.emplace_back("family_name", swapped ? first : family);
                if (pick(5) != 0) record.values.emplace_back("birth_date", born);
                if (pick(3) != 0) record.values.emplace_back("phone", pick(10) == 0 ? "021" + digits(7) : phone);
                if (pick(6) == 0) record.values.emplace_back("phone", "022" + digits(7));
                if (pick(2) != 0) record.values.emplace_back("passport", document);
                if (pick(2) != 0) record.values.emplace_back("city", pick(4) == 0 ? "Auckland" : "Napier");
                records.push_back(std::move(record));
                truth.push_back(person);
            }
        }
    }

    static Schema schema() {
        Schema schema;
        schema.fields = {{"given_name", Kind::given_name, {"given_name"}, false},
                         {"family_name", Kind::family_name, {"family_name"}, false},
                         {"birth_date", Kind::date, {"birth_date"}, false},
                         {"phone", Kind::phone, {"phone"}, false},
                         {"passport", Kind::document, {"passport"}, false},
                         {"city", Kind::city, {"city"}, false}};
        return schema;
    }
    Dataset dataset() const {
        Dataset data(schema());
        for (std::size_t i = 0; i < records.size(); ++i) data.put(i, data.encode(records[i]));
        return data;
    }
};

}  // namespace tideline::link
