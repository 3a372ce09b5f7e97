#pragma once

#include <string>

#include "problem.hpp"

namespace conv4j::baseline {

// Reads a case in benchdnn's notation: parts joined by " + ", each `--conv` or `--deconv` and a
// descriptor such as mb1ic64ih56oc64oh56kh3ph1, with the name of the case after the last, n"...".
// An axis that is left out takes the value of the axis before it.
// Throws std::invalid_argument if the line is malformed or its sizes contradict each other.
Case parse_case(const std::string& line);

}
