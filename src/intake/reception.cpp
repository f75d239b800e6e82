#include <nlohmann/json.hpp>
#include <set>

#include "access/service.h"
#include "intake/detail/storage.h"
#include "intake/service.h"
#include "vault/stream.h"

namespace tideline::intake {

using detail::stream_of;
using store::Connection;
using store::Row;
using store::Transaction;

namespace {
constexpr int locator_tries_max = 50;

vault::Salt salt_from(const std::string& stored) {
    vault::Salt salt{};
    if (const auto bytes = text::from_base64url(stored); bytes && bytes->size() == salt.size())
        std::copy(bytes->begin(), bytes->end(), salt.begin());
    return salt;
}

/// The part behind the last slash, without control characters; cut between code points.
std::string shown_name(std::string_view name) {
    if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos) name = name.substr(slash + 1);
    std::string clean = text::clean(name);
    std::erase(clean, '\n');
    std::erase(clean, '\t');
    while (clean.size() > limits::file_name_bytes_max) clean = std::string(text::first(clean, text::length(clean) - 1));
    return clean.empty() ? "file" : clean;
}

/// What routing rules may know of a report.
std::set<std::string, std::less<>> facts_of(const Answers& answers, const Origin& origin) {
    std::set<std::string, std::less<>> facts;
    if (answer(answers, "danger") == "yes") facts.insert("danger");
    if (answer(answers, "child") == "yes") facts.insert("child");
    const std::string_view who = answer(answers, "who");
    if (who == "me") facts.insert("about_me");
    if (who == "someone") facts.insert("about_someone");
    if (who == "saw") facts.insert("about_something");
    if (origin.channel == "phone") facts.insert("hotline");
    if (origin.quarantined) facts.insert("flooding");
    return facts;
}

Status check_answers(const Answers& answers) {
    if (text::trim(answer(answers, "what")).empty())
        return {ErrorKind::invalid, tr("Please tell us what is happening.")};
    for (const auto& [question, words] : answers) {
        if (std::find(std::begin(questions), std::end(questions), question) == std::end(questions))
            return {ErrorKind::invalid, "there is no question called " + question};
        const std::size_t most = question == "what" ? limits::narrative_chars_max : limits::answer_chars_max;
        if (text::length(words.expose()) > most)
            return {ErrorKind::too_large, question + ": at most " + std::to_string(most) + " characters"};
    }
    return {};
}

vault::SecretText summary_of(const Answers& answers) {
    const std::string_view words = text::first(text::trim(answer(answers, "what")), limits::summary_chars);
    return pack_texts({{"who", answer(answers, "who")},
                       {"danger", answer(answers, "danger")},
                       {"child", answer(answers, "child")},
                       {"words", words}});
}

/// The keys that the receipt's pair opens. Error::not_found for a report that is gone.
Result<vault::ObjectKeys> keys_of_reporter(Connection& connection, const ReporterAccess& access) {
    const auto row =
        connection.query_one("SELECT sealed FROM report_grant WHERE report_id = :report AND recipient = :reporter",
                             {access.report.str(), std::string(detail::reporter_recipient)});
    if (!row) return {ErrorKind::not_found, tr("There is no report for this receipt.")};
    const auto sealed = vault::Sealed::from_storage(row->text(0));
    auto key = sealed
                   ? vault::open_with(access.pair,
                                      {access.report.str(), detail::grant_field(detail::reporter_recipient)}, *sealed)
                   : Result<vault::ObjectKey>(ErrorKind::corrupt, "");
    if (!key) return {ErrorKind::corrupt, "a grant is damaged"};
    return keys_from(connection, access.report, std::move(*key));
}

struct StoredFile {
    AttachmentId id;
    BlobId blob;
    std::int64_t chunks = 0;
    std::string description;
};
}  // namespace

struct Submission::State {
    store::Database* database = nullptr;
    const ledger::Ledger* ledger = nullptr;
    const store::Blobs* blobs = nullptr;
    const Clock* clock = nullptr;
    ReportId report;
    vault::ObjectKey key;
    std::vector<StoredFile> files;
    bool stored = false;

    // A new report.
    std::optional<vault::Receipt> receipt;
    vault::Salt salt{};
    vault::PublicKey reporter_key;
    Origin origin;
    std::string kind, default_kind;
    std::string answers, summary;
    std::optional<StaffId> entered_by;

    // An answer.
    vault::SecretText message;

    void remove_files() {
        for (const StoredFile& file : files) blobs->remove(file.blob);
        files.clear();
    }
    ~State() {
        if (!stored) remove_files();
    }

    void insert_files(Transaction& tx, const std::string& message_id) const {
        for (const StoredFile& file : files)
            tx.run(
                "INSERT INTO attachment (id, report_id, message_id, at_ms, blob_id, chunks, description) "
                "VALUES (:id, :report, :message, :now, :blob, :chunks, :description)",
                {file.id.str(), report.str(), message_id, clock->now().ms, file.blob.str(), file.chunks,
                 file.description});
    }
    std::string detail() const { return nlohmann::json{{"files", files.size()}}.dump(); }
    FirstClock first_clock;
    void notify(Transaction& tx, const std::string& team) const {
        put_waiting(tx, TeamId::stored(team), clock->now(), first_clock.priority == 1);
    }
    Status store_report(Transaction& tx);
    Status store_answer(Transaction& tx);
};

struct FileUpload::State {
    Submission::State* submission;
    AttachmentId id;
    std::string name;
    store::BlobWriter writer;
    vault::FileSealer sealer;
    std::vector<unsigned char> beginning;  // kept to find the type
    std::vector<unsigned char> out;
    std::int64_t sealed_bytes = 0;
    bool finished = false;

    Status flush() {
        sealed_bytes += static_cast<std::int64_t>(out.size());
        const Status written = writer.append(out);
        out.clear();
        return written;
    }
    ~State() {
        if (!beginning.empty()) std::fill(beginning.begin(), beginning.end(), static_cast<unsigned char>(0));
    }
};

FileUpload::FileUpload(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileUpload::FileUpload(FileUpload&&) noexcept = default;
FileUpload::~FileUpload() = default;

Status FileUpload::append(std::span<const unsigned char> bytes) {
    constexpr std::size_t beginning_bytes = 64 * 1024;
    if (state_->sealer.bytes() + bytes.size() > limits::file_bytes_max)
        return {ErrorKind::too_large, tr("A file is too large: at most 500 MB each.")};
    const std::size_t room = beginning_bytes - std::min(beginning_bytes, state_->beginning.size());
    state_->beginning.insert(state_->beginning.end(), bytes.begin(),
                             bytes.begin() + static_cast<std::ptrdiff_t>(std::min(room, bytes.size())));
    state_->sealer.add(bytes, state_->out);
    return state_->out.size() >= 4 * vault::chunk_bytes ? state_->flush() : Status();
}

Status FileUpload::finish() {
    state_->sealer.finish(state_->out);
    if (const Status written = state_->flush(); !written) return written;
    if (const Status kept = state_->writer.finish(); !kept) return kept;
    Submission::State& submission = *state_->submission;
    const std::string type = detect_type(state_->beginning);
    const std::string bytes = std::to_string(state_->sealer.bytes());
    const vault::SecretText packed = pack_texts({{"name", state_->name}, {"type", type}, {"bytes", bytes}});
    StoredFile file;
    file.id = state_->id;
    file.blob = state_->writer.id();
    file.chunks = (state_->sealed_bytes - static_cast<std::int64_t>(vault::stream_header_bytes)) /
                  static_cast<std::int64_t>(vault::sealed_chunk_bytes);
    file.description =
        vault::seal(submission.key, {submission.report.str(), detail::file_field(file.id)}, packed.expose())
            .to_storage();
    submission.files.push_back(std::move(file));
    return {};
}

Submission::Submission(std::unique_ptr<State> state) : state_(std::move(state)) {}
Submission::Submission(Submission&&) noexcept = default;
Submission::~Submission() = default;

Result<FileUpload> Submission::add_file(std::string_view name) {
    if (state_->files.size() >= limits::files_per_submission_max)
        return {ErrorKind::too_large, tr("Too many files: at most 20 at a time.")};
    auto writer = state_->blobs->create(vault::random_id<BlobId>());
    if (!writer) return writer.error();
    const AttachmentId id = vault::random_id<AttachmentId>();
    const std::string field = detail::blob_field(id);
    auto state = std::unique_ptr<FileUpload::State>(
        new FileUpload::State{state_.get(),
                              id,
                              shown_name(name),
                              std::move(*writer),
                              vault::FileSealer(state_->key, {state_->report.str(), field}),
                              {},
                              {},
                              0,
                              false});
    return FileUpload(std::move(state));
}

void Submission::drop_files() { state_->remove_files(); }
std::size_t Submission::file_count() const { return state_->files.size(); }

Status Submission::State::store_report(Transaction& tx) {
    const auto to = access::destination(tx, kind, default_kind);
    if (!to) return {ErrorKind::unavailable, tr("Reports cannot be sent here at the moment.")};
    const std::int64_t now = clock->now().ms;
    tx.about_report(report.str());
    tx.run(
        "INSERT INTO report (id, locator, salt, reporter_key, received_ms, changed_ms, channel, language, kind, "
        "team_id, state, "
        "deletion_asked_ms, summary, answers, priority, acknowledge_by_ms, decide_by_ms, due_ms) VALUES (:id, "
        ":locator, :salt, :key, :now, :changed, "
        ":channel, :language, :kind, :team, :state, 0, :summary, :answers, :priority, :acknowledge, :decide, :due)",
        {report.str(), std::string(receipt->locator()), text::base64url(salt), reporter_key.to_storage(), now, now,
         origin.channel, origin.language, kind, to->team.str(),
         std::string(origin.quarantined ? "quarantined" : "received"), summary, answers,
         std::int64_t{first_clock.priority}, first_clock.acknowledge_by.ms, first_clock.decide_by.ms,
         first_clock.acknowledge_by.ms});
    const auto grant = [&](std::string_view recipient, std::int64_t epoch, const vault::PublicKey& public_key) {
        tx.run(
            "INSERT INTO report_grant (report_id, recipient, epoch, sealed) VALUES (:report, :recipient, :epoch, "
            ":sealed)",
            {report.str(), std::string(recipient), epoch,
             vault::seal_to(public_key, {report.str(), detail::grant_field(recipient)}, key).to_storage()});
    };
    grant(detail::reporter_recipient, 0, reporter_key);
    grant(to->team.str(), to->epoch, to->key);
    insert_files(tx, "");
    if (!origin.quarantined) notify(tx, to->team.str());
    ledger->append(tx, {stream_of(report), entered_by ? entered_by->str() : "reporter", "report.received", report.str(),
                        nlohmann::json{{"kind", kind}, {"channel", origin.channel}, {"files", files.size()}}.dump()});
    return {};
}

Status Submission::State::store_answer(Transaction& tx) {
    tx.about_report(report.str());
    const auto row = tx.query_one("SELECT team_id, state FROM report WHERE id = :report", {report.str()});
    if (!row || row->text(1) == "deleted") return {ErrorKind::not_found, tr("There is no report for this receipt.")};
    const std::int64_t now = clock->now().ms;
    const MessageId id = vault::random_id<MessageId>();
    tx.run(
        "INSERT INTO message (id, report_id, at_ms, direction, author, body, read_ms) VALUES (:id, :report, :now, "
        "'from_reporter', '', :body, 0)",
        {id.str(), report.str(), next_message_ms(tx, report, {now}),
         vault::seal(key, {report.str(), detail::message_field(id)}, message.expose()).to_storage()});
    insert_files(tx, id.str());
    tx.run("UPDATE report SET changed_ms = :now WHERE id = :report", {now, report.str()});
    if (row->text(1) != "quarantined") notify(tx, row->text(0));
    ledger->append(tx, {stream_of(report), "reporter", "message.received", id.str(), detail()});
    return {};
}

Result<std::optional<vault::Receipt>> Submission::commit() {
    const bool is_report = state_->receipt.has_value();
    const Status done = state_->database->write(
        [&](Transaction& tx) -> Status { return is_report ? state_->store_report(tx) : state_->store_answer(tx); });
    if (!done) return done.error();
    state_->stored = true;
    return std::exchange(state_->receipt, std::nullopt);
}

Reception::Reception(store::Database& database, const ledger::Ledger& ledger, const store::Blobs& blobs,
                     const Clock& clock, const knowledge::Pack& pack, Triage triage)
    : database_(database), ledger_(ledger), blobs_(blobs), clock_(clock), pack_(pack), triage_(std::move(triage)) {}

bool Reception::is_open() const {
    return database_.read([&](Connection& connection) {
        const std::string kind(pack_.route({}).kind);
        return access::destination(connection, kind, kind).has_value();
    });
}

Result<Submission> Reception::begin(const Answers& answers, const Origin& origin,
                                    const std::optional<StaffId>& entered_by) const {
    if (const Status checked = check_answers(answers); !checked) return checked.error();
    auto state = std::make_unique<Submission::State>();
    state->database = &database_;
    state->ledger = &ledger_;
    state->blobs = &blobs_;
    state->clock = &clock_;
    state->origin = origin;
    state->entered_by = entered_by;
    const auto facts = facts_of(answers, origin);
    state->kind = pack_.route(facts).kind;
    if (triage_) state->first_clock = triage_(facts, clock_.now());
    state->default_kind = pack_.route({}).kind;
    const auto locator = database_.read([&](Connection& connection) -> std::optional<std::string> {
        if (!access::destination(connection, state->kind, state->default_kind)) return std::nullopt;
        std::string candidate;
        for (int i = 0; i < locator_tries_max; ++i) {
            candidate = vault::Receipt::random_locator();
            connection.about_locator(candidate);
            if (!connection.query_one("SELECT id FROM report WHERE locator = :locator", {candidate})) break;
        }
        return candidate;
    });
    if (!locator) return {ErrorKind::unavailable, tr("Reports cannot be sent here at the moment.")};
    state->report = vault::random_id<ReportId>();
    state->key = vault::random_key();
    state->salt = vault::random_salt();
    state->receipt = vault::Receipt::random(*locator);
    state->reporter_key = state->receipt->key_pair(state->salt).public_key;
    state->answers =
        vault::seal(state->key, {state->report.str(), "answers"}, pack_answers(answers).expose()).to_storage();
    state->summary =
        vault::seal(state->key, {state->report.str(), "summary"}, summary_of(answers).expose()).to_storage();
    return Submission(std::move(state));
}

Result<ReporterAccess> Reception::open(const vault::Receipt& receipt) const {
    struct Candidate {
        ReportId id;
        vault::Salt salt;
        std::string key;
    };
    const auto candidates = database_.read([&](Connection& connection) {
        std::vector<Candidate> found;
        connection.about_locator(std::string(receipt.locator()));
        for (const Row& row :
             connection.query("SELECT id, salt, reporter_key FROM report WHERE locator = :locator ORDER BY id LIMIT 8",
                              {std::string(receipt.locator())}))
            found.push_back({ReportId::stored(row.text(0)), salt_from(row.text(1)), row.text(2)});
        return found;
    });
    for (const Candidate& candidate : candidates) {
        vault::KeyPair pair = receipt.key_pair(candidate.salt);
        if (pair.public_key.to_storage() == candidate.key) return ReporterAccess{candidate.id, std::move(pair)};
    }
    return {ErrorKind::not_found, tr("There is no report for this receipt.")};
}

Result<Conversation> Reception::conversation(const ReporterAccess& access) const {
    bool unread = false;
    auto conversation = database_.read([&](Connection& connection) -> Result<Conversation> {
        connection.about_report(access.report.str());
        const auto row = connection.query_one(
            "SELECT received_ms, state, deletion_asked_ms FROM report WHERE id = :report", {access.report.str()});
        if (!row || row->text(1) == "deleted")
            return {ErrorKind::not_found, tr("There is no report for this receipt.")};
        const auto keys = keys_of_reporter(connection, access);
        if (!keys) return keys.error();
        Conversation c;
        c.received = {row->integer(0)};
        c.state = row->text(1);
        c.deletion_asked = row->integer(2) != 0;
        switch (pack_.deletion(c.state).answer) {
            case knowledge::DeletionAnswer::at_once: c.deletion_answer = "at_once"; break;
            case knowledge::DeletionAnswer::by_officer: c.deletion_answer = "by_officer"; break;
            case knowledge::DeletionAnswer::refused: c.deletion_answer = "refused"; break;
        }
        for (const Row& m : connection.query(
                 "SELECT id, at_ms, direction, body, read_ms FROM message WHERE report_id = :report ORDER BY at_ms, id",
                 {access.report.str()})) {
            Message message;
            message.id = MessageId::stored(m.text(0));
            message.at = {m.integer(1)};
            message.direction = m.text(2) == "to_reporter" ? Direction::to_reporter : Direction::from_reporter;
            auto text = detail::open_column(*keys, access.report, detail::message_field(message.id), m.text(3));
            if (!text) return text.error();
            message.text = std::move(*text);
            message.unread = message.direction == Direction::to_reporter && m.integer(4) == 0;
            unread = unread || message.unread;
            c.messages.push_back(std::move(message));
        }
        for (const Row& f : connection.query("SELECT " + std::string(detail::attachment_columns) +
                                                 " FROM attachment WHERE report_id = :report ORDER BY at_ms, id",
                                             {access.report.str()})) {
            auto file = detail::open_attachment(*keys, access.report, f);
            if (!file) return file.error();
            c.files.push_back(std::move(*file));
        }
        return c;
    });
    if (conversation && unread) {
        const Status marked = database_.write([&](Transaction& tx) -> Status {
            tx.about_report(access.report.str());
            const std::int64_t changed = tx.run(
                "UPDATE message SET read_ms = :now WHERE report_id = :report AND direction = 'to_reporter' AND read_ms "
                "= 0",
                {clock_.now().ms, access.report.str()});
            if (changed > 0)
                ledger_.append(tx, {stream_of(access.report), "reporter", "messages.read", access.report.str(), ""});
            return {};
        });
        if (!marked) return marked.error();
    }
    return conversation;
}

Result<Submission> Reception::begin_answer(const ReporterAccess& access, std::string_view words) const {
    if (text::length(words) > limits::message_chars_max)
        return {ErrorKind::too_large, "message: at most " + std::to_string(limits::message_chars_max) + " characters"};
    const auto keys = database_.read([&](Connection& connection) {
        connection.about_report(access.report.str());
        return keys_of_reporter(connection, access);
    });
    if (!keys) return keys.error();
    auto state = std::make_unique<Submission::State>();
    state->database = &database_;
    state->ledger = &ledger_;
    state->blobs = &blobs_;
    state->clock = &clock_;
    state->report = access.report;
    state->key = keys->newest().clone();
    state->message = vault::SecretText(words);
    return Submission(std::move(state));
}

Result<Reception::DeletionReply> Reception::ask_deletion(const ReporterAccess& access) const {
    std::vector<BlobId> blobs;
    auto reply = database_.write([&](Transaction& tx) -> Result<DeletionReply> {
        tx.about_report(access.report.str());
        const auto row = tx.query_one("SELECT state, team_id FROM report WHERE id = :report", {access.report.str()});
        if (!row || row->text(0) == "deleted")
            return {ErrorKind::not_found, tr("There is no report for this receipt.")};
        const knowledge::DeletionRule& rule = pack_.deletion(row->text(0));
        const std::string detail = nlohmann::json{{"rule", rule.id}}.dump();
        if (rule.answer == knowledge::DeletionAnswer::at_once) {
            blobs = detail::shred(tx, access.report, clock_.now());
            ledger_.append(tx, {stream_of(access.report), "reporter", "report.shredded", access.report.str(), detail});
        } else if (rule.answer == knowledge::DeletionAnswer::by_officer) {
            tx.run("UPDATE report SET deletion_asked_ms = :now, changed_ms = :changed WHERE id = :report",
                   {clock_.now().ms, clock_.now().ms, access.report.str()});
            put_waiting(tx, TeamId::stored(row->text(1)), clock_.now(), false);
            ledger_.append(tx, {stream_of(access.report), "reporter", "deletion.asked", access.report.str(), detail});
        }
        return DeletionReply{rule.answer, rule.text};
    });
    if (reply && reply->answer == knowledge::DeletionAnswer::at_once) {
        for (const BlobId& blob : blobs) blobs_.remove(blob);
        database_.forget_deleted();
    }
    return reply;
}

}  // namespace tideline::intake
