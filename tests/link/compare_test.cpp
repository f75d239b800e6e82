#include "link/compare.h"

#include <fmt/format.h>

#include "link/detail/normal.h"
#include "link/live.h"
#include "link/made_up.h"

namespace tideline::link {

namespace {

std::string normal(Kind kind, std::string_view raw) {
    detail::Normal out;
    detail::normalise(kind, raw, out);
    return std::string(out.view());
}

}  // namespace

TEST(normal, the_same_value_written_differently_is_the_same) {
    EXPECT_EQ(normal(Kind::phone, "+64 21 123 4567"), normal(Kind::phone, "0211234567"));
    EXPECT_EQ(normal(Kind::phone, "0064211234567"), normal(Kind::phone, "(021) 123-4567"));
    EXPECT_EQ(normal(Kind::document, "lo 123-45B"), normal(Kind::document, "1012345 8"));
    EXPECT_EQ(normal(Kind::email, "Ann+forms@Mail.NZ"), "ann@mail.nz");
    EXPECT_EQ(normal(Kind::given_name, "  Nguyễn  Văn-Anh "), "nguyen van anh");
    EXPECT_EQ(normal(Kind::family_name, "O'Brien"), normal(Kind::family_name, "OBrien"));
    EXPECT_EQ(normal(Kind::family_name, "Иванов"), "ivanov");
    EXPECT_EQ(normal(Kind::address, "12/3 Main Street"), normal(Kind::address, "12 3 main st"));
    EXPECT_EQ(normal(Kind::organisation, "The Orchard Co. Ltd"), normal(Kind::organisation, "ORCHARD LIMITED"));
    EXPECT_EQ(normal(Kind::sex, "Female"), "f");
    EXPECT_EQ(normal(Kind::phone, "0000000000"), "");
    EXPECT_EQ(normal(Kind::code, "unknown"), "");
}

TEST(normal, dates_in_every_usual_form_are_understood_and_impossible_ones_kept) {
    using detail::DayOrder;
    using detail::parse_date;
    EXPECT_EQ(parse_date("1990-02-03", DayOrder::day_first), 0x19900203u);
    EXPECT_EQ(parse_date("03/02/1990", DayOrder::day_first), 0x19900203u);
    EXPECT_EQ(parse_date("02/03/1990", DayOrder::month_first), 0x19900203u);
    EXPECT_EQ(parse_date("19900203", DayOrder::day_first), 0x19900203u);
    EXPECT_EQ(parse_date("3 Feb 1990", DayOrder::day_first), 0x19900203u);
    EXPECT_EQ(parse_date("1990", DayOrder::day_first), 0x19900000u);
    EXPECT_EQ(parse_date("1990-02-03T10:00:00Z", DayOrder::day_first), 0x19900203u);
    EXPECT_EQ(parse_date("1990-71-03", DayOrder::day_first), 0x19907103u);
    EXPECT_EQ(parse_date("", DayOrder::day_first), 0u);
    EXPECT_EQ(parse_date("n/a", DayOrder::day_first), 0u);
}

TEST(normal, spellings_of_one_name_sound_the_same) {
    EXPECT_EQ(detail::skeleton("mohammed"), detail::skeleton("muhamad"));
    EXPECT_EQ(detail::skeleton("yusuf"), detail::skeleton("youssef"));
    EXPECT_NE(detail::skeleton("ana"), detail::skeleton("alma"));
}

class TwoRecords : public ::testing::Test {
protected:
    /// Bits of one comparison (or the sum) between two records given as field/value pairs.
    Outcome outcome(const Record& a, const Record& b) {
        data_ = std::make_unique<Dataset>(MadeUp::schema());
        data_->put(0, data_->encode(a));
        data_->put(1, data_->encode(b));
        model_ = default_model(MadeUp::schema(), data_->slots());
        for (auto& frequencies : model_.frequencies) frequencies.records = 1000;
        comparer_ = std::make_unique<Comparer>(*data_, model_, false);
        Memory memory;
        return comparer_->compare(data_->row(0), data_->row(1), memory);
    }
    std::string level(const Outcome& outcome, const std::string& comparison) {
        for (std::size_t i = 0; i < model_.comparisons.size(); ++i) {
            if (model_.comparisons[i].name == comparison) return model_.comparisons[i].levels[outcome.level(i)].name;
        }
        return "no such comparison";
    }
    static Record person(std::string given, std::string family, std::string born = "") {
        return {
            "x",
            {{"given_name", std::move(given)}, {"family_name", std::move(family)}, {"birth_date", std::move(born)}}};
    }
    std::unique_ptr<Dataset> data_;
    Model model_;
    std::unique_ptr<Comparer> comparer_;
};

TEST_F(TwoRecords, names_are_told_apart_by_kind_of_difference) {
    EXPECT_EQ(level(outcome(person("Ann", "Smith"), person("Ann", "Smith")), "given_name"), "equal");
    EXPECT_EQ(level(outcome(person("Mai Anh", "Tran"), person("Anh Mai", "Tran")), "given_name"),
              "same but for spacing or order");
    EXPECT_EQ(level(outcome(person("Mai Anh", "Tran"), person("Mai", "Tran")), "given_name"), "part of the other");
    EXPECT_EQ(level(outcome(person("Katharine", "Tran"), person("Katherine", "Tran")), "given_name"), "very close");
    EXPECT_EQ(level(outcome(person("K", "Tran"), person("Katherine", "Tran")), "given_name"), "initial");
    EXPECT_EQ(level(outcome(person("Olga", "Tran"), person("Katherine", "Tran")), "given_name"), "different");
}

TEST_F(TwoRecords, swapped_names_are_seen_as_swapped) {
    const Outcome swapped = outcome(person("Nguyen", "Lan"), person("Lan", "Nguyen"));
    EXPECT_EQ(level(swapped, "order of names"), "swapped");
    EXPECT_EQ(level(swapped, "given_name"), "equal");
    EXPECT_EQ(level(swapped, "family_name"), "equal");
}

TEST_F(TwoRecords, a_lone_name_may_be_the_family_name) {
    EXPECT_EQ(level(outcome(person("Bainbrigge", ""), person("Philip", "Bainbrigge")), "family_name"), "equal");
}

TEST_F(TwoRecords, slips_in_birth_dates_are_not_different_dates) {
    const auto dates = [&](std::string a, std::string b) {
        return level(outcome(person("A", "B", std::move(a)), person("A", "B", std::move(b))), "birth_date");
    };
    EXPECT_EQ(dates("1990-02-03", "1990-03-02"), "one slip apart");
    EXPECT_EQ(dates("1990-02-03", "1990-02-04"), "one slip apart");
    EXPECT_EQ(dates("1990-02-03", "1980-02-03"), "one slip apart");
    EXPECT_EQ(dates("1990-02-13", "1990-02-31"), "one slip apart");
    EXPECT_EQ(dates("1990-01-01", "1990-07-23"), "same year, one of them 1 January");
    EXPECT_EQ(dates("1990-01-01", "1990-01-01"), "equal, but only the year is sure");
    EXPECT_EQ(dates("1990-02-03", "1971-08-25"), "different");
    EXPECT_EQ(dates("", "1971-08-25"), "one does not say");
}

TEST_F(TwoRecords, of_several_values_the_best_pair_counts) {
    Record a = person("Ann", "Smith");
    a.values.emplace_back("phone", "021 111 1111 ");
    a.values.emplace_back("phone", "021 234 5678");
    Record b = person("Ann", "Smith");
    b.values.emplace_back("phone", "+64 21 234 5678");
    EXPECT_EQ(level(outcome(a, b), "phone"), "equal");

    Record two_dates = person("Ann", "Smith", "1990-02-03");
    two_dates.values.emplace_back("birth_date", "1985-11-12");
    EXPECT_EQ(level(outcome(two_dates, person("Ann", "Smith", "1985-11-12")), "birth_date"), "equal");
    EXPECT_EQ(level(outcome(two_dates, person("Ann", "Smith", "1990-02-04")), "birth_date"), "one slip apart");
    EXPECT_EQ(level(outcome(two_dates, person("Ann", "Smith", "1971-06-27")), "birth_date"), "different");
    std::vector<std::uint64_t> keys;
    keys_of(*data_, std::vector<BlockingRule::Piece>{{BlockingRule::Part::year, 2}}, data_->row(0), keys);
    EXPECT_EQ(keys.size(), 2u);
}

RC_GTEST_PROP(compare, giving_a_pair_up_early_never_loses_one_above_the_floor, ()) {
    static const MadeUp people(300, 3);
    static const Dataset data = people.dataset();
    static const Model model = [] {
        LinkOptions options;
        options.threads = 1;
        return train_model(data, options);
    }();
    static const Comparer comparer(data, model, true);
    Memory memory, other;
    const auto a = *rc::gen::inRange<std::size_t>(0, data.size());
    const auto b = *rc::gen::inRange<std::size_t>(0, data.size());
    const auto floor = static_cast<float>(*rc::gen::inRange(-30, 30));
    const float whole = comparer.score(data.row(a), data.row(b), memory);
    const float early = comparer.score(data.row(a), data.row(b), other, floor);
    if (whole >= floor) {
        RC_ASSERT(early == whole);
    } else {
        RC_ASSERT(early < floor);
    }
}

TEST(model, a_model_whose_keys_or_fields_do_not_fit_is_refused) {
    const MadeUp people(50, 6);
    const Dataset data = people.dataset();
    LinkOptions options;
    options.threads = 1;
    const Model whole = train_model(data, options);
    ASSERT_TRUE(parse_model(to_json(whole)).ok());
    using Part = BlockingRule::Part;
    // Slots of made-up people: 0 and 1 names, 2 the birth date, 3 the telephone.
    for (const BlockingRule::Piece& piece :
         {BlockingRule::Piece{Part::given_token, 3}, BlockingRule::Piece{Part::year, 3},
          BlockingRule::Piece{Part::family_skeleton, 2}, BlockingRule::Piece{Part::names_token, 0},
          BlockingRule::Piece{Part::names_token, 0, 3}, BlockingRule::Piece{Part::value, 3, -1, 0},
          BlockingRule::Piece{Part::given_token, 0, -1, 2}}) {
        Model damaged = whole;
        damaged.rules[0].pieces = {piece};
        EXPECT_EQ(parse_model(to_json(damaged)).kind(), ErrorKind::corrupt) << static_cast<int>(piece.part);
    }
    Schema many;
    for (int i = 0; i < 9; ++i)
        many.fields.push_back({fmt::format("name{}", i), Kind::full_name, {fmt::format("name{}", i)}, false});
    const Dataset wide(many);
    ASSERT_GT(wide.slots().size(), fields_max);
    EXPECT_EQ(parse_model(to_json(default_model(many, wide.slots()))).kind(), ErrorKind::corrupt);
}

TEST(model, a_model_written_out_reads_back_the_same_and_damage_is_seen) {
    const MadeUp people(200, 5);
    const Dataset data = people.dataset();
    LinkOptions options;
    options.threads = 1;
    const std::string json = to_json(train_model(data, options));
    auto again = parse_model(json);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(to_json(*again), json);
    // Numbers that no count can hold, and such that are not whole.
    for (const std::string_view number : {"7e34", "-1", "4294967296", "1.5", "\"9\""}) {
        std::string odd = json;
        const std::size_t at = odd.find("\"block_max\":") + 12;
        odd.replace(at, odd.find_first_of(",}", at) - at, number);
        EXPECT_EQ(parse_model(odd).kind(), ErrorKind::corrupt) << number;
    }
    EXPECT_EQ(parse_model("{}").kind(), ErrorKind::invalid);
    EXPECT_FALSE(parse_model(json.substr(0, json.size() / 2)).ok());
    std::string other = json;
    other.replace(other.find("\"slots\":[0"), 10, "\"slots\":[9");
    EXPECT_FALSE(parse_model(other).ok());
}

}  // namespace tideline::link
