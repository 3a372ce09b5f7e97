// A network of one layer on frames of streams, against plain loops on integers, with ==. Buffers are
// as large as they must be.

#include "frames.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "kernel_set.hpp"

namespace conv4j {
namespace {

struct Layer {
  int channels;
  int filters;
  int taps;
  int dilation;
  bool residual;

  int past() const { return (taps - 1) * dilation; }
};

std::vector<float> integers(std::mt19937& random, int count) {
  std::vector<float> drawn(static_cast<std::size_t>(count));
  for (float& number : drawn) {
    number = float(int(random() % 7) - 3);
  }
  return drawn;
}

// The layer in the code of a set of kernels.
class Network {
 public:
  Network(const Layer& layer, const KernelSet& set, std::mt19937& random)
      : layer_(layer),
        set_(set),
        lanes_(set.vector_bytes / int(sizeof(float))),
        kernel_(integers(random, layer.taps * layer.channels * layer.filters)),
        bias_(integers(random, layer.filters)) {
    const int in = whole(layer.channels);
    const int out = whole(layer.filters);
    const bool ring = layer.past() > 0;
    add({ring ? 1 : 0});
    if (ring) {
      add({1, layer.past(), layer.channels, 0});
    }
    add({FrameCode::kInput, 0, in, layer.channels});
    add({FrameCode::kProduct, in, out, out / lanes_});
    add({0, in, layer.channels, ring ? 0 : -1, layer.past(), layer.taps});
    for (int tap = 0; tap < layer.taps; tap++) {
      add({layer.past() - tap * layer.dilation});
    }
    add({0, FrameCode::kRectify, int(pack(out)), layer.residual ? 1 : 0});
    if (layer.residual) {
      add({0, in, layer.channels, -1, 0});
    }
    if (ring) {
      add({FrameCode::kKeep, 0, in, 0});
    }
    add({FrameCode::kOutput, in, out, layer.filters, FrameCode::kEnd});
  }

  std::vector<float> state() const {
    return std::vector<float>(static_cast<std::size_t>(1 + layer_.past() * layer_.channels + 16));
  }

  // Runs the next frames of some streams, whose signals lie one after the other.
  std::vector<float> run(std::vector<std::vector<float>>& states, const std::vector<float>& input,
                         int frames) const {
    const int streams = int(states.size());
    const int rows = streams * frames;
    std::vector<float*> addresses;
    for (std::vector<float>& state : states) {
      addresses.push_back(state.data());
    }
    const std::vector<std::int32_t> positions(states.size());
    std::vector<float> output(static_cast<std::size_t>(rows * layer_.filters));
    std::vector<float> scratch(
        static_cast<std::size_t>(rows * (whole(layer_.channels) + whole(layer_.filters))));
    std::vector<float> gathered(
        static_cast<std::size_t>(rows * (layer_.taps * layer_.channels + layer_.filters) + 16));
    set_.run_frames({{code_.data(), weights_.data()},
                     streams,
                     frames,
                     addresses.data(),
                     positions.data(),
                     input.data(),
                     output.data(),
                     scratch.data(),
                     gathered.data()});
    return output;
  }

  // What the layer makes of a whole signal.
  std::vector<float> expected(const std::vector<float>& signal, int frames) const {
    std::vector<float> output;
    for (int frame = 0; frame < frames; frame++) {
      for (int filter = 0; filter < layer_.filters; filter++) {
        float sum = bias_[at(filter)];
        for (int tap = 0; tap < layer_.taps; tap++) {
          const int read = frame - layer_.past() + tap * layer_.dilation;
          for (int channel = 0; read >= 0 && channel < layer_.channels; channel++) {
            sum += signal[at(read * layer_.channels + channel)] * weight(tap, channel, filter);
          }
        }
        if (layer_.residual) {
          sum += signal[at(frame * layer_.channels + filter)];
        }
        output.push_back(std::min(std::max(sum, 0.0f), 100.0f));
      }
    }
    return output;
  }

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }

  int whole(int channels) const { return (channels + lanes_ - 1) / lanes_ * lanes_; }

  float weight(int tap, int channel, int filter) const {
    return kernel_[at((tap * layer_.channels + channel) * layer_.filters + filter)];
  }

  void add(std::initializer_list<std::int32_t> numbers) {
    code_.insert(code_.end(), numbers);
  }

  // Returns where the function's numbers are.
  std::size_t pack(int out) {
    weights_ = bias_;
    weights_.resize(at(out));
    for (int first = 0; first < out; first += lanes_) {
      for (int tap = 0; tap < layer_.taps; tap++) {
        for (int channel = 0; channel < layer_.channels; channel++) {
          for (int filter = first; filter < first + lanes_; filter++) {
            weights_.push_back(filter < layer_.filters ? weight(tap, channel, filter) : 0);
          }
        }
      }
    }
    weights_.push_back(0);
    weights_.push_back(100);
    return weights_.size() - 2;
  }

  Layer layer_;
  const KernelSet& set_;
  int lanes_;
  std::vector<float> kernel_;
  std::vector<float> bias_;
  std::vector<std::int32_t> code_;
  std::vector<float> weights_;
};

void check(const Layer& layer, const KernelSet& set, int streams, std::mt19937& random) {
  constexpr int kFrames = 70;
  const Network network(layer, set, random);
  std::vector<std::vector<float>> signals;
  std::vector<std::vector<float>> states;
  std::vector<std::vector<float>> outputs(static_cast<std::size_t>(streams));
  for (int stream = 0; stream < streams; stream++) {
    signals.push_back(integers(random, kFrames * layer.channels));
    states.push_back(network.state());
  }
  for (int done = 0; done < kFrames;) {
    const int next = std::min(kFrames - done, 1 + int(random() % 20));
    std::vector<float> input;
    for (const std::vector<float>& signal : signals) {
      input.insert(input.end(), signal.begin() + done * layer.channels,
                   signal.begin() + (done + next) * layer.channels);
    }
    const std::vector<float> output = network.run(states, input, next);
    for (std::size_t stream = 0; stream < outputs.size(); stream++) {
      const auto begin = output.begin() + std::ptrdiff_t(stream) * next * layer.filters;
      outputs[stream].insert(outputs[stream].end(), begin, begin + next * layer.filters);
    }
    done += next;
  }
  for (std::size_t stream = 0; stream < outputs.size(); stream++) {
    ASSERT_EQ(outputs[stream], network.expected(signals[stream], kFrames))
        << set.name << ": " << layer.channels << " to " << layer.filters << ", " << layer.taps
        << " taps, dilation " << layer.dilation << ", stream " << stream << " of " << streams;
  }
}

TEST(Frames, AnyLayerInAnyCut) {
  std::mt19937 random(19);
  for (const KernelSet* const* set = runnable_kernels(); *set != nullptr; set++) {
    for (int i = 0; i < 300; i++) {
      Layer layer = {1 + int(random() % 20), 1 + int(random() % 40), 1 + int(random() % 5),
                     1 + int(random() % 30), random() % 2 == 0};
      if (layer.residual) {
        layer.filters = layer.channels;
      }
      check(layer, **set, 1 + int(random() % 4), random);
    }
  }
}

}  // namespace
}  // namespace conv4j
