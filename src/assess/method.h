#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "assess/finding.h"
#include "assess/priority.h"
#include "assess/questions.h"
#include "assess/suggest.h"
#include "knowledge/files.h"

/// Everything that an assessment is made by, in one version: indicator packs, phrases, and a jurisdiction's priorities.
namespace tideline::assess {

class Method {
public:
    /// The packs that are compiled in.
    /// @param jurisdiction  the folder of `priority.yaml`; may be left out when the files hold only one
    static Result<Method> built_in(std::string_view jurisdiction = {});
    /// The packs in a folder that is laid out like `knowledge/`. All that is wrong with them is in the error.
    static Result<Method> from_folder(const std::filesystem::path& folder, std::string_view jurisdiction = {});

    /// The packs among files that were read already.
    static Result<Method> from_files(const knowledge::Files& files, std::string_view jurisdiction = {});

    const Indicators& indicators() const { return *indicators_; }
    const PriorityPack& priorities() const { return priorities_; }
    const Suggester& suggester() const { return *suggester_; }

    /// Names exactly these packs and rules; stored with each assessment.
    const std::string& version() const { return version_; }

    Assessment assess(const Observations& observations) const {
        return assess::assess(*indicators_, observations, priorities_.adult_rule);
    }
    PriorityResult prioritise(const Observations& observations, const Assessment& assessment) const {
        return assess::prioritise(priorities_, observations, assessment);
    }
    std::optional<NextQuestion> next_question(const Observations& observations) const {
        return assess::next_question(*indicators_, priorities_, observations);
    }

private:
    Method() = default;

    std::shared_ptr<const Indicators> indicators_;
    PriorityPack priorities_;
    std::shared_ptr<const Suggester> suggester_;
    std::string version_;
};

/// Checks all packs below a folder laid out like `knowledge/` (or holding only indicator packs): every problem, with
/// file, line and remedy. Also compiles the phrases.
knowledge::Problems lint(const std::filesystem::path& folder);

}  // namespace tideline::assess
