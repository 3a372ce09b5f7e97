#include "workers.hpp"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "ranges.hpp"
#include "system_load.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace conv4j {
namespace {

using Clock = std::chrono::steady_clock;

// How long a helper without work, or a caller whose helpers are not done yet, stays awake: about as
// long as it takes to wake it.
constexpr std::chrono::microseconds kAwake{50};

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

// How long a helper sleeps before it ends.
constexpr std::chrono::seconds kAsleep{3};

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

inline std::int64_t nanoseconds() {
  return std::chrono::nanoseconds(Clock::now().time_since_epoch()).count();
}

// What the calling thread has run, asleep or put aside not counted.
inline std::int64_t running_nanoseconds() {
  timespec time;
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0) return 0;
  return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
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

// Whether the processors are free for helpers.
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

  const SystemLoad load_;
  std::atomic<std::int64_t> look_{0};
  std::atomic<int> free_{0};
  std::atomic<std::int64_t> since_{0};
  std::atomic<std::int64_t> while_{kLeastWhile};
  std::atomic<std::int64_t> watched_{0};
  std::atomic<std::int64_t> stood_{0};
};

class Pool {
 public:
  void share(int limit, Work work, void* data) {
    if (limit > Offer::kMostSeats) limit = Offer::kMostSeats;
    // With as many callers as processors, there is nobody to help.
    const int processors = processors_.load(std::memory_order_relaxed);
    const bool crowded = busy_.fetch_add(1) + 1 >= processors;
    const std::int64_t start = nanoseconds();
    const bool alone = limit <= 1 || crowded || !calm_.at(start, processors);
    const int place = alone ? kPlaces : take_place();
    if (place == kPlaces) {
      work(data, 0);
    } else {
      const std::int64_t running = running_nanoseconds();
      const std::uint64_t bit = std::uint64_t(1) << place;
      offers_[place].open(limit, work, data);
      open_.fetch_or(bit);
      call_helper();
      work(data, 0);
      open_.fetch_and(~bit);
      offers_[place].close();
      places_.fetch_and(~bit);
      const std::int64_t end = nanoseconds();
      calm_.add(end, end - start, running_nanoseconds() - running);
    }
    busy_.fetch_sub(1);
  }

  void set_processors(int count) { processors_.store(count); }

  void dismiss() {
    std::unique_lock<std::mutex> lock(mutex_);
    dismissed_ = true;
    wake_.notify_all();
    ended_.wait(lock, [&] { return alive_ == 0; });
    dismissed_ = false;
    join_ended();
  }

  int helpers() {
    std::lock_guard<std::mutex> lock(mutex_);
    return alive_;
  }

 private:
  static constexpr int kPlaces = 64;
  static constexpr int kMostHelpers = Offer::kMostSeats - 1;

  struct Helper {
    std::thread thread;
    bool alive = false;
  };

  // Returns kPlaces if all are taken.
  int take_place() {
    std::uint64_t taken = places_.load();
    while (~taken != 0) {
      const int place = __builtin_ctzll(~taken);
      if (places_.compare_exchange_weak(taken, taken | std::uint64_t(1) << place)) return place;
    }
    return kPlaces;
  }

  // Somebody who is awake finds the offer without a call.
  void call_helper() {
    if (looking_.load() > 0) return;
    std::lock_guard<std::mutex> lock(mutex_);
    if (asleep_ > 0) {
      wake_.notify_one();
    } else if (alive_ < processors_.load() - 1 && alive_ < kMostHelpers && !dismissed_) {
      start_helper();
    }
  }

  void start_helper() {
    join_ended();
    for (Helper& helper : helpers_) {
      if (helper.alive) continue;
      // No signal of the process is for a helper.
      sigset_t all, before;
      sigfillset(&all);
      pthread_sigmask(SIG_SETMASK, &all, &before);
      try {
        helper.thread = std::thread([this, &helper] { help(helper); });
        helper.alive = true;
        alive_++;
      } catch (...) {
        // Without a thread to be had, the caller does it all.
      }
      pthread_sigmask(SIG_SETMASK, &before, nullptr);
      return;
    }
  }

  void join_ended() {
    for (Helper& helper : helpers_) {
      if (!helper.alive && helper.thread.joinable()) helper.thread.join();
    }
  }

  void help(Helper& self) {
    // The same one again and again, whose part of the work is in this thread's cache.
    const int seat = int(&self - helpers_) + 1;
    while (true) {
      looking_.fetch_add(1);
      const bool helped = stay_awake([&] { return open_.load() != 0 && may_help() && enter_some(seat); });
      if (helped && !dismissed_.load(std::memory_order_relaxed)) continue;
      if (helped) looking_.fetch_add(1);
      looking_.fetch_sub(1);
      std::unique_lock<std::mutex> lock(mutex_);
      // An offer may have been made while the caller saw this thread look for one.
      if (!dismissed_ && open_.load() != 0 && may_help()) continue;
      asleep_++;
      const bool rested =
          dismissed_ || wake_.wait_for(lock, kAsleep) == std::cv_status::timeout || dismissed_;
      asleep_--;
      if (rested) {
        self.alive = false;
        alive_--;
        ended_.notify_all();
        return;
      }
    }
  }

  bool may_help() const { return busy_.load() < processors_.load(std::memory_order_relaxed); }

  // While it works, this thread does not count as one that looks for work, and neither afterwards.
  bool enter_some(int wanted) {
    if (busy_.fetch_add(1) < processors_.load(std::memory_order_relaxed)) {
      for (std::uint64_t open = open_.load(); open != 0; open &= open - 1) {
        Offer& offer = offers_[__builtin_ctzll(open)];
        if (const int seat = offer.enter(wanted)) {
          looking_.fetch_sub(1);
          if (may_help() && offer.has_room()) call_helper();
          offer.work(seat);
          busy_.fetch_sub(1);
          return true;
        }
      }
    }
    busy_.fetch_sub(1);
    return false;
  }

  // Apart, so that who looks at one does not slow down who changes another.
  alignas(64) std::atomic<std::uint64_t> open_{0};
  alignas(64) std::atomic<int> busy_{0};
  alignas(64) std::atomic<int> looking_{0};
  alignas(64) std::atomic<std::uint64_t> places_{0};
  alignas(64) Calm calm_;
  std::atomic<int> processors_{1};
  std::atomic<bool> dismissed_{false};
  Offer offers_[kPlaces];

  // Guards what follows.
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable ended_;
  int asleep_ = 0;
  int alive_ = 0;
  Helper helpers_[kMostHelpers];
};

// Never destroyed: a helper may still run when the process ends.
Pool& pool() {
  static Pool* const pool = new Pool();
  return *pool;
}

}  // namespace

void share(int limit, Work work, void* data) { pool().share(limit, work, data); }

void set_processors(int count) { pool().set_processors(count); }

void dismiss_helpers() { pool().dismiss(); }

int helpers() { return pool().helpers(); }

}  // namespace conv4j
