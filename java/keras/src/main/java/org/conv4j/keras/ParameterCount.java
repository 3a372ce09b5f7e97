package org.conv4j.keras;

/**
 * How many numbers are in the weights of a layer or model, as Keras's summary counts them.
 *
 * @param trainable in weights that are trained
 * @param nonTrainable in weights that are frozen, averaged or adapted
 */
public record ParameterCount(long trainable, long nonTrainable) {
  static final ParameterCount NONE = new ParameterCount(0, 0);

  /**
   * Returns the number of all.
   *
   * @return the sum
   */
  public long total() {
    return trainable + nonTrainable;
  }

  ParameterCount plus(ParameterCount other) {
    return new ParameterCount(trainable + other.trainable, nonTrainable + other.nonTrainable);
  }
}
