package org.conv4j.cli.measure;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.cli.data.RandomTensors;
import org.conv4j.cli.data.TensorList;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.tensor.Tensor;

/** Times the steps of a plan. */
public final class StepTimes {
  private static final int WARM_UP = 5;
  private static final int LEAST_RUNS = 11;
  private static final int MOST_RUNS = 201;
  private static final long BUDGET_NANOSECONDS = 1_000_000_000;

  private StepTimes() {}

  /** The median of each step's time over runs on random inputs, in seconds. */
  public static double[] measure(Plan plan) {
    RandomTensors random = new RandomTensors("explain", plan.dataType());
    try (Session session = plan.newSession();
        TensorList inputs = TensorList.of(plan.inputShapes(), random::next);
        TensorList outputs = TensorList.outputs(plan)) {
      return medians(session, inputs.toArray(), outputs.toArray());
    }
  }

  private static double[] medians(Session session, Tensor[] inputs, Tensor[] outputs) {
    for (int i = 0; i < WARM_UP; i++) {
      session.run(inputs, outputs);
    }
    int steps = session.plan().steps().size();
    List<long[]> runs = new ArrayList<>();
    long start = System.nanoTime();
    while (runs.size() < LEAST_RUNS
        || (runs.size() < MOST_RUNS && System.nanoTime() - start < BUDGET_NANOSECONDS)) {
      long[] times = new long[steps];
      session.profile(inputs, outputs, times);
      runs.add(times);
    }
    double[] medians = new double[steps];
    for (int step = 0; step < steps; step++) {
      int index = step;
      long[] sorted = runs.stream().mapToLong(times -> times[index]).sorted().toArray();
      medians[step] = Math.max(sorted[sorted.length / 2], 1) * 1e-9;
    }
    return medians;
  }
}
