#include "store/blobs.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace tideline::store {

namespace fs = std::filesystem;

namespace {
Error disk_error(const char* what) { return {ErrorKind::unavailable, std::string(what) + ": " + std::strerror(errno)}; }

/// Makes a rename or a removal in a directory durable.
void flush_directory(const fs::path& directory) {
    const int file = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return;
    ::fsync(file);
    ::close(file);
}
}  // namespace

BlobWriter::BlobWriter(BlobId id, fs::path part, fs::path whole, int file)
    : id_(std::move(id)), part_(std::move(part)), whole_(std::move(whole)), file_(file) {}

BlobWriter::BlobWriter(BlobWriter&& other) noexcept
    : id_(std::move(other.id_)),
      part_(std::move(other.part_)),
      whole_(std::move(other.whole_)),
      file_(std::exchange(other.file_, -1)) {}

BlobWriter& BlobWriter::operator=(BlobWriter&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(part_, other.part_);
    std::swap(whole_, other.whole_);
    std::swap(file_, other.file_);
    return *this;
}

BlobWriter::~BlobWriter() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(part_.c_str());
}

Status BlobWriter::append(std::span<const unsigned char> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return disk_error("a file cannot be written");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Status BlobWriter::finish() {
    if (::fsync(file_) != 0) return disk_error("a file cannot be flushed to the disk");
    ::close(std::exchange(file_, -1));
    if (::rename(part_.c_str(), whole_.c_str()) != 0) return disk_error("a file cannot be put in its place");
    flush_directory(whole_.parent_path());
    return {};
}

BlobReader::BlobReader(BlobReader&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
BlobReader::~BlobReader() {
    if (file_ >= 0) ::close(file_);
}

Result<std::size_t> BlobReader::read(std::span<unsigned char> to) {
    std::size_t got = 0;
    while (got < to.size()) {
        const ssize_t n = ::read(file_, to.data() + got, to.size() - got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return disk_error("a file cannot be read");
        if (n == 0) break;
        got += static_cast<std::size_t>(n);
    }
    return got;
}

Result<Blobs> Blobs::open(const fs::path& directory) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) return {ErrorKind::unavailable, "the folder for files cannot be made: " + error.message()};
    fs::permissions(directory, fs::perms::owner_all, error);
    return Blobs(directory);
}

fs::path Blobs::path_of(const BlobId& id) const { return directory_ / id.str().substr(0, 2) / id.str(); }

Result<BlobWriter> Blobs::create(const BlobId& id) const {
    const fs::path whole = path_of(id);
    std::error_code error;
    if (fs::create_directory(whole.parent_path(), error)) flush_directory(directory_);
    fs::path part = whole;
    part += ".part";
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return disk_error("a file cannot be made");
    return BlobWriter(id, std::move(part), whole, file);
}

Result<BlobReader> Blobs::read(const BlobId& id) const {
    const int file = ::open(path_of(id).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return {ErrorKind::not_found, "there is no such file"};
    return BlobReader(file);
}

std::optional<std::uint64_t> Blobs::size(const BlobId& id) const {
    std::error_code error;
    const auto size = fs::file_size(path_of(id), error);
    if (error) return std::nullopt;
    return size;
}

void Blobs::remove(const BlobId& id) const {
    const fs::path path = path_of(id);
    ::unlink(path.c_str());
    flush_directory(path.parent_path());
}

std::vector<BlobId> Blobs::list(std::int64_t older_than_s) const {
    std::vector<BlobId> ids;
    std::error_code error;
    const auto limit = fs::file_time_type::clock::now() - std::chrono::seconds(older_than_s);
    for (fs::recursive_directory_iterator at(directory_, error), end; !error && at != end; at.increment(error)) {
        if (!at->is_regular_file(error) || at->last_write_time(error) > limit) continue;
        if (auto id = BlobId::parse(at->path().filename().string())) ids.push_back(std::move(*id));
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

void Blobs::remove_parts(std::int64_t older_than_s) const {
    std::error_code error;
    const auto limit = fs::file_time_type::clock::now() - std::chrono::seconds(older_than_s);
    std::vector<fs::path> parts;
    for (fs::recursive_directory_iterator at(directory_, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() == ".part" && at->last_write_time(error) <= limit) parts.push_back(at->path());
    }
    for (const fs::path& part : parts) ::unlink(part.c_str());
}

}  // namespace tideline::store
