#include "grouped.hpp"

#include "family.hpp"

CONV4J_KERNEL(grouped_float32, AnyGrouped<float>)
CONV4J_KERNEL(grouped_float64, AnyGrouped<double>)
