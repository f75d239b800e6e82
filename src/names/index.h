#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "names/names.h"

/// Finding a name among many, in milliseconds and without comparing it with all of them.
namespace tideline::names {

/// A list of names to search in: a watch-list, or everybody in the index of cases. Filled, sealed, then searched from
/// any number of threads.
///
///     Index index;
///     for (const auto& entry : list) index.add(entry.id, prepare(entry.name, Schema::person));
///     index.seal();
///     for (const Hit& hit : index.search(prepare("Yulia Petrowa", Schema::person), 10)) …
class Index {
public:
    Index();
    ~Index();
    Index(Index&&) noexcept;
    Index& operator=(Index&&) noexcept;

    struct Hit {
        std::uint32_t id = 0;        ///< as given to add
        std::uint32_t position = 0;  ///< which add it was, from 0
        double score = 0;            ///< Comparison::score
        double log_likelihood_ratio = 0;
    };

    /// Adds a name of the thing `id`; a thing may have many names. Not after seal().
    void add(std::uint32_t id, Prepared name);

    /// Ends the adding.
    void seal();

    std::size_t size() const;
    const Prepared& name(std::uint32_t position) const;

    /// The names most like `query`, best first, at most `limit`; one hit for each id, its best name. Only names that
    /// share a blocking key are looked at, and of those the `compared_max` that share most; so a hit may be missed,
    /// never made up.
    /// @param ignored  position that is passed over (for leaving one out); none by default
    std::vector<Hit> search(const Prepared& query, std::size_t limit, std::uint32_t ignored = ~std::uint32_t{0}) const;

    /// How many candidates are compared in full for one query.
    static constexpr std::size_t compared_max = 400;

private:
    struct Body;
    std::unique_ptr<Body> body_;
};

}  // namespace tideline::names
