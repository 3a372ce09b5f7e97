package org.conv4j.cli.measure;

import java.util.Arrays;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.tensor.Tensor;

/**
 * Times a plan: the median over batches of runs, after a warm-up. Good for a table at a glance; a
 * claim of speed needs the JMH benchmarks.
 */
final class Timing {
  private static final int BATCHES = 9;

  private Timing() {}

  /**
   * Runs a plan on tensors of its shapes.
   *
   * @param budgetSeconds about how long all batches may take; a slow plan runs twice in any case
   * @return seconds for one run; the output holds the result
   */
  static double secondsPerRun(Plan plan, Tensor input, Tensor output, double budgetSeconds) {
    try (Session session = plan.newSession()) {
      double first = seconds(session, input, output, 1);
      double warm = seconds(session, input, output, 1);
      if (first + warm > budgetSeconds) {
        return Math.min(first, warm);
      }
      long warmUp = (long) (budgetSeconds / 3 / warm);
      double typical = seconds(session, input, output, Math.max(1, warmUp)) / Math.max(1, warmUp);
      int runs = (int) Math.max(1, budgetSeconds / BATCHES / typical);
      double[] batches = new double[BATCHES];
      for (int i = 0; i < BATCHES; i++) {
        batches[i] = seconds(session, input, output, runs) / runs;
      }
      Arrays.sort(batches);
      return batches[BATCHES / 2];
    }
  }

  private static double seconds(Session session, Tensor input, Tensor output, long runs) {
    long start = System.nanoTime();
    for (long i = 0; i < runs; i++) {
      session.run(input, output);
    }
    return (System.nanoTime() - start) * 1e-9;
  }
}
