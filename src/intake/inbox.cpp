#include <charconv>
#include <nlohmann/json.hpp>

#include "access/service.h"
#include "intake/detail/storage.h"
#include "intake/service.h"
#include "vault/stream.h"

namespace tideline::intake {

using access::Permission;
using access::SignedIn;
using detail::stream_of;
using store::Connection;
using store::Row;
using store::Transaction;
using store::Value;

namespace {
Error no_report() { return {ErrorKind::not_found, tr("There is no such report, or your team did not receive it.")}; }
Error forbidden() { return {ErrorKind::forbidden, tr("You may not do this. Ask an administrator if you need to.")}; }

/// Opening a report again within this time, by the same person, is one reading.
constexpr std::int64_t same_reading_ms = 15 * minute_ms;

struct Cursor {
    std::int64_t received_ms = 0;
    std::string id;
};

std::optional<Cursor> parse_cursor(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    Cursor cursor;
    const auto read = std::from_chars(text.data(), text.data() + dash, cursor.received_ms);
    const auto id = ReportId::parse(text.substr(dash + 1));
    if (read.ec != std::errc() || read.ptr != text.data() + dash || !id) return std::nullopt;
    cursor.id = id->str();
    return cursor;
}

/// The object key behind a team's grant, if the keyring opens it.
std::optional<vault::ObjectKey> open_grant(const SignedIn& who, const ReportId& report, const TeamId& team,
                                           std::int64_t epoch, const std::string& stored) {
    const vault::KeyPair* pair = who.keyring.find(team, epoch);
    const auto sealed = vault::Sealed::from_storage(stored);
    if (pair == nullptr || !sealed) return std::nullopt;
    auto key = vault::open_with(*pair, {report.str(), detail::grant_field(team.str())}, *sealed);
    if (!key) return std::nullopt;
    return std::move(*key);
}

InboxRow inbox_row(const SignedIn& who, const Row& row) {
    InboxRow out;
    out.id = ReportId::stored(row.text(0));
    out.team = TeamId::stored(row.text(1));
    out.received = {row.integer(2)};
    out.changed = {row.integer(3)};
    out.channel = row.text(4);
    out.language = row.text(5);
    out.kind = row.text(6);
    out.state = row.text(7);
    out.unread = row.integer(8) < row.integer(3);
    out.priority = static_cast<int>(row.integer(12));
    out.due = {row.integer(13)};
    out.acknowledged = row.integer(14) != 0;
    const auto key = open_grant(who, out.id, out.team, row.integer(10), row.text(11));
    if (!key) return out;
    // The summary always lies under the present key (see renew_key), so that a list needs no other.
    const auto packed = detail::open_column(*key, out.id, "summary", row.text(9));
    if (!packed) return out;
    auto texts = unpack_texts(packed->expose());
    if (!texts) return out;
    out.readable = true;
    for (auto& [name, text] : *texts) {
        if (name == "who")
            out.who = std::string(text.expose());
        else if (name == "danger")
            out.danger = std::string(text.expose());
        else if (name == "child")
            out.child = std::string(text.expose());
        else if (name == "reason")
            out.reason = std::string(text.expose());
        else if (name == "second")
            out.second_wanted = text.expose() == "wanted";
        else if (name == "words")
            out.words = std::move(text);
    }
    return out;
}
}  // namespace

Inbox::Inbox(store::Database& database, const ledger::Ledger& ledger, const store::Blobs& blobs, const Clock& clock,
             const access::Access& access, const knowledge::Pack& pack)
    : database_(database), ledger_(ledger), blobs_(blobs), clock_(clock), access_(access), pack_(pack) {}

Result<InboxPage> Inbox::list(const SignedIn& who, const InboxFilter& filter) const {
    if (!may(who.actor, Permission::report_list)) return forbidden();
    const auto cursor = filter.after.empty() ? std::optional<Cursor>(Cursor{}) : parse_cursor(filter.after);
    if (!cursor) return {ErrorKind::invalid, tr("This page of the list does not exist. Start again at its beginning.")};
    constexpr auto page = static_cast<std::int64_t>(limits::inbox_rows_per_page);
    if (filter.unread_only) {
        for (const TeamId& team : who.actor.teams) {
            if (const Status collected = collect_unread(who, team); !collected) return collected.error();
        }
    }
    std::vector<Row> rows;
    database_.read([&](Connection& connection) {
        // One statement per team, each along its index; merged below.
        for (const TeamId& team : who.actor.teams) {
            std::string sql =
                "SELECT r.id, r.team_id, r.received_ms, r.changed_ms, r.channel, r.language, r.kind, r.state, "
                "COALESCE(seen.at_ms, 0), r.summary, "
                "COALESCE(g.epoch, 0), COALESCE(g.sealed, ''), r.priority, r.due_ms, r.acknowledged_ms FROM " +
                std::string(filter.unread_only ? "report_unread u JOIN report r ON r.id = u.report_id " : "report r ") +
                "LEFT JOIN report_read seen ON seen.report_id = r.id AND seen.staff_id = :me "
                "LEFT JOIN report_grant g ON g.report_id = r.id AND g.recipient = r.team_id WHERE r.team_id = :team";
            std::vector<Value> values{who.actor.id.str(), team.str()};
            if (filter.unread_only) {
                sql += " AND u.staff_id = :reader AND u.team_id = :of AND COALESCE(seen.at_ms, 0) < r.changed_ms";
                values.insert(values.end(), {who.actor.id.str(), team.str()});
            }
            if (filter.state) {
                sql += " AND r.state = :state";
                values.emplace_back(*filter.state);
            } else {
                sql += " AND r.state <> 'quarantined' AND r.state <> 'deleted'";
            }
            if (filter.language) {
                sql += " AND r.language = :language";
                values.emplace_back(*filter.language);
            }
            if (filter.by_clock) sql += " AND r.due_ms > 0";
            // The same order stands in two places: the columns of the table that leads decide which index is followed.
            const std::string at = filter.by_clock      ? "r.due_ms"
                                   : filter.unread_only ? "u.received_ms"
                                                        : "r.received_ms";
            const std::string id = filter.unread_only && !filter.by_clock ? "u.report_id" : "r.id";
            const bool ascending = filter.by_clock || filter.oldest_first;
            if (!filter.after.empty()) {
                const std::string beyond = ascending ? " > " : " < ";
                sql += " AND (" + at + beyond + ":ms OR (" + at + " = :ms2 AND " + id + beyond + ":after))";
                values.insert(values.end(), {cursor->received_ms, cursor->received_ms, cursor->id});
            }
            sql +=
                " ORDER BY " + at + (ascending ? ", " : " DESC, ") + id + (ascending ? "" : " DESC") + " LIMIT :most";
            values.emplace_back(page + 1);
            for (Row& row : connection.query(sql, values)) rows.push_back(std::move(row));
        }
        return 0;
    });
    std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
        const std::size_t column = filter.by_clock ? 13 : 2;
        const auto left = std::pair(a.integer(column), a.text(0));
        const auto right = std::pair(b.integer(column), b.text(0));
        return filter.by_clock || filter.oldest_first ? left < right : right < left;
    });
    InboxPage out;
    const bool more = static_cast<std::int64_t>(rows.size()) > page;
    if (more) rows.resize(static_cast<std::size_t>(page), Row({}));
    for (const Row& row : rows) out.rows.push_back(inbox_row(who, row));
    if (more)
        out.next = std::to_string(filter.by_clock ? out.rows.back().due.ms : out.rows.back().received.ms) + "-" +
                   out.rows.back().id.str();
    return out;
}

// A member's unread reports are kept as a list of their own. What changed since they last looked is added to it here;
// the mark is set back a little each time, since the clocks of several servers may differ. What was read meanwhile is
// passed over by list() and taken off by open().
Status Inbox::collect_unread(const SignedIn& who, const TeamId& team) const {
    constexpr std::int64_t overlap_ms = 10 * minute_ms;
    constexpr std::string_view missing =
        "FROM report r LEFT JOIN report_read seen ON seen.report_id = r.id AND seen.staff_id = :me "
        "WHERE r.team_id = :team AND r.changed_ms >= :since AND COALESCE(seen.at_ms, 0) < r.changed_ms "
        "AND NOT EXISTS (SELECT 1 FROM report_unread u WHERE u.report_id = r.id AND u.staff_id = :reader AND u.team_id "
        "= r.team_id)";
    const std::string me = who.actor.id.str();
    struct Mark {
        std::int64_t since = 0;
        std::int64_t newest = 0;
        bool complete = false;
    };
    const Mark mark = database_.read([&](Connection& connection) {
        Mark m;
        const auto known = connection.query_one(
            "SELECT changed_ms FROM unread_mark WHERE staff_id = :me AND team_id = :team", {me, team.str()});
        m.since = known ? known->integer(0) - overlap_ms : 0;
        m.newest =
            connection.query_one("SELECT COALESCE(MAX(changed_ms), 0) FROM report WHERE team_id = :team", {team.str()})
                ->integer(0);
        m.complete =
            m.newest - m.since < 2 * overlap_ms &&
            !connection.query_one("SELECT r.id " + std::string(missing) + " LIMIT 1", {me, team.str(), m.since, me});
        return m;
    });
    if (mark.complete) return {};
    return database_.write([&](Transaction& tx) -> Status {
        tx.run(
            "DELETE FROM report_unread WHERE staff_id = :me AND report_id IN (SELECT r.id FROM report r JOIN "
            "report_unread u ON u.report_id = r.id "
            "AND u.staff_id = :reader WHERE r.team_id = :team AND u.team_id <> r.team_id)",
            {me, me, team.str()});
        tx.run(
            "INSERT INTO report_unread (staff_id, report_id, team_id, received_ms) SELECT :staff, r.id, r.team_id, "
            "r.received_ms " +
                std::string(missing),
            {me, me, team.str(), mark.since, me});
        tx.run(
            "INSERT INTO unread_mark (staff_id, team_id, changed_ms) VALUES (:me, :team, :newest) "
            "ON CONFLICT (staff_id, team_id) DO UPDATE SET changed_ms = excluded.changed_ms",
            {me, team.str(), mark.newest});
        return {};
    });
}

std::map<std::string, std::int64_t> Inbox::counts(const SignedIn& who) const {
    std::map<std::string, std::int64_t> counts;
    if (!may(who.actor, Permission::report_list)) return counts;
    database_.read([&](Connection& connection) {
        for (const TeamId& team : who.actor.teams) {
            for (const Row& row : connection.query(
                     "SELECT state, COUNT(*) FROM report WHERE team_id = :team GROUP BY state", {team.str()}))
                counts[row.text(0)] += row.integer(1);
        }
        return 0;
    });
    return counts;
}

Result<Inbox::Opened> Inbox::keys_of(Connection& connection, const SignedIn& who, const ReportId& id,
                                     Permission permission) const {
    const auto row = connection.query_one(
        "SELECT r.team_id, r.state, COALESCE(g.epoch, 0), COALESCE(g.sealed, '') FROM report r "
        "LEFT JOIN report_grant g ON g.report_id = r.id AND g.recipient = r.team_id WHERE r.id = :report",
        {id.str()});
    if (!may(who.actor, permission)) return forbidden();
    if (!row || !may(who.actor, permission, TeamId::stored(row->text(0))) || row->text(1) == "deleted")
        return no_report();
    const TeamId team = TeamId::stored(row->text(0));
    auto key = open_grant(who, id, team, row->integer(2), row->text(3));
    if (!key)
        return {ErrorKind::no_key,
                tr("Your keys do not open this report. A member who was in the team when it came can hand it over.")};
    auto keys = keys_from(connection, id, std::move(*key));
    if (!keys) return keys.error();
    return Opened{team, row->text(1), std::move(*keys)};
}

Result<OpenReport> Inbox::open(const SignedIn& who, const ReportId& id) const {
    return database_.write([&](Transaction& tx) -> Result<OpenReport> {
        const auto opened = keys_of(tx, who, id, Permission::report_open);
        if (!opened) return opened.error();
        const vault::ObjectKeys& keys = opened->keys;
        const std::int64_t now = clock_.now().ms;
        if (opened->state == "received") tx.run("UPDATE report SET state = 'opened' WHERE id = :report", {id.str()});
        // A person has looked at it: the first clock stops, the clock of the decision runs on.
        tx.run(
            "UPDATE report SET acknowledged_ms = :now, due_ms = decide_by_ms WHERE id = :report AND acknowledged_ms = "
            "0",
            {now, id.str()});
        tx.run(
            "INSERT INTO report_read (report_id, staff_id, at_ms) VALUES (:report, :staff, :now) "
            "ON CONFLICT (report_id, staff_id) DO UPDATE SET at_ms = excluded.at_ms",
            {id.str(), who.actor.id.str(), now});
        tx.run("DELETE FROM report_unread WHERE report_id = :report AND staff_id = :staff",
               {id.str(), who.actor.id.str()});
        tx.run(
            "UPDATE message SET read_ms = :now WHERE report_id = :report AND direction = 'from_reporter' AND read_ms = "
            "0",
            {now, id.str()});
        const std::int64_t noted = tx.query_one(
                                         "SELECT COALESCE(MAX(at_ms), 0) FROM ledger_entry WHERE stream = :stream AND "
                                         "actor = :me AND action = 'report.opened'",
                                         {stream_of(id), who.actor.id.str()})
                                       ->integer(0);
        if (now - noted >= same_reading_ms)
            ledger_.append(tx, {stream_of(id), who.actor.id.str(), "report.opened", id.str(), ""});

        const auto row = tx.query_one(
            "SELECT received_ms, channel, language, kind, state, deletion_asked_ms, answers FROM report WHERE id = "
            ":report",
            {id.str()});
        OpenReport report;
        report.id = id;
        report.team = opened->team;
        report.received = {row->integer(0)};
        report.channel = row->text(1);
        report.language = row->text(2);
        report.kind = row->text(3);
        report.state = row->text(4);
        report.deletion_asked = row->integer(5) != 0;
        const auto packed = detail::open_column(keys, id, "answers", row->text(6));
        if (!packed) return packed.error();
        auto answers = unpack_answers(packed->expose());
        if (!answers) return {ErrorKind::corrupt, "a report's answers are damaged"};
        report.answers = std::move(*answers);
        for (const Row& m : tx.query("SELECT id, at_ms, direction, author, body, read_ms FROM message WHERE report_id "
                                     "= :report ORDER BY at_ms, id",
                                     {id.str()})) {
            Message message;
            message.id = MessageId::stored(m.text(0));
            message.at = {m.integer(1)};
            message.direction = m.text(2) == "to_reporter" ? Direction::to_reporter : Direction::from_reporter;
            if (!m.text(3).empty()) message.author = access_.display_name(tx, StaffId::stored(m.text(3)));
            auto text = detail::open_column(keys, id, detail::message_field(message.id), m.text(4));
            if (!text) return text.error();
            message.text = std::move(*text);
            message.unread = m.integer(5) == 0;
            report.messages.push_back(std::move(message));
        }
        for (const Row& f : tx.query("SELECT " + std::string(detail::attachment_columns) +
                                         " FROM attachment WHERE report_id = :report ORDER BY at_ms, id",
                                     {id.str()})) {
            auto file = detail::open_attachment(keys, id, f);
            if (!file) return file.error();
            report.files.push_back(std::move(*file));
        }
        for (const Row& n : tx.query(
                 "SELECT id, at_ms, author, body FROM note WHERE report_id = :report ORDER BY at_ms, id", {id.str()})) {
            Note note;
            note.id = NoteId::stored(n.text(0));
            note.at = {n.integer(1)};
            note.author = access_.display_name(tx, StaffId::stored(n.text(2)));
            auto text = detail::open_column(keys, id, detail::note_field(note.id), n.text(3));
            if (!text) return text.error();
            note.text = std::move(*text);
            report.notes.push_back(std::move(note));
        }
        return report;
    });
}

Status Inbox::reply(const SignedIn& who, const ReportId& id, std::string_view words) const {
    return database_.write([&](Transaction& tx) { return write_to_reporter(tx, who, id, words); });
}

Status Inbox::write_to_reporter(Transaction& tx, const SignedIn& who, const ReportId& id,
                                std::string_view words) const {
    if (text::trim(words).empty()) return {ErrorKind::invalid, tr("Please write a message first.")};
    if (text::length(words) > limits::message_chars_max)
        return {ErrorKind::too_large, tr("The message is too long: at most 10,000 characters.")};
    const auto opened = keys_of(tx, who, id, Permission::report_reply);
    if (!opened) return opened.error();
    const MessageId message = vault::random_id<MessageId>();
    tx.run(
        "INSERT INTO message (id, report_id, at_ms, direction, author, body, read_ms) VALUES (:id, :report, :now, "
        "'to_reporter', :author, :body, 0)",
        {message.str(), id.str(), next_message_ms(tx, id, clock_.now()), who.actor.id.str(),
         vault::seal(opened->keys.newest(), {id.str(), detail::message_field(message)}, words).to_storage()});
    ledger_.append(tx, {stream_of(id), who.actor.id.str(), "message.sent", message.str(), ""});
    return {};
}

namespace {
void insert_note(Transaction& tx, const ledger::Ledger& ledger, const Clock& clock, const SignedIn& who,
                 const ReportId& id, const vault::ObjectKey& key, std::string_view words) {
    const NoteId note = vault::random_id<NoteId>();
    tx.run("INSERT INTO note (id, report_id, at_ms, author, body) VALUES (:id, :report, :now, :author, :body)",
           {note.str(), id.str(), clock.now().ms, who.actor.id.str(),
            vault::seal(key, {id.str(), detail::note_field(note)}, words).to_storage()});
    ledger.append(tx, {stream_of(id), who.actor.id.str(), "note.added", note.str(), ""});
}
}  // namespace

Status Inbox::add_note(const SignedIn& who, const ReportId& id, std::string_view words) const {
    if (text::trim(words).empty()) return {ErrorKind::invalid, tr("Please write a note first.")};
    if (text::length(words) > limits::note_chars_max)
        return {ErrorKind::too_large, tr("The note is too long: at most 10,000 characters.")};
    return database_.write([&](Transaction& tx) -> Status {
        const auto opened = keys_of(tx, who, id, Permission::report_note);
        if (!opened) return opened.error();
        insert_note(tx, ledger_, clock_, who, id, opened->keys.newest(), words);
        return {};
    });
}

Status Inbox::set_state(const SignedIn& who, const ReportId& id, std::string_view state) const {
    if (state != "opened" && state != "held" && state != "no_action")
        return {ErrorKind::invalid, tr("Please choose one of the states.")};
    return database_.write([&](Transaction& tx) -> Status {
        const auto opened = keys_of(tx, who, id, Permission::report_state);
        if (!opened) return opened.error();
        if (opened->state == "quarantined")
            return {ErrorKind::conflict, tr("This report is held back. Release it first.")};
        tx.run("UPDATE report SET state = :state WHERE id = :report", {std::string(state), id.str()});
        ledger_.append(tx, {stream_of(id), who.actor.id.str(), "report.state_set", id.str(),
                            nlohmann::json{{"state", std::string(state)}}.dump()});
        return {};
    });
}

Result<std::vector<HistoryLine>> Inbox::history(const SignedIn& who, const ReportId& id) const {
    constexpr std::int64_t lines_max = 200;
    return database_.read([&](Connection& connection) -> Result<std::vector<HistoryLine>> {
        const auto opened = keys_of(connection, who, id, Permission::report_open);
        if (!opened) return opened.error();
        std::vector<HistoryLine> lines;
        for (const ledger::Entry& entry : ledger_.read(connection, stream_of(id), lines_max)) {
            const auto staff = StaffId::parse(entry.event.actor);
            lines.push_back(
                {entry.at, staff ? access_.display_name(connection, *staff) : entry.event.actor, entry.event.action});
        }
        return lines;
    });
}

// ---- files

struct FileDownload::State {
    vault::SecretText name;
    std::string type;
    std::uint64_t bytes = 0;

    // Either a sealed blob…
    std::optional<store::BlobReader> reader;
    std::optional<vault::FileOpener> opener;
    // …or a cleaned copy in memory.
    vault::SecretText whole;
    bool given = false;
};

FileDownload::FileDownload(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileDownload::FileDownload(FileDownload&&) noexcept = default;
FileDownload::~FileDownload() = default;
const vault::SecretText& FileDownload::name() const { return state_->name; }
const std::string& FileDownload::type() const { return state_->type; }
std::uint64_t FileDownload::bytes() const { return state_->bytes; }

Result<vault::SecretText> FileDownload::next() {
    if (!state_->opener) {
        if (std::exchange(state_->given, true)) return vault::SecretText();
        return std::move(state_->whole);
    }
    if (state_->opener->finished()) return vault::SecretText();
    std::vector<unsigned char> chunk(vault::sealed_chunk_bytes);
    const auto got = state_->reader->read(chunk);
    if (!got) return got.error();
    return state_->opener->next(std::span(chunk).first(*got));
}

namespace {
struct SealedFile {
    Attachment file;
    store::BlobReader reader;
    vault::FileOpener opener;
};

Result<SealedFile> open_file(Connection& connection, const store::Blobs& blobs, const vault::ObjectKeys& keys,
                             const ReportId& id, const AttachmentId& file) {
    const auto row = connection.query_one("SELECT " + std::string(detail::attachment_columns) +
                                              ", blob_id FROM attachment WHERE id = :id AND report_id = :report",
                                          {file.str(), id.str()});
    if (!row) return {ErrorKind::not_found, tr("There is no such file.")};
    auto attachment = detail::open_attachment(keys, id, *row);
    if (!attachment) return attachment.error();
    // A file lies under the key of its description.
    const std::string description_field = detail::file_field(file);
    const vault::ObjectKey& key =
        *keys.that_opens({id.str(), description_field}, *vault::Sealed::from_storage(row->text(3)));
    auto reader = blobs.read(BlobId::stored(row->text(4)));
    if (!reader) return {ErrorKind::corrupt, "a file is missing from the folder of sealed files"};
    std::vector<unsigned char> header(vault::stream_header_bytes);
    const auto got = reader->read(header);
    if (!got) return got.error();
    const std::string field = detail::blob_field(file);
    auto opener = vault::FileOpener::start(key, {id.str(), field}, std::span(header).first(*got));
    if (!opener) return opener.error();
    return SealedFile{std::move(*attachment), std::move(*reader), std::move(*opener)};
}
}  // namespace

Result<FileDownload> Inbox::original(const SignedIn& who, const ReportId& id, const AttachmentId& file,
                                     std::string_view reason) const {
    if (text::trim(reason).empty()) return {ErrorKind::invalid, tr("Please say why you need the original.")};
    if (text::length(reason) > limits::reason_chars_max)
        return {ErrorKind::too_large, tr("The reason is too long: at most 1,000 characters.")};
    return database_.write([&](Transaction& tx) -> Result<FileDownload> {
        const auto opened = keys_of(tx, who, id, Permission::report_original);
        if (!opened) return opened.error();
        auto sealed = open_file(tx, blobs_, opened->keys, id, file);
        if (!sealed) return sealed.error();
        vault::SecretText note("Original of a file downloaded: ");
        note.append(reason);
        insert_note(tx, ledger_, clock_, who, id, opened->keys.newest(), note.expose());
        ledger_.append(tx, {stream_of(id), who.actor.id.str(), "file.original_downloaded", file.str(), ""});
        auto state = std::make_unique<FileDownload::State>();
        state->name = std::move(sealed->file.name);
        state->type = sealed->file.type;
        state->bytes = sealed->file.bytes;
        state->reader.emplace(std::move(sealed->reader));
        state->opener.emplace(std::move(sealed->opener));
        return FileDownload(std::move(state));
    });
}

Result<FileDownload> Inbox::copy(const SignedIn& who, const ReportId& id, const AttachmentId& file) const {
    auto sealed = database_.read([&](Connection& connection) -> Result<SealedFile> {
        const auto opened = keys_of(connection, who, id, Permission::report_copy);
        if (!opened) return opened.error();
        return open_file(connection, blobs_, opened->keys, id, file);
    });
    if (!sealed) return sealed.error();
    if (sealed->file.bytes > limits::copy_bytes_max)
        return {ErrorKind::unavailable,
                tr("This file is too large to be cleaned of hidden details. You can download the original.")};
    vault::SecretText whole;
    while (!sealed->opener.finished()) {
        std::vector<unsigned char> chunk(vault::sealed_chunk_bytes);
        const auto got = sealed->reader.read(chunk);
        if (!got) return got.error();
        const auto plain = sealed->opener.next(std::span(chunk).first(*got));
        if (!plain) return plain.error();
        whole.append(plain->expose());
    }
    auto clean = without_metadata(sealed->file.type, whole.expose());
    if (!clean) return clean.error();
    const Status written = database_.write([&](Transaction& tx) -> Status {
        ledger_.append(tx, {stream_of(id), who.actor.id.str(), "file.copy_downloaded", file.str(), ""});
        return {};
    });
    if (!written) return written.error();
    auto state = std::make_unique<FileDownload::State>();
    state->name = std::move(sealed->file.name);
    state->type = sealed->file.type;
    state->bytes = clean->size();
    state->whole = std::move(*clean);
    return FileDownload(std::move(state));
}

// ---- floods, deletion, hand-over

Result<std::int64_t> Inbox::decide_quarantine(const SignedIn& who, const std::vector<ReportId>& ids,
                                              Decision decision) const {
    if (!may(who.actor, Permission::quarantine_decide)) return forbidden();
    std::vector<BlobId> blobs;
    auto changed = database_.write([&](Transaction& tx) -> Result<std::int64_t> {
        std::int64_t count = 0;
        for (const ReportId& id : ids) {
            const auto row = tx.query_one("SELECT team_id, state FROM report WHERE id = :report", {id.str()});
            if (!row || row->text(1) != "quarantined" ||
                !may(who.actor, Permission::quarantine_decide, TeamId::stored(row->text(0))))
                continue;
            if (decision == Decision::release) {
                tx.run("UPDATE report SET state = 'received' WHERE id = :report", {id.str()});
                put_waiting(tx, TeamId::stored(row->text(0)), clock_.now(), false);
                ledger_.append(tx, {stream_of(id), who.actor.id.str(), "quarantine.released", id.str(), ""});
            } else {
                for (BlobId& blob : detail::shred(tx, id, clock_.now())) blobs.push_back(std::move(blob));
                ledger_.append(tx, {stream_of(id), who.actor.id.str(), "quarantine.discarded", id.str(), ""});
            }
            ++count;
        }
        return count;
    });
    if (changed && *changed > 0 && decision == Decision::discard) {
        for (const BlobId& blob : blobs) blobs_.remove(blob);
        database_.forget_deleted();
    }
    return changed;
}

Result<std::int64_t> Inbox::decide_whole_quarantine(const SignedIn& who, Decision decision) const {
    if (!may(who.actor, Permission::quarantine_decide)) return forbidden();
    constexpr std::int64_t batch = 500;
    std::int64_t total = 0;
    for (const TeamId& team : who.actor.teams) {
        for (;;) {
            const auto ids = database_.read([&](Connection& connection) {
                std::vector<ReportId> some;
                for (const Row& row : connection.query("SELECT id FROM report WHERE team_id = :team AND state = "
                                                       "'quarantined' ORDER BY received_ms LIMIT :batch",
                                                       {team.str(), batch}))
                    some.push_back(ReportId::stored(row.text(0)));
                return some;
            });
            if (ids.empty()) break;
            const auto changed = decide_quarantine(who, ids, decision);
            if (!changed) return changed.error();
            if (*changed == 0) break;
            total += *changed;
        }
    }
    return total;
}

Status Inbox::grant_deletion(const SignedIn& who, const ReportId& id) const {
    std::vector<BlobId> blobs;
    const Status done = database_.write([&](Transaction& tx) -> Status {
        const auto opened = keys_of(tx, who, id, Permission::report_state);
        if (!opened) return opened.error();
        if (tx.query_one("SELECT deletion_asked_ms FROM report WHERE id = :report", {id.str()})->integer(0) == 0)
            return {ErrorKind::conflict, tr("The reporter has not asked for this report to be deleted.")};
        // It may have come into use after its reporter asked.
        if (pack_.deletion(opened->state).answer == knowledge::DeletionAnswer::refused)
            return {ErrorKind::conflict,
                    tr("This report is part of work that protects people, so it cannot be deleted.")};
        blobs = detail::shred(tx, id, clock_.now());
        ledger_.append(tx, {stream_of(id), who.actor.id.str(), "report.shredded", id.str(),
                            nlohmann::json{{"asked_by", "reporter"}}.dump()});
        return {};
    });
    if (done) {
        for (const BlobId& blob : blobs) blobs_.remove(blob);
        database_.forget_deleted();
    }
    return done;
}

Status Inbox::decline_deletion(const SignedIn& who, const ReportId& id, std::string_view words) const {
    return database_.write([&](Transaction& tx) -> Status {
        const auto opened = keys_of(tx, who, id, Permission::report_state);
        if (!opened) return opened.error();
        const auto row = tx.query_one("SELECT deletion_asked_ms FROM report WHERE id = :report", {id.str()});
        if (row->integer(0) == 0)
            return {ErrorKind::conflict, tr("The reporter has not asked for this report to be deleted.")};
        if (const Status told = write_to_reporter(tx, who, id, words); !told) return told;
        tx.run("UPDATE report SET deletion_asked_ms = 0 WHERE id = :report", {id.str()});
        ledger_.append(tx, {stream_of(id), who.actor.id.str(), "deletion.declined", id.str(), ""});
        return {};
    });
}

namespace {
void put_grant(Transaction& tx, const ReportId& report, std::string_view recipient, std::int64_t epoch,
               const vault::PublicKey& public_key, const vault::ObjectKey& key) {
    tx.run(
        "INSERT INTO report_grant (report_id, recipient, epoch, sealed) VALUES (:report, :recipient, :epoch, :sealed) "
        "ON CONFLICT (report_id, recipient) DO UPDATE SET epoch = excluded.epoch, sealed = excluded.sealed",
        {report.str(), std::string(recipient), epoch,
         vault::seal_to(public_key, {report.str(), detail::grant_field(recipient)}, key).to_storage()});
}
}  // namespace

Result<vault::ObjectKeys> renew_key(Transaction& tx, const ReportId& report, const vault::ObjectKey& present,
                                    const access::Destination& team) {
    const auto row = tx.query_one("SELECT reporter_key, summary FROM report WHERE id = :report", {report.str()});
    const auto reporter = row ? vault::PublicKey::from_storage(row->text(0)) : std::nullopt;
    const Error damaged{ErrorKind::corrupt, "a report cannot be moved to a new key: it is damaged"};
    if (!reporter) return damaged;
    const auto summary = detail::open_column(present, report, "summary", row->text(1));
    if (!summary) return damaged;
    const vault::ObjectKey fresh = vault::random_key();
    const std::int64_t generation =
        tx.query_one("SELECT COALESCE(MAX(generation), 0) FROM report_key WHERE report_id = :report", {report.str()})
            ->integer(0) +
        1;
    const std::string field = detail::key_field(generation);
    const std::string_view bytes(reinterpret_cast<const char*>(present.expose().data()), present.expose().size());
    tx.run("INSERT INTO report_key (report_id, generation, sealed) VALUES (:report, :generation, :sealed)",
           {report.str(), generation, vault::seal(fresh, {report.str(), field}, bytes).to_storage()});
    tx.run("UPDATE report SET summary = :summary WHERE id = :report",
           {vault::seal(fresh, {report.str(), "summary"}, summary->expose()).to_storage(), report.str()});
    put_grant(tx, report, detail::reporter_recipient, 0, *reporter, fresh);
    put_grant(tx, report, team.team.str(), team.epoch, team.key, fresh);
    tx.run("DELETE FROM report_grant WHERE report_id = :report AND recipient <> :reporter AND recipient <> :team",
           {report.str(), std::string(detail::reporter_recipient), team.team.str()});
    return keys_from(tx, report, fresh.clone());
}

Result<vault::ObjectKeys> keys_from(Connection& connection, const ReportId& report, vault::ObjectKey present) {
    vault::ObjectKeys keys(std::move(present));
    for (const Row& row : connection.query(
             "SELECT generation, sealed FROM report_key WHERE report_id = :report ORDER BY generation DESC",
             {report.str()})) {
        const auto bytes = detail::open_column(keys.oldest(), report, detail::key_field(row.integer(0)), row.text(1));
        vault::ObjectKey older;
        if (!bytes || bytes->size() != older.expose().size())
            return {ErrorKind::corrupt, "an earlier key of a report is damaged"};
        std::copy(bytes->expose().begin(), bytes->expose().end(), older.expose().begin());
        keys.add_older(std::move(older));
    }
    return keys;
}

Result<std::int64_t> Inbox::hand_over(const SignedIn& who) const {
    constexpr std::int64_t batch = 500;
    std::int64_t total = 0;
    for (const TeamId& team : who.actor.teams) {
        for (;;) {
            struct Waiting {
                ReportId report;
                std::int64_t epoch;
                std::string sealed;
            };
            std::optional<access::Destination> newest;
            const auto waiting = database_.read([&](Connection& connection) {
                std::vector<Waiting> some;
                newest = access::current_epoch(connection, team);
                if (!newest || newest->epoch < 2) return some;
                for (const Row& row :
                     connection.query("SELECT report_id, epoch, sealed FROM report_grant WHERE recipient = :team AND "
                                      "epoch < :newest ORDER BY report_id LIMIT :batch",
                                      {team.str(), newest->epoch, batch}))
                    some.push_back({ReportId::stored(row.text(0)), row.integer(1), row.text(2)});
                return some;
            });
            if (waiting.empty()) break;
            const auto moved = database_.write([&](Transaction& tx) -> Result<std::int64_t> {
                std::int64_t count = 0;
                for (const Waiting& grant : waiting) {
                    const auto key = open_grant(who, grant.report, team, grant.epoch, grant.sealed);
                    if (!key) continue;
                    // An offer to another team holds the present key: until it is answered, the report keeps it.
                    if (tx.query_one("SELECT id FROM decision WHERE report_id = :report AND offered <> '' AND state IN "
                                     "('proposed', 'offered')",
                                     {grant.report.str()})) {
                        put_grant(tx, grant.report, team.str(), newest->epoch, newest->key, *key);
                    } else if (const auto renewed = renew_key(tx, grant.report, *key, *newest); !renewed) {
                        return renewed.error();
                    }
                    ++count;
                }
                if (count > 0)
                    ledger_.append(tx, {"system", who.actor.id.str(), "team.handed_over", team.str(),
                                        nlohmann::json{{"reports", count}, {"epoch", newest->epoch}}.dump()});
                return count;
            });
            if (!moved) return moved.error();
            total += *moved;
            if (*moved < static_cast<std::int64_t>(waiting.size())) break;
        }
    }
    return total;
}

std::int64_t next_message_ms(Transaction& tx, const ReportId& report, Instant now) {
    const auto last =
        tx.query_one("SELECT COALESCE(MAX(at_ms), 0) FROM message WHERE report_id = :report", {report.str()});
    return std::max(now.ms, last->integer(0) + 1);
}

void put_waiting(Transaction& tx, const TeamId& team, Instant now, bool urgent) {
    // Two events of one moment are two moments here, so that telling of the first does not forget the second.
    tx.run(
        "INSERT INTO notification (team_id, since_ms, urgent) VALUES (:team, :now, :urgent) ON CONFLICT (team_id) DO "
        "UPDATE SET "
        "since_ms = CASE WHEN excluded.since_ms > notification.since_ms THEN excluded.since_ms ELSE "
        "notification.since_ms + 1 END",
        {team.str(), now.ms, std::int64_t{urgent}});
    if (urgent) tx.run("UPDATE notification SET urgent = 1 WHERE team_id = :team", {team.str()});
}

std::vector<WaitingTeam> waiting_teams(store::Database& database) {
    return database.read([&](Connection& connection) {
        std::vector<WaitingTeam> teams;
        for (const Row& row : connection.query("SELECT team_id, urgent, since_ms FROM notification ORDER BY since_ms"))
            teams.push_back({TeamId::stored(row.text(0)), row.integer(1) != 0, {row.integer(2)}});
        return teams;
    });
}

Status forget_waiting(store::Database& database, const std::vector<WaitingTeam>& told) {
    return database.write([&](Transaction& tx) -> Status {
        for (const WaitingTeam& team : told)
            tx.run("DELETE FROM notification WHERE team_id = :team AND since_ms = :newest",
                   {team.team.str(), team.newest.ms});
        return {};
    });
}

std::vector<std::string> check_whole(store::Database& database, const store::Blobs& blobs) {
    return database.read([&](Connection& connection) {
        std::vector<std::string> problems;
        for (const Row& row :
             connection.query("SELECT r.id FROM report r WHERE r.state <> 'deleted' AND (r.answers = '' OR r.summary = "
                              "'' OR r.reporter_key = '' "
                              "OR (SELECT COUNT(*) FROM report_grant g WHERE g.report_id = r.id) < 2) LIMIT 100"))
            problems.push_back("report " + row.text(0) + " is not whole");
        for (const Row& row : connection.query("SELECT r.id FROM report r WHERE NOT EXISTS (SELECT 1 FROM ledger_entry "
                                               "e WHERE e.stream = 'report:' || r.id AND e.seq = 1 "
                                               "AND e.action = 'report.received') LIMIT 100"))
            problems.push_back("report " + row.text(0) + " is not in the ledger");
        for (const Row& row :
             connection.query("SELECT e.subject FROM ledger_entry e WHERE e.action = 'report.received' AND NOT EXISTS "
                              "(SELECT 1 FROM report r WHERE r.id = e.subject) LIMIT 100"))
            problems.push_back("report " + row.text(0) + " is in the ledger, but gone");
        for (const Row& row : connection.query("SELECT a.id, a.blob_id, a.chunks FROM attachment a")) {
            const auto size = blobs.size(BlobId::stored(row.text(1)));
            const auto expected =
                vault::stream_header_bytes + static_cast<std::uint64_t>(row.integer(2)) * vault::sealed_chunk_bytes;
            if (!size)
                problems.push_back("file " + row.text(0) + " is missing");
            else if (*size != expected)
                problems.push_back("file " + row.text(0) + " has the wrong size");
        }
        return problems;
    });
}

std::int64_t remove_orphans(store::Database& database, const store::Blobs& blobs, std::int64_t older_than_s) {
    blobs.remove_parts(older_than_s);
    const auto orphans = database.read([&](Connection& connection) {
        std::vector<BlobId> unreferenced;
        for (const BlobId& blob : blobs.list(older_than_s)) {
            if (!connection.query_one("SELECT id FROM attachment WHERE blob_id = :blob", {blob.str()}))
                unreferenced.push_back(blob);
        }
        return unreferenced;
    });
    for (const BlobId& blob : orphans) blobs.remove(blob);
    return static_cast<std::int64_t>(orphans.size());
}

}  // namespace tideline::intake
