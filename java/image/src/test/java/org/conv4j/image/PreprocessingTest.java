package org.conv4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.conv4j.error.ShapeMismatchException;
import org.conv4j.image.Preprocessing.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessingTest {
  private static final float[] NONE = {};

  @ParameterizedTest
  @EnumSource(names = {"CAFFE", "TF", "TORCH"})
  void modesAreThoseOfKeras(Mode mode) {
    Pixels pixels =
        ImageFile.read(ImageGoldens.path("colours.png"), 11, 14, 3, ImageResizing.BILINEAR);
    new Preprocessing(mode, NONE, NONE).apply(pixels);
    float[] expected = ImageGoldens.array(mode.toString());
    assertThat(pixels.values()).containsExactly(expected, within(1e-6f * 255));
  }

  @Test
  void scaleEndsAtOneAndNoneChangesNothing() {
    assertThat(applied(Mode.SCALE, NONE, NONE, 0, 51, 255)).containsExactly(0f, 0.2f, 1f);
    assertThat(applied(Mode.NONE, NONE, NONE, 0, 51, 255)).containsExactly(0, 51, 255);
  }

  @Test
  void meanAndDeviationComeAfterTheScale() {
    assertThat(applied(Mode.NONE, new float[] {50}, new float[] {2}, 0, 51, 255))
        .containsExactly(-25, 0.5f, 102.5f);
    assertThat(applied(Mode.SCALE, new float[] {0, 0.2f, 0.5f}, NONE, 0, 51, 255))
        .containsExactly(0, 0, 0.5f);
  }

  @Test
  void refusesNumbersOfChannelsThatDoNotFit() {
    assertThatThrownBy(() -> applied(Mode.NONE, new float[] {1, 2}, NONE, 1, 2, 3))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("3 channels; 2 values are given as mean");
    Pixels grey = new Pixels(1, 1, 1, new float[1]);
    for (Mode mode : new Mode[] {Mode.CAFFE, Mode.TORCH}) {
      assertThatThrownBy(() -> new Preprocessing(mode, NONE, NONE).apply(grey))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("mode " + mode);
    }
  }

  private static float[] applied(Mode mode, float[] mean, float[] std, float... values) {
    Pixels pixels = new Pixels(1, 1, 3, values);
    new Preprocessing(mode, mean, std).apply(pixels);
    return values;
  }
}
