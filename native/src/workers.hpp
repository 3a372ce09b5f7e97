// The threads of the process that help its callers: one pool for all kernels of ours and for
// oneDNN's.
#pragma once

namespace conv4j {

// What several threads do at once. Each calls it once, with a number of its own below the limit that
// it was shared with, and takes parts of the work until none is left.
using Work = void (*)(void* data, int seat);

// Does some work in the calling thread, whose seat is 0, and in those of the pool that come in time,
// so that at most so many threads take part. Returns when all that have begun are done: a helper
// that comes too late, or not at all, is not waited for. Helpers that have nothing to do look for
// work for some tens of microseconds, sleep for some seconds, and end. Allocates memory only when a
// helper is started.
void share(int limit, Work work, void* data);

// How many processors there are. Callers and helpers together never keep more of them busy.
void set_processors(int count);

// Ends all helpers, and waits until they are gone. New ones come when they are needed.
void dismiss_helpers();

// How many helpers there are, busy or not.
int helpers();

}  // namespace conv4j
