#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tideline::knowledge {

/// The files of a knowledge folder, whether they were compiled into the binary or lie in a folder on disk:
/// `<jurisdiction>/*.yaml`, `indicators/*.yaml`, `languages/*.po`. Copies share the bytes.
class Files {
public:
    static constexpr std::size_t files_max = 500;
    static constexpr std::size_t bytes_max = 8u << 20;  ///< of one file

    /// The knowledge folder as it was when the binary was built.
    static Files embedded();
    /// Reads every .yaml and .po file below a folder; Error::unavailable if it cannot be read, Error::too_large.
    static Result<Files> folder(const std::filesystem::path& root);
    /// Files that are given as path and bytes.
    static Files of(std::map<std::string, std::string, std::less<>> bytes_by_path);

    /// The bytes of a file by its path below the root, or nothing.
    std::optional<std::string_view> find(std::string_view path) const;
    /// Path and bytes of every file whose path begins with `prefix`, by path.
    std::vector<std::pair<std::string_view, std::string_view>> below(std::string_view prefix) const;

private:
    std::shared_ptr<const std::map<std::string, std::string, std::less<>>> owned_;  ///< of a folder
    std::map<std::string_view, std::string_view> all_;
};

}  // namespace tideline::knowledge
