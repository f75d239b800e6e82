#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "intake/service.h"
#include "knowledge/pack.h"
#include "web/flood.h"
#include "web/forms.h"
#include "web/http.h"
#include "web/pages/public/form_seal.h"
#include "web/pages/public/report_form.h"
#include "web/pages/public/sent_forms.h"
#include "web/router.h"
#include "web/templates.h"

/// The public site: guidance, the report, the receipt, the conversation behind it. Plain forms, no script, no cookies;
/// what each template needs is listed in site/templates/public/README.md.
namespace tideline::web::pages {

/// What the public pages are made of. Everything referred to outlives them.
struct PublicParts {
    const intake::Reception& reception;
    const knowledge::Pack& pack;
    const Templates& templates;
    const Clock& clock;
    FloodGate& reports;                    ///< how fast reports and messages are taken
    FloodGate& openings;                   ///< how fast receipts are tried
    BoundedGate& derivations;              ///< how many receipts are derived at once
    vault::Secret<vault::Key32> form_key;  ///< shared by every process of the public site
    std::string stylesheet;                ///< path of public.css
    bool demo = false;                     ///< a practice site, said at the foot of every page
    Limits limits;
    std::int64_t form_age_ms = FormSeal::age_ms_max;  ///< how long a form can be continued
};

/// Safe from several threads. Outlives the router that it was added to.
class PublicPages {
public:
    explicit PublicPages(PublicParts parts);

    void add_routes(Router& router);
    /// Words a refusal of the edge in the reader's language. Does not block.
    Response error_page(Refusal refusal, const Request* request) const;

    /// How long an opened conversation can be continued without typing the receipt again.
    static constexpr std::int64_t conversation_ms_max = 2 * hour_ms;
    /// How long a request waits for its turn to derive a receipt's key before it gets the wait page.
    static constexpr std::chrono::milliseconds derivation_patience{2000};
    /// What the wait page asks for when derivations are the bottleneck.
    static constexpr std::uint32_t busy_wait_s = 10;

    /// Why files were not taken.
    enum class FileFault { none, too_large, too_many, broken_off };

private:
    friend class UploadSink;
    friend class ReportSink;
    friend class AnswerSink;
    using Language = knowledge::Language;

    /// Something said at the top of a page of the form.
    struct Notes {
        std::vector<FieldError> errors = {};
        bool expired = false;
        bool earlier_lost = false;
    };
    /// The conversation that a sealed form carries.
    struct Visit {
        intake::ReporterAccess access;
        Instant opened;
    };
    /// What happened on the conversation page just now.
    struct VisitNotes {
        bool just_sent = false;
        bool files_missing = false;
        std::string deletion_reply = {};
        std::string_view words = {};  ///< typed and not sent
        enum class Fault { none, empty, too_long };
        Fault fault = Fault::none;
        FileFault file_fault = FileFault::none;
    };
    /// A form that the wait page, or a page that says what went wrong, sends again.
    struct Again {
        std::string action;
        std::string_view go;
        std::vector<std::pair<std::string_view, std::string_view>> fields;
    };
    /// Where the links to the other languages lead; pages with a form have buttons instead.
    enum class Links { none, to_start, to_start_list, to_guidance, to_check };

    // ---- the site
    Response languages(Request& request) const;
    Response start(Request& request) const;
    Response guidance(Request& request) const;
    Response leave(Request& request) const;

    // ---- the report (report_pages.cpp)
    Response begin_form(Request& request) const;
    Response form_step(Request& request) const;
    Response form_page(const Language& language, int page, const ReportForm& form, const Notes& notes,
                       FileFault fault = FileFault::none) const;
    /// A submission that has begun, or the page that says why it has not.
    struct Started {
        std::optional<intake::Submission> submission;
        bool take_files = true;
        bool quarantined = false;
        std::optional<SentForms::Turn> turn;        ///< of a new report
        std::optional<SentForms::Outcome> earlier;  ///< the form was sent before: files go to its report
        std::optional<Response> instead;
    };
    Started start_report(const Language& language, const Request& request, const ReportForm& form,
                         std::string_view waited, bool has_files) const;
    std::optional<Started> start_again(const Language& language, const Request& request, SentForms::Outcome earlier,
                                       const Again& again, std::string_view waited, bool has_files) const;
    Response finish_report(const Language& language, Started started, const ReportForm& form, bool files_missing) const;
    Response receipt_page(const Language& language, const vault::Receipt& receipt, std::size_t files,
                          bool files_missing, bool quarantined) const;
    std::string seal_form(const ReportForm& form, int shown_page) const;
    std::pair<ReportForm, bool> open_form(std::string_view state) const;  ///< and whether something was lost

    // ---- the conversation (answer_pages.cpp)
    Response begin_check(Request& request) const;
    Response check_step(Request& request) const;
    Response open_receipt(const Language& language, Request& request) const;
    struct CheckNotes {
        std::string_view fault = {};  ///< the section of the template; "" for none
        std::size_t count = 0;
        bool expired = false;
        std::string_view typed = {};
        std::string_view words = {};
    };
    Response receipt_entry(const Language& language, const CheckNotes& notes) const;
    Response conversation_page(const Language& language, const Visit& visit, const VisitNotes& notes) const;
    Response ask_deletion(const Language& language, const Visit& visit, std::string_view words) const;
    Response delete_report(const Language& language, const Visit& visit, std::string_view words) const;
    Started start_answer(const Language& language, const Request& request, const Visit& visit, std::string_view words,
                         std::string_view waited, bool has_files) const;
    Response finish_answer(const Language& language, const Visit& visit, Started started, std::string_view words,
                           bool files_missing) const;
    std::string seal_visit(const Visit& visit) const;
    std::optional<Visit> open_visit(std::string_view state) const;

    // ---- what they share
    const Language* language_in_path(const Request& request) const;
    const Language& language_for(const Request* request) const;
    Dict frame(const Language& language, Links links, std::string_view rest = {}) const;
    void add_form_languages(Dict& dict, const Language& language) const;
    void add_channels(Dict& dict, const Language& language, const std::vector<std::string>* ids = nullptr) const;
    void add_file_limits(Dict& dict) const;
    void add_file_fault(Dict& to, FileFault fault) const;
    std::string say(const Language& language, std::string_view id) const;
    std::string day(const Language& language, Instant at) const;
    std::string day(const Language& language, knowledge::Date date) const;
    Response page(const Language& language, std::string_view name, const Dict& dict, unsigned status = 200) const;
    Response problem(const Language& language, std::string_view section, unsigned status, const Again& again) const;
    Response wait_page(const Language& language, std::uint32_t seconds, const Again& again, bool kept,
                       bool had_files) const;
    bool has_waited(std::string_view waited) const;
    Admission admit(FloodGate& gate, const Request& request, std::string_view waited) const;

    PublicParts parts_;
    FormSeal seal_;
    mutable SentForms sent_;
};

/// "photo" sizes as people read them: "812 bytes" is never shown, small files count as 1 KB.
std::string file_size(std::uint64_t bytes);

}  // namespace tideline::web::pages
