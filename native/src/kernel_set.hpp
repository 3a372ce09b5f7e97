// Included once for each instruction set, after CONV4J_VECTOR_BYTES and CONV4J_SET are defined.
#include "dense.hpp"
#include "depthwise.hpp"
#include "grouped.hpp"
#include "image.hpp"
#include "kernel.hpp"
#include "pointwise.hpp"
#include "stem.hpp"
#include "winograd.hpp"

namespace conv4j {
namespace {

template <class K>
constexpr Kernel kernel_of() {
  return {K::packed_bytes, K::pack, K::scratch_bytes, K::run};
}

// float64 is for those who want precision, which Winograd's kernel gives away. The last two compete
// with oneDNN, which has none.
constexpr Kernel kNone = {};

}  // namespace

#define CONV4J_TEXT(x) #x
#define CONV4J_NAME(x) CONV4J_TEXT(x)

// In the order of KernelKind.
extern const KernelSet CONV4J_SET;
const KernelSet CONV4J_SET = {
    CONV4J_NAME(CONV4J_SET),
    CONV4J_VECTOR_BYTES,
    {kernel_of<AnyDense<float>>(), kernel_of<Depthwise<float>>(), kernel_of<AnyGrouped<float>>(),
     kernel_of<AnyImage<float>>(), kernel_of<AnyWinograd<float>>(), kernel_of<AnyStem<float>>(),
     kernel_of<Pointwise<float>>()},
    {kernel_of<AnyDense<double>>(), kernel_of<Depthwise<double>>(), kernel_of<AnyGrouped<double>>(),
     kernel_of<AnyImage<double>>(), kNone, kNone, kNone},
};

}  // namespace conv4j
