// Vectors of the width that the including file chose: CONV4J_VECTOR_BYTES.
//
// Everything that depends on the instruction set is in an anonymous namespace: the same template
// compiled for two sets must never be merged by the linker.
#pragma once

#ifdef __AVX512F__
#include <immintrin.h>
#endif

#include <cstdint>
#include <limits>

#include "problem.hpp"

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

// NaN stays.
template <class V>
inline V clamp(V x, V least, V most) {
  const V above = least > x ? least : x;
  return most < above ? most : above;
}

template <class T>
inline Vector<T> load(const T* from) {
  return *reinterpret_cast<const typename VectorOf<T>::Unaligned*>(from);
}

// The lanes after the first few are zero.
template <class T>
inline Vector<T> load_some(const T* from, int count) {
  Vector<T> value = {};
  for (int lane = 0; lane < count; lane++) {
    value[lane] = from[lane];
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

#ifdef __AVX512F__
// Compilers make loops over lanes of the above.
inline Vector<float> load_some(const float* from, int count) {
  return (Vector<float>)_mm512_maskz_loadu_ps(__mmask16((1u << count) - 1), from);
}

inline void store_some(float* to, Vector<float> value, int count) {
  _mm512_mask_storeu_ps(to, __mmask16((1u << count) - 1), (__m512)value);
}
#endif

// The activation, applied while the sums are in registers.
template <class T>
class Activation {
 public:
  // None.
  Activation() : rectify_(false), slope_(1), limit_(0) {}
  explicit Activation(const Problem& p)
      : rectify_(p.rectify != 0), slope_(T(p.slope)), limit_(T(p.limit)) {}

  // Whether the activation is a clamp, which takes two instructions.
  bool clamps() const { return !rectify_ || slope_ == 0; }
  T least() const { return rectify_ ? T(0) : -std::numeric_limits<T>::infinity(); }
  T most() const { return rectify_ ? limit_ : std::numeric_limits<T>::infinity(); }

  Vector<T> operator()(Vector<T> x) const {
    if (!rectify_) {
      return x;
    }
    const Vector<T> zero = {};
    const Vector<T> limit = zero + limit_;
    const Vector<T> positive = x < limit ? x : limit;
    // 0 * -infinity would be NaN; NaN itself must stay.
    const Vector<T> negative = slope_ == 0 ? (x == x ? zero : x) : x * slope_;
    return x > zero ? positive : negative;
  }

 private:
  bool rectify_;
  T slope_;
  T limit_;
};

}  // namespace
}  // namespace conv4j
