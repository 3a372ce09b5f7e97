package org.conv4j.layer.pooling;

import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Reduction;
import org.conv4j.operation.Operation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Keras's GlobalAveragePooling1D: the mean of each channel, for {@code (batch, steps, channels)}.
 *
 * @param options the arguments that all global pooling layers share
 */
public record GlobalAveragePooling1D(GlobalPoolingOptions options)
    implements BaseGlobalPooling<GlobalAveragePooling1D> {
  /**
   * Checks that nothing is null.
   *
   * @param options see {@link #options}
   */
  public GlobalAveragePooling1D {
    Objects.requireNonNull(options, "options");
  }

  /**
   * Returns a layer with Keras's defaults: channels last, and the spatial dimensions go.
   *
   * @return the layer
   */
  public static GlobalAveragePooling1D of() {
    return new GlobalAveragePooling1D(GlobalPoolingOptions.of("global_average_pooling1d"));
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public ReductionKind kind() {
    return ReductionKind.MEAN;
  }

  @Override
  public GlobalAveragePooling1D withOptions(GlobalPoolingOptions options) {
    return new GlobalAveragePooling1D(options);
  }

  /**
   * Returns the same layer for sequences of which some steps are skipped.
   *
   * @return a layer with a second input, a mask
   */
  public Masked masked() {
    return new Masked(options);
  }

  /**
   * The mean of the steps that a mask keeps; NaN if it keeps none. Its inputs are the sequence and
   * the mask, {@code (batch, steps)}, which is 0 for steps that do not count.
   *
   * @param options the arguments that all global pooling layers share
   */
  public record Masked(GlobalPoolingOptions options) implements Operation {
    /**
     * Checks that nothing is null.
     *
     * @param options see {@link #options}
     */
    public Masked {
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
      Shape result = resultShape(List.of(inputs.get(0).shape(), inputs.get(1).shape()));
      Value sequence = lowering.asSeen(name(), inputs.get(0));
      Shape seen = sequence.shape();
      Value given = lowering.reshape(name(), inputs.get(1), seen.withDim(steps() == 1 ? 2 : 1, 1));
      Value sign = apply(lowering, ElementwiseFunction.SIGN, given);
      Value mask = apply(lowering, ElementwiseFunction.ABSOLUTE, sign);
      Value kept = binary(lowering, BinaryFunction.MULTIPLY, sequence, mask);
      Value mean =
          binary(lowering, BinaryFunction.DIVIDE, sum(lowering, kept), sum(lowering, mask));
      return lowering.reshape(name(), mean, result);
    }

    private int steps() {
      return options.dataFormat() == DataFormat.CHANNELS_LAST ? 1 : 2;
    }

    private Value apply(Lowering lowering, ElementwiseFunction function, Value in) {
      Eltwise op = new Eltwise(in.shape(), function);
      return lowering.append(name(), op, in, List.of(), DataFormat.CHANNELS_LAST);
    }

    private Value binary(Lowering lowering, BinaryFunction function, Value left, Value right) {
      Binary op = new Binary(left.shape(), right.shape(), function, Activation.LINEAR);
      return lowering.append(name(), op, List.of(left, right), List.of(), DataFormat.CHANNELS_LAST);
    }

    private Value sum(Lowering lowering, Value in) {
      Reduction op = new Reduction(in.shape(), IntTuple.of(steps()), ReductionKind.SUM);
      return lowering.append(name(), op, in, List.of(), DataFormat.CHANNELS_LAST);
    }
  }
}
