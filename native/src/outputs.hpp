// Where the sums of a kernel end: the residual is added, then the activation applied.
#pragma once

#include "activation.hpp"

namespace conv4j {
namespace {

// For one kind of activation, whose code is where the sums are.
template <class T, class Applied, bool kResidual>
class SpecialOutputs {
 public:
  SpecialOutputs(const Applied& applied, const T* residual, T* output)
      : applied_(applied), residual_(residual), output_(output) {}

  T* begin() const { return output_; }

  void put(T* to, Vector<T> sums) const {
    if constexpr (kResidual) {
      sums += load(residual_ + (to - output_));
    }
    store(to, applied_(sums));
  }

  void put_some(T* to, Vector<T> sums, int count) const {
    if constexpr (kResidual) {
      sums += load_some(residual_ + (to - output_), count);
    }
    store_some(to, applied_(sums), count);
  }

 private:
  Applied applied_;
  const T* residual_;
  T* output_;
};

template <class T>
class Outputs {
 public:
  // residual: null, or as large as the output, and apart from it.
  Outputs(const Problem& p, const void* residual, void* output)
      : Outputs(Activation<T>(p), static_cast<const T*>(residual), static_cast<T*>(output)) {}
  Outputs(const Activation<T>& activation, const T* residual, T* output)
      : activation_(activation), residual_(residual), output_(output) {}

  T* begin() const { return output_; }
  const Activation<T>& activation() const { return activation_; }
  bool has_residual() const { return residual_ != nullptr; }
  // Whether a clamp is all that is left to do.
  bool only_clamps() const { return !has_residual() && activation_.clamps(); }

  void put(T* to, Vector<T> sums) const {
    store(to, activation_(residual_ == nullptr ? sums : sums + load(residual(to))));
  }

  // The first few lanes.
  void put_some(T* to, Vector<T> sums, int count) const {
    store_some(to, activation_(residual_ == nullptr ? sums : sums + load_some(residual(to), count)),
               count);
  }

  // Does the rest for sums that the output holds already.
  void finish(T* from, std::int64_t count) const {
    std::int64_t i = 0;
    for (; i + kLanes<T> <= count; i += kLanes<T>) {
      put(from + i, load(from + i));
    }
    if (i < count) {
      put_some(from + i, load_some(from + i, int(count - i)), int(count - i));
    }
  }

  // Calls use with these outputs, in common cases with a kind of them that does without branches.
  template <class Use>
  void specialised(const Use& use) const {
    if (activation_.clamps()) {
      with_residual(Clamp<T>{activation_.least(), activation_.most()}, use);
    } else if (activation_.function() == Function::rectifier) {
      use(*this);
    } else if constexpr (sizeof(T) == sizeof(float)) {
      with_function(activation_.function(), [&](auto applied) { with_residual(applied, use); });
    }
  }

 private:
  template <class Applied, class Use>
  void with_residual(const Applied& applied, const Use& use) const {
    if (residual_ == nullptr) {
      use(SpecialOutputs<T, Applied, false>(applied, residual_, output_));
    } else {
      use(SpecialOutputs<T, Applied, true>(applied, residual_, output_));
    }
  }

  const T* residual(const T* to) const { return residual_ + (to - output_); }

  Activation<T> activation_;
  const T* residual_;
  T* output_;
};

}  // namespace
}  // namespace conv4j
