// The end of a residual block: adds the input to the output, in place, then the activation. The
// problem is the convolution that made the output.
#pragma once

#include "parallel.hpp"
#include "vector.hpp"

namespace conv4j {
namespace {

template <class T>
struct Sum {
  static std::int64_t packed_bytes(const Problem&) { return 0; }
  static void pack(const Problem&, const void*, const void*, void*) {}
  static std::int64_t scratch_bytes(const Problem&) { return 0; }

  static void run(const Problem& p, const void* input, const void*, void* output, void*) {
    constexpr std::int64_t kL = kLanes<T>;
    const std::int64_t count = p.pixels() * p.filters;
    const T* from = static_cast<const T*>(input);
    T* to = static_cast<T*>(output);
    const Activation<T> activation(p);
    parallel(p.threads, (count + kL - 1) / kL,
             [&](std::int64_t, std::int64_t first, std::int64_t last) {
      std::int64_t i = first * kL;
      for (; i < last * kL && i + kL <= count; i += kL) {
        store(to + i, activation(load(to + i) + load(from + i)));
      }
      if (i < last * kL && i < count) {
        const int left = int(count - i);
        store_some(to + i, activation(load_some(to + i, left) + load_some(from + i, left)), left);
      }
    });
  }
};

}  // namespace
}  // namespace conv4j
