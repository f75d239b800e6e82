#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tideline::test {

/// A mail server on loopback that keeps what it is given. One mail at a time; AUTH PLAIN is accepted and noted.
class FakeSmtp {
public:
    struct Received {
        std::string from;
        std::string to;
        std::string message;  ///< headers and body, lines end in CR LF
        std::string auth;     ///< the argument of AUTH PLAIN, base64
    };

    /// `refuses`: every recipient is refused with 550.
    explicit FakeSmtp(bool refuses = false) : refuses_(refuses), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(address);
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0)
            throw std::runtime_error("the fake mail server cannot listen");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~FakeSmtp() {
        is_over_ = true;
        thread_.join();
        ::close(listener_);
    }
    FakeSmtp(const FakeSmtp&) = delete;
    FakeSmtp& operator=(const FakeSmtp&) = delete;

    std::uint16_t port() const { return port_; }
    /// Refuses every recipient from now on, or no more.
    void refuse(bool on) { refuses_ = on; }

    std::vector<Received> mails() const {
        const std::lock_guard lock(mutex_);
        return mails_;
    }
    /// Waits up to 20 s for so many mails in all.
    bool wait_for(std::size_t count) const {
        std::unique_lock lock(mutex_);
        return arrived_.wait_for(lock, std::chrono::seconds(20), [&] { return mails_.size() >= count; });
    }

private:
    /// True if there is something to read before the end of this server.
    bool wait_readable(int socket) const {
        while (!is_over_) {
            pollfd poll{socket, POLLIN, 0};
            if (::poll(&poll, 1, 20) > 0) return true;
        }
        return false;
    }

    void serve() {
        while (wait_readable(listener_)) {
            const int socket = ::accept(listener_, nullptr, nullptr);
            if (socket < 0) continue;
            talk(socket);
            ::close(socket);
        }
    }

    std::optional<std::string> line(int socket, std::string& buffer) const {
        std::size_t end = buffer.find("\r\n");
        while (end == std::string::npos) {
            char bytes[4096];
            if (!wait_readable(socket)) return std::nullopt;
            const ssize_t count = ::recv(socket, bytes, sizeof(bytes), 0);
            if (count <= 0) return std::nullopt;
            buffer.append(bytes, static_cast<std::size_t>(count));
            end = buffer.find("\r\n");
        }
        std::string text = buffer.substr(0, end);
        buffer.erase(0, end + 2);
        return text;
    }

    static void say(int socket, std::string_view text) {
        const std::string bytes = std::string(text) + "\r\n";
        [[maybe_unused]] const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

    void talk(int socket) {
        std::string buffer;
        Received mail;
        say(socket, "220 fake ESMTP");
        while (const auto command = line(socket, buffer)) {
            if (command->starts_with("EHLO")) {
                say(socket, "250-fake\r\n250 AUTH PLAIN");
            } else if (command->starts_with("AUTH PLAIN")) {
                mail.auth = command->size() > 11 ? command->substr(11) : "";
                if (mail.auth.empty()) {
                    say(socket, "334 ");
                    mail.auth = line(socket, buffer).value_or("");
                }
                say(socket, "235 ok");
            } else if (command->starts_with("MAIL FROM:")) {
                mail.from = command->substr(10);
                say(socket, "250 ok");
            } else if (command->starts_with("RCPT TO:")) {
                mail.to = command->substr(8);
                say(socket, refuses_ ? "550 no such person" : "250 ok");
            } else if (*command == "DATA") {
                say(socket, "354 go on");
                take_message(socket, buffer, mail);
            } else if (*command == "QUIT") {
                say(socket, "221 bye");
                return;
            } else {
                say(socket, "250 ok");
            }
        }
    }

    void take_message(int socket, std::string& buffer, Received& mail) {
        mail.message.clear();
        while (const auto text = line(socket, buffer)) {
            if (*text == ".") {
                {
                    const std::lock_guard lock(mutex_);
                    mails_.push_back(mail);
                }
                arrived_.notify_all();
                say(socket, "250 taken");
                return;
            }
            mail.message += (text->starts_with('.') ? text->substr(1) : *text) + "\r\n";
        }
    }

    std::atomic<bool> refuses_;
    const int listener_;
    std::uint16_t port_ = 0;
    std::atomic<bool> is_over_{false};
    mutable std::mutex mutex_;
    mutable std::condition_variable arrived_;
    std::vector<Received> mails_;
    std::thread thread_;
};

}  // namespace tideline::test
