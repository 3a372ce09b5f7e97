// Which problems Winograd's kernel computes, with tiles of which size, and what that saves. It takes
// 2 to 5 taps along the width, and as many or 1 along the height.
#pragma once

#include <algorithm>
#include <limits>

#include "winograd_cut.hpp"

namespace conv4j {
namespace {

constexpr std::int64_t kWinogradLarge = 6;
constexpr std::int64_t kWinogradSmall = 4;

class WinogradPlan {
 public:
  explicit WinogradPlan(const Problem& p) : p_(p) {}

  // Tiles are computed in one dimension.
  bool is_row() const { return p_.kernel[1] == 1 && taps(1) == 1; }

  bool fits() const {
    return moves() && taps(2) >= 2 && taps(2) <= 5 && (is_row() || taps(1) == taps(2));
  }

  std::int64_t edge() const {
    const bool any = p_.groups == 1 && !is_row() && taps(2) <= kMostTapsOfSmallTiles;
    return any && cost(kWinogradSmall) <= cost(kWinogradLarge) ? kWinogradSmall : kWinogradLarge;
  }

  // The definition's multiplications to those that would take as long as the tiles: at least 1 where
  // what is saved outweighs the transforms, given enough channels.
  double gain(std::int64_t edge) const {
    if (!has_enough(edge)) {
      return 0;
    }
    const std::int64_t* const moved = p_.transposed != 0 ? p_.input : p_.output;
    const double direct = double(p_.batch * moved[0] * moved[1] * moved[2]) * double(p_.taps());
    return direct / (least_savings(edge) * double(tiles(edge)) * double(weights(edge)));
  }

 private:
  static constexpr std::int64_t kMostTapsOfSmallTiles = 3;
  // For fewer tiles, the larger transformed weights take too long to read.
  static constexpr std::int64_t kLeastTiles = 4;
  // Transformed weights of more bytes than a processor's cache holds come from memory in every run,
  // which takes some tiles to pay. For 3x3 kernels over 7x7 pixels, 4 tiles, from 512 to 512
  // channels, the 38 MB take 0.7 ms on two threads, where the direct kernel with its 9 MB takes 0.9.
  static constexpr std::int64_t kLeastTilesForLargeWeights = 8;
  static constexpr std::int64_t kLargeWeights = 24 << 20;
  // Smaller weights stay in the cache of the core that reads them.
  static constexpr std::int64_t kSmallWeights = 1 << 20;
  // How many multiplications take as long as to read a byte of larger weights, on one thread.
  static constexpr double kMultiplicationsPerByte = 1.4;

  // In one dimension less is saved, and the transforms cost more of it. Small tiles save less, but
  // their transforms are mere sums.
  double least_savings(std::int64_t edge) const {
    return is_row() ? 1.9 : edge == kWinogradSmall ? 1.6 : 1.75;
  }

  bool moves() const {
    for (int axis = 1; axis < 3; axis++) {
      if (p_.transposed != 0 ? p_.dilation[axis] != 1 : p_.stride[axis] != 1) {
        return false;
      }
    }
    return p_.transposed == 0 || (p_.groups == 1 && has_unit_depth());
  }

  bool has_unit_depth() const {
    return p_.input[0] == 1 && p_.output[0] == 1 && p_.kernel[0] == 1 && p_.stride[0] == 1;
  }

  // What takes longer: to multiply, or to read the weights.
  double cost(std::int64_t edge) const {
    if (!has_enough(edge)) {
      return std::numeric_limits<double>::infinity();
    }
    const double multiplications = double(tiles(edge)) * double(weights(edge)) * double(pairs());
    return weight_bytes(edge) <= kSmallWeights
               ? multiplications
               : std::max(multiplications, double(weight_bytes(edge)) * kMultiplicationsPerByte);
  }

  bool has_enough(std::int64_t edge) const {
    const bool large = weight_bytes(edge) > kLargeWeights;
    return tiles(edge) >= (large ? kLeastTilesForLargeWeights : kLeastTiles);
  }

  std::int64_t taps(int axis) const { return winograd_taps(p_, axis); }

  // Pairs of a channel and a filter that have weights.
  std::int64_t pairs() const { return p_.group_channels() * p_.filters; }

  // Transformed weights of one pair.
  std::int64_t weights(std::int64_t edge) const {
    std::int64_t each = p_.kernel[0] * edge * (is_row() ? 1 : edge);
    for (int axis = 0; axis < 3; axis++) {
      each *= winograd_phases(p_, axis);
    }
    return each;
  }
  std::int64_t weight_bytes(std::int64_t edge) const {
    return pairs() * weights(edge) * std::int64_t(sizeof(float));
  }

  std::int64_t tiles(std::int64_t edge) const { return WinogradGrid(p_, edge).tiles; }

  const Problem& p_;
};

inline bool winograd_supports(const Problem& p) { return WinogradPlan(p).fits(); }
inline void winograd_plan(Problem& p) { p.choice = WinogradPlan(p).edge(); }
inline double winograd_gain(const Problem& p) { return WinogradPlan(p).gain(p.choice); }

}  // namespace
}  // namespace conv4j
