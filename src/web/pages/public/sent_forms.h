#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <map>
#include <mutex>
#include <optional>

#include "base/time.h"
#include "vault/receipt.h"
#include "web/pages/public/report_form.h"

namespace tideline::web::pages {

/// Forms that were sent a little while ago, so that one that comes twice (pressed again on a slow line, a page loaded
/// again) makes one report with one receipt. Lives in memory only, and briefly: afterwards, or once a word of it was
/// changed, the form makes a new report. Safe from several threads.
class SentForms {
public:
    /// How long a form is remembered, and how many are: the oldest is forgotten first.
    static constexpr std::int64_t age_ms_max = 10 * minute_ms;
    static constexpr std::size_t forms_max = 20'000;

    /// What became of a form.
    struct Outcome {
        vault::Receipt receipt;
        std::size_t files = 0;
        bool quarantined = false;
    };

    /// The right to send a form: nobody else sends the same one until it is used or destroyed. SentForms outlives it.
    class Turn {
    public:
        Turn(Turn&& from) noexcept : forms_(std::exchange(from.forms_, nullptr)), key_(from.key_) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn();
        /// The form was stored under that receipt.
        void sent(const vault::Receipt& receipt, std::size_t files, bool quarantined);

    private:
        friend class SentForms;
        Turn(SentForms* forms, const vault::Key32& key) : forms_(forms), key_(key) {}
        SentForms* forms_;
        vault::Key32 key_;
    };

    explicit SentForms(const Clock& clock);

    /// What to do with a form that is sent now. Neither turn nor outcome: the same form is still on its way.
    struct Claim {
        std::optional<Turn> turn;
        std::optional<Outcome> outcome;
    };
    /// Waits for up to `patience` while the same form is on its way.
    Claim claim(const ReportForm& form, std::chrono::milliseconds patience);
    /// The right to send a form again whose report is gone.
    Turn claim_anew(const ReportForm& form);

private:
    struct Entry {
        vault::Key32 key;
        Instant since;
        std::optional<Outcome> outcome;  ///< nothing while it is on its way
    };
    using ByAge = std::list<Entry>;

    vault::Key32 key_of(const ReportForm& form) const;
    void begin_turn(const vault::Key32& key);
    void forget(const vault::Key32& key);
    void forget_old();

    const Clock& clock_;
    vault::Secret<vault::Key32> key_;
    std::mutex mutex_;
    std::condition_variable changed_;
    ByAge by_age_;  ///< oldest first
    std::map<vault::Key32, ByAge::iterator> by_key_;
};

}  // namespace tideline::web::pages
