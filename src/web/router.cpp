#include "web/router.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace tideline::web {

namespace {

bool is_parameter(std::string_view part) { return part.starts_with('{'); }
std::string_view parameter_name(std::string_view part) { return part.substr(1, part.size() - 2); }

bool is_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '.' ||
               byte == '-';
    });
}

std::vector<std::string_view> parts_of(std::string_view path) { return text::split(path.substr(1), '/'); }

bool is_pattern(std::string_view pattern) {
    if (!pattern.starts_with('/')) return false;
    if (pattern == "/") return true;
    const auto parts = parts_of(pattern);
    return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
        if (part.find_first_of("{}") == std::string_view::npos) return !part.empty();
        return part.size() > 2 && part.front() == '{' && part.back() == '}' && is_name(parameter_name(part));
    });
}

/// The same pattern with the names of its parameters taken out: two with the same shape would never both be found.
std::string shape_of(std::string_view pattern) {
    std::string shape;
    for (const std::string_view part : parts_of(pattern)) shape.append("/").append(is_parameter(part) ? "{}" : part);
    return shape;
}

using Parts = std::vector<std::string>;

bool fits(const Parts& pattern, const std::vector<std::string_view>& path) {
    return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                      [](std::string_view wanted, std::string_view part) {
                          return is_parameter(wanted) ? !part.empty() : wanted == part;
                      });
}

/// True if `left` is literal where it first differs in kind from `right`. Both fit the same path.
bool is_nearer(const Parts& left, const Parts& right) {
    for (std::size_t at = 0; at < left.size(); ++at)
        if (is_parameter(left[at]) != is_parameter(right[at])) return is_parameter(right[at]);
    return false;
}

Route row(Site site, Method method, std::string pattern, std::string name, BodyKind body) {
    Route route;
    route.site = site;
    route.method = method;
    route.pattern = std::move(pattern);
    route.name = std::move(name);
    route.body = body;
    return route;
}

}  // namespace

Route Route::get(Site site, std::string pattern, std::string name, Handler handler) {
    Route route = row(site, Method::get, std::move(pattern), std::move(name), BodyKind::none);
    route.handler = std::move(handler);
    return route;
}

Route Route::post(Site site, std::string pattern, std::string name, Handler handler) {
    Route route = row(site, Method::post, std::move(pattern), std::move(name), BodyKind::form);
    route.handler = std::move(handler);
    return route;
}

Route Route::upload(Site site, std::string pattern, std::string name, MultipartHandler multipart) {
    Route route = row(site, Method::post, std::move(pattern), std::move(name), BodyKind::multipart);
    route.multipart = std::move(multipart);
    return route;
}

void Router::add(Route route) {
    const auto bug = [&](const char* what) {
        throw std::invalid_argument("route " + route.name + " " + route.pattern + ": " + what);
    };
    if (!is_pattern(route.pattern)) bug("the pattern is malformed");
    if (!is_name(route.name)) bug("the name is malformed");
    const bool is_multipart = route.body == BodyKind::multipart;
    if (static_cast<bool>(route.multipart) != is_multipart || static_cast<bool>(route.handler) == is_multipart)
        bug("the handler does not fit the kind of body");
    if ((route.method == Method::get) != (route.body == BodyKind::none))
        bug("the method does not fit the kind of body");
    if (route.method != Method::get && route.method != Method::post) bug("only GET and POST can be routed");
    for (const Route& other : routes_) {
        if (other.site != route.site) continue;
        if (other.name == route.name) bug("the name is taken");
        if (other.method == route.method && shape_of(other.pattern) == shape_of(route.pattern))
            bug("the pattern is taken");
    }
    const auto parts = parts_of(route.pattern);
    parts_.emplace_back(parts.begin(), parts.end());
    routes_.push_back(std::move(route));
}

Router::Match Router::match(Site site, Method method, std::string_view path) const {
    Match match;
    if (!path.starts_with('/')) return match;
    const auto path_parts = parts_of(path);
    const Method wanted = method == Method::head ? Method::get : method;
    const Parts* nearest = nullptr;
    for (std::size_t row = 0; row < routes_.size(); ++row) {
        const Route& route = routes_[row];
        if (route.site != site || !fits(parts_[row], path_parts)) continue;
        if (std::find(match.allowed.begin(), match.allowed.end(), route.method) == match.allowed.end())
            match.allowed.push_back(route.method);
        if (route.method != wanted || (nearest != nullptr && !is_nearer(parts_[row], *nearest))) continue;
        match.route = &route;
        nearest = &parts_[row];
    }
    if (nearest == nullptr) return match;
    for (std::size_t at = 0; at < nearest->size(); ++at)
        if (is_parameter((*nearest)[at])) match.params.emplace_back(parameter_name((*nearest)[at]), path_parts[at]);
    return match;
}

std::string Router::path_to(Site site, std::string_view name,
                            std::span<const std::pair<std::string_view, std::string_view>> params) const {
    const auto route = std::find_if(routes_.begin(), routes_.end(),
                                    [&](const Route& each) { return each.site == site && each.name == name; });
    if (route == routes_.end()) throw std::invalid_argument("there is no route " + std::string(name));
    std::string path;
    for (const std::string_view part : parts_of(route->pattern)) {
        path += '/';
        if (!is_parameter(part)) {
            path += part;
            continue;
        }
        const auto given = std::find_if(params.begin(), params.end(),
                                        [&](const auto& each) { return each.first == parameter_name(part); });
        if (given == params.end() || given->second.empty())
            throw std::invalid_argument("route " + std::string(name) + " needs " + std::string(part));
        path += percent_encode(given->second);
    }
    return path;
}

}  // namespace tideline::web
