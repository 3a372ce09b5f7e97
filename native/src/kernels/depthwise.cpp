// Depthwise convolution, any multiplier: vectors along the filters, a tile of pixels in registers.
#include <algorithm>

#include "choice.hpp"
#include "depthwise_rows.hpp"
#include "family.hpp"
#include "outputs.hpp"
#include "permute.hpp"
#include "tiles.hpp"

namespace conv4j {
namespace {

template <class T>
struct Depthwise {
  static constexpr int kPixels = 4;
  // 16 of the 32 registers of AVX-512, 8 of 16 elsewhere.
  static constexpr int kVectors = CONV4J_VECTOR_BYTES == 64 ? 4 : 2;
  static constexpr int kL = kLanes<T>;
  using Tiles = TapTiles<T, kPixels>;
  using Table = typename Tiles::Table;

  static std::int64_t vectors(const Problem& p) { return (p.filters + kL - 1) / kL; }
  // The last vector starts early enough to be full, and may compute some filters again; the only
  // one may hold fewer.
  static std::int64_t first_filter(const Problem& p, std::int64_t vector) {
    return std::min(vector * kL, std::max<std::int64_t>(0, p.filters - kL));
  }
  // Likewise for the vector of channels that holds those of a vector of filters.
  static std::int64_t first_channel(const Problem& p, std::int64_t vector) {
    return std::min(first_filter(p, vector) / p.group_filters(),
                    std::max<std::int64_t>(0, p.channels - kL));
  }
  static std::int64_t vector_elements(const Problem& p) { return kL * (2 + p.taps()); }

  // For each vector the bias, which channel each lane reads, and the weights; then zeros.
  static std::int64_t packed_bytes(const Problem& p) {
    return (vectors(p) * vector_elements(p) + p.channels) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    using Index = typename VectorOf<T>::Index;
    const T* from = static_cast<const T*>(weights);
    T* to = static_cast<T*>(packed);
    std::fill_n(to, vectors(p) * vector_elements(p) + p.channels, T(0));
    for (std::int64_t v = 0; v < vectors(p); v++) {
      for (std::int64_t lane = 0; lane < std::min<std::int64_t>(kL, p.filters); lane++) {
        const std::int64_t f = first_filter(p, v) + lane;
        to[lane] = bias != nullptr ? static_cast<const T*>(bias)[f] : T(0);
        const Index source = Index(f / p.group_filters() - first_channel(p, v));
        __builtin_memcpy(to + kL + lane, &source, sizeof source);
        for (std::int64_t tap = 0; tap < p.taps(); tap++) {
          to[(2 + tap) * kL + lane] = from[tap * p.filters + f];
        }
      }
      to += vector_elements(p);
    }
  }

  static std::int64_t scratch_bytes(const Problem& p) {
    std::int64_t bytes = Tiles::scratch_bytes(p);
    with_rows(p, [&](auto rows) { bytes = decltype(rows)::Kernel::scratch_bytes(p); });
    return bytes;
  }

  // Where the vectors of channels are, and their weights.
  struct Layout {
    const Problem& p;
    const T* packed;
    std::int64_t vectors() const { return Depthwise::vectors(p); }
    std::int64_t first(std::int64_t vector) const { return first_filter(p, vector); }
    const T* block(std::int64_t vector) const { return packed + vector * vector_elements(p); }
  };

  // Calls use with the rows that compute a problem; returns false if none do.
  template <class Use>
  static bool with_rows(const Problem& p, const Use& use) {
    if (p.filters != p.channels || p.channels < kL || p.output[2] == 1 || p.stride[2] > 2) {
      return false;
    }
    switch (p.dilation[2] == 1 ? p.kernel[2] : 1) {
      case 3: with_stride<3>(p, use); break;
      case 5: with_stride<5>(p, use); break;
      case 7: with_stride<7>(p, use); break;
      default: with_stride<1>(p, use); break;
    }
    return true;
  }

  template <int kWidth, class Use>
  static void with_stride(const Problem& p, const Use& use) {
    p.stride[2] == 1 ? use(Pick<DepthwiseRows<T, kWidth, 1>>())
                     : use(Pick<DepthwiseRows<T, kWidth, 2>>());
  }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    const T* weights = static_cast<const T*>(packed);
    const Outputs<T> outputs(p, residual, output);
    const T* const zeros = weights + vectors(p) * vector_elements(p);
    if (with_rows(p, [&](auto rows) {
          decltype(rows)::Kernel::run(p, static_cast<const T*>(input), Layout{p, weights}, zeros,
                                      outputs, scratch);
        })) {
      return;
    }
    Tiles::for_each(p, input, zeros, scratch, false, 1,
                    [&](const Table& table, int count, std::int64_t) {
      if (p.channels < kL) {
        few(p, table, count, weights, outputs);
      } else if (p.filters == p.channels) {
        all<false>(p, table, count, weights, outputs);
      } else {
        all<true>(p, table, count, weights, outputs);
      }
    });
  }

  template <bool kMultiplied>
  static void all(const Problem& p, const Table& table, int count,
                  const T* weights, const Outputs<T>& outputs) {
    const std::int64_t end = vectors(p);
    std::int64_t v = 0;
    for (; v + kVectors <= end; v += kVectors) {
      some<kMultiplied, kVectors>(p, table, count, v, weights, outputs);
    }
    for (; v < end; v++) {
      some<kMultiplied, 1>(p, table, count, v, weights, outputs);
    }
  }

  // Less than a vector of channels.
  static void few(const Problem& p, const Table& table, int count, const T* weights,
                  const Outputs<T>& outputs) {
    if (p.filters == p.channels) {
      some<false, 1, true>(p, table, count, 0, weights, outputs);
      return;
    }
    for (std::int64_t v = 0; v < vectors(p); v++) {
      some<true, 1, true>(p, table, count, v, weights, outputs);
    }
  }

  template <bool kMultiplied, int kCount, bool kFew = false>
  static void some(const Problem& p, const Table& table, int count,
                   std::int64_t vector, const T* packed, const Outputs<T>& outputs) {
    const T* block[kCount];
    std::int64_t channel[kCount];
    typename VectorOf<T>::Mask sources[kCount];
    Vector<T> sums[kPixels][kCount];
    for (int v = 0; v < kCount; v++) {
      block[v] = packed + (vector + v) * vector_elements(p);
      channel[v] = kMultiplied ? first_channel(p, vector + v) : first_filter(p, vector + v);
      sources[v] = load_mask(block[v] + kL);
      for (int i = 0; i < kPixels; i++) {
        sums[i][v] = load(block[v]);
      }
    }
    const int channels = int(std::min<std::int64_t>(p.channels, kL));
    for (std::int64_t entry = 0; entry < table.size(); entry++) {
      const T* const* in = table.pointers() + entry * kPixels;
      const std::int64_t at = (2 + table.taps()[entry]) * kL;
      for (int v = 0; v < kCount; v++) {
        const Vector<T> w = load(block[v] + at);
        for (int i = 0; i < kPixels; i++) {
          Vector<T> x = kFew ? load_some(in[i], channels) : load(in[i] + channel[v]);
          if (kMultiplied) {
            x = permute_by<T>(x, sources[v]);
          }
          sums[i][v] += x * w;
        }
      }
    }
    outputs.specialised([&](const auto& special) {
      for (int i = 0; i < kPixels && i < count; i++) {
        T* to = special.begin() + table.output(i) * p.filters;
        for (int v = 0; v < kCount; v++) {
          if (kFew && p.filters < kL) {
            special.put_some(to, sums[i][v], int(p.filters));
          } else {
            special.put(to + first_filter(p, vector + v), sums[i][v]);
          }
        }
      }
    });
  }
};

inline bool depthwise_supports(const Problem& p) {
  return p.transposed == 0 && p.group_channels() == 1;
}

}  // namespace
}  // namespace conv4j

CONV4J_KERNEL(depthwise_float32, depthwise_supports, Depthwise<float>)
CONV4J_KERNEL(depthwise_float64, depthwise_supports, Depthwise<double>)
