#pragma once
#include <cstddef>
#include <string_view>

namespace tideline::intake::detail {

/// A PDF without its document information, XMP and what applications keep for themselves, given to `append(to, …)` in
/// pieces. False when it is not a PDF that can be read (damaged, encrypted).
bool bare_pdf(std::string_view bytes, void (*append)(void* to, const unsigned char* data, std::size_t size), void* to);

}  // namespace tideline::intake::detail
