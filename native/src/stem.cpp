#include "stem.hpp"

#include "family.hpp"

CONV4J_KERNEL(stem_float32, Chosen<StemChoice<float>>)
