#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/forms.h"
#include "web/http.h"

/// Which request is answered by what: a table that can be read and compared.
namespace tideline::web {

enum class BodyKind {
    none,       ///< GET and HEAD; a body is refused
    form,       ///< application/x-www-form-urlencoded, parsed into Request::form
    multipart,  ///< multipart/form-data, streamed to a sink
};

/// Answers one request. Runs on the pool and may block. What it throws becomes a 500 and one log line.
using Handler = std::function<Response(Request&)>;
/// Makes the sink for one multipart body; runs on the pool when the headers are there. The request outlives the sink.
using MultipartHandler = std::function<std::unique_ptr<MultipartSink>(Request&)>;

/// One row of the table.
struct Route {
    Site site = Site::public_site;
    Method method = Method::get;  ///< get (HEAD comes with it) or post
    std::string pattern;          ///< "/{lang}/form", "/report/{id}"; {name} is one part of the path, never empty
    std::string name;             ///< unique within the site; stands in logs, metrics and the role table: "report.open"
    BodyKind body = BodyKind::none;
    Handler handler;             ///< with none and form
    MultipartHandler multipart;  ///< with multipart

    static Route get(Site site, std::string pattern, std::string name, Handler handler);
    static Route post(Site site, std::string pattern, std::string name, Handler handler);
    static Route upload(Site site, std::string pattern, std::string name, MultipartHandler multipart);
};

/// The route table. Filled before the server starts, then only read (from any thread).
class Router {
public:
    /// Adds a row. Throws std::invalid_argument for a bug in the table: a pattern or name that is there already, a
    /// pattern that is malformed, a handler that does not fit the kind of body.
    void add(Route route);
    /// Every row, in the order in which they were added.
    std::span<const Route> routes() const { return routes_; }

    struct Match {
        const Route* route = nullptr;  ///< nullptr: nothing has this path and method
        std::vector<std::pair<std::string, std::string>> params;
        std::vector<Method> allowed;  ///< what the path would take; empty: 404
    };
    /// Finds the row for a decoded path. Where several patterns fit, the one whose leftmost differing part is literal
    /// wins ("/report/new" before "/report/{id}" before "/{lang}/new"). HEAD matches GET rows.
    Match match(Site site, Method method, std::string_view path) const;

    /// The path of the row of that name, {parts} filled in and percent-encoded. Throws std::invalid_argument for an
    /// unknown name or missing part: links are written by us, a wrong one is a bug.
    std::string path_to(Site site, std::string_view name,
                        std::span<const std::pair<std::string_view, std::string_view>> params = {}) const;

private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> parts_;  ///< of the pattern of each row
};

}  // namespace tideline::web
