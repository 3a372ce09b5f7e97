package org.conv4j.layer.pooling;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;

/**
 * The p-norm of each window: the {@code p}-th root of the sum of the elements' absolute values to
 * the power {@code p}. Padding is zeros.
 *
 * @param sum the movement of the window, with its sum as the function, and the layer's name
 * @param power the number {@code p}, above 0
 */
public record NormPooling(PaddedPooling sum, double power) implements WeightlessLayer {
  /**
   * Checks the arguments.
   *
   * @param sum see {@link #sum}
   * @param power see {@link #power}
   */
  public NormPooling {
    Objects.requireNonNull(sum, "sum");
    if (sum.function() != PaddedPooling.Function.SUM) {
      throw Arguments.invalid(
          sum.name(), "function", PaddedPooling.Function.SUM.toString(), sum.function());
    }
    if (!(power > 0) || Double.isInfinite(power)) {
      throw Arguments.invalid(sum.name(), "power", "a number above 0", power);
    }
  }

  @Override
  public String name() {
    return sum.name();
  }

  @Override
  public Shape outputShape(Shape input) {
    return sum.outputShape(input);
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    DataFormat format = sum.dataFormat();
    Value last = lowering.channelsLast(name(), input, format);
    Eltwise absolute = new Eltwise(last.stored(), ElementwiseFunction.ABSOLUTE);
    Value size = lowering.append(name(), absolute, last, List.of(), format);
    return power(lowering, sum.lower(lowering, power(lowering, size, power), weights), 1 / power);
  }

  private Value power(Lowering lowering, Value value, double exponent) {
    long[] ones = value.stored().extents();
    Arrays.fill(ones, 1);
    Value constant = lowering.constant(new Constant.Filled(Shape.of(ones), exponent));
    Binary op =
        new Binary(value.stored(), constant.shape(), BinaryFunction.POWER, Activation.LINEAR);
    return lowering.append(name(), op, List.of(value, constant), List.of(), sum.dataFormat());
  }
}
