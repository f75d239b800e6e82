#include "assess/method.h"

#include <algorithm>

namespace tideline::assess {
namespace {

std::vector<EmbeddedFile> views(const std::vector<knowledge::LoadedFile>& files) {
    std::vector<EmbeddedFile> seen;
    for (const auto& file : files) seen.push_back({file.path, file.bytes});
    return seen;
}

}  // namespace

Result<Method> Method::from_files(std::span<const EmbeddedFile> files, std::string_view jurisdiction) {
    knowledge::Problems problems;
    Method method;
    auto indicators = std::make_shared<Indicators>(knowledge::read_indicators(files, problems));
    if (indicators->dimensions().empty() && problems.empty()) {
        return Error{ErrorKind::invalid, "no indicator pack of kind 'graded' was found; findings need one"};
    }
    const std::string path = std::string(jurisdiction) + "/priority.yaml";
    const auto priority = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.path == path; });
    if (priority == files.end()) {
        return Error{ErrorKind::not_found, "there is no '" + path + "'; add it, or name another jurisdiction"};
    }
    method.priorities_ = read_priority(path, priority->bytes, *indicators, problems);
    if (!problems.empty()) return problems.error();
    auto suggester = Suggester::compile(*indicators);
    if (!suggester) return suggester.error();
    method.suggester_ = std::make_shared<const Suggester>(*std::move(suggester));
    method.version_ = indicators->version() + ' ' + method.priorities_.version + '+' +
                      knowledge::content_name(priority->bytes).substr(0, 8);
    method.indicators_ = std::move(indicators);
    return method;
}

Result<Method> Method::built_in(std::string_view jurisdiction) { return from_files(embedded_packs(), jurisdiction); }

Result<Method> Method::from_folder(const std::filesystem::path& folder, std::string_view jurisdiction) {
    const auto files = knowledge::yaml_files_below(folder);
    if (!files) return files.error();
    return from_files(views(*files), jurisdiction);
}

knowledge::Problems lint(const std::filesystem::path& folder) {
    knowledge::Problems problems;
    const auto files = knowledge::yaml_files_below(folder);
    if (!files) {
        problems.add(folder.string(), 0, files.error().message, "give the folder that holds 'indicators/'");
        return problems;
    }
    std::vector<EmbeddedFile> seen = views(*files);
    const bool any = std::any_of(seen.begin(), seen.end(),
                                 [](const auto& file) { return file.path.starts_with("indicators/"); });
    if (!any) {
        problems.add(folder.string(), 0, "there are no indicator packs here",
                     "give the folder that holds 'indicators/'");
        return problems;
    }
    const Indicators indicators = knowledge::read_indicators(seen, problems);
    for (const EmbeddedFile& file : seen) {
        if (file.path.ends_with("/priority.yaml")) read_priority(file.path, file.bytes, indicators, problems);
    }
    if (problems.empty()) {
        if (const auto suggester = Suggester::compile(indicators); !suggester) {
            problems.add("indicators/phrases", 0, suggester.error().message, "shorten the phrases");
        }
    }
    return problems;
}

}  // namespace tideline::assess
