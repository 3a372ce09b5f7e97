package org.conv4j.onednn;

import java.nio.ByteBuffer;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.internal.Memory;

/** Writes an op as the {@code Problem} of {@code native/src/problem.hpp}, field by field. */
final class NativeProblem {
  private static final int FIELDS = 28;
  private static final int DIMENSIONS = 3;

  private final Memory memory = Memory.allocate(FIELDS * Long.BYTES);
  private final ByteBuffer fields = memory.bytes();

  private NativeProblem() {}

  /** Describes a convolution to run with a number of threads. The caller owns the block. */
  static Memory of(Convolution op, int threads) {
    return new NativeProblem()
        .write(
            false,
            op.groups(),
            op.input(),
            op.output(),
            op.window(),
            op.activation(),
            threads,
            WinogradTiles.of(op).edge());
  }

  /** Describes a transposed convolution. The caller owns the block. */
  static Memory of(Deconvolution op, int threads) {
    return new NativeProblem()
        .write(
            true,
            1,
            op.input(),
            op.output(),
            op.window(),
            op.activation(),
            threads,
            WinogradTiles.of(op).edge());
  }

  /** Tells whether the kernels apply a function; other functions are left to the caller. */
  static boolean applies(Elementwise activation) {
    return activation == ElementwiseFunction.LINEAR
        || activation instanceof Elementwise.Relu relu && relu.threshold() == 0;
  }

  private Memory write(
      boolean transposed,
      int groups,
      Shape input,
      Shape output,
      Window window,
      Elementwise activation,
      int threads,
      int winogradTile) {
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
    Elementwise.Relu relu =
        activation instanceof Elementwise.Relu r && applies(activation) ? r : null;
    fields.putLong(relu == null ? 0 : 1);
    fields.putLong(threads);
    fields.putLong(winogradTile);
    fields.putDouble(relu == null ? 1 : relu.negativeSlope());
    fields.putDouble(relu == null ? 0 : relu.maxValue());
    return memory;
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
