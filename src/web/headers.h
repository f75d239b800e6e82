#pragma once
#include <string_view>

#include "web/http.h"

namespace tideline::web {

/// The Content-Security-Policy of a site. Public: no script at all. Staff: our own files only.
std::string_view content_security_policy(Site site);

/// Adds what every answer of a site carries: CSP, no-store (unless Response::cacheable), nosniff, no-referrer,
/// cross-origin isolation of the window and of the resource, a Permissions-Policy that grants nothing, and with
/// https Strict-Transport-Security. Overwrites what a handler set under these names.
void add_security_headers(Response& response, Site site, bool https);

}  // namespace tideline::web
