// Winograd convolution rounds at other places than a sum, so it must be close, not equal. For the
// rest as kernel_test.cpp: every instruction set, exactly sized buffers.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "kernel.hpp"
#include "naive.hpp"

namespace conv4j {
namespace {

// The largest error, relative to the largest sum of magnitudes, in units of roundoff.
constexpr double kRoundoffs = 200;

Problem problem(std::int64_t channels, std::int64_t filters, std::int64_t height,
                std::int64_t width) {
  Problem p = {};
  p.batch = p.groups = p.threads = 1;
  p.channels = channels;
  p.filters = filters;
  p.limit = HUGE_VAL;
  for (int axis = 0; axis < 3; axis++) {
    p.input[axis] = p.output[axis] = p.kernel[axis] = p.stride[axis] = p.dilation[axis] = 1;
    p.kernel[axis] = axis == 0 ? 1 : 3;
    p.pad[axis] = axis == 0 ? 0 : 1;
  }
  p.input[1] = p.output[1] = height;
  p.input[2] = p.output[2] = width;
  return p;
}

template <class T>
std::vector<T> normal(std::int64_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> distribution;
  std::vector<T> values(count);
  for (T& value : values) {
    value = T(distribution(random));
  }
  return values;
}

template <class T>
std::vector<T> magnitudes(std::vector<T> values) {
  for (T& value : values) {
    value = std::abs(value);
  }
  return values;
}

template <class T>
void check(const Kernel& kernel, const char* set, const Problem& p, bool with_bias) {
  SCOPED_TRACE(testing::Message()
               << set << " " << sizeof(T) * 8 << " bit, batch " << p.batch << ", channels "
               << p.channels << ", filters " << p.filters << ", " << p.input[1] << "x" << p.input[2]
               << " to " << p.output[1] << "x" << p.output[2] << ", pad " << p.pad[1] << " and "
               << p.pad[2] << ", threads " << p.threads);
  const auto input = normal<T>(p.batch * p.input[0] * p.input[1] * p.input[2] * p.channels, 1);
  const auto weights = normal<T>(p.taps() * p.channels * p.filters, 2);
  const auto bias = normal<T>(with_bias ? p.filters : 0, 3);
  std::vector<char> packed(kernel.packed_bytes(p));
  std::vector<char> scratch(kernel.scratch_bytes(p));
  std::vector<T> output(p.pixels() * p.filters, std::numeric_limits<T>::quiet_NaN());
  kernel.pack(p, weights.data(), with_bias ? bias.data() : nullptr, packed.data());
  kernel.run(p, input.data(), packed.data(), output.data(), scratch.data());

  const auto expected = naive(p, input, weights, bias);
  Problem linear = p;
  linear.rectify = 0;
  const auto sums = naive(linear, magnitudes(input), magnitudes(weights), magnitudes(bias));
  const double allowed = kRoundoffs * std::numeric_limits<T>::epsilon() / 2 *
                         double(*std::max_element(sums.begin(), sums.end()));
  for (std::size_t i = 0; i < output.size(); i++) {
    ASSERT_LE(std::abs(output[i] - expected[i]), allowed) << "at " << i;
  }
}

void check(const Problem& p, bool with_bias) {
  for (const KernelSet* const* set = runnable_kernels(); *set != nullptr; set++) {
    check<float>((*set)->float32[kWinograd], (*set)->name, p, with_bias);
    check<double>((*set)->float64[kWinograd], (*set)->name, p, with_bias);
  }
}

TEST(Winograd, OutputsAroundTheTiles) {
  for (std::int64_t height = 1; height <= 9; height++) {
    for (std::int64_t width = 1; width <= 9; width++) {
      check(problem(3, 5, height, width), true);
    }
  }
}

TEST(Winograd, ChannelsAroundTheVectors) {
  for (std::int64_t channels = 1; channels <= 35; channels++) {
    check(problem(channels, 3, 5, 6), channels % 2 == 0);
  }
}

TEST(Winograd, FiltersAroundThePanels) {
  for (std::int64_t filters = 1; filters <= 70; filters++) {
    check(problem(2, filters, 5, 3), filters % 2 == 0);
  }
}

TEST(Winograd, TilesAroundTheGroups) {
  for (std::int64_t tiles = 1; tiles <= 50; tiles++) {
    check(problem(3, 18, 2, 4 * tiles - 1), true);
  }
}

TEST(Winograd, ManyBlocksOfTiles) {
  for (std::int64_t threads = 2; threads <= 3; threads++) {
    Problem p = problem(150, 35, 31, 29);
    p.threads = threads;
    check(p, true);
  }
}

TEST(Winograd, ThreadsDoNotChangeTheResult) {
  Problem p = problem(40, 70, 33, 17);
  const Kernel& kernel = kernels().float32[kWinograd];
  const auto input = normal<float>(p.input[1] * p.input[2] * p.channels, 1);
  const auto weights = normal<float>(p.taps() * p.channels * p.filters, 2);
  std::vector<char> packed(kernel.packed_bytes(p));
  kernel.pack(p, weights.data(), nullptr, packed.data());
  std::vector<float> outputs[2];
  for (p.threads = 1; p.threads <= 2; p.threads++) {
    std::vector<char> scratch(kernel.scratch_bytes(p));
    outputs[p.threads - 1].resize(p.pixels() * p.filters);
    kernel.run(p, input.data(), packed.data(), outputs[p.threads - 1].data(), scratch.data());
  }
  ASSERT_EQ(outputs[0], outputs[1]);
}

TEST(Winograd, AnyShape) {
  std::mt19937 random(6);
  const auto up_to = [&](int limit) { return std::int64_t(1 + random() % limit); };
  for (int i = 0; i < 150; i++) {
    Problem p = problem(up_to(20), up_to(40), up_to(14), up_to(14));
    p.batch = up_to(3);
    p.threads = up_to(3);
    for (int axis = 1; axis < 3; axis++) {
      p.output[axis] = up_to(14);
      // With more, an image could read padding only, and no sum would tell what is close.
      p.pad[axis] = std::int64_t(random() % 3);
    }
    p.rectify = random() % 2;
    p.slope = random() % 2 ? 0 : 0.25;
    p.limit = random() % 2 ? 6 : HUGE_VAL;
    check(p, i % 2 == 0);
  }
}

}  // namespace
}  // namespace conv4j
