#include "web/notifier.h"

#include <exception>

namespace tideline::web {
namespace {

constexpr std::string_view subject = "Something waits for your team";
constexpr std::string_view urgent_subject = "Something urgent waits for your team";

std::string text_for(const std::string& staff_url) {
    return "Something new waits for your team on Tideline.\n\n"
           "Sign in to see it:\n" +
           staff_url +
           "\n\n"
           "For the safety of the people concerned this mail never says what it is. Please do not answer it.\n";
}

}  // namespace

Notifier::Notifier(Parts parts, std::chrono::milliseconds period)
    : parts_(std::move(parts)), thread_([this, period] { run(period); }) {}

Notifier::~Notifier() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Notifier::run(std::chrono::milliseconds period) {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        try {
            look();
        } catch (const std::exception&) {
            // The database is away for the moment; the next round tries again.
            if (parts_.complain) parts_.complain("the list of waiting teams could not be read");
        }
        lock.lock();
        wake_.wait_for(lock, period, [this] { return stopping_; });
    }
}

std::size_t Notifier::look() {
    std::size_t sent = 0;
    std::vector<intake::WaitingTeam> told;
    for (const intake::WaitingTeam& waiting : intake::waiting_teams(parts_.database)) {
        if (is_too_soon(waiting.team, waiting.urgent)) continue;
        const Written mails = write_to(waiting.team, waiting.urgent);
        sent += mails.handed_in;
        if (mails.handed_in == 0 && mails.addresses > 0) continue;
        last_mails_[waiting.team] = parts_.clock.now();
        if (waiting.urgent) last_urgent_mails_[waiting.team] = parts_.clock.now();
        told.push_back(waiting);
    }
    // Only now: a process that ends in between tells a team twice rather than never.
    if (!told.empty() && !intake::forget_waiting(parts_.database, told) && parts_.complain)
        parts_.complain("that teams were told could not be written down");
    return sent;
}

bool Notifier::is_too_soon(const TeamId& team, bool urgent) const {
    const auto& mails = urgent ? last_urgent_mails_ : last_mails_;
    const auto last = mails.find(team);
    return last != mails.end() && parts_.clock.now() - last->second < between_mails_ms;
}

// One mail each, so that nobody sees who else is in the team.
Notifier::Written Notifier::write_to(const TeamId& team, bool urgent) {
    Written written;
    for (const std::string& address : parts_.access.team_emails(team)) {
        ++written.addresses;
        const Status handed_in = send(parts_.server, {.from = parts_.from,
                                                      .to = address,
                                                      .subject = std::string(urgent ? urgent_subject : subject),
                                                      .text = text_for(parts_.staff_url),
                                                      .message_id = ""});
        if (handed_in) {
            ++written.handed_in;
        } else if (parts_.complain) {
            parts_.complain("a mail could not be handed in: " + handed_in.error().message);
        }
    }
    return written;
}

}  // namespace tideline::web
