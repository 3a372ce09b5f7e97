// For the files with kernels: each is compiled once for each instruction set, which is the
// namespace of its kernels.
#pragma once

#include "kernel.hpp"

// The last argument is a type with packed_bytes, pack, scratch_bytes and run.
#define CONV4J_PLANNED_KERNEL(name, supports, plan, gain, ...)                          \
  namespace conv4j::CONV4J_SET {                                                        \
  extern const Kernel name;                                                             \
  const Kernel name = {supports,          plan,                       gain,             \
                       __VA_ARGS__::packed_bytes, __VA_ARGS__::pack,                    \
                       __VA_ARGS__::scratch_bytes, __VA_ARGS__::run};                   \
  }

// A kernel that has nothing to plan and multiplies as the definition does.
#define CONV4J_KERNEL(name, supports, ...)                                              \
  CONV4J_PLANNED_KERNEL(name, supports, nothing_to_plan, no_gain, __VA_ARGS__)

namespace conv4j {
namespace {

[[maybe_unused]] inline void nothing_to_plan(Problem&) {}
[[maybe_unused]] inline double no_gain(const Problem&) { return 1; }

}  // namespace
}  // namespace conv4j
