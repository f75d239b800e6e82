#include "names/detail/east_slavic.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "names/detail/distinct_names.h"
#include "names/detail/fold.h"
#include "names/detail/sounds.h"

namespace tideline::names::detail {

namespace {

/// Jelena, Yelena and Elena: what Russian writes with one letter at the beginning.
bool is_soft_beginning(std::string_view latin) { return latin.size() >= 3 && (latin[0] == 'j' || latin[0] == 'y'); }

}  // namespace

Closeness soft_closeness(const Part& a, const Part& b) {
    const char first_a = a.letters[0], first_b = b.letters[0];
    // Jeong and Yeong are two in Korea, Jing and Ying in China.
    if (first_a == first_b || std::min(a.length, b.length) < 3 || a.eastern || b.eastern || a.end == 0 || b.end == 0)
        return {};
    const bool soft_a = is_soft_beginning(a.latin()), soft_b = is_soft_beginning(b.latin());
    if (!soft_a && !soft_b) return {};
    if (soft_a && soft_b && is_vowel(a.letters[1]) && is_vowel(b.letters[1])) {
        const Closeness close = letters_closeness(with_first(a, 'y'), with_first(b, 'y'));
        return close.value >= 0.75F ? Closeness{std::min(close.value, 0.9F), Relation::variant} : Closeness{};
    }
    if (soft_a == soft_b) return {};
    const Part &soft = soft_a ? a : b, &plain = soft_a ? b : a;
    if (soft.letters[1] != 'e' || plain.letters[0] != 'e' || plain.length < 4) return {};
    Part shorter = soft;
    shorter.length = static_cast<std::uint8_t>(soft.length - 1U);
    std::memmove(shorter.letters.data(), soft.letters.data() + 1, shorter.length);
    const Closeness close = letters_closeness(beginning_of(shorter, shorter.length), plain);
    return close.value >= 0.78F ? Closeness{std::min(close.value, 0.9F), Relation::variant} : Closeness{};
}

namespace {

/// The father's name in a patronymic of Russian; 0 letters if it is none.
std::size_t father_in(std::string_view latin) {
    static constexpr std::string_view endings[] = {"yevich", "ievich", "iovych", "yovych", "iavich", "yavich",
                                                   "ovitch", "evitch", "ovich",  "evich",  "ovych",  "evych",
                                                   "avich",  "yevna",  "ievna",  "yeuna",  "ieuna",  "iauna",
                                                   "yauna",  "ovna",   "evna",   "ivna",   "auna",   "euna"};
    for (const std::string_view ending : endings) {
        if (latin.size() >= ending.size() + 3 && latin.ends_with(ending)) return latin.size() - ending.size();
    }
    return 0;
}

/// Names a patronymic may be made of, by what it has left of them: Mykola of Mykolai(ovych), Grigory of Grigor(ievich).
struct Fathers {
    std::array<std::uint32_t, 10> known = {};
    std::size_t count = 0;

    Fathers(const Tables& tables, std::string_view stem) {
        const auto add = [&](std::string_view kept, std::string_view ending) {
            std::array<char, letters_max + 2> room;
            std::memcpy(room.data(), kept.data(), kept.size());
            std::memcpy(room.data() + kept.size(), ending.data(), ending.size());
            const std::uint32_t number = tables.word_numbers.find({room.data(), kept.size() + ending.size()});
            if (number != TextMap::absent && !tables.words[number].groups.empty()) known[count++] = number;
        };
        for (const std::string_view ending : {"", "y", "i", "o", "a", "iy", "ii", "ei", "ey"}) add(stem, ending);
        if (stem.size() > 3 && (stem.back() == 'i' || stem.back() == 'y')) add(stem.substr(0, stem.size() - 1), "");
    }
};

/// Mykolaiovych and Nikolayevich: patronymics of one father in two languages, or of two fathers.
Closeness fathers_of_nations(const Tables& tables, const Part& a, std::size_t father_a, const Part& b,
                             std::size_t father_b) {
    const std::string_view stem_a = a.latin().substr(0, father_a), stem_b = b.latin().substr(0, father_b);
    if (stem_a == stem_b || a.native || b.native) return {};
    const Fathers of_a(tables, stem_a), of_b(tables, stem_b);
    for (std::size_t i = 0; i < of_a.count; ++i) {
        for (std::size_t j = 0; j < of_b.count; ++j) {
            if (of_a.known[i] == of_b.known[j] ||
                share(tables.words[of_a.known[i]].groups, tables.words[of_b.known[j]].groups))
                return {0.93F, Relation::variant};
        }
    }
    const auto without_glide = [](const Part& part, std::size_t letters) {
        while (letters > 3 && part.letters[letters - 1] == 'y') --letters;
        return beginning_of(part, letters);
    };
    const float value = letters_closeness(without_glide(a, father_a), without_glide(b, father_b)).value;
    if (of_a.count == 0 || of_b.count == 0) return value >= 0.7F ? Closeness{0.88F, Relation::variant} : Closeness{};
    constexpr float surely_another = 0.85F, another = 0.45F;
    return value < surely_another ? Closeness{std::min(value, another), Relation::contradicted} : Closeness{};
}

}  // namespace

namespace {

/// A word as English writes Russian: Jurjewna is Yuryevna, Mihajlovich Mihaylovich, Iureuna Yureuna.
Part as_english_writes(const Part& part) {
    Part written = part;
    const auto begin = written.letters.begin(), end = begin + written.length;
    if (written.length > 2 && begin[0] == 'i' && is_vowel(begin[1])) begin[0] = 'y';
    std::replace(begin, end, 'w', 'v');
    std::replace(begin, end, 'j', 'y');
    return beginning_of(written, written.length);
}

bool is_written_otherwise(const Part& part) {
    const std::string_view latin = part.latin();
    return part.length > 5 && (latin[0] == 'i' || latin.find_first_of("jw") != latin.npos);
}

}  // namespace

Closeness fathers_closeness(const Tables& tables, const Part& a, const Part& b) {
    if (is_written_otherwise(a) || is_written_otherwise(b)) {
        const Part written_a = as_english_writes(a), written_b = as_english_writes(b);
        if (!is_written_otherwise(written_a) && !is_written_otherwise(written_b))
            return fathers_closeness(tables, written_a, written_b);
    }
    const std::size_t father_a = father_in(a.latin()), father_b = father_in(b.latin());
    if (father_a != 0 && father_b != 0) return fathers_of_nations(tables, a, father_a, b, father_b);
    if ((father_a == 0) == (father_b == 0)) return {};
    const Part own_a = father_a == 0 ? a : beginning_of(a, father_a),
               own_b = father_b == 0 ? b : beginning_of(b, father_b);
    float value = letters_closeness(own_a, own_b).value;
    if (value < 0.85F && own_a.letters[0] != own_b.letters[0] && std::max(own_a.letters[0], own_b.letters[0]) == 'h' &&
        std::min(own_a.letters[0], own_b.letters[0]) == 'g')
        value = std::max(value, letters_closeness(with_first(own_a, 'g'), with_first(own_b, 'g')).value - 0.05F);
    return value >= 0.7F ? Closeness{std::min(value, 0.9F), Relation::variant} : Closeness{};
}

namespace {

/// Writes a family name as Russian would: Hrytsenko as Gritsenko, Kazlou as Kozlov, Dzmitryieu as Dmitriev. Of o and a,
/// and of the e and i that Belarusian writes ia, no difference is left if the name may be Belarusian.
std::size_t write_as_russian(std::string_view latin, bool belarusian, std::array<char, 2 * letters_max>& out) {
    std::string_view ending;
    static constexpr std::pair<std::string_view, std::string_view> endings[] = {
        {"skyi", "ski"}, {"skyy", "ski"}, {"skiy", "ski"},  {"skii", "ski"},  {"sky", "ski"}, {"tskyi", "tski"},
        {"aia", "aya"},  {"aja", "aya"},  {"enka", "enko"}, {"anka", "enko"}, {"ieu", "ev"},  {"yeu", "ev"},
        {"iou", "ev"},   {"iau", "ev"},   {"iov", "ev"},    {"yov", "ev"},    {"iev", "ev"},  {"yev", "ev"},
        {"eu", "ev"},    {"ou", "ov"},    {"au", "ov"},     {"ava", "ova"},   {"eva", "eva"}};
    for (const auto& [written, russian] : endings) {
        if (!latin.ends_with(written) || latin.size() < written.size() + 2) continue;
        ending = russian;
        latin.remove_suffix(written.size());
        break;
    }
    while (ending == "ev" && latin.size() > 2 && (latin.back() == 'i' || latin.back() == 'y')) latin.remove_suffix(1);
    std::size_t length = 0;
    const auto put = [&](char c) {
        if (length == 0 || out[length - 1] != c) out[length++] = c;
    };
    for (std::size_t i = 0; i < latin.size(); ++i) {
        const char c = latin[i], next = i + 1 < latin.size() ? latin[i + 1] : ' ';
        const bool after_consonant = i > 0 && !is_vowel(latin[i - 1]) && latin[i - 1] != 'y';
        const char third = i + 2 < latin.size() ? latin[i + 2] : ' ';
        if ((c == 'i' || c == 'y') && (next == 'e' || (next == 'i' && third == 'e'))) continue;
        if (belarusian && (c == 'i' || c == 'y') && (next == 'a' || next == 'o') && after_consonant) {
            put('e');
            ++i;
        } else if ((c == 'i' || c == 'y') && (next == 'o' || next == 'a' || next == 'u')) {
            put('y');
        } else if (c == 'y') {
            put('i');
        } else if (belarusian && c == 'd' && next == 'z' && i + 2 < latin.size() && latin[i + 2] != 'h') {
            put('d');
            ++i;
        } else if (belarusian && c == 't' && next == 's' && i + 2 < latin.size() &&
                   (latin[i + 2] == 'i' || latin[i + 2] == 'e')) {
            put('t');
            ++i;
        } else if (c == 'h' && !(i > 0 && (latin[i - 1] == 'k' || latin[i - 1] == 's' || latin[i - 1] == 'c' ||
                                           latin[i - 1] == 'z'))) {
            put('g');
        } else if (belarusian && c == 'o') {
            put('a');
        } else if (belarusian && c == 'u' && i > 0 && is_vowel(latin[i - 1])) {
            put('v');
        } else {
            put(c);
        }
    }
    for (const char c : ending) put(belarusian && c == 'o' ? 'a' : c);
    return length;
}

}  // namespace

bool is_east_slavic_pair(const Part& a, const Part& b) {
    if (a.kind == Kind::given || b.kind == Kind::given || std::min(a.length, b.length) < 5 ||
        std::max(a.length, b.length) > std::min(a.length, b.length) + 3)
        return false;
    // Russian keeps the first sound, but for h, and a and o.
    const char x = a.letters[0], y = b.letters[0];
    const auto pair = [x, y](char p, char q) { return (x == p && y == q) || (x == q && y == p); };
    if (x != y && !pair('g', 'h') && !pair('a', 'o') && !pair('i', 'y') && !pair('e', 'y')) return false;
    const auto ends_slavic = [](const Part& part) {
        return std::string_view("vuaoiyhklr").find(part.letters[part.length - 1U]) != std::string_view::npos;
    };
    if (!ends_slavic(a) || !ends_slavic(b)) return false;
    const auto belarusian = [](std::string_view latin) {
        const auto has = [latin](std::string_view what) { return latin.find(what) != std::string_view::npos; };
        return latin.ends_with("ou") || latin.ends_with("au") || latin.ends_with("eu") || latin.ends_with("enka") ||
               latin.ends_with("anka") || latin.ends_with("ava") || has("dzm") || has("dzi") || has("dze") || has("ia");
    };
    const auto slavic = [](std::string_view latin) {
        static constexpr std::string_view endings[] = {"ov",  "ev",  "ova", "eva",  "enko", "enka", "ou",  "au",   "eu",
                                                       "ava", "ski", "sky", "skyi", "skiy", "skii", "ska", "chuk", "uk",
                                                       "ko",  "ich", "aya", "aia",  "ik",   "yk",   "ar",  "al"};
        return std::any_of(std::begin(endings), std::end(endings),
                           [latin](std::string_view ending) { return latin.ends_with(ending); });
    };
    if (!slavic(a.latin()) || !slavic(b.latin())) return false;
    const bool akanne = belarusian(a.latin()) != belarusian(b.latin());
    std::array<char, 2 * letters_max> room_a, room_b;
    const std::size_t length_a = write_as_russian(a.latin(), akanne, room_a),
                      length_b = write_as_russian(b.latin(), akanne, room_b);
    return length_a == length_b && length_a >= 5 && std::memcmp(room_a.data(), room_b.data(), length_a) == 0;
}

}  // namespace tideline::names::detail
