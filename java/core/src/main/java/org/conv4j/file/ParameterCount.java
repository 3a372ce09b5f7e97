package org.conv4j.file;

/**
 * How many numbers are in the weights of a layer or model.
 *
 * @param trainable in weights that are trained
 * @param nonTrainable in weights that are frozen, averaged or adapted
 */
public record ParameterCount(long trainable, long nonTrainable) {
  /** Of a layer without weights. */
  public static final ParameterCount NONE = new ParameterCount(0, 0);

  /**
   * Returns the number of all.
   *
   * @return the sum
   */
  public long total() {
    return trainable + nonTrainable;
  }

  /**
   * Adds the numbers of another layer.
   *
   * @param other what is added
   * @return the sums
   */
  public ParameterCount plus(ParameterCount other) {
    return new ParameterCount(trainable + other.trainable, nonTrainable + other.nonTrainable);
  }
}
