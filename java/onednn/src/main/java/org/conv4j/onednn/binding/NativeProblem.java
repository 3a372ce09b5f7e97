package org.conv4j.onednn.binding;

import java.nio.ByteBuffer;
import org.conv4j.activation.Elementwise;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.internal.Memory;

/**
 * An op as the {@code Problem} of {@code native/src/problem.hpp}, written field by field. Owner of
 * its memory.
 */
public final class NativeProblem implements AutoCloseable {
  private static final int FIELDS = 28;
  private static final int DIMENSIONS = 3;

  private final Memory memory = Memory.allocate(FIELDS * Long.BYTES);
  private final ByteBuffer fields = memory.bytes();

  private final long address = Address.of(memory).address();

  private NativeProblem() {}

  /** Describes a convolution to run with a number of threads. */
  public static NativeProblem of(Convolution op, int threads) {
    return new NativeProblem()
        .write(false, op.groups(), op.input(), op.output(), op.window(), op.activation(), threads);
  }

  /** Describes a transposed convolution. */
  public static NativeProblem of(Deconvolution op, int threads) {
    return new NativeProblem()
        .write(true, 1, op.input(), op.output(), op.window(), op.activation(), threads);
  }

  /** Returns where native code reads it. */
  public long address() {
    return address;
  }

  @Override
  public void close() {
    memory.close();
  }

  /**
   * Tells whether the kernels of a data type apply a function; other functions are left to the
   * caller.
   */
  public static boolean applies(Elementwise activation, DataType dataType) {
    return NativeFunction.of(activation)
        .filter(function -> dataType == DataType.FLOAT32 || function.isPiecewiseLinear())
        .isPresent();
  }

  private NativeProblem write(
      boolean transposed,
      int groups,
      Shape input,
      Shape output,
      Window window,
      Elementwise activation,
      int threads) {
    fields.putLong(transposed ? 1 : 0);
    fields.putLong(input.dim(0));
    fields.putLong(groups);
    fields.putLong(input.dim(-1));
    fields.putLong(output.dim(-1));
    extents(input);
    extents(output);
    tuple(window.kernel(), 1);
    tuple(window.strides(), 1);
    tuple(window.dilation(), 1);
    tuple(window.padBegin(), 0);
    NativeFunction function = NativeFunction.of(activation).orElse(NativeFunction.NONE);
    Elementwise.Relu relu =
        function == NativeFunction.RECTIFIER ? (Elementwise.Relu) activation : null;
    fields.putLong(function.ordinal());
    fields.putLong(threads);
    fields.putLong(0); // The kernel's plan chooses.
    fields.putDouble(relu == null ? 1 : relu.negativeSlope());
    fields.putDouble(relu == null ? 0 : relu.maxValue());
    return this;
  }

  private void extents(Shape channelsLast) {
    int rank = channelsLast.rank() - 2;
    for (int i = 0; i < DIMENSIONS; i++) {
      int axis = i - (DIMENSIONS - rank);
      fields.putLong(axis < 0 ? 1 : channelsLast.dim(axis + 1));
    }
  }

  private void tuple(IntTuple values, int missing) {
    for (int i = 0; i < DIMENSIONS; i++) {
      int axis = i - (DIMENSIONS - values.size());
      fields.putLong(axis < 0 ? missing : values.get(axis));
    }
  }
}
