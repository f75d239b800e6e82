#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assess/checklist.h"
#include "assess/service.h"
#include "web/pages/staff/staff_pages.h"

/// The assessment pages of the staff site: a report beside the method, decisions, redirects that were offered to one's
/// team, how the team does, and the field checklist. English, plain forms; nothing needs a script. docs/assessment.md
/// tells the procedure.
namespace tideline::web::pages {

/// Safe from several threads. Outlives the router that it was added to.
class AssessPages {
public:
    /// `staff` was given a desk, and outlives this.
    explicit AssessPages(StaffPages& staff);
    void add_routes(Router& router);

private:
    using Visit = StaffPages::Visit;
    using Faults = StaffPages::Faults;
    using Permission = access::Permission;
    using Page = Response (AssessPages::*)(Request&, const Visit&) const;

    // ---- a report beside the method (assess_pages.cpp, sheet.cpp)
    Response sheet(Request& request, const Visit& visit) const;
    Response keep(Request& request, const Visit& visit) const;
    Response ask(Request& request, const Visit& visit) const;
    Response sheet_page(const Visit& visit, const assess::Sheet& sheet, bool all_lists, std::string_view done,
                        const Faults& faults) const;
    void add_text(Dict& dict, const assess::Sheet& sheet) const;
    void add_suggestions(Dict& dict, const assess::Sheet& sheet) const;
    void add_signs(Dict& dict, const assess::Sheet& sheet, bool all_lists) const;
    void add_sign(Dict& to, const assess::Input& input, std::size_t indicator) const;
    void add_result(Dict& dict, const assess::Sheet& sheet) const;
    void add_others(Dict& dict, const assess::Sheet& sheet) const;
    Response archived(Request& request, const Visit& visit) const;

    // ---- what becomes of it (decide_pages.cpp)
    Response decide(Request& request, const Visit& visit) const;
    Response propose(Request& request, const Visit& visit) const;
    Response review(Request& request, const Visit& visit) const;
    Response release(Request& request, const Visit& visit) const;
    /// What was typed and is to be mended.
    struct Typed {
        std::string kind, case_reference, team;
        std::string decision;  ///< whose reason or message was typed
        vault::SecretText reason, message;
    };
    Response decide_page(const Visit& visit, const ReportId& id, const Typed& typed, std::string_view done,
                         const Faults& faults) const;
    Response offers(Request& request, const Visit& visit) const;
    Response offers_page(const Visit& visit, std::string_view done, std::string_view decision, std::string_view reason,
                         const Faults& faults) const;
    Response answer_offer(Request& request, const Visit& visit) const;
    Response supervise(Request& request, const Visit& visit) const;

    // ---- the field checklist (checklist_pages.cpp)
    Response checklist(Request& request, const Visit& visit) const;
    Response checklist_page(const Visit& visit, assess::ChecklistFor who, knowledge::Profile profile,
                            const Fields* typed, const Faults& faults) const;
    Response send_checklist(Request& request, const Visit& visit) const;

    void add(Router& router, Method method, std::string pattern, std::string name, Page handles,
             std::optional<Permission> permission = {});
    const assess::Desk& desk() const { return *staff_.site_.desk; }
    const knowledge::Indicators& indicators() const { return desk().method().indicators(); }

    StaffPages& staff_;
};

}  // namespace tideline::web::pages
