package org.conv4j.bench.stream;

/**
 * What frames of a stream take, and what recomputing the window takes that they follow from.
 *
 * @param network the network's name
 * @param frames how many frames come at once
 * @param streamNanoseconds the least time of a call
 * @param windowNanoseconds the least time to recompute the window
 * @param ratio the median of the ratios of the second to the first, measured by turns
 * @param streamProducts the multiply-adds of a call
 * @param windowProducts those of the window
 */
public record StreamMeasurement(
    String network,
    int frames,
    double streamNanoseconds,
    double windowNanoseconds,
    double ratio,
    long streamProducts,
    long windowProducts) {
  /**
   * Returns how many times as much is multiplied to recompute the window.
   *
   * @return the ratio
   */
  public double productRatio() {
    return (double) windowProducts / streamProducts;
  }
}
