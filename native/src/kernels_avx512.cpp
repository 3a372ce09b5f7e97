#define CONV4J_SET avx512
#define CONV4J_VECTOR_BYTES 64
#include "kernel_set.hpp"
