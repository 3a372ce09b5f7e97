#include "image.hpp"

#include "family.hpp"

CONV4J_KERNEL(image_float32, Chosen<ImageChoice<float>>)
CONV4J_KERNEL(image_float64, Chosen<ImageChoice<double>>)
