package org.conv4j.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Window WINDOW =
      new Window(
          IntTuple.of(3, 5),
          IntTuple.of(1, 2),
          IntTuple.of(2, 1),
          IntTuple.of(1, 0),
          IntTuple.of(0, 4));

  @Test
  void aDilatedKernelSpansTheGapsBetweenItsTaps() {
    assertThat(WINDOW.effectiveKernel(0)).isEqualTo(5);
    assertThat(WINDOW.effectiveKernel(1)).isEqualTo(5);
    assertThat(WINDOW.taps()).isEqualTo(15);
  }

  @Test
  void aUnitDimensionChangesNeitherTapsNorTheOtherDimensions() {
    Window longer = WINDOW.prependUnitDimension();
    assertThat(longer.rank()).isEqualTo(3);
    assertThat(longer.taps()).isEqualTo(15);
    assertThat(longer.effectiveKernel(0)).isEqualTo(1);
    assertThat(longer.padEnd()).isEqualTo(IntTuple.of(0, 0, 4));
    assertThat(longer.strides()).isEqualTo(IntTuple.of(1, 1, 2));
  }
}
