// The activation, applied while the sums are in registers.
#pragma once

#include <limits>

#include "functions.hpp"
#include "problem.hpp"

namespace conv4j {
namespace {

// Functions of vectors as types, so that code can be made for each.
struct Sigmoid {
  template <class V>
  V operator()(V x) const { return sigmoid(x); }
};
struct Silu {
  template <class V>
  V operator()(V x) const { return silu(x); }
};
struct Tanh {
  template <class V>
  V operator()(V x) const { return tanh(x); }
};
struct HardSilu {
  template <class V>
  V operator()(V x) const { return hard_silu(x); }
};

// A clamp, which takes two instructions and no branch.
template <class T>
struct Clamp {
  T least;
  T most;
  Vector<T> operator()(Vector<T> x) const {
    return clamp(x, broadcast<Vector<T>>(least), broadcast<Vector<T>>(most));
  }
};

// Calls use with the function of that number in the enumeration.
template <class Use>
inline void with_function(Function function, const Use& use) {
  switch (function) {
    case Function::sigmoid: use(Sigmoid()); break;
    case Function::silu: use(Silu()); break;
    case Function::tanh: use(Tanh()); break;
    case Function::hard_silu: use(HardSilu()); break;
    case Function::none:
    case Function::rectifier: break;
  }
}

template <class T>
class Activation {
 public:
  // None.
  Activation() : function_(Function::none), slope_(1), limit_(0) {}
  explicit Activation(const Problem& p)
      : function_(Function(p.function)), slope_(T(p.slope)), limit_(T(p.limit)) {}

  Function function() const { return function_; }
  // Whether the activation is a clamp, which takes two instructions.
  bool clamps() const {
    return function_ == Function::none || (function_ == Function::rectifier && slope_ == 0);
  }
  T least() const {
    return function_ == Function::none ? -std::numeric_limits<T>::infinity() : T(0);
  }
  T most() const {
    return function_ == Function::none ? std::numeric_limits<T>::infinity() : limit_;
  }

  Vector<T> operator()(Vector<T> x) const {
    if (function_ == Function::none) {
      return x;
    }
    if (function_ == Function::rectifier) {
      return rectified(x);
    }
    if constexpr (sizeof(T) == sizeof(float)) {
      with_function(function_, [&](auto function) { x = function(x); });
    }
    return x;
  }

 private:
  Vector<T> rectified(Vector<T> x) const {
    const Vector<T> zero = {};
    const Vector<T> limit = zero + limit_;
    const Vector<T> positive = x < limit ? x : limit;
    // 0 * -infinity would be NaN; NaN itself must stay.
    const Vector<T> negative = slope_ == 0 ? (x == x ? zero : x) : x * slope_;
    return x > zero ? positive : negative;
  }

  Function function_;
  T slope_;
  T limit_;
};

}  // namespace
}  // namespace conv4j
