#include "web/flood.h"

#include <string.h>

#include <algorithm>
#include <cmath>

namespace tideline::web {

const char* name_of(Pressure pressure) {
    switch (pressure) {
        case Pressure::normal: return "normal";
        case Pressure::wait: return "wait";
        case Pressure::text_only: return "text_only";
        case Pressure::quarantine: return "quarantine";
    }
    return "normal";
}

std::size_t FloodGate::TokenHash::operator()(const SourceToken& token) const {
    std::size_t hash = 0;  // the token is a keyed hash already
    ::memcpy(&hash, token.bytes.data(), sizeof(hash));
    return hash;
}

FloodGate::FloodGate(FloodLimits limits, SteadyClock clock) : limits_(limits), clock_(std::move(clock)) {
    global_ = {limits_.global_burst, clock_()};
}

void FloodGate::refill(Bucket& bucket, double burst, double per_minute,
                       std::chrono::steady_clock::time_point now) const {
    const double minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.seen).count();
    bucket.tokens = std::min(burst, bucket.tokens + std::max(0.0, minutes) * per_minute);
    bucket.seen = std::max(bucket.seen, now);
}

FloodGate::Bucket& FloodGate::bucket_of(const SourceToken& source, std::chrono::steady_clock::time_point now) {
    const auto known = by_source_.find(source);
    if (known != by_source_.end()) {
        by_age_.splice(by_age_.begin(), by_age_, known->second);
        return by_age_.front().second;
    }
    if (by_source_.size() >= limits_.sources_max && !by_age_.empty()) {
        by_source_.erase(by_age_.back().first);
        by_age_.pop_back();
    }
    by_age_.emplace_front(source, Bucket{limits_.source_burst, now});
    by_source_[source] = by_age_.begin();
    return by_age_.front().second;
}

Admission FloodGate::admit(const SourceToken& source, bool has_waited) {
    const std::lock_guard lock(mutex_);
    const auto now = clock_();
    Bucket& own = bucket_of(source, now);
    refill(own, limits_.source_burst, limits_.source_per_minute, now);
    refill(global_, limits_.global_burst, limits_.global_per_minute, now);

    const bool has_tokens = own.tokens >= 1 && global_.tokens >= 1;
    if (!has_tokens && !has_waited) {
        const auto seconds_until_one = [](const Bucket& bucket, double per_minute) {
            return std::max(0.0, 1 - bucket.tokens) / per_minute * 60;
        };
        const double needed = std::max(seconds_until_one(own, limits_.source_per_minute),
                                       seconds_until_one(global_, limits_.global_per_minute));
        const double bounded = std::clamp(std::ceil(needed), static_cast<double>(limits_.wait_s_min),
                                          static_cast<double>(limits_.wait_s_max));
        return {Pressure::wait, static_cast<std::uint32_t>(bounded)};
    }

    const double debt = std::max({0.0, -own.tokens / limits_.source_burst, -global_.tokens / limits_.global_burst});
    own.tokens = std::max(own.tokens - 1, -limits_.debt_max * limits_.source_burst);
    global_.tokens = std::max(global_.tokens - 1, -limits_.debt_max * limits_.global_burst);
    if (debt >= limits_.quarantine_debt) return {Pressure::quarantine, 0};
    if (debt >= limits_.text_only_debt) return {Pressure::text_only, 0};
    return {Pressure::normal, 0};
}

std::size_t FloodGate::sources() const {
    const std::lock_guard lock(mutex_);
    return by_source_.size();
}

BoundedGate::BoundedGate(std::size_t at_once, std::size_t waiting_max)
    : at_once_(std::max<std::size_t>(at_once, 1)), waiting_max_(waiting_max) {}

Result<BoundedGate::Pass> BoundedGate::enter(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    if (inside_ < at_once_ && waiting_.empty()) {
        ++inside_;
        return Pass(this);
    }
    if (waiting_.size() >= waiting_max_)
        return Error{ErrorKind::busy, "Too many people at this moment; try again in a minute."};
    const auto me = waiting_.insert(waiting_.end(), 0);
    const bool is_my_turn =
        freed_.wait_for(lock, patience, [&] { return inside_ < at_once_ && waiting_.begin() == me; });
    waiting_.erase(me);
    freed_.notify_all();  // whoever is behind me may be next now
    if (!is_my_turn) return Error{ErrorKind::busy, "Too many people at this moment; try again in a minute."};
    ++inside_;
    return Pass(this);
}

BoundedGate::Pass::~Pass() {
    if (gate_ == nullptr) return;
    const std::lock_guard lock(gate_->mutex_);
    --gate_->inside_;
    gate_->freed_.notify_all();
}

}  // namespace tideline::web
