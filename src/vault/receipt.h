#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "vault/seal.h"

namespace tideline::vault {

/// The reporter's only credential: 25 decimal digits, 6 locator + 18 secret + 1 check digit. It exists only if it is
/// well formed. The locator finds the row, the secret opens it; neither the whole nor the secret is ever stored.
class Receipt {
public:
    static constexpr std::size_t digit_count = 25;
    static constexpr std::size_t locator_digits = 6;

    /// A new one for this locator (6 digits).
    static Receipt random(std::string_view locator);
    /// Six random digits.
    static std::string random_locator();

    /// What a person typed or read out: digits of any script, with spaces, dots, dashes, slashes or commas between
    /// them. Error::invalid says whether digits are missing or too many, whether something else was typed, or that one
    /// digit is wrong.
    static Result<Receipt> parse(std::string_view typed);

    std::string_view locator() const { return digits_.expose().substr(0, locator_digits); }
    /// "12345 67890 12345 67890 12345".
    SecretText grouped() const;
    /// The 25 digits.
    std::string_view digits() const { return digits_.expose(); }

    /// The reporter's key pair: Argon2id13(secret, salt; 64 MiB, 2 passes) as seed. Takes about 0.1 s and 64 MiB; the
    /// caller bounds how many run at once. `salt` is the report's own, 16 bytes.
    KeyPair key_pair(std::span<const unsigned char, 16> salt) const;

    static constexpr std::size_t derivation_memory_bytes = 64u * 1024 * 1024;
    static constexpr unsigned long long derivation_passes = 2;

private:
    explicit Receipt(SecretText digits) : digits_(std::move(digits)) {}
    SecretText digits_;
};

/// Damm check digit over the quasigroup of order 10 (H. M. Damm, 2004): finds every single wrong digit and every swap
/// of two neighbours. `digits` holds '0'–'9' only.
int damm_digit(std::string_view digits);

}  // namespace tideline::vault
