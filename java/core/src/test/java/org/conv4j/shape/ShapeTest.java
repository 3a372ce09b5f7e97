package org.conv4j.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.conv4j.error.ShapeMismatchException;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void aScalarHasOneElement() {
    assertThat(Shape.of().rank()).isZero();
    assertThat(Shape.of().elementCount()).isEqualTo(1);
  }

  @Test
  void negativeAxesCountFromTheEnd() {
    Shape shape = Shape.of(2, 3, 5);
    assertThat(shape.dim(-1)).isEqualTo(5);
    assertThat(shape.dim(-3)).isEqualTo(2);
    assertThat(shape.intDim(-2)).isEqualTo(3);
  }

  @Test
  void extentsBelowOneAreRefused() {
    for (long bad : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> Shape.of(2, bad))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("(2, " + bad + ")");
    }
  }

  @Test
  void anElementCountBeyondALongIsRefused() {
    assertThat(Shape.of(Long.MAX_VALUE, 1).elementCount()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> Shape.of(1L << 32, 1L << 31))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("(4294967296, 2147483648)");
  }

  @Test
  void anExtentBeyondAnIntIsRefusedOnlyWhereAnIntIsNeeded() {
    Shape shape = Shape.of(1L << 31, 7);
    assertThat(shape.dim(0)).isEqualTo(1L << 31);
    assertThatThrownBy(() -> shape.intDim(0)).isInstanceOf(ShapeMismatchException.class);
  }

  @Test
  void permuteTakesEachDimensionFromTheGivenAxis() {
    assertThat(Shape.of(2, 3, 5, 7).permute(IntTuple.of(0, 3, 1, 2)))
        .isEqualTo(Shape.of(2, 7, 3, 5));
  }

  @Test
  void permuteRefusesAxesThatAreNoPermutation() {
    Shape shape = Shape.of(2, 3);
    for (IntTuple axes :
        new IntTuple[] {
          IntTuple.of(0),
          IntTuple.of(0, 0),
          IntTuple.of(0, 1, 2),
          IntTuple.of(-1, 0),
          IntTuple.of(0, 2)
        }) {
      assertThatThrownBy(() -> shape.permute(axes))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining(axes.toString());
    }
  }

  @Test
  void theFormatsAxesAreInverse() {
    Shape image = Shape.of(2, 3, 5, 7);
    IntTuple away = DataFormat.CHANNELS_FIRST.axesFromChannelsLast(4);
    IntTuple back = DataFormat.CHANNELS_FIRST.axesToChannelsLast(4);
    assertThat(image.permute(away)).isEqualTo(Shape.of(2, 7, 3, 5));
    assertThat(image.permute(away).permute(back)).isEqualTo(image);
  }

  @Test
  void equalityIsByValueAndTheCallersArrayIsCopied() {
    long[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.toArray()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(shape).isNotEqualTo(Shape.of(3, 2)).hasToString("(2, 3)");
    assertThat(Shape.of(4)).hasToString("(4,)");
  }

  @Test
  void anOpenShapeTellsWhatItKnowsAndNothingElse() {
    Shape shape = Shape.open(Shape.UNKNOWN, 28, 3);
    assertThat(shape).hasToString("(None, 28, 3)").isEqualTo(Shape.of(1, 28, 3).withDim(0, -1));
    assertThat(shape.isKnown()).isFalse();
    assertThat(shape.isEmpty()).isFalse();
    assertThat(shape.extent(0)).isEqualTo(Shape.UNKNOWN);
    assertThat(shape.dim(-1)).isEqualTo(3);
    assertThat(shape.permute(IntTuple.of(2, 0, 1)).extents()).containsExactly(3, -1, 28);
    assertThatThrownBy(() -> shape.dim(0))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("The extent of axis 0 of (None, 28, 3) is not known.");
    assertThatThrownBy(shape::elementCount).isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(shape::toArray).isInstanceOf(ShapeMismatchException.class);
    assertThat(shape.withDim(0, 2)).isEqualTo(Shape.of(2, 28, 3));
    assertThatThrownBy(() -> Shape.open(0, 3)).isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(() -> Shape.open(-2, 3)).isInstanceOf(ShapeMismatchException.class);
  }

  @Test
  void onlyTheShapeOfATensorMayBeEmpty() {
    Shape none = Shape.ofElements(0, 28, 3);
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.isKnown()).isTrue();
    assertThat(none.elementCount()).isZero();
    assertThat(none).hasToString("(0, 28, 3)");
    assertThat(Shape.ofElements(2, 28, 3)).isEqualTo(Shape.of(2, 28, 3));
    assertThatThrownBy(() -> Shape.ofElements(-1, 3))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("(-1, 3)");
  }
}
