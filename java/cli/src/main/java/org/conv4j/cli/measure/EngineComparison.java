package org.conv4j.cli.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.conv4j.engine.Engine;
import org.conv4j.plan.Plan;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/**
 * What came out of running the same thing on several engines.
 *
 * @param name what was run
 * @param outputShape the shape of its output
 * @param implementation how the first engine ran it
 * @param maxError the largest difference between the first engine and the last, divided by the
 *     largest magnitude of the last one's output
 * @param flops the operations of one run
 * @param seconds the time of one run by engine, in the order of the engines
 */
public record EngineComparison(
    String name,
    Shape outputShape,
    String implementation,
    double maxError,
    long flops,
    Map<String, Double> seconds) {
  private static final double BUDGET_SECONDS = 0.15;

  /** Runs a plan of each engine on an input; the last one is the one to agree with. */
  static EngineComparison of(
      String name, List<Engine> engines, Function<Engine, Plan> compile, Tensor input) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    Plan first = null;
    double[] firstOutput = null;
    double[] lastOutput = null;
    try {
      for (Engine engine : engines) {
        Plan plan = compile.apply(engine);
        try (Tensor output = Tensor.allocate(plan.dataType(), plan.outputShape())) {
          seconds.put(engine.name(), Timing.secondsPerRun(plan, input, output, BUDGET_SECONDS));
          lastOutput = output.toDoubleArray();
        } finally {
          if (first != null) {
            plan.close();
          }
        }
        if (first == null) {
          first = plan;
          firstOutput = lastOutput;
        }
      }
      return new EngineComparison(
          name,
          first.outputShape(),
          Implementations.of(first),
          relativeError(firstOutput, lastOutput),
          first.flops(),
          seconds);
    } finally {
      if (first != null) {
        first.close();
      }
    }
  }

  public double gigaflopsPerSecond() {
    return flops / seconds.values().iterator().next() * 1e-9;
  }

  private static double relativeError(double[] actual, double[] expected) {
    double error = 0;
    double magnitude = Double.MIN_NORMAL;
    for (int i = 0; i < expected.length; i++) {
      // A NaN is never lost in a maximum.
      error = Math.max(error, Math.abs(actual[i] - expected[i]));
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
    }
    return error / magnitude;
  }
}
