package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.NativeThreads;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.OpCase;
import org.junit.jupiter.api.Test;

/** Many callers, whose helpers come from one pool. */
class SharedHelpersTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final int CALLERS = 8;
  private static final int RUNS = 12;
  private static final CompileOptions EXACT = CompileOptions.DEFAULT.withExact(true);

  /** Large enough for helpers, one for each kind of kernel. */
  private static List<Op> ops() {
    Window none = Window.of(IntTuple.of(1, 1));
    Window three = Window.of(IntTuple.of(3, 3));
    Window same = three.withPadding(IntTuple.of(1, 1), IntTuple.of(1, 1));
    return List.of(
        convolution(Shape.of(1, 48, 47, 32), Shape.of(1, 48, 47, 40), none, 1),
        convolution(Shape.of(1, 47, 48, 144), Shape.of(1, 47, 48, 24), none, 1),
        convolution(Shape.of(3, 33, 31, 24), Shape.of(3, 33, 31, 24), same, 1),
        convolution(Shape.of(1, 57, 55, 96), Shape.of(1, 57, 55, 96), same, 96),
        convolution(Shape.of(1, 57, 55, 32), Shape.of(1, 57, 55, 64), same, 32),
        convolution(Shape.of(2, 90, 91, 3), Shape.of(2, 88, 89, 16), three, 1),
        convolution(Shape.of(1, 160, 161, 1), Shape.of(1, 160, 161, 1), same, 1),
        new Deconvolution(
            Shape.of(1, 20, 21, 48),
            Shape.of(1, 40, 42, 24),
            new Window(
                IntTuple.of(2, 2),
                IntTuple.of(2, 2),
                IntTuple.of(1, 1),
                IntTuple.of(0, 0),
                IntTuple.of(0, 0)),
            true,
            Activation.RELU));
  }

  private static Op convolution(Shape input, Shape output, Window window, int groups) {
    return new Convolution(input, output, window, groups, true, Activation.RELU);
  }

  @Test
  void allCallersGetExactResultsWithAnyNumberOfThreads() throws Exception {
    Engine engine = Engines.byName(OneDnnEngine.NAME);
    List<OpCase> cases = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    Random random = new Random(5);
    for (Op op : ops()) {
      OpCase opCase = OpCase.integers(op, random);
      cases.add(opCase);
      expected.add(opCase.run(new ReferenceEngine(), DataType.FLOAT32, EXACT));
    }
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        Random choice = new Random(caller);
        calls.add(
            callers.submit(
                () -> {
                  for (int run = 0; run < RUNS; run++) {
                    int number = choice.nextInt(cases.size());
                    int threads = choice.nextInt(PROCESSORS + 1);
                    assertThat(
                            cases
                                .get(number)
                                .run(engine, DataType.FLOAT32, EXACT.withThreads(threads)))
                        .as("%s with %d threads", cases.get(number).op(), threads)
                        .isEqualTo(expected.get(number));
                  }
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void callersThatComeAndGoLeaveNoThreadsBehind() throws InterruptedException {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
    Engine engine = Engines.byName(OneDnnEngine.NAME);
    OpCase opCase = OpCase.integers(ops().get(0), new Random(6));
    for (int i = 0; i < 100; i++) {
      Thread caller =
          new Thread(() -> opCase.run(engine, DataType.FLOAT32, CompileOptions.DEFAULT));
      caller.start();
      caller.join();
      assertThat(NativeThreads.helpers()).isLessThan(Math.max(2, PROCESSORS));
    }
    NativeThreads.dismiss();
    assertThat(NativeThreads.helpers()).isZero();
  }
}
