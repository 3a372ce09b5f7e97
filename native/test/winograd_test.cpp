// Winograd convolution rounds at other places than a sum, so it must be close, not equal. For the
// rest as kernel_test.cpp: every instruction set, exactly sized buffers.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "kernel_set.hpp"
#include "naive.hpp"

namespace conv4j {
namespace {

// The largest error, relative to the largest sum of magnitudes, in units of roundoff.
constexpr double kRoundoffs = 200;

Problem problem(std::int64_t channels, std::int64_t filters, std::int64_t height,
                std::int64_t width) {
  Problem p = {};
  p.batch = p.groups = p.threads = 1;
  p.choice = 6;
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

std::vector<float> normal(std::int64_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> distribution;
  std::vector<float> values(count);
  for (float& value : values) {
    value = distribution(random);
  }
  return values;
}

std::vector<float> magnitudes(std::vector<float> values) {
  for (float& value : values) {
    value = std::abs(value);
  }
  return values;
}

void check(const Kernel& kernel, const char* set, const Problem& p, bool with_bias) {
  SCOPED_TRACE(testing::Message()
               << set << ", batch " << p.batch << ", channels "
               << p.channels << ", filters " << p.filters << ", " << p.input[1] << "x" << p.input[2]
               << " to " << p.output[1] << "x" << p.output[2] << ", pad " << p.pad[1] << " and "
               << p.pad[2] << ", threads " << p.threads << ", kernel " << p.kernel[0] << "x"
               << p.kernel[1] << "x" << p.kernel[2] << ", stride " << p.stride[1] << "x"
               << p.stride[2] << ", tile " << p.choice << ", dilation " << p.dilation[1] << "x" << p.dilation[2]
               << ", groups " << p.groups << ", transposed " << p.transposed);
  const auto input = normal(p.batch * p.input[0] * p.input[1] * p.input[2] * p.channels, 1);
  const auto weights = normal(p.taps() * p.group_channels() * p.filters, 2);
  const auto bias = normal(with_bias ? p.filters : 0, 3);
  ASSERT_TRUE(kernel.supports(p));
  std::vector<char> packed(kernel.packed_bytes(p));
  std::vector<char> scratch(kernel.scratch_bytes(p));
  kernel.pack(p, weights.data(), with_bias ? bias.data() : nullptr, packed.data());

  const auto sums = naive_sums(p, input, weights, bias);
  const auto largest = naive_sums(p, magnitudes(input), magnitudes(weights), magnitudes(bias));
  const double allowed = kRoundoffs * std::numeric_limits<float>::epsilon() / 2 *
                         *std::max_element(largest.begin(), largest.end());
  for (const bool with_residual : {false, true}) {
    SCOPED_TRACE(with_residual ? "with residual" : "without residual");
    const auto residual = normal(with_residual ? p.pixels() * p.filters : 0, 4);
    std::vector<float> output(p.pixels() * p.filters, std::numeric_limits<float>::quiet_NaN());
    kernel.run(p, input.data(), with_residual ? residual.data() : nullptr, packed.data(),
               output.data(), scratch.data());
    const auto expected = finished(p, sums, residual);
    for (std::size_t i = 0; i < output.size(); i++) {
      ASSERT_LE(std::abs(output[i] - expected[i]), allowed) << "at " << i;
    }
  }
}

// How many taps fall to each phase of a stride.
std::int64_t phase_taps(const Problem& p, int axis) {
  const std::int64_t phases = p.transposed != 0 ? p.stride[axis] : 1;
  return (p.kernel[axis] + phases - 1) / phases;
}

// With tiles of both sizes where there are both.
void check(Problem p, bool with_bias) {
  const std::int64_t taps = phase_taps(p, 1);
  const bool small = taps == phase_taps(p, 2) && (taps == 2 || taps == 3);
  for (const KernelSet* const* set = runnable_kernels(); *set != nullptr; set++) {
    for (p.choice = small ? 4 : 6; p.choice <= 6; p.choice += 2) {
      check(*(*set)->kernels[type::float32][kind::winograd], (*set)->name, p, with_bias);
    }
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
  const Kernel& kernel = *kernels().kernels[type::float32][kind::winograd];
  const auto input = normal(p.input[1] * p.input[2] * p.channels, 1);
  const auto weights = normal(p.taps() * p.channels * p.filters, 2);
  std::vector<char> packed(kernel.packed_bytes(p));
  kernel.pack(p, weights.data(), nullptr, packed.data());
  std::vector<float> outputs[2];
  for (p.threads = 1; p.threads <= 2; p.threads++) {
    std::vector<char> scratch(kernel.scratch_bytes(p));
    outputs[p.threads - 1].resize(p.pixels() * p.filters);
    kernel.run(p, input.data(), nullptr, packed.data(), outputs[p.threads - 1].data(), scratch.data());
  }
  ASSERT_EQ(outputs[0], outputs[1]);
}

std::int64_t up_to(std::mt19937& random, int limit) { return std::int64_t(1 + random() % limit); }

// Anything that does not change which taps there are. With more padding, an image could read
// padding only, and no sum would tell what is close.
Problem varied(std::mt19937& random, Problem p) {
  p.batch = up_to(random, 3);
  p.threads = up_to(random, 3);
  for (int axis = 1; axis < 3; axis++) {
    p.output[axis] = up_to(random, 14);
    p.pad[axis] = std::int64_t(random() % 3);
  }
  p.function = std::int64_t(random() % 2);
  p.slope = random() % 2 ? 0 : 0.25;
  p.limit = random() % 2 ? 6 : HUGE_VAL;
  return p;
}

Problem any_problem(std::mt19937& random) {
  const std::int64_t channels = up_to(random, 20);
  const std::int64_t filters = up_to(random, 40);
  const std::int64_t height = up_to(random, 14);
  return varied(random, problem(channels, filters, height, up_to(random, 14)));
}

TEST(Winograd, AnyShape) {
  std::mt19937 random(6);
  for (int i = 0; i < 150; i++) {
    check(any_problem(random), i % 2 == 0);
  }
}

TEST(Winograd, AnyKernel) {
  std::mt19937 random(7);
  for (int i = 0; i < 200; i++) {
    Problem p = any_problem(random);
    p.kernel[1] = p.kernel[2] = 2 + i % 4;
    p.pad[1] %= p.kernel[1];
    p.pad[2] %= p.kernel[2];
    p.dilation[1] = up_to(random, 3);
    p.dilation[2] = up_to(random, 3);
    check(p, i % 2 == 0);
  }
}

TEST(Winograd, AnySequence) {
  std::mt19937 random(8);
  for (int i = 0; i < 200; i++) {
    Problem p = any_problem(random);
    p.kernel[1] = 1;
    p.pad[1] = 0;
    p.output[1] = p.input[1];
    p.kernel[2] = 2 + i % 4;
    p.pad[2] %= p.kernel[2];
    p.dilation[2] = up_to(random, 5);
    p.output[2] = up_to(random, 60);
    p.input[2] = up_to(random, 60);
    check(p, i % 2 == 0);
  }
}

TEST(Winograd, SmallTilesWhereLargeOnesWouldBeFewOrTheirWeightsMany) {
  const auto edge = [](std::int64_t batch, std::int64_t extent, std::int64_t channels) {
    Problem p = problem(channels, channels, extent, extent);
    p.batch = batch;
    kernels().kernels[type::float32][kind::winograd]->plan(p);
    return p.choice;
  };
  EXPECT_EQ(edge(1, 4, 64), 4);
  EXPECT_EQ(edge(1, 6, 64), 4);
  EXPECT_EQ(edge(1, 7, 512), 4);
  EXPECT_EQ(edge(2, 7, 512), 6);
  EXPECT_EQ(edge(1, 7, 256), 6);
  EXPECT_EQ(edge(1, 56, 64), 6);
}

TEST(Winograd, AnyVolume) {
  std::mt19937 random(9);
  for (int i = 0; i < 60; i++) {
    Problem p = any_problem(random);
    p.input[0] = up_to(random, 5);
    p.output[0] = up_to(random, 5);
    p.kernel[0] = up_to(random, 3);
    p.stride[0] = up_to(random, 2);
    p.dilation[0] = up_to(random, 2);
    p.pad[0] = std::int64_t(random() % 2);
    check(p, i % 2 == 0);
  }
}

TEST(Winograd, AnyGroups) {
  std::mt19937 random(10);
  for (int i = 0; i < 150; i++) {
    Problem p = any_problem(random);
    p.groups = up_to(random, 7);
    p.channels = p.groups * up_to(random, 9);
    p.filters = i % 3 == 0 ? p.channels : p.groups * up_to(random, 40);
    check(p, i % 2 == 0);
  }
}

// Of which a vector of some instruction set holds one or two, and a last vector that is not full.
TEST(Winograd, AnySmallGroups) {
  std::mt19937 random(12);
  for (int i = 0; i < 300; i++) {
    Problem p = any_problem(random);
    p.groups = 1 + up_to(random, 6);
    p.channels = p.filters = p.groups * (std::int64_t(2) << i % 4);
    p.dilation[1] = up_to(random, 3);
    p.dilation[2] = up_to(random, 3);
    p.input[0] = up_to(random, 3);
    p.output[0] = up_to(random, 3);
    p.pad[0] = std::int64_t(random() % 2);
    check(p, i % 3 == 0);
  }
}

TEST(Winograd, TilesOfSmallGroupsAroundTheBlocks) {
  for (std::int64_t tiles = 1; tiles <= 40; tiles++) {
    Problem p = problem(48, 48, 2, 4 * tiles - 1);
    p.groups = tiles % 2 == 0 ? 6 : 3;
    check(p, true);
  }
}

// The kernels of each phase have 2 to 5 taps, some of them one less.
Problem transposed(std::mt19937& random, Problem p, std::int64_t taps) {
  p.transposed = 1;
  for (int axis = 1; axis < 3; axis++) {
    p.stride[axis] = up_to(random, 3);
    p.kernel[axis] = p.stride[axis] * (taps - 1) + up_to(random, int(p.stride[axis]));
    p.output[axis] = up_to(random, 30);
    p.pad[axis] = std::int64_t(random() % p.kernel[axis]);
  }
  return p;
}

TEST(Winograd, AnyTransposedShape) {
  std::mt19937 random(11);
  for (int i = 0; i < 150; i++) {
    check(transposed(random, any_problem(random), 2 + i % 4), i % 2 == 0);
  }
}

TEST(Winograd, TransposedFiltersAroundTheVectors) {
  for (std::int64_t filters = 1; filters <= 40; filters++) {
    Problem p = problem(5, filters, 4, 6);
    p.transposed = 1;
    p.kernel[1] = p.kernel[2] = 4;
    p.stride[1] = p.stride[2] = 2;
    p.output[1] = 8;
    p.output[2] = 12;
    check(p, filters % 2 == 0);
  }
}

TEST(Winograd, AnyTransposedSequence) {
  std::mt19937 random(13);
  for (int i = 0; i < 150; i++) {
    Problem p = transposed(random, any_problem(random), 2 + i % 4);
    p.kernel[1] = p.stride[1] = 1;
    p.pad[1] = 0;
    p.output[1] = p.input[1];
    check(p, i % 2 == 0);
  }
}

}  // namespace
}  // namespace conv4j
