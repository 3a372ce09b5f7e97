#define CONV4J_SET avx2
#define CONV4J_VECTOR_BYTES 32
#include "kernel_set.hpp"
