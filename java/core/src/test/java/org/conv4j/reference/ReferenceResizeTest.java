package org.conv4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.op.Resize;
import org.conv4j.op.Resize.Method;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

class ReferenceResizeTest {
  private static double[] sequence(Method method, int outputs, double... values) {
    return sequence(method, ResizeCoordinates.HALF_PIXEL, outputs, values);
  }

  private static double[] sequence(
      Method method, ResizeCoordinates coordinates, int outputs, double... values) {
    Shape input = Shape.of(1, values.length, 1);
    Shape output = Shape.of(1, outputs, 1);
    return Computed.by(new Resize(input, output, method, coordinates)).from(values);
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

  /** A seventh of a pixel is taken for 146/1024. */
  @Test
  void cubicWeightsAreThoseOfTheNearestPlaceInATable() {
    double t = 146 / 1024.0;
    double[] impulse = {0, 0, 0, 1, 0, 0, 0};
    assertThat(sequence(Method.CUBIC, 49, impulse)[25])
        .isCloseTo((1.5 * t - 2.5) * t * t + 1, within(1e-12));
  }

  @Test
  void asymmetricCoordinatesBeginAtTheFirstInput() {
    ResizeCoordinates asymmetric = ResizeCoordinates.ASYMMETRIC;
    assertThat(sequence(Method.LINEAR, asymmetric, 4, 0, 4)).containsExactly(0, 2, 4, 4);
    assertThat(sequence(Method.NEAREST, asymmetric, 2, 1, 2, 3, 4)).containsExactly(1, 3);
    assertThat(sequence(Method.CUBIC, asymmetric, 4, 0, 32)).containsExactly(0, 16, 32, 35);
  }

  @Test
  void alignedCornersKeepTheOutermostInputs() {
    ResizeCoordinates corners = ResizeCoordinates.ALIGN_CORNERS;
    assertThat(sequence(Method.LINEAR, corners, 5, 0, 4, 6)).containsExactly(0, 2, 4, 5, 6);
    assertThat(sequence(Method.NEAREST, corners, 4, 1, 2, 3)).containsExactly(1, 2, 2, 3);
    assertThat(sequence(Method.NEAREST, corners, 3, 1, 2)).containsExactly(1, 2, 2);
    assertThat(sequence(Method.LINEAR, corners, 1, 1, 2, 3)).containsExactly(1);
  }

  /** In whole numbers it would be the next one. TensorFlow's float says otherwise. */
  @Test
  void theNearestInputIsFoundInFloat() {
    double[] ramp = IntStream.range(0, 26).asDoubleStream().toArray();
    assertThat(sequence(Method.NEAREST, 11, ramp)[5]).isEqualTo(12);
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
