#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tideline::test {

/// An answer as it came over the wire.
struct HttpAnswer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;

    std::string header(std::string_view name) const {
        for (const auto& [key, value] : headers)
            if (key == name) return value;
        return "";
    }
};

/// A socket on loopback that says exactly what the test wants, also what no browser would. Throws std::runtime_error
/// if the other side closes or says nothing for 20 s.
class HttpClient {
public:
    explicit HttpClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{20, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
            throw std::runtime_error("cannot connect");
    }
    ~HttpClient() { close(); }
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// False if the other side does not take it any more.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void finish_sending() { ::shutdown(socket_, SHUT_WR); }
    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }

    /// The next answer. `has_body` false for an answer to HEAD.
    HttpAnswer answer(bool has_body = true) {
        HttpAnswer answer;
        const std::string status_line = line();
        if (!status_line.starts_with("HTTP/1.1 ")) throw std::runtime_error("no status line: " + status_line);
        answer.status = std::atoi(status_line.c_str() + 9);
        for (std::string text = line(); !text.empty(); text = line()) {
            const std::size_t colon = text.find(": ");
            std::string name = text.substr(0, colon);
            std::transform(name.begin(), name.end(), name.begin(),
                           [](char letter) { return static_cast<char>(std::tolower(letter)); });
            answer.headers.emplace_back(name, text.substr(colon + 2));
        }
        if (!has_body || answer.status == 100 || answer.status == 204) return answer;
        if (answer.header("transfer-encoding") == "chunked") {
            for (std::size_t bytes = chunk_size(); bytes > 0; bytes = chunk_size()) {
                answer.body += take(bytes);
                line();
            }
            line();
        } else if (!answer.header("content-length").empty()) {
            answer.body = take(static_cast<std::size_t>(std::stoull(answer.header("content-length"))));
        } else {
            while (receive()) {
            }
            answer.body = std::exchange(received_, "");
        }
        return answer;
    }

    HttpAnswer request(std::string_view bytes, bool has_body = true) {
        send(bytes);
        return answer(has_body);
    }

    /// True if the other side has closed and nothing is left to read.
    bool is_closed() { return received_.empty() && !receive(); }

private:
    bool receive() {
        char bytes[16384];
        const ssize_t count = ::recv(socket_, bytes, sizeof(bytes), 0);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("no answer in time");
        if (count <= 0) return false;
        received_.append(bytes, static_cast<std::size_t>(count));
        return true;
    }
    std::string line() {
        std::size_t end = received_.find("\r\n");
        while (end == std::string::npos) {
            if (!receive()) throw std::runtime_error("closed in the middle of a line: " + received_);
            end = received_.find("\r\n");
        }
        std::string text = received_.substr(0, end);
        received_.erase(0, end + 2);
        return text;
    }
    std::string take(std::size_t bytes) {
        while (received_.size() < bytes)
            if (!receive()) throw std::runtime_error("closed in the middle of a body");
        std::string taken = received_.substr(0, bytes);
        received_.erase(0, bytes);
        return taken;
    }
    std::size_t chunk_size() { return static_cast<std::size_t>(std::stoull(line(), nullptr, 16)); }

    int socket_;
    std::string received_;
};

/// GET on a new connection.
inline HttpAnswer http_get(std::uint16_t port, const std::string& path, const std::string& more_headers = "") {
    HttpClient client(port);
    return client.request("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more_headers +
                          "\r\n");
}

/// POST of an urlencoded form on a new connection.
inline HttpAnswer http_post(std::uint16_t port, const std::string& path, const std::string& form,
                            const std::string& more_headers = "") {
    HttpClient client(port);
    return client.request("POST " + path +
                          " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                          "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                          std::to_string(form.size()) + "\r\n" + more_headers + "\r\n" + form);
}

}  // namespace tideline::test
