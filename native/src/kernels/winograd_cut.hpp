// How a problem is cut into tiles, blocks of tiles and panels of filters for Winograd's kernel.
//
// A transposed convolution of stride s is s convolutions of stride 1 along each axis, one for each
// phase of the output, all over the same inputs: as one convolution with s times as many filters,
// whose outputs interleave. Position q of it reads inputs q - taps + 1 to q and makes outputs s * q
// to s * q + s - 1, from which the padding is cut.
#pragma once

#include "parallel.hpp"
#include "vector.hpp"

namespace conv4j {
namespace {

inline std::int64_t winograd_phases(const Problem& p, int axis) {
  return p.transposed != 0 ? p.stride[axis] : 1;
}

// How many taps fall to each phase.
inline std::int64_t winograd_taps(const Problem& p, int axis) {
  const std::int64_t phases = winograd_phases(p, axis);
  return (p.kernel[axis] + phases - 1) / phases;
}

struct WinogradAxis {
  // edge: how many inputs a tile has.
  WinogradAxis(const Problem& p, int axis, std::int64_t edge)
      : phases(winograd_phases(p, axis)),
        taps(winograd_taps(p, axis)),
        step(p.dilation[axis]),
        outputs(edge + 1 - taps),
        shift(p.transposed != 0 ? taps - 1 : p.pad[axis]),
        cut(p.transposed != 0 ? p.pad[axis] : 0),
        start(cut / phases) {
    if (taps == 1) {
      outputs = 1;
    }
    const std::int64_t positions = (cut + p.output[axis] - 1) / phases + 1 - start;
    const std::int64_t each = (positions + step - 1) / step;
    tiles = step * ((each + outputs - 1) / outputs);
  }

  std::int64_t phases;
  std::int64_t taps;
  std::int64_t step;
  std::int64_t outputs;
  std::int64_t shift;
  std::int64_t cut;
  std::int64_t start;
  std::int64_t tiles;
};

// Goes over the tiles along an axis: those of one dilation's phases alternate.
class WinogradSteps {
 public:
  WinogradSteps(const WinogradAxis& axis, std::int64_t tile)
      : axis_(axis),
        left_(axis.tiles - tile),
        phase_(tile % axis.step),
        position_(axis.start + phase_ + tile / axis.step * axis.outputs * axis.step) {}

  // The first position of the tile; the next ones are a step apart.
  std::int64_t position() const { return position_; }

  // Returns whether there was another tile; otherwise starts again.
  bool next() {
    if (--left_ == 0) {
      left_ = axis_.tiles;
      phase_ = 0;
      position_ = axis_.start;
      return false;
    }
    position_++;
    if (++phase_ == axis_.step) {
      phase_ = 0;
      position_ += (axis_.outputs - 1) * axis_.step;
    }
    return true;
  }

 private:
  const WinogradAxis& axis_;
  std::int64_t left_;
  std::int64_t phase_;
  std::int64_t position_;
};

// The tiles of a problem, of all slices and images.
struct WinogradGrid {
  explicit WinogradGrid(const Problem& p) : WinogradGrid(p, p.choice) {}
  WinogradGrid(const Problem& p, std::int64_t edge)
      : rows(p, 1, edge),
        columns(p, 2, edge),
        image_tiles(rows.tiles * columns.tiles),
        tiles(p.batch * p.output[0] * image_tiles) {}

  // One tile after the other: which slice of the batch, and where in it.
  class Walk {
   public:
    Walk(const WinogradGrid& grid, std::int64_t tile)
        : slice_(tile / grid.image_tiles),
          rows_(grid.rows, tile % grid.image_tiles / grid.columns.tiles),
          columns_(grid.columns, tile % grid.columns.tiles) {}

    std::int64_t slice() const { return slice_; }
    std::int64_t top() const { return rows_.position(); }
    std::int64_t left() const { return columns_.position(); }

    void next() {
      if (!columns_.next() && !rows_.next()) {
        slice_++;
      }
    }

   private:
    std::int64_t slice_;
    WinogradSteps rows_;
    WinogradSteps columns_;
  };

  WinogradAxis rows;
  WinogradAxis columns;
  std::int64_t image_tiles;
  std::int64_t tiles;
};

template <class T>
struct WinogradCut : WinogradGrid {
  static constexpr int kL = kLanes<T>;
  // Filters that are multiplied together: two vectors.
  static constexpr int kVectors = 2;
  static constexpr int kPanel = kVectors * kL;
  // Tiles in registers: 24 of the 32 registers of AVX-512, 12 of 16 elsewhere, hold sums.
  static constexpr int kGroup = CONV4J_VECTOR_BYTES == 64 ? 12 : 6;
  // Transformed inputs and products of a block: about half of an L2 cache.
  static constexpr std::int64_t kBlockBytes = 640 << 10;
  static constexpr std::int64_t kLeastTiles = 2 * kGroup;
  // A single panel reads the inputs once, so there is less to keep.
  static constexpr std::int64_t kSingleBytes = 96 << 10;
  // Blocks times panels for each of several threads.
  static constexpr std::int64_t kLeastItems = 2;

  explicit WinogradCut(const Problem& p)
      : WinogradGrid(p),
        points((rows.taps == 1 ? 1 : p.choice) * (columns.taps == 1 ? 1 : p.choice)),
        channels(p.group_channels()),
        channel_vectors((channels + kL - 1) / kL),
        depth(p.kernel[0]),
        run(p.group_filters() * columns.phases),
        filters(run * rows.phases),
        panels((filters + kPanel - 1) / kPanel) {
    const std::int64_t bytes =
        points * (depth * channel_vectors * kL + kPanel) * std::int64_t(sizeof(T));
    const std::int64_t fitting = (panels == 1 ? kSingleBytes : kBlockBytes) / bytes;
    const std::int64_t least = panels == 1 ? kGroup : kLeastTiles;
    const std::int64_t most = fitting > least ? fitting : least;
    blocks = share_out((tiles + most - 1) / most, panels * p.groups, p.threads);
    block_tiles = (tiles + blocks - 1) / blocks;
  }

  // More blocks where the threads would not get as many items each, or hardly any. Blocks of whole
  // groups of tiles make the most of the weights, but threads that wait cost more.
  std::int64_t share_out(std::int64_t fewest, std::int64_t others, std::int64_t threads) const {
    if (threads <= 1) {
      return fewest;
    }
    const std::int64_t wanted = (kLeastItems * threads + others - 1) / others;
    const std::int64_t wished = wanted > fewest ? wanted : fewest;
    const std::int64_t whole_groups = tiles / kGroup > 1 ? tiles / kGroup : 1;
    const std::int64_t most = fewest > whole_groups ? fewest : whole_groups;
    const std::int64_t shared = wished < most ? wished : most;
    const std::int64_t even = (shared + threads - 1) / threads * threads;
    return others % threads == 0 ? shared : even < tiles ? even : tiles;
  }

  std::int64_t first_tile(std::int64_t block) const { return tiles * block / blocks; }

  std::int64_t panel_elements() const { return points * depth * channels * kPanel; }
  std::int64_t input_elements() const {
    return points * depth * channel_vectors * block_tiles * kL;
  }
  std::int64_t product_elements() const { return points * block_tiles * kPanel; }
  std::int64_t scratch_bytes() const {
    return padded((input_elements() + product_elements()) * std::int64_t(sizeof(T)));
  }

  std::int64_t points;
  // Of a group, as all below.
  std::int64_t channels;
  std::int64_t channel_vectors;
  std::int64_t depth;
  // Outputs of one position that follow each other in memory, and all of them.
  std::int64_t run;
  std::int64_t filters;
  std::int64_t panels;
  std::int64_t blocks;
  std::int64_t block_tiles;
};

}  // namespace
}  // namespace conv4j
