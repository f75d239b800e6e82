#pragma once
#include <cstddef>
#include <cstdint>

/// Every limit of the HTTP edge. A constant here is the default of the member of Limits with the same name;
/// pages quote the constants in their errors, tests give a Limits with small ones.
namespace tideline::web {

constexpr std::uint64_t KiB = 1024;
constexpr std::uint64_t MiB = 1024 * KiB;

// What one request may be.
constexpr std::uint32_t header_bytes_max = 16 * KiB;              ///< request line and headers -> 431
constexpr std::size_t target_bytes_max = 4 * KiB;                 ///< path and query as sent -> 414
constexpr std::uint64_t form_body_bytes_max = 2 * MiB;            ///< an urlencoded body -> 413
constexpr std::size_t fields_max = 1000;                          ///< fields of a form or a query -> 400, said so
constexpr std::size_t field_name_bytes_max = 100;                 ///< -> 400
constexpr std::size_t field_bytes_max = 1 * MiB;                  ///< one text field, decoded -> 413
constexpr std::size_t multipart_part_header_bytes_max = 4 * KiB;  ///< -> 400
constexpr std::size_t multipart_boundary_bytes_max = 70;          ///< RFC 2046 §5.1.1
constexpr std::uint64_t file_bytes_max = 500'000'000;             ///< one attachment: 500 MB -> 413
constexpr std::size_t files_per_report_max = 20;                  ///< files in one multipart body -> 400
constexpr std::size_t file_name_bytes_max = 255;                  ///< longer names are cut, not refused
/// A whole multipart body. One request may carry a few files at most of full size; the rest follow in later requests.
constexpr std::uint64_t multipart_body_bytes_max = 2 * file_bytes_max + 4 * MiB;  // -> 413
constexpr std::uint64_t drain_bytes_max = 2 * multipart_body_bytes_max;  ///< read and dropped so that a refusal is seen

// What one connection, and all of them, may cost.
constexpr std::size_t connections_max = 2000;  ///< all sites together -> 503
constexpr std::size_t uploads_max = 200;       ///< multipart bodies under way -> 503
constexpr std::size_t chunk_bytes = 64 * KiB;  ///< the piece in which bodies are read and written
constexpr std::size_t io_threads = 1;
constexpr std::size_t handler_threads = 16;     ///< blocking handlers that run at once
constexpr std::size_t handler_queue_max = 256;  ///< requests that wait for a handler thread -> 503

// How long anything may take.
constexpr std::uint32_t header_time_ms_max = 20'000;           ///< first byte to end of headers -> 408
constexpr std::uint32_t keep_alive_idle_ms_max = 30'000;       ///< between two requests; then closed
constexpr std::uint32_t body_idle_ms_max = 60'000;             ///< no byte of a body for so long -> 408
constexpr std::uint32_t form_time_ms_max = 300'000;            ///< a whole urlencoded body -> 408
constexpr std::uint32_t upload_time_ms_max = 4 * 3600 * 1000;  ///< a whole multipart body -> 408
constexpr std::uint32_t upload_rate_bytes_per_s_min = 512;  ///< averaged since the body began, after the grace -> 408
constexpr std::uint32_t upload_rate_grace_ms = 60'000;
constexpr std::uint32_t drain_time_ms_max = 600'000;
constexpr std::uint32_t write_idle_ms_max = 60'000;  ///< a reader that takes nothing; then closed
constexpr std::uint32_t stop_time_ms_max = 10'000;   ///< what requests in flight get after SIGTERM

/// The limits a server runs with. Read-only once the server has started.
struct Limits {
    std::uint32_t header_bytes_max = web::header_bytes_max;
    std::size_t target_bytes_max = web::target_bytes_max;
    std::uint64_t form_body_bytes_max = web::form_body_bytes_max;
    std::size_t fields_max = web::fields_max;
    std::size_t field_name_bytes_max = web::field_name_bytes_max;
    std::size_t field_bytes_max = web::field_bytes_max;
    std::size_t multipart_part_header_bytes_max = web::multipart_part_header_bytes_max;
    std::uint64_t file_bytes_max = web::file_bytes_max;
    std::size_t files_per_report_max = web::files_per_report_max;
    std::size_t file_name_bytes_max = web::file_name_bytes_max;
    std::uint64_t multipart_body_bytes_max = web::multipart_body_bytes_max;
    std::uint64_t drain_bytes_max = web::drain_bytes_max;
    std::size_t connections_max = web::connections_max;
    std::size_t uploads_max = web::uploads_max;
    std::size_t io_threads = web::io_threads;
    std::size_t handler_threads = web::handler_threads;
    std::size_t handler_queue_max = web::handler_queue_max;
    std::uint32_t header_time_ms_max = web::header_time_ms_max;
    std::uint32_t keep_alive_idle_ms_max = web::keep_alive_idle_ms_max;
    std::uint32_t body_idle_ms_max = web::body_idle_ms_max;
    std::uint32_t form_time_ms_max = web::form_time_ms_max;
    std::uint32_t upload_time_ms_max = web::upload_time_ms_max;
    std::uint32_t upload_rate_bytes_per_s_min = web::upload_rate_bytes_per_s_min;
    std::uint32_t upload_rate_grace_ms = web::upload_rate_grace_ms;
    std::uint32_t drain_time_ms_max = web::drain_time_ms_max;
    std::uint32_t write_idle_ms_max = web::write_idle_ms_max;
    std::uint32_t stop_time_ms_max = web::stop_time_ms_max;
};

}  // namespace tideline::web
