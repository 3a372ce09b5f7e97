package org.conv4j.onednn.kernel;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.NativeKernel;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.choice.ConvolutionCosts;
import org.conv4j.op.InnerProduct;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The product of a few rows with a constant matrix, which is read once and so is all the work: as a
 * convolution of as many pixels on our kernel, whose threads each read a part of it.
 */
public final class NativeInnerProduct {
  private NativeInnerProduct() {}

  public static boolean accepts(InnerProduct op) {
    return NativeLibrary.isAvailable() && op.rows() <= fewPixels();
  }

  private static int fewPixels() {
    return ConvolutionCosts.of(NativeKernel.machine(), DataType.FLOAT32).pointwise().fewPixels();
  }

  public static CompiledOp compile(InnerProduct op, List<Tensor> constants) {
    return NativeOp.compile("pointwise", op.asConvolution(), constants);
  }
}
