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
  float* floats() const { return static_cast<float*>(data_.get()); }

 private:
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };

  std::unique_ptr<void, Free> data_;
};

}
