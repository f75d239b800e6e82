#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/service.h"
#include "assess/agreement.h"
#include "assess/clock.h"
#include "assess/method.h"
#include "intake/service.h"
#include "knowledge/pack.h"
#include "ledger/ledger.h"
#include "store/database.h"

/// The assessment desk: one report, read beside the published method, noted, signed, decided.
///
///     sheet = desk.open(who, report)            the text in sentences, suggestions, what was noted so far, what
///     follows desk.save(who, report, input)              keeps a draft; nothing is lost desk.sign(who, report, input)
///     closes it: finding, priority and clocks follow desk.decide(who, report, decision)         what happens now; some
///     decisions wait for a second person
///
/// Everything but classes (finding, standard, priority, kind of decision) is sealed under the report's key. Each signed
/// assessment names the version of its method, and that version is kept, so that it is always shown by the rules of its
/// time. Every change writes its ledger entry in the same transaction. Safe for several threads.
namespace tideline::assess {

using AssessmentId = Id<struct AssessmentTag>;
using DecisionId = Id<struct DecisionTag>;
using CaseId = Id<struct CaseTag>;

namespace limits {
constexpr std::size_t reasoning_chars_max = 10'000;
constexpr std::size_t reason_chars_max = 2'000;
constexpr std::int64_t measured_assessments_max =
    500;  ///< newest signed ones of a team, for the share of confirmed suggestions
}  // namespace limits

/// What an observation rests on.
inline constexpr std::string_view bases[] = {"self", "third_party", "document", "observed", "inferred"};

/// One observation as an assessor notes it.
struct Noted {
    std::string indicator;  ///< id
    Answer answer = Answer::unknown;
    std::string basis;  ///< one of `bases`, or ""
    int sentence = 0;   ///< of Sheet::sentences, from 1; 0: none
};

/// What an assessor fills in.
struct Input {
    Profile profile = Profile::adult_labour;
    Facts facts;
    std::vector<Noted> notes;
    std::vector<std::string> rejected;   ///< indicators that were suggested and are not meant; kept for measuring
    std::vector<std::string> suggested;  ///< what the text suggested when it was signed; filled by sign()
    std::optional<Priority> priority;    ///< instead of the rules' class
    vault::SecretText priority_reason;   ///< needed with it
    vault::SecretText reasoning;

    Input clone() const;
};

struct SentenceText {
    int number = 0;
    std::string part;  ///< the question it answers ("what", "place"…), or "message"
    vault::SecretText text;
};

/// A signed assessment of the same report: another person's, or an earlier one of one's own.
struct Earlier {
    AssessmentId id;
    std::string assessor;
    std::string state;  ///< "signed"
    Instant at;
    std::string finding, standard;
    Priority priority = Priority::p4;
    std::string method;
    bool by_me = false;
};

enum class DecisionKind { open_case, link_case, hold, redirect, no_action };
std::string_view name_of(DecisionKind kind);
std::optional<DecisionKind> decision_named(std::string_view name);

/// A decision on a report.
struct Decision {
    DecisionId id;
    DecisionKind kind = DecisionKind::hold;
    std::string state;  ///< "proposed" (waits for a second person), "offered" (a redirect not yet accepted),
                        ///< "in_force", "refused"
    std::string by;
    bool by_me = false;
    Instant at;
    std::string second;
    std::string target;  ///< case reference, or the name of the team it was redirected to
    Instant answer_by;   ///< of a redirect; else 0
    std::string method;
    vault::SecretText reason;
    vault::SecretText second_reason;
    vault::SecretText message;  ///< for the reporter; held until an officer releases it
    bool released = false;
};

/// What an officer decides.
struct DecisionInput {
    DecisionKind kind = DecisionKind::hold;
    std::string target;       ///< link_case: the case's reference; redirect: the receiving team's id
    std::string_view reason;  ///< the caller's, which keeps it in wiped memory
};

/// A report on the desk.
struct Sheet {
    ReportId report;
    std::string state, kind, language;
    std::string who;  ///< whom it is about, as the reporter chose: "me", "someone", "saw" or ""
    Instant received, due;
    std::vector<SentenceText> sentences;
    std::vector<Suggestion> suggestions;  ///< by sentence number; hints, never counted
    AssessmentId mine;                    ///< empty before the first save
    bool signed_by_me = false;
    Input input;
    Assessment result;
    Explanation explanation;
    PriorityResult priority;
    std::optional<NextQuestion> next_question;
    std::string next_question_message;  ///< in the reporter's language where the packs have it
    bool next_question_draft = false;   ///< its translation has not been reviewed yet
    bool second_wanted = false;         ///< drawn for a second, independent assessment, which is not signed yet
    std::size_t hidden_others = 0;      ///< how many are hidden from this member until their own is signed
    bool disagreement = false;    ///< two assessors' newest signed assessments differ in their finding: a third decides
    std::vector<Earlier> others;  ///< signed ones that may be seen, newest first; one's own too
    std::vector<Decision> decisions;
};

/// A signed assessment as it stood, by its own method.
struct Archive {
    Earlier head;
    Input input;
    std::shared_ptr<const Method> method;
    Assessment result;
    Explanation explanation;
    PriorityResult priority;  ///< by its rules; `head` has the class that was signed
};

/// A redirect that waits for this member's team.
struct Offer {
    DecisionId decision;
    ReportId report;
    Instant at, answer_by;
    std::string kind;
    std::string from_team;
    TeamId to_team;  ///< of this member's teams
    vault::SecretText reason;
};

/// How one team does, for its supervisor.
struct Supervision {
    struct ByKind {
        std::int64_t waiting = 0, overdue = 0;
    };
    std::map<std::string, ByKind> kinds;
    std::int64_t acknowledged = 0, decided = 0;
    std::int64_t acknowledge_ms_median = 0, acknowledge_ms_p90 = 0;
    std::int64_t decide_ms_median = 0, decide_ms_p90 = 0;
    std::int64_t double_assessed = 0;
    std::optional<double> agreement, kappa;  ///< over the findings of double-assessed reports
    std::int64_t suggested = 0,
                 confirmed = 0;  ///< indicators that texts suggested, and how many of them an assessor answered "yes"
};

class Desk {
public:
    struct Options {
        double double_share = 0.1;  ///< the share of reports drawn for a second assessment
        std::string region;         ///< whose regional holidays count
    };
    Desk(store::Database& database, const ledger::Ledger& ledger, const Clock& clock, const access::Access& access,
         const intake::Inbox& inbox, const knowledge::Pack& pack, const Method& method, const knowledge::Files& packs,
         Options options);

    /// (assessment.write) Error::not_found, forbidden, no_key as Inbox::open, and like it an entry in the ledger that
    /// stops the first clock; Error::conflict for a report that is held back.
    Result<Sheet> open(const access::SignedIn& who, const ReportId& report) const;
    /// What `input` would lead to, without keeping it.
    Result<Sheet> preview(const access::SignedIn& who, const ReportId& report, const Input& input) const;
    Status save(const access::SignedIn& who, const ReportId& report, const Input& input) const;
    /// Error::invalid when nothing was noted, or a priority is changed without a reason.
    Status sign(const access::SignedIn& who, const ReportId& report, const Input& input) const;
    Result<Archive> archived(const access::SignedIn& who, const ReportId& report, const AssessmentId& assessment) const;

    /// Error::conflict before an assessment is signed, while another decision waits, while two assessors disagree and
    /// the decider is one of them, or (but for link_case) when the report is part of a case. "No action", and a
    /// decision after a priority was overridden, wait for a second person.
    Result<DecisionId> decide(const access::SignedIn& who, const ReportId& report, const DecisionInput& decision) const;
    /// The second person (assessment.review; not the first). A refusal needs a reason.
    Status review(const access::SignedIn& who, const ReportId& report, const DecisionId& decision, bool confirm,
                  std::string_view reason) const;
    /// Sends the held message to the reporter, as it reads now.
    Status release_message(const access::SignedIn& who, const ReportId& report, const DecisionId& decision,
                           std::string_view text) const;

    /// Redirects that wait for the actor's teams, and the answer to one. Accepting moves the report to that team, with
    /// a new clock; declining leaves it where it was.
    std::vector<Offer> offers(const access::SignedIn& who) const;
    Status answer_offer(const access::SignedIn& who, const DecisionId& decision, const TeamId& team, bool accept,
                        std::string_view reason) const;

    /// (supervise) Over the actor's own teams.
    Result<Supervision> supervision(const access::SignedIn& who) const;

    const Method& method() const { return method_; }

private:
    struct Loaded;
    Result<Loaded> load(store::Connection& connection, const access::SignedIn& who, const ReportId& report,
                        access::Permission permission) const;
    Result<Sheet> sheet(store::Connection& connection, const access::SignedIn& who, const ReportId& report,
                        const Input* input) const;
    /// What was told, in the order of its questions, then the reporter's messages: (question or "message") → words.
    Result<std::vector<std::pair<std::string, vault::SecretText>>> told(store::Connection& connection,
                                                                        const Loaded& loaded,
                                                                        const ReportId& report) const;
    Result<std::vector<std::string>> suggested(store::Connection& connection, const Loaded& loaded,
                                               const ReportId& report) const;
    void count_suggestions(store::Connection& connection, const access::SignedIn& who, const TeamId& team,
                           Supervision& out) const;
    Status keep(const access::SignedIn& who, const ReportId& report, const Input& input, bool sign) const;
    void put_in_force(store::Transaction& tx, const access::SignedIn& who, const Loaded& loaded, const ReportId& report,
                      const DecisionId& id, DecisionKind kind, const std::string& target) const;
    Observations observations(const Input& input, const Method& method) const;
    Instant due(const ClockLength& length, Instant from) const;

    store::Database& database_;
    const ledger::Ledger& ledger_;
    const Clock& clock_;
    const access::Access& access_;
    const intake::Inbox& inbox_;
    const knowledge::Pack& pack_;
    const Method& method_;
    knowledge::Files packs_;
    Options options_;
};

/// The first clock of a report that nobody has opened, from what its reporter ticked: the class of the pack's rules for
/// danger and children, else the class of reports that nothing is known of yet.
intake::FirstClock first_clock(const Method& method, const knowledge::Pack& pack, std::string_view region,
                               const std::set<std::string, std::less<>>& facts, Instant received);

/// Finds reports whose first clock ran out before anybody opened them, tells their teams again, as urgent, and writes
/// it to the ledger, once for each. How many there were. Needs no key.
std::int64_t escalate(store::Database& database, const ledger::Ledger& ledger, Instant now);

}  // namespace tideline::assess
