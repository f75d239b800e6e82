// The HTTP edge: requests per second of a small page, memory while 500 MB arrive, memory while 50 slow uploads and 500
// idle connections are open. Rerun: build/bench/bench_web_edge
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "web/server.h"

namespace {

using namespace tideline;
using namespace tideline::web;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }

/// A field of /proc/self/status in MiB.
double memory_mib(const std::string& field) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field + ":")) return std::stod(line.substr(field.size() + 1)) / 1024;
    return 0;
}

/// Starts VmHWM anew, so that it says what the next part needs at most.
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

std::atomic<std::uint64_t> taken{0};

class DroppingSink : public MultipartSink {
public:
    Verdict on_field(std::string, SecretText) override { return Verdict::accept; }
    Verdict on_file_begin(std::string, std::string, std::string) override { return Verdict::accept; }
    Verdict on_file_data(std::span<const char> data) override {
        taken += data.size();
        return Verdict::accept;
    }
    Verdict on_file_end() override { return Verdict::accept; }
    Response finish() override { return Response::text("taken"); }
    void abort() override {}
};

class Socket {
public:
    explicit Socket(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) std::perror("connect");
    }
    ~Socket() { ::close(socket_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// Reads until `ending` has come.
    bool read_to(std::string_view ending) {
        std::string got;
        char bytes[8192];
        while (!got.ends_with(ending)) {
            const ssize_t count = ::recv(socket_, bytes, sizeof(bytes), 0);
            if (count <= 0) return false;
            got.append(bytes, static_cast<std::size_t>(count));
        }
        return true;
    }

private:
    int socket_;
};

std::string upload_head(std::uint64_t length) {
    return "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
           std::to_string(length) + "\r\n\r\n";
}
const std::string file_begin = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.bin\"\r\n\r\n";
const std::string file_end = "\r\n--b--\r\n";

void measure_requests(std::uint16_t port) {
    constexpr int connections = 8;
    constexpr int requests_each = 5000;
    const auto began = Clock::now();
    std::vector<std::thread> threads;
    for (int count = 0; count < connections; ++count)
        threads.emplace_back([port] {
            Socket socket(port);
            for (int number = 0; number < requests_each; ++number) {
                socket.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                if (!socket.read_to("</html>")) std::puts("no answer");
            }
        });
    for (std::thread& thread : threads) thread.join();
    std::printf("small page, %d connections, client on the same cores: %.0f requests/s\n", connections,
                connections * requests_each / seconds_since(began));
}

void measure_large_upload(std::uint16_t port) {
    forget_peak();
    const double before = memory_mib("VmRSS");
    const std::string chunk(1 << 20, 'x');
    const auto began = Clock::now();
    Socket socket(port);
    socket.send(upload_head(file_begin.size() + 476 * chunk.size() + file_end.size()) + file_begin);
    for (int count = 0; count < 476; ++count) socket.send(chunk);
    socket.send(file_end);
    const bool is_taken = socket.read_to("taken");
    std::printf("500 MB upload: %s, %.0f MB/s, memory +%.1f MiB at most (budget: constant)\n",
                is_taken ? "taken" : "LOST", 476 * 1.048576 / seconds_since(began), memory_mib("VmHWM") - before);
}

void measure_slow_uploads(std::uint16_t port) {
    forget_peak();
    const double before = memory_mib("VmRSS");
    const std::string piece(100'000, 'x');
    std::vector<std::unique_ptr<Socket>> uploads;
    taken = 0;
    for (int count = 0; count < 50; ++count) {
        uploads.push_back(std::make_unique<Socket>(port));
        uploads.back()->send(upload_head(file_begin.size() + 2 * piece.size() + file_end.size()) + file_begin + piece);
    }
    while (taken < 50 * 90'000) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const double during = memory_mib("VmRSS");
    const auto began = Clock::now();
    Socket other(port);
    other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    other.read_to("</html>");
    const double page_ms = seconds_since(began) * 1000;
    for (const auto& upload : uploads) upload->send(piece + file_end);
    int taken_count = 0;
    for (const auto& upload : uploads) taken_count += upload->read_to("taken");
    std::printf("50 slow uploads: %d taken, memory +%.1f MiB, a page meanwhile in %.2f ms\n", taken_count,
                during - before, page_ms);

    const double idle_before = memory_mib("VmRSS");
    std::vector<std::unique_ptr<Socket>> idle;
    for (int count = 0; count < 500; ++count) {
        idle.push_back(std::make_unique<Socket>(port));
        idle.back()->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        idle.back()->read_to("</html>");
    }
    std::printf("500 idle connections: memory +%.1f MiB\n", memory_mib("VmRSS") - idle_before);
}

}  // namespace

int main() {
    Router router;
    router.add(Route::get(Site::public_site, "/", "home", [](Request&) {
        return Response::html("<!doctype html><html>" + std::string(4000, 'x') + "</html>");
    }));
    router.add(Route::upload(Site::public_site, "/upload", "upload",
                             [](Request&) { return std::make_unique<DroppingSink>(); }));
    ServerOptions options;
    options.listeners = {{Site::public_site, "127.0.0.1", 0}};
    const auto began = Clock::now();
    const auto server = Server::start(std::move(options), std::move(router));
    if (!server) {
        std::puts(server.error().message.c_str());
        return 1;
    }
    const std::uint16_t port = (*server)->port(Site::public_site);
    std::printf("start: %.1f ms, %.1f MiB\n", seconds_since(began) * 1000, memory_mib("VmRSS"));
    measure_requests(port);
    measure_large_upload(port);
    measure_slow_uploads(port);
    return 0;
}
