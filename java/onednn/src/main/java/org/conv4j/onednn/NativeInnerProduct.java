package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.op.InnerProduct;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.Tensor;

/**
 * The product of a few rows with a constant matrix, which is read once and so is all the work: as a
 * convolution of as many pixels on our kernel, whose threads each read a part of it.
 */
final class NativeInnerProduct {
  private static final int MOST_ROWS = 4;

  private NativeInnerProduct() {}

  static boolean accepts(InnerProduct op) {
    return NativeLibrary.isAvailable() && op.rows() <= MOST_ROWS;
  }

  static CompiledOp compile(InnerProduct op, List<Tensor> constants) {
    IntTuple one = IntTuple.of(1);
    IntTuple zero = IntTuple.of(0);
    Convolution convolution =
        new Convolution(
            Shape.of(1, op.rows(), op.input().dim(-1)),
            Shape.of(1, op.rows(), op.units()),
            new Window(one, one, one, zero, zero),
            1,
            op.bias(),
            op.activation());
    return NativeOp.compile("pointwise", convolution, constants);
  }
}
