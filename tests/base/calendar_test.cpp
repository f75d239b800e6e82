#include "base/calendar.h"

namespace tideline {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::local_seconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::weekday;

Day day(int y, unsigned m, unsigned d) {
    return Day(std::chrono::year(y) / std::chrono::month(m) / std::chrono::day(d));
}

TimeZone zone(const char* name = "Pacific/Auckland") { return TimeZone::named(name).value(); }

/// An instant as the wall clock of the test calendar shows it.
UtcSeconds at(int y, unsigned m, unsigned d, minutes time) {
    return zone().instant(local_seconds(day(y, m, d)) + time);
}

/// A made-up country on real days: it shares its rules with several real ones.
std::vector<HolidayRule> rules() {
    const std::vector<std::pair<weekday, weekday>> to_monday = {{std::chrono::Saturday, std::chrono::Monday},
                                                                {std::chrono::Sunday, std::chrono::Monday}};
    const std::vector<std::pair<weekday, weekday>> to_monday_tuesday = {{std::chrono::Saturday, std::chrono::Monday},
                                                                        {std::chrono::Sunday, std::chrono::Tuesday}};
    using Kind = HolidayRule::Kind;
    return {
        {.id = "new-year", .month = 1, .day = 1, .moved = to_monday_tuesday},
        {.id = "day-after", .month = 1, .day = 2, .moved = to_monday_tuesday},
        {.id = "february", .month = 2, .day = 6, .moved = to_monday},
        {.id = "good-friday", .kind = Kind::easter, .plus_days = -2},
        {.id = "easter-monday", .kind = Kind::easter, .plus_days = 1},
        {.id = "june", .kind = Kind::nth, .month = 6, .weekday = std::chrono::Monday, .nth = 1},
        {.id = "star",

         .kind = Kind::table,
         .days_by_year = {{2026, day(2026, 7, 10)}, {2027, day(2027, 6, 25)}}},
        {.id = "christmas", .month = 12, .day = 25, .moved = to_monday_tuesday},
        {.id = "boxing", .month = 12, .day = 26, .moved = to_monday_tuesday},
        {.id = "leap", .month = 2, .day = 29},
        {.id = "north",

         .kind = Kind::nearest,
         .month = 1,
         .day = 29,
         .weekday = std::chrono::Monday,
         .regions = {"north"}},
        {.id = "south",

         .kind = Kind::nearest,
         .month = 3,
         .day = 23,
         .weekday = std::chrono::Monday,
         .steps_aside = true,
         .regions = {"south"}},
        {.id = "show",

         .kind = Kind::nth,
         .month = 11,
         .weekday = std::chrono::Tuesday,
         .nth = 1,
         .plus_days = 10,
         .regions = {"east"}},
        {.id = "last",

         .kind = Kind::nth,
         .month = 5,
         .weekday = std::chrono::Monday,
         .nth = -1,
         .regions = {"west"}},
    };
}

BusinessCalendar calendar() {
    std::array<OfficeHours, 7> week{};
    for (std::size_t i = 1; i <= 5; ++i) week[i] = {8h + 30min, 17h};
    return BusinessCalendar::make(zone(), week, rules()).value();
}

std::optional<Day> observed(const char* id, int year) {
    for (const HolidayRule& rule : rules()) {
        if (rule.id == id) return rule.observed(year);
    }
    return std::nullopt;
}

TEST(calendar, easter_falls_where_the_church_puts_it) {
    EXPECT_EQ(easter_sunday(std::chrono::year(1961)), day(1961, 4, 2));
    EXPECT_EQ(easter_sunday(std::chrono::year(2000)), day(2000, 4, 23));
    EXPECT_EQ(easter_sunday(std::chrono::year(2008)), day(2008, 3, 23));
    EXPECT_EQ(easter_sunday(std::chrono::year(2024)), day(2024, 3, 31));
    EXPECT_EQ(easter_sunday(std::chrono::year(2025)), day(2025, 4, 20));
    EXPECT_EQ(easter_sunday(std::chrono::year(2026)), day(2026, 4, 5));
    EXPECT_EQ(easter_sunday(std::chrono::year(2038)), day(2038, 4, 25));
    EXPECT_EQ(easter_sunday(std::chrono::year(2285)), day(2285, 3, 22));
}

RC_GTEST_PROP(calendar, easter_is_a_sunday_between_22_march_and_25_april, ()) {
    const int year = *rc::gen::inRange(1583, 4100);
    const Day easter = easter_sunday(std::chrono::year(year));
    RC_ASSERT(weekday(easter) == std::chrono::Sunday);
    RC_ASSERT(easter >= day(year, 3, 22));
    RC_ASSERT(easter <= day(year, 4, 25));
}

TEST(calendar, holidays_on_a_weekend_move_to_the_days_that_the_rule_names) {
    EXPECT_EQ(observed("new-year", 2022), day(2022, 1, 3));   // Saturday
    EXPECT_EQ(observed("day-after", 2022), day(2022, 1, 4));  // Sunday
    EXPECT_EQ(observed("new-year", 2023), day(2023, 1, 3));   // Sunday, and the Monday is the second of January itself
    EXPECT_EQ(observed("day-after", 2023), day(2023, 1, 2));
    EXPECT_EQ(observed("christmas", 2027), day(2027, 12, 27));
    EXPECT_EQ(observed("boxing", 2027), day(2027, 12, 28));
    EXPECT_EQ(observed("boxing", 2026), day(2026, 12, 28));
    EXPECT_EQ(observed("february", 2027), day(2027, 2, 8));
    EXPECT_EQ(observed("february", 2026), day(2026, 2, 6));
}

TEST(calendar, rules_find_the_nth_the_last_and_the_nearest_weekday) {
    EXPECT_EQ(observed("june", 2026), day(2026, 6, 1));
    EXPECT_EQ(observed("june", 2027), day(2027, 6, 7));
    EXPECT_EQ(observed("last", 2026), day(2026, 5, 25));
    EXPECT_EQ(observed("north", 2026), day(2026, 1, 26));  // the 29th is a Thursday
    EXPECT_EQ(observed("north", 2027), day(2027, 2, 1));   // the 29th is a Friday
    EXPECT_EQ(observed("show", 2026), day(2026, 11, 13));  // the first Tuesday is the third
    EXPECT_EQ(observed("leap", 2027), std::nullopt);
    EXPECT_EQ(observed("leap", 2028), day(2028, 2, 29));
    EXPECT_EQ(observed("star", 2026), day(2026, 7, 10));
    EXPECT_EQ(observed("star", 2100), std::nullopt);
}

TEST(calendar, a_regional_day_that_meets_a_national_one_steps_aside) {
    // In 2008 the Monday nearest to 23 March was Easter Monday.
    EXPECT_EQ(calendar().holiday(day(2008, 3, 24), "south")->id, "easter-monday");
    EXPECT_EQ(calendar().holiday(day(2008, 3, 25), "south")->id, "south");
    EXPECT_EQ(calendar().holiday(day(2009, 3, 23), "south")->id, "south");
}

TEST(calendar, a_regional_holiday_is_a_business_day_elsewhere) {
    EXPECT_FALSE(calendar().is_business_day(day(2026, 1, 26), "north"));
    EXPECT_TRUE(calendar().is_business_day(day(2026, 1, 26), "south"));
    EXPECT_TRUE(calendar().is_business_day(day(2026, 1, 26)));
}

TEST(calendar, a_year_is_listed_in_order) {
    const BusinessCalendar shown = calendar();
    const auto year = shown.holidays(2026, "north");
    ASSERT_EQ(year.size(), 10u);
    EXPECT_EQ(year.front().second->id, "new-year");
    EXPECT_EQ(year[2].second->id, "north");
    EXPECT_EQ(year.back().first, day(2026, 12, 28));
}

TEST(calendar, hours_count_over_the_night_and_the_weekend) {
    EXPECT_EQ(calendar().add_business_time(at(2026, 11, 26, 16h), 4h), at(2026, 11, 27, 11h + 30min));
    EXPECT_EQ(calendar().add_business_time(at(2026, 11, 27, 16h), 4h), at(2026, 11, 30, 11h + 30min));
    EXPECT_EQ(calendar().add_business_time(at(2026, 11, 28, 3h), 30min), at(2026, 11, 30, 9h));
    EXPECT_EQ(calendar().add_business_time(at(2026, 11, 27, 16h), 1h), at(2026, 11, 27, 17h));
    EXPECT_EQ(calendar().add_business_time(at(2026, 11, 28, 3h), 0min), at(2026, 11, 28, 3h));
}

TEST(calendar, hours_count_over_the_star_and_easter) {
    EXPECT_EQ(calendar().add_business_time(at(2026, 7, 9, 16h), 2h), at(2026, 7, 13, 9h + 30min));
    EXPECT_EQ(calendar().add_business_time(at(2026, 4, 2, 16h), 2h), at(2026, 4, 7, 9h + 30min));
}

TEST(calendar, days_end_at_the_close_of_the_last_one_and_the_first_does_not_count) {
    EXPECT_EQ(calendar().add_business_days(at(2026, 7, 6, 9h), 5), at(2026, 7, 14, 17h));
    EXPECT_EQ(calendar().add_business_days(at(2026, 12, 24, 23h), 1), at(2026, 12, 29, 17h));
    EXPECT_EQ(calendar().add_business_days(at(2026, 12, 31, 9h), 1), at(2027, 1, 5, 17h));
    EXPECT_EQ(calendar().add_business_days(at(2026, 11, 24, 9h), 0), at(2026, 11, 24, 17h));
    EXPECT_EQ(calendar().add_business_days(at(2026, 11, 24, 20h), 0), at(2026, 11, 24, 20h));
}

TEST(calendar, summer_time_begins_and_ends_without_losing_an_hour_of_the_office) {
    // Clocks went forward on 27 September 2026 and back on 5 April 2026.
    EXPECT_EQ(at(2026, 9, 28, 9h) - at(2026, 9, 25, 9h), 71h);
    EXPECT_EQ(calendar().add_business_time(at(2026, 9, 25, 16h), 2h), at(2026, 9, 28, 9h + 30min));
    EXPECT_EQ(calendar().business_time_between(at(2026, 9, 25, 16h), at(2026, 9, 28, 9h + 30min)), 2h);
}

TEST(calendar, around_the_clock_offices_count_the_hours_that_pass_and_not_those_on_the_wall) {
    std::array<OfficeHours, 7> week;
    week.fill({0min, 24h});
    const BusinessCalendar always = BusinessCalendar::make(zone(), week, {}).value();
    const UtcSeconds before = at(2026, 9, 27, 0min);
    EXPECT_EQ(always.add_business_time(before, 24h), before + 24h);
    EXPECT_EQ(always.business_time_between(before, at(2026, 9, 28, 0min)), 23h);
    EXPECT_EQ(always.business_time_between(at(2026, 4, 5, 0min), at(2026, 4, 6, 0min)), 25h);
}

TEST(calendar, a_skipped_wall_time_counts_on_and_a_double_one_means_the_first) {
    EXPECT_EQ(at(2026, 9, 27, 2h + 30min), at(2026, 9, 27, 3h + 30min));
    EXPECT_EQ(at(2026, 4, 5, 3h) - at(2026, 4, 5, 2h + 30min), 90min);
}

TEST(calendar, a_zone_knows_its_day) {
    EXPECT_EQ(zone().day(at(2026, 11, 24, 0min)), day(2026, 11, 24));
    EXPECT_EQ(zone().day(at(2026, 11, 24, 0min) - 1s), day(2026, 11, 23));
    EXPECT_EQ(zone("America/Bogota").day(at(2026, 11, 24, 0min)), day(2026, 11, 23));
}

TEST(calendar, unknown_zones_and_impossible_weeks_are_refused) {
    EXPECT_EQ(TimeZone::named("Pacific/Aukland").error().message,
              "there is no time zone 'Pacific/Aukland'; write its IANA name, as in Europe/Paris");
    EXPECT_FALSE(TimeZone::named(""));
    EXPECT_FALSE(BusinessCalendar::make(zone(), {}, {}));
    std::array<OfficeHours, 7> backwards{};
    backwards[1] = {17h, 8h};
    EXPECT_FALSE(BusinessCalendar::make(zone(), backwards, {}));
}

RC_GTEST_PROP(calendar, what_is_added_lies_between, ()) {
    static const BusinessCalendar here = calendar();
    const auto regions = std::array<std::string, 4>{"", "north", "south", "east"};
    const std::string region = *rc::gen::elementOf(regions);
    const UtcSeconds from = at(2024, 1, 1, 0min) + minutes(*rc::gen::inRange(0, 5 * 366 * 24 * 60));
    const minutes amount(*rc::gen::inRange(1, 60 * 24 * 30));
    const UtcSeconds until = here.add_business_time(from, amount, region);
    RC_ASSERT(here.business_time_between(from, until, region) == amount);
    RC_ASSERT(here.business_time_between(until, from, region) == -amount);
    RC_ASSERT(here.is_business_time(until - 1s, region));
}

RC_GTEST_PROP(calendar, every_counted_day_is_a_business_day, ()) {
    static const BusinessCalendar here = calendar();
    const UtcSeconds from = at(2024, 1, 1, 0min) + minutes(*rc::gen::inRange(0, 5 * 366 * 24 * 60));
    const int count = *rc::gen::inRange(1, 40);
    const Day end = here.zone().day(here.add_business_days(from, count));
    int counted = 0;
    for (Day d = here.zone().day(from) + days(1); d <= end; d += days(1)) counted += here.is_business_day(d) ? 1 : 0;
    RC_ASSERT(counted == count);
    RC_ASSERT(here.is_business_day(end));
}

RC_GTEST_PROP(calendar, wall_clock_and_instant_agree_outside_the_skipped_hour, ()) {
    static const TimeZone here = zone();
    const UtcSeconds when = at(2000, 1, 1, 0min) + seconds(*rc::gen::inRange(0, 60 * 365 * 24 * 3600));
    const UtcSeconds again = here.instant(here.wall_clock(when));
    RC_ASSERT(again == when || when - again == 1h);  // the second pass through a double hour
}

}  // namespace
}  // namespace tideline
