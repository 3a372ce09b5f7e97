package org.conv4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

class ValueTypeTest {
  private static final IntTuple ZEROS = IntTuple.of(0, 0);

  @Test
  void aScaleIsAPositiveNumber() {
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Quantization.of(scale, 0))
          .isInstanceOf(InvalidArgumentException.class);
    }
    assertThatThrownBy(() -> new Quantization(Arrays.asList(1.0, null), ZEROS, 0))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void thereAreAsManyZeroPointsAsScales() {
    for (List<Double> scales : List.of(List.<Double>of(), List.of(1.0), List.of(1.0, 1.0, 1.0))) {
      assertThatThrownBy(() -> new Quantization(scales, ZEROS, 0))
          .isInstanceOf(InvalidArgumentException.class);
    }
  }

  @Test
  void scalesOfAnAxisFitTheShape() {
    Quantization perChannel = new Quantization(List.of(1.0, 2.0), ZEROS, 1);
    ValueType type = new ValueType(DataType.FLOAT32, Shape.of(3, 2), Optional.of(perChannel));
    assertThat(type.withShape(Shape.of(1, 2, 3)).quantization()).contains(perChannel);
    for (Shape other : List.of(Shape.of(2, 3), Shape.of(6))) {
      assertThatThrownBy(() -> type.withShape(other)).isInstanceOf(ShapeMismatchException.class);
    }
  }
}
