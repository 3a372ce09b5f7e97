// The pool: all of the work is done once, by any of its threads.
#include "workers.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "calm.hpp"
#include "parallel.hpp"
#include "pool.hpp"
#include "system_load.hpp"

namespace conv4j {
namespace {

// Never minds what else runs on the machine, so that helpers come in every test.
struct AlwaysCalm {
  bool at(std::int64_t, int) { return true; }
  void add(std::int64_t, std::int64_t, std::int64_t) {}
};

using BusyPool = Pool<AlwaysCalm>;

// The pool of the process, which has a mind of its own.
struct ProcessPool {
  void share(int limit, Work work, void* data) { conv4j::share(limit, work, data); }
};

// Does each item once, and says how many threads took part. All that they hand over is in plain
// memory, so that ThreadSanitizer sees whether the pool puts it in order. A helper may be slow, and the
// caller may wait for one before it begins.
template <class AnyPool>
int count_items(AnyPool& pool, int threads, int count, std::chrono::microseconds slow = {},
                std::chrono::microseconds patience = {}) {
  std::vector<int> given(count), done(count), entered(threads);
  for (int i = 0; i < count; i++) given[i] = i + count;
  struct Task {
    std::vector<int>&given, &done, &entered;
    Ranges ranges;
    std::chrono::microseconds slow, patience;
    std::atomic<bool> helped{false};
  } task{given, done, entered, {threads, count, 1}, slow, patience};
  pool.share(
      threads,
      [](void* data, int seat) {
        Task& mine = *static_cast<Task*>(data);
        mine.entered.at(seat)++;
        // Relaxed: it puts nothing in order.
        if (seat > 0) mine.helped.store(true, std::memory_order_relaxed);
        const auto limit = std::chrono::steady_clock::now() + mine.patience;
        while (seat == 0 && !mine.helped.load(std::memory_order_relaxed) &&
               std::chrono::steady_clock::now() < limit) {
          std::this_thread::yield();
        }
        if (seat > 0 && mine.slow.count() > 0) std::this_thread::sleep_for(mine.slow);
        mine.ranges.take(seat, [&](std::int64_t first, std::int64_t last) {
          for (std::int64_t i = first; i < last; i++) mine.done[i] += mine.given[i];
        });
      },
      &task);
  for (int i = 0; i < count; i++) EXPECT_EQ(done[i], i + count) << i << " of " << count;
  EXPECT_EQ(entered[0], 1);
  return int(std::count_if(entered.begin(), entered.end(), [](int times) { return times > 0; }));
}

// Calls run(caller, i), which returns how many threads took part, in several callers' threads, until
// helpers have come so many times.
template <class Run>
void until_helped(int callers, int times, const Run& run) {
  std::atomic<int> helped{0};
  const auto limit = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  std::vector<std::thread> threads;
  for (int caller = 0; caller < callers; caller++) {
    threads.emplace_back([&, caller] {
      for (int i = 0; helped < times && std::chrono::steady_clock::now() < limit; i++) {
        helped += run(caller, i) - 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(helped, times);
}

TEST(Pool, DoesEachItemOnce) {
  BusyPool pool;
  pool.set_processors(8);
  for (int threads = 1; threads <= 6; threads++) {
    for (int count : {1, 2, 3, 7, 64, 1000}) {
      for (int i = 0; i < 20; i++) EXPECT_LE(count_items(pool, threads, count), threads);
    }
  }
  pool.dismiss();
}

TEST(Pool, HelpsOneCallerAgainAndAgain) {
  BusyPool pool;
  pool.set_processors(4);
  until_helped(1, 1000, [&](int, int i) { return count_items(pool, 4, 100 + i % 900); });
  EXPECT_LE(pool.helpers(), 3);
  pool.dismiss();
}

TEST(Pool, HelpsManyCallers) {
  BusyPool pool;
  pool.set_processors(16);
  until_helped(8, 3000, [&](int caller, int i) {
    return count_items(pool, 2 + (caller + i) % 4, 1 + i % 200);
  });
  EXPECT_LE(pool.helpers(), 15);
  pool.dismiss();
}

TEST(Pool, WaitsAsleepForSlowHelpers) {
  BusyPool pool;
  pool.set_processors(8);
  until_helped(3, 300, [&](int, int i) {
    return count_items(pool, 3, 20 + i % 50, std::chrono::microseconds(i % 2 * 300));
  });
  pool.dismiss();
}

TEST(Pool, WakesHelpersThatSleep) {
  BusyPool pool;
  pool.set_processors(3);
  until_helped(1, 300, [&](int, int) {
    std::this_thread::sleep_for(4 * kAwake);
    return count_items(pool, 3, 1000, {}, std::chrono::milliseconds(10));
  });
  pool.dismiss();
}

TEST(Pool, SendsHelpersAwayBesideCallers) {
  BusyPool pool;
  pool.set_processors(8);
  std::atomic<bool> ended{false};
  std::thread other([&] {
    for (int processors = 2; !ended; processors = 2 + processors % 7) {
      pool.dismiss();
      pool.set_processors(processors);
      std::this_thread::sleep_for(std::chrono::microseconds(500));
    }
  });
  until_helped(3, 2000, [&](int, int i) { return count_items(pool, 4, 50 + i % 100); });
  ended = true;
  other.join();
  pool.dismiss();
  EXPECT_EQ(pool.helpers(), 0);
}

TEST(Pool, HasNoHelpersForOneProcessor) {
  BusyPool pool;
  pool.set_processors(1);
  for (int i = 0; i < 100; i++) EXPECT_EQ(count_items(pool, 4, 1000), 1);
  EXPECT_EQ(pool.helpers(), 0);
}

TEST(Workers, ServeManyCallers) {
  ProcessPool pool;
  set_processors(4);
  std::vector<std::thread> callers;
  for (int c = 0; c < 8; c++) {
    callers.emplace_back([&, c] {
      for (int i = 0; i < 2000; i++) count_items(pool, 1 + (c + i) % 4, 1 + i % 50);
    });
  }
  for (std::thread& caller : callers) caller.join();
}

TEST(Workers, ComeAndGoWithTheirCallers) {
  ProcessPool pool;
  dismiss_helpers();
  set_processors(3);
  for (int i = 0; i < 200; i++) {
    std::thread([&] { count_items(pool, 3, 300); }).join();
  }
  EXPECT_LE(helpers(), 2);
  dismiss_helpers();
  EXPECT_EQ(helpers(), 0);
  count_items(pool, 3, 300);
}

TEST(ParallelRanges, TakeEachItemOnce) {
  set_processors(4);
  for (std::int64_t count : {1, 2, 3, 7, 64, 1000}) {
    std::vector<int> done(count);
    parallel(5, count, [&](std::int64_t thread, std::int64_t first, std::int64_t last) {
      EXPECT_LT(thread, 5);
      for (std::int64_t i = first; i < last; i++) done[i]++;
    });
    EXPECT_EQ(done, std::vector<int>(count, 1));
  }
}

// What the system says, in the tests of Calm.
bool has_free = false;

struct GivenLoad {
  bool has_free_processor(int) const { return has_free; }
};

constexpr std::int64_t kMillisecond = 1'000'000;

// After a caller has stood still for all of 8 ms, at the time 0.
void disturb(Calm<GivenLoad>& calm) { calm.add(0, kWatched, 0); }

TEST(Calm, PausesAfterACallerStoodStill) {
  has_free = false;
  Calm<GivenLoad> calm;
  EXPECT_TRUE(calm.at(0, 2));
  calm.add(0, kWatched, kWatched - kWatched / kMuch);
  EXPECT_TRUE(calm.at(0, 2));
  disturb(calm);
  EXPECT_FALSE(calm.at(0, 2));
  EXPECT_FALSE(calm.at(kLeastWhile - 1, 2));
  EXPECT_TRUE(calm.at(kLeastWhile, 2));
  disturb(calm);
  EXPECT_FALSE(calm.at(2 * kLeastWhile - 1, 2));
  EXPECT_TRUE(calm.at(2 * kLeastWhile, 2));
}

TEST(Calm, ComesBackWhenTwoLooksFindAFreeProcessor) {
  has_free = true;
  Calm<GivenLoad> calm;
  disturb(calm);
  EXPECT_FALSE(calm.at(kMillisecond, 2));
  // Too early for another look.
  EXPECT_FALSE(calm.at(2 * kMillisecond - 1, 2));
  EXPECT_TRUE(calm.at(2 * kMillisecond, 2));
  EXPECT_TRUE(calm.at(2 * kMillisecond + 1, 2));
}

TEST(Calm, StaysAwayWhenALookFindsNone) {
  has_free = true;
  Calm<GivenLoad> calm;
  disturb(calm);
  EXPECT_FALSE(calm.at(kMillisecond, 2));
  has_free = false;
  EXPECT_FALSE(calm.at(2 * kMillisecond, 2));
  has_free = true;
  EXPECT_FALSE(calm.at(3 * kMillisecond, 2));
  EXPECT_TRUE(calm.at(4 * kMillisecond, 2));
}

// Whether one of two processors is free, where the system's file has a line.
bool one_of_two_is_free(const char* line) {
  // A file of its own for each process: the tests run at the same time.
  const std::string path = testing::TempDir() + "loadavg-" + std::to_string(getpid());
  std::FILE* file = std::fopen(path.c_str(), "w");
  std::fputs(line, file);
  std::fclose(file);
  const bool free = SystemLoad(path.c_str(), 2).has_free_processor(2);
  std::remove(path.c_str());
  return free;
}

TEST(SystemLoad, CountsThreadsThatWantAProcessor) {
  EXPECT_TRUE(one_of_two_is_free("3.10 1.28 0.36 1/234 5678\n"));
  EXPECT_FALSE(one_of_two_is_free("0.00 0.28 0.36 2/234 5678\n"));
  EXPECT_FALSE(one_of_two_is_free("0.00 0.28 0.36 12/234 5678\n"));
}

TEST(SystemLoad, KnowsNothingFromOtherLines) {
  for (const char* line : {"", "\n", "0.00", "0.00 0.28 0.36", "0.00 0.28 0.36 ", "a b c d"}) {
    EXPECT_FALSE(one_of_two_is_free(line)) << line;
  }
  EXPECT_FALSE(SystemLoad("/nowhere/loadavg", 2).has_free_processor(2));
}

// The others' threads are counted with those of the processors that this process may not use.
TEST(SystemLoad, KnowsNothingOfAPartOfTheProcessors) {
  EXPECT_FALSE(SystemLoad("/proc/loadavg", 1 << 20).has_free_processor(2));
}

}  // namespace
}  // namespace conv4j
