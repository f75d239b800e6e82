#include "base/calendar.h"

#include <fmt/format.h>
#include <unicode/basictz.h>
#include <unicode/timezone.h>

#include <algorithm>

namespace tideline {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_seconds;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::weekday;
using std::chrono::year;

struct TimeZone::Zone {
    std::unique_ptr<icu::BasicTimeZone> icu;
};

Result<TimeZone> TimeZone::named(std::string_view name) {
    const Error unknown{ErrorKind::invalid,
                        fmt::format("there is no time zone '{}'; write its IANA name, as in Europe/Paris", name)};
    const auto wanted = icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())});
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString canonical;
    UBool is_system = 0;
    icu::TimeZone::getCanonicalID(wanted, canonical, is_system, status);
    if (U_FAILURE(status) || !is_system) return unknown;
    std::unique_ptr<icu::TimeZone> made(icu::TimeZone::createTimeZone(wanted));
    auto* basic = dynamic_cast<icu::BasicTimeZone*>(made.get());
    if (!basic) return unknown;
    made.release();
    return TimeZone(std::make_shared<Zone>(Zone{std::unique_ptr<icu::BasicTimeZone>(basic)}));
}

local_seconds TimeZone::wall_clock(UtcSeconds at) const {
    int32_t raw = 0;
    int32_t summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    const auto since_epoch = milliseconds(at.time_since_epoch());
    zone_->icu->getOffset(static_cast<UDate>(since_epoch.count()), false, raw, summer, status);
    return local_seconds(at.time_since_epoch() + floor<seconds>(milliseconds(raw + summer)));
}

UtcSeconds TimeZone::instant(local_seconds wall) const {
    int32_t raw = 0;
    int32_t summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    const auto since_epoch = milliseconds(wall.time_since_epoch());
    zone_->icu->getOffsetFromLocal(static_cast<UDate>(since_epoch.count()), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER,
                                   raw, summer, status);
    return UtcSeconds(wall.time_since_epoch() - floor<seconds>(milliseconds(raw + summer)));
}

Day easter_sunday(year of) {
    const int y = static_cast<int>(of);
    const int a = y % 19;
    const int b = y / 100;
    const int c = y % 100;
    const int g = (8 * b + 13) / 25;
    const int h = (19 * a + b - b / 4 - g + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int from_march = h + l - 7 * m + 22;
    return Day(of / std::chrono::March / 1) + days(from_march - 1);
}

namespace {

/// The day of month `nth` asks for, or nothing if the month has no such weekday.
std::optional<Day> nth_weekday(int of_year, const HolidayRule& rule) {
    const auto of_month = year(of_year) / month(rule.month);
    if (rule.nth < 0) {
        const Day last = Day(of_month / std::chrono::last);
        const Day found = last - (weekday(last) - rule.weekday) - days(7 * (-rule.nth - 1));
        return found >= Day(of_month / 1) ? std::optional(found) : std::nullopt;
    }
    const Day first = Day(of_month / 1);
    const Day found = first + (rule.weekday - weekday(first)) + days(7 * (rule.nth - 1));
    return found <= Day(of_month / std::chrono::last) ? std::optional(found) : std::nullopt;
}

Day nearest_weekday(Day day, weekday wanted) {
    const days ahead = wanted - weekday(day);
    return ahead <= days(3) ? day + ahead : day + ahead - days(7);
}

std::optional<Day> as_written(const HolidayRule& rule, int of_year) {
    const auto date = year(of_year) / month(rule.month) / std::chrono::day(rule.day);
    switch (rule.kind) {
        case HolidayRule::Kind::fixed: return date.ok() ? std::optional(Day(date)) : std::nullopt;
        case HolidayRule::Kind::nearest:
            return date.ok() ? std::optional(nearest_weekday(Day(date), rule.weekday)) : std::nullopt;
        case HolidayRule::Kind::nth: {
            const auto found = nth_weekday(of_year, rule);
            return found ? std::optional(*found + days(rule.plus_days)) : std::nullopt;
        }
        case HolidayRule::Kind::easter: return easter_sunday(year(of_year)) + days(rule.plus_days);
        case HolidayRule::Kind::table: {
            const auto found = rule.days_by_year.find(of_year);
            return found != rule.days_by_year.end() ? std::optional(found->second) : std::nullopt;
        }
    }
    return std::nullopt;
}

bool applies_in(const HolidayRule& rule, std::string_view region) {
    return rule.regions.empty() || std::ranges::find(rule.regions, region) != rule.regions.end();
}

}  // namespace

std::optional<Day> HolidayRule::observed(int of_year) const {
    if (of_year < first_year || of_year > last_year) return std::nullopt;
    const auto written = as_written(*this, of_year);
    if (!written) return std::nullopt;
    for (const auto& [from, to] : moved) {
        if (std::chrono::weekday(*written) == from) return *written + (to - from);
    }
    return written;
}

Result<BusinessCalendar> BusinessCalendar::make(TimeZone zone, std::array<OfficeHours, 7> week,
                                                std::vector<HolidayRule> rules) {
    bool any = false;
    for (const OfficeHours& hours : week) {
        if (hours.from < minutes(0) || hours.until > days(1) || hours.until < hours.from) {
            return Error{ErrorKind::invalid, "office hours must lie between 00:00 and 24:00 and end after they begin"};
        }
        any = any || hours.until > hours.from;
    }
    if (!any) return Error{ErrorKind::invalid, "at least one weekday needs office hours"};
    BusinessCalendar calendar(std::move(zone), week);
    calendar.lay_out(std::move(rules));
    return calendar;
}

void BusinessCalendar::lay_out(std::vector<HolidayRule> rules) {
    rules_ = std::make_shared<const std::vector<HolidayRule>>(std::move(rules));
    const auto lay = [&](bool stepping_aside) {
        std::vector<std::pair<Day, const HolidayRule*>> found;
        for (const HolidayRule& rule : *rules_) {
            if (rule.steps_aside != stepping_aside) continue;
            for (int of_year = year_first; of_year <= year_last; ++of_year) {
                auto day = rule.observed(of_year);
                if (!day) continue;
                while (stepping_aside && holiday(*day)) *day += days(1);
                found.emplace_back(*day, &rule);
            }
        }
        laid_out_.insert(laid_out_.end(), found.begin(), found.end());
        std::ranges::stable_sort(laid_out_, {}, [](const auto& entry) { return entry.first; });
    };
    lay(false);
    lay(true);
}

const HolidayRule* BusinessCalendar::holiday(Day day, std::string_view region) const {
    const auto same_day = std::ranges::equal_range(laid_out_, day, {}, [](const auto& entry) { return entry.first; });
    for (const auto& entry : same_day) {
        if (applies_in(*entry.second, region)) return entry.second;
    }
    return nullptr;
}

std::vector<std::pair<Day, const HolidayRule*>> BusinessCalendar::holidays(int of_year, std::string_view region) const {
    const Day first = Day(year(of_year) / std::chrono::January / 1);
    const Day last = Day(year(of_year) / std::chrono::December / 31);
    std::vector<std::pair<Day, const HolidayRule*>> out;
    for (const auto& entry : laid_out_) {
        if (entry.first >= first && entry.first <= last && applies_in(*entry.second, region)) out.push_back(entry);
    }
    return out;
}

std::optional<BusinessCalendar::Span> BusinessCalendar::hours_of(Day day, std::string_view region) const {
    const OfficeHours& hours = week_[weekday(day).c_encoding()];
    if (hours.until <= hours.from || holiday(day, region)) return std::nullopt;
    return Span{zone_.instant(local_seconds(day) + hours.from), zone_.instant(local_seconds(day) + hours.until)};
}

bool BusinessCalendar::is_business_day(Day day, std::string_view region) const {
    return hours_of(day, region).has_value();
}

bool BusinessCalendar::is_business_time(UtcSeconds at, std::string_view region) const {
    const auto hours = hours_of(zone_.day(at), region);
    return hours && at >= hours->from && at < hours->until;
}

namespace {
/// No clock runs longer than this; it also bounds the loops should a pack declare every day a holiday.
constexpr days horizon{366 * 100};
}  // namespace

UtcSeconds BusinessCalendar::add_business_time(UtcSeconds from, minutes amount, std::string_view region) const {
    seconds left = amount;
    if (left <= seconds(0)) return from;
    const Day start = zone_.day(from);
    for (Day day = start; day < start + horizon; day += days(1)) {
        const auto hours = hours_of(day, region);
        if (!hours) continue;
        const UtcSeconds begin = std::max(from, hours->from);
        if (begin >= hours->until) continue;
        if (hours->until - begin >= left) return begin + left;
        left -= hours->until - begin;
    }
    return zone_.instant(local_seconds(start + horizon));
}

UtcSeconds BusinessCalendar::add_business_days(UtcSeconds from, int count, std::string_view region) const {
    const Day start = zone_.day(from);
    if (count <= 0) {
        const auto hours = hours_of(start, region);
        return hours ? std::max(from, hours->until) : from;
    }
    for (Day day = start + days(1); day < start + horizon; day += days(1)) {
        const auto hours = hours_of(day, region);
        if (hours && --count == 0) return hours->until;
    }
    return zone_.instant(local_seconds(start + horizon));
}

minutes BusinessCalendar::business_time_between(UtcSeconds from, UtcSeconds until, std::string_view region) const {
    if (until < from) return -business_time_between(until, from, region);
    seconds sum{0};
    const Day end = std::min(zone_.day(until), zone_.day(from) + horizon);
    for (Day day = zone_.day(from); day <= end; day += days(1)) {
        const auto hours = hours_of(day, region);
        if (!hours) continue;
        const UtcSeconds begin = std::max(from, hours->from);
        const UtcSeconds close = std::min(until, hours->until);
        if (close > begin) sum += close - begin;
    }
    return floor<minutes>(sum);
}

}  // namespace tideline
