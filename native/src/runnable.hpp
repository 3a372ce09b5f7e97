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
class Runnable {
 public:
  explicit Runnable(const char* path = "/proc/loadavg",
                    int processors = int(sysconf(_SC_NPROCESSORS_ONLN)))
      : file_(open(path, O_RDONLY | O_CLOEXEC)), processors_(processors) {}

  ~Runnable() {
    if (file_ >= 0) close(file_);
  }

  Runnable(const Runnable&) = delete;
  Runnable& operator=(const Runnable&) = delete;

  // Whether a process that may use so many processors leaves one for a further thread, as far as
  // can be known: false if it cannot.
  bool leave_one_of(int processors) const {
    if (processors != processors_) return false;
    const int running = count();
    return running > 0 && running < processors;
  }

 private:
  // -1 if the system does not tell.
  int count() const {
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
