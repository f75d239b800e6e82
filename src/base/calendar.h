#pragma once
#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

/// Days, time zones and business time. Pure: the present never comes from here, it is handed in.
namespace tideline {

/// An instant, counted in seconds since 1970 in UTC.
using Instant = std::chrono::sys_seconds;
/// A day of a calendar on a wall, without time zone.
using Day = std::chrono::local_days;

/// A time zone of the IANA database, as ICU carries it. Copies are cheap; may be used from several threads.
class TimeZone {
public:
    /// `Pacific/Auckland`; Error::invalid for a name that is not in the database.
    static Result<TimeZone> named(std::string_view name);

    /// What a clock on the wall shows at that instant.
    std::chrono::local_seconds wall_clock(Instant at) const;
    /// The instant at which the wall shows that time. A time that is skipped in spring counts on from the hour before
    /// (02:30 becomes 03:30); of a time that comes twice in autumn the first is meant.
    Instant instant(std::chrono::local_seconds wall) const;
    /// The day it is there at that instant.
    Day day(Instant at) const { return std::chrono::floor<std::chrono::days>(wall_clock(at)); }

private:
    struct Zone;
    explicit TimeZone(std::shared_ptr<const Zone> zone) : zone_(std::move(zone)) {}
    std::shared_ptr<const Zone> zone_;
};

/// Easter Sunday of a year in the Gregorian calendar (the anonymous algorithm of 1876, as in Meeus, Astronomical
/// Algorithms, chapter 8). Good for every year from 1583.
Day easter_sunday(std::chrono::year year);

/// On which day of a year a holiday falls. Each kind of rule fills its own fields; `first_year` and `last_year`
/// bound all of them.
struct HolidayRule {
    enum class Kind {
        fixed,     ///< month and day
        nth,       ///< the nth `weekday` of `month` (nth < 0 counts from its end), and `plus_days` from there
        nearest,   ///< the `weekday` nearest to month and day
        easter,    ///< `plus_days` from Easter Sunday
        table,     ///< as the law lists it, year by year
    };
    std::string id;
    std::string name;
    Kind kind = Kind::fixed;
    unsigned month = 1;
    unsigned day = 1;
    std::chrono::weekday weekday = std::chrono::Monday;
    int nth = 1;
    int plus_days = 0;
    std::map<int, Day> days_by_year;
    /// On these weekdays it is observed on the next such other weekday instead: Saturday → Monday, Sunday → Tuesday.
    std::vector<std::pair<std::chrono::weekday, std::chrono::weekday>> moved;
    std::vector<std::string> regions;  ///< only there; empty: everywhere
    int first_year = 0;
    int last_year = 9999;

    /// The day on which it is observed in that year, or nothing if there is none.
    std::optional<Day> observed(int year) const;
};

/// The hours in which an office works on one weekday, in minutes after midnight; from == until: closed.
struct OfficeHours {
    std::chrono::minutes from{0};
    std::chrono::minutes until{0};
};

/// Counts in business time: over weekends, holidays and nights, in a region if it has holidays of its own.
///
/// A region is a word that the rules use; "" stands for "no region in particular" and sees only what holds everywhere.
/// May be used from several threads.
class BusinessCalendar {
public:
    /// @param week  office hours by weekday, Sunday first (as std::chrono::weekday::c_encoding counts)
    /// @return Error::invalid if no weekday has hours, or a day ends before it begins
    static Result<BusinessCalendar> make(TimeZone zone, std::array<OfficeHours, 7> week, std::vector<HolidayRule> rules);

    /// The holiday on that day, or nullptr. A regional one is seen only with its region.
    const HolidayRule* holiday(Day day, std::string_view region = {}) const;
    /// All holidays of a year with the days on which they are observed, in order.
    std::vector<std::pair<Day, const HolidayRule*>> holidays(int year, std::string_view region = {}) const;
    /// Neither a holiday nor a weekday without office hours.
    bool is_business_day(Day day, std::string_view region = {}) const;
    bool is_business_time(Instant at, std::string_view region = {}) const;

    /// When that much business time has gone by. It stands still outside office hours; the end of a day's hours is
    /// given as the end of that day, not as the beginning of the next.
    Instant add_business_time(Instant from, std::chrono::minutes amount, std::string_view region = {}) const;
    /// The close of the `count`th business day after the day of `from`, which does not count itself. 0 gives the close
    /// of that day or, if it is none, of the business day before the next: the moment itself.
    Instant add_business_days(Instant from, int count, std::string_view region = {}) const;
    /// How much business time lies between; negative if `until` is before `from`.
    std::chrono::minutes business_time_between(Instant from, Instant until, std::string_view region = {}) const;

    const TimeZone& zone() const { return zone_; }

private:
    BusinessCalendar(TimeZone zone, std::array<OfficeHours, 7> week, std::vector<HolidayRule> rules)
        : zone_(std::move(zone)), week_(week), rules_(std::move(rules)) {}
    struct Span {
        Instant from;
        Instant until;
    };
    std::optional<Span> hours_of(Day day, std::string_view region) const;

    TimeZone zone_;
    std::array<OfficeHours, 7> week_;
    std::vector<HolidayRule> rules_;
};

}  // namespace tideline
