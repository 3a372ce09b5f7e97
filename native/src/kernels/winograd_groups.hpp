// Winograd's kernel for small groups, 3x3, with as many filters as channels: one or two groups in a
// vector. The products of a point replace its inputs, so a block of tiles stays in the L1 cache.
//
// Of two groups the lanes alternate: (channel, group). A pair of neighbouring lanes, spread over a
// vector, then multiplies the weights of both groups at once.
#pragma once

#include <algorithm>
#include <utility>

#include "outputs.hpp"
#include "parallel.hpp"
#include "permute.hpp"
#include "winograd_tiles.hpp"
#include "winograd_weights.hpp"

namespace conv4j {
namespace {

template <class T, int kGroup>
struct WinogradGroups {
  static constexpr int kEdge = 6;
  using Map = WinogradMap<3, kEdge>;
  using Tiles = WinogradTiles<T, Map, Map>;
  static constexpr int kL = kLanes<T>;
  static constexpr int kPoints = Tiles::kPoints;
  // Groups in a vector.
  static constexpr int kMany = kL / kGroup;
  // Tiles in a block, whose sums are in registers: AVX2 has 16.
  static constexpr int kTiles = 12;
  static constexpr auto kLanesOf = std::make_integer_sequence<int, kL>();
  static_assert(kMany == 1 || (kMany == 2 && 2 * sizeof(T) == sizeof(std::int64_t)));

  static bool computes(const Problem& p) {
    return p.groups > 1 && p.group_channels() == kGroup && p.group_filters() == kGroup &&
           p.transposed == 0 && p.choice == kEdge && p.kernel[0] == 1 && p.kernel[1] == 3 && p.kernel[2] == 3;
  }

  static std::int64_t vectors(const Problem& p) { return (p.groups + kMany - 1) / kMany; }
  static std::int64_t vector_elements() { return kPoints * kGroup * kL; }

  // For each vector its transformed weights (point, channel, lane); then the biases of whole
  // vectors, then the zeros that padding reads.
  static std::int64_t packed_bytes(const Problem& p) {
    return (vectors(p) * (vector_elements() + kL) + p.channels) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    const WinogradGrid grid(p);
    T* to = static_cast<T*>(packed);
    T* biases = to + vectors(p) * vector_elements();
    for (std::int64_t v = 0; v < vectors(p); v++) {
      const WinogradFilters<T, Map, Map, kL> filters(
          p, grid, [&](int lane) { return v * kMany + lane % kMany; },
          [](int lane) { return lane / kMany; });
      for (int c = 0; c < kGroup; c++) {
        filters.transform(static_cast<const T*>(weights), 0, c, to + c * kL, kGroup * kL);
      }
      for (int lane = 0; lane < kL; lane++) {
        const std::int64_t f = v * kL + lane;
        biases[f] = bias != nullptr && f < p.filters ? static_cast<const T*>(bias)[f] : T(0);
      }
      to += vector_elements();
    }
    std::fill_n(biases + vectors(p) * kL, p.channels, T(0));
  }

  static std::int64_t thread_bytes() { return kPoints * kTiles * kL * std::int64_t(sizeof(T)); }
  static std::int64_t scratch_bytes(const Problem& p) { return p.threads * thread_bytes(); }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    const WinogradGrid grid(p);
    const T* weights = static_cast<const T*>(packed);
    const T* biases = weights + vectors(p) * vector_elements();
    const T* zeros = biases + vectors(p) * kL;
    const Outputs<T> outputs(p, residual, output);
    const std::int64_t blocks = (grid.tiles + kTiles - 1) / kTiles;
    // Threads share few cache lines of the output if each takes whole blocks.
    parallel(p.threads, blocks * vectors(p),
             [&](std::int64_t thread, std::int64_t first, std::int64_t last) {
      T* points = reinterpret_cast<T*>(static_cast<char*>(scratch) + thread * thread_bytes());
      for (std::int64_t item = first; item < last; item++) {
        const std::int64_t v = item % vectors(p);
        const std::int64_t block = item / vectors(p);
        const std::int64_t tile = grid.tiles * block / blocks;
        const std::int64_t count = grid.tiles * (block + 1) / blocks - tile;
        transform_inputs(p, grid, static_cast<const T*>(input), zeros, v, tile, count, points);
        multiply<kTiles>(int(count), weights + v * vector_elements(), points);
        outputs.specialised([&](const auto& special) {
          transform_outputs(p, grid, biases + v * kL, v, tile, count, points, special);
        });
      }
    });
  }

  // How many lanes of a vector there are: the last one may hold one group less.
  static std::int64_t lanes(const Problem& p, std::int64_t vector) {
    const std::int64_t left = p.channels - vector * kL;
    return left < kL ? left : kL;
  }

  // To (point, tile, lane).
  static void transform_inputs(const Problem& p, const WinogradGrid& grid, const T* input,
                               const T* zeros, std::int64_t vector, std::int64_t first,
                               std::int64_t count, T* to) {
    const std::int64_t offset = vector * kL;
    const int some = int(lanes(p, vector));
    Tiles::for_each_input(p, grid, input, zeros, 0, first, count,
                          [&](std::int64_t tile, const auto& pixel) {
      T* at = to + tile * kL;
      const auto put = [&](int point, Vector<T> value) {
        store(at + point * count * kL, alternate(value, kLanesOf));
      };
      if (some == kL) {
        Tiles::transform_input([&](int y, int x) { return load(pixel(y, x) + offset); }, put);
      } else {
        Tiles::transform_input(
            [&](int y, int x) { return load_some(pixel(y, x) + offset, some); }, put);
      }
    });
  }

  template <int kCount>
  static void multiply(int count, const T* weights, T* points) {
    if constexpr (kCount > 1) {
      if (count < kCount) {
        multiply<kCount - 1>(count, weights, points);
        return;
      }
    }
    for (int point = 0; point < kPoints; point++, points += kCount * kL) {
      Vector<T> sums[kCount] = {};
      for (int c = 0; c < kGroup; c++, weights += kL) {
        const Vector<T> w = load(weights);
        for (int i = 0; i < kCount; i++) {
          if constexpr (kMany == 1) {
            sums[i] += w * points[i * kL + c];
          } else {
            sums[i] += w * pair(points + i * kL + c * kMany);
          }
        }
      }
      for (int i = 0; i < kCount; i++) {
        store(points + i * kL, sums[i]);
      }
    }
  }

  // Two numbers, again and again.
  static Vector<T> pair(const T* from) {
    typedef std::int64_t Pairs __attribute__((vector_size(CONV4J_VECTOR_BYTES)));
    std::int64_t both;
    __builtin_memcpy(&both, from, sizeof both);
    return reinterpret_cast<Vector<T>>(Pairs{} + both);
  }

  template <class SomeOutputs>
  static void transform_outputs(const Problem& p, const WinogradGrid& grid, const T* bias,
                                std::int64_t vector, std::int64_t first, std::int64_t count,
                                const T* points, SomeOutputs outputs) {
    const Vector<T> b = load(bias);
    const int some = int(lanes(p, vector));
    const std::int64_t pixel_step = grid.columns.step * p.filters;
    WinogradGrid::Walk walk(grid, first);
    for (std::int64_t tile = 0; tile < count; tile++, walk.next()) {
      Tiles::transform_output(points + tile * kL, count * kL,
                              [&](int y, const Vector<T>(&values)[Map::kOutputs]) {
        const std::int64_t row = walk.top() + y * grid.rows.step;
        if (row >= p.output[1]) {
          return;
        }
        const std::int64_t pixel =
            (walk.slice() * p.output[1] + row) * p.output[2] + walk.left();
        T* to = outputs.begin() + pixel * p.filters + vector * kL;
        for (int x = 0; x < Map::kOutputs; x++, to += pixel_step) {
          if (walk.left() + x * grid.columns.step >= p.output[2]) {
            return;
          }
          const Vector<T> sums = in_order(values[x], kLanesOf) + b;
          if (some == kL) {
            outputs.put(to, sums);
          } else {
            outputs.put_some(to, sums, some);
          }
        }
      });
    }
  }

  template <int... kLane>
  static Vector<T> alternate(Vector<T> x, std::integer_sequence<int, kLane...>) {
    return permute<T, (kLane % kMany * kGroup + kLane / kMany)...>(x);
  }

  template <int... kLane>
  static Vector<T> in_order(Vector<T> x, std::integer_sequence<int, kLane...>) {
    return permute<T, (kLane % kGroup * kMany + kLane / kGroup)...>(x);
  }
};

}  // namespace
}  // namespace conv4j
