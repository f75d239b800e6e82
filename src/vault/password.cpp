#include "vault/password.h"

#include <liboath/oath.h>
#include <sodium.h>

#include <charconv>
#include <cstdlib>

extern "C" {
#include <libgfshare.h>
}

namespace tideline::vault {

namespace {
constexpr std::size_t password_memory_bytes = 64u * 1024 * 1024;
constexpr unsigned long long password_passes = 3;
constexpr unsigned totp_step_s = 30;
constexpr unsigned totp_digits = 6;
}  // namespace

Salt random_salt() {
    Salt salt;
    fill_random(salt);
    return salt;
}

PasswordKeys derive_password(const SecretText& password, const Salt& salt) {
    start();
    Secret<std::array<unsigned char, 64>> both;
    if (crypto_pwhash(both.expose().data(), 64, password.expose().data(), password.size(), salt.data(), password_passes,
                      password_memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    PasswordKeys keys;
    std::copy_n(both.expose().begin(), 32, keys.wrap_key.expose().begin());
    keys.verifier_hash = hash({reinterpret_cast<const char*>(both.expose().data()) + 32, 32});
    return keys;
}

Totp Totp::random() {
    SecretText secret(20);
    fill_random({secret.data(), secret.size()});
    return Totp(std::move(secret));
}

std::optional<Totp> Totp::from_bytes(std::string_view bytes) {
    if (bytes.size() != 20) return std::nullopt;
    return Totp(SecretText(bytes));
}

SecretText Totp::base32() const {
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    SecretText out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : secret_.expose()) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        count += 8;
        while (count >= 5) {
            count -= 5;
            out.append({&digits[(bits >> count) & 31], 1});
        }
    }
    return out;
}

SecretText Totp::uri(std::string_view issuer, std::string_view account) const {
    SecretText out("otpauth://totp/");
    const auto escaped = [&](std::string_view text) {
        static constexpr char hex[] = "0123456789ABCDEF";
        for (const char c : text) {
            const auto b = static_cast<unsigned char>(c);
            const bool plain = (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
            const char coded[3] = {'%', hex[b >> 4], hex[b & 15]};
            out.append(plain ? std::string_view(&c, 1) : std::string_view(coded, 3));
        }
    };
    escaped(issuer);
    out.append(":");
    escaped(account);
    out.append("?secret=");
    out.append(base32().expose());
    out.append("&issuer=");
    escaped(issuer);
    return out;
}

std::optional<std::int64_t> Totp::accepted_step(std::string_view typed, Instant now) const {
    std::string digits;
    for (std::size_t at = 0; at < typed.size();) {
        if (const auto value = text::digit_value(text::next(typed, at)))
            digits.push_back(static_cast<char>('0' + *value));
        if (digits.size() > totp_digits) return std::nullopt;
    }
    if (digits.size() != totp_digits) return std::nullopt;
    for (const std::int64_t offset : {0, -1, 1}) {
        const Instant at = now + offset * static_cast<std::int64_t>(totp_step_s) * second_ms;
        const std::string expected = code(at);
        if (sodium_memcmp(expected.data(), digits.data(), totp_digits) == 0) return at.ms / second_ms / totp_step_s;
    }
    return std::nullopt;
}

std::string Totp::code(Instant now) const {
    char otp[totp_digits + 1] = {};
    if (oath_totp_generate(secret_.expose().data(), secret_.size(), static_cast<time_t>(now.ms / second_ms),
                           totp_step_s, 0, totp_digits, otp) != OATH_OK)
        throw std::runtime_error("a one-time code could not be made");
    return otp;
}

std::vector<SecretText> random_recovery_codes() {
    start();
    std::vector<SecretText> codes;
    for (int i = 0; i < 10; ++i) {
        SecretText code;
        for (int digit = 0; digit < 12; ++digit) {
            if (digit > 0 && digit % 4 == 0) code.append(" ");
            const char c = static_cast<char>('0' + randombytes_uniform(10));
            code.append({&c, 1});
        }
        codes.push_back(std::move(code));
    }
    return codes;
}

std::string recovery_code_digits(std::string_view typed) {
    std::string digits;
    for (std::size_t at = 0; at < typed.size() && digits.size() < 64;) {
        if (const auto value = text::digit_value(text::next(typed, at)))
            digits.push_back(static_cast<char>('0' + *value));
    }
    return digits;
}

namespace {
// libgfshare takes its random numbers from a function pointer.
void share_random(unsigned char* buffer, unsigned count) { randombytes_buf(buffer, count); }

std::string share_check(std::string_view body) { return text::hex(hash(body)).substr(0, 6); }
}  // namespace

std::vector<SecretText> split_secret(const Secret<Key32>& secret, unsigned threshold, unsigned count) {
    start();
    if (threshold < 2 || threshold > count || count > 20)
        throw std::logic_error("shares: 2 <= threshold <= count <= 20");
    gfshare_fill_rand = share_random;
    std::vector<unsigned char> numbers(count);
    for (unsigned i = 0; i < count; ++i) numbers[i] = static_cast<unsigned char>(i + 1);
    gfshare_ctx* context = gfshare_ctx_init_enc(numbers.data(), count, static_cast<unsigned char>(threshold), 32);
    if (context == nullptr) throw std::bad_alloc();
    Secret<Key32> copy = secret.clone();
    gfshare_ctx_enc_setsecret(context, copy.expose().data());
    std::vector<SecretText> shares;
    for (unsigned i = 0; i < count; ++i) {
        Secret<Key32> share;
        gfshare_ctx_enc_getshare(context, static_cast<unsigned char>(i), share.expose().data());
        SecretText line("TL1-" + std::to_string(i + 1) + "-");
        line.append(text::hex(share.expose()));
        line.append("-" + share_check(line.expose()));
        shares.push_back(std::move(line));
    }
    gfshare_ctx_free(context);
    return shares;
}

Result<Secret<Key32>> join_secret(const std::vector<SecretText>& shares) {
    start();
    gfshare_fill_rand = share_random;  // it also wipes with these
    std::vector<unsigned char> numbers;
    std::vector<Secret<Key32>> values;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const Error damaged{ErrorKind::invalid,
                            "share " + std::to_string(i + 1) +
                                " is not complete: it reads TL1-NUMBER-64 characters-6 characters; type it again"};
        const std::string_view line = text::trim(shares[i].expose());
        const auto parts = text::split(line, '-');
        if (parts.size() != 4 || parts[0] != "TL1" || parts[2].size() != 64) return damaged;
        unsigned number = 0;
        const auto read = std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), number);
        const auto bytes = text::from_hex(parts[2]);
        if (read.ec != std::errc() || number < 1 || number > 20 || !bytes) return damaged;
        if (share_check(line.substr(0, line.size() - parts[3].size() - 1)) != parts[3]) return damaged;
        if (std::find(numbers.begin(), numbers.end(), number) != numbers.end())
            return {ErrorKind::invalid, "share number " + std::to_string(number) + " was given twice"};
        numbers.push_back(static_cast<unsigned char>(number));
        Secret<Key32> value;
        std::copy(bytes->begin(), bytes->end(), value.expose().begin());
        values.push_back(std::move(value));
    }
    if (numbers.size() < 2) return {ErrorKind::invalid, "at least two shares are needed"};
    gfshare_ctx* context = gfshare_ctx_init_dec(numbers.data(), static_cast<unsigned>(numbers.size()), 32);
    if (context == nullptr) throw std::bad_alloc();
    for (std::size_t i = 0; i < values.size(); ++i)
        gfshare_ctx_dec_giveshare(context, static_cast<unsigned char>(i), values[i].expose().data());
    Secret<Key32> secret;
    gfshare_ctx_dec_extract(context, secret.expose().data());
    gfshare_ctx_free(context);
    return secret;
}

}  // namespace tideline::vault
