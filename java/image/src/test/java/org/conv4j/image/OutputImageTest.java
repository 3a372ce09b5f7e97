package org.conv4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputImageTest {
  private static final int HEIGHT = 3;
  private static final int WIDTH = 5;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "ZERO_TO_ONE, 0, 0",
    "ZERO_TO_ONE, 0.5, 128",
    "ZERO_TO_ONE, 0.498, 127",
    "ZERO_TO_ONE, 1, 255",
    "MINUS_ONE_TO_ONE, -1, 0",
    "MINUS_ONE_TO_ONE, 0.1, 140",
    "MINUS_ONE_TO_ONE, 1, 255",
    "ZERO_TO_255, 0, 0",
    "ZERO_TO_255, 99.4, 99",
    "ZERO_TO_255, 255.4, 255"
  })
  void valuesBecomeTheNearestLevel(ValueRange range, float value, int level) throws IOException {
    try (Tensor output = Tensor.of(Shape.of(1, 1, 1, 1), value)) {
      OutputImage image = OutputImage.ofLevels("y", output, null, range);
      assertThat(image.clipped()).isZero();
      assertThat(samples(image)).containsExactly(level);
    }
  }

  @Test
  void countsWhatItClips() throws IOException {
    float infinite = Float.POSITIVE_INFINITY;
    try (Tensor output =
        Tensor.of(Shape.of(1, 1, 6, 1), -1, -infinite, -0.001f, 1.001f, 1.5f, infinite)) {
      OutputImage image = OutputImage.of("y", output, null);
      assertThat(image.clipped()).isEqualTo(4);
      assertThat(samples(image)).containsExactly(0, 0, 0, 255, 255, 255);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void channelsMayBeFirstOrLastAndTheBatchMissing(int channels) throws IOException {
    float[] last = levels(channels);
    float[] first = new float[last.length];
    for (int i = 0; i < last.length; i++) {
      first[i % channels * HEIGHT * WIDTH + i / channels] = last[i];
    }
    int[] expected = new int[last.length];
    for (int i = 0; i < last.length; i++) {
      expected[i] = (int) last[i];
    }
    Shape shape = Shape.of(HEIGHT, WIDTH, channels);
    assertThat(samples(shape, null, last)).containsExactly(expected);
    Shape batch = Shape.of(1, HEIGHT, WIDTH, channels);
    assertThat(samples(batch, null, last)).containsExactly(expected);
    assertThat(samples(batch, DataFormat.CHANNELS_LAST, last)).containsExactly(expected);
    Shape planes = Shape.of(1, channels, HEIGHT, WIDTH);
    assertThat(samples(planes, DataFormat.CHANNELS_FIRST, first)).containsExactly(expected);
  }

  @Test
  void aBatchOfOneMayLackTheChannels() throws IOException {
    float[] grey = levels(1);
    OutputImage image = image(Shape.of(1, HEIGHT, WIDTH), DataFormat.CHANNELS_FIRST, grey);
    assertThat(image.height()).isEqualTo(HEIGHT);
    assertThat(image.width()).isEqualTo(WIDTH);
    assertThat(samples(image)).containsExactly(samples(Shape.of(1, HEIGHT, WIDTH, 1), null, grey));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    for (int channels : new int[] {1, 3, 4}) {
      float[] levels = levels(channels);
      Path file = folder.resolve(channels + ".png");
      Files.writeString(file, "an old file");
      image(Shape.of(1, HEIGHT, WIDTH, channels), null, levels).write(file);
      Pixels read = ImageFile.read(file, HEIGHT, WIDTH, channels, ImageResizing.BILINEAR);
      assertThat(read.values()).containsExactly(levels);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void classesAreTheHighestScoresInAPalette() throws IOException {
    try (Tensor output =
        Tensor.of(Shape.of(1, 1, 3, 2), 0.9f, 0.1f, 0.5f, 0.5f, Float.NEGATIVE_INFINITY, -3)) {
      assertThat(samples(OutputImage.ofClasses("y", output, DataFormat.CHANNELS_LAST)))
          .containsExactly(0, 0, 1);
    }
    int classes = 256;
    try (Tensor output = Tensor.allocate(DataType.FLOAT64, Shape.of(1, 16, 16, classes))) {
      double[] scores = new double[classes * classes];
      for (int i = 0; i < classes; i++) {
        scores[i * classes + i] = 1;
      }
      output.copyFrom(scores);
      BufferedImage read = read(OutputImage.of("y", output, DataFormat.CHANNELS_LAST));
      assertThat(read.getColorModel()).isInstanceOf(IndexColorModel.class);
      int[] numbers = read.getRaster().getPixels(0, 0, 16, 16, (int[]) null);
      for (int i = 0; i < classes; i++) {
        assertThat(numbers[i]).isEqualTo(i);
      }
      // Known colours of PASCAL VOC: background, aeroplane, bicycle, person, screen, border.
      assertThat(rgb(read, 0)).isEqualTo("000000");
      assertThat(rgb(read, 1)).isEqualTo("800000");
      assertThat(rgb(read, 2)).isEqualTo("008000");
      assertThat(rgb(read, 15)).isEqualTo("c08080");
      assertThat(rgb(read, 20)).isEqualTo("004080");
      assertThat(rgb(read, 255)).isEqualTo("e0e0c0");
    }
  }

  static Object[][] wrongShapes() {
    return new Object[][] {
      {Shape.of(4), null, "an image is (1, height, width, channels)"},
      {Shape.of(4, 4), null, "an image is (1, height, width, channels)"},
      {Shape.of(2, 4, 4, 1), null, "an image is (1, height, width, channels)"},
      {Shape.of(1, 2, 2, 2, 1), null, "an image is (1, height, width, channels)"},
      {Shape.of(1, 5, 5, 2), null, "an image has 1, 3 or 4 channels"},
      {Shape.of(1, 3, 4, 5), null, "say where the channels are"},
      {Shape.of(1, 2, 2, 257), null, "2 to 256 classes"},
      {Shape.ofElements(1, 0, 4, 3), null, "1 to 67108864 pixels"},
      {Shape.of(1, 1, (1 << 26) + 1, 1), null, "1 to 67108864 pixels"},
    };
  }

  @ParameterizedTest
  @MethodSource("wrongShapes")
  void refusesWhatIsNoImage(Shape shape, DataFormat format, String reason) {
    try (Tensor output = Tensor.allocate(DataType.FLOAT32, shape)) {
      assertThatThrownBy(() -> OutputImage.of("mask", output, format))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("The output 'mask' has the shape %s: ".formatted(shape))
          .hasMessageContaining(reason);
    }
  }

  @Test
  void refusesOneClassAndSeveralLevels() {
    try (Tensor grey = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 4, 4, 1));
        Tensor scores = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 4, 4, 21))) {
      assertThatThrownBy(() -> OutputImage.ofClasses("mask", grey, null))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("(1, 4, 4, 1)");
      assertThatThrownBy(() -> OutputImage.ofLevels("mask", scores, null, ValueRange.ZERO_TO_ONE))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("(1, 4, 4, 21)");
    }
  }

  @Test
  void refusesNan() {
    try (Tensor output = Tensor.of(Shape.of(1, 1, 2, 3), 0, 0, 0, 0, Float.NaN, 0)) {
      assertThatThrownBy(() -> OutputImage.of("mask", output, null))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessage(
              "The output 'mask' of the shape (1, 1, 2, 3) holds NaN (element 4), which no image can show.");
      assertThatThrownBy(() -> OutputImage.ofClasses("mask", output, null))
          .isInstanceOf(InvalidArgumentException.class);
    }
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    OutputImage image = image(Shape.of(1, HEIGHT, WIDTH, 1), null, levels(1));
    assertThatThrownBy(() -> image.write(folder.resolve("none").resolve("y.png")))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("y.png");
  }

  /** Whole levels, not in order. */
  private static float[] levels(int channels) {
    Random random = new Random(channels);
    float[] levels = new float[HEIGHT * WIDTH * channels];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = random.nextInt(256);
    }
    return levels;
  }

  private static OutputImage image(Shape shape, DataFormat format, float[] levels) {
    try (Tensor output = Tensor.of(shape, levels)) {
      return OutputImage.ofLevels("y", output, format, ValueRange.ZERO_TO_255);
    }
  }

  private static int[] samples(Shape shape, DataFormat format, float[] levels) throws IOException {
    return samples(image(shape, format, levels));
  }

  private static int[] samples(OutputImage image) throws IOException {
    BufferedImage read = read(image);
    return read.getRaster().getPixels(0, 0, read.getWidth(), read.getHeight(), (int[]) null);
  }

  private static BufferedImage read(OutputImage image) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(image.toPng()));
  }

  private static String rgb(BufferedImage image, int index) {
    return "%06x".formatted(image.getColorModel().getRGB(index) & 0xffffff);
  }
}
