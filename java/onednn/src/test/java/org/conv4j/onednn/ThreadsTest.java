package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.model.Model;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.NativeThreads;
import org.conv4j.onednn.choice.ThreadCount;
import org.conv4j.op.Convolution;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @Test
  void theThreadsOfACallerAreItsOwnAgainAfterwards() {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
    int before = NativeThreads.get();

    int within = NativeThreads.with(before + 1, NativeThreads::get);

    assertThat(within).isEqualTo(before + 1);
    assertThat(NativeThreads.get()).isEqualTo(before);
  }

  @Test
  void theThreadsOfACallerAreItsOwnAgainAfterAFailure() {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
    int before = NativeThreads.get();

    assertThatThrownBy(
            () ->
                NativeThreads.with(
                    before + 1,
                    () -> {
                      throw new IllegalStateException("wanted");
                    }))
        .hasMessage("wanted");

    assertThat(NativeThreads.get()).isEqualTo(before);
  }

  @Test
  void largeOpsGetWhatIsAskedForUpToTheProcessors() {
    Convolution large = convolution(64, 64);

    assertThat(ThreadCount.of(large, CompileOptions.DEFAULT)).isEqualTo(PROCESSORS);
    assertThat(ThreadCount.of(large, CompileOptions.DEFAULT.withThreads(1))).isEqualTo(1);
    assertThat(ThreadCount.of(large, CompileOptions.DEFAULT.withThreads(PROCESSORS + 1)))
        .isEqualTo(PROCESSORS);
  }

  @Test
  void inThroughputModeEveryOpGetsOneThread() {
    CompileOptions options = CompileOptions.DEFAULT.withMode(PerformanceMode.THROUGHPUT);

    assertThat(ThreadCount.of(convolution(64, 64), options)).isEqualTo(1);
  }

  @Test
  void smallOpsGetOneThread() {
    assertThat(ThreadCount.of(convolution(8, 4), CompileOptions.DEFAULT)).isEqualTo(1);
  }

  @Test
  void openMpReadsTheOuterNumberOfItsVariable() {
    assertThat(ThreadCount.openMpDefault("3,2")).isEqualTo(3);
    assertThat(ThreadCount.openMpDefault(" 4 ")).isEqualTo(4);
    assertThat(ThreadCount.openMpDefault("none")).isEqualTo(PROCESSORS);
    assertThat(ThreadCount.openMpDefault(null)).isEqualTo(PROCESSORS);
  }

  @Test
  void withoutTheLibraryAnotherNumberThanOpenMpsIsAnError() {
    assumeFalse(NativeLibrary.isAvailable(), "needs the native library to be absent");
    int other = ThreadCount.openMpDefault(System.getenv("OMP_NUM_THREADS")) + 1;

    ThreadCount.requireOpenMpDefault(CompileOptions.DEFAULT);
    ThreadCount.requireOpenMpDefault(CompileOptions.DEFAULT.withThreads(other - 1));
    assertThatThrownBy(
            () -> ThreadCount.requireOpenMpDefault(CompileOptions.DEFAULT.withThreads(other)))
        .isInstanceOf(UnsupportedByEngineException.class)
        .hasMessageContainingAll(
            "threads = " + other, "expected " + (other - 1), "OMP_NUM_THREADS=" + other);
  }

  @Test
  void aPlanRunsOnThreadsOfAnotherNumberThanTheOneThatCompiledIt() {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
    Shape input = Shape.of(1, 20, 20, 24);
    try (Tensor kernel = integers(Shape.of(3, 3, 24, 40));
        Tensor bias = integers(Shape.of(40));
        Tensor x = integers(input)) {
      Model model = Model.of(Conv2D.of(40, 3), Weights.of(kernel, bias));
      float[] expected = run(model, x, new ReferenceEngine(), 1, 1);
      for (int compiled = 1; compiled <= PROCESSORS; compiled++) {
        for (int caller : new int[] {1, 2, 8}) {
          assertThat(run(model, x, new OneDnnEngine(), compiled, caller)).isEqualTo(expected);
        }
      }
    }
  }

  private static float[] run(Model model, Tensor x, Engine engine, int compiled, int caller) {
    try (Plan plan =
            model.compile(
                x.shape(),
                DataType.FLOAT32,
                engine,
                CompileOptions.DEFAULT.withThreads(compiled).withExact(true));
        Session session = plan.newSession();
        Tensor y = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      NativeThreads.with(
          caller,
          () -> {
            session.run(x, y);
            return null;
          });
      return y.toFloatArray();
    }
  }

  private static Convolution convolution(int size, int channels) {
    IntTuple one = IntTuple.of(1, 1);
    IntTuple zero = IntTuple.of(0, 0);
    Shape shape = Shape.of(1, size, size, channels);
    return new Convolution(
        shape, shape, new Window(one, one, one, zero, zero), 1, false, ElementwiseFunction.LINEAR);
  }

  private static Tensor integers(Shape shape) {
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, shape);
    AtomicInteger next = new AtomicInteger();
    tensor.transform(ignored -> next.getAndIncrement() * 7 % 11 - 5);
    return tensor;
  }
}
