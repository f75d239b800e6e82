#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/types.h"
#include "base/result.h"
#include "intake/types.h"
#include "knowledge/pack.h"
#include "ledger/ledger.h"
#include "store/blobs.h"
#include "store/database.h"

/// Reports: how they come in, how the two sides talk, how the inbox reads them.
///
/// Reception is the reporter's side. It holds no key that opens anything: it makes a new object key for each report,
/// seals everything under it, and grants that key to the receipt and to the team that receives the report. Inbox is the
/// staff side; every operation takes who is signed in.
///
///     auto submission = reception.begin(answers, origin);      // derives the receipt's key: ~0.1 s, 64 MiB
///     auto file = submission->add_file("photo.jpg"); file->append(bytes)…; file->finish();
///     auto receipt = submission->commit();                      // durable when it returns
///
/// All classes are safe for several threads, except that one Submission or FileUpload belongs to one thread at a time.
namespace tideline::access {
class Access;
struct Destination;
}  // namespace tideline::access

namespace tideline::intake {

/// A file on its way into sealed storage, with constant memory. Dropped before finish(), it leaves nothing.
class FileUpload {
public:
    FileUpload(FileUpload&&) noexcept;
    ~FileUpload();
    /// Error::too_large past limits::file_bytes_max.
    Status append(std::span<const unsigned char> bytes);
    Status finish();

private:
    friend class Submission;
    struct State;
    explicit FileUpload(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// A new report, or an answer to an open one, with its files: stored whole by commit(), or not at all.
class Submission {
public:
    Submission(Submission&&) noexcept;
    ~Submission();
    /// `name` as the browser gave it; only its last part is kept, sealed. Error::too_large past the number of files.
    Result<FileUpload> add_file(std::string_view name);
    /// Removes the files given so far (the sender will be asked again).
    void drop_files();
    std::size_t file_count() const;
    /// Stores report (or message), grants, files, notification and ledger entries in one transaction. When it returns
    /// ok, everything has reached the disk. The receipt of a new report; nothing for an answer.
    Result<std::optional<vault::Receipt>> commit();

private:
    friend class Reception;
    friend class FileUpload;
    struct State;
    explicit Submission(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

class Reception {
public:
    /// Gives a new report its first clock, from the words of knowledge::report_facts that hold of it. From the folder
    /// above (assessment), since its rules live there.
    using Triage = std::function<FirstClock(const std::set<std::string, std::less<>>& facts, Instant received)>;

    Reception(store::Database& database, const ledger::Ledger& ledger, const store::Blobs& blobs, const Clock& clock,
              const knowledge::Pack& pack, Triage triage = {});

    /// Whether a team that can read receives reports at all.
    bool is_open() const;

    /// Starts a report. Error::invalid names the answer that is missing or too long ("what: …"); Error::unavailable
    /// when no team can read. `entered_by`: the member of staff who enters it for a caller.
    Result<Submission> begin(const Answers& answers, const Origin& origin,
                             const std::optional<StaffId>& entered_by = {}) const;

    /// Opens what a receipt belongs to. Derives its key; Error::not_found when there is none (or it was deleted).
    Result<ReporterAccess> open(const vault::Receipt& receipt) const;
    /// What both sides wrote; marks the team's messages as read.
    Result<Conversation> conversation(const ReporterAccess& access) const;
    /// Starts an answer; `text` may be empty if files are added.
    Result<Submission> begin_answer(const ReporterAccess& access, std::string_view text) const;
    /// Asks for deletion. By the pack's rule for the report's state: done at once (its keys are destroyed), put to an
    /// officer, or refused. Gives the rule's answer and the sentence for the reporter (a message id).
    struct DeletionReply {
        knowledge::DeletionAnswer answer;
        std::string text;
    };
    Result<DeletionReply> ask_deletion(const ReporterAccess& access) const;

    const knowledge::Pack& pack() const { return pack_; }

private:
    store::Database& database_;
    const ledger::Ledger& ledger_;
    const store::Blobs& blobs_;
    const Clock& clock_;
    const knowledge::Pack& pack_;
    Triage triage_;
};

/// A file in clear, chunk by chunk.
class FileDownload {
public:
    FileDownload(FileDownload&&) noexcept;
    ~FileDownload();
    const vault::SecretText& name() const;
    const std::string& type() const;
    std::uint64_t bytes() const;
    /// The next piece (up to 64 KiB); empty at the end. Error::corrupt when the file was cut or changed.
    Result<vault::SecretText> next();

private:
    friend class Inbox;
    struct State;
    explicit FileDownload(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

class Inbox {
public:
    Inbox(store::Database& database, const ledger::Ledger& ledger, const store::Blobs& blobs, const Clock& clock,
          const access::Access& access, const knowledge::Pack& pack);

    /// A page of what the actor's teams received (report.list). Rows that their keys do not open are listed without
    /// words.
    Result<InboxPage> list(const access::SignedIn& who, const InboxFilter& filter) const;
    /// How many reports per state the actor's teams hold.
    std::map<std::string, std::int64_t> counts(const access::SignedIn& who) const;

    /// Opens a report (report.open). Error::not_found for an unknown id and for another team's; Error::no_key without a
    /// grant. Writes `report.opened` (once for what one person opens again within a quarter of an hour); the first
    /// opening moves the report from received to opened.
    Result<OpenReport> open(const access::SignedIn& who, const ReportId& id) const;
    Status reply(const access::SignedIn& who, const ReportId& id, std::string_view text) const;
    Status add_note(const access::SignedIn& who, const ReportId& id, std::string_view text) const;
    /// To "opened", "held" or "no_action", giving the reason as a note where there is one.
    Status set_state(const access::SignedIn& who, const ReportId& id, std::string_view state) const;
    Result<std::vector<HistoryLine>> history(const access::SignedIn& who, const ReportId& id) const;

    /// A copy without hidden details (camera, place, author). Error::unavailable when this kind of file cannot be
    /// cleaned: the original remains. (report.copy)
    Result<FileDownload> copy(const access::SignedIn& who, const ReportId& id, const AttachmentId& file) const;
    /// The file as it was sent; the reason is kept as a note and the download in the ledger. (report.original)
    Result<FileDownload> original(const access::SignedIn& who, const ReportId& id, const AttachmentId& file,
                                  std::string_view reason) const;

    /// Releases or discards held-back reports (quarantine.decide); how many were changed. Discarding destroys their
    /// keys.
    enum class Decision { release, discard };
    Result<std::int64_t> decide_quarantine(const access::SignedIn& who, const std::vector<ReportId>& ids,
                                           Decision decision) const;
    /// Every held-back report of the actor's teams.
    Result<std::int64_t> decide_whole_quarantine(const access::SignedIn& who, Decision decision) const;
    /// Destroys the keys of a report whose reporter asked for it (report.state). Error::conflict when nobody asked, or
    /// when the pack's rule for its state refuses.
    Status grant_deletion(const access::SignedIn& who, const ReportId& id) const;
    /// Keeps a report whose reporter asked for its deletion, and tells the reporter why (report.state, report.reply).
    /// Error::conflict when nobody asked; Error::invalid without words.
    Status decline_deletion(const access::SignedIn& who, const ReportId& id, std::string_view words) const;

    /// Moves every report of the actor's teams to a new key, sealed to the team's newest one, after somebody left; how
    /// many moved. Cheap when there is nothing to do. Each batch is one transaction with its ledger entry.
    Result<std::int64_t> hand_over(const access::SignedIn& who) const;

    /// The keys of a report for the folders above (assessment): checked as open(), without a ledger entry.
    struct Opened {
        TeamId team;
        std::string state;
        vault::ObjectKeys keys;
    };
    Result<Opened> keys_of(store::Connection& connection, const access::SignedIn& who, const ReportId& id,
                           access::Permission permission) const;

private:
    Status write_to_reporter(store::Transaction& transaction, const access::SignedIn& who, const ReportId& id,
                             std::string_view words) const;
    Status collect_unread(const access::SignedIn& who, const TeamId& team) const;

    store::Database& database_;
    const ledger::Ledger& ledger_;
    const store::Blobs& blobs_;
    const Clock& clock_;
    const access::Access& access_;
    const knowledge::Pack& pack_;
};

/// Moves a report to a new key, of which its reporter and one team get a grant; every other grant ends. Who had the old
/// key reads nothing that is written from now on. Gives all its keys. Error::corrupt when something of the report is
/// damaged.
Result<vault::ObjectKeys> renew_key(store::Transaction& transaction, const ReportId& report,
                                    const vault::ObjectKey& present, const access::Destination& team);
/// All keys of a report, from its present one. Error::corrupt when an earlier one does not open.
Result<vault::ObjectKeys> keys_from(store::Connection& connection, const ReportId& report, vault::ObjectKey present);

/// Teams that something waits for, longest quiet first. For the notifier of the staff process.
struct WaitingTeam {
    TeamId team;
    bool urgent = false;  ///< something of the most urgent class, or a clock that ran out
    Instant newest;       ///< when the newest of it came
};
std::vector<WaitingTeam> waiting_teams(store::Database& database);
/// Takes teams off that list that were told; a team for which something newer came meanwhile stays on it.
Status forget_waiting(store::Database& database, const std::vector<WaitingTeam>& told);
/// The moment to give a message that is stored now: after every earlier one of its report.
std::int64_t next_message_ms(store::Transaction& transaction, const ReportId& report, Instant now);
/// Puts a team on that list.
void put_waiting(store::Transaction& transaction, const TeamId& team, Instant now, bool urgent);

/// Whether everything that was acknowledged is whole: grants, texts, files with their sizes, ledger streams. One line a
/// problem. Needs no key.
std::vector<std::string> check_whole(store::Database& database, const store::Blobs& blobs);
/// Removes files that no report refers to (left by a crash between a file and its report), and unfinished parts.
std::int64_t remove_orphans(store::Database& database, const store::Blobs& blobs, std::int64_t older_than_s);

/// A copy of a file without its hidden details; Error::unavailable for types that cannot be cleaned, Error::corrupt for
/// files that are not what they say. JPEG, PNG and WebP keep only what draws the picture; PDF loses its document
/// information, XMP and what applications keep in it for themselves; OOXML and OpenDocument their property parts, and
/// the pictures in them are cleaned too.
Result<vault::SecretText> without_metadata(std::string_view type, std::string_view bytes);
/// The media type by content ("application/octet-stream" when unknown). Thread-safe.
std::string detect_type(std::span<const unsigned char> beginning);

}  // namespace tideline::intake
