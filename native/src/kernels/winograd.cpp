// Dense convolutions of stride 1 with a fraction of the multiplications: tiles of 6x6 inputs give 4x4
// outputs of a 3x3 filter, or 2x2 of a 5x5 filter, and so on. Transformed, a convolution is 36
// independent products of matrices, one for each point of a tile: (tiles x channels) times (channels
// x filters). In one dimension there are 6. Tiles of 4x4 inputs, 16 points, waste less at the edge
// of a small image, and their weights are smaller. A third dimension is summed over, like channels.
// Rounds differently from a sum.
//
// A thread takes a block of tiles, transforms its inputs once, and goes over the panels of filters:
// products, then outputs. What it works on stays in its L2 cache; the weights stream through.
#include <algorithm>
#include <utility>

#include "choice.hpp"
#include "family.hpp"
#include "outputs.hpp"
#include "permute.hpp"
#include "winograd_groups.hpp"
#include "winograd_plan.hpp"
#include "winograd_products.hpp"
#include "winograd_tiles.hpp"
#include "winograd_weights.hpp"

namespace conv4j {
namespace {

template <class T, class Y, class X>
struct Winograd {
  using Cut = WinogradCut<T>;
  using Tiles = WinogradTiles<T, Y, X>;
  static constexpr int kL = Cut::kL;
  static constexpr int kVectors = Cut::kVectors;
  static constexpr int kPanel = Cut::kPanel;
  static constexpr int kPoints = Y::kInputs * X::kInputs;
  // So many blocks for each thread are enough to share out whole ones.
  static constexpr std::int64_t kBlocks = 4;

  // For each group panels of transformed weights (point, depth, channel, filter), then the biases of
  // whole panels, then the zeros that padding reads.
  static std::int64_t packed_bytes(const Problem& p) {
    const Cut cut(p);
    return (p.groups * cut.panels * (cut.panel_elements() + kPanel) + p.channels) *
           std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    const Cut cut(p);
    const std::int64_t rows = cut.depth * cut.channels;
    const std::int64_t panels = p.groups * cut.panels;
    T* to = static_cast<T*>(packed);
    T* biases = to + panels * cut.panel_elements();
    for (std::int64_t panel = 0; panel < panels; panel++) {
      const WinogradFilters<T, Y, X, kPanel> filters(
          p, cut, [&](int) { return panel / cut.panels; },
          [&](int place) { return panel % cut.panels * kPanel + place; });
      for (std::int64_t row = 0; row < rows; row++) {
        filters.transform(static_cast<const T*>(weights), row / cut.channels, row % cut.channels,
                          to + row * kPanel, rows * kPanel);
      }
      for (int place = 0; place < kPanel; place++) {
        biases[place] = filters[place].real && bias != nullptr
                            ? static_cast<const T*>(bias)[filters[place].number]
                            : T(0);
      }
      to += cut.panel_elements();
      biases += kPanel;
    }
    std::fill_n(biases, p.channels, T(0));
  }

  static std::int64_t scratch_bytes(const Problem& p) {
    return p.threads * Cut(p).scratch_bytes();
  }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    const Cut cut(p);
    const T* weights = static_cast<const T*>(packed);
    const T* bias = weights + p.groups * cut.panels * cut.panel_elements();
    const T* zeros = bias + p.groups * cut.panels * kPanel;
    const Outputs<T> outputs(p, residual, output);
    // Threads that share a block transform its inputs twice, which costs less than waiting. Where
    // there are enough blocks, they share none.
    const std::int64_t blocks = p.groups * cut.blocks;
    const std::int64_t unit = blocks >= kBlocks * p.threads ? cut.panels : 1;
    parallel_ranges(p.threads, blocks * cut.panels / unit, [&](std::int64_t thread, Ranges& ranges) {
      T* inputs = reinterpret_cast<T*>(static_cast<char*>(scratch) + thread * cut.scratch_bytes());
      T* products = inputs + cut.input_elements();
      std::int64_t transformed = -1;
      ranges.take(thread, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t item = first * unit; item < last * unit; item++) {
          const std::int64_t panel = item % cut.panels;
          const std::int64_t group = item / cut.panels % p.groups;
          const std::int64_t block = item / cut.panels / p.groups;
          const std::int64_t tile = cut.first_tile(block);
          const std::int64_t count = cut.first_tile(block + 1) - tile;
          if (item / cut.panels != transformed) {
            for (std::int64_t z = 0; z < cut.depth; z++) {
              transform_inputs(p, cut, static_cast<const T*>(input), zeros, group, z, tile, count,
                               inputs + z * cut.channel_vectors * count * kL);
            }
            transformed = item / cut.panels;
          }
          const std::int64_t at = group * cut.panels + panel;
          WinogradProducts<T>::multiply(cut, weights + at * cut.panel_elements(), panel, count,
                                        inputs, products);
          outputs.specialised([&](const auto& special) {
            transform_outputs(p, cut, bias + at * kPanel, group, panel, tile, count, products,
                              special);
          });
        }
      });
    });
  }

  // To (point, depth, vector of channels, tile, lane), for one depth.
  static void transform_inputs(const Problem& p, const Cut& cut, const T* input, const T* zeros,
                               std::int64_t group, std::int64_t z, std::int64_t first,
                               std::int64_t count, T* to) {
    const std::int64_t point_step = cut.depth * cut.channel_vectors * count * kL;
    const std::int64_t offset = group * cut.channels;
    Tiles::for_each_input(p, cut, input, zeros, z, first, count,
                          [&](std::int64_t tile, const auto& pixel) {
      for (std::int64_t c = 0; c < cut.channels; c += kL) {
        T* at = to + (c * count + tile * kL);
        const auto put = [&](int point, Vector<T> value) { store(at + point * point_step, value); };
        if (c + kL <= cut.channels) {
          Tiles::transform_input([&](int y, int x) { return load(pixel(y, x) + offset + c); }, put);
        } else {
          const int some = int(cut.channels - c);
          Tiles::transform_input(
              [&](int y, int x) { return load_some(pixel(y, x) + offset + c, some); }, put);
        }
      }
    });
  }

  template <class SomeOutputs>
  static void transform_outputs(const Problem& p, const Cut& cut, const T* bias,
                                std::int64_t group, std::int64_t panel, std::int64_t first,
                                std::int64_t count, const T* products, SomeOutputs outputs) {
    typename Cut::Walk walk(cut, first);
    for (std::int64_t tile = 0; tile < count; tile++, walk.next()) {
      for (int v = 0; v < kVectors && panel * kPanel + v * kL < cut.filters; v++) {
        Vector<T> sums[Y::kOutputs][X::kOutputs];
        const Vector<T> b = load(bias + v * kL);
        Tiles::transform_output(products + tile * kPanel + v * kL, count * kPanel,
                                [&](int y, const Vector<T>(&row)[X::kOutputs]) {
          for (int x = 0; x < X::kOutputs; x++) {
            sums[y][x] = row[x] + b;
          }
        });
        interleave(p, cut, group, panel * kPanel + v * kL, walk, sums, outputs);
      }
    }
  }

  // Columns of products are ordered (phase of the row, phase of the column, filter): those of one
  // phase of the row follow each other in memory, too. Stores one vector of them for a tile.
  template <class SomeOutputs>
  static void interleave(const Problem& p, const Cut& cut, std::int64_t group, std::int64_t column,
                         const typename Cut::Walk& walk,
                         const Vector<T> (&sums)[Y::kOutputs][X::kOutputs],
                         SomeOutputs outputs) {
    const std::int64_t run = cut.run;
    const std::int64_t row_end = p.output[2] * p.filters;
    const std::int64_t stop = column + kL < cut.filters ? column + kL : cut.filters;
    const std::int64_t left = (walk.left() * cut.columns.phases - cut.columns.cut) * p.filters;
    const std::int64_t step = cut.columns.step * cut.columns.phases * p.filters;
    std::int64_t phase = 0;
    while ((phase + 1) * run <= column) {
      phase++;
    }
    for (std::int64_t from = column; from < stop; phase++) {
      const std::int64_t to = (phase + 1) * run < stop ? (phase + 1) * run : stop;
      const std::int64_t offset = group * run + from - phase * run;
      for (int y = 0; y < Y::kOutputs; y++) {
        const std::int64_t row =
            (walk.top() + y * cut.rows.step) * cut.rows.phases + phase - cut.rows.cut;
        if (row < 0 || row >= p.output[1]) {
          continue;
        }
        T* line = outputs.begin() + (walk.slice() * p.output[1] + row) * row_end;
        std::int64_t at = left + offset;
        for (int x = 0; x < X::kOutputs; x++, at += step) {
          if (at >= 0 && at + kL <= row_end && to - from == kL) {
            outputs.put(line + at, sums[y][x]);
            continue;
          }
          const std::int64_t skipped = at < 0 ? -at : 0;
          const std::int64_t room = row_end - at;
          const std::int64_t length = to - from < room ? to - from : room;
          if (skipped < length) {
            outputs.put_some(line + at + skipped, from_lane(sums[y][x], from - column + skipped),
                             int(length - skipped));
          }
        }
      }
      from = to;
    }
  }

  // Moves a lane and those after it to the front.
  static Vector<T> from_lane(Vector<T> x, std::int64_t first) {
    return from_lane(x, first, std::make_integer_sequence<int, kL>());
  }
  template <int... kLane>
  static Vector<T> from_lane(Vector<T> x, std::int64_t first,
                             std::integer_sequence<int, kLane...>) {
    using Index = typename VectorOf<T>::Index;
    return permute_by<T>(x, typename VectorOf<T>::Mask{kLane...} + Index(first));
  }
};

// Chooses the maps for a problem: 2 to 5 taps along the width and as many along the height, or 1;
// 2x2 and 3x3 with either size of tiles; and the kernel for small groups.
template <class T>
struct WinogradChoice {
  template <int kTaps, class Use>
  static auto with(const Problem& p, const Use& use) {
    using X = WinogradMap<kTaps, 6>;
    if (winograd_taps(p, 1) == 1) {
      return use(Pick<Winograd<T, WinogradMap<1, 1>, X>>());
    }
    if constexpr (kTaps <= 3) {
      if (p.choice == 4) {
        using Small = WinogradMap<kTaps, 4>;
        return use(Pick<Winograd<T, Small, Small>>());
      }
    }
    return use(Pick<Winograd<T, X, X>>());
  }
  template <class Use>
  static auto with(const Problem& p, const Use& use) {
    if (WinogradGroups<T, kLanes<T>>::computes(p)) {
      return use(Pick<WinogradGroups<T, kLanes<T>>>());
    }
    if (WinogradGroups<T, kLanes<T> / 2>::computes(p)) {
      return use(Pick<WinogradGroups<T, kLanes<T> / 2>>());
    }
    switch (winograd_taps(p, 2)) {
      case 2:
        return with<2>(p, use);
      case 3:
        return with<3>(p, use);
      case 4:
        return with<4>(p, use);
      default:
        return with<5>(p, use);
    }
  }
};

}  // namespace
}  // namespace conv4j

CONV4J_PLANNED_KERNEL(winograd_float32, winograd_supports, winograd_plan, winograd_gain,
                      Chosen<WinogradChoice<float>>)
