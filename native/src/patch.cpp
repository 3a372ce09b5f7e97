#include "patch.hpp"

#include "family.hpp"

CONV4J_KERNEL(patch_float32, Patch<float>)
