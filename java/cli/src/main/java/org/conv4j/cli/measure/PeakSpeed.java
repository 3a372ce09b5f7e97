package org.conv4j.cli.measure;

import org.conv4j.cli.data.RandomTensors;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;

/** What the machine's arithmetic units can do, measured with a convolution that keeps them busy. */
public final class PeakSpeed {
  private static final long BUDGET_NANOSECONDS = 200_000_000;

  private PeakSpeed() {}

  /** Operations of a direct convolution per nanosecond. */
  public static double gigaflopsPerSecond(
      Engine engine, DataType dataType, CompileOptions options) {
    Conv2D layer = Conv2D.of(256, 1).useBias(false);
    Shape input = Shape.of(1, 28, 28, 256);
    RandomTensors random = new RandomTensors("peak", dataType);
    try (Tensor kernel = random.next(Shape.of(1, 1, 256, 256));
        Tensor x = random.next(input);
        Plan plan =
            Model.of(layer, Weights.of(kernel))
                .compile(input, dataType, engine, options.withExact(true));
        Tensor y = Tensor.allocate(dataType, plan.outputShape())) {
      return (double) plan.flops() / nanosecondsOfFastestRun(plan, x, y);
    }
  }

  /** Whatever else the machine does makes runs slower, and never faster. */
  private static long nanosecondsOfFastestRun(Plan plan, Tensor x, Tensor y) {
    try (Session session = plan.newSession()) {
      long fastest = Long.MAX_VALUE;
      long end = System.nanoTime() + BUDGET_NANOSECONDS;
      long start;
      do {
        start = System.nanoTime();
        session.run(x, y);
        fastest = Math.min(fastest, System.nanoTime() - start);
      } while (start - end < 0);
      return fastest;
    }
  }
}
