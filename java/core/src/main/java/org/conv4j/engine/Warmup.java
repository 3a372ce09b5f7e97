package org.conv4j.engine;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.op.Convolution;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Compiles a small op and forgets it: the first one loads most of what an engine needs for others.
 */
final class Warmup {
  private static final int CHANNELS = 16;

  private Warmup() {}

  static void run(Engine engine) {
    IntTuple one = IntTuple.filled(2, 1);
    IntTuple none = IntTuple.filled(2, 0);
    Shape shape = Shape.of(1, 1, 1, CHANNELS);
    Convolution op =
        new Convolution(
            shape, shape, new Window(one, one, one, none, none), 1, true, Activation.LINEAR);
    try (Tensor kernel = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 1, CHANNELS, CHANNELS));
        Tensor bias = Tensor.allocate(DataType.FLOAT32, Shape.of(CHANNELS))) {
      engine.compile(op, DataType.FLOAT32, List.of(kernel, bias), CompileOptions.DEFAULT).close();
    }
  }
}
