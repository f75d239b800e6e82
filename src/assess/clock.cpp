#include "assess/clock.h"

namespace tideline::assess {

UtcSeconds due(const ClockLength& length, UtcSeconds from, const BusinessCalendar& calendar, std::string_view region) {
    switch (length.unit) {
        case ClockLength::Unit::minutes: return from + std::chrono::minutes(length.amount);
        case ClockLength::Unit::hours: return from + std::chrono::hours(length.amount);
        case ClockLength::Unit::working_days: return calendar.add_business_days(from, length.amount, region);
        case ClockLength::Unit::same_day: {
            const TimeZone& zone = calendar.zone();
            return zone.instant(zone.day(from) + std::chrono::days(1));
        }
    }
    return from;
}

}  // namespace tideline::assess
