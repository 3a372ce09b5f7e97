#include "openmp.hpp"

#include <cstdint>

#include "ranges.hpp"
#include "workers.hpp"

#ifdef __linux__
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#endif

namespace conv4j {
namespace {

// A piece, while the thread is in one: its number, and how many there are.
struct Piece {
  int number;
  int count;
};

thread_local Threads threads{0, 0};
thread_local Piece piece{0, 0};

bool is_ours() { return threads.limit > 0 || piece.count > 0; }

struct Runtime {
  void (*parallel)(void (*)(void*), void*, unsigned, unsigned);
  int (*max_threads)();
  int (*num_threads)();
  int (*thread_num)();
  int (*in_parallel)();
};

// What the library called before.
Runtime original;

struct Team {
  void (*work)(void*);
  void* data;
  int count;
  Ranges ranges;
};

void take_pieces(void* data, int seat) {
  Team& team = *static_cast<Team*>(data);
  const Piece before = piece;
  team.ranges.take(seat, [&](std::int64_t number, std::int64_t) {
    piece = {int(number), team.count};
    team.work(team.data);
  });
  piece = before;
}

void parallel(void (*work)(void*), void* data, unsigned count, unsigned flags) {
  if (!is_ours()) {
    original.parallel(work, data, count, flags);
    return;
  }
  // A team inside of a piece is one thread.
  const int pieces = piece.count > 0 ? 1 : count == 0 ? threads.pieces : int(count);
  const int limit = piece.count > 0 ? 1 : threads.limit;
  Team team{work, data, pieces, {limit, pieces, 1}};
  if (limit <= 1) {
    take_pieces(&team, 0);
  } else {
    share(limit, take_pieces, &team);
  }
}

int max_threads() { return is_ours() ? threads.pieces : original.max_threads(); }
int num_threads() {
  if (!is_ours()) return original.num_threads();
  return piece.count > 0 ? piece.count : 1;
}
int thread_num() { return is_ours() ? piece.number : original.thread_num(); }
int in_parallel() { return is_ours() ? piece.count > 1 : original.in_parallel(); }

}  // namespace

Threads exchange_threads(Threads given) {
  const Threads before = threads;
  threads = given;
  return before;
}

#ifdef __linux__
namespace {

#if defined(__LP64__)
using Relocation = ElfW(Rela);
constexpr int kTable = DT_RELA;
constexpr int kTableBytes = DT_RELASZ;
inline std::size_t symbol_of(const Relocation& r) { return ELF64_R_SYM(r.r_info); }
#else
using Relocation = ElfW(Rel);
constexpr int kTable = DT_REL;
constexpr int kTableBytes = DT_RELSZ;
inline std::size_t symbol_of(const Relocation& r) { return ELF32_R_SYM(r.r_info); }
#endif

template <class F>
void* address_of(F* function) {
  return reinterpret_cast<void*>(function);
}

// A function of OpenMP's runtime, where the library keeps its address, and what stands there.
struct Call {
  const char* name;
  void* ours;
  void** slot;
  void* before;
};

Call calls[] = {
    {"GOMP_parallel", address_of(parallel), nullptr, nullptr},
    {"omp_get_max_threads", address_of(max_threads), nullptr, nullptr},
    {"omp_get_num_threads", address_of(num_threads), nullptr, nullptr},
    {"omp_get_thread_num", address_of(thread_num), nullptr, nullptr},
    {"omp_in_parallel", address_of(in_parallel), nullptr, nullptr},
};

// Keeps the library in memory for as long as its calls lead here.
void* library = nullptr;

// The page may be one that the linker has closed when it was done.
bool write(void** slot, void* value) {
  const std::uintptr_t size = std::uintptr_t(sysconf(_SC_PAGESIZE));
  void* const page = reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(slot) / size * size);
  if (mprotect(page, size, PROT_READ | PROT_WRITE) != 0) return false;
  __atomic_store_n(slot, value, __ATOMIC_SEQ_CST);
  return true;
}

// Finds where the library keeps the addresses of the calls.
void find_slots(const link_map& map) {
  const char* base = reinterpret_cast<const char*>(map.l_addr);
  const Relocation* tables[2] = {nullptr, nullptr};
  std::size_t bytes[2] = {0, 0};
  const ElfW(Sym)* symbols = nullptr;
  const char* names = nullptr;
  for (const ElfW(Dyn)* entry = map.l_ld; entry->d_tag != DT_NULL; entry++) {
    const std::uintptr_t value = entry->d_un.d_ptr;
    // Some linkers have added the base already.
    const char* at = value < map.l_addr ? base + value : reinterpret_cast<const char*>(value);
    switch (entry->d_tag) {
      case DT_JMPREL:
        tables[0] = reinterpret_cast<const Relocation*>(at);
        break;
      case DT_PLTRELSZ:
        bytes[0] = value;
        break;
      case kTable:
        tables[1] = reinterpret_cast<const Relocation*>(at);
        break;
      case kTableBytes:
        bytes[1] = value;
        break;
      case DT_SYMTAB:
        symbols = reinterpret_cast<const ElfW(Sym)*>(at);
        break;
      case DT_STRTAB:
        names = at;
        break;
      default:
        break;
    }
  }
  for (int table = 0; table < 2 && symbols != nullptr && names != nullptr; table++) {
    for (std::size_t i = 0; i < bytes[table] / sizeof(Relocation); i++) {
      const Relocation& relocation = tables[table][i];
      const ElfW(Sym)& symbol = symbols[symbol_of(relocation)];
      // Theirs are elsewhere.
      if (symbol_of(relocation) == 0 || symbol.st_shndx != SHN_UNDEF) continue;
      for (Call& call : calls) {
        if (std::strcmp(names + symbol.st_name, call.name) == 0) {
          call.slot = reinterpret_cast<void**>(map.l_addr + relocation.r_offset);
        }
      }
    }
  }
}

// The address of a function that was never called may be one inside of the library, where the
// linker is asked for it.
void* function(const Call& call, const Dl_info& in) {
  void* const now = *call.slot;
  Dl_info found;
  if (dladdr(now, &found) != 0 && found.dli_fbase == in.dli_fbase) {
    return dlsym(library, call.name);
  }
  return now;
}

template <class F>
void assign(F*& to, void* function) {
  to = reinterpret_cast<F*>(function);
}

}  // namespace

const char* lead_openmp(const void* address) {
  Dl_info info;
  if (dladdr(address, &info) == 0) return "oneDNN's library is not known to the linker";
  library = dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (library == nullptr) return "oneDNN's library cannot be opened again";
  link_map* map = nullptr;
  if (dlinfo(library, RTLD_DI_LINKMAP, &map) != 0) return "oneDNN's library has no map";
  find_slots(*map);
  for (Call& call : calls) {
    if (call.slot == nullptr) return "oneDNN's library calls another OpenMP runtime than GNU's";
    call.before = function(call, info);
    if (call.before == nullptr) return "oneDNN's library has no OpenMP runtime";
  }
  assign(original.parallel, calls[0].before);
  assign(original.max_threads, calls[1].before);
  assign(original.num_threads, calls[2].before);
  assign(original.thread_num, calls[3].before);
  assign(original.in_parallel, calls[4].before);
  for (Call& call : calls) {
    if (!write(call.slot, call.ours)) {
      restore_openmp();
      return "oneDNN's library cannot be changed in memory";
    }
  }
  return nullptr;
}

void restore_openmp() {
  bool restored = true;
  for (Call& call : calls) {
    if (call.slot == nullptr || call.before == nullptr) continue;
    if (*call.slot == call.ours) {
      write(call.slot, call.before);
    } else if (*call.slot != call.before) {
      restored = false;
    }
  }
  if (restored) {
    if (library != nullptr) dlclose(library);
  } else {
    // Another copy of this library has found ours there, and calls it: this one stays.
    Dl_info self;
    if (dladdr(address_of(restore_openmp), &self) != 0) {
      dlopen(self.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
    }
  }
  library = nullptr;
}
#else
const char* lead_openmp(const void*) { return "this system's linker is not known here"; }
void restore_openmp() {}
#endif

}  // namespace conv4j
