package org.conv4j.stream.analysis;

import java.util.HashMap;
import java.util.Map;

/** How many frames each value has for a period of the signal, after which everything repeats. */
final class Rates {
  /** So many plans of single frames are compiled. */
  private static final int MAX_PERIOD = 256;

  private final int period;
  private final Map<Integer, Long> rates = new HashMap<>();

  /** Finds them in a program for a signal that is {@link Lowerings#LENGTH} longer than another. */
  Rates(TimedProgram program) {
    long common = 1;
    rates.put(0, Lowerings.LENGTH);
    for (TimedStep step : program.steps()) {
      if (step.hasTime()) {
        long growth = program.growth(step.step().output());
        rates.put(step.step().output(), growth);
        long each = growth < 1 ? MAX_PERIOD + 1 : Lowerings.LENGTH / gcd(growth, Lowerings.LENGTH);
        common = common / gcd(common, each) * each;
        if (common > MAX_PERIOD) {
          throw step.refusal(
              "strides up to here repeat after more than %d frames of the signal, or never"
                  .formatted(MAX_PERIOD));
        }
      }
    }
    period = (int) common;
    long periods = periods();
    rates.replaceAll((value, frames) -> frames / periods);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  int period() {
    return period;
  }

  /** How many periods the middle of the signal is behind its begin. */
  long periods() {
    return Lowerings.LENGTH / period;
  }

  /** The frames of a value for a period. */
  long of(int value) {
    return rates.get(value);
  }

  /** The first frame of a value behind the middle of the signal. */
  long middle(int value) {
    return periods() * of(value);
  }
}
