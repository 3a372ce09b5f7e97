package org.conv4j.portable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.HeldConstants;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
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
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Runs ops on plain Java that HotSpot vectorises. float32 and float64, always available.
 *
 * <p>By default a session uses as many threads as there are processors, in THROUGHPUT mode one; ops
 * that are too small to gain from a second thread stay on the caller's.
 */
public final class JavaEngine implements Engine {
  /** The name that users select it by. */
  public static final String NAME = "java";

  /** The first that accepts a convolution runs it. */
  private static final List<ConvolutionKernel> CONVOLUTIONS =
      List.of(new DepthwiseConvolution(), new FilterConvolution(), new PixelConvolution());

  private static final Window ONE_TAP =
      new Window(IntTuple.of(1), IntTuple.of(1), IntTuple.of(1), IntTuple.of(0), IntTuple.of(0));

  /** Creates the engine; {@link org.conv4j.engine.Engines} does so. */
  public JavaEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Optional<Throwable> unavailabilityCause() {
    return Optional.empty();
  }

  @Override
  public Set<DataType> dataTypes() {
    return Set.of(DataType.FLOAT32, DataType.FLOAT64);
  }

  @Override
  public boolean runsParts() {
    return true;
  }

  @Override
  public CompiledOp compile(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    try (HeldConstants held = HeldConstants.of(op, dataType, constants)) {
      return compileHeld(op, dataType, held.tensors(), options);
    }
  }

  private static CompiledOp compileHeld(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    if (op instanceof Convolution convolution) {
      return compile(convolution, dataType, constants, options);
    }
    if (op instanceof Deconvolution deconvolution) {
      return PixelConvolution.compile(deconvolution, dataType, constants, options);
    }
    if (op instanceof InnerProduct product) {
      return compile(convolution(product), dataType, constants, options);
    }
    if (op instanceof MatMul product) {
      return MatMulTiles.compile(product, dataType, options);
    }
    if (op instanceof Pooling pooling) {
      return PoolingTiles.compile(pooling, dataType, options);
    }
    if (op instanceof Resize resize) {
      return ResizeTiles.compile(resize, dataType, options);
    }
    if (op instanceof Softmax softmax) {
      return SoftmaxTiles.compile(softmax, dataType, options);
    }
    if (op instanceof Normalization normalization) {
      return NormalizationTiles.compile(normalization, dataType, constants, options);
    }
    if (op instanceof Reduction reduction) {
      return ReductionTiles.compile(reduction, dataType, options);
    }
    return compileForElements(op, dataType, constants, options);
  }

  /** Compiles ops that make each output element of one element of each input at most. */
  private static CompiledOp compileForElements(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    if (op instanceof Binary binary) {
      return ElementTiles.compile(binary, dataType, options);
    }
    if (op instanceof Eltwise eltwise) {
      return ElementTiles.compile(eltwise, dataType, options);
    }
    if (op instanceof Scale scale) {
      return ElementTiles.compile(scale, dataType, constants, options);
    }
    if (op instanceof Prelu prelu) {
      return ElementTiles.compile(prelu, dataType, constants, options);
    }
    if (op instanceof Concat concat) {
      return Copies.compile(concat, dataType, options);
    }
    if (op instanceof Pad pad) {
      return Copies.compile(pad, dataType, options);
    }
    if (op instanceof Permute permute) {
      return Copies.compile(permute, dataType, options);
    }
    if (op instanceof Slice slice) {
      return Copies.compile(slice, dataType, options);
    }
    throw new AssertionError(op);
  }

  /** An inner product is a convolution of a sequence of rows with a kernel of one tap. */
  private static Convolution convolution(InnerProduct op) {
    return new Convolution(
        Shape.of(1, op.rows(), op.input().dim(-1)),
        Shape.of(1, op.rows(), op.units()),
        ONE_TAP,
        1,
        op.bias(),
        op.activation());
  }

  private static CompiledOp compile(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    for (ConvolutionKernel kernel : CONVOLUTIONS) {
      if (kernel.accepts(op)) {
        return kernel.compile(op, dataType, constants, options);
      }
    }
    throw new AssertionError(op);
  }
}
