package org.conv4j.operation;

import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * The variance of all elements along some axes, {@code mean((x - mean(x))^2)}, or its root.
 *
 * @param name the layer's name
 * @param axes the axes, negative ones counted from the end; null for all
 * @param keepDims whether the axes stay, with extent 1
 * @param root whether the standard deviation is meant
 */
public record Variance(String name, IntTuple axes, boolean keepDims, boolean root)
    implements Operation {
  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   * @param keepDims see {@link #keepDims}
   * @param root see {@link #root}
   */
  public Variance {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    return new Reduce(name, ReductionKind.MEAN, axes, keepDims).resultShape(inputs);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    IntTuple along = Axes.resolve(name, axes, in.shape().rank());
    Value mean = Reduce.append(lowering, name, ReductionKind.MEAN, in, along);
    Binary difference =
        new Binary(in.stored(), mean.stored(), BinaryFunction.SUBTRACT, Activation.LINEAR);
    Value centred = lowering.append(name, difference, List.of(in, mean), List.of(), in.view());
    Value squared = apply(lowering, ElementwiseFunction.SQUARE, centred);
    Value variance = Reduce.append(lowering, name, ReductionKind.MEAN, squared, along);
    Value result = root ? apply(lowering, ElementwiseFunction.SQUARE_ROOT, variance) : variance;
    return keepDims ? result : lowering.reshape(name, result, Axes.without(in.shape(), along));
  }

  private Value apply(Lowering lowering, Elementwise function, Value in) {
    return lowering.append(name, new Eltwise(in.stored(), function), in, List.of(), in.view());
  }
}
