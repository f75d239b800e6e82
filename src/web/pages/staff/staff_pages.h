#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/service.h"
#include "assess/service.h"
#include "base/calendar.h"
#include "base/time.h"
#include "intake/service.h"
#include "knowledge/pack.h"
#include "web/csrf.h"
#include "web/flood.h"
#include "web/http.h"
#include "web/pages/public/report_form.h"
#include "web/router.h"
#include "web/server.h"
#include "web/templates.h"

/// The staff site: becoming staff, signing in, the inbox, reports, calls, teams. English, plain forms; nothing needs a
/// script. Handlers parse a form, call one operation of access or intake, and fill one template of
/// site/templates/staff.
namespace tideline::web::pages {

/// What the staff site is made of. Everything referred to outlives it.
struct StaffSite {
    access::Access& access;
    const intake::Inbox& inbox;
    const intake::Reception& reception;
    const knowledge::Pack& pack;
    const Clock& clock;
    const Templates& templates;
    BoundedGate& derivations;  ///< how many passwords and receipts are derived at once
    std::string stylesheet;    ///< path of staff.css
    std::string public_url;    ///< as reporters reach the public site: "https://report.example"; "" if not configured
    std::string staff_url;     ///< as staff reach this site; "" takes the address of the request
    bool demo = false;         ///< a practice site, said on every page
    const assess::Desk* desk = nullptr;  ///< without one there are no assessment pages, and the inbox has no clocks
};

/// Safe from several threads. Outlives the router that it was added to.
class StaffPages {
public:
    explicit StaffPages(StaffSite site);

    /// Every route has a stable name. The style sheet's route is the caller's (web/assets.h).
    void add_routes(Router& router);
    /// For ServerOptions::before_staff: finds who is signed in.
    std::optional<Response> before(Request& request, const Route& route) const;
    /// For ServerOptions::error_page. Does not block.
    Response error_page(Refusal refusal, const Request* request) const;

    /// How long a newcomer has from the first step to the code of the app.
    static constexpr std::int64_t enrolment_ms_max = 30 * minute_ms;
    /// How long a request waits for its turn to derive a key before it gets the wait page.
    static constexpr std::chrono::milliseconds derivation_patience{5000};
    /// What the wait page asks for.
    static constexpr std::uint32_t busy_wait_s = 10;

private:
    friend class AssessPages;  // further pages of the same site, in the same frame
    using Permission = access::Permission;

    /// Who is signed in, for one request.
    struct Visit {
        access::SignedIn who;
        std::string token;
    };
    /// Something to be mended: the id of the field ("" for none) and a sentence.
    struct Fault {
        std::string field;
        std::string text;
    };
    using Faults = std::vector<Fault>;
    using FieldList = std::vector<std::pair<std::string, SecretText>>;
    using OpenPage = Response (StaffPages::*)(Request&) const;
    using Page = Response (StaffPages::*)(Request&, const Visit&) const;
    using PageFunction = std::function<Response(Request&, const Visit&)>;

    // ---- becoming staff (join_pages.cpp)
    /// What travels sealed in the form between the two steps of joining.
    struct Joining {
        access::Enrolment enrolment;
        Instant begun;
        bool make_team = false;
        std::string agency;
        std::string team;
    };
    Response join(Request& request) const;
    Response join_step(Request& request) const;
    Response join_page(const Request& request, const access::Invitation& invitation, const Faults& faults) const;
    Response begin_joining(Request& request, const access::Invitation& invitation) const;
    Response code_page(const Request& request, const Joining& joining, const Faults& faults) const;
    Response finish_joining(Request& request, const access::Invitation& invitation) const;
    Status make_first_team(const StaffId& newcomer, const Joining& joining) const;
    std::string seal_joining(std::string_view token, const Joining& joining) const;
    std::optional<Joining> open_joining(std::string_view token, std::string_view sealed) const;

    // ---- signing in (account_pages.cpp)
    Response sign_in(Request& request) const;
    Response sign_in_step(Request& request) const;
    Response sign_in_page(const Request& request, std::string_view email, std::string_view leads_to,
                          const FieldList& kept, const Faults& faults, unsigned status) const;
    Response sign_out(Request& request, const Visit& visit) const;
    Response account(Request& request, const Visit& visit) const;
    Response account_page(const Visit& visit, const Faults& faults, std::string_view done) const;
    Response change_password(Request& request, const Visit& visit) const;
    Response new_recovery_codes(Request& request, const Visit& visit) const;
    Response sign_out_everywhere(Request& request, const Visit& visit) const;
    Response help(Request& request, const Visit& visit) const;

    // ---- reading (inbox_pages.cpp, report_pages.cpp)
    Response inbox(Request& request, const Visit& visit) const;
    Response no_inbox_page(const Visit& visit) const;
    void add_inbox_row(Dict& to, const intake::InboxRow& row) const;
    Response quarantine(Request& request, const Visit& visit) const;
    Response quarantine_page(Request& request, const Visit& visit, const Faults& faults) const;
    Response decide_quarantine(Request& request, const Visit& visit) const;
    /// What was typed and is to be mended on the page of a report.
    struct ReportNotes {
        std::string_view reply = {};
        std::string_view keep = {};  ///< why a report is kept whose reporter asked for its deletion
        std::string_view note = {};
        std::string_view reason = {};
        std::string_view reason_for = {};  ///< the file's id
        Faults faults = {};
        std::string done = {};
    };
    Response report(Request& request, const Visit& visit) const;
    Response report_page(const Visit& visit, const ReportId& id, const ReportNotes& notes) const;
    void add_files(Dict& dict, const intake::OpenReport& report, const ReportNotes& notes) const;
    void add_talk(Dict& dict, const intake::OpenReport& report) const;
    Response reply(Request& request, const Visit& visit) const;
    Response note(Request& request, const Visit& visit) const;
    Response set_state(Request& request, const Visit& visit) const;
    Response delete_report(Request& request, const Visit& visit) const;
    Response keep_report(Request& request, const Visit& visit) const;
    Response file_copy(Request& request, const Visit& visit) const;
    Response file_original(Request& request, const Visit& visit) const;
    Response after(const Visit& visit, const ReportId& id, const Status& done, std::string_view said, ReportNotes notes,
                   std::string_view field) const;

    // ---- calls (hotline_pages.cpp)
    Response hotline(Request& request, const Visit& visit) const;
    Response hotline_send(Request& request, const Visit& visit) const;
    Response hotline_page(const Visit& visit, const ReportForm& form, std::string_view language,
                          const Faults& faults) const;
    Response receipt_page(const Visit& visit, const vault::Receipt& receipt) const;

    // ---- staff and teams (team_pages.cpp)
    Response teams(Request& request, const Visit& visit) const;
    Response new_team(Request& request, const Visit& visit) const;
    Response new_team_page(const Visit& visit, const Fields* typed, const Faults& faults) const;
    Response make_team(Request& request, const Visit& visit) const;
    Response team(Request& request, const Visit& visit) const;
    Response team_page(const Visit& visit, const TeamId& id, const Faults& faults, std::string_view done) const;
    Response add_member(Request& request, const Visit& visit) const;
    Response let_in(Request& request, const Visit& visit) const;
    Response remove_member(Request& request, const Visit& visit) const;
    Response open_channel(Request& request, const Visit& visit) const;
    Response close_channel(Request& request, const Visit& visit) const;
    Response after_team(const Visit& visit, const TeamId& id, const Status& done, std::string_view said) const;
    Response staff(Request& request, const Visit& visit) const;
    Response new_invitation(Request& request, const Visit& visit) const;
    Response invitation_page(const Visit& visit, const Fields* typed, const Faults& faults) const;
    Response invite(Request& request, const Visit& visit) const;
    Response withdraw(Request& request, const Visit& visit) const;
    Response person(Request& request, const Visit& visit) const;
    Response person_page(const Visit& visit, const StaffId& id, const Faults& faults, std::string_view done) const;
    Response set_roles(Request& request, const Visit& visit) const;
    Response end_access(Request& request, const Visit& visit) const;
    std::optional<access::StaffMember> find_staff(const Visit& visit, const StaffId& id) const;

    // ---- what they share
    /// Adds a page that anybody may see. Posts prove that they come from a page of ours by a cookie of the browser.
    void add_open(Router& router, Method method, std::string pattern, std::string name, OpenPage handles);
    /// Adds a page for who is signed in, and, where no operation behind it asks, has the permission.
    void add(Router& router, Method method, std::string pattern, std::string name, Page handles,
             std::optional<Permission> permission = {});
    void add(Router& router, Method method, std::string pattern, std::string name, PageFunction handles,
             std::optional<Permission> permission = {});
    Response guarded(Request& request, const PageFunction& handles, const std::optional<Permission>& permission) const;
    static const Visit* visit_of(const Request& request);
    std::string form_token(const Visit& visit) const;
    std::string form_token(std::string_view browser) const;
    /// The browser's cookie for forms without a session; a new one is set on the response that shows the form.
    bool is_from_our_page(const Request& request) const;
    std::string browser_of(const Request& request) const;
    void keep_browser(Response& response, const Request& request, std::string_view browser) const;

    Dict plain_frame(std::string_view title) const;
    Dict frame(const Visit& visit, std::string_view title, std::string_view here = {}) const;
    void add_faults(Dict& dict, const Faults& faults) const;
    Response page(std::string_view name, const Dict& dict, unsigned status = 200) const;
    /// A page that says what is wrong, in the words of the operation.
    Response problem(const Visit& visit, const Error& error) const;
    Response no_such_page(const Visit& visit) const;
    /// Asks to send the same again: what was typed is shown and kept.
    Response again_page(const Visit& visit, std::string_view action, const FieldList& fields, std::string_view why,
                        unsigned status = 403) const;
    struct Confirmation {
        std::string title, text, action, button, back;
        std::vector<std::pair<std::string, std::string>> fields;
        bool for_good = true;  ///< cannot be undone
    };
    /// Asks before something that cannot be undone. Sends `fields` and confirmed=yes.
    Response confirm_page(const Visit& visit, const Confirmation& question) const;
    void add_time(Dict& dict, Instant at) const;
    std::string exact_time(Instant at) const;
    std::string language_name(std::string_view code) const;
    std::string kind_name(std::string_view kind) const;
    void add_emergency(Dict& dict) const;
    void add_roles(Dict& dict, const std::set<access::Role>& chosen) const;
    std::string link_to(const Request& request, std::string_view path) const;

    StaffSite site_;
    FormTokens tokens_;
    vault::Secret<vault::Key32> joining_key_;
    TimeZone zone_;
    std::set<std::string, std::less<>> for_signed_in_;
};

}  // namespace tideline::web::pages
