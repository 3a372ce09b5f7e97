package org.conv4j.operation;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.layer.pooling.GlobalAveragePooling1D;
import org.conv4j.layer.pooling.GlobalPoolingOptions;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Keras's GlobalAveragePooling1D of a sequence with a mask: the mean of the steps that it keeps;
 * NaN if it keeps none. Its inputs are the sequence and the mask, {@code (batch, steps)}, which is
 * 0 for steps that do not count.
 *
 * @param options the arguments that all global pooling layers share
 */
public record MaskedAverage(GlobalPoolingOptions options) implements Operation {
  /**
   * Checks that nothing is null.
   *
   * @param options see {@link #options}
   */
  public MaskedAverage {
    Objects.requireNonNull(options, "options");
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public String className() {
    return "GlobalAveragePooling1D";
  }

  @Override
  public int arity() {
    return 2;
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape sequence = inputs.get(0);
    Shape pooled = new GlobalAveragePooling1D(options).outputShape(sequence);
    Shape mask = inputs.get(1);
    if (mask.rank() != 2
        || Extents.clash(mask.extent(0), sequence.extent(0))
        || Extents.clash(mask.extent(1), sequence.extent(steps()))) {
      throw new ShapeMismatchException(
          "Layer '%s': the mask of %s must have the shape (batch, steps); given %s."
              .formatted(name(), sequence, mask));
    }
    return pooled;
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value sequence = lowering.asSeen(name(), inputs.get(0));
    Shape alike = sequence.shape().withDim(3 - steps(), 1);
    Value given = lowering.reshape(name(), inputs.get(1), alike);
    Value mask = NotEqual.truth(lowering, name(), given);
    Value kept = arithmetic(lowering, BinaryFunction.MULTIPLY, sequence, mask);
    Value sum = sum(lowering, kept);
    Value mean = arithmetic(lowering, BinaryFunction.DIVIDE, sum, sum(lowering, mask));
    return lowering.reshape(
        name(), mean, resultShape(List.of(sequence.shape(), inputs.get(1).shape())));
  }

  private int steps() {
    return options.dataFormat() == DataFormat.CHANNELS_LAST ? 1 : 2;
  }

  private Value sum(Lowering lowering, Value in) {
    return Reduce.append(lowering, name(), ReductionKind.SUM, in, IntTuple.of(steps()));
  }

  private Value arithmetic(Lowering lowering, BinaryFunction function, Value left, Value right) {
    return new Arithmetic(name(), function, null, null).append(lowering, List.of(left, right));
  }
}
