#include "chain.hpp"

#include <algorithm>

namespace conv4j::baseline {

Chain::Chain(const Case& source) : engine_(dnnl::engine::kind::cpu, 0) {
  std::uint64_t operand = 1;
  std::size_t scratchpad_bytes = 0;
  for (const Problem& problem : source.problems) {
    layers_.emplace_back(formulate(problem), engine_, &operand);
    scratchpad_bytes = std::max(scratchpad_bytes, layers_.back().scratchpad_bytes());
  }
  values_.emplace_back(layers_.front().input_bytes());
  fill(values_.front(), layers_.front().input_bytes() / sizeof(float), 0);
  for (const Layer& layer : layers_) {
    values_.emplace_back(layer.output_bytes());
  }
  scratchpad_ = std::make_unique<Buffer>(scratchpad_bytes);
  for (std::size_t i = 0; i < layers_.size(); i++) {
    layers_[i].bind(values_[i], values_[i + 1], *scratchpad_);
  }
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
    const auto element = static_cast<std::int32_t>(values_.back().floats()[i]);
    hash = (hash ^ static_cast<std::uint32_t>(element)) * 0x100000001B3u;
  }
  return hash;
}

}
