package org.conv4j.bench.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.conv4j.bench.Operands;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.engine.Plan;
import org.conv4j.error.Conv4jException;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The calls per second of many callers in THROUGHPUT mode against those of one caller for each
 * processor whose plan has one thread, by turns in one process.
 *
 * @param id the case
 * @param callsPerSecond first of one caller for each processor, second of the many
 */
public record Throughput(String id, Ratios callsPerSecond) {
  /** The share of the throughput that more callers than processors must keep. */
  public static final double LEAST_RATIO = 0.95;

  /** A window holds this many calls of each caller, so that its ragged end is 1% of it. */
  private static final int LEAST_CALLS = 50;

  /**
   * Measures a case.
   *
   * @param benchCase the case
   * @param dataType the type to compute with
   * @param engine the engine
   * @param callers the number of callers in THROUGHPUT mode
   * @param pairs how many pairs of windows
   * @param milliseconds the least duration of a window
   * @return the comparison
   */
  public static Throughput of(
      BenchCase benchCase,
      DataType dataType,
      Engine engine,
      int callers,
      int pairs,
      int milliseconds) {
    int processors = Runtime.getRuntime().availableProcessors();
    CompileOptions options = CompileOptions.DEFAULT;
    try (Operands operands = Operands.of(benchCase, dataType);
        Crew few =
            new Crew(benchCase, operands, dataType, engine, options.withThreads(1), processors);
        Crew many =
            new Crew(
                benchCase,
                operands,
                dataType,
                engine,
                options.withMode(PerformanceMode.THROUGHPUT),
                callers)) {
      long window = Math.max(milliseconds * 1_000_000L, LEAST_CALLS * many.nanosecondsPerCall());
      double[] firsts = new double[pairs];
      double[] seconds = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        // Taking turns at being first cancels a drift of the processor's speed.
        if (i % 2 == 0) {
          firsts[i] = few.callsPerSecond(window);
          seconds[i] = many.callsPerSecond(window);
        } else {
          seconds[i] = many.callsPerSecond(window);
          firsts[i] = few.callsPerSecond(window);
        }
      }
      return new Throughput(benchCase.id(), Ratios.of(firsts, seconds));
    }
  }

  /**
   * Returns whether the many callers lose too much.
   *
   * @return true if the median ratio is below {@link #LEAST_RATIO}
   */
  public boolean isTooLow() {
    return callsPerSecond.ratio() < LEAST_RATIO;
  }

  /** Callers that run at the same time, each in a thread of its own. Owns all that they use. */
  private static final class Crew implements AutoCloseable {
    private final Plan plan;
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();
    private final ExecutorService threads;
    private final CyclicBarrier start;

    private Crew(
        BenchCase benchCase,
        Operands operands,
        DataType dataType,
        Engine engine,
        CompileOptions options,
        int size) {
      plan = Plan.compile(benchCase.program(operands.constants()), dataType, engine, options);
      for (int i = 0; i < size; i++) {
        Tensor input = operands.input().copyAs(dataType);
        Tensor output = Tensor.allocate(dataType, benchCase.output());
        tensors.add(input);
        tensors.add(output);
        callers.add(new Caller(plan, input, output));
      }
      threads = Executors.newFixedThreadPool(size);
      start = new CyclicBarrier(size);
    }

    long nanosecondsPerCall() {
      Caller caller = callers.get(0);
      caller.call();
      return caller.call(1);
    }

    /** All calls that began within a window, by the time until the last of them ended. */
    double callsPerSecond(long nanoseconds) {
      List<Callable<Shift>> tasks = new ArrayList<>();
      for (Caller caller : callers) {
        tasks.add(() -> work(caller, nanoseconds));
      }
      List<Shift> shifts = new ArrayList<>();
      try {
        for (Future<Shift> future : threads.invokeAll(tasks)) {
          shifts.add(future.get());
        }
      } catch (InterruptedException | ExecutionException failure) {
        throw new Conv4jException("A caller failed: " + failure.getMessage(), failure);
      }
      long calls = shifts.stream().mapToLong(Shift::calls).sum();
      long begin = shifts.stream().mapToLong(Shift::begin).min().orElseThrow();
      long end = shifts.stream().mapToLong(Shift::end).max().orElseThrow();
      return calls / ((end - begin) * 1e-9);
    }

    private Shift work(Caller caller, long nanoseconds)
        throws InterruptedException, BrokenBarrierException {
      start.await();
      long begin = System.nanoTime();
      long calls = 0;
      long now;
      do {
        caller.call();
        calls++;
        now = System.nanoTime();
      } while (now - begin < nanoseconds);
      return new Shift(begin, now, calls);
    }

    @Override
    public void close() {
      threads.shutdownNow();
      callers.forEach(Caller::close);
      tensors.forEach(Tensor::close);
      plan.close();
    }
  }

  private record Shift(long begin, long end, long calls) {}
}
