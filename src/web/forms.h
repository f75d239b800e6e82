#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "web/http.h"
#include "web/limits.h"

/// The two ways in which browsers send forms. Everything here is given bytes from strangers.
namespace tideline::web {

/// What a sink thinks of what it was given. After `refuse` it is given nothing more but finish().
enum class Verdict { accept, refuse };

/// Where a multipart body goes while it arrives. Made by the route's handler when the headers are there; used by one
/// thread of the pool at a time; gets the parts in their order; ends with exactly one of finish() or abort().
class MultipartSink {
public:
    virtual ~MultipartSink() = default;
    /// A text field; valid UTF-8, at most field_bytes_max.
    virtual Verdict on_field(std::string name, SecretText value) = 0;
    /// A file begins. Its name is a base name without control characters, "" if the browser sent none (a file input
    /// that was left empty has no name and no bytes). The type is what the browser claims.
    virtual Verdict on_file_begin(std::string name, std::string file_name, std::string content_type) = 0;
    /// The next bytes of the file, at most 64 KiB; `data` is overwritten afterwards.
    virtual Verdict on_file_data(std::span<const char> data) = 0;
    virtual Verdict on_file_end() = 0;
    /// The body is whole (or refused by this sink, or by the edge: see on_refused), give the answer.
    virtual Response finish() = 0;
    /// The edge itself found a fault (too large, malformed part, wrong encoding). The rest is read and dropped; then
    /// finish() is called if this returns true, so that the answer can keep what was typed; else the error page.
    virtual bool on_refused(Refusal) { return false; }
    /// The body ended early, or time ran out: undo. Nobody is there to read an answer.
    virtual void abort() = 0;
};

/// Parses an application/x-www-form-urlencoded body or a query. An empty text has no fields; empty pieces ("a&&b")
/// are left out. The refusal says what was wrong: wrong_encoding (percent or UTF-8), too_many_fields, too_large,
/// bad_form (a name that is empty, too long or has control characters).
std::optional<Fields> parse_urlencoded(std::string_view body, const Limits& limits, Refusal& why);

/// The type/subtype of a Content-Type in lower case, and its boundary if it has a valid one.
struct ContentType {
    std::string type;
    std::optional<std::string> boundary;
};
ContentType parse_content_type(std::string_view header);

/// What a part says of itself.
struct ContentDisposition {
    std::string name;
    std::optional<std::string> file_name;  ///< present (perhaps empty) if this part is a file
};
/// Parses `form-data; name="…"; filename="…"; filename*=UTF-8''…`. filename* wins over filename (RFC 6266).
/// Quoted strings may escape with '\' or, as browsers do, with %22, %0D, %0A. Nothing if it is malformed, has no name,
/// or repeats a parameter.
std::optional<ContentDisposition> parse_content_disposition(std::string_view header, const Limits& limits);

/// What remains of a file name that a stranger sent: the part behind the last '/' or '\', without control characters,
/// direction overrides, leading dots and white space at the ends; at most `bytes_max` (cut between code points, its
/// extension kept). May be empty. Not for naming files on disk: only for showing.
std::string base_name(std::string_view file_name, std::size_t bytes_max);

/// Splits a multipart/form-data body that arrives in pieces of any size (RFC 7578) and hands it to a sink. Memory is
/// bounded by field_bytes_max + multipart_part_header_bytes_max, whatever comes.
class MultipartParser {
public:
    /// `boundary` from parse_content_type. `sink` outlives the parser.
    MultipartParser(std::string_view boundary, const Limits& limits, MultipartSink& sink);
    ~MultipartParser();
    MultipartParser(MultipartParser&&) noexcept;

    enum class State {
        more,      ///< goes on
        complete,  ///< the final boundary was seen; what follows is ignored
        refused,   ///< by the sink, or by the parser: see why()
    };
    /// Takes the next bytes. After `complete` or `refused` further bytes are ignored.
    State feed(std::span<const char> bytes);
    State state() const;
    /// The parser's own reason; nothing if it was the sink that refused.
    std::optional<Refusal> why() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tideline::web
