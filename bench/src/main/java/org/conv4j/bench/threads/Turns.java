package org.conv4j.bench.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * How often and how long to measure.
 *
 * @param rounds how often a case is prepared anew; another time, its memory lies elsewhere, which
 *     changes times by more than most of what is looked for here
 * @param pairsPerRound how often both ways are measured in a round
 * @param nanoseconds the least duration of one measurement
 */
public record Turns(int rounds, int pairsPerRound, long nanoseconds) {
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
