// oneDNN's threads. It knows OpenMP only, which has all threads of a team begin and end together.
// Here its calls of OpenMP's runtime, and nobody else's, are led to the pool of workers.hpp: what it
// takes for a team are pieces that whoever has time does one after the other.
#pragma once

namespace conv4j {

// The calling thread's share of the pool.
struct Threads {
  // How many take part in what this thread calls; 0 outside of a run, where OpenMP decides.
  int limit;
  // How many threads oneDNN takes them for: the pieces into which it cuts its work.
  int pieces;
};

// Sets the share of the calling thread and returns what it was.
Threads exchange_threads(Threads threads);

// Leads the calls of the library that an address belongs to; done once. Returns why it cannot be
// done, or null.
const char* lead_openmp(const void* address);

// Gives the library its own calls back.
void restore_openmp();

}  // namespace conv4j
