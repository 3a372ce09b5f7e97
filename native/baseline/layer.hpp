#pragma once

#include <oneapi/dnnl/dnnl.hpp>
#include <string>
#include <vector>

#include "buffer.hpp"
#include "formulation.hpp"

namespace conv4j::baseline {

// One problem as one oneDNN primitive: channels-last activations, weights in the layout that the
// implementation wants, the scratchpad in the caller's hands. Bound to its data once.
class Layer {
 public:
  // Draws its weights as operands from `*operand` on, and counts them there.
  Layer(const Formulation& formulation, const dnnl::engine& engine, std::uint64_t* operand);
  Layer(Layer&&) = default;

  std::size_t scratchpad_bytes() const { return scratchpad_desc_.get_size(); }
  std::size_t input_bytes() const { return input_desc_.get_size(); }
  std::size_t output_bytes() const { return output_desc_.get_size(); }

  // For example "direct: brgconv:avx512_core".
  const std::string& implementation() const { return implementation_; }

  void bind(float* input, float* output, const Buffer& scratchpad);

  void run() const {
    const dnnl_status_t status = dnnl_primitive_execute(
        primitive_.get(), stream_.get(), static_cast<int>(arguments_.size()), arguments_.data());
    if (status != dnnl_success || dnnl_stream_wait(stream_.get()) != dnnl_success) {
      throw std::runtime_error("running a primitive failed");
    }
  }

 private:
  void add(int id, const dnnl::memory::desc& desc, void* data);
  Buffer pack(const Problem& p, const dnnl::memory::desc& wanted, std::uint64_t operand);

  dnnl::engine engine_;
  dnnl::stream stream_;
  std::string implementation_;
  dnnl::memory::desc input_desc_;
  dnnl::memory::desc output_desc_;
  dnnl::memory::desc scratchpad_desc_;
  dnnl::primitive primitive_;
  std::vector<Buffer> constants_;
  std::vector<dnnl::memory> memories_;
  std::vector<dnnl_exec_arg_t> arguments_;
};

}
