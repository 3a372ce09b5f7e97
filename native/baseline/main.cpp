// Times oneDNN called from C++, the baseline for Java.
//
//   conv4j_baseline [--threads N] FILE...   prints one line of JSON for each case of the files
//   conv4j_baseline [--threads N] --serve   obeys requests, one a line, each answered by one line:
//     case FILE NOTATION   prepares a case in a file's memory   -> ready IMPLEMENTATION
//     run CALLS            runs it                              -> the nanoseconds that this took
//                          if a request fails                   -> error MESSAGE
// The file is laid out as placement.hpp says. A rival process that shares it works in the very same
// pages of memory: which pages a process gets changes the time of some kernels by 15%.

#include <omp.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "descriptor.hpp"
#include "mapping.hpp"
#include "placement.hpp"
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
    const std::size_t bytes = place(source).bytes;
    const Buffer block(bytes, kPage);
    std::fill_n(block.floats(), bytes / sizeof(float), 1.0f);
    const Chain chain(source, block.data());
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

class Server {
 public:
  std::string answer(const std::string& request) {
    std::istringstream words(request);
    std::string verb;
    words >> verb;
    if (verb == "case") {
      return prepare(&words);
    }
    std::int64_t calls = 0;
    if (verb == "run" && words >> calls && chain_) {
      return std::to_string(time_runs(*chain_, calls));
    }
    throw std::invalid_argument("cannot do this: " + request);
  }

 private:
  std::string prepare(std::istream* words) {
    std::string path;
    std::string notation;
    *words >> path;
    std::getline(*words >> std::ws, notation);
    const Case source = parse_case(notation);
    chain_.reset();
    block_ = std::make_unique<Mapping>(path, place(source).bytes);
    chain_ = std::make_unique<Chain>(source, block_->data());
    return "ready " + chain_->implementation();
  }

  std::unique_ptr<Mapping> block_;
  std::unique_ptr<Chain> chain_;
};

void serve() {
  Server server;
  for (std::string request; std::getline(std::cin, request);) {
    try {
      std::cout << server.answer(request) << std::endl;
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
