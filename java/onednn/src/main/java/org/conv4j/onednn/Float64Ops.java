package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.op.SimpleOpVisitor;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * What runs float64: our kernels. The ops between convolutions are few and cheap, and left to other
 * engines.
 */
final class Float64Ops extends SimpleOpVisitor<Compilation> {
  private final List<Tensor> constants;
  private final CompileOptions options;

  Float64Ops(List<Tensor> constants, CompileOptions options) {
    this.constants = constants;
    this.options = options;
  }

  @Override
  public Compilation visit(Convolution op) {
    return ConvolutionKernels.compile(op, DataType.FLOAT64, constants, options);
  }

  @Override
  public Compilation visit(Deconvolution op) {
    return ConvolutionKernels.compile(op, DataType.FLOAT64, constants, options);
  }

  @Override
  protected Compilation other(Op op) {
    return Compilation.declined("of float64, onednn has convolutions only");
  }
}
