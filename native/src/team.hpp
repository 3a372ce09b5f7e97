// The helpers of the calling thread: OpenMP keeps a team for each thread that starts one.
#pragma once

#include <omp.h>
#include <sched.h>

#include <atomic>
#include <chrono>

namespace conv4j {
namespace {

using Clock = std::chrono::steady_clock;

// Helpers that have waited this long may have gone to sleep; libgomp lets them spin for a few
// milliseconds. Helpers that are still awake are roused in 2 microseconds.
constexpr std::chrono::milliseconds kRest{1};

// How long to make way for helpers that do not come, because other programs run in their place.
constexpr std::chrono::milliseconds kPatience{2};

thread_local Clock::time_point last_use;

// Moves the calling thread off a processor, then lets it run anywhere again.
inline void leave_processor(int processor) {
#ifdef __linux__
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  cpu_set_t others = allowed;
  CPU_CLR(processor, &others);
  if (CPU_COUNT(&others) == 0 || sched_setaffinity(0, sizeof others, &others) != 0) return;
  sched_setaffinity(0, sizeof allowed, &allowed);
#else
  (void)processor;
#endif
}

inline int processor() {
#ifdef __linux__
  return sched_getcpu();
#else
  return -1;
#endif
}

// Linux may wake a sleeping helper on the processor of the thread that wakes it, although another
// is idle. There the two take turns, each spinning at the end of its part until the other is given
// the processor: a run of 0.1 ms was measured to take 8 ms. So the caller makes way until all
// helpers are up, and those that find themselves beside it move: 0.1 to 0.2 ms.
inline void rouse(int threads) {
  const int here = processor();
  std::atomic<int> awake{1};
#pragma omp parallel num_threads(threads)
  {
    if (omp_get_thread_num() != 0) {
      if (here >= 0 && processor() == here) leave_processor(here);
      awake.fetch_add(1, std::memory_order_release);
    } else {
      const int team = omp_get_num_threads();
      const auto limit = Clock::now() + kPatience;
      while (awake.load(std::memory_order_acquire) < team && Clock::now() < limit) sched_yield();
    }
  }
}

// Called by the thread that is about to start teams of a size, and when it is done with them.
inline void begin_team(int threads) {
  if (threads > 1 && Clock::now() - last_use > kRest) rouse(threads);
}

inline void end_team(int threads) {
  if (threads > 1) last_use = Clock::now();
}

}  // namespace
}  // namespace conv4j
