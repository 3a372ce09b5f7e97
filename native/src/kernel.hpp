// What a kernel is to the rest of the program, and the list of them.
#pragma once

#include <cstdint>

#include "problem.hpp"

namespace conv4j {

// One kernel for one data type and instruction set. All sizes are in bytes. Memory belongs to the
// caller, who has checked every size; a kernel allocates nothing and throws nothing.
struct Kernel {
  // The size of the packed weights, which also hold the bias and whatever else run needs.
  std::int64_t (*packed_bytes)(const Problem&);
  // Packs weights in Keras's order; bias may be null.
  void (*pack)(const Problem&, const void* weights, const void* bias, void* packed);
  std::int64_t (*scratch_bytes)(const Problem&);
  // residual: null, or what is added to the sums, as large as the output and apart from it.
  void (*run)(const Problem&, const void* input, const void* residual, const void* packed,
              void* output, void* scratch);
};

// NativeKernel.java numbers the kernels in this order.
enum KernelKind {
  kDense,
  kDepthwise,
  kGrouped,
  kImage,
  kWinograd,
  kStem,
  kPointwise,
  kPatch,
  kKernelKinds
};

struct KernelSet {
  const char* name;
  int vector_bytes;
  // Null where there is none.
  const Kernel* float32[kKernelKinds];
  const Kernel* float64[kKernelKinds];
};

// The best set for this processor, or the one that limit_kernels chose.
const KernelSet& kernels();

// Leaves out the sets with longer vectors, unless there is no other. What was packed before does not
// fit the kernels that run afterwards.
void limit_kernels(int vector_bytes);

// All sets that this processor can run, the best first; null ends the list.
const KernelSet* const* runnable_kernels();

}  // namespace conv4j
