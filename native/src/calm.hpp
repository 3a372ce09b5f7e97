// When helpers do harm.
#pragma once

#include <atomic>
#include <cstdint>

namespace conv4j {

// Where others want the processors, too, a helper does harm: for each few milliseconds that it works,
// the system puts it aside for as long, and its caller waits; or the system puts the caller aside,
// which would have a processor of its own without it. When callers have stood still for more than a
// fourth of such a time, there are no helpers for a while, which gets longer from time to time, and
// shorter when all goes well. The while ends early when the system says that a processor is free, at
// two looks one after the other.
constexpr std::int64_t kWatched = 8'000'000;
constexpr std::int64_t kMuch = 4;
constexpr std::int64_t kLeastWhile = 10'000'000;
constexpr std::int64_t kMostWhile = 640'000'000;
constexpr std::int64_t kBetweenLooks = 1'000'000;
constexpr int kLooks = 2;

// Whether the processors are free for helpers. Its load is a SystemLoad, or what a test says.
template <class Load>
class Calm {
 public:
  bool at(std::int64_t time, int processors) {
    const std::int64_t since = since_.load(std::memory_order_relaxed);
    if (time < since && !ends_early(time, processors)) return false;
    const std::int64_t pause = while_.load(std::memory_order_relaxed);
    if (pause > kLeastWhile && time - since > pause) {
      while_.store(pause / 2, std::memory_order_relaxed);
      since_.store(time, std::memory_order_relaxed);
    }
    return true;
  }

  // A caller has had helpers for some time until now, of which it has run for so long.
  void add(std::int64_t time, std::int64_t passed, std::int64_t running) {
    stood_.fetch_add(passed - running, std::memory_order_relaxed);
    if (watched_.fetch_add(passed, std::memory_order_relaxed) + passed < kWatched) return;
    const std::int64_t all = watched_.exchange(0, std::memory_order_relaxed);
    if (kMuch * stood_.exchange(0, std::memory_order_relaxed) <= all) return;
    const std::int64_t pause = while_.load(std::memory_order_relaxed);
    since_.store(time + pause, std::memory_order_relaxed);
    if (pause < kMostWhile) while_.store(2 * pause, std::memory_order_relaxed);
  }

 private:
  bool ends_early(std::int64_t time, int processors) {
    std::int64_t look = look_.load(std::memory_order_relaxed);
    if (time < look) return false;
    // Of several callers one looks.
    if (!look_.compare_exchange_strong(look, time + kBetweenLooks, std::memory_order_relaxed)) {
      return false;
    }
    if (!load_.has_free_processor(processors)) {
      free_.store(0, std::memory_order_relaxed);
      return false;
    }
    if (free_.fetch_add(1, std::memory_order_relaxed) + 1 < kLooks) return false;
    free_.store(0, std::memory_order_relaxed);
    since_.store(time, std::memory_order_relaxed);
    return true;
  }

  const Load load_{};
  std::atomic<std::int64_t> look_{0};
  std::atomic<int> free_{0};
  std::atomic<std::int64_t> since_{0};
  std::atomic<std::int64_t> while_{kLeastWhile};
  std::atomic<std::int64_t> watched_{0};
  std::atomic<std::int64_t> stood_{0};
};

}  // namespace conv4j
