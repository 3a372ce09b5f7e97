// The products of Winograd's kernel: for each point of a tile, tiles times filters.
#pragma once

#include "winograd_cut.hpp"

namespace conv4j {
namespace {

template <class T>
struct WinogradProducts {
  using Cut = WinogradCut<T>;
  static constexpr int kL = Cut::kL;
  static constexpr int kVectors = Cut::kVectors;
  static constexpr int kPanel = Cut::kPanel;
  static constexpr int kGroup = Cut::kGroup;

  // To (point, tile, filter of the panel).
  static void multiply(const Cut& cut, const T* weights, std::int64_t panel, std::int64_t count,
                       const T* inputs, T* products) {
    const bool narrow = cut.filters - panel * kPanel <= kL;
    const std::int64_t groups = (count + kGroup - 1) / kGroup;
    for (int point = 0; point < cut.points; point++) {
      const T* from = inputs + point * cut.depth * cut.channel_vectors * count * kL;
      T* to = products + point * count * kPanel;
      for (std::int64_t group = 0; group < groups; group++) {
        const std::int64_t tile = count * group / groups;
        const int tiles = int(count * (group + 1) / groups - tile);
        if (narrow) {
          multiply_any<1, kGroup>(tiles, cut, count * kL, from + tile * kL, weights,
                                  to + tile * kPanel);
        } else {
          multiply_any<kVectors, kGroup>(tiles, cut, count * kL, from + tile * kL, weights,
                                         to + tile * kPanel);
        }
      }
      weights += cut.depth * cut.channels * kPanel;
    }
  }

  template <int kWidth, int kTiles>
  static void multiply_any(int tiles, const Cut& cut, std::int64_t step, const T* from,
                           const T* weights, T* to) {
    if constexpr (kTiles > 1) {
      if (tiles < kTiles) {
        multiply_any<kWidth, kTiles - 1>(tiles, cut, step, from, weights, to);
        return;
      }
    }
    multiply_group<kWidth, kTiles>(cut, step, from, weights, to);
  }

  template <int kWidth, int kTiles>
  static void multiply_group(const Cut& cut, std::int64_t step, const T* from, const T* weights,
                             T* to) {
    Vector<T> sums[kTiles][kWidth] = {};
    for (std::int64_t z = 0; z < cut.depth; z++) {
      for (std::int64_t c = 0; c < cut.channels; c += kL, from += step) {
        const std::int64_t lanes = cut.channels - c < kL ? cut.channels - c : kL;
        for (std::int64_t lane = 0; lane < lanes; lane++, weights += kPanel) {
          Vector<T> w[kWidth];
          for (int v = 0; v < kWidth; v++) {
            w[v] = load(weights + v * kL);
          }
          for (int i = 0; i < kTiles; i++) {
            for (int v = 0; v < kWidth; v++) {
              sums[i][v] += w[v] * from[i * kL + lane];
            }
          }
        }
      }
    }
    for (int i = 0; i < kTiles; i++) {
      for (int v = 0; v < kWidth; v++) {
        store(to + i * kPanel + v * kL, sums[i][v]);
      }
    }
  }
};

}  // namespace
}  // namespace conv4j
