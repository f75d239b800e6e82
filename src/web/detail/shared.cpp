#include "web/detail/shared.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "base/text.h"

namespace tideline::web::detail {

Response Shared::error_page(Refusal refusal, Site site, const Request* request) const {
    if (options.error_page) {
        try {
            Response response = options.error_page(refusal, site, request);
            if (!response.refusal && !response.stream) return response;
        } catch (...) {
            // The page that explains failures failed itself: the plain one follows.
        }
    }
    const std::string sentence = text::html_escape(sentence_of(refusal));
    return Response::html("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + sentence +
                              "</title><p>" + sentence + "</p></html>\n",
                          status_of(refusal));
}

void Shared::record(const RequestRecord& record) const {
    metrics->count(record);
    if (pool) metrics->waiting(static_cast<std::int64_t>(pool->waiting()));
    if (options.log) options.log->write(record);
}

net::awaitable<bool> on_pool(Shared& shared, net::any_io_executor executor, std::function<void()> work, bool must) {
    // The timer never fires: it is what the coroutine sleeps on until the pool wakes it.
    struct Wake {
        explicit Wake(const net::any_io_executor& on) : timer(on, net::steady_timer::time_point::max()) {}
        net::steady_timer timer;
        bool is_done = false;
    };
    auto wake = std::make_shared<Wake>(executor);
    auto job = [wake, executor, work = std::move(work)]() mutable {
        work();
        work = nullptr;
        net::post(executor, [wake] {
            wake->is_done = true;
            wake->timer.cancel();
        });
    };
    const bool is_taken = shared.pool->submit(std::move(job), must);
    if (!is_taken) co_return false;
    while (!wake->is_done) {
        ErrorCode ignored;
        co_await wake->timer.async_wait(into(ignored));
    }
    co_return true;
}

std::string http_date() { return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::time(nullptr))); }

}  // namespace tideline::web::detail
