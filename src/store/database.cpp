#include "store/database.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "base/embedded.h"

namespace tideline::store {

std::span<const EmbeddedFile> migrations();
std::span<const EmbeddedFile> rights();

struct Connection::Session {
    soci::session soci;
};

std::int64_t Row::integer(std::size_t column) const {
    const Value& value = values_.at(column);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    const std::string& text = std::get<std::string>(value);
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        throw Failure("a number was expected in a column");
    return number;
}

const std::string& Row::text(std::size_t column) const {
    const auto* text = std::get_if<std::string>(&values_.at(column));
    if (text == nullptr) throw Failure("a text was expected in a column");
    return *text;
}

namespace {

Value value_of(const soci::row& row, std::size_t column) {
    if (row.get_indicator(column) == soci::i_null) return std::string();
    switch (row.get_properties(column).get_data_type()) {
        case soci::dt_integer: return static_cast<std::int64_t>(row.get<int>(column));
        case soci::dt_long_long: return static_cast<std::int64_t>(row.get<long long>(column));
        case soci::dt_unsigned_long_long: return static_cast<std::int64_t>(row.get<unsigned long long>(column));
        case soci::dt_double: return static_cast<std::int64_t>(row.get<double>(column));
        default: return row.get<std::string>(column);
    }
}

/// SOCI keeps references to bound values until the statement has run; this keeps them in place.
class Bound {
public:
    Bound(soci::statement& statement, const std::vector<Value>& parameters) {
        numbers_.reserve(parameters.size());
        for (const Value& parameter : parameters) {
            if (const auto* number = std::get_if<std::int64_t>(&parameter)) {
                numbers_.push_back(*number);
                statement.exchange(soci::use(numbers_.back()));
            } else {
                statement.exchange(soci::use(std::get<std::string>(parameter)));
            }
        }
    }

private:
    std::vector<long long> numbers_;
};

template <class F>
auto translated(F&& f) {
    try {
        return f();
    } catch (const soci::soci_error& error) {
        throw Failure(error.what());
    }
}

}  // namespace

std::vector<Row> Connection::query(std::string_view sql, const std::vector<Value>& parameters) {
    return translated([&] {
        soci::statement statement(session_->soci);
        soci::row row;
        const Bound bound(statement, parameters);
        statement.exchange(soci::into(row));
        statement.alloc();
        statement.prepare(std::string(sql));
        statement.define_and_bind();
        std::vector<Row> rows;
        if (!statement.execute(true)) return rows;
        do {
            std::vector<Value> values;
            values.reserve(row.size());
            for (std::size_t i = 0; i < row.size(); ++i) values.push_back(value_of(row, i));
            rows.emplace_back(std::move(values));
        } while (statement.fetch());
        return rows;
    });
}

std::optional<Row> Connection::query_one(std::string_view sql, const std::vector<Value>& parameters) {
    auto rows = query(sql, parameters);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::int64_t Transaction::run(std::string_view sql, const std::vector<Value>& parameters) {
    return translated([&]() -> std::int64_t {
        soci::statement statement(session_->soci);
        const Bound bound(statement, parameters);
        statement.alloc();
        statement.prepare(std::string(sql));
        statement.define_and_bind();
        statement.execute(true);
        return statement.get_affected_rows();
    });
}

void Connection::set_about(const char* setting, const std::string& value) {
    if (dialect_ != Dialect::postgresql) return;
    query("SELECT set_config(:setting, :value, true)", {std::string(setting), value});
}

struct Database::State {
    Dialect dialect = Dialect::sqlite;
    bool narrow = false;
    std::string address;
    std::string target;  // what the backend calls it

    std::mutex reader_mutex;
    std::condition_variable reader_free;
    std::vector<std::unique_ptr<Connection::Session>> idle_readers;

    std::mutex writer_mutex;
    std::unique_ptr<Connection::Session> writer;

    std::unique_ptr<Connection::Session> connect() const {
        auto session = std::make_unique<Connection::Session>();
        if (dialect == Dialect::postgresql) {
            session->soci.open(soci::postgresql, target);
        } else {
            session->soci.open(soci::sqlite3, target);
            // First: the next line already reads the file, which another process may just be opening or leaving.
            session->soci << "PRAGMA busy_timeout=20000";
            session->soci << "PRAGMA journal_mode=WAL";
            session->soci << "PRAGMA synchronous=FULL";
            session->soci << "PRAGMA foreign_keys=ON";
            session->soci << "PRAGMA secure_delete=ON";
        }
        return session;
    }

    /// A connection that broke (a restarted PostgreSQL) is opened again for the next user.
    void recover(std::unique_ptr<Connection::Session>& session) const {
        try {
            session = connect();
        } catch (const soci::soci_error&) {
            session.reset();
        }
    }
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::~Database() = default;
Dialect Database::dialect() const { return state_->dialect; }
bool Database::is_narrow() const { return state_->narrow; }

Result<std::unique_ptr<Database>> Database::open(const Options& options) {
    auto state = std::make_unique<State>();
    state->address = options.address;
    constexpr std::string_view sqlite_prefix = "sqlite:";
    if (options.address.starts_with("postgresql://") || options.address.starts_with("postgres://")) {
        state->dialect = Dialect::postgresql;
        // SOCI takes the address apart at its first '=' and puts one behind an address that has none; so there is one.
        state->target = options.address + (options.address.find('?') == std::string::npos ? "?" : "&") +
                        "application_name=tideline";
    } else if (options.address.starts_with(sqlite_prefix)) {
        const std::string path = options.address.substr(sqlite_prefix.size());
        state->target = "dbname=\"" + path + "\"";
    } else {
        return {ErrorKind::invalid, "a database address begins with sqlite: or postgresql://"};
    }
    try {
        state->writer = state->connect();
        for (int i = 0; i < options.readers; ++i) state->idle_readers.push_back(state->connect());
    } catch (const soci::soci_error& error) {
        return {ErrorKind::unavailable, std::string("the database cannot be opened: ") + error.what()};
    }
    std::unique_ptr<Database> database(new Database(std::move(state)));
    try {
        if (const Status migrated = database->migrate(); !migrated) return migrated.error();
        if (database->dialect() == Dialect::postgresql)
            database->state_->narrow = database->read([](Connection& connection) {
                return connection
                           .query_one("SELECT CASE WHEN has_table_privilege('staff', 'SELECT') THEN 0 ELSE 1 END")
                           ->integer(0) == 1;
            });
    } catch (const Failure& failure) {
        return {ErrorKind::unavailable, std::string("the database cannot be brought up to date: ") + failure.what()};
    }
    return database;
}

void Database::run_reader(Work work) {
    std::unique_ptr<Connection::Session> session;
    {
        std::unique_lock lock(state_->reader_mutex);
        state_->reader_free.wait(lock, [&] { return !state_->idle_readers.empty(); });
        session = std::move(state_->idle_readers.back());
        state_->idle_readers.pop_back();
    }
    struct Return {
        State& state;
        std::unique_ptr<Connection::Session>& session;
        ~Return() {
            const std::lock_guard lock(state.reader_mutex);
            state.idle_readers.push_back(std::move(session));
            state.reader_free.notify_one();
        }
    } give_back{*state_, session};
    if (!session) session = translated([&] { return state_->connect(); });
    try {
        const bool postgresql = state_->dialect == Dialect::postgresql;
        session->soci << (postgresql ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN");
        Connection connection(*session, state_->dialect);
        work.call(work.object, connection);
        session->soci << "COMMIT";
    } catch (const soci::soci_error& error) {
        state_->recover(session);
        throw Failure(error.what());
    } catch (...) {
        state_->recover(session);
        throw;
    }
}

void Database::run_writer(WriteWork work) {
    const std::lock_guard lock(state_->writer_mutex);
    if (!state_->writer) state_->writer = translated([&] { return state_->connect(); });
    try {
        if (state_->dialect == Dialect::postgresql) {
            state_->writer->soci << "BEGIN";
            // Writers of all servers take turns, so that ledger positions have no gaps and no deadlock can arise.
            state_->writer->soci << "SELECT pg_advisory_xact_lock(7418263)";
        } else {
            state_->writer->soci << "BEGIN IMMEDIATE";
        }
        Transaction transaction(*state_->writer, state_->dialect);
        const bool commit = work.call(work.object, transaction);
        state_->writer->soci << (commit ? "COMMIT" : "ROLLBACK");
    } catch (const soci::soci_error& error) {
        state_->recover(state_->writer);
        throw Failure(error.what());
    } catch (...) {
        state_->recover(state_->writer);
        throw;
    }
}

void Database::forget_deleted() {
    if (state_->narrow) return;
    const std::lock_guard lock(state_->writer_mutex);
    try {
        if (!state_->writer) state_->writer = state_->connect();
        if (state_->dialect == Dialect::sqlite) {
            soci::row result;
            state_->writer->soci << "PRAGMA wal_checkpoint(TRUNCATE)", soci::into(result);
        } else {
            for (const char* table : {"report", "report_grant", "report_key", "message", "note", "attachment"})
                state_->writer->soci << std::string("VACUUM ") + table;
        }
    } catch (const soci::soci_error&) {
        state_->recover(state_->writer);
    }
}

namespace {
/// The statements of a migration, separated by a semicolon at the end of a line; comment lines are left out.
std::vector<std::string> statements_of(std::string_view script) {
    std::vector<std::string> statements;
    std::string current;
    for (std::size_t begin = 0; begin < script.size();) {
        const std::size_t end = std::min(script.find('\n', begin), script.size());
        const std::string_view line = script.substr(begin, end - begin);
        begin = end + 1;
        if (line.starts_with("--") || line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        current += line;
        current += '\n';
        if (line.ends_with(';')) {
            current.erase(current.rfind(';'));
            statements.push_back(std::move(current));
            current.clear();
        }
    }
    return statements;
}

std::string filled(std::string text, std::string_view place, std::string_view word) {
    for (std::size_t at = 0; (at = text.find(place, at)) != std::string::npos; at += word.size())
        text.replace(at, place.size(), word);
    return text;
}
}  // namespace

Status Database::allow_public_process(Transaction& transaction, const std::string& role) {
    if (dialect() != Dialect::postgresql)
        return {ErrorKind::invalid, "SQLite has no roles: run the public process as another user of the machine"};
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
    if (role.empty() || role.size() > 63 || role.find_first_not_of(letters) != std::string::npos ||
        (role[0] >= '0' && role[0] <= '9'))
        return {ErrorKind::invalid,
                "the name of a role has small letters, digits and _ only, and begins with a letter"};
    const auto known = transaction.query_one(
        "SELECT CASE WHEN rolsuper OR rolbypassrls OR pg_has_role(rolname, current_user, 'MEMBER') THEN 1 ELSE 0 END "
        "FROM pg_roles WHERE rolname = :role",
        {role});
    if (!known)
        return {ErrorKind::not_found,
                "there is no role " + role + ": CREATE ROLE " + role + " LOGIN PASSWORD '…' makes it"};
    if (known->integer(0) == 1)
        return {
            ErrorKind::conflict,
            "the role " + role +
                " is not bound by rights (it owns the tables, is a superuser or passes over policies); make another"};
    constexpr const char* follow_a_report[] = {"report_grant", "report_key",    "attachment", "message", "note",
                                               "report_read",  "report_unread", "assessment", "decision"};
    for (const EmbeddedFile& file : rights()) {
        for (const std::string& statement : statements_of(file.bytes)) {
            const std::string given = filled(statement, "{role}", role);
            if (given.find("{table}") == std::string::npos) {
                transaction.run(given);
            } else {
                for (const char* table : follow_a_report) transaction.run(filled(given, "{table}", table));
            }
        }
    }
    return {};
}

Status Database::migrate() {
    // An up-to-date schema is left alone: a process with fewer rights (the public one) can open the database too.
    try {
        const std::int64_t have = read([](Connection& connection) {
            return connection.query_one("SELECT MAX(version) FROM schema_version")->integer(0);
        });
        if (have == static_cast<std::int64_t>(migrations().size())) return {};
    } catch (const Failure&) {
        // No such table yet.
    }
    return write([&](Transaction& transaction) -> Status {
        transaction.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
        const auto row = transaction.query_one("SELECT COALESCE(MAX(version), 0) FROM schema_version");
        const std::int64_t have = row->integer(0);
        std::int64_t number = 0;
        for (const EmbeddedFile& file : migrations()) {
            ++number;
            if (number <= have) continue;
            for (const std::string& statement : statements_of(file.bytes)) transaction.run(statement);
            transaction.run("INSERT INTO schema_version (version) VALUES (:version)", {number});
        }
        if (have > number)
            return {ErrorKind::conflict, "the database was made by a newer version of this program; use that one"};
        return {};
    });
}

}  // namespace tideline::store
