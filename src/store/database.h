#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/result.h"

/// The database: SQLite by default, PostgreSQL by its address; one way to use both. SQL stands in the repositories that
/// own the tables, as whole statements with bound parameters (:name, bound in the order in which they stand).
/// Columns are BIGINT or TEXT and never NULL; sealed bytes are base64url text (docs/decisions/0002).
namespace tideline::store {

/// A bound parameter.
using Value = std::variant<std::int64_t, std::string>;

/// One row of an answer; columns in the order of the statement.
class Row {
public:
    explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
    std::int64_t integer(std::size_t column) const;
    const std::string& text(std::size_t column) const;

private:
    std::vector<Value> values_;
};

/// A lost connection, a full disk, a broken statement: not to be handled where it happens.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

enum class Dialect { sqlite, postgresql };

/// One connection, for reading. One thread at a time; handed out by Database.
class Connection {
public:
    virtual ~Connection() = default;
    /// All rows of a SELECT. Lists are paged by their statement.
    std::vector<Row> query(std::string_view sql, const std::vector<Value>& parameters = {});
    /// The first row, if there is one.
    std::optional<Row> query_one(std::string_view sql, const std::vector<Value>& parameters = {});
    Dialect dialect() const { return dialect_; }

    /// Says which report this transaction is about, by the locator of its receipt or by its id. A role with the rights
    /// of the public process (rights/public_process.sql) sees that report and no other; for the owner, and on SQLite,
    /// nothing changes.
    void about_locator(const std::string& locator) { set_about("tideline.locator", locator); }
    void about_report(const std::string& id) { set_about("tideline.report", id); }

protected:
    struct Session;
    Connection(Session& session, Dialect dialect) : session_(&session), dialect_(dialect) {}
    void set_about(const char* setting, const std::string& value);
    Session* session_;
    Dialect dialect_;
    friend class Database;
};

/// A connection inside a transaction that will be committed whole or not at all.
class Transaction : public Connection {
public:
    /// Runs a statement; the number of rows it changed.
    std::int64_t run(std::string_view sql, const std::vector<Value>& parameters = {});

private:
    using Connection::Connection;
    friend class Database;
};

/// Safe for several threads. Writers take turns (within the machine and, on PostgreSQL, across servers); readers do not
/// wait for them. When write() has returned ok, the change has reached the disk.
class Database {
public:
    struct Options {
        std::string address;  ///< "sqlite:/path/tideline.db" or "postgresql://…"
        int readers = 4;      ///< connections for reading
    };
    /// Opens and, if the schema is older than this program, migrates. Error::unavailable says what cannot be reached.
    static Result<std::unique_ptr<Database>> open(const Options& options);
    ~Database();

    Dialect dialect() const;

    /// Whether this is a role that cannot read what only staff may (see allow_public_process).
    bool is_narrow() const;
    /// Gives a PostgreSQL role the rights of the public process and takes every other from it. Error::invalid for
    /// SQLite, which has no roles, Error::not_found when there is no such role, Error::conflict for one that would not
    /// be bound by rights.
    Status allow_public_process(Transaction& transaction, const std::string& role);

    /// Runs `work(Connection&)` on a reading connection and gives back what it returns. What it reads in several
    /// statements is one snapshot.
    template <class Work>
    auto read(Work&& work) {
        using Answer = std::invoke_result_t<Work, Connection&>;
        std::optional<Answer> answer;
        with_reader([&](Connection& connection) { answer.emplace(work(connection)); });
        return std::move(*answer);
    }

    /// Runs `work(Transaction&)`, which returns a Result; commits when it is ok, rolls back when it is an Error or
    /// throws.
    template <class Work>
    auto write(Work&& work) {
        using Answer = std::invoke_result_t<Work, Transaction&>;
        std::optional<Answer> answer;
        with_writer([&](Transaction& transaction) {
            answer.emplace(work(transaction));
            return answer->ok();
        });
        return std::move(*answer);
    }

    /// Leaves nothing of rows that were deleted in what the database keeps beside its tables: SQLite's log is moved
    /// into the file (which overwrites what is deleted) and emptied; PostgreSQL's dead rows are vacuumed away. Call it
    /// after destroying keys. Tries its best: while somebody reads an old snapshot, the next call does it; a role that
    /// is_narrow() may not.
    void forget_deleted();

private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    struct Work {
        void* object;
        void (*call)(void*, Connection&);
    };
    template <class F>
    void with_reader(F&& f) {
        run_reader({&f, [](void* object, Connection& c) { (*static_cast<std::remove_reference_t<F>*>(object))(c); }});
    }
    struct WriteWork {
        void* object;
        bool (*call)(void*, Transaction&);
    };
    template <class F>
    void with_writer(F&& f) {
        run_writer(
            {&f, [](void* object, Transaction& t) { return (*static_cast<std::remove_reference_t<F>*>(object))(t); }});
    }
    void run_reader(Work work);
    void run_writer(WriteWork work);
    Status migrate();

    std::unique_ptr<State> state_;
};

}  // namespace tideline::store
