package org.conv4j.op;

import java.util.List;
import org.conv4j.shape.Shape;

/**
 * One operation with everything about it resolved: shapes, padding, groups. What it computes is
 * defined by the loops of the reference engine.
 */
public sealed interface Op
    permits Binary,
        Concat,
        Convolution,
        Deconvolution,
        Eltwise,
        InnerProduct,
        MatMul,
        Normalization,
        Pad,
        Permute,
        Pooling,
        Prelu,
        Reduction,
        Resize,
        Scale,
        Slice,
        Softmax {
  /**
   * Returns the shape of what it reads, or of the first of several inputs.
   *
   * @return the first input's shape
   */
  Shape input();

  /**
   * Returns the shapes of everything that it reads, weights apart.
   *
   * @return the inputs' shapes, at least one
   */
  default List<Shape> inputs() {
    return List.of(input());
  }

  /**
   * Returns the shape that it writes.
   *
   * @return the output's shape
   */
  Shape output();

  /**
   * Returns how much arithmetic it does.
   *
   * @return floating-point operations; a multiply-add counts as two
   */
  long flops();
}
