package org.conv4j.onednn.primitive.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engines;
import org.conv4j.function.BinaryFunction;
import org.conv4j.onednn.OneDnnEngine;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.op.Binary;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.OpCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Short lines and a vector, large enough for the vector to be repeated. */
class RepeatedVectorTest {
  private static final Shape IMAGE = Shape.of(1, 56, 60, 33);
  private static final Shape BATCH = Shape.of(3, 25, 28, 96);

  static Stream<Binary> ops() {
    return Stream.of(
        new Binary(IMAGE, Shape.of(1, 1, 1, 33), BinaryFunction.MULTIPLY, Activation.LINEAR),
        new Binary(Shape.of(1, 1, 1, 33), IMAGE, BinaryFunction.ADD, Activation.RELU),
        new Binary(IMAGE, Shape.of(1, 1, 1, 33), BinaryFunction.SUBTRACT, Activation.LINEAR),
        new Binary(BATCH, Shape.of(3, 1, 1, 96), BinaryFunction.MULTIPLY, Activation.LINEAR),
        new Binary(Shape.of(3, 1, 1, 96), BATCH, BinaryFunction.MULTIPLY, Activation.RELU6),
        new Binary(BATCH, Shape.of(1, 1, 1, 96), BinaryFunction.MULTIPLY, Activation.LINEAR));
  }

  @ParameterizedTest
  @MethodSource("ops")
  void everyLineMeetsItsVector(Binary op) {
    OpCase opCase = OpCase.integers(op, new Random(7));
    if (op.activation() == Activation.LINEAR) {
      opCase.inputs().get(0)[5] = Double.NaN;
      opCase.inputs().get(1)[7] = Double.NEGATIVE_INFINITY;
    }
    for (int threads = 1; threads <= 2; threads++) {
      double[] actual =
          opCase.run(
              new OneDnnEngine(),
              DataType.FLOAT32,
              CompileOptions.DEFAULT.withThreads(NativeLibrary.isAvailable() ? threads : 0));
      double[] expected =
          opCase.run(Engines.byName("reference"), DataType.FLOAT32, CompileOptions.DEFAULT);
      assertThat(Arrays.equals(actual, expected)).isTrue();
    }
    try (CompiledOp compiled = compile(op)) {
      assertThat(compiled.kernel()).isEqualTo("binary-repeated");
    }
  }

  @Test
  void fewElementsAndLongLinesNeedNoCopies() {
    Shape vector = Shape.of(1, 1, 1, 32);
    Shape small = Shape.of(1, 14, 14, 32);
    try (CompiledOp op =
        compile(new Binary(small, vector, BinaryFunction.ADD, Activation.LINEAR))) {
      assertThat(op.kernel()).isEqualTo("binary");
    }
    Shape deep = Shape.of(1, 14, 14, 672);
    try (CompiledOp op =
        compile(
            new Binary(deep, Shape.of(1, 1, 1, 672), BinaryFunction.MULTIPLY, Activation.LINEAR))) {
      assertThat(op.kernel()).isEqualTo("binary");
    }
  }

  private static CompiledOp compile(Op op) {
    return new OneDnnEngine().compileAlone(op, DataType.FLOAT32, List.of(), CompileOptions.DEFAULT);
  }
}
