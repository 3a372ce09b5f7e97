package org.conv4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.conv4j.op.Resize;
import org.conv4j.op.Resize.Method;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

class ReferenceResizeTest {
  private static double[] sequence(Method method, int outputs, double... values) {
    Shape input = Shape.of(1, values.length, 1);
    return Computed.by(new Resize(input, Shape.of(1, outputs, 1), method)).from(values);
  }

  @Test
  void theNearestInputOfTwiceAsManyIsRepeated() {
    assertThat(sequence(Method.NEAREST, 6, 1, 2, 3)).containsExactly(1, 1, 2, 2, 3, 3);
  }

  @Test
  void theNearestInputOfHalfAsManyIsTheSecondOfTwo() {
    assertThat(sequence(Method.NEAREST, 3, 1, 2, 3, 4, 5, 6)).containsExactly(2, 4, 6);
  }

  @Test
  void theNearestInputOfASingleOutputIsTheOneInTheMiddle() {
    assertThat(sequence(Method.NEAREST, 1, 1, 2, 3)).containsExactly(2);
  }

  @Test
  void linearInterpolationSamplesAtPixelCentres() {
    assertThat(sequence(Method.LINEAR, 4, 0, 4)).containsExactly(0, 1, 3, 4);
    assertThat(sequence(Method.LINEAR, 2, 0, 2, 4, 6)).containsExactly(1, 5);
  }

  @Test
  void nothingIsSmoothedBeforeSamplingDown() {
    assertThat(sequence(Method.LINEAR, 1, 100, 2, 4, 100)).containsExactly(3);
  }

  /** A quarter of a pixel away, Keys's weights are (-3, 111, 29, -9) / 128. */
  @Test
  void cubicInterpolationUsesFourNeighboursAndScalesThoseAtTheBorder() {
    double[] impulse = {0, 0, 128, 0, 0, 0};
    assertThat(sequence(Method.CUBIC, 12, impulse))
        .containsExactly(
            new double[] {0, -3 * 128 / 137.0, -9 * 128 / 131.0, 29, 111, 111, 29, -9, -3, 0, 0, 0},
            within(1e-12));
  }

  @Test
  void anAxisThatKeepsItsExtentKeepsItsValues() {
    for (Method method : Method.values()) {
      assertThat(sequence(method, 3, 1, 10, 5)).containsExactly(1, 10, 5);
    }
  }

  @Test
  void everyAxisIsSampledOnItsOwnForEachChannel() {
    Resize op = new Resize(Shape.of(1, 1, 2, 2), Shape.of(1, 2, 4, 2), Method.LINEAR);
    double[] row = {0, 8, 1, 6, 3, 2, 4, 0};
    double[] output = Computed.by(op).from(new double[] {0, 8, 4, 0});
    assertThat(output).startsWith(row).endsWith(row).hasSize(16);
  }
}
