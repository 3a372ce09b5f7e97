// What a kernel is to the rest of the program.
#pragma once

#include <cstdint>

#include "problem.hpp"

namespace conv4j {

// One kernel for one data type and instruction set. All sizes are in bytes. Memory belongs to the
// caller, who has checked every size; a kernel allocates nothing and throws nothing.
struct Kernel {
  // Whether it computes the problem at all; the other functions are only for those that it does.
  bool (*supports)(const Problem&);
  // Makes the problem's choices, before anything else is done with it.
  void (*plan)(Problem&);
  // How many times as much the definition multiplies, for problems that are planned; below 1 where
  // what else this kernel spends outweighs that. 1 for kernels that multiply as the definition does.
  double (*gain)(const Problem&);
  // The size of the packed weights, which also hold the bias and whatever else run needs.
  std::int64_t (*packed_bytes)(const Problem&);
  // Packs weights in Keras's order; bias may be null.
  void (*pack)(const Problem&, const void* weights, const void* bias, void* packed);
  std::int64_t (*scratch_bytes)(const Problem&);
  // residual: null, or what is added to the sums, as large as the output and apart from it.
  void (*run)(const Problem&, const void* input, const void* residual, const void* packed,
              void* output, void* scratch);
};

}  // namespace conv4j
