#include <sstream>
#include <type_traits>

#include "vault/password.h"
#include "vault/receipt.h"
#include "vault/seal.h"
#include "vault/stream.h"

namespace tideline::vault {
namespace {

template <class T>
concept printable = requires(std::ostream& out, const T& value) { out << value; };
template <class T>
concept comparable = requires(const T& a, const T& b) { a == b; };
template <class T>
concept formattable = requires(const T& value) { std::to_string(value); };

// The promise of the types: a program that prints, compares or copies a secret does not compile.
static_assert(!printable<Secret<Key32>> && !comparable<Secret<Key32>> && !std::is_copy_constructible_v<Secret<Key32>>);
static_assert(!printable<SecretText> && !comparable<SecretText> && !std::is_copy_constructible_v<SecretText>);
static_assert(!printable<Sealed> && !comparable<Sealed> && !formattable<Sealed>);
static_assert(printable<std::string> && comparable<std::string>);

std::string read(const Result<SecretText>& text) { return std::string(text.value().expose()); }

TEST(seal, a_sealed_text_opens_only_under_its_key_object_and_field) {
    const ObjectKey key = random_key();
    const Sealed sealed = seal(key, {"report1", "answers"}, "They took my passport.");
    EXPECT_EQ(read(open(key, {"report1", "answers"}, sealed)), "They took my passport.");
    EXPECT_EQ(open(random_key(), {"report1", "answers"}, sealed).kind(), ErrorKind::corrupt);
    EXPECT_EQ(open(key, {"report2", "answers"}, sealed).kind(), ErrorKind::corrupt);
    EXPECT_EQ(open(key, {"report1", "summary"}, sealed).kind(), ErrorKind::corrupt);
}

TEST(seal, the_sealed_size_tells_only_the_size_class) {
    const ObjectKey key = random_key();
    EXPECT_EQ(seal(key, {"r", "f"}, "no").bytes().size(), seal(key, {"r", "f"}, std::string(200, 'x')).bytes().size());
    EXPECT_EQ(size_class(1), 256u);
    EXPECT_EQ(size_class(257), 512u);
    EXPECT_EQ(size_class(65537), 131072u);
}

RC_GTEST_PROP(seal, any_change_of_any_byte_is_found, (std::string text, unsigned where, unsigned char flip)) {
    RC_PRE(flip != 0);
    const ObjectKey key = random_key();
    const Sealed sealed = seal(key, {"r", "f"}, text);
    std::vector<unsigned char> bytes(sealed.bytes().begin(), sealed.bytes().end());
    bytes[where % bytes.size()] ^= flip;
    RC_ASSERT(!open(key, {"r", "f"}, Sealed(bytes)).ok());
}

TEST(seal, a_grant_opens_only_with_the_recipients_pair_and_its_context) {
    const KeyPair team = KeyPair::random();
    const ObjectKey key = random_key();
    const Sealed grant = seal_to(team.public_key, {"report1", "grant"}, key);
    EXPECT_EQ(open_with(team, {"report1", "grant"}, grant).value().expose(), key.expose());
    EXPECT_EQ(open_with(KeyPair::random(), {"report1", "grant"}, grant).kind(), ErrorKind::no_key);
    EXPECT_EQ(open_with(team, {"report2", "grant"}, grant).kind(), ErrorKind::no_key);
}

TEST(seal, a_signature_holds_for_its_message_only) {
    const SigningKey key = SigningKey::from_seed(random_key());
    const Signature signature = key.sign("checkpoint 7");
    EXPECT_TRUE(verify(key.verify_key, "checkpoint 7", signature));
    EXPECT_FALSE(verify(key.verify_key, "checkpoint 8", signature));
}

TEST(receipt, what_was_printed_is_read_back_however_it_is_typed) {
    const Receipt receipt = Receipt::random("042137");
    const std::string grouped(receipt.grouped().expose());
    std::string dotted, arabic, wide;
    for (const char c : grouped) {
        dotted += c == ' ' ? '.' : c;
        if (c == ' ') continue;
        text::append(arabic, U'٠' + static_cast<char32_t>(c - '0'));
        text::append(wide, U'０' + static_cast<char32_t>(c - '0'));
    }
    for (const std::string& typed : {grouped, dotted, arabic, wide, "  " + grouped + "\n"}) {
        const auto parsed = Receipt::parse(typed);
        ASSERT_TRUE(parsed.ok()) << parsed.error().message;
        EXPECT_EQ(parsed->digits(), receipt.digits());
    }
    EXPECT_EQ(receipt.locator(), "042137");
}

TEST(receipt, missing_extra_and_foreign_characters_are_told_apart) {
    const std::string digits(Receipt::random("123456").digits());
    EXPECT_NE(Receipt::parse(digits.substr(1)).error().message, Receipt::parse(digits + "1").error().message);
    EXPECT_FALSE(Receipt::parse("").ok());
    EXPECT_FALSE(Receipt::parse("hello").ok());
    EXPECT_FALSE(Receipt::parse(std::string(100000, '1')).ok());
}

RC_GTEST_PROP(receipt, a_mistyped_digit_and_a_swap_are_told_at_once, (unsigned position, unsigned shift)) {
    std::string digits(Receipt::random(Receipt::random_locator()).digits());
    const std::size_t at = position % digits.size();
    std::string wrong = digits;
    wrong[at] = static_cast<char>('0' + (digits[at] - '0' + 1 + static_cast<int>(shift % 9)) % 10);
    RC_ASSERT(!Receipt::parse(wrong).ok());
    std::string swapped = digits;
    const std::size_t first = position % (digits.size() - 1);
    std::swap(swapped[first], swapped[first + 1]);
    RC_ASSERT(swapped == digits || !Receipt::parse(swapped).ok());
}

TEST(receipt, the_same_receipt_and_salt_give_the_same_pair_and_another_salt_another) {
    const Receipt receipt = Receipt::random("000001");
    const Salt salt = random_salt();
    EXPECT_EQ(receipt.key_pair(salt).public_key, receipt.key_pair(salt).public_key);
    EXPECT_FALSE(receipt.key_pair(salt).public_key == receipt.key_pair(random_salt()).public_key);
}

TEST(password, verifier_and_wrapping_key_depend_on_password_and_salt) {
    const Salt salt = random_salt();
    const PasswordKeys keys = derive_password(SecretText("kererū in the rain"), salt);
    EXPECT_EQ(keys.verifier_hash, derive_password(SecretText("kererū in the rain"), salt).verifier_hash);
    EXPECT_NE(keys.verifier_hash, derive_password(SecretText("kereru in the rain"), salt).verifier_hash);
    EXPECT_NE(keys.verifier_hash, hash({reinterpret_cast<const char*>(keys.wrap_key.expose().data()), 32}));
}

TEST(totp, rfc_6238_test_vector_and_its_neighbours) {
    const auto totp = Totp::from_bytes("12345678901234567890");
    ASSERT_TRUE(totp);
    const Instant at{59 * 1000};
    EXPECT_EQ(totp->code(at), "287082");
    EXPECT_EQ(totp->accepted_step("287 082", at), 1);
    EXPECT_EQ(totp->accepted_step("287082", at + 30'000), 1);
    EXPECT_EQ(totp->accepted_step("287082", at + 90'000), std::nullopt);
    EXPECT_EQ(totp->accepted_step("287081", at), std::nullopt);
    EXPECT_EQ(totp->base32().expose(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(recovery, any_threshold_of_the_shares_gives_the_secret_and_fewer_do_not) {
    const Secret<Key32> secret = random_key();
    const auto shares = split_secret(secret, 3, 5);
    const auto pick = [&](std::initializer_list<std::size_t> which) {
        std::vector<SecretText> some;
        for (const std::size_t i : which) some.push_back(shares[i].clone());
        return join_secret(some);
    };
    EXPECT_EQ(pick({0, 2, 4}).value().expose(), secret.expose());
    EXPECT_EQ(pick({1, 3, 0, 2}).value().expose(), secret.expose());
    EXPECT_NE(pick({0, 1}).value().expose(), secret.expose());
    EXPECT_FALSE(pick({0, 0, 1}).ok());
    std::vector<SecretText> damaged;
    damaged.push_back(SecretText(std::string(shares[0].expose()).replace(10, 1, "x")));
    damaged.push_back(shares[1].clone());
    EXPECT_FALSE(join_secret(damaged).ok());
}

std::vector<unsigned char> sealed_file(const ObjectKey& key, const std::string& content, std::size_t step) {
    FileSealer sealer(key, {"r", "file"});
    std::vector<unsigned char> out;
    for (std::size_t at = 0; at < content.size(); at += step) {
        const std::string part = content.substr(at, step);
        sealer.add({reinterpret_cast<const unsigned char*>(part.data()), part.size()}, out);
    }
    sealer.finish(out);
    return out;
}

Result<std::string> opened_file(const ObjectKey& key, std::span<const unsigned char> file) {
    auto opener = FileOpener::start(key, {"r", "file"}, file.first(std::min(file.size(), stream_header_bytes)));
    if (!opener) return opener.error();
    std::string content;
    for (std::size_t at = stream_header_bytes; at < file.size(); at += sealed_chunk_bytes) {
        auto chunk = opener->next(file.subspan(at, std::min(sealed_chunk_bytes, file.size() - at)));
        if (!chunk) return chunk.error();
        content += chunk->expose();
    }
    if (!opener->finished()) return Error{ErrorKind::corrupt, "cut"};
    return content;
}

TEST(stream, files_of_every_size_around_a_chunk_come_back_whole) {
    const ObjectKey key = random_key();
    for (const std::size_t size : {0ul, 1ul, chunk_bytes - 4, chunk_bytes - 3, chunk_bytes - 2, 3 * chunk_bytes + 7}) {
        std::string content(size, 'x');
        for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 7);
        const auto file = sealed_file(key, content, 1000);
        EXPECT_EQ(file.size(), sealed_file_bytes(size));
        EXPECT_EQ(opened_file(key, file).value(), content);
    }
}

TEST(stream, a_cut_reordered_or_changed_file_does_not_open) {
    const ObjectKey key = random_key();
    const auto file = sealed_file(key, std::string(3 * chunk_bytes, 'a'), 5000);
    const std::span<const unsigned char> whole(file);
    EXPECT_FALSE(opened_file(key, whole.first(stream_header_bytes + 2 * sealed_chunk_bytes)).ok());
    EXPECT_FALSE(opened_file(key, whole.first(file.size() - 1)).ok());
    auto swapped = file;
    std::swap_ranges(swapped.begin() + stream_header_bytes, swapped.begin() + stream_header_bytes + sealed_chunk_bytes,
                     swapped.begin() + stream_header_bytes + sealed_chunk_bytes);
    EXPECT_FALSE(opened_file(key, swapped).ok());
    auto changed = file;
    changed[stream_header_bytes + 100] ^= 1;
    EXPECT_FALSE(opened_file(key, changed).ok());
    EXPECT_FALSE(opened_file(random_key(), file).ok());
}

}  // namespace
}  // namespace tideline::vault
