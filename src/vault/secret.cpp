#include "vault/secret.h"

#include <malloc.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

namespace tideline::vault {

void start() {
    static const bool started = [] {
        if (sodium_init() < 0) {
            std::fputs("tideline: the cryptographic library cannot start on this machine\n", stderr);
            std::abort();
        }
        const rlimit none{0, 0};
        setrlimit(RLIMIT_CORE, &none);
        prctl(PR_SET_DUMPABLE, 0);
#ifdef M_PERTURB
        // Ordinary memory is overwritten when it is freed: copies that libraries make of a text do not lie around.
        mallopt(M_PERTURB, 0x5A);
#endif
        return true;
    }();
    (void)started;
}

bool lock_process() {
    // Under a finite limit a locked process would fail to get memory later; then only secrets are locked, one by one.
    rlimit limit{RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_MEMLOCK, &limit);
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY) return false;
    return mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
}

namespace detail {

// Whole pages, so that unlocking one secret never unlocks its neighbour. Locking can fail under a small RLIMIT_MEMLOCK;
// the memory is then still wiped.
namespace {
constexpr std::size_t page = 4096;
std::size_t rounded(std::size_t bytes) { return (bytes + page - 1) / page * page; }
}  // namespace

void* allocate_locked(std::size_t bytes) {
    const std::size_t size = rounded(bytes == 0 ? 1 : bytes);
    void* memory = std::aligned_alloc(page, size);
    if (memory == nullptr) throw std::bad_alloc();
    (void)sodium_mlock(memory, size);
    return memory;
}

void free_locked(void* memory, std::size_t bytes) noexcept {
    const std::size_t size = rounded(bytes == 0 ? 1 : bytes);
    if (sodium_munlock(memory, size) != 0) sodium_memzero(memory, size);
    std::free(memory);
}

}  // namespace detail
}  // namespace tideline::vault
