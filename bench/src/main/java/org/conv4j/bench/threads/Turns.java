package org.conv4j.bench.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.conv4j.error.Conv4jException;

/**
 * How often and how long to measure.
 *
 * @param rounds how often a case is prepared anew; another time, its memory lies elsewhere, which
 *     changes times by more than most of what is looked for here
 * @param pairsPerRound how often both ways are measured in a round
 * @param nanoseconds the least duration of one measurement
 */
public record Turns(int rounds, int pairsPerRound, long nanoseconds) {
  /**
   * Checks that there is something to measure.
   *
   * @param rounds see {@link #rounds}
   * @param pairsPerRound see {@link #pairsPerRound}
   * @param nanoseconds see {@link #nanoseconds}
   */
  public Turns {
    if (rounds < 1 || pairsPerRound < 1) {
      throw new Conv4jException(
          "Rounds and pairs must be at least 1; given %d and %d.".formatted(rounds, pairsPerRound));
    }
  }

  /** Measures two ways by turns. */
  List<Pair> pairs(DoubleSupplier first, DoubleSupplier second) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < pairsPerRound; i++) {
      // Taking turns at being first cancels a drift of the processor's speed.
      if (i % 2 == 0) {
        double one = first.getAsDouble();
        pairs.add(new Pair(one, second.getAsDouble()));
      } else {
        double other = second.getAsDouble();
        pairs.add(new Pair(first.getAsDouble(), other));
      }
    }
    return pairs;
  }
}
