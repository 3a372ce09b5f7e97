// Memory for HugePages.java, which checks sizes and frees each block once.

#include <jni.h>

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace {

constexpr std::uintptr_t kHugePage = std::uintptr_t(2) << 20;

// What the system maps for a block: whole pages.
std::size_t mapped(jlong bytes) {
  const auto page = std::size_t(sysconf(_SC_PAGESIZE));
  return (std::size_t(bytes) + page - 1) / page * page;
}

// Zeros that start on the border of a huge page; null if there are none to be had.
void* map(std::size_t bytes) {
  const std::size_t reserved = bytes + kHugePage;
  void* found = mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (found == MAP_FAILED) {
    return nullptr;
  }
  const auto first = reinterpret_cast<std::uintptr_t>(found);
  const std::uintptr_t start = (first + kHugePage - 1) / kHugePage * kHugePage;
  const std::uintptr_t end = start + bytes;
  if (start > first) {
    munmap(found, start - first);
  }
  if (first + reserved > end) {
    munmap(reinterpret_cast<void*>(end), first + reserved - end);
  }
  void* block = reinterpret_cast<void*>(start);
  // A kernel without huge pages refuses, and the block is then like any other.
  madvise(block, bytes, MADV_HUGEPAGE);
  return block;
}

}  // namespace
#endif

extern "C" {

JNIEXPORT jobject JNICALL Java_org_conv4j_onednn_binding_HugePages_map(JNIEnv* env, jclass, jlong bytes) {
#ifdef __linux__
  void* block = map(mapped(bytes));
  if (block == nullptr) {
    return nullptr;
  }
  jobject buffer = env->NewDirectByteBuffer(block, bytes);
  if (buffer == nullptr) {
    munmap(block, mapped(bytes));
  }
  return buffer;
#else
  (void)env;
  (void)bytes;
  return nullptr;
#endif
}

JNIEXPORT void JNICALL Java_org_conv4j_onednn_binding_HugePages_unmap(JNIEnv*, jclass, jlong address,
                                                              jlong bytes) {
#ifdef __linux__
  munmap(reinterpret_cast<void*>(address), mapped(bytes));
#else
  (void)address;
  (void)bytes;
#endif
}

}
