#include "web/forms.h"

#include <string.h>

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace tideline::web {

namespace {

bool is_control(char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; }

bool is_field_name(std::string_view name, const Limits& limits) {
    return !name.empty() && name.size() <= limits.field_name_bytes_max && text::is_utf8(name) &&
           std::none_of(name.begin(), name.end(), is_control);
}

/// RFC 7230 §3.2.6.
bool is_token_byte(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(byte) != std::string_view::npos;
}

/// Reads `token`, `="quoted"` and their separators from a header value, one after the other.
class HeaderReader {
public:
    explicit HeaderReader(std::string_view text) : rest_(text) {}

    bool at_end() {
        skip_space();
        return rest_.empty();
    }
    bool take(char wanted) {
        skip_space();
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::optional<std::string> token() {
        skip_space();
        std::size_t length = 0;
        while (length < rest_.size() && is_token_byte(rest_[length])) ++length;
        if (length == 0) return std::nullopt;
        std::string taken(rest_.substr(0, length));
        rest_.remove_prefix(length);
        return taken;
    }
    /// A token or a quoted string. Within quotes only \" and \\ are escapes: browsers send other backslashes as such.
    std::optional<std::string> value() {
        if (!take('"')) return token();
        std::string taken;
        while (!rest_.empty()) {
            char byte = rest_.front();
            rest_.remove_prefix(1);
            if (byte == '"') return taken;
            if (byte == '\\' && (rest_.starts_with('"') || rest_.starts_with('\\'))) {
                byte = rest_.front();
                rest_.remove_prefix(1);
            }
            taken += byte;
        }
        return std::nullopt;
    }

private:
    void skip_space() {
        while (rest_.starts_with(' ') || rest_.starts_with('\t')) rest_.remove_prefix(1);
    }
    std::string_view rest_;
};

struct Parameters {
    std::string head;
    std::vector<std::pair<std::string, std::string>> all;

    const std::string* find(std::string_view name) const {
        for (const auto& [key, value] : all)
            if (key == name) return &value;
        return nullptr;
    }
};

/// `head; a=b; c="d"`, names in lower case, none twice.
std::optional<Parameters> parse_parameters(std::string_view text) {
    HeaderReader reader(text);
    auto head = reader.token();
    if (!head) return std::nullopt;
    Parameters parameters;
    parameters.head = text::ascii_lower(*head);
    if (reader.take('/')) {
        const auto subtype = reader.token();
        if (!subtype) return std::nullopt;
        parameters.head += '/' + text::ascii_lower(*subtype);
    }
    while (!reader.at_end()) {
        if (!reader.take(';')) return std::nullopt;
        if (reader.at_end()) break;
        const auto name = reader.token();
        if (!name || !reader.take('=')) return std::nullopt;
        auto value = reader.value();
        std::string key = text::ascii_lower(*name);
        if (!value || parameters.find(key) != nullptr) return std::nullopt;
        parameters.all.emplace_back(std::move(key), std::move(*value));
    }
    return parameters;
}

/// The three escapes that browsers use within a quoted name (WHATWG HTML, multipart/form-data encoding algorithm).
std::string browser_unescape(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view escape = text.substr(at, 3);
        if (escape == "%22") {
            plain += '"';
        } else if (escape == "%0D" || escape == "%0A") {
            plain += ' ';
        } else {
            plain += text[at];
            continue;
        }
        at += 2;
    }
    return plain;
}

/// UTF-8''percent-encoded (RFC 5987); other character sets are not sent by anybody.
std::optional<std::string> decode_extended(std::string_view text) {
    const auto parts = text::split(text, '\'');
    if (parts.size() != 3 || text::ascii_lower(parts[0]) != "utf-8") return std::nullopt;
    const auto decoded = percent_decode(parts[2], false);
    if (!decoded) return std::nullopt;
    return std::string(decoded->view());
}

}  // namespace

std::optional<Fields> parse_urlencoded(std::string_view body, const Limits& limits, Refusal& why) {
    Fields fields;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('&'), body.size());
        const std::string_view piece = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (piece.empty()) continue;
        why = Refusal::too_many_fields;
        if (fields.size() == limits.fields_max) return std::nullopt;
        const std::size_t equals = std::min(piece.find('='), piece.size());
        const auto name = percent_decode(piece.substr(0, equals), true);
        auto value = percent_decode(piece.substr(std::min(equals + 1, piece.size())), true);
        why = Refusal::wrong_encoding;
        if (!name || !value || !text::is_utf8(name->view()) || !text::is_utf8(value->view())) return std::nullopt;
        why = Refusal::bad_form;
        if (!is_field_name(name->view(), limits)) return std::nullopt;
        why = Refusal::too_large;
        if (value->size() > limits.field_bytes_max) return std::nullopt;
        fields.add(std::string(name->view()), std::move(*value));
    }
    return fields;
}

ContentType parse_content_type(std::string_view header) {
    const auto parameters = parse_parameters(header);
    if (!parameters || parameters->head.find('/') == std::string::npos) return {};
    ContentType type{parameters->head, std::nullopt};
    const std::string* boundary = parameters->find("boundary");
    // RFC 2046 §5.1.1: 1 to 70 of these, no space at the end.
    const auto is_boundary_byte = [](char byte) {
        return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
               std::string_view("'()+_,-./:=? ").find(byte) != std::string_view::npos;
    };
    if (boundary != nullptr && !boundary->empty() && boundary->size() <= multipart_boundary_bytes_max &&
        boundary->back() != ' ' && std::all_of(boundary->begin(), boundary->end(), is_boundary_byte))
        type.boundary = *boundary;
    return type;
}

std::optional<ContentDisposition> parse_content_disposition(std::string_view header, const Limits& limits) {
    const auto parameters = parse_parameters(header);
    if (!parameters || parameters->head != "form-data") return std::nullopt;
    const std::string* name = parameters->find("name");
    if (name == nullptr) return std::nullopt;
    ContentDisposition disposition;
    disposition.name = browser_unescape(*name);
    if (!is_field_name(disposition.name, limits)) return std::nullopt;
    if (const std::string* extended = parameters->find("filename*")) {
        const auto file_name = decode_extended(*extended);
        if (!file_name) return std::nullopt;
        disposition.file_name = base_name(*file_name, limits.file_name_bytes_max);
    } else if (const std::string* plain = parameters->find("filename")) {
        disposition.file_name = base_name(browser_unescape(*plain), limits.file_name_bytes_max);
    }
    return disposition;
}

std::string base_name(std::string_view file_name, std::size_t bytes_max) {
    constexpr std::size_t extension_bytes_max = 16;
    std::string name = text::clean(file_name.substr(file_name.find_last_of("/\\") + 1));
    std::erase_if(name, [](char byte) { return is_control(byte); });
    std::string_view kept = text::trim(name);
    while (kept.starts_with('.')) kept = text::trim(kept.substr(1));
    if (kept.size() <= bytes_max) return std::string(kept);
    const std::size_t dot = kept.rfind('.');
    std::string_view extension = dot == std::string_view::npos ? std::string_view() : kept.substr(dot);
    if (extension.size() > extension_bytes_max || extension.size() >= bytes_max) extension = {};
    std::size_t length = bytes_max - extension.size();
    while (length > 0 && (static_cast<unsigned char>(kept[length]) & 0xC0) == 0x80) --length;
    return std::string(text::trim(kept.substr(0, length))).append(extension);
}

struct MultipartParser::Impl {
    enum class Step { first_boundary, after_boundary, part_header, field, file, complete, refused };

    Impl(std::string_view boundary, const Limits& with_limits, MultipartSink& to)
        : limits(with_limits), sink(to), delimiter("\r\n--" + std::string(boundary)) {
        pending.reserve(slice_bytes + limits.multipart_part_header_bytes_max + delimiter.size() + 4);
    }
    ~Impl() { ::explicit_bzero(pending.data(), pending.capacity()); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    static constexpr std::size_t slice_bytes = 16 * KiB;

    const Limits& limits;
    MultipartSink& sink;
    const std::string delimiter;
    Step step = Step::first_boundary;
    std::optional<Refusal> why;
    std::vector<char> pending;  ///< reserved once, so that nothing typed is left in a buffer that was outgrown
    std::size_t parts = 0;
    std::size_t files = 0;
    std::string name;
    SecretText field;
    bool file_is_counted = false;
    std::uint64_t file_bytes = 0;

    bool is_over() const { return step == Step::complete || step == Step::refused; }

    void refuse(std::optional<Refusal> reason) {
        why = reason;
        step = Step::refused;
        field.wipe();
    }
    void ask(Verdict verdict) {
        if (verdict == Verdict::refuse) refuse(std::nullopt);
    }

    void feed(std::span<const char> bytes) {
        while (!bytes.empty() && !is_over()) {
            const auto slice = bytes.first(std::min(bytes.size(), slice_bytes));
            bytes = bytes.subspan(slice.size());
            pending.insert(pending.end(), slice.begin(), slice.end());
            std::size_t used = 0;
            while (!is_over()) {
                const std::size_t taken = take({pending.data() + used, pending.size() - used});
                if (taken == 0) break;
                used += taken;
            }
            ::memmove(pending.data(), pending.data() + used, pending.size() - used);
            pending.resize(pending.size() - used);
        }
    }

    /// Does one step with what is there; says how many bytes it used, 0 if it needs more.
    std::size_t take(std::string_view there) {
        switch (step) {
            case Step::first_boundary: return take_first_boundary(there);
            case Step::after_boundary: return take_after_boundary(there);
            case Step::part_header: return take_part_header(there);
            case Step::field:
            case Step::file: return take_content(there);
            case Step::complete:
            case Step::refused: break;
        }
        return 0;
    }

    std::size_t take_first_boundary(std::string_view there) {
        const std::string_view wanted = std::string_view(delimiter).substr(2);
        const std::size_t length = std::min(wanted.size(), there.size());
        if (there.substr(0, length) != wanted.substr(0, length)) return refuse(Refusal::bad_form), 0;
        if (length < wanted.size()) return 0;
        step = Step::after_boundary;
        return length;
    }

    std::size_t take_after_boundary(std::string_view there) {
        if (there.size() < 2) return 0;
        if (there.starts_with("--")) {
            step = Step::complete;
        } else if (there.starts_with("\r\n")) {
            step = Step::part_header;
        } else {
            refuse(Refusal::bad_form);
        }
        return 2;
    }

    std::size_t take_part_header(std::string_view there) {
        const std::size_t end = there.find("\r\n\r\n");
        // Without an end, up to three bytes may be the beginning of one.
        const std::size_t header_bytes_min =
            end == std::string_view::npos ? there.size() - std::min<std::size_t>(there.size(), 3) : end;
        if (header_bytes_min > limits.multipart_part_header_bytes_max) return refuse(Refusal::bad_form), 0;
        if (end == std::string_view::npos) return 0;
        begin_part(there.substr(0, end));
        return end + 4;
    }

    void begin_part(std::string_view header) {
        std::optional<std::string_view> disposition;
        std::string content_type;
        while (!header.empty()) {
            const std::size_t end = std::min(header.find("\r\n"), header.size());
            const std::string_view line = header.substr(0, end);
            header.remove_prefix(std::min(end + 2, header.size()));
            const std::size_t colon = line.find(':');
            if (colon == std::string_view::npos ||
                !std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), is_token_byte))
                return refuse(Refusal::bad_form);
            const std::string key = text::ascii_lower(line.substr(0, colon));
            const std::string_view value = text::trim(line.substr(colon + 1));
            if (key == "content-disposition") {
                if (disposition) return refuse(Refusal::bad_form);
                disposition = value;
            } else if (key == "content-type") {
                content_type = parse_content_type(value).type;
            } else if (key == "content-transfer-encoding") {
                const std::string encoding = text::ascii_lower(value);
                if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") return refuse(Refusal::bad_form);
            }
        }
        auto parsed = disposition ? parse_content_disposition(*disposition, limits) : std::nullopt;
        if (!parsed) return refuse(Refusal::bad_form);
        if (++parts > limits.fields_max) return refuse(Refusal::too_many_fields);
        name = std::move(parsed->name);
        if (!parsed->file_name) {
            step = Step::field;
            return;
        }
        step = Step::file;
        file_bytes = 0;
        file_is_counted = false;
        if (!parsed->file_name->empty() && !count_file()) return;
        ask(sink.on_file_begin(name, std::move(*parsed->file_name), std::move(content_type)));
    }

    bool count_file() {
        if (file_is_counted) return true;
        file_is_counted = true;
        if (++files <= limits.files_per_report_max) return true;
        refuse(Refusal::too_many_files);
        return false;
    }

    std::size_t take_content(std::string_view there) {
        const void* found = ::memmem(there.data(), there.size(), delimiter.data(), delimiter.size());
        if (found != nullptr) {
            const auto length = static_cast<std::size_t>(static_cast<const char*>(found) - there.data());
            content(there.substr(0, length));
            if (!is_over()) end_part();
            return length + delimiter.size();
        }
        // What is left could be the beginning of a delimiter.
        if (there.size() < delimiter.size()) return 0;
        const std::size_t length = there.size() - (delimiter.size() - 1);
        content(there.substr(0, length));
        return length;
    }

    void content(std::string_view bytes) {
        if (bytes.empty()) return;
        if (step == Step::field) {
            if (field.size() + bytes.size() > limits.field_bytes_max) return refuse(Refusal::too_large);
            field.append(bytes);
            return;
        }
        if (!count_file()) return;
        const std::uint64_t room = limits.file_bytes_max - file_bytes;
        const std::string_view fits =
            bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size())));
        file_bytes += fits.size();
        if (!fits.empty()) ask(sink.on_file_data(fits));
        if (!is_over() && fits.size() < bytes.size()) refuse(Refusal::too_large);
    }

    void end_part() {
        const bool was_field = step == Step::field;
        step = Step::after_boundary;
        if (!was_field) return ask(sink.on_file_end());
        if (!text::is_utf8(field.view())) return refuse(Refusal::wrong_encoding);
        ask(sink.on_field(std::move(name), std::move(field)));
        field = SecretText();
    }
};

MultipartParser::MultipartParser(std::string_view boundary, const Limits& limits, MultipartSink& sink)
    : impl_(std::make_unique<Impl>(boundary, limits, sink)) {}
MultipartParser::~MultipartParser() = default;
MultipartParser::MultipartParser(MultipartParser&&) noexcept = default;

MultipartParser::State MultipartParser::feed(std::span<const char> bytes) {
    impl_->feed(bytes);
    return state();
}

MultipartParser::State MultipartParser::state() const {
    if (impl_->step == Impl::Step::complete) return State::complete;
    if (impl_->step == Impl::Step::refused) return State::refused;
    return State::more;
}

std::optional<Refusal> MultipartParser::why() const { return impl_->why; }

}  // namespace tideline::web
