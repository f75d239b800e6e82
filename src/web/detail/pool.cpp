#include "web/detail/pool.h"

namespace tideline::web::detail {

HandlerPool::HandlerPool(std::size_t threads, std::size_t queue_max) : queue_max_(queue_max) {
    for (std::size_t count = 0; count < threads; ++count) threads_.emplace_back([this] { work(); });
}

HandlerPool::~HandlerPool() {
    {
        const std::lock_guard lock(mutex_);
        is_closing_ = true;
    }
    arrived_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

bool HandlerPool::submit(std::function<void()> job, bool must) {
    {
        const std::lock_guard lock(mutex_);
        if (!must && queue_.size() >= queue_max_) return false;
        queue_.push_back(std::move(job));
    }
    arrived_.notify_one();
    return true;
}

std::size_t HandlerPool::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void HandlerPool::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        arrived_.wait(lock, [this] { return is_closing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        std::function<void()> job = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        job();
        job = nullptr;  // what it held goes before the next wait
        lock.lock();
    }
}

}  // namespace tideline::web::detail
