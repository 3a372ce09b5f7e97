package org.conv4j.dl4j.layer;

import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.op.InnerProduct;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;

/**
 * Each element of an image divided by {@code (k + alpha * s)^beta}, where s is the sum of the
 * squares of its pixel's neighbouring channels.
 *
 * @param name the layer's name
 * @param radius how many channels to each side count as neighbours, at least 0
 * @param k see above
 * @param alpha see above
 * @param beta see above
 * @param dataFormat the position of the channels in input and output
 */
public record LocalResponseNormalization(
    String name, int radius, double k, double alpha, double beta, DataFormat dataFormat)
    implements WeightlessLayer {
  private static final int MAX_CHANNELS = 4096;

  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param radius see {@link #radius}
   * @param k see {@link #k}
   * @param alpha see {@link #alpha}
   * @param beta see {@link #beta}
   * @param dataFormat see {@link #dataFormat}
   */
  public LocalResponseNormalization {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataFormat, "dataFormat");
    if (radius < 0) {
      throw Arguments.invalid(name, "n", "a number of at least 0", radius);
    }
    Arguments.finite(name, "k", k);
    Arguments.finite(name, "alpha", alpha);
    Arguments.finite(name, "beta", beta);
  }

  @Override
  public Shape outputShape(Shape input) {
    new SpatialLayout(name, 2, dataFormat).channelsLast(input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Value in = lowering.channelsLast(name, input, dataFormat);
    Shape shape = in.stored();
    Value squares = eltwise(lowering, ElementwiseFunction.SQUARE, in);
    InnerProduct band = new InnerProduct(shape, shape.intDim(-1), false, Activation.LINEAR);
    Value sums =
        lowering.append(name, band, squares, List.of(neighbours(shape.intDim(-1))), dataFormat);
    Value base = Affine.append(lowering, name, sums, alpha, k);
    Value exponent = lowering.constant(new Constant.Filled(Shape.of(1, 1, 1, 1), -beta));
    Value factor = binary(lowering, BinaryFunction.POWER, base, exponent);
    return binary(lowering, BinaryFunction.MULTIPLY, in, factor);
  }

  /** A matrix with ones where two channels are neighbours adds up neighbours. */
  private Constant neighbours(int channels) {
    if (channels > MAX_CHANNELS) {
      throw Arguments.invalid(name, "the number of channels", "at most " + MAX_CHANNELS, channels);
    }
    double[] ones = new double[channels * channels];
    for (int row = 0; row < channels; row++) {
      int end = (int) Math.min(channels, (long) row + radius + 1);
      for (int column = Math.max(0, row - radius); column < end; column++) {
        ones[row * channels + column] = 1;
      }
    }
    return Constant.of(Shape.of(channels, channels), ones);
  }

  private Value eltwise(Lowering lowering, ElementwiseFunction function, Value in) {
    return lowering.append(name, new Eltwise(in.stored(), function), in, List.of(), dataFormat);
  }

  private Value binary(Lowering lowering, BinaryFunction function, Value left, Value right) {
    Binary op = new Binary(left.stored(), right.stored(), function, Activation.LINEAR);
    return lowering.append(name, op, List.of(left, right), List.of(), dataFormat);
  }
}
