package org.conv4j.onednn.choice;

import org.conv4j.machine.Machine;

/**
 * From which size on it was measured to pay to run ops between convolutions in another way.
 *
 * @param padChannels the least channels that a padding pays for as a convolution: with fewer, its
 *     vectors are mostly empty, and plain Java is as fast
 * @param shortLine lines of as many elements reach four fifths of the bandwidth of {@code longLine}
 * @param longLine lines that are as fast as longer ones
 * @param leastRepeated with fewer elements, repeating a vector costs more than it saves
 */
public record PrimitiveCosts(int padChannels, int shortLine, int longLine, int leastRepeated) {
  private static final PrimitiveCosts ZEN4 = new PrimitiveCosts(8, 256, 1024, 100_000);

  /** Returns the table for a machine. Only {@link Machine#ZEN4} has been measured. */
  public static PrimitiveCosts of(Machine machine) {
    return ZEN4;
  }
}
