// The lanes of vectors in another order. GCC and Clang have different built-in functions for it, and
// Clang has none for an order that is known at run time only.
#pragma once

#include "vector.hpp"

namespace conv4j {
namespace {

// Lane i of the result is the lane of x whose number is the i-th. In all of these functions numbers
// wrap around at the end of what they count.
template <class T, int... kFrom>
inline Vector<T> permute(Vector<T> x) {
#ifdef __clang__
  return __builtin_shufflevector(x, x, (kFrom & (kLanes<T> - 1))...);
#else
  return __builtin_shuffle(x, typename VectorOf<T>::Mask{kFrom...});
#endif
}

// As above, from both vectors: the lanes of b are numbered after those of a.
template <class T, int... kFrom>
inline Vector<T> permute(Vector<T> a, Vector<T> b) {
#ifdef __clang__
  return __builtin_shufflevector(a, b, (kFrom & (2 * kLanes<T> - 1))...);
#else
  return __builtin_shuffle(a, b, typename VectorOf<T>::Mask{kFrom...});
#endif
}

// Lane i of the result is lane from[i] of x.
template <class T>
inline Vector<T> permute_by(Vector<T> x, typename VectorOf<T>::Mask from) {
#ifdef __clang__
  Vector<T> result;
  for (int lane = 0; lane < kLanes<T>; lane++) {
    result[lane] = x[from[lane] & (kLanes<T> - 1)];
  }
  return result;
#else
  return __builtin_shuffle(x, from);
#endif
}

// Clang makes a loop over lanes of the above.
#if defined(__clang__) && defined(__AVX512F__)
template <>
inline Vector<float> permute_by<float>(Vector<float> x, VectorOf<float>::Mask from) {
  return (Vector<float>)_mm512_permutexvar_ps((__m512i)from, (__m512)x);
}
template <>
inline Vector<double> permute_by<double>(Vector<double> x, VectorOf<double>::Mask from) {
  return (Vector<double>)_mm512_permutexvar_pd((__m512i)from, (__m512d)x);
}
#elif defined(__clang__) && defined(__AVX2__)
template <>
inline Vector<float> permute_by<float>(Vector<float> x, VectorOf<float>::Mask from) {
  return (Vector<float>)_mm256_permutevar8x32_ps((__m256)x, (__m256i)from);
}
#endif

}  // namespace
}  // namespace conv4j
