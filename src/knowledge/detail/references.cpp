#include <fmt/format.h>

#include "knowledge/detail/readers.h"

namespace tideline::knowledge::detail {

std::string References::declare(std::string_view kind, const Yaml& entry) {
    std::string id = entry.id("id");
    if (id.empty()) return id;
    std::vector<std::string>& ids = declared_[std::string(kind)];
    if (std::ranges::find(ids, id) != ids.end()) {
        entry.problem(fmt::format("the id '{}' is used twice for a {}", id, kind), "give each its own id");
    } else {
        ids.push_back(id);
    }
    return id;
}

std::string References::use(std::string_view kind, const Yaml& value) {
    std::string id = value.as_id();
    if (!id.empty()) used_.push_back({std::string(kind), id, std::string(value.file()), value.line()});
    return id;
}

std::vector<std::string> References::use_each(std::string_view kind, const Yaml& list) {
    std::vector<std::string> out;
    for (const Yaml& member : list.as_list()) out.push_back(use(kind, member));
    return out;
}

void References::use_in_text(std::string_view kind, std::string id, const Yaml& text) {
    used_.push_back({std::string(kind), std::move(id), std::string(text.file()), text.line()});
}

void References::check(Problems& problems) const {
    static const std::vector<std::string> none;
    for (const Place& place : used_) {
        const auto kind = declared_.find(place.kind);
        const std::vector<std::string>& ids = kind != declared_.end() ? kind->second : none;
        if (std::ranges::find(ids, place.id) != ids.end()) continue;
        const auto near = nearest(place.id, ids);
        problems.add(place.file, place.line, fmt::format("there is no {} '{}' in this pack", place.kind, place.id),
                     near ? fmt::format("did you mean '{}'?", *near)
                          : fmt::format("declare the {} or correct the id", place.kind));
    }
}

Provenance read_provenance(const Yaml& entry, const Yaml& file) {
    Provenance out;
    out.source = entry.text("source");
    const auto of_file = file.maybe_date("date");
    const auto own = entry.maybe_date("date");
    out.date = own ? *own : of_file ? *of_file : entry.date("date");
    out.verified = entry.flag("verified");
    return out;
}

std::string read_public_text(const Yaml& text, References& references) {
    std::string out = text.as_text();
    const auto names = placeholders(out);
    if (!names) {
        text.problem("a brace is left alone in this text", "write {emergency} or {id-of-a-channel}, or no brace");
        return out;
    }
    for (const std::string& name : *names) {
        if (name != "emergency") references.use_in_text("channel", name, text);
    }
    return out;
}

}  // namespace tideline::knowledge::detail
