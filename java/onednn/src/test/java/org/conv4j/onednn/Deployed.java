package org.conv4j.onednn;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;

/** An application that {@link Deployments} loads: computes in both modes and tells what it got. */
public final class Deployed implements Callable<String> {
  private static final Shape INPUT = Shape.of(4, 24, 24, 4);

  /** Creates the application. */
  public Deployed() {}

  @Override
  public String call() {
    Engine engine = Engines.byName("onednn");
    double sum = 0;
    for (PerformanceMode mode : PerformanceMode.values()) {
      sum += run(engine, mode);
    }
    return engine.name() + " " + engine.dataTypes().size() + " types " + sum;
  }

  /** Each output is the sum of 9 times 4 ones, but at the borders. */
  static double run(Engine engine, PerformanceMode mode) {
    CompileOptions options = CompileOptions.DEFAULT.withMode(mode);
    try (Tensor kernel = ones(Shape.of(3, 3, 4, 8));
        Plan plan =
            Model.of(Conv2D.of(8, 3).useBias(false), Weights.of(kernel))
                .compile(INPUT, DataType.FLOAT32, engine, options);
        Session session = plan.newSession();
        Tensor input = ones(INPUT);
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      session.run(input, output);
      return output.get(0);
    }
  }

  private static Tensor ones(Shape shape) {
    float[] ones = new float[(int) shape.elementCount()];
    Arrays.fill(ones, 1);
    return Tensor.of(shape, ones);
  }
}
