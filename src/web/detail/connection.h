#pragma once
#include <chrono>
#include <list>
#include <optional>
#include <string>
#include <typeinfo>
#include <vector>

#include "base/text.h"
#include "web/detail/asio.h"
#include "web/detail/deadline.h"
#include "web/detail/edge.h"
#include "web/detail/shared.h"
#include "web/detail/upload.h"
#include "web/detail/wiping.h"
#include "web/headers.h"

namespace tideline::web::detail {

/// What the server can do to a connection, on the thread of its I/O context.
class AnyConnection {
public:
    virtual ~AnyConnection() = default;
    /// Ends it if no request is under way.
    virtual void close_if_idle() = 0;
    /// Ends it.
    virtual void close_now() = 0;
};

/// One connection: reads a request, has it answered, reads the next. `Stream` is a tcp::socket or a TLS stream on one.
template <class Stream>
class Connection final : public AnyConnection {
public:
    Connection(Shared& shared, Site site, Stream stream)
        : shared_(shared),
          limits_(shared.limits),
          site_(site),
          stream_(std::move(stream)),
          socket_(beast::get_lowest_layer(stream_)),
          deadline_(socket_),
          buffer_(limits_.header_bytes_max + chunk_bytes) {}

    void close_if_idle() override {
        if (is_idle_) close_now();
    }
    void close_now() override {
        is_closing_ = true;
        ErrorCode ignored;
        socket_.cancel(ignored);
    }

    net::awaitable<void> run() {
        ErrorCode error;
        const auto peer = socket_.remote_endpoint(error);
        if (error) co_return;
        peer_ = peer.address();
        socket_.set_option(tcp::no_delay(true), error);
        if constexpr (is_tls) {
            deadline_.set(milliseconds(limits_.header_time_ms_max));
            co_await stream_.async_handshake(net::ssl::stream_base::server, into(error));
            if (error) co_return;
        }
        bool goes_on = true;
        while (goes_on && !is_closing_) goes_on = co_await serve_one();
        co_await end();
    }

private:
    static constexpr bool is_tls = !std::is_same_v<Stream, tcp::socket>;
    using Clock = std::chrono::steady_clock;
    using milliseconds = std::chrono::milliseconds;
    using Parser = http::request_parser<http::buffer_body>;
    using Match = Router::Match;

    /// One request on its way through.
    struct Exchange {
        Parser parser;
        Request request;
        BodyHead body;
        Match match;
        Response response;
        Clock::time_point began;
        std::uint64_t bytes_in = 0;
        std::uint64_t bytes_out = 0;
        bool was_head_read = false;
        bool is_broken = false;  ///< the connection cannot carry an answer any more
        bool is_too_slow = false;
        std::string fault;
    };

    // ---- one request ----

    net::awaitable<bool> serve_one() {
        const bool has_begun = co_await wait_for_first_byte();
        if (!has_begun) co_return false;
        Exchange exchange;
        exchange.request.https = is_tls;
        exchange.began = Clock::now();
        std::optional<Refusal> refusal = co_await read_request_head(exchange);
        if (exchange.is_broken) co_return false;
        exchange.began = Clock::now();
        if (!refusal) refusal = route(exchange);
        if (refusal) {
            exchange.response = Response::refuse(*refusal);
        } else if (exchange.request.method == Method::options) {
            exchange.response.status = 204;
            add_allow(exchange);
        } else if (exchange.match.route->body == BodyKind::multipart) {
            co_await answer_upload(exchange);
        } else {
            co_await answer_form(exchange);
        }
        const bool goes_on = !exchange.is_broken && co_await write_answer(exchange);
        record(exchange);
        if (!goes_on) co_await drain(exchange);
        co_return goes_on;
    }

    net::awaitable<bool> wait_for_first_byte() {
        if (buffer_.size() > 0) co_return true;
        buffer_.shrink_to_fit();  // nothing typed stays in memory while we wait
        if (shared_.is_stopping) co_return false;
        is_idle_ = true;
        deadline_.set(milliseconds(has_served_ ? limits_.keep_alive_idle_ms_max : limits_.header_time_ms_max));
        ErrorCode error;
        auto room = buffer_.prepare(first_read_bytes);
        const std::size_t bytes = co_await stream_.async_read_some(room, into(error));
        buffer_.commit(bytes);
        is_idle_ = false;
        co_return !error && bytes > 0 && !is_closing_;
    }

    net::awaitable<std::optional<Refusal>> read_request_head(Exchange& exchange) {
        exchange.parser.header_limit(limits_.header_bytes_max);
        exchange.parser.body_limit(UINT64_MAX);  // our own limits say it in words
        deadline_.set(milliseconds(limits_.header_time_ms_max));
        ErrorCode error;
        co_await http::async_read_header(stream_, buffer_, exchange.parser, into(error));
        if (error) {
            if (deadline_.has_expired()) co_return Refusal::too_slow;
            const auto refusal = refusal_of(error);
            exchange.is_broken = !refusal;
            co_return refusal;
        }
        exchange.was_head_read = true;
        Request& request = exchange.request;
        request.site = site_;
        const auto refusal = read_head(exchange.parser.get(), limits_, request, exchange.body);
        describe_source(request);
        co_return refusal;
    }

    void describe_source(Request& request) const {
        std::string forwarded_for;
        std::string forwarded_proto;
        if (shared_.sources.trusts(peer_)) {
            for (const auto& [name, value] : request.headers.all()) {
                const std::string lower = text::ascii_lower(name);
                if (lower == "x-forwarded-for") forwarded_for.append(forwarded_for.empty() ? "" : ",").append(value);
                if (lower == "x-forwarded-proto") forwarded_proto = text::ascii_lower(value);
            }
        }
        request.source = shared_.sources.token(peer_, forwarded_for);
        request.https = is_tls || forwarded_proto == "https";
    }

    std::optional<Refusal> route(Exchange& exchange) {
        Request& request = exchange.request;
        exchange.match = shared_.router.match(site_, request.method, request.path);
        Match& match = exchange.match;
        if (match.allowed.empty()) return Refusal::not_found;
        if (request.method == Method::options)
            return exchange.body.has_body ? std::optional(Refusal::malformed) : std::nullopt;
        if (match.route == nullptr) return Refusal::wrong_method;
        request.route = match.route->name;
        request.params = std::move(match.params);
        return check_body(exchange);
    }

    std::optional<Refusal> check_body(const Exchange& exchange) const {
        const BodyKind kind = exchange.match.route->body;
        const BodyHead& body = exchange.body;
        if (kind == BodyKind::none) return body.has_body ? std::optional(Refusal::malformed) : std::nullopt;
        const auto header = exchange.request.headers.find("Content-Type");
        const ContentType type = parse_content_type(header.value_or(""));
        const std::uint64_t length = body.length.value_or(0);
        if (kind == BodyKind::form) {
            if (body.has_body && type.type != "application/x-www-form-urlencoded") return Refusal::wrong_body_type;
            return length > limits_.form_body_bytes_max ? std::optional(Refusal::too_large) : std::nullopt;
        }
        if (type.type != "multipart/form-data" || !type.boundary) return Refusal::wrong_body_type;
        // A browser has begun to send already; what was typed stands before the files, and is kept (limits_for).
        const bool can_be_kept = !body.expects_continue && length <= limits_.drain_bytes_max;
        const bool is_too_large = length > limits_.multipart_body_bytes_max;
        return is_too_large && !can_be_kept ? std::optional(Refusal::too_large) : std::nullopt;
    }

    /// A body that says it is too large gives its text fields and then no byte of a file.
    Limits limits_for(const Exchange& exchange) const {
        Limits limits = limits_;
        if (exchange.body.length.value_or(0) > limits.multipart_body_bytes_max) limits.file_bytes_max = 0;
        return limits;
    }

    // ---- bodies ----

    /// How long a body may take, and how slow it may be.
    struct Pace {
        Clock::time_point began;
        milliseconds whole;
        std::uint32_t rate_bytes_per_s_min;

        bool is_too_slow(std::uint64_t bytes, milliseconds grace) const {
            const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - began);
            if (took > whole) return true;
            if (took <= grace) return false;
            return bytes * 1000 / static_cast<std::uint64_t>(took.count()) < rate_bytes_per_s_min;
        }
    };

    /// Reads what comes next of a body, at most `into_bytes.size()`; 0 with `error` clear is possible.
    net::awaitable<std::size_t> read_some(Exchange& exchange, std::span<char> into_bytes, ErrorCode& error) {
        auto& target = exchange.parser.get().body();
        target.data = into_bytes.data();
        target.size = into_bytes.size();
        target.more = true;
        deadline_.set(milliseconds(limits_.body_idle_ms_max));
        co_await http::async_read_some(stream_, buffer_, exchange.parser, into(error));
        if (error == http::error::need_buffer) error = {};
        const std::size_t bytes = into_bytes.size() - target.size;
        exchange.bytes_in += bytes;
        co_return bytes;
    }

    /// Tells a client that waits for it that its body is wanted.
    net::awaitable<void> invite_body(Exchange& exchange) {
        if (!exchange.body.expects_continue) co_return;
        exchange.body.expects_continue = false;
        static constexpr std::string_view invitation = "HTTP/1.1 100 Continue\r\n\r\n";
        deadline_.set(milliseconds(limits_.write_idle_ms_max));
        ErrorCode error;
        co_await net::async_write(stream_, net::buffer(invitation.data(), invitation.size()), into(error));
        exchange.is_broken = static_cast<bool>(error);
    }

    /// What a failed read of a body means. A peer that is gone cannot be answered.
    std::optional<Refusal> body_refusal(Exchange& exchange, const ErrorCode& error) const {
        if (deadline_.has_expired()) return give_up(exchange);
        const auto refusal = refusal_of(error);
        if (!refusal) exchange.is_broken = true;
        return refusal == Refusal::malformed ? Refusal::bad_form : refusal;
    }

    static Refusal give_up(Exchange& exchange) {
        exchange.is_too_slow = true;
        return Refusal::too_slow;
    }

    net::awaitable<std::optional<Refusal>> read_form(Exchange& exchange, SecretText& body) {
        const Pace pace{Clock::now(), milliseconds(limits_.form_time_ms_max), 0};
        SecretText chunk = chunk_buffer();
        body.reserve(static_cast<std::size_t>(exchange.body.length.value_or(0)));
        while (!exchange.parser.is_done()) {
            ErrorCode error;
            const std::size_t bytes = co_await read_some(exchange, {chunk.data(), chunk_bytes}, error);
            if (error) co_return body_refusal(exchange, error);
            if (body.size() + bytes > limits_.form_body_bytes_max) co_return Refusal::too_large;
            body.append({chunk.data(), bytes});
            if (pace.is_too_slow(exchange.bytes_in, milliseconds::max())) co_return give_up(exchange);
        }
        co_return std::nullopt;
    }

    // ---- handlers ----

    net::awaitable<void> answer_form(Exchange& exchange) {
        SecretText body;
        std::optional<Refusal> refusal;
        if (exchange.body.has_body) {
            co_await invite_body(exchange);
            if (exchange.is_broken) co_return;
            refusal = co_await read_form(exchange, body);
            if (exchange.is_broken) co_return;
        }
        if (refusal) {
            exchange.response = Response::refuse(*refusal);
            co_return;
        }
        co_await run_handler(exchange, false, [this, &exchange, &body] {
            if (auto early = before(exchange)) return std::move(*early);
            Refusal why = Refusal::bad_form;
            auto fields = parse_urlencoded(body.view(), limits_, why);
            if (!fields) return Response::refuse(why);
            exchange.request.form = std::move(*fields);
            return exchange.match.route->handler(exchange.request);
        });
    }

    std::optional<Response> before(Exchange& exchange) const {
        const Before& hook = site_ == Site::public_site ? shared_.options.before_public : shared_.options.before_staff;
        if (!hook || site_ == Site::operations) return std::nullopt;
        return hook(exchange.request, *exchange.match.route);
    }

    /// Runs `work` on the pool and makes its Response the answer.
    net::awaitable<void> run_handler(Exchange& exchange, bool must, std::function<Response()> work) {
        std::function<void()> job = [&exchange, &work] {
            try {
                exchange.response = work();
            } catch (const std::exception& exception) {
                exchange.fault = typeid(exception).name();
                exchange.response = Response::refuse(Refusal::failed);
            } catch (...) {
                exchange.fault = "unknown";
                exchange.response = Response::refuse(Refusal::failed);
            }
        };
        const bool has_run = co_await on_pool(shared_, socket_.get_executor(), std::move(job), must);
        if (!has_run) exchange.response = Response::refuse(Refusal::busy);
    }

    /// Counts an upload for as long as it lasts.
    class UploadPlace {
    public:
        explicit UploadPlace(Shared& shared)
            : shared_(shared), has_room_(shared.uploads.fetch_add(1) < shared.limits.uploads_max) {
            shared_.metrics->uploads(1);
        }
        ~UploadPlace() {
            shared_.uploads.fetch_sub(1);
            shared_.metrics->uploads(-1);
        }
        UploadPlace(const UploadPlace&) = delete;
        UploadPlace& operator=(const UploadPlace&) = delete;
        bool has_room() const { return has_room_; }

    private:
        Shared& shared_;
        bool has_room_;
    };

    net::awaitable<void> answer_upload(Exchange& exchange) {
        UploadPlace place(shared_);
        if (!place.has_room()) {
            exchange.response = Response::refuse(Refusal::busy);
            co_return;
        }
        std::unique_ptr<Upload> upload;
        co_await run_handler(exchange, false, [this, &exchange, &upload] {
            if (auto early = before(exchange)) return std::move(*early);
            auto sink = exchange.match.route->multipart(exchange.request);
            const auto type = parse_content_type(exchange.request.headers.find("Content-Type").value_or(""));
            upload = std::make_unique<Upload>(std::move(sink), *type.boundary, limits_for(exchange));
            return Response();
        });
        if (!upload) co_return;
        co_await invite_body(exchange);
        std::optional<Refusal> refusal;
        if (!exchange.is_broken) refusal = co_await read_upload(exchange, upload);
        if (upload) {
            co_await run_handler(exchange, true, [&exchange, &upload, refusal] {
                Response answer = exchange.is_broken ? (upload->abort(), Response()) : end_upload(*upload, refusal);
                upload.reset();
                return answer;
            });
        }
    }

    /// Feeds the sink until the body has ended or somebody refuses. Gives the edge's own refusal. A sink that throws is
    /// aborted and gone (`upload` is null), the answer is there already.
    net::awaitable<std::optional<Refusal>> read_upload(Exchange& exchange, std::unique_ptr<Upload>& upload) {
        const Pace pace{Clock::now(), milliseconds(limits_.upload_time_ms_max), limits_.upload_rate_bytes_per_s_min};
        SecretText chunk = chunk_buffer();
        while (!exchange.parser.is_done()) {
            ErrorCode error;
            const std::size_t bytes = co_await read_some(exchange, {chunk.data(), chunk_bytes}, error);
            if (error) co_return body_refusal(exchange, error);
            if (exchange.bytes_in > limits_.multipart_body_bytes_max) co_return Refusal::too_large;
            if (pace.is_too_slow(exchange.bytes_in, milliseconds(limits_.upload_rate_grace_ms)))
                co_return give_up(exchange);
            if (bytes == 0 || upload->state() != MultipartParser::State::more) continue;
            const std::span<const char> piece(chunk.data(), bytes);
            co_await run_handler(exchange, true, [&upload, piece] {
                try {
                    upload->feed(piece);
                } catch (...) {
                    upload.reset();
                    throw;
                }
                return Response();
            });
            if (!upload || upload->state() == MultipartParser::State::refused) co_return std::nullopt;
        }
        co_return std::nullopt;
    }

    static Response end_upload(Upload& upload, std::optional<Refusal> refusal) {
        if (refusal == Refusal::too_slow || refusal == Refusal::truncated) {
            upload.abort();
            return Response::refuse(*refusal);
        }
        if (refusal) return upload.refuse(*refusal);
        switch (upload.state()) {
            case MultipartParser::State::complete: return upload.finish();
            case MultipartParser::State::refused: return upload.why() ? upload.refuse(*upload.why()) : upload.finish();
            case MultipartParser::State::more: break;
        }
        upload.abort();
        return Response::refuse(Refusal::truncated);
    }

    // ---- answers ----

    void add_allow(Exchange& exchange) const {
        std::string allow = "OPTIONS";
        for (const Method method : exchange.match.allowed)
            allow += method == Method::get ? ", GET, HEAD" : std::string(", ") + name_of(method);
        exchange.response.headers.set("Allow", allow);
    }

    /// Turns a refusal into its page.
    void word_refusal(Exchange& exchange) {
        if (!exchange.response.refusal) return;
        const Refusal refusal = *exchange.response.refusal;
        const Request* request = exchange.was_head_read ? &exchange.request : nullptr;
        Response page = shared_.error_page(refusal, site_, request);
        for (const auto& [name, value] : exchange.response.headers.all()) page.headers.add(name, value);
        page.close = exchange.response.close;
        exchange.response = std::move(page);
        if (refusal == Refusal::wrong_method) add_allow(exchange);
        if (refusal == Refusal::busy) exchange.response.headers.set("Retry-After", "10");
    }

    /// Near the limit of connections nobody keeps one that does nothing.
    bool is_crowded() const { return shared_.connections * 4 > limits_.connections_max * 3; }

    /// Writes the answer; true if the connection can take another request.
    net::awaitable<bool> write_answer(Exchange& exchange) {
        word_refusal(exchange);
        Response& response = exchange.response;
        add_security_headers(response, site_, exchange.request.https);
        const bool is_head = exchange.request.method == Method::head;
        const bool has_no_body = response.status == 204 || response.status == 304;
        const bool is_whole = exchange.was_head_read && (exchange.parser.is_done() || !exchange.body.has_body);
        std::optional<std::uint64_t> length;
        if (!has_no_body)
            length = response.stream ? response.stream_bytes : std::optional<std::uint64_t>(response.body.size());
        const bool is_old = exchange.was_head_read && exchange.parser.get().version() == 10;
        const bool chunked = response.stream && !length && !is_old;
        const bool ends_with_connection = response.stream && !length && is_old;
        const bool keep_alive = is_whole && exchange.body.keep_alive && !response.close && !ends_with_connection &&
                                !shared_.is_stopping && !is_closing_ && !is_crowded();
        const std::string head = head_bytes(response, length, chunked, keep_alive, http_date());
        const bool sends_body = !is_head && !has_no_body;
        const std::string_view body = sends_body && !response.stream ? response.body.view() : std::string_view();
        bool is_written = co_await write_all(head, body);
        if (is_written && sends_body && response.stream) is_written = co_await write_stream(exchange, chunked);
        exchange.bytes_out += body.size();
        has_served_ = true;
        if (!is_written) exchange.is_broken = true;
        co_return is_written&& keep_alive;
    }

    /// Writes `head` together with the beginning of `body`, then the rest in pieces, each in its time.
    net::awaitable<bool> write_all(std::string_view head, std::string_view body) {
        bool is_first = true;
        while (is_first || !body.empty()) {
            const std::string_view piece = body.substr(0, chunk_bytes);
            body.remove_prefix(piece.size());
            const std::array<net::const_buffer, 2> buffers{net::const_buffer(head.data(), is_first ? head.size() : 0),
                                                           net::const_buffer(piece.data(), piece.size())};
            is_first = false;
            deadline_.set(milliseconds(limits_.write_idle_ms_max));
            ErrorCode error;
            co_await net::async_write(stream_, buffers, into(error));
            if (error) co_return false;
        }
        co_return true;
    }

    /// Pulls from the source on the pool, one piece at a time.
    net::awaitable<bool> write_stream(Exchange& exchange, bool chunked) {
        std::unique_ptr<BodySource> source = std::move(exchange.response.stream);
        std::uint64_t left = exchange.response.stream_bytes.value_or(UINT64_MAX);
        SecretText chunk = chunk_buffer();
        bool is_good = true;
        while (is_good && left > 0) {
            std::size_t bytes = 0;
            bool has_failed = false;
            const std::span<char> room(chunk.data(), chunk_bytes);
            std::function<void()> pull = [&source, &bytes, &has_failed, room] {
                try {
                    const auto read = source->read(room);
                    has_failed = !read || *read > room.size();
                    bytes = has_failed ? 0 : *read;
                } catch (...) {
                    has_failed = true;
                }
            };
            co_await on_pool(shared_, socket_.get_executor(), std::move(pull), true);
            is_good = !has_failed && bytes <= left && !(bytes == 0 && exchange.response.stream_bytes);
            if (!is_good || bytes == 0) break;
            left -= bytes;
            const std::string size_line = chunked ? fmt_chunk_size(bytes) : std::string();
            is_good = co_await write_all(size_line, {chunk.data(), bytes});
            if (is_good && chunked) is_good = co_await write_all("\r\n", "");
            exchange.bytes_out += bytes;
        }
        if (is_good && chunked) is_good = co_await write_all("0\r\n\r\n", "");
        std::function<void()> release = [&source] { source.reset(); };
        co_await on_pool(shared_, socket_.get_executor(), std::move(release), true);
        if (!is_good) exchange.fault = exchange.fault.empty() ? "cut stream" : exchange.fault;
        co_return is_good;
    }

    static std::string fmt_chunk_size(std::size_t bytes) {
        const std::array<unsigned char, 4> big_endian{
            static_cast<unsigned char>(bytes >> 24), static_cast<unsigned char>(bytes >> 16),
            static_cast<unsigned char>(bytes >> 8), static_cast<unsigned char>(bytes)};
        return text::hex(big_endian) + "\r\n";
    }

    void record(const Exchange& exchange) const {
        RequestRecord record;
        record.site = site_;
        record.route =
            exchange.request.route.empty() ? std::string_view("none") : std::string_view(exchange.request.route);
        record.status = exchange.response.status;
        record.duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - exchange.began);
        record.bytes_in = exchange.bytes_in;
        record.bytes_out = exchange.bytes_out;
        record.fault = exchange.fault;
        shared_.record(record);
    }

    // ---- endings ----

    /// Reads and drops what the browser still sends, so that it gets to read the answer: closing on unread bytes would
    /// reset the connection under it. A client that waits for "100 Continue" sends nothing.
    net::awaitable<void> drain(Exchange& exchange) {
        if (exchange.is_broken || exchange.is_too_slow || !exchange.was_head_read || !exchange.body.has_body ||
            exchange.body.expects_continue)
            co_return;
        const Clock::time_point until = Clock::now() + milliseconds(limits_.drain_time_ms_max);
        SecretText chunk = chunk_buffer();
        while (!exchange.parser.is_done() && exchange.bytes_in < limits_.drain_bytes_max && Clock::now() < until &&
               !is_closing_) {
            ErrorCode error;
            co_await read_some(exchange, {chunk.data(), chunk_bytes}, error);
            if (error) co_return;
        }
    }

    /// Says that nothing more comes, and waits shortly for the other side to say so, too.
    net::awaitable<void> end() {
        ErrorCode error;
        deadline_.set(milliseconds(linger_ms));
        if constexpr (is_tls) co_await stream_.async_shutdown(into(error));
        socket_.shutdown(tcp::socket::shutdown_send, error);
        std::array<char, 4096> dropped;
        std::size_t total = 0;
        error = {};
        deadline_.set(milliseconds(linger_ms));
        while (!error && total < linger_bytes_max) {
            const auto room = net::buffer(dropped);
            total += co_await socket_.async_read_some(room, into(error));
        }
    }

    static SecretText chunk_buffer() {
        SecretText chunk;
        chunk.reserve(chunk_bytes);
        return chunk;
    }

    static constexpr std::size_t first_read_bytes = 8 * KiB;
    static constexpr std::uint32_t linger_ms = 1000;
    static constexpr std::size_t linger_bytes_max = 1 * MiB;

    Shared& shared_;
    const Limits& limits_;
    const Site site_;
    Stream stream_;
    tcp::socket& socket_;
    Deadline deadline_;
    beast::basic_flat_buffer<WipingAllocator<char>> buffer_;
    net::ip::address peer_;
    bool is_idle_ = true;
    bool has_served_ = false;
    bool is_closing_ = false;
};

}  // namespace tideline::web::detail
