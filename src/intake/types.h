#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "vault/receipt.h"
#include "vault/seal.h"

namespace tideline::intake {

/// What this folder lets in, each named once and stated in the error that refuses more.
namespace limits {
constexpr std::size_t narrative_chars_max = 20'000;
constexpr std::size_t answer_chars_max = 4'000;
constexpr std::size_t message_chars_max = 10'000;
constexpr std::size_t note_chars_max = 10'000;
constexpr std::size_t reason_chars_max = 1'000;
constexpr std::uint64_t file_bytes_max = 500'000'000;
constexpr std::size_t files_per_submission_max = 20;
constexpr std::size_t file_name_bytes_max = 255;
constexpr std::size_t inbox_rows_per_page = 50;
constexpr std::size_t summary_chars = 140;
constexpr std::uint64_t copy_bytes_max = 64ull * 1024 * 1024;
}  // namespace limits

/// The questions of the report, in the order in which they are asked. `what` is the only one that must be answered.
inline constexpr std::string_view questions[] = {"who",    "what",       "place",       "when",        "people",
                                                 "phones", "businesses", "vehicles",    "accounts",    "danger",
                                                 "child",  "contact",    "contact_how", "contact_safe"};

/// What was answered: question → words. Choices hold their value ("me", "yes", "unsure").
using Answers = std::map<std::string, vault::SecretText, std::less<>>;

/// The words of one question, "" when it was skipped.
std::string_view answer(const Answers& answers, std::string_view question);

/// A list of named texts as one text in locked memory, and back: what is sealed when several texts belong together.
vault::SecretText pack_texts(const std::vector<std::pair<std::string_view, std::string_view>>& texts);
std::optional<std::vector<std::pair<std::string, vault::SecretText>>> unpack_texts(std::string_view packed);
vault::SecretText pack_answers(const Answers& answers);
std::optional<Answers> unpack_answers(std::string_view packed);

/// What is known of a report's urgency before anybody opened it.
struct FirstClock {
    int priority = 4;        ///< 1 (most urgent) to 4
    Instant acknowledge_by;  ///< a person has looked at it
    Instant decide_by;
};

/// How a report came.
struct Origin {
    std::string channel = "web";  ///< "web" or "phone"
    std::string language = "en";  ///< of the page or of the call
    bool quarantined = false;     ///< held back while a flood lasts
};

/// A file that was sent.
struct Attachment {
    AttachmentId id;
    MessageId message;  ///< empty: came with the report
    Instant at;
    vault::SecretText name;
    std::string type;  ///< found from its content
    std::uint64_t bytes = 0;
};

enum class Direction { from_reporter, to_reporter };

struct Message {
    MessageId id;
    Instant at;
    Direction direction = Direction::from_reporter;
    std::string author;  ///< staff display name; "" towards the reporter
    vault::SecretText text;
    bool unread = false;  ///< by the other side
};

/// What the receipt opens: the report's id and the reporter's pair, for the length of one conversation. Travels sealed
/// in the form.
struct ReporterAccess {
    ReportId report;
    vault::KeyPair pair;
};

/// What a reporter sees of their report.
struct Conversation {
    Instant received;
    std::string state;
    std::vector<Message> messages;
    std::vector<Attachment> files;
    bool deletion_asked = false;
    std::string deletion_answer;  ///< "at_once", "by_officer" or "refused"
};

/// One row of the inbox.
struct InboxRow {
    ReportId id;
    TeamId team;
    Instant received;
    Instant changed;
    std::string channel;
    std::string language;
    std::string kind;
    std::string state;
    int priority = 4;
    Instant due;  ///< when the next clock runs out; 0 when none runs
    bool acknowledged = false;
    bool unread = false;    ///< something in it that this member has not opened
    bool readable = false;  ///< this member holds a key to it
    std::string who;        ///< from the sealed summary
    std::string danger;
    std::string child;
    std::string reason;  ///< why it has its priority, in words; "" before an assessment
    bool second_wanted =
        false;                ///< drawn for a second assessment, which nobody has signed yet; from the sealed summary
    vault::SecretText words;  ///< the first words of what was told
};

struct InboxFilter {
    std::optional<std::string> state{};
    std::optional<std::string> language{};
    bool unread_only = false;
    bool oldest_first = false;
    bool by_clock = false;  ///< only what waits for somebody, what is due first at the top
    std::string after{};    ///< where the page before ended: InboxPage::next
};

struct InboxPage {
    std::vector<InboxRow> rows;
    std::string next;  ///< "" on the last page
};

struct Note {
    NoteId id;
    Instant at;
    std::string author;
    vault::SecretText text;
};

/// A report in clear, for a member of its team.
struct OpenReport {
    ReportId id;
    TeamId team;
    Instant received;
    std::string channel;
    std::string language;
    std::string kind;
    std::string state;
    bool deletion_asked = false;
    Answers answers;
    std::vector<Message> messages;
    std::vector<Attachment> files;
    std::vector<Note> notes;
};

/// One line of a report's history.
struct HistoryLine {
    Instant at;
    std::string actor;
    std::string action;
};

}  // namespace tideline::intake
