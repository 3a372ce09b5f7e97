#define CONV4J_SET baseline
#define CONV4J_VECTOR_BYTES 16
#include "kernel_set.hpp"
