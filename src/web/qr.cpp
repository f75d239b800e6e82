#include "web/qr.h"

#include <qrencode.h>

#include <memory>

#include "base/text.h"

namespace tideline::web {

Result<std::string> qr_svg(std::string_view content, std::string_view title) {
    constexpr int quiet_zone_modules = 4;
    if (content.empty()) return Error{ErrorKind::invalid, "A QR code needs content."};
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(content.size()), reinterpret_cast<const unsigned char*>(content.data()), 0,
                          QR_ECLEVEL_M),
        &QRcode_free);
    if (!code) return Error{ErrorKind::too_large, "This is too long for a QR code."};
    const std::string side = std::to_string(code->width + 2 * quiet_zone_modules);
    const std::string label = text::html_escape(title);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
                      "\" role=\"img\" shape-rendering=\"crispEdges\" aria-label=\"" + label + "\"><title>" + label +
                      "</title><rect width=\"" + side + "\" height=\"" + side +
                      "\" fill=\"#fff\"/><path fill=\"#000\" d=\"";
    const auto is_dark = [&](int row, int column) { return (code->data[row * code->width + column] & 1) != 0; };
    for (int row = 0; row < code->width; ++row) {
        for (int column = 0; column < code->width; ++column) {
            if (!is_dark(row, column)) continue;
            int length = 1;
            while (column + length < code->width && is_dark(row, column + length)) ++length;
            svg += "M" + std::to_string(column + quiet_zone_modules) + " " + std::to_string(row + quiet_zone_modules) +
                   "h" + std::to_string(length) + "v1h-" + std::to_string(length) + "z";
            column += length;
        }
    }
    return svg + "\"/></svg>";
}

}  // namespace tideline::web
