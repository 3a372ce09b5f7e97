// Transposed convolutions whose strides are as long as their kernel, and nothing is cut: each input
// pixel becomes a patch of the output, and each tap is a product of matrices.
#include "family.hpp"
#include "parallel.hpp"
#include "stretch.hpp"

namespace conv4j {
namespace {

template <class T>
class Patch {
 public:
  using Tile = StretchTile<T, 0>;
  using Weights = StretchWeights<T>;

  static std::int64_t tap_elements(const Problem& p) {
    return Weights::elements(p.filters, p.channels);
  }
  static std::int64_t packed_bytes(const Problem& p) {
    return p.taps() * tap_elements(p) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    for (std::int64_t tap = 0; tap < p.taps(); tap++) {
      Weights::pack(p.filters, p.channels,
                    static_cast<const T*>(weights) + tap * p.filters * p.channels, 1, p.channels,
                    static_cast<const T*>(bias), static_cast<T*>(packed) + tap * tap_elements(p));
    }
  }

  static std::int64_t scratch_bytes(const Problem&) { return 0; }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void*) {
    const Patch patch(p, static_cast<const T*>(input), Outputs<T>(p, residual, output),
                      static_cast<const T*>(packed));
    const int size = Tile::Sizes::best(p.input[2]);
    const std::int64_t tiles = (p.input[2] + size - 1) / size;
    parallel(p.threads, p.batch * p.input[0] * p.input[1] * tiles,
             [&](std::int64_t, std::int64_t first, std::int64_t last) {
               Tile::Sizes::with(size, [&](auto count) {
                 patch.template tiles<count()>(tiles, first, last);
               });
             });
  }

 private:
  Patch(const Problem& p, const T* input, const Outputs<T>& outputs, const T* packed)
      : p_(p),
        tile_(outputs, p.filters, p.channels, p.channels, p.stride[2] * p.filters),
        input_(input),
        packed_(packed),
        output_(outputs.begin()) {}

  // A range of the tiles of all rows, of which each has so many.
  template <int kCount>
  void tiles(std::int64_t in_row, std::int64_t first, std::int64_t last) const {
    const Stretch stretch = {0, Tile::kBlock, p_.channels};
    for (; first < last; first++) {
      const std::int64_t row = first / in_row;
      // The last tile of a row starts early enough to be full.
      const std::int64_t x = std::min(first % in_row * kCount, p_.input[2] - kCount);
      const T* const from = input_ + (row * p_.input[2] + x) * p_.channels;
      const T* weights = packed_;
      for (std::int64_t tap = 0; tap < p_.taps(); tap++) {
        tile_.template run<kCount>(reinterpret_cast<std::intptr_t>(from), &stretch, &stretch + 1,
                                   weights, output_ + pixel(row, x, tap) * p_.filters);
        weights += tap_elements(p_);
      }
    }
  }

  // The output pixel of a tap at an input pixel.
  std::int64_t pixel(std::int64_t row, std::int64_t x, std::int64_t tap) const {
    const std::int64_t y = row % p_.input[1];
    // The planes of a batch follow each other, because a patch is as long as its stride.
    const std::int64_t plane = row / p_.input[1];
    const std::int64_t c = tap % p_.kernel[2];
    const std::int64_t b = tap / p_.kernel[2] % p_.kernel[1];
    const std::int64_t a = tap / p_.kernel[2] / p_.kernel[1];
    return ((plane * p_.stride[0] + a) * p_.output[1] + y * p_.stride[1] + b) * p_.output[2] +
           x * p_.stride[2] + c;
  }

  const Problem& p_;
  const Tile tile_;
  const T* input_;
  const T* packed_;
  T* output_;
};

inline bool patch_supports(const Problem& p) {
  bool apart = p.transposed != 0 && p.groups == 1;
  for (int axis = 0; axis < 3; axis++) {
    apart = apart && p.kernel[axis] == p.stride[axis] && p.dilation[axis] == 1 &&
            p.pad[axis] == 0 && p.output[axis] == p.input[axis] * p.stride[axis];
  }
  return apart;
}

}  // namespace
}  // namespace conv4j

CONV4J_KERNEL(patch_float32, patch_supports, Patch<float>)
