// A tile of pixels times up to two vectors of filters in registers, summed over stretches of inputs
// that follow each other in memory: the channels of a pixel, or the taps and channels of a kernel
// row.
#pragma once

#include <algorithm>
#include <type_traits>

#include "outputs.hpp"
#include "tile_sizes.hpp"

namespace conv4j {
namespace {

// Inputs of the first pixel of a tile, and where the weights of the first of them are in a block.
// Addresses are relative and in bytes, so that one list serves many tiles.
struct Stretch {
  std::intptr_t from;
  std::int64_t weights;
  std::int64_t length;
};

// Which filters the vectors of a block hold: two vectors; at the end, one, or one and a half.
template <class T>
struct FilterBlocks {
  static constexpr int kL = kLanes<T>;
  static constexpr int kBlock = 2 * kL;
  // Half a vector costs half as much; less is not worth the code.
  static constexpr int kHalf = kL >= 8 ? kL / 2 : 0;

  static std::int64_t count(std::int64_t filters) { return (filters + kBlock - 1) / kBlock; }

  // The filters of the second vector if a block is the last with `left` filters.
  static int second_lanes(std::int64_t left) {
    return left <= kL ? 0 : left <= kL + kHalf ? kHalf : kL;
  }

  // The first filter of a vector in a block of which `left` filters are left: a vector that would
  // not be full starts earlier instead, so negative for the only vector of the last block.
  static std::int64_t first_start(std::int64_t left) { return std::min<std::int64_t>(0, left - kL); }
  static std::int64_t second_start(std::int64_t left) {
    return std::min<std::int64_t>(kL, left - second_lanes(left));
  }
};

// The weights of tiles: in each block a row of bias, then one for each input.
template <class T>
struct StretchWeights {
  using Blocks = FilterBlocks<T>;
  static constexpr int kL = kLanes<T>;
  static constexpr int kBlock = Blocks::kBlock;

  static std::int64_t block_elements(std::int64_t inputs) { return kBlock * (1 + inputs); }
  static std::int64_t elements(std::int64_t filters, std::int64_t inputs) {
    return Blocks::count(filters) * block_elements(inputs);
  }

  // From a matrix whose inputs and filters are so far apart; bias may be null.
  static void pack(std::int64_t filters, std::int64_t inputs, const T* weights,
                   std::int64_t input_step, std::int64_t filter_step, const T* bias, T* packed) {
    for (std::int64_t block = 0; block < filters; block += kBlock) {
      std::int64_t filter[kBlock];
      for (int lane = 0; lane < kBlock; lane++) {
        filter[lane] = filter_of(filters, block, lane);
      }
      row(filter, bias, 1, packed);
      packed += kBlock;
      for (std::int64_t i = 0; i < inputs; i++, packed += kBlock) {
        row(filter, weights + i * input_step, filter_step, packed);
      }
    }
  }

 private:
  static constexpr std::int64_t kNone = -1;

  static std::int64_t filter_of(std::int64_t filters, std::int64_t block, int lane) {
    const std::int64_t left = filters - block;
    if (lane >= kL && Blocks::second_lanes(left) == 0) {
      return kNone;
    }
    const std::int64_t filter = lane >= kL      ? Blocks::second_start(left) + lane - kL
                                : filters >= kL ? Blocks::first_start(left) + lane
                                                : lane;
    return filter < left ? block + filter : kNone;
  }

  static void row(const std::int64_t (&filter)[kBlock], const T* from, std::int64_t step, T* to) {
    for (int lane = 0; lane < kBlock; lane++) {
      to[lane] = from != nullptr && filter[lane] != kNone ? from[filter[lane] * step] : T(0);
    }
  }
};

// kStep: from a pixel to the next one in the input; 0 if it is known only at run time. A constant
// keeps the addresses of a tile's pixels out of the registers.
template <class T, int kStep>
class StretchTile {
  using Blocks = FilterBlocks<T>;
  static constexpr int kL = kLanes<T>;

 public:
  static constexpr int kBlock = Blocks::kBlock;
  // How many pixels a tile can have. Their sums are in registers: 28 of the 32 of AVX-512, 12 of 16
  // elsewhere. The sizes come close to any width.
  static constexpr int kMost = CONV4J_VECTOR_BYTES == 64 ? 14 : 6;
  using Sizes = TileSizes<kMost, kMost - 1, kMost - 2, kMost - 3, kMost / 2 + 1, kMost / 3, 1>;

  // For some filters of a problem and all their inputs; step: see above; output_step: from a pixel
  // to the next one in the output.
  StretchTile(const Outputs<T>& outputs, std::int64_t filters, std::int64_t inputs,
              std::int64_t step, std::int64_t output_step)
      : outputs_(outputs),
        filters_(filters),
        block_elements_(StretchWeights<T>::block_elements(inputs)),
        step_(step),
        output_step_(output_step) {}

  // kCount pixels and a range of blocks. There is at least one stretch, and none is empty.
  template <int kCount>
  void run(std::intptr_t base, const Stretch* first, const Stretch* last, const T* weights,
           std::int64_t block, std::int64_t end, T* output) const {
    weights += block * block_elements_;
    output += block * kBlock;
    std::int64_t left = filters_ - block * kBlock;
    for (; block < end && Blocks::second_lanes(left) == kL; block++, left -= kBlock) {
      tile<kCount, Vector<T>>(base, first, last, weights, output, left);
      weights += block_elements_;
      output += kBlock;
    }
    if (block == end) {
      return;
    }
    if (left > kL) {
      tile<kCount, HalfVector<T>>(base, first, last, weights, output, left);
    } else {
      tile<kCount, void>(base, first, last, weights, output, left);
    }
  }

  // kCount pixels, all filters.
  template <int kCount>
  void run(std::intptr_t base, const Stretch* first, const Stretch* last, const T* weights,
           T* output) const {
    run<kCount>(base, first, last, weights, 0, Blocks::count(filters_), output);
  }

 private:
  // Pixels that share a pointer: as many as an addressing mode reaches from it.
  static constexpr int kShare = 3;

  // Second: what is beyond the first vector.
  template <int kCount, class Second>
  [[gnu::always_inline]] inline void tile(std::intptr_t base, const Stretch* stretch,
                                          const Stretch* last, const T* weights, T* output,
                                          std::int64_t left) const {
    constexpr bool kTwo = !std::is_void_v<Second>;
    using V = Vector<T>;
    using V2 = std::conditional_t<kTwo, Second, HalfVector<T>>;
    constexpr int kPointers = kStep > 0 ? 1 : (kCount + kShare - 1) / kShare;
    V sums[kCount];
    V2 more[kCount];
#pragma GCC unroll 16
    for (int i = 0; i < kCount; i++) {
      sums[i] = load_as<V>(weights);
      if constexpr (kTwo) {
        more[i] = load_as<V2>(weights + kL);
      }
    }
    // Loops that run at least once, so that the sums need not exist in memory.
    do {
      const T* from[kPointers];
      from[0] = reinterpret_cast<const T*>(base + stretch->from);
#pragma GCC unroll 16
      for (int i = 1; i < kPointers; i++) {
        from[i] = from[i - 1] + kShare * step_;
        // Otherwise the compiler makes a pointer for each pixel, and runs out of registers.
        __asm__("" : "+r"(from[i]));
      }
      const T* row = weights + stretch->weights;
      const T* const end = row + stretch->length * kBlock;
      do {
        const V w = load_as<V>(row);
        V2 w2 = {};
        if constexpr (kTwo) {
          w2 = load_as<V2>(row + kL);
        }
#pragma GCC unroll 16
        for (int i = 0; i < kCount; i++) {
          const T x = kStep > 0 ? from[0][i * kStep] : from[i / kShare][i % kShare * step_];
          sums[i] += w * x;
          if constexpr (kTwo) {
            more[i] += w2 * x;
          }
        }
#pragma GCC unroll 16
        for (int i = 0; i < kPointers; i++) {
          from[i]++;
        }
        row += kBlock;
      } while (row < end);
    } while (++stretch < last);

    if (filters_ < kL || !outputs_.only_clamps()) {
      T results[kCount][kBlock];
#pragma GCC unroll 16
      for (int i = 0; i < kCount; i++) {
        store_as(results[i], sums[i]);
        if constexpr (kTwo) {
          store_as(results[i] + kL, more[i]);
        }
      }
      finish(results[0], kCount, left, output);
      return;
    }
    // Read here: the compiler must expect the stores to change what is in memory.
    const Activation<T>& activation = outputs_.activation();
    const V least = broadcast<V>(activation.least());
    const V most = broadcast<V>(activation.most());
    const V2 least2 = broadcast<V2>(activation.least());
    const V2 most2 = broadcast<V2>(activation.most());
    const std::int64_t step = output_step_;
    T* to = output + Blocks::first_start(left);
    T* to2 = output + Blocks::second_start(left);
#pragma GCC unroll 16
    for (int i = 0; i < kCount; i++) {
      store_as(to, clamp(sums[i], least, most));
      to += step;
      if constexpr (kTwo) {
        store_as(to2, clamp(more[i], least2, most2));
        to2 += step;
      }
    }
  }

  // What is rare stays out of the tiles' code: residuals, other activations, and less
  // than a vector.
  [[gnu::noinline]] void finish(T* results, int count, std::int64_t left, T* output) const {
    outputs_.specialised([&](const auto& special) {
      finish(results, count, left, output, special);
    });
  }

  template <class SomeOutputs>
  void finish(T* results, int count, std::int64_t left, T* output, SomeOutputs outputs) const {
    for (int i = 0; i < count; i++, results += kBlock, output += output_step_) {
      if (filters_ < kL) {
        outputs.put_some(output, load(results), int(filters_));
        continue;
      }
      outputs.put(output + Blocks::first_start(left), load(results));
      const int lanes = Blocks::second_lanes(left);
      if (lanes > 0) {
        T* const to = output + Blocks::second_start(left);
        const Vector<T> second = load(results + kL);
        lanes == kL ? outputs.put(to, second) : outputs.put_some(to, second, lanes);
      }
    }
  }

  const Outputs<T> outputs_;
  const std::int64_t filters_;
  const std::int64_t block_elements_;
  const std::int64_t step_;
  const std::int64_t output_step_;
};

}  // namespace
}  // namespace conv4j
