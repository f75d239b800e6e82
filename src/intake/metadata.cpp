#include <archive.h>
#include <archive_entry.h>
#include <magic.h>

#include <memory>

#include "intake/detail/pdf.h"
#include "intake/detail/pictures.h"
#include "intake/service.h"

/// Taking hidden details out of files. The bytes come from strangers: every library here is called with bounds, and
/// whatever it throws means that this file cannot be cleaned.
namespace tideline::intake {

namespace {

Error cannot_clean() {
    return {ErrorKind::unavailable,
            tr("Hidden details cannot be taken out of this kind of file. You can download the original.")};
}
Error damaged() {
    return {ErrorKind::corrupt,
            tr("This file is damaged, so hidden details cannot be taken out. You can download the original.")};
}

Result<vault::SecretText> clean_picture(std::string_view type, std::string_view bytes) {
    auto bare = type == "image/jpeg"  ? detail::bare_jpeg(bytes)
                : type == "image/png" ? detail::bare_png(bytes)
                                      : detail::bare_webp(bytes);
    if (!bare) return damaged();
    return std::move(*bare);
}

Result<vault::SecretText> clean_pdf(std::string_view bytes) {
    vault::SecretText out;
    const auto append = [](void* to, const unsigned char* data, std::size_t size) {
        static_cast<vault::SecretText*>(to)->append({reinterpret_cast<const char*>(data), size});
    };
    if (!detail::bare_pdf(bytes, append, &out)) return damaged();
    return out;
}

/// What a property part is replaced by, or nothing when the part stays.
std::optional<std::string_view> empty_part(std::string_view name) {
    static constexpr std::string_view head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    static const std::string core =
        std::string(head) +
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>";
    static const std::string app =
        std::string(head) +
        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>";
    static const std::string custom =
        std::string(head) +
        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>";
    static const std::string meta =
        std::string(head) +
        "<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "office:version=\"1.2\"><office:meta/></office:document-meta>";
    if (name == "docProps/core.xml") return core;
    if (name == "docProps/app.xml") return app;
    if (name == "docProps/custom.xml") return custom;
    if (name == "meta.xml") return meta;
    if (name.starts_with("docProps/thumbnail") || name.starts_with("Thumbnails/")) return std::string_view();
    return std::nullopt;
}

std::string_view picture_type(std::string_view name) {
    const std::string lower = text::ascii_lower(name);
    if (lower.ends_with(".jpg") || lower.ends_with(".jpeg")) return "image/jpeg";
    if (lower.ends_with(".png")) return "image/png";
    if (lower.ends_with(".webp")) return "image/webp";
    return {};
}

struct Reading {
    archive* handle = archive_read_new();
    ~Reading() { archive_read_free(handle); }
};
struct Writing {
    archive* handle = archive_write_new();
    ~Writing() { archive_write_free(handle); }
};

la_ssize_t write_to(archive*, void* client, const void* buffer, size_t length) {
    static_cast<vault::SecretText*>(client)->append({static_cast<const char*>(buffer), length});
    return static_cast<la_ssize_t>(length);
}

/// A zip within a small multiple of the copy limit, entry by entry in its order.
Result<vault::SecretText> clean_office(std::string_view bytes) {
    constexpr std::uint64_t unpacked_bytes_max = 4 * limits::copy_bytes_max;
    constexpr int entries_max = 10'000;
    vault::SecretText out;
    std::uint64_t unpacked = 0;
    Reading reading;
    Writing writing;
    archive_read_support_format_zip(reading.handle);
    if (archive_read_open_memory(reading.handle, bytes.data(), bytes.size()) != ARCHIVE_OK) return damaged();
    archive_write_set_format_zip(writing.handle);
    archive_write_set_bytes_in_last_block(writing.handle, 1);
    if (archive_write_open2(writing.handle, &out, nullptr, write_to, nullptr, nullptr) != ARCHIVE_OK) return damaged();
    archive_entry* entry = nullptr;
    int entries = 0;
    for (int status; (status = archive_read_next_header(reading.handle, &entry)) != ARCHIVE_EOF;) {
        if (status < ARCHIVE_WARN || ++entries > entries_max) return damaged();
        // The bytes as they stand; where the zip says that they are UTF-8, libarchive may have them in that form only.
        const char* path = archive_entry_pathname(entry);
        if (path == nullptr) path = archive_entry_pathname_utf8(entry);
        if (path == nullptr) return damaged();
        const std::string name = path;
        vault::SecretText content;
        std::vector<char> buffer(64 * 1024);
        for (la_ssize_t got; (got = archive_read_data(reading.handle, buffer.data(), buffer.size())) != 0;) {
            if (got < 0) return damaged();
            unpacked += static_cast<std::uint64_t>(got);
            if (unpacked > unpacked_bytes_max) return cannot_clean();
            content.append({buffer.data(), static_cast<std::size_t>(got)});
        }
        if (const auto replaced = empty_part(name)) {
            if (replaced->empty()) continue;
            content = vault::SecretText(*replaced);
        } else if (const std::string_view type = picture_type(name); !type.empty()) {
            auto clean = clean_picture(type, content.expose());
            if (!clean) return clean.error();
            content = std::move(*clean);
        }
        archive_entry* copy = archive_entry_new();
        archive_entry_set_pathname(copy, name.c_str());
        archive_entry_set_filetype(copy, AE_IFREG);
        archive_entry_set_perm(copy, 0644);
        archive_entry_set_size(copy, static_cast<la_int64_t>(content.size()));
        const int chosen = name == "mimetype" ? archive_write_zip_set_compression_store(writing.handle)
                                              : archive_write_zip_set_compression_deflate(writing.handle);
        const bool written = chosen == ARCHIVE_OK && archive_write_header(writing.handle, copy) == ARCHIVE_OK &&
                             archive_write_data(writing.handle, content.data(), content.size()) ==
                                 static_cast<la_ssize_t>(content.size());
        archive_entry_free(copy);
        if (!written) return damaged();
    }
    if (entries == 0 || archive_write_close(writing.handle) != ARCHIVE_OK) return damaged();
    return out;
}

struct Magic {
    magic_t cookie = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR);
    bool loaded = cookie != nullptr && magic_load(cookie, nullptr) == 0;
    ~Magic() {
        if (cookie != nullptr) magic_close(cookie);
    }
};
}  // namespace

Result<vault::SecretText> without_metadata(std::string_view type, std::string_view bytes) {
    if (type == "image/jpeg" || type == "image/png" || type == "image/webp") return clean_picture(type, bytes);
    if (type == "application/pdf") return clean_pdf(bytes);
    if (type.starts_with("application/vnd.openxmlformats-officedocument.") ||
        type.starts_with("application/vnd.oasis.opendocument."))
        return clean_office(bytes);
    if (type == "text/plain") return vault::SecretText(bytes);
    return cannot_clean();
}

std::string detect_type(std::span<const unsigned char> beginning) {
    thread_local Magic magic;
    if (!magic.loaded || beginning.empty()) return "application/octet-stream";
    const char* type = magic_buffer(magic.cookie, beginning.data(), beginning.size());
    return type == nullptr ? "application/octet-stream" : type;
}

}  // namespace tideline::intake
