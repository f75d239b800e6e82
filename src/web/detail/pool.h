#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tideline::web::detail {

/// Threads on which handlers run and may block. Safe from several threads.
class HandlerPool {
public:
    HandlerPool(std::size_t threads, std::size_t queue_max);
    /// Finishes what was taken in.
    ~HandlerPool();

    /// Takes a job in; false if queue_max jobs wait already. `must` takes it in whatever waits: a step of a request
    /// that was taken in before. Jobs do not throw.
    bool submit(std::function<void()> job, bool must);
    std::size_t waiting() const;

private:
    void work();

    const std::size_t queue_max_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> queue_;
    bool is_closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tideline::web::detail
