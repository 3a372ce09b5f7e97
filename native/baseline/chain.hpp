#pragma once

#include <memory>
#include <string>
#include <vector>

#include "layer.hpp"

namespace conv4j::baseline {

// The layers of a case with the buffers between them, ready to run again and again.
class Chain {
 public:
  explicit Chain(const Case& source);

  // The layers' implementations, joined by " + ".
  std::string implementation() const;

  void run() const {
    for (const Layer& layer : layers_) {
      layer.run();
    }
  }

  // A hash of the output's elements, which are integers.
  std::uint64_t digest() const;

 private:
  dnnl::engine engine_;
  std::vector<Layer> layers_;
  std::vector<Buffer> between_;
  std::unique_ptr<Buffer> ends_;
  float* output_ = nullptr;
  std::unique_ptr<Buffer> scratchpad_;
};

}
