package org.conv4j.portable;

import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.op.Convolution;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.OpCase;
import org.conv4j.testkit.Outputs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FarDilationTest {
  private static final int FAR = 1 << 27;

  @ParameterizedTest
  @EnumSource
  void aDilationFarBeyondTheInputTakesNoMemory(DataType dataType) {
    Window window =
        new Window(
            IntTuple.of(3), IntTuple.of(1), IntTuple.of(FAR), IntTuple.of(2 * FAR), IntTuple.of(0));
    Shape sequence = Shape.of(1, 50, 6);
    for (int groups : new int[] {6, 1}) {
      Convolution op =
          new Convolution(sequence, sequence, window, groups, false, Activation.LINEAR);
      OpCase opCase = OpCase.integers(op, new Random(groups));
      Outputs.assertExact(
          op,
          opCase.run(new JavaEngine(), dataType, CompileOptions.DEFAULT),
          opCase.run(new ReferenceEngine(), dataType, CompileOptions.DEFAULT));
    }
  }
}
