#include "intake/detail/pictures.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tideline::intake::detail {

namespace {
std::size_t byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

std::uint64_t big_endian(std::string_view bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | byte_at(bytes, at + i);
    return value;
}

std::uint64_t little_endian(std::string_view bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value |= static_cast<std::uint64_t>(byte_at(bytes, at + i)) << (8 * i);
    return value;
}

namespace jpeg {
constexpr std::size_t begin_of_image = 0xD8, end_of_image = 0xD9, begin_of_scan = 0xDA, app0 = 0xE0, app1 = 0xE1,
                      app2 = 0xE2, app14 = 0xEE, app15 = 0xEF, comment = 0xFE;

// APP0 "JFIF": five letters with their zero, version, units, densities. A thumbnail may follow; it is left out.
constexpr std::size_t jfif_bytes = 14;
constexpr std::string_view plain_jfif_start("\xFF\xE0\x00\x10JFIF\0", 9);

bool is_needed(std::size_t marker, std::string_view body) {
    if (marker == app2) return body.starts_with(std::string_view("ICC_PROFILE\0", 12));
    if (marker == app14) return body.starts_with("Adobe");
    return !(marker >= app0 && marker <= app15) && marker != comment;
}

/// How the picture is to be turned (EXIF 2.3, tag 274 of the first directory): 2 to 8; 1 where that is not said.
unsigned char orientation(std::string_view app1_body) {
    constexpr std::string_view exif("Exif\0\0", 6);
    constexpr std::size_t tag = 274, type_short = 3, entry_bytes = 12;
    if (!app1_body.starts_with(exif)) return 1;
    const std::string_view tiff = app1_body.substr(exif.size());
    const bool little = tiff.starts_with("II");
    if (tiff.size() < 8 || (!little && !tiff.starts_with("MM"))) return 1;
    const auto two = [&](std::size_t at) {
        const std::size_t first = byte_at(tiff, at), second = byte_at(tiff, at + 1);
        return little ? second << 8 | first : first << 8 | second;
    };
    const std::uint64_t directory = little ? little_endian(tiff, 4) : big_endian(tiff, 4);
    if (directory > tiff.size() - 2) return 1;
    const auto begin = static_cast<std::size_t>(directory);
    const std::size_t count = std::min(two(begin), (tiff.size() - begin - 2) / entry_bytes);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t entry = begin + 2 + i * entry_bytes;
        if (two(entry) != tag || two(entry + 2) != type_short) continue;
        const std::size_t value = two(entry + 8);
        return value >= 2 && value <= 8 ? static_cast<unsigned char>(value) : static_cast<unsigned char>(1);
    }
    return 1;
}

/// An EXIF segment that says how to turn the picture, and nothing else.
std::array<unsigned char, 36> turned(unsigned char orientation) {
    return {0xFF, 0xE1, 0, 34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M',         0, 42, 0, 0, 0, 8,
            0,    1,    1, 0x12, 0,   3,   0,   0,   0, 1, 0,   orientation, 0, 0,  0, 0, 0, 0};
}

/// Where entropy-coded data ends: at the next marker that is neither a stuffed zero nor a restart.
std::size_t end_of_scan(std::string_view bytes, std::size_t at) {
    for (; at + 1 < bytes.size(); ++at) {
        const std::size_t next = byte_at(bytes, at + 1);
        if (byte_at(bytes, at) == 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) return at;
    }
    return bytes.size();
}
}  // namespace jpeg
}  // namespace

std::optional<vault::SecretText> bare_jpeg(std::string_view bytes) {
    if (bytes.size() < 4 || byte_at(bytes, 0) != 0xFF || byte_at(bytes, 1) != jpeg::begin_of_image) return std::nullopt;
    vault::SecretText out(bytes.substr(0, 2));
    bool is_turned = false;
    for (std::size_t at = 2; at + 2 <= bytes.size();) {
        if (byte_at(bytes, at) != 0xFF) return std::nullopt;
        const std::size_t marker = byte_at(bytes, at + 1);
        if (marker == 0xFF) {  // fill byte
            ++at;
            continue;
        }
        if (marker == jpeg::end_of_image) {
            out.append(bytes.substr(at, 2));
            return out;
        }
        if (at + 4 > bytes.size()) return std::nullopt;
        const std::size_t length = byte_at(bytes, at + 2) << 8 | byte_at(bytes, at + 3);
        if (length < 2 || at + 2 + length > bytes.size()) return std::nullopt;
        const std::string_view segment = bytes.substr(at, 2 + length);
        const std::string_view body = segment.substr(4);
        if (marker == jpeg::app0 && body.size() >= jpeg::jfif_bytes &&
            body.starts_with(std::string_view("JFIF\0", 5))) {
            out.append(jpeg::plain_jfif_start);
            out.append(body.substr(5, jpeg::jfif_bytes - 5 - 2));
            out.append(std::string_view("\0\0", 2));
        } else if (jpeg::is_needed(marker, body)) {
            out.append(segment);
        } else if (const unsigned char orientation = marker == jpeg::app1 && !is_turned ? jpeg::orientation(body) : 1;
                   orientation > 1) {
            const auto said = jpeg::turned(orientation);
            out.append({reinterpret_cast<const char*>(said.data()), said.size()});
            is_turned = true;
        }
        at += segment.size();
        if (marker == jpeg::begin_of_scan) {
            const std::size_t end = jpeg::end_of_scan(bytes, at);
            out.append(bytes.substr(at, end - at));
            at = end;
        }
    }
    return std::nullopt;
}

std::optional<vault::SecretText> bare_png(std::string_view bytes) {
    constexpr std::string_view signature("\x89PNG\r\n\x1A\n", 8);
    constexpr std::array<std::string_view, 17> needed{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
                                                      "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs",
                                                      "cICP", "mDCV", "acTL", "fcTL", "fdAT"};
    constexpr std::size_t frame = 12;  // length, name and check sum
    if (!bytes.starts_with(signature)) return std::nullopt;
    vault::SecretText out(signature);
    for (std::size_t at = signature.size(); at + frame <= bytes.size();) {
        const std::uint64_t length = big_endian(bytes, at);
        if (length > bytes.size() - at - frame) return std::nullopt;
        const std::string_view chunk = bytes.substr(at, static_cast<std::size_t>(length) + frame);
        const std::string_view name = chunk.substr(4, 4);
        if (std::find(needed.begin(), needed.end(), name) != needed.end()) out.append(chunk);
        if (name == "IEND") return out;
        at += chunk.size();
    }
    return std::nullopt;
}

std::optional<vault::SecretText> bare_webp(std::string_view bytes) {
    constexpr std::array<std::string_view, 7> needed{"VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH", "ICCP"};
    constexpr unsigned char says_exif = 0x08, says_xmp = 0x04;
    constexpr std::size_t head = 12, frame = 8;
    if (bytes.size() < head || !bytes.starts_with("RIFF") || bytes.substr(8, 4) != "WEBP") return std::nullopt;
    const std::uint64_t stated = little_endian(bytes, 4);
    if (stated < 4 || stated > bytes.size() - frame) return std::nullopt;
    bytes = bytes.substr(0, static_cast<std::size_t>(stated) + frame);
    vault::SecretText out(bytes.substr(0, head));
    std::size_t at = head;
    while (at + frame <= bytes.size()) {
        const std::uint64_t length = little_endian(bytes, at + 4);
        if (length > bytes.size() - at - frame) return std::nullopt;
        const std::size_t size = std::min(
            bytes.size() - at, frame + static_cast<std::size_t>(length) + static_cast<std::size_t>(length % 2));
        const std::string_view chunk = bytes.substr(at, size);
        const std::string_view name = chunk.substr(0, 4);
        if (std::find(needed.begin(), needed.end(), name) != needed.end()) {
            out.append(chunk);
            if (name == "VP8X" && length > 0) {
                unsigned char& flags = out.data()[out.size() - size + frame];
                flags = static_cast<unsigned char>(flags & ~(says_exif | says_xmp));
            }
        }
        at += size;
    }
    if (at != bytes.size() || out.size() == head) return std::nullopt;
    const auto kept = static_cast<std::uint32_t>(out.size() - frame);
    for (std::size_t i = 0; i < 4; ++i) out.data()[4 + i] = static_cast<unsigned char>(kept >> (8 * i));
    return out;
}

}  // namespace tideline::intake::detail
