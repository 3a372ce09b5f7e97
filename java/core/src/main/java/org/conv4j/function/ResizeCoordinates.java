package org.conv4j.function;

/** Where output {@code i} of {@code m} lies among {@code n} inputs, along each spatial axis. */
public enum ResizeCoordinates {
  /**
   * At {@code (i + 0.5) * n / m - 0.5}: pixels are areas whose centres are sampled. The nearest
   * input is the one at {@code floor((i + 0.5) * n / m)}. Keras's.
   */
  HALF_PIXEL,
  /** At {@code i * n / m}; the nearest input is the one below. TensorFlow.js's. */
  ASYMMETRIC,
  /**
   * At {@code i * (n - 1) / (m - 1)}: the outermost outputs are the outermost inputs. A single
   * output is the first input. Halves are rounded up to the nearest input.
   */
  ALIGN_CORNERS
}
