#include "store/database.h"

#include <sqlite3.h>

#include <chrono>
#include <memory>
#include <thread>

#include "store/blobs.h"
#include "support/house.h"

namespace tideline::store {
namespace {

class DatabaseTest : public testing::OnBothDatabases {
protected:
    testing::FreshDatabase database{GetParam()};
};
ON_BOTH_DATABASES(DatabaseTest);

Status put(Transaction& tx, const std::string& name, const std::string& value) {
    tx.run("INSERT INTO setting (name, value) VALUES (:name, :value)", {name, value});
    return {};
}

std::int64_t count(Database& database) {
    return database.read([](Connection& c) { return c.query_one("SELECT COUNT(*) FROM setting")->integer(0); });
}

TEST_P(DatabaseTest, what_was_committed_is_read_back_and_survives_reopening) {
    ASSERT_TRUE(database->write([](Transaction& tx) { return put(tx, "quote", "it's \"here\": ہے"); }).ok());
    database.reopen();
    const auto value = database->read([](Connection& c) {
        return c.query_one("SELECT value FROM setting WHERE name = :name", {std::string("quote")})->text(0);
    });
    EXPECT_EQ(value, "it's \"here\": ہے");
}

TEST_P(DatabaseTest, an_error_or_an_exception_rolls_everything_back) {
    const Status refused = database->write([](Transaction& tx) -> Status {
        (void)put(tx, "a", "1");
        return {ErrorKind::conflict, "no"};
    });
    EXPECT_EQ(refused.kind(), ErrorKind::conflict);
    EXPECT_THROW((void)database->write([](Transaction& tx) -> Status {
        (void)put(tx, "b", "1");
        throw std::runtime_error("bug");
    }),
                 std::runtime_error);
    EXPECT_THROW((void)database->write([](Transaction& tx) {
        (void)put(tx, "c", "1");
        return put(tx, "c", "again");
    }),
                 Failure);
    EXPECT_EQ(count(*database), 0);
    ASSERT_TRUE(database->write([](Transaction& tx) { return put(tx, "d", "1"); }).ok());
    EXPECT_EQ(count(*database), 1);
}

TEST_P(DatabaseTest, a_read_sees_one_snapshot_while_others_write) {
    database->read([&](Connection& connection) {
        const auto before = connection.query_one("SELECT COUNT(*) FROM setting")->integer(0);
        std::thread writer(
            [&] { EXPECT_TRUE(database->write([](Transaction& tx) { return put(tx, "x", "1"); }).ok()); });
        writer.join();
        EXPECT_EQ(connection.query_one("SELECT COUNT(*) FROM setting")->integer(0), before);
        return 0;
    });
    EXPECT_EQ(count(*database), 1);
}

TEST_P(DatabaseTest, many_threads_write_without_losing_anything) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 25; ++i)
                EXPECT_TRUE(database
                                ->write([&](Transaction& tx) {
                                    return put(tx, std::to_string(t) + "/" + std::to_string(i), "");
                                })
                                .ok());
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(count(*database), 100);
}

TEST(database, an_address_that_cannot_be_opened_says_why) {
    EXPECT_EQ(Database::open({"mysql://x"}).kind(), ErrorKind::invalid);
    EXPECT_EQ(Database::open({"sqlite:/nowhere/at/all.db"}).kind(), ErrorKind::unavailable);
}

TEST(database, opening_waits_for_another_process_that_has_just_locked_the_file) {
    const testing::TemporaryFolder folder;
    const std::string path = (folder.path() / "test.db").string();
    ASSERT_TRUE(Database::open({"sqlite:" + path}).ok());

    sqlite3* opened = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &opened), SQLITE_OK);
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> other(opened, sqlite3_close);
    // With the file's own lock held, as while a log is recovered or the last user leaves, nobody else can even read.
    ASSERT_EQ(sqlite3_exec(other.get(), "PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE", nullptr, nullptr, nullptr),
              SQLITE_OK);
    std::thread leaving([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        other.reset();
    });
    const auto database = Database::open({"sqlite:" + path});
    leaving.join();
    EXPECT_TRUE(database.ok()) << (database ? "" : database.error().message);
}

TEST(blobs, a_blob_is_there_after_finish_and_leaves_nothing_before) {
    const testing::TemporaryFolder folder;
    const Blobs blobs = Blobs::open(folder.path() / "blobs").value();
    const BlobId kept = BlobId::parse(std::string(32, 'a')).value();
    const BlobId dropped = BlobId::parse(std::string(32, 'b')).value();
    const std::string content = "sealed bytes";
    const std::span<const unsigned char> bytes(reinterpret_cast<const unsigned char*>(content.data()), content.size());
    {
        BlobWriter whole = blobs.create(kept).value();
        ASSERT_TRUE(whole.append(bytes).ok());
        ASSERT_TRUE(whole.finish().ok());
        BlobWriter half = blobs.create(dropped).value();
        ASSERT_TRUE(half.append(bytes).ok());
    }
    EXPECT_EQ(blobs.size(kept), content.size());
    EXPECT_EQ(blobs.size(dropped), std::nullopt);
    EXPECT_EQ(blobs.list(), std::vector<BlobId>{kept});
    std::vector<unsigned char> read(100);
    EXPECT_EQ(blobs.read(kept)->read(read).value(), content.size());
    blobs.remove(kept);
    EXPECT_FALSE(blobs.read(kept).ok());
}

}  // namespace
}  // namespace tideline::store
