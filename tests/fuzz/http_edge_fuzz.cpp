// The head of a request, from raw bytes to a Request: what is accepted cannot climb out of a path, cannot mean two
// bodies, and its headers are taken apart without harm.
#include "web/detail/edge.h"

#include "base/text.h"
#include "hold.h"
#include "web/forms.h"
#include "web/router.h"

using namespace tideline;

namespace {

bool climbs(const std::string& path) {
    for (const std::string_view part : text::split(path, '/'))
        if (part == "." || part == "..") return true;
    return false;
}

const web::Router& routes() {
    static const web::Router router = [] {
        web::Router made;
        const auto nothing = [](web::Request&) { return web::Response(); };
        made.add(web::Route::get(web::Site::public_site, "/{lang}/form", "a", nothing));
        made.add(web::Route::get(web::Site::public_site, "/report/{id}", "b", nothing));
        made.add(web::Route::post(web::Site::public_site, "/report/new", "c", nothing));
        return made;
    }();
    return router;
}

void check(const web::Request& request, const web::detail::BodyHead& body) {
    HOLDS(request.path.starts_with('/') && !climbs(request.path) && text::is_utf8(request.path));
    HOLDS(request.path.find("//") == std::string::npos);
    for (const char byte : request.path)
        HOLDS(static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7F && byte != '\\');
    HOLDS(!body.expects_continue || body.has_body);
    HOLDS(!(request.headers.find("content-length") && request.headers.find("transfer-encoding")));
    const auto match = routes().match(request.site, request.method, request.path);
    HOLDS(match.route == nullptr || !match.allowed.empty());
    for (const auto& [name, value] : match.params) HOLDS(!value.empty() && value.find('/') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    namespace http = web::detail::http;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    http::request_parser<http::buffer_body> parser;
    parser.header_limit(4096);
    parser.body_limit(UINT64_MAX);
    web::detail::ErrorCode error;
    parser.put(web::detail::net::buffer(bytes.data(), bytes.size()), error);
    if (error || !parser.is_header_done()) {
        if (error) web::detail::refusal_of(error);
        return 0;
    }
    web::Request request;
    web::detail::BodyHead body;
    if (!web::detail::read_head(parser.get(), {}, request, body)) check(request, body);
    for (const auto& [name, value] : request.headers.all()) {
        const auto type = web::parse_content_type(value);
        HOLDS(!type.boundary ||
              (!type.boundary->empty() && type.boundary->size() <= web::multipart_boundary_bytes_max));
        const auto disposition = web::parse_content_disposition(value, {});
        HOLDS(!disposition || !disposition->name.empty());
        for (const auto& tag : web::parse_accept_language(value)) HOLDS(!tag.empty() && tag.size() <= 35);
        web::parse_cookies(value);
        const std::string file = web::base_name(value, 20);
        HOLDS(file.size() <= 20 && text::is_utf8(file) && file.find('/') == std::string::npos);
        web::Response response;
        response.headers.add(name, value);
        const std::string head = web::detail::head_bytes(response, 0, false, true, "today");
        HOLDS(head.find("\r\n\r\n") == head.size() - 4);
    }
    return 0;
}
