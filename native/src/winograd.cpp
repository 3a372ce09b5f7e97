#include "winograd.hpp"

#include "family.hpp"

CONV4J_KERNEL(winograd_float32, Chosen<WinogradChoice<float>>)
