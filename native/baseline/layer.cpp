#include "layer.hpp"

namespace conv4j::baseline {
namespace {

using Desc = dnnl::memory::desc;
constexpr auto kFloat = dnnl::memory::data_type::f32;

Sizes join(Sizes first, const Sizes& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Sizes spatial_strides(const Sizes& sizes, std::int64_t innermost) {
  Sizes strides(sizes.size());
  for (std::size_t i = sizes.size(); i-- > 0; innermost *= sizes[i]) {
    strides[i] = innermost;
  }
  return strides;
}

Desc activations(std::int64_t batch, std::int64_t channels, const Sizes& sizes) {
  const std::int64_t image = product(sizes) * channels;
  return Desc(join({batch, channels}, sizes), kFloat,
              join({image, 1}, spatial_strides(sizes, channels)));
}

Sizes weights_dims(const Problem& p) {
  const Sizes matrix = {p.group_filters(), p.group_channels()};
  return join(p.groups > 1 ? join({p.groups}, matrix) : matrix, p.kernel);
}

// Keras's order: (k..., c, f), transposed (k..., f, c).
Desc keras_weights(const Problem& p) {
  if (p.transposed) {
    return Desc(weights_dims(p), kFloat,
                join({p.channels, 1}, spatial_strides(p.kernel, p.channels * p.filters)));
  }
  const Sizes matrix = {1, p.filters};
  const Sizes taps = spatial_strides(p.kernel, p.group_channels() * p.filters);
  return Desc(weights_dims(p), kFloat,
              join(p.groups > 1 ? join({p.group_filters()}, matrix) : matrix, taps));
}

dnnl::primitive_attr user_scratchpad() {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attributes;
}

template <class Primitive>
typename Primitive::primitive_desc describe(const dnnl::engine& engine, dnnl::algorithm algorithm,
                                            const Problem& p, const Desc& input,
                                            const Desc& output) {
  const Desc any(weights_dims(p), kFloat, dnnl::memory::format_tag::any);
  const auto inference = dnnl::prop_kind::forward_inference;
  if (p.bias) {
    const Desc bias(Sizes{p.filters}, kFloat, Sizes{1});
    return {engine,   inference,  algorithm,   input,     any,       bias,
            output,   p.stride,   p.dilation,  p.pad_begin, p.pad_end, user_scratchpad()};
  }
  return {engine,   inference,  algorithm,   input,     any,
          output,   p.stride,   p.dilation,  p.pad_begin, p.pad_end, user_scratchpad()};
}

}

Layer::Layer(const Formulation& formulation, const dnnl::engine& engine, std::uint64_t* operand)
    : engine_(engine), stream_(engine) {
  const Problem& p = formulation.problem;
  input_desc_ = activations(p.batch, p.channels, p.input);
  output_desc_ = activations(p.batch, p.filters, p.output);
  Desc weights_desc;
  const auto adopt = [&](const auto& desc, auto&& primitive) {
    weights_desc = desc.weights_desc();
    scratchpad_desc_ = desc.scratchpad_desc();
    implementation_ = formulation.kernel + ": " + desc.impl_info_str();
    primitive_ = primitive;
  };
  if (p.transposed) {
    const auto desc = describe<dnnl::deconvolution_forward>(
        engine, dnnl::algorithm::deconvolution_direct, p, input_desc_, output_desc_);
    adopt(desc, dnnl::deconvolution_forward(desc));
  } else {
    const auto desc = describe<dnnl::convolution_forward>(
        engine, dnnl::algorithm::convolution_direct, p, input_desc_, output_desc_);
    adopt(desc, dnnl::convolution_forward(desc));
  }
  constants_.push_back(pack(p, weights_desc, (*operand)++));
  add(DNNL_ARG_WEIGHTS, weights_desc, constants_.back().data());
  if (p.bias) {
    const Desc bias(Sizes{p.filters}, kFloat, Sizes{1});
    constants_.emplace_back(bias.get_size());
    fill(constants_.back().floats(), p.filters, (*operand)++);
    add(DNNL_ARG_BIAS, bias, constants_.back().data());
  }
}

void Layer::bind(float* input, float* output, const Buffer& scratchpad) {
  add(DNNL_ARG_SRC, input_desc_, input);
  add(DNNL_ARG_DST, output_desc_, output);
  add(DNNL_ARG_SCRATCHPAD, scratchpad_desc_, scratchpad.data());
}

void Layer::add(int id, const Desc& desc, void* data) {
  memories_.emplace_back(desc, engine_, data);
  arguments_.push_back({id, memories_.back().get()});
}

Buffer Layer::pack(const Problem& p, const Desc& wanted, std::uint64_t operand) {
  const Desc given = keras_weights(p);
  const Buffer drawn(given.get_size());
  fill(drawn.floats(), product(weights_dims(p)), operand);
  Buffer packed(wanted.get_size());
  dnnl::memory from(given, engine_, drawn.data());
  dnnl::memory to(wanted, engine_, packed.data());
  dnnl::reorder(from, to).execute(stream_, from, to);
  stream_.wait();
  return packed;
}

}
