// Functions of vectors, to about two units in the last place, as Cephes computes them. NaN stays.
#pragma once

#include <cstring>

#include "vector.hpp"

namespace conv4j {
namespace {

// e^x is power * (1 + rest).
struct Exponential {
  Vector<float> power;
  Vector<float> rest;
};

// Of -x, for x from -88.3 to 87.9: 2^n times e^r, where r is at most half of log 2, and e^r = 1 + r + r^2 p
// with the polynomial p for which the largest relative error of e^r is least, 5e-9.
inline Exponential negative_exponential_parts(Vector<float> x) {
  // Adding it rounds to whole numbers, which are then in the lowest bits, moved by 127 as exponents are.
  const Vector<float> shift = broadcast<Vector<float>>(12582912.0f + 127);
  const Vector<float> shifted = x * -1.44269504088896341f + shift;
  const Vector<float> n = shifted - shift;
  const Vector<float> r = -(n * 0.693359375f) - x - n * -2.12194440e-4f;
  Vector<float> p = r * 1.38144672e-3f + 8.36878084e-3f;
  p = p * r + 4.16683927e-2f;
  p = p * r + 1.66665196e-1f;
  p = p * r + 4.99999940e-1f;
  typename VectorOf<float>::Mask bits;
  std::memcpy(&bits, &shifted, sizeof(bits));
  bits <<= 23;
  Exponential result;
  std::memcpy(&result.power, &bits, sizeof(bits));
  result.rest = p * (r * r) + r;
  return result;
}

// For x from -87.9 to 88.3.
inline Vector<float> exponential(Vector<float> x) {
  const Exponential e = negative_exponential_parts(-x);
  return e.power * (e.rest + 1.0f);
}

// Where e^-x is about the largest number: below, a quotient by it is taken for 0.
constexpr float kLeastSigmoid = -88.3f;

// 1 + e^-x for x from kLeastSigmoid on; 1 above 87.7. As (1 + power) + power * rest, with what the first
// sum loses in rounding, nearly all of the error is that of the last addition.
inline Vector<float> one_and_negative_exponential(Vector<float> x) {
  const Vector<float> least = broadcast<Vector<float>>(kLeastSigmoid);
  const Vector<float> most = broadcast<Vector<float>>(87.9f);
  const Exponential e = negative_exponential_parts(clamp(x, least, most));
  const Vector<float> sum = e.power + 1.0f;
  const Vector<float> lost = 1.0f - (sum - e.power);
  return sum + (e.power * e.rest + lost);
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
  const Vector<float> zero = {};
  return (x < kLeastSigmoid ? zero : zero + 1.0f) / one_and_negative_exponential(x);
}

// NaN for -infinity, as the definition.
inline Vector<float> silu(Vector<float> x) {
  return (x < kLeastSigmoid ? x * 0.0f : x) / one_and_negative_exponential(x);
}

// x times the hard sigmoid, min(max((x + 3) / 6, 0), 1).
inline Vector<float> hard_silu(Vector<float> x) {
  const Vector<float> zero = {};
  return x * (clamp(x + 3.0f, zero, zero + 6.0f) / 6.0f);
}

}  // namespace
}  // namespace conv4j
