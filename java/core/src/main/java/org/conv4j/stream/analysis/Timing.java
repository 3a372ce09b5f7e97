package org.conv4j.stream.analysis;

/**
 * How many frames of a value are final once so many frames of the signal have arrived. The steps
 * from one period of the network to the next are all the same.
 *
 * @param period after how many frames of the signal everything repeats
 * @param rate frames of the value for a period
 * @param counts by frames of the signal from 0 up to a period, the final frames of the value;
 *     negative numbers stand for frames in front of the first
 */
public record Timing(int period, long rate, long[] counts) {
  public static Timing signal() {
    return new Timing(1, 1, new long[] {0});
  }

  public long count(long signalFrames) {
    if (period == 1) {
      // Divisions take longer than a small network.
      return signalFrames * rate + counts[0];
    }
    int phase = (int) Math.floorMod(signalFrames, (long) period);
    return Math.floorDiv(signalFrames, (long) period) * rate + counts[phase];
  }

  /** The same in a network of a longer period. */
  public Timing over(int longer) {
    long[] all = new long[longer];
    for (int i = 0; i < longer; i++) {
      all[i] = count(i);
    }
    return new Timing(longer, rate * (longer / period), all);
  }

  /** Comes later by so many frames of the value. */
  public Timing heldBack(long frames) {
    if (frames == 0) {
      return this;
    }
    long[] later = counts.clone();
    for (int i = 0; i < later.length; i++) {
      later[i] -= frames;
    }
    return new Timing(period, rate, later);
  }

  /** The fewest frames of the signal after which no more frames in front of the first are due. */
  public long start() {
    return arrival(0);
  }

  /** The fewest frames of the signal, none or more, after which there are so many of the value. */
  public long arrival(long frames) {
    long least = 0;
    long most = 1;
    while (count(most) < frames) {
      least = most;
      most *= 2;
    }
    while (least < most) {
      long middle = (least + most) / 2;
      if (count(middle) >= frames) {
        most = middle;
      } else {
        least = middle + 1;
      }
    }
    return least;
  }
}
