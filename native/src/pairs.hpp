// A tile of pixels times half a vector of filters: each lane pair of a vector holds one filter at
// two inputs that follow each other, so that a multiplication takes both and no lane is empty.
#pragma once

#include <utility>

#include "permute.hpp"
#include "stretch.hpp"

namespace conv4j {
namespace {

// Has the interface of StretchTile, for at most half a vector of filters.
template <int kStep>
class PairTile {
  using T = float;
  static constexpr int kL = kLanes<T>;
  typedef std::int64_t Wide __attribute__((vector_size(CONV4J_VECTOR_BYTES)));
  using Half = HalfVector<T>;

 public:
  // What the filters are at most.
  static constexpr int kFilters = kL / 2;

  using Sizes = typename StretchTile<T, kStep>::Sizes;

  // The weights: a vector of bias, then for each stretch one vector for each pair of inputs. The
  // last input of an odd number is alone.
  static std::int64_t at(std::int64_t stretch, std::int64_t length) {
    return kL * (1 + stretch * ((length + 1) / 2));
  }
  static std::int64_t elements(const Problem&, std::int64_t stretches, std::int64_t length) {
    return at(stretches, length);
  }
  static void pack(const Problem& p, std::int64_t stretches, std::int64_t length,
                   const T* weights, const T* bias, T* packed) {
    std::fill_n(packed, elements(p, stretches, length), T(0));
    for (std::int64_t f = 0; f < p.filters; f++) {
      packed[2 * f] = bias != nullptr ? bias[f] : T(0);
      for (std::int64_t s = 0; s < stretches; s++) {
        T* to = packed + at(s, length);
        for (std::int64_t i = 0; i < length; i++) {
          to[i / 2 * kL + 2 * f + i % 2] = weights[(s * length + i) * p.filters + f];
        }
      }
    }
  }

  PairTile(const Problem& p, const Outputs<T>& outputs)
      : outputs_(outputs), filters_(p.filters), step_(p.stride[2] * p.channels) {}

  // There is at least one stretch, and none is empty.
  template <int kCount>
  void run(std::intptr_t base, const Stretch* stretch, const Stretch* last, const T* weights,
           T* output) const {
    const std::int64_t step = kStep > 0 ? kStep : step_;
    Vector<T> sums[kCount];
#pragma GCC unroll 16
    for (int i = 0; i < kCount; i++) {
      sums[i] = load(weights);
    }
    do {
      const T* from = reinterpret_cast<const T*>(base + stretch->from);
      const T* row = weights + stretch->weights;
      for (const T* const end = from + stretch->length / 2 * 2; from < end; from += 2, row += kL) {
        const Vector<T> w = load(row);
#pragma GCC unroll 16
        for (int i = 0; i < kCount; i++) {
          sums[i] += w * pair<std::int64_t>(from + i * step);
        }
      }
      if (stretch->length % 2 != 0) {
        const Vector<T> w = load(row);
#pragma GCC unroll 16
        for (int i = 0; i < kCount; i++) {
          sums[i] += w * pair<std::uint32_t>(from + i * step);
        }
      }
    } while (++stretch < last);
    outputs_.specialised([&](const auto& special) { finish(sums, special, output); });
  }

 private:
  // All pairs of lanes hold what a value of type Bits reads: two inputs, or one and zero.
  template <class Bits>
  static Vector<T> pair(const T* from) {
    Bits bits;
    __builtin_memcpy(&bits, from, sizeof bits);
    return reinterpret_cast<Vector<T>>(Wide{} + std::int64_t(bits));
  }

  template <int kCount, class SomeOutputs>
  [[gnu::always_inline]] inline void finish(const Vector<T> (&sums)[kCount],
                                            const SomeOutputs& outputs, T* output) const {
    const bool full = filters_ == kFilters;
#pragma GCC unroll 16
    for (int i = 0; i < kCount; i += 2) {
      const int next = i + 1 < kCount ? i + 1 : i;
      // Two pixels, one after the other.
      const Vector<T> results = added(sums[i], sums[next], Lanes());
      T* const to = output + i * filters_;
      if (full && i + 1 < kCount) {
        outputs.put(to, results);
        continue;
      }
      outputs.put_some(to, results, int(filters_));
      if (i + 1 < kCount) {
        outputs.put_some(to + filters_, upper(results, Lanes()), int(filters_));
      }
    }
  }

  using Lanes = std::make_integer_sequence<int, kL>;

  // The sums of the lane pairs of a, then those of b.
  template <int... kLane>
  static Vector<T> added(Vector<T> a, Vector<T> b, std::integer_sequence<int, kLane...>) {
    return permute<T, (2 * kLane)...>(a, b) + permute<T, (2 * kLane + 1)...>(a, b);
  }

  template <int... kLane>
  static Vector<T> upper(Vector<T> x, std::integer_sequence<int, kLane...>) {
    return permute<T, ((kLane + kL / 2) % kL)...>(x);
  }

  const Outputs<T> outputs_;
  const std::int64_t filters_;
  const std::int64_t step_;
};

}  // namespace
}  // namespace conv4j
