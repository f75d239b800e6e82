#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

/// Sealed files on disk, named by random ids. A blob is whole or not there: it is written under another name, flushed
/// to the disk and then renamed.
namespace tideline::store {

/// A blob being written. Dropped without finish(), it leaves nothing.
class BlobWriter {
public:
    BlobWriter(BlobWriter&&) noexcept;
    BlobWriter& operator=(BlobWriter&&) noexcept;
    ~BlobWriter();
    Status append(std::span<const unsigned char> bytes);
    /// Returns when the blob has reached the disk.
    Status finish();
    const BlobId& id() const { return id_; }

private:
    friend class Blobs;
    BlobWriter(BlobId id, std::filesystem::path part, std::filesystem::path whole, int file);
    BlobId id_;
    std::filesystem::path part_, whole_;
    int file_ = -1;
};

/// Reads a blob in order.
class BlobReader {
public:
    BlobReader(BlobReader&&) noexcept;
    ~BlobReader();
    /// Fills `to`; the number of bytes read, fewer only at the end.
    Result<std::size_t> read(std::span<unsigned char> to);

private:
    friend class Blobs;
    explicit BlobReader(int file) : file_(file) {}
    int file_;
};

/// A directory of blobs. Safe for several threads and processes.
class Blobs {
public:
    /// Makes the directory if it is not there.
    static Result<Blobs> open(const std::filesystem::path& directory);
    Result<BlobWriter> create(const BlobId& id) const;
    /// Error::not_found without such a blob.
    Result<BlobReader> read(const BlobId& id) const;
    /// The size in bytes, or nothing.
    std::optional<std::uint64_t> size(const BlobId& id) const;
    void remove(const BlobId& id) const;
    /// All whole blobs that were finished at least `older_than_s` seconds ago.
    std::vector<BlobId> list(std::int64_t older_than_s = 0) const;
    /// Removes unfinished parts that nobody has written to for that long: a crash left them behind.
    void remove_parts(std::int64_t older_than_s) const;

private:
    explicit Blobs(std::filesystem::path directory) : directory_(std::move(directory)) {}
    std::filesystem::path path_of(const BlobId& id) const;
    std::filesystem::path directory_;
};

}  // namespace tideline::store
