#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "web/router.h"

namespace tideline::web {

/// The files below site/ that were compiled into the binary: "templates/…", "assets/…".
std::span<const EmbeddedFile> embedded_site_files();

/// Style sheets, pictures and (staff) scripts, each under a path that holds a hash of its content, so that browsers may
/// keep it for a year: "/assets/app.3f2a9c01d4e5b677.css". Built once, then only read.
class Assets {
public:
    /// Takes the files whose path begins with "assets/"; "assets/css/app.css" is called "css/app.css" and served as
    /// "/assets/css-app.<hash>.css". url(…) of a relative file in a style sheet is rewritten to its hashed path.
    /// Throws std::invalid_argument if a style sheet names a file that is not there, or a type is not known.
    explicit Assets(std::span<const EmbeddedFile> files);

    /// The path under which a page links a file. Throws std::invalid_argument for an unknown name.
    std::string_view path(std::string_view name) const;
    /// Every name with its path.
    const std::map<std::string, std::string, std::less<>>& paths() const { return paths_; }

    /// The route "/assets/{file}" of a site. `this` outlives the router.
    Route route(Site site) const;

private:
    struct Asset {
        std::string content_type;
        std::string bytes;
    };
    std::map<std::string, std::string, std::less<>> paths_;
    std::map<std::string, Asset, std::less<>> by_file_;
};

}  // namespace tideline::web
