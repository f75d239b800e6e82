#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "knowledge/detail/readers.h"

namespace tideline::knowledge::detail {

namespace {

using std::chrono::minutes;
using std::chrono::weekday;

constexpr std::array<std::string_view, 7> weekday_names = {"sunday",   "monday", "tuesday", "wednesday",
                                                           "thursday", "friday", "saturday"};

weekday read_weekday(const Yaml& value) {
    using namespace std::chrono;
    return value.as_choice<weekday>({{"monday", Monday},
                                     {"tuesday", Tuesday},
                                     {"wednesday", Wednesday},
                                     {"thursday", Thursday},
                                     {"friday", Friday},
                                     {"saturday", Saturday},
                                     {"sunday", Sunday}},
                                    Monday);
}

Language read_language(const Yaml& entry) {
    Language out;
    out.code = entry.text("code");
    out.name = entry.text("name");
    out.english_name = entry.text("english_name");
    out.direction = entry.maybe_choice<Direction>(
        "direction", {{"left_to_right", Direction::left_to_right}, {"right_to_left", Direction::right_to_left}},
        Direction::left_to_right);
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
    if (!out.code.empty() && (out.code.size() > 20 || !std::ranges::all_of(out.code, letter))) {
        entry.problem(fmt::format("'{}' is not a language code", out.code), "write a BCP 47 code, as in mi or zh-Hans");
    }
    return out;
}

Jurisdiction read_country(const Yaml& file, References& references) {
    Jurisdiction out;
    out.code = file.id("code");
    out.name = file.text("name");
    out.time_zone = file.text("time_zone");
    out.currency = file.text("currency");
    out.age_of_majority = static_cast<int>(file.integer("age_of_majority", 1, 30));
    out.emergency_number = file.text("emergency_number");
    const Yaml exit = file.at("quick_exit");
    if (exit) out.quick_exit = {exit.text("url"), exit.text("name")};
    for (const Yaml& entry : file.list("languages")) {
        out.languages.push_back(read_language(entry));
        const auto same = std::ranges::count(out.languages, out.languages.back().code, &Language::code);
        if (same > 1)
            entry.problem(fmt::format("the language '{}' stands here twice", out.languages.back().code), "keep one");
    }
    for (const Yaml& entry : file.maybe_list("regions")) {
        const auto kind = entry.maybe_choice<RegionKind>("kind",
                                                         {{"council", RegionKind::council},
                                                          {"police_district", RegionKind::police_district},
                                                          {"holiday", RegionKind::holiday}},
                                                         RegionKind::council);
        out.regions.push_back({references.declare("region", entry), entry.text("name"), kind});
    }
    out.provenance = read_provenance(file, file);
    return out;
}

void check_country(const Jurisdiction& country, const Yaml& file) {
    if (country.languages.empty()) file.problem("no language is offered", "list at least the pack's own language");
    if (!country.time_zone.empty()) {
        if (const auto zone = TimeZone::named(country.time_zone); !zone) {
            file.at("time_zone").problem(zone.error().message, "correct the name");
        }
    }
    if (!country.quick_exit.url.empty() && !country.quick_exit.url.starts_with("https://")) {
        file.at("quick_exit").problem("the quick exit does not lead to an https address", "write it as https://…");
    }
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (country.currency.size() != 3 || !std::ranges::all_of(country.currency, capital)) {
        file.problem(fmt::format("'{}' is not a currency", country.currency), "write its three letters, as in EUR");
    }
}

/// MM-DD
bool read_month_day(const Yaml& value, HolidayRule& rule) {
    const std::string text = value.as_text();
    const auto number = [&](std::size_t at, unsigned& into) {
        const char* begin = text.data() + at;
        const auto [end, error] = std::from_chars(begin, begin + 2, into);
        return error == std::errc() && end == begin + 2;
    };
    const bool shaped = text.size() == 5 && text[2] == '-' && number(0, rule.month) && number(3, rule.day);
    const auto day = std::chrono::month(rule.month) / std::chrono::day(rule.day);
    if (shaped && day.ok()) return true;
    if (value) value.problem(fmt::format("'{}' is not a day of the year", text), "write it as MM-DD, as in 12-25");
    rule.month = rule.day = 1;
    return false;
}

void read_nth(const Yaml& value, HolidayRule& rule) {
    rule.kind = HolidayRule::Kind::nth;
    rule.nth = static_cast<int>(value.integer("nth", -5, 5));
    if (rule.nth == 0) value.problem("'nth: 0' finds no day", "count from 1, or from -1 for the last");
    rule.weekday = read_weekday(value.at("weekday"));
    rule.month = static_cast<unsigned>(value.integer("month", 1, 12));
    rule.plus_days = static_cast<int>(value.maybe_integer("plus_days", -60, 60, 0));
}

void read_table(const Yaml& value, HolidayRule& rule) {
    rule.kind = HolidayRule::Kind::table;
    for (const Yaml& entry : value.as_list()) {
        const auto date = entry.as_date();
        if (!date) continue;
        if (!rule.days_by_year.emplace(static_cast<int>(date->year()), Day(*date)).second) {
            entry.problem("this year stands in the table twice", "keep one day a year");
        }
    }
}

void read_rule(const Yaml& entry, HolidayRule& rule) {
    const Yaml fixed = entry.maybe("fixed");
    const Yaml nth = entry.maybe("nth_weekday");
    const Yaml nearest_to = entry.maybe("nearest");
    const Yaml easter = entry.maybe("easter");
    const Yaml table = entry.maybe("table");
    const int given = fixed.present() + nth.present() + nearest_to.present() + easter.present() + table.present();
    if (given != 1) {
        entry.problem(fmt::format("a holiday needs one rule, this one has {}", given),
                      "give one of fixed, nth_weekday, nearest, easter or table");
    }
    if (fixed) {
        rule.kind = HolidayRule::Kind::fixed;
        read_month_day(fixed, rule);
    } else if (nth) {
        read_nth(nth, rule);
    } else if (nearest_to) {
        rule.kind = HolidayRule::Kind::nearest;
        rule.weekday = read_weekday(nearest_to.at("weekday"));
        read_month_day(nearest_to.at("to"), rule);
    } else if (easter) {
        rule.kind = HolidayRule::Kind::easter;
        rule.plus_days = static_cast<int>(easter.as_integer(-60, 60, 0));
    } else if (table) {
        read_table(table, rule);
    }
}

Holiday read_holiday(const Yaml& entry, const Yaml& file, References& references) {
    Holiday out;
    HolidayRule& rule = out.rule;
    rule.id = references.declare("holiday", entry);
    rule.name = entry.text("name");
    read_rule(entry, rule);
    for (const auto& [from, to] : entry.maybe_entries("moved")) {
        const auto found = std::ranges::find(weekday_names, from);
        if (found == weekday_names.end()) {
            to.problem(fmt::format("'{}' is not a weekday", from), "write saturday or another weekday in lower case");
            continue;
        }
        const auto number = static_cast<unsigned>(found - weekday_names.begin());
        rule.moved.emplace_back(weekday(number), read_weekday(to));
    }
    rule.regions = references.use_each("region", entry.maybe("regions"));
    rule.steps_aside = entry.maybe_flag("steps_aside", false);
    rule.first_year = static_cast<int>(entry.maybe_integer("first_year", 0, 9999, 0));
    rule.last_year = static_cast<int>(entry.maybe_integer("last_year", 0, 9999, 9999));
    out.provenance = read_provenance(entry, file);
    return out;
}

/// HH:MM-HH:MM, up to 24:00
OfficeHours read_hours(const Yaml& value) {
    const std::string text = value.as_text();
    const auto time = [&](std::size_t at) -> std::optional<minutes> {
        if (text.size() != 11 || text[at + 2] != ':') return std::nullopt;
        int hour = 0;
        int minute = 0;
        const char* begin = text.data() + at;
        const bool read = std::from_chars(begin, begin + 2, hour).ptr == begin + 2 &&
                          std::from_chars(begin + 3, begin + 5, minute).ptr == begin + 5;
        const bool sound = read && hour >= 0 && minute >= 0 && minute < 60 && hour * 60 + minute <= 24 * 60;
        return sound ? std::optional(minutes(hour * 60 + minute)) : std::nullopt;
    };
    const auto from = time(0);
    const auto until = text.size() == 11 && text[5] == '-' ? time(6) : std::nullopt;
    if (from && until && *from < *until) return {*from, *until};
    value.problem(fmt::format("'{}' are no office hours", text), "write them as 08:30-17:00, up to 24:00");
    return {};
}

}  // namespace

void read_jurisdiction(Yaml file, Reading reading) {
    reading.contents.jurisdiction = read_country(file, reading.references);
    check_country(reading.contents.jurisdiction, file);
}

void read_calendar(Yaml file, Reading reading) {
    const Yaml hours = file.at("office_hours");
    bool any = false;
    for (std::size_t i = 0; i < weekday_names.size() && hours; ++i) {
        const Yaml day = hours.maybe(weekday_names[i]);
        if (day) reading.contents.office_hours[i] = read_hours(day);
        any = any || day.present();
    }
    if (hours && !any) hours.problem("no weekday has office hours", "give at least one, as in  monday: 08:30-17:00");
    const Yaml about_hours = file.at("office_hours_provenance");
    if (about_hours) read_provenance(about_hours, file);
    for (const Yaml& entry : file.list("holidays")) {
        reading.contents.holidays.push_back(read_holiday(entry, file, reading.references));
    }
}

}  // namespace tideline::knowledge::detail
