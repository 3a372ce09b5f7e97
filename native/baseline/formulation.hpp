#pragma once

#include <string>

#include "problem.hpp"

namespace conv4j::baseline {

// A problem in the form that oneDNN runs best, over the same memory.
struct Formulation {
  std::string kernel;
  Problem problem;
};

// Chooses as the Java engine does among its oneDNN candidates.
Formulation formulate(const Problem& problem);

}
