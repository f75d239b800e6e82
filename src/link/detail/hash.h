#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tideline::link::detail {

inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a ^ 0x9E3779B97F4A7C15ull) * (b ^ 0xD1B54A32D192ED03ull);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// A 64-bit hash of the bytes; the same on every machine (models and snapshots keep it).
inline std::uint64_t hash_of(std::string_view bytes) {
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t hash = 0x51A7E2C9B3D4F607ull ^ left;
    while (left >= 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        hash = mix(hash, word);
        at += 8;
        left -= 8;
    }
    std::uint64_t tail = 0;
    for (std::size_t i = 0; i < left; ++i)
        tail |= static_cast<std::uint64_t>(static_cast<unsigned char>(at[i])) << (8 * i);
    return mix(hash, tail ^ 0xA0761D6478BD642Full);
}

/// A key of 32 bits that is never 0: 0 means "no key".
inline std::uint32_t key_of(std::uint64_t hash) {
    const auto folded = static_cast<std::uint32_t>(hash >> 32 ^ hash);
    return folded == 0 ? 1 : folded;
}

}  // namespace tideline::link::detail
