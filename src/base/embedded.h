#pragma once
#include <span>
#include <string_view>

namespace tideline {

/// A file that was compiled into the binary.
struct EmbeddedFile {
    std::string_view path;   ///< relative to its root, '/' between parts
    std::string_view bytes;  ///< as it was on disk when the binary was built
};

}  // namespace tideline
