#pragma once
#include <chrono>
#include <memory>

#include "web/detail/asio.h"

namespace tideline::web::detail {

/// Cancels what a socket is doing when time is up, and leaves the socket open, so that an answer can still be sent.
/// Lives on the one thread of its socket. One timer runs at a time and looks, when it fires, whether the deadline has
/// moved: setting a later deadline costs nothing.
class Deadline {
public:
    explicit Deadline(tcp::socket& socket) : state_(std::make_shared<State>(socket)) {}
    ~Deadline() {
        state_->socket = nullptr;
        state_->timer.cancel();
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    void set(std::chrono::milliseconds from_now) { set_at(std::chrono::steady_clock::now() + from_now); }
    void set_at(std::chrono::steady_clock::time_point at) {
        state_->at = at;
        state_->is_armed = true;
        state_->has_expired = false;
        if (!state_->is_waiting || state_->waits_for > at) wait(state_);
    }
    void clear() { state_->is_armed = false; }
    /// True if it was this deadline that ended the operation.
    bool has_expired() const { return state_->has_expired; }

private:
    struct State {
        explicit State(tcp::socket& of) : timer(of.get_executor()), socket(&of) {}
        net::steady_timer timer;
        tcp::socket* socket;
        std::chrono::steady_clock::time_point at;
        std::chrono::steady_clock::time_point waits_for;
        bool is_armed = false;
        bool is_waiting = false;
        bool has_expired = false;
    };

    static void wait(const std::shared_ptr<State>& state) {
        state->is_waiting = true;
        state->waits_for = state->at;
        state->timer.expires_at(state->at);
        state->timer.async_wait([state](const ErrorCode& error) {
            if (error || state->socket == nullptr) return;
            state->is_waiting = false;
            if (!state->is_armed) return;
            if (std::chrono::steady_clock::now() < state->at) return wait(state);
            state->has_expired = true;
            state->is_armed = false;
            ErrorCode ignored;
            state->socket->cancel(ignored);
        });
    }

    std::shared_ptr<State> state_;
};

}  // namespace tideline::web::detail
