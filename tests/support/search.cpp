// Looks for many byte strings in files at once.
//
//   search PATTERNS FILE...     PATTERNS: one string a line, in hexadecimal, of 6 bytes or more
//
// Prints the numbers of the lines (from 0) whose string stands anywhere in any of the files, and last "searched
// <bytes>".
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace {
constexpr std::size_t head_bytes = 6;

std::uint64_t head_of(const char* bytes) {
    std::uint64_t head = 0;
    std::memcpy(&head, bytes, head_bytes);
    return head;
}

std::string bytes_of(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 64;
    std::vector<std::string> wanted;
    std::unordered_multimap<std::uint64_t, std::size_t> by_head;
    std::vector<bool> possible(1u << 24);  // the first three bytes, so that most places are passed over at once
    std::ifstream patterns(argv[1]);
    for (std::string line; std::getline(patterns, line);) {
        const auto bytes = tideline::text::from_hex(line);
        if (!bytes || bytes->size() < head_bytes) return 64;
        wanted.emplace_back(bytes->begin(), bytes->end());
        by_head.emplace(head_of(wanted.back().data()), wanted.size() - 1);
        possible[head_of(wanted.back().data()) & 0xFFFFFF] = true;
    }
    std::set<std::size_t> found;
    std::size_t searched = 0;
    for (int i = 2; i < argc; ++i) {
        const std::string bytes = bytes_of(argv[i]);
        searched += bytes.size();
        for (std::size_t at = 0; at + head_bytes <= bytes.size(); ++at) {
            const std::uint64_t head = head_of(bytes.data() + at);
            if (!possible[head & 0xFFFFFF]) continue;
            const auto [from, to] = by_head.equal_range(head);
            for (auto candidate = from; candidate != to; ++candidate) {
                if (bytes.compare(at, wanted[candidate->second].size(), wanted[candidate->second]) == 0)
                    found.insert(candidate->second);
            }
        }
    }
    for (const std::size_t number : found) std::printf("%zu\n", number);
    std::printf("searched %zu\n", searched);
    return 0;
}
