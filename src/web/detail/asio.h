#pragma once
// Boost 1.74 knows the coroutines of GCC only; those of later clangs are the same standard ones.
#if defined(__clang__)
#define BOOST_ASIO_HAS_CO_AWAIT 1
#define BOOST_ASIO_HAS_STD_COROUTINE 1
#endif
#include <utility>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace tideline::web::detail {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = net::ip::tcp;
using ErrorCode = boost::system::error_code;

/// co_await an operation and have its error in `error` instead of an exception.
inline auto into(ErrorCode& error) { return net::redirect_error(net::use_awaitable, error); }

}  // namespace tideline::web::detail
