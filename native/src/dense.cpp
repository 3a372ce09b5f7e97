#include "dense.hpp"

#include "family.hpp"

CONV4J_KERNEL(dense_float32, Chosen<DenseChoice<float>>)
CONV4J_KERNEL(dense_float64, Chosen<DenseChoice<double>>)
