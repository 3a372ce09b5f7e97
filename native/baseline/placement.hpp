#pragma once

#include <cstddef>
#include <vector>

#include "problem.hpp"

namespace conv4j::baseline {

// Where the numbers of a case lie in one block of memory that starts a page: the input at its
// start, then the output, then the constants, each at the start of a page but for the output, which
// starts 1024 bytes into one. The processor compares the last 12 bits of addresses to find loads
// that must wait for stores, so that without the shift some kernels take 30% longer.
struct Placement {
  std::size_t output = 0;
  // For each problem the kernel, as Keras stores it, and the bias if there is one.
  std::vector<std::size_t> constants;
  std::size_t bytes = 0;
};

Placement place(const Case& source);

}
