package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.OpCase;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.random.Activations;
import org.conv4j.testkit.random.RandomOps;
import org.junit.jupiter.api.Test;

/**
 * Eight threads compile random networks and ops for two engines with random numbers of threads, run
 * each other's plans, close their own at any time, and interrupt each other: all results are exact,
 * and nothing hangs. Ten seconds, or {@code -Dconv4j.stress.minutes=N}.
 */
class StressTest {
  private static final int MINUTES = Integer.getInteger("conv4j.stress.minutes", 0);
  private static final int THREADS = 8;
  private static final int PLANS = 2 * THREADS;
  private static final int MOST_SESSIONS = 4;
  private static final long PATIENCE = TimeUnit.MINUTES.toMillis(2);
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final CompileOptions EXACT = CompileOptions.DEFAULT.withExact(true);

  /** Ops that do not round whole numbers. */
  private static final List<RandomOps.Kind> KINDS =
      List.of(
          RandomOps.Kind.CONVOLUTION,
          RandomOps.Kind.DEPTHWISE_CONVOLUTION,
          RandomOps.Kind.CONVOLUTION_WITH_MANY_FILTERS,
          RandomOps.Kind.POINTWISE_CONVOLUTION,
          RandomOps.Kind.DECONVOLUTION,
          RandomOps.Kind.CONCAT,
          RandomOps.Kind.ELTWISE,
          RandomOps.Kind.INNER_PRODUCT,
          RandomOps.Kind.MAT_MUL,
          RandomOps.Kind.PAD,
          RandomOps.Kind.PERMUTE,
          RandomOps.Kind.PRELU,
          RandomOps.Kind.SCALE,
          RandomOps.Kind.SLICE);

  /** What the threads do, counted. */
  private enum Act {
    COMPILE,
    CLOSE_PLAN,
    RUN_OP,
    OPEN_SESSION,
    MEET_CLOSED_PLAN,
    RUN,
    RUN_INTERRUPTED,
    CLOSE_SESSION,
    INTERRUPT
  }

  private final List<Engine> engines =
      List.of(Engines.byName(OneDnnEngine.NAME), Engines.byName("java"));

  /** Each belongs to one thread, which replaces it; all run it. */
  private final AtomicReferenceArray<SharedPlan> plans = new AtomicReferenceArray<>(PLANS);

  private final Thread[] threads = new Thread[THREADS];
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private long end;

  private final class Stressed implements Runnable {
    private final int number;
    private final Random random;
    private final Deque<SharedPlan.Caller> sessions = new ArrayDeque<>();
    private final Map<Act, Integer> done = new EnumMap<>(Act.class);

    private Stressed(int number) {
      this.number = number;
      random = new Random(20260118 + number);
    }

    @Override
    public void run() {
      try {
        while (System.nanoTime() - end < 0 && failure.get() == null) {
          act();
        }
      } catch (Throwable thrown) {
        failure.compareAndSet(null, thrown);
      } finally {
        sessions.forEach(SharedPlan.Caller::close);
      }
    }

    private void act() {
      switch (random.nextInt(60)) {
        case 0 -> replacePlan();
        case 1 -> closePlan();
        case 2 -> runOp();
        case 3, 4, 5, 6 -> openSession();
        case 7 -> interrupt();
        case 8, 9 -> runInterrupted();
        case 10, 11 -> Thread.interrupted();
        default -> {
          SharedPlan.Caller session = sessions.pollFirst();
          if (session != null) {
            sessions.addLast(session);
            session.run();
            count(Act.RUN);
          }
        }
      }
    }

    private void count(Act act) {
      done.merge(act, 1, Integer::sum);
    }

    private Engine engine() {
      return engines.get(random.nextInt(engines.size()));
    }

    private CompileOptions options() {
      int wish = random.nextInt(PROCESSORS + 3);
      return wish == PROCESSORS + 2
          ? EXACT.withMode(PerformanceMode.THROUGHPUT)
          : EXACT.withThreads(wish);
    }

    private void replacePlan() {
      SharedPlan drawn = SharedPlan.draw(random.nextLong(), engine(), options());
      closeIfThere(plans.getAndSet(ownPlan(), drawn));
      count(Act.COMPILE);
    }

    private int ownPlan() {
      return number + THREADS * random.nextInt(PLANS / THREADS);
    }

    /** Where the others still find it. */
    private void closePlan() {
      closeIfThere(plans.get(ownPlan()));
      count(Act.CLOSE_PLAN);
    }

    private void runOp() {
      RandomOps ops =
          random.nextInt(3) == 0
              ? RandomOps.large(random, Activations.WHOLE)
              : RandomOps.small(random, Activations.WHOLE);
      OpCase opCase = OpCase.integers(ops.next(KINDS.get(random.nextInt(KINDS.size()))), random);
      Engine engine = engine();
      CompileOptions options = options();
      Outputs.assertExact(
          "%s on %s with %s".formatted(opCase.op(), engine.name(), options),
          opCase.run(engine, DataType.FLOAT32, options),
          opCase.run(new ReferenceEngine(), DataType.FLOAT32, EXACT));
      count(Act.RUN_OP);
    }

    private void openSession() {
      SharedPlan shared = plans.get(random.nextInt(PLANS));
      if (shared == null) {
        return;
      }
      if (sessions.size() == MOST_SESSIONS) {
        sessions.removeFirst().close();
        count(Act.CLOSE_SESSION);
      }
      try {
        sessions.addLast(shared.newCaller());
        count(Act.OPEN_SESSION);
      } catch (IllegalStateException closed) {
        assertThat(closed).hasMessage("This plan is closed.");
        count(Act.MEET_CLOSED_PLAN);
      }
    }

    private void interrupt() {
      threads[random.nextInt(THREADS)].interrupt();
      count(Act.INTERRUPT);
    }

    /** A run must not take an interrupt that is meant for its caller. */
    private void runInterrupted() {
      SharedPlan.Caller session = sessions.peekFirst();
      if (session != null) {
        Thread.currentThread().interrupt();
        session.run();
        assertThat(Thread.currentThread().isInterrupted()).as("still interrupted").isTrue();
        count(Act.RUN_INTERRUPTED);
      }
    }
  }

  private static void closeIfThere(SharedPlan plan) {
    if (plan != null) {
      plan.close();
    }
  }

  @Test
  void plansAndSessionsOfEightThreadsStayExact() throws Exception {
    assumeTrue(NativeLibrary.isAvailable(), "needs a number of threads");
    long seconds = MINUTES > 0 ? TimeUnit.MINUTES.toSeconds(MINUTES) : 10;
    end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Stressed> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(new Stressed(i));
      threads[i] = new Thread(all.get(i), "stressed-" + i);
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(TimeUnit.NANOSECONDS.toMillis(Math.max(0, end - System.nanoTime())) + PATIENCE);
      assertThat(thread.isAlive() ? stacks() : "").as("what hangs").isEmpty();
    }
    for (int i = 0; i < PLANS; i++) {
      closeIfThere(plans.get(i));
    }
    if (failure.get() != null) {
      throw new AssertionError("One of the threads failed", failure.get());
    }
    for (Act act : Act.values()) {
      int times = all.stream().mapToInt(one -> one.done.getOrDefault(act, 0)).sum();
      if (MINUTES > 0) {
        System.out.println(act + " " + times);
      }
      assertThat(times).as("how often they did %s", act).isPositive();
    }
  }

  private static String stacks() {
    StringBuilder text = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach(
            (thread, trace) -> text.append(thread).append(Arrays.toString(trace)).append('\n'));
    return text.toString();
  }
}
