package org.conv4j.layer.reshaping;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Resize;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's RepeatVector: every example several times, along a new axis behind the batch.
 *
 * @param name the layer's name
 * @param n how many times
 */
public record RepeatVector(String name, int n) implements WeightlessLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param n see {@link #n}
   */
  public RepeatVector {
    Objects.requireNonNull(name, "name");
    Arguments.positive(name, "n", n);
  }

  /**
   * Returns a layer.
   *
   * @param n how many times
   * @return the layer
   * @throws InvalidLayerException if the number is below 1
   */
  public static RepeatVector of(int n) {
    return new RepeatVector("repeat_vector", n);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public RepeatVector name(String name) {
    return new RepeatVector(name, n);
  }

  @Override
  public Shape outputShape(Shape input) {
    Arguments.rank(name, 2, input);
    return Shape.open(input.extent(0), n, input.extent(1));
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Shape output = outputShape(input.shape());
    Value in = lowering.reshape(name, input, Shape.of(output.dim(0), 1, output.dim(2)));
    Resize op = new Resize(in.shape(), output, Resize.Method.NEAREST);
    return lowering.append(name, op, in, List.of(), DataFormat.CHANNELS_LAST);
  }
}
