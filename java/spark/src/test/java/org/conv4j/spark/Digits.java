package org.conv4j.spark;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.model.Predictor;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** The network of the demo, images for it, and what it says without Spark. */
final class Digits {
  static final Path MODEL =
      Path.of("../cli/src/main/resources/org/conv4j/cli/demo/digits.keras").toAbsolutePath();

  static final int SIZE = 64;
  static final int CLASSES = 10;

  private Digits() {}

  static byte[] model() {
    try {
      return Files.readAllBytes(MODEL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Grey values from 0 to 255. */
  static int[] pixels(int seed) {
    Random random = new Random(seed);
    int[] pixels = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      pixels[i] = random.nextInt(256);
    }
    return pixels;
  }

  static byte[] png(int seed) {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 8, 8, pixels(seed));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The pixels from 0 to 1. */
  static List<Double> numbers(int seed) {
    List<Double> numbers = new ArrayList<>();
    for (int pixel : pixels(seed)) {
      numbers.add(pixel / 255.0);
    }
    return numbers;
  }

  /** The scores of images, computed here. */
  static List<float[]> scores(int count) {
    return scores(IntStream.range(0, count).toArray(), "onednn");
  }

  static List<float[]> scores(int[] seeds, String engine) {
    List<float[]> scores = new ArrayList<>();
    try (LoadedModel loaded = Models.load(MODEL);
        Predictor predictor =
            new Predictor(
                loaded.model(), DataType.FLOAT32, Engines.byName(engine), CompileOptions.DEFAULT)) {
      for (int seed : seeds) {
        double[] numbers = numbers(seed).stream().mapToDouble(n -> n).toArray();
        try (Tensor input =
                Tensor.allocate(DataType.FLOAT32, Shape.of(1, 8, 8, 1)).copyFrom(numbers);
            Tensor output = predictor.predict(input)) {
          scores.add(output.toFloatArray());
        }
      }
    }
    return scores;
  }
}
