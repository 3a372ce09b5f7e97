package org.conv4j.cli;

import java.util.Random;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Tensors to try things out on. Not thread-safe. */
final class RandomTensors {
  private final Random random;
  private final DataType dataType;

  /** Starts a sequence that is the same for the same name. */
  RandomTensors(String name, DataType dataType) {
    this.random = new Random(name.hashCode());
    this.dataType = dataType;
  }

  /** The next tensor, of normally distributed elements; the caller closes it. */
  Tensor next(Shape shape) {
    Tensor tensor = Tensor.allocate(dataType, shape);
    tensor.transform(ignored -> random.nextGaussian());
    return tensor;
  }
}
