#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace conv4j::baseline {

using Sizes = std::vector<std::int64_t>;

// One convolution of channels-last activations. Sizes have one entry for each spatial axis;
// dilation is zero-based, padding at the end may be negative.
struct Problem {
  bool transposed = false;
  bool bias = false;
  std::int64_t batch = 1;
  std::int64_t groups = 1;
  std::int64_t channels = 0;
  std::int64_t filters = 0;
  Sizes input;
  Sizes output;
  Sizes kernel;
  Sizes stride;
  Sizes dilation;
  Sizes pad_begin;
  Sizes pad_end;

  std::size_t rank() const { return input.size(); }
  std::int64_t group_channels() const { return channels / groups; }
  std::int64_t group_filters() const { return filters / groups; }
};

inline std::int64_t product(const Sizes& sizes) {
  std::int64_t result = 1;
  for (const std::int64_t size : sizes) {
    result *= size;
  }
  return result;
}

// Something to measure: problems that follow each other. Only the last one has a bias.
struct Case {
  std::string name;
  std::vector<Problem> problems;
};

}
