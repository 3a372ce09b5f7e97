package org.conv4j.onnx.ocr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.model.Predictor;
import org.conv4j.onnx.OnnxModel;
import org.conv4j.onnx.OnnxModels;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Gives a network of open extents images of random sizes, and prints how much memory that takes.
 */
final class RandomSizes {
  private static final int MULTIPLE = 32;

  /** How many sizes there are for each of height and width. */
  private static final int SIZES = 8;

  private RandomSizes() {}

  /**
   * Prints the process's resident kilobytes after half of the images, and after all.
   *
   * @param arguments the network's file, and how many images
   */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    Random random = new Random(5);
    try (OnnxModel network = OnnxModels.load(Path.of(arguments[0]));
        Predictor predictor =
            new Predictor(
                network.model(),
                network.dataType(),
                Engines.best(network.dataType()),
                CompileOptions.DEFAULT.withThreads(1))) {
      for (int i = 1; i <= count; i++) {
        Shape shape = Shape.of(1, 3, extent(random), extent(random));
        try (Tensor input = Tensor.allocate(DataType.FLOAT32, shape)) {
          input.transform(ignored -> random.nextDouble());
          predictor.predict(input).close();
        }
        if (i == count / 2 || i == count) {
          System.out.println(resident());
        }
      }
    }
  }

  private static long extent(Random random) {
    return (long) MULTIPLE * (1 + random.nextInt(SIZES));
  }

  private static long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("The system does not say how much memory is resident.");
  }
}
