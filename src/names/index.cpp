#include "names/index.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "names/detail/keys.h"

namespace tideline::names {

struct Index::Body {
    struct Posting {
        std::uint32_t begin = 0, end = 0;
    };
    std::vector<Prepared> names;
    std::vector<std::uint32_t> ids;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> adding;  // key, position; until sealed
    std::unordered_map<std::uint64_t, Posting> postings;
    std::vector<std::uint32_t> positions;
};

Index::Index() : body_(std::make_unique<Body>()) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

void Index::add(std::uint32_t id, Prepared name) {
    const auto position = static_cast<std::uint32_t>(body_->names.size());
    std::vector<detail::Key> keys;
    for (const Part& part : name.parts()) {
        if (part.weight > 0 && part.kind != Kind::initial) detail::add_keys(name, part, true, keys);
    }
    for (const Prepared& other : name.also_known_as()) {
        for (const Part& part : other.parts()) {
            if (part.weight > 0 && part.kind != Kind::initial) detail::add_keys(other, part, true, keys);
        }
    }
    for (const detail::Key& key : keys) body_->adding.emplace_back(key.hash, position);
    body_->names.push_back(std::move(name));
    body_->ids.push_back(id);
}

void Index::seal() {
    auto& adding = body_->adding;
    std::sort(adding.begin(), adding.end());
    adding.erase(std::unique(adding.begin(), adding.end()), adding.end());
    body_->positions.reserve(adding.size());
    for (std::size_t i = 0; i < adding.size();) {
        const auto begin = static_cast<std::uint32_t>(i);
        const std::uint64_t key = adding[i].first;
        for (; i < adding.size() && adding[i].first == key; ++i) body_->positions.push_back(adding[i].second);
        body_->postings.emplace(key, Body::Posting{begin, static_cast<std::uint32_t>(i)});
    }
    adding = {};
}

std::size_t Index::size() const { return body_->names.size(); }
const Prepared& Index::name(std::uint32_t position) const { return body_->names[position]; }

std::vector<Index::Hit> Index::search(const Prepared& query, std::size_t limit, std::uint32_t ignored) const {
    // What every name has met the query under, added up; all zero between calls.
    static thread_local std::vector<float> met;
    static thread_local std::vector<std::uint32_t> touched;
    met.resize(std::max(met.size(), size()));
    touched.clear();
    std::vector<detail::Key> keys;
    for (const Part& part : query.parts()) {
        if (part.weight > 0 && part.kind != Kind::initial) detail::add_keys(query, part, true, keys);
    }
    std::sort(keys.begin(), keys.end(), [](const detail::Key& a, const detail::Key& b) { return a.hash < b.hash; });
    keys.erase(std::unique(keys.begin(), keys.end(),
                           [](const detail::Key& a, const detail::Key& b) { return a.hash == b.hash; }),
               keys.end());
    for (const detail::Key& key : keys) {
        const auto found = body_->postings.find(key.hash);
        if (found == body_->postings.end()) continue;
        const auto [begin, end] = found->second;
        const float worth = key.trust * std::log(1.0F + static_cast<float>(size()) / static_cast<float>(end - begin));
        for (std::uint32_t i = begin; i < end; ++i) {
            const std::uint32_t position = body_->positions[i];
            if (met[position] == 0) touched.push_back(position);
            met[position] += worth;
        }
    }
    const auto better_met = [](std::uint32_t a, std::uint32_t b) { return met[a] != met[b] ? met[a] > met[b] : a < b; };
    const std::size_t kept = std::min(compared_max, touched.size());
    std::nth_element(touched.begin(), touched.begin() + static_cast<std::ptrdiff_t>(kept), touched.end(), better_met);
    std::vector<Hit> hits;
    hits.reserve(kept);
    for (std::size_t i = 0; i < kept; ++i) {
        const std::uint32_t position = touched[i];
        if (position == ignored) continue;
        const Comparison comparison = compare(query, body_->names[position]);
        hits.push_back({body_->ids[position], position, comparison.score, comparison.log_likelihood_ratio});
    }
    for (const std::uint32_t position : touched) met[position] = 0;
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        if (a.score != b.score) return a.score > b.score;
        if (a.log_likelihood_ratio != b.log_likelihood_ratio) return a.log_likelihood_ratio > b.log_likelihood_ratio;
        return a.position < b.position;
    });
    std::vector<Hit> best;
    for (const Hit& hit : hits) {
        if (best.size() == limit) break;
        const bool new_id =
            std::none_of(best.begin(), best.end(), [&hit](const Hit& other) { return other.id == hit.id; });
        if (new_id) best.push_back(hit);
    }
    return best;
}

}  // namespace tideline::names
