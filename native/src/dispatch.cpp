#include "kernel.hpp"

namespace conv4j {

extern const KernelSet baseline;
#ifdef CONV4J_X86
extern const KernelSet avx2;
extern const KernelSet avx512;
#endif

namespace {

struct Runnable {
  const KernelSet* sets[4] = {};

  Runnable() {
    int count = 0;
#ifdef CONV4J_X86
    __builtin_cpu_init();
    const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
      sets[count++] = &avx512;
    }
    if (has_avx2) {
      sets[count++] = &avx2;
    }
#endif
    sets[count] = &baseline;
  }
};

}  // namespace

const KernelSet* const* runnable_kernels() {
  static const Runnable runnable;
  return runnable.sets;
}

const KernelSet& kernels() { return *runnable_kernels()[0]; }

}  // namespace conv4j
