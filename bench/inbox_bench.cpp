// The inbox with 100,000 reports: how long the server takes for a page of it. (DESIGN §7: under 50 ms.)
//
//   bench_inbox [REPORTS]
//
// Fills a new instance through the database with rows that are sealed as real ones are, then asks for pages as the
// staff site does. Prints the median and the slowest of each.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

#include "cli/instance.h"

namespace {
using namespace tideline;

constexpr double budget_ms = 50;

template <class T>
T taken(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(result).value();
}
void must(const Status& done) {
    if (!done) throw std::runtime_error(done.error().message);
}

class MovedClock final : public Clock {
public:
    Instant now() const override { return {ms}; }
    std::int64_t ms = 1'790'000'000'000;
};

struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tideline-bench-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

class Bench {
public:
    Bench() {
        cli::NewInstance wanted;
        wanted.directory = folder_.path / "data";
        wanted.recovery_shares = 0;
        (void)taken(cli::create_instance(wanted));
        cli::Instance::Options options;
        options.directory = wanted.directory;
        options.clock = &clock_;
        instance_ = taken(cli::Instance::open(options));
        hire();
    }

    void fill(std::int64_t reports) {
        const auto destination =
            *instance_->database().read([&](store::Connection& c) { return access::current_epoch(c, team_); });
        const vault::PublicKey reporter = vault::KeyPair::random().public_key;
        constexpr std::int64_t batch = 5000;
        for (std::int64_t done = 0; done < reports; done += batch) {
            must(instance_->database().write([&](store::Transaction& tx) -> Status {
                for (std::int64_t i = done; i < std::min(done + batch, reports); ++i)
                    insert(tx, i, reports, destination, reporter);
                return {};
            }));
        }
    }

    /// Times one kind of page.
    bool time(const std::string& what, const intake::InboxFilter& filter, std::size_t rows_expected) {
        std::vector<double> ms;
        std::size_t rows = 0;
        for (int i = 0; i < 15; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            const auto who = taken(instance_->access().session(token_));
            rows = taken(instance_->inbox().list(who, filter)).rows.size();
            ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
        }
        std::sort(ms.begin(), ms.end());
        const bool good = ms[ms.size() / 2] < budget_ms && rows == rows_expected;
        fmt::print("inbox {:<34} {:>3} rows  {:7.1f} ms median  {:7.1f} ms slowest  budget {} ms  {}\n", what, rows,
                   ms[ms.size() / 2], ms.back(), budget_ms, good ? "ok" : "MISSED");
        return good;
    }
    bool time_counts() {
        std::vector<double> ms;
        for (int i = 0; i < 15; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            const auto who = taken(instance_->access().session(token_));
            (void)instance_->inbox().counts(who);
            ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
        }
        std::sort(ms.begin(), ms.end());
        fmt::print("inbox {:<34}           {:7.1f} ms median  {:7.1f} ms slowest  budget {} ms  {}\n",
                   "counts by state", ms[ms.size() / 2], ms.back(), budget_ms,
                   ms[ms.size() / 2] < budget_ms ? "ok" : "MISSED");
        return ms[ms.size() / 2] < budget_ms;
    }
    std::string cursor_at(std::int64_t received_ms) const {
        return std::to_string(received_ms) + "-" + std::string(32, '8');
    }
    std::int64_t began_ms() const { return began_ms_; }

private:
    void hire() {
        auto& access = instance_->access();
        const access::Actor administrator{vault::random_id<StaffId>(), {access::Role::administrator}, {}};
        const auto link =
            taken(access.invite(administrator, {"Ana", "ana@agency.example", {access::Role::officer}, {}}));
        const auto enrolment = taken(
            access.begin_enrolment(link.expose(), "Ana", "ana@agency.example", vault::SecretText("a long password")));
        ana_ = taken(access.finish_enrolment(link.expose(), enrolment, enrolment.totp.code(clock_.now()))).staff;
        team_ = taken(access.create_team(administrator, "Agency", "Team", {ana_}));
        must(access.set_channel(administrator, instance_->pack().route({}).kind, team_));
        clock_.ms += 30 * second_ms;
        token_ = std::string(taken(access.sign_in("ana@agency.example", vault::SecretText("a long password"),
                                                  enrolment.totp.code(clock_.now())))
                                 .token.expose());
        began_ms_ = clock_.ms - 500'000'000;
    }

    void insert(store::Transaction& tx, std::int64_t i, std::int64_t reports, const access::Destination& to,
                const vault::PublicKey& reporter) {
        const ReportId id = vault::random_id<ReportId>();
        const vault::ObjectKey key = vault::random_key();
        const auto words =
            intake::pack_texts({{"who", "someone"},
                                {"danger", "unsure"},
                                {"child", "no"},
                                {"words", "They keep her passport, and she works every day until midnight."}});
        const std::int64_t received = began_ms_ + i * 1000;
        tx.run(
            "INSERT INTO report (id, locator, salt, reporter_key, received_ms, changed_ms, channel, language, kind, "
            "team_id, state, "
            "deletion_asked_ms, summary, answers) VALUES (:id, :locator, '', 'k', :received, :changed, 'web', "
            ":language, 'general', :team, :state, 0, "
            ":summary, :answers)",
            {id.str(), std::to_string(i), received, received,
             std::string(i % 1000 == 0 ? "to"
                         : i % 10 == 0 ? "mi"
                                       : "en"),
             team_.str(),
             std::string(i % 2000 == 1 ? "held"
                         : i % 50 == 0 ? "received"
                                       : "opened"),
             vault::seal(key, {id.str(), "summary"}, words.expose()).to_storage(),
             vault::seal(key, {id.str(), "answers"}, std::string(1500, 'x')).to_storage()});
        tx.run("INSERT INTO report_grant (report_id, recipient, epoch, sealed) VALUES (:r, 'reporter', 0, :s)",
               {id.str(), vault::seal_to(reporter, {id.str(), "grant:reporter"}, key).to_storage()});
        tx.run("INSERT INTO report_grant (report_id, recipient, epoch, sealed) VALUES (:r, :t, :e, :s)",
               {id.str(), team_.str(), to.epoch,
                vault::seal_to(to.key, {id.str(), "grant:" + team_.str()}, key).to_storage()});
        // All but the thirty oldest were read: the hardest case for a list of what is unread.
        if (i >= 30 && reports > 30)
            tx.run("INSERT INTO report_read (report_id, staff_id, at_ms) VALUES (:r, :s, :at)",
                   {id.str(), ana_.str(), clock_.ms});
    }

    Folder folder_;
    MovedClock clock_;
    std::unique_ptr<cli::Instance> instance_;
    StaffId ana_;
    TeamId team_;
    std::string token_;
    std::int64_t began_ms_ = 0;
};
}  // namespace

int main(int argc, char** argv) {
    const std::int64_t reports = argc > 1 ? std::atoll(argv[1]) : 100'000;
    try {
        Bench bench;
        const auto begin = std::chrono::steady_clock::now();
        bench.fill(reports);
        fmt::print("{} reports in {:.0f} s\n", reports,
                   std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        bool good = bench.time("first page", {}, 50);
        good &= bench.time("oldest first", {.oldest_first = true}, 50);
        good &= bench.time("in the middle", {.after = bench.cursor_at(bench.began_ms() + reports / 2 * 1000)}, 50);
        good &= bench.time("one state", {.state = "held"},
                           static_cast<std::size_t>(std::min<std::int64_t>(50, reports / 2000)));
        good &= bench.time("a rare language", {.language = "to"},
                           static_cast<std::size_t>(std::min<std::int64_t>(50, reports / 1000)));
        good &= bench.time("a rare language in one state", {.state = "received", .language = "to"}, 50);
        good &= bench.time("unread, all but the oldest 30 read", {.unread_only = true}, 30);
        good &= bench.time_counts();
        return good ? 0 : 2;
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_inbox: {}\n", error.what());
        return 1;
    }
}
