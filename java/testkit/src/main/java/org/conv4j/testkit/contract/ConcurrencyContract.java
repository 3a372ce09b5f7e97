package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.error.Conv4jException;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.model.Predictor;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.cases.SmallCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans and predictors serve many threads at once; a session serves one and says so. */
abstract class ConcurrencyContract extends Contract {
  private static final int THREADS = 8;
  private static final int RUNS = 200;
  private static final int LARGE_RUNS = 5;
  private static final int EXCHANGES = 5000;

  ConcurrencyContract(EngineContract whole) {
    super(whole);
  }

  @Test
  void onePlanServesEightThreadsExactly() throws Exception {
    try (SmallCase small = new SmallCase(engine(), reference())) {
      atOnce(
          thread -> {
            try (Session session = small.plan.newSession()) {
              for (int run = 0; run < RUNS; run++) {
                small.assertRuns(session);
              }
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPlanLargeEnoughForHelpersServesEightThreadsExactly(PerformanceMode mode) throws Exception {
    assumeTrue(
        mode == PerformanceMode.LATENCY || whole().setsThreads(), "needs a number of threads");
    LayerCase large =
        new LayerCase(Conv2D.of(32, 3).padding(Padding.SAME), Shape.of(1, 20, 20, 32));
    CompileOptions options = CompileOptions.DEFAULT.withExact(true).withMode(mode);
    try (CaseData data = large.integers(1);
        Plan plan =
            data.model().compile(data.input().shape(), DataType.FLOAT32, engine(), options)) {
      double[] expected = data.run(reference(), DataType.FLOAT32);
      atOnce(
          thread -> {
            try (Session session = plan.newSession();
                Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
              for (int run = 0; run < LARGE_RUNS; run++) {
                session.run(data.input(), output);
                Outputs.assertExact(large, output.toDoubleArray(), expected);
              }
            }
          });
    }
  }

  @Test
  void onePredictorServesEightThreadsWithDifferentShapesExactly() throws Exception {
    try (SmallCase small = new SmallCase(engine(), reference());
        Predictor predictor =
            new Predictor(
                small.data.model(), DataType.FLOAT32, engine(), CompileOptions.DEFAULT, 3)) {
      atOnce(
          thread -> {
            Shape shape = Shape.of(1 + thread % 4, 6, 5, 3);
            long images = shape.dim(0);
            try (Tensor input = repeat(small.data.input(), shape, images)) {
              double[] expected = repeat(small.expected, images);
              for (int run = 0; run < RUNS; run++) {
                try (Tensor output = predictor.predict(input)) {
                  Outputs.assertExact(shape, output.toDoubleArray(), expected);
                }
              }
            }
          });
    }
  }

  @Test
  void aSharedSessionIsExactOrRefuses() throws Exception {
    AtomicInteger exact = new AtomicInteger();
    try (SmallCase small = new SmallCase(engine(), reference());
        Session session = small.plan.newSession()) {
      atOnce(
          thread -> {
            for (int run = 0; run < RUNS; run++) {
              try {
                small.assertRuns(session);
                exact.incrementAndGet();
              } catch (IllegalStateException refused) {
                assertThat(refused).hasMessageContaining("Another thread");
              }
            }
          });
      assertThat(exact).hasPositiveValue();
    }
  }

  @Test
  void closingWhatOthersUseNeverBreaksARun() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (SmallCase small = new SmallCase(engine(), reference())) {
        Session shared = small.plan.newSession();
        atOnce(
            thread -> {
              try {
                if (thread == 0) {
                  small.plan.close();
                  shared.close();
                } else if (thread % 2 == 0) {
                  small.assertRuns(shared);
                } else {
                  try (Session own = small.plan.newSession()) {
                    small.assertRuns(own);
                  }
                }
              } catch (IllegalStateException refused) {
                assertThat(refused).hasMessageMatching(".*(closed|Another thread).*");
              }
            });
        shared.close();
      }
    }
  }

  @Test
  void arraysThatAnotherThreadChangesAreHarmless() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (SmallCase small = new SmallCase(engine(), reference());
        Session session = small.plan.newSession();
        Tensor output = small.newOutput();
        Tensor tiny = Tensor.allocate(DataType.FLOAT32, Shape.of(1))) {
      Tensor[] inputs = {small.data.input()};
      Tensor[] outputs = {output};
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  inputs[0] = List.of(small.data.input(), tiny, output).get(i % 3);
                  outputs[0] = i % 2 == 0 ? output : tiny;
                  inputs[0] = i % 4 == 0 ? null : small.data.input();
                  outputs[0] = output;
                }
              });
      small.assertRuns(session);
      output.copyFrom(small.expected);
      try {
        for (int run = 0; run < EXCHANGES; run++) {
          runOrRefuse(session, inputs, outputs);
          Outputs.assertExact(SmallCase.CASE, output.toDoubleArray(), small.expected);
        }
      } finally {
        done.set(true);
        other.get();
      }
    }
  }

  private static void runOrRefuse(Session session, Tensor[] inputs, Tensor[] outputs) {
    try {
      session.run(inputs, outputs);
    } catch (Conv4jException refused) {
      assertThat(refused).hasMessageMatching("The (in|out)put .*");
    }
  }

  private interface Task {
    void run(int thread);
  }

  private static void atOnce(Task task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        futures.add(
            executor.submit(
                () -> {
                  start.await();
                  task.run(thread);
                  return null;
                }));
      }
      for (Future<?> future : futures) {
        join(future);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void join(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException failure) {
      throw new AssertionError(failure.getCause());
    }
  }

  private static Tensor repeat(Tensor input, Shape shape, long times) {
    return Tensor.allocate(DataType.FLOAT32, shape).copyFrom(repeat(input.toDoubleArray(), times));
  }

  private static double[] repeat(double[] values, long times) {
    double[] repeated = new double[Math.toIntExact(values.length * times)];
    for (int i = 0; i < times; i++) {
      System.arraycopy(values, 0, repeated, i * values.length, values.length);
    }
    return repeated;
  }
}
