#include "web/detail/source.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace tideline::web::detail {

namespace {

net::ip::address_v6::bytes_type mapped_bytes(const net::ip::address& address) {
    if (address.is_v6()) return address.to_v6().to_bytes();
    return net::ip::make_address_v6(net::ip::v4_mapped, address.to_v4()).to_bytes();
}

std::optional<net::ip::address> parse_address(std::string_view text) {
    ErrorCode error;
    const auto address = net::ip::make_address(std::string(text), error);
    if (error) return std::nullopt;
    return address;
}

}  // namespace

std::optional<Network> Network::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    Network network;
    network.bytes = mapped_bytes(*address);
    if (slash == std::string_view::npos) return network;
    const std::string_view digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    const unsigned bits_max = address->is_v4() ? 32 : 128;
    if (error != std::errc() || end != digits.data() + digits.size() || bits > bits_max) return std::nullopt;
    network.prefix_bits = address->is_v4() ? bits + 96 : bits;
    return network;
}

bool Network::contains(const net::ip::address& address) const {
    const auto other = mapped_bytes(address);
    for (unsigned bit = 0; bit < prefix_bits; ++bit) {
        const unsigned mask = 0x80U >> (bit % 8);
        if ((bytes[bit / 8] & mask) != (other[bit / 8] & mask)) return false;
    }
    return true;
}

Result<SourceHasher> SourceHasher::create(const std::vector<std::string>& trusted_proxies) {
    SourceHasher hasher;
    for (const std::string& text : trusted_proxies) {
        const auto network = Network::parse(text);
        if (!network) return Error{ErrorKind::invalid, "trusted proxy \"" + text + "\" is not an address or network"};
        hasher.trusted_.push_back(*network);
    }
    if (RAND_bytes(hasher.key_.data(), static_cast<int>(hasher.key_.size())) != 1)
        return Error{ErrorKind::unavailable, "the system gives no random numbers"};
    return hasher;
}

bool SourceHasher::trusts(const net::ip::address& peer) const {
    return std::any_of(trusted_.begin(), trusted_.end(),
                       [&](const Network& network) { return network.contains(peer); });
}

SourceToken SourceHasher::token(const net::ip::address& peer, std::string_view forwarded_for) const {
    if (!trusts(peer)) return hash(peer);
    net::ip::address source = peer;
    auto hops = text::split(forwarded_for, ',');
    for (auto hop = hops.rbegin(); hop != hops.rend() && trusts(source); ++hop) {
        const auto address = parse_address(text::trim(*hop));
        if (!address) break;
        source = *address;
    }
    return hash(source);
}

SourceToken SourceHasher::hash(const net::ip::address& address) const {
    auto bytes = mapped_bytes(address);
    const bool is_v6 = address.is_v6() && !address.to_v6().is_v4_mapped();
    if (is_v6) std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), bytes.data(), bytes.size(), digest.data(), nullptr);
    SourceToken token;
    std::copy_n(digest.begin(), token.bytes.size(), token.bytes.begin());
    return token;
}

}  // namespace tideline::web::detail
