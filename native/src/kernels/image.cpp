// Images of few channels to few filters (at most 4 each), two dimensions, no stride along the
// width: vectors along the width. Rows are taken apart into one padded plane per channel, which
// later output rows use again, and the filters' rows are put together at the end.
#include "choice.hpp"
#include "family.hpp"
#include "outputs.hpp"
#include "parallel.hpp"

namespace conv4j {
namespace {

template <class T, int kFilters>
struct Image {
  static constexpr int kL = kLanes<T>;
  static constexpr int kSums = CONV4J_VECTOR_BYTES == 64 ? 16 : 8;
  static constexpr int kVectors = kSums / kFilters < 8 ? kSums / kFilters : 8;
  static constexpr int kBlock = kVectors * kL;

  static std::int64_t blocks(const Problem& p) { return (p.output[2] + kBlock - 1) / kBlock; }
  static std::int64_t plane(const Problem& p) {
    return blocks(p) * kBlock + (p.kernel[2] - 1) * p.dilation[2];
  }
  // Input rows between the first and the last that one output row reads.
  static std::int64_t rows(const Problem& p) { return (p.kernel[1] - 1) * p.dilation[1] + 1; }

  // The bias, then weights (tap, channel, filter).
  static std::int64_t packed_bytes(const Problem& p) {
    return kFilters * (1 + p.taps() * p.channels) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    T* to = static_cast<T*>(packed);
    for (int f = 0; f < kFilters; f++) {
      to[f] = bias != nullptr ? static_cast<const T*>(bias)[f] : T(0);
    }
    for (std::int64_t i = 0; i < p.taps() * p.channels * kFilters; i++) {
      to[kFilters + i] = static_cast<const T*>(weights)[i];
    }
  }

  // For each thread: which input row a slot holds, the slots' planes, and the filters' rows.
  static std::int64_t thread_bytes(const Problem& p) {
    const std::int64_t elements = rows(p) * p.channels * plane(p) + kFilters * blocks(p) * kBlock;
    return padded(rows(p) * 8) + padded(elements * std::int64_t(sizeof(T)));
  }
  static std::int64_t scratch_bytes(const Problem& p) { return p.threads * thread_bytes(p); }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    const Outputs<T> outputs(p, residual, output);
    parallel_ranges(p.threads, p.batch * p.output[1], [&](std::int64_t thread, Ranges& ranges) {
      char* memory = static_cast<char*>(scratch) + thread * thread_bytes(p);
      Image image(p, static_cast<const T*>(input), outputs, static_cast<const T*>(packed), memory);
      ranges.take(thread, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t row = first; row < last; row++) {
          image.row(row, outputs.begin() + row * p.output[2] * kFilters);
        }
      });
    });
  }

 private:
  Image(const Problem& p, const T* input, const Outputs<T>& outputs, const T* packed, char* memory)
      : p_(p),
        input_(input),
        outputs_(outputs),
        packed_(packed),
        held_(reinterpret_cast<std::int64_t*>(memory)),
        planes_(reinterpret_cast<T*>(memory + padded(rows(p) * 8))),
        sums_(planes_ + rows(p) * p.channels * plane(p)),
        rows_(outputs.has_residual() ? Activation<T>() : outputs.activation(), nullptr, sums_) {
    for (std::int64_t slot = 0; slot < rows(p); slot++) {
      held_[slot] = -1;
    }
    for (T* at = planes_; at < sums_; at++) {
      *at = T(0);
    }
  }

  void row(std::int64_t number, T* output) {
    const std::int64_t n = number / p_.output[1];
    const std::int64_t top = number % p_.output[1] * p_.stride[1] - p_.pad[1];
    for (std::int64_t k = 0; k < p_.kernel[1]; k++) {
      const std::int64_t y = top + k * p_.dilation[1];
      if (y >= 0 && y < p_.input[1]) {
        hold(y, n * p_.input[1] + y);
      }
    }
    for (std::int64_t block = 0; block < blocks(p_); block++) {
      compute(top, block * kBlock);
    }
    const std::int64_t stride = blocks(p_) * kBlock;
    for (int f = 0; f < kFilters; f++) {
      const T* __restrict from = sums_ + f * stride;
      T* __restrict to = output + f;
      for (std::int64_t x = 0; x < p_.output[2]; x++) {
        to[x * kFilters] = from[x];
      }
    }
    if (outputs_.has_residual()) {
      outputs_.finish(output, p_.output[2] * kFilters);
    }
  }

  T* slot(std::int64_t y) const { return planes_ + y % rows(p_) * p_.channels * plane(p_); }

  // Takes an input row apart unless its slot holds it already. What padding reads stays zero.
  void hold(std::int64_t y, std::int64_t number) {
    if (held_[y % rows(p_)] == number) {
      return;
    }
    held_[y % rows(p_)] = number;
    const std::int64_t pad = p_.pad[2];
    const std::int64_t room = plane(p_) - pad;
    const std::int64_t length = p_.input[2] < room ? p_.input[2] : room;
    for (std::int64_t c = 0; c < p_.channels; c++) {
      const T* __restrict from = input_ + number * p_.input[2] * p_.channels + c;
      T* __restrict to = slot(y) + c * plane(p_) + pad;
      switch (p_.channels) {
        case 1:
          copy<1>(from, to, length);
          break;
        case 2:
          copy<2>(from, to, length);
          break;
        case 3:
          copy<3>(from, to, length);
          break;
        default:
          copy<4>(from, to, length);
      }
    }
  }

  template <int kStep>
  static void copy(const T* __restrict from, T* __restrict to, std::int64_t length) {
    for (std::int64_t x = 0; x < length; x++) {
      to[x] = from[x * kStep];
    }
  }

  void compute(std::int64_t top, std::int64_t x) {
    Vector<T> sums[kFilters][kVectors];
    for (int f = 0; f < kFilters; f++) {
      for (int v = 0; v < kVectors; v++) {
        sums[f][v] = Vector<T>{} + packed_[f];
      }
    }
    for (std::int64_t k = 0; k < p_.kernel[1]; k++) {
      const std::int64_t y = top + k * p_.dilation[1];
      if (y < 0 || y >= p_.input[1]) {
        continue;
      }
      const T* w = packed_ + kFilters * (1 + k * p_.kernel[2] * p_.channels);
      for (std::int64_t t = 0; t < p_.kernel[2]; t++) {
        const T* in = slot(y) + x + t * p_.dilation[2];
        for (std::int64_t c = 0; c < p_.channels; c++, w += kFilters, in += plane(p_)) {
          for (int v = 0; v < kVectors; v++) {
            const Vector<T> values = load(in + v * kL);
            for (int f = 0; f < kFilters; f++) {
              sums[f][v] += values * w[f];
            }
          }
        }
      }
    }
    rows_.specialised([&](const auto& special) {
      for (int f = 0; f < kFilters; f++) {
        for (int v = 0; v < kVectors; v++) {
          special.put(special.begin() + f * blocks(p_) * kBlock + x + v * kL, sums[f][v]);
        }
      }
    });
  }

  const Problem& p_;
  const T* input_;
  const Outputs<T> outputs_;
  const T* packed_;
  std::int64_t* held_;
  T* planes_;
  T* sums_;
  // The filters' rows. A residual comes when they are together, and the activation after it.
  const Outputs<T> rows_;
};

// Chooses the number of filters for a problem.
template <class T>
struct ImageChoice {
  template <class Use>
  static auto with(const Problem& p, const Use& use) {
    switch (p.filters) {
      case 1:
        return use(Pick<Image<T, 1>>());
      case 2:
        return use(Pick<Image<T, 2>>());
      case 3:
        return use(Pick<Image<T, 3>>());
      default:
        return use(Pick<Image<T, 4>>());
    }
  }
};

inline bool image_supports(const Problem& p) {
  return p.transposed == 0 && p.groups == 1 && p.channels <= 4 && p.filters <= 4 &&
         p.input[0] == 1 && p.output[0] == 1 && p.kernel[0] == 1 && p.pad[0] == 0 &&
         p.stride[2] == 1 && p.is_padded_little(1) && p.is_padded_little(2);
}

}  // namespace
}  // namespace conv4j

CONV4J_KERNEL(image_float32, image_supports, Chosen<ImageChoice<float>>)
CONV4J_KERNEL(image_float64, image_supports, Chosen<ImageChoice<double>>)
