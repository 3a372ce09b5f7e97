#include "chain.hpp"

#include <algorithm>

namespace conv4j::baseline {
namespace {

// The output starts this many bytes into a page and the input at the start of one, in Java too:
// how they lie changes the time of some kernels by 30%, because the processor compares the last
// 12 bits of addresses to find loads that must wait for stores.
constexpr std::size_t kStagger = 1024;

}

Chain::Chain(const Case& source) : engine_(dnnl::engine::kind::cpu, 0) {
  std::uint64_t operand = 1;
  std::size_t scratchpad_bytes = 0;
  for (const Problem& problem : source.problems) {
    layers_.emplace_back(formulate(problem), engine_, &operand);
    scratchpad_bytes = std::max(scratchpad_bytes, layers_.back().scratchpad_bytes());
  }
  scratchpad_ = std::make_unique<Buffer>(scratchpad_bytes);
  const std::size_t input_bytes = layers_.front().input_bytes();
  const std::size_t output_offset = (input_bytes + kPage - 1) / kPage * kPage + kStagger;
  ends_ = std::make_unique<Buffer>(output_offset + layers_.back().output_bytes(), kPage);
  fill(ends_->floats(), input_bytes / sizeof(float), 0);
  output_ = ends_->floats(output_offset);
  float* input = ends_->floats();
  for (std::size_t i = 0; i + 1 < layers_.size(); i++) {
    between_.emplace_back(layers_[i].output_bytes());
    layers_[i].bind(input, between_.back().floats(), *scratchpad_);
    input = between_.back().floats();
  }
  layers_.back().bind(input, output_, *scratchpad_);
}

std::string Chain::implementation() const {
  std::string joined;
  for (const Layer& layer : layers_) {
    joined += (joined.empty() ? "" : " + ") + layer.implementation();
  }
  return joined;
}

std::uint64_t Chain::digest() const {
  std::uint64_t hash = 0xCBF29CE484222325u;
  const std::size_t elements = layers_.back().output_bytes() / sizeof(float);
  for (std::size_t i = 0; i < elements; i++) {
    const auto element = static_cast<std::int32_t>(output_[i]);
    hash = (hash ^ static_cast<std::uint32_t>(element)) * 0x100000001B3u;
  }
  return hash;
}

}
