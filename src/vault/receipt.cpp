#include "vault/receipt.h"

#include <sodium.h>

#include <stdexcept>

#include "base/text.h"

namespace tideline::vault {

int damm_digit(std::string_view digits) {
    static constexpr unsigned char table[10][10] = {{0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
                                                    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9}, {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
                                                    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
                                                    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
                                                    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5}, {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}};
    int interim = 0;
    for (const char c : digits) interim = table[interim][c - '0'];
    return interim;
}

namespace {
void append_random_digits(SecretText& to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const char digit = static_cast<char>('0' + randombytes_uniform(10));
        to.append({&digit, 1});
    }
}

bool is_separator(char32_t c) {
    return c <= ' ' || c == '.' || c == '-' || c == ',' || c == '/' || c == '_' || c == 0xA0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x2015) || c == 0x202F || c == 0x3001 || c == 0x3002 || c == 0xB7 || c == 0xFF0D ||
           c == 0xFF0E || c == 0x200E || c == 0x200F || c == 0x61C || c == 0xFEFF;
}
}  // namespace

std::string Receipt::random_locator() {
    start();
    SecretText digits;
    append_random_digits(digits, locator_digits);
    return std::string(digits.expose());
}

Receipt Receipt::random(std::string_view locator) {
    start();
    if (locator.size() != locator_digits) throw std::logic_error("a locator has six digits");
    SecretText digits(locator);
    append_random_digits(digits, digit_count - locator_digits - 1);
    const char check = static_cast<char>('0' + damm_digit(digits.expose()));
    digits.append({&check, 1});
    return Receipt(std::move(digits));
}

Result<Receipt> Receipt::parse(std::string_view typed) {
    SecretText digits;
    for (std::size_t at = 0; at < typed.size();) {
        const char32_t c = text::next(typed, at);
        if (const auto value = text::digit_value(c)) {
            if (digits.size() > 2 * digit_count) break;
            const char digit = static_cast<char>('0' + *value);
            digits.append({&digit, 1});
        } else if (!is_separator(c)) {
            return {ErrorKind::invalid, tr("A receipt has digits only. Please type the 25 digits again.")};
        }
    }
    if (digits.empty()) return {ErrorKind::invalid, tr("Please type the 25 digits of your receipt.")};
    if (digits.size() < digit_count)
        return {ErrorKind::invalid, tr("Some digits are missing: a receipt has 25 digits.")};
    if (digits.size() > digit_count)
        return {ErrorKind::invalid, tr("There are too many digits: a receipt has 25 digits.")};
    if (damm_digit(digits.expose()) != 0)
        return {ErrorKind::invalid,
                tr("One of the digits is not right. Please compare them with your receipt, group by group.")};
    return Receipt(std::move(digits));
}

SecretText Receipt::grouped() const {
    SecretText out;
    for (std::size_t i = 0; i < digit_count; i += 5) {
        if (i > 0) out.append(" ");
        out.append(digits_.expose().substr(i, 5));
    }
    return out;
}

KeyPair Receipt::key_pair(std::span<const unsigned char, 16> salt) const {
    static_assert(crypto_pwhash_SALTBYTES == 16);
    const std::string_view secret = digits_.expose().substr(locator_digits, digit_count - locator_digits - 1);
    Secret<Key32> seed;
    if (crypto_pwhash(seed.expose().data(), 32, secret.data(), secret.size(), salt.data(), derivation_passes,
                      derivation_memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return KeyPair::from_seed(seed);
}

}  // namespace tideline::vault
