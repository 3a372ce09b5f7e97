package org.conv4j.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.conv4j.activation.Activation;
import org.conv4j.engine.Engines;
import org.conv4j.op.Convolution;
import org.conv4j.op.Op;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JavaEngineTest {
  private static final int DRAWS = 600;

  @Test
  void isFoundByItsName() {
    assertThat(Engines.byName("java")).isInstanceOf(JavaEngine.class);
  }

  @Test
  void isPreferredToTheReference() {
    assertThat(Engines.best(DataType.FLOAT64)).isInstanceOf(JavaEngine.class);
  }

  @ParameterizedTest
  @EnumSource
  void convolvesExactlyAsTheReference(DataType dataType) {
    check(dataType, RandomOps::convolution);
  }

  @ParameterizedTest
  @EnumSource
  void convolvesDepthwiseExactlyAsTheReference(DataType dataType) {
    check(dataType, RandomOps::depthwise);
  }

  @ParameterizedTest
  @EnumSource
  void convolvesWithManyFiltersExactlyAsTheReference(DataType dataType) {
    check(dataType, RandomOps::manyFilters);
  }

  @ParameterizedTest
  @EnumSource
  void convolvesSinglePointsExactlyAsTheReference(DataType dataType) {
    check(dataType, RandomOps::pointwise);
  }

  @ParameterizedTest
  @EnumSource
  void sharesLargeConvolutionsBetweenThreads(DataType dataType) {
    RandomOps ops = new RandomOps(2);
    for (int i = 0; i < 30; i++) {
      SameAsReference.check(ops.large(), dataType);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDilationFarBeyondTheInputTakesNoMemory(DataType dataType) {
    int far = 1 << 27;
    Window window =
        new Window(
            IntTuple.of(3), IntTuple.of(1), IntTuple.of(far), IntTuple.of(2 * far), IntTuple.of(0));
    Shape sequence = Shape.of(1, 50, 6);
    SameAsReference.check(
        new Convolution(sequence, sequence, window, 6, false, Activation.LINEAR), dataType);
    SameAsReference.check(
        new Convolution(sequence, sequence, window, 1, false, Activation.LINEAR), dataType);
  }

  @ParameterizedTest
  @EnumSource
  void deconvolvesExactlyAsTheReference(DataType dataType) {
    check(dataType, RandomOps::deconvolution);
  }

  @ParameterizedTest
  @EnumSource
  void computesSoftmaxExactlyAsTheReference(DataType dataType) {
    check(dataType, RandomOps::softmax);
  }

  @ParameterizedTest
  @EnumSource
  void permutesExactlyAsTheReference(DataType dataType) {
    check(dataType, RandomOps::permute);
  }

  private static void check(DataType dataType, Function<RandomOps, Op> draw) {
    RandomOps ops = new RandomOps(1);
    for (int i = 0; i < DRAWS; i++) {
      SameAsReference.check(draw.apply(ops), dataType);
    }
  }
}
