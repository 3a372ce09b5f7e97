#include "image.hpp"

#include "family.hpp"

CONV4J_KERNEL(image_float32, AnyImage<float>)
CONV4J_KERNEL(image_float64, AnyImage<double>)
