package org.conv4j.image;

/** The values of a network's output that are shown as black and as white. */
public enum ValueRange {
  /** From 0 to 1, as a sigmoid returns them. */
  ZERO_TO_ONE(0, 1, "0..1"),
  /** From -1 to 1, as a hyperbolic tangent returns them. */
  MINUS_ONE_TO_ONE(-1, 1, "-1..1"),
  /** From 0 to 255, as they are in image files. */
  ZERO_TO_255(0, 255, "0..255");

  private static final int WHITE = 255;

  private final double black;
  private final double white;
  private final String text;

  ValueRange(double black, double white, String text) {
    this.black = black;
    this.white = white;
    this.text = text;
  }

  /** The level of a value: 0 for black, 255 for white, and less or more beyond these. */
  double level(double value) {
    return (value - black) / (white - black) * WHITE;
  }

  /**
   * Returns the spelling of the command line.
   *
   * @return for example {@code 0..1}
   */
  @Override
  public String toString() {
    return text;
  }
}
