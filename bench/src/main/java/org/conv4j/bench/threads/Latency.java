package org.conv4j.bench.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.conv4j.bench.cases.Operands;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.notation.BenchCase;
import org.conv4j.plan.Plan;
import org.conv4j.plan.PlanStep;
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

  private static final int RESTED_CALLS = 3;

  /** What a ratio of equal plans is measured to stay below. */
  private static final double NOISE = 1.03;

  /**
   * Measures a case.
   *
   * @param benchCase the case
   * @param dataType the type to compute with
   * @param engine the engine
   * @param turns how often and how long to time
   * @param rest how many milliseconds the caller sleeps before each call; 0 to call in a row
   * @return the comparison
   */
  public static Latency of(
      BenchCase benchCase, DataType dataType, Engine engine, Turns turns, int rest) {
    List<Pair> pairs = new ArrayList<>();
    List<PlanStep> steps = List.of();
    for (int round = 0; round < turns.rounds(); round++) {
      CompileOptions options = CompileOptions.DEFAULT;
      try (Operands operands = Operands.of(benchCase, dataType);
          Tensor output = Tensor.allocate(dataType, benchCase.output());
          Plan alone = operands.compile(benchCase, dataType, engine, options.withThreads(1));
          Plan helped = operands.compile(benchCase, dataType, engine, options);
          Caller first = new Caller(alone, List.of(operands.input()), List.of(output));
          Caller second = new Caller(helped, List.of(operands.input()), List.of(output))) {
        long firstCalls = rest > 0 ? RESTED_CALLS : first.callsIn(turns.nanoseconds());
        long secondCalls = rest > 0 ? RESTED_CALLS : second.callsIn(turns.nanoseconds());
        pairs.addAll(
            turns.pairs(
                () -> microseconds(first, firstCalls, rest),
                () -> microseconds(second, secondCalls, rest)));
        steps = helped.steps();
      }
    }
    return new Latency(
        benchCase.id(),
        steps.stream().map(step -> "" + step.threads()).collect(Collectors.joining("+")),
        steps.stream().anyMatch(step -> step.threads() > 1),
        Ratios.of(pairs));
  }

  private static double microseconds(Caller caller, long calls, int rest) {
    long nanoseconds = rest > 0 ? caller.callRested(calls, rest) : caller.call(calls);
    return nanoseconds / NANOSECONDS_PER_MICROSECOND / calls;
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
