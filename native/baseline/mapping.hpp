#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace conv4j::baseline {

// A file as memory that other processes may share.
class Mapping {
 public:
  Mapping(const std::string& path, std::size_t bytes) : bytes_(bytes) {
    const int file = open(path.c_str(), O_RDWR);
    if (file < 0) {
      throw std::invalid_argument("cannot open " + path);
    }
    const off_t size = lseek(file, 0, SEEK_END);
    if (size >= 0 && static_cast<std::size_t>(size) >= bytes) {
      data_ = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    }
    close(file);
    if (data_ == MAP_FAILED) {
      throw std::invalid_argument("cannot map " + std::to_string(bytes) + " bytes of " + path);
    }
  }

  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { munmap(data_, bytes_); }

  void* data() const { return data_; }

 private:
  void* data_ = MAP_FAILED;
  std::size_t bytes_;
};

}
