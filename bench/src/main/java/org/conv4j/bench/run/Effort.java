package org.conv4j.bench.run;

/**
 * How long to measure.
 *
 * @param forks processes for each measurement; 0 measures inside this one
 * @param warmups rounds before the measured ones
 * @param iterations measured rounds in each process
 * @param milliseconds the length of a round; a run that takes longer is one round
 */
public record Effort(int forks, int warmups, int iterations, int milliseconds) {
  /** For numbers that are published. */
  public static final Effort FULL = new Effort(1, 4, 7, 400);

  /** To see that everything runs. */
  public static final Effort SMOKE = new Effort(1, 1, 3, 50);

  /**
   * The least length of a round before the measured ones. Compilers of the JVM run beside the calls
   * of the first second, for up to 0.3 s at a time, on a processor that two threads then lack: with
   * two processors, depthwise 3x3 of 64 channels then took 80 to 120 microseconds instead of 42.
   */
  private static final int WARM_UP = 300;

  /** How long a round before the measured ones is. */
  int warmupMilliseconds() {
    return Math.max(WARM_UP, milliseconds);
  }

  /** The plain loops of the reference engine are slow and need no precision. */
  Effort forReference() {
    return new Effort(Math.min(1, forks), Math.min(1, warmups), Math.min(3, iterations), 50);
  }
}
