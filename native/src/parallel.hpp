// Splits work between the threads of a problem.
#pragma once

#include <omp.h>

#include <cstdint>

namespace conv4j {
namespace {

// Calls body(thread, first, last) once in each thread, for contiguous parts of [0, count). OpenMP
// may start fewer threads than asked for, never more.
template <class Body>
void parallel(std::int64_t threads, std::int64_t count, const Body& body) {
  if (threads <= 1 || count <= 1) {
    body(std::int64_t(0), std::int64_t(0), count);
    return;
  }
#pragma omp parallel num_threads(int(threads))
  {
    const std::int64_t team = omp_get_num_threads();
    const std::int64_t thread = omp_get_thread_num();
    body(thread, count * thread / team, count * (thread + 1) / team);
  }
}

inline std::int64_t padded(std::int64_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace
}  // namespace conv4j
