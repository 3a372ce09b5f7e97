// The threads that help, and who gets them.
#pragma once

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "offer.hpp"
#include "workers.hpp"

namespace conv4j {

// How long a helper sleeps before it ends.
constexpr std::chrono::seconds kAsleep{3};

inline std::int64_t nanoseconds() {
  return std::chrono::nanoseconds(Clock::now().time_since_epoch()).count();
}

// What the calling thread has run, asleep or put aside not counted.
inline std::int64_t running_nanoseconds() {
  timespec time;
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0) return 0;
  return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

// The helpers, and the callers that they help. Its calm is a Calm, or what a test says. The helpers
// must be dismissed before it is destroyed.
template <class Calm>
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

}  // namespace conv4j
