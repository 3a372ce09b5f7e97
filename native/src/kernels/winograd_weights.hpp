// The weights of Winograd's kernel, where the problem has them, transformed.
#pragma once

#include <utility>

#include "winograd_cut.hpp"
#include "winograd_transforms.hpp"

namespace conv4j {
namespace {

// Where one column of the products has its weights: a phase of a filter of a group.
template <class T, class Y, class X>
struct WinogradFilter {
  WinogradFilter(const Problem& p, const WinogradGrid& grid, std::int64_t group,
                 std::int64_t column)
      : row_phases(grid.rows.phases), column_phases(grid.columns.phases) {
    const std::int64_t filters = p.group_filters();
    number = group * filters + column % filters;
    real = group < p.groups && column < filters * row_phases * column_phases;
    row_phase = column / filters / column_phases;
    column_phase = column / filters % column_phases;
  }

  double weight(const Problem& p, const T* weights, std::int64_t depth, std::int64_t y,
                std::int64_t x, std::int64_t channel) const {
    if (!real) {
      return 0;
    }
    if (p.transposed == 0) {
      return double(*at(p, weights, depth, y, x, channel));
    }
    // Output s * q + phase reads input q - j with tap s * j + phase.
    y = row_phase + row_phases * (Y::kTaps - 1 - y);
    x = column_phase + column_phases * (X::kTaps - 1 - x);
    if (y >= p.kernel[1] || x >= p.kernel[2]) {
      return 0;
    }
    const std::int64_t tap = (depth * p.kernel[1] + y) * p.kernel[2] + x;
    const std::int64_t first_channel = number / p.group_filters() * p.group_channels();
    return double(weights[(tap * p.filters + number) * p.channels + first_channel + channel]);
  }

  // Not of a transposed convolution.
  const T* at(const Problem& p, const T* weights, std::int64_t depth, std::int64_t y,
              std::int64_t x, std::int64_t channel) const {
    const std::int64_t tap = (depth * p.kernel[1] + y) * p.kernel[2] + x;
    return weights + (tap * p.group_channels() + channel) * p.filters + number;
  }

  std::int64_t row_phases;
  std::int64_t column_phases;
  std::int64_t number;
  bool real;
  std::int64_t row_phase;
  std::int64_t column_phase;
};

// A number of columns that are packed side by side.
template <class T, class Y, class X, int kColumns>
class WinogradFilters {
  // The transform is computed in double precision, and rounded once.
  using Wide = Vector<double>;
  static constexpr int kWide = kLanes<double>;
  typedef T Narrow __attribute__((vector_size(kWide * sizeof(T))));
  static_assert(kColumns % kWide == 0);

 public:
  using Filter = WinogradFilter<T, Y, X>;

  // group_of and column_of tell what is at each place.
  template <class Group, class Column>
  WinogradFilters(const Problem& p, const WinogradGrid& grid, const Group& group_of,
                  const Column& column_of)
      : WinogradFilters(p, grid, group_of, column_of,
                        std::make_integer_sequence<int, kColumns>()) {}

  const Filter& operator[](int place) const { return filters_[place]; }

  // All columns of a channel; the points are a step apart.
  void transform(const T* weights, std::int64_t depth, std::int64_t channel, T* to,
                 std::int64_t point_step) const {
    for (int first = 0; first < kColumns; first += kWide) {
      Wide half[Y::kTaps][X::kInputs];
      for (int y = 0; y < Y::kTaps; y++) {
        Wide row[X::kTaps];
        for (int x = 0; x < X::kTaps; x++) {
          row[x] = several(weights, first, depth, y, x, channel);
        }
        X::weights(row, half[y]);
      }
      for (int x = 0; x < X::kInputs; x++) {
        Wide column[Y::kTaps];
        for (int y = 0; y < Y::kTaps; y++) {
          column[y] = half[y][x];
        }
        Wide transformed[Y::kInputs];
        Y::weights(column, transformed);
        for (int y = 0; y < Y::kInputs; y++) {
          store_as(to + (y * X::kInputs + x) * point_step + first,
                   __builtin_convertvector(transformed[y], Narrow));
        }
      }
    }
  }

 private:
  template <class Group, class Column, int... kPlace>
  WinogradFilters(const Problem& p, const WinogradGrid& grid, const Group& group_of,
                  const Column& column_of, std::integer_sequence<int, kPlace...>)
      : p_(p), filters_{Filter(p, grid, group_of(kPlace), column_of(kPlace))...} {
    for (int first = 0; first < kColumns; first += kWide) {
      bool& neighbours = neighbours_[first / kWide];
      neighbours = p.transposed == 0;
      for (int i = 0; i < kWide; i++) {
        neighbours &= filters_[first + i].real &&
                      filters_[first + i].number == filters_[first].number + i;
      }
    }
  }

  Wide several(const T* weights, int first, std::int64_t depth, std::int64_t y, std::int64_t x,
               std::int64_t channel) const {
    if (neighbours_[first / kWide]) {
      const T* const from = filters_[first].at(p_, weights, depth, y, x, channel);
      return __builtin_convertvector(load_as<Narrow>(from), Wide);
    }
    double values[kWide];
    for (int i = 0; i < kWide; i++) {
      values[i] = filters_[first + i].weight(p_, weights, depth, y, x, channel);
    }
    return load(values);
  }

  const Problem& p_;
  const Filter filters_[kColumns];
  // Whether the weights of a vector of columns follow each other in memory.
  bool neighbours_[kColumns / kWide];
};

}  // namespace
}  // namespace conv4j
