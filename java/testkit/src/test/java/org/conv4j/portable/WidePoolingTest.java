package org.conv4j.portable;

import java.util.List;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.function.PoolingKind;
import org.conv4j.op.Pooling;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.OpCase;
import org.conv4j.testkit.cases.Outputs;
import org.junit.jupiter.api.Test;

class WidePoolingTest {
  /** To look at each tap for each output would take 42 billion looks. */
  @Test
  void isPlannedWithoutLookingAtEachTap() {
    pooling(Shape.of(3, 6, 2), Shape.of(3, 84201, 2), 505196, 6, 1, 505195);
  }

  @Test
  void tapsInsideAreCountedBeyondStridesAndDilation() {
    Pooling op = pooling(Shape.of(1, 5, 2), Shape.of(1, 4, 2), 4, 2, 3, 6);
    OpCase opCase = OpCase.integers(op, new Random(1));
    Outputs.assertExact(
        op,
        opCase.run(new JavaEngine(), DataType.FLOAT64, CompileOptions.DEFAULT),
        opCase.run(new ReferenceEngine(), DataType.FLOAT64, CompileOptions.DEFAULT));
  }

  private static Pooling pooling(
      Shape input, Shape output, int kernel, int stride, int dilation, int padding) {
    Window window =
        new Window(
            IntTuple.of(kernel),
            IntTuple.of(stride),
            IntTuple.of(dilation),
            IntTuple.of(padding),
            IntTuple.of(padding));
    Pooling op = new Pooling(input, output, window, PoolingKind.AVERAGE);
    new JavaEngine().compileAlone(op, DataType.FLOAT32, List.of(), CompileOptions.DEFAULT).close();
    return op;
  }
}
