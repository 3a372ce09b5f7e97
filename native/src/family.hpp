// For the files with kernels: each is compiled once for each instruction set, which is the
// namespace of its kernels.
#pragma once

#include "kernel.hpp"

#define CONV4J_KERNEL(name, ...)                                                             \
  namespace conv4j::CONV4J_SET {                                                             \
  extern const Kernel name;                                                                  \
  const Kernel name = {__VA_ARGS__::packed_bytes, __VA_ARGS__::pack,                         \
                       __VA_ARGS__::scratch_bytes, __VA_ARGS__::run};                        \
  }
