// The kernels of one instruction set; compiled once for each, as they are.

#include "kernel.hpp"

#define CONV4J_TEXT(x) #x
#define CONV4J_NAME(x) CONV4J_TEXT(x)

namespace conv4j::CONV4J_SET {

extern const Kernel dense_float32, dense_float64;
extern const Kernel depthwise_float32, depthwise_float64;
extern const Kernel grouped_float32, grouped_float64;
extern const Kernel image_float32, image_float64;
// float64 is for those who want precision, which Winograd's kernel gives away; the others compete
// with oneDNN's, which has none.
extern const Kernel winograd_float32;
extern const Kernel stem_float32;
extern const Kernel pointwise_float32;
extern const Kernel patch_float32;

// In the order of KernelKind.
extern const KernelSet kernels;
const KernelSet kernels = {
    CONV4J_NAME(CONV4J_SET),
    CONV4J_VECTOR_BYTES,
    {&dense_float32, &depthwise_float32, &grouped_float32, &image_float32, &winograd_float32,
     &stem_float32, &pointwise_float32, &patch_float32},
    {&dense_float64, &depthwise_float64, &grouped_float64, &image_float64},
};

}  // namespace conv4j::CONV4J_SET
