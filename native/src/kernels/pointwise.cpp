// Convolutions of a single tap without strides, with or without groups: products of matrices. The
// channels of a pixel in a group are one stretch.
#include <algorithm>

#include "family.hpp"
#include "parallel.hpp"
#include "stretch.hpp"

namespace conv4j {
namespace {

template <class T>
class Pointwise {
 public:
  using Tile = StretchTile<T, 0>;
  using Weights = StretchWeights<T>;

  static std::int64_t group_elements(const Problem& p) {
    return Weights::elements(p.group_filters(), p.group_channels());
  }
  static std::int64_t packed_bytes(const Problem& p) {
    return p.groups * group_elements(p) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    for (std::int64_t group = 0; group < p.groups; group++) {
      const std::int64_t first = group * p.group_filters();
      Weights::pack(p.group_filters(), p.group_channels(), static_cast<const T*>(weights) + first,
                    p.filters, 1, bias == nullptr ? nullptr : static_cast<const T*>(bias) + first,
                    static_cast<T*>(packed) + group * group_elements(p));
    }
  }

  static std::int64_t scratch_bytes(const Problem&) { return 0; }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void*) {
    const Pointwise pointwise(p, static_cast<const T*>(input), Outputs<T>(p, residual, output),
                              static_cast<const T*>(packed));
    const std::int64_t blocks = FilterBlocks<T>::count(p.group_filters());
    if (p.pixels() < p.threads * Tile::kMost) {
      // Few pixels make large weights the work, which each thread reads a part of.
      parallel(p.threads, blocks, [&](std::int64_t, std::int64_t first, std::int64_t last) {
        pointwise.pixels(0, p.pixels(), first, last);
      });
    } else {
      // Whole tiles: each reads all weights.
      const std::int64_t size = Tile::Sizes::best((p.pixels() + p.threads - 1) / p.threads);
      const std::int64_t tiles = (p.pixels() + size - 1) / size;
      parallel(p.threads, tiles, [&](std::int64_t, std::int64_t first, std::int64_t last) {
        pointwise.pixels(first * size, std::min(last * size, p.pixels()), 0, blocks);
      });
    }
  }

 private:
  Pointwise(const Problem& p, const T* input, const Outputs<T>& outputs, const T* packed)
      : p_(p),
        tile_(outputs, p.group_filters(), p.group_channels(), p.channels, p.filters),
        input_(input),
        packed_(packed),
        output_(outputs.begin()) {}

  // The pixels of a range, and a range of the blocks of each group.
  void pixels(std::int64_t first, std::int64_t last, std::int64_t block, std::int64_t end) const {
    Tile::Sizes::with(Tile::Sizes::best(last - first),
                    [&](auto count) { tiles<count()>(first, last, block, end); });
  }

  template <int kCount>
  void tiles(std::int64_t first, std::int64_t last, std::int64_t block, std::int64_t end) const {
    const Stretch stretch = {0, Tile::kBlock, p_.group_channels()};
    for (; first < last; first += kCount) {
      // The last tile starts early enough to be full.
      const std::int64_t pixel = std::min(first, last - std::int64_t(kCount));
      for (std::int64_t group = 0; group < p_.groups; group++) {
        const T* from = input_ + pixel * p_.channels + group * p_.group_channels();
        tile_.template run<kCount>(reinterpret_cast<std::intptr_t>(from), &stretch, &stretch + 1,
                                   packed_ + group * group_elements(p_), block, end,
                                   output_ + pixel * p_.filters + group * p_.group_filters());
      }
    }
  }

  const Problem& p_;
  const Tile tile_;
  const T* input_;
  const T* packed_;
  T* output_;
};

inline bool pointwise_supports(const Problem& p) {
  bool same = p.transposed == 0 && p.taps() == 1;
  for (int axis = 0; axis < 3; axis++) {
    same = same && p.stride[axis] == 1 && p.pad[axis] == 0 && p.input[axis] == p.output[axis];
  }
  return same;
}

}  // namespace
}  // namespace conv4j

CONV4J_KERNEL(pointwise_float32, pointwise_supports, Pointwise<float>)
