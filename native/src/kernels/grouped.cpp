// Small groups with as many filters as channels: one vector holds whole groups, and each of its
// channels is spread over the lanes of its group by a permutation instead of a broadcast. Needs
// groups of 2, 4, 8 or 16 channels that divide a vector, and whole vectors of channels.
#include <utility>

#include "choice.hpp"
#include "family.hpp"
#include "outputs.hpp"
#include "permute.hpp"
#include "tiles.hpp"

namespace conv4j {
namespace {

// Every lane takes channel kChannel of its group of kGroup.
template <class T, int kGroup, int kChannel, int... kLane>
inline Vector<T> spread(Vector<T> x, std::integer_sequence<int, kLane...>) {
  return permute<T, (kLane / kGroup * kGroup + kChannel)...>(x);
}

template <class T, int kGroup>
struct Grouped {
  static constexpr int kPixels = CONV4J_VECTOR_BYTES == 64 ? 12 : 6;
  static constexpr int kL = kLanes<T>;
  using Tiles = TapTiles<T, kPixels>;
  using Table = typename Tiles::Table;

  static std::int64_t vector_elements(const Problem& p) { return kL * (1 + p.taps() * kGroup); }
  static std::int64_t vectors(const Problem& p) { return p.channels / kL; }

  // For each vector the bias and the weights (tap, channel of the group, filter); then zeros.
  static std::int64_t packed_bytes(const Problem& p) {
    return (vectors(p) * vector_elements(p) + p.channels) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    const T* from = static_cast<const T*>(weights);
    T* to = static_cast<T*>(packed);
    for (std::int64_t v = 0; v < vectors(p); v++) {
      for (int lane = 0; lane < kL; lane++) {
        const std::int64_t f = v * kL + lane;
        to[lane] = bias != nullptr ? static_cast<const T*>(bias)[f] : T(0);
        for (std::int64_t row = 0; row < p.taps() * kGroup; row++) {
          to[(1 + row) * kL + lane] = from[row * p.filters + f];
        }
      }
      to += vector_elements(p);
    }
    for (std::int64_t c = 0; c < p.channels; c++) {
      to[c] = T(0);
    }
  }

  static std::int64_t scratch_bytes(const Problem& p) {
    return Tiles::scratch_bytes(p);
  }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    const T* weights = static_cast<const T*>(packed);
    const Outputs<T> outputs(p, residual, output);
    Tiles::for_each(p, input, weights + vectors(p) * vector_elements(p), scratch, false, 1,
                    [&](const Table& table, int count, std::int64_t) {
      for (std::int64_t v = 0; v < vectors(p); v++) {
        one(p, table, count, v * kL, weights + v * vector_elements(p), outputs,
            std::make_integer_sequence<int, kGroup>());
      }
    });
  }

  template <int... kChannel>
  static void one(const Problem& p, const Table& table, int count,
                  std::int64_t first, const T* packed, const Outputs<T>& outputs,
                  std::integer_sequence<int, kChannel...>) {
    constexpr auto lanes = std::make_integer_sequence<int, kL>();
    Vector<T> sums[kPixels];
    for (int i = 0; i < kPixels; i++) {
      sums[i] = load(packed);
    }
    for (std::int64_t entry = 0; entry < table.size(); entry++) {
      const T* const* in = table.pointers() + entry * kPixels;
      const T* w = packed + (1 + table.taps()[entry] * kGroup) * kL;
      for (int i = 0; i < kPixels; i++) {
        const Vector<T> x = load(in[i] + first);
        ((sums[i] += spread<T, kGroup, kChannel>(x, lanes) * load(w + kChannel * kL)), ...);
      }
    }
    outputs.specialised([&](const auto& special) {
      for (int i = 0; i < kPixels && i < count; i++) {
        special.put(special.begin() + table.output(i) * p.filters + first, sums[i]);
      }
    });
  }
};

// Chooses the group for a problem.
template <class T>
struct GroupedChoice {
  template <class Use>
  static auto with(const Problem& p, const Use& use) {
    switch (p.group_channels()) {
      case 2:
        return use(Pick<Grouped<T, 2>>());
      case 4:
        return use(Pick<Grouped<T, 4>>());
      case 8:
        return use(Pick<Grouped<T, 8>>());
      default:
        return use(Pick<Grouped<T, 16>>());
    }
  }
};

template <class T>
bool grouped_supports(const Problem& p) {
  const std::int64_t group = p.group_channels();
  return p.transposed == 0 && group == p.group_filters() &&
         (group == 2 || group == 4 || group == 8 || group == 16) && kLanes<T> % group == 0 &&
         p.channels % kLanes<T> == 0;
}

}  // namespace
}  // namespace conv4j

CONV4J_KERNEL(grouped_float32, grouped_supports<float>, Chosen<GroupedChoice<float>>)
CONV4J_KERNEL(grouped_float64, grouped_supports<double>, Chosen<GroupedChoice<double>>)
