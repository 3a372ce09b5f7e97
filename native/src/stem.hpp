// The first layers of networks: few channels to vectors of filters. A channel loop would be too
// short there; here the taps and channels of a kernel row are one stretch. Tiles at the borders of
// an image read a copy that has the padding in it.
#pragma once

#include <algorithm>
#include <type_traits>

#include "parallel.hpp"
#include "stretch.hpp"

namespace conv4j {
namespace {

// kStep: from a pixel to the next one in the input; 0 if unknown.
template <class T, int kStep>
class Stem {
 public:
  using Tile = StretchTile<T, kStep>;
  static constexpr int kBlock = Tile::kBlock;

  static std::int64_t packed_bytes(const Problem& p) {
    return StretchWeights<T>::elements(p.filters, p.taps() * p.channels) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    StretchWeights<T>::pack(p.filters, p.taps() * p.channels, static_cast<const T*>(weights),
                            p.filters, static_cast<const T*>(bias), static_cast<T*>(packed));
  }

  // For each thread: the stretches of tiles inside and of those at a border, and the copy.
  static std::int64_t thread_bytes(const Problem& p) {
    return 2 * stretches_bytes(p) + padded(p.kernel[0] * p.kernel[1] * span(p, Tile::kSizes[0]) *
                                           p.channels * std::int64_t(sizeof(T)));
  }
  static std::int64_t scratch_bytes(const Problem& p) { return p.threads * thread_bytes(p); }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    const int size = Tile::size(p.output[2]);
    parallel(p.threads, p.batch * p.output[0] * p.output[1],
             [&](std::int64_t thread, std::int64_t first, std::int64_t last) {
               Stem stem(p, static_cast<const T*>(input), Outputs<T>(p, residual, output),
                         static_cast<const T*>(packed),
                         static_cast<char*>(scratch) + thread * thread_bytes(p));
               stem.seek(first);
               for (std::int64_t row = first; row < last; row++) {
                 stem.row(size, static_cast<T*>(output) + row * p.output[2] * p.filters);
                 stem.advance();
               }
             });
  }

 private:
  static std::int64_t stretches_bytes(const Problem& p) {
    return padded(p.taps() * std::int64_t(sizeof(Stretch)));
  }
  // Input pixels between the first and the last that a tile of some pixels reads from a row.
  static std::int64_t span(const Problem& p, int size) {
    return (size - 1) * p.stride[2] + (p.kernel[2] - 1) * p.dilation[2] + 1;
  }

  Stem(const Problem& p, const T* input, const Outputs<T>& outputs, const T* packed, char* scratch)
      : p_(p),
        tile_(p, outputs, p.filters, p.taps() * p.channels, p.stride[2] * p.channels),
        input_(input),
        packed_(packed),
        inside_(reinterpret_cast<Stretch*>(scratch)),
        border_(reinterpret_cast<Stretch*>(scratch + stretches_bytes(p))),
        copy_(reinterpret_cast<T*>(scratch + 2 * stretches_bytes(p))) {}

  void seek(std::int64_t row) {
    at_[1] = row % p_.output[1];
    at_[0] = row / p_.output[1] % p_.output[0];
    image_ = row / p_.output[1] / p_.output[0];
  }

  void advance() {
    if (++at_[1] == p_.output[1]) {
      at_[1] = 0;
      if (++at_[0] == p_.output[0]) {
        at_[0] = 0;
        image_++;
      }
    }
  }

  template <int kSize = 0>
  void row(int size, T* output) {
    constexpr int kCount = Tile::kSizes[kSize];
    if constexpr (kCount > 1) {
      if (size < kCount) {
        row<kSize + 1>(size, output);
        return;
      }
    }
    find_stretches(kCount);
    const std::int64_t width = span(p_, kCount);
    for (std::int64_t x = 0; x < p_.output[2]; x += kCount) {
      // The last tile starts early enough to be full.
      const std::int64_t first = std::min(x, p_.output[2] - kCount);
      const std::int64_t from = first * p_.stride[2] - p_.pad[2];
      T* const to = output + first * p_.filters;
      if (rows_ > 0 && from >= 0 && from + width <= p_.input[2]) {
        tile_.template run<kCount>(base_ + from * p_.channels * std::int64_t(sizeof(T)), inside_,
                                   inside_ + count_, packed_, to);
      } else {
        copy(from, width);
        tile_.template run<kCount>(reinterpret_cast<std::intptr_t>(copy_), border_,
                                   border_ + count_, packed_, to);
      }
    }
  }

  // What the next row reads, except for whole rows of padding. The last list serves again if both
  // rows read no such padding.
  void find_stretches(int size) {
    const std::int64_t row = p_.input[2] * p_.channels;
    front_ = at_[0] * p_.stride[0] - p_.pad[0];
    top_ = at_[1] * p_.stride[1] - p_.pad[1];
    base_ = reinterpret_cast<std::intptr_t>(input_) +
            ((image_ * p_.input[0] + front_) * p_.input[1] + top_) * row * std::int64_t(sizeof(T));
    const bool full = is_inside(0, front_) && is_inside(1, top_);
    if (full && full_) {
      return;
    }
    full_ = full;
    rows_ = 0;
    count_ = 0;
    for (std::int64_t a = 0; a < p_.kernel[0]; a++) {
      for (std::int64_t b = 0; b < p_.kernel[1]; b++) {
        if (reads(a, b)) {
          add_row((a * p_.dilation[0] * p_.input[1] + b * p_.dilation[1]) * row,
                  rows_ * span(p_, size) * p_.channels, (a * p_.kernel[1] + b) * p_.kernel[2]);
          rows_++;
        }
      }
    }
    if (rows_ == 0) {
      // Padding only: the bias plus a product of zero.
      border_[count_++] = {0, kBlock, 1};
      std::fill(copy_, copy_ + span(p_, size) * p_.channels, T(0));
    }
  }

  bool is_inside(int axis, std::int64_t first) const {
    return first >= 0 && first + (p_.kernel[axis] - 1) * p_.dilation[axis] < p_.input[axis];
  }

  // Whether a row of the kernel meets the image.
  bool reads(std::int64_t a, std::int64_t b) const {
    const std::int64_t z = front_ + a * p_.dilation[0];
    const std::int64_t y = top_ + b * p_.dilation[1];
    return z >= 0 && z < p_.input[0] && y >= 0 && y < p_.input[1];
  }

  // Undilated, the taps of a row follow each other too.
  void add_row(std::int64_t inside, std::int64_t border, std::int64_t tap) {
    const std::int64_t stretches = p_.dilation[2] == 1 ? 1 : p_.kernel[2];
    const std::int64_t length = p_.kernel[2] / stretches * p_.channels;
    for (std::int64_t k = 0; k < stretches; k++, count_++) {
      const std::int64_t moved = k * p_.dilation[2] * p_.channels;
      const std::int64_t weights = (1 + (tap + k) * p_.channels) * kBlock;
      inside_[count_] = {(inside + moved) * std::int64_t(sizeof(T)), weights, length};
      border_[count_] = {(border + moved) * std::int64_t(sizeof(T)), weights, length};
    }
  }

  // Copies what a tile reads from pixel `first` on, with padding.
  void copy(std::int64_t first, std::int64_t width) {
    const std::int64_t begin = std::clamp<std::int64_t>(-first, 0, width);
    const std::int64_t end = std::clamp<std::int64_t>(p_.input[2] - first, begin, width);
    T* to = copy_;
    for (std::int64_t a = 0; a < p_.kernel[0]; a++) {
      for (std::int64_t b = 0; b < p_.kernel[1]; b++) {
        if (reads(a, b)) {
          const std::int64_t z = image_ * p_.input[0] + front_ + a * p_.dilation[0];
          const std::int64_t y = z * p_.input[1] + top_ + b * p_.dilation[1];
          const T* from = input_ + (y * p_.input[2] + first + begin) * p_.channels;
          T* const pixels = std::fill_n(to, begin * p_.channels, T(0));
          to = std::copy_n(from, (end - begin) * p_.channels, pixels);
          to = std::fill_n(to, (width - end) * p_.channels, T(0));
        }
      }
    }
  }

  const Problem& p_;
  const Tile tile_;
  const T* input_;
  const T* packed_;
  Stretch* inside_;
  Stretch* border_;
  T* copy_;
  std::int64_t image_ = 0;
  std::int64_t at_[2] = {};
  std::int64_t front_ = 0;
  std::int64_t top_ = 0;
  std::intptr_t base_ = 0;
  bool full_ = false;
  std::int64_t rows_ = 0;
  std::int64_t count_ = 0;
};

// Chooses the step for a problem.
template <class T>
struct AnyStem {
  static std::int64_t packed_bytes(const Problem& p) { return Stem<T, 0>::packed_bytes(p); }
  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    Stem<T, 0>::pack(p, weights, bias, packed);
  }
  static std::int64_t scratch_bytes(const Problem& p) { return Stem<T, 0>::scratch_bytes(p); }
  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    switch (p.stride[2] * p.channels) {
      case 1:
        return Stem<T, 1>::run(p, input, residual, packed, output, scratch);
      case 3:
        return Stem<T, 3>::run(p, input, residual, packed, output, scratch);
      case 6:
        return Stem<T, 6>::run(p, input, residual, packed, output, scratch);
      default:
        return Stem<T, 0>::run(p, input, residual, packed, output, scratch);
    }
  }
};

}  // namespace
}  // namespace conv4j
