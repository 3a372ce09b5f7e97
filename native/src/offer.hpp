// Where a caller's work waits for helpers.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "ranges.hpp"
#include "workers.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace conv4j {

using Clock = std::chrono::steady_clock;

// How long a helper without work, or a caller whose helpers are not done yet, stays awake: about as
// long as it takes to wake it.
constexpr std::chrono::microseconds kAwake{50};

// How many pauses there are between two looks at the clock.
constexpr int kPauses = 16;

inline void pause() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("isb");
#endif
}

// Waits for a condition without sleeping; returns whether it came.
template <class Condition>
bool stay_awake(const Condition& condition) {
  const auto limit = Clock::now() + kAwake;
  do {
    for (int i = 0; i < kPauses; i++) {
      if (condition()) return true;
      pause();
    }
  } while (Clock::now() < limit);
  return condition();
}

// A place where a caller offers work. Its state is one word, so that a helper enters in one step:
// the number of the offer, whether it is open, how many may enter, how many are inside.
class alignas(64) Offer {
 public:
  static constexpr int kMostSeats = Ranges::kMost;

  // Caller: makes the offer, when nobody is inside.
  void open(int limit, Work work, void* data) {
    work_ = work;
    data_ = data;
    // Those beyond the limit are taken, and the caller's.
    seats_.store(limit < kMostSeats ? ~std::uint64_t(0) << limit | 1 : 1, std::memory_order_relaxed);
    const std::uint64_t number = (state_.load(std::memory_order_relaxed) >> kNumber) + 1;
    state_.store(number << kNumber | kOpen | std::uint64_t(limit - 1) << kLimit);
  }

  // Caller: lets nobody enter any more, and waits for those inside.
  void close() {
    if ((state_.fetch_and(~kOpen) & kInside) == 0) return;
    const auto empty = [&] { return (state_.load() & kInside) == 0; };
    if (stay_awake(empty)) return;
    std::unique_lock<std::mutex> lock(mutex_);
    asleep_.store(true);
    left_.wait(lock, empty);
    asleep_.store(false);
  }

  // Helper: takes a seat, the one it wants if it is free; 0 if the offer is not open, or all are
  // taken.
  int enter(int wanted) {
    std::uint64_t state = state_.load();
    do {
      if (!has_room(state)) return 0;
    } while (!state_.compare_exchange_weak(state, state + 1));
    // There is a free one for all who enter.
    std::uint64_t taken = seats_.load();
    while (true) {
      const bool free = (taken >> wanted & 1) == 0;
      const int seat = free ? wanted : __builtin_ctzll(~taken);
      if (seats_.compare_exchange_weak(taken, taken | std::uint64_t(1) << seat)) return seat;
    }
  }

  bool has_room() const { return has_room(state_.load()); }

  // Helper: works on its seat, and leaves.
  void work(int seat) {
    work_(data_, seat);
    seats_.fetch_and(~(std::uint64_t(1) << seat));
    if (((state_.fetch_sub(1) - 1) & (kOpen | kInside)) == 0 && asleep_.load()) {
      std::lock_guard<std::mutex> lock(mutex_);
      left_.notify_all();
    }
  }

 private:
  static constexpr std::uint64_t kInside = 0x7f;
  static constexpr int kLimit = 8;
  static constexpr std::uint64_t kOpen = 1 << 15;
  static constexpr int kNumber = 16;

  static bool has_room(std::uint64_t state) {
    return (state & kOpen) != 0 && (state & kInside) < (state >> kLimit & kInside);
  }

  std::atomic<std::uint64_t> state_{0};
  std::atomic<std::uint64_t> seats_{0};
  std::atomic<bool> asleep_{false};
  Work work_ = nullptr;
  void* data_ = nullptr;
  std::mutex mutex_;
  std::condition_variable left_;
};

}  // namespace conv4j
