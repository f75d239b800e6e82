#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "access/service.h"
#include "base/time.h"
#include "intake/service.h"
#include "web/smtp.h"

namespace tideline::web {

/// Tells the members of a team by mail that something waits; never what, from whom or how much. Looks again and again
/// on a thread of its own, in the staff process only. A team is written to at most once in between_mails_ms; what comes
/// meanwhile is told with its next mail. What is urgent does not wait for that: it has such a limit of its own. A mail
/// that could not be handed in is tried again. A team leaves the list of waiting teams once it was told, so a process
/// that ends in between tells it again.
class Notifier {
public:
    struct Parts {
        store::Database& database;
        access::Access& access;
        const Clock& clock;
        SmtpServer server;
        std::string from;       ///< "tideline@agency.example"
        std::string staff_url;  ///< where the link in the mail leads
        std::function<void(std::string_view sentence)>
            complain;  ///< told when a mail could not be handed in; may be empty
    };

    static constexpr std::int64_t between_mails_ms = 10 * minute_ms;
    static constexpr std::chrono::seconds default_period{30};

    /// Begins to look every `period`.
    explicit Notifier(Parts parts, std::chrono::milliseconds period = default_period);
    /// For tests: looks only when look() is called.
    static Notifier idle(Parts parts) { return Notifier(std::move(parts), NoThread()); }
    /// Stops; waits for a mail that is on its way.
    ~Notifier();
    Notifier(const Notifier&) = delete;
    Notifier& operator=(const Notifier&) = delete;

    /// Looks once: how many mails were handed in. One thread at a time.
    std::size_t look();

private:
    struct NoThread {};
    Notifier(Parts parts, NoThread) : parts_(std::move(parts)) {}
    void run(std::chrono::milliseconds period);
    struct Written {
        std::size_t addresses = 0;
        std::size_t handed_in = 0;
    };
    Written write_to(const TeamId& team, bool urgent);
    bool is_too_soon(const TeamId& team, bool urgent) const;

    Parts parts_;
    std::map<TeamId, Instant> last_mails_;
    std::map<TeamId, Instant> last_urgent_mails_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tideline::web
