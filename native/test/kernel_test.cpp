// Every kernel against the definition, for every instruction set of this processor, at sizes
// around its vectors and tiles. Buffers are exactly as large as they must be: run it with the asan
// preset to see that nothing outside is touched.

#include <gtest/gtest.h>

#include "kernel_set.hpp"
#include "naive.hpp"

namespace conv4j {
namespace {

Problem problem(std::int64_t channels, std::int64_t filters, std::int64_t groups) {
  Problem p = {};
  p.batch = 1;
  p.groups = groups;
  p.channels = channels;
  p.filters = filters;
  p.threads = 1;
  p.limit = HUGE_VAL;
  for (int axis = 0; axis < 3; axis++) {
    p.input[axis] = p.output[axis] = p.kernel[axis] = p.stride[axis] = p.dilation[axis] = 1;
  }
  return p;
}

std::int64_t elements(const std::int64_t (&extents)[3]) {
  return extents[0] * extents[1] * extents[2];
}

template <class T>
void check(const Kernel& kernel, const char* set, const Problem& p, bool with_bias) {
  SCOPED_TRACE(testing::Message() << set << " " << sizeof(T) * 8 << " bit, channels " << p.channels
                                  << ", filters " << p.filters << ", groups " << p.groups
                                  << ", width " << p.input[2] << " to " << p.output[2]
                                  << ", kernel " << p.kernel[2] << ", stride " << p.stride[2]
                                  << ", dilation " << p.dilation[2] << ", pad " << p.pad[2]
                                  << ", transposed " << p.transposed);
  const auto input = integers<T>(p.batch * elements(p.input) * p.channels, 1);
  const auto weights = integers<T>(p.taps() * p.group_channels() * p.filters, 2);
  const auto bias = integers<T>(with_bias ? p.filters : 0, 3);
  std::vector<char> packed(kernel.packed_bytes(p));
  std::vector<char> scratch(kernel.scratch_bytes(p));
  kernel.pack(p, weights.data(), with_bias ? bias.data() : nullptr, packed.data());
  const auto sums = naive_sums(p, input, weights, bias);
  for (const bool with_residual : {false, true}) {
    SCOPED_TRACE(with_residual ? "with residual" : "without residual");
    const auto residual = integers<T>(with_residual ? p.pixels() * p.filters : 0, 4);
    std::vector<T> output(p.pixels() * p.filters, T(-99));
    kernel.run(p, input.data(), with_residual ? residual.data() : nullptr, packed.data(),
               output.data(), scratch.data());
    ASSERT_EQ(output, finished(p, sums, residual));
  }
}

template <class T>
int check_if_supported(const Kernel* kernel, const char* set, const Problem& p, bool with_bias) {
  if (kernel == nullptr || !kernel->supports(p)) {
    return 0;
  }
  Problem planned = p;
  kernel->plan(planned);
  check<T>(*kernel, set, planned, with_bias);
  return 1;
}

// Returns how many of the sets and types compute it.
int check(kind::Kind kind, const Problem& p, bool with_bias) {
  int checked = 0;
  for (const KernelSet* const* set = runnable_kernels(); *set != nullptr; set++) {
    const Kernel* const* const float32 = (*set)->kernels[type::float32];
    checked += check_if_supported<float>(float32[kind], (*set)->name, p, with_bias);
    const Kernel* const* const float64 = (*set)->kernels[type::float64];
    checked += check_if_supported<double>(float64[kind], (*set)->name, p, with_bias);
  }
  return checked;
}

std::int64_t up_to(std::mt19937& random, int limit) { return std::int64_t(1 + random() % limit); }

// Any movement of the kernel: the output's extent is free, since padding at the end is whatever it
// takes.
Problem moved(std::mt19937& random, Problem p) {
  p.batch = up_to(random, 2);
  p.threads = up_to(random, 3);
  for (int axis = int(random() % 3); axis < 3; axis++) {
    p.input[axis] = up_to(random, 9);
    p.output[axis] = up_to(random, 9);
    p.kernel[axis] = up_to(random, 4);
    p.stride[axis] = up_to(random, 3);
    p.dilation[axis] = up_to(random, 3);
    p.pad[axis] = std::int64_t(random() % 5);
  }
  p.function = std::int64_t(random() % 2);
  p.slope = random() % 2 ? 0 : 0.25;
  p.limit = random() % 2 ? 6 : HUGE_VAL;
  return p;
}

TEST(Dense, FiltersAroundTheVectors) {
  for (std::int64_t filters = 1; filters <= 70; filters++) {
    Problem p = problem(3, filters, 1);
    p.input[2] = p.output[2] = 7;
    p.kernel[2] = 3;
    p.pad[2] = 1;
    check(kind::dense, p, filters % 2 == 0);
  }
}

TEST(Dense, PixelsAroundTheTiles) {
  for (std::int64_t width = 1; width <= 20; width++) {
    for (std::int64_t height = 1; height <= 3; height++) {
      Problem p = problem(5, 17, 1);
      p.input[1] = p.output[1] = height;
      p.input[2] = p.output[2] = width;
      p.kernel[1] = p.kernel[2] = 3;
      p.pad[1] = p.pad[2] = 1;
      check(kind::dense, p, true);
    }
  }
}

TEST(Dense, AnyShape) {
  std::mt19937 random(4);
  for (int i = 0; i < 400; i++) {
    const std::int64_t groups = up_to(random, 3);
    const Problem p = problem(groups * up_to(random, 9), groups * up_to(random, 40), groups);
    check(kind::dense, moved(random, p), i % 2 == 0);
  }
}

TEST(Dense, AnyTransposedShape) {
  std::mt19937 random(6);
  for (int i = 0; i < 400; i++) {
    Problem p = problem(up_to(random, 9), up_to(random, 40), 1);
    p.transposed = 1;
    check(kind::dense, moved(random, p), i % 2 == 0);
  }
}

TEST(Dense, RowsLongEnoughForMergedTaps) {
  for (std::int64_t width = 8; width <= 30; width++) {
    Problem p = problem(3, 8, 1);
    p.input[1] = p.output[1] = 3;
    p.input[2] = width;
    p.output[2] = (width + 1) / 2;
    p.stride[2] = 2;
    p.kernel[1] = p.kernel[2] = 3;
    p.pad[1] = p.pad[2] = 1;
    check(kind::dense, p, true);
  }
}

TEST(Dense, FiltersBeyondOneChunk) {
  Problem p = problem(150, 200, 1);
  p.input[1] = p.output[1] = p.input[2] = p.output[2] = 3;
  p.kernel[1] = p.kernel[2] = 3;
  p.pad[1] = p.pad[2] = 1;
  p.threads = 2;
  check(kind::dense, p, true);
}

TEST(Depthwise, ChannelsAroundTheVectors) {
  for (std::int64_t channels = 1; channels <= 150; channels++) {
    for (std::int64_t multiplier = 1; multiplier <= (channels < 20 ? 9 : 3); multiplier++) {
      Problem p = problem(channels, channels * multiplier, channels);
      p.input[2] = p.output[2] = 5;
      p.kernel[2] = 3;
      p.pad[2] = 1;
      check(kind::depthwise, p, true);
    }
  }
}

TEST(Depthwise, AnyShape) {
  std::mt19937 random(5);
  for (int i = 0; i < 400; i++) {
    const std::int64_t groups = up_to(random, 60);
    const Problem p = problem(groups, groups * up_to(random, 3), groups);
    check(kind::depthwise, moved(random, p), i % 2 == 0);
  }
}

TEST(Depthwise, FewChannels) {
  std::mt19937 random(11);
  for (int i = 0; i < 300; i++) {
    const std::int64_t groups = up_to(random, 16);
    Problem p = moved(random, problem(groups, groups * up_to(random, 5), groups));
    if (i % 2 != 0) {
      p.stride[2] = 1;
      p.output[2] = up_to(random, 60);
      p.input[2] = up_to(random, 60);
    }
    check(kind::depthwise, p, i % 3 == 0);
  }
}

// Around the tiles of rows, and where they touch padding.
TEST(Depthwise, Rows) {
  std::mt19937 random(17);
  for (std::int64_t width = 1; width <= 40; width++) {
    for (const std::int64_t kernel : {2, 3, 5, 7}) {
      for (const std::int64_t stride : {1, 2}) {
        const std::int64_t channels = 16 + std::int64_t(random() % 40);
        Problem p = problem(channels, channels, channels);
        p = moved(random, p);
        p.output[2] = width;
        p.input[2] = width * stride + std::int64_t(random() % 5);
        p.kernel[2] = kernel;
        p.stride[2] = stride;
        p.dilation[2] = random() % 2 ? 1 : random() % 4 ? up_to(random, 5) : 31;
        p.pad[2] = std::int64_t(random() % std::uint64_t(kernel * p.dilation[2]));
        check(kind::depthwise, p, random() % 2 == 0);
      }
    }
  }
}

TEST(Depthwise, PointsOfPaddingOnly) {
  Problem p = problem(20, 20, 20);
  p.input[2] = 1;
  p.output[2] = 9;
  p.kernel[2] = 2;
  p.pad[2] = 4;
  check(kind::depthwise, p, true);
}

TEST(Grouped, AnyShape) {
  std::mt19937 random(7);
  for (int i = 0; i < 400; i++) {
    const std::int64_t group = std::int64_t(2) << random() % 4;
    const std::int64_t channels = 16 * up_to(random, 4);
    const Problem p = problem(channels, channels, channels / group);
    check(kind::grouped, moved(random, p), i % 2 == 0);
  }
}

// The image kernel has two dimensions and no stride along the width.
Problem image(Problem p) {
  p.input[0] = p.output[0] = p.kernel[0] = p.stride[0] = p.dilation[0] = 1;
  p.pad[0] = 0;
  p.stride[2] = 1;
  return p;
}

TEST(Image, AnyShape) {
  std::mt19937 random(8);
  for (int i = 0; i < 600; i++) {
    check(kind::image, image(moved(random, problem(up_to(random, 4), up_to(random, 4), 1))), i % 2 == 0);
  }
}

TEST(Image, WidthsAroundTheVectors) {
  for (std::int64_t width = 1; width <= 300; width += width < 140 ? 1 : 13) {
    for (std::int64_t filters = 1; filters <= 4; filters++) {
      Problem p = problem(filters == 1 ? 1 : 3, filters, 1);
      p.input[1] = p.output[1] = 4;
      p.input[2] = p.output[2] = width;
      p.kernel[1] = p.kernel[2] = 3;
      p.pad[1] = p.pad[2] = 1;
      check(kind::image, p, true);
    }
  }
}

TEST(Stem, AnyShape) {
  std::mt19937 random(9);
  for (int i = 0; i < 600; i++) {
    check(kind::stem, moved(random, problem(up_to(random, 4), up_to(random, 70), 1)), i % 2 == 0);
  }
}

TEST(Stem, WidthsAroundTheTiles) {
  for (std::int64_t width = 1; width <= 60; width++) {
    for (std::int64_t pad = 0; pad <= 1; pad++) {
      Problem p = problem(pad + 1, 17 + 15 * pad, 1);
      p.input[1] = p.output[1] = 4;
      p.input[2] = width + 2 - 2 * pad;
      p.output[2] = width;
      p.kernel[1] = p.kernel[2] = 3;
      p.pad[1] = p.pad[2] = pad;
      p.threads = 2;
      check(kind::stem, p, true);
    }
  }
}

TEST(Stem, FiltersAroundTheVectors) {
  for (std::int64_t filters = 1; filters <= 70; filters++) {
    Problem p = problem(1, filters, 1);
    p.input[2] = 17;
    p.output[2] = 15;
    p.kernel[2] = 3;
    check(kind::stem, p, filters % 2 == 0);
  }
}

// Up to half a vector of filters, and rows of which most tiles or only the outer ones read padding.
TEST(Stem, HalfVectors) {
  std::mt19937 random(12);
  for (int i = 0; i < 300; i++) {
    Problem p = moved(random, problem(up_to(random, 4), up_to(random, 9), 1));
    p.input[2] = up_to(random, 70);
    p.output[2] = up_to(random, 70);
    p.kernel[2] = up_to(random, 30);
    p.pad[2] = std::int64_t(random() % 20);
    p.stride[2] = i % 2 == 0 ? 1 : p.stride[2];
    check(kind::stem, p, i % 3 == 0);
  }
}

// Tiles at a border read a copy: both borders, one, none, and a tile that meets both.
TEST(Stem, PaddingAroundTheTiles) {
  for (std::int64_t width = 1; width <= 45; width++) {
    for (std::int64_t pad = 0; pad <= 6; pad += 3) {
      Problem p = problem(3, 24, 1);
      p.input[1] = 5;
      p.output[1] = 9;
      p.pad[1] = 4;
      p.input[2] = width;
      p.output[2] = (width + 1) / 2 + pad;
      p.kernel[1] = 3;
      p.kernel[2] = 7;
      p.stride[2] = 2;
      p.pad[2] = pad;
      check(kind::stem, p, true);
    }
  }
}

// They copy rows with their padding, which must not be most of the work.
TEST(KernelsThatCopyRows, LeaveMillionsOfPlacesOfPaddingToOthers) {
  Problem p = problem(1, 2, 1);
  p.input[2] = 20;
  p.kernel[2] = 2;
  p.dilation[2] = 1000;
  p.pad[2] = 1000;
  p.output[2] = 20;
  for (const KernelSet* const* set = runnable_kernels(); *set != nullptr; set++) {
    for (const kind::Kind kind : {kind::stem, kind::image}) {
      const Kernel* kernel = (*set)->kernels[type::float32][kind];
      EXPECT_TRUE(kernel->supports(p)) << (*set)->name;
      Problem absurd = p;
      absurd.dilation[2] = absurd.pad[2] = 4194304;
      EXPECT_FALSE(kernel->supports(absurd)) << (*set)->name;
    }
  }
}

TEST(Pointwise, FiltersAroundTheVectors) {
  for (std::int64_t filters = 1; filters <= 100; filters++) {
    for (std::int64_t groups = 1; groups <= 3; groups++) {
      Problem p = problem(groups * 5, groups * filters, groups);
      p.input[2] = p.output[2] = 17;
      p.threads = groups;
      check(kind::pointwise, p, filters % 2 == 0);
    }
  }
}

TEST(Pointwise, PixelsAroundTheTiles) {
  for (std::int64_t width = 1; width <= 90; width++) {
    for (std::int64_t threads = 1; threads <= 3; threads++) {
      Problem p = problem(7, 40, 1);
      p.input[2] = p.output[2] = width;
      p.threads = threads;
      check(kind::pointwise, p, true);
    }
  }
}

TEST(Pointwise, AnyShape) {
  std::mt19937 random(10);
  for (int i = 0; i < 300; i++) {
    const std::int64_t groups = up_to(random, 3);
    Problem p = problem(groups * up_to(random, 50), groups * up_to(random, 90), groups);
    p.batch = up_to(random, 2);
    p.threads = up_to(random, 3);
    for (int axis = 0; axis < 3; axis++) {
      p.input[axis] = p.output[axis] = up_to(random, 6);
    }
    p.function = std::int64_t(random() % 2);
    p.slope = random() % 2 ? 0 : 0.25;
    p.limit = random() % 2 ? 6 : HUGE_VAL;
    check(kind::pointwise, p, i % 2 == 0);
  }
}

// A transposed convolution whose stride is its kernel, from an input of this extent.
void patch(Problem& p, int axis, std::int64_t extent, std::int64_t kernel) {
  p.transposed = 1;
  p.input[axis] = extent;
  p.kernel[axis] = p.stride[axis] = kernel;
  p.output[axis] = extent * kernel;
}

TEST(Patch, FiltersAroundTheVectors) {
  for (std::int64_t filters = 1; filters <= 100; filters++) {
    Problem p = problem(5, filters, 1);
    patch(p, 1, 2, 2);
    patch(p, 2, 17, 2);
    check(kind::patch, p, filters % 2 == 0);
  }
}

TEST(Patch, PixelsAroundTheTiles) {
  for (std::int64_t width = 1; width <= 60; width++) {
    Problem p = problem(7, 40, 1);
    patch(p, 1, 3, 2);
    patch(p, 2, width, 3);
    p.threads = 1 + width % 3;
    check(kind::patch, p, true);
  }
}

TEST(Patch, AnyShape) {
  std::mt19937 random(13);
  for (int i = 0; i < 300; i++) {
    Problem p = problem(up_to(random, 50), up_to(random, 90), 1);
    p.batch = up_to(random, 2);
    p.threads = up_to(random, 3);
    for (int axis = 0; axis < 3; axis++) {
      patch(p, axis, up_to(random, 5), up_to(random, 3));
    }
    p.function = std::int64_t(random() % 2);
    p.slope = random() % 2 ? 0 : 0.25;
    p.limit = random() % 2 ? 6 : HUGE_VAL;
    check(kind::patch, p, i % 2 == 0);
  }
}

// Whatever a kernel says it supports it must compute, also what no candidate in Java gives it.
TEST(EveryKernel, ComputesWhatItSupports) {
  for (int kind = 0; kind < kind::count; kind++) {
    if (kind == kind::winograd) {
      continue;  // Rounds; see winograd_test.cpp.
    }
    SCOPED_TRACE(kernel_name(kind));
    std::mt19937 random(14 + kind);
    int checked = 0;
    for (int i = 0; i < 4000; i++) {
      const std::int64_t groups = i % 3 == 0 ? up_to(random, 8) : 1;
      Problem p = problem(groups * up_to(random, 6), groups * up_to(random, 20), groups);
      p = i % 2 == 0 ? moved(random, p) : p;
      p.transposed = random() % 2;
      checked += check(kind::Kind(kind), p, i % 2 == 0);
    }
    EXPECT_GT(checked, 0);
  }
}

}  // namespace
}  // namespace conv4j
