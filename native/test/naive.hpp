// The definition, in plain loops, and small integers that make every sum exact.
#pragma once

#include <cmath>
#include <random>
#include <vector>

#include "problem.hpp"

namespace conv4j {

template <class T>
std::vector<T> integers(std::int64_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<T> values(count);
  for (T& value : values) {
    value = T(int(random() % 9) - 4);
  }
  return values;
}

// What a kernel tap adds to the sum of an output element, over the channels of its group.
template <class T>
double tap(const Problem& p, const std::vector<T>& input, const std::vector<T>& weights,
           std::int64_t n, const std::int64_t (&o)[3], const std::int64_t (&k)[3], std::int64_t f) {
  std::int64_t pixel = n;
  std::int64_t tap = 0;
  for (int axis = 0; axis < 3; axis++) {
    std::int64_t at = o[axis] * p.stride[axis] - p.pad[axis] + k[axis] * p.dilation[axis];
    if (p.transposed) {
      at = o[axis] + p.pad[axis] - k[axis] * p.dilation[axis];
      if (at % p.stride[axis] != 0) {
        return 0;
      }
      at /= p.stride[axis];
    }
    if (at < 0 || at >= p.input[axis]) {
      return 0;
    }
    pixel = pixel * p.input[axis] + at;
    tap = tap * p.kernel[axis] + k[axis];
  }
  const std::int64_t first = f / p.group_filters() * p.group_channels();
  double sum = 0;
  for (std::int64_t c = 0; c < p.group_channels(); c++) {
    const std::int64_t w = p.transposed ? (tap * p.filters + f) * p.channels + c
                                        : (tap * p.group_channels() + c) * p.filters + f;
    sum += double(input[pixel * p.channels + first + c]) * double(weights[w]);
  }
  return sum;
}

inline double activated(const Problem& p, double x) {
  if (p.function == 0) {
    return x;
  }
  return x > 0 ? std::min(x, p.limit) : p.slope == 0 ? 0 : p.slope * x;
}

// Before the residual and the activation.
template <class T>
std::vector<double> naive_sums(const Problem& p, const std::vector<T>& input,
                               const std::vector<T>& weights, const std::vector<T>& bias) {
  std::vector<double> sums;
  for (std::int64_t n = 0; n < p.batch; n++) {
    std::int64_t o[3];
    for (o[0] = 0; o[0] < p.output[0]; o[0]++) {
      for (o[1] = 0; o[1] < p.output[1]; o[1]++) {
        for (o[2] = 0; o[2] < p.output[2]; o[2]++) {
          for (std::int64_t f = 0; f < p.filters; f++) {
            double sum = bias.empty() ? 0 : double(bias[f]);
            std::int64_t k[3];
            for (k[0] = 0; k[0] < p.kernel[0]; k[0]++) {
              for (k[1] = 0; k[1] < p.kernel[1]; k[1]++) {
                for (k[2] = 0; k[2] < p.kernel[2]; k[2]++) {
                  sum += tap(p, input, weights, n, o, k, f);
                }
              }
            }
            sums.push_back(sum);
          }
        }
      }
    }
  }
  return sums;
}

// The output; there may be no residual.
template <class T>
std::vector<T> finished(const Problem& p, const std::vector<double>& sums,
                        const std::vector<T>& residual) {
  std::vector<T> output;
  for (std::size_t i = 0; i < sums.size(); i++) {
    output.push_back(T(activated(p, residual.empty() ? sums[i] : sums[i] + double(residual[i]))));
  }
  return output;
}

}  // namespace conv4j
