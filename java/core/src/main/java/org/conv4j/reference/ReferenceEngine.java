package org.conv4j.reference;

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
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** The oracle. Always available; float32 and float64. */
public final class ReferenceEngine implements Engine {
  /** The name that users select it by. */
  public static final String NAME = "reference";

  /** Creates the engine; {@link org.conv4j.engine.Engines} does so. */
  public ReferenceEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 0;
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
  public CompiledOp compile(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    try (HeldConstants held = HeldConstants.of(op, dataType, constants)) {
      List<double[]> weights = held.tensors().stream().map(Tensor::toDoubleArray).toList();
      return new ReferenceOp(op, loops(op, dataType, weights));
    }
  }

  private static Loops loops(Op op, DataType dataType, List<double[]> weights) {
    if (op instanceof Convolution convolution) {
      return new ConvolutionLoops(convolution, weights);
    }
    if (op instanceof Deconvolution deconvolution) {
      return new DeconvolutionLoops(deconvolution, weights);
    }
    if (op instanceof Softmax softmax) {
      return new SoftmaxLoops(softmax);
    }
    if (op instanceof Pooling pooling) {
      return new PoolingLoops(pooling, dataType.lowest());
    }
    if (op instanceof InnerProduct product) {
      return new InnerProductLoops(product, weights);
    }
    if (op instanceof MatMul product) {
      return new MatMulLoops(product);
    }
    if (op instanceof Normalization normalization) {
      return new NormalizationLoops(normalization, weights);
    }
    if (op instanceof Reduction reduction) {
      return new ReductionLoops(reduction);
    }
    if (op instanceof Resize resize) {
      return new ResizeLoops(resize);
    }
    return elementLoops(op, weights);
  }

  /** The loops of ops that make each output element of one element of each input at most. */
  private static Loops elementLoops(Op op, List<double[]> weights) {
    if (op instanceof Binary binary) {
      return new BinaryLoops(binary);
    }
    if (op instanceof Eltwise eltwise) {
      return new EltwiseLoops(eltwise);
    }
    if (op instanceof Scale scale) {
      return new ScaleLoops(scale, weights);
    }
    if (op instanceof Prelu prelu) {
      return new PreluLoops(prelu, weights);
    }
    if (op instanceof Concat concat) {
      return new ConcatLoops(concat);
    }
    if (op instanceof Slice slice) {
      return new SliceLoops(slice);
    }
    if (op instanceof Pad pad) {
      return new PadLoops(pad);
    }
    if (op instanceof Permute permute) {
      return new PermuteLoops(permute);
    }
    throw new AssertionError(op);
  }
}
