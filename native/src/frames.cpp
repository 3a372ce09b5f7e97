// Runs the code of a network on frames of signals; compiled once for each instruction set.

#include "frames.hpp"

#include <cstring>

#include "functions.hpp"
#include "vector.hpp"

namespace conv4j {
namespace {

constexpr int kWidth = kLanes<float>;
// Rows that are summed up at a time, in registers: for one vector of outputs, and for two.
constexpr int kTallRows = kWidth == 16 ? 8 : 4;
constexpr int kWideRows = kWidth == 16 ? 4 : 2;

struct Rows {
  const float* at;
  std::ptrdiff_t stride;
};

struct Read {
  std::int32_t place;
  std::int32_t stride;
  std::int32_t channels;
  std::int32_t ring;
  std::int32_t delay;
};

struct Ring {
  std::int32_t place;
  std::int32_t frames;
  std::int32_t channels;
  std::int32_t ignored;
};

// Channels that lie close together, from rows that may not.
inline void copy_rows(Rows from, float* to, std::ptrdiff_t to_stride, int rows, int channels) {
  if (from.stride == channels && to_stride == channels) {
    std::memcpy(to, from.at, sizeof(float) * std::size_t(rows) * std::size_t(channels));
    return;
  }
  for (int row = 0; row < rows; row++) {
    const float* const source = from.at + row * from.stride;
    float* const target = to + row * to_stride;
    for (int channel = 0; channel < channels; channel++) {
      target[channel] = source[channel];
    }
  }
}

// One tap or several of a product: for each tap the first of its rows.
struct Taps {
  const float* const* rows;
  int count;
  std::ptrdiff_t stride;
  int channels;
};

// Rows of sums. Even and odd channels are summed up apart, whatever the number of rows: what a frame
// becomes does not depend on how many come with it.
template <int kRows, int kVectors>
inline void sum(const Taps& taps, std::ptrdiff_t row, const float* weights, std::ptrdiff_t vector,
                const float* bias, float* out, std::ptrdiff_t out_stride) {
  Vector<float> even[kRows][kVectors];
  Vector<float> odd[kRows][kVectors];
  for (int r = 0; r < kRows; r++) {
    for (int v = 0; v < kVectors; v++) {
      even[r][v] = load(bias + v * kWidth);
      odd[r][v] = Vector<float>{};
    }
  }
  const float* w = weights;
  for (int tap = 0; tap < taps.count; tap++) {
    const float* const x = taps.rows[tap] + row * taps.stride;
    int channel = 0;
    for (; channel + 1 < taps.channels; channel += 2, w += 2 * kWidth) {
      for (int v = 0; v < kVectors; v++) {
        const Vector<float> first = load(w + v * vector);
        const Vector<float> second = load(w + v * vector + kWidth);
        for (int r = 0; r < kRows; r++) {
          even[r][v] += first * x[r * taps.stride + channel];
          odd[r][v] += second * x[r * taps.stride + channel + 1];
        }
      }
    }
    if (channel < taps.channels) {
      for (int v = 0; v < kVectors; v++) {
        const Vector<float> first = load(w + v * vector);
        for (int r = 0; r < kRows; r++) {
          even[r][v] += first * x[r * taps.stride + channel];
        }
      }
      w += kWidth;
    }
  }
  for (int r = 0; r < kRows; r++) {
    for (int v = 0; v < kVectors; v++) {
      store(out + (row + r) * out_stride + v * kWidth, even[r][v] + odd[r][v]);
    }
  }
}

template <int kRows, int kVectors>
inline void sums(const Taps& taps, int rows, const float* weights, std::ptrdiff_t vector,
                 const float* bias, float* out, std::ptrdiff_t out_stride) {
  int row = 0;
  for (; row + kRows <= rows; row += kRows) {
    sum<kRows, kVectors>(taps, row, weights, vector, bias, out, out_stride);
  }
  for (; row < rows; row++) {
    sum<1, kVectors>(taps, row, weights, vector, bias, out, out_stride);
  }
}

template <class F>
inline void each(float* values, std::ptrdiff_t count, F function) {
  for (std::ptrdiff_t i = 0; i < count; i += kWidth) {
    store(values + i, function(load(values + i)));
  }
}

void apply(std::int32_t kind, const float* numbers, float* values, std::ptrdiff_t count) {
  using V = Vector<float>;
  switch (kind) {
    case FrameCode::kRectify: {
      const V slope = broadcast<V>(numbers[0]);
      const V limit = broadcast<V>(numbers[1]);
      if (numbers[0] == 0) {
        each(values, count, [=](V x) { return clamp(x, V{}, limit); });
      } else {
        each(values, count, [=](V x) { return x > V{} ? (x < limit ? x : limit) : x * slope; });
      }
      return;
    }
    case FrameCode::kClip: {
      const V least = broadcast<V>(numbers[0]);
      const V most = broadcast<V>(numbers[1]);
      each(values, count, [=](V x) { return clamp(x, least, most); });
      return;
    }
    case FrameCode::kTanh:
      each(values, count, [](V x) { return tanh(x); });
      return;
    case FrameCode::kSigmoid:
      each(values, count, [](V x) { return sigmoid(x); });
      return;
    case FrameCode::kSilu:
      each(values, count, [](V x) { return silu(x); });
      return;
    default:
      return;
  }
}

class Run {
 public:
  explicit Run(const FrameCall& call)
      : call_(call), next_(call.program.code), rows_(call.streams * call.frames), free_(call.gathered) {
    const int rings = take();
    static_assert(sizeof(Ring) == 4 * sizeof(std::int32_t), "as it is written");
    rings_ = reinterpret_cast<const Ring*>(next_);
    next_ += 4 * rings;
  }

  void operator()() {
    for (;;) {
      free_ = call_.gathered;
      switch (take()) {
        case FrameCode::kInput: input(); break;
        case FrameCode::kProduct: product(); break;
        case FrameCode::kFactors: factors(); break;
        case FrameCode::kMap: map(); break;
        case FrameCode::kCombine: combine(); break;
        case FrameCode::kJoin: join(); break;
        case FrameCode::kPart: part(); break;
        case FrameCode::kKeep: keep(); break;
        case FrameCode::kOutput: output(); break;
        default: return;
      }
    }
  }

 private:
  std::int32_t take() { return *next_++; }

  Read read() {
    Read read;
    std::memcpy(&read, next_, sizeof(read));
    next_ += 5;
    return read;
  }

  // Values of a few frames lie close together.
  float* at(std::int32_t place) { return call_.scratch + std::ptrdiff_t(place) * rows_; }

  void function(float* values, std::ptrdiff_t count) {
    const std::int32_t kind = take();
    const std::int32_t numbers = take();
    apply(kind, call_.program.weights + numbers, values, count);
  }

  int oldest(int stream, int ring) const { return int(call_.states[stream][ring]); }

  // Copies frames that are kept, from one so many frames ago on.
  void copy_kept(int stream, int number, int delay, int frames, float* to) const {
    const Ring& ring = rings_[number];
    const float* const kept = call_.states[stream] + ring.place;
    int first = oldest(stream, number) + ring.frames - delay;
    first -= first >= ring.frames ? ring.frames : 0;
    const int before = frames < ring.frames - first ? frames : ring.frames - first;
    const std::size_t bytes = sizeof(float) * std::size_t(ring.channels);
    std::memcpy(to, kept + std::ptrdiff_t(first) * ring.channels, bytes * std::size_t(before));
    std::memcpy(to + std::ptrdiff_t(before) * ring.channels, kept,
                bytes * std::size_t(frames - before));
  }

  // Copies a stream's frames, from one so many frames ago on.
  void gather(int stream, const Read& read, int delay, int frames, float* to) {
    const int old = delay < frames ? delay : frames;
    if (old > 0) {
      copy_kept(stream, read.ring, delay, old, to);
    }
    copy_rows({at(read.place) + std::ptrdiff_t(stream) * call_.frames * read.stride, read.stride},
              to + std::ptrdiff_t(old) * read.channels, read.channels, frames - old, read.channels);
  }

  // Where the frames of so many frames ago are: in place if they lie there one after the other.
  Rows resolve(const Read& read, int delay) {
    if (delay == 0) {
      return {at(read.place), read.stride};
    }
    if (call_.streams == 1 && delay >= call_.frames) {
      const Ring& ring = rings_[read.ring];
      int first = oldest(0, read.ring) + ring.frames - delay;
      first -= first >= ring.frames ? ring.frames : 0;
      if (first + call_.frames <= ring.frames) {
        return {call_.states[0] + ring.place + std::ptrdiff_t(first) * ring.channels, ring.channels};
      }
    }
    float* const to = free_;
    free_ += std::ptrdiff_t(rows_) * read.channels;
    for (int stream = 0; stream < call_.streams; stream++) {
      gather(stream, read, delay, call_.frames,
             to + std::ptrdiff_t(stream) * call_.frames * read.channels);
    }
    return {to, read.channels};
  }

  Rows resolve(const Read& read) { return resolve(read, read.delay); }

  // The first row of each tap, all with one stride; returns it.
  std::ptrdiff_t resolve(const Read& read, const std::int32_t* delays, int taps, const float** first) {
    const int longest = delays[0];
    if (call_.streams == 1 && longest < (taps - 1) * call_.frames) {
      // What several taps read is copied once.
      float* const window = free_;
      gather(0, read, longest, longest + call_.frames, window);
      for (int tap = 0; tap < taps; tap++) {
        first[tap] = window + std::ptrdiff_t(longest - delays[tap]) * read.channels;
      }
      return read.channels;
    }
    for (int tap = 0; tap < taps; tap++) {
      Rows rows = resolve(read, delays[tap]);
      if (rows.stride != read.channels && taps > 1) {
        float* const to = free_;
        free_ += std::ptrdiff_t(rows_) * read.channels;
        copy_rows(rows, to, read.channels, rows_, read.channels);
        rows = {to, read.channels};
      }
      first[tap] = rows.at;
      if (taps == 1) {
        return rows.stride;
      }
    }
    return read.channels;
  }

  void input() {
    const std::int32_t place = take();
    const std::int32_t stride = take();
    const std::int32_t channels = take();
    copy_rows({call_.input, channels}, at(place), stride, rows_, channels);
  }

  void output() {
    const std::int32_t place = take();
    const std::int32_t stride = take();
    const std::int32_t channels = take();
    copy_rows({at(place), stride}, call_.output, channels, rows_, channels);
  }

  void product() {
    float* const out = at(take());
    const std::int32_t stride = take();
    const int vectors = take();
    const Read source = read();
    const int taps = take();
    const std::int32_t* const delays = next_;
    next_ += taps;
    const float* const bias = call_.program.weights + take();
    const float* first[FrameCode::kMostTaps];
    const std::ptrdiff_t in_stride = resolve(source, delays, taps, first);
    const Taps all = {first, taps, in_stride, source.channels};
    const std::ptrdiff_t vector = std::ptrdiff_t(taps) * source.channels * kWidth;
    const float* weights = bias + vectors * kWidth;
    int v = 0;
    for (; v + 2 <= vectors; v += 2, weights += 2 * vector) {
      sums<kWideRows, 2>(all, rows_, weights, vector, bias + v * kWidth, out + v * kWidth, stride);
    }
    if (v < vectors) {
      sums<kTallRows, 1>(all, rows_, weights, vector, bias + v * kWidth, out + v * kWidth, stride);
    }
    const std::int32_t* const functions = next_;
    next_ += 2;
    if (take() != 0) {
      const Rows added = resolve(read());
      for (int row = 0; row < rows_; row++) {
        for (std::ptrdiff_t i = 0; i < stride; i += kWidth) {
          float* const to = out + row * stride + i;
          store(to, load(to) + load(added.at + row * added.stride + i));
        }
      }
    }
    apply(functions[0], call_.program.weights + functions[1], out, std::ptrdiff_t(rows_) * stride);
  }

  void factors() {
    float* const out = at(take());
    const std::int32_t stride = take();
    const Read source = read();
    const int taps = take();
    const std::int32_t* const delays = next_;
    next_ += taps;
    const float* weights = call_.program.weights + take();
    for (int row = 0; row < rows_; row++) {
      for (std::ptrdiff_t i = 0; i < stride; i += kWidth) {
        store(out + row * stride + i, load(weights + i));
      }
    }
    for (int tap = 0; tap < taps; tap++) {
      weights += stride;
      float* const before = free_;
      const Rows rows = resolve(source, delays[tap]);
      for (int row = 0; row < rows_; row++) {
        for (std::ptrdiff_t i = 0; i < stride; i += kWidth) {
          float* const to = out + row * stride + i;
          store(to, load(to) + load(rows.at + row * rows.stride + i) * load(weights + i));
        }
      }
      free_ = before;
    }
    function(out, std::ptrdiff_t(rows_) * stride);
  }

  void map() {
    float* const out = at(take());
    const std::int32_t stride = take();
    const Read source = read();
    copy_rows(resolve(source), out, stride, rows_, source.channels);
    function(out, std::ptrdiff_t(rows_) * stride);
  }

  template <class F>
  void combine(float* out, std::ptrdiff_t stride, Rows left, Rows right, F operation) {
    for (int row = 0; row < rows_; row++) {
      for (std::ptrdiff_t i = 0; i < stride; i += kWidth) {
        store(out + row * stride + i, operation(load(left.at + row * left.stride + i),
                                                load(right.at + row * right.stride + i)));
      }
    }
  }

  void combine() {
    using V = Vector<float>;
    float* const out = at(take());
    const std::int32_t stride = take();
    const Rows left = resolve(read());
    const Rows right = resolve(read());
    switch (take()) {
      case FrameCode::kAdd:
        combine(out, stride, left, right, [](V a, V b) { return a + b; });
        break;
      case FrameCode::kSubtract:
        combine(out, stride, left, right, [](V a, V b) { return a - b; });
        break;
      default:
        combine(out, stride, left, right, [](V a, V b) { return a * b; });
        break;
    }
    function(out, std::ptrdiff_t(rows_) * stride);
  }

  void join() {
    float* out = at(take());
    const std::int32_t stride = take();
    for (int count = take(); count > 0; count--) {
      const Read source = read();
      copy_rows(resolve(source), out, stride, rows_, source.channels);
      out += source.channels;
    }
  }

  void part() {
    float* const out = at(take());
    const std::int32_t stride = take();
    const Read source = read();
    const std::int32_t first = take();
    const std::int32_t channels = take();
    const Rows rows = resolve(source);
    copy_rows({rows.at + first, rows.stride}, out, stride, rows_, channels);
  }

  void keep() {
    const float* const value = at(take());
    const std::int32_t stride = take();
    const int number = take();
    const Ring& ring = rings_[number];
    const int frames = call_.frames < ring.frames ? call_.frames : ring.frames;
    for (int stream = 0; stream < call_.streams; stream++) {
      if (call_.positions[stream] + call_.frames <= ring.ignored) {
        continue;
      }
      float* const kept = call_.states[stream] + ring.place;
      const float* const from =
          value + std::ptrdiff_t(stride) * (stream * call_.frames + call_.frames - frames);
      const int begin = oldest(stream, number);
      const int before = frames < ring.frames - begin ? frames : ring.frames - begin;
      copy_rows({from, stride}, kept + std::ptrdiff_t(begin) * ring.channels, ring.channels, before,
                ring.channels);
      copy_rows({from + std::ptrdiff_t(before) * stride, stride}, kept, ring.channels,
                frames - before, ring.channels);
      const int next = begin + frames;
      call_.states[stream][number] = float(next >= ring.frames ? next - ring.frames : next);
    }
  }

  const FrameCall& call_;
  const std::int32_t* next_;
  const int rows_;
  float* free_;
  const Ring* rings_;
};

}  // namespace

namespace CONV4J_SET {
void run_frames(const FrameCall& call);
void run_frames(const FrameCall& call) { Run{call}(); }
}  // namespace CONV4J_SET

}  // namespace conv4j
