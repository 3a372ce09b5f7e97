package org.conv4j.reference.loops;

import java.util.List;
import org.conv4j.error.UnsupportedByEngineException;
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

/**
 * The loops that define each kind of op.
 *
 * @param dataType the type of the first input's elements
 * @param weights the elements of the op's constants
 */
public record LoopsOf(DataType dataType, List<double[]> weights) implements OpVisitor<Loops> {
  @Override
  public Loops visit(Binary op) {
    return new BinaryLoops(op);
  }

  @Override
  public Loops visit(Concat op) {
    return new ConcatLoops(op);
  }

  @Override
  public Loops visit(Convolution op) {
    return new ConvolutionLoops(op, weights);
  }

  @Override
  public Loops visit(Deconvolution op) {
    return new DeconvolutionLoops(op, weights);
  }

  @Override
  public Loops visit(Eltwise op) {
    return new EltwiseLoops(op);
  }

  @Override
  public Loops visit(FunctionCall op) {
    throw new UnsupportedByEngineException(
        "Layer '" + op.layer() + "': a function of the program's has no loops.");
  }

  @Override
  public Loops visit(Gather op) {
    return new GatherLoops(op);
  }

  @Override
  public Loops visit(InnerProduct op) {
    return new InnerProductLoops(op, weights);
  }

  @Override
  public Loops visit(MatMul op) {
    return new MatMulLoops(op);
  }

  @Override
  public Loops visit(Normalization op) {
    return new NormalizationLoops(op, weights);
  }

  @Override
  public Loops visit(Pad op) {
    return new PadLoops(op);
  }

  @Override
  public Loops visit(Permute op) {
    return new PermuteLoops(op);
  }

  @Override
  public Loops visit(Pooling op) {
    return new PoolingLoops(op, dataType.lowest());
  }

  @Override
  public Loops visit(Prelu op) {
    return new PreluLoops(op, weights);
  }

  @Override
  public Loops visit(Recurrence op) {
    return new RecurrenceLoops(op, weights);
  }

  @Override
  public Loops visit(Reduction op) {
    return new ReductionLoops(op);
  }

  @Override
  public Loops visit(Resize op) {
    return new ResizeLoops(op);
  }

  @Override
  public Loops visit(Scale op) {
    return new ScaleLoops(op, weights);
  }

  @Override
  public Loops visit(Slice op) {
    return new SliceLoops(op);
  }

  @Override
  public Loops visit(Softmax op) {
    return new SoftmaxLoops(op);
  }
}
