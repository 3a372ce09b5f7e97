// The first layers of networks: few channels to vectors of filters. A channel loop would be too
// short there; here the taps and channels of a kernel row are one stretch. Tiles at the borders of
// an image read a copy that has the padding in it; where most tiles are, they share one of all rows.
#include <algorithm>
#include <type_traits>

#include "choice.hpp"
#include "family.hpp"
#include "pairs.hpp"
#include "parallel.hpp"
#include "stretch.hpp"

namespace conv4j {
namespace {

// A tile of all filters, with the weights of stretches of one length. kStep: see StretchTile.
template <class T, int kStep>
class FilterTile : public StretchTile<T, kStep> {
  using Base = StretchTile<T, kStep>;

 public:
  // Where the weights of a stretch are among the packed ones.
  static std::int64_t at(std::int64_t stretch, std::int64_t length) {
    return Base::kBlock * (1 + stretch * length);
  }
  static std::int64_t elements(const Problem& p, std::int64_t stretches, std::int64_t length) {
    return StretchWeights<T>::elements(p.filters, stretches * length);
  }
  static void pack(const Problem& p, std::int64_t stretches, std::int64_t length,
                   const T* weights, const T* bias, T* packed) {
    StretchWeights<T>::pack(p.filters, stretches * length, weights, p.filters, 1, bias, packed);
  }

  FilterTile(const Problem& p, const Outputs<T>& outputs)
      : Base(outputs, p.filters, p.taps() * p.channels, p.stride[2] * p.channels, p.filters) {}

  // A function of its own: tiles take all registers.
  template <int kCount>
  [[gnu::noinline]] void run(std::intptr_t base, const Stretch* first, const Stretch* last,
                             const T* weights, T* output) const {
    Base::template run<kCount>(base, first, last, weights, output);
  }
};

template <class T, class Tile>
class Stem {
 public:
  static std::int64_t packed_bytes(const Problem& p) {
    return Tile::elements(p, stretches(p), length(p)) * std::int64_t(sizeof(T));
  }

  static void pack(const Problem& p, const void* weights, const void* bias, void* packed) {
    Tile::pack(p, stretches(p), length(p), static_cast<const T*>(weights),
               static_cast<const T*>(bias), static_cast<T*>(packed));
  }

  // For each thread: the stretches of tiles inside and of those that read the copy, and the copy.
  static std::int64_t thread_bytes(const Problem& p, std::int64_t copied) {
    return 2 * stretches_bytes(p) + padded(p.kernel[0] * p.kernel[1] * span(p, copied) *
                                           p.channels * std::int64_t(sizeof(T)));
  }
  static std::int64_t scratch_bytes(const Problem& p) {
    return p.threads * thread_bytes(p, copied_pixels(p, Tile::Sizes::best(p.output[2])));
  }

  static void run(const Problem& p, const void* input, const void* residual, const void* packed,
                  void* output, void* scratch) {
    const int size = Tile::Sizes::best(p.output[2]);
    const std::int64_t copied = copied_pixels(p, size);
    const std::int64_t bytes = thread_bytes(p, copied);
    parallel(p.threads, p.batch * p.output[0] * p.output[1],
             [&](std::int64_t thread, std::int64_t first, std::int64_t last) {
               Stem stem(p, static_cast<const T*>(input), Outputs<T>(p, residual, output),
                         static_cast<const T*>(packed), static_cast<char*>(scratch) + thread * bytes,
                         copied);
               Tile::Sizes::with(size, [&](auto count) {
                 stem.template rows<count()>(first, last, static_cast<T*>(output));
               });
             });
  }

 private:
  // Undilated, the taps of a row follow each other too.
  static std::int64_t length(const Problem& p) {
    return (p.dilation[2] == 1 ? p.kernel[2] : 1) * p.channels;
  }
  static std::int64_t stretches(const Problem& p) { return p.taps() * p.channels / length(p); }
  static std::int64_t stretches_bytes(const Problem& p) {
    return padded(stretches(p) * std::int64_t(sizeof(Stretch)));
  }
  // Input pixels between the first and the last that some output pixels read from a row.
  static std::int64_t span(const Problem& p, std::int64_t pixels) {
    return (pixels - 1) * p.stride[2] + (p.kernel[2] - 1) * p.dilation[2] + 1;
  }

  // For how many output pixels a copy serves: a row of them if most tiles read padding.
  static std::int64_t copied_pixels(const Problem& p, std::int64_t size) {
    std::int64_t balance = 0;
    for (std::int64_t x = 0; x < p.output[2]; x += size) {
      const std::int64_t from = std::min(x, p.output[2] - size) * p.stride[2] - p.pad[2];
      balance += from >= 0 && from + span(p, size) <= p.input[2] ? 1 : -1;
    }
    return balance < 0 ? p.output[2] : size;
  }

  Stem(const Problem& p, const T* input, const Outputs<T>& outputs, const T* packed, char* scratch,
       std::int64_t copied)
      : p_(p),
        tile_(p, outputs),
        input_(input),
        packed_(packed),
        inside_(reinterpret_cast<Stretch*>(scratch)),
        border_(reinterpret_cast<Stretch*>(scratch + stretches_bytes(p))),
        copy_(reinterpret_cast<T*>(scratch + 2 * stretches_bytes(p))),
        copied_(copied) {}

  void seek(std::int64_t row) {
    at_[1] = row % p_.output[1];
    at_[0] = row / p_.output[1] % p_.output[0];
    image_ = row / p_.output[1] / p_.output[0];
  }

  void advance() {
    if (++at_[1] == p_.output[1]) {
      at_[1] = 0;
      if (++at_[0] == p_.output[0]) {
        at_[0] = 0;
        image_++;
      }
    }
  }

  template <int kCount>
  void rows(std::int64_t begin, std::int64_t end, T* output) {
    // Locals: the compiler must expect the stores to change what is in memory.
    const std::int64_t pixels = p_.output[2];
    const std::int64_t filters = p_.filters;
    const std::int64_t stride = p_.stride[2];
    const std::int64_t pad = p_.pad[2];
    const std::int64_t room = p_.input[2] - span(p_, kCount);
    const std::int64_t bytes = p_.channels * std::int64_t(sizeof(T));
    const std::intptr_t copied = reinterpret_cast<std::intptr_t>(copy_);
    const bool whole = copied_ > kCount;
    seek(begin);
    output += begin * pixels * filters;
    for (std::int64_t row = begin; row < end; row++) {
      find_stretches();
      if (whole) {
        copy(-pad);
      }
      for (std::int64_t x = 0; x < pixels; x += kCount) {
        // The last tile starts early enough to be full.
        const std::int64_t first = std::min(x, pixels - kCount);
        const std::int64_t from = first * stride - pad;
        const bool inside = !whole && rows_ > 0 && from >= 0 && from <= room;
        if (!whole && !inside) {
          copy(from);
        }
        const std::intptr_t base = inside ? base_ + from * bytes
                                   : whole ? copied + (from + pad) * bytes
                                           : copied;
        const Stretch* const list = inside ? inside_ : border_;
        tile_.template run<kCount>(base, list, list + count_, packed_, output + first * filters);
      }
      output += pixels * filters;
      advance();
    }
  }

  // What the next row reads, except for whole rows of padding. The last list serves again if both
  // rows read no such padding.
  void find_stretches() {
    const std::int64_t row = p_.input[2] * p_.channels;
    front_ = at_[0] * p_.stride[0] - p_.pad[0];
    top_ = at_[1] * p_.stride[1] - p_.pad[1];
    base_ = reinterpret_cast<std::intptr_t>(input_) +
            ((image_ * p_.input[0] + front_) * p_.input[1] + top_) * row * std::int64_t(sizeof(T));
    const bool full = is_inside(0, front_) && is_inside(1, top_);
    if (full && full_) {
      return;
    }
    full_ = full;
    rows_ = 0;
    count_ = 0;
    const std::int64_t width = span(p_, copied_) * p_.channels;
    for (std::int64_t a = 0; a < p_.kernel[0]; a++) {
      for (std::int64_t b = 0; b < p_.kernel[1]; b++) {
        if (reads(a, b)) {
          add_row((a * p_.dilation[0] * p_.input[1] + b * p_.dilation[1]) * row, rows_ * width,
                  a * p_.kernel[1] + b);
          rows_++;
        }
      }
    }
    if (rows_ == 0) {
      // Padding only: the bias plus a product of zero.
      border_[count_++] = {0, Tile::at(0, 1), 1};
      std::fill_n(copy_, width, T(0));
    }
  }

  bool is_inside(int axis, std::int64_t first) const {
    return first >= 0 && first + (p_.kernel[axis] - 1) * p_.dilation[axis] < p_.input[axis];
  }

  // Whether a row of the kernel meets the image.
  bool reads(std::int64_t a, std::int64_t b) const {
    const std::int64_t z = front_ + a * p_.dilation[0];
    const std::int64_t y = top_ + b * p_.dilation[1];
    return z >= 0 && z < p_.input[0] && y >= 0 && y < p_.input[1];
  }

  void add_row(std::int64_t inside, std::int64_t border, std::int64_t row) {
    const std::int64_t inputs = length(p_);
    const std::int64_t stretches = p_.kernel[2] * p_.channels / inputs;
    for (std::int64_t k = 0; k < stretches; k++, count_++) {
      const std::int64_t moved = k * p_.dilation[2] * p_.channels;
      const std::int64_t weights = Tile::at(row * stretches + k, inputs);
      inside_[count_] = {(inside + moved) * std::int64_t(sizeof(T)), weights, inputs};
      border_[count_] = {(border + moved) * std::int64_t(sizeof(T)), weights, inputs};
    }
  }

  // Copies what is read from pixel `first` on, with padding.
  void copy(std::int64_t first) {
    const std::int64_t width = span(p_, copied_);
    const std::int64_t begin = std::clamp<std::int64_t>(-first, 0, width);
    const std::int64_t end = std::clamp<std::int64_t>(p_.input[2] - first, begin, width);
    T* to = copy_;
    for (std::int64_t a = 0; a < p_.kernel[0]; a++) {
      for (std::int64_t b = 0; b < p_.kernel[1]; b++) {
        if (reads(a, b)) {
          const std::int64_t z = image_ * p_.input[0] + front_ + a * p_.dilation[0];
          const std::int64_t y = z * p_.input[1] + top_ + b * p_.dilation[1];
          const T* from = input_ + (y * p_.input[2] + first + begin) * p_.channels;
          T* const pixels = std::fill_n(to, begin * p_.channels, T(0));
          to = std::copy_n(from, (end - begin) * p_.channels, pixels);
          to = std::fill_n(to, (width - end) * p_.channels, T(0));
        }
      }
    }
  }

  const Problem& p_;
  const Tile tile_;
  const T* input_;
  const T* packed_;
  Stretch* inside_;
  Stretch* border_;
  T* copy_;
  const std::int64_t copied_;
  std::int64_t image_ = 0;
  std::int64_t at_[2] = {};
  std::int64_t front_ = 0;
  std::int64_t top_ = 0;
  std::intptr_t base_ = 0;
  bool full_ = false;
  std::int64_t rows_ = 0;
  std::int64_t count_ = 0;
};

// Chooses the tile for a problem.
template <class T>
struct StemChoice {
  template <class Use>
  static auto with(const Problem& p, const Use& use) {
    const std::int64_t step = p.stride[2] * p.channels;
    if constexpr (std::is_same_v<T, float>) {
      if (p.filters <= PairTile<0>::kFilters) {
        return step == 1 ? use(Pick<Stem<T, PairTile<1>>>())
                         : use(Pick<Stem<T, PairTile<0>>>());
      }
    }
    switch (step) {
      case 1:
        return use(Pick<Stem<T, FilterTile<T, 1>>>());
      case 3:
        return use(Pick<Stem<T, FilterTile<T, 3>>>());
      case 6:
        return use(Pick<Stem<T, FilterTile<T, 6>>>());
      default:
        return use(Pick<Stem<T, FilterTile<T, 0>>>());
    }
  }
};

inline bool stem_supports(const Problem& p) {
  return p.transposed == 0 && p.groups == 1 && p.is_padded_little(2);
}

}  // namespace
}  // namespace conv4j

CONV4J_KERNEL(stem_float32, stem_supports, Chosen<StemChoice<float>>)
