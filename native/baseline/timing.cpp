#include "timing.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace conv4j::baseline {
namespace {

constexpr std::int64_t kBatchNanoseconds = 20'000'000;
constexpr std::size_t kBatches = 15;

}

std::int64_t time_runs(const Chain& chain, std::int64_t runs) {
  const auto start = std::chrono::steady_clock::now();
  for (std::int64_t i = 0; i < runs; i++) {
    chain.run();
  }
  const auto elapsed = std::chrono::steady_clock::now() - start;
  return std::chrono::duration_cast<std::chrono::nanoseconds>(elapsed).count();
}

Timing time_batches(const Chain& chain) {
  std::int64_t runs = 1;
  while (time_runs(chain, runs) < kBatchNanoseconds) {
    runs *= 2;
  }
  std::vector<double> each;
  for (std::size_t i = 0; i < kBatches; i++) {
    each.push_back(static_cast<double>(time_runs(chain, runs)) / static_cast<double>(runs));
  }
  std::sort(each.begin(), each.end());
  return {each[kBatches / 2], each.front()};
}

}
