package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.onednn.kernel.NativeClamp;
import org.conv4j.onednn.kernel.NativeInnerProduct;
import org.conv4j.onednn.primitive.Bounds;
import org.conv4j.onednn.primitive.convolution.PadConvolution;
import org.conv4j.onednn.primitive.convolution.ScaleConvolution;
import org.conv4j.onednn.primitive.operation.BinaryPrimitive;
import org.conv4j.onednn.primitive.operation.ConcatPrimitive;
import org.conv4j.onednn.primitive.operation.EltwisePrimitive;
import org.conv4j.onednn.primitive.operation.GroupNormalizationPrimitive;
import org.conv4j.onednn.primitive.operation.InnerProductPrimitive;
import org.conv4j.onednn.primitive.operation.MatMulPrimitive;
import org.conv4j.onednn.primitive.operation.NormalizationPrimitive;
import org.conv4j.onednn.primitive.operation.PermutePrimitive;
import org.conv4j.onednn.primitive.operation.PoolingPrimitive;
import org.conv4j.onednn.primitive.operation.PreluPrimitive;
import org.conv4j.onednn.primitive.operation.ReductionPrimitive;
import org.conv4j.onednn.primitive.operation.ResamplingPrimitive;
import org.conv4j.onednn.primitive.operation.SlicePrimitive;
import org.conv4j.onednn.primitive.operation.SoftmaxPrimitive;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.FunctionCall;
import org.conv4j.op.Gather;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.MatMul;
import org.conv4j.op.Normalization;
import org.conv4j.op.OpVisitor;
import org.conv4j.op.Pad;
import org.conv4j.op.Permute;
import org.conv4j.op.Pooling;
import org.conv4j.op.Prelu;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Reduction;
import org.conv4j.op.Resize;
import org.conv4j.op.Scale;
import org.conv4j.op.Slice;
import org.conv4j.op.Softmax;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * What runs each kind of op in float32, and why some are left to other engines.
 *
 * @param constants the op's, held while it is compiled
 * @param options how to compile
 */
record Primitives(List<Tensor> constants, CompileOptions options)
    implements OpVisitor<Compilation> {
  private static final Compilation BEYOND_BOUNDS =
      Compilation.declined("its numbers are beyond what oneDNN is trusted with");

  @Override
  public Compilation visit(Binary op) {
    return Bounds.takes(op)
        ? Compilation.of(
            BinaryPrimitive.compile(op), "oneDNN has no fast function of such operands")
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Concat op) {
    return Bounds.takes(op) ? Compilation.of(ConcatPrimitive.compile(op)) : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Convolution op) {
    return ConvolutionKernels.compile(op, DataType.FLOAT32, constants, options);
  }

  @Override
  public Compilation visit(Deconvolution op) {
    return ConvolutionKernels.compile(op, DataType.FLOAT32, constants, options);
  }

  @Override
  public Compilation visit(Eltwise op) {
    return Bounds.takes(op)
        ? Compilation.of(
            EltwisePrimitive.compile(op).or(() -> NativeClamp.compile(op)),
            "oneDNN has no such function, or loses NaN")
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(FunctionCall op) {
    return Compilation.declined("oneDNN calls no functions of the program's");
  }

  @Override
  public Compilation visit(Gather op) {
    return Compilation.declined("oneDNN copies no rows by number");
  }

  @Override
  public Compilation visit(InnerProduct op) {
    return Bounds.takes(op)
        ? Compilation.of(
            NativeInnerProduct.accepts(op)
                ? NativeInnerProduct.compile(op, constants)
                : InnerProductPrimitive.compile(op, constants))
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(MatMul op) {
    return Bounds.takes(op) ? Compilation.of(MatMulPrimitive.compile(op)) : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Normalization op) {
    return Bounds.takes(op)
        ? Compilation.of(
            NormalizationPrimitive.compile(op, constants)
                .or(() -> GroupNormalizationPrimitive.compile(op, constants)),
            "oneDNN normalizes along the last axes, or in groups of channels, only")
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Pad op) {
    return Bounds.takes(op)
        ? Compilation.of(
            PadConvolution.compile(op),
            "oneDNN pads images and sequences of many channels with zeros only")
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Permute op) {
    return Bounds.takes(op) ? Compilation.of(PermutePrimitive.compile(op)) : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Pooling op) {
    return Bounds.takes(op)
        ? Compilation.of(
            PoolingPrimitive.compile(op), "oneDNN has no fast pooling with such a window")
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Prelu op) {
    return Bounds.takes(op)
        ? Compilation.of(
            PreluPrimitive.compile(op, constants),
            "oneDNN has no fast rectifier with slopes shared so")
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Recurrence op) {
    return Compilation.declined("oneDNN has no recurrence without the products of its inputs");
  }

  @Override
  public Compilation visit(Reduction op) {
    return Bounds.takes(op)
        ? Compilation.of(
            ReductionPrimitive.compile(op),
            "oneDNN reduces to sums and means along neighbouring axes only")
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Resize op) {
    return Bounds.takes(op)
        ? Compilation.of(ResamplingPrimitive.compile(op), "oneDNN has no such resampling")
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Scale op) {
    return Bounds.takes(op)
        ? Compilation.of(ScaleConvolution.compile(op, constants))
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Slice op) {
    return Bounds.takes(op)
        ? Compilation.of(SlicePrimitive.compile(op), "oneDNN has no slices with such steps")
        : BEYOND_BOUNDS;
  }

  @Override
  public Compilation visit(Softmax op) {
    return Bounds.takes(op) ? Compilation.of(SoftmaxPrimitive.compile(op)) : BEYOND_BOUNDS;
  }
}
