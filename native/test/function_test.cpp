// The functions behind sums, for every instruction set of this processor.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "kernel_set.hpp"

namespace conv4j {
namespace {

double definition(Function function, double x) {
  switch (function) {
    case Function::sigmoid: return 1 / (1 + std::exp(-x));
    case Function::silu: return x / (1 + std::exp(-x));
    case Function::tanh: return std::tanh(x);
    case Function::hard_silu: return x * std::fmin(std::fmax(x / 6 + 0.5, 0), 1);
    default: return x;
  }
}

constexpr Function kFunctions[] = {Function::sigmoid, Function::silu, Function::tanh,
                                   Function::hard_silu};

// A depthwise convolution with a single tap of 1 applies nothing else.
std::vector<float> applied(const KernelSet& set, Function function, const std::vector<float>& x) {
  Problem p = {};
  p.batch = 1;
  p.groups = p.channels = p.filters = std::int64_t(x.size());
  p.threads = 1;
  p.function = std::int64_t(function);
  for (int axis = 0; axis < 3; axis++) {
    p.input[axis] = p.output[axis] = p.kernel[axis] = p.stride[axis] = p.dilation[axis] = 1;
  }
  const Kernel& kernel = *set.kernels[type::float32][kind::depthwise];
  const std::vector<float> ones(x.size(), 1);
  std::vector<char> packed(kernel.packed_bytes(p));
  std::vector<char> scratch(kernel.scratch_bytes(p));
  kernel.pack(p, ones.data(), nullptr, packed.data());
  std::vector<float> result(x.size());
  kernel.run(p, x.data(), nullptr, packed.data(), result.data(), scratch.data());
  return result;
}

// The distance in units of the last place of the exact value, which is no smaller than that of 1e-28:
// what is smaller may become 0.
double ulps(float given, double exact) {
  const double size = std::fmax(std::fabs(exact), 1e-28);
  return std::fabs(given - exact) / std::ldexp(1.0, std::ilogb(size) - 23);
}

TEST(Function, IsRightWithinTwoUnits) {
  std::vector<float> x;
  for (float size = 1e-6f; size < 1e4f; size *= 1.0007f) {
    x.push_back(size);
    x.push_back(-size);
  }
  for (const KernelSet* const* set = runnable_kernels(); *set != nullptr; set++) {
    for (const Function function : kFunctions) {
      SCOPED_TRACE(testing::Message() << (*set)->name << ", function " << int(function));
      const std::vector<float> y = applied(**set, function, x);
      double worst = 0;
      float at = 0;
      for (std::size_t i = 0; i < x.size(); i++) {
        const double off = ulps(y[i], definition(function, x[i]));
        if (!(off <= worst)) {
          worst = off;
          at = x[i];
        }
      }
      EXPECT_LE(worst, 2) << "at " << at;
    }
  }
}

TEST(Function, KnowsWhatIsNoNumber) {
  const float infinity = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> x = {nan, infinity, -infinity, 0.0f, 3e38f, -3e38f, 1e-40f};
  for (const KernelSet* const* set = runnable_kernels(); *set != nullptr; set++) {
    for (const Function function : kFunctions) {
      SCOPED_TRACE(testing::Message() << (*set)->name << ", function " << int(function));
      const std::vector<float> y = applied(**set, function, x);
      for (std::size_t i = 0; i < x.size(); i++) {
        const float exact = float(definition(function, double(x[i])));
        if (std::isnan(exact)) {
          EXPECT_TRUE(std::isnan(y[i])) << x[i];
        } else {
          EXPECT_TRUE(y[i] == exact || ulps(y[i], exact) <= 2) << x[i] << " gives " << y[i];
        }
      }
    }
  }
}

}  // namespace
}  // namespace conv4j
