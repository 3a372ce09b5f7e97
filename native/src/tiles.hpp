// Shares the tiles of a problem's pixels out between its threads.
#pragma once

#include "parallel.hpp"
#include "taps.hpp"

namespace conv4j {
namespace {

template <class T, int kPixels>
struct TapTiles {
  using Table = TapTable<T, kPixels>;

  static std::int64_t scratch_bytes(const Problem& p) { return p.threads * thread_bytes(p); }

  // Calls body(table, count, turn) for each tile of count pixels, which the table describes, and
  // does so several times over, in as many turns. See TapTable for the rest.
  template <class Body>
  static void for_each(const Problem& p, const void* input, const T* zeros, void* scratch,
                       bool merging, std::int64_t turns, const Body& body) {
    const std::int64_t tiles = (p.pixels() + kPixels - 1) / kPixels;
    parallel_ranges(p.threads, turns * tiles, [&](std::int64_t thread, Ranges& ranges) {
      Table table(p, static_cast<const T*>(input), zeros,
                  static_cast<char*>(scratch) + thread * thread_bytes(p), merging);
      ranges.take(thread, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t item = first; item < last; item++) {
          const std::int64_t pixel = item % tiles * kPixels;
          const std::int64_t left = p.pixels() - pixel;
          const int count = left < kPixels ? int(left) : kPixels;
          table.fill(pixel, count);
          body(table, count, item / tiles);
        }
      });
    });
  }

 private:
  static std::int64_t thread_bytes(const Problem& p) { return padded(Table::bytes(p)); }
};

}  // namespace
}  // namespace conv4j
