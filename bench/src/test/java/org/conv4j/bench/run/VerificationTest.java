package org.conv4j.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

class VerificationTest {
  @Test
  void theErrorIsRelativeToTheLargestExpectedMagnitude() {
    assertThat(Verification.relativeError(new double[] {1, -9.5}, new double[] {1, -10}))
        .isEqualTo(0.05);
  }

  @Test
  void anOutputThatIsNotANumberIsWrong() {
    double error = Verification.relativeError(new double[] {Double.NaN, 1}, new double[] {0, 1});
    assertThat(error <= 1).isFalse();
  }

  @Test
  void channelOrderGoesThereAndBack() {
    Shape shape = Shape.of(2, 2, 1, 3);
    float[] last = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    float[] first = ChannelOrder.channelsFirst(shape, last);
    assertThat(first).containsExactly(1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12);
    assertThat(ChannelOrder.channelsLast(shape, first)).isEqualTo(last);
  }
}
