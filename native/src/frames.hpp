// A whole small network that answers some frames of signals in one call; NativeFrames.java writes
// its code.
#pragma once

#include <cstdint>

namespace conv4j {

// What runs: numbers for the steps, and the weights that they name by their place.
//
// Code: the number of rings; for each ring its place in a state, its frames, its channels and how
// many frames of the signal it ignores; then steps until END. A value is (place, stride) in the
// scratch memory: a row of channels for each frame, filled up to whole vectors; its place counts for
// one frame. A read is a value, its
// channels, a ring or -1, and how many frames ago it was. A function is its kind and two numbers
// among the weights.
struct FrameCode {
  enum Step : std::int32_t {
    kEnd,
    // value, channels: the signal's frames.
    kInput,
    // value, vectors; read; taps, delay of each; weights; function; residual: 0, or 1 and a read.
    kProduct,
    // value; read; taps, delay of each; weights; function: a product for each channel on its own.
    kFactors,
    // value; read; function.
    kMap,
    // value; two reads; operation; function.
    kCombine,
    // value; count, reads: side by side.
    kJoin,
    // value; read; first channel; channels.
    kPart,
    // value; ring: remembers the last frames.
    kKeep,
    // value; channels: the output's frames.
    kOutput,
  };
  enum Function : std::int32_t { kLinear, kRectify, kClip, kTanh, kSigmoid, kSilu };
  enum Operation : std::int32_t { kAdd, kSubtract, kMultiply };

  static constexpr int kMostTaps = 256;

  const std::int32_t* code;
  const float* weights;
};

// Streams of one network that each have some new frames. A state holds, for each ring, the number of
// its oldest frame, and at the rings' places their frames.
struct FrameCall {
  FrameCode program;
  int streams;
  // Of each stream. All streams together have no more than the scratch memory was made for.
  int frames;
  float* const* states;
  // How many frames of the signal each stream has had, at most 2^30.
  const std::int32_t* positions;
  const float* input;
  float* output;
  float* scratch;
  // Room in the scratch memory for reads that are gathered.
  float* gathered;
};

}  // namespace conv4j
