package org.conv4j.onnx.product;

import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.weights.Constant;

/** Multiplies along any axis with a matrix. */
public final class LastAxis {
  private LastAxis() {}

  /** The product along an axis, which is moved to the end for it and back. */
  public static Value product(Call call, Value in, int axis, Constant matrix) {
    int rank = in.shape().rank();
    if (in.storedAxis(axis) == rank - 1) {
      Value stored = new Value(in.id(), in.stored(), org.conv4j.shape.DataFormat.CHANNELS_LAST);
      Value result = MatrixProducts.inner(call, stored, matrix, null);
      return new Value(
          result.id(), result.shape().permute(in.view().axesFromChannelsLast(rank)), in.view());
    }
    int[] order = new int[rank];
    int[] back = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i == rank - 1 ? axis : i < axis ? i : i + 1;
      back[i] = i == axis ? rank - 1 : i < axis ? i : i - 1;
    }
    Value moved = call.emit().permute(in, order);
    return call.emit().permute(MatrixProducts.inner(call, moved, matrix, null), back);
  }
}
