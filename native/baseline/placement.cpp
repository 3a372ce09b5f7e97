#include "placement.hpp"

#include "buffer.hpp"

namespace conv4j::baseline {
namespace {

constexpr std::size_t kOutputShift = 1024;

std::size_t next_page(std::size_t offset) { return (offset + kPage - 1) / kPage * kPage; }

std::size_t bytes(std::int64_t elements) {
  return static_cast<std::size_t>(elements) * sizeof(float);
}

}

Placement place(const Case& source) {
  const Problem& first = source.problems.front();
  const Problem& last = source.problems.back();
  Placement result;
  result.output =
      next_page(bytes(first.batch * product(first.input) * first.channels)) + kOutputShift;
  result.bytes = result.output + bytes(last.batch * product(last.output) * last.filters);
  const auto add_constant = [&result](std::int64_t elements) {
    result.constants.push_back(next_page(result.bytes));
    result.bytes = result.constants.back() + bytes(elements);
  };
  for (const Problem& p : source.problems) {
    add_constant(product(p.kernel) * p.group_channels() * p.filters);
    if (p.bias) {
      add_constant(p.filters);
    }
  }
  return result;
}

}
