package org.conv4j.operation;

import java.util.List;
import java.util.Objects;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.Shape;

/**
 * {@code x != number}: 1 for elements that are another number, 0 for the others.
 *
 * @param name the layer's name
 * @param number what elements are compared with, finite
 */
public record NotEqual(String name, double number) implements Operation {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param number see {@link #number}
   */
  public NotEqual {
    Objects.requireNonNull(name, "name");
    if (!Double.isFinite(number)) {
      throw new InvalidLayerException(
          "Layer '%s' compares with a finite number; given %s.".formatted(name, number));
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    return truth(lowering, name, number == 0 ? in : Affine.append(lowering, name, in, 1, -number));
  }

  /** 1 where a number is not 0. */
  static Value truth(Lowering lowering, String name, Value in) {
    Eltwise sign = new Eltwise(in.stored(), ElementwiseFunction.SIGN);
    Eltwise absolute = new Eltwise(in.stored(), ElementwiseFunction.ABSOLUTE);
    Value signs = lowering.append(name, sign, in, List.of(), in.view());
    return lowering.append(name, absolute, signs, List.of(), in.view());
  }
}
