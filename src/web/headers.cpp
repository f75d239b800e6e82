#include "web/headers.h"

namespace tideline::web {

std::string_view content_security_policy(Site site) {
    switch (site) {
        case Site::public_site:
            return "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
                   "frame-ancestors 'none'; base-uri 'none'";
        case Site::staff_site:
            return "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
                   "frame-ancestors 'none'; base-uri 'none'; script-src 'self'; connect-src 'self'";
        case Site::operations: break;
    }
    return "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
}

void add_security_headers(Response& response, Site site, bool https) {
    Headers& headers = response.headers;
    headers.set("Content-Security-Policy", std::string(content_security_policy(site)));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Permissions-Policy",
                "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), "
                "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
                "publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()");
    if (!response.cacheable) headers.set("Cache-Control", "no-store");
    if (https) headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

}  // namespace tideline::web
