// How many threads of the whole system want a processor.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace conv4j {

// Reads the number from the fourth field of Linux's /proc/loadavg, running/all, in about a
// microsecond. It counts all processors of the system, so it tells something only to a process that
// may use them all.
class SystemLoad {
 public:
  explicit SystemLoad(const char* path = "/proc/loadavg",
                      int processors = int(sysconf(_SC_NPROCESSORS_ONLN)))
      : file_(open(path, O_RDONLY | O_CLOEXEC)), processors_(processors) {}

  ~SystemLoad() {
    if (file_ >= 0) close(file_);
  }

  SystemLoad(const SystemLoad&) = delete;
  SystemLoad& operator=(const SystemLoad&) = delete;

  // Whether one of the processors is free, for a process that may use so many; false if that cannot
  // be known.
  bool has_free_processor(int processors) const {
    if (processors != processors_) return false;
    const int threads = running();
    return threads > 0 && threads < processors;
  }

 private:
  // -1 if the system does not tell.
  int running() const {
    char text[128];
    const ssize_t length = file_ < 0 ? -1 : pread(file_, text, sizeof text - 1, 0);
    if (length <= 0) return -1;
    text[length] = 0;
    const char* field = text;
    for (int i = 0; i < 3 && field != nullptr; i++) {
      field = std::strchr(field, ' ');
      if (field != nullptr) field++;
    }
    return field == nullptr ? -1 : std::atoi(field);
  }

  const int file_;
  const int processors_;
};

}  // namespace conv4j
