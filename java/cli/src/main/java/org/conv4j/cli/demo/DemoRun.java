package org.conv4j.cli.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The demo's images through one engine.
 *
 * @param engine the engine
 * @param probabilities ten for each image
 * @param secondsPerImage the median over passes through all images
 */
public record DemoRun(Engine engine, float[][] probabilities, double secondsPerImage) {
  private static final int PASSES = 20;
  private static final int LEAST_PASSES = 3;

  /** The reference must not keep anybody waiting. */
  private static final long PATIENCE_NANOSECONDS = 1_000_000_000;

  public static DemoRun of(DigitsNetwork network, Engine engine, CompileOptions options) {
    List<Tensor> images = network.images();
    try (Plan plan =
            network.model().compile(network.imageShape(), DataType.FLOAT32, engine, options);
        Session session = plan.newSession();
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      float[][] probabilities = new float[images.size()][];
      for (int i = 0; i < probabilities.length; i++) {
        session.run(images.get(i), output);
        probabilities[i] = output.toFloatArray();
      }
      List<Double> passes = new ArrayList<>();
      long begin = System.nanoTime();
      while (passes.size() < LEAST_PASSES
          || (passes.size() < PASSES && System.nanoTime() - begin < PATIENCE_NANOSECONDS)) {
        long start = System.nanoTime();
        for (Tensor image : images) {
          session.run(image, output);
        }
        passes.add((System.nanoTime() - start) * 1e-9 / images.size());
      }
      double[] sorted = passes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return new DemoRun(engine, probabilities, sorted[sorted.length / 2]);
    } finally {
      images.forEach(Tensor::close);
    }
  }

  /** The most probable digit of an image. */
  public int predicted(int image) {
    float[] of = probabilities[image];
    int best = 0;
    for (int i = 1; i < of.length; i++) {
      best = of[i] > of[best] ? i : best;
    }
    return best;
  }

  public int correct(int[] labels) {
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      correct += predicted(i) == labels[i] ? 1 : 0;
    }
    return correct;
  }

  /** The largest difference from probabilities that are listed image by image. */
  public double largestDifference(float[] others) {
    double largest = 0;
    int position = 0;
    for (float[] of : probabilities) {
      for (float probability : of) {
        double difference = Math.abs(probability - others[position++]);
        // A NaN must count as different, and loses every comparison.
        largest = difference <= largest ? largest : difference;
      }
    }
    return largest;
  }

  /** All probabilities in one array, image by image. */
  public float[] flat() {
    float[] all = new float[Arrays.stream(probabilities).mapToInt(of -> of.length).sum()];
    int position = 0;
    for (float[] of : probabilities) {
      System.arraycopy(of, 0, all, position, of.length);
      position += of.length;
    }
    return all;
  }
}
