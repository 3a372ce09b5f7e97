package org.conv4j.lowering;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.function.BinaryFunction;
import org.conv4j.op.Binary;
import org.conv4j.op.Scale;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * {@code x * scale + shift} with constants: what many layers amount to at inference. Becomes a
 * {@link Scale} wherever the constants belong to channels, for that can be folded into neighbours.
 */
public final class Affine {
  private Affine() {}

  /**
   * Appends the ops for one number for all elements.
   *
   * @param lowering the program being written
   * @param layer the name of the layer it comes from
   * @param in the value it is applied to
   * @param scale the factor
   * @param shift what is added to the product
   * @return the result, of the value's shape
   */
  public static Value append(
      Lowering lowering, String layer, Value in, double scale, double shift) {
    if (in.stored().rank() == 0) {
      return elements(lowering, layer, in, in.stored(), new double[] {scale}, new double[] {shift});
    }
    Shape channels = Shape.of(in.stored().intDim(-1));
    return channels(
        lowering,
        layer,
        in,
        new Constant.Filled(channels, scale),
        new Constant.Filled(channels, shift));
  }

  /**
   * Appends the ops for numbers that differ along some axes.
   *
   * @param lowering the program being written
   * @param layer the name of the layer it comes from
   * @param in the value it is applied to, as Keras sees it at least of rank 1
   * @param parameters the shape of the constants: of the value's rank, with the value's extents
   *     along those axes and 1 along the others
   * @param scale the factors in row-major order
   * @param shift what is added to the products
   * @return the result, of the value's shape
   */
  public static Value append(
      Lowering lowering, String layer, Value in, Shape parameters, double[] scale, double[] shift) {
    if (parameters.elementCount() == 1) {
      return append(lowering, layer, in, scale[0], shift[0]);
    }
    int rank = parameters.rank();
    for (int axis = 1; axis < rank; axis++) {
      if (parameters.dim(axis) != parameters.elementCount()) {
        continue;
      }
      if (in.storedAxis(axis) == rank - 1) {
        return channels(lowering, layer, in, vector(scale), vector(shift));
      }
      if (axis == 1) {
        Value last = lowering.channelsLast(layer, in, DataFormat.CHANNELS_FIRST);
        return channels(lowering, layer, last, vector(scale), vector(shift));
      }
    }
    return elements(lowering, layer, lowering.asSeen(layer, in), parameters, scale, shift);
  }

  private static Value elements(
      Lowering lowering, String layer, Value in, Shape parameters, double[] scale, double[] shift) {
    Value factors = lowering.constant(Constant.of(parameters, scale));
    Value terms = lowering.constant(Constant.of(parameters, shift));
    Value product = binary(lowering, layer, BinaryFunction.MULTIPLY, in, factors);
    return binary(lowering, layer, BinaryFunction.ADD, product, terms);
  }

  private static Constant vector(double[] numbers) {
    return Constant.of(Shape.of(numbers.length), numbers);
  }

  private static Value channels(
      Lowering lowering, String layer, Value in, Constant scale, Constant shift) {
    Scale op = new Scale(in.stored(), Activation.LINEAR);
    return lowering.append(layer, op, in, List.of(scale, shift), in.view());
  }

  private static Value binary(
      Lowering lowering, String layer, BinaryFunction function, Value left, Value right) {
    Binary op = new Binary(left.stored(), right.stored(), function, Activation.LINEAR);
    return lowering.append(layer, op, List.of(left, right), List.of(), left.view());
  }
}
