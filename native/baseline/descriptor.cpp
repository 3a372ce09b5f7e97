#include "descriptor.hpp"

#include <cctype>
#include <map>
#include <optional>
#include <stdexcept>

namespace conv4j::baseline {
namespace {

const std::string kAxes = "dhw";
constexpr std::size_t kMaxDigits = 9;

class Descriptor {
 public:
  explicit Descriptor(const std::string& text) : text_(text) {
    std::size_t at = 0;
    while (at < text.size() && text.compare(at, 2, "n\"") != 0) {
      at = read_number(at);
    }
    if (at < text.size()) {
      if (text.back() != '"' || text.size() < at + 3) {
        fail("the name does not end");
      }
      name_ = text.substr(at + 2, text.size() - at - 3);
    }
    for (first_axis_ = 0; first_axis_ < kAxes.size(); first_axis_++) {
      if (find({'i', kAxes[first_axis_]})) {
        return;
      }
    }
    fail("'iw', 'ih' or 'id' is missing");
  }

  const std::string& name() const { return name_; }

  std::int64_t scalar(const std::string& key, std::optional<std::int64_t> otherwise = {}) const {
    const std::optional<std::int64_t> found = find(key);
    const std::int64_t value = found ? *found : otherwise.value_or(0);
    if (value < 1) {
      fail("'" + key + "' must be at least 1");
    }
    return value;
  }

  Sizes quantity(char letter, std::int64_t otherwise, std::int64_t least) const {
    Sizes values;
    std::int64_t inherited = otherwise;
    for (std::size_t axis = first_axis_; axis < kAxes.size(); axis++) {
      inherited = find({letter, kAxes[axis]}).value_or(inherited);
      if (inherited < least) {
        fail(std::string("'") + letter + kAxes[axis] + "' is missing or too small");
      }
      values.push_back(inherited);
    }
    return values;
  }

  [[noreturn]] void fail(const std::string& problem) const {
    throw std::invalid_argument("the case '" + text_ + "': " + problem);
  }

 private:
  std::size_t read_number(std::size_t at) {
    std::size_t digits = at;
    while (digits < text_.size() && std::islower(static_cast<unsigned char>(text_[digits]))) {
      digits++;
    }
    std::size_t end = digits;
    while (end < text_.size() && std::isdigit(static_cast<unsigned char>(text_[end]))) {
      end++;
    }
    if (digits == at || end == digits || end - digits > kMaxDigits) {
      fail("'" + text_.substr(at) + "' is neither a number nor a name");
    }
    const std::int64_t value = std::stoll(text_.substr(digits, end - digits));
    if (!numbers_.emplace(text_.substr(at, digits - at), value).second) {
      fail("'" + text_.substr(at, digits - at) + "' is given twice");
    }
    return end;
  }

  std::optional<std::int64_t> find(const std::string& key) const {
    const auto found = numbers_.find(key);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }

  std::string text_;
  std::string name_;
  std::map<std::string, std::int64_t> numbers_;
  std::size_t first_axis_ = 0;
};

Problem to_problem(const Descriptor& descriptor, bool transposed) {
  Problem p;
  p.transposed = transposed;
  p.batch = descriptor.scalar("mb");
  p.groups = descriptor.scalar("g", 1);
  p.channels = descriptor.scalar("ic");
  p.filters = descriptor.scalar("oc");
  if (p.channels % p.groups != 0 || p.filters % p.groups != 0 || (transposed && p.groups > 1)) {
    descriptor.fail("'g' does not fit 'ic' and 'oc'");
  }
  p.input = descriptor.quantity('i', 0, 1);
  p.output = descriptor.quantity('o', 0, 1);
  p.kernel = descriptor.quantity('k', 0, 1);
  p.stride = descriptor.quantity('s', 1, 1);
  p.dilation = descriptor.quantity('d', 0, 0);
  p.pad_begin = descriptor.quantity('p', 0, 0);
  for (std::size_t i = 0; i < p.rank(); i++) {
    // A transposed convolution is a convolution that runs from its output to its input.
    const std::int64_t large = transposed ? p.output[i] : p.input[i];
    const std::int64_t small = transposed ? p.input[i] : p.output[i];
    const std::int64_t span = (p.kernel[i] - 1) * (p.dilation[i] + 1) + 1;
    const std::int64_t end = (small - 1) * p.stride[i] + span - large - p.pad_begin[i];
    if (p.pad_begin[i] >= span || end >= span || end <= -p.stride[i]) {
      descriptor.fail("the sizes contradict each other");
    }
    p.pad_end.push_back(end);
  }
  return p;
}

std::string strip(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  return first == std::string::npos
             ? ""
             : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool follows(const Problem& next, const Problem& previous) {
  return next.batch == previous.batch && next.channels == previous.filters &&
         next.input == previous.output;
}

}

Case parse_case(const std::string& line) {
  static const std::string kThen = " + ";
  Case result;
  for (std::size_t at = 0; at != std::string::npos;) {
    const std::size_t end = line.find(kThen, at);
    const std::string part = strip(line.substr(at, end == std::string::npos ? end : end - at));
    at = end == std::string::npos ? end : end + kThen.size();
    const bool transposed = part.rfind("--deconv ", 0) == 0;
    if (!transposed && part.rfind("--conv ", 0) != 0) {
      throw std::invalid_argument("the case '" + part + "': it must start with --conv or --deconv");
    }
    const Descriptor descriptor(strip(part.substr(part.find(' '))));
    result.name = descriptor.name();
    result.problems.push_back(to_problem(descriptor, transposed));
    const std::size_t count = result.problems.size();
    if (count > 1 && !follows(result.problems[count - 1], result.problems[count - 2])) {
      descriptor.fail("it must read what the part before it writes");
    }
  }
  result.problems.back().bias = true;
  if (result.name.empty()) {
    result.name = strip(line);
  }
  return result;
}

}
