// The inputs and outputs of single tiles of Winograd's kernels, and the transforms between them and
// the points, with one vector of channels in registers.
#pragma once

#include "winograd_cut.hpp"
#include "winograd_transforms.hpp"

namespace conv4j {
namespace {

template <class T, class Y, class X>
struct WinogradTiles {
  static constexpr int kPoints = Y::kInputs * X::kInputs;

  // Calls body(tile, pixel) for some tiles, counted from 0, where pixel(y, x) tells where the
  // channels of an input begin; z is a tap of a third dimension.
  template <class Body>
  static void for_each_input(const Problem& p, const WinogradGrid& grid, const T* input,
                             const T* zeros, std::int64_t z, std::int64_t first,
                             std::int64_t count, const Body& body) {
    const std::int64_t pixel_step = grid.columns.step * p.channels;
    const std::int64_t row_step = grid.rows.step * p.input[2] * p.channels;
    WinogradGrid::Walk walk(grid, first);
    for (std::int64_t tile = 0; tile < count; tile++, walk.next()) {
      const std::int64_t at =
          walk.slice() % p.output[0] * p.stride[0] - p.pad[0] + z * p.dilation[0];
      const std::int64_t top = walk.top() - grid.rows.shift;
      const std::int64_t left = walk.left() - grid.columns.shift;
      const T* image = input + (walk.slice() / p.output[0] * p.input[0] + at) * p.input[1] *
                                   p.input[2] * p.channels;
      if (at >= 0 && at < p.input[0] && is_inner<Y>(grid.rows, top, p.input[1]) &&
          is_inner<X>(grid.columns, left, p.input[2])) {
        const T* corner = image + (top * p.input[2] + left) * p.channels;
        body(tile, [&](int y, int x) { return corner + y * row_step + x * pixel_step; });
      } else {
        const T* pixels[kPoints];
        const bool outside = at < 0 || at >= p.input[0];
        find_pixels(p, grid, outside ? nullptr : image, zeros, top, left, pixels);
        body(tile, [&](int y, int x) { return pixels[y * X::kInputs + x]; });
      }
    }
  }

  template <class Map>
  static bool is_inner(const WinogradAxis& axis, std::int64_t first, std::int64_t extent) {
    return first >= 0 && first + (Map::kInputs - 1) * axis.step < extent;
  }

  // image is null where a third dimension reads padding.
  static void find_pixels(const Problem& p, const WinogradGrid& grid, const T* image,
                          const T* zeros, std::int64_t top, std::int64_t left,
                          const T* (&pixels)[kPoints]) {
    for (int y = 0; y < Y::kInputs; y++) {
      const std::int64_t row = top + y * grid.rows.step;
      const bool row_inside = image != nullptr && row >= 0 && row < p.input[1];
      for (int x = 0; x < X::kInputs; x++) {
        const std::int64_t column = left + x * grid.columns.step;
        const bool inside = row_inside && column >= 0 && column < p.input[2];
        pixels[y * X::kInputs + x] =
            inside ? image + (row * p.input[2] + column) * p.channels : zeros;
      }
    }
  }

  // load(y, x) gives an input, put(point, value) takes a point. All points at once are more than
  // there are registers, so this makes two rows of them at a time, of inputs that are read again.
  template <class Load, class Put>
  static void transform_input(const Load& load, const Put& put) {
    if constexpr (Y::kInputs == 1) {
      transform_rows<0>(load, put);
    } else if constexpr (Y::kInputs == 4) {
      transform_rows<1, 2>(load, put);
      transform_rows<0, 3>(load, put);
    } else {
      transform_rows<1, 2>(load, put);
      transform_rows<3, 4>(load, put);
      transform_rows<0, 5>(load, put);
    }
  }

  // Not inlined, these two would take their vectors from memory: 0.7 times the speed for groups.
  template <int... kRow, class Load, class Put>
  [[gnu::always_inline]] static inline void transform_rows(const Load& load, const Put& put) {
    Vector<T> half[sizeof...(kRow)][X::kInputs];
#pragma GCC unroll 6  // Rolled, the loop would keep them in memory.
    for (int x = 0; x < X::kInputs; x++) {
      Vector<T> column[Y::kInputs];
      for (int y = 0; y < Y::kInputs; y++) {
        column[y] = load(y, x);
      }
      Vector<T> transformed[Y::kInputs];
      Y::input(column, transformed);
      int i = 0;
      ((half[i++][x] = transformed[kRow]), ...);
    }
    int i = 0;
    (transform_row(half[i++], kRow * X::kInputs, put), ...);
  }

  template <class Put>
  [[gnu::always_inline]] static inline void transform_row(const Vector<T> (&half)[X::kInputs],
                                                          int point, const Put& put) {
    Vector<T> transformed[X::kInputs];
    X::input(half, transformed);
    for (int x = 0; x < X::kInputs; x++) {
      put(point + x, transformed[x]);
    }
  }

  // use(y, row) takes a row of outputs.
  template <class Use>
  static void transform_output(const T* products, std::int64_t point_step, const Use& use) {
    Vector<T> half[Y::kOutputs][X::kInputs];
#pragma GCC unroll 6  // As above.
    for (int x = 0; x < X::kInputs; x++) {
      Vector<T> column[Y::kInputs];
      for (int y = 0; y < Y::kInputs; y++) {
        column[y] = load(products + (y * X::kInputs + x) * point_step);
      }
      Vector<T> transformed[Y::kOutputs];
      Y::output(column, transformed);
      for (int y = 0; y < Y::kOutputs; y++) {
        half[y][x] = transformed[y];
      }
    }
#pragma GCC unroll 6
    for (int y = 0; y < Y::kOutputs; y++) {
      Vector<T> row[X::kOutputs];
      X::output(half[y], row);
      use(y, row);
    }
  }
};

}  // namespace
}  // namespace conv4j
