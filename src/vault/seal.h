#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "vault/secret.h"

/// Sealing: symmetric under an object key, asymmetric to a person or a team. (DESIGN §4)
namespace tideline::vault {

/// Bytes that only a key opens. Can be stored and moved; cannot be printed, logged or compared.
class Sealed {
public:
    Sealed() = default;
    explicit Sealed(std::vector<unsigned char> bytes) : bytes_(std::move(bytes)) {}
    /// From a column written by to_storage(); nothing if it is damaged beyond reading.
    static std::optional<Sealed> from_storage(std::string_view base64url);
    std::string to_storage() const;
    std::span<const unsigned char> bytes() const { return bytes_; }
    bool empty() const { return bytes_.empty(); }

    template <class U>
    bool operator==(const U&) const = delete;
    friend std::ostream& operator<<(std::ostream&, const Sealed&) = delete;

private:
    std::vector<unsigned char> bytes_;
};

/// What a sealed value belongs to; authenticated, so that a value moved to another object or field does not open.
struct Context {
    std::string_view object;  ///< the id of the report, team, staff member…
    std::string_view field;   ///< "answers", "message:<id>"…
};

/// The random key of one object (a report, a compartment of a case).
using ObjectKey = Secret<Key32>;

/// Random bytes from the operating system.
void fill_random(std::span<unsigned char> bytes);
ObjectKey random_key();
template <class AnyId>
AnyId random_id() {
    std::array<unsigned char, 16> bytes;
    fill_random(bytes);
    return AnyId(bytes);
}
/// `bytes` random bytes in base64url; for one-time links and session cookies.
SecretText random_token(std::size_t bytes = 32);

/// The stored size that a text of `bytes` bytes is padded to: 256, 512, … 65,536, then multiples of 65,536.
/// The length inside is what was typed; the length outside tells only the class.
std::size_t size_class(std::size_t bytes);

/// XChaCha20-Poly1305 (IETF) with a random nonce, the context as associated data, padded to the size class.
Sealed seal(const ObjectKey& key, Context context, std::string_view text);
/// The text again; Error::corrupt when it was changed, moved elsewhere, or the key is another's.
Result<SecretText> open(const ObjectKey& key, Context context, const Sealed& sealed);

/// The keys that one object has had. What is written is sealed under the newest; what was written before opens under
/// the one it was sealed under.
class ObjectKeys {
public:
    explicit ObjectKeys(ObjectKey newest) { keys_.push_back(std::move(newest)); }
    const ObjectKey& newest() const { return keys_.front(); }
    const ObjectKey& oldest() const { return keys_.back(); }
    /// The key that came before oldest().
    void add_older(ObjectKey key) { keys_.push_back(std::move(key)); }
    /// Which of them opens it; nullptr: none.
    const ObjectKey* that_opens(Context context, const Sealed& sealed) const;
    /// As vault::open, with whichever key fits.
    Result<SecretText> open(Context context, const Sealed& sealed) const;

private:
    std::vector<ObjectKey> keys_;  // newest first
};

/// X25519 public key: anybody may seal to it.
struct PublicKey {
    Key32 bytes{};
    bool operator==(const PublicKey&) const = default;
    std::string to_storage() const;
    static std::optional<PublicKey> from_storage(std::string_view text);
};

/// An X25519 pair.
struct KeyPair {
    PublicKey public_key;
    Secret<Key32> secret;
    static KeyPair random();
    /// The pair that belongs to a 32-byte seed; the same seed always gives the same pair.
    static KeyPair from_seed(const Secret<Key32>& seed);
    /// The pair again from its secret half.
    static KeyPair from_secret(const Secret<Key32>& secret);
    KeyPair clone() const { return {public_key, secret.clone()}; }
};

/// Seals 32 bytes to a public key so that only its owner opens them: an ephemeral X25519 agreement, hashed with both
/// public keys and the context (BLAKE2b) into the key of XChaCha20-Poly1305. The sender stays anonymous.
/// This is how every grant is made.
Sealed seal_to(const PublicKey& recipient, Context context, const Secret<Key32>& value);
/// Error::no_key when this pair does not open it or the context is another.
Result<Secret<Key32>> open_with(const KeyPair& pair, Context context, const Sealed& sealed);

/// Ed25519.
struct VerifyKey {
    Key32 bytes{};
    std::string to_storage() const;
    static std::optional<VerifyKey> from_storage(std::string_view text);
};
using Signature = std::array<unsigned char, 64>;
struct SigningKey {
    VerifyKey verify_key;
    Secret<std::array<unsigned char, 64>> secret;
    static SigningKey from_seed(const Secret<Key32>& seed);
    Signature sign(std::string_view message) const;
};
bool verify(const VerifyKey& key, std::string_view message, std::span<const unsigned char> signature);

/// BLAKE2b-256 of a text.
Key32 hash(std::string_view text);
/// BLAKE2b-256 with a key: look-ups of values that must not be readable (login names, tokens, sources).
Key32 keyed_hash(const Secret<Key32>& key, std::string_view purpose, std::string_view text);
/// A key derived from another for one purpose.
Secret<Key32> derive(const Secret<Key32>& key, std::string_view purpose);
/// Whether two byte strings are equal, in time that does not depend on where they differ.
bool equal_constant_time(std::span<const unsigned char> a, std::span<const unsigned char> b);

}  // namespace tideline::vault
