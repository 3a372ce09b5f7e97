#pragma once

#include <cstdint>

#include "chain.hpp"

namespace conv4j::baseline {

// Nanoseconds that some runs, one after the other, take together.
std::int64_t time_runs(const Chain& chain, std::int64_t runs);

struct Timing {
  double median_nanoseconds;
  double least_nanoseconds;
};

// The time of one run, from batches long enough for the clock.
Timing time_batches(const Chain& chain);

}
