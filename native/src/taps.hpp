// Which input pixel each kernel tap reads, for a few output pixels at a time.
//
// A table of pointers separates where a kernel reads from what it computes: padding, strides,
// dilation, dimensions and transposition end here. A tap that reads padding points at zeros; a tap
// that reads padding for every pixel is left out. Inspired by the indirection buffer of Dukhan,
// "The Indirect Convolution Algorithm" (2019), but made for a tile at a time: it stays in L1.
#pragma once

#include "problem.hpp"
#include "vector.hpp"

namespace conv4j {
namespace {

template <class T, int kPixels>
class TapTable {
 public:
  static std::int64_t bytes(const Problem& p) {
    const std::int64_t axes = p.kernel[0] + p.kernel[1] + p.kernel[2];
    return p.taps() * (kPixels + 2) * 8 + axes * kPixels * 8;
  }

  // If merging, an entry may stand for all taps of a kernel row at once: undilated, the channels of
  // neighbouring pixels follow each other in memory.
  TapTable(const Problem& p, const T* input, const T* zeros, void* scratch, bool merging)
      : p_(p),
        input_(input),
        zeros_(zeros),
        merged_(merging && p.groups == 1 && p.dilation[2] == 1 ? p.kernel[2] : 1) {
    pointers_ = static_cast<const T**>(scratch);
    taps_ = reinterpret_cast<std::int64_t*>(pointers_ + p.taps() * kPixels);
    inner_offsets_ = taps_ + p.taps();
    std::int64_t* offsets = inner_offsets_ + p.taps();
    std::int64_t pixels = 1;
    for (int axis = 2; axis >= 0; axis--) {
      step_[axis] = pixels * p.channels;
      pixels *= p.input[axis];
      offsets_[axis] = offsets;
      offsets += p.kernel[axis] * kPixels;
    }
    image_ = pixels * p.channels;
    make_inner_offsets();
  }

  // Describes output pixels first to first + count - 1 in the order of this table.
  void fill(std::int64_t first, int count) {
    if (first != next_) {
      seek(first);
    }
    next_ = first + count;
    inner_ = count == kPixels && is_inner();
    if (inner_) {
      fill_inner();
      return;
    }
    for (int i = 0; i < count; i++) {
      outputs_[i] = ((n_ * p_.output[0] + at_[0]) * p_.output[1] + at_[1]) * p_.output[2] + at_[2];
      images_[i] = input_ + n_ * image_;
      for (int axis = 0; axis < 3; axis++) {
        if (i > 0 && at_[axis] == previous_[axis]) {
          copy_offsets(axis, i);
        } else {
          make_offsets(axis, i);
        }
        previous_[axis] = at_[axis];
      }
      advance();
    }
    combine(count);
  }

  // The number of entries that some pixel needs.
  std::int64_t size() const { return size_; }
  // How many neighbouring taps an entry stands for.
  std::int64_t merged() const { return inner_ ? merged_ : 1; }
  // Which tap of the kernel an entry starts with.
  const std::int64_t* taps() const { return taps_; }
  // kPixels pointers for each entry.
  const T* const* pointers() const { return pointers_; }
  // The number of an output pixel in memory.
  std::int64_t output(int pixel) const { return outputs_[pixel]; }

 private:
  // Where the taps of a pixel lie relative to its first one when none reads padding.
  void make_inner_offsets() {
    std::int64_t* to = inner_offsets_;
    for (std::int64_t a = 0; a < p_.kernel[0]; a++) {
      for (std::int64_t b = 0; b < p_.kernel[1]; b++) {
        for (std::int64_t c = 0; c < p_.kernel[2]; c++) {
          *to++ = a * p_.dilation[0] * step_[0] + b * p_.dilation[1] * step_[1] +
                  c * p_.dilation[2] * step_[2];
        }
      }
    }
  }

  // Whether the next tile is in one row and no tap of it reads padding: most tiles of a large
  // image are, and they need no test for each tap.
  bool is_inner() const {
    if (p_.transposed != 0 || index_[2] + kPixels > p_.output[2]) {
      return false;
    }
    for (int axis = 0; axis < 3; axis++) {
      const std::int64_t first = at_[axis] * p_.stride[axis] - p_.pad[axis];
      const std::int64_t last = first + (p_.kernel[axis] - 1) * p_.dilation[axis] +
                                (axis == 2 ? (kPixels - 1) * p_.stride[2] : 0);
      if (first < 0 || last >= p_.input[axis]) {
        return false;
      }
    }
    return true;
  }

  void fill_inner() {
    const T* corner = input_ + n_ * image_;
    for (int axis = 0; axis < 3; axis++) {
      corner += (at_[axis] * p_.stride[axis] - p_.pad[axis]) * step_[axis];
    }
    const std::int64_t output =
        ((n_ * p_.output[0] + at_[0]) * p_.output[1] + at_[1]) * p_.output[2] + at_[2];
    const std::int64_t step = p_.stride[2] * p_.channels;
    size_ = p_.taps() / merged_;
    for (std::int64_t entry = 0; entry < size_; entry++) {
      const std::int64_t tap = entry * merged_;
      const T* first = corner + inner_offsets_[tap];
      for (int i = 0; i < kPixels; i++) {
        pointers_[entry * kPixels + i] = first + i * step;
      }
      taps_[entry] = tap;
    }
    for (int i = 0; i < kPixels; i++) {
      outputs_[i] = output + i;
    }
    index_[2] += kPixels - 1;
    advance();
  }

  void seek(std::int64_t pixel) {
    for (int axis = 2; axis >= 0; axis--) {
      index_[axis] = pixel % p_.output[axis];
      pixel /= p_.output[axis];
      at_[axis] = position(axis, index_[axis]);
    }
    n_ = pixel;
  }

  void advance() {
    for (int axis = 2; axis >= 0; axis--) {
      index_[axis]++;
      if (index_[axis] < p_.output[axis]) {
        at_[axis] = position(axis, index_[axis]);
        return;
      }
      index_[axis] = 0;
      at_[axis] = 0;
    }
    n_++;
  }

  // A transposed convolution visits pixels of one phase of the stride after another: neighbours in
  // that order need the same taps.
  std::int64_t position(int axis, std::int64_t index) const {
    const std::int64_t stride = p_.stride[axis];
    if (p_.transposed == 0 || stride == 1) {
      return index;
    }
    for (std::int64_t phase = 0;; phase++) {
      const std::int64_t members = (p_.output[axis] - phase + stride - 1) / stride;
      if (index < members) {
        return phase + index * stride;
      }
      index -= members;
    }
  }

  void make_offsets(int axis, int pixel) {
    const std::int64_t length = p_.input[axis];
    const std::int64_t stride = p_.stride[axis];
    for (std::int64_t k = 0; k < p_.kernel[axis]; k++) {
      std::int64_t at;
      bool inside;
      if (p_.transposed == 0) {
        at = at_[axis] * stride - p_.pad[axis] + k * p_.dilation[axis];
        inside = at >= 0 && at < length;
      } else {
        const std::int64_t full = at_[axis] + p_.pad[axis] - k * p_.dilation[axis];
        at = stride == 1 ? full : full / stride;
        inside = full >= 0 && at * stride == full && at < length;
      }
      offsets_[axis][k * kPixels + pixel] = inside ? at * step_[axis] : -1;
    }
  }

  void copy_offsets(int axis, int pixel) {
    for (std::int64_t k = 0; k < p_.kernel[axis]; k++) {
      offsets_[axis][k * kPixels + pixel] = offsets_[axis][k * kPixels + pixel - 1];
    }
  }

  void combine(int count) {
    size_ = 0;
    std::int64_t tap = 0;
    for (std::int64_t a = 0; a < p_.kernel[0]; a++) {
      const std::int64_t* first = offsets_[0] + a * kPixels;
      for (std::int64_t b = 0; b < p_.kernel[1]; b++) {
        const std::int64_t* second = offsets_[1] + b * kPixels;
        for (std::int64_t c = 0; c < p_.kernel[2]; c++, tap++) {
          const std::int64_t* third = offsets_[2] + c * kPixels;
          const T** entry = pointers_ + size_ * kPixels;
          bool needed = false;
          for (int i = 0; i < count; i++) {
            const bool inside = (first[i] | second[i] | third[i]) >= 0;
            entry[i] = inside ? images_[i] + (first[i] + second[i] + third[i]) : zeros_;
            needed |= inside;
          }
          for (int i = count; i < kPixels; i++) {
            entry[i] = zeros_;
          }
          if (needed) {
            taps_[size_++] = tap;
          }
        }
      }
    }
  }

  const Problem& p_;
  const T* input_;
  const T* zeros_;
  const T** pointers_;
  std::int64_t* taps_;
  std::int64_t* inner_offsets_;
  std::int64_t* offsets_[3];
  const std::int64_t merged_;
  bool inner_ = false;
  std::int64_t step_[3];
  std::int64_t image_;
  std::int64_t size_ = 0;
  std::int64_t next_ = -1;
  std::int64_t n_ = 0;
  std::int64_t index_[3] = {};
  std::int64_t at_[3] = {};
  std::int64_t previous_[3] = {};
  std::int64_t outputs_[kPixels] = {};
  const T* images_[kPixels] = {};
};

}  // namespace
}  // namespace conv4j
