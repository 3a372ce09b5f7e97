package org.conv4j.dl4j.example;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.conv4j.dl4j.Dl4jModel;
import org.conv4j.dl4j.Dl4jModels;
import org.conv4j.dl4j.Dl4jOptions;
import org.conv4j.engine.CompileOptions;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times Deeplearning4j and conv4j by turns, one thread each: run it with {@code OMP_NUM_THREADS=1}.
 * Times are those that the thread had the processor for, so that neighbours matter little.
 */
public final class Speed {
  private static final int ROUNDS = 9;
  private static final long ROUND_NANOS = 300_000_000;
  private static final Dl4jOptions ONE_THREAD =
      Dl4jOptions.DEFAULT.withCompile(CompileOptions.DEFAULT.withThreads(1));

  private Speed() {}

  /**
   * Prints a table.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    System.out.printf("%-28s %12s %12s %8s%n", "network", "DL4J ms", "conv4j ms", "ratio");
    MultiLayerNetwork leNet = Zoo.leNet(DataType.FLOAT, CNN2DFormat.NCHW);
    for (int batch : new int[] {1, 64}) {
      INDArray images = Nd4j.rand(DataType.FLOAT, batch, 1, 28, 28);
      try (Dl4jModel fast = Dl4jModels.from(leNet, ONE_THREAD)) {
        compare("LeNet, batch " + batch, () -> leNet.output(images), () -> fast.output(images));
      }
    }
    ComputationGraph residual = Zoo.residual(DataType.FLOAT, CNN2DFormat.NCHW, 112);
    INDArray four = Nd4j.rand(DataType.FLOAT, 4, 3, 112, 112);
    try (Dl4jModel fast = Dl4jModels.from(residual, ONE_THREAD)) {
      compare(
          "residual, 4 x 112 x 112", () -> residual.outputSingle(four), () -> fast.output(four));
    }
    MultiLayerNetwork separable = Zoo.separable(DataType.FLOAT, CNN2DFormat.NCHW, 112);
    INDArray eight = Nd4j.rand(DataType.FLOAT, 8, 3, 112, 112);
    try (Dl4jModel fast = Dl4jModels.from(separable, ONE_THREAD)) {
      compare("separable, 8 x 112 x 112", () -> separable.output(eight), () -> fast.output(eight));
    }
  }

  private static void compare(String name, Supplier<INDArray> theirs, Supplier<INDArray> ours) {
    double[] slow = new double[ROUNDS];
    double[] fast = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    milliseconds(theirs);
    milliseconds(ours);
    for (int i = 0; i < ROUNDS; i++) {
      slow[i] = milliseconds(theirs);
      fast[i] = milliseconds(ours);
      ratios[i] = slow[i] / fast[i];
    }
    for (double[] numbers : new double[][] {slow, fast, ratios}) {
      Arrays.sort(numbers);
    }
    System.out.printf(
        Locale.ROOT,
        "%-28s %12.3f %12.3f %7.1fx  (from %.1fx to %.1fx)%n",
        name,
        slow[ROUNDS / 2],
        fast[ROUNDS / 2],
        ratios[ROUNDS / 2],
        ratios[0],
        ratios[ROUNDS - 1]);
  }

  private static double milliseconds(Supplier<INDArray> run) {
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long end;
    int runs = 0;
    do {
      run.get();
      runs++;
      end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    } while (end - begin < ROUND_NANOS);
    return (end - begin) / 1e6 / runs;
  }
}
