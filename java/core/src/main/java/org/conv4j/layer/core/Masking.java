package org.conv4j.layer.core;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Reduction;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Masking: steps of a sequence whose elements all are one number become zeros, and are
 * skipped by the layers behind it that {@link Mask} is given to.
 *
 * @param name the layer's name
 * @param maskValue the number
 */
public record Masking(String name, double maskValue) implements WeightlessLayer {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param maskValue see {@link #maskValue}
   */
  public Masking {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns what tells which steps are skipped, for the same input.
   *
   * @return a layer whose output is 0 for them, without the last axis
   */
  public Mask mask() {
    return new Mask(name + ".mask", maskValue);
  }

  @Override
  public Shape outputShape(Shape input) {
    return Arguments.rankAtLeast(name, 2, input);
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Value in = lowering.asSeen(name, input);
    Value distances = distances(lowering, name, in, maskValue);
    Eltwise sign = new Eltwise(distances.shape(), ElementwiseFunction.SIGN);
    Value kept = lowering.append(name, sign, distances, List.of(), DataFormat.CHANNELS_LAST);
    Binary product =
        new Binary(in.shape(), kept.shape(), BinaryFunction.MULTIPLY, Activation.LINEAR);
    return lowering.append(name, product, List.of(in, kept), List.of(), DataFormat.CHANNELS_LAST);
  }

  /** How far the element is that is farthest from a number, along the last axis. */
  private static Value distances(Lowering lowering, String name, Value in, double number) {
    Value difference = number == 0 ? in : Affine.append(lowering, name, in, 1, -number);
    Eltwise absolute = new Eltwise(in.shape(), ElementwiseFunction.ABSOLUTE);
    Value distance =
        lowering.append(name, absolute, difference, List.of(), DataFormat.CHANNELS_LAST);
    IntTuple last = IntTuple.of(in.shape().rank() - 1);
    Reduction largest = new Reduction(in.shape(), last, ReductionKind.MAX);
    Value value = lowering.append(name, largest, distance, List.of(), DataFormat.CHANNELS_LAST);
    return lowering.reshape(name, value, in.shape().withDim(in.shape().rank() - 1, 1));
  }

  /**
   * What tells which steps a Masking hides: 0 stands for them, any other number for the rest.
   *
   * @param name the layer's name
   * @param maskValue the number that all elements of a hidden step are
   */
  public record Mask(String name, double maskValue) implements WeightlessLayer {
    @Override
    public Shape outputShape(Shape input) {
      Arguments.rankAtLeast(name, 2, input);
      return Shape.open(Arrays.copyOf(input.extents(), input.rank() - 1));
    }

    @Override
    public Value lower(Lowering lowering, Value input, Weights weights) {
      Value in = lowering.asSeen(name, input);
      Value distances = distances(lowering, name, in, maskValue);
      return lowering.reshape(name, distances, outputShape(in.shape()));
    }
  }
}
