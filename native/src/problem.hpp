// One convolution or transposed convolution, channels-last, always in three spatial dimensions.
#pragma once

#include <cstdint>

namespace conv4j {

// What is applied to the sums; NativeFunction.java has the same numbers. The rectifier has a slope
// for negative sums and a limit. Those behind it are for float32.
enum class Function : std::int64_t { none, rectifier, sigmoid, silu, tanh, hard_silu };

// NativeProblem.java writes this structure field by field, in this order.
struct Problem {
  std::int64_t transposed;
  std::int64_t batch;
  std::int64_t groups;
  std::int64_t channels;
  std::int64_t filters;
  std::int64_t input[3];
  std::int64_t output[3];
  std::int64_t kernel[3];
  std::int64_t stride[3];
  std::int64_t dilation[3];
  std::int64_t pad[3];
  std::int64_t function;
  std::int64_t threads;
  // What the kernel's plan chose; for Winograd's the edge of its tiles of inputs.
  std::int64_t choice;
  double slope;
  double limit;

  std::int64_t taps() const { return kernel[0] * kernel[1] * kernel[2]; }
  std::int64_t pixels() const { return batch * output[0] * output[1] * output[2]; }
  // What an axis has with its padding, as far as outputs read it.
  std::int64_t padded(int axis) const {
    return (output[axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1;
  }
  // Whether that is so little that a kernel may as well copy it. Dilations and padding of millions
  // would make it copy, or allocate, millions of times what there is to compute.
  bool is_padded_little(int axis) const {
    return padded(axis) <= 4096 + 4 * (input[axis] + output[axis]);
  }
  std::int64_t group_channels() const { return channels / groups; }
  std::int64_t group_filters() const { return filters / groups; }
};

static_assert(sizeof(Problem) == 28 * 8, "NativeProblem.java counts on this size");

}  // namespace conv4j
