#include "grouped.hpp"

#include "family.hpp"

CONV4J_KERNEL(grouped_float32, Chosen<GroupedChoice<float>>)
CONV4J_KERNEL(grouped_float64, Chosen<GroupedChoice<double>>)
