#include "assess/method.h"

namespace tideline::assess {
namespace {

constexpr std::string_view priority_name = "/priority.yaml";

/// The priority rules of that jurisdiction, or of the only one.
Result<std::string> priority_file(const knowledge::Files& files, std::string_view jurisdiction) {
    std::vector<std::string> found;
    for (const auto& [path, bytes] : files.below(jurisdiction)) {
        if (!path.ends_with(priority_name)) continue;
        const std::string_view folder = path.substr(0, path.size() - priority_name.size());
        if (jurisdiction.empty() || folder == jurisdiction) found.emplace_back(path);
    }
    if (found.size() == 1) return found.front();
    if (found.empty()) {
        return Error{ErrorKind::not_found, "there is no '" + (jurisdiction.empty() ? "*" : std::string(jurisdiction)) +
                                               std::string(priority_name) + "'; add it, or name another jurisdiction"};
    }
    std::string all;
    for (const std::string& path : found) all += (all.empty() ? "" : ", ") + path;
    return Error{ErrorKind::invalid, "there are several jurisdictions (" + all + "); say which one"};
}

DeadlineFile deadlines_beside(const knowledge::Files& files, std::string_view priority_path) {
    DeadlineFile file;
    file.path = std::string(priority_path.substr(0, priority_path.size() - priority_name.size())) + "/deadlines.yaml";
    if (const auto bytes = files.find(file.path)) file.bytes = *bytes;
    return file;
}

}  // namespace

Result<Method> Method::from_files(const knowledge::Files& files, std::string_view jurisdiction) {
    knowledge::Problems problems;
    Method method;
    auto indicators = std::make_shared<Indicators>(knowledge::read_indicators(files, problems));
    if (indicators->dimensions().empty() && problems.empty()) {
        return Error{ErrorKind::invalid, "no indicator pack of kind 'graded' was found; findings need one"};
    }
    const auto path = priority_file(files, jurisdiction);
    if (!path) return path.error();
    const auto priority = files.find(*path);
    const DeadlineFile deadlines = deadlines_beside(files, *path);
    method.priorities_ = read_priority(*path, *priority, deadlines, *indicators, problems);
    if (!problems.empty()) return problems.error();
    auto suggester = Suggester::compile(*indicators);
    if (!suggester) return suggester.error();
    method.suggester_ = std::make_shared<const Suggester>(*std::move(suggester));
    method.version_ = indicators->version() + ' ' + method.priorities_.version + '+' +
                      knowledge::content_name(std::string(*priority) + std::string(deadlines.bytes)).substr(0, 8);
    method.indicators_ = std::move(indicators);
    return method;
}

Result<Method> Method::built_in(std::string_view jurisdiction) {
    return from_files(knowledge::Files::embedded(), jurisdiction);
}

Result<Method> Method::from_folder(const std::filesystem::path& folder, std::string_view jurisdiction) {
    const auto files = knowledge::Files::folder(folder);
    if (!files) return files.error();
    return from_files(*files, jurisdiction);
}

knowledge::Problems lint(const std::filesystem::path& folder) {
    knowledge::Problems problems;
    const auto files = knowledge::Files::folder(folder);
    if (!files) {
        problems.add(folder.string(), 0, files.error().message, "give the folder that holds 'indicators/'");
        return problems;
    }
    if (files->below("indicators/").empty()) {
        problems.add(folder.string(), 0, "there are no indicator packs here",
                     "give the folder that holds 'indicators/'");
        return problems;
    }
    const Indicators indicators = knowledge::read_indicators(*files, problems);
    for (const auto& [path, bytes] : files->below("")) {
        if (path.ends_with(priority_name)) {
            read_priority(path, bytes, deadlines_beside(*files, path), indicators, problems);
        }
    }
    if (problems.empty()) {
        if (const auto suggester = Suggester::compile(indicators); !suggester) {
            problems.add("indicators/phrases", 0, suggester.error().message, "shorten the phrases");
        }
    }
    return problems;
}

}  // namespace tideline::assess
