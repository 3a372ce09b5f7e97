#include <atomic>

#include "kernel_set.hpp"

namespace conv4j {

namespace baseline {
extern const KernelSet kernels;
}
#ifdef CONV4J_X86
namespace avx2 {
extern const KernelSet kernels;
}
namespace avx512 {
extern const KernelSet kernels;
}
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
      sets[count++] = &avx512::kernels;
    }
    if (has_avx2) {
      sets[count++] = &avx2::kernels;
    }
#endif
    sets[count] = &baseline::kernels;
  }
};

std::atomic<const KernelSet*> chosen{nullptr};

}  // namespace

const char* kernel_name(int kind) {
  static constexpr const char* kNames[] = {
#define CONV4J_FLOAT32(name) #name,
#define CONV4J_BOTH_TYPES(name) #name,
#include "kernels.def"
#undef CONV4J_BOTH_TYPES
#undef CONV4J_FLOAT32
  };
  return kNames[kind];
}

const KernelSet* const* runnable_kernels() {
  static const Runnable runnable;
  return runnable.sets;
}

void limit_kernels(int vector_bytes) {
  const KernelSet* const* set = runnable_kernels();
  while ((*set)->vector_bytes > vector_bytes && set[1] != nullptr) {
    set++;
  }
  chosen = *set;
}

const KernelSet& kernels() {
  const KernelSet* const set = chosen.load(std::memory_order_relaxed);
  return set == nullptr ? *runnable_kernels()[0] : *set;
}

}  // namespace conv4j
