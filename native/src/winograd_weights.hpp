// The weights of Winograd's kernel, where the problem has them, transformed.
#pragma once

#include "winograd_cut.hpp"
#include "winograd_transforms.hpp"

namespace conv4j {
namespace {

// Where one column of the products has its weights: a phase of a filter of a group.
template <class T, class Y, class X>
struct WinogradFilter {
  WinogradFilter(const Problem& p, const WinogradGrid& grid, std::int64_t group,
                 std::int64_t column)
      : p(p), row_phases(grid.rows.phases), column_phases(grid.columns.phases) {
    const std::int64_t filters = p.group_filters();
    number = group * filters + column % filters;
    real = group < p.groups && column < filters * row_phases * column_phases;
    row_phase = column / filters / column_phases;
    column_phase = column / filters % column_phases;
  }

  void transform(const T* weights, std::int64_t depth, std::int64_t channel,
                 double (&to)[Y::kInputs][X::kInputs]) const {
    double half[Y::kTaps][X::kInputs];
    for (int y = 0; y < Y::kTaps; y++) {
      double row[X::kTaps];
      for (int x = 0; x < X::kTaps; x++) {
        row[x] = weight(weights, depth, y, x, channel);
      }
      X::weights(row, half[y]);
    }
    for (int x = 0; x < X::kInputs; x++) {
      double column[Y::kTaps];
      for (int y = 0; y < Y::kTaps; y++) {
        column[y] = half[y][x];
      }
      double transformed[Y::kInputs];
      Y::weights(column, transformed);
      for (int y = 0; y < Y::kInputs; y++) {
        to[y][x] = transformed[y];
      }
    }
  }

  double weight(const T* weights, std::int64_t depth, std::int64_t y, std::int64_t x,
                std::int64_t channel) const {
    if (!real) {
      return 0;
    }
    const std::int64_t first_channel = number / p.group_filters() * p.group_channels();
    if (p.transposed != 0) {
      // Output s * q + phase reads input q - j with tap s * j + phase.
      y = row_phase + row_phases * (Y::kTaps - 1 - y);
      x = column_phase + column_phases * (X::kTaps - 1 - x);
      if (y >= p.kernel[1] || x >= p.kernel[2]) {
        return 0;
      }
    }
    const std::int64_t tap = (depth * p.kernel[1] + y) * p.kernel[2] + x;
    return double(p.transposed != 0
                      ? weights[(tap * p.filters + number) * p.channels + first_channel + channel]
                      : weights[(tap * p.group_channels() + channel) * p.filters + number]);
  }

  const Problem& p;
  std::int64_t row_phases;
  std::int64_t column_phases;
  std::int64_t number;
  bool real;
  std::int64_t row_phase;
  std::int64_t column_phase;
};

}  // namespace
}  // namespace conv4j
