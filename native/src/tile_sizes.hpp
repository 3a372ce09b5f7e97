// How many pixels of a row are computed at once: code for each number would be large, so there are a few.
#pragma once

#include <cstdint>
#include <type_traits>

namespace conv4j {
namespace {

// The sizes, the largest first; the last is 1.
template <int kFirst, int... kRest>
struct TileSizes {
  // The size for a number of pixels in a row: computes the fewest, but not by many tiles.
  static int best(std::int64_t pixels) {
    int size = 1;
    std::int64_t least = pixels * (1 + kTileCost);
    better(pixels, kFirst, least, size);
    (better(pixels, kRest, least, size), ...);
    return size;
  }

  // Calls use with such a size as a constant.
  template <class Use>
  static void with(int size, const Use& use) {
    if constexpr (sizeof...(kRest) > 0) {
      if (size < kFirst) {
        TileSizes<kRest...>::with(size, use);
        return;
      }
    }
    use(std::integral_constant<int, kFirst>());
  }

 private:
  // What starting a tile costs, in pixels.
  static constexpr int kTileCost = 2;

  static void better(std::int64_t pixels, int size, std::int64_t& least, int& best) {
    const std::int64_t tiles = (pixels + size - 1) / size;
    if (size <= pixels && tiles * (size + kTileCost) < least) {
      least = tiles * (size + kTileCost);
      best = size;
    }
  }
};

}  // namespace
}  // namespace conv4j
