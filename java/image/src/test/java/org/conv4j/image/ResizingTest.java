package org.conv4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.image.ImageResizing.Aspect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against {@code keras.ops.image.resize}, {@code tf.image.resize} and Pillow. */
class ResizingTest {
  private static final Path COLOURS = ImageGoldens.path("colours.png");
  private static final int[][] SIZES = {{5, 9}, {11, 14}, {23, 30}, {1, 1}, {6, 40}};

  /** Of 255: TensorFlow computes in float32. */
  private static final float LEVELS = 5e-3f;

  @ParameterizedTest
  @EnumSource
  void resizesAsKerasAndPillowDo(ResizeMethod method) {
    int compared = 0;
    for (ImageResizing resizing : all(method)) {
      for (int[] size : SIZES) {
        String key = key(resizing) + "_" + size[0] + "x" + size[1];
        float[] actual = ImageFile.read(COLOURS, size[0], size[1], 3, resizing).values();
        assertThat(largestDifference(actual, ImageGoldens.array(key)))
            .as(key)
            .isLessThanOrEqualTo(method.isPillows() ? 0 : LEVELS);
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  private static List<ImageResizing> all(ResizeMethod method) {
    List<ImageResizing> all = new ArrayList<>();
    for (Aspect aspect : Aspect.values()) {
      if (method == ResizeMethod.AREA && aspect != Aspect.STRETCH) {
        continue;
      }
      for (boolean antialias : new boolean[] {false, true}) {
        try {
          all.add(new ImageResizing(method, antialias, aspect));
        } catch (IllegalArgumentException refused) {
          assertThat(refused).hasMessageContaining("'" + method + "'");
        }
      }
    }
    return all;
  }

  private static String key(ImageResizing resizing) {
    return resizing.method()
        + (resizing.antialias() ? ":antialias" : "")
        + switch (resizing.aspect()) {
          case STRETCH -> "";
          case CROP -> ":crop";
          case PAD -> ":pad";
        };
  }

  @Test
  void mixesTransparentPixelsAsPillowDoes() {
    ImageResizing resizing = new ImageResizing(ResizeMethod.PIL_BILINEAR, false, Aspect.STRETCH);
    for (int[] size : SIZES) {
      String key = "rgba:pil-bilinear_" + size[0] + "x" + size[1];
      Path file = ImageGoldens.path("transparent.png");
      float[] actual = ImageFile.read(file, size[0], size[1], 4, resizing).values();
      assertThat(largestDifference(actual, ImageGoldens.array(key))).as(key).isZero();
    }
  }

  private static float largestDifference(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    float largest = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    }
    return largest;
  }

  @Test
  void aLargeImageOfOneRowIsResized() {
    for (ResizeMethod method : ResizeMethod.values()) {
      ImageResizing crop = new ImageResizing(method, false, Aspect.CROP);
      assertThat(ImageFile.read(COLOURS, 1, 3000, 3, crop).values()).hasSize(9000);
      assertThat(ImageFile.read(COLOURS, 3000, 1, 1, crop).values()).hasSize(3000);
    }
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> new ImageResizing(ResizeMethod.NEAREST, true, Aspect.STRETCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("antialias");
    assertThatThrownBy(() -> new ImageResizing(ResizeMethod.PIL_BOX, false, Aspect.PAD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pad");
  }
}
