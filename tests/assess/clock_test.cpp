#include "assess/clock.h"

#include "assess/support.h"
#include "knowledge/pack.h"

namespace tideline::assess {
namespace {

const knowledge::Pack& new_zealand() {
    static const knowledge::Pack pack = [] {
        auto loaded = knowledge::Pack::load(knowledge::Files::embedded(), "nz");
        if (!loaded) throw std::runtime_error(loaded.error().message);
        return *std::move(loaded);
    }();
    return pack;
}

std::chrono::local_seconds wall(int year, unsigned month, unsigned day, int hour, int minute = 0) {
    using namespace std::chrono;
    return local_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) + hours(hour) +
           minutes(minute);
}

/// The wall clock in New Zealand when a clock runs out that started at a time on that wall.
std::chrono::local_seconds due_on_the_wall(const ClockLength& length, std::chrono::local_seconds from,
                                           std::string_view region = {}) {
    const BusinessCalendar& calendar = new_zealand().calendar();
    return calendar.zone().wall_clock(due(length, calendar.zone().instant(from), calendar, region));
}

std::chrono::local_days day_of(std::chrono::local_seconds at) { return std::chrono::floor<std::chrono::days>(at); }

constexpr ClockLength two_working_days{2, ClockLength::Unit::working_days};

}  // namespace

TEST(clock, working_days_pass_over_matariki) {
    // Matariki is on Friday 10 July 2026.
    EXPECT_EQ(day_of(due_on_the_wall(two_working_days, wall(2026, 7, 8, 10))), day_of(wall(2026, 7, 13, 0)));
}

TEST(clock, working_days_pass_over_easter) {
    // Good Friday is 3 April 2026, Easter Monday 6 April.
    EXPECT_EQ(day_of(due_on_the_wall(two_working_days, wall(2026, 4, 1, 10))), day_of(wall(2026, 4, 7, 0)));
}

TEST(clock, minutes_and_hours_run_through_the_night_and_the_holiday) {
    EXPECT_EQ(due_on_the_wall({15, ClockLength::Unit::minutes}, wall(2026, 4, 3, 23, 50)), wall(2026, 4, 4, 0, 5));
    EXPECT_EQ(due_on_the_wall({4, ClockLength::Unit::hours}, wall(2026, 7, 10, 22)), wall(2026, 7, 11, 2));
}

TEST(clock, the_same_day_ends_at_midnight) {
    EXPECT_EQ(due_on_the_wall({0, ClockLength::Unit::same_day}, wall(2026, 4, 3, 9)), wall(2026, 4, 4, 0));
}

TEST(clock, the_lengths_of_the_priority_rules_are_those_of_the_deadlines_they_name) {
    std::map<std::string, std::string, std::less<>> files;
    for (const auto& [path, bytes] : knowledge::Files::embedded().below("")) files.emplace(path, bytes);
    std::string& deadlines = files.at("nz/deadlines.yaml");
    const std::string before = "amount: 15, unit: minutes", after = "amount: 3, unit: hours";
    const auto at = deadlines.find(before, deadlines.find("report.triage.p1"));
    ASSERT_NE(at, std::string::npos);
    deadlines.replace(at, before.size(), after);
    const auto changed = Method::from_files(knowledge::Files::of(files), "nz");
    ASSERT_TRUE(changed.ok()) << changed.error().message;
    EXPECT_EQ(changed->priorities().acknowledge[0].text(), "3 hours");
    EXPECT_EQ(published().priorities().acknowledge[0].text(), "15 minutes");
    EXPECT_EQ(published().priorities().decide.text(), "5 working days");
    EXPECT_NE(changed->version(), published().version());
}

}  // namespace tideline::assess
