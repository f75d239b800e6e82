#pragma once
#include <string.h>

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

namespace tideline::web {

/// Bytes that somebody typed, or a page that quotes them: held in one buffer that is zeroed before it is given back,
/// also when it grows. Moves, never copies; cannot be printed or compared by accident. Not safe from several threads.
class SecretText {
public:
    SecretText() = default;
    explicit SecretText(std::string_view bytes) { append(bytes); }
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;
    SecretText(SecretText&& from) noexcept
        : bytes_(std::move(from.bytes_)),
          size_(std::exchange(from.size_, 0)),
          capacity_(std::exchange(from.capacity_, 0)) {}
    SecretText& operator=(SecretText&& from) noexcept {
        if (this != &from) {
            wipe();
            bytes_ = std::move(from.bytes_);
            size_ = std::exchange(from.size_, 0);
            capacity_ = std::exchange(from.capacity_, 0);
        }
        return *this;
    }
    ~SecretText() { wipe(); }

    /// The bytes, for as long as this object is neither changed nor destroyed.
    std::string_view view() const { return {bytes_.get(), size_}; }
    char* data() { return bytes_.get(); }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    void append(std::string_view bytes) {
        if (bytes.empty()) return;
        if (size_ + bytes.size() > capacity_) reserve(size_ + bytes.size() + capacity_);
        ::memcpy(bytes_.get() + size_, bytes.data(), bytes.size());
        size_ += bytes.size();
    }
    void push_back(char byte) { append({&byte, 1}); }

    /// Room for `bytes` in all; the buffer that becomes too small is zeroed.
    void reserve(std::size_t bytes) {
        if (bytes <= capacity_) return;
        auto larger = std::make_unique_for_overwrite<char[]>(bytes);
        if (size_ > 0) ::memcpy(larger.get(), bytes_.get(), size_);
        if (bytes_) ::explicit_bzero(bytes_.get(), capacity_);
        bytes_ = std::move(larger);
        capacity_ = bytes;
    }

    /// Zeroes and forgets the bytes; the object can be used again.
    void wipe() {
        if (bytes_) ::explicit_bzero(bytes_.get(), capacity_);
        bytes_.reset();
        size_ = capacity_ = 0;
    }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace tideline::web
