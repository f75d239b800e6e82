#pragma once
#include <array>
#include <cstddef>
#include <cstring>
#include <iosfwd>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Values that must not leave a trace: they live in memory that is locked against swapping (where the system lets us)
/// and overwritten when freed. They are moved, never copied by accident, and can be neither printed nor compared.
namespace tideline::vault {

/// Must run once before anything else of this folder; ends the process if the library cannot start. Also keeps the
/// process out of core dumps. Safe to call again.
void start();

/// Keeps the whole process out of swap where the system allows it without limit (root, or LimitMEMLOCK=infinity); for
/// servers, at start. Tells whether it did.
bool lock_process();

namespace detail {
void* allocate_locked(std::size_t bytes);
void free_locked(void* memory, std::size_t bytes) noexcept;

template <class T>
struct LockedAllocator {
    using value_type = T;
    LockedAllocator() = default;
    template <class U>
    LockedAllocator(const LockedAllocator<U>&) {}
    T* allocate(std::size_t n) { return static_cast<T*>(allocate_locked(n * sizeof(T))); }
    void deallocate(T* p, std::size_t n) noexcept { free_locked(p, n * sizeof(T)); }
    bool operator==(const LockedAllocator&) const { return true; }
};
}  // namespace detail

/// A plain value (a key, a seed) in locked memory. `expose()` is the only way to it, and easy to find in a review.
template <class T>
class Secret {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    Secret() : value_(static_cast<T*>(detail::allocate_locked(sizeof(T)))) { new (value_) T{}; }
    Secret(Secret&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
    Secret& operator=(Secret&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~Secret() {
        if (value_ != nullptr) detail::free_locked(value_, sizeof(T));
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    /// A deliberate copy.
    Secret clone() const {
        Secret copy;
        *copy.value_ = *value_;
        return copy;
    }
    T& expose() { return *value_; }
    const T& expose() const { return *value_; }

    template <class U>
    bool operator==(const U&) const = delete;
    friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

private:
    T* value_;
};

/// A text or bytes of any length with the same promises: narratives, passwords, receipts, opened fields.
class SecretText {
public:
    SecretText() = default;
    explicit SecretText(std::string_view text) : bytes_(text.begin(), text.end()) {}
    explicit SecretText(std::size_t size) : bytes_(size) {}
    SecretText(SecretText&&) noexcept = default;
    SecretText& operator=(SecretText&&) noexcept = default;
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;

    SecretText clone() const { return SecretText(expose()); }
    std::string_view expose() const { return {bytes_.data(), bytes_.size()}; }
    unsigned char* data() { return reinterpret_cast<unsigned char*>(bytes_.data()); }
    const unsigned char* data() const { return reinterpret_cast<const unsigned char*>(bytes_.data()); }
    std::size_t size() const { return bytes_.size(); }
    bool empty() const { return bytes_.empty(); }
    void append(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }
    void resize(std::size_t size) { bytes_.resize(size); }

    template <class U>
    bool operator==(const U&) const = delete;
    friend std::ostream& operator<<(std::ostream&, const SecretText&) = delete;

private:
    std::vector<char, detail::LockedAllocator<char>> bytes_;
};

using Key32 = std::array<unsigned char, 32>;

}  // namespace tideline::vault
