#include "workers.hpp"

#include "calm.hpp"
#include "pool.hpp"
#include "system_load.hpp"

namespace conv4j {
namespace {

using ProcessPool = Pool<Calm<SystemLoad>>;

// Never destroyed: a helper may still run when the process ends.
ProcessPool& pool() {
  static ProcessPool* const pool = new ProcessPool();
  return *pool;
}

}  // namespace

void share(int limit, Work work, void* data) { pool().share(limit, work, data); }

void set_processors(int count) { pool().set_processors(count); }

void dismiss_helpers() { pool().dismiss(); }

int helpers() { return pool().helpers(); }

}  // namespace conv4j
