#include "depthwise.hpp"

#include "family.hpp"

CONV4J_KERNEL(depthwise_float32, Depthwise<float>)
CONV4J_KERNEL(depthwise_float64, Depthwise<double>)
