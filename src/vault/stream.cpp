#include "vault/stream.h"

#include <sodium.h>

#include <cstring>
#include <stdexcept>

namespace tideline::vault {

static_assert(crypto_secretstream_xchacha20poly1305_ABYTES == 17);
static_assert(crypto_secretstream_xchacha20poly1305_HEADERBYTES == stream_header_bytes);

// Every chunk holds 3 bytes of length and up to payload_bytes of the file; the rest is zero.
namespace {
constexpr std::size_t length_bytes = 3;
constexpr std::size_t payload_bytes = chunk_bytes - length_bytes;

Secret<Key32> stream_key(const ObjectKey& key, Context context) {
    return derive(key, "file|" + std::to_string(context.object.size()) + ":" + std::string(context.object) + "|" +
                           std::string(context.field));
}
}  // namespace

std::uint64_t sealed_file_bytes(std::uint64_t bytes) {
    const std::uint64_t chunks = bytes == 0 ? 1 : (bytes + payload_bytes - 1) / payload_bytes;
    return stream_header_bytes + chunks * sealed_chunk_bytes;
}

struct FileSealer::State {
    crypto_secretstream_xchacha20poly1305_state stream;
    std::array<unsigned char, stream_header_bytes> header{};
    bool header_written = false;
    bool finished = false;
    std::uint64_t total = 0;
    SecretText pending{chunk_bytes};
    std::size_t filled = 0;

    void push(bool last, std::vector<unsigned char>& out) {
        if (!header_written) {
            out.insert(out.end(), header.begin(), header.end());
            header_written = true;
        }
        unsigned char* chunk = pending.data();
        for (std::size_t i = 0; i < length_bytes; ++i) chunk[i] = static_cast<unsigned char>(filled >> (8 * i));
        std::memset(chunk + length_bytes + filled, 0, payload_bytes - filled);
        const std::size_t at = out.size();
        out.resize(at + sealed_chunk_bytes);
        const unsigned char tag =
            last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        crypto_secretstream_xchacha20poly1305_push(&stream, out.data() + at, nullptr, chunk, chunk_bytes, nullptr, 0,
                                                   tag);
        filled = 0;
    }
};

FileSealer::FileSealer(const ObjectKey& key, Context context) : state_(std::make_unique<State>()) {
    const Secret<Key32> file_key = stream_key(key, context);
    crypto_secretstream_xchacha20poly1305_init_push(&state_->stream, state_->header.data(), file_key.expose().data());
}

FileSealer::~FileSealer() {
    if (state_) sodium_memzero(&state_->stream, sizeof state_->stream);
}

void FileSealer::add(std::span<const unsigned char> bytes, std::vector<unsigned char>& out) {
    if (state_->finished) throw std::logic_error("a finished file takes no more bytes");
    state_->total += bytes.size();
    while (!bytes.empty()) {
        // A full chunk is pushed only when more follows, so that the last one is always left for finish().
        if (state_->filled == payload_bytes) state_->push(false, out);
        const std::size_t take = std::min(bytes.size(), payload_bytes - state_->filled);
        std::memcpy(state_->pending.data() + length_bytes + state_->filled, bytes.data(), take);
        state_->filled += take;
        bytes = bytes.subspan(take);
    }
}

void FileSealer::finish(std::vector<unsigned char>& out) {
    if (state_->finished) throw std::logic_error("a file is finished once");
    state_->push(true, out);
    state_->finished = true;
}

std::uint64_t FileSealer::bytes() const { return state_->total; }

struct FileOpener::State {
    crypto_secretstream_xchacha20poly1305_state stream;
    bool finished = false;
    ~State() { sodium_memzero(&stream, sizeof stream); }
};

FileOpener::FileOpener(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileOpener::FileOpener(FileOpener&&) noexcept = default;
FileOpener::~FileOpener() = default;

Result<FileOpener> FileOpener::start(const ObjectKey& key, Context context, std::span<const unsigned char> header) {
    auto state = std::make_unique<State>();
    const Secret<Key32> file_key = stream_key(key, context);
    if (header.size() != stream_header_bytes ||
        crypto_secretstream_xchacha20poly1305_init_pull(&state->stream, header.data(), file_key.expose().data()) != 0)
        return {ErrorKind::corrupt, "this file is cut or damaged at its beginning"};
    return FileOpener(std::move(state));
}

Result<SecretText> FileOpener::next(std::span<const unsigned char> chunk) {
    const Error damaged{ErrorKind::corrupt, "this file was changed or cut, or belongs elsewhere"};
    if (chunk.size() != sealed_chunk_bytes || state_->finished) return damaged;
    SecretText plain(chunk_bytes);
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&state_->stream, plain.data(), nullptr, &tag, chunk.data(),
                                                   chunk.size(), nullptr, 0) != 0)
        return damaged;
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) length |= static_cast<std::size_t>(plain.data()[i]) << (8 * i);
    if (length > payload_bytes) return damaged;
    state_->finished = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return SecretText(plain.expose().substr(length_bytes, length));
}

bool FileOpener::finished() const { return state_->finished; }

}  // namespace tideline::vault
