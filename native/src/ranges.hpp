// Who takes which part of some work.
#pragma once

#include <atomic>
#include <cstdint>

namespace conv4j {

// Numbers from 0 for several threads. Each has a range of its own, which it takes part by part from
// the front; when it is done, it takes from the end of the others' what they have not begun. So a
// thread that is late, or does not come, leaves what it has no time for to the others. If all are
// in time, each works on what it worked on in the layer before, which is in its cache.
class Ranges {
 public:
  static constexpr int kMost = 64;

  // At most so many numbers are taken at a time. There are fewer than 2^32, as of a tensor's elements.
  Ranges(std::int64_t seats, std::int64_t count, std::int64_t part)
      : seats_(seats < kMost ? int(seats) : kMost), part_(part < 1 ? 1 : part) {
    for (int seat = 0; seat < seats_; seat++) {
      ranges_[seat].ends.store(ends(count * seat / seats_, count * (seat + 1) / seats_),
                               std::memory_order_relaxed);
    }
  }

  // Calls body(first, last) for each part that the thread on a seat gets.
  template <class Body>
  void take(std::int64_t seat, const Body& body) {
    const int own = int(seat);
    std::int64_t first, last;
    while (from_front(ranges_[own].ends, first, last)) body(first, last);
    for (int other = own + 1; other < own + seats_; other++) {
      while (from_end(ranges_[other % seats_].ends, first, last)) body(first, last);
    }
  }

 private:
  // Both ends of a range are in one word.
  using Ends = std::atomic<std::uint64_t>;

  static std::uint64_t ends(std::int64_t first, std::int64_t last) {
    return std::uint64_t(first) << 32 | std::uint64_t(last);
  }

  bool from_front(Ends& range, std::int64_t& first, std::int64_t& last) const {
    std::uint64_t now = range.load(std::memory_order_relaxed);
    std::int64_t end;
    do {
      first = std::int64_t(now >> 32);
      end = std::int64_t(now & 0xffffffff);
      if (first >= end) return false;
      last = end - first > part_ ? first + part_ : end;
    } while (!range.compare_exchange_weak(now, ends(last, end), std::memory_order_relaxed));
    return true;
  }

  bool from_end(Ends& range, std::int64_t& first, std::int64_t& last) const {
    std::uint64_t now = range.load(std::memory_order_relaxed);
    std::int64_t begin;
    do {
      begin = std::int64_t(now >> 32);
      last = std::int64_t(now & 0xffffffff);
      if (begin >= last) return false;
      first = last - begin > part_ ? last - part_ : begin;
    } while (!range.compare_exchange_weak(now, ends(begin, first), std::memory_order_relaxed));
    return true;
  }

  struct alignas(64) Range {
    Ends ends;
  };

  const int seats_;
  const std::int64_t part_;
  Range ranges_[kMost];
};

}  // namespace conv4j
