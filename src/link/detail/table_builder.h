#pragma once
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>

#include "link/table.h"

namespace tideline::link {

/// The ways to make a table; private to the folder.
class TableBuilder {
public:
    static Result<Table> any(std::string_view bytes, std::shared_ptr<const void> owner, const ReadOptions& options);
    static Result<Table> csv(std::string_view bytes, std::shared_ptr<const void> owner, const ReadOptions& options);
    static Result<Table> json_lines(std::string_view bytes, const ReadOptions& options, bool entities);

    static std::uint64_t cell_of(std::string_view content) {
        return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(content.data())) |
               static_cast<std::uint64_t>(content.size()) << 48;
    }
    /// Rows of cells, as they are read, as columns, as they are asked for.
    static std::unique_ptr<std::uint64_t[]> as_columns(std::span<const std::uint64_t> cells, std::size_t columns);
    static std::vector<std::string> split_line(std::string_view line, char delimiter);
    static std::vector<std::string_view> stretches_of(std::string_view body, bool quotes, unsigned workers);
    static unsigned worker_count(unsigned wanted);
};

/// A FollowTheMoney entity as one flat object whose members are called like our columns (ftm.cpp).
Result<nlohmann::json> flatten_entity(const nlohmann::json& entity);

}  // namespace tideline::link
