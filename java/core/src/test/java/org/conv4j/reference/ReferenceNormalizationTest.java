package org.conv4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.conv4j.reference.Computed.numbers;

import org.assertj.core.data.Offset;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.op.Normalization;
import org.conv4j.op.Normalization.Kind;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

class ReferenceNormalizationTest {
  private static final Offset<Double> TINY = within(1e-12);

  private static Normalization of(Shape shape, Kind kind, double epsilon, int... axes) {
    return new Normalization(shape, IntTuple.of(axes), kind, epsilon, shape, false, false);
  }

  @Test
  void standardizedNumbersHaveMeanZeroAndVarianceOne() {
    Normalization op = of(Shape.of(2, 2), Kind.STANDARD, 0, 1);
    assertThat(Computed.by(op).from(numbers(1, 5, 3, 3.5)))
        .containsExactly(new double[] {-1, 1, -1, 1}, TINY);
  }

  @Test
  void negativeEpsilonsAreRefused() {
    for (double epsilon : new double[] {-1, -1e-300, Double.NaN}) {
      assertThatThrownBy(() -> of(Shape.of(1, 4), Kind.STANDARD, epsilon, 1))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("epsilon")
          .hasMessageContaining(String.valueOf(epsilon));
    }
  }

  @Test
  void epsilonIsAddedToTheVariance() {
    Normalization op = of(Shape.of(1, 2), Kind.STANDARD, 12, 1);
    assertThat(Computed.by(op).from(numbers(1, 5))).containsExactly(new double[] {-0.5, 0.5}, TINY);
  }

  @Test
  void equalNumbersFarFromZeroAreExactlyZero() {
    Normalization op = of(Shape.of(1, 2), Kind.STANDARD, 1e-3, 1);
    assertThat(Computed.by(op).from(numbers(1e9, 1e9))).containsExactly(0, 0);
  }

  @Test
  void theRootOfTheMeanSquareKeepsTheMean() {
    Normalization op = of(Shape.of(1, 2), Kind.ROOT_MEAN_SQUARE, 7, 1);
    assertThat(Computed.by(op).from(numbers(3, 3)))
        .containsExactly(new double[] {0.75, 0.75}, TINY);
  }

  @Test
  void theEuclideanLengthIsAtLeastEpsilon() {
    Normalization op = of(Shape.of(3, 2), Kind.EUCLIDEAN, 0.5, 1);
    assertThat(Computed.by(op).from(numbers(3, 4, 0.3, 0.4, 0, 0)))
        .containsExactly(new double[] {0.6, 0.8, 0.6, 0.8, 0, 0}, TINY);
  }

  @Test
  void aSetMayLieAlongAxesThatAreNotNeighbours() {
    Normalization op = of(Shape.of(2, 2, 2), Kind.STANDARD, 0, 0, 2);
    assertThat(Computed.by(op).from(numbers(1, 1, 10, 30, 3, 3, 30, 10)))
        .containsExactly(new double[] {-1, -1, -1, 1, 1, 1, 1, -1}, TINY);
  }

  @Test
  void scaleAndShiftFollowTheirOwnAxes() {
    Shape shape = Shape.of(2, 2);
    Shape perChannel = Shape.of(1, 2);
    Normalization both =
        new Normalization(shape, IntTuple.of(1), Kind.STANDARD, 0, perChannel, true, true);
    assertThat(
            Computed.by(both)
                .with(perChannel, 10, 100)
                .with(perChannel, 1, 2)
                .from(numbers(1, 5, 5, 1)))
        .containsExactly(new double[] {-9, 102, 11, -98}, TINY);
    Normalization shifted =
        new Normalization(shape, IntTuple.of(1), Kind.STANDARD, 0, perChannel, false, true);
    assertThat(Computed.by(shifted).with(perChannel, 1, 2).from(numbers(1, 5, 5, 1)))
        .containsExactly(new double[] {0, 3, 2, 1}, TINY);
  }
}
