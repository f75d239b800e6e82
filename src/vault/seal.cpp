#include "vault/seal.h"

#include <sodium.h>

#include <cstring>

namespace tideline::vault {

namespace {
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t length_bytes = 8;

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

/// object and field with their lengths, so that no two contexts have the same bytes.
std::string associated(Context context) {
    std::string out = "tideline.seal.v1";
    for (const std::string_view part : {context.object, context.field}) {
        out.push_back('|');
        out += std::to_string(part.size());
        out.push_back(':');
        out += part;
    }
    return out;
}

std::vector<unsigned char> encrypt(const unsigned char* key, const std::string& data, const unsigned char* text,
                                   std::size_t size) {
    std::vector<unsigned char> out(nonce_bytes + size + tag_bytes);
    randombytes_buf(out.data(), nonce_bytes);
    unsigned long long written = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_bytes, &written, text, size, raw(data), data.size(),
                                               nullptr, out.data(), key);
    return out;
}

bool decrypt(const unsigned char* key, const std::string& data, std::span<const unsigned char> sealed,
             unsigned char* to) {
    unsigned long long written = 0;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(to, &written, nullptr, sealed.data() + nonce_bytes,
                                                      sealed.size() - nonce_bytes, raw(data), data.size(),
                                                      sealed.data(), key) == 0;
}

std::optional<Key32> key_from(std::string_view text) {
    const auto bytes = text::from_base64url(text);
    if (!bytes || bytes->size() != 32) return std::nullopt;
    Key32 key;
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

/// The key that an ephemeral agreement gives, bound to both public keys.
Secret<Key32> agreed_key(const Key32& shared, const PublicKey& ephemeral, const PublicKey& recipient) {
    static constexpr char label[] = "tideline.grant.v1";
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, 32);
    crypto_generichash_update(&state, raw(label), sizeof label);
    crypto_generichash_update(&state, shared.data(), shared.size());
    crypto_generichash_update(&state, ephemeral.bytes.data(), 32);
    crypto_generichash_update(&state, recipient.bytes.data(), 32);
    Secret<Key32> key;
    crypto_generichash_final(&state, key.expose().data(), 32);
    sodium_memzero(&state, sizeof state);
    return key;
}
}  // namespace

std::optional<Sealed> Sealed::from_storage(std::string_view text) {
    auto bytes = text::from_base64url(text);
    if (!bytes) return std::nullopt;
    return Sealed(std::move(*bytes));
}

std::string Sealed::to_storage() const { return text::base64url(bytes_); }

void fill_random(std::span<unsigned char> bytes) {
    start();
    randombytes_buf(bytes.data(), bytes.size());
}

ObjectKey random_key() {
    ObjectKey key;
    fill_random(key.expose());
    return key;
}

SecretText random_token(std::size_t bytes) {
    SecretText random(bytes);
    fill_random({random.data(), random.size()});
    return SecretText(text::base64url({random.data(), random.size()}));
}

std::size_t size_class(std::size_t bytes) {
    constexpr std::size_t large = 65536;
    if (bytes > large) return (bytes + large - 1) / large * large;
    std::size_t size = 256;
    while (size < bytes) size *= 2;
    return size;
}

Sealed seal(const ObjectKey& key, Context context, std::string_view text) {
    SecretText padded(size_class(text.size() + length_bytes));
    std::memset(padded.data(), 0, padded.size());
    const std::uint64_t length = text.size();
    for (std::size_t i = 0; i < length_bytes; ++i) padded.data()[i] = static_cast<unsigned char>(length >> (8 * i));
    if (!text.empty()) std::memcpy(padded.data() + length_bytes, text.data(), text.size());
    return Sealed(encrypt(key.expose().data(), associated(context), padded.data(), padded.size()));
}

Result<SecretText> open(const ObjectKey& key, Context context, const Sealed& sealed) {
    const auto bytes = sealed.bytes();
    const Error damaged{ErrorKind::corrupt, "this sealed value does not open: it was changed, or belongs elsewhere"};
    if (bytes.size() < nonce_bytes + tag_bytes + length_bytes) return damaged;
    SecretText padded(bytes.size() - nonce_bytes - tag_bytes);
    if (!decrypt(key.expose().data(), associated(context), bytes, padded.data())) return damaged;
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) length |= static_cast<std::uint64_t>(padded.data()[i]) << (8 * i);
    if (length > padded.size() - length_bytes) return damaged;
    return SecretText(padded.expose().substr(length_bytes, length));
}

std::string PublicKey::to_storage() const { return text::base64url(bytes); }

std::optional<PublicKey> PublicKey::from_storage(std::string_view text) {
    if (const auto key = key_from(text)) return PublicKey{*key};
    return std::nullopt;
}

KeyPair KeyPair::random() { return from_seed(random_key()); }

KeyPair KeyPair::from_seed(const Secret<Key32>& seed) {
    KeyPair pair;
    crypto_box_seed_keypair(pair.public_key.bytes.data(), pair.secret.expose().data(), seed.expose().data());
    return pair;
}

KeyPair KeyPair::from_secret(const Secret<Key32>& secret) {
    KeyPair pair;
    pair.secret = secret.clone();
    crypto_scalarmult_base(pair.public_key.bytes.data(), secret.expose().data());
    return pair;
}

const ObjectKey* ObjectKeys::that_opens(Context context, const Sealed& sealed) const {
    const auto found = std::find_if(keys_.begin(), keys_.end(),
                                    [&](const ObjectKey& key) { return vault::open(key, context, sealed).ok(); });
    return found == keys_.end() ? nullptr : &*found;
}

Result<SecretText> ObjectKeys::open(Context context, const Sealed& sealed) const {
    Result<SecretText> text = vault::open(keys_.front(), context, sealed);
    for (std::size_t i = 1; !text && i < keys_.size(); ++i) text = vault::open(keys_[i], context, sealed);
    return text;
}

Sealed seal_to(const PublicKey& recipient, Context context, const Secret<Key32>& value) {
    const KeyPair ephemeral = KeyPair::random();
    Secret<Key32> shared;
    // A recipient of small order gives no agreement; such a key cannot come from our own key generation.
    if (crypto_scalarmult(shared.expose().data(), ephemeral.secret.expose().data(), recipient.bytes.data()) != 0)
        throw std::logic_error("a public key that nobody can own");
    const Secret<Key32> key = agreed_key(shared.expose(), ephemeral.public_key, recipient);
    const auto body = encrypt(key.expose().data(), associated(context), value.expose().data(), 32);
    std::vector<unsigned char> out(ephemeral.public_key.bytes.begin(), ephemeral.public_key.bytes.end());
    out.insert(out.end(), body.begin(), body.end());
    return Sealed(std::move(out));
}

Result<Secret<Key32>> open_with(const KeyPair& pair, Context context, const Sealed& sealed) {
    const auto bytes = sealed.bytes();
    const Error closed{ErrorKind::no_key, "this key does not open it"};
    if (bytes.size() != 32 + nonce_bytes + 32 + tag_bytes) return closed;
    PublicKey ephemeral;
    std::copy_n(bytes.begin(), 32, ephemeral.bytes.begin());
    Secret<Key32> shared;
    if (crypto_scalarmult(shared.expose().data(), pair.secret.expose().data(), ephemeral.bytes.data()) != 0)
        return closed;
    const Secret<Key32> key = agreed_key(shared.expose(), ephemeral, pair.public_key);
    Secret<Key32> value;
    if (!decrypt(key.expose().data(), associated(context), bytes.subspan(32), value.expose().data())) return closed;
    return value;
}

std::string VerifyKey::to_storage() const { return text::base64url(bytes); }

std::optional<VerifyKey> VerifyKey::from_storage(std::string_view text) {
    if (const auto key = key_from(text)) return VerifyKey{*key};
    return std::nullopt;
}

SigningKey SigningKey::from_seed(const Secret<Key32>& seed) {
    SigningKey key;
    crypto_sign_seed_keypair(key.verify_key.bytes.data(), key.secret.expose().data(), seed.expose().data());
    return key;
}

Signature SigningKey::sign(std::string_view message) const {
    Signature signature;
    crypto_sign_detached(signature.data(), nullptr, raw(message), message.size(), secret.expose().data());
    return signature;
}

bool verify(const VerifyKey& key, std::string_view message, std::span<const unsigned char> signature) {
    return signature.size() == 64 &&
           crypto_sign_verify_detached(signature.data(), raw(message), message.size(), key.bytes.data()) == 0;
}

Key32 hash(std::string_view text) {
    Key32 out;
    crypto_generichash(out.data(), out.size(), raw(text), text.size(), nullptr, 0);
    return out;
}

Key32 keyed_hash(const Secret<Key32>& key, std::string_view purpose, std::string_view text) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.expose().data(), 32, 32);
    const std::string head = std::to_string(purpose.size()) + ":" + std::string(purpose);
    crypto_generichash_update(&state, raw(head), head.size());
    crypto_generichash_update(&state, raw(text), text.size());
    Key32 out;
    crypto_generichash_final(&state, out.data(), out.size());
    return out;
}

Secret<Key32> derive(const Secret<Key32>& key, std::string_view purpose) {
    Secret<Key32> out;
    out.expose() = keyed_hash(key, "derive", purpose);
    return out;
}

bool equal_constant_time(std::span<const unsigned char> a, std::span<const unsigned char> b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tideline::vault
