#pragma once
#include <string.h>

#include <cstddef>
#include <memory>

namespace tideline::web::detail {

/// Zeroes memory before it gives it back: for buffers of libraries through which typed text passes.
template <class T>
struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template <class U>
    WipingAllocator(const WipingAllocator<U>&) {}
    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* memory, std::size_t count) {
        ::explicit_bzero(static_cast<void*>(memory), count * sizeof(T));
        std::allocator<T>().deallocate(memory, count);
    }
    bool operator==(const WipingAllocator&) const { return true; }
};

}  // namespace tideline::web::detail
