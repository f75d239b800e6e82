#include <openssl/err.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "support/http_client.h"
#include "web/recording_sink.h"
#include "web/server.h"

namespace tideline::web {

namespace {

/// A certificate for localhost, made for one test.
class Certificate {
public:
    Certificate() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tideline-tls-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        const std::string command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
            "-keyout " +
            key() + " -out " + chain() + " 2>/dev/null";
        if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
    }
    ~Certificate() { std::filesystem::remove_all(folder_); }
    std::string chain() const { return folder_ / "chain.pem"; }
    std::string key() const { return folder_ / "key.pem"; }

private:
    std::filesystem::path folder_;
};

/// Talks TLS over a socket and reads until the other side closes.
class TlsClient {
public:
    TlsClient(std::uint16_t port, int version_max) : context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_, version_max);
        SSL_CTX_set_security_level(context_, 0);
        SSL_CTX_set_cipher_list(context_, "ALL:@SECLEVEL=0");
        bio_ = BIO_new_ssl_connect(context_);
        BIO_set_conn_hostname(bio_, ("127.0.0.1:" + std::to_string(port)).c_str());
        is_connected_ = BIO_do_connect(bio_) == 1 && BIO_do_handshake(bio_) == 1;
    }
    ~TlsClient() {
        BIO_free_all(bio_);
        SSL_CTX_free(context_);
    }
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    bool is_connected() const { return is_connected_; }
    bool send(const std::string& bytes) {
        std::size_t written = 0;
        return BIO_write_ex(bio_, bytes.data(), bytes.size(), &written) == 1 && written == bytes.size();
    }
    std::string read_all() {
        std::string all;
        char bytes[4096];
        std::size_t count = 0;
        while (BIO_read_ex(bio_, bytes, sizeof(bytes), &count) == 1) all.append(bytes, count);
        return all;
    }

private:
    SSL_CTX* context_;
    BIO* bio_ = nullptr;
    bool is_connected_ = false;
};

std::unique_ptr<Server> start(const Certificate& certificate, Limits limits = {}) {
    Router router;
    router.add(Route::get(Site::public_site, "/", "home",
                          [](Request& request) { return Response::text(request.https ? "safe" : "open"); }));
    router.add(Route::upload(Site::public_site, "/upload", "upload",
                             [](Request&) { return std::make_unique<test::RecordingSink>(); }));
    ServerOptions options;
    options.listeners = {{Site::public_site, "127.0.0.1", 0}, {Site::operations, "127.0.0.1", 0}};
    options.tls = TlsFiles{certificate.chain(), certificate.key()};
    options.limits = limits;
    auto server = Server::start(std::move(options), std::move(router));
    if (!server) throw std::runtime_error(server.error().message);
    return std::move(*server);
}

}  // namespace

TEST(tls, a_page_arrives_over_a_current_version_with_the_promise_to_stay) {
    const Certificate certificate;
    const auto server = start(certificate);
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsClient client(server->port(Site::public_site), version);
        ASSERT_TRUE(client.is_connected());
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        const std::string answer = client.read_all();
        EXPECT_TRUE(answer.ends_with("\r\n\r\nsafe")) << answer;
        EXPECT_NE(answer.find("Strict-Transport-Security: "), std::string::npos);
    }
}

TEST(tls, old_versions_and_plain_text_get_nothing) {
    const Certificate certificate;
    const auto server = start(certificate);
    EXPECT_FALSE(TlsClient(server->port(Site::public_site), TLS1_1_VERSION).is_connected());
    test::HttpClient plain(server->port(Site::public_site));
    EXPECT_THROW(plain.request("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), std::runtime_error);
    EXPECT_EQ(test::http_get(server->port(Site::operations), "/healthz").body, "ok\n");
}

TEST(tls, an_upload_that_is_too_large_is_drained_and_answered) {
    const Certificate certificate;
    Limits limits;
    limits.multipart_body_bytes_max = 1000;
    const auto server = start(certificate, limits);
    TlsClient client(server->port(Site::public_site), TLS1_3_VERSION);
    ASSERT_TRUE(client.is_connected());
    const std::size_t bytes = 4'000'000;
    ASSERT_TRUE(
        client.send("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
                    "boundary=edge\r\nContent-Length: " +
                    std::to_string(bytes) + "\r\n\r\n"));
    ASSERT_TRUE(client.send("--edge\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n"));
    for (std::size_t sent = 0; sent < bytes; sent += 10'000) ASSERT_TRUE(client.send(std::string(10'000, 'x')));
    EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 413 "));
}

TEST(tls, a_slow_request_is_told_so_within_the_connection) {
    const Certificate certificate;
    Limits limits;
    limits.header_time_ms_max = 200;
    const auto server = start(certificate, limits);
    TlsClient client(server->port(Site::public_site), TLS1_3_VERSION);
    ASSERT_TRUE(client.is_connected());
    ASSERT_TRUE(client.send("GET / HT"));
    EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408 "));
}

TEST(tls, a_certificate_or_key_that_cannot_be_used_is_an_error_that_names_the_option) {
    const Certificate certificate;
    const Certificate other;
    const auto fails_with = [](const std::string& chain, const std::string& key) {
        ServerOptions options;
        options.listeners = {{Site::public_site, "127.0.0.1", 0}};
        options.tls = TlsFiles{chain, key};
        const auto server = Server::start(std::move(options), Router());
        return server ? "" : server.error().message;
    };
    EXPECT_NE(fails_with("/nowhere", certificate.key()).find("--tls-cert"), std::string::npos);
    EXPECT_NE(fails_with(certificate.chain(), other.key()).find("--tls-key"), std::string::npos);
}

}  // namespace tideline::web
