// Times oneDNN called from C++, the baseline for Java.
//
//   conv4j_baseline [--threads N] FILE...   prints one line of JSON for each case of the files
//   conv4j_baseline [--threads N] --serve   obeys requests, one a line, each answered by one line:
//     case NOTATION   prepares a case     -> ready IMPLEMENTATION
//     run CALLS       runs it             -> the nanoseconds that this took
//     digest          hashes its output   -> hexadecimal digits
//                     if a request fails  -> error MESSAGE

#include <omp.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "descriptor.hpp"
#include "timing.hpp"

namespace conv4j::baseline {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    result += c;
  }
  return result + '"';
}

void print_timing(const std::string& line) {
  const Case source = parse_case(line);
  std::cout << "{\"name\": " << quoted(source.name);
  try {
    const Chain chain(source);
    const Timing timing = time_batches(chain);
    std::cout << ", \"median_ns\": " << timing.median_nanoseconds
              << ", \"min_ns\": " << timing.least_nanoseconds
              << ", \"implementation\": " << quoted(chain.implementation()) << "}" << std::endl;
  } catch (const dnnl::error& failure) {
    std::cout << ", \"error\": " << quoted(failure.what()) << "}" << std::endl;
  }
}

void print_timings(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    throw std::invalid_argument("cannot read " + path);
  }
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') {
      print_timing(line);
    }
  }
}

std::string answer(const std::string& request, std::unique_ptr<Chain>* chain) {
  std::istringstream words(request);
  std::string verb;
  words >> verb;
  if (verb == "case") {
    chain->reset();
    *chain = std::make_unique<Chain>(parse_case(request.substr(verb.size() + 1)));
    return "ready " + (*chain)->implementation();
  }
  if (!*chain) {
    throw std::invalid_argument("no case is prepared");
  }
  std::int64_t calls = 0;
  if (verb == "run" && words >> calls) {
    return std::to_string(time_runs(**chain, calls));
  }
  if (verb == "digest") {
    std::ostringstream digits;
    digits << std::hex << (*chain)->digest();
    return digits.str();
  }
  throw std::invalid_argument("no such request: " + request);
}

void serve() {
  std::unique_ptr<Chain> chain;
  for (std::string request; std::getline(std::cin, request);) {
    try {
      std::cout << answer(request, &chain) << std::endl;
    } catch (const std::exception& failure) {
      std::cout << "error " << failure.what() << std::endl;
    }
  }
}

void run(const std::vector<std::string>& arguments) {
  omp_set_num_threads(1);
  for (std::size_t i = 0; i < arguments.size(); i++) {
    if (arguments[i] == "--threads" && i + 1 < arguments.size()) {
      omp_set_num_threads(std::stoi(arguments[++i]));
    } else if (arguments[i] == "--serve") {
      serve();
    } else {
      print_timings(arguments[i]);
    }
  }
}

}
}

int main(int argc, char** argv) {
  try {
    conv4j::baseline::run({argv + 1, argv + argc});
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << "conv4j_baseline: " << failure.what() << std::endl;
    return 2;
  }
}
