package org.conv4j.notation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conv4j.error.MalformedCaseException;
import org.conv4j.shape.IntTuple;

/**
 * The numbers of one benchdnn descriptor, for example {@code mb1ic64ih56oc64oh56kh3ph1}, and the
 * name that may follow them.
 *
 * <p>A letter pair such as {@code kh} is a quantity and an axis. An axis that is left out takes the
 * value of the axis before it, so that square kernels and images are written once.
 */
final class Descriptor {
  /** All axes; a descriptor of two spatial dimensions uses the last two. */
  static final List<String> AXES = List.of("d", "h", "w");

  private static final List<String> SCALARS = List.of("g", "mb", "ic", "oc");
  private static final List<String> QUANTITIES = List.of("i", "o", "k", "s", "p", "d");
  private static final Pattern NUMBER = Pattern.compile("([a-z]+)(\\d+)");
  private static final Pattern NAME = Pattern.compile("n\"([^\"]*)\"$");

  private final String text;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> axes;
  private String name = "";

  Descriptor(String text) {
    this.text = text;
    Matcher matcher = NUMBER.matcher(text);
    int at = 0;
    while (matcher.find(at) && matcher.start() == at) {
      add(matcher.group(1), matcher.group(2));
      at = matcher.end();
    }
    if (at < text.length()) {
      Matcher named = NAME.matcher(text).region(at, text.length());
      if (!named.lookingAt()) {
        throw malformed("'" + text.substring(at) + "' is neither a number nor a name");
      }
      name = named.group(1);
    }
    axes =
        AXES.stream()
            .filter(axis -> numbers.containsKey("i" + axis))
            .findFirst()
            .map(first -> AXES.subList(AXES.indexOf(first), AXES.size()))
            .orElseThrow(() -> malformed("'iw', 'ih' or 'id' is missing"));
    for (String key : numbers.keySet()) {
      if (!SCALARS.contains(key) && !axes.contains(key.substring(1))) {
        throw malformed("'" + key + "' is given without 'i" + key.substring(1) + "'");
      }
    }
  }

  private void add(String key, String digits) {
    boolean known =
        SCALARS.contains(key)
            || key.length() == 2
                && QUANTITIES.contains(key.substring(0, 1))
                && AXES.contains(key.substring(1));
    if (!known) {
      throw malformed("'" + key + "' is not a quantity of the notation");
    }
    if (digits.length() > 9) {
      throw malformed("'" + key + "' must be below 10^9; given " + digits);
    }
    if (numbers.put(key, Integer.valueOf(digits)) != null) {
      throw malformed("'" + key + "' is given twice");
    }
  }

  String name() {
    return name;
  }

  int rank() {
    return axes.size();
  }

  int scalar(String key) {
    Integer value = numbers.get(key);
    if (value == null) {
      throw malformed("'" + key + "' is missing");
    }
    return requirePositive(key, value);
  }

  int scalar(String key, int otherwise) {
    return requirePositive(key, numbers.getOrDefault(key, otherwise));
  }

  /** One quantity on every axis, at least 1. */
  IntTuple sizes(String quantity) {
    int[] values = values(quantity, 0);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 0 && !numbers.containsKey(quantity + axes.get(i))) {
        throw malformed("'" + quantity + axes.get(i) + "' is missing");
      }
      requirePositive(quantity + axes.get(i), values[i]);
    }
    return IntTuple.of(values);
  }

  /** One quantity on every axis, with the value that it has where no axis gives it. */
  IntTuple sizes(String quantity, int otherwise) {
    int[] values = values(quantity, otherwise);
    Arrays.stream(values).forEach(value -> requirePositive(quantity, value));
    return IntTuple.of(values);
  }

  /** One quantity on every axis, 0 where no axis gives it. */
  IntTuple offsets(String quantity) {
    return IntTuple.of(values(quantity, 0));
  }

  private int[] values(String quantity, int otherwise) {
    int[] values = new int[axes.size()];
    int inherited = otherwise;
    for (int i = 0; i < values.length; i++) {
      inherited = numbers.getOrDefault(quantity + axes.get(i), inherited);
      values[i] = inherited;
    }
    return values;
  }

  private int requirePositive(String key, int value) {
    if (value < 1) {
      throw malformed("'" + key + "' must be at least 1; given " + value);
    }
    return value;
  }

  MalformedCaseException malformed(String problem) {
    return new MalformedCaseException("The case '" + text + "': " + problem + ".");
  }
}
