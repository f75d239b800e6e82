#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "vault/seal.h"

/// What staff sign in with.
namespace tideline::vault {

using Salt = std::array<unsigned char, 16>;
Salt random_salt();

/// The two separate outputs of one derivation: the key that wraps the member's seed, and what the server compares.
struct PasswordKeys {
    Secret<Key32> wrap_key;
    Key32 verifier_hash{};  ///< BLAKE2b of the second output; stored
};

/// Argon2id13(password, salt; 64 MiB, 3 passes) to 64 bytes. About 0.15 s; bound how many run at once.
PasswordKeys derive_password(const SecretText& password, const Salt& salt);

/// RFC 6238: six digits, 30 seconds, SHA-1, as authenticator apps expect.
class Totp {
public:
    /// A new 20-byte secret.
    static Totp random();
    /// From the 20 bytes that secret_bytes() gave.
    static std::optional<Totp> from_bytes(std::string_view bytes);

    std::string_view secret_bytes() const { return secret_.expose(); }
    /// Base32 for typing by hand.
    SecretText base32() const;
    /// otpauth://totp/… for a QR code.
    SecretText uri(std::string_view issuer, std::string_view account) const;
    /// The time step whose code was typed (now or one before or after), or nothing. A step is used once: the caller
    /// refuses a step that is not greater than the last one used.
    std::optional<std::int64_t> accepted_step(std::string_view typed, Instant now) const;
    /// The code of a moment; for tests and drills.
    std::string code(Instant now) const;

private:
    explicit Totp(SecretText secret) : secret_(std::move(secret)) {}
    SecretText secret_;
};

/// Ten one-time recovery codes of 12 digits each, grouped "1234 5678 9012", and the form they are compared in.
std::vector<SecretText> random_recovery_codes();
std::string recovery_code_digits(std::string_view typed);

/// Shamir's secret sharing (libgfshare, GF(2^8)) of a 32-byte secret. A share is text: "TL1-<number>-<hex>-<check>".
/// @param threshold  how many are needed, 2…count
/// @param count      how many there are, up to 20
std::vector<SecretText> split_secret(const Secret<Key32>& secret, unsigned threshold, unsigned count);
/// The secret again from at least `threshold` shares; the error names the share that is damaged. Fewer or foreign
/// shares give another secret, so compare its public key with the known one.
Result<Secret<Key32>> join_secret(const std::vector<SecretText>& shares);

}  // namespace tideline::vault
