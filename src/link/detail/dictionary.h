#pragma once
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "link/detail/hash.h"
#include "link/detail/large_pages.h"

namespace tideline::link::detail {

/// Distinct texts, numbered from 1 in the order in which they came; 0 stands for "missing".
/// Reading is safe from several threads while nobody adds.
class Dictionary {
public:
    Dictionary() : entries_(1), slots_(1024) {}

    /// The id of the text, which is added if it is new.
    std::uint32_t intern(std::string_view text) { return intern(text, hash_of(text)); }
    std::uint32_t intern(std::string_view text, std::uint64_t hash) {
        if (entries_.size() * 2 > slots_.size()) grow();
        const std::size_t mask = slots_.size() - 1;
        const auto check = static_cast<std::uint32_t>(hash >> 32);
        for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
            Slot& slot = slots_[at];
            if (slot.id == 0) {
                slot = {check, static_cast<std::uint32_t>(entries_.size())};
                entries_.push_back({static_cast<std::uint64_t>(arena_.size()), static_cast<std::uint32_t>(text.size()),
                                    static_cast<std::uint32_t>(hash)});
                arena_.insert(arena_.end(), text.begin(), text.end());
                return slot.id;
            }
            if (slot.check == check && (*this)[slot.id] == text) return slot.id;
        }
    }
    /// Sets ids aside, before any text has one: 1 to `count`, each with room for a text of `bytes_max`. They are never
    /// found; place() gives one a text, until the next.
    void set_aside(std::uint32_t count, std::uint32_t bytes_max) {
        for (std::uint32_t i = 0; i < count; ++i) entries_.push_back({std::uint64_t{i} * bytes_max, 0, 0});
        arena_.resize(std::size_t{count} * bytes_max);
    }
    void place(std::uint32_t id, std::string_view text) {
        std::memcpy(arena_.data() + entries_[id].offset, text.data(), text.size());
        entries_[id].length = static_cast<std::uint32_t>(text.size());
    }
    /// The id of the text, or 0.
    std::uint32_t find(std::string_view text) const {
        if (slots_.empty()) throw std::logic_error("a closed dictionary was asked for a text");
        const std::uint64_t hash = hash_of(text);
        const std::size_t mask = slots_.size() - 1;
        const auto check = static_cast<std::uint32_t>(hash >> 32);
        for (std::size_t at = hash & mask; slots_[at].id != 0; at = (at + 1) & mask) {
            if (slots_[at].check == check && (*this)[slots_[at].id] == text) return slots_[at].id;
        }
        return 0;
    }
    void prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]); }

    /// After prefetch() has arrived: asks for the entry that the hash leads to; after that, for its text.
    void prefetch_entry(std::uint64_t hash) const {
        __builtin_prefetch(&entries_[slots_[hash & (slots_.size() - 1)].id]);
    }
    void prefetch_text(std::uint64_t hash) const {
        __builtin_prefetch(arena_.data() + entries_[slots_[hash & (slots_.size() - 1)].id].offset);
    }

    std::string_view operator[](std::uint32_t id) const {
        const Entry& entry = entries_[id];
        return {arena_.data() + entry.offset, entry.length};
    }
    /// Number of ids, including 0.
    std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
    std::size_t bytes() const {
        return entries_.capacity() * sizeof(Entry) + slots_.capacity() * sizeof(Slot) + arena_.capacity();
    }
    /// Gives back what only adding needs to be quick; adding afterwards still works.
    void shrink() { arena_.shrink_to_fit(); }
    /// Gives back what texts are found by, a third of the memory; no text can be added or found afterwards.
    void close() { LargeVector<Slot>().swap(slots_); }

private:
    struct Entry {
        std::uint64_t offset = 0;
        std::uint32_t length = 0;
        std::uint32_t low = 0;  // low half of the hash, for growing
    };
    struct Slot {
        std::uint32_t check = 0;
        std::uint32_t id = 0;
    };
    void grow() {
        if (slots_.empty()) throw std::logic_error("a closed dictionary was given a text");
        LargeVector<Slot> wider(slots_.size() * 4);
        const std::size_t mask = wider.size() - 1;
        for (const Slot& slot : slots_) {
            if (slot.id == 0) continue;
            std::size_t at = (static_cast<std::uint64_t>(slot.check) << 32 | entries_[slot.id].low) & mask;
            while (wider[at].id != 0) at = (at + 1) & mask;
            wider[at] = slot;
        }
        slots_ = std::move(wider);
    }

    std::vector<char> arena_;
    LargeVector<Entry> entries_;
    LargeVector<Slot> slots_;
};

}  // namespace tideline::link::detail
