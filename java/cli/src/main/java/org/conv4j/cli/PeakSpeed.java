package org.conv4j.cli;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Plan;
import org.conv4j.layer.Conv2D;
import org.conv4j.layer.Weights;
import org.conv4j.model.Model;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** What the machine's arithmetic units can do, measured with a convolution that keeps them busy. */
final class PeakSpeed {
  private static final double BUDGET_SECONDS = 0.2;

  private PeakSpeed() {}

  /** Operations of a direct convolution per nanosecond. */
  static double gigaflopsPerSecond(Engine engine, DataType dataType, CompileOptions options) {
    Conv2D layer = Conv2D.of(256, 1).useBias(false);
    Shape input = Shape.of(1, 28, 28, 256);
    RandomTensors random = new RandomTensors("peak", dataType);
    try (Tensor kernel = random.next(Shape.of(1, 1, 256, 256));
        Tensor x = random.next(input);
        Plan plan =
            Model.of(layer, Weights.of(kernel))
                .compile(input, dataType, engine, options.withExact(true));
        Tensor y = Tensor.allocate(dataType, plan.outputShape())) {
      return plan.flops() / Timing.secondsPerRun(plan, x, y, BUDGET_SECONDS) * 1e-9;
    }
  }
}
