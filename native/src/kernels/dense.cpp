// Convolution and transposed convolution of any shape: a block of filters (two vectors) times a
// tile of pixels in registers, summed over taps and channels.
#include <algorithm>

#include "choice.hpp"
#include "family.hpp"
#include "outputs.hpp"
#include "tiles.hpp"

namespace conv4j {
namespace {

// kVectors: vectors in a block of filters; one is enough for few filters.
template <class T, int kVectors>
struct Dense {
  static constexpr int kPixels = 6;
  using Tiles = TapTiles<T, kPixels>;
  using Table = typename Tiles::Table;
  static constexpr int kBlock = kVectors * kLanes<T>;
  // Weights that a thread keeps in its L2 cache while it goes over the pixels.
  static constexpr std::int64_t kChunkBytes = 512 << 10;

  static std::int64_t blocks(const Problem& p) { return (p.group_filters() + kBlock - 1) / kBlock; }
  static std::int64_t block_elements(const Problem& p) {
    return kBlock * (1 + p.taps() * p.group_channels());
  }
  static std::int64_t weight_elements(const Problem& p) {
    return p.groups * blocks(p) * block_elements(p);
  }

  // Blocks of bias and weights (tap, channel, filter), then the zeros that padding reads.
  static std::int64_t packed_bytes(const Problem& p) {
    return (weight_elements(p) + p.channels) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    const T* from = static_cast<const T*>(weights);
    T* to = static_cast<T*>(packed);
    for (std::int64_t group = 0; group < p.groups; group++) {
      for (std::int64_t block = 0; block < blocks(p); block++) {
        const std::int64_t first = group * p.group_filters() + block * kBlock;
        const std::int64_t real = std::min<std::int64_t>(kBlock, p.group_filters() - block * kBlock);
        std::fill_n(to, block_elements(p), T(0));
        if (bias != nullptr) {
          std::copy_n(static_cast<const T*>(bias) + first, real, to);
        }
        T* row = to + kBlock;
        for (std::int64_t tap = 0; tap < p.taps(); tap++) {
          for (std::int64_t c = 0; c < p.group_channels(); c++, row += kBlock) {
            for (std::int64_t lane = 0; lane < real; lane++) {
              const std::int64_t f = first + lane;
              row[lane] = from[p.transposed != 0 ? (tap * p.filters + f) * p.channels + c
                                                 : (tap * p.group_channels() + c) * p.filters + f];
            }
          }
        }
        to += block_elements(p);
      }
    }
    std::fill_n(to, p.channels, T(0));
  }

  static std::int64_t scratch_bytes(const Problem& p) {
    return Tiles::scratch_bytes(p);
  }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    const T* weights = static_cast<const T*>(packed);
    const std::int64_t all = p.groups * blocks(p);
    const std::int64_t bytes = block_elements(p) * std::int64_t(sizeof(T));
    const std::int64_t fitting = kChunkBytes / bytes > 0 ? kChunkBytes / bytes : 1;
    const std::int64_t chunk = fitting < all ? fitting : all;
    const std::int64_t chunks = (all + chunk - 1) / chunk;
    const Outputs<T> outputs(p, residual, output);
    Tiles::for_each(p, input, weights + weight_elements(p), scratch, true, chunks,
                    [&](const Table& table, int count, std::int64_t turn) {
      const std::int64_t begin = turn * chunk;
      const std::int64_t end = begin + chunk < all ? begin + chunk : all;
      for (std::int64_t block = begin; block < end; block++) {
        tile(p, table, count, block, weights + block * block_elements(p), outputs);
      }
    });
  }

  static void tile(const Problem& p, const Table& table, int count, std::int64_t block,
                   const T* weights, const Outputs<T>& outputs) {
    const std::int64_t group = block / blocks(p);
    const std::int64_t filter = block % blocks(p) * kBlock;
    Vector<T> sums[kPixels][kVectors];
    for (int i = 0; i < kPixels; i++) {
      for (int v = 0; v < kVectors; v++) {
        sums[i][v] = load(weights + v * kLanes<T>);
      }
    }
    accumulate(p.group_channels(), group * p.group_channels(), table, weights + kBlock, sums);
    const std::int64_t left = p.group_filters() - filter;
    outputs.specialised([&](const auto& special) {
      for (int i = 0; i < kPixels && i < count; i++) {
        T* to = special.begin() + table.output(i) * p.filters + group * p.group_filters() + filter;
        for (int v = 0; v < kVectors; v++) {
          const std::int64_t lanes = left - v * kLanes<T>;
          if (lanes >= kLanes<T>) {
            special.put(to + v * kLanes<T>, sums[i][v]);
          } else if (lanes > 0) {
            special.put_some(to + v * kLanes<T>, sums[i][v], int(lanes));
          }
        }
      }
    });
  }

  static void accumulate(std::int64_t channels, std::int64_t first, const Table& table,
                         const T* weights,
                         Vector<T> (&result)[kPixels][kVectors]) {
    Vector<T> sums[kPixels][kVectors];
    for (int i = 0; i < kPixels; i++) {
      for (int v = 0; v < kVectors; v++) {
        sums[i][v] = result[i][v];
      }
    }
    const std::int64_t length = channels * table.merged();
    for (std::int64_t entry = 0; entry < table.size(); entry++) {
      const T* const* pointers = table.pointers() + entry * kPixels;
      const T* in[kPixels];
      for (int i = 0; i < kPixels; i++) {
        in[i] = pointers[i] + first;
      }
      const T* column = weights + table.taps()[entry] * channels * kBlock;
      for (std::int64_t c = 0; c < length; c++, column += kBlock) {
        Vector<T> w[kVectors];
        for (int v = 0; v < kVectors; v++) {
          w[v] = load(column + v * kLanes<T>);
        }
        for (int i = 0; i < kPixels; i++) {
          for (int v = 0; v < kVectors; v++) {
            sums[i][v] += w[v] * in[i][c];
          }
        }
      }
    }
    for (int i = 0; i < kPixels; i++) {
      for (int v = 0; v < kVectors; v++) {
        result[i][v] = sums[i][v];
      }
    }
  }
};

// Chooses the block for a problem.
template <class T>
struct DenseChoice {
  template <class Use>
  static auto with(const Problem& p, const Use& use) {
    return p.group_filters() <= kLanes<T> ? use(Pick<Dense<T, 1>>()) : use(Pick<Dense<T, 2>>());
  }
};

// Any convolution; transposed ones without groups.
inline bool dense_supports(const Problem& p) { return p.transposed == 0 || p.groups == 1; }

}  // namespace
}  // namespace conv4j

CONV4J_KERNEL(dense_float32, dense_supports, Chosen<DenseChoice<float>>)
CONV4J_KERNEL(dense_float64, dense_supports, Chosen<DenseChoice<double>>)
