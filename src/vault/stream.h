#pragma once
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "vault/seal.h"

/// Files of any size, sealed in chunks of 64 KiB (libsodium's secretstream, XChaCha20-Poly1305) with constant memory.
/// The file's first chunk and last chunk are marked, so that cutting, reordering or joining files is found.
namespace tideline::vault {

constexpr std::size_t chunk_bytes = 64 * 1024;
constexpr std::size_t sealed_chunk_bytes = chunk_bytes + 17;
constexpr std::size_t stream_header_bytes = 24;

/// The size on disk of a file of `bytes` bytes: header and whole chunks. The last chunk is padded, so the size tells
/// only how many chunks there are.
std::uint64_t sealed_file_bytes(std::uint64_t bytes);

/// Seals a file as it arrives. One thread at a time.
class FileSealer {
public:
    FileSealer(const ObjectKey& key, Context context);
    ~FileSealer();
    /// Appends what can be written now to `out`.
    void add(std::span<const unsigned char> bytes, std::vector<unsigned char>& out);
    /// The last chunk. Nothing may be added afterwards.
    void finish(std::vector<unsigned char>& out);
    std::uint64_t bytes() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Opens a sealed file chunk by chunk. One thread at a time.
class FileOpener {
public:
    /// `header`: the first stream_header_bytes of the file.
    static Result<FileOpener> start(const ObjectKey& key, Context context, std::span<const unsigned char> header);
    FileOpener(FileOpener&&) noexcept;
    ~FileOpener();
    /// One sealed chunk (sealed_chunk_bytes). Error::corrupt when it is not the next chunk of this file.
    Result<SecretText> next(std::span<const unsigned char> chunk);
    /// True once the chunk marked as the last one was opened; a file that ends before is cut.
    bool finished() const;

private:
    struct State;
    explicit FileOpener(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace tideline::vault
