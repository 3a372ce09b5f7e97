// The pool: all of the work is done once, whoever comes to do it.
#include "workers.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "parallel.hpp"
#include "system_load.hpp"

namespace conv4j {
namespace {

// Counts how often each item is done, and that no two threads have the same number.
void count_items(std::int64_t threads, std::int64_t count) {
  std::vector<std::atomic<int>> done(count);
  std::vector<std::atomic<int>> inside(threads);
  parallel_ranges(threads, count, [&](std::int64_t thread, Ranges& ranges) {
    ASSERT_LT(thread, threads);
    EXPECT_EQ(inside[thread].fetch_add(1), 0);
    ranges.take(thread, [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t i = first; i < last; i++) done[i]++;
    });
    inside[thread].fetch_sub(1);
  });
  for (std::int64_t i = 0; i < count; i++) ASSERT_EQ(done[i], 1) << i << " of " << count;
}

TEST(Workers, DoEachItemOnce) {
  set_processors(4);
  for (std::int64_t threads = 1; threads <= 5; threads++) {
    for (std::int64_t count : {1, 2, 3, 7, 64, 1000}) {
      for (int i = 0; i < 20; i++) count_items(threads, count);
    }
  }
}

TEST(Workers, ServeManyCallers) {
  set_processors(4);
  std::vector<std::thread> callers;
  for (int c = 0; c < 8; c++) {
    callers.emplace_back([c] {
      for (int i = 0; i < 2000; i++) count_items(1 + (c + i) % 4, 1 + i % 50);
    });
  }
  for (std::thread& caller : callers) caller.join();
}

TEST(Workers, ComeAndGoWithTheirCallers) {
  dismiss_helpers();
  set_processors(3);
  for (int i = 0; i < 200; i++) {
    std::thread([] { count_items(3, 300); }).join();
  }
  EXPECT_LE(helpers(), 2);
  dismiss_helpers();
  EXPECT_EQ(helpers(), 0);
  count_items(3, 300);
}

TEST(Workers, AreNoneForOneProcessor) {
  dismiss_helpers();
  set_processors(1);
  count_items(4, 1000);
  EXPECT_EQ(helpers(), 0);
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
