// The kernels that there are, and the sets of them, one for each instruction set.
#pragma once

#include "frames.hpp"
#include "kernel.hpp"

namespace conv4j {

// A kernel's number: its place in kernels.def.
namespace kind {
enum Kind {
#define CONV4J_FLOAT32(name) name,
#define CONV4J_BOTH_TYPES(name) name,
#include "kernels.def"
#undef CONV4J_BOTH_TYPES
#undef CONV4J_FLOAT32
  count
};
}  // namespace kind

// The number of a type of elements.
namespace type {
enum Type { float32, float64, count };
}  // namespace type

struct KernelSet {
  const char* name;
  int vector_bytes;
  // Null where there is none for the type.
  const Kernel* kernels[type::count][kind::count];
  void (*run_frames)(const FrameCall&);
};

// The name of a kernel, for numbers below kind::count.
const char* kernel_name(int kind);

// The best set for this processor, or the one that limit_kernels chose.
const KernelSet& kernels();

// Leaves out the sets with longer vectors, unless there is no other. What was packed before does not
// fit the kernels that run afterwards.
void limit_kernels(int vector_bytes);

// All sets that this processor can run, the best first; null ends the list.
const KernelSet* const* runnable_kernels();

}  // namespace conv4j
