package org.conv4j.cli.data;

import java.util.Random;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Tensors to try things out on. Not thread-safe. */
public final class RandomTensors {
  private final Random random;
  private final DataType dataType;

  /** Starts a sequence that is the same for the same name. */
  public RandomTensors(String name, DataType dataType) {
    this.random = new Random(name.hashCode());
    this.dataType = dataType;
  }

  /** The next tensor, of normally distributed elements; the caller closes it. */
  public Tensor next(Shape shape) {
    Tensor tensor = Tensor.allocate(dataType, shape);
    tensor.transform(ignored -> random.nextGaussian());
    return tensor;
  }
}
