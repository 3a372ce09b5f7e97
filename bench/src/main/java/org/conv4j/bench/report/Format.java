package org.conv4j.bench.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers are printed. */
final class Format {
  static final String NONE = "-";

  private Format() {}

  static String microseconds(OptionalDouble value) {
    return value.isEmpty() ? NONE : significant(value.getAsDouble());
  }

  static String ratio(OptionalDouble value) {
    return value.isEmpty() ? NONE : format(value.getAsDouble() < 10 ? "%.2f" : "%.0f", value);
  }

  static String percent(OptionalDouble value) {
    return value.isEmpty() ? NONE : format("%.0f%%", OptionalDouble.of(value.getAsDouble() * 100));
  }

  /** Three digits that matter. */
  static String significant(double value) {
    String pattern = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, pattern, value);
  }

  private static String format(String pattern, OptionalDouble value) {
    return String.format(Locale.ROOT, pattern, value.getAsDouble());
  }
}
