#include "chain.hpp"

#include <algorithm>

#include "placement.hpp"

namespace conv4j::baseline {

Chain::Chain(const Case& source, void* block) : engine_(dnnl::engine::kind::cpu, 0) {
  const Placement placement = place(source);
  const auto at = [block](std::size_t offset) {
    return reinterpret_cast<float*>(static_cast<char*>(block) + offset);
  };
  std::size_t scratchpad_bytes = 0;
  std::size_t constant = 0;
  for (const Problem& problem : source.problems) {
    float* const kernel = at(placement.constants[constant++]);
    float* const bias = problem.bias ? at(placement.constants[constant++]) : nullptr;
    layers_.emplace_back(formulate(problem), engine_, kernel, bias);
    scratchpad_bytes = std::max(scratchpad_bytes, layers_.back().scratchpad_bytes());
  }
  scratchpad_ = std::make_unique<Buffer>(scratchpad_bytes);
  float* input = at(0);
  for (std::size_t i = 0; i + 1 < layers_.size(); i++) {
    between_.emplace_back(layers_[i].output_bytes());
    layers_[i].bind(input, between_.back().floats(), *scratchpad_);
    input = between_.back().floats();
  }
  layers_.back().bind(input, at(placement.output), *scratchpad_);
}

std::string Chain::implementation() const {
  std::string joined;
  for (const Layer& layer : layers_) {
    joined += (joined.empty() ? "" : " + ") + layer.implementation();
  }
  return joined;
}

}
