package org.conv4j.onednn;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.MatMul;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.op.OpVisitor;
import org.conv4j.op.Pad;
import org.conv4j.op.Permute;
import org.conv4j.op.Pooling;
import org.conv4j.op.Prelu;
import org.conv4j.op.Reduction;
import org.conv4j.op.Resize;
import org.conv4j.op.Scale;
import org.conv4j.op.Slice;
import org.conv4j.op.Softmax;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * What runs each kind of op in float32. Nothing, so that plain Java does, for:
 *
 * <ul>
 *   <li>whatever is beyond the {@link Bounds};
 *   <li>binary: maximum, minimum and power; a difference or quotient whose first operand is the
 *       repeated one; operands that are both repeated;
 *   <li>element-wise: the functions that {@link PostOps} has no chain for;
 *   <li>pooling: dilated windows;
 *   <li>normalization: Euclidean ones; along other axes than the last ones, unless by groups of
 *       channels;
 *   <li>PReLU: slopes that are shared along the last axis but not along all; a single one of 0;
 *   <li>reduction: extremes; axes that are not neighbours;
 *   <li>resampling: cubic; nearest, unless up by a whole factor;
 *   <li>padding: other numbers than 0, three dimensions, few channels, along batch or channels;
 *   <li>slices: backwards, or with steps that do not divide an axis.
 * </ul>
 *
 * @param constants the op's, held while it is compiled
 * @param options how to compile
 */
record Primitives(List<Tensor> constants, CompileOptions options)
    implements OpVisitor<Optional<CompiledOp>> {
  @Override
  public Optional<CompiledOp> visit(Binary op) {
    return bounded(op, () -> BinaryPrimitive.compile(op));
  }

  @Override
  public Optional<CompiledOp> visit(Concat op) {
    return bounded(op, () -> Optional.of(ConcatPrimitive.compile(op)));
  }

  @Override
  public Optional<CompiledOp> visit(Convolution op) {
    return OneDnnEngine.first(op, DataType.FLOAT32, constants, options);
  }

  @Override
  public Optional<CompiledOp> visit(Deconvolution op) {
    return OneDnnEngine.first(op, DataType.FLOAT32, constants, options);
  }

  @Override
  public Optional<CompiledOp> visit(Eltwise op) {
    return bounded(op, () -> EltwisePrimitive.compile(op));
  }

  @Override
  public Optional<CompiledOp> visit(InnerProduct op) {
    return bounded(
        op,
        () ->
            Optional.of(
                NativeInnerProduct.accepts(op)
                    ? NativeInnerProduct.compile(op, constants)
                    : InnerProductPrimitive.compile(op, constants)));
  }

  @Override
  public Optional<CompiledOp> visit(MatMul op) {
    return bounded(op, () -> Optional.of(MatMulPrimitive.compile(op)));
  }

  @Override
  public Optional<CompiledOp> visit(Normalization op) {
    return bounded(
        op,
        () ->
            NormalizationPrimitive.compile(op, constants)
                .or(() -> GroupNormalizationPrimitive.compile(op, constants)));
  }

  @Override
  public Optional<CompiledOp> visit(Pad op) {
    return bounded(op, () -> PadConvolution.compile(op));
  }

  @Override
  public Optional<CompiledOp> visit(Permute op) {
    return bounded(op, () -> Optional.of(PermutePrimitive.compile(op)));
  }

  @Override
  public Optional<CompiledOp> visit(Pooling op) {
    return bounded(op, () -> PoolingPrimitive.compile(op));
  }

  @Override
  public Optional<CompiledOp> visit(Prelu op) {
    return bounded(op, () -> PreluPrimitive.compile(op, constants));
  }

  @Override
  public Optional<CompiledOp> visit(Reduction op) {
    return bounded(op, () -> ReductionPrimitive.compile(op));
  }

  @Override
  public Optional<CompiledOp> visit(Resize op) {
    return bounded(op, () -> ResamplingPrimitive.compile(op));
  }

  @Override
  public Optional<CompiledOp> visit(Scale op) {
    return bounded(op, () -> Optional.of(ScaleConvolution.compile(op, constants)));
  }

  @Override
  public Optional<CompiledOp> visit(Slice op) {
    return bounded(op, () -> SlicePrimitive.compile(op));
  }

  @Override
  public Optional<CompiledOp> visit(Softmax op) {
    return bounded(op, () -> Optional.of(SoftmaxPrimitive.compile(op)));
  }

  private static Optional<CompiledOp> bounded(Op op, Supplier<Optional<CompiledOp>> primitive) {
    return Bounds.takes(op) ? primitive.get() : Optional.empty();
  }
}
