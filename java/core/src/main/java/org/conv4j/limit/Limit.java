package org.conv4j.limit;

import java.util.Locale;
import org.conv4j.error.LimitExceededException;

/** What is limited. */
public enum Limit {
  /** Calls of layers and models with what they take, counted wherever a nested model is used. */
  NODES("calls of layers and tensors that they take, counted wherever a nested model is used"),
  /** Characters of the paths of layers. */
  NAMES("characters in the paths of its layers"),
  /** Steps of a program before it is optimised. */
  STEPS("steps"),
  /** Bytes of the numbers that a program's constants are computed to before it runs. */
  CONSTANT_BYTES("bytes of computed constants"),
  /** Bytes of a compiled plan's weights and of one session's buffers and outputs. */
  PLAN_BYTES("bytes of memory for weights, buffers and outputs");

  private final String unit;
  private final String property;

  Limit(String unit) {
    this.unit = unit;
    StringBuilder camel = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
      camel.append(camel.length() == 0 ? word.charAt(0) : Character.toUpperCase(word.charAt(0)));
      camel.append(word, 1, word.length());
    }
    property = "conv4j.limit." + camel;
  }

  /**
   * Returns the system property that sets the limit for a whole process.
   *
   * @return for example {@code conv4j.limit.constantBytes}
   */
  public String property() {
    return property;
  }

  LimitExceededException exceeded(String what, long most) {
    return new LimitExceededException(
        "%s takes more than %d %s, which is the limit %s; to raise it, give Limits.with(Limit.%s, n) or start Java with -D%s=n."
            .formatted(what, most, unit, this, this, property));
  }
}
