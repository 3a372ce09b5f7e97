package org.conv4j.reference.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.conv4j.op.Softmax;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

class SoftmaxLoopsTest {
  private static double[] softmax(Shape shape, int axis, boolean log, double... input) {
    double[] output = new double[input.length];
    new SoftmaxLoops(new Softmax(shape, axis, log)).run(new double[][] {input}, output);
    return output;
  }

  @Test
  void theLastAxisByHand() {
    double[] input = {0, Math.log(3), Math.log(2), Math.log(2)};
    assertThat(softmax(Shape.of(2, 2), 1, false, input))
        .containsExactly(new double[] {0.25, 0.75, 0.5, 0.5}, within(1e-15));
  }

  @Test
  void anInnerAxisIsNormalisedForEachPlaceOnItsOwn() {
    double[] input = {0, Math.log(2), Math.log(3), Math.log(2)};
    assertThat(softmax(Shape.of(1, 2, 2), 1, false, input))
        .containsExactly(new double[] {0.25, 0.5, 0.75, 0.5}, within(1e-15));
  }

  @Test
  void hugeInputsDoNotOverflow() {
    assertThat(softmax(Shape.of(1, 2), 1, false, 1e308, 1e308)).containsExactly(0.5, 0.5);
    assertThat(softmax(Shape.of(1, 2), 1, true, 0, -1e6)).containsExactly(0, -1e6);
  }

  @Test
  void aNotANumberSpoilsItsOwnRowOnly() {
    double[] output = softmax(Shape.of(2, 2), 1, false, Double.NaN, 1, 2, 2);
    assertThat(output).containsExactly(Double.NaN, Double.NaN, 0.5, 0.5);
  }
}
