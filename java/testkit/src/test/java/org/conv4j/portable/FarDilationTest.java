package org.conv4j.portable;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.OpCase;
import org.conv4j.testkit.cases.Outputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @EnumSource
  void stridesFarBeyondTheInputTakeNoMemory(DataType dataType) {
    int stride = 45766086;
    Window window =
        new Window(
            IntTuple.of(4),
            IntTuple.of(stride),
            IntTuple.of(1),
            IntTuple.of(0),
            IntTuple.of(1 << 29));
    for (int groups : new int[] {8, 1}) {
      Convolution op =
          new Convolution(
              Shape.of(7, 127, 8), Shape.of(7, 12, 8), window, groups, false, Activation.LINEAR);
      OpCase opCase = OpCase.integers(op, new Random(groups));
      Outputs.assertExact(
          op,
          opCase.run(new JavaEngine(), dataType, CompileOptions.DEFAULT),
          opCase.run(new ReferenceEngine(), dataType, CompileOptions.DEFAULT));
    }
  }

  /** 131072 taps and 32767 residues: to compare each with each would take seconds. */
  @Test
  void manyTapsFindTheirResiduesAtOnce() {
    int taps = 131072;
    Window window =
        new Window(
            IntTuple.of(taps),
            IntTuple.of(32767),
            IntTuple.of(1),
            IntTuple.of(taps - 1),
            IntTuple.of(-8));
    Convolution op =
        new Convolution(
            Shape.of(1, taps, 1), Shape.of(1, 4, 1), window, 1, false, Activation.LINEAR);
    OpCase opCase = OpCase.integers(op, new Random(1));
    Outputs.assertExact(
        op,
        opCase.run(new JavaEngine(), DataType.FLOAT64, CompileOptions.DEFAULT),
        opCase.run(new ReferenceEngine(), DataType.FLOAT64, CompileOptions.DEFAULT));
  }

  /** Two taps a million apart on 5 elements; 86046 taps on 3 rows of 1. */
  @ParameterizedTest
  @CsvSource({"5, 2, 1048576, 1, 54", "1, 86046, 1, 2, 8"})
  void tapsThatHardlyMeetAnInputAreRefused(
      int extent, int kernel, int dilation, int stride, int channels) {
    Window window =
        new Window(
            IntTuple.of(kernel),
            IntTuple.of(stride),
            IntTuple.of(dilation),
            IntTuple.of(0),
            IntTuple.of(0));
    Shape input = Shape.of(3, extent, channels);
    Shape output = Shape.of(3, (extent - 1) * stride + (kernel - 1) * dilation + 1, channels);
    Deconvolution op = new Deconvolution(input, output, window, false, Activation.LINEAR);
    try (Tensor weights = Tensor.allocate(DataType.FLOAT32, op.constants().get(0))) {
      assertThatThrownBy(
              () ->
                  new JavaEngine()
                      .compileAlone(op, DataType.FLOAT32, List.of(weights), CompileOptions.DEFAULT))
          .isInstanceOf(UnsupportedByEngineException.class)
          .hasMessageContaining("taps");
    }
  }
}
