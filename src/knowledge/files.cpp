#include "knowledge/files.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/embedded.h"

namespace tideline::knowledge {

/// Made by tideline_embed.
std::span<const EmbeddedFile> embedded_files();

Files Files::embedded() {
    Files out;
    for (const EmbeddedFile& file : embedded_files()) out.all_.emplace(file.path, file.bytes);
    return out;
}

Result<Files> Files::folder(const std::filesystem::path& root) {
    namespace fs = std::filesystem;
    std::map<std::string, std::string, std::less<>> owned;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(root, failed), end; !failed && at != end; at.increment(failed)) {
        const fs::path& path = at->path();
        const bool of_a_pack = path.extension() == ".yaml" || path.extension() == ".po";
        if (!of_a_pack || !at->is_regular_file()) continue;
        const std::string name = path.lexically_relative(root).generic_string();
        if (owned.size() >= files_max) {
            return Error{ErrorKind::too_large, fmt::format("'{}' holds more than {} files", root.string(), files_max)};
        }
        if (at->file_size() > bytes_max) {
            return Error{ErrorKind::too_large, fmt::format("{} is larger than {} bytes", name, bytes_max)};
        }
        std::ifstream stream(path, std::ios::binary);
        std::ostringstream bytes;
        bytes << stream.rdbuf();
        if (!stream) return Error{ErrorKind::unavailable, fmt::format("{} cannot be read", path.string())};
        owned.emplace(name, std::move(bytes).str());
    }
    if (failed) {
        return Error{ErrorKind::unavailable,
                     fmt::format("the folder '{}' cannot be read: {}", root.string(), failed.message())};
    }
    return of(std::move(owned));
}

Files Files::of(std::map<std::string, std::string, std::less<>> bytes_by_path) {
    Files out;
    out.owned_ = std::make_shared<const std::map<std::string, std::string, std::less<>>>(std::move(bytes_by_path));
    for (const auto& [path, bytes] : *out.owned_) out.all_.emplace(path, bytes);
    return out;
}

std::optional<std::string_view> Files::find(std::string_view path) const {
    const auto found = all_.find(path);
    return found != all_.end() ? std::optional(found->second) : std::nullopt;
}

std::vector<std::pair<std::string_view, std::string_view>> Files::below(std::string_view prefix) const {
    std::vector<std::pair<std::string_view, std::string_view>> out;
    for (auto at = all_.lower_bound(prefix); at != all_.end() && at->first.starts_with(prefix); ++at) {
        out.emplace_back(*at);
    }
    return out;
}

}  // namespace tideline::knowledge
