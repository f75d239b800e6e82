#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "web/detail/asio.h"
#include "web/http.h"

namespace tideline::web::detail {

/// A network of addresses: "10.0.0.0/8", "::1".
struct Network {
    net::ip::address_v6::bytes_type bytes{};  ///< IPv4 as ::ffff:a.b.c.d
    unsigned prefix_bits = 128;

    static std::optional<Network> parse(std::string_view text);
    bool contains(const net::ip::address& address) const;
};

/// Makes source tokens. The key is random, lives here and dies with the process.
class SourceHasher {
public:
    static Result<SourceHasher> create(const std::vector<std::string>& trusted_proxies);

    /// True if what this peer says in X-Forwarded-… is believed.
    bool trusts(const net::ip::address& peer) const;
    /// The token of whoever stands behind `peer`: the last address of `forwarded_for` that is no trusted proxy, or the
    /// peer itself. IPv6 addresses count by their /64: one subscriber has them all.
    SourceToken token(const net::ip::address& peer, std::string_view forwarded_for) const;

private:
    SourceHasher() = default;
    SourceToken hash(const net::ip::address& address) const;

    std::array<unsigned char, 32> key_{};
    std::vector<Network> trusted_;
};

}  // namespace tideline::web::detail
