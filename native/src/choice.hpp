// A kernel that comes in several variants, as one.
#pragma once

#include <cstdint>

#include "problem.hpp"

namespace conv4j {
namespace {

template <class K>
struct Pick {
  using Kernel = K;
};

// Choice::with(problem, use) returns use(Pick<K>()) for the kernel that computes the problem.
template <class Choice>
struct Chosen {
  static std::int64_t packed_bytes(const Problem& p) {
    return Choice::with(p, [&](auto pick) { return decltype(pick)::Kernel::packed_bytes(p); });
  }
  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    Choice::with(p, [&](auto pick) { decltype(pick)::Kernel::pack(p, weights, bias, packed); });
  }
  static std::int64_t scratch_bytes(const Problem& p) {
    return Choice::with(p, [&](auto pick) { return decltype(pick)::Kernel::scratch_bytes(p); });
  }
  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    Choice::with(p, [&](auto pick) {
      decltype(pick)::Kernel::run(p, input, residual, packed, output, scratch);
    });
  }
};

}  // namespace
}  // namespace conv4j
