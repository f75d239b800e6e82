#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace tideline::link::detail {

/// For each key the records that have it. Many small tables, so that growing one never takes long.
class Postings {
public:
    Postings() : shards_(shard_count) {}

    std::span<const std::uint32_t> find(std::uint64_t key) const {
        const Shard& shard = shards_[key >> (64 - shard_bits)];
        if (shard.slots.empty()) return {};
        const Slot& slot = shard.slots[place(shard, key)];
        return slot.count == 0 ? std::span<const std::uint32_t>() : view(shard, slot);
    }
    /// Asks for the place of a key; once it is there, prefetch_list asks for the list it leads to.
    void prefetch(std::uint64_t key) const {
        const Shard& shard = shards_[key >> (64 - shard_bits)];
        if (!shard.slots.empty()) __builtin_prefetch(&shard.slots[key & (shard.slots.size() - 1)]);
    }
    void prefetch_list(std::uint64_t key) const {
        const auto list = find(key);
        if (list.size() > 1) __builtin_prefetch(list.data());
    }
    /// Adding and removing is safe from several threads as long as no two have keys of the same part.
    static std::size_t part_of(std::uint64_t key) { return key >> (64 - part_bits); }
    static constexpr unsigned part_bits = 6;

    /// Adds a record; returns how many have the key now.
    std::uint32_t add(std::uint64_t key, std::uint32_t record) {
        Shard& shard = shards_[key >> (64 - shard_bits)];
        if ((shard.used + 1) * 4 > shard.slots.size() * 3) grow(shard);
        Slot& slot = shard.slots[place(shard, key)];
        if (slot.key == 0) {
            slot.key = key;
            ++shard.used;
        }
        if (slot.count == 0) {
            slot.first = record;
        } else if (slot.count == 1) {
            const std::uint32_t pool = take(shard);
            shard.pool[pool] = {slot.first, record};
            slot.first = pool;
        } else {
            shard.pool[slot.first].push_back(record);
        }
        return ++slot.count;
    }
    /// Takes a record away; returns how many have the key still.
    std::uint32_t remove(std::uint64_t key, std::uint32_t record) {
        Shard& shard = shards_[key >> (64 - shard_bits)];
        if (shard.slots.empty()) return 0;
        Slot& slot = shard.slots[place(shard, key)];
        if (slot.count == 0) return 0;
        if (slot.count == 1) {
            if (slot.first == record) slot.count = 0;
            return slot.count;
        }
        auto& list = shard.pool[slot.first];
        for (auto& other : list) {
            if (other != record) continue;
            other = list.back();
            list.pop_back();
            --slot.count;
            break;
        }
        if (slot.count == 1) {
            const std::uint32_t left = list[0];
            shard.free.push_back(slot.first);
            list = {};
            slot.first = left;
        }
        return slot.count;
    }
    std::size_t bytes() const {
        std::size_t bytes = 0;
        for (const Shard& shard : shards_) {
            bytes += shard.slots.capacity() * sizeof(Slot) + shard.pool.capacity() * sizeof(shard.pool[0]);
            for (const auto& list : shard.pool) bytes += list.capacity() * 4 + (list.capacity() != 0 ? 16 : 0);
        }
        return bytes;
    }

private:
    static constexpr unsigned shard_bits = 12;
    static constexpr std::size_t shard_count = std::size_t{1} << shard_bits;
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t count = 0;
        std::uint32_t first = 0;  // the record, or where several stand in the pool
    };
    struct Shard {
        std::vector<Slot> slots;
        std::size_t used = 0;
        std::vector<std::vector<std::uint32_t>> pool;
        std::vector<std::uint32_t> free;
    };
    static std::size_t place(const Shard& shard, std::uint64_t key) {
        const std::size_t mask = shard.slots.size() - 1;
        std::size_t at = key & mask;
        while (shard.slots[at].key != 0 && shard.slots[at].key != key) at = (at + 1) & mask;
        return at;
    }
    static std::span<const std::uint32_t> view(const Shard& shard, const Slot& slot) {
        if (slot.count == 1) return {&slot.first, 1};
        return shard.pool[slot.first];
    }
    static std::uint32_t take(Shard& shard) {
        if (shard.free.empty()) {
            shard.pool.emplace_back();
            return static_cast<std::uint32_t>(shard.pool.size() - 1);
        }
        const std::uint32_t pool = shard.free.back();
        shard.free.pop_back();
        return pool;
    }
    /// Grows, or only sweeps out keys that nobody has any more.
    static void grow(Shard& shard) {
        std::size_t alive = 0;
        for (const Slot& slot : shard.slots) alive += slot.count != 0 ? 1 : 0;
        std::size_t size = 16;
        while (size * 3 < (alive + 1) * 6) size *= 2;
        std::vector<Slot> before(size);
        before.swap(shard.slots);
        shard.used = alive;
        for (const Slot& slot : before) {
            if (slot.count != 0) shard.slots[place(shard, slot.key)] = slot;
        }
    }
    std::vector<Shard> shards_;
};

}  // namespace tideline::link::detail
