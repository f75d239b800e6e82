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
#include "base/time.h"

/// Days, time zones and business time. Pure: the present never comes from here, it is handed in.
namespace tideline {

/// An instant in whole seconds since 1970 in UTC: what calendars reckon with.
using UtcSeconds = std::chrono::sys_seconds;
constexpr UtcSeconds to_utc_seconds(Instant at) { return UtcSeconds(std::chrono::seconds(at.ms / second_ms)); }
constexpr Instant to_instant(UtcSeconds at) { return {at.time_since_epoch().count() * second_ms}; }
/// A day of a calendar on a wall, without time zone.
using Day = std::chrono::local_days;

/// A time zone of the IANA database, as ICU carries it. Copies are cheap; may be used from several threads.
class TimeZone {
public:
    /// `Pacific/Auckland`; Error::invalid for a name that is not in the database.
    static Result<TimeZone> named(std::string_view name);

    /// What a clock on the wall shows at that instant.
    std::chrono::local_seconds wall_clock(UtcSeconds at) const;
    /// The instant at which the wall shows that time. A time that is skipped in spring counts on from the hour before
    /// (02:30 becomes 03:30); of a time that comes twice in autumn the first is meant.
    UtcSeconds instant(std::chrono::local_seconds wall) const;
    /// The day it is there at that instant.
    Day day(UtcSeconds at) const { return std::chrono::floor<std::chrono::days>(wall_clock(at)); }

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
        fixed,    ///< month and day
        nth,      ///< the nth `weekday` of `month` (nth < 0 counts from its end), and `plus_days` from there
        nearest,  ///< the `weekday` nearest to month and day
        easter,   ///< `plus_days` from Easter Sunday
        table,    ///< as the law lists it, year by year
    };
    std::string id{};
    std::string name{};
    Kind kind = Kind::fixed;
    unsigned month = 1;
    unsigned day = 1;
    std::chrono::weekday weekday = std::chrono::Monday;
    int nth = 1;
    int plus_days = 0;
    std::map<int, Day> days_by_year{};
    /// On these weekdays it is observed on the next such other weekday instead: Saturday → Monday, Sunday → Tuesday.
    std::vector<std::pair<std::chrono::weekday, std::chrono::weekday>> moved{};
    bool steps_aside = false;            ///< moves to the next day that is no other holiday of the whole country
    std::vector<std::string> regions{};  ///< only there; empty: everywhere
    int first_year = 0;
    int last_year = 9999;

    /// The day on which it is observed in that year, or nothing if there is none. (A calendar lets it step aside.)
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
/// Holidays are laid out from `year_first` to `year_last`; before and after, only weekends are seen.
/// May be used from several threads.
class BusinessCalendar {
public:
    static constexpr int year_first = 1970;
    static constexpr int year_last = 2199;

    /// @param week  office hours by weekday, Sunday first (as std::chrono::weekday::c_encoding counts)
    /// @return Error::invalid if no weekday has hours, or a day ends before it begins
    static Result<BusinessCalendar> make(TimeZone zone, std::array<OfficeHours, 7> week,
                                         std::vector<HolidayRule> rules);

    /// The holiday on that day, or nullptr. A regional one is seen only with its region.
    const HolidayRule* holiday(Day day, std::string_view region = {}) const;
    /// All holidays of a year with the days on which they are observed, in order.
    std::vector<std::pair<Day, const HolidayRule*>> holidays(int year, std::string_view region = {}) const;
    /// Neither a holiday nor a weekday without office hours.
    bool is_business_day(Day day, std::string_view region = {}) const;
    bool is_business_time(UtcSeconds at, std::string_view region = {}) const;

    /// When that much business time has gone by. It stands still outside office hours; the end of a day's hours is
    /// given as the end of that day, not as the beginning of the next.
    UtcSeconds add_business_time(UtcSeconds from, std::chrono::minutes amount, std::string_view region = {}) const;
    /// The close of the `count`th business day after the day of `from`, which does not count itself. 0 gives the close
    /// of that day itself, or `from` if it is none or has closed.
    UtcSeconds add_business_days(UtcSeconds from, int count, std::string_view region = {}) const;
    /// How much business time lies between; negative if `until` is before `from`.
    std::chrono::minutes business_time_between(UtcSeconds from, UtcSeconds until, std::string_view region = {}) const;

    const TimeZone& zone() const { return zone_; }

private:
    struct Span {
        UtcSeconds from;
        UtcSeconds until;
    };
    BusinessCalendar(TimeZone zone, std::array<OfficeHours, 7> week) : zone_(std::move(zone)), week_(week) {}
    void lay_out(std::vector<HolidayRule> rules);
    std::optional<Span> hours_of(Day day, std::string_view region) const;

    TimeZone zone_;
    std::array<OfficeHours, 7> week_;
    std::shared_ptr<const std::vector<HolidayRule>> rules_;
    std::vector<std::pair<Day, const HolidayRule*>> laid_out_;  ///< by day
};

}  // namespace tideline
