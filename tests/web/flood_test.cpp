#include "web/flood.h"

#include <atomic>
#include <thread>

#include "web/csrf.h"

namespace tideline::web {

namespace {

using namespace std::chrono_literals;

class FloodTest : public testing::Test {
protected:
    FloodGate gate(FloodLimits limits = {}) {
        return FloodGate(limits, [this] { return now_; });
    }
    static SourceToken source(unsigned char number) {
        SourceToken token;
        token.bytes[0] = number;
        return token;
    }
    std::chrono::steady_clock::time_point now_{1h};
};

}  // namespace

TEST_F(FloodTest, a_burst_passes_and_what_follows_is_asked_to_wait) {
    FloodGate flood = gate();
    for (int count = 0; count < 10; ++count) EXPECT_EQ(flood.admit(source(1), false).pressure, Pressure::normal);
    const Admission admission = flood.admit(source(1), false);
    EXPECT_EQ(admission.pressure, Pressure::wait);
    EXPECT_EQ(admission.wait_s, 30U);  // two a minute
    EXPECT_EQ(flood.admit(source(2), false).pressure, Pressure::normal);
    now_ += 30s;
    EXPECT_EQ(flood.admit(source(1), false).pressure, Pressure::normal);
}

TEST_F(FloodTest, asking_without_waiting_costs_nothing) {
    FloodGate flood = gate();
    for (int count = 0; count < 10; ++count) flood.admit(source(1), false);
    for (int count = 0; count < 1000; ++count) EXPECT_EQ(flood.admit(source(1), false).pressure, Pressure::wait);
    EXPECT_EQ(flood.admit(source(1), true).pressure, Pressure::normal);
}

TEST_F(FloodTest, whoever_waited_is_always_taken_at_a_level_that_falls_with_the_debt) {
    FloodGate flood = gate();
    std::vector<Pressure> levels;
    for (int count = 0; count < 60; ++count) levels.push_back(flood.admit(source(1), true).pressure);
    EXPECT_EQ(std::count(levels.begin(), levels.end(), Pressure::wait), 0);
    EXPECT_EQ(levels[19], Pressure::normal);
    EXPECT_EQ(levels[20], Pressure::text_only);
    EXPECT_EQ(levels[39], Pressure::text_only);
    EXPECT_EQ(levels[40], Pressure::quarantine);
    EXPECT_EQ(levels[59], Pressure::quarantine);
}

TEST_F(FloodTest, a_debt_is_bounded_so_that_a_shared_address_recovers) {
    FloodGate flood = gate();
    for (int count = 0; count < 100'000; ++count) flood.admit(source(1), true);
    now_ += 16min;  // 4 bursts of debt = 40 tokens = 20 min; below 3 bursts after 5 min, below 1 after 15 min
    EXPECT_EQ(flood.admit(source(1), true).pressure, Pressure::normal);
}

TEST_F(FloodTest, a_flood_from_many_sources_is_met_for_all_together) {
    FloodLimits limits;
    limits.global_burst = 20;
    limits.global_per_minute = 60;
    FloodGate flood = gate(limits);
    for (int count = 0; count < 20; ++count)
        EXPECT_EQ(flood.admit(source(static_cast<unsigned char>(count)), false).pressure, Pressure::normal);
    EXPECT_EQ(flood.admit(source(200), false).pressure, Pressure::wait);
    EXPECT_EQ(flood.admit(source(200), true).pressure, Pressure::normal);
}

TEST_F(FloodTest, the_table_of_sources_is_bounded_and_forgets_the_oldest) {
    FloodLimits limits;
    limits.sources_max = 3;
    FloodGate flood = gate(limits);
    for (int count = 0; count < 10; ++count) flood.admit(source(1), false);
    for (unsigned char number = 2; number < 4; ++number) flood.admit(source(number), false);
    EXPECT_EQ(flood.admit(source(1), false).pressure, Pressure::wait);  // seen again: the newest
    flood.admit(source(9), false);
    EXPECT_EQ(flood.sources(), 3U);
    EXPECT_EQ(flood.admit(source(1), false).pressure, Pressure::wait);
    for (unsigned char number = 20; number < 23; ++number) flood.admit(source(number), false);
    EXPECT_EQ(flood.sources(), 3U);
    EXPECT_EQ(flood.admit(source(1), false).pressure, Pressure::normal);
}

TEST(bounded_gate, lets_no_more_in_at_once_than_it_says) {
    BoundedGate gate(2, 100);
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    std::atomic<int> passed = 0;
    std::vector<std::thread> threads;
    for (int count = 0; count < 16; ++count)
        threads.emplace_back([&] {
            const auto pass = gate.enter(10s);
            if (!pass) return;
            const int now = ++inside;
            int seen = most;
            while (now > seen && !most.compare_exchange_weak(seen, now)) {
            }
            std::this_thread::yield();
            --inside;
            ++passed;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_LE(most, 2);
    EXPECT_EQ(passed, 16);
}

TEST(bounded_gate, turns_away_when_too_many_wait_and_when_patience_ends) {
    BoundedGate gate(1, 0);
    {
        const auto pass = gate.enter(0ms);
        ASSERT_TRUE(pass);
        EXPECT_EQ(gate.enter(10s).kind(), ErrorKind::busy);
    }
    EXPECT_TRUE(gate.enter(0ms));
    BoundedGate patient(1, 5);
    const auto pass = patient.enter(0ms);
    EXPECT_EQ(patient.enter(1ms).kind(), ErrorKind::busy);
}

TEST(form_tokens, fit_one_session_and_one_form) {
    // Not a keyed hash, but enough to see what goes into it.
    const FormTokens tokens(
        [](std::string_view key, std::string_view message) { return std::string(key).append("|").append(message); });
    const std::string token = tokens.token("session", "report.answer");
    EXPECT_TRUE(tokens.matches(token, "session", "report.answer"));
    EXPECT_FALSE(tokens.matches(token, "other", "report.answer"));
    EXPECT_FALSE(tokens.matches(token, "session", "report.close"));
    EXPECT_FALSE(tokens.matches("", "session", "report.answer"));
    std::string changed = token;
    changed.back() = changed.back() == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens.matches(changed, "session", "report.answer"));
}

}  // namespace tideline::web
