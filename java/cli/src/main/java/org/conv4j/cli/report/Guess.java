package org.conv4j.cli.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.cli.data.Labels;

/**
 * One of the classes that a network takes an image for.
 *
 * @param index the class
 * @param label what it is called
 * @param score what the network gives for it
 */
record Guess(int index, String label, double score) {
  /** The classes with the highest scores, best first; a NaN is worse than any number. */
  static List<Guess> best(double[] scores, Labels labels, int count) {
    Comparator<Integer> byScore =
        Comparator.comparingDouble(
            i -> Double.isNaN(scores[i]) ? Double.NEGATIVE_INFINITY : scores[i]);
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(byScore.reversed())
        .limit(count)
        .map(i -> new Guess(i, labels.name(i), scores[i]))
        .toList();
  }
}
