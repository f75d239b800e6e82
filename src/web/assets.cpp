#include "web/assets.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "base/text.h"

namespace tideline::web {

namespace {

std::string content_type_of(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> types{{
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".json", "application/json"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
    }};
    for (const auto& [ending, type] : types)
        if (name.ends_with(ending)) return std::string(type);
    throw std::invalid_argument("asset " + std::string(name) + ": its type is not known");
}

/// "css/app.css" with the hash of its content: "css-app.0123456789abcdef.css".
std::string hashed_file(std::string_view name, std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string file(name);
    std::replace(file.begin(), file.end(), '/', '-');
    return file.insert(file.rfind('.'), "." + text::hex({digest.data(), 8}));
}

/// "css/" + "../fonts/a.woff2" = "fonts/a.woff2".
std::string resolve(std::string_view from, std::string_view reference) {
    std::vector<std::string_view> parts = text::split(from, '/');
    parts.pop_back();
    for (const std::string_view part : text::split(reference, '/')) {
        if (part == ".." && !parts.empty()) {
            parts.pop_back();
        } else if (part != ".") {
            parts.push_back(part);
        }
    }
    std::string name;
    for (const std::string_view part : parts) name.append(name.empty() ? "" : "/").append(part);
    return name;
}

}  // namespace

Assets::Assets(std::span<const EmbeddedFile> files) {
    constexpr std::string_view folder = "assets/";
    std::map<std::string, std::string_view, std::less<>> by_name;
    for (const EmbeddedFile& file : files)
        if (file.path.starts_with(folder)) by_name.emplace(file.path.substr(folder.size()), file.bytes);

    const auto publish = [&](const std::string& name, std::string bytes) {
        const std::string file = hashed_file(name, bytes);
        paths_.emplace(name, "/assets/" + file);
        by_file_.emplace(file, Asset{content_type_of(name), std::move(bytes)});
    };
    for (const auto& [name, bytes] : by_name)
        if (!name.ends_with(".css")) publish(name, std::string(bytes));

    // A style sheet may name pictures and fonts: their paths are known now.
    for (const auto& [name, bytes] : by_name) {
        if (!name.ends_with(".css")) continue;
        std::string css;
        std::string_view rest = bytes;
        for (std::size_t mark = rest.find("url("); mark != std::string_view::npos; mark = rest.find("url(")) {
            css.append(rest.substr(0, mark + 4));
            rest.remove_prefix(mark + 4);
            const std::size_t end = rest.find(')');
            if (end == std::string_view::npos) throw std::invalid_argument("asset " + name + ": url( is not closed");
            std::string_view reference = text::trim(rest.substr(0, end));
            if (reference.size() >= 2 && (reference.front() == '"' || reference.front() == '\''))
                reference = reference.substr(1, reference.size() - 2);
            if (reference.starts_with("data:") || reference.starts_with('#')) continue;
            css.append(path(resolve(name, reference.substr(0, reference.find_first_of("?#")))));
            rest.remove_prefix(end);
        }
        css.append(rest);
        publish(name, std::move(css));
    }
}

std::string_view Assets::path(std::string_view name) const {
    const auto found = paths_.find(name);
    if (found == paths_.end()) throw std::invalid_argument("there is no asset " + std::string(name));
    return found->second;
}

Route Assets::route(Site site) const {
    return Route::get(site, "/assets/{file}", "asset", [this](Request& request) {
        const auto found = by_file_.find(request.param("file"));
        if (found == by_file_.end()) return Response::refuse(Refusal::not_found);
        Response response;
        response.headers.set("Content-Type", found->second.content_type);
        response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
        response.cacheable = true;
        response.body.append(found->second.bytes);
        return response;
    });
}

}  // namespace tideline::web
