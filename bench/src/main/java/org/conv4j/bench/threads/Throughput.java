package org.conv4j.bench.threads;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.bench.cases.Operands;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.error.Conv4jException;
import org.conv4j.notation.BenchCase;
import org.conv4j.plan.Plan;
import org.conv4j.tensor.DataType;

/**
 * The calls per second of many callers in THROUGHPUT mode against those of one caller for each
 * processor whose plan has one thread, by turns in one process.
 *
 * <p>Both serve the same requests: the few take turns with the tensors of the many, as the many do
 * with the processors. If each had its own only, the many would need more cache, which costs some
 * cases a tenth, however many threads serve them.
 *
 * @param id the case
 * @param callsPerSecond first of one caller for each processor, second of the many
 */
public record Throughput(String id, Ratios callsPerSecond) {
  /** The share of the throughput that more callers than processors must keep. */
  public static final double LEAST_RATIO = 0.95;

  /** A window holds this many calls of a caller, so that those at its edges weigh little. */
  private static final int LEAST_CALLS = 20;

  /**
   * Measures a case.
   *
   * @param benchCase the case
   * @param dataType the type to compute with
   * @param engine the engine
   * @param callers the number of callers in THROUGHPUT mode, at least 1
   * @param turns how often and how long to count
   * @return the comparison
   */
  public static Throughput of(
      BenchCase benchCase, DataType dataType, Engine engine, int callers, Turns turns) {
    if (callers < 1) {
      throw new Conv4jException("There must be at least 1 caller; given " + callers + ".");
    }
    int processors = Runtime.getRuntime().availableProcessors();
    CompileOptions alone = CompileOptions.DEFAULT.withThreads(1);
    CompileOptions shared = CompileOptions.DEFAULT.withMode(PerformanceMode.THROUGHPUT);
    List<Pair> pairs = new ArrayList<>();
    for (int round = 0; round < turns.rounds(); round++) {
      try (Operands operands = Operands.of(benchCase, dataType);
          Plan first = operands.compile(benchCase, dataType, engine, alone);
          Plan second = operands.compile(benchCase, dataType, engine, shared);
          CallerTensors tensors =
              new CallerTensors(operands, second, Math.max(callers, processors));
          Crew few = new Crew(first, tensors, processors);
          Crew many = new Crew(second, tensors, callers)) {
        long window = Math.max(turns.nanoseconds(), LEAST_CALLS * few.nanosecondsPerCall());
        pairs.addAll(
            turns.pairs(() -> few.callsPerSecond(window), () -> many.callsPerSecond(window)));
      }
    }
    return new Throughput(benchCase.id(), Ratios.of(pairs));
  }

  /**
   * Returns whether the many callers lose too much.
   *
   * @return true if the median ratio is below {@link #LEAST_RATIO}
   */
  public boolean isTooLow() {
    return callsPerSecond.ratio() < LEAST_RATIO;
  }
}
