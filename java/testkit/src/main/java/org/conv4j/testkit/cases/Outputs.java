package org.conv4j.testkit.cases;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Comparisons of outputs, with messages that name the first difference and how many there are. */
public final class Outputs {
  private Outputs() {}

  /**
   * Fails unless all elements are equal. Zeros are, whatever their sign.
   *
   * @param what the case, for the message
   * @param actual what an engine returned
   * @param expected what is right
   */
  public static void assertExact(Object what, double[] actual, double[] expected) {
    assertWithin(what, actual, expected, new double[expected.length]);
  }

  /**
   * Fails unless every element is within its bound.
   *
   * @param what the case, for the message
   * @param actual what an engine returned
   * @param expected what is right
   * @param bounds the largest error allowed for each element; not a number where nothing is
   *     promised, as where a sum may overflow
   */
  public static void assertWithin(
      Object what, double[] actual, double[] expected, double[] bounds) {
    if (actual.length != expected.length) {
      throw new AssertionError(
          "%s: %d elements instead of %d".formatted(what, actual.length, expected.length));
    }
    int[] wrong =
        IntStream.range(0, actual.length)
            .filter(
                i -> !Double.isNaN(bounds[i]) && !(Math.abs(actual[i] - expected[i]) <= bounds[i]))
            .toArray();
    if (wrong.length > 0) {
      int first = wrong[0];
      throw new AssertionError(
          "%s: %d of %d elements are wrong, at %s; the first is %s instead of %s, allowed %s"
              .formatted(
                  what,
                  wrong.length,
                  actual.length,
                  Arrays.toString(Arrays.copyOf(wrong, Math.min(wrong.length, 8))),
                  actual[first],
                  expected[first],
                  bounds[first]));
    }
  }
}
