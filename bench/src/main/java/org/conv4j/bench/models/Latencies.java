package org.conv4j.bench.models;

import java.util.Arrays;

/**
 * How long the calls of a library took, beside so many busy processes.
 *
 * @param model the network
 * @param subject the library
 * @param threads how many threads it was given
 * @param busy how many processes did nothing but keep a processor busy
 * @param milliseconds the time of each call, the fastest first
 */
public record Latencies(
    String model, String subject, int threads, int busy, double[] milliseconds) {
  /**
   * Sorts the times.
   *
   * @param model see {@link #model}
   * @param subject see {@link #subject}
   * @param threads see {@link #threads}
   * @param busy see {@link #busy}
   * @param milliseconds see {@link #milliseconds}
   */
  public Latencies {
    milliseconds = milliseconds.clone();
    Arrays.sort(milliseconds);
  }

  /**
   * Returns a time that a share of the calls did not exceed.
   *
   * @param share from 0 to 1
   * @return milliseconds
   */
  public double percentile(double share) {
    int index = (int) Math.ceil(share * milliseconds.length) - 1;
    return milliseconds[Math.max(0, index)];
  }
}
