package org.conv4j.shape;

/** Keras's names for how a convolution treats the borders of its input. */
public enum Padding {
  /** No padding: every output sees only input. */
  VALID,
  /** Zeros on both sides, so that stride 1 keeps the size; the odd zero goes to the end. */
  SAME,
  /** Zeros before the first step only: no output sees a later input. One-dimensional only. */
  CAUSAL;

  /**
   * Returns Keras's spelling.
   *
   * @return the lower-case name
   */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
