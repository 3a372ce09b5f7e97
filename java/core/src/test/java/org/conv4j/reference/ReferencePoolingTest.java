package org.conv4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.reference.Computed.numbers;

import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.op.Pooling;
import org.conv4j.op.Reduction;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.junit.jupiter.api.Test;

class ReferencePoolingTest {
  private static final Window TWO_BY_TWO =
      new Window(
          IntTuple.of(2, 2),
          IntTuple.of(1, 1),
          IntTuple.of(1, 1),
          IntTuple.of(0, 0),
          IntTuple.of(0, 0));

  private static double[] image(PoolingKind kind) {
    Pooling op = new Pooling(Shape.of(1, 2, 3, 1), Shape.of(1, 1, 2, 1), TWO_BY_TWO, kind);
    return Computed.by(op).from(numbers(-1, -2, -3, -4, -5, -10));
  }

  /** Three taps two apart, one of them before the begin. */
  private static double[] padded(PoolingKind kind) {
    Window window =
        new Window(IntTuple.of(3), IntTuple.of(2), IntTuple.of(1), IntTuple.of(1), IntTuple.of(1));
    Pooling op = new Pooling(Shape.of(1, 5, 2), Shape.of(1, 3, 2), window, kind);
    return Computed.by(op).from(numbers(-1, 10, -2, 20, -3, 30, -4, 40, -8, 50));
  }

  @Test
  void theLargestOfEveryPosition() {
    assertThat(image(PoolingKind.MAX)).containsExactly(-1, -2);
  }

  @Test
  void theMeanOfEveryPosition() {
    assertThat(image(PoolingKind.AVERAGE)).containsExactly(-3, -5);
  }

  @Test
  void paddingIsNeitherTheLargestNorCounted() {
    assertThat(padded(PoolingKind.MAX)).containsExactly(-1, 20, -2, 40, -4, 50);
    assertThat(padded(PoolingKind.AVERAGE)).containsExactly(-1.5, 15, -3, 30, -6, 45);
  }

  @Test
  void dilatedTapsSkipElements() {
    Window window =
        new Window(IntTuple.of(2), IntTuple.of(1), IntTuple.of(3), IntTuple.of(0), IntTuple.of(0));
    Pooling op = new Pooling(Shape.of(1, 5, 1), Shape.of(1, 2, 1), window, PoolingKind.AVERAGE);
    assertThat(Computed.by(op).from(numbers(1, 2, 100, 5, 8))).containsExactly(3, 5);
  }

  private static double[] reduced(ReductionKind kind, int... axes) {
    Reduction op = new Reduction(Shape.of(2, 2, 2), IntTuple.of(axes), kind);
    return Computed.by(op).from(numbers(1, -2, 3, -4, 5, -6, 7, -8));
  }

  @Test
  void everyReductionAlongOneAxis() {
    assertThat(reduced(ReductionKind.SUM, 1)).containsExactly(4, -6, 12, -14);
    assertThat(reduced(ReductionKind.MEAN, 1)).containsExactly(2, -3, 6, -7);
    assertThat(reduced(ReductionKind.MAX, 1)).containsExactly(3, -2, 7, -6);
    assertThat(reduced(ReductionKind.MIN, 1)).containsExactly(1, -4, 5, -8);
  }

  @Test
  void axesOnBothSidesOfOneThatStays() {
    assertThat(reduced(ReductionKind.SUM, 0, 2)).containsExactly(-2, -2);
    assertThat(reduced(ReductionKind.MAX, 0, 1, 2)).containsExactly(7);
  }

  @Test
  void aNotANumberIsTheLargestAndTheSmallest() {
    for (ReductionKind kind : ReductionKind.values()) {
      Reduction op = new Reduction(Shape.of(2, 2), IntTuple.of(1), kind);
      assertThat(Computed.by(op).from(numbers(Double.NaN, 1, 2, 2))[0]).isNaN();
    }
  }
}
