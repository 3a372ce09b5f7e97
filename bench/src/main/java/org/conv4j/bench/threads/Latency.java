package org.conv4j.bench.threads;

import java.util.stream.Collectors;
import org.conv4j.bench.Operands;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Plan;
import org.conv4j.engine.PlanStep;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The time of a call in LATENCY mode against that with one thread, by turns in one process, on the
 * same tensors.
 *
 * @param id the case
 * @param threads the threads of the plan's steps, joined by {@code +}
 * @param helped whether any step has more than one
 * @param microseconds of one call: first with one thread, second in LATENCY mode
 */
public record Latency(String id, String threads, boolean helped, Ratios microseconds) {
  private static final double NANOSECONDS_PER_MICROSECOND = 1e3;

  /** What a ratio of equal plans is measured to stay below. */
  private static final double NOISE = 1.03;

  /**
   * Measures a case.
   *
   * @param benchCase the case
   * @param dataType the type to compute with
   * @param engine the engine
   * @param pairs how many pairs of batches
   * @param milliseconds the least duration of a batch
   * @return the comparison
   */
  public static Latency of(
      BenchCase benchCase, DataType dataType, Engine engine, int pairs, int milliseconds) {
    CompileOptions all = CompileOptions.DEFAULT;
    try (Operands operands = Operands.of(benchCase, dataType);
        Tensor output = Tensor.allocate(dataType, benchCase.output());
        Plan alone = compile(benchCase, operands, dataType, engine, all.withThreads(1));
        Plan helped = compile(benchCase, operands, dataType, engine, all);
        Caller first = new Caller(alone, operands.input(), output);
        Caller second = new Caller(helped, operands.input(), output)) {
      return new Latency(
          benchCase.id(),
          helped.steps().stream()
              .map(step -> String.valueOf(step.threads()))
              .collect(Collectors.joining("+")),
          helped.steps().stream().mapToInt(PlanStep::threads).anyMatch(threads -> threads > 1),
          measure(first, second, pairs, milliseconds * 1_000_000L));
    }
  }

  private static Plan compile(
      BenchCase benchCase,
      Operands operands,
      DataType dataType,
      Engine engine,
      CompileOptions options) {
    return Plan.compile(benchCase.program(operands.constants()), dataType, engine, options);
  }

  private static Ratios measure(Caller first, Caller second, int pairs, long nanoseconds) {
    long firstCalls = first.callsIn(nanoseconds);
    long secondCalls = second.callsIn(nanoseconds);
    double[] firsts = new double[pairs];
    double[] seconds = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      // Taking turns at being first cancels a drift of the processor's speed.
      if (i % 2 == 0) {
        firsts[i] = microseconds(first, firstCalls);
        seconds[i] = microseconds(second, secondCalls);
      } else {
        seconds[i] = microseconds(second, secondCalls);
        firsts[i] = microseconds(first, firstCalls);
      }
    }
    return Ratios.of(firsts, seconds);
  }

  private static double microseconds(Caller caller, long calls) {
    return caller.call(calls) / NANOSECONDS_PER_MICROSECOND / calls;
  }

  /**
   * Returns whether the helpers cost more than they brought.
   *
   * @return true if the median ratio is above 1 by more than noise
   */
  public boolean isSlower() {
    return helped && microseconds.ratio() > NOISE;
  }
}
