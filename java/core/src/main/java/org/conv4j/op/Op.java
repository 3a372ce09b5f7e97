package org.conv4j.op;

import org.conv4j.shape.Shape;

/**
 * One operation with everything about it resolved: shapes, padding, groups. What it computes is
 * defined by the loops of the reference engine.
 */
public sealed interface Op permits Convolution, Deconvolution, Softmax, Permute {
  /**
   * Returns the shape that it reads.
   *
   * @return the input's shape
   */
  Shape input();

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
