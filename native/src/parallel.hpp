// Splits work between the threads of a problem.
#pragma once

#include <cstdint>

#include "ranges.hpp"
#include "workers.hpp"

namespace conv4j {
namespace {

// A thread's range is taken in so many parts.
constexpr std::int64_t kParts = 4;

// Calls body(thread, ranges) once in each thread that takes part; it calls ranges.take(thread, ...)
// for its parts of [0, count).
template <class Body>
void parallel_ranges(std::int64_t threads, std::int64_t count, const Body& body) {
  if (count <= 1 || threads < 1) threads = 1;
  struct Task {
    const Body& body;
    Ranges ranges;
  } task{body, {threads, count, threads > 1 ? count / (kParts * threads) : count}};
  const auto work = [](void* data, int seat) {
    Task& mine = *static_cast<Task*>(data);
    mine.body(std::int64_t(seat), mine.ranges);
  };
  if (threads <= 1) {
    work(&task, 0);
  } else {
    share(int(threads), work, &task);
  }
}

// Calls body(thread, first, last) for contiguous parts of [0, count), some in each thread.
template <class Body>
void parallel(std::int64_t threads, std::int64_t count, const Body& body) {
  parallel_ranges(threads, count, [&](std::int64_t thread, Ranges& ranges) {
    ranges.take(thread, [&](std::int64_t first, std::int64_t last) { body(thread, first, last); });
  });
}

inline std::int64_t padded(std::int64_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace
}  // namespace conv4j
