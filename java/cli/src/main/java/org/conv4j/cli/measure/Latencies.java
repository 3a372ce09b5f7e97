package org.conv4j.cli.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long the runs of a model took. */
public final class Latencies {
  private static final int[] PERCENTILES = {50, 90, 99};

  private final long[] sorted;

  /** Takes the times of single runs in nanoseconds. */
  public Latencies(long[] nanoseconds) {
    sorted = nanoseconds.clone();
    Arrays.sort(sorted);
  }

  /** Microseconds that so many of a hundred runs did not exceed: the nearest-rank percentile. */
  public double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(rank, 1) - 1] * 1e-3;
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%d runs, microseconds: min %.1f", runs(), least()));
    for (int percent : PERCENTILES) {
      text.append(String.format(Locale.ROOT, ", p%d %.1f", percent, percentile(percent)));
    }
    return text.append(String.format(Locale.ROOT, ", max %.1f", percentile(100))).toString();
  }

  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("min", least());
    for (int percent : PERCENTILES) {
      fields.put("p" + percent, percentile(percent));
    }
    fields.put("max", percentile(100));
    return fields;
  }

  public int runs() {
    return sorted.length;
  }

  private double least() {
    return sorted[0] * 1e-3;
  }
}
