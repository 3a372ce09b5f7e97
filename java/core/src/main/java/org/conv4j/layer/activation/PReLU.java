package org.conv4j.layer.activation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Prelu;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's PReLU: {@code x >= 0 ? x : alpha * x} with an alpha learned for each element, or shared
 * along some axes.
 *
 * <p>Weights: {@code alpha} of the input's shape without the batch, with 1 along shared axes.
 *
 * @param name the layer's name
 * @param sharedAxes the axes along which all elements share an alpha, counted from 1, the first
 *     after the batch; may be empty
 */
public record PReLU(String name, IntTuple sharedAxes) implements SingleInputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param sharedAxes see {@link #sharedAxes}
   */
  public PReLU {
    Objects.requireNonNull(name, "name");
    if (sharedAxes.size() > 0 && sharedAxes.min() < 1) {
      throw Arguments.invalid(name, "shared_axes", "axes of at least 1", sharedAxes);
    }
  }

  /**
   * Returns a layer.
   *
   * @param sharedAxes the axes along which all elements share an alpha, counted from 1
   * @return the layer
   * @throws InvalidLayerException if an axis is illegal
   */
  public static PReLU of(int... sharedAxes) {
    return new PReLU("p_re_lu", IntTuple.of(sharedAxes));
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public PReLU name(String name) {
    return new PReLU(name, sharedAxes);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    Arguments.rankAtLeast(name, 2, input);
    long[] dims = Arrays.copyOfRange(input.extents(), 1, input.rank());
    for (int i = 0; i < sharedAxes.size(); i++) {
      int axis = sharedAxes.get(i);
      if (axis >= input.rank()) {
        String expected = "axes of an input of shape " + input;
        throw Arguments.invalid(name, "shared_axes", expected, sharedAxes);
      }
      dims[axis - 1] = 1;
    }
    for (int axis = 1; axis < input.rank(); axis++) {
      if (dims[axis - 1] == Shape.UNKNOWN) {
        Arguments.known(name, input, axis, input);
      }
    }
    return List.of(new WeightSpec("alpha", Shape.of(dims)));
  }

  @Override
  public Shape outputShape(Shape input) {
    weights(input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Constant alpha = weights.get("alpha");
    long[] dims = new long[input.shape().rank()];
    dims[0] = 1;
    System.arraycopy(alpha.shape().toArray(), 0, dims, 1, dims.length - 1);
    Shape seen = Shape.of(dims);
    // With slopes along one axis at most, their order does not depend on where that axis is.
    boolean single = LongStream.of(dims).filter(dim -> dim > 1).count() <= 1;
    Value in = single ? input : lowering.asSeen(name, input);
    Shape slopes = seen.permute(in.view().axesToChannelsLast(dims.length));
    Prelu op = new Prelu(in.stored(), slopes);
    return lowering.append(name, op, in, List.of(alpha.reshape(slopes)), in.view());
  }
}
