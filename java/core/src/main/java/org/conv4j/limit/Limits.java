package org.conv4j.limit;

import org.conv4j.error.InvalidArgumentException;

/**
 * How much of each {@link Limit} a model may take. Whatever takes more ends in a {@link
 * org.conv4j.error.LimitExceededException}. Immutable.
 */
public final class Limits {
  /** Networks have up to some thousand layers and steps; one of oneDNN takes 35 KB. */
  private static final long[] DEFAULTS = {100_000, 1 << 26, 25_000, 1 << 27, Long.MAX_VALUE};

  /**
   * 100,000 nodes, 64 Mi characters of names, 25,000 steps, 128 MiB of computed constants, and as
   * much memory as can be had, unless system properties say otherwise; see {@link Limit#property}.
   */
  public static final Limits DEFAULT = ofProperties();

  private final long[] most;

  private Limits(long[] most) {
    this.most = most;
  }

  private static Limits ofProperties() {
    long[] most = DEFAULTS.clone();
    for (Limit limit : Limit.values()) {
      most[limit.ordinal()] = Long.getLong(limit.property(), most[limit.ordinal()]);
    }
    return new Limits(most);
  }

  /**
   * Sets a limit.
   *
   * @param limit which
   * @param value the most that is allowed
   * @return changed limits
   * @throws InvalidArgumentException if it is negative
   */
  public Limits with(Limit limit, long value) {
    if (value < 0) {
      throw new InvalidArgumentException(
          "The limit %s must be at least 0; given %d.".formatted(limit, value));
    }
    long[] changed = most.clone();
    changed[limit.ordinal()] = value;
    return new Limits(changed);
  }

  /**
   * Returns a limit.
   *
   * @param limit which
   * @return the most that is allowed
   */
  public long of(Limit limit) {
    return most[limit.ordinal()];
  }

  /**
   * Starts counting.
   *
   * @param limit what is counted
   * @param what whose use is counted, at the start of a sentence, for example {@code The program}
   * @return a count of nothing yet
   */
  public Budget budget(Limit limit, String what) {
    return new Budget(limit, of(limit), what);
  }
}
