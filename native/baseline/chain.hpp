#pragma once

#include <memory>
#include <string>
#include <vector>

#include "layer.hpp"

namespace conv4j::baseline {

// The layers of a case with the buffers between them, ready to run again and again.
class Chain {
 public:
  // Reads and writes a block that is laid out as `placement.hpp` says and outlives this.
  Chain(const Case& source, void* block);

  // The layers' implementations, joined by " + ".
  std::string implementation() const;

  void run() const {
    for (const Layer& layer : layers_) {
      layer.run();
    }
  }

 private:
  dnnl::engine engine_;
  std::vector<Layer> layers_;
  std::vector<Buffer> between_;
  std::unique_ptr<Buffer> scratchpad_;
};

}
