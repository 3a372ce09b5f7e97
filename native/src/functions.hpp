// Functions of vectors, to about two units in the last place, as Cephes computes them. NaN stays.
#pragma once

#include <cstring>

#include "vector.hpp"

namespace conv4j {
namespace {

// e^x for x from -87 to 88: 2^n times e^r, where r is at most half of log 2.
inline Vector<float> exponential(Vector<float> x) {
  // Adding it rounds to whole numbers, which are then in the lowest bits.
  const Vector<float> shift = broadcast<Vector<float>>(12582912.0f);
  const Vector<float> shifted = x * 1.44269504088896341f + shift;
  const Vector<float> n = shifted - shift;
  const Vector<float> r = x - n * 0.693359375f - n * -2.12194440e-4f;
  Vector<float> p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  typename VectorOf<float>::Mask bits;
  std::memcpy(&bits, &shifted, sizeof(bits));
  bits = (bits << 23) + 0x3f800000;
  Vector<float> power;
  std::memcpy(&power, &bits, sizeof(power));
  return p * power;
}

inline Vector<float> tanh(Vector<float> x) {
  const Vector<float> size = x < Vector<float>{} ? -x : x;
  const Vector<float> near = size > 10.0f ? broadcast<Vector<float>>(10.0f) : size;
  const Vector<float> far = 1.0f - 2.0f / (exponential(near + near) + 1.0f);
  const Vector<float> square = x * x;
  Vector<float> p = square * -5.70498872745e-3f + 2.06390887954e-2f;
  p = p * square - 5.37397155531e-2f;
  p = p * square + 1.33314422036e-1f;
  p = p * square - 3.33332819422e-1f;
  p = p * square * x + x;
  return size < 0.625f ? p : (x < Vector<float>{} ? -far : far);
}

inline Vector<float> sigmoid(Vector<float> x) {
  const Vector<float> most = broadcast<Vector<float>>(87.0f);
  return 1.0f / (1.0f + exponential(clamp(-x, -most, most)));
}

}  // namespace
}  // namespace conv4j
