#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "base/result.h"
#include "web/http.h"

/// What is done when more comes than can be taken. Nothing here ever refuses a person for good: a shared address is
/// no fault. Everything lives in memory only and knows sources by their token.
namespace tideline::web {

/// A clock that tests can turn.
using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;

/// How a report, or a message, is taken just now.
enum class Pressure {
    normal,      ///< as always
    wait,        ///< not yet: show the wait page, which sends the same form again after `wait_s`
    text_only,   ///< take the text, not the files
    quarantine,  ///< take the text, keep it apart until an officer releases or discards it
};
const char* name_of(Pressure pressure);

struct FloodLimits {
    double source_burst = 10;      ///< reports one source may send at once
    double source_per_minute = 2;  ///< and how many it gets back
    double global_burst = 200;     ///< the same for everybody together
    double global_per_minute = 600;
    double text_only_debt = 1.0;   ///< as a multiple of the burst: from here waiting people send text only
    double quarantine_debt = 3.0;  ///< from here what they send is kept apart
    double debt_max = 4.0;         ///< no debt grows beyond this, so that every flood ends
    std::uint32_t wait_s_min = 5;
    std::uint32_t wait_s_max = 60;
    std::size_t sources_max = 20'000;  ///< sources remembered; the one not seen for longest is forgotten
};

struct Admission {
    Pressure pressure = Pressure::normal;
    std::uint32_t wait_s = 0;  ///< with Pressure::wait
};

/// Token buckets per source and for all. Safe from several threads.
class FloodGate {
public:
    FloodGate(FloodLimits limits, SteadyClock clock);

    /// Asks to send one report. `has_waited`: this is the wait page coming back (the page proves it), so it is taken
    /// now, at the level that the debt of its source or of all demands. Draws one token unless the answer is `wait`.
    Admission admit(const SourceToken& source, bool has_waited);

    /// Sources remembered at the moment.
    std::size_t sources() const;

private:
    struct Bucket {
        double tokens = 0;  ///< below 0: debt
        std::chrono::steady_clock::time_point seen;
    };
    struct TokenHash {
        std::size_t operator()(const SourceToken& token) const;
    };
    using Entry = std::pair<SourceToken, Bucket>;

    void refill(Bucket& bucket, double burst, double per_minute, std::chrono::steady_clock::time_point now) const;
    Bucket& bucket_of(const SourceToken& source, std::chrono::steady_clock::time_point now);

    const FloodLimits limits_;
    const SteadyClock clock_;
    mutable std::mutex mutex_;
    Bucket global_;
    std::list<Entry> by_age_;  ///< last used first
    std::unordered_map<SourceToken, std::list<Entry>::iterator, TokenHash> by_source_;
};

/// Lets a few threads at once do something expensive (Argon2id), a few more wait, and turns the rest away at once.
/// Safe from several threads.
class BoundedGate {
public:
    BoundedGate(std::size_t at_once, std::size_t waiting_max);

    /// Holds one place until it is destroyed. The gate outlives its passes.
    class Pass {
    public:
        Pass(Pass&& from) noexcept : gate_(std::exchange(from.gate_, nullptr)) {}
        Pass& operator=(Pass&&) = delete;
        ~Pass();

    private:
        friend class BoundedGate;
        explicit Pass(BoundedGate* gate) : gate_(gate) {}
        BoundedGate* gate_;
    };

    /// Waits for a place, in the order of coming. Error::busy if waiting_max are waiting already or `patience` ran out.
    Result<Pass> enter(std::chrono::milliseconds patience);

private:
    const std::size_t at_once_;
    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::size_t inside_ = 0;
    std::list<int> waiting_;  ///< one node a waiter; the front goes next
};

}  // namespace tideline::web
