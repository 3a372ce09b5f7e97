// Vectors of the width that the including file chose: CONV4J_VECTOR_BYTES.
//
// Everything that depends on the instruction set is in an anonymous namespace: the same template
// compiled for two sets must never be merged by the linker.
#pragma once

#ifdef __AVX2__
#include <immintrin.h>
#endif

#include <cstdint>

namespace conv4j {
namespace {

template <class T>
struct Lane;
template <>
struct Lane<float> {
  using Index = std::int32_t;
};
template <>
struct Lane<double> {
  using Index = std::int64_t;
};

template <class T>
constexpr int kLanes = CONV4J_VECTOR_BYTES / int(sizeof(T));

template <class T>
struct VectorOf {
  typedef T Type __attribute__((vector_size(CONV4J_VECTOR_BYTES)));
  typedef T Unaligned __attribute__((vector_size(CONV4J_VECTOR_BYTES), aligned(sizeof(T)), may_alias));
  using Index = typename Lane<T>::Index;
  typedef Index Mask __attribute__((vector_size(CONV4J_VECTOR_BYTES)));
  typedef Index UnalignedMask __attribute__((vector_size(CONV4J_VECTOR_BYTES), aligned(sizeof(T)), may_alias));
};

template <class T>
using Vector = typename VectorOf<T>::Type;

template <class T>
struct HalfVectorOf {
  typedef T Type __attribute__((vector_size(CONV4J_VECTOR_BYTES / 2)));
};

template <class T>
using HalfVector = typename HalfVectorOf<T>::Type;

// V: a vector of T, of any width.
template <class V, class T>
inline V load_as(const T* from) {
  typedef V Unaligned __attribute__((aligned(sizeof(T)), may_alias));
  return *reinterpret_cast<const Unaligned*>(from);
}

template <class V, class T>
inline void store_as(T* to, V value) {
  typedef V Unaligned __attribute__((aligned(sizeof(T)), may_alias));
  *reinterpret_cast<Unaligned*>(to) = value;
}

// Not 0 + x, which the compiler must compute: it makes 0 of -0.
template <class V, class T>
inline V broadcast(T x) {
  return x - V{};
}

// The larger of two, and the smaller one; NaN if the second is NaN. Compilers make a comparison and a
// choice of such expressions.
template <class V>
inline V larger(V bound, V x) {
  return bound > x ? bound : x;
}
template <class V>
inline V smaller(V bound, V x) {
  return bound < x ? bound : x;
}

#ifdef __AVX512F__
inline Vector<float> larger(Vector<float> bound, Vector<float> x) {
  return (Vector<float>)_mm512_maskz_max_ps(__mmask16(-1), (__m512)bound, (__m512)x);
}
inline Vector<float> smaller(Vector<float> bound, Vector<float> x) {
  return (Vector<float>)_mm512_maskz_min_ps(__mmask16(-1), (__m512)bound, (__m512)x);
}
inline HalfVector<float> larger(HalfVector<float> bound, HalfVector<float> x) {
  return (HalfVector<float>)_mm256_max_ps((__m256)bound, (__m256)x);
}
inline HalfVector<float> smaller(HalfVector<float> bound, HalfVector<float> x) {
  return (HalfVector<float>)_mm256_min_ps((__m256)bound, (__m256)x);
}
#elif defined(__AVX2__)
inline Vector<float> larger(Vector<float> bound, Vector<float> x) {
  return (Vector<float>)_mm256_max_ps((__m256)bound, (__m256)x);
}
inline Vector<float> smaller(Vector<float> bound, Vector<float> x) {
  return (Vector<float>)_mm256_min_ps((__m256)bound, (__m256)x);
}
inline HalfVector<float> larger(HalfVector<float> bound, HalfVector<float> x) {
  return (HalfVector<float>)_mm_max_ps((__m128)bound, (__m128)x);
}
inline HalfVector<float> smaller(HalfVector<float> bound, HalfVector<float> x) {
  return (HalfVector<float>)_mm_min_ps((__m128)bound, (__m128)x);
}
#endif

// NaN stays.
template <class V>
inline V clamp(V x, V least, V most) {
  return smaller(most, larger(least, x));
}

template <class T>
inline Vector<T> load(const T* from) {
  return *reinterpret_cast<const typename VectorOf<T>::Unaligned*>(from);
}

// The lanes after the first few are zero.
template <class T>
inline Vector<T> load_some(const T* from, int count) {
  Vector<T> value = {};
#pragma GCC unroll 4
  for (int lane = 0; lane < kLanes<T>; lane++) {
    if (lane < count) {
      value[lane] = from[lane];
    }
  }
  return value;
}

template <class T>
inline void store(T* to, Vector<T> value) {
  *reinterpret_cast<typename VectorOf<T>::Unaligned*>(to) = value;
}

template <class T>
inline typename VectorOf<T>::Mask load_mask(const T* from) {
  return *reinterpret_cast<const typename VectorOf<T>::UnalignedMask*>(from);
}

template <class T>
inline void store_some(T* to, Vector<T> value, int count) {
  for (int lane = 0; lane < count; lane++) {
    to[lane] = value[lane];
  }
}

// Compilers make loops over lanes of the above.
#ifdef __AVX512F__
inline Vector<float> load_some(const float* from, int count) {
  return (Vector<float>)_mm512_maskz_loadu_ps(__mmask16((1u << count) - 1), from);
}
inline Vector<double> load_some(const double* from, int count) {
  return (Vector<double>)_mm512_maskz_loadu_pd(__mmask8((1u << count) - 1), from);
}

inline void store_some(float* to, Vector<float> value, int count) {
  _mm512_mask_storeu_ps(to, __mmask16((1u << count) - 1), (__m512)value);
}
inline void store_some(double* to, Vector<double> value, int count) {
  _mm512_mask_storeu_pd(to, __mmask8((1u << count) - 1), (__m512d)value);
}
#elif defined(__AVX2__)
template <class Index>
inline __m256i first_lanes(int count) {
  typedef Index Mask __attribute__((vector_size(32)));
  Mask lanes;
  for (int lane = 0; lane < 32 / int(sizeof(Index)); lane++) {
    lanes[lane] = lane;
  }
  return (__m256i)(lanes < Index(count));
}
inline Vector<float> load_some(const float* from, int count) {
  return (Vector<float>)_mm256_maskload_ps(from, first_lanes<std::int32_t>(count));
}
inline Vector<double> load_some(const double* from, int count) {
  return (Vector<double>)_mm256_maskload_pd(from, first_lanes<std::int64_t>(count));
}

inline void store_some(float* to, Vector<float> value, int count) {
  _mm256_maskstore_ps(to, first_lanes<std::int32_t>(count), (__m256)value);
}
inline void store_some(double* to, Vector<double> value, int count) {
  _mm256_maskstore_pd(to, first_lanes<std::int64_t>(count), (__m256d)value);
}
#endif

}  // namespace
}  // namespace conv4j
