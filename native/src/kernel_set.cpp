// The kernels of one instruction set; compiled once for each, as they are. Without float64 are those
// that compete with oneDNN, which has none, and Winograd's, which gives precision away.

#include "kernel_set.hpp"

#define CONV4J_TEXT(x) #x
#define CONV4J_NAME(x) CONV4J_TEXT(x)

namespace conv4j::CONV4J_SET {

#define CONV4J_FLOAT32(name) extern const Kernel name##_float32;
#define CONV4J_BOTH_TYPES(name) extern const Kernel name##_float32, name##_float64;
#include "kernels.def"
#undef CONV4J_BOTH_TYPES
#undef CONV4J_FLOAT32

void run_frames(const FrameCall& call);

extern const KernelSet kernels;
const KernelSet kernels = {
    CONV4J_NAME(CONV4J_SET),
    CONV4J_VECTOR_BYTES,
    {
        {
#define CONV4J_FLOAT32(name) &name##_float32,
#define CONV4J_BOTH_TYPES(name) &name##_float32,
#include "kernels.def"
#undef CONV4J_BOTH_TYPES
#undef CONV4J_FLOAT32
        },
        {
#define CONV4J_FLOAT32(name) nullptr,
#define CONV4J_BOTH_TYPES(name) &name##_float64,
#include "kernels.def"
#undef CONV4J_BOTH_TYPES
#undef CONV4J_FLOAT32
        },
    },
    run_frames,
};

}  // namespace conv4j::CONV4J_SET
