package org.conv4j.portable;

import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
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
import org.conv4j.portable.convolution.PixelConvolution;
import org.conv4j.portable.operation.Copies;
import org.conv4j.portable.operation.ElementTiles;
import org.conv4j.portable.operation.GatherTiles;
import org.conv4j.portable.operation.MatMulTiles;
import org.conv4j.portable.operation.NormalizationTiles;
import org.conv4j.portable.operation.PoolingTiles;
import org.conv4j.portable.operation.RecurrenceTiles;
import org.conv4j.portable.operation.ReductionTiles;
import org.conv4j.portable.operation.ResizeTiles;
import org.conv4j.portable.operation.SoftmaxTiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * What runs each kind of op.
 *
 * @param dataType the type of all tensors
 * @param constants the op's, held while it is compiled
 * @param options how to compile
 */
record Compiler(DataType dataType, List<Tensor> constants, CompileOptions options)
    implements OpVisitor<CompiledOp> {
  @Override
  public CompiledOp visit(Binary op) {
    return ElementTiles.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(Concat op) {
    return Copies.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(Convolution op) {
    return JavaEngine.first(op, dataType, constants, options);
  }

  @Override
  public CompiledOp visit(Deconvolution op) {
    return PixelConvolution.compile(op, dataType, constants, options);
  }

  @Override
  public CompiledOp visit(Eltwise op) {
    return ElementTiles.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(FunctionCall op) {
    throw new UnsupportedByEngineException(
        "Layer '" + op.layer() + "': a function of the program's has no kernel.");
  }

  @Override
  public CompiledOp visit(Gather op) {
    return GatherTiles.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(InnerProduct op) {
    return JavaEngine.first(op.asConvolution(), dataType, constants, options);
  }

  @Override
  public CompiledOp visit(MatMul op) {
    return MatMulTiles.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(Normalization op) {
    return NormalizationTiles.compile(op, dataType, constants, options);
  }

  @Override
  public CompiledOp visit(Pad op) {
    return Copies.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(Permute op) {
    return Copies.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(Pooling op) {
    return PoolingTiles.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(Prelu op) {
    return ElementTiles.compile(op, dataType, constants, options);
  }

  @Override
  public CompiledOp visit(Recurrence op) {
    return RecurrenceTiles.compile(op, dataType, constants, options);
  }

  @Override
  public CompiledOp visit(Reduction op) {
    return ReductionTiles.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(Resize op) {
    return ResizeTiles.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(Scale op) {
    return ElementTiles.compile(op, dataType, constants, options);
  }

  @Override
  public CompiledOp visit(Slice op) {
    return Copies.compile(op, dataType, options);
  }

  @Override
  public CompiledOp visit(Softmax op) {
    return SoftmaxTiles.compile(op, dataType, options);
  }
}
