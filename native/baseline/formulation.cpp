#include "formulation.hpp"

namespace conv4j::baseline {
namespace {

bool is_depthwise_row(const Problem& p) {
  return !p.transposed && p.rank() == 1 && p.groups > 1 && p.group_channels() == 1;
}

void prepend(Sizes& sizes, std::int64_t value) { sizes.insert(sizes.begin(), value); }

// Two-dimensional with height 1.
Problem with_height(Problem p) {
  for (Sizes* sizes : {&p.input, &p.output, &p.kernel, &p.stride}) {
    prepend(*sizes, 1);
  }
  for (Sizes* sizes : {&p.dilation, &p.pad_begin, &p.pad_end}) {
    prepend(*sizes, 0);
  }
  return p;
}

bool splits_into_phases(const Problem& p) {
  const std::int64_t dilation = p.dilation[0] + 1;
  return dilation > 1 && p.stride[0] == 1 && p.input[0] % dilation == 0 &&
         p.output[0] % dilation == 0 && p.pad_begin[0] % dilation == 0;
}

// Steps that are `dilation` apart become the columns of an undilated two-dimensional problem.
Problem phases(Problem p) {
  const std::int64_t dilation = p.dilation[0] + 1;
  const std::int64_t begin = p.pad_begin[0] / dilation;
  p.input = {p.input[0] / dilation, dilation};
  p.output = {p.output[0] / dilation, dilation};
  p.kernel = {p.kernel[0], 1};
  p.stride = {1, 1};
  p.dilation = {0, 0};
  p.pad_begin = {begin, 0};
  p.pad_end = {p.output[0] - p.input[0] - begin + p.kernel[0] - 1, 0};
  return p;
}

}

Formulation formulate(const Problem& problem) {
  if (is_depthwise_row(problem) && problem.dilation[0] == 0) {
    return {"depthwise-row", with_height(problem)};
  }
  if (is_depthwise_row(problem) && splits_into_phases(problem)) {
    return {"depthwise-phases", phases(problem)};
  }
  return {"direct", problem};
}

}
