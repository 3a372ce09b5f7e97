// What waking helpers may not do: leave one behind, or bind one to a processor for good.

#include "team.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace conv4j {
namespace {

#ifdef __linux__
std::vector<cpu_set_t> affinities(int threads) {
  std::vector<cpu_set_t> sets(threads);
#pragma omp parallel num_threads(threads)
  sched_getaffinity(0, sizeof(cpu_set_t), &sets[omp_get_thread_num()]);
  return sets;
}

TEST(Team, RousedHelpersMayRunWhereTheyMightBefore) {
  const int threads = 3;
  const std::vector<cpu_set_t> before = affinities(threads);
  rouse(threads);
  const std::vector<cpu_set_t> after = affinities(threads);
  for (int i = 0; i < threads; i++) EXPECT_TRUE(CPU_EQUAL(&before[i], &after[i])) << i;
}

TEST(Team, LeavingAProcessorIsNotForGood) {
  std::thread([] {
    cpu_set_t before, after;
    sched_getaffinity(0, sizeof before, &before);
    leave_processor(sched_getcpu());
    sched_getaffinity(0, sizeof after, &after);
    EXPECT_TRUE(CPU_EQUAL(&before, &after));
  }).join();
}

TEST(Team, AThreadThatHasOneProcessorStaysThere) {
  std::thread([] {
    const int only = sched_getcpu();
    cpu_set_t one, after;
    CPU_ZERO(&one);
    CPU_SET(only, &one);
    ASSERT_EQ(0, sched_setaffinity(0, sizeof one, &one));
    leave_processor(only);
    sched_getaffinity(0, sizeof after, &after);
    EXPECT_TRUE(CPU_EQUAL(&one, &after));
    EXPECT_EQ(only, sched_getcpu());
  }).join();
}
#endif

TEST(Team, EveryCallerCanRouseItsOwn) {
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; i++) {
    callers.emplace_back([] {
      for (int run = 0; run < 50; run++) {
        last_use = {};
        begin_team(2);
        end_team(2);
        EXPECT_NE(Clock::time_point{}, last_use);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
}

TEST(Team, OneThreadNeedsNoHelpers) {
  last_use = {};
  begin_team(1);
  end_team(1);
  EXPECT_EQ(Clock::time_point{}, last_use);
}

}  // namespace
}  // namespace conv4j
