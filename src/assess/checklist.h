#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assess/observation.h"

/// The field checklist: the same indicators, numbered, for a printed page that is filled in without any device.
namespace tideline::assess {

/// One line of the page.
struct ChecklistItem {
    int number = 0;  ///< 1, 2, 3, … through the whole page; stays the same as long as `edition` does
    std::size_t indicator = 0;
    bool verified = false;
};

struct ChecklistSection {
    std::string title;
    std::vector<ChecklistItem> items;
};

/// What a page shows. Danger signs come first, then what is seen at the place or the border, then the published list.
struct Checklist {
    std::string name;     ///< "border", "labour-inspection", "police"
    std::string edition;  ///< printed on the page; a number means an indicator only together with it
    std::vector<ChecklistSection> sections;

    /// The indicator behind a number; nothing if the page has no such number.
    std::optional<std::size_t> indicator(int number) const;
};

/// Who fills it in; decides which lists are on the page.
enum class ChecklistFor { border, labour_inspection, police };
std::string_view name_of(ChecklistFor who);
std::optional<ChecklistFor> checklist_named(std::string_view name);

/// The page for one kind of officer, and for the published list of one profile.
Checklist make_checklist(const Indicators& indicators, ChecklistFor who, Profile profile, std::string_view language);

/// Reads numbers as they are written on the page, "3 yes, 7 no, 12 ?": a number, then yes, no or a mark of not
/// knowing. Errors name the entry. The edition must be the page's.
Result<Answers> read_checklist(const Checklist& checklist, std::string_view edition, std::string_view filled_in);

}  // namespace tideline::assess
