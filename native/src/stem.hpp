// The first layers of networks: few channels to vectors of filters. A channel loop would be too
// short there; here the taps and channels of a kernel row are one loop, over input rows that lie in
// memory with their padding.
#pragma once

#include <type_traits>

#include "parallel.hpp"
#include "vector.hpp"

namespace conv4j {
namespace {

// kStep: from a pixel to the next one in the input; 0 if unknown. A constant keeps the addresses of
// a tile's pixels out of the registers.
template <class T, int kStep>
struct Stem {
  static constexpr int kL = kLanes<T>;
  // Filters that are computed together: two vectors.
  static constexpr int kVectors = 2;
  static constexpr int kBlock = kVectors * kL;
  // Pixels of a row whose sums are in registers: 28 of the 32 of AVX-512, 12 of 16 elsewhere.
  static constexpr int kPixels = CONV4J_VECTOR_BYTES == 64 ? 14 : 6;
  // What starting a tile costs, in pixels.
  static constexpr int kTileCost = 2;

  static std::int64_t blocks(const Problem& p) { return (p.filters + kBlock - 1) / kBlock; }
  static std::int64_t block_elements(const Problem& p) {
    return kBlock * (1 + p.taps() * p.channels);
  }
  // What the taps of an output row read from an input row, with padding.
  static std::int64_t row_elements(const Problem& p) {
    return ((p.output[2] - 1) * p.stride[2] + (p.kernel[2] - 1) * p.dilation[2] + 1) * p.channels;
  }
  static bool is_padded(const Problem& p) {
    return p.pad[2] > 0 || row_elements(p) > p.input[2] * p.channels;
  }
  // Input rows between the first and the last that one output row reads from a slice.
  static std::int64_t slots(const Problem& p) { return (p.kernel[1] - 1) * p.dilation[1] + 1; }

  // Blocks of bias and weights (tap, channel, filter).
  static std::int64_t packed_bytes(const Problem& p) {
    return blocks(p) * block_elements(p) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    T* to = static_cast<T*>(packed);
    for (std::int64_t f = 0; f < blocks(p) * kBlock; f++) {
      const bool real = f < p.filters;
      T* column = to + f / kBlock * block_elements(p) + f % kBlock;
      *column = real && bias != nullptr ? static_cast<const T*>(bias)[f] : T(0);
      for (std::int64_t row = 0; row < p.taps() * p.channels; row++) {
        column += kBlock;
        *column = real ? static_cast<const T*>(weights)[row * p.filters + f] : T(0);
      }
    }
  }

  // An input of the first pixel of a row, and where its weights are in each block.
  struct Input {
    std::intptr_t from;
    std::int64_t weights;
  };

  // For each thread: the inputs; a row of zeros; if there is padding, also which input row a slot
  // holds, and the slots, for each slice of the kernel.
  static std::int64_t inputs_bytes(const Problem& p) {
    return padded(p.taps() * p.channels * std::int64_t(sizeof(Input)));
  }
  static std::int64_t row_bytes(const Problem& p) {
    return padded(row_elements(p) * std::int64_t(sizeof(T)));
  }
  static std::int64_t held_bytes(const Problem& p) {
    return is_padded(p) ? padded(p.kernel[0] * slots(p) * 8) : 0;
  }
  static std::int64_t thread_bytes(const Problem& p) {
    const std::int64_t rows = is_padded(p) ? p.kernel[0] * slots(p) : 0;
    return inputs_bytes(p) + held_bytes(p) + (1 + rows) * row_bytes(p);
  }
  static std::int64_t scratch_bytes(const Problem& p) { return p.threads * thread_bytes(p); }

  static void run(const Problem& p, const void* input, const void* packed, void* output,
                  void* scratch) {
    const int size = tile_size(p.output[2]);
    parallel(p.threads, p.batch * p.output[0] * p.output[1],
             [&](std::int64_t thread, std::int64_t first, std::int64_t last) {
               Stem stem(p, static_cast<const T*>(input), static_cast<const T*>(packed), first,
                         static_cast<char*>(scratch) + thread * thread_bytes(p));
               for (std::int64_t row = first; row < last; row++) {
                 stem.row(size, static_cast<T*>(output) + row * p.output[2] * p.filters);
               }
             });
  }

 private:
  Stem(const Problem& p, const T* input, const T* packed, std::int64_t first, char* scratch)
      : p_(p),
        activation_(p),
        input_(input),
        packed_(packed),
        block_elements_(block_elements(p)),
        padded_(is_padded(p)),
        row_(first % p.output[1]),
        slice_(first / p.output[1] % p.output[0]),
        image_(first / p.output[1] / p.output[0]),
        inputs_(reinterpret_cast<Input*>(scratch)),
        held_(reinterpret_cast<std::int64_t*>(scratch + inputs_bytes(p))),
        zeros_(reinterpret_cast<T*>(scratch + inputs_bytes(p) + held_bytes(p))),
        rows_(zeros_ + row_bytes(p) / std::int64_t(sizeof(T))) {
    for (std::int64_t i = 0; i < row_elements(p); i++) {
      zeros_[i] = T(0);
    }
    for (std::int64_t slot = 0; padded_ && slot < p.kernel[0] * slots(p); slot++) {
      held_[slot] = -1;
    }
  }

  template <int kSize = 0>
  void row(int size, T* output) {
    if constexpr (kSizes[kSize] > 1) {
      if (size < kSizes[kSize]) {
        row<kSize + 1>(size, output);
        return;
      }
    }
    find_inputs();
    for (std::int64_t x = 0; x < p_.output[2]; x += kSizes[kSize]) {
      // The last tile starts early enough to be full.
      const std::int64_t last = p_.output[2] - kSizes[kSize];
      const std::int64_t first = x < last ? x : last;
      const T* weights = packed_;
      T* to = output + first * p_.filters;
      std::int64_t left = p_.filters;
      for (; left > kL; left -= kBlock) {
        tile<kVectors, kSizes[kSize]>(first, weights, to, left);
        to += kBlock;
        weights += block_elements_;
      }
      if (left > 0) {
        tile<1, kSizes[kSize]>(first, weights, to, left);
      }
    }
  }

  // Sizes that a tile can have: code for each would be large, and these come close to any width.
  static constexpr int kSizes[] = {kPixels, kPixels - 1, kPixels - 2, kPixels * 2 / 3, kPixels / 3, 1};

  // The one that computes the fewest pixels of a row, but not by many tiles.
  static int tile_size(std::int64_t width) {
    int best = 1;
    std::int64_t least = width * (1 + kTileCost);
    for (const int size : kSizes) {
      const std::int64_t tiles = (width + size - 1) / size;
      if (size <= width && tiles * (size + kTileCost) < least) {
        least = tiles * (size + kTileCost);
        best = size;
      }
    }
    return best;
  }

  template <int kWidth, int kCount>
  [[gnu::always_inline]] inline void tile(std::int64_t x, const T* weights, T* output,
                                          std::int64_t filters) const {
    Vector<T> sums[kCount][kWidth];
#pragma GCC unroll 16
    for (int i = 0; i < kCount; i++) {
      for (int v = 0; v < kWidth; v++) {
        sums[i][v] = load(weights + v * kL);
      }
    }
    const std::int64_t step = kStep > 0 ? kStep : p_.stride[2] * p_.channels;
    const std::intptr_t base = reinterpret_cast<std::intptr_t>(base_) + x * step * std::intptr_t(sizeof(T));
    const Input* in = inputs_;
    // A loop that runs at least once, so that the sums need not exist in memory.
    do {
      const T* from = reinterpret_cast<const T*>(base + in->from);
      Vector<T> columns[kWidth];
      for (int v = 0; v < kWidth; v++) {
        columns[v] = load(weights + in->weights + v * kL);
      }
#pragma GCC unroll 16
      for (int i = 0; i < kCount; i++) {
        for (int v = 0; v < kWidth; v++) {
          sums[i][v] += columns[v] * from[i * step];
        }
      }
    } while (++in < end_);
    const Activation<T> activation = activation_;
    const std::int64_t pixel = p_.filters;
    if (filters >= kWidth * kL) {
#pragma GCC unroll 16
      for (int i = 0; i < kCount; i++) {
        for (int v = 0; v < kWidth; v++) {
          store(output + i * pixel + v * kL, activation(sums[i][v]));
        }
      }
      return;
    }
#pragma GCC unroll 16
    for (int i = 0; i < kCount; i++) {
      for (int v = 0; v < kWidth; v++) {
        const std::int64_t left = filters - v * kL;
        store_some(output + i * pixel + v * kL, activation(sums[i][v]), int(left < kL ? left : kL));
      }
    }
  }

  // What the first pixel of the next row reads, except for whole rows of padding.
  void find_inputs() {
    const std::int64_t top = row_ * p_.stride[1] - p_.pad[1];
    const std::int64_t front = slice_ * p_.stride[0] - p_.pad[0];
    const std::int64_t first = (image_ * p_.input[0] + front) * p_.input[1] + top;
    const bool inner = !padded_ && is_inner(0, front) && is_inner(1, top);
    base_ = inner ? input_ + first * p_.input[2] * p_.channels : nullptr;
    if (!inner || !inner_) {
      list_inputs(front, top);
    }
    inner_ = inner;
    if (++row_ == p_.output[1]) {
      row_ = 0;
      if (++slice_ == p_.output[0]) {
        slice_ = 0;
        image_++;
      }
    }
  }

  bool is_inner(int axis, std::int64_t first) const {
    return first >= 0 && first + (p_.kernel[axis] - 1) * p_.dilation[axis] < p_.input[axis];
  }

  void list_inputs(std::int64_t front, std::int64_t top) {
    end_ = inputs_;
    for (std::int64_t a = 0; a < p_.kernel[0]; a++) {
      for (std::int64_t b = 0; b < p_.kernel[1]; b++) {
        const std::int64_t z = front + a * p_.dilation[0];
        const std::int64_t y = top + b * p_.dilation[1];
        if (z < 0 || z >= p_.input[0] || y < 0 || y >= p_.input[1]) {
          continue;
        }
        const std::int64_t row = (image_ * p_.input[0] + z) * p_.input[1] + y;
        const T* from = padded_ ? hold(a * slots(p_) + y % slots(p_), row)
                                : input_ + row * p_.input[2] * p_.channels;
        std::int64_t weights = 1 + (a * p_.kernel[1] + b) * p_.kernel[2] * p_.channels;
        for (std::int64_t k = 0; k < p_.kernel[2]; k++) {
          for (std::int64_t c = 0; c < p_.channels; c++, weights++) {
            add(from + k * p_.dilation[2] * p_.channels + c, weights);
          }
        }
      }
    }
    if (end_ == inputs_) {
      add(zeros_, 1);
    }
  }

  // Relative to the base, so that the list serves every row that reads no padding.
  void add(const T* from, std::int64_t weights) {
    *end_++ = {reinterpret_cast<std::intptr_t>(from) - reinterpret_cast<std::intptr_t>(base_),
               weights * kBlock};
  }

  // Copies an input row between its padding unless its slot holds it already.
  const T* hold(std::int64_t slot, std::int64_t number) {
    T* row = rows_ + slot * (row_bytes(p_) / std::int64_t(sizeof(T)));
    if (held_[slot] != number) {
      held_[slot] = number;
      const std::int64_t begin = p_.pad[2] * p_.channels;
      const T* from = input_ + number * p_.input[2] * p_.channels - begin;
      const std::int64_t end = begin + p_.input[2] * p_.channels;
      for (std::int64_t i = 0; i < row_elements(p_); i++) {
        row[i] = i >= begin && i < end ? from[i] : T(0);
      }
    }
    return row;
  }

  const Problem& p_;
  const Activation<T> activation_;
  const T* input_;
  const T* packed_;
  const std::int64_t block_elements_;
  const bool padded_;
  std::int64_t row_;
  std::int64_t slice_;
  std::int64_t image_;
  bool inner_ = false;
  const T* base_ = nullptr;
  Input* inputs_;
  Input* end_ = nullptr;
  std::int64_t* held_;
  T* zeros_;
  T* rows_;
};

// Chooses the step for a problem.
template <class T>
struct AnyStem {
  template <class Use>
  static auto with(const Problem& p, const Use& use) {
    switch (p.stride[2] * p.channels) {
      case 1:
        return use(static_cast<Stem<T, 1>*>(nullptr));
      case 2:
        return use(static_cast<Stem<T, 2>*>(nullptr));
      case 3:
        return use(static_cast<Stem<T, 3>*>(nullptr));
      case 6:
        return use(static_cast<Stem<T, 6>*>(nullptr));
      default:
        return use(static_cast<Stem<T, 0>*>(nullptr));
    }
  }
  static std::int64_t packed_bytes(const Problem& p) { return Stem<T, 0>::packed_bytes(p); }
  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    Stem<T, 0>::pack(p, weights, bias, packed);
  }
  static std::int64_t scratch_bytes(const Problem& p) { return Stem<T, 0>::scratch_bytes(p); }
  static void run(const Problem& p, const void* input, const void* packed, void* output,
                  void* scratch) {
    with(p, [&](auto k) {
      std::remove_pointer_t<decltype(k)>::run(p, input, packed, output, scratch);
    });
  }
};

}  // namespace
}  // namespace conv4j
