#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "base/time.h"
#include "ledger/ledger.h"
#include "store/blobs.h"
#include "store/database.h"
#include "vault/seal.h"

/// What tests of the folders with a database stand on: the real thing, in a folder or database of its own.
namespace tideline::testing {

/// A clock that the test moves.
class ManualClock final : public Clock {
public:
    Instant now() const override { return {ms_.load()}; }
    void advance(std::int64_t ms) { ms_ += ms; }
    void set(Instant at) { ms_ = at.ms; }

private:
    std::atomic<std::int64_t> ms_{1'790'000'000'000};
};

/// An empty folder that goes away with the test.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tideline-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A fresh database of either kind. For PostgreSQL, ctest has started the server (tests/support/postgres.sh).
class FreshDatabase {
public:
    explicit FreshDatabase(store::Dialect dialect) {
        if (dialect == store::Dialect::sqlite) {
            address_ = "sqlite:" + (folder_.path() / "test.db").string();
        } else {
            std::ifstream file(TIDELINE_POSTGRES_ADDRESS_FILE);
            std::getline(file, server_);
            if (server_.empty())
                throw std::runtime_error(
                    "PostgreSQL is not running: run the tests through ctest, or tests/support/postgres.sh start "
                    "build/postgres");
            vault::start();
            std::array<unsigned char, 8> random;
            vault::fill_random(random);
            name_ = "t" + text::hex(random);
            command("CREATE DATABASE " + name_);
            address_ = server_ + "/" + name_;
        }
        reopen();
    }
    ~FreshDatabase() {
        database_.reset();
        if (!name_.empty()) command("DROP DATABASE " + name_ + " WITH (FORCE)");
    }
    void reopen() {
        database_.reset();
        auto opened = store::Database::open({address_});
        if (!opened) throw std::runtime_error(opened.error().message);
        database_ = std::move(*opened);
    }
    store::Database& operator*() { return *database_; }
    store::Database* operator->() { return database_.get(); }
    const std::string& address() const { return address_; }

private:
    void command(const std::string& sql) const {
        const std::string line = "psql -q -d '" + server_ + "/postgres' -c '" + sql + "' > /dev/null";
        if (std::system(line.c_str()) != 0) throw std::runtime_error("psql failed: " + sql);
    }
    TemporaryFolder folder_;
    std::string server_, name_, address_;
    std::unique_ptr<store::Database> database_;
};

/// A test on both databases: TEST_P in a class that derives from this, and ON_BOTH_DATABASES(Class).
class OnBothDatabases : public ::testing::TestWithParam<store::Dialect> {};

inline std::string dialect_name(const ::testing::TestParamInfo<store::Dialect>& info) {
    return info.param == store::Dialect::sqlite ? "sqlite" : "postgresql";
}

}  // namespace tideline::testing

#define ON_BOTH_DATABASES(Class)                                                                              \
    INSTANTIATE_TEST_SUITE_P(                                                                                 \
        on, Class, ::testing::Values(tideline::store::Dialect::sqlite, tideline::store::Dialect::postgresql), \
        tideline::testing::dialect_name)
