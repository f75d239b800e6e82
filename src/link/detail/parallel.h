#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tideline::link::detail {

/// As many threads as were asked for; all that the machine has for 0.
inline unsigned threads_or_all(unsigned wanted) {
    return wanted != 0 ? wanted : std::max(1u, std::thread::hardware_concurrency());
}

/// Calls body(task, worker) for every task in [0, tasks), on `workers` threads; rethrows the first exception.
template <class Body>
void parallel(std::size_t tasks, unsigned workers, Body&& body) {
    if (workers <= 1 || tasks <= 1) {
        for (std::size_t task = 0; task < tasks; ++task) body(task, 0u);
        return;
    }
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex guard;
    const auto work = [&](unsigned worker) {
        try {
            for (std::size_t task = next++; task < tasks; task = next++) body(task, worker);
        } catch (...) {
            const std::scoped_lock lock(guard);
            failure = std::current_exception();
            next = tasks;
        }
    };
    std::vector<std::thread> threads;
    for (unsigned worker = 1; worker < workers; ++worker) threads.emplace_back(work, worker);
    work(0);
    for (auto& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
}

/// Calls body(from, to, worker) for stretches of [0, count) of `stretch` each, on `workers` threads.
template <class Body>
void parallel_stretches(std::size_t count, std::size_t stretch, unsigned workers, Body&& body) {
    parallel((count + stretch - 1) / stretch, workers, [&](std::size_t task, unsigned worker) {
        body(task * stretch, std::min(count, (task + 1) * stretch), worker);
    });
}

}  // namespace tideline::link::detail
