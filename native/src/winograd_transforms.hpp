// The three linear maps of Winograd's minimal filtering F(4, 3): four outputs of a filter of three
// taps with six multiplications. Toom-Cook with the points 0, 1, -1, 2, -2 and infinity, as in
// Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2016). In two dimensions
// each map is applied to the columns, then to the rows.
#pragma once

namespace conv4j {
namespace {

struct Winograd43 {
  static constexpr int kOutputs = 4;
  static constexpr int kTaps = 3;
  static constexpr int kInputs = kOutputs + kTaps - 1;

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
    const V even = g[0] + g[2];
    const V even2 = g[0] + 4 * g[2];
    to[0] = g[0] / 4;
    to[1] = -(even + g[1]) / 6;
    to[2] = -(even - g[1]) / 6;
    to[3] = (even2 + 2 * g[1]) / 24;
    to[4] = (even2 - 2 * g[1]) / 24;
    to[5] = g[2];
  }

  template <class V>
  static void output(const V (&m)[kInputs], V (&to)[kOutputs]) {
    const V even = m[1] + m[2];
    const V odd = m[1] - m[2];
    const V even2 = m[3] + m[4];
    const V odd2 = m[3] - m[4];
    to[0] = m[0] + even + even2;
    to[1] = odd + 2 * odd2;
    to[2] = even + 4 * even2;
    to[3] = odd + 8 * odd2 + m[5];
  }
};

}  // namespace
}  // namespace conv4j
