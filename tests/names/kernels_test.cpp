#include "names/kernels.h"

namespace tideline::names {

namespace {

/// Distances by the textbook's table, to hold the bit-parallel ones against.
template <class Text>
std::size_t plain_distance(const Text& a, const Text& b, bool swaps) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, replaced});
            if (swaps && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
            }
        }
    }
    return table[a.size()][b.size()];
}

/// Jaro 1989 with two arrays of flags. The first string is the one whose units are looked up in the window.
template <class Text>
double plain_jaro(const Text& a, const Text& b) {
    if (a.empty() && b.empty()) return 1.0;
    if (a.empty() || b.empty()) return 0.0;
    const std::size_t half = std::max(a.size(), b.size()) / 2;
    const std::size_t reach = half == 0 ? 0 : half - 1;
    std::vector<bool> taken(a.size()), found(b.size());
    std::size_t common = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
        for (std::size_t i = j > reach ? j - reach : 0; i < std::min(a.size(), j + reach + 1); ++i) {
            if (taken[i] || a[i] != b[j]) continue;
            taken[i] = found[j] = true;
            ++common;
            break;
        }
    }
    if (common == 0) return 0.0;
    std::size_t transposed = 0, i = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
        if (!found[j]) continue;
        while (!taken[i]) ++i;
        transposed += a[i++] != b[j];
    }
    const auto m = static_cast<double>(common);
    return (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
            (m - static_cast<double>(transposed / 2)) / m) /
           3.0;
}

template <class Text>
double plain_jaro_winkler(const Text& a, const Text& b) {
    const double similarity = plain_jaro(a, b);
    if (similarity <= 0.7) return similarity;
    std::size_t prefix = 0;
    while (prefix < std::min({std::size_t{4}, a.size(), b.size()}) && a[prefix] == b[prefix]) ++prefix;
    return similarity + 0.1 * static_cast<double>(prefix) * (1.0 - similarity);
}

/// Texts over few letters, so that many units agree, of a length that crosses one, two and more words.
template <class Unit>
std::basic_string<Unit> text_of(std::size_t length_max) {
    static constexpr char32_t wide[] = {U'a', U'b', U'c', U'é', U'王', U'ж', U'ÿ', U'ア'};
    const auto length = *rc::gen::inRange<std::size_t>(0, length_max + 1);
    const auto letters = *rc::gen::inRange<std::size_t>(1, std::size(wide) + 1);
    std::basic_string<Unit> text;
    for (const std::size_t at :
         *rc::gen::container<std::vector<std::size_t>>(length, rc::gen::inRange<std::size_t>(0, letters))) {
        text += static_cast<Unit>(wide[at]);
    }
    return text;
}

/// `text` with a few edits, so that small distances occur as well.
template <class Unit>
std::basic_string<Unit> edited(std::basic_string<Unit> text) {
    const auto edits = *rc::gen::inRange(0, 5);
    for (int n = 0; n < edits && !text.empty(); ++n) {
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        switch (*rc::gen::inRange(0, 4)) {
            case 0: text.erase(at, 1); break;
            case 1: text.insert(at, 1, static_cast<Unit>('b')); break;
            case 2: text[at] = static_cast<Unit>('c'); break;
            default: std::swap(text[at], text[(at + 1) % text.size()]); break;
        }
    }
    return text;
}

template <class Unit>
void expect_same_as_plain(std::size_t length_max) {
    const auto a = text_of<Unit>(length_max);
    const auto b = *rc::gen::arbitrary<bool>() ? text_of<Unit>(length_max) : edited(a);
    const Pattern<Unit> prepared(a);
    const auto limit = *rc::gen::inRange<std::size_t>(0, 8);

    const std::size_t edits = plain_distance(a, b, false), edits_or_swaps = plain_distance(a, b, true);
    RC_ASSERT(levenshtein(a, b) == edits);
    RC_ASSERT(prepared.levenshtein(b) == edits);
    RC_ASSERT(levenshtein(a, b, limit) == std::min(edits, limit + 1));
    RC_ASSERT(prepared.levenshtein(b, limit) == std::min(edits, limit + 1));
    RC_ASSERT(osa(a, b) == edits_or_swaps);
    RC_ASSERT(prepared.osa(b) == edits_or_swaps);
    RC_ASSERT(osa(a, b, limit) == std::min(edits_or_swaps, limit + 1));
    RC_ASSERT(prepared.osa(b, limit) == std::min(edits_or_swaps, limit + 1));

    const auto& shorter = a.size() <= b.size() ? a : b;
    const auto& longer = a.size() <= b.size() ? b : a;
    const double at_least = *rc::gen::inRange(0, 100) / 100.0;
    const auto floored = [at_least](double similarity) { return similarity < at_least ? 0.0 : similarity; };
    RC_ASSERT(jaro(a, b) == plain_jaro(shorter, longer));
    RC_ASSERT(prepared.jaro(b) == plain_jaro(a, b));
    RC_ASSERT(prepared.jaro(b, at_least) == floored(plain_jaro(a, b)));
    RC_ASSERT(jaro_winkler(a, b) == plain_jaro_winkler(shorter, longer));
    RC_ASSERT(prepared.jaro_winkler(b) == plain_jaro_winkler(a, b));
    RC_ASSERT(prepared.jaro_winkler(b, at_least) == floored(plain_jaro_winkler(a, b)));
}

}  // namespace

RC_GTEST_PROP(kernels, short_byte_strings_agree_with_the_plain_tables, ()) { expect_same_as_plain<char>(20); }
RC_GTEST_PROP(kernels, byte_strings_of_several_words_agree_with_the_plain_tables, ()) {
    expect_same_as_plain<char>(200);
}
RC_GTEST_PROP(kernels, sixteen_bit_strings_agree_with_the_plain_tables, ()) { expect_same_as_plain<char16_t>(140); }
RC_GTEST_PROP(kernels, code_point_strings_agree_with_the_plain_tables, ()) { expect_same_as_plain<char32_t>(140); }

RC_GTEST_PROP(kernels, a_pack_gives_what_each_of_its_texts_gives_alone, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(0, PatternPack::lanes + 1);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) texts.push_back(text_of<char>(PatternPack::units_max));
    const std::string other = *rc::gen::arbitrary<bool>() ? text_of<char>(16) : text_of<char>(40);
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const PatternPack pack(views);
    std::array<std::uint16_t, PatternPack::lanes> edits, edits_or_swaps;
    std::array<double, PatternPack::lanes> similarities;
    pack.levenshtein(other, edits);
    pack.osa(other, edits_or_swaps);
    pack.jaro_winkler(other, similarities);
    for (std::size_t i = 0; i < count; ++i) {
        RC_ASSERT(edits[i] == plain_distance(texts[i], other, false));
        RC_ASSERT(edits_or_swaps[i] == plain_distance(texts[i], other, true));
        RC_ASSERT(similarities[i] == plain_jaro_winkler(texts[i], other));
    }
}

TEST(kernels, strings_longer_than_the_inline_room_are_compared_as_well) {
    const std::string a(5'000, 'a');
    std::string b = a;
    b[2'500] = 'b';
    b += "tail";
    EXPECT_EQ(levenshtein(a, b), 4U);  // b, t, i and l come in
    EXPECT_EQ(osa(a, b), 4U);
    EXPECT_EQ(levenshtein(a, b, 2), 3U);
    EXPECT_NEAR(jaro(a, b), plain_jaro(a, b), 1e-12);
}

TEST(kernels, known_values) {
    EXPECT_EQ(levenshtein("kitten", "sitting"), 3U);
    EXPECT_EQ(levenshtein("ab", "ba"), 2U);
    EXPECT_EQ(osa("ab", "ba"), 1U);
    EXPECT_NEAR(jaro("martha", "marhta"), 0.944444, 1e-6);
    EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.961111, 1e-6);
    EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.813333, 1e-6);
    EXPECT_EQ(jaro("", ""), 1.0);
    EXPECT_EQ(jaro("", "a"), 0.0);
    EXPECT_EQ(levenshtein("", "abc", 1), 2U);
}

TEST(kernels, a_call_leaves_nothing_behind_for_the_next) {
    EXPECT_EQ(levenshtein(U"王小明", U"xyz"), 3U);
    EXPECT_EQ(levenshtein(U"abc", U"王小明"), 3U);
    EXPECT_EQ(levenshtein("abc", "xyz"), 3U);
    EXPECT_EQ(levenshtein("xyz", "abc"), 3U);
    EXPECT_EQ(jaro("xyz", "abc"), 0.0);
}

}  // namespace tideline::names
