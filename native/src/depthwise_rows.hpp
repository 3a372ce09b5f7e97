// Depthwise convolution with one filter for each channel, row by row: what neighbouring pixels read
// of a row is loaded once, for as many channels as a vector holds.
//
// kWidth: how many taps share it. With 1, each tap of the kernel counts as a row of its own, which does
// for any width and dilation.
#pragma once

#include <algorithm>

#include "outputs.hpp"
#include "parallel.hpp"
#include "tile_sizes.hpp"

namespace conv4j {
namespace {

// The block of a vector of channels, in a layout's words, is its bias, a vector that is of no use here,
// and a vector for each tap.
template <class T, int kWidth, int kStride>
class DepthwiseRows {
  static constexpr int kL = kLanes<T>;

 public:
  static std::int64_t scratch_bytes(const Problem& p) { return p.threads * thread_bytes(p); }

  // zeros: as many as there are channels. The channels of a vector start at first(vector).
  template <class Layout>
  static void run(const Problem& p, const T* input, const Layout& layout, const T* zeros,
                  const Outputs<T>& outputs, void* scratch) {
    Sizes::with(Sizes::best(p.output[2]), [&](auto count) {
      constexpr int kCount = decltype(count)::value;
      const std::int64_t tiles = (p.output[2] + kCount - 1) / kCount;
      const std::int64_t rows = p.batch * p.output[0] * p.output[1];
      parallel_ranges(p.threads, rows * tiles, [&](std::int64_t thread, Ranges& ranges) {
        DepthwiseRows self(p, input, zeros, outputs,
                           static_cast<char*>(scratch) + thread * thread_bytes(p));
        ranges.take(thread, [&](std::int64_t first, std::int64_t last) {
          for (std::int64_t item = first; item < last; item++) {
            self.seek(item / tiles);
            // The last tile starts early enough to be full.
            const std::int64_t x = std::min(item % tiles * kCount, p.output[2] - kCount);
            self.template tile<kCount>(x, layout);
          }
        });
      });
    });
  }

 private:
  // A row of the kernel that lies inside the input: the input's row, the first of its taps, and by how
  // many columns that is behind the first one of all.
  struct Row {
    const T* input;
    std::int64_t tap;
    std::int64_t behind;
  };

  static constexpr int kMost = CONV4J_VECTOR_BYTES == 64 ? 14 : 7;
  using Sizes = TileSizes<kMost, kMost / 2, 2, 1>;

  static std::int64_t thread_bytes(const Problem& p) {
    return padded(p.taps() / kWidth * std::int64_t(sizeof(Row)));
  }

  DepthwiseRows(const Problem& p, const T* input, const T* zeros, const Outputs<T>& outputs,
                void* scratch)
      : p_(p),
        outputs_(outputs),
        input_(input),
        zeros_(zeros),
        rows_(static_cast<Row*>(scratch)) {}

  // Finds the rows that an output row reads.
  void seek(std::int64_t row) {
    if (row == row_) {
      return;
    }
    row_ = row;
    const std::int64_t y = row % p_.output[1];
    const std::int64_t z = row / p_.output[1] % p_.output[0];
    const std::int64_t image = row / p_.output[1] / p_.output[0];
    end_ = rows_;
    for (std::int64_t a = 0; a < p_.kernel[0]; a++) {
      const std::int64_t plane = z * p_.stride[0] - p_.pad[0] + a * p_.dilation[0];
      if (plane < 0 || plane >= p_.input[0]) {
        continue;
      }
      for (std::int64_t b = 0; b < p_.kernel[1]; b++) {
        const std::int64_t line = y * p_.stride[1] - p_.pad[1] + b * p_.dilation[1];
        if (line >= 0 && line < p_.input[1]) {
          const std::int64_t from = (image * p_.input[0] + plane) * p_.input[1] + line;
          const T* const begin = input_ + from * p_.input[2] * p_.channels;
          const std::int64_t tap = (a * p_.kernel[1] + b) * p_.kernel[2];
          for (std::int64_t c = 0; c < p_.kernel[2]; c += kWidth) {
            *end_++ = {begin, tap + c, c * p_.dilation[2]};
          }
        }
      }
    }
  }

  template <int kCount, class Layout>
  void tile(std::int64_t x, const Layout& layout) const {
    const std::int64_t column = x * kStride - p_.pad[2];
    const std::int64_t last = column + (kCount - 1) * kStride + (p_.kernel[2] - 1) * p_.dilation[2];
    T* const to = outputs_.begin() + (row_ * p_.output[2] + x) * p_.channels;
    if (column >= 0 && last < p_.input[2]) {
      vectors<kCount, false>(column, layout, to);
    } else {
      vectors<kCount, true>(column, layout, to);
    }
  }

  template <int kCount, bool kEdge, class Layout>
  [[gnu::noinline]] void vectors(std::int64_t column, const Layout& layout, T* to) const {
    const std::int64_t count = layout.vectors();
    for (std::int64_t v = 0; v < count; v++) {
      vector<kCount, kEdge>(column, layout.first(v), layout.block(v), to + layout.first(v));
    }
  }

  // kEdge: some columns may lie outside.
  template <int kCount, bool kEdge>
  [[gnu::always_inline]] inline void vector(std::int64_t column, std::int64_t channel,
                                            const T* block, T* to) const {
    constexpr int kSpan = (kCount - 1) * kStride + kWidth;
    const std::int64_t step = p_.channels;
    const std::int64_t width = p_.input[2];
    const T* const zeros = zeros_ + channel;
    Vector<T> sums[kCount];
#pragma GCC unroll 16
    for (int i = 0; i < kCount; i++) {
      sums[i] = load(block);
    }
    for (const Row* row = rows_; row < end_; row++) {
      const T* const taps = block + (2 + row->tap) * kL;
      const std::int64_t begin = column + row->behind;
      const T* from = row->input + begin * step + channel;
      Vector<T> weights[kWidth];
#pragma GCC unroll 8
      for (int k = 0; k < kWidth; k++) {
        weights[k] = load(taps + k * kL);
      }
#pragma GCC unroll 48
      for (int i = 0; i < kSpan; i++) {
        const bool inside = !kEdge || std::uint64_t(begin + i) < std::uint64_t(width);
        const Vector<T> x = load(inside ? from : zeros);
        from += step;
#pragma GCC unroll 8
        for (int k = 0; k < kWidth; k++) {
          if (i >= k && (i - k) % kStride == 0 && (i - k) / kStride < kCount) {
            sums[(i - k) / kStride] += x * weights[k];
          }
        }
      }
    }
    if (!outputs_.only_clamps()) {
      T results[kCount][kL];
#pragma GCC unroll 16
      for (int i = 0; i < kCount; i++) {
        store(results[i], sums[i]);
      }
      finish(results[0], kCount, to);
      return;
    }
    const Activation<T>& activation = outputs_.activation();
    const Vector<T> least = broadcast<Vector<T>>(activation.least());
    const Vector<T> most = broadcast<Vector<T>>(activation.most());
#pragma GCC unroll 16
    for (int i = 0; i < kCount; i++) {
      store(to, clamp(sums[i], least, most));
      to += step;
    }
  }

  // Residuals and other activations stay out of the tiles' code.
  [[gnu::noinline]] void finish(const T* results, int count, T* to) const {
    outputs_.specialised([&](const auto& special) {
      for (int i = 0; i < count; i++) {
        special.put(to + i * p_.channels, load(results + i * kL));
      }
    });
  }

  const Problem& p_;
  const Outputs<T>& outputs_;
  const T* input_;
  const T* zeros_;
  Row* const rows_;
  Row* end_ = nullptr;
  std::int64_t row_ = -1;
};

}  // namespace
}  // namespace conv4j
