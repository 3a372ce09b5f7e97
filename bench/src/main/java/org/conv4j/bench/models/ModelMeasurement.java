package org.conv4j.bench.models;

/**
 * One library on one network.
 *
 * @param model the network
 * @param batch how many examples a run is given
 * @param threads the number of threads
 * @param subject the library
 * @param version its version
 * @param milliseconds the median time of a run
 * @param ratio the median of the ratios of its time to conv4j's, measured one right after the other
 * @param fastestMilliseconds the time of the fastest run
 * @param fastestRatio that time divided by conv4j's: what a busy machine disturbs least
 * @param startMilliseconds the median time from starting the process to its first result
 * @param quickStartMilliseconds the median time of a {@link QuickStart}; NaN if there was none
 * @param peakMegabytes the median of the most memory that its processes had, in 10^6 bytes
 * @param error the largest difference from Keras's output, relative to the largest output
 */
public record ModelMeasurement(
    String model,
    int batch,
    int threads,
    String subject,
    String version,
    double milliseconds,
    double ratio,
    double fastestMilliseconds,
    double fastestRatio,
    double startMilliseconds,
    double quickStartMilliseconds,
    double peakMegabytes,
    double error) {
  /** What an output may be off by: the order of sums differs from Keras's. */
  public static final double LARGEST_ERROR = 1e-4;

  /**
   * Returns whether the output is Keras's.
   *
   * @return false also if there is no number in its place
   */
  public boolean withinBound() {
    return error <= LARGEST_ERROR;
  }

  boolean isOfSameSetting(ModelMeasurement other) {
    return model.equals(other.model) && batch == other.batch && threads == other.threads;
  }
}
