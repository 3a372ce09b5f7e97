#include "pointwise.hpp"

#include "family.hpp"

CONV4J_KERNEL(pointwise_float32, Pointwise<float>)
