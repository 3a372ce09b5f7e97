// Dense 3x3 convolution of stride 1 with a quarter of the multiplications: tiles of 6x6 inputs,
// 4x4 outputs. Transformed, a convolution is 36 independent products of matrices, one for each
// point of a tile: (tiles x channels) times (channels x filters). Rounds differently from a sum.
//
// A thread takes a block of tiles, transforms its inputs once, and goes over the panels of filters:
// products, then outputs. What it works on stays in its L2 cache; the weights stream through.
#pragma once

#include "parallel.hpp"
#include "vector.hpp"
#include "winograd_transforms.hpp"

namespace conv4j {
namespace {

template <class T>
struct Winograd {
  using W = Winograd43;
  static constexpr int kL = kLanes<T>;
  static constexpr int kSide = W::kInputs;
  static constexpr int kPoints = kSide * kSide;
  // Filters that are multiplied together: two vectors.
  static constexpr int kVectors = 2;
  static constexpr int kPanel = kVectors * kL;
  // Tiles in registers: 24 of the 32 registers of AVX-512, 12 of 16 elsewhere, hold sums.
  static constexpr int kGroup = CONV4J_VECTOR_BYTES == 64 ? 12 : 6;
  // Transformed inputs and products of a block: about half of an L2 cache.
  static constexpr std::int64_t kBlockBytes = 640 << 10;
  static constexpr std::int64_t kLeastTiles = 2 * kGroup;
  // Blocks times panels for each of several threads.
  static constexpr std::int64_t kLeastItems = 2;

  // How a problem is cut.
  struct Cut {
    explicit Cut(const Problem& p)
        : rows((p.output[1] + W::kOutputs - 1) / W::kOutputs),
          columns((p.output[2] + W::kOutputs - 1) / W::kOutputs),
          tiles(p.batch * p.output[0] * rows * columns),
          channel_vectors((p.channels + kL - 1) / kL),
          panels((p.filters + kPanel - 1) / kPanel) {
      const std::int64_t bytes = kPoints * (channel_vectors * kL + kPanel) * std::int64_t(sizeof(T));
      const std::int64_t fitting = kBlockBytes / bytes;
      const std::int64_t most = fitting > kLeastTiles ? fitting : kLeastTiles;
      blocks = share_out((tiles + most - 1) / most, p.threads);
      block_tiles = (tiles + blocks - 1) / blocks;
    }

    // More blocks where the threads would not get as many items each, or hardly any.
    std::int64_t share_out(std::int64_t fewest, std::int64_t threads) const {
      if (threads <= 1) {
        return fewest;
      }
      const std::int64_t wanted = (kLeastItems * threads + panels - 1) / panels;
      const std::int64_t wished = wanted > fewest ? wanted : fewest;
      const std::int64_t even = (wished + threads - 1) / threads * threads;
      const std::int64_t whole_groups = tiles / kGroup > 1 ? tiles / kGroup : 1;
      const std::int64_t enough = panels % threads == 0 ? wished : even;
      return enough < whole_groups ? enough : fewest > whole_groups ? fewest : whole_groups;
    }

    std::int64_t first_tile(std::int64_t block) const { return tiles * block / blocks; }
    std::int64_t input_elements() const { return kPoints * channel_vectors * block_tiles * kL; }
    std::int64_t product_elements() const { return kPoints * block_tiles * kPanel; }
    std::int64_t scratch_bytes() const {
      return padded((input_elements() + product_elements()) * std::int64_t(sizeof(T)));
    }

    std::int64_t rows;
    std::int64_t columns;
    std::int64_t tiles;
    std::int64_t channel_vectors;
    std::int64_t panels;
    std::int64_t blocks;
    std::int64_t block_tiles;
  };

  static std::int64_t panel_elements(const Problem& p) { return kPoints * p.channels * kPanel; }

  // Panels of transformed weights (point, channel, filter), the bias in whole panels, then the
  // zeros that padding reads.
  static std::int64_t packed_bytes(const Problem& p) {
    return (Cut(p).panels * (panel_elements(p) + kPanel) + p.channels) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    const T* from = static_cast<const T*>(weights);
    const std::int64_t panels = Cut(p).panels;
    T* to = static_cast<T*>(packed);
    T* biases = to + panels * panel_elements(p);
    for (std::int64_t f = 0; f < panels * kPanel; f++) {
      const bool real = f < p.filters;
      T* column = to + f / kPanel * panel_elements(p) + f % kPanel;
      for (std::int64_t c = 0; c < p.channels; c++) {
        double points[kSide][kSide] = {};
        if (real) {
          transform_weights(from + c * p.filters + f, p.channels * p.filters, points);
        }
        for (int point = 0; point < kPoints; point++) {
          column[(point * p.channels + c) * kPanel] = T(points[point / kSide][point % kSide]);
        }
      }
      biases[f] = real && bias != nullptr ? static_cast<const T*>(bias)[f] : T(0);
    }
    for (std::int64_t c = 0; c < p.channels; c++) {
      biases[panels * kPanel + c] = T(0);
    }
  }

  static void transform_weights(const T* from, std::int64_t step, double (&to)[kSide][kSide]) {
    double half[W::kTaps][kSide];
    for (int y = 0; y < W::kTaps; y++) {
      double row[W::kTaps];
      for (int x = 0; x < W::kTaps; x++) {
        row[x] = double(from[(y * W::kTaps + x) * step]);
      }
      W::weights(row, half[y]);
    }
    for (int x = 0; x < kSide; x++) {
      const double column[W::kTaps] = {half[0][x], half[1][x], half[2][x]};
      double transformed[kSide];
      W::weights(column, transformed);
      for (int y = 0; y < kSide; y++) {
        to[y][x] = transformed[y];
      }
    }
  }

  static std::int64_t scratch_bytes(const Problem& p) {
    return p.threads * Cut(p).scratch_bytes();
  }

  static void run(const Problem& p, const void* input, const void* packed, void* output,
                  void* scratch) {
    const Cut cut(p);
    const T* weights = static_cast<const T*>(packed);
    const T* bias = weights + cut.panels * panel_elements(p);
    const T* zeros = bias + cut.panels * kPanel;
    // Threads that share a block transform its inputs twice, which costs less than waiting.
    parallel(p.threads, cut.blocks * cut.panels,
             [&](std::int64_t thread, std::int64_t first, std::int64_t last) {
      T* inputs = reinterpret_cast<T*>(static_cast<char*>(scratch) + thread * cut.scratch_bytes());
      T* products = inputs + cut.input_elements();
      std::int64_t transformed = -1;
      for (std::int64_t item = first; item < last; item++) {
        const std::int64_t block = item / cut.panels;
        const std::int64_t panel = item % cut.panels;
        const std::int64_t tile = cut.first_tile(block);
        const std::int64_t count = cut.first_tile(block + 1) - tile;
        if (block != transformed) {
          transform_inputs(p, cut, static_cast<const T*>(input), zeros, tile, count, inputs);
          transformed = block;
        }
        multiply(p, cut, weights + panel * panel_elements(p), panel, count, inputs, products);
        transform_outputs(p, cut, bias + panel * kPanel, panel, tile, count, products,
                          static_cast<T*>(output));
      }
    });
  }

  // To (point, vector of channels, tile, lane).
  static void transform_inputs(const Problem& p, const Cut& cut, const T* input, const T* zeros,
                               std::int64_t first, std::int64_t count, T* to) {
    const std::int64_t point_step = cut.channel_vectors * count * kL;
    for (std::int64_t tile = 0; tile < count; tile++) {
      const T* pixels[kPoints];
      find_pixels(p, cut, input, zeros, first + tile, pixels);
      std::int64_t c = 0;
      for (; c + kL <= p.channels; c += kL) {
        transform_input([&](int pixel) { return load(pixels[pixel] + c); },
                        to + (c * count + tile * kL), point_step);
      }
      if (c < p.channels) {
        const int left = int(p.channels - c);
        transform_input([&](int pixel) { return load_some(pixels[pixel] + c, left); },
                        to + (c * count + tile * kL), point_step);
      }
    }
  }

  static void find_pixels(const Problem& p, const Cut& cut, const T* input, const T* zeros,
                          std::int64_t tile, const T* (&pixels)[kPoints]) {
    const std::int64_t top = tile / cut.columns % cut.rows * W::kOutputs - p.pad[1];
    const std::int64_t left = tile % cut.columns * W::kOutputs - p.pad[2];
    const T* image =
        input + tile / (cut.columns * cut.rows) * p.input[1] * p.input[2] * p.channels;
    for (int y = 0; y < kSide; y++) {
      const bool row = top + y >= 0 && top + y < p.input[1];
      for (int x = 0; x < kSide; x++) {
        const bool inside = row && left + x >= 0 && left + x < p.input[2];
        pixels[y * kSide + x] =
            inside ? image + ((top + y) * p.input[2] + left + x) * p.channels : zeros;
      }
    }
  }

  template <class Load>
  static void transform_input(const Load& load_pixel, T* to, std::int64_t point_step) {
    Vector<T> half[kSide][kSide];
    for (int x = 0; x < kSide; x++) {
      Vector<T> column[kSide];
      for (int y = 0; y < kSide; y++) {
        column[y] = load_pixel(y * kSide + x);
      }
      Vector<T> transformed[kSide];
      W::input(column, transformed);
      for (int y = 0; y < kSide; y++) {
        half[y][x] = transformed[y];
      }
    }
    for (int y = 0; y < kSide; y++) {
      Vector<T> transformed[kSide];
      W::input(half[y], transformed);
      for (int x = 0; x < kSide; x++) {
        store(to + (y * kSide + x) * point_step, transformed[x]);
      }
    }
  }

  // To (point, tile, filter of the panel).
  static void multiply(const Problem& p, const Cut& cut, const T* weights, std::int64_t panel,
                       std::int64_t count, const T* inputs, T* products) {
    const bool narrow = p.filters - panel * kPanel <= kL;
    const std::int64_t groups = (count + kGroup - 1) / kGroup;
    for (int point = 0; point < kPoints; point++) {
      const T* from = inputs + point * cut.channel_vectors * count * kL;
      T* to = products + point * count * kPanel;
      for (std::int64_t group = 0; group < groups; group++) {
        const std::int64_t tile = count * group / groups;
        const int tiles = int(count * (group + 1) / groups - tile);
        if (narrow) {
          multiply_any<1, kGroup>(tiles, p.channels, count * kL, from + tile * kL, weights,
                                  to + tile * kPanel);
        } else {
          multiply_any<kVectors, kGroup>(tiles, p.channels, count * kL, from + tile * kL, weights,
                                         to + tile * kPanel);
        }
      }
      weights += p.channels * kPanel;
    }
  }

  template <int kWidth, int kTiles>
  static void multiply_any(int tiles, std::int64_t channels, std::int64_t step, const T* from,
                           const T* weights, T* to) {
    if constexpr (kTiles > 1) {
      if (tiles < kTiles) {
        multiply_any<kWidth, kTiles - 1>(tiles, channels, step, from, weights, to);
        return;
      }
    }
    multiply_group<kWidth, kTiles>(channels, step, from, weights, to);
  }

  template <int kWidth, int kTiles>
  static void multiply_group(std::int64_t channels, std::int64_t step, const T* from,
                             const T* weights, T* to) {
    Vector<T> sums[kTiles][kWidth] = {};
    for (std::int64_t c = 0; c < channels; c += kL, from += step) {
      const std::int64_t lanes = channels - c < kL ? channels - c : kL;
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
    for (int i = 0; i < kTiles; i++) {
      for (int v = 0; v < kWidth; v++) {
        store(to + i * kPanel + v * kL, sums[i][v]);
      }
    }
  }

  static void transform_outputs(const Problem& p, const Cut& cut, const T* bias,
                                std::int64_t panel, std::int64_t first, std::int64_t count,
                                const T* products, T* output) {
    const Activation<T> activation(p);
    const std::int64_t filter = panel * kPanel;
    for (std::int64_t tile = 0; tile < count; tile++) {
      const std::int64_t row = (first + tile) / cut.columns % cut.rows * W::kOutputs;
      const std::int64_t column = (first + tile) % cut.columns * W::kOutputs;
      const std::int64_t image = (first + tile) / (cut.columns * cut.rows);
      const int height = int(p.output[1] - row < W::kOutputs ? p.output[1] - row : W::kOutputs);
      const int width =
          int(p.output[2] - column < W::kOutputs ? p.output[2] - column : W::kOutputs);
      T* corner =
          output + ((image * p.output[1] + row) * p.output[2] + column) * p.filters + filter;
      for (int v = 0; v < kVectors && filter + v * kL < p.filters; v++) {
        const std::int64_t left = p.filters - filter - v * kL;
        Vector<T> outputs[W::kOutputs][W::kOutputs];
        transform_output(products + tile * kPanel + v * kL, count * kPanel, outputs);
        const Vector<T> b = load(bias + v * kL);
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            T* to = corner + (y * p.output[2] + x) * p.filters + v * kL;
            const Vector<T> result = activation(outputs[y][x] + b);
            if (left >= kL) {
              store(to, result);
            } else {
              store_some(to, result, int(left));
            }
          }
        }
      }
    }
  }

  static void transform_output(const T* products, std::int64_t point_step,
                               Vector<T> (&to)[W::kOutputs][W::kOutputs]) {
    Vector<T> half[W::kOutputs][kSide];
    for (int x = 0; x < kSide; x++) {
      Vector<T> column[kSide];
      for (int y = 0; y < kSide; y++) {
        column[y] = load(products + (y * kSide + x) * point_step);
      }
      Vector<T> transformed[W::kOutputs];
      W::output(column, transformed);
      for (int y = 0; y < W::kOutputs; y++) {
        half[y][x] = transformed[y];
      }
    }
    for (int y = 0; y < W::kOutputs; y++) {
      W::output(half[y], to[y]);
    }
  }
};

}  // namespace
}  // namespace conv4j
