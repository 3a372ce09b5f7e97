package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.Engines;
import org.conv4j.engine.Fallback;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.OpTypes;
import org.conv4j.engine.Scratchpad;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.random.RandomOps;
import org.conv4j.testkit.random.RandomOps.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Kernels write no further than the scratchpad that they asked for. */
class ScratchpadTest {
  private static final byte UNTOUCHED = 0x5a;
  private static final int GUARD = 1 << 20;

  /** oneDNN's strided kernel writes a pixel of all channels too far, which many make visible. */
  @ParameterizedTest
  @CsvSource({"3, 2, 2", "5, 2, 4", "4, 3, 5", "6, 4, 1", "5, 4, 9", "4, 2, 3", "3, 3, 4"})
  void transposedConvolutionsOfManyChannels(int kernel, int stride, int length) {
    IntTuple none = IntTuple.of(0);
    Window window =
        new Window(IntTuple.of(kernel), IntTuple.of(stride), IntTuple.of(1), none, none);
    Shape output = Shape.of(1, (length - 1L) * stride + kernel, 3);
    check(new Deconvolution(Shape.of(1, length, 20_000), output, window, false, Activation.LINEAR));
  }

  @ParameterizedTest
  @EnumSource
  void randomOps(Kind kind) {
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      check(RandomOps.small(random, List.of(Activation.LINEAR, Activation.RELU)).next(kind));
    }
  }

  @Test
  void theGuardIsSeen() {
    try (Scratchpad scratchpad = guarded(8)) {
      scratchpad.buffer(GUARD).put(9, (byte) 0);
      assertThat(firstTouched(scratchpad, 8)).isEqualTo(9);
    }
  }

  private static void check(Op op) {
    List<Tensor> constants = tensors(op.constants());
    List<Tensor> inputs = tensors(op.inputs());
    for (int threads = 1; threads <= 2; threads++) {
      try (CompiledOp compiled =
              EngineChain.of(Engines.byName(OneDnnEngine.NAME), Fallback.listed())
                  .compile(
                      op,
                      OpTypes.of(op, DataType.FLOAT32),
                      constants,
                      CompileOptions.DEFAULT.withThreads(threads))
                  .op();
          Scratchpad scratchpad = guarded(compiled.scratchpadBytes());
          OpRunner runner = compiled.newRunner(scratchpad);
          Tensor output = Tensor.allocate(DataType.FLOAT32, op.output())) {
        runner.run(inputs.toArray(Tensor[]::new), output);
        assertThat(firstTouched(scratchpad, compiled.scratchpadBytes()))
            .as("%s by %s", op, compiled.implementation())
            .isEqualTo(-1);
      }
    }
    constants.forEach(Tensor::close);
    inputs.forEach(Tensor::close);
  }

  private static List<Tensor> tensors(List<Shape> shapes) {
    List<Tensor> tensors = new ArrayList<>();
    for (Shape shape : shapes) {
      Tensor tensor = Tensor.allocate(DataType.FLOAT32, shape);
      tensor.transform(zero -> 1);
      tensors.add(tensor);
    }
    return tensors;
  }

  private static Scratchpad guarded(long bytes) {
    Scratchpad scratchpad = Scratchpad.allocate(bytes + GUARD);
    ByteBuffer memory = scratchpad.buffer(bytes + GUARD);
    for (int i = 0; i < bytes + GUARD; i++) {
      memory.put(i, UNTOUCHED);
    }
    return scratchpad;
  }

  private static int firstTouched(Scratchpad scratchpad, long bytes) {
    ByteBuffer memory = scratchpad.buffer(bytes + GUARD);
    for (int i = (int) bytes; i < bytes + GUARD; i++) {
      if (memory.get(i) != UNTOUCHED) {
        return i;
      }
    }
    return -1;
  }
}
