// The three linear maps of Winograd's minimal filtering F(m, r): m outputs of a filter of r taps
// with m + r - 1 multiplications, 6 or 4. Toom-Cook with the points 0, 1, -1, 2, -2 and infinity, or
// 0, 1, -1 and infinity, as in Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks"
// (2016), who give F(4, 3) and F(2, 3); the map of the inputs depends on the points only. In two
// dimensions each map is applied to the columns, then to the rows.
#pragma once

namespace conv4j {
namespace {

// The filter as a polynomial, evaluated at a point.
template <int kTaps, class V>
V winograd_value(const V (&g)[kTaps], int point) {
  V value = g[kTaps - 1];
  for (int i = kTaps - 2; i >= 0; i--) {
    value = value * point + g[i];
  }
  return value;
}

template <int kFilterTaps, int kTileInputs>
struct WinogradMap;

template <int kFilterTaps>
struct WinogradMap<kFilterTaps, 6> {
  static constexpr int kTaps = kFilterTaps;
  static constexpr int kInputs = 6;
  static constexpr int kOutputs = kInputs + 1 - kTaps;

  template <class V>
  static void input(const V (&d)[kInputs], V (&to)[kInputs]) {
    const V even = d[4] - 4 * d[2];
    const V odd = d[3] - 4 * d[1];
    const V even2 = d[4] - d[2];
    const V odd2 = d[3] - d[1];
    to[0] = 4 * (d[0] - d[2]) + even2;
    to[1] = even + odd;
    to[2] = even - odd;
    to[3] = even2 + 2 * odd2;
    to[4] = even2 - 2 * odd2;
    to[5] = d[5] - d[3] - 4 * odd2;
  }

  template <class V>
  static void weights(const V (&g)[kTaps], V (&to)[kInputs]) {
    to[0] = g[0] / 4;
    to[1] = -winograd_value(g, 1) / 6;
    to[2] = -winograd_value(g, -1) / 6;
    to[3] = winograd_value(g, 2) / 24;
    to[4] = winograd_value(g, -2) / 24;
    to[5] = g[kTaps - 1];
  }

  template <class V>
  static void output(const V (&m)[kInputs], V (&to)[kOutputs]) {
    const V even = m[1] + m[2];
    const V odd = m[1] - m[2];
    const V even2 = m[3] + m[4];
    const V odd2 = m[3] - m[4];
    to[0] = m[0] + even + even2;
    to[1] = odd + 2 * odd2;
    if constexpr (kOutputs > 2) {
      to[2] = even + 4 * even2;
    }
    if constexpr (kOutputs > 3) {
      to[3] = odd + 8 * odd2;
    }
    if constexpr (kOutputs > 4) {
      to[4] = even + 16 * even2;
    }
    to[kOutputs - 1] += m[5];
  }
};

template <int kFilterTaps>
struct WinogradMap<kFilterTaps, 4> {
  static constexpr int kTaps = kFilterTaps;
  static constexpr int kInputs = 4;
  static constexpr int kOutputs = kInputs + 1 - kTaps;

  template <class V>
  static void input(const V (&d)[kInputs], V (&to)[kInputs]) {
    to[0] = d[0] - d[2];
    to[1] = d[2] + d[1];
    to[2] = d[2] - d[1];
    to[3] = d[3] - d[1];
  }

  template <class V>
  static void weights(const V (&g)[kTaps], V (&to)[kInputs]) {
    to[0] = g[0];
    to[1] = winograd_value(g, 1) / 2;
    to[2] = winograd_value(g, -1) / 2;
    to[3] = g[kTaps - 1];
  }

  template <class V>
  static void output(const V (&m)[kInputs], V (&to)[kOutputs]) {
    const V even = m[1] + m[2];
    to[0] = m[0] + even;
    to[1] = m[1] - m[2];
    if constexpr (kOutputs > 2) {
      to[2] = even;
    }
    to[kOutputs - 1] += m[3];
  }
};

// An axis along which the filter does not reach.
template <>
struct WinogradMap<1, 1> {
  static constexpr int kTaps = 1;
  static constexpr int kInputs = 1;
  static constexpr int kOutputs = 1;

  template <class V>
  static void input(const V (&d)[1], V (&to)[1]) {
    to[0] = d[0];
  }
  template <class V>
  static void weights(const V (&g)[1], V (&to)[1]) {
    to[0] = g[0];
  }
  template <class V>
  static void output(const V (&m)[1], V (&to)[1]) {
    to[0] = m[0];
  }
};

}  // namespace
}  // namespace conv4j
