#pragma once
#include <string_view>

#include "assess/priority.h"
#include "base/calendar.h"

namespace tideline::assess {

/// When a clock that starts at `from` runs out. Minutes and hours run day and night, for danger does not wait for an
/// office; working days end at the office's close, over weekends and the holidays of the country and of the region;
/// "the same day" ends at midnight there.
UtcSeconds due(const ClockLength& length, UtcSeconds from, const BusinessCalendar& calendar,
               std::string_view region = {});

}  // namespace tideline::assess
