package org.conv4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.reference.Computed.numbers;

import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.function.BinaryFunction;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Prelu;
import org.conv4j.op.Scale;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

class ReferenceElementsTest {
  private static final Shape PAIR = Shape.of(1, 2);
  private static final Shape MATRIX = Shape.of(2, 3);
  private static final Elementwise LINEAR = Activation.LINEAR;
  private static final double[] LEFT = {6, -2};
  private static final double[] RIGHT = {3, 4};

  private static double[] binary(BinaryFunction function, double[] left, double[] right) {
    return Computed.by(new Binary(PAIR, PAIR, function, LINEAR)).from(left, right);
  }

  @Test
  void everyFunctionOfTwoTensors() {
    assertThat(binary(BinaryFunction.ADD, LEFT, RIGHT)).containsExactly(9, 2);
    assertThat(binary(BinaryFunction.SUBTRACT, LEFT, RIGHT)).containsExactly(3, -6);
    assertThat(binary(BinaryFunction.MULTIPLY, LEFT, RIGHT)).containsExactly(18, -8);
    assertThat(binary(BinaryFunction.DIVIDE, LEFT, RIGHT)).containsExactly(2, -0.5);
    assertThat(binary(BinaryFunction.MAXIMUM, LEFT, RIGHT)).containsExactly(6, 4);
    assertThat(binary(BinaryFunction.MINIMUM, LEFT, RIGHT)).containsExactly(3, -2);
    assertThat(binary(BinaryFunction.POWER, LEFT, RIGHT)).containsExactly(216, 16);
  }

  @Test
  void theLargerAndTheSmallerOfANotANumberAreNone() {
    double[] nan = {Double.NaN, 1};
    double[] one = {1, Double.NaN};
    assertThat(binary(BinaryFunction.MAXIMUM, nan, one)).containsOnly(Double.NaN);
    assertThat(binary(BinaryFunction.MINIMUM, nan, one)).containsOnly(Double.NaN);
  }

  @Test
  void extentsOfOneAreRepeatedOnEitherSide() {
    Binary outer =
        new Binary(Shape.of(2, 1), Shape.of(1, 3), BinaryFunction.SUBTRACT, Activation.LINEAR);
    assertThat(outer.output()).isEqualTo(MATRIX);
    assertThat(Computed.by(outer).from(numbers(10, 20), numbers(1, 2, 3)))
        .containsExactly(9, 8, 7, 19, 18, 17);
  }

  @Test
  void theActivationComesAfterTheFunction() {
    Binary rectified = new Binary(PAIR, PAIR, BinaryFunction.SUBTRACT, Activation.RELU);
    assertThat(Computed.by(rectified).from(LEFT, RIGHT)).containsExactly(3, 0);
  }

  @Test
  void anElementWiseFunctionOfEveryElement() {
    assertThat(Computed.by(new Eltwise(MATRIX, Activation.RELU6)).from(numbers(-1, 0, 1, 5, 6, 7)))
        .containsExactly(0, 0, 1, 5, 6, 6);
  }

  @Test
  void everyChannelHasAScaleAndAShift() {
    assertThat(
            Computed.by(new Scale(MATRIX, Activation.RELU))
                .with(Shape.of(3), 1, 10, -1)
                .with(Shape.of(3), 0, -100, 0.5)
                .from(numbers(1, 2, 3, 4, 50, -6)))
        .containsExactly(1, 0, 0, 4, 400, 6.5);
  }

  @Test
  void aSlopeThatIsSharedAlongAnAxis() {
    Prelu prelu = new Prelu(Shape.of(1, 2, 2), Shape.of(1, 1, 2));
    assertThat(Computed.by(prelu).with(prelu.slopes(), 0.5, -2).from(numbers(-4, -4, 4, 4)))
        .containsExactly(-2, 8, 4, 4);
  }

  @Test
  void aSlopeForEveryElement() {
    Prelu prelu = new Prelu(Shape.of(2, 1, 2), Shape.of(1, 1, 2));
    assertThat(
            Computed.by(prelu).with(prelu.slopes(), 0.5, 3).from(numbers(-1, -1, Double.NaN, -0.0)))
        .containsExactly(-0.5, -3, Double.NaN, -0.0);
  }
}
