#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace conv4j::baseline {

constexpr std::size_t kCacheLine = 64;
constexpr std::size_t kPage = 4096;

// Zeroed memory, aligned and touched as the Java side's is.
class Buffer {
 public:
  explicit Buffer(std::size_t bytes, std::size_t alignment = kCacheLine) {
    const std::size_t rounded = (bytes / alignment + 1) * alignment;
    data_.reset(std::aligned_alloc(alignment, rounded));
    if (!data_) {
      throw std::bad_alloc();
    }
    std::memset(data_.get(), 0, rounded);
  }

  void* data() const { return data_.get(); }
  float* floats(std::size_t byte_offset = 0) const {
    return reinterpret_cast<float*>(static_cast<char*>(data_.get()) + byte_offset);
  }

 private:
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };

  std::unique_ptr<void, Free> data_;
};

// Element `index` of operand number `operand`: an integer from -4 to 4. Sums of its products are
// exact in float32, so that C++ and Java must agree to the last bit.
inline float operand_value(std::uint64_t operand, std::uint64_t index) {
  std::uint64_t bits = (operand << 40 | index) + 0x9E3779B97F4A7C15u;
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
  return static_cast<float>(static_cast<int>((bits >> 33) % 9) - 4);
}

inline void fill(float* data, std::size_t elements, std::uint64_t operand) {
  for (std::size_t i = 0; i < elements; i++) {
    data[i] = operand_value(operand, i);
  }
}

}
