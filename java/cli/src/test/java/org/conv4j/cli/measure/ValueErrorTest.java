package org.conv4j.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ValueErrorTest {
  @Test
  void isRelativeToTheLargestRightValue() {
    ValueError error = of(new double[] {1, -3.5, 2}, new double[] {1, -4, 2});
    assertThat(error.absolute()).isEqualTo(0.5);
    assertThat(error.relative()).isEqualTo(0.125);
  }

  @Test
  void aNanDiffersFromEveryNumber() {
    assertThat(of(new double[] {1, Double.NaN, 5}, new double[] {1, 2, 3}).absolute()).isNaN();
    assertThat(of(new double[] {1, 2, 5}, new double[] {1, Double.NaN, 3}).absolute()).isNaN();
  }

  @Test
  void equalInfinitiesAndNansAreNoDifference() {
    double[] values = {Double.NaN, Double.POSITIVE_INFINITY, 1};
    assertThat(of(values, values.clone()).absolute()).isZero();
  }

  private static ValueError of(double[] actual, double[] expected) {
    try (Tensor a = Tensor.of(Shape.of(actual.length), actual);
        Tensor e = Tensor.of(Shape.of(expected.length), expected)) {
      return ValueError.of("layer", a, e);
    }
  }
}
