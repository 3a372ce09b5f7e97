package org.conv4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.conv4j.activation.Activation;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.OpTypes;
import org.conv4j.engine.Scratchpad;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.State;
import org.conv4j.lowering.Step;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.plan.Plan;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

class PredictorTest {
  /** The reference engine, which remembers the lengths it compiled for. */
  private static final class Recording implements Engine {
    private final Engine reference = new ReferenceEngine();
    private final List<Long> compiled = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch entered = new CountDownLatch(2);

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    /** Compiling waits for it, if there is one. */
    private volatile CountDownLatch gate;

    @Override
    public String name() {
      return "recording";
    }

    @Override
    public Set<DataType> dataTypes() {
      return reference.dataTypes();
    }

    @Override
    public Compilation compile(
        Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest) {
      compiled.add(op.input().dim(1));
      entered.countDown();
      CountDownLatch closedGate = gate;
      if (closedGate != null) {
        try {
          closedGate.await();
        } catch (InterruptedException interrupted) {
          throw new IllegalStateException(interrupted);
        }
      }
      mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
      return Compilation.of(
          new Counted(reference.compile(op, types, constants, options, rest).op(), open));
    }
  }

  /** An op that tells when it is closed. */
  private record Counted(CompiledOp op, AtomicInteger open) implements CompiledOp {
    @Override
    public String kernel() {
      return op.kernel();
    }

    @Override
    public String implementation() {
      return op.implementation();
    }

    @Override
    public long scratchpadBytes() {
      return op.scratchpadBytes();
    }

    @Override
    public OpRunner newRunner(Scratchpad scratchpad) {
      return op.newRunner(scratchpad);
    }

    @Override
    public void close() {
      op.close();
      open.decrementAndGet();
    }
  }

  private final Recording engine = new Recording();

  private Predictor predictor(int maxPlans) {
    Model model =
        Model.of(Conv1D.of(1, 1).useBias(false), Weights.of(Tensor.of(Shape.of(1, 1, 1), 2f)));
    return new Predictor(model, DataType.FLOAT32, engine, CompileOptions.DEFAULT, maxPlans);
  }

  private static void predict(Predictor predictor, int length, float value) {
    float[] values = new float[length];
    java.util.Arrays.fill(values, value);
    try (Tensor input = Tensor.of(Shape.of(1, length, 1), values);
        Tensor output = predictor.predict(input)) {
      assertThat(output.shape()).isEqualTo(input.shape());
      assertThat(output.toFloatArray()).containsOnly(2 * value);
    }
  }

  @Test
  void aShapeIsCompiledOnceAndTheLeastRecentlyUsedOneIsDropped() {
    try (Predictor predictor = predictor(2)) {
      for (int length : new int[] {1, 2, 1, 3, 1, 2}) {
        predict(predictor, length, 1);
      }
    }
    assertThat(engine.compiled).containsExactly(1L, 2L, 3L, 2L);
  }

  @Test
  void thousandsOfSizesTakeNoMoreMemoryThanTheLargestFew() {
    Random random = new Random(1);
    int maxPlans = 4;
    try (Predictor predictor = predictor(maxPlans)) {
      for (int i = 0; i < 3_000; i++) {
        predict(predictor, 1 + random.nextInt(1_000), i);
      }
      assertThat(engine.compiled).hasSizeGreaterThan(2_500);
      // One more while a new plan takes the place of another.
      assertThat(engine.mostOpen.get()).isLessThanOrEqualTo(maxPlans + 1);
    }
    assertThat(engine.open.get()).isZero();
  }

  @Test
  void manyThreadsGetTheirOwnResultsWhilePlansAreEvicted() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Predictor predictor = predictor(2)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int call = i;
        calls.add(
            () -> {
              predict(predictor, call % 5 + 1, call);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(calls)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aNewShapeDoesNotHoldUpTheOthers() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Predictor predictor = predictor(2)) {
      predict(predictor, 1, 1);
      engine.gate = new CountDownLatch(1);
      Future<?> compiling = thread.submit(() -> predict(predictor, 2, 1));
      engine.entered.await();
      predict(predictor, 1, 3);
      assertThat(compiling.isDone()).isFalse();
      engine.gate.countDown();
      compiling.get();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void aShapeThatCannotBeCompiledIsRefusedEachTime() {
    try (Predictor predictor = predictor(2);
        Tensor input = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, 2));
        Tensor output = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, 1))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> predictor.predict(input, output))
            .isInstanceOf(ShapeMismatchException.class);
      }
      predict(predictor, 3, 1);
    }
  }

  @Test
  void aClosedPredictorRefusesAndClosesTwice() {
    Predictor predictor = predictor(1);
    predict(predictor, 3, 1);
    predictor.close();
    predictor.close();
    assertThatThrownBy(() -> predict(predictor, 3, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPredictorMustKeepAPlan() {
    assertThatThrownBy(() -> predictor(0)).hasMessageContaining("given 0");
  }

  @Test
  void namesInAModelAreUniqueAndAModelIsNotEmpty() {
    Weights weights = Weights.of(Tensor.of(Shape.of(1, 1, 1), 2f));
    SequentialBuilder builder = Model.sequential().add(Conv1D.of(1, 1), weights);
    assertThatThrownBy(() -> builder.add(Conv1D.of(1, 1), weights))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining("'conv1d'");
    assertThatThrownBy(() -> Model.sequential().build())
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void aPlanThatKeepsStateIsRefused() {
    Shape shape = Shape.of(1, 2);
    ValueType type = ValueType.of(DataType.FLOAT32, shape);
    Op op = new Eltwise(shape, Activation.LINEAR);
    Program program =
        new Program(
            List.of(type),
            Map.of(),
            List.of(new State(1, type, 2)),
            List.of(
                new Step("next", op, List.of(0), 2, List.of()),
                new Step("result", op, List.of(1), 3, List.of())),
            List.of(3),
            List.of(shape));
    Plan plan = Plan.compile(program, new ReferenceEngine(), CompileOptions.DEFAULT);
    assertThatThrownBy(() -> Predictor.stateless(plan))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("session");
    assertThatThrownBy(plan::newSession).isInstanceOf(IllegalStateException.class);
  }
}
