#pragma once
#include <optional>
#include <string_view>

#include "vault/secret.h"

/// Pictures without what they carry beside the picture. Everything is dropped that is not needed to draw it: what a
/// camera maker invents tomorrow goes as well. Each gives nothing for a file that is not whole.
namespace tideline::intake::detail {

/// JPEG (ITU-T T.81 annex B): keeps the picture's own segments, the plain JFIF header, ICC profiles and Adobe's colour
/// transform; of EXIF only how the picture is turned, written anew. Drops every other application segment, comments,
/// and whatever stands behind the picture.
std::optional<vault::SecretText> bare_jpeg(std::string_view bytes);

/// PNG (W3C, third edition, §11): keeps critical chunks and those that change how it is drawn or animated.
std::optional<vault::SecretText> bare_png(std::string_view bytes);

/// WebP (RFC 9649): keeps picture, transparency, animation and colour profile.
std::optional<vault::SecretText> bare_webp(std::string_view bytes);

}  // namespace tideline::intake::detail
