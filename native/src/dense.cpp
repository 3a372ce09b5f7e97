#include "dense.hpp"

#include "family.hpp"

CONV4J_KERNEL(dense_float32, AnyDense<float>)
CONV4J_KERNEL(dense_float64, AnyDense<double>)
