#include "names/detail/keys.h"

#include <algorithm>

#include "names/detail/sounds.h"
#include "names/detail/tables.h"
#include "names/names.h"

namespace tideline::names {

namespace detail {

namespace {

std::uint64_t hash_of(char kind, std::string_view text) {
    std::uint64_t hash = 14695981039346656037U ^ static_cast<unsigned char>(kind);
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return hash ^ hash >> 29;
}

void add_sound_keys(std::string_view sound, bool slips, std::vector<Key>& keys) {
    if (sound.empty()) return;
    keys.push_back({hash_of('s', sound), 1.0F});
    std::array<char, letters_max> room;
    const std::string_view consonants = write_consonants(sound, room);
    if (consonants.size() >= 2) keys.push_back({hash_of('c', consonants), 0.6F});
    if (!slips || sound.size() < 4) return;
    std::array<char, letters_max> shorter;
    for (std::size_t out = 0; out < sound.size(); ++out) {
        std::copy(sound.begin(), sound.end(), shorter.begin());
        std::copy(sound.begin() + static_cast<std::ptrdiff_t>(out) + 1, sound.end(),
                  shorter.begin() + static_cast<std::ptrdiff_t>(out));
        keys.push_back({hash_of('d', {shorter.data(), sound.size() - 1}), 0.25F});
    }
    keys.push_back({hash_of('d', sound), 0.25F});
}

/// Garc?a as it sounds with any of the letters that are mostly lost.
void add_keys_of_lost_letter(const Part& part, std::vector<Key>& keys) {
    if (part.length == letters_max) return;
    Part whole = part;
    ++whole.length;
    const auto at = whole.letters.begin() + std::min(part.lost_at, part.length);
    std::copy_backward(at, whole.letters.begin() + part.length, whole.letters.begin() + whole.length);
    for (const char letter : std::string_view("aeiouncslz")) {
        *at = letter;
        set_sound(whole);
        add_sound_keys(whole.sound(), false, keys);
    }
}

}  // namespace

std::string_view write_consonants(std::string_view skeleton, std::array<char, letters_max>& room) {
    std::size_t length = 0;
    char last = 0;
    for (const char c : skeleton) {
        const char sound = consonant_class(c);
        if (sound == 0 || sound == last) continue;
        room[length++] = last = sound;
    }
    return {room.data(), length};
}

void add_keys(const Prepared& name, const Part& part, bool slips, std::vector<Key>& keys) {
    add_sound_keys(part.sound(), slips, keys);
    if (part.lost > 0) add_keys_of_lost_letter(part, keys);
    if (part.related != 0) {
        const Word& word = tables().relations_of(part.related);
        for (const std::uint16_t group : word.groups)
            keys.push_back({hash_of('g', {reinterpret_cast<const char*>(&group), sizeof group}), 0.9F});
        for (const std::uint16_t row : word.nickname_of)
            keys.push_back({hash_of('n', {reinterpret_cast<const char*>(&row), sizeof row}), 0.6F});
    }
    for (const Part& other : name.other_readings_of(part)) add_sound_keys(other.sound(), false, keys);
    if (!part.native) return;
    // Arabic and Hebrew write u and o with the letter for w.
    std::array<char, letters_max> room, without;
    const std::string_view consonants = write_consonants(part.sound(), room);
    const auto end = std::remove_copy(consonants.begin(), consonants.end(), without.begin(), 'f');
    const auto length = static_cast<std::size_t>(end - without.begin());
    if (length >= 2 && length < consonants.size()) keys.push_back({hash_of('c', {without.data(), length}), 0.5F});
}

}  // namespace detail

std::vector<std::uint64_t> blocking_keys(const Prepared& name, int words) {
    std::vector<std::vector<std::uint64_t>> of_parts;
    for (const Part& part : name.parts()) {
        if (part.weight <= 0 || part.kind == Kind::initial) continue;
        std::vector<detail::Key> keys;
        detail::add_keys(name, part, words <= 1, keys);
        std::vector<std::uint64_t> hashes;
        for (const detail::Key& key : keys) hashes.push_back(key.hash);
        of_parts.push_back(std::move(hashes));
    }
    std::vector<std::uint64_t> result;
    for (const Prepared& other : name.also_known_as()) {
        const std::vector<std::uint64_t> more = blocking_keys(other, words);
        result.insert(result.end(), more.begin(), more.end());
    }
    if (words <= 1 || of_parts.size() < 2) {
        for (const auto& hashes : of_parts) result.insert(result.end(), hashes.begin(), hashes.end());
    } else {
        for (std::size_t i = 0; i < of_parts.size(); ++i) {
            for (std::size_t j = i + 1; j < of_parts.size(); ++j) {
                for (const std::uint64_t a : of_parts[i]) {
                    for (const std::uint64_t b : of_parts[j])
                        result.push_back(std::min(a, b) * 0x9e3779b97f4a7c15U ^ std::max(a, b));
                }
            }
        }
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

}  // namespace tideline::names
