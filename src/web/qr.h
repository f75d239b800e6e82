#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace tideline::web {

/// A QR code (error correction M, quiet zone of four modules) as one inline <svg> with one path, black on white,
/// without fixed size; for Dict::set_html. `title` is what a screen reader says. Error::too_large if `content` does
/// not fit into a code (about 2,300 bytes).
Result<std::string> qr_svg(std::string_view content, std::string_view title);

}  // namespace tideline::web
