// The pool: all of the work is done once, whoever comes to do it.
#include "workers.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "parallel.hpp"

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

}  // namespace
}  // namespace conv4j
