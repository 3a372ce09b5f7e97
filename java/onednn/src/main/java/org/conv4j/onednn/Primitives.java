package org.conv4j.onednn;

import java.util.List;
import java.util.Optional;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Eltwise;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.MatMul;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Permute;
import org.conv4j.op.Pooling;
import org.conv4j.op.Prelu;
import org.conv4j.op.Reduction;
import org.conv4j.op.Resize;
import org.conv4j.op.Scale;
import org.conv4j.op.Slice;
import org.conv4j.op.Softmax;
import org.conv4j.tensor.Tensor;

/**
 * What oneDNN has for float32 ops other than convolutions. Nothing, so that plain Java runs them,
 * for:
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
 */
final class Primitives {
  private Primitives() {}

  static Optional<CompiledOp> compile(Op op, List<Tensor> constants) {
    if (!Bounds.takes(op)) {
      return Optional.empty();
    }
    if (op instanceof Binary binary) {
      return BinaryPrimitive.compile(binary);
    }
    if (op instanceof Concat concat) {
      return Optional.of(ConcatPrimitive.compile(concat));
    }
    if (op instanceof Eltwise eltwise) {
      return EltwisePrimitive.compile(eltwise);
    }
    if (op instanceof InnerProduct product) {
      return Optional.of(
          NativeInnerProduct.accepts(product)
              ? NativeInnerProduct.compile(product, constants)
              : InnerProductPrimitive.compile(product, constants));
    }
    if (op instanceof MatMul product) {
      return Optional.of(MatMulPrimitive.compile(product));
    }
    if (op instanceof Normalization normalization) {
      return NormalizationPrimitive.compile(normalization, constants)
          .or(() -> GroupNormalizationPrimitive.compile(normalization, constants));
    }
    if (op instanceof Pad pad) {
      return PadConvolution.compile(pad);
    }
    if (op instanceof Permute permute) {
      return Optional.of(PermutePrimitive.compile(permute));
    }
    if (op instanceof Pooling pooling) {
      return PoolingPrimitive.compile(pooling);
    }
    if (op instanceof Prelu prelu) {
      return PreluPrimitive.compile(prelu, constants);
    }
    if (op instanceof Reduction reduction) {
      return ReductionPrimitive.compile(reduction);
    }
    if (op instanceof Resize resize) {
      return ResamplingPrimitive.compile(resize);
    }
    if (op instanceof Scale scale) {
      return Optional.of(ScaleConvolution.compile(scale, constants));
    }
    if (op instanceof Slice slice) {
      return SlicePrimitive.compile(slice);
    }
    if (op instanceof Softmax softmax) {
      return Optional.of(SoftmaxPrimitive.compile(softmax));
    }
    throw new AssertionError(op);
  }
}
