#include "web/server.h"

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include "base/text.h"
#include "support/http_client.h"

namespace tideline::web {

using test::http_get;
using test::http_post;
using test::HttpAnswer;
using test::HttpClient;

namespace {

/// What happened to the uploads of a test.
struct UploadLog {
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<std::size_t> largest_piece{0};
    std::atomic<int> finished{0};
    std::atomic<int> aborted{0};
    std::mutex mutex;
    std::condition_variable changed;

    void note(std::atomic<int>& what) {
        const std::lock_guard lock(mutex);
        ++what;
        changed.notify_all();
    }
    bool wait_for(std::atomic<int>& what, int count) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(20), [&] { return what >= count; });
    }
    bool wait_for_bytes(std::uint64_t count) {
        for (int tries = 0; tries < 2000 && bytes < count; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return bytes >= count;
    }
};

/// Counts; refuses files called "refused.txt"; throws at files called "bug.txt".
class CountingSink : public MultipartSink {
public:
    explicit CountingSink(UploadLog& log) : log_(log) {}
    Verdict on_field(std::string name, SecretText value) override {
        fields_ += name + "=" + std::string(value.view()) + ";";
        return Verdict::accept;
    }
    Verdict on_file_begin(std::string, std::string file_name, std::string) override {
        is_refused_ = file_name == "refused.txt";
        if (file_name == "bug.txt") throw std::runtime_error("a bug");
        return is_refused_ ? Verdict::refuse : Verdict::accept;
    }
    Verdict on_file_data(std::span<const char> data) override {
        bytes_ += data.size();
        log_.bytes += data.size();
        log_.largest_piece = std::max(log_.largest_piece.load(), data.size());
        return Verdict::accept;
    }
    Verdict on_file_end() override { return Verdict::accept; }
    Response finish() override {
        log_.note(log_.finished);
        return Response::text(is_refused_ ? "refused " + fields_ : fields_ + std::to_string(bytes_),
                              is_refused_ ? 413 : 200);
    }
    bool on_refused(Refusal refusal) override {
        is_refused_ = refusal == Refusal::too_large;
        return is_refused_;
    }
    void abort() override { log_.note(log_.aborted); }

private:
    UploadLog& log_;
    std::string fields_;
    std::uint64_t bytes_ = 0;
    bool is_refused_ = false;
};

class Zeros : public BodySource {
public:
    Zeros(std::uint64_t bytes, bool fails) : left_(bytes), fails_(fails) {}
    Result<std::size_t> read(std::span<char> into) override {
        if (fails_ && left_ == 0) return Error{ErrorKind::corrupt, "broken"};
        const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(left_, into.size()));
        std::fill_n(into.begin(), bytes, '0');
        left_ -= bytes;
        return bytes;
    }

private:
    std::uint64_t left_;
    bool fails_;
};

/// A server with one route of every kind.
class ServerTest : public testing::Test {
protected:
    std::unique_ptr<Server> start(ServerOptions options = {}) {
        if (options.listeners.empty()) options.listeners = {{Site::public_site, "127.0.0.1", 0}};
        Router router;
        router.add(Route::get(Site::public_site, "/hello/{name}", "hello", [](Request& request) {
            return Response::html("<p>" + std::string(request.param("name")) + "</p>");
        }));
        router.add(Route::post(Site::public_site, "/form", "form", [](Request& request) {
            std::string seen;
            for (const Field& field : request.form.all())
                seen.append(field.name).append("=").append(field.value.view()).append(";");
            return Response::text(seen);
        }));
        router.add(Route::upload(Site::public_site, "/upload", "upload",
                                 [this](Request&) { return std::make_unique<CountingSink>(uploads_); }));
        router.add(Route::get(Site::public_site, "/download", "download", [](Request&) {
            return Response::download(std::make_unique<Zeros>(300'000, false), 300'000, "text/plain",
                                      "Zeugnis für Ana.txt");
        }));
        router.add(Route::get(Site::public_site, "/stream", "stream", [](Request&) {
            Response response;
            response.stream = std::make_unique<Zeros>(200'000, false);
            return response;
        }));
        router.add(Route::get(Site::public_site, "/cut", "cut", [](Request&) {
            Response response;
            response.stream = std::make_unique<Zeros>(100'000, true);
            return response;
        }));
        router.add(Route::get(Site::public_site, "/bug", "bug",
                              [](Request&) -> Response { throw std::runtime_error("secret"); }));
        router.add(Route::get(Site::public_site, "/wait", "wait", [this](Request&) {
            std::unique_lock lock(gate_);
            ++waiting_;
            gate_changed_.notify_all();
            gate_changed_.wait(lock, [this] { return is_open_; });
            return Response::text("waited");
        }));
        router.add(Route::get(Site::public_site, "/source", "source", [](Request& request) {
            return Response::text(text::hex(request.source.bytes) + (request.https ? " https" : " http"));
        }));
        router.add(Route::get(Site::staff_site, "/", "staff.home", [](Request& request) {
            return Response::text(std::any_cast<std::string>(request.session));
        }));
        auto server = Server::start(std::move(options), std::move(router));
        if (!server) throw std::runtime_error(server.error().message);
        return std::move(*server);
    }
    void wait_for_waiting(int count) {
        std::unique_lock lock(gate_);
        gate_changed_.wait(lock, [&] { return waiting_ >= count; });
    }
    void open_gate() {
        const std::lock_guard lock(gate_);
        is_open_ = true;
        gate_changed_.notify_all();
    }

    UploadLog uploads_;
    std::mutex gate_;
    std::condition_variable gate_changed_;
    int waiting_ = 0;
    bool is_open_ = false;
};

constexpr const char* get_hello = "GET /hello/Ana HTTP/1.1\r\nHost: localhost\r\n\r\n";

std::string multipart(const std::string& file_name, const std::string& content) {
    return "--edge\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nkia ora\r\n"
           "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
           file_name + "\"\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n--edge--\r\n";
}

std::string upload_head(std::uint64_t length, const std::string& more = "") {
    return "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=edge\r\n" + more +
           "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

}  // namespace

TEST_F(ServerTest, a_page_is_answered_with_the_headers_of_its_site) {
    const auto server = start();
    const HttpAnswer answer = http_get(server->port(Site::public_site), "/hello/An%C3%A1");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "<p>Aná</p>");
    EXPECT_EQ(answer.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer");
    EXPECT_EQ(answer.header("content-security-policy").find("script-src"), std::string::npos);
    EXPECT_EQ(answer.header("set-cookie"), "");
    EXPECT_EQ(answer.header("server"), "");
}

TEST_F(ServerTest, several_requests_share_one_connection) {
    const auto server = start();
    HttpClient client(server->port(Site::public_site));
    EXPECT_EQ(client.request(get_hello).body, "<p>Ana</p>");
    EXPECT_EQ(client.request(get_hello).body, "<p>Ana</p>");
}

TEST_F(ServerTest, pipelined_requests_are_answered_in_their_order) {
    const auto server = start();
    HttpClient client(server->port(Site::public_site));
    std::string all;
    for (int number = 0; number < 50; ++number)
        all += "GET /hello/" + std::to_string(number) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    const std::string form = "a=1";
    all +=
        "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        "3\r\n\r\na=1";
    all += get_hello;
    client.send(all);
    for (int number = 0; number < 50; ++number)
        EXPECT_EQ(client.answer().body, "<p>" + std::to_string(number) + "</p>");
    EXPECT_EQ(client.answer().body, "a=1;");
    EXPECT_EQ(client.answer().body, "<p>Ana</p>");
}

TEST_F(ServerTest, head_gives_the_headers_of_get_without_the_body) {
    const auto server = start();
    HttpClient client(server->port(Site::public_site));
    const HttpAnswer head = client.request("HEAD /hello/Ana HTTP/1.1\r\nHost: x\r\n\r\n", false);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), "10");
    EXPECT_EQ(client.request("HEAD /download HTTP/1.1\r\nHost: x\r\n\r\n", false).header("content-length"), "300000");
    EXPECT_EQ(client.request(get_hello).body, "<p>Ana</p>");
}

TEST_F(ServerTest, a_wrong_method_is_told_which_ones_are_right) {
    const auto server = start();
    const HttpAnswer post = http_post(server->port(Site::public_site), "/hello/Ana", "a=1");
    EXPECT_EQ(post.status, 405);
    EXPECT_EQ(post.header("allow"), "OPTIONS, GET, HEAD");
    HttpClient client(server->port(Site::public_site));
    EXPECT_EQ(client.request("DELETE /form HTTP/1.1\r\nHost: x\r\n\r\n").header("allow"), "OPTIONS, POST");
    const HttpAnswer options = client.request("OPTIONS /form HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("allow"), "OPTIONS, POST");
}

TEST_F(ServerTest, an_unknown_page_is_not_found_and_the_connection_goes_on) {
    const auto server = start();
    HttpClient client(server->port(Site::public_site));
    const HttpAnswer answer = client.request("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(answer.status, 404);
    EXPECT_NE(answer.body.find("no such page"), std::string::npos);
    EXPECT_EQ(client.request(get_hello).status, 200);
}

TEST_F(ServerTest, a_path_that_climbs_is_refused) {
    const auto server = start();
    for (const char* path :
         {"/../etc/passwd", "/%2e%2e/etc/passwd", "/hello/..%2fx", "/hello/%00", "/hello/%c0%ae", "//x"})
        EXPECT_EQ(http_get(server->port(Site::public_site), path).status, 400) << path;
}

TEST_F(ServerTest, requests_that_could_mean_two_things_are_refused) {
    const auto server = start();
    const std::string head = "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    for (const std::string more :
         {"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 3\r\nContent-Length: 4\r\n",
          "Transfer-Encoding: gzip, chunked\r\n", "Content-Length: +3\r\n", "Host: y\r\nContent-Length: 3\r\n"}) {
        HttpClient client(server->port(Site::public_site));
        EXPECT_EQ(client.request(head + more + "\r\na=1").status, 400) << more;
        EXPECT_TRUE(client.is_closed()) << more;
    }
    HttpClient without_host(server->port(Site::public_site));
    EXPECT_EQ(without_host.request("GET /hello/x HTTP/1.1\r\n\r\n").status, 400);
}

TEST_F(ServerTest, oversized_heads_are_refused) {
    const auto server = start();
    HttpClient long_header(server->port(Site::public_site));
    EXPECT_EQ(
        long_header.request("GET /hello/x HTTP/1.1\r\nHost: x\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n").status,
        431);
    EXPECT_EQ(http_get(server->port(Site::public_site), "/hello/" + std::string(5000, 'x')).status, 414);
}

TEST_F(ServerTest, a_form_arrives_decoded_with_every_value_of_a_repeated_name) {
    const auto server = start();
    const HttpAnswer answer =
        http_post(server->port(Site::public_site), "/form", "text=kia+ora%21&who=me&who=friend&text2=%E4%B8%AD");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "text=kia ora!;who=me;who=friend;text2=中;");
}

TEST_F(ServerTest, a_chunked_form_arrives_whole) {
    const auto server = start();
    HttpClient client(server->port(Site::public_site));
    client.send(
        "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n3\r\na=h\r\n");
    client.send("4\r\nello\r\n");
    client.send("0\r\n\r\n");
    EXPECT_EQ(client.answer().body, "a=hello;");
    EXPECT_EQ(client.request(get_hello).status, 200);
}

TEST_F(ServerTest, ten_thousand_fields_are_refused_with_a_clear_page) {
    const auto server = start();
    std::string form;
    for (int number = 0; number < 10'000; ++number) form += "f" + std::to_string(number) + "=x&";
    const HttpAnswer answer = http_post(server->port(Site::public_site), "/form", form);
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("too many fields"), std::string::npos);
}

TEST_F(ServerTest, a_form_that_is_too_large_is_read_to_its_end_and_answered) {
    const auto server = start();
    const std::string form = "a=" + std::string(3 * MiB, 'x');
    const HttpAnswer announced = http_post(server->port(Site::public_site), "/form", form);
    EXPECT_EQ(announced.status, 413);
    EXPECT_NE(announced.body.find("too large"), std::string::npos);

    HttpClient chunked(server->port(Site::public_site));
    chunked.send(
        "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n");
    bool is_taken = true;
    for (int piece = 0; piece < 48; ++piece)
        is_taken = is_taken && chunked.send("10000\r\n" + std::string(65536, 'x') + "\r\n");
    EXPECT_TRUE(is_taken && chunked.send("0\r\n\r\n"));
    EXPECT_EQ(chunked.answer().status, 413);
}

TEST_F(ServerTest, a_body_of_another_type_is_refused) {
    const auto server = start();
    HttpClient client(server->port(Site::public_site));
    EXPECT_EQ(
        client
            .request("POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
            .status,
        415);
}

TEST_F(ServerTest, a_form_in_another_encoding_is_refused) {
    const auto server = start();
    const HttpAnswer answer = http_post(server->port(Site::public_site), "/form", "name=%E4%F6");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("encoding"), std::string::npos);
}

TEST_F(ServerTest, a_form_that_ends_early_is_refused) {
    const auto server = start();
    HttpClient client(server->port(Site::public_site));
    client.send(
        "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        "100\r\n\r\na=1");
    client.finish_sending();
    EXPECT_EQ(client.answer().status, 400);
}

TEST_F(ServerTest, who_asks_before_sending_is_told_to_go_on_or_refused_at_once) {
    const auto server = start();
    HttpClient client(server->port(Site::public_site));
    const std::string head =
        "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n";
    EXPECT_EQ(client.request(head + "Content-Length: 3\r\n\r\n").status, 100);
    EXPECT_EQ(client.request("a=1").body, "a=1;");
    EXPECT_EQ(client.request(head + "Content-Length: 3000000\r\n\r\n").status, 413);
    EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, a_slow_head_times_out_with_an_answer) {
    ServerOptions options;
    options.limits.header_time_ms_max = 100;
    const auto server = start(std::move(options));
    HttpClient client(server->port(Site::public_site));
    client.send("GET /hello/x HTTP/1.1\r\nHos");
    EXPECT_EQ(client.answer().status, 408);
    EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, a_body_that_stops_coming_times_out_with_an_answer) {
    ServerOptions options;
    options.limits.body_idle_ms_max = 100;
    const auto server = start(std::move(options));
    HttpClient form(server->port(Site::public_site));
    form.send(
        "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        "9\r\n\r\na=1");
    EXPECT_EQ(form.answer().status, 408);
    HttpClient upload(server->port(Site::public_site));
    upload.send(upload_head(1000) + "--edge\r\n");
    EXPECT_EQ(upload.answer().status, 408);
    EXPECT_EQ(uploads_.aborted, 1);
}

TEST_F(ServerTest, an_upload_below_the_least_rate_is_ended) {
    ServerOptions options;
    options.limits.upload_rate_grace_ms = 0;
    options.limits.upload_rate_bytes_per_s_min = 1'000'000'000;
    const auto server = start(std::move(options));
    HttpClient client(server->port(Site::public_site));
    client.send(upload_head(1'000'000) + "--edge\r\n");
    // The rate is looked at when something arrives.
    std::atomic<bool> is_answered = false;
    std::thread drip([&] {
        while (!is_answered && client.send("x")) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    });
    const int status = client.answer().status;
    is_answered = true;
    drip.join();
    EXPECT_EQ(status, 408);
    EXPECT_EQ(uploads_.aborted, 1);
}

TEST_F(ServerTest, an_idle_connection_is_closed_without_a_word) {
    ServerOptions options;
    options.limits.keep_alive_idle_ms_max = 50;
    const auto server = start(std::move(options));
    HttpClient client(server->port(Site::public_site));
    client.request(get_hello);
    EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, an_upload_reaches_the_sink_in_pieces_of_bounded_size) {
    const auto server = start();
    const std::string body = multipart("a.txt", std::string(5'000'000, 'x'));
    HttpClient client(server->port(Site::public_site));
    const HttpAnswer answer = client.request(upload_head(body.size()) + body);
    EXPECT_EQ(answer.body, "note=kia ora;5000000");
    EXPECT_EQ(uploads_.bytes, 5'000'000U);
    EXPECT_LE(uploads_.largest_piece, chunk_bytes);
    EXPECT_EQ(uploads_.aborted, 0);
    EXPECT_EQ(client.request(get_hello).status, 200);
}

TEST_F(ServerTest, a_chunked_upload_is_taken_too) {
    const auto server = start();
    const std::string body = multipart("a.txt", "hello");
    HttpClient client(server->port(Site::public_site));
    client.send(
        "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=edge\r\nTransfer-Encoding: "
        "chunked\r\n\r\n");
    for (const char byte : body) client.send(std::string("1\r\n") + byte + "\r\n");
    client.send("0\r\n\r\n");
    EXPECT_EQ(client.answer().body, "note=kia ora;5");
}

TEST_F(ServerTest, an_upload_that_the_sink_refuses_is_drained_and_answered_by_the_sink) {
    const auto server = start();
    const std::string body = multipart("refused.txt", std::string(8'000'000, 'x'));
    HttpClient client(server->port(Site::public_site));
    client.send(upload_head(body.size()));
    EXPECT_TRUE(client.send(body));
    const HttpAnswer answer = client.answer();
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.body, "refused note=kia ora;");
    EXPECT_EQ(uploads_.bytes, 0U);
}

TEST_F(ServerTest, a_file_beyond_the_limit_is_refused_and_what_was_typed_is_kept) {
    ServerOptions options;
    options.limits.file_bytes_max = 100'000;
    const auto server = start(std::move(options));
    const std::string body = multipart("a.txt", std::string(3'000'000, 'x'));
    HttpClient client(server->port(Site::public_site));
    EXPECT_TRUE(client.send(upload_head(body.size()) + body));
    const HttpAnswer answer = client.answer();
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.body, "refused note=kia ora;");
    EXPECT_EQ(uploads_.bytes, 100'000U);
}

TEST_F(ServerTest, a_body_that_announces_too_much_gives_its_text_and_no_byte_of_its_file) {
    ServerOptions options;
    options.limits.multipart_body_bytes_max = 100'000;
    const auto server = start(std::move(options));
    const std::string body = multipart("a.txt", std::string(3'000'000, 'x'));
    HttpClient client(server->port(Site::public_site));
    EXPECT_TRUE(client.send(upload_head(body.size()) + body));
    const HttpAnswer answer = client.answer();
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.body, "refused note=kia ora;");
    EXPECT_EQ(uploads_.bytes, 0U);
    HttpClient asking(server->port(Site::public_site));
    EXPECT_EQ(asking.request(upload_head(body.size(), "Expect: 100-continue\r\n")).status, 413);
}

TEST_F(ServerTest, an_upload_that_ends_early_is_aborted) {
    const auto server = start();
    {
        HttpClient client(server->port(Site::public_site));
        client.send(upload_head(1'000'000) + multipart("a.txt", "x").substr(0, 150));
    }
    EXPECT_TRUE(uploads_.wait_for(uploads_.aborted, 1));
    const std::string without_end = multipart("a.txt", "x").substr(0, 150);
    HttpClient client(server->port(Site::public_site));
    const HttpAnswer answer = client.request(upload_head(without_end.size()) + without_end);
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("a part"), std::string::npos);
    EXPECT_EQ(uploads_.aborted, 2);
    EXPECT_EQ(uploads_.finished, 0);
}

TEST_F(ServerTest, a_sink_that_throws_is_aborted_and_the_browser_sees_an_error_page) {
    const auto server = start();
    const std::string body = multipart("bug.txt", std::string(1'000'000, 'x'));
    HttpClient client(server->port(Site::public_site));
    EXPECT_TRUE(client.send(upload_head(body.size()) + body));
    EXPECT_EQ(client.answer().status, 500);
    EXPECT_EQ(uploads_.aborted, 1);
    EXPECT_EQ(uploads_.finished, 0);
}

TEST_F(ServerTest, fifty_slow_uploads_hold_no_handler_thread) {
    ServerOptions options;
    options.limits.handler_threads = 1;
    const auto server = start(std::move(options));
    const std::string body = multipart("a.txt", std::string(1000, 'x'));
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int count = 0; count < 50; ++count) {
        clients.push_back(std::make_unique<HttpClient>(server->port(Site::public_site)));
        clients.back()->send(upload_head(body.size()) + body.substr(0, 800));
    }
    ASSERT_TRUE(uploads_.wait_for_bytes(50 * 500));
    EXPECT_EQ(http_get(server->port(Site::public_site), "/hello/Ana").status, 200);
    for (const auto& client : clients) client->send(body.substr(800));
    for (const auto& client : clients) EXPECT_EQ(client->answer().body, "note=kia ora;1000");
}

TEST_F(ServerTest, uploads_beyond_the_limit_are_told_to_come_back) {
    ServerOptions options;
    options.limits.uploads_max = 1;
    const auto server = start(std::move(options));
    const std::string body = multipart("a.txt", std::string(1000, 'x'));
    HttpClient first(server->port(Site::public_site));
    first.send(upload_head(body.size()) + body.substr(0, 800));
    ASSERT_TRUE(uploads_.wait_for_bytes(500));
    HttpClient second(server->port(Site::public_site));
    const HttpAnswer refused = second.request(upload_head(body.size()) + body);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("retry-after"), "10");
    first.send(body.substr(800));
    EXPECT_EQ(first.answer().status, 200);
}

TEST_F(ServerTest, a_download_arrives_whole_and_as_an_attachment) {
    const auto server = start();
    const HttpAnswer answer = http_get(server->port(Site::public_site), "/download");
    EXPECT_EQ(answer.body, std::string(300'000, '0'));
    EXPECT_EQ(answer.header("content-disposition"),
              "attachment; filename=\"Zeugnis f__r Ana.txt\"; filename*=UTF-8''Zeugnis%20f%C3%BCr%20Ana.txt");
}

TEST_F(ServerTest, a_stream_of_unknown_length_arrives_whole) {
    const auto server = start();
    EXPECT_EQ(http_get(server->port(Site::public_site), "/stream").body, std::string(200'000, '0'));
    HttpClient old(server->port(Site::public_site));
    const HttpAnswer answer = old.request("GET /stream HTTP/1.0\r\n\r\n");
    EXPECT_EQ(answer.header("transfer-encoding"), "");
    EXPECT_EQ(answer.body, std::string(200'000, '0'));
}

TEST_F(ServerTest, a_stream_that_fails_is_cut_so_that_nobody_takes_it_for_whole) {
    const auto server = start();
    EXPECT_THROW(http_get(server->port(Site::public_site), "/cut"), std::runtime_error);
}

TEST_F(ServerTest, a_handler_that_throws_gives_an_error_page_without_the_reason) {
    std::mutex mutex;
    std::vector<std::string> lines;
    ServerOptions options;
    options.log = std::make_shared<RequestLog>(
        [&](std::string_view line) {
            const std::lock_guard lock(mutex);
            lines.emplace_back(line);
        },
        [] { return std::chrono::system_clock::time_point(std::chrono::hours(24 * 365)); });
    const auto server = start(std::move(options));
    const HttpAnswer answer = http_get(server->port(Site::public_site), "/bug?name=secret-name");
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
    EXPECT_EQ(http_get(server->port(Site::public_site), "/hello/secret-name").status, 200);
    server->stop();
    server->wait();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_NE(lines[0].find(R"("route":"bug","status":500)"), std::string::npos) << lines[0];
    EXPECT_NE(lines[0].find("runtime_error"), std::string::npos) << lines[0];
    for (const std::string& line : lines) {
        EXPECT_EQ(line.find("secret"), std::string::npos) << line;
        EXPECT_EQ(line.find("127.0.0.1"), std::string::npos) << line;
    }
}

TEST_F(ServerTest, error_pages_come_from_the_site) {
    ServerOptions options;
    options.error_page = [](Refusal refusal, Site, const Request* request) {
        return Response::html(
            std::string("page ") + std::to_string(status_of(refusal)) + (request ? " " + request->path : ""),
            status_of(refusal));
    };
    const auto server = start(std::move(options));
    EXPECT_EQ(http_get(server->port(Site::public_site), "/mi/none").body, "page 404 /mi/none");
    HttpClient client(server->port(Site::public_site));
    EXPECT_EQ(client.request("nonsense\r\n\r\n").body, "page 400");
}

TEST_F(ServerTest, the_hook_before_staff_pages_finds_the_session_or_sends_away) {
    ServerOptions options;
    options.listeners = {{Site::public_site, "127.0.0.1", 0}, {Site::staff_site, "127.0.0.1", 0}};
    options.before_staff = [](Request& request, const Route&) -> std::optional<Response> {
        const auto cookie = get_cookie(request, "session");
        if (!cookie) return Response::redirect("/sign-in");
        request.session = std::string("hello ").append(*cookie);
        return std::nullopt;
    };
    const auto server = start(std::move(options));
    const HttpAnswer away = http_get(server->port(Site::staff_site), "/");
    EXPECT_EQ(away.status, 303);
    EXPECT_EQ(away.header("location"), "/sign-in");
    EXPECT_EQ(http_get(server->port(Site::staff_site), "/", "Cookie: a=b; session=Mere\r\n").body, "hello Mere");
    EXPECT_EQ(http_get(server->port(Site::public_site), "/").status, 404);
}

TEST_F(ServerTest, connections_beyond_the_limit_are_told_to_come_back) {
    ServerOptions options;
    options.limits.connections_max = 1;
    const auto server = start(std::move(options));
    HttpClient first(server->port(Site::public_site));
    first.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for_waiting(1);
    const HttpAnswer refused = http_get(server->port(Site::public_site), "/hello/x");
    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.body.find("busy"), std::string::npos);
    open_gate();
    EXPECT_EQ(first.answer().status, 200);
}

TEST_F(ServerTest, near_the_limit_of_connections_none_is_kept_after_its_answer) {
    ServerOptions options;
    options.limits.connections_max = 4;
    const auto server = start(std::move(options));
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int count = 0; count < 4; ++count) {
        clients.push_back(std::make_unique<HttpClient>(server->port(Site::public_site)));
        const HttpAnswer answer = clients.back()->request(get_hello);
        EXPECT_EQ(answer.header("connection"), count < 3 ? "keep-alive" : "close");
    }
    EXPECT_TRUE(clients.back()->is_closed());
}

TEST_F(ServerTest, requests_beyond_the_queue_are_told_to_come_back) {
    ServerOptions options;
    options.limits.handler_threads = 1;
    options.limits.handler_queue_max = 1;
    const auto server = start(std::move(options));
    const std::string wait = "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n";
    HttpClient running(server->port(Site::public_site));
    running.send(wait);
    wait_for_waiting(1);
    HttpClient one(server->port(Site::public_site));
    HttpClient two(server->port(Site::public_site));
    one.send(wait);
    two.send(wait);
    // One of the two waits in the queue, the other is refused at once.
    std::future<int> first = std::async(std::launch::async, [&] { return one.answer().status; });
    std::future<int> second = std::async(std::launch::async, [&] { return two.answer().status; });
    while (first.wait_for(std::chrono::milliseconds(5)) != std::future_status::ready &&
           second.wait_for(std::chrono::milliseconds(5)) != std::future_status::ready) {
    }
    open_gate();
    const int sum = first.get() + second.get();
    EXPECT_EQ(sum, 503 + 200);
    EXPECT_EQ(running.answer().body, "waited");
}

TEST_F(ServerTest, sources_are_told_apart_only_by_tokens_that_change_with_every_process) {
    ServerOptions options;
    options.trusted_proxies = {"127.0.0.0/8"};
    const auto behind_proxy = start(std::move(options));
    const auto open = start();
    const auto token = [](const Server& server, const std::string& headers) {
        return http_get(server.port(Site::public_site), "/source", headers).body;
    };
    const std::string first = token(*behind_proxy, "X-Forwarded-For: 203.0.113.7\r\n");
    EXPECT_EQ(first, token(*behind_proxy, "X-Forwarded-For: 198.51.100.1, 203.0.113.7, 127.0.0.9\r\n"));
    EXPECT_NE(first, token(*behind_proxy, "X-Forwarded-For: 203.0.113.8\r\n"));
    EXPECT_EQ(token(*behind_proxy, "X-Forwarded-For: 2001:db8::1\r\n"),
              token(*behind_proxy, "X-Forwarded-For: 2001:db8::2\r\n"));
    EXPECT_TRUE(token(*behind_proxy, "X-Forwarded-Proto: https\r\n").ends_with(" https"));
    EXPECT_NE(first, token(*open, "X-Forwarded-For: 203.0.113.7\r\n"));
    EXPECT_EQ(token(*open, "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n"), token(*open, ""));
}

TEST_F(ServerTest, stopping_lets_a_request_in_flight_finish) {
    const auto server = start();
    HttpClient idle(server->port(Site::public_site));
    idle.request(get_hello);
    HttpClient busy(server->port(Site::public_site));
    busy.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for_waiting(1);
    server->stop();
    EXPECT_TRUE(idle.is_closed());
    open_gate();
    const HttpAnswer answer = busy.answer();
    EXPECT_EQ(answer.body, "waited");
    EXPECT_EQ(answer.header("connection"), "close");
    server->wait();
    EXPECT_THROW(HttpClient(server->port(Site::public_site)), std::runtime_error);
}

TEST_F(ServerTest, stopping_ends_what_takes_too_long_and_aborts_its_upload) {
    ServerOptions options;
    options.limits.stop_time_ms_max = 100;
    const auto server = start(std::move(options));
    HttpClient client(server->port(Site::public_site));
    client.send(upload_head(1'000'000) + multipart("a.txt", std::string(2000, 'x')).substr(0, 1500));
    ASSERT_TRUE(uploads_.wait_for_bytes(1000));
    server->stop();
    server->wait();
    EXPECT_EQ(uploads_.aborted, 1);
    EXPECT_EQ(uploads_.finished, 0);
}

TEST_F(ServerTest, destroying_a_server_in_the_middle_of_an_upload_aborts_it) {
    auto server = start();
    HttpClient client(server->port(Site::public_site));
    client.send(upload_head(1'000'000) + multipart("a.txt", std::string(2000, 'x')).substr(0, 1500));
    ASSERT_TRUE(uploads_.wait_for_bytes(1000));
    server.reset();
    EXPECT_EQ(uploads_.aborted, 1);
}

TEST_F(ServerTest, sigterm_stops_the_server) {
    const auto server = start();
    server->stop_on_signals();
    EXPECT_EQ(http_get(server->port(Site::public_site), "/hello/Ana").status, 200);
    ::kill(::getpid(), SIGTERM);
    server->wait();
    EXPECT_THROW(HttpClient(server->port(Site::public_site)), std::runtime_error);
}

TEST_F(ServerTest, health_is_on_every_site_and_figures_on_the_loopback_only) {
    ServerOptions options;
    options.listeners = {{Site::public_site, "127.0.0.1", 0}, {Site::operations, "127.0.0.1", 0}};
    const auto server = start(std::move(options));
    EXPECT_EQ(http_get(server->port(Site::public_site), "/healthz").body, "ok\n");
    http_get(server->port(Site::public_site), "/hello/Ana");
    EXPECT_EQ(http_get(server->port(Site::public_site), "/metrics").status, 404);
    const std::string figures = http_get(server->port(Site::operations), "/metrics").body;
    EXPECT_NE(figures.find(R"(tideline_http_requests_total{route="hello",site="public",status="2xx"} 1)"),
              std::string::npos)
        << figures;

    ServerOptions everywhere;
    everywhere.listeners = {{Site::operations, "0.0.0.0", 0}};
    EXPECT_EQ(Server::start(std::move(everywhere), Router()).kind(), ErrorKind::invalid);
}

TEST_F(ServerTest, an_address_in_use_is_an_error_that_names_it) {
    const auto server = start();
    ServerOptions same;
    same.listeners = {{Site::public_site, "127.0.0.1", server->port(Site::public_site)}};
    const auto second = Server::start(std::move(same), Router());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.kind(), ErrorKind::unavailable);
    EXPECT_NE(second.error().message.find(std::to_string(server->port(Site::public_site))), std::string::npos);
}

TEST_F(ServerTest, several_io_threads_serve_the_same) {
    ServerOptions options;
    options.limits.io_threads = 3;
    const auto server = start(std::move(options));
    std::vector<std::future<int>> answers;
    for (int thread = 0; thread < 8; ++thread)
        answers.push_back(std::async(std::launch::async, [&] {
            HttpClient client(server->port(Site::public_site));
            int good = 0;
            for (int count = 0; count < 50; ++count) good += client.request(get_hello).body == "<p>Ana</p>";
            return good;
        }));
    for (auto& answer : answers) EXPECT_EQ(answer.get(), 50);
}

}  // namespace tideline::web
